"""Dashes: the broken edges of boxes that nobody has assessed, put into a raster."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from capmap.ui.canvas.looks import DASH, GAP
from capmap.ui.canvas.raster import Raster, mixtures

Ints = NDArray[np.int32]

_SHADES = 16


def break_edges(
    raster: Raster,
    places: tuple[Ints, Ints, Ints, Ints],
    scale: float,
    radius: float,
    edge: int,
    colours: tuple[int, int],
) -> None:
    """Break the straight parts of edges so many pixels wide, from corner to corner, in whole dashes; ``colours`` are
    those of the edge and of the fill.
    """
    left, top, right, bottom = places
    reach = int(np.ceil(radius))
    shades = mixtures(colours[0], colours[1], np.arange(_SHADES + 1) / _SHADES)
    across, down = right - left - 2 * reach, bottom - top - 2 * reach
    for lengths, upright in ((across, False), (down, True)):
        box, along, shade = _gaps(lengths, scale)
        values = shades[shade]
        for depth in range(edge):
            if upright:
                y = top[box] + reach + along
                raster.put(left[box] + depth, y, values)
                raster.put(right[box] - 1 - depth, y, values)
            else:
                x = left[box] + reach + along
                raster.put(x, top[box] + depth, values)
                raster.put(x, bottom[box] - 1 - depth, values)


def _gaps(lengths: Ints, scale: float) -> tuple[Ints, Ints, Ints]:
    """For every pixel of straight lines: which line it is of, how far along, and how much of it is gap, in shades.

    A line begins and ends with a gap, since its corners are dashes.
    """
    lengths = np.maximum(lengths, 0)
    line = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    starts = np.cumsum(lengths) - lengths
    along = np.arange(len(line), dtype=np.int32) - starts[line].astype(np.int32)
    period = (DASH + GAP) * scale
    dash = DASH * scale
    counts = np.maximum(np.floor((lengths + dash) / period + 0.5), 1.0)
    fitted = ((lengths + dash) / counts)[line]
    gap = fitted * GAP / (DASH + GAP)

    def gaps_until(places: NDArray[Any]) -> NDArray[Any]:
        periods = np.floor(places / fitted)
        gaps: NDArray[Any] = periods * gap + np.minimum(places - periods * fitted, gap)
        return gaps

    share = gaps_until(along + 1.0) - gaps_until(along)
    return line, along, np.clip(np.floor(share * _SHADES + 0.5), 0, _SHADES).astype(np.int32)
