"""Drift: when edits move boxes, and when they have driven a layout so far from a good one that all should move."""

from __future__ import annotations

import dataclasses

from capmap.layout.style import text_scale_for
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.ordering import reordered
from capmap.model.records import Capability
from capmap.ui.canvas.remembered import Whole

_UNSHAPING = (
    "description",
    "owner",
    "tags",
    "category",
    "importance",
    "maturity",
    "target",
    "expectation",
    "confidence",
    "assessed_on",
    "reason",
    "external",
)
"""Fields of a capability that never move a box, unless the box around it is ordered by one."""

_MOST_SLANT = 1.35
"""A layout whose proportion is further than this factor from the one wanted is made anew with the next edit."""

_LEAST_FILL = 0.30
_LEAST_OF_FILL = 0.8
"""The same for one whose leaves take less of its area than this, and less than this part of what they took at first:
a map of many levels never has more.
"""

_MOST_TEXT_SCALE = 1.35
"""The same for one whose type is larger or smaller by this factor than a map of so many boxes should have."""


def can_move_boxes(current: Map, change: Change) -> bool:
    """Whether a change that the map has had can move boxes."""
    if any(True for _ in reordered(current, change)):
        return True
    for key, after in change.after.items():
        before = change.before[key]
        if isinstance(before, Capability) and isinstance(after, Capability):
            same = {name: getattr(after, name) for name in _UNSHAPING}
            if dataclasses.replace(before, **same) == after:
                continue
        if isinstance(before, Capability) or isinstance(after, Capability):
            return True
    return False


def has_drifted(whole: Whole, aspect: float) -> bool:
    """Whether edits have driven a layout so far from a good one that all boxes should move for once; ``aspect`` is the
    width to height that is wanted.
    """
    layout = whole.layout
    return (
        _apart(layout.width / layout.height, aspect) > _MOST_SLANT
        or _apart(layout.text_scale, text_scale_for(len(layout.index))) > _MOST_TEXT_SCALE
        or whole.leaf_area / (layout.width * layout.height) < min(_LEAST_FILL, whole.fill * _LEAST_OF_FILL)
    )


def _apart(one: float, other: float) -> float:
    """By which factor two numbers differ."""
    return max(one / other, other / one)
