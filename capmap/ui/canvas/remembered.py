"""Remembered: the way that a layout has come through the states of its map, so that undo puts every box back exactly.

What is kept of an edit is what it altered, so that to remember costs no more than the edit did.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable
from operator import attrgetter
from typing import Any

from capmap.layout.alteration import Alteration
from capmap.layout.boxes import Layout
from capmap.model.change import Change
from capmap.model.records import Attribute, Capability, Record, fields_of

_MOST_BOXES = 150_000
"""In all steps together; one step of a very large map may be a whole layout."""

_MOST_STEPS = 5_000

_tables: Callable[[Record], tuple[Any, ...]] = attrgetter("translations", "extra")
_values: Callable[[Record], tuple[Any, ...]] = attrgetter(
    "id", *(field.name for field in fields_of(Capability.kind) if field.type != "data")
)


def mark_of(change: Change) -> int:
    """A number that tells what a change does to all that a layout may depend on: two states of a map with the same
    marks in between, whatever their order, are the same state, for each number takes itself back.
    """
    mark = 0
    for side in (change.before, change.after):
        for record in side.values():
            if isinstance(record, Capability):
                tables = _tables(record)
                mark ^= hash((_values(record), repr(tables) if any(tables) else ""))
            elif isinstance(record, Attribute):
                mark ^= hash(repr(record))
    return mark


@dataclasses.dataclass(slots=True)
class Whole:
    """A layout as a whole, with the area of its leaves and which part they took of it at first."""

    layout: Layout
    leaf_area: float
    fill: float

    def __len__(self) -> int:
        return len(self.layout.index)


Step = Alteration | Whole
"""What leads from one state to the next and back: what was altered, or the other layout."""


class Remembered:
    """The states of a map, by keys, and the steps between them; what is furthest back is forgotten first."""

    def __init__(self, key: Hashable = None) -> None:
        self._keys: list[Hashable] = [key]
        self._steps: list[Step | None] = []
        self._here = 0
        self._boxes = 0

    def add(self, key: Hashable, step: Step | None) -> None:
        """A new state, to which a step has led (None: one that alters no box); those that undo had left are
        forgotten.
        """
        for gone in self._steps[self._here :]:
            self._boxes -= _size(gone)
        self._keys[self._here + 1 :] = [key]
        self._steps[self._here :] = [step]
        self._here += 1
        self._boxes += _size(step)
        while self._here and (self._boxes > _MOST_BOXES or len(self._steps) > _MOST_STEPS):
            self._boxes -= _size(self._steps.pop(0))
            self._keys.pop(0)
            self._here -= 1

    def way_to(self, key: Hashable) -> list[int] | None:
        """The places of the steps to turn one after the other to come to a state; None if it is not known."""
        known = [place for place, other in enumerate(self._keys) if other == key]
        if not known:
            return None
        goal = min(known, key=lambda place: abs(place - self._here))
        return list(range(self._here, goal)) if goal > self._here else list(range(self._here - 1, goal - 1, -1))

    def alters(self, way: list[int]) -> bool:
        """Whether any box is altered on the way."""
        return any(self._steps[place] is not None for place in way)

    def turn(self, place: int, turned: Callable[[Step], Step]) -> None:
        """Go along one step, which is given to ``turned``; what comes out is kept as the way back."""
        step = self._steps[place]
        if step is not None:
            self._steps[place] = turned(step)
        self._here = place + 1 if place >= self._here else place


def _size(step: Step | None) -> int:
    return 0 if step is None else len(step)


def copied(layout: Layout) -> Layout:
    """A layout of its own, which stays when the other one follows an edit."""
    copy = dataclasses.replace(layout, boxes=[], index={})
    for box in layout.walk():
        parent = copy.index[box.parent.id] if box.parent is not None else None
        twin = dataclasses.replace(box, parent=parent, children=[])
        (copy.boxes if parent is None else parent.children).append(twin)
        copy.index[twin.id] = twin
    return copy


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """How the boxes of a map stand: the layout, the way it has come, and the width to height that was wanted."""

    whole: Whole
    remembered: Remembered
    aspect: float

    @property
    def layout(self) -> Layout:
        """The layout."""
        return self.whole.layout
