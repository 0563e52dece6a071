"""Spreading: a plan of parting put on its sheets at the largest scale at which all boxes fit."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence

from capmap.layout.boxes import Box, Layout, Role
from capmap.layout.fonts import wrap
from capmap.layout.justify import Justifying, Place, usual_leaf
from capmap.layout.nodes import Node
from capmap.layout.parting import AGAIN, Fill, Groups, Part, Plan, Span, Split, Stack
from capmap.layout.style import AREA_GAP

_ROUNDS = 2
_STEPS = 24
_NEAR = 1.7
"""In the second round boxes are shaped for the proportion found in the first, give or take this factor."""


@dataclasses.dataclass(frozen=True, slots=True)
class Head:
    """The name of a frame on one sheet: the column and row of the sheet, where it stands, how wide its lines may be,
    and whether it stands on a sheet before as well.
    """

    column: int
    row: int
    x: float
    y: float
    room: float
    again: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Frame:
    """A box that reaches over several sheets, in points of the layout from the corner of the poster."""

    id: str
    role: Role
    level: int
    place: Place
    heads: tuple[Head, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class PosterLayout:
    """What stands on the sheets: ``sheets`` holds by column and row the boxes of each, ``frames`` those that span
    several, outer ones first. ``scale`` enlarges points of the layout to points on paper; the corner of the poster is
    the corner of all places.
    """

    sheets: dict[tuple[int, int], Layout]
    frames: tuple[Frame, ...]
    scale: float
    text_scale: float


@dataclasses.dataclass(frozen=True, slots=True)
class _Cell:
    """A sheet, or what is left of it inside a frame: its column and row, and a place in points."""

    column: int
    row: int
    x: float
    y: float
    width: float
    height: float


_Grid = list[list[_Cell]]


class NoRoom(Exception):
    """A plan does not fit at a scale."""


class Spreading:
    """A plan on its sheets at the largest scale at which everything fits."""

    def __init__(self, plan: Plan, places: Sequence[Sequence[Place]], clearance: float, groups: Groups) -> None:
        self._plan, self._places, self._clearance, self._made = plan, places, clearance, groups
        self._groups: dict[int, Node] = {}
        area = sum(width * height for row in places for _, _, width, height in row)
        cells = len(places) * len(places[0])
        self._fills = list(_fills(plan, AREA_GAP))
        self.scale = 0.0
        for fill, gap in self._fills:
            if fill.parts:
                self._groups[id(fill)] = groups.group(fill.parts, gap)
        for step in range(_ROUNDS):
            if step:
                for fill, place in list(self._spread(self.scale)):
                    proportion = place[2] / max(place[3], 1.0)
                    gap = next(gap for each, gap in self._fills if each is fill)
                    self._shape(fill, gap, (proportion / _NEAR, proportion * _NEAR))
            self.scale = self._largest(math.sqrt(area / cells))

    def _shape(self, fill: Fill, gap: float, window: tuple[float, float]) -> None:
        if not fill.parts:
            return
        group = self._made.shaped(fill.parts, gap, window)
        other = self._groups.get(id(fill))
        if other is not None:
            group.shapes = sorted({*group.shapes, *other.shapes})
        self._groups[id(fill)] = group

    def _largest(self, side: float) -> float:
        """By halving: the largest scale at which all fits."""
        low, high = side / 40_000, side / 20
        if not self._fits(low):
            return low / 2
        for _ in range(_STEPS):
            middle = math.sqrt(low * high)
            low, high = (middle, high) if self._fits(middle) else (low, middle)
        return low

    def _fits(self, scale: float) -> bool:
        try:
            for fill, place in self._spread(scale):
                if fill.parts and not any(
                    shape.width <= place[2] and shape.height <= place[3] for shape in self._groups[id(fill)].shapes
                ):
                    return False
        except NoRoom:
            return False
        return True

    def _spread(self, scale: float, frames: list[Frame] | None = None) -> Iterator[tuple[Fill, Place]]:
        """Where each group of boxes stands at a scale, in points of the layout."""
        for fill, cell in self._cells(self._plan, self._grid(scale), frames):
            yield fill, (cell.x, cell.y, cell.width, cell.height)

    def _grid(self, scale: float) -> _Grid:
        # Where the gap between areas is wider than what a cut asks for, sheets keep half of it each.
        rows, columns = len(self._places), len(self._places[0])
        more = max(0.0, AREA_GAP / 2 - self._clearance / scale)
        grid: _Grid = []
        for row, line in enumerate(self._places):
            cells = []
            for column, (x, y, width, height) in enumerate(line):
                left, right = more * (column > 0), more * (column + 1 < columns)
                above, below = more * (row > 0), more * (row + 1 < rows)
                cells.append(
                    _Cell(
                        column,
                        row,
                        x / scale + left,
                        y / scale + above,
                        width / scale - left - right,
                        height / scale - above - below,
                    )
                )
            grid.append(cells)
        return grid

    def _cells(self, plan: Plan, grid: _Grid, frames: list[Frame] | None) -> Iterator[tuple[Fill, _Cell]]:
        if isinstance(plan, Fill):
            yield plan, grid[0][0]
        elif isinstance(plan, Split):
            first = grid[: plan.at] if plan.down else [row[: plan.at] for row in grid]
            second = grid[plan.at :] if plan.down else [row[plan.at :] for row in grid]
            yield from self._cells(plan.first, first, frames)
            yield from self._cells(plan.second, second, frames)
        elif isinstance(plan, Span):
            inner, frame = _framed(plan.part, grid)
            if frames is not None:
                frames.append(frame)
            yield from self._cells(plan.inside, inner, frames)
        else:
            for band, row in zip(plan.bands, self._bands(plan, grid[0]), strict=True):
                yield from self._cells(band, [row], frames)

    def _bands(self, plan: Stack, row: list[_Cell]) -> Iterator[list[_Cell]]:
        """The row of sheets for each band: as high as it needs, with its part of what is to spare."""
        heights = [self._least_height(band, [row]) for band in plan.bands]
        room = row[0].height - AREA_GAP * (len(heights) - 1)
        spare = room - sum(heights)
        if not spare >= 0:
            raise NoRoom
        soft = [height - _around(band.part, [row]) for band, height in zip(plan.bands, heights, strict=True)]
        down = 0.0
        for height, part in zip(heights, soft, strict=True):
            given = height + spare * part / sum(soft)
            yield [dataclasses.replace(cell, y=cell.y + down, height=given) for cell in row]
            down += given + AREA_GAP

    def _least_height(self, plan: Plan, grid: _Grid) -> float:
        """How high a row of sheets must be for a plan."""
        if isinstance(plan, Fill):
            if not plan.parts:
                return 0.0
            room = grid[0][0].width
            return min(
                (shape.height for shape in self._groups[id(plan)].shapes if shape.width <= room), default=math.inf
            )
        if isinstance(plan, Split):
            first, second = [grid[0][: plan.at]], [grid[0][plan.at :]]
            return max(self._least_height(plan.first, first), self._least_height(plan.second, second))
        if isinstance(plan, Span):
            return _around(plan.part, grid) + self._least_height(plan.inside, _framed(plan.part, grid)[0])
        return sum(self._least_height(band, grid) for band in plan.bands) + AREA_GAP * (len(plan.bands) - 1)

    def placed(self, text_scale: float) -> PosterLayout:
        """All boxes at their places."""
        frames: list[Frame] = []
        spread = list(self._cells(self._plan, self._grid(self.scale), frames))
        area = sum(cell.width * cell.height for fill, cell in spread if fill.parts)
        leaves = sum(part.made().leaves() for fill, _ in spread for part in fill.parts)
        usual = usual_leaf(area, max(1, leaves))
        rows, columns = len(self._places), len(self._places[0])
        last = self._places[-1][-1]
        size = (last[0] + last[2]) / self.scale, (last[1] + last[3]) / self.scale
        sheets = {(column, row): Layout(*size, [], {}, text_scale) for row in range(rows) for column in range(columns)}
        for fill, cell in spread:
            if not fill.parts:
                continue
            group = self._groups[id(fill)]
            fitting = [shape for shape in group.shapes if shape.width <= cell.width and shape.height <= cell.height]
            group.shapes = fitting or group.shapes
            boxes: list[Box] = []
            justifying = Justifying(usual)
            justifying.place(group, None, boxes, (cell.x, cell.y, cell.width, cell.height))
            sheet = sheets[cell.column, cell.row]
            sheet.boxes += boxes
            sheet.index.update(justifying.index)
        return PosterLayout(sheets, tuple(frames), self.scale, text_scale)


def _fills(plan: Plan, gap: float) -> Iterator[tuple[Fill, float]]:
    """The groups of boxes of a plan, each with the gap between its boxes."""
    if isinstance(plan, Fill):
        yield plan, gap
    elif isinstance(plan, Split):
        yield from _fills(plan.first, gap)
        yield from _fills(plan.second, gap)
    elif isinstance(plan, Span):
        yield from _fills(plan.inside, plan.part.node.style.gap)
    else:
        for band in plan.bands:
            yield from _fills(band, gap)


def _heading(part: Part, cell: _Cell, first: bool) -> tuple[str, ...]:
    style = part.node.style
    room = cell.width - 2 * style.padding
    if room <= style.type.size:
        raise NoRoom
    again = "" if first and not part.start else AGAIN
    names = (part.node.name, *part.node.others)
    return max((wrap(again + name, style.type.weight, style.type.size, room) for name in names), key=len)


def _head_height(part: Part, grid: _Grid) -> float:
    lines = max(
        len(_heading(part, cell, row == column == 0))
        for row, line in enumerate(grid)
        for column, cell in enumerate(line)
    )
    return lines * part.node.style.type.leading + part.node.style.header_gap


def _around(part: Part, grid: _Grid) -> float:
    """What a frame over a row of sheets takes of its height."""
    return 2 * part.node.style.padding + _head_height(part, grid)


def _framed(part: Part, grid: _Grid) -> tuple[_Grid, Frame]:
    """The frame of a box over these sheets, with its name on each, and what is left of them inside."""
    style = part.node.style
    head = _head_height(part, grid)
    last_row, last_column = len(grid) - 1, len(grid[0]) - 1
    inner: _Grid = []
    heads: list[Head] = []
    for row, line in enumerate(grid):
        cells = []
        for column, cell in enumerate(line):
            left, right = style.padding * (column == 0), style.padding * (column == last_column)
            above, below = style.padding * (row == 0) + head, style.padding * (row == last_row)
            again = bool(row or column or part.start)
            room = cell.width - 2 * style.padding
            heads.append(Head(cell.column, cell.row, cell.x + left, cell.y + above - head, room, again))
            width, height = cell.width - left - right, cell.height - above - below
            if width <= 0 or height <= 0:
                raise NoRoom
            cells.append(_Cell(cell.column, cell.row, cell.x + left, cell.y + above, width, height))
        inner.append(cells)
    begin, end = grid[0][0], grid[-1][-1]
    place = (begin.x, begin.y, end.x + end.width - begin.x, end.y + end.height - begin.y)
    return inner, Frame(part.node.id, part.node.role, part.node.level, place, tuple(heads))
