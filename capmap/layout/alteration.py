"""Alteration: what one edit did to a layout, so that it can be taken back and done again, every box exactly."""

from __future__ import annotations

from typing import Any

from capmap.layout.boxes import Box, Layout

_State = tuple[float, float, float, float, tuple[str, ...], int, tuple[int, ...], float, float, tuple[Box, ...]]
_SEEN = 6
"""So many values of a state, from the first, are to be seen: place, size, lines and the count of hidden boxes."""


class Alteration:
    """Takes note of boxes before they are altered; its cost is that of the boxes noted, however large the layout is.

    After ``close`` there are: ``boxes``, the ids of boxes that came, went, were made anew or look different;
    ``leaf_area``, by how many square points the leaves take more of the layout. After ``turn`` both are what the way
    back (or forth again) does.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._whole: tuple[float, float, tuple[int, ...], list[Box]] = _whole_of(layout)
        self._states: dict[Box, _State] = {}
        self._index: dict[str, Box | None] = {}
        self.boxes: frozenset[str] = frozenset()
        self.leaf_area = 0.0

    def __len__(self) -> int:
        """How many boxes are kept."""
        return len(self._states) + len(self._index)

    def note(self, box: Box | None) -> None:
        """This box is about to be altered. The layout as a whole (None) is noted from the beginning."""
        if box is not None and box not in self._states:
            self._states[box] = _state_of(box)

    def note_id(self, record_id: str) -> None:
        """Another box, or none, is about to stand for this id."""
        if record_id not in self._index:
            self._index[record_id] = self._layout.index.get(record_id)

    def close(self) -> None:
        """All is altered: find what is different."""
        index, different, area = self._layout.index, set(self._index), 0.0
        for box, state in self._states.items():
            is_there = index.get(box.id) is box
            was_there = self._index[box.id] is box if box.id in self._index else is_there
            if was_there and not state[-1]:
                area -= state[2] * state[3]
            if is_there and not box.children:
                area += box.width * box.height
            if is_there and was_there and state[:_SEEN] != _state_of(box)[:_SEEN]:
                different.add(box.id)
        for record_id, old in self._index.items():
            new = index.get(record_id)
            if old is not None and old not in self._states and not old.children:
                area -= old.width * old.height
            if new is not None and new not in self._states and not new.children:
                area += new.width * new.height
        self.boxes, self.leaf_area = frozenset(different), area

    def turn(self) -> None:
        """Take it back; the next time do it again. Between the two the layout must be as this one left it."""
        layout = self._layout
        for box, state in self._states.items():
            self._states[box] = _state_of(box)
            _put(box, state)
        for record_id, other in self._index.items():
            self._index[record_id] = layout.index.pop(record_id, None)
            if other is not None:
                layout.index[record_id] = other
        whole, self._whole = self._whole, _whole_of(layout)
        layout.width, layout.height, layout.rows, layout.boxes[:] = whole
        self.leaf_area = -self.leaf_area


def _whole_of(layout: Layout) -> tuple[float, float, tuple[int, ...], list[Box]]:
    return layout.width, layout.height, layout.rows, layout.boxes[:]


def _state_of(box: Box) -> _State:
    return (
        box.x,
        box.y,
        box.width,
        box.height,
        box.lines,
        box.hidden,
        box.rows,
        box.least_width,
        box.least_height,
        tuple(box.children),
    )


def _put(box: Box, state: _State) -> None:
    children: Any
    (
        box.x, box.y, box.width, box.height, box.lines, box.hidden,
        box.rows, box.least_width, box.least_height, children,
    ) = state  # fmt: skip
    box.children[:] = children
