"""Columns: the boxes of a layout as columns of numbers, one slot a box, and the device pixels that they take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from capmap.layout.boxes import Box, Layout, Role
from capmap.layout.style import AREA_GAP, STYLE
from capmap.ui.canvas.snapping import GAP_KEPT, LEAST_TOP_GAP, TOUCHING

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Slots = NDArray[np.intp] | slice
Pixels = tuple[Ints, Ints, Ints, Ints]
"""Left, top, right and bottom."""

_ALL = slice(None)
_FEW = 4_000
"""Boxes; of more of them only those are looked at that show."""

_FARTHER = (-4, -4, 4, 4)
"""Device pixels by which boxes may be moved when they are put on whole pixels."""

ROLES: tuple[Role, ...] = ("area", "container", "leaf")
_NUMBER: dict[Role, int] = {role: number for number, role in enumerate(ROLES)}
_NO_HOLDER = len(ROLES)
LEAF = _NUMBER["leaf"]

_GAPS = np.array([*(STYLE[role].gap for role in ROLES), AREA_GAP])
_PADDINGS = np.array([*(STYLE[role].padding for role in ROLES), 0.0])


class Columns:
    """One row of numbers for each box of a layout, in no order that lasts.

    ``x`` and ``y`` are points from the corner of the parent, ``left`` and ``top`` from the corner of the map. A slot
    whose box has gone is empty: its ``role`` is negative, and it is never in sight.
    """

    def __init__(self, layout: Layout, *, loose: bool = False) -> None:
        """``loose``: boxes are on their way, and may be outside of the ones they belong to."""
        self.layout = layout
        self.loose = loose
        self._kept: tuple[float, Pixels] | None = None
        """The pixels at the scale that was asked for last."""
        boxes = _by_levels(layout)
        count = len(boxes)
        self.ids = [box.id for box in boxes]
        self.slots = {record_id: slot for slot, record_id in enumerate(self.ids)}
        self._free: list[int] = []
        self._read_places(boxes)
        inside = np.fromiter((len(box.children) for box in boxes), np.int32, count)
        # Level by level, the boxes inside one follow those inside the one before it.
        self.parent: Ints = np.full(count, -1, np.int32)
        self.parent[len(layout.boxes) :] = np.repeat(np.arange(count, dtype=np.int32), inside)
        self.level = np.fromiter((box.level for box in boxes), np.int16, count)
        self.role = np.fromiter((_NUMBER[box.role] for box in boxes), np.int8, count)
        self.hidden: Flags = np.fromiter((box.hidden > 0 for box in boxes), np.bool_, count)
        self._derive()

    def __len__(self) -> int:
        return len(self.ids)

    def read_places(self) -> None:
        """The boxes have moved, all in the order in which they were read at first."""
        self._read_places(_by_levels(self.layout))
        self._kept = None
        self._derive_places(_ALL, self._levels)

    def follow(self, record_ids: Iterable[str]) -> set[str]:
        """Boxes with these ids came, went, moved or changed; what is inside a box that moved need not be named. Out
        come the ids of all boxes that were read again.
        """
        index, slots = self.layout.index, self.slots
        changed: dict[str, Box] = {}
        for record_id in record_ids:
            box = index.get(record_id)
            if box is None:
                self._empty(record_id)
                continue
            known = slots.get(record_id)
            if known is not None and self.level[known] == box.level:
                changed[record_id] = box
            else:
                changed.update((inside.id, inside) for inside in box.walk())
        for record_id, box in list(changed.items()):
            changed.update((child.id, child) for child in box.children if child.id not in slots)
            if record_id not in slots:
                self._add(record_id)
        for box in changed.values():
            if box.id not in slots:
                self._add(box.id)
        for box in changed.values():
            self._read(slots[box.id], box)
        if len(self) != len(self.left):
            self._derive()
        else:
            self._derive_again([slots[record_id] for record_id in changed])
        return set(changed)

    def _empty(self, record_id: str) -> None:
        slot = self.slots.pop(record_id, None)
        if slot is not None:
            self.role[slot], self.parent[slot] = -1, -1
            self.width[slot] = self.height[slot] = 0.0
            self._free.append(slot)

    def _add(self, record_id: str) -> None:
        if not self._free:
            self._grow()
        slot = self._free.pop()
        self.ids[slot] = record_id
        self.slots[record_id] = slot

    def _grow(self) -> None:
        """Make room for more boxes than there were."""
        count = len(self.ids)
        more = max(64, count // 16)
        for name in ("x", "y", "width", "height", "parent", "level", "role", "hidden"):
            column = getattr(self, name)
            setattr(self, name, np.concatenate([column, np.zeros(more, column.dtype)]))
        self.role[count:], self.parent[count:] = -1, -1
        self.ids.extend([""] * more)
        self._free.extend(range(count + more - 1, count - 1, -1))

    def _read(self, slot: int, box: Box) -> None:
        self.x[slot], self.y[slot], self.width[slot], self.height[slot] = box.x, box.y, box.width, box.height
        self.parent[slot] = -1 if box.parent is None else self.slots[box.parent.id]
        self.level[slot], self.role[slot], self.hidden[slot] = box.level, _NUMBER[box.role], box.hidden > 0

    def _read_places(self, boxes: list[Box]) -> None:
        count = len(boxes)
        self.x = np.fromiter((box.x for box in boxes), np.float64, count)
        self.y = np.fromiter((box.y for box in boxes), np.float64, count)
        self.width = np.fromiter((box.width for box in boxes), np.float64, count)
        self.height = np.fromiter((box.height for box in boxes), np.float64, count)

    def _derive(self) -> None:
        """Work out what follows from the boxes."""
        self._derive_tree()
        count = len(self)
        self.left, self.top, self._reach_right, self._reach_down, self._share = (np.zeros(count) for _ in range(5))
        self._at_left, self._at_right, self._at_bottom = (np.zeros(count, np.bool_) for _ in range(3))
        self._kept = None
        self._spare = self._blank()
        self._derive_places(_ALL, self._levels)

    def _derive_tree(self) -> None:
        """Work out what follows from who stands in whom."""
        present = self.role >= 0
        deepest = int(self.level.max(initial=1, where=present))
        self._levels = [_run(np.flatnonzero(present & (self.level == level))) for level in range(2, deepest + 1)]
        self._holder = np.where(self.parent < 0, _NO_HOLDER, self.role[self.parent])
        self._gap: Floats = _GAPS[self._holder]
        self._padding: Floats = _PADDINGS[self._holder]
        held = self.parent[self.parent >= 0]
        self._children: Ints = np.bincount(held, minlength=len(self)).astype(np.int32)
        self._framed: Flags = (self._children > 0) & (self.parent >= 0)

    def _derive_again(self, slots: list[int]) -> None:
        """Work out what follows from some boxes, for them and for all inside them."""
        children = self._children
        self._derive_tree()
        touched = np.zeros(len(self), np.bool_)
        touched[slots] = True
        touched[children != self._children] = True
        touched[self._free] = True
        levels: list[Slots] = []
        for level in self._levels:
            inside = touched[level] | touched[self.parent[level]]
            touched[level] = inside
            levels.append(np.flatnonzero(inside) + level.start if isinstance(level, slice) else level[inside])
        self._derive_places(np.flatnonzero(touched), levels)

    def _derive_places(self, some: Slots, levels: Sequence[Slots]) -> None:
        """Work out what follows from the places of some boxes: one addition a level."""
        parent, x, y = self.parent, self.x[some], self.y[some]
        self.left[some], self.top[some] = x, y
        for slots in levels:
            above = parent[slots]
            self.left[slots] += self.left[above]
            self.top[slots] += self.top[above]
        width, height, padding, above = self.width[some], self.height[some], self._padding[some], parent[some]
        self._reach_right[some] = self.left[some] + width + self._gap[some]
        self._reach_down[some] = self.top[some] + height + self._gap[some]
        inside = above >= 0
        self._at_left[some] = inside & (x < padding + TOUCHING)
        self._at_right[some] = inside & (x + width > self.width[above] - padding - TOUCHING)
        self._at_bottom[some] = inside & (y + height > self.height[above] - padding - TOUCHING)
        room = np.sqrt(self.width[above] * self.height[above] / np.maximum(self._children[above], 1))
        self._share[some] = np.where(inside, room, np.inf)
        self._headers: Floats | None = None
        if self._kept is not None:
            self._snap(*self._kept, some, levels)

    def _blank(self) -> Pixels:
        left, top, right, bottom = (np.zeros(len(self), np.int32) for _ in range(4))
        return left, top, right, bottom

    @property
    def headers(self) -> Floats:
        """Points from the top of each box to the first box inside it; infinite where there is none."""
        if self._headers is None:
            self._headers = np.full(len(self), np.inf)
            inside = self.parent >= 0
            np.minimum.at(self._headers, self.parent[inside], self.y[inside])
        return self._headers

    def snapped(self, scale: float) -> Pixels:
        """Left, top, right and bottom of every box in device pixels from the corner of the map, at so many device
        pixels a point: ``snapping.snapped`` for all of them.
        """
        if self._kept is None or self._kept[0] != scale:
            self._kept = scale, self._blank()
            self._snap(scale, self._kept[1], _ALL, self._levels)
        return self._kept[1]

    def within(self, window: tuple[int, int, int, int], scale: float) -> tuple[NDArray[np.intp], Pixels]:
        """The slots of the boxes that show in a window (left, top, right, bottom in device pixels from the corner of
        the map), and the pixels of all boxes, of which only those of these slots are sure.
        """
        left, top, right, bottom = ((value + shift) / scale for value, shift in zip(window, _FARTHER, strict=True))
        known = self._kept is not None and self._kept[0] == scale
        if known or len(self) <= _FEW:
            pixels, some = self.snapped(scale), None
        else:
            some = np.flatnonzero(self.left < right)
            some = some[self._reach_right[some] > left]
            some = some[(self.top[some] < bottom) & (self._reach_down[some] > top)]
            if len(some) > len(self) / 2:
                pixels = self.snapped(scale)
            else:
                pixels = self._spare
                self._snap(scale, pixels, some, _by_level(some, self.level[some]))
        x0, y0, x1, y1 = pixels if some is None else tuple(column[some] for column in pixels)
        seen = (x0 < window[2]) & (x1 > window[0]) & (y0 < window[3]) & (y1 > window[1]) & (x1 > x0) & (y1 > y0)
        return (np.flatnonzero(seen) if some is None else some[seen]), pixels

    def _snap(self, scale: float, pixels: Pixels, some: Slots, levels: Sequence[Slots]) -> None:
        left, top, right, bottom = pixels
        holder = self._holder[some]
        gap = _whole(_GAPS * scale)[holder]
        # Where gaps vanish, boxes that are large enough keep one.
        if _GAPS.min() * scale < 0.5:
            gap[(gap < 1) & (self._share[some] >= GAP_KEPT / scale)] = 1
        if _PADDINGS[:_NO_HOLDER].min() * scale < 0.5:
            inner = _PADDINGS[self.role[some]]
            tight = self._framed[some] & (inner * scale < 0.5)
            gap[tight] = np.maximum(gap, _whole((self._gap[some] + 2 * inner) * scale))[tight]
        if _GAPS[_NO_HOLDER] * scale < LEAST_TOP_GAP:
            np.maximum(gap, LEAST_TOP_GAP, out=gap, where=holder == _NO_HOLDER)
        left[some], top[some] = _whole(self.left[some] * scale), _whole(self.top[some] * scale)
        right[some] = _whole(self._reach_right[some] * scale) - gap
        bottom[some] = _whole(self._reach_down[some] * scale) - gap
        if not self.loose:
            insets = _whole(_PADDINGS * scale)
            for slots in levels:
                above, inset = self.parent[slots], insets[self._holder[slots]]
                low, high = left[above] + inset, right[above] - inset
                left[slots] = np.where(self._at_left[slots], low, np.maximum(left[slots], low))
                right[slots] = np.where(self._at_right[slots], high, np.minimum(right[slots], high))
                low, high = top[above] + inset, bottom[above] - inset
                top[slots] = np.maximum(top[slots], low)
                bottom[slots] = np.where(self._at_bottom[slots], high, np.minimum(bottom[slots], high))
        if self._free:
            right[self._free] = left[self._free]
        right[some] = np.maximum(right[some], left[some])
        bottom[some] = np.maximum(bottom[some], top[some])


def _by_levels(layout: Layout) -> list[Box]:
    """All boxes, those at the top first, then those inside them, and so on."""
    boxes, row = list(layout.boxes), layout.boxes
    while row:
        row = [child for box in row for child in box.children]
        boxes.extend(row)
    return boxes


def _by_level(slots: NDArray[np.intp], level: NDArray[np.int16]) -> list[Slots]:
    """The slots on the second level, those on the third, and so on."""
    return [slots[level == one] for one in range(2, int(level.max(initial=1)) + 1)]


def _run(slots: NDArray[np.intp]) -> Slots:
    """The same slots, as a slice where they follow one another."""
    if len(slots) and slots[-1] - slots[0] == len(slots) - 1:
        return slice(int(slots[0]), int(slots[-1]) + 1)
    return slots


def _whole(values: Floats) -> Ints:
    values += 0.5
    return np.floor(values, out=values).astype(np.int32)
