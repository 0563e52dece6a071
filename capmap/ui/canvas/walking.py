"""Walking: which box the arrow keys lead to from here, by what the eye sees and not by the order of the tree."""

from __future__ import annotations

import heapq
import itertools
from typing import Literal

from capmap.layout.boxes import Box, Layout

Direction = Literal["left", "right", "up", "down"]
Step = Literal["left", "right", "up", "down", "first", "last", "out", "in"]
"""A direction, the first or last box beside this one, the box around it, the first box inside it."""

_SIDEWAYS = 3.0
"""How much worse a box beside the way is than one as far ahead."""


def step_from(layout: Layout, start: str | None, step: Step) -> str | None:
    """Where a step leads; from nowhere to the first box. None if there is nothing there."""
    box = layout.index.get(start) if start is not None else None
    if box is None:
        return layout.boxes[0].id if layout.boxes else None
    siblings = box.parent.children if box.parent is not None else layout.boxes
    if step == "out":
        return box.parent.id if box.parent is not None else None
    if step == "in":
        return box.children[0].id if box.children else None
    if step == "first":
        return siblings[0].id
    if step == "last":
        return siblings[-1].id
    return towards(layout, box.id, step)


def towards(layout: Layout, start: str, direction: Direction) -> str | None:
    """The nearest box in that direction on the same level, or above it where branches end sooner; None at the edge.

    Boxes are looked at nearest first: no descendant is nearer than the box around it, so most branches are never
    opened.
    """
    here = layout.index.get(start)
    if here is None:
        return None
    start_span = _turned(layout.rectangle(here), direction)
    order = itertools.count()
    heap: list[tuple[float, int, bool, Box, float, float]] = []

    def offer(box: Box, left: float, top: float) -> None:
        x, y = left + box.x, top + box.y
        span = _turned((x, y, box.width, box.height), direction)
        arrived = box.level == here.level or (not box.children and box.level < here.level)
        cost = _cost(start_span, span, arrived)
        if box is not here and cost is not None:
            heapq.heappush(heap, (cost, next(order), arrived, box, x, y))

    for box in layout.boxes:
        offer(box, 0.0, 0.0)
    while heap:
        _, _, arrived, box, left, top = heapq.heappop(heap)
        if arrived:
            return box.id
        for child in box.children:
            offer(child, left, top)
    return None


def _turned(rectangle: tuple[float, float, float, float], direction: Direction) -> tuple[float, float, float, float]:
    """Near edge, far edge, and the span across, with the direction turned so that ahead is more."""
    x, y, width, height = rectangle
    if direction == "right":
        return x, x + width, y, y + height
    if direction == "left":
        return -x - width, -x, y, y + height
    if direction == "down":
        return y, y + height, x, x + width
    return -y - height, -y, x, x + width


def _cost(
    start: tuple[float, float, float, float], span: tuple[float, float, float, float], arrived: bool
) -> float | None:
    """How far a box is, or a lower bound for all boxes inside it; None if it does not lie ahead."""
    near, far, top, bottom = span
    middle = (start[0] + start[1]) / 2
    if (near if arrived else far) < middle:
        return None
    ahead = max(0.0, near - start[1])
    beside = max(0.0, top - start[3], start[2] - bottom)
    # Of two boxes as near, the one whose middle is nearer the way is meant.
    off_centre = abs((top + bottom) - (start[2] + start[3])) * 0.01 if arrived else 0.0
    return ahead + beside * _SIDEWAYS + off_centre
