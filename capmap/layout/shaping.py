"""Shaping: the sizes that each box can take, found from the leaves upwards."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import islice

from capmap.layout import rows
from capmap.layout.curves import SAME, Curve, Shape, best, common, curve_of, levels, shape
from capmap.layout.nodes import Node

_LEAF_WIDTH = 116.0
_LEAF_HEIGHT = 54.0
"""Leaves are no smaller than this, in points: two lines of name with room for chips below, of like size all over."""

_LEAF_LEADINGS = 5.6
_LEAF_LINES = 2
"""Nor are they smaller than this in large type: so many times the leading wide, so many lines high."""

_LEAF_ASPECTS = (0.75, 2.6)
"""Leaves have such proportions as long as their names allow it: maps of like leaves are the easiest to read, and cost
hardly more room than the tightest.
"""

_FEW = 8
_MORE = 12
_SMALL_MAP = 1500
"""A branch keeps so many shapes, in a map of not more boxes than that some more."""

_MANY = 24
_LARGE_SHARE = 0.2
_CROWD = 60
"""A branch with more than this part of all boxes keeps more shapes, since a coarse choice costs most there; not one
with so many children that its rows fit any width.
"""

_WIDER_FOR_NAME = 1.25
"""A container may be this much wider than its content needs, to have its name on one line less."""

_NARROWER = 0.99
"""The next width to try is at least so much less than what was needed of the last."""

Window = tuple[float, float]
"""The least and the greatest width to height of the shapes that are of use."""

_ANY: Window = (0.25, 7.0)
_STRIP: Window = (0.12, 16.0)
"""Of the groups of a map with areas: one above all others is low, one on the left is slim."""


class Shaping:
    """One search for the shapes of all nodes: ``boxes`` are in the map, and leaves are no smaller than ``comfort``
    times the usual; at 0 they are as small as their names allow. Containers keep to a ``window`` of proportions.
    With ``anew`` false, boxes that have shapes already keep them.
    """

    def __init__(self, boxes: int, comfort: float = 1.0, window: Window = _ANY, *, anew: bool = True) -> None:
        self._large = max(1, _LARGE_SHARE * boxes)
        self._usual = _MORE if boxes <= _SMALL_MAP else _FEW
        self._comfort = comfort
        self._window = window
        self._anew = anew
        self._leaves: dict[tuple[float, ...], tuple[list[Shape], Curve]] = {}

    def shape(self, node: Node, window: Window | None = None) -> None:
        """Find the shapes of this node, within a ``window`` of its own, and of all below it."""
        window = window or self._window
        if not node.children:
            self._shape_leaf(node)
            return
        inside = window if len(node.children) == 1 else _STRIP if node.counts else self._window
        leaves = self._leaves
        for child in node.children:
            if child.shapes and not self._anew:
                continue
            if child.children:
                self.shape(child, inside)
            elif child.name_widths in leaves:
                child.shapes, child.curve = leaves[child.name_widths]
            else:
                self._shape_leaf(child)
        most = _MANY if node.boxes > self._large and len(node.children) <= _CROWD else self._usual
        made = _contents(node, most, window)
        node.shapes = _with_soft(node, best(_framed(node, made) if node.framed else made, most, window))
        node.curve = curve_of(node.shapes)

    def _shape_leaf(self, node: Node) -> None:
        """Leaves with names of one length share their shapes."""
        style = node.style
        made = _leaf(node.name_widths, 2 * style.padding, style.type.leading, self._comfort)
        node.shapes, node.curve = self._leaves[node.name_widths] = made


def _leaf(name_widths: tuple[float, ...], around: float, leading: float, comfort: float) -> tuple[list[Shape], Curve]:
    """The shapes of a leaf with this name and margins."""
    narrowest = comfort * max(_LEAF_WIDTH, _LEAF_LEADINGS * leading)
    lowest = comfort * max(_LEAF_HEIGHT, _LEAF_LINES * leading + around)
    widths: list[float] = []
    heights: list[float] = []
    for lines, name_width in enumerate(name_widths, 1):
        width, height = max(name_width + around, narrowest), max(lines * leading + around, lowest)
        if widths and height <= heights[-1]:
            widths.pop()
            heights.pop()
        widths.append(width)
        heights.append(height)
        if width == narrowest:
            break
    widths.reverse()
    heights.reverse()
    if comfort:
        kept = _pleasant(widths, heights)
        widths, heights = widths[kept], heights[kept]
    return [
        shape((width, height, (), (), width, height)) for width, height in zip(widths, heights, strict=True)
    ], Curve(widths, heights)


def _pleasant(widths: list[float], heights: list[float]) -> slice:
    """Which of these sizes, narrow first, have a pleasant proportion; if none has, the one that comes nearest."""
    slimmest, broadest = _LEAF_ASPECTS
    proportions = [width / height for width, height in zip(widths, heights, strict=True)]
    start, end = bisect_left(proportions, slimmest), bisect_right(proportions, broadest)
    if start == end:
        start = min(start, len(proportions) - 1)
    return slice(start, max(end, start + 1))


def _framed(node: Node, contents: Iterable[Shape]) -> list[Shape]:
    """The contents with the margins and the name of their container, on as few lines as cost little width."""
    style, name_widths = node.style, node.name_widths
    around, leading = 2 * style.padding, style.type.leading
    framed: list[Shape] = []
    for width, height, counts, row_heights, soft_width, soft_height in contents:
        lines, name_width = _name_within(name_widths, width * _WIDER_FOR_NAME)
        width = around + max(name_width, width)
        height += around + lines * leading + style.header_gap
        framed.append(shape((width, height, counts, row_heights, soft_width, soft_height)))
    return framed


def _name_within(name_widths: Sequence[float], room: float) -> tuple[int, float]:
    """The fewest lines on which a name fits, and how wide they are; the most that it may have if it never does."""
    for lines, width in enumerate(name_widths, 1):
        if width <= room:
            return lines, width
    return len(name_widths), name_widths[-1]


def _contents(node: Node, most: int, window: Window) -> list[Shape]:
    """The shapes of a node's children together, without margins and name."""
    curves = [child.curve for child in node.children]
    if not node.turned:
        return _in_rows(node, curves, most, window)
    turned = _in_rows(node, [curve.turned() for curve in curves], most, (1 / window[1], 1 / window[0]))
    return [made.turned() for made in turned]


