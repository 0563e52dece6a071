"""Boxtree: a drawing seen as boxes inside boxes, for outputs whose shapes can be edited one by one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from capmap.drawing.marks import Drawing, Line, Mark, Rect, Region, Text


@dataclasses.dataclass(slots=True)
class BoxMarks:
    """A box of a drawing: its region, its own shape, the lines of its name, what else is painted in it (chips,
    counts, arrows), and the boxes inside.

    ``dashed`` says that its edge is drawn as a dashed line of that colour ("" for a plain one).
    """

    region: Region
    shape: Rect
    lines: list[Text] = dataclasses.field(default_factory=list)
    others: list[Mark] = dataclasses.field(default_factory=list)
    children: list[BoxMarks] = dataclasses.field(default_factory=list)
    dashed: str = ""

    def walk(self) -> Iterator[BoxMarks]:
        """This box and all inside, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclasses.dataclass(frozen=True, slots=True)
class BoxTree:
    """The boxes at the top of a drawing, and the parts around the map: each a region of level 0 with its marks."""

    tops: tuple[BoxMarks, ...]
    parts: tuple[tuple[Region, tuple[Mark, ...]], ...]

    def walk(self) -> Iterator[BoxMarks]:
        """All boxes, parents first."""
        for box in self.tops:
            yield from box.walk()


def box_tree(drawing: Drawing) -> BoxTree:
    """The boxes of a drawing with everything that is painted in each."""
    tops: list[BoxMarks] = []
    parts: list[tuple[Region, tuple[Mark, ...]]] = []
    open_boxes: list[BoxMarks] = []
    for region, marks in _runs(drawing.marks):
        if region.level <= 0:
            parts.append((region, marks))
            continue
        box = _box(region, marks)
        while open_boxes and open_boxes[-1].region.level >= region.level:
            open_boxes.pop()
        (open_boxes[-1].children if open_boxes else tops).append(box)
        open_boxes.append(box)
    return BoxTree(tuple(tops), tuple(parts))


def _runs(marks: Sequence[Mark]) -> Iterator[tuple[Region, tuple[Mark, ...]]]:
    """Each region with the marks up to the next; what comes before the first stands in one without a name."""
    region = Region(0.0, 0.0, 0.0, 0.0, "", "")
    run: list[Mark] = []
    for mark in marks:
        if isinstance(mark, Region):
            if region.key or run:
                yield region, tuple(run)
            region, run = mark, []
        else:
            run.append(mark)
    if region.key or run:
        yield region, tuple(run)


def _box(region: Region, marks: Sequence[Mark]) -> BoxMarks:
    shape = Rect(region.x, region.y, region.width, region.height, key=region.key)
    box = BoxMarks(region, shape)
    shaped = False
    for mark in marks:
        if isinstance(mark, Rect) and mark.key == region.key and not shaped:
            box.shape, shaped = mark, True
        elif isinstance(mark, Line) and mark.dash and mark.points[0] == mark.points[-1] and not box.dashed:
            box.dashed = mark.colour
        elif isinstance(mark, Text) and mark.key == region.key and not box.others and _goes_on(box.lines, mark):
            box.lines.append(mark)
        else:
            box.others.append(mark)
    return box


def _goes_on(lines: Sequence[Text], mark: Text) -> bool:
    """Whether a text is one more line of the name: what else a box says of itself is smaller."""
    return not lines or (mark.size == lines[0].size and mark.x == lines[0].x)
