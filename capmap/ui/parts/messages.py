"""Messages: a quiet bar above the map that says one sentence, offers one thing to do, and goes by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from capmap.ui.parts import icons
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.labels import plain_label

Tone = Literal["told", "refused"]

_STAYS_MS = 6_000
_PER_LETTER_MS = 60
"""Long sentences stay longer."""


class MessageBar(QWidget):
    """Floats at the top of its parent. Sentences are plain text, whatever is in them."""

    def __init__(self, parent: QWidget, appearance: Appearance) -> None:
        super().__init__(parent)
        self._above = parent
        self._appearance = appearance
        self._act: Callable[[], object] | None = None
        self.setObjectName("message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = plain_label("", self, wrap=True)
        self.button = QPushButton(self)
        self.button.clicked.connect(self._do)
        self.close_button = QToolButton(self)
        self.close_button.setAccessibleName("Close the message")
        self.close_button.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 8, 8, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._label, 1)
        self._row.addWidget(self.button)
        self._row.addWidget(self.close_button)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._fade)
        parent.installEventFilter(self)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said now; empty if nothing."""
        return self._label.text() if not self.isHidden() else ""

    @property
    def offer(self) -> str:
        """The words on the button; empty if nothing is offered."""
        return self.button.text() if self.sentence and not self.button.isHidden() else ""

    def tell(
        self,
        sentence: str,
        tone: Tone = "told",
        *,
        offer: str = "",
        act: Callable[[], object] | None = None,
        stays: bool = False,
    ) -> None:
        """Say a sentence, and offer to do something about it; an empty one takes back what was said. One that ``stays``
        is there until it is closed or another one comes.
        """
        self._timer.stop()
        self._act = act
        if not sentence:
            self.hide()
            return
        self._label.setText(sentence)
        self.button.setText(offer)
        self.button.setVisible(bool(offer))
        self.close_button.setIcon(icons.icon("x", self._appearance.look.bubble_ink))
        self.setProperty("tone", tone)
        self.show()
        self.raise_()
        self._place()
        announcement = QAccessibleAnnouncementEvent(self, sentence)
        QAccessible.updateAccessibility(announcement)
        if not stays:
            self._timer.start(_STAYS_MS + _PER_LETTER_MS * len(sentence))

    def _do(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()

    def _fade(self) -> None:
        # Whoever is about to press the button should find it where it was.
        if self.underMouse() or self.button.hasFocus() or self.close_button.hasFocus():
            self._timer.start(_STAYS_MS)
        else:
            self.hide()

    def _place(self) -> None:
        parent = self._above
        width = min(parent.width() - 32, 620)
        natural = self._label.fontMetrics().horizontalAdvance(self._label.text()) + 70
        natural += self.button.sizeHint().width() + 8 if not self.button.isHidden() else 0
        width = max(min(width, natural), 160)
        height = self._row.heightForWidth(width)
        self.setGeometry((parent.width() - width) // 2, 14, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the parent changes its size."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)
