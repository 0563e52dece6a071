"""Curves: the sizes in which a box can be drawn, narrow and tall to wide and low, and how they add up in a row."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple, cast

SAME = 1e-6
"""Points that nothing tells apart: sums of the same lengths in another order."""

_DETAILED = 20
_STEP = 1.015
"""In rows of more sizes than that, heights that differ by less than this factor are taken as one."""


class Curve(NamedTuple):
    """Sizes of one box, no one of them both wider and higher than another: ``widths`` ascend, ``heights`` descend."""

    widths: list[float]
    heights: list[float]

    def turned(self) -> Curve:
        """The same sizes with width and height exchanged."""
        return Curve(self.heights[::-1], self.widths[::-1])


class Shape(NamedTuple):
    """One size of a container: how many children each of its rows has for it, and how high the rows are then.

    ``soft_width`` and ``soft_height`` are the parts of the size that are leaves, which is what stretches when there is
    room to spare; the rest are margins and names.
    """

    width: float
    height: float
    counts: tuple[int, ...] = ()
    row_heights: tuple[float, ...] = ()
    soft_width: float = 0.0
    soft_height: float = 0.0

    def turned(self) -> Shape:
        """The same with width and height exchanged, rows read as columns."""
        width, height, counts, row_heights, soft_width, soft_height = self
        return Shape(height, width, counts, row_heights, soft_height, soft_width)


_Sizes = tuple[float, float, tuple[int, ...], tuple[float, ...], float, float]

shape = cast("Callable[[_Sizes], Shape]", partial(tuple.__new__, Shape))
"""A shape from all its fields, three times as fast as the class itself makes it."""


def place_for_width(curve: Curve, width: float) -> int:
    """Index of the lowest size that is at most so wide; -1 if none is."""
    return bisect_right(curve.widths, width + SAME) - 1


def place_for_height(curve: Curve, height: float) -> int:
    """Index of the narrowest size that is at most so high; raises IndexError if none is."""
    heights = curve.heights
    height += SAME
    place = 0
    while heights[place] > height:
        place += 1
    return place


def beside(left: Curve, right: Curve, gap: float, widest: float = math.inf) -> Curve:
    """The sizes of two boxes side by side, equally high, as far as they are not wider than ``widest``."""
    left_widths, left_heights = left
    right_widths, right_heights = right
    i, j = len(left_widths) - 1, len(right_widths) - 1
    widths: list[float] = []
    heights: list[float] = []
    step = _STEP if i + j > _DETAILED else 1.0
    worth = 0.0
    room = widest - gap
    while True:
        # Both as low as they can be in a row of this height.
        one, other = left_heights[i], right_heights[j]
        if one > other:
            height = one
            while j and right_heights[j - 1] <= one:
                j -= 1
        else:
            height = other
            while i and left_heights[i - 1] <= other:
                i -= 1
        if height >= worth or not (i or j):
            width = left_widths[i] + right_widths[j]
            if width <= room:
                widths.append(width + gap)
                heights.append(height)
                worth = height * step
        if not i:
            if not j:
                break
            j -= 1
        elif not j or left_heights[i - 1] <= right_heights[j - 1]:
            i -= 1
        else:
            j -= 1
    widths.reverse()
    heights.reverse()
    return Curve(widths, heights)


def levels(curves: Sequence[Curve]) -> list[tuple[float, list[float]]]:
    """The heights at which all of these boxes can stand side by side, lowest first, and how wide each is then."""
    lowest = max([curve.heights[-1] for curve in curves])
    heights = sorted({height for curve in curves for height in curve.heights if height >= lowest})
    return [(height, widths_at(curves, height)) for height in heights]


def widths_at(curves: Iterable[Curve], height: float) -> list[float]:
    """The least widths of boxes that are so high; raises IndexError if one cannot be so low."""
    limit = height + SAME
    return [
        # Mostly the narrowest size is low enough, and this is the innermost of all loops.
        curve.widths[0] if curve.heights[0] <= limit else curve.widths[place_for_height(curve, height)]
        for curve in curves
    ]


def common(levels_of_all: Iterable[tuple[float, list[float]]]) -> Curve:
    """The sizes of a cell that each of the boxes with these ``levels`` fits into."""
    widths: list[float] = []
    heights: list[float] = []
    for height, each in levels_of_all:
        width = max(each)
        if not widths or width < widths[-1] - SAME:
            widths.append(width)
            heights.append(height)
    widths.reverse()
    heights.reverse()
    return Curve(widths, heights)


def best(shapes: Iterable[Shape], most: int, window: tuple[float, float]) -> list[Shape]:
    """The shapes that no other undercuts in both directions, narrow first, and of these at most ``most``, spread over
    the proportions, the smallest of each kind.

    Shapes outside the ``window`` of width to height are kept only if there is no other.
    """
    kept: list[Shape] = []
    usual: list[Shape] = []
    slimmest, broadest = window
    lowest = math.inf
    for made in sorted(shapes):
        width, height = made[0], made[1]
        if height < lowest:
            lowest = height - SAME
            kept.append(made)
            if slimmest <= width / height <= broadest:
                usual.append(made)
    kept = usual or [min(kept, key=lambda made: made.width * made.height)]
    if len(kept) <= most:
        return kept
    low = math.log(kept[0].width / kept[0].height)
    step = (math.log(kept[-1].width / kept[-1].height) - low) / most + SAME
    chosen: dict[int, Shape] = {}
    for made in kept:
        kind = int((math.log(made.width / made.height) - low) / step)
        other = chosen.get(kind)
        if other is None or made.width * made.height < other.width * other.height:
            chosen[kind] = made
    return list(chosen.values())


def curve_of(shapes: Sequence[Shape]) -> Curve:
    """The sizes of these shapes, which must come as ``best`` gives them."""
    return Curve([shape.width for shape in shapes], [shape.height for shape in shapes])
