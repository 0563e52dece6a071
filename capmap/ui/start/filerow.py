"""FileRow: a file that can be opened, as a row of the start page, with a menu for more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from capmap.ui.parts.appearance import Appearance
from capmap.ui.start.startcards import walks


class FileRow(QWidget):
    """Title and place; greyed where the file is gone. ``chosen`` says that it was pressed."""

    chosen = Signal()

    def __init__(self, title: str, place: str, is_there: bool, appearance: Appearance, *, pinned: bool) -> None:
        super().__init__()
        self.title = title
        self._appearance = appearance
        self.button = _RowButton(title, place if is_there else f"Not there any more: {place}", appearance, pinned)
        self.button.setEnabled(is_there)
        self.button.clicked.connect(self.chosen)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._row.addWidget(self.button, 1)

    def set_menu(self, show: Callable[[FileRow], None]) -> None:
        """A button at the end that shows a menu."""
        more = QToolButton(self)
        more.setProperty("quietButton", True)
        more.setIcon(self._appearance.icon("ellipsis"))
        more.setAccessibleName(f"More about {self.title}")
        more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        more.clicked.connect(lambda: show(self))
        self._row.addWidget(more)


class _RowButton(QAbstractButton):
    def __init__(self, title: str, place: str, appearance: Appearance, pinned: bool) -> None:
        super().__init__()
        self._title, self._place, self._pinned = title, place, pinned
        self._appearance = appearance
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(200)
        self.setAccessibleName(f"{title}, {place}")

    def sizeHint(self) -> QSize:
        return QSize(300, 46)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif not walks(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect()
        if self.isEnabled() and self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.hover))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        words = rect.adjusted(10, 5, -10, -6)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(look.ink if self.isEnabled() else look.faint))
        room = words.width() - (22 if self._pinned else 0)
        title = QFontMetrics(bold).elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(words, Qt.AlignmentFlag.AlignTop, title)
        if self._pinned:
            pin = self._appearance.icon("star", look.chosen_text)
            pin.paint(painter, QRect(words.right() - 16, words.top() + 1, 16, 16))
        small = QFont(self.font())
        small.setPixelSize(12)
        painter.setFont(small)
        painter.setPen(QColor(look.quiet if self.isEnabled() else look.faint))
        place = QFontMetrics(small).elidedText(self._place, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom, place)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.chosen), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
