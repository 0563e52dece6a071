"""Covers: what lies over the whole screen of a room for a moment: nothing at all, or all the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from capmap.drawing.marks import Mark, Text
from capmap.render import qt


class Blank(QWidget):
    """Black, so that the room looks at who speaks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Blank screen")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Nothing but black."""
        QPainter(self).fillRect(self.rect(), Qt.GlobalColor.black)


class KeyCard(QWidget):
    """All keys on a card; what is below is dimmed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.marks: list[Mark] = []
        self._veil = QColor()
        self.setAccessibleName("Keys")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_marks(self, marks: list[Mark], veil: str) -> None:
        """Show this card above a veil of this colour."""
        self.marks, self._veil = marks, QColor(veil)
        self._veil.setAlphaF(0.75)
        self.setAccessibleDescription(" ".join(mark.text for mark in marks if isinstance(mark, Text)))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The veil, then the card."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._veil)
        qt.paint(painter, self.marks)
