"""Field editors: the controls of the inspector; each shows one value and tells when a person changes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from capmap.model.fields import NAME_LIMIT
from capmap.ui.parts.appearance import Appearance

_POLITE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)


class Mixed:
    """What a control shows where several boxes have different values."""


MIXED = Mixed()
SEVERAL = "Several values"
_MOST_LINES = 60
"""A longer text scrolls inside its field."""

Value = object
"""What a field holds, or MIXED."""


class TextArea(QPlainTextEdit):
    """A text that grows with what it says. ``one_line`` makes Enter finish it, as in a name.

    ``typed`` carries the text after each key; ``left`` comes when the focus goes elsewhere.
    """

    typed = Signal(str)
    left = Signal()

    def __init__(
        self, label: str, parent: QWidget, *, one_line: bool = False, least: int = 1, flush: bool = False
    ) -> None:
        super().__init__(parent)
        self._one_line = one_line
        self._least = least
        self._empty_words = ""
        self.setAccessibleName(label)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        if flush:
            # The words stand flush with the labels around; the frame shows only when the field is in use.
            self.document().setDocumentMargin(0)
        self.textChanged.connect(self._changed)

    def set_hint(self, words: str) -> None:
        """What stands in an empty field."""
        self._empty_words = words
        self.setPlaceholderText(words)

    def show_value(self, value: Value) -> None:
        """Show a text; a field somebody types in is left alone if it says the same."""
        self.setPlaceholderText(SEVERAL if value is MIXED else self._empty_words)
        text = "" if value is MIXED or value is None else str(value)
        same = _squeezed(self.toPlainText()) == _squeezed(text)
        if self.toPlainText() != text and not (same and self.hasFocus()):
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
        self._grow()

    def _changed(self) -> None:
        self._grow()
        if self.hasFocus() and not self.isReadOnly():
            self.typed.emit(self.toPlainText())

    def _grow(self) -> None:
        """As many lines as the text has, within bounds."""
        lines = 0
        block = self.document().firstBlock()
        while block.isValid():
            self.document().documentLayout().blockBoundingRect(block)
            lines += max(block.layout().lineCount(), 1)
            block = block.next()
        shown = max(self._least, min(lines, _MOST_LINES))
        over = lines > _MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        margins = self.contentsMargins()
        frame = self.height() - self.viewport().height() if self.isVisible() else 10
        height = shown * self.fontMetrics().lineSpacing() + 6 + max(frame, margins.top() + margins.bottom())
        if height != self.height():
            self.setFixedHeight(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc are done with a single line; Ctrl+Enter with any text."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and (self._one_line or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.left.emit()
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break lines elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Done with it."""
        super().focusOutEvent(event)
        if event.reason() not in _POLITE:
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            self.left.emit()


