"""Rows: the ways to break a sequence of boxes into rows, kept in order, from one column to one row.

Everything here speaks of rows; columns are the same with width and height exchanged, which the caller does.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate, pairwise

from capmap.layout.curves import Curve, Shape, beside, place_for_height, place_for_width, shape

MOST_UNEVEN = 1.5
"""Boxes of like size: a row has at most half as many boxes again as another, so that none is stretched further."""

_FEW = 12
_PROPORTIONS = 10
"""Of more boxes than that, rows for so many proportions of the whole are tried."""

_RAGGED = 0.25
"""What a row that is quite empty costs, in parts of its height."""

_SHELVES = 20
_LESS_THAN_FULL = 3
_ENDLESS = 1e12

Broken = tuple[tuple[int, ...], tuple[float, ...], float]
"""Boxes in each row, height of each row, and the width of the widest."""


def even_counts(boxes: int, rows: int) -> tuple[int, ...]:
    """So many boxes in so many rows, as evenly as can be, the longer rows first."""
    least, over = divmod(boxes, rows)
    return (least + 1,) * over + (least,) * (rows - over)


def counts_by_columns(boxes: int, columns: int) -> tuple[int, ...]:
    """Rows of so many boxes, the last with what is left."""
    full, left = divmod(boxes, columns)
    return (columns,) * full + (left,) * (left > 0)


def even_choices(boxes: int, cell: Curve, gap: float, window: tuple[float, float]) -> Sequence[tuple[int, ...]]:
    """The ways to break boxes of like size into rows of like length, of many boxes those for a width to height within
    the ``window``.
    """
    if boxes <= _FEW:
        return _all_even(boxes)
    middle = len(cell.widths) // 2
    like_square = boxes * (cell.widths[middle] + gap) / (cell.heights[middle] + gap)
    step = (window[1] / window[0]) ** (1 / _PROPORTIONS)
    wanted = [window[0] * step**number for number in range(_PROPORTIONS + 1)]
    rows = {min(boxes, max(1, round(math.sqrt(like_square / proportion)))) for proportion in wanted}
    choices = [even_counts(boxes, number) for number in sorted(rows)]
    return [counts for counts in choices if counts[0] <= MOST_UNEVEN * counts[-1]] or [choices[0]]


@cache
def _all_even(boxes: int) -> Sequence[tuple[int, ...]]:
    choices = [even_counts(boxes, number) for number in range(1, boxes + 1)]
    return [counts for counts in choices if counts[0] <= MOST_UNEVEN * counts[-1]]


def grids(cell: Curve, choices: Iterable[tuple[int, ...]], gap: float) -> list[Shape]:
    """Shapes of boxes that all have the size of one cell, for each way to break them into rows."""
    shapes: list[Shape] = []
    for counts in choices:
        rows, columns = len(counts), max(counts)
        for width, height in zip(cell.widths, cell.heights, strict=True):
            across, down = columns * width, rows * height
            shapes.append(
                Shape(across + (columns - 1) * gap, down + (rows - 1) * gap, counts, (height,) * rows, across, down)
            )
    return shapes


def columned(
    curves: Sequence[Curve],
    cells: Iterable[tuple[float, list[float]]],
    choices: Iterable[tuple[int, ...]],
    gap: float,
    *,
    aligned: bool = False,
) -> list[Shape]:
    """Shapes of leaves that share the widths of their columns, each as wide as its widest leaf, and the heights of
    their rows, each as high as its highest. ``cells`` are the ``levels`` of the leaves that are worth trying.

    Rows of unequal length share no widths, unless they are to be ``aligned``.
    """
    shapes: list[Shape] = []
    lowest = min([curve.heights[-1] for curve in curves])
    for height, least in cells:
        for counts in choices:
            rows, columns = len(counts), counts[0]
            if rows == 1:
                across, widths = sum(least), least
            elif columns == 1:
                across = max(least)
                widths = [across] * rows
            elif aligned or counts[-1] == columns:
                shared = [max(least[column::columns]) for column in range(columns)]
                across, widths = sum(shared), shared * rows
            else:
                bounds = pairwise(accumulate(counts, initial=0))
                across = max([sum(least[start:end]) - (columns - end + start) * gap for start, end in bounds])
                widths = least
            if rows > 1 and height > lowest:
                heights = _heights(curves, widths, counts)
                down = sum(heights)
            else:
                heights = (height,) * rows
                down = rows * height
            whole_width, whole_height = across + (columns - 1) * gap, down + (rows - 1) * gap
            shapes.append(shape((whole_width, whole_height, counts, heights, across, down)))
    return shapes


def _heights(curves: Iterable[Curve], widths: Iterable[float], counts: tuple[int, ...]) -> tuple[float, ...]:
    """The heights of rows of so many leaves that are so wide, each row as high as its highest."""
    lowest = [
        heights[-1] if each[-1] <= width else heights[bisect_right(each, width) - 1]
        for (each, heights), width in zip(curves, widths, strict=False)
    ]
    if counts[0] == 1:
        return tuple(lowest)
    ends = list(accumulate(counts))
    return tuple([max(lowest[end - count : end]) for end, count in zip(ends, counts, strict=True)])


class Rows:
    """All rows that can be made of consecutive boxes, and the best ways to stack them."""

    def __init__(self, curves: Sequence[Curve], gap: float, widest: float) -> None:
        """``curves`` are the sizes of the boxes in order; rows wider than ``widest`` are not looked at."""
        self._count = len(curves)
        self._gap = gap
        self._from: list[list[Curve]] = []
        for start, first in enumerate(curves):
            row = first
            rows = [row]
            for curve in curves[start + 1 :]:
                row = beside(row, curve, gap, widest)
                if not row.widths:
                    break
                rows.append(row)
            self._from.append(rows)

    def broken(self, width: float) -> Broken:
        """The lowest way to break into rows of at most this width, which must not be less than any box needs.

        Rows that would have to be stretched far cost a little more than their height.
        """
        count, gap = self._count, self._gap
        limit = width + 1e-6
        costs = [0.0] + [math.inf] * count
        came_from = [0] * (count + 1)
        for start, rows in enumerate(self._from):
            if costs[start + 1] <= costs[start]:
                # One box more costs no more: nothing is gained by beginning a row before it.
                continue
            base = costs[start] + gap
            end = start
            for row_widths, row_heights in rows:
                end += 1
                if row_widths[0] > limit:
                    break
                place = bisect_right(row_widths, limit) - 1
                slack = 1.0 - row_widths[place] / width
                cost = base + row_heights[place] * (1.0 + _RAGGED * slack * slack)
                if cost < costs[end]:
                    costs[end] = cost
                    came_from[end] = start
        counts: list[int] = []
        heights: list[float] = []
        used = 0.0
        end = count
        while end:
            start = came_from[end]
            row_widths, row_heights = self._from[start][end - start - 1]
            place = bisect_right(row_widths, limit) - 1
            counts.append(end - start)
            heights.append(row_heights[place])
            if row_widths[place] > used:
                used = row_widths[place]
            end = start
        return tuple(counts[::-1]), tuple(heights[::-1]), used


class Shelves:
    """The same for a crowd of boxes: rows of a few heights only, so that the work grows with the number of boxes and
    not with its square.
    """

    def __init__(self, curves: Sequence[Curve], gap: float) -> None:
        self._gap = gap
        lowest = min(curve.heights[-1] for curve in curves)
        highest = max(curve.heights[-1] for curve in curves)
        tallest = max(highest, sorted(curve.heights[0] for curve in curves)[len(curves) // 2])
        step = (tallest / lowest) ** (1 / _SHELVES)
        heights = [lowest * step**number for number in range(_SHELVES)] + [tallest]
        self._heights = heights
        self._wide = [
            [
                _ENDLESS if curve.heights[-1] > height else curve.widths[place_for_height(curve, height)]
                for curve in curves
            ]
            for height in heights
        ]
        # On the highest shelf stand all boxes, but not always at their narrowest.
        self._least = max(self._wide[-1])
        # ends[height][box]: where the box before ends if all stood in one row of this height, and a gap after it.
        self._ends = [[*accumulate([wide + gap for wide in row], initial=0.0)] for row in self._wide]

    def broken(self, width: float) -> Broken:
        """See ``Rows.broken``; a row is tried full and a little less than full, and wider where a box needs it."""
        width = max(width, self._least)
        count, gap = len(self._ends[0]) - 1, self._gap
        costs = [0.0] + [math.inf] * count
        came_from: list[tuple[int, int]] = [(0, 0)] * (count + 1)
        shelves = list(enumerate(zip(self._heights, self._ends, strict=True)))
        for start in range(count):
            base = costs[start]
            for shelf, (height, ends) in shelves:
                origin = ends[start]
                full = bisect_right(ends, origin + width + gap + 1e-6) - 1
                for end in range(full, max(start, full - _LESS_THAN_FULL), -1):
                    slack = 1.0 - (ends[end] - origin - gap) / width
                    cost = base + (height + gap) * (1.0 + _RAGGED * slack * slack)
                    if cost < costs[end]:
                        costs[end] = cost
                        came_from[end] = (start, shelf)
        counts: list[int] = []
        heights: list[float] = []
        used = 0.0
        end = count
        while end:
            start, shelf = came_from[end]
            counts.append(end - start)
            heights.append(self._heights[shelf])
            # Summed anew: places beyond boxes that are too high for the shelf are too far off to be exact.
            used = max(used, sum(self._wide[shelf][start:end]) + gap * (end - start - 1))
            end = start
        return tuple(counts[::-1]), tuple(heights[::-1]), used


def fixed(curves: Sequence[Curve], counts: tuple[int, ...], gap: float, most: int) -> list[Shape]:
    """Shapes of boxes whose rows are given."""
    rows: list[Curve] = []
    start = 0
    for count in counts:
        row = curves[start]
        for curve in curves[start + 1 : start + count]:
            row = beside(row, curve, gap)
        rows.append(row)
        start += count
    lowest = max(row.widths[0] for row in rows)
    shapes: list[Shape] = []
    for width in sorted({width for row in rows for width in row.widths if width >= lowest}):
        heights = tuple(row.heights[place_for_width(row, width)] for row in rows)
        shapes.append(Shape(width, sum(heights) + gap * (len(rows) - 1), counts, heights))
    return shapes[:: max(1, len(shapes) // (2 * most))]
