"""Dropping: where boxes would go if they were let go over this point of the map, and why they may not."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import pairwise

from capmap.layout.boxes import Box, Layout
from capmap.layout.style import AREA_GAP, STYLE
from capmap.model import rules
from capmap.model.map import Map
from capmap.model.ordering import why_in_order

_EDGE_SHARE = 0.28
"""The part of a leaf at each edge that means "beside it"; between the two, "into it"."""

_EDGE_LIMIT = 40.0
"""Points; on wide leaves the edges do not grow beyond this."""

_CONTAINER_EDGE = 5.0
"""Points at the edge of a container that mean "beside it"."""

Rectangle = tuple[float, float, float, float]


@dataclasses.dataclass(frozen=True, slots=True)
class Drop:
    """A place to drop at: inside ``into`` (None: top level), before the child at ``position`` now.

    ``mark`` is the insertion line (x1, y1, x2, y2 in points of the map), ``around`` the box to light up as the new
    parent, ``area`` that of the box dropped beside. ``reason`` says why the place is forbidden; ``stays`` that nothing
    would move.
    """

    into: str | None
    position: int
    mark: tuple[float, float, float, float] | None
    around: str | None
    area: str | None = None
    reason: str = ""
    stays: bool = False


def aim(
    layout: Layout, current: Map, moved: Sequence[str], ground: str | None, x: float, y: float, *, copying: bool = False
) -> Drop:
    """Where these boxes would go if let go at this point (points of the map). ``ground`` is the box that stands for
    the empty ground around the map: None, or the branch that is shown alone.
    """
    box = layout.at(x, y)
    leaving = set() if copying else set(moved)
    if box is not None and box.id in leaving:
        return Drop(box.parent.id if box.parent else ground, 0, None, None, stays=True)
    if box is None:
        drop = _among(layout, current, layout.boxes, ground, x, y)
    else:
        drop = _beside_edge(layout, current, box, ground, x, y) or _inside(layout, current, box, x, y)
    reason = "" if copying else rules.why_not_move(current, moved, drop.into)
    if copying and drop.into is not None:
        reason = rules.why_not_move(current, [], drop.into)
    stays = not copying and _stays(current, moved, drop)
    in_order = why_in_order(current, drop.into)
    if in_order and not stays:
        # Boxes that come find their place themselves; those that are there have theirs.
        here = all(current.capability(record_id).parent == drop.into for record_id in moved)
        drop = dataclasses.replace(drop, mark=None, around=drop.into)
        reason = reason or (in_order if here and not copying else "")
    return dataclasses.replace(drop, reason=reason, stays=stays)


def _inside(layout: Layout, current: Map, box: Box, x: float, y: float) -> Drop:
    if box.children:
        left, top, _, _ = layout.rectangle(box)
        first_row = min(child.y for child in box.children)
        if y - top >= first_row - STYLE[box.role].header_gap:
            drop = _among(layout, current, box.children, box.id, x - left, y - top)
            mark = drop.mark
            if mark is not None:
                mark = (mark[0] + left, mark[1] + top, mark[2] + left, mark[3] + top)
            return dataclasses.replace(drop, mark=mark, around=box.id)
        last = box.children[-1]
        mark, area = _line(layout, last, after=True), current.capability(last.id).area
        return Drop(box.id, len(current.child_ids(box.id)), mark, box.id, area)
    return Drop(box.id, len(current.child_ids(box.id)), None, box.id)


def _beside_edge(layout: Layout, current: Map, box: Box, ground: str | None, x: float, y: float) -> Drop | None:
    """Before or after the box under the pointer, where the pointer is at its edge."""
    left, top, width, height = layout.rectangle(box)
    across = _in_a_row(layout, box)
    length, at = (width, x - left) if across else (height, y - top)
    edge = _CONTAINER_EDGE if box.children else min(length * _EDGE_SHARE, _EDGE_LIMIT)
    if edge <= at <= length - edge:
        return None
    return _next_to(layout, current, box, ground, after=at > length / 2)


def _among(layout: Layout, current: Map, siblings: Sequence[Box], parent: str | None, x: float, y: float) -> Drop:
    """Between the siblings, next to the one nearest to this point (measured from their parent's corner)."""
    if not siblings:
        return Drop(parent, 0, None, None)
    nearest = min(siblings, key=lambda box: _distance(box, x, y))
    across = _in_a_row(layout, nearest)
    after = x > nearest.x + nearest.width / 2 if across else y > nearest.y + nearest.height / 2
    beside = current.capability(nearest.id)
    mark = _line(layout, nearest, after=after, absolute=False)
    return Drop(parent, beside.position + after, mark, None, beside.area)


def _next_to(layout: Layout, current: Map, box: Box, ground: str | None, *, after: bool) -> Drop:
    parent = box.parent.id if box.parent else ground
    beside, mark = current.capability(box.id), _line(layout, box, after=after)
    return Drop(parent, beside.position + after, mark, box.parent.id if box.parent else None, beside.area)


def _siblings(layout: Layout, box: Box) -> Sequence[Box]:
    return box.parent.children if box.parent else layout.boxes


def _same_row(one: Box, other: Box) -> bool:
    overlap = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return overlap > 0.5 * min(one.height, other.height)


def _in_a_row(layout: Layout, box: Box) -> bool:
    """Whether siblings stand left and right of one another here, so that the insertion line is upright."""
    siblings = _siblings(layout, box)
    return any(_same_row(one, other) for one, other in pairwise(siblings))


def _line(layout: Layout, box: Box, *, after: bool, absolute: bool = True) -> tuple[float, float, float, float]:
    """The insertion line before or after a box: in the middle of the gap to its neighbour."""
    siblings = _siblings(layout, box)
    gap = STYLE[box.parent.role].gap if box.parent else AREA_GAP
    index = siblings.index(box) + (1 if after else -1)
    neighbour = siblings[index] if 0 <= index < len(siblings) else None
    x, y = layout.rectangle(box)[:2] if absolute else (box.x, box.y)
    if _in_a_row(layout, box):
        if neighbour is not None and _same_row(box, neighbour):
            gap = abs((neighbour.x - box.x - box.width) if after else (box.x - neighbour.x - neighbour.width))
        at = x + box.width + gap / 2 if after else x - gap / 2
        return at, y, at, y + box.height
    if neighbour is not None:
        gap = abs((neighbour.y - box.y - box.height) if after else (box.y - neighbour.y - neighbour.height))
    at = y + box.height + gap / 2 if after else y - gap / 2
    return x, at, x + box.width, at


def _distance(box: Box, x: float, y: float) -> float:
    beside_x = max(box.x - x, 0.0, x - box.x - box.width)
    beside_y = max(box.y - y, 0.0, y - box.y - box.height)
    # A box in the same row is nearer to the eye than one above or below.
    return beside_x + 2 * beside_y


def _stays(current: Map, moved: Sequence[str], drop: Drop) -> bool:
    """Whether the boxes stand there already."""
    order = current.child_ids(drop.into)
    boxes = [current.capability(record_id) for record_id in moved]
    if any(box.parent != drop.into or box.area != drop.area for box in boxes):
        return False
    rest = [child for child in order if child not in set(moved)]
    place = drop.position - sum(1 for child in order[: drop.position] if child in set(moved))
    return [*rest[:place], *moved, *rest[place:]] == order
