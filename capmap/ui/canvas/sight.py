"""Sight: the boxes that show in a part of the picture, as columns: where they are in it, how they look, their edges."""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray

from capmap.ui.canvas.columns import LEAF, Columns
from capmap.ui.canvas.looks import LEAST_INSIDE, Looks
from capmap.ui.canvas.raster import packed
from capmap.ui.canvas.snapping import whole
from capmap.ui.canvas.tints import Tints

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]
Slots = NDArray[np.intp]

_RING = 2.0
_LEAST_RINGED = (7, 14)
"""Pixels; smaller boxes have no outline when they are lit, and up to the second a thin one."""


class Strokes:
    """Fills and edges of all looks, the dimmed ones after the others, at so many device pixels a point."""

    def __init__(self, looks: Looks, text_scale: float, scale: float, ratio: float) -> None:
        """``ratio``: device pixels a pixel."""
        every = [*looks.all, *looks.dimmed]
        strokes = [look.stroke(text_scale, scale) for look in every]
        self.fills: Ints = np.array([packed(look.fill) for look in every], np.int32)
        self.widths: Ints = np.array([width for width, _ in strokes], np.int32)
        self.edges: Ints = np.array([packed(colour) for _, colour in strokes], np.int32)
        self.found = packed(looks.found)
        self.dim = len(looks.all)
        self._ratio = ratio

    def ring(self, room: Ints) -> Ints:
        """How wide the outlines of lit boxes with so much room are, in device pixels."""
        low, high = (limit * self._ratio for limit in _LEAST_RINGED)
        thick = np.where(room < high, 1, whole(_RING * self._ratio))
        ring: Ints = np.where(room < low, 0, thick).astype(np.int32)
        return ring


@dataclasses.dataclass(slots=True)
class Sight:
    """One row a box: its slot, pixels from the corner of the picture, the numbers of its look and of the look around
    it, how wide its edge is and in which colour, and whether its name is lit.
    """

    slots: Slots
    left: Ints
    top: Ints
    right: Ints
    bottom: Ints
    look: Slots
    around: Slots
    edge: Ints
    edge_colour: Ints
    named: Flags

    def only(self, wanted: Flags) -> Sight:
        """Some of the rows."""
        return Sight(*(getattr(self, field.name)[wanted] for field in dataclasses.fields(self)))

    @property
    def places(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Left, top, right and bottom."""
        return self.left, self.top, self.right, self.bottom

    @property
    def room(self) -> Ints:
        """The shorter side of each box."""
        shorter: Ints = np.minimum(self.right - self.left, self.bottom - self.top)
        return shorter


def in_sight(
    columns: Columns,
    tints: Tints,
    strokes: Strokes,
    scale: float,
    corner: tuple[int, int],
    size: tuple[int, int],
    lit: Flags | None,
    *,
    ringed: bool,
) -> Sight:
    """What shows in a picture of this size in device pixels with the corner of the map at ``corner``; with ``lit`` all
    but those slots is dimmed. Of a lit box with boxes inside only the name is lit.
    """
    (x, y), (width, height) = corner, size
    slots, (left, top, right, bottom) = columns.within((-x, -y, width - x, height - y), scale)
    parent, of = columns.parent[slots], tints.of
    sight = Sight(
        slots,
        left[slots] + np.int32(x),
        top[slots] + np.int32(y),
        right[slots] + np.int32(x),
        bottom[slots] + np.int32(y),
        of[slots].astype(np.intp),
        np.where(parent < 0, 0, of[parent]).astype(np.intp),
        np.zeros(len(slots), np.int32),
        np.zeros(len(slots), np.int32),
        np.ones(len(slots), np.bool_),
    )
    bright: Flags | None = None
    if lit is not None:
        sight.named = lit[slots]
        bright = sight.named & (columns.role[slots] == LEAF)
        sight.look[~bright] += strokes.dim
        sight.around += strokes.dim
    room, edge = sight.room, strokes.widths[sight.look]
    sight.edge = np.where(room >= 2 * edge + LEAST_INSIDE, edge, 0).astype(np.int32)
    sight.edge_colour = strokes.edges[sight.look]
    if ringed and bright is not None:
        sight.edge[bright] = strokes.ring(room[bright])
        sight.edge_colour[bright] = strokes.found
    return sight
