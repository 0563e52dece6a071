"""Shaping: the sizes that each box can take, found from the leaves upwards."""

from __future__ import annotations

import dataclasses
import math
from functools import lru_cache

from capmap.layout import rows
from capmap.layout.curves import Curve, Shape, best, common, curve_of, place_for_height
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
_MANY = 24
_LARGE_SHARE = 0.2
_CROWD = 60
"""A branch with more than this part of all boxes keeps more shapes, since a coarse choice costs most there; not one
with so many children that its rows fit any width.
"""

_WIDER_FOR_NAME = 1.25
"""A container may be this much wider than its content needs, to have its name on one line less."""

Window = tuple[float, float]
"""The least and the greatest width to height of the shapes that are of use."""

_ANY: Window = (0.25, 7.0)
_STRIP: Window = (0.12, 16.0)
"""Of the groups of a map with areas: one above all others is low, one on the left is slim."""


@dataclasses.dataclass(frozen=True, slots=True)
class Shaping:
    """One search for the shapes of all nodes: ``boxes`` are in the map, and leaves are no smaller than ``comfort``
    times the usual; at 0 they are as small as their names allow.
    """

    boxes: int
    comfort: float = 1.0

    def shape(self, node: Node, window: Window = _ANY) -> None:
        """Find the shapes of this node and of all below it."""
        if not node.children:
            style = node.style
            node.shapes, node.curve = _leaf(node.name_widths, 2 * style.padding, style.type.leading, self.comfort)
        else:
            inside = window if len(node.children) == 1 else _STRIP if node.counts else _ANY
            for child in node.children:
                self.shape(child, inside)
            fine = node.boxes > _LARGE_SHARE * self.boxes and len(node.children) <= _CROWD
            most = _MANY if fine else _FEW
            if node.framed:
                content = best(_contents(node, most, window), most, (window[0] / 2, window[1] * 2))
                node.shapes = best([_framed(node, inner) for inner in content], most, window)
            else:
                node.shapes = best(_contents(node, most, window), most, window)
            node.curve = curve_of(node.shapes)


@lru_cache(maxsize=1 << 16)
def _leaf(name_widths: tuple[float, ...], around: float, leading: float, comfort: float) -> tuple[list[Shape], Curve]:
    """The shapes of a leaf with this name and margins."""
    narrowest = comfort * max(_LEAF_WIDTH, _LEAF_LEADINGS * leading)
    lowest = comfort * max(_LEAF_HEIGHT, _LEAF_LINES * leading + around)
    sizes: list[tuple[float, float]] = []
    for lines, name_width in enumerate(name_widths, 1):
        width, height = max(name_width + around, narrowest), max(lines * leading + around, lowest)
        if sizes and width >= sizes[-1][0]:
            break
        if sizes and height <= sizes[-1][1]:
            sizes.pop()
        sizes.append((width, height))
    sizes.reverse()
    if comfort:
        slimmest, broadest = _LEAF_ASPECTS
        pleasant = [size for size in sizes if slimmest <= size[0] / size[1] <= broadest]
        sizes = pleasant or [min(sizes, key=lambda size: abs(math.log(size[0] / size[1] / broadest)))]
    shapes = [Shape(width, height, (), (), width, height) for width, height in sizes]
    return shapes, curve_of(shapes)


def _framed(node: Node, inner: Shape) -> Shape:
    """The content with the margins and the name of its container, on as few lines as cost little width."""
    style = node.style
    lines, name_width = len(node.name_widths), node.name_widths[-1]
    for number, wide in enumerate(node.name_widths, 1):
        if wide <= inner.width * _WIDER_FOR_NAME:
            lines, name_width = number, wide
            break
    width = max(inner.width, name_width) + 2 * style.padding
    height = inner.height + 2 * style.padding + lines * style.type.leading + style.header_gap
    return Shape(width, height, inner.counts, inner.row_heights, inner.soft_width, inner.soft_height)


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
        cell = common(curves)
        return rows.grids(cell, [given] if given else rows.even_choices(count, cell, gap, window), gap)
    if node.holds_leaves():
        cell = common(curves)
        choices = [given] if given else rows.even_choices(count, cell, gap, window)
        return rows.columned(curves, cell, choices, gap, aligned=bool(given) and not node.turned)
    found = rows.fixed(curves, given, gap, most) if given else _searched(curves, gap, most, window)
    return [_with_soft(made, node, curves) for made in found]


def _searched(curves: list[Curve], gap: float, most: int, window: Window) -> list[Shape]:
    """The best ways to break boxes of unlike size into rows, for widths spread over the window."""
    area = sum(min((width + gap) * (height + gap) for width, height in zip(*curve, strict=True)) for curve in curves)
    lowest = max(max(curve.widths[0] for curve in curves), math.sqrt(area * window[0]))
    highest = max(lowest, math.sqrt(area * window[1]))
    ways = rows.Rows(curves, gap, highest) if len(curves) <= _CROWD else rows.Shelves(curves, gap)
    found = []
    for width in ways.widths(lowest, highest, most):
        counts, heights, used = ways.broken(width)
        found.append(Shape(used, sum(heights) + gap * (len(heights) - 1), counts, heights))
    return found


def _with_soft(made: Shape, node: Node, curves: list[Curve]) -> Shape:
    """The shape with the sums of what can stretch in it."""
    soft_width = soft_height = 0.0
    place = 0
    for count, height in zip(made.counts, made.row_heights, strict=True):
        across = down = tallest = 0.0
        for _ in range(count):
            child = node.children[place]
            index = place_for_height(curves[place], height)
            taken = child.shapes[-1 - index].turned() if node.turned else child.shapes[index]
            across += taken.soft_width
            if taken.height > tallest:
                tallest, down = taken.height, taken.soft_height
            place += 1
        soft_width = max(soft_width, across)
        soft_height += down
    return Shape(made.width, made.height, made.counts, made.row_heights, soft_width, soft_height)
