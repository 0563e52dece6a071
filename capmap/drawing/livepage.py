"""Livepage: a map for a page that one can work with: every depth laid out, every lens reckoned, facts at hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from capmap.drawing.chips import link_counts
from capmap.drawing.legend import told_doubts
from capmap.drawing.mapdrawing import map_marks
from capmap.drawing.marks import Drawing
from capmap.drawing.page import written_date
from capmap.drawing.theme import PAPER, edge_of, ink_on
from capmap.layout.nested import arrange
from capmap.lens.doubts import looked_through
from capmap.lens.lens import Heat, Lens, apply
from capmap.model.map import Map
from capmap.model.records import Capability

MOST_DEPTHS = 6
"""So many numbers of levels can be chosen, all levels being the last."""


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """How a leaf is painted: its fill and edge, the ink on it, the edges of the chips for services and projects on it
    ("" for none), and whether its edge is dashed because nobody has assessed it.
    """

    fill: str
    edge: str
    ink: str
    chip_edges: tuple[str, str]
    dashed: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class LiveBar:
    """A further measure that stands as a bar in the boxes: its steps with labels, counts, fills and edges, and the step
    of each box that has one.
    """

    title: str
    labels: tuple[tuple[str, int], ...]
    fills: tuple[str, ...]
    edges: tuple[str, ...]
    step_of: Mapping[str, int]


@dataclasses.dataclass(frozen=True, slots=True)
class LiveLens:
    """A lens as the page needs it: its words, what it tells of this map, its looks with their labels and counts, and
    which look each box has. A lens without steps has a look for each level and no labels. ``doubts`` are kinds of
    doubt with their labels and counts; ``doubts_of`` names those of each doubtful box.
    """

    name: str
    title: str
    story: str
    looks: tuple[Look, ...]
    labels: tuple[tuple[str, int], ...]
    look_of: Mapping[str, int]
    doubts: tuple[tuple[str, str, int], ...] = ()
    doubts_of: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    bars: tuple[LiveBar, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Fact:
    """What the card of a capability says: number and place, and pairs of a label and a text, one below the other."""

    number: str
    name: str
    place: str
    lines: tuple[tuple[str, str], ...]


@dataclasses.dataclass(frozen=True, slots=True)
class LivePage:
    """Everything on the page: one drawing of the map for each depth, fewest levels first, in points of its layout; the
    lens that is shown first comes first.
    """

    title: str
    subtitle: str
    about: str
    source: str
    language: str
    depths: tuple[Drawing, ...]
    lenses: tuple[LiveLens, ...]
    facts: Mapping[str, Fact]


def live_page(
    current: Map,
    lenses: Sequence[Lens],
    *,
    root: str | None = None,
    depth: int | None = None,
    aspect: float = 1.85,
    date: dt.date,
) -> LivePage:
    """The map, or the branch below ``root``, down to ``depth`` levels, through each of these lenses."""
    settings = current.settings
    levels = _levels(current, root)
    most = min(levels, depth or levels)
    chosen = [*range(1, min(most, MOST_DEPTHS)), most]
    depths = tuple(_drawn(current, lenses[0], root, None if shown >= levels else shown, aspect) for shown in chosen)
    boxes = [box for box in current.walk(root) if box.id != root]
    about = " · ".join(part for part in (settings.author, written_date(date)) if part)
    title = settings.title or settings.organisation or "Capability map"
    subtitle = settings.subtitle if root is None else " › ".join(step.name for step in current.path(root))
    return LivePage(
        title,
        subtitle,
        about,
        " ".join(settings.attribution.split()),
        settings.language or "en",
        depths,
        tuple(_reckoned(current, lens, boxes, root, date) for lens in lenses),
        {box.id: _fact(current, box) for box in boxes},
    )


def _levels(current: Map, root: str | None) -> int:
    above = current.level(root) if root is not None else 0
    return max((current.level(box.id) - above for box in current.walk(root)), default=1) or 1


def _drawn(current: Map, lens: Lens, root: str | None, depth: int | None, aspect: float) -> Drawing:
    layout = arrange(current, root=root, depth=depth, aspect=aspect)
    heat = apply(lens, current, [box.id for box in layout.walk() if not box.children])
    marks = tuple(map_marks(layout, current, heat, PAPER, chips=link_counts(layout.index, current)))
    title = current.settings.title or "Capability map"
    return Drawing(layout.width, layout.height, title, marks, current.settings.language or "en")


def _reckoned(current: Map, lens: Lens, boxes: Sequence[Capability], root: str | None, date: dt.date) -> LiveLens:
    heat = looked_through(lens, current, [box.id for box in boxes if not current.has_children(box.id)], date)
    if not lens.steps:
        above = current.level(root) if root is not None else 0
        looks = tuple(_look(fill) for fill in PAPER.plain_fills)
        levels = {box.id: min(current.level(box.id) - above, len(looks)) - 1 for box in boxes}
        return LiveLens(lens.name, lens.title, heat.story, looks, (), levels)
    unknown = len(lens.steps)
    looks = (*(_look(step.fill) for step in lens.steps), dataclasses.replace(_look(PAPER.unknown_fill), dashed=True))
    labels = [(entry.step.label if entry.step else lens.unknown, entry.count) for entry in heat.legend]
    every = apply(lens, current, [box.id for box in boxes])
    look_of = {key: unknown if step is None else step for key, step in every.steps.items()}
    found = {box.id: doubt for box in boxes if (doubt := heat.doubt_of(box.id)) is not None}
    return LiveLens(
        lens.name,
        lens.title,
        heat.story,
        looks,
        tuple(labels),
        look_of,
        tuple((OLD if doubt.old else SINGLE, words, count) for doubt, words, count in told_doubts(heat)),
        {key: (*([OLD] if doubt.old else []), *([SINGLE] if doubt.single else [])) for key, doubt in found.items()},
        tuple(_bar(current, stripe, boxes) for stripe in heat.stripes),
    )


OLD, SINGLE = "old", "single"
"""The names of doubts on the page."""


def _bar(current: Map, heat: Heat, boxes: Sequence[Capability]) -> LiveBar:
    lens = heat.lens
    every = apply(lens, current, [box.id for box in boxes])
    return LiveBar(
        lens.title,
        tuple((entry.step.label if entry.step else lens.unknown, entry.count) for entry in heat.legend),
        tuple(step.fill for step in lens.steps),
        tuple(edge_of(step.fill, PAPER.unknown_fill) for step in lens.steps),
        {key: step for key, step in every.steps.items() if step is not None},
    )


def _look(fill: str) -> Look:
    chips = edge_of(PAPER.service_fill, fill), edge_of(PAPER.project_fill, fill)
    return Look(fill, edge_of(fill, PAPER.container_fills[0]), ink_on(fill), chips)


def _fact(current: Map, box: Capability) -> Fact:
    shown = current.shown(box)
    path = " › ".join(step.name for step in current.path(box.id)[:-1])
    return Fact(current.number(box.id), shown.name, path, tuple(_told(current, shown)))


def _told(current: Map, box: Capability) -> Iterator[tuple[str, str]]:
    if box.description:
        yield "", box.description
    for label, value in (("Owner", box.owner), ("Category", box.category), ("Tags", ", ".join(box.tags))):
        if value:
            yield label, value
    scores = [
        f"{label} {value}"
        for label, value in (
            ("importance", box.importance),
            ("maturity", box.maturity),
            ("target", box.target),
            ("expectation", box.expectation),
            ("confidence in IT", box.confidence),
        )
        if value is not None
    ]
    if scores:
        yield "Scores", ", ".join(scores)
    for label, link_type in (("IT services", "supports"), ("Projects", "improves"), ("Used by", "uses")):
        names = [_name(current, link.source) for link in current.links_to(box.id) if link.type == link_type]
        if names:
            yield label, ", ".join(names)


def _name(current: Map, key: str) -> str:
    return str(getattr(current.get(key), "name", ""))
