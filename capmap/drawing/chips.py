"""Chips: how many IT services support a box and how many projects improve it, as small counts in its corner."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from capmap.drawing.marks import Mark, Rect, Text
from capmap.drawing.theme import Theme, edge_of, ink_on
from capmap.layout import fonts
from capmap.layout.boxes import Box
from capmap.layout.style import BoxStyle
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Record

SIZE = 8.0
"""Type size of a chip at 100 %, in points."""

_HEIGHT = 12.0
_SIDE = 4.0
_GAP = 2.5
_INSET = 5.0
_DIGIT_HEIGHT = 0.714
_SHRUNK = (1.0, 0.95, 0.9)
"""Chips that would touch the name are drawn a little smaller, down to 0.6 of the size of a leaf's name. Where that
does not help they stand in the margin, with less air around the digits.
"""
_SLIM = 9.0
"""The height of a chip in the margin; less than that of others at the same size of type."""
_DESCENT = 0.23
"""How far letters such as g reach below the baseline, in parts of the type size."""
_CAP_RISE = 0.4
"""The part of the room between lines that stands above the capitals of the first (``mapdrawing.first_baseline``)."""

_COUNTED = ("supports", "improves")


class LinkCounts(NamedTuple):
    """How many different services and projects stand behind a box."""

    services: int
    projects: int


Counted = Callable[[Link], bool]
"""Says of a link whether it counts, such as on a day."""


def link_counts(shown: Collection[str], current: Map, counted: Counted | None = None) -> dict[str, LinkCounts]:
    """The counts of every box in ``shown`` that has any: its own links and those of the boxes hidden below it, all of
    them or those that are ``counted``.

    One pass over all links; a window keeps the result in step with edits (``KeptCounts``). ``shown`` must find an id
    fast, as the index of a layout does.
    """
    found: dict[str, tuple[set[str], set[str]]] = {}
    home: dict[str, str | None] = {}
    for link in current.all(Link):
        if link.type not in _COUNTED or (counted is not None and not counted(link)):
            continue
        box_id = _visible(link.target, shown, current, home)
        if box_id is not None:
            found.setdefault(box_id, (set(), set()))[_COUNTED.index(link.type)].add(link.source)
    counts = {box_id: LinkCounts(len(services), len(projects)) for box_id, (services, projects) in found.items()}
    for box_id in shown:
        target = current.shown(current.capability(box_id))
        if target.id != box_id:
            count = _all_links(target.id, current, counted=counted)
            if any(count):
                counts[box_id] = count
    return counts


def _visible(record_id: str, shown: Collection[str], current: Map, home: dict[str, str | None]) -> str | None:
    """The box in which this capability is to be seen: itself, the nearest shown box above it, or None."""
    passed: list[str] = []
    box_id: str | None = record_id
    while box_id is not None and box_id not in shown:
        if box_id in home:
            box_id = home[box_id]
            break
        passed.append(box_id)
        box_id = current.capability(box_id).parent
    home.update(dict.fromkeys(passed, box_id))
    return box_id


def _all_links(root: str, current: Map, shown: Container[str] = (), counted: Counted | None = None) -> LinkCounts:
    """What stands behind a box and all boxes below it but those shown."""
    found: dict[str, set[str]] = {link_type: set() for link_type in _COUNTED}
    stack = [root]
    while stack:
        box_id = stack.pop()
        for link in current.links_to(box_id):
            if link.type in found and (counted is None or counted(link)):
                found[link.type].add(link.source)
        stack += [child for child in current.child_ids(box_id) if child not in shown]
    return LinkCounts(*(len(found[link_type]) for link_type in _COUNTED))


class KeptCounts:
    """The counts of the boxes shown, kept in step with edits: an edit costs what it touches and the way to the top.

    ``counts`` is as from ``link_counts``; ``boxes_with`` says how many boxes show services, and how many projects.
    """

    def __init__(self) -> None:
        self.counts: dict[str, LinkCounts] = {}
        self.boxes_with = LinkCounts(0, 0)
        self._wanted = (True, True)
        self._counted: Counted | None = None

    def count(
        self,
        shown: Collection[str],
        current: Map,
        *,
        services: bool = True,
        projects: bool = True,
        counted: Counted | None = None,
    ) -> None:
        """Count all anew: services, projects or both, of all links or those that are ``counted``."""
        self._wanted, self._counted = (services, projects), counted
        counts = {key: self._kept(count) for key, count in link_counts(shown, current, counted).items()}
        self.counts = counts if all(self._wanted) else {key: count for key, count in counts.items() if any(count)}
        self.boxes_with = any_chips(self.counts)

    def follow(self, shown: Container[str], current: Map, change: Change, others: Iterable[str]) -> set[str]:
        """Count anew what a change that the map has had makes different, and these other boxes, which came, went, or
        hold others now. Out come the ids of the boxes counted.
        """
        touched: set[str] = set()
        for key in (*others, *_recounted(change)):
            above: str | None = key
            while above is not None and above not in touched:
                touched.add(above)
                record = current.get(above) or change.before.get(above)
                above = record.parent if isinstance(record, Capability) else None
        boxes = {box for key in touched for box in (key, *current.aliases_of(key))}
        for box in boxes:
            counted = box in shown and current.get(box) is not None
            self._put(box, self._kept(_links_of(box, shown, current, self._counted)) if counted else LinkCounts(0, 0))
        return boxes

    def _put(self, box: str, count: LinkCounts) -> None:
        old = self.counts.pop(box, LinkCounts(0, 0))
        if any(count):
            self.counts[box] = count
        self.boxes_with = LinkCounts(
            *(boxes + bool(new) - bool(before) for boxes, new, before in zip(self.boxes_with, count, old, strict=True))
        )

    def _kept(self, count: LinkCounts) -> LinkCounts:
        services, projects = self._wanted
        return LinkCounts(count.services * services, count.projects * projects)


def _recounted(change: Change) -> Iterator[str]:
    """The places whose links are others after a change, or stand elsewhere."""
    for key, after in change.after.items():
        before = change.before[key]
        for side in (before, after):
            if isinstance(side, Link):
                yield side.target
            elif isinstance(side, Capability) and (before is None or after is None or _place(before) != _place(after)):
                yield key
                if side.parent is not None:
                    yield side.parent


def _place(record: Record) -> tuple[str | None, str | None]:
    return (record.parent, record.alias_of) if isinstance(record, Capability) else (None, None)


def _links_of(box_id: str, shown: Container[str], current: Map, counted: Counted | None) -> LinkCounts:
    """The counts of one box, as ``link_counts`` has them."""
    target = current.shown(current.capability(box_id))
    if target.id != box_id and any(counts := _all_links(target.id, current, counted=counted)):
        return counts
    return _all_links(box_id, current, shown, counted)


def chip_marks(
    box: Box, x: float, y: float, ground: str, count: LinkCounts, theme: Theme, style: BoxStyle, scale: float
) -> Iterator[Mark]:
    """The chips of a box on a ground of this colour: a leaf's at the lower right, a container's beside its name."""
    parts = [
        (f"{number:,}", fill)
        for number, fill in ((count.services, theme.service_fill), (count.projects, theme.project_fill))
        if number
    ]
    if not parts:
        return
    size, top, inset, height = _placed(box, parts, style, scale)
    # A name that is read from right to left has its chips on the left.
    left = x + inset if is_read_from_the_right(box) else x + box.width - inset - _row(parts, size)
    baseline = y + top + (height + _DIGIT_HEIGHT * SIZE * size) / 2
    for text, fill in parts:
        width = _width(text, size)
        yield Rect(left, y + top, width, height, fill, edge_of(fill, ground), 0.75 * size, height / 2)
        yield Text(left + width / 2, baseline, text, "bold", SIZE * size, ink_on(fill), "middle", box.id)
        left += width + _GAP * size


def is_read_from_the_right(box: Box) -> bool:
    """Whether the name of a box runs from right to left: it stands on the right then, and the rest on the left."""
    return fonts.is_rtl(" ".join(box.lines))


class _Place(NamedTuple):
    """The scale of the chips, how far their top stands below the box's, and their right edge within the box's; how
    high they are.
    """

    size: float
    top: float
    inset: float
    height: float


def _placed(box: Box, parts: Sequence[tuple[str, str]], style: BoxStyle, scale: float) -> _Place:
    """Where the chips touch no line of the name."""
    lines = [fonts.width(line, style.type.weight, style.type.size) for line in box.lines]
    for shrunk in _SHRUNK:
        size = scale * shrunk
        height = _HEIGHT * size
        if box.role == "leaf":
            inset = _INSET * size
            top = box.height - inset - height
        else:
            inset = style.padding
            top = style.padding + (style.type.leading - height) / 2
        left = box.width - inset - _row(parts, size)
        if not any(
            top < style.padding + style.type.leading * (index + 1) and left < style.padding + width + _GAP
            for index, width in enumerate(lines)
        ):
            return _Place(size, top, inset, height)
    # Nothing is free but the margin: below the name of a leaf, above that of a container.
    capitals = _DIGIT_HEIGHT * style.type.size
    above = style.padding + (style.type.leading - capitals) * _CAP_RISE
    below = above + capitals + style.type.leading * (len(lines) - 1) + _DESCENT * style.type.size
    free = box.height - below if box.role == "leaf" else above
    size = min(scale * _SHRUNK[-1], max(free, 0.0) / _SLIM)
    height = _SLIM * size
    top = box.height - (free + height) / 2 if box.role == "leaf" else (free - height) / 2
    return _Place(size, top, style.radius / 2 + style.padding * 0.1, height)


def _row(parts: Sequence[tuple[str, str]], size: float) -> float:
    """How wide the chips are side by side."""
    return sum(_width(text, size) for text, _ in parts) + _GAP * size * (len(parts) - 1)


def _width(text: str, size: float) -> float:
    return max(fonts.width(text, "bold", SIZE * size) + 2 * _SIDE * size, _HEIGHT * size)


def any_chips(counts: Mapping[str, LinkCounts]) -> LinkCounts:
    """How many boxes show services, and how many projects: what a legend must explain."""
    return LinkCounts(
        sum(1 for count in counts.values() if count.services), sum(1 for count in counts.values() if count.projects)
    )
