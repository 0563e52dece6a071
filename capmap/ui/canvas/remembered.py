"""Remembered: the layouts that a map had in the states it came from, so that undo puts every box back exactly."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable
from operator import attrgetter

from capmap.layout.boxes import Layout
from capmap.model.map import Map

_MOST_BOXES = 100_000
"""Of all remembered layouts together: the last hundred of a map of 1,000 boxes."""

_LARGEST_MAP = 10_000
"""Records; to remember the layout of a larger map takes longer than an edit should."""

_SHAPE = attrgetter("id", "parent", "position", "name", "alias_of", "columns", "direction", "area", "equal")


def shape_of(current: Map) -> Hashable | None:
    """What the layout of a map depends on, to be compared; None where that would take too long or is not known."""
    if len(current) > _LARGEST_MAP or any(capability.order_by for capability in current.capabilities):
        return None
    # Undo brings records back in another order, which is none of a map's shape.
    return hash(frozenset(map(_SHAPE, current.capabilities)))


def copied(layout: Layout) -> Layout:
    """A layout of its own, which stays when the other one follows an edit."""
    copy = dataclasses.replace(layout, boxes=[], index={})
    for box in layout.walk():
        parent = copy.index[box.parent.id] if box.parent is not None else None
        twin = dataclasses.replace(box, parent=parent, children=[])
        (copy.boxes if parent is None else parent.children).append(twin)
        copy.index[twin.id] = twin
    return copy


class Remembered:
    """Layouts by what they were made for; the oldest are forgotten first."""

    def __init__(self) -> None:
        self._layouts: dict[Hashable, Layout] = {}

    def clear(self) -> None:
        """Forget all of them."""
        self._layouts.clear()

    def take(self, key: Hashable | None) -> Layout | None:
        """The layout for this key, which is given away; None if there is none."""
        return self._layouts.pop(key, None) if key is not None else None

    def keep(self, key: Hashable | None, layout: Layout) -> None:
        """Remember a layout that nobody alters any more."""
        if key is None:
            return
        self._layouts.pop(key, None)
        self._layouts[key] = layout
        boxes = sum(len(kept.index) for kept in self._layouts.values())
        while boxes > _MOST_BOXES:
            oldest = next(iter(self._layouts))
            boxes -= len(self._layouts.pop(oldest).index)
