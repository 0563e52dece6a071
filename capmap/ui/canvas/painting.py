"""Painting: a part of the map as it looks at this scale: the boxes, what is written on them, and the names of what is
too far away to read.

Boxes come from ``groundwork``, which paints as many as there are in one go with numpy. To load numpy would hold up the
first look at a small map, which is painted by ``plainwork`` until somebody else has loaded it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from capmap.drawing.theme import Theme
from capmap.layout.boxes import Layout
from capmap.ui.canvas.arrangement import Arrangement
from capmap.ui.canvas.labels import Writing
from capmap.ui.canvas.plainwork import paint_plainly
from capmap.ui.canvas.plates import paint_plates
from capmap.ui.canvas.viewpoint import Viewpoint

if TYPE_CHECKING:
    from capmap.ui.canvas.groundwork import Groundwork

_SMALL = 400
"""Boxes; to paint more of them plainly takes longer than to load numpy."""


class Painting:
    """Paints the layouts of one arrangement, and keeps what the next painting can use again."""

    def __init__(self, arrangement: Arrangement) -> None:
        self._arrangement = arrangement
        self._writing = Writing()
        self._ground: Groundwork | None = None
        self._moving: Groundwork | None = None
        self.prepared: Groundwork | None = None
        """What was made aside of a layout that is to be shown."""

    def paint(
        self,
        painter: QPainter,
        layout: Layout,
        theme: Theme,
        view: Viewpoint,
        part: QRectF,
        area: QRectF,
        lit: frozenset[str] | None = None,
        *,
        ringed: bool = True,
        written: bool = True,
    ) -> None:
        """Paint the part of the map inside ``part`` (pixels of a widget that fills ``area``); with ``lit`` dim all
        other boxes, ``ringed`` with an outline around those that are lit. If nothing is to be ``written``, bars stand
        for names.
        """
        arrangement = self._arrangement
        corner = view.snapped(painter.device().devicePixelRatioF())
        with arrangement.previewed() as current:
            if lit is None and len(layout.index) <= _SMALL and "numpy" not in sys.modules:
                labels = paint_plainly(painter, layout, arrangement.heat, theme, corner, part)
            else:
                ground = self._ground_of(layout, theme)
                labels = ground.paint(painter, corner, part, lit, ringed=ringed, written=written)
            heat, chips = arrangement.heat, arrangement.chips
            self._writing.write(painter, labels, corner, layout, theme, heat, chips, current)
        paint_plates(painter, layout, theme, corner, part, area)

    def _ground_of(self, layout: Layout, theme: Theme) -> Groundwork:
        """What paints this layout, in step with the arrangement."""
        from capmap.ui.canvas.groundwork import Groundwork

        moving = layout is not self._arrangement.layout
        ground = self._moving if moving else self._ground
        if ground is None or not ground.is_of(layout) or not ground.follow(self._arrangement.map, theme):
            ground, self.prepared = self.prepared, None
            if ground is None or not ground.taken_over(self._arrangement, self._arrangement.map, theme):
                ground = Groundwork(layout, self._arrangement, self._arrangement.map, theme)
        if moving:
            self._moving = ground
        else:
            self._ground, self._moving = ground, None
        return ground
