"""Overlay: what is painted above the map and never into it: rings, insertion marks, ghosts, bubbles, the veil."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from capmap.drawing.theme import DARK, Theme

_HANGING = QPointF(16, 18)
"""Pixels from the pointer to what it carries."""

RING_REACH = 6.0
"""Pixels that a ring or an insertion mark reaches beyond its rectangle."""


@dataclasses.dataclass(frozen=True, slots=True)
class Accents:
    """The colours of what a person does, apart from the colours of the map."""

    chosen: str
    halo: str
    hover: str
    forbidden: str
    found: str
    bubble: str
    bubble_ink: str


LIGHT_ACCENTS = Accents(
    chosen="#1565d8",
    halo="#ffffff",
    hover="#1d2430",
    forbidden="#c62f2f",
    found="#1d2430",
    bubble="#1d2430",
    bubble_ink="#ffffff",
)
DARK_ACCENTS = Accents(
    chosen="#7db2ff",
    halo="#12161d",
    hover="#f3f5f8",
    forbidden="#ff7a70",
    found="#f3f5f8",
    bubble="#f3f5f8",
    bubble_ink="#12161d",
)


def accents_of(theme: Theme) -> Accents:
    """The accents that stand out on a theme."""
    return DARK_ACCENTS if theme.name == DARK.name else LIGHT_ACCENTS


def ring(painter: QPainter, rect: QRectF, radius: float, accents: Accents, *, current: bool) -> None:
    """The selection ring: 2 pixels around the box, with a halo that parts it from any colour beneath.

    The current one of several stands a little heavier.
    """
    gap = 2.0 if min(rect.width(), rect.height()) > 24 else 0.5
    outer = rect.adjusted(-gap, -gap, gap, gap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    halo = QColor(accents.halo)
    halo.setAlphaF(0.85)
    painter.setPen(QPen(halo, 5.0 if current else 4.0))
    painter.drawRoundedRect(outer, radius + gap, radius + gap)
    painter.setPen(QPen(QColor(accents.chosen), 2.5 if current else 2.0))
    painter.drawRoundedRect(outer, radius + gap, radius + gap)


def hover(painter: QPainter, rect: QRectF, radius: float, accents: Accents) -> None:
    """A quiet outline on the edge of the box under the pointer."""
    colour = QColor(accents.hover)
    colour.setAlphaF(0.55)
    painter.setPen(QPen(colour, 1.25))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def target(painter: QPainter, rect: QRectF, radius: float, accents: Accents, *, forbidden: bool, into: bool) -> None:
    """The box that dropped boxes would stand in; ``into`` tints a leaf that becomes a parent."""
    colour = QColor(accents.forbidden if forbidden else accents.chosen)
    wash = QColor(colour)
    wash.setAlphaF(0.30 if forbidden else 0.22 if into else 0.06)
    painter.setBrush(wash)
    painter.setPen(QPen(colour, 2.0))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


def insertion(painter: QPainter, line: QLineF, accents: Accents, *, forbidden: bool) -> None:
    """The line between two boxes where dropped ones would stand, with a knob at each end."""
    colour = QColor(accents.forbidden if forbidden else accents.chosen)
    halo = QColor(accents.halo)
    halo.setAlphaF(0.9)
    cap = Qt.PenCapStyle.RoundCap
    for pen, knob in ((QPen(halo, 6.0, Qt.PenStyle.SolidLine, cap), 5.5), (QPen(colour, 3.0), 4.0)):
        painter.setPen(pen)
        painter.drawLine(line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        painter.drawEllipse(line.p1(), knob, knob)
        painter.drawEllipse(line.p2(), knob, knob)


def band(painter: QPainter, rect: QRectF, accents: Accents) -> None:
    """The rubber band."""
    colour = QColor(accents.chosen)
    wash = QColor(colour)
    wash.setAlphaF(0.10)
    painter.setPen(QPen(colour, 1.0))
    painter.setBrush(wash)
    painter.drawRect(rect)


def faded(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """A box that is on its way elsewhere."""
    wash = QColor(theme.page)
    wash.setAlphaF(0.6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(wash)
    painter.drawRoundedRect(rect, radius, radius)


def veil(painter: QPainter, part: QRectF, lit: Iterable[QRectF], radius: float, theme: Theme) -> None:
    """Dim all but the lit rectangles, which must not overlap."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    path.addRect(part)
    for rect in lit:
        path.addRoundedRect(rect, radius, radius)
    wash = QColor(theme.page)
    wash.setAlphaF(0.72)
    painter.fillPath(path, wash)


def carried(painter: QPainter, at: QPointF, picture: QPixmap, accents: Accents) -> QRectF:
    """The picture of what is carried, hanging below the pointer so that the place under it stays in sight. Returns
    where it is.
    """
    rect = QRectF(at + _HANGING, picture.deviceIndependentSize())
    painter.setPen(Qt.PenStyle.NoPen)
    for spread in (6, 4, 2):
        painter.setBrush(QColor(0, 0, 0, 14))
        painter.drawRoundedRect(rect.adjusted(-spread, 2 - spread, spread, spread + 2), 5 + spread, 5 + spread)
    clip = QPainterPath()
    clip.addRoundedRect(rect, 4, 4)
    painter.save()
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(rect.topLeft(), picture)
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(accents.chosen), 1.25))
    painter.drawRoundedRect(rect, 4, 4)
    return rect


def bubble(
    painter: QPainter, at: QPointF, text: str, font: QFont, accents: Accents, within: QRectF, *, bad: bool
) -> None:
    """Words with their upper left corner here, kept inside the widget."""
    metrics = QFontMetricsF(font)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, min(380.0, within.width() - 40))
    box = QRectF(at.x(), at.y(), metrics.horizontalAdvance(text) + 16, metrics.height() + 6)
    box.moveRight(min(box.right(), within.right() - 6))
    box.moveBottom(min(box.bottom(), within.bottom() - 6))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(accents.forbidden if bad else accents.bubble))
    painter.drawRoundedRect(box, 5, 5)
    painter.setPen(QColor(accents.bubble_ink))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def badge(painter: QPainter, centre: QPointF, text: str, font: QFont, accents: Accents) -> None:
    """How many boxes a ghost stands for, or the plus of a copy."""
    metrics = QFontMetricsF(font)
    width = max(20.0, metrics.horizontalAdvance(text) + 12)
    box = QRectF(centre.x() - width / 2, centre.y() - 10, width, 20)
    painter.setPen(QPen(QColor(accents.halo), 2.0))
    painter.setBrush(QColor(accents.chosen))
    painter.drawRoundedRect(box, 10, 10)
    painter.setPen(QColor(accents.halo))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
