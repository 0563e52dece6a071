"""Cell editor: the field that opens in a cell, with what may stand there as completions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from capmap.exchange.grid.columns import GridColumn
from capmap.exchange.values import joined_words, split_words
from capmap.model.fields import NAME_LIMIT
from capmap.ui.tables.sheets import Sheets

_FINISHING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_OFFERED_AT_ONCE = 12
_LINES = 6
_LEAST_WIDTH = 240


class LineEditor(QLineEdit):
    """One line. Few choices are offered at once, many while one types; of a list the last name is completed."""

    def __init__(self, parent: QWidget, choices: Sequence[str], *, several: bool) -> None:
        super().__init__(parent)
        self._choices = choices
        self._several = several
        self.setFrame(False)
        self._completer: QCompleter | None = None
        if choices:
            self._offer()

    def _offer(self) -> None:
        completer = _LastName(self) if self._several else QCompleter(self)
        completer.setModel(QStringListModel(list(self._choices), completer))
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(10)
        popup = completer.popup()
        if popup is not None:
            popup.setProperty("popup", True)
            popup.setMinimumWidth(_LEAST_WIDTH)
            popup.installEventFilter(self)
        self.setCompleter(completer)
        self._completer = completer

    def showEvent(self, event: QShowEvent) -> None:
        """Offer a short list of choices before anything is typed."""
        super().showEvent(event)
        if self._completer is not None and len(self._choices) <= _OFFERED_AT_ONCE and not self._several:
            self.offer_all()

    def offer_all(self) -> None:
        """Show everything that may stand here."""
        if self._completer is not None:
            self._completer.setCompletionPrefix("")
            self._completer.complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the list."""
        if event.key() == Qt.Key.Key_Down and self._completer is not None:
            self.offer_all()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab in the list take the chosen line and are done with the cell."""
        completer = self._completer
        if (
            completer is not None
            and watched is completer.popup()
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _FINISHING
        ):
            popup = completer.popup()
            if popup is not None:
                chosen = popup.currentIndex()
                if chosen.isValid():
                    self.setText(completer.pathFromIndex(chosen))
                popup.hide()
            again = QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text())
            QApplication.sendEvent(self, again)
            return True
        return super().eventFilter(watched, event)

    def wanted(self) -> str:
        """The text; of a choice its beginning is enough."""
        text = self.text()
        folded = text.strip().casefold()
        if self._several or not folded or any(choice.casefold() == folded for choice in self._choices):
            return text
        begun = [choice for choice in self._choices if choice.casefold().startswith(folded)]
        return begun[0] if len(begun) == 1 and len(self._choices) <= _OFFERED_AT_ONCE else text


class _LastName(QCompleter):
    """Completes the last name of a list and leaves those before it."""

    def splitPath(self, path: str) -> list[str]:
        """What is completed: the part behind the last mark."""
        return [_parted(path)[1]]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The whole list with the name that was chosen at its end."""
        editor = self.widget()
        before = _parted(editor.text())[0] if isinstance(editor, QLineEdit) else ""
        names = [name for name in map(str.strip, split_words(before)) if name] if before else []
        return joined_words([*names, str(index.data())])


def _parted(text: str) -> tuple[str, str]:
    """A list without its last name, and that name."""
    mark = ";" if ";" in text else ","
    before, _, last = text.rpartition(mark)
    return before, last.strip()


class NoteEditor(QPlainTextEdit):
    """A long text. Enter is done with it, Alt+Enter breaks a line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(False)
        self.document().setDocumentMargin(3)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def height_wanted(self) -> int:
        """Pixels for the first lines."""
        return _LINES * self.fontMetrics().lineSpacing() + 12


def editor_for(column: GridColumn, sheets: Sheets, parent: QWidget) -> LineEditor | NoteEditor:
    """The editor that suits a column."""
    made: LineEditor | NoteEditor
    if column.type == "text" and column.field is not None and column.field.limit > NAME_LIMIT:
        made = NoteEditor(parent)
    else:
        made = LineEditor(parent, completions(column, sheets), several=column.type in ("links", "words"))
    made.setAccessibleName(column.label)
    return made


def completions(column: GridColumn, sheets: Sheets) -> list[str]:
    """What may stand in a column, as far as it is known: choices, names of records, what other rows hold."""
    if column.choices:
        return list(column.choices)
    if column.type == "flag":
        return ["yes", "no"]
    if column.kinds:
        return [label for kind in column.kinds for label in sheets.names.labels(kind)]
    if column.key in ("owner", "manager", "sponsor", "tags"):
        held = (getattr(record, column.key, "") for record in sheets.map)
        words = (word for value in held for word in (value if isinstance(value, tuple) else (value,)))
        return sorted({word for word in words if word}, key=str.casefold)
    return []