class LineField(QLineEdit):
    """One line, with what others hold as completions. ``typed`` and ``left`` as for TextArea."""

    typed = Signal(str)
    left = Signal()

    def __init__(
        self, label: str, parent: QWidget, limit: int = NAME_LIMIT, known: Callable[[], Iterable[str]] | None = None
    ) -> None:
        super().__init__(parent)
        self._known = known
        self._words = QStringListModel(self)
        self._empty_words = ""
        self.setAccessibleName(label)
        self.setMaxLength(limit)
        self.textEdited.connect(self.typed)
        self.returnPressed.connect(self.left)
        if known is not None:
            completer = QCompleter(self._words, self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            popup = completer.popup()
            if popup is not None:
                popup.setProperty("popup", True)
            completer.activated.connect(self.typed)
            self.setCompleter(completer)

    def set_hint(self, words: str) -> None:
        """What stands in an empty field."""
        self._empty_words = words
        self.setPlaceholderText(words)

    def show_value(self, value: Value) -> None:
        """Show a text; a field somebody types in is left alone if it says the same."""
        self.setPlaceholderText(SEVERAL if value is MIXED else self._empty_words)
        text = self.as_text(value)
        if self.text() != text and not (self.hasFocus() and self.says(value)):
            self.setText(text)
            self.setCursorPosition(0)

    def as_text(self, value: Value) -> str:
        """The text for a value."""
        return "" if value is MIXED or value is None else str(value)

    def says(self, value: Value) -> bool:
        """Whether the text means this value, however it is typed."""
        return _squeezed(self.text()) == _squeezed(self.as_text(value))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Learn what the others hold."""
        super().focusInEvent(event)
        if self._known is not None:
            self._words.setStringList(sorted(set(self._known()), key=str.casefold))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Done with it."""
        super().focusOutEvent(event)
        if event.reason() not in _POLITE:
            self.left.emit()


class WordsField(LineField):
    """A short list of words with commas between them."""

    def as_text(self, value: Value) -> str:
        """The words in one line."""
        return ", ".join(value) if isinstance(value, tuple) else ""

    def says(self, value: Value) -> bool:
        """Whether the words are these."""
        return self.words_of(self.text()) == (value if isinstance(value, tuple) else ())

    @staticmethod
    def words_of(text: str) -> tuple[str, ...]:
        """The words in a line."""
        return tuple(word.strip() for word in text.replace(";", ",").split(",") if word.strip())


class DateField(QWidget):
    """A day, typed or picked. ``picked`` carries a date or None; ``refused`` a sentence about what was typed."""

    picked = Signal(object)
    refused = Signal(str)

    def __init__(self, label: str, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = label
        self._value: Value = None
        self.line = QLineEdit(self)
        self.line.setAccessibleName(label)
        self.line.editingFinished.connect(self._read)
        self._button = QToolButton(self)
        self._button.setProperty("quietButton", True)
        self._button.setAccessibleName(f"{label}: pick a day")
        self._button.setToolTip("Pick a day")
        self._button.clicked.connect(self._pick)
        self._appearance = appearance
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self._button)
        appearance.changed.connect(self._repaint)
        self._repaint()

    def _repaint(self) -> None:
        self._button.setIcon(self._appearance.icon("calendar"))
        self._button.setIconSize(QSize(16, 16))

    def show_value(self, value: Value) -> None:
        """Show a day."""
        self._value = value
        self.line.setPlaceholderText(SEVERAL if value is MIXED else "Not dated")
        self.line.setText(_as_day(value) if isinstance(value, dt.date) else "")

    def setReadOnly(self, read_only: bool) -> None:
        """Whether the day can be changed."""
        self.line.setReadOnly(read_only)
        self._button.setEnabled(not read_only)

    def _read(self) -> None:
        text = self.line.text().strip()
        if not text:
            if isinstance(self._value, dt.date):
                self.picked.emit(None)
            return
        day = day_of(text)
        if day is None:
            self.refused.emit(f"{self._label} must be a day such as {_as_day(dt.date(2026, 11, 30))} or 2026-11-30.")
            self.show_value(self._value)
        elif day != self._value:
            self.picked.emit(day)

    def _pick(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if isinstance(self._value, dt.date):
            calendar.setSelectedDate(QDate(self._value.year, self._value.month, self._value.day))

        def take(date: QDate) -> None:
            menu.close()
            self.picked.emit(dt.date(date.year(), date.month(), date.day()))

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))
        calendar.setFocus()


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def day_of(text: str) -> dt.date | None:
    """The day that a text names, in ISO form or as this place writes it; None if it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        pass
    locale = QLocale()
    for form in (QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat):
        pattern = locale.dateFormat(form)
        for wanted in (pattern.replace("yyyy", "yy").replace("yy", "yyyy"), pattern):
            date = locale.toDate(text, wanted)
            if date.isValid():
                return dt.date(date.year(), date.month(), date.day())
    return None


def _as_day(date: dt.date) -> str:
    """A day as this place writes it, its year in full."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:
        return date.isoformat()
    pattern = locale.dateFormat(QLocale.FormatType.ShortFormat).replace("yyyy", "yy").replace("yy", "yyyy")
    return locale.toString(QDate(date.year, date.month, date.day), pattern)
