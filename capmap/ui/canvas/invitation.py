"""Invitation: what an empty map says: type, paste, open, or look at a sample."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from capmap.drawing.theme import LIGHT, Theme, mixed
from capmap.ui.canvas.overlay import accents_of

_WIDTH, _HEIGHT = 520, 330
_HEADLINE = "Type the first thing your business does"
_HINT = "Enter keeps a name. Enter again adds a box beside it, Tab a box inside it."


class Invitation(QWidget):
    """A card in the middle of an empty canvas; the pointer passes through it but for its buttons."""

    paste_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self.setFixedSize(_WIDTH, _HEIGHT)
        self.setAccessibleName(f"Empty map. {_HEADLINE}. {_HINT}")
        row = QHBoxLayout(self)
        row.setContentsMargins(28, _HEIGHT - 84, 28, 28)
        row.setSpacing(10)
        self._buttons: list[QPushButton] = []
        for text, tip, signal in (
            ("Paste a list", "An indented outline, Markdown, or cells from a spreadsheet", self.paste_wanted),
            ("Open a file", "A map, or a list in .xlsx, .csv, .json, .md or .txt", self.open_wanted),
            ("See a sample", "A finished map to look at and play with", self.sample_wanted),
        ):
            button = QPushButton(text, self)
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(signal)
            row.addWidget(button)
            self._buttons.append(button)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of the canvas."""
        self._theme = theme
        accents = accents_of(theme)
        over = mixed(theme.area_fill, accents.chosen, 0.08)
        for button in self._buttons:
            button.setStyleSheet(
                f"QPushButton {{ color: {theme.ink}; background: {theme.area_fill}; "
                f" border: 1px solid {theme.area_edge}; border-radius: 6px; padding: 8px 12px; font-size: 13px; }}"
                f"QPushButton:hover {{ background: {over}; border-color: {accents.chosen}; }}"
                f"QPushButton:focus {{ border: 2px solid {accents.chosen}; padding: 7px 11px; }}"
            )
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """A sketch of a map, the headline and the hint."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        self._paint_sketch(painter, QRectF(130, 18, _WIDTH - 260, 112))
        font = QFont(self.font())
        font.setPixelSize(21)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(QRectF(0, 156, _WIDTH, 30), centre, _HEADLINE)
        font.setPixelSize(13)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(theme.quiet_ink))
        painter.drawText(QRectF(0, 192, _WIDTH, 22), centre, _HINT)

    def _paint_sketch(self, painter: QPainter, rect: QRectF) -> None:
        """Three empty areas: the first one waits for its name."""
        theme, accents = self._theme, accents_of(self._theme)
        gap = 10.0
        width = (rect.width() - 2 * gap) / 3
        for index in range(3):
            card = QRectF(rect.x() + index * (width + gap), rect.y(), width, rect.height())
            waiting = index == 0
            pen = QPen(QColor(accents.chosen if waiting else theme.area_edge), 2 if waiting else 1)
            painter.setPen(pen)
            painter.setBrush(QColor(theme.area_fill))
            painter.drawRoundedRect(card, 7, 7)
            painter.setPen(Qt.PenStyle.NoPen)
            if waiting:
                painter.fillRect(QRectF(card.x() + 11, card.y() + 11, 1.5, 14), QColor(accents.chosen))
            painter.setBrush(QColor(mixed(theme.area_fill, theme.quiet_ink, 0.22)))
            if not waiting:
                painter.drawRoundedRect(QRectF(card.x() + 10, card.y() + 12, width * 0.5, 7), 3, 3)
            for line in range(3):
                leaf = QRectF(card.x() + 10, card.y() + 34 + line * 24, width - 20, 18)
                painter.setBrush(QColor(theme.container_fills[0] if waiting else theme.container_fills[1]))
                painter.drawRoundedRect(leaf, 3, 3)
