"""Raster: nested boxes filled into a picture without a painter, in a time that hangs on its pixels and not on their
number.

The difference between the colour of a box and the colour around it is noted at its four corners; two running sums over
the picture then give every pixel the colour of the innermost box. Colours are packed numbers whose differences add up
exactly, so that no pixel differs from what a painter would fill.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

Ints = NDArray[np.int32]
Places = NDArray[np.intp]

_BAND = 64
"""Rows that are summed together, so that they are still near the processor when the second sum comes."""

_FINE = 8
"""Points across a pixel, and down, that are tried to see how much of it a round corner covers."""

LEAST_RADIUS = 0.7
"""Pixels; smaller corners are square."""


def packed(colour: str) -> int:
    """A colour "#rrggbb" as the picture holds it."""
    return int(colour[1:], 16) - (1 << 24)


class Canvas:
    """Memory for pictures, used again for the next one."""

    def __init__(self) -> None:
        self._last: Ints = np.zeros(0, np.int32)

    def blank(self, width: int, height: int) -> Ints:
        """Zeros, one more across and down than the picture has pixels; what was given out before is gone."""
        wanted = (height + 1) * (width + 1)
        if len(self._last) < wanted:
            self._last = np.zeros(wanted, np.int32)
        part = self._last[:wanted]
        part.fill(0)
        return part.reshape(height + 1, width + 1)


class Raster:
    """A picture of ``width`` by ``height`` pixels, filled with one colour. What reaches beyond it is cut."""

    def __init__(self, width: int, height: int, ground: int, canvas: Canvas, *, nested: bool = True) -> None:
        """``nested``: no two boxes overlap unless one is all inside the other."""
        self.width, self.height = width, height
        self._sums = canvas.blank(width, height)
        self.pixels: Ints = self._sums[:height, :width]
        self.nested = nested
        if nested:
            self._sums[0, 0] = ground
        else:
            self.pixels.fill(ground)

    def add(self, left: Ints, top: Ints, right: Ints, bottom: Ints, colour: Ints, around: Ints) -> None:
        """Fill rectangles with a colour, in another that is there all around; outer ones come first."""
        left, right = np.clip(left, 0, self.width), np.clip(right, 0, self.width)
        top, bottom = np.clip(top, 0, self.height), np.clip(bottom, 0, self.height)
        if not self.nested:
            pixels = self.pixels
            for x0, y0, x1, y1, value in zip(
                left.tolist(), top.tolist(), right.tolist(), bottom.tolist(), colour.tolist(), strict=True
            ):
                pixels[y0:y1, x0:x1] = value
            return
        flat, stride = self._sums.reshape(-1), self.width + 1
        difference = colour - around
        up, down = top.astype(np.intp) * stride, bottom.astype(np.intp) * stride
        np.add.at(flat, up + left, difference)
        np.add.at(flat, down + right, difference)
        np.negative(difference, out=difference)
        np.add.at(flat, up + right, difference)
        np.add.at(flat, down + left, difference)

    def finish(self) -> None:
        """No more rectangles come: give every pixel its colour."""
        if not self.nested:
            return
        add, above = np.add, np.zeros(self.width + 1, np.int32)
        for start in range(0, self.height, _BAND):
            band = self._sums[start : min(start + _BAND, self.height)]
            for row in band:
                add(above, row, out=row)
                above = row
            above = above.copy()
            np.cumsum(band, axis=1, out=band)

    def round_corners(
        self,
        places: tuple[Ints, Ints, Ints, Ints],
        radius: float,
        edge: int,
        colours: tuple[Ints, Ints, Ints],
        kinds: Ints,
    ) -> None:
        """Round the corners of boxes with an edge of so many pixels, when all is finished; ``colours`` are those
        around each box, of its edge and of its fill, and boxes of one of the ``kinds`` have the same.
        """
        left, top, right, bottom = places
        if not len(left):
            return
        across, down, covered, filled = _corner(round(radius * 8) / 8, edge)
        reach = int(max(across.max(), down.max())) + 1
        fits = (right - left >= 2 * reach) & (bottom - top >= 2 * reach)
        _, first, kind = np.unique(kinds[fits], return_index=True, return_inverse=True)
        mixed = np.stack([one[fits][first] for one in colours], axis=1)
        values = _blend(mixed, covered, filled)[kind]
        left, top, right, bottom = left[fits], top[fits], right[fits] - 1, bottom[fits] - 1
        for x, sideways in ((left, across), (right, -across)):
            for y, along in ((top, down), (bottom, -down)):
                self.put(x[:, None] + sideways, y[:, None] + along, values)

    def put(self, x: Ints, y: Ints, values: Ints) -> None:
        """Give single pixels their colour."""
        inside = (x >= 0) & (x < self.width) & (y >= 0) & (y < self.height)
        if inside.all():
            self.pixels[y, x] = values
        else:
            self.pixels[y[inside], x[inside]] = values[inside]

    def image(self) -> QImage:
        """The picture for a painter; it shows the memory of this one."""
        return QImage(self._sums.data, self.width, self.height, self._sums.strides[0], QImage.Format.Format_RGB32)


def mixtures(one: int, other: int, parts: NDArray[np.float64]) -> Ints:
    """The packed colours with these parts (0 to 1) of the other in the one."""
    mixed: Ints = _blend(np.array([[one, one, other]], np.int32), np.ones(len(parts)), parts)[0]
    return mixed


def _blend(kinds: Ints, covered: NDArray[np.float64], filled: NDArray[np.float64]) -> Ints:
    """A row for each kind (around, edge, fill): the colour of each pixel that a shape covers, and its fill, so far."""
    mixed = np.zeros((len(kinds), len(covered)), np.int32)
    for shift in (0, 8, 16):
        around, edge, fill = ((kinds[:, place] >> shift & 255)[:, None] for place in range(3))
        channel = around * (1 - covered) + edge * (covered - filled) + fill * filled
        mixed += np.floor(channel + 0.5).astype(np.int32) << shift
    mixed -= 1 << 24
    return mixed


@lru_cache(maxsize=64)
def _corner(radius: float, edge: int) -> tuple[Ints, Ints, NDArray[np.float64], NDArray[np.float64]]:
    """The pixels of an upper left corner that are not as in a square one: how far to the right and down, how much of
    each the box covers, and how much its fill.
    """
    size = int(np.ceil(max(radius, edge)))
    points = (np.arange(size * _FINE) + 0.5) / _FINE
    covered = _covered(points, radius)
    filled = _covered(points - edge, radius - edge)
    covered, filled = (inside.reshape(size, _FINE, size, _FINE).mean(axis=(1, 3)) for inside in (covered, filled))
    square = np.zeros((size, size))
    square[edge:, edge:] = 1.0
    down, across = np.nonzero((covered < 1.0) | (filled != square))
    return across.astype(np.int32), down.astype(np.int32), covered[down, across], filled[down, across]


def _covered(points: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """1 for each of the points across and down that lies inside the corner at 0."""
    radius = max(radius, 0.0)
    far = np.maximum(radius - points, 0.0)
    inside = (far[:, None] ** 2 + far[None, :] ** 2 <= radius**2) & (points[:, None] >= 0) & (points[None, :] >= 0)
    return np.where(inside, 1.0, 0.0)
