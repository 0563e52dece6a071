"""Bars: names too small to read, as bars of their length: the texture of the map stays when its text goes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from capmap.drawing.mapdrawing import first_baseline
from capmap.layout import fonts
from capmap.layout.style import scaled
from capmap.ui.canvas.columns import ROLES, Columns
from capmap.ui.canvas.labels import BAR_HEIGHT

Ints = NDArray[np.int32]


class Bars:
    """How long the lines of each name are, measured when they are first looked at."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._first: NDArray[np.int64] = np.full(len(columns), -1, np.int64)
        self._count: NDArray[np.int64] = np.zeros(len(columns), np.int64)
        self._widths: NDArray[np.float64] = np.zeros(0)

    def forget(self, slots: list[int]) -> None:
        """These boxes have other names."""
        more = len(self._columns) - len(self._first)
        if more:
            self._first = np.concatenate([self._first, np.full(more, -1, np.int64)])
            self._count = np.concatenate([self._count, np.zeros(more, np.int64)])
        self._first[slots] = -1

    def of(
        self, slots: NDArray[np.intp], role: int, left: Ints, top: Ints, scale: float
    ) -> tuple[NDArray[np.intp], tuple[Ints, Ints, Ints, Ints]]:
        """The bars of boxes of one role, whose corners stand at these pixels: the place in ``slots`` of the box of each
        bar, and its left, top, right and bottom.
        """
        self._measure(slots)
        count = self._count[slots]
        box = np.repeat(np.arange(len(slots)), count)
        line = np.arange(len(box)) - (np.cumsum(count) - count)[box]
        width = self._widths[self._first[slots][box] + line]
        text_scale = self._columns.layout.text_scale
        style = scaled(text_scale)[ROLES[role]]
        height = max(1, round(style.type.size * BAR_HEIGHT * scale))
        start = left[box] + round(style.padding * scale)
        foot = top[box] + np.floor((first_baseline(style) + line * style.type.leading) * scale + 0.5).astype(np.int32)
        end = start + np.floor(width * text_scale * scale + 0.5).astype(np.int32)
        return box, (start, foot - height, end, foot)

    def _measure(self, slots: NDArray[np.intp]) -> None:
        missing = slots[self._first[slots] < 0].tolist()
        if not missing:
            return
        index, ids, styles = self._columns.layout.index, self._columns.ids, scaled(1.0)
        widths: list[float] = []
        start = len(self._widths)
        for slot in missing:
            box = index[ids[slot]]
            type_ = styles[box.role].type
            self._first[slot], self._count[slot] = start + len(widths), len(box.lines)
            widths.extend(fonts.width(line, type_.weight, type_.size) for line in box.lines)
        self._widths = np.concatenate([self._widths, np.array(widths)])
