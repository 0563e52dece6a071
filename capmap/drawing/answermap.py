"""The map of an answer on paper, small: the boxes that its rows are about stand out, worst first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from capmap.analysis.answer import Answer
from capmap.drawing.marks import Mark, Rect, Text
from capmap.drawing.theme import PAPER, edge_of
from capmap.drawing.titles import fit
from capmap.layout import fonts
from capmap.layout.boxes import Box
from capmap.layout.nested import arrange
from capmap.model.map import Map
from capmap.model.records import Capability

_FILLS = ("#c8553d", "#e8a87c", "#f3d9ae")
"""Of the boxes of the first groups of rows, the darkest first; further groups share the last."""
_MOST_LIT = 0.6
"""A map on which more of the boxes stand out than this part says nothing."""
_QUIET = "#e4e8ee"
_MOST_LEAVES = 900
"""A map of more leaves would be a carpet; its levels are folded until it has no more."""
_NAME = 6.5
_SMALLEST_NAME = 4.0


def answer_map(
    answer: Answer, current: Map, width: float, height: float
) -> tuple[list[Mark], list[tuple[str, str]], float]:
    """The marks of the map from (0, 0) on, the legend (fill, words), and the height that it takes. Nothing where no
    row is about a box, or where most boxes would stand out.
    """
    groups = _groups(answer, current)
    leaves = sum(1 for box in current.walk() if not current.has_children(box.id))
    if not groups or sum(map(len, groups.values())) > _MOST_LIT * leaves:
        return [], [], 0.0
    fills: dict[str, str] = {}
    legend: list[tuple[str, str]] = []
    for number, (name, boxes) in enumerate(groups.items()):
        fill = _FILLS[min(number, len(_FILLS) - 1)]
        legend.append((fill, name))
        fills.update((box, fill) for box in boxes)
    layout = arrange(current, depth=_depth(current), size=(width, height))
    scale = min(width / layout.width, height / layout.height)
    left = (width - layout.width * scale) / 2
    marks = list(_marks(layout.boxes, left, 0.0, scale, _rolled_up(fills, current, layout.index), current))
    return marks, legend, layout.height * scale


def _groups(answer: Answer, current: Map) -> dict[str, list[str]]:
    """The first words of the rows -> the boxes that they are about, each box with the first row only."""
    groups: dict[str, list[str]] = {}
    known: set[str] = set()
    is_text = answer.columns[0].kind == "text"
    for row in answer.rows:
        name = str(row.values[0]) if is_text else f"{answer.columns[0].name.lower()} {row.values[0]}"
        for key in row.records:
            if key not in known and isinstance(current.get(key), Capability):
                known.add(key)
                groups.setdefault(name, []).append(key)
    return (
        groups if len(groups) <= len(_FILLS) else {"named below": [box for those in groups.values() for box in those]}
    )


def _depth(current: Map) -> int | None:
    """How many levels can be shown."""
    counts: dict[int, int] = {}
    for box in current.walk():
        level = current.level(box.id)
        counts[level] = counts.get(level, 0) + 1
    shown = [level for level, count in counts.items() if count > _MOST_LEAVES]
    return max(min(shown) - 1, 1) if shown else None


def _rolled_up(fills: Mapping[str, str], current: Map, shown: Mapping[str, Box]) -> dict[str, str]:
    """The fills by boxes that are shown: a hidden box colours the closed one around it; what shows it again too."""
    found: dict[str, str] = {}
    for box, fill in fills.items():
        for key in (box, *current.aliases_of(box)):
            for step in reversed(current.path(key)):
                if step.id in shown:
                    found.setdefault(step.id, fill)
                    break
    return found


def _marks(
    boxes: tuple[Box, ...] | list[Box], x: float, y: float, scale: float, fills: Mapping[str, str], current: Map
) -> Iterator[Mark]:
    for box in boxes:
        left, top = x + box.x * scale, y + box.y * scale
        width, height = box.width * scale, box.height * scale
        if box.children:
            area = box.role == "area"
            fill = fills.get(box.id, PAPER.area_fill if area else PAPER.container_fills[0])
            yield Rect(left, top, width, height, fill, PAPER.area_edge if area else "", 0.5, 2.0)
            if area:
                yield from _name(current, box, left, top, width, scale)
            yield from _marks(box.children, left, top, scale, fills, current)
        else:
            fill = fills.get(box.id, _QUIET)
            yield Rect(left, top, width, height, fill, edge_of(fill, PAPER.area_fill), 0.4, 1.2)


def _name(current: Map, box: Box, left: float, top: float, width: float, scale: float) -> Iterator[Mark]:
    """The name of an area, where it can be read."""
    inside = min((child.y for child in box.children), default=0.0) * scale
    name = current.shown(current.capability(box.id)).name
    text = fit(name, "semibold", min(_NAME, inside * 0.72), width - 6, 1)
    if text.size >= _SMALLEST_NAME and len(text.lines) == 1 and fonts.width(name, "semibold", text.size) <= width - 4:
        yield Text(left + 3, top + inside / 2 + text.size * 0.36, name, "semibold", text.size, PAPER.ink)
