"""Page: a finished sheet with title block, the map filling the frame, and a foot that explains it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from capmap.drawing.chips import any_chips, link_counts
from capmap.drawing.frame import Sheet, foot_block, title_block
from capmap.drawing.mapdrawing import map_marks, placed
from capmap.drawing.marks import Drawing, Mark, Region
from capmap.drawing.paper import Orientation, Paper
from capmap.drawing.theme import PAPER
from capmap.layout.nested import arrange
from capmap.lens.lens import Lens, apply
from capmap.model.map import Map
from capmap.model.records import Capability

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def compose(
    current: Map,
    lens: Lens,
    *,
    paper: Paper,
    orientation: Orientation | None = "landscape",
    depth: int | None = None,
    root: str | None = None,
    date: dt.date,
    language: str | None = None,
) -> Drawing:
    """One page that shows the map (or the branch below ``root``) down to ``depth`` levels through a lens.

    ``orientation`` None takes the paper as it is listed. Names stand in ``language`` where the map has them; None is
    the language of the map. ``date`` is printed beside the author.
    """
    sheet = Sheet(*paper.size(orientation))
    names = translated_names(current, language)
    title, subtitle = _titles(current, root, names)
    shown, leaves = _shown(current, root, depth)
    heat = apply(lens, current, leaves)
    counts = link_counts(shown, current)

    about = [f"{lens.title}, as-is", " · ".join(part for part in (current.settings.author, written_date(date)) if part)]
    head, frame_top = title_block(sheet, title, subtitle, about)
    foot, frame_bottom = foot_block(sheet, heat, any_chips(counts), current.settings.attribution)
    width, height = sheet.inner, frame_bottom - frame_top

    layout = arrange(
        current, root=root, depth=depth, size=(width, height), names=lambda item: shown_name(current, item, names)
    )
    marks: list[Mark] = [Region(sheet.margin, 0.0, width, frame_top, "page-head", title), *head]
    marks.append(Region(sheet.margin, frame_top, width, height, "page-map", title))
    if layout.boxes:
        scale = min(width / layout.width, height / layout.height)
        x = sheet.margin + (width - layout.width * scale) / 2
        y = frame_top + (height - layout.height * scale) / 2
        marks.extend(placed(map_marks(layout, current, heat, PAPER, chips=counts, names=names), scale, x, y))
    marks.append(Region(sheet.margin, frame_bottom, width, sheet.height - frame_bottom, "page-foot", heat.lens.title))
    marks.extend(foot)
    return Drawing(sheet.width, sheet.height, title, tuple(marks), language or current.settings.language or "en")


def translated_names(current: Map, language: str | None) -> dict[str, str]:
    """The names by capability id that the map has in this language; a regional one ("de-CH") falls back to "de"."""
    if not language or language == current.settings.language:
        return {}
    names: dict[str, str] = {}
    for capability in current.capabilities:
        for wanted in (language, language.partition("-")[0]):
            name = (capability.translations.get(wanted) or {}).get("name")
            if name:
                names[capability.id] = name
                break
    return names


def shown_name(current: Map, capability: Capability, names: Mapping[str, str]) -> str:
    """The name that a box shows, an alias its target's."""
    shown = current.shown(capability)
    return names.get(shown.id, shown.name)


def written_date(date: dt.date) -> str:
    """A date for readers: 22 November 2026."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def _titles(current: Map, root: str | None, names: dict[str, str]) -> tuple[str, str]:
    settings = current.settings
    title = settings.title or settings.organisation or "Capability map"
    if root is None:
        return title, settings.subtitle
    return title, " › ".join(names.get(step.id, step.name) for step in current.path(root))


def _shown(current: Map, root: str | None, depth: int | None) -> tuple[dict[str, None], list[str]]:
    """The ids of the boxes that the page shows, and of the leaves among them."""
    shown: dict[str, None] = {}
    leaves: list[str] = []
    tops = current.child_ids(root) or ([] if root is None else [root])
    stack = [(record_id, 1) for record_id in tops]
    while stack:
        record_id, level = stack.pop()
        shown[record_id] = None
        inside = current.child_ids(record_id) if depth is None or level < depth else []
        if not inside:
            leaves.append(record_id)
        stack.extend((child, level + 1) for child in inside)
    return shown, leaves
