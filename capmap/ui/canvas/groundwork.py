"""Groundwork: all boxes of a part of the map, everything but its letters, from columns into a raster."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from capmap.drawing.theme import Theme, mixed
from capmap.layout.boxes import Layout
from capmap.layout.style import STYLE
from capmap.lens.lens import Heat
from capmap.model.map import Map
from capmap.ui.canvas.bars import Bars
from capmap.ui.canvas.columns import LEAF, ROLES, Columns
from capmap.ui.canvas.dashes import break_edges
from capmap.ui.canvas.labels import BAR_INK, LEAST_BARRED, Label, bar_strength, text_strength, type_scale
from capmap.ui.canvas.looks import Looks, dashes_are_seen
from capmap.ui.canvas.news import News
from capmap.ui.canvas.raster import LEAST_RADIUS, Canvas, Raster, packed
from capmap.ui.canvas.sight import Flags, Ints, Sight, Strokes, in_sight
from capmap.ui.canvas.snapping import whole
from capmap.ui.canvas.tints import Tints
from capmap.ui.canvas.viewpoint import Viewpoint

_CANVAS = Canvas()
"""Pictures are painted one after the other: they share their memory."""

_HEADER = 2.0
"""Pixels between a lit name of a container and its children."""

_CORNER_DEPTH = 0.3
"""How far a round corner leaves a square one open along each side, in parts of its radius."""


class Arranged(Protocol):
    """What is seen of an arrangement."""

    @property
    def layout(self) -> Layout: ...
    @property
    def heat(self) -> Heat: ...
    def take_news(self) -> News: ...


class Groundwork:
    """Paints one layout, and follows it when it changes. May be made aside, before the arrangement has the layout."""

    def __init__(self, layout: Layout, arrangement: Arranged, current: Map, theme: Theme) -> None:
        self._arrangement = arrangement
        self._moving = layout is not arrangement.layout
        self._columns = Columns(layout, loose=self._moving)
        self._looks = Looks(theme, arrangement.heat.lens)
        self._tints = Tints(self._columns, current, arrangement.heat, self._looks)
        self._bars = Bars(self._columns)
        self._lit: tuple[frozenset[str], Flags] | None = None
        if not self._moving:
            arrangement.take_news()

    def is_of(self, layout: Layout) -> bool:
        """Whether this paints that layout."""
        return self._columns.layout is layout and self._moving == (layout is not self._arrangement.layout)

    def taken_over(self, arrangement: Arranged, current: Map, theme: Theme) -> bool:
        """Go on with the arrangement that this was made for; False if it has another layout by now."""
        if arrangement.layout is not self._columns.layout:
            return False
        self._arrangement = arrangement
        arrangement.take_news()
        return self.follow(current, theme)

    def follow(self, current: Map, theme: Theme) -> bool:
        """Take notice of what has changed; False if that is everything, and all must be read anew."""
        heat = self._arrangement.heat
        if self._looks.theme is not theme or self._looks.lens is not heat.lens:
            self._looks = Looks(theme, heat.lens)
        if self._moving:
            self._columns.read_places()
            self._tints.follow(current, heat, self._looks, ())
            return True
        news = self._arrangement.take_news()
        if news.everything:
            return False
        changed = set(news.colours)
        if news.boxes:
            changed |= self._columns.follow(news.boxes)
            slots = self._columns.slots
            self._bars.forget([slots[record_id] for record_id in changed if record_id in slots])
            self._lit = None
        self._tints.follow(current, heat, self._looks, changed)
        return True

    def paint(
        self,
        painter: QPainter,
        view: Viewpoint,
        part: QRectF,
        lit: frozenset[str] | None,
        *,
        ringed: bool,
        written: bool,
    ) -> list[Label]:
        """Paint the boxes inside a part of the widget. Out comes where names are to be written; if they are not to be
        ``written`` (something moves) bars stand for them, and corners are square.
        """
        ratio = painter.device().devicePixelRatioF()
        left, top = round(part.left() * ratio), round(part.top() * ratio)
        size = round(part.right() * ratio) - left, round(part.bottom() * ratio) - top
        if min(size) <= 0:
            return []
        corner = round(view.x * ratio) - left, round(view.y * ratio) - top
        frame = _Frame(self._columns, self._bars, self._looks, view.scale * ratio, ratio)
        frame.raster = Raster(*size, packed(self._looks.theme.page), _CANVAS, nested=not self._moving)
        flags = self._flags(lit)
        sight = in_sight(self._columns, self._tints, frame.strokes, frame.scale, corner, size, flags, ringed=ringed)
        frame.add(sight)
        names = frame.add_lit_names(sight, ringed=ringed) if flags is not None else None
        frame.add_bars(sight, written=written)
        frame.raster.finish()
        if written:
            if names is not None and frame.is_round(STYLE["leaf"].radius):
                frame.round(names, STYLE["leaf"].radius)
            for number, role in enumerate(ROLES):
                if frame.is_round(STYLE[role].radius):
                    frame.round(sight.only(self._columns.role[sight.slots] == number), STYLE[role].radius)
            frame.dash(sight)
        image = frame.raster.image()
        image.setDevicePixelRatio(ratio)
        painter.drawImage(part.topLeft(), image)
        return frame.labels(sight, corner) if written else []

    def _flags(self, lit: frozenset[str] | None) -> Flags | None:
        """For each slot whether its box is lit; None where all are alike."""
        if lit is None:
            return None
        if self._lit is None or self._lit[0] is not lit:
            flags = np.zeros(len(self._columns), np.bool_)
            slots = self._columns.slots
            flags[[slots[record_id] for record_id in lit if record_id in slots]] = True
            self._lit = lit, flags
        return self._lit[1]


class _Frame:
    """One painting: ``scale`` is device pixels a point, ``ratio`` device pixels a pixel."""

    raster: Raster

    def __init__(self, columns: Columns, bars: Bars, looks: Looks, scale: float, ratio: float) -> None:
        self._columns, self._bars, self._looks = columns, bars, looks
        self.scale, self._ratio = scale, ratio
        self.strokes = Strokes(looks, columns.layout.text_scale, scale, ratio)
        self._every = [*looks.all, *looks.dimmed]
        self._type = type_scale(columns.layout, scale / ratio)

    def add(self, sight: Sight) -> None:
        """Boxes with their edges."""
        fill, around = self.strokes.fills[sight.look], self.strokes.fills[sight.around]
        edged = sight.edge > 0
        if self.raster.nested:
            self.raster.add(*sight.places, np.where(edged, sight.edge_colour, fill), around)
            some = sight.only(edged)
            places = some.left + some.edge, some.top + some.edge, some.right - some.edge, some.bottom - some.edge
            self.raster.add(*places, fill[edged], some.edge_colour)
            return
        # The edge of a box, then what is inside it, then the next box: where boxes overlap the last one is seen.
        row = np.repeat(np.arange(len(fill)), 1 + edged)
        inner = np.zeros(len(row), np.bool_)
        inner[1:] = row[1:] == row[:-1]
        inset = np.where(inner, sight.edge[row], 0)
        outer = np.where(edged, sight.edge_colour, fill)
        self.raster.add(
            sight.left[row] + inset,
            sight.top[row] + inset,
            sight.right[row] - inset,
            sight.bottom[row] - inset,
            np.where(inner, fill[row], outer[row]),
            np.where(inner, outer[row], around[row]),
        )

    def add_lit_names(self, sight: Sight, *, ringed: bool) -> Sight:
        """The upper parts of lit containers: out they come as boxes of their own."""
        some = sight.only(sight.named & (self._columns.role[sight.slots] != LEAF))
        radius = max(style.radius for style in STYLE.values()) * self.scale
        inset = some.edge + np.int32(whole(radius * _CORNER_DEPTH))
        low = np.minimum(self._headers(some) - whole(_HEADER * self._ratio), some.bottom - inset)
        some.left, some.top, some.right = some.left + inset, some.top + inset, some.right - inset
        some.right, some.bottom = np.maximum(some.right, some.left), np.maximum(low, some.top)
        some.around, some.look = some.look, some.look - self.strokes.dim
        some.edge = self.strokes.ring(some.room) if ringed else np.zeros(len(inset), np.int32)
        some.edge_colour = np.full(len(inset), self.strokes.found, np.int32)
        self.add(some)
        return some

    def _headers(self, sight: Sight) -> Ints:
        """The first pixel below the room for the name of each box."""
        header = np.minimum(self._columns.headers[sight.slots] * self.scale, 1e6)
        low: Ints = np.minimum(sight.top + np.floor(header).astype(np.int32), sight.bottom - sight.edge)
        return low

    def add_bars(self, sight: Sight, *, written: bool) -> None:
        """Bars for the names that are not legible, or not to be written."""
        large = (sight.right - sight.left >= LEAST_BARRED[0]) & (sight.bottom - sight.top >= LEAST_BARRED[1])
        for number, role in enumerate(ROLES):
            strength = bar_strength(role, self._type, instead=not written)
            if strength <= 0.0:
                continue
            some = sight.only(large & (self._columns.role[sight.slots] == number))
            look = self._of_names(some)
            box, (left, top, right, bottom) = self._bars.of(some.slots, number, some.left, some.top, self.scale)
            low = self._headers(some) if number != LEAF else some.bottom - some.edge
            right, bottom = np.minimum(right, (some.right - some.edge)[box]), np.minimum(bottom, low[box])
            fits = (right > left) & (bottom > top) & (top >= (some.top + some.edge)[box])
            ground = look[box[fits]]
            inks = [packed(mixed(one.fill, one.ink, BAR_INK * strength)) for one in self._every]
            colours = np.array(inks, np.int32)[ground], self.strokes.fills[ground]
            self.raster.add(left[fits], top[fits], right[fits], bottom[fits], *colours)

    def _of_names(self, sight: Sight) -> NDArray[np.intp]:
        """The looks of the names of boxes: those of lit containers are not dim."""
        bright = sight.named & (sight.look >= self.strokes.dim)
        look: NDArray[np.intp] = np.where(bright, sight.look - self.strokes.dim, sight.look)
        return look

    def is_round(self, radius: float) -> bool:
        """Whether a corner of so many points is seen to be round."""
        return radius * self.scale >= LEAST_RADIUS

    def round(self, sight: Sight, radius: float) -> None:
        """Round the corners of boxes; the radius is in points."""
        fill, around = self.strokes.fills[sight.look], self.strokes.fills[sight.around]
        kinds = (sight.look * 256 + sight.around) * 2 + (sight.edge_colour == self.strokes.found)
        for edge in np.unique(sight.edge).tolist():
            same = sight.edge == edge
            some = sight.only(same)
            colours = around[same], some.edge_colour if edge else fill[same], fill[same]
            self.raster.round_corners(some.places, radius * self.scale, edge, colours, kinds[same])

    def dash(self, sight: Sight) -> None:
        """Break the edges of boxes that nobody has assessed."""
        if not dashes_are_seen(self.scale):
            return
        for look in (self._looks.unknown, self._looks.unknown + self.strokes.dim):
            width, colour = int(self.strokes.widths[look]), int(self.strokes.edges[look])
            some = sight.only((sight.look == look) & (sight.edge == width) & (sight.edge_colour == colour))
            if width and len(some.slots):
                radius, fill = STYLE["leaf"].radius * self.scale, int(self.strokes.fills[look])
                break_edges(self.raster, some.places, self.scale, radius, width, (colour, fill))

    def labels(self, sight: Sight, corner: tuple[int, int]) -> list[Label]:
        """Where names are to be written."""
        legible = np.array([text_strength(role, self._type) > 0.0 for role in ROLES])
        if not legible.any():
            return []
        some = sight.only(legible[self._columns.role[sight.slots]])
        index, ids, every, scale = self._columns.layout.index, self._columns.ids, self._every, self.scale
        x, y = corner
        return [
            Label(index[ids[slot]], (left - x) / scale, (top - y) / scale, every[look])
            for slot, left, top, look in zip(
                some.slots.tolist(), some.left.tolist(), some.top.tolist(), self._of_names(some).tolist(), strict=True
            )
        ]
