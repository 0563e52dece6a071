"""Legibility: how much of a branch can be shown so that the back row can still read the names."""

from __future__ import annotations

from capmap.layout import arrange
from capmap.layout.boxes import Layout
from capmap.layout.style import STYLE
from capmap.model.map import Map

MOST_LEVELS = 3
"""More boxes in boxes than these are not taken in at a glance, however large."""

ENLARGED = (1.0, 1.25, 1.6, 2.0, 2.5)
"""Steps of enlargement. A map that is enlarged keeps the width of the screen and gets higher than it."""

LEAST_GOOD = 28.0
"""Pixels on a screen of 1,080 rows: names of this size are read from the back row. No more levels than leave this."""

LEAST = 22.0
"""The same for the least that will do: a branch of so many boxes that its names would be smaller is enlarged."""

LARGEST = 76.0
"""The same for the largest: three boxes are not blown up to fill a wall."""

_MOST_BOXES = 120
"""Where more boxes are to be seen their names cannot be large enough: they are not even arranged for trial."""

_TOO_MANY = 200
"""More boxes than these need every enlargement."""


def aspect_of(width: float, height: float, larger: int) -> float:
    """The proportion of a map in a room of so many pixels, enlarged by this step."""
    return width / (height * ENLARGED[larger] ** 2)


def scale_of(layout: Layout, width: float, height: float, larger: int, unit: float) -> float:
    """Pixels per point at which a layout fills a room of so many pixels, or its width alone where it is enlarged;
    ``unit`` is a pixel of a screen of 1,080 rows.
    """
    largest = LARGEST * ENLARGED[larger] * unit / (STYLE["leaf"].type.size * layout.text_scale)
    across = min(width / max(layout.width, 1.0), largest)
    return across if larger else min(across, height / max(layout.height, 1.0))


def type_pixels(layout: Layout, scale: float) -> float:
    """How large the names of the boxes are at this scale, in pixels."""
    return STYLE["leaf"].type.size * layout.text_scale * scale


def legible_levels(current: Map, root: str | None, width: float, height: float, unit: float) -> int:
    """So many levels of a branch (1 to MOST_LEVELS) fit into a room of so many pixels with good names. One level is
    shown whatever its names come to.
    """
    best = 1
    for depth, shown in enumerate(_shown(current, root, MOST_LEVELS)[1:], 2):
        if shown > _MOST_BOXES or _names(current, root, depth, width, height, 0, unit) < LEAST_GOOD:
            break
        best = depth
    return best


def legible_step(current: Map, root: str | None, depth: int, width: float, height: float, unit: float) -> int:
    """The least step of enlargement that makes the names of so many levels of a branch large enough; the last one
    where none does.
    """
    last = len(ENLARGED) - 1
    if _shown(current, root, depth)[-1] > _TOO_MANY:
        return last
    fits = (step for step in range(last) if _names(current, root, depth, width, height, step, unit) >= LEAST)
    return next(fits, last)


def _shown(current: Map, root: str | None, depth: int) -> list[int]:
    """How many boxes a branch shows down to the first level, the second ..., as far as it has levels."""
    level = current.child_ids(root)
    counts = [len(level)]
    while len(counts) < depth and counts[-1] <= _TOO_MANY:
        level = [inner for box in level for inner in current.child_ids(box)]
        if not level:
            break
        counts.append(counts[-1] + len(level))
    return counts


def _names(current: Map, root: str | None, depth: int, width: float, height: float, larger: int, unit: float) -> float:
    """How large the names would be, in pixels of a screen of 1,080 rows."""
    layout = arrange(current, root=root, depth=depth, aspect=aspect_of(width, height, larger))
    return type_pixels(layout, scale_of(layout, width, height, larger, unit)) / unit + 0.01
