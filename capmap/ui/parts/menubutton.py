"""MenuButton: a quiet button of the top bar that names a choice, shows its value in bold, and opens a menu."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QStyle, QStyleOptionToolButton, QToolButton, QWidget

from capmap.ui.parts.appearance import Appearance

Shown = Literal["label", "value"]
_SIDE = 11
_GAP = 5
_ARROW = 12


class MenuButton(QToolButton):
    """``Lens: Maturity gap`` with an arrow. Where room is short (``set_short``) only one of the two is shown."""

    def __init__(self, label: str, appearance: Appearance, parent: QWidget, short_shows: Shown = "value") -> None:
        super().__init__(parent)
        self._label = label
        self._value = ""
        self._short = False
        self._short_shows = short_shows
        self._appearance = appearance
        self.setProperty("menuButton", True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(32)
        appearance.changed.connect(self.update)

    def set_value(self, value: str) -> None:
        """The choice that holds now."""
        if value == self._value and self.accessibleName():
            return
        self._value = value
        self.setAccessibleName(f"{self._label}: {value}" if value else self._label)
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    @property
    def value(self) -> str:
        """The choice that is shown."""
        return self._value

    def set_short(self, short: bool) -> None:
        """Whether to leave the name of the choice out."""
        if short != self._short:
            self._short = short
            self.updateGeometry()
            self.update()

    def set_menu(self, menu: QMenu) -> None:
        """What a press opens."""
        self.setMenu(menu)

    def _parts(self) -> list[tuple[str, QFont]]:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        parts = []
        if not self._value or (self._short and self._short_shows == "label"):
            return [(self._label, self.font())]
        if not self._short:
            parts.append((f"{self._label}:", self.font()))
        return [*parts, (self._value, bold)]

    def sizeHint(self) -> QSize:
        """Room for the words and the arrow."""
        width = sum(QFontMetrics(font).horizontalAdvance(text) for text, font in self._parts())
        gaps = _GAP * len(self._parts())
        return QSize(width + gaps + _ARROW + 2 * _SIDE, 32)

    def minimumSizeHint(self) -> QSize:
        """The same: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The ground of the button, the words, the arrow."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option, painter, self)
        colour = self._appearance.look.ink if self.isEnabled() else self._appearance.look.faint
        painter.setPen(colour)
        left = _SIDE
        for text, font in self._parts():
            painter.setFont(font)
            width = QFontMetrics(font).horizontalAdvance(text)
            painter.drawText(QRect(left, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            left += width + _GAP
        arrow = self._appearance.icon("chevron-down", self._appearance.look.quiet)
        arrow.paint(painter, QRect(self.width() - _SIDE - _ARROW, (self.height() - _ARROW) // 2, _ARROW, _ARROW))