def _in_rows(node: Node, curves: list[Curve], most: int, window: Window) -> list[Shape]:
    count, gap = len(curves), node.gap
    given = node.given_counts()
    if node.equal:
        cell = common(levels(curves))
        return rows.grids(cell, [given] if given else rows.even_choices(count, cell, gap, window), gap)
    if node.holds_leaves():
        heights = levels(curves)
        cell = common(heights)
        choices = [given] if given else rows.even_choices(count, cell, gap, window)
        cells = [level for level in heights if level[0] in cell.heights]
        return rows.columned(curves, cells, choices, gap, aligned=bool(given) and not node.turned)
    return rows.fixed(curves, given, gap, most) if given else _searched(curves, gap, most, window)


def _searched(curves: list[Curve], gap: float, most: int, window: Window) -> list[Shape]:
    """The best ways to break boxes of unlike size into rows, for widths spread over the window."""
    middles = [(widths[len(widths) // 2], heights[len(widths) // 2]) for widths, heights in curves]
    area = sum([(width + gap) * (height + gap) for width, height in middles])
    lowest = max(max([curve.widths[0] for curve in curves]), math.sqrt(area * window[0]))
    highest = max(lowest, math.sqrt(area * window[1]))
    ways = rows.Rows(curves, gap, highest) if len(curves) <= _CROWD else rows.Shelves(curves, gap)
    step = (lowest / highest) ** (1 / most)
    found: list[Shape] = []
    width = highest
    while width >= lowest:
        counts, heights, used = ways.broken(width)
        height = sum(heights) + gap * (len(heights) - 1)
        found.append(shape((used, height, counts, heights, 0.0, 0.0)))
        if used < window[0] * height:
            break
        width = min(width * step, used * _NARROWER)
    return found


def _with_soft(node: Node, made: list[Shape]) -> list[Shape]:
    """The shapes of a node with the sums of what can stretch in them, where these are not known."""
    if made[0].soft_width:
        return made
    if node.turned:
        turned = [[one.turned() for one in reversed(child.shapes)] for child in node.children]
        return [_summed(one.turned(), turned).turned() for one in made]
    return [_summed(one, [child.shapes for child in node.children]) for one in made]


def _summed(made: Shape, shapes: Iterable[Sequence[Shape]]) -> Shape:
    """A shape in rows with the sums of what can stretch in it; ``shapes`` are those of each box inside."""
    width, height, counts, row_heights, _, _ = made
    soft_width = soft_height = 0.0
    each = iter(shapes)
    for count, high in zip(counts, row_heights, strict=True):
        limit = high + SAME
        across = down = tallest = 0.0
        for choices in islice(each, count):
            # The narrowest that is so low, as in place_for_height.
            for taken in choices:
                if taken[1] <= limit:
                    break
            across += taken[4]
            if taken[1] > tallest:
                tallest, down = taken[1], taken[5]
        soft_width = max(soft_width, across)
        soft_height += down
    return shape((width, height, counts, row_heights, soft_width, soft_height))
