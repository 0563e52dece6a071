"""Passage: boxes on their way from old places to new ones."""

from __future__ import annotations

import dataclasses

from capmap.layout.boxes import Box, Layout

Rectangle = tuple[float, float, float, float]
"""x, y, width and height in points of the layout."""


class Passage:
    """A layout on the way from old places to new ones."""

    def __init__(self, old: dict[str, Rectangle], new: Layout) -> None:
        self.layout = Layout(new.width, new.height, [], {}, new.text_scale)
        self._steps: list[tuple[Box, Rectangle, Rectangle]] = []
        self._places: dict[str, Rectangle] = {}
        for box in new.walk():
            parent = self.layout.index.get(box.parent.id) if box.parent else None
            copy = dataclasses.replace(box, parent=parent, children=[])
            (parent.children if parent else self.layout.boxes).append(copy)
            self.layout.index[copy.id] = copy
            goal = new.rectangle(box)
            self._steps.append((copy, old.get(copy.id, goal), goal))

    @property
    def moves(self) -> bool:
        """Whether anything moves at all."""
        return any(abs(here - there) > 0.5 for _, old, new in self._steps for here, there in zip(old, new, strict=True))

    def go(self, share: float) -> None:
        """Put every box at this share (0 to 1) of its way."""
        self._places.clear()
        for box, old, new in self._steps:
            x, y, box.width, box.height = (here + (there - here) * share for here, there in zip(old, new, strict=True))
            self._places[box.id] = (x, y, box.width, box.height)
            above = self._places[box.parent.id] if box.parent else (0.0, 0.0)
            box.x, box.y = x - above[0], y - above[1]
