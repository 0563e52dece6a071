"""Cutting: the measures of a poster's sheets, and what stands around the picture on each: cut marks, names, strips."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from capmap.drawing.marks import Line, Mark, Rect, Text
from capmap.drawing.paper import POINTS_PER_MM, Orientation, Paper
from capmap.drawing.theme import PAPER
from capmap.layout import fonts
from capmap.layout.justify import Place

MARGIN = 8 * POINTS_PER_MM
"""Round the sheet, where office printers may not print; it is cut off or covered."""
STRIP = 7 * POINTS_PER_MM
"""At the left and above: the sheet before lies on it."""
CLEARANCE = 3 * POINTS_PER_MM
"""Boxes stay away so far from a cut."""
EDGE = 6 * POINTS_PER_MM
"""White between the map and the edge of the poster."""
BLEED = 2 * POINTS_PER_MM
"""The picture goes on so far beyond a cut, for hands that are not quite steady."""

_MARK = (1.2 * POINTS_PER_MM, 6 * POINTS_PER_MM)
_MARK_WIDTH = 0.6
_SMALL = 7.0
_MOST_LETTERS = 26


@dataclasses.dataclass(frozen=True, slots=True)
class Cutting:
    """A poster of so many columns and rows of sheets of a size in points."""

    columns: int
    rows: int
    width: float
    height: float

    @classmethod
    def of(cls, columns: int, rows: int, paper: Paper, orientation: Orientation | None) -> Cutting:
        """The cutting for sheets of a paper."""
        return cls(columns, rows, *paper.size(orientation))

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of what is left of a sheet when it is cut."""
        return self.width - 2 * MARGIN - STRIP, self.height - 2 * MARGIN - STRIP

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the finished poster."""
        width, height = self.cell
        return self.columns * width, self.rows * height

    @property
    def origin(self) -> tuple[float, float]:
        """Where on each sheet the part begins that stays when it is cut."""
        return MARGIN + STRIP, MARGIN + STRIP

    def sheets(self) -> Iterator[tuple[int, int]]:
        """Column and row of each sheet, in the order in which they are printed."""
        for row in range(self.rows):
            for column in range(self.columns):
                yield column, row

    def name(self, column: int, row: int) -> str:
        """What a sheet is called: A1 above left, B1 beside it."""
        more, letter = divmod(column, _MOST_LETTERS)
        return f"{chr(ord('A') + more - 1) if more else ''}{chr(ord('A') + letter)}{row + 1}"

    def place(self, column: int, row: int, above: float, below: float) -> Place:
        """The part of a sheet that boxes may fill, in points from the corner of the poster; ``above`` and ``below`` is
        what the title takes of the first row and the legend of the last, from the edge of the poster.
        """
        width, height = self.cell
        left = CLEARANCE if column else EDGE
        right = CLEARANCE if column + 1 < self.columns else EDGE
        top = CLEARANCE if row else above
        bottom = CLEARANCE if row + 1 < self.rows else below
        return column * width + left, row * height + top, width - left - right, height - top - bottom


def around(cutting: Cutting, column: int, row: int, words: str) -> Iterator[Mark]:
    """What covers the picture where it goes on beyond a sheet, and what helps to cut and glue; ``words`` stand in the
    margin that is cut off.
    """
    width, height = cutting.cell
    x, y = cutting.origin
    name = cutting.name(column, row)
    left, above = column > 0, row > 0
    inner = (
        MARGIN if left else x,
        MARGIN if above else y,
        x + width + (BLEED if column + 1 < cutting.columns else 0.0),
        y + height + (BLEED if row + 1 < cutting.rows else 0.0),
    )
    white = PAPER.page
    yield Rect(0.0, 0.0, inner[0], cutting.height, white)
    yield Rect(inner[2], 0.0, cutting.width - inner[2], cutting.height, white)
    yield Rect(0.0, 0.0, cutting.width, inner[1], white)
    yield Rect(0.0, inner[3], cutting.width, cutting.height - inner[3], white)
    near, far = _MARK
    ink = PAPER.quiet_ink
    for across, sign in ((x, -1), (x + width, 1)):
        for down, turn in ((y, -1), (y + height, 1)):
            yield Line(((across + sign * near, down), (across + sign * far, down)), ink, _MARK_WIDTH)
            yield Line(((across, down + turn * near), (across, down + turn * far)), ink, _MARK_WIDTH)
    base = cutting.height - MARGIN + 0.62 * MARGIN
    yield Text(x + 4, base, name, "bold", _SMALL + 3, PAPER.ink)
    after = x + 10 + fonts.width(name, "bold", _SMALL + 3)
    room = width - (after - x)
    yield Text(after, base, fonts.wrap(words, "regular", _SMALL, room, 1)[0], "regular", _SMALL, ink)
    middle = y - STRIP / 2 + 0.36 * _SMALL
    if above:
        told = f"{cutting.name(column, row - 1)} is glued on this strip"
        yield Text(x + width / 2, middle, told, "regular", _SMALL, ink, "middle")
    if left:
        beside = cutting.name(column - 1, row)
        yield Text(x - STRIP / 2, y + height / 2, beside, "regular", _SMALL, ink, "middle")
