"""LightStrip: the quiet card at the top of the canvas that says what is lit, how far, and how it came to a box."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout

from capmap.ui.canvas.canvas import Canvas
from capmap.ui.canvas.telling import announce
from capmap.ui.light.spotlight import Spotlight
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.elided import ElidedLabel
from capmap.ui.parts.labels import plain_label

MORE_KEY, LESS_KEY = "F9", "Shift+F9"
_TOP = 8
_SIDE = 14
_ROW = 34
_WIDEST = 760
_AROUND = 160
"""Pixels for the mark before the words and the buttons behind them."""


class LightStrip(QFrame):
    """There while the spotlight is on. It keeps the room that it takes free above a fitted map."""

    def __init__(self, spotlight: Spotlight, canvas: Canvas, appearance: Appearance) -> None:
        super().__init__(canvas)
        self._spotlight, self._canvas, self._appearance = spotlight, canvas, appearance
        self.setObjectName("lightStrip")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._icons: dict[QToolButton, str] = {}
        self._mark = QLabel(self)
        self._words = ElidedLabel(self)
        self.less = self._button("minus", "One step of reach less", LESS_KEY, lambda: spotlight.step(-1))
        self.more = self._button("plus", "One step of reach more: what depends on what is lit", MORE_KEY, self._further)
        self.close_button = self._button("x", "Light all boxes alike again", "Esc", spotlight.end)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 6, 0)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        for button in (self.less, self.more, self.close_button):
            row.addWidget(button)
        self._routes = plain_label("", self, wrap=True)
        self._routes.setObjectName("lightRoutes")
        self._routes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3, 0, 3)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._routes)
        canvas.installEventFilter(self)
        spotlight.changed.connect(self.refresh)
        appearance.changed.connect(self._look)
        self._look()
        self.hide()

    def _button(self, icon: str, words: str, key: str, run: object) -> QToolButton:
        button = QToolButton(self)
        self._icons[button] = icon
        button.setProperty("quietButton", True)
        button.setAccessibleName(words)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{words} ({shown})")
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(run)
        return button

    @property
    def sentence(self) -> str:
        """What is said of all that is lit."""
        return self._words.full_text

    @property
    def routes(self) -> str:
        """How the selected box came to be lit, a line a route."""
        return "" if self._routes.isHidden() else self._routes.text()

    def refresh(self) -> None:
        """Say how things are now."""
        spotlight = self._spotlight
        self._canvas.keep_free(_ROW + _TOP if spotlight.is_on else 0.0)
        self.setVisible(spotlight.is_on)
        if not spotlight.is_on:
            return
        if spotlight.sentence != self.sentence:
            announce(self, spotlight.sentence)
        self._words.set_text(spotlight.sentence)
        self._words.setToolTip(spotlight.sentence)
        self.less.setVisible(bool(spotlight.subjects))
        self.more.setVisible(bool(spotlight.subjects))
        self.less.setEnabled(spotlight.can_go_back)
        self.more.setEnabled(spotlight.can_go_on)
        routes = "\n".join(spotlight.explained)
        self._routes.setText(routes)
        self._routes.setVisible(bool(routes))
        self._place()
        self.raise_()

    def _further(self) -> None:
        self._spotlight.step(1)

    def _place(self) -> None:
        """At the top of the canvas, in its middle, as wide as its words."""
        room = self._canvas.width() - 2 * _SIDE
        wanted = self._words.sizeHint().width() + _AROUND
        if not self._routes.isHidden():
            lines = self._routes.text().splitlines()
            wanted = max(wanted, *(self._routes.fontMetrics().horizontalAdvance(line) + 70 for line in lines))
        width = max(min(wanted, room, _WIDEST), min(room, 260))
        self.setFixedWidth(width)
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None and layout.hasHeightForWidth() else _ROW
        self.resize(width, max(height, _ROW))
        self.move((self._canvas.width() - width) // 2, _TOP)

    def _look(self) -> None:
        """The colours of light or dark."""
        look = self._appearance.look
        self.setStyleSheet(
            f"#lightStrip {{ background: {look.panel}; border: 1px solid {look.edge}; border-radius: 8px; }}"
            f"#lightRoutes {{ color: {look.soft_ink}; padding: 0 14px 5px 36px; font-size: 12px; }}"
        )
        self._mark.setPixmap(
            self._appearance.icon("route", look.chosen_text).pixmap(QSize(16, 16), self.devicePixelRatioF())
        )
        for button, icon in self._icons.items():
            button.setIcon(self._appearance.icon(icon))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go with the canvas; Esc on it gives the map back, unless a gesture is under way."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            idle = self._canvas.hand.tool is None and self._canvas.naming.subject is None
            if event.key() == Qt.Key.Key_Escape and self._spotlight.is_on and idle:
                self._spotlight.end()
                return True
        return super().eventFilter(watched, event)
