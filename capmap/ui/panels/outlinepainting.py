"""OutlinePainting: how a row of the outline looks: its name, whether boxes stand below, and whether it is chosen."""

from __future__ import annotations

import itertools
from collections.abc import Collection

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from capmap.ui.panels.outlinemodel import Seen
from capmap.ui.parts.look import Look

INDENT = 18
"""Pixels from one level to the next."""

_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_OPEN = ((-3.5, -1.5), (0.0, 2.0), (3.5, -1.5))
_CLOSED = ((-1.5, -3.5), (2.0, 0.0), (-1.5, 3.5))


class RowPainting:
    """One picture of some rows, with the fonts and colours of that moment: Qt's own way, by the style and a delegate,
    takes far longer for each.
    """

    def __init__(self, look: Look, font: QFont, chosen: Collection[str], pointed: int, ringed: str | None) -> None:
        """``pointed`` is how far down the pointer is, ``ringed`` the id of the row that the keys act on."""
        self._chosen, self._pointed, self._ringed = frozenset(chosen), pointed, ringed
        self._look = look
        self._ink, self._soft_ink = QColor(look.ink), QColor(look.soft_ink)
        self._triangle = QPen(QColor(look.quiet), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        self._font = font
        self._faces: dict[tuple[bool, bool], tuple[QFont, QFontMetrics]] = {}

    def paint(self, painter: QPainter, rect: QRect, row: Seen, *, is_open: bool) -> None:
        """Paint a row in a rectangle as wide as the panel."""
        if row.key in self._chosen:
            painter.fillRect(rect, self._look.wash)
        elif rect.top() <= self._pointed <= rect.bottom():
            painter.fillRect(rect, self._look.hover)
        left = INDENT * row.level
        if row.has_below:
            self._paint_triangle(painter, left - INDENT / 2 + 3, rect.center().y() + 0.5, is_open=is_open)
        font, metrics = self._face(row.level == 1, row.is_reference)
        room = rect.adjusted(left + 4, 0, -8, 0)
        painter.setFont(font)
        painter.setPen(self._ink if row.level <= 2 else self._soft_ink)
        painter.drawText(room, _MIDDLE, metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, room.width()))
        if row.key == self._ringed:
            painter.setPen(QPen(QColor(self._look.chosen), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _paint_triangle(self, painter: QPainter, x: float, y: float, *, is_open: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._triangle)
        for (x0, y0), (x1, y1) in itertools.pairwise(_OPEN if is_open else _CLOSED):
            painter.drawLine(QPointF(round(x + x0), round(y + y0)), QPointF(round(x + x1), round(y + y1)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _face(self, is_bold: bool, is_italic: bool) -> tuple[QFont, QFontMetrics]:
        """Areas in bold, references in italics."""
        found = self._faces.get((is_bold, is_italic))
        if found is None:
            font = QFont(self._font)
            font.setWeight(QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal)
            font.setItalic(is_italic)
            found = self._faces[is_bold, is_italic] = font, QFontMetrics(font)
        return found
