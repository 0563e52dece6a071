"""Marks: what is seen while something is pulled to where it is to be linked: the thing itself, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from capmap.ui.canvas import overlay
from capmap.ui.parts.appearance import Appearance

_AWAY = QPoint(14, 16)
"""Pixels from the pointer, so that the place under it stays in sight."""
_WIDEST = 560
_SIDE = 10
_LINE = 20
_RADIUS = 4.0


class _Veil(QWidget):
    """Lies over another widget, lets every event through and is no part of what is read aloud."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.under = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()


class TargetMarks(_Veil):
    """The boxes or rows that would be linked, outlined."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rects: Sequence[QRectF] = ()
        self._accents = overlay.LIGHT_ACCENTS
        self._forbidden = False

    def put(self, rects: Sequence[QRectF], accents: overlay.Accents, *, forbidden: bool) -> None:
        """Outline these rectangles of the parent; none hides the marks."""
        self.rects, self._accents, self._forbidden = rects, accents, forbidden
        self.setGeometry(self.under.rect())
        self.setVisible(bool(rects))
        self.raise_()
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The outlines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rect in self.rects:
            overlay.target(painter, rect, _RADIUS, self._accents, forbidden=self._forbidden, into=True)


class Carried(_Veil):
    """What is pulled, beside the pointer, with the sentence that says what letting go would do."""

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        super().__init__(window)
        self._appearance = appearance
        self.name = self.sentence = ""
        self._forbidden = False

    def put(self, place: QPoint, name: str, sentence: str, *, forbidden: bool) -> None:
        """Show this beside a place of the window."""
        self.name, self.sentence, self._forbidden = name, sentence, forbidden
        wide = max(self._metrics(bold).horizontalAdvance(words) for words, bold in ((name, True), (sentence, False)))
        inside = self.under.rect()
        width = min(wide + 2 * _SIDE + 4, _WIDEST, inside.width() - 20)
        height = 8 + _LINE * (2 if sentence else 1)
        corner = place + _AWAY
        # Kept inside the window; at the lower edge it goes above the pointer.
        left = max(min(corner.x(), inside.right() - width - 4), 4)
        top = corner.y() if corner.y() + height < inside.bottom() else place.y() - height - 8
        self.setGeometry(QRect(left, top, width, height))
        self.show()
        self.raise_()
        self.update()

    def _metrics(self, bold: bool) -> QFontMetrics:
        return QFontMetrics(self._font(bold))

    def _font(self, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def paintEvent(self, _: QPaintEvent) -> None:
        """The name above, the sentence below."""
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(look.danger if self._forbidden else look.bubble)
        painter.setBrush(ground)
        painter.setPen(QPen(QColor(look.panel), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        ink = QColor(look.panel if self._forbidden else look.bubble_ink)
        painter.setPen(ink)
        room = self.rect().adjusted(_SIDE, 4, -_SIDE, -4)
        rows = [(self.name, True)] + ([(self.sentence, False)] if self.sentence else [])
        for place, (words, bold) in enumerate(rows):
            painter.setFont(self._font(bold))
            line = QRect(room.left(), room.top() + place * _LINE, room.width(), _LINE)
            elided = self._metrics(bold).elidedText(words, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
