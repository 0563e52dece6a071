"""Rows: the ways to break a sequence of boxes into rows, kept in order, from one column to one row.

Everything here speaks of rows; columns are the same with width and height exchanged, which the caller does.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate, pairwise

from capmap.layout.curves import Curve, Shape, beside, place_for_height, place_for_width

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
    curves: Sequence[Curve], cell: Curve, choices: Iterable[tuple[int, ...]], gap: float, *, aligned: bool = False
) -> list[Shape]:
    """Shapes of leaves that share the widths of their columns, each as wide as its widest leaf, and the heights of
    their rows, each as high as its highest.

    Rows of unequal length share no widths, unless they are to be ``aligned``.
    """
    shapes: list[Shape] = []
    for height in cell.heights:
        least = [curve.widths[place_for_height(curve, height)] for curve in curves]
        for counts in choices:
            columns = counts[0]
            bounds = list(pairwise(accumulate(counts, initial=0)))
            if aligned or counts[-1] == columns:
                shared = [max(least[column::columns]) for column in range(columns)]
                widths = (shared * len(counts))[: len(curves)]
                across = sum(shared)
            else:
                widths = least
                across = max(sum(least[start:end]) - (columns - end + start) * gap for start, end in bounds)
            fits = zip(curves, widths, strict=True)
            lowest = [curve.heights[bisect_right(curve.widths, width) - 1] for curve, width in fits]
            heights = tuple([max(lowest[start:end]) for start, end in bounds])
            down = sum(heights)
            shapes.append(
                Shape(across + (columns - 1) * gap, down + (len(counts) - 1) * gap, counts, heights, across, down)
            )
    return shapes


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
                row = beside(row, curve, gap)
                if row.widths[0] > widest:
                    break
                rows.append(row)
            self._from.append(rows)

    def widths(self, lowest: float, highest: float, most: int) -> list[float]:
        """The widths between two bounds at which another way to break becomes possible, thinned out to ``most``."""
        found = sorted(
            {width for rows in self._from for row in rows for width in row.widths if lowest <= width <= highest}
        )
        if len(found) <= most:
            return found or [highest]
        step = (math.log(found[-1] / found[0])) / most + 1e-9
        bins = {int(math.log(width / found[0]) / step): width for width in found}
        return list(bins.values())

    def broken(self, width: float) -> Broken:
        """The lowest way to break into rows of at most this width, which must not be less than any box needs.

        Rows that would have to be stretched far cost a little more than their height.
        """
        count, gap = self._count, self._gap
        limit = width + 1e-6
        costs = [0.0] + [math.inf] * count
        came_from = [0] * (count + 1)
        for start, rows in enumerate(self._from):
            base = costs[start] + gap
            end = start
            for row_widths, row_heights in rows:
                end += 1
                place = bisect_right(row_widths, limit) - 1
                if place < 0:
                    break
                slack = 1.0 - row_widths[place] / width
                cost = base + row_heights[place] * (1.0 + _RAGGED * slack * slack)
                if cost < costs[end]:
                    costs[end] = cost
                    came_from[end] = start
        ends = [count]
        while ends[-1]:
            ends.append(came_from[ends[-1]])
        ends.reverse()
        heights: list[float] = []
        used = 0.0
        for start, end in pairwise(ends):
            row = self._from[start][end - start - 1]
            place = place_for_width(row, width)
            heights.append(row.heights[place])
            used = max(used, row.widths[place])
        return tuple(end - start for start, end in pairwise(ends)), tuple(heights), used


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
        # ends[height][box]: where the box ends if all stood in one row of this height.
        self._ends: list[list[float]] = []
        for height in heights:
            ends = [0.0]
            for curve in curves:
                wide = _ENDLESS if curve.heights[-1] > height else curve.widths[place_for_height(curve, height)]
                ends.append(ends[-1] + wide + gap)
            self._ends.append(ends)

    def widths(self, lowest: float, highest: float, most: int) -> list[float]:
        """Some widths between two bounds."""
        step = (highest / lowest) ** (1 / most)
        return [lowest * step**number for number in range(most + 1)]

    def broken(self, width: float) -> Broken:
        """See ``Rows.broken``; a row is tried full and a little less than full."""
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
            used = max(used, self._ends[shelf][end] - self._ends[shelf][start] - gap)
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
