"""Pane: a part of the room's screen that shows marks on a plain ground."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from capmap.drawing.marks import Mark, Text
from capmap.render import qt


class Pane(QWidget):
    """Shows what it was given last; people who listen hear its words."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._marks: tuple[Mark, ...] = ()
        self._ground = "#000000"
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What it shows."""
        return self._marks

    @property
    def words(self) -> str:
        """What is to be read on it."""
        return " ".join(mark.text for mark in self._marks if isinstance(mark, Text))

    def show_marks(self, marks: Iterable[Mark], ground: str) -> None:
        """Show these, in pixels, on a ground of this colour."""
        self._marks, self._ground = tuple(marks), ground
        self.setAccessibleDescription(self.words)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The ground, then the marks."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._ground))
        qt.paint(painter, self._marks)
