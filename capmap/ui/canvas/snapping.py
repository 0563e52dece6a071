"""Snapping: which device pixels a box takes, so that neighbours stand apart by the same number of pixels everywhere.

Rounding each edge by itself would leave gaps of two pixels beside gaps of one, or none. So a box reaches up to its
neighbour, rounded once, less a whole gap; boxes at the sides of another stand a whole padding inside it. Gaps that
would vanish stay one pixel wide as long as the boxes between them are not much smaller themselves.

The same rule for columns of boxes is in ``columns``.
"""

from __future__ import annotations

import math

from capmap.layout.boxes import Box
from capmap.layout.style import AREA_GAP, STYLE

Pixels = tuple[int, int, int, int]
"""Left, top, right and bottom in device pixels from the corner of the map; right and bottom are the first beyond."""

GAP_KEPT = 12.0
"""Device pixels; boxes of at least this size on average keep a gap between them."""

LEAST_TOP_GAP = 2
"""Device pixels between boxes at the top."""

TOUCHING = 0.01
"""Points; a box so near to the padding of the one around it stands on it."""


def whole(value: float) -> int:
    """The nearest whole number; halves go up."""
    return math.floor(value + 0.5)


def snapped(box: Box, x: float, y: float, scale: float, holder: Pixels | None) -> Pixels:
    """The pixels of a box whose corner stands at ``x``, ``y`` points of the map, at so many device pixels a point,
    inside the pixels of the box that holds it (None: at the top).
    """
    gap = gap_pixels(box, scale)
    distance = gap_of(box)
    left, top = whole(x * scale), whole(y * scale)
    right = whole((x + box.width + distance) * scale) - gap
    bottom = whole((y + box.height + distance) * scale) - gap
    above = box.parent
    if above is not None and holder is not None:
        padding = STYLE[above.role].padding
        inset = whole(padding * scale)
        low, high = holder[0] + inset, holder[2] - inset
        left = low if box.x < padding + TOUCHING else max(left, low)
        right = high if box.x + box.width > above.width - padding - TOUCHING else min(right, high)
        low, high = holder[1] + inset, holder[3] - inset
        top = max(top, low)
        bottom = high if box.y + box.height > above.height - padding - TOUCHING else min(bottom, high)
    return left, top, max(left, right), max(top, bottom)


def gap_of(box: Box) -> float:
    """Points between a box and its neighbours."""
    return AREA_GAP if box.parent is None else STYLE[box.parent.role].gap


def gap_pixels(box: Box, scale: float) -> int:
    """Device pixels between a box and its neighbours to the right and below."""
    above, distance = box.parent, gap_of(box)
    gap = whole(distance * scale)
    if above is None:
        return max(gap, LEAST_TOP_GAP)
    if gap < 1 and math.sqrt(above.width * above.height / len(above.children)) * scale >= GAP_KEPT:
        gap = 1
    if box.children and whole(STYLE[box.role].padding * scale) < 1:
        # The paddings on both sides of the gap have no pixels of their own: the gap stands for them.
        gap = max(gap, whole((distance + 2 * STYLE[box.role].padding) * scale))
    return gap
