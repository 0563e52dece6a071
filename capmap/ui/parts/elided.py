"""ElidedLabel: one line of plain text that ends in dots where the room does, and tells the rest as a tool tip."""

from __future__ import annotations

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget


class ElidedLabel(QLabel):
    """A label for names that people give."""

    def __init__(self, parent: QWidget | None = None, text: str = "") -> None:
        super().__init__(parent)
        self.full_text = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show this text."""
        self.full_text = text
        self.setAccessibleName(text)
        self.setToolTip(f"<qt>{html.escape(text)}</qt>" if len(text) > 30 else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all of the text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.full_text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(min(self.sizeHint().width(), 24), self.fontMetrics().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """As much of the text as there is room for."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        text = self.fontMetrics().elidedText(self.full_text, Qt.TextElideMode.ElideRight, self.width())
        alignment = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        self.style().drawItemText(painter, self.rect(), alignment, option.palette, True, text, self.foregroundRole())
