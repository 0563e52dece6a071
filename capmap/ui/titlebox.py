"""TitleBox: the title and subtitle of the map in the top bar, edited in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from capmap.model.fields import NAME_LIMIT
from capmap.ui.parts.appearance import Appearance

_GAP = 10


class TitleBox(QWidget):
    """Shows two texts; a double click, F2 or Enter makes them fields. ``edited`` carries both."""

    edited = Signal(str, str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._title = self._subtitle = ""
        self._editable = True
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(56)
        self.setFixedHeight(32)
        self._fields = [QLineEdit(self) for _ in range(2)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for field, words, stretch in zip(self._fields, ("Title of the map", "Subtitle"), (3, 2), strict=True):
            field.setMaxLength(NAME_LIMIT)
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.installEventFilter(self)
            field.hide()
            row.addWidget(field, stretch)
        appearance.changed.connect(self.update)

    def show_title(self, title: str, subtitle: str, *, editable: bool) -> None:
        """Show these; the fields, if open, stay as they are."""
        told = title, subtitle, editable
        if told == (self._title, self._subtitle, self._editable) and self.accessibleName():
            return
        self._title, self._subtitle, self._editable = told
        whole = " – ".join(part for part in (title, subtitle) if part)
        self.setAccessibleName(f"Map: {whole}" if whole else "Map without a title")
        if not self.is_editing:
            self.setToolTip("Double click to change the title" if editable else "")
        self.updateGeometry()
        self.update()

    @property
    def is_editing(self) -> bool:
        """Whether the fields are open."""
        return not self._fields[0].isHidden()

    def give_up(self) -> None:
        """Close the fields and keep what was there before."""
        if self.is_editing:
            self._close()

    def begin(self) -> None:
        """Open the fields."""
        if not self._editable or self.is_editing:
            return
        for field, text in zip(self._fields, (self._title, self._subtitle), strict=True):
            field.setText(text)
            field.show()
        self.updateGeometry()
        self._fields[0].selectAll()
        self._fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _accept(self) -> None:
        if self.is_editing:
            title, subtitle = (field.text().strip() for field in self._fields)
            self._close()
            if (title, subtitle) != (self._title, self._subtitle):
                self.edited.emit(title, subtitle)

    def _leave(self) -> None:
        if not any(field.hasFocus() for field in self._fields):
            self._accept()

    def _close(self) -> None:
        had_focus = any(field.hasFocus() for field in self._fields)
        for field in self._fields:
            field.hide()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter keeps what the fields say, and so does leaving both; Esc gives up."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.give_up()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._accept()
                return True
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            # The focus is not yet where it goes, so look once it is there.
            QTimer.singleShot(0, self, self._leave)
        return super().eventFilter(watched, event)

    # -- events --------------------------------------------------------------------------------------

    def _fonts(self) -> tuple[QFont, QFont]:
        bold = QFont(self.font())
        bold.setPixelSize(14)
        bold.setWeight(QFont.Weight.Bold)
        return bold, self.font()

    def sizeHint(self) -> QSize:
        """Room for both texts, or for the fields."""
        if self.is_editing:
            return QSize(380, 32)
        bold, plain = self._fonts()
        width = QFontMetrics(bold).horizontalAdvance(self._title or "Untitled map") + 12
        if self._subtitle:
            width += _GAP + QFontMetrics(plain).horizontalAdvance(self._subtitle)
        return QSize(width, 32)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The title in bold, the subtitle beside it, a ring when the keys go here."""
        if self.is_editing:
            return
        painter = QPainter(self)
        look = self._appearance.look
        bold, plain = self._fonts()
        elide = Qt.TextElideMode.ElideRight
        left, room = 4, self.width() - 8
        metrics = QFontMetrics(bold)
        title = metrics.elidedText(self._title or "Untitled map", elide, room)
        painter.setFont(bold)
        painter.setPen(look.ink if self._title else look.quiet)
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), vertical, title)
        left += metrics.horizontalAdvance(title) + _GAP
        rest = QFontMetrics(plain).elidedText(self._subtitle, elide, self.width() - 4 - left)
        if rest and rest != "…":
            painter.setFont(plain)
            painter.setPen(look.quiet)
            painter.drawText(self.rect().adjusted(left, 0, 0, 0), vertical, rest)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = painter.pen()
            pen.setColor(look.chosen)
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit in place."""
        self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 and Enter edit in place."""
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.begin()
        else:
            super().keyPressEvent(event)
