"""Evenly: the leaves of one box as a grid of equal boxes, which is the easiest to read."""

from __future__ import annotations

import math

from capmap.layout import rows
from capmap.layout.boxes import Box
from capmap.layout.fonts import wrap
from capmap.layout.nodes import Node

_UNLIKE = 0.5
"""How far, in logarithms of width and height together, equal leaves may be from the size wanted."""

_UNEVEN = 0.5
"""What rows of unequal length cost on the same scale, times the logarithm of their ratio."""

_SAME = 1e-6


def even_grid(node: Node, width: float, height: float, wanted: tuple[float, float]) -> tuple[int, ...]:
    """The rows that give a box's leaves about the size wanted, all equal, in a content of this size (of a node that
    is turned with width and height exchanged); empty if none do or if not all names fit.
    """
    gap, children = node.gap, node.children
    style = children[0].style
    around = 2 * style.padding - _SAME
    best: tuple[int, ...] = ()
    least = _UNLIKE
    proportion = width / height
    for counts in rows.even_choices(len(children), children[0].curve, gap, (proportion / 2, proportion * 2)):
        across, down = (width - (counts[0] - 1) * gap) / counts[0], (height - (len(counts) - 1) * gap) / len(counts)
        if node.turned:
            across, down = down, across
        lines = int((down - around) / style.type.leading)
        if across <= around or lines < 1:
            continue
        cost = abs(math.log(across / wanted[0])) + abs(math.log(down / wanted[1]))
        cost += _UNEVEN * math.log(counts[0] / counts[-1])
        if cost < least:
            widest = max([(child.name_widths[:lines] or child.name_widths)[-1] for child in children])
            if widest <= across - around:
                best, least = counts, cost
    return best


def place_evenly(
    node: Node, counts: tuple[int, ...], parent: Box | None, place: tuple[float, float, float, float]
) -> tuple[list[Box], tuple[float, float]]:
    """The leaves of a node as boxes in rows of so many that fill a ``place`` (left, top, width and height) in their
    parent; and the least size of the place for their names.
    """
    left, y, width, height = place
    gap, style = node.gap, node.children[0].style
    around, leading, weight, size = 2 * style.padding, style.type.leading, style.type.weight, style.type.size
    down = (height - (len(counts) - 1) * gap) / len(counts)
    fitting = max(1, int((down - around + _SAME) / leading))
    boxes: list[Box] = []
    least_width, least_height, start = 0.0, -gap, 0
    for count in counts:
        x, across = left, (width - (count - 1) * gap) / count
        room = across - around
        row_width, most_lines = (count - 1) * gap, 1
        for child in node.children[start : start + count]:
            widths = child.name_widths
            lines = (child.name,) if widths[0] <= room else wrap(child.name, weight, size, room)
            most = min(fitting, len(widths))
            least = widths[most - 1] + around, most * leading + around
            boxes.append(
                Box(child.id, "leaf", child.level, lines, x, y, across, down, child.hidden, parent, [], (), *least)
            )
            row_width += least[0]
            most_lines = max(most_lines, most)
            x += across + gap
        least_width = max(least_width, row_width)
        least_height += gap + most_lines * leading + around
        start += count
        y += down + gap
    return boxes, (least_width, least_height)
