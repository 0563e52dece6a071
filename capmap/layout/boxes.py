"""Box and Layout: the finished arrangement of a map, in points at 100 %, measured from the parent's corner."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Literal

Role = Literal["area", "container", "leaf"]
"""How a box looks: a top-level box with boxes inside, any other box with boxes inside, and a box without."""


@dataclasses.dataclass(slots=True, eq=False)
class Box:
    """One box of a layout.

    ``x`` and ``y`` are points from the upper left corner of the parent box (of the layout, at the top). ``lines`` is
    the name as broken for this width, ``hidden`` the number of boxes below it that the depth hides. A change of ``x``
    moves the whole branch.

    ``rows`` says how many children stand in each row, ``least_width`` and ``least_height`` how small the box could be
    with these rows and lines: what a later edit needs to know to leave everything else where it is. ``rows`` is empty
    where the children do not stand in plain rows, or share one size.
    """

    id: str
    role: Role
    level: int
    lines: tuple[str, ...]
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    hidden: int = 0
    parent: Box | None = None
    children: list[Box] = dataclasses.field(default_factory=list)
    rows: tuple[int, ...] = ()
    least_width: float = 0.0
    least_height: float = 0.0

    def walk(self) -> Iterator[Box]:
        """This box and all below it, in reading order."""
        stack = [self]
        while stack:
            box = stack.pop()
            yield box
            stack.extend(reversed(box.children))


@dataclasses.dataclass(slots=True, eq=False)
class Layout:
    """The boxes of a map arranged in a rectangle of ``width`` by ``height`` points.

    ``text_scale`` multiplies every type size of the style: above 1 in a map of many boxes, which is seen from afar.
    ``rows`` is what it is in a box, for the boxes at the top.
    """

    width: float
    height: float
    boxes: list[Box]
    index: dict[str, Box]
    text_scale: float = 1.0
    rows: tuple[int, ...] = ()

    def walk(self) -> Iterator[Box]:
        """All boxes in reading order, parents before children."""
        for box in self.boxes:
            yield from box.walk()

    def rectangle(self, box: Box) -> tuple[float, float, float, float]:
        """x, y, width and height of a box in points from the corner of the layout."""
        x, y = box.x, box.y
        above = box.parent
        while above is not None:
            x += above.x
            y += above.y
            above = above.parent
        return x, y, box.width, box.height

    def at(self, x: float, y: float) -> Box | None:
        """The deepest box that holds this point (points from the corner of the layout)."""
        found: Box | None = None
        boxes = self.boxes
        while True:
            for box in boxes:
                if box.x <= x < box.x + box.width and box.y <= y < box.y + box.height:
                    found, boxes = box, box.children
                    x, y = x - box.x, y - box.y
                    break
            else:
                return found
