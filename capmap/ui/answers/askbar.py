"""AskBar: which question, about what, and as of which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QLineEdit, QPushButton, QWidget

from capmap.analysis import QUESTIONS
from capmap.analysis.answer import Question
from capmap.ui.answers.asking import Asked
from capmap.ui.answers.subjects import Subject, subjects
from capmap.ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
_HINTS = {
    "impact": "Service, provider or unit",
    "touches": "Project, service, unit, …",
    "cost": "capability, area, unit, …, or a box; then a year",
    "overlap": "All, or services, capabilities, units",
    "timeline": "A day, month or year, such as 2027",
    "why": "A box, by name or number",
}
_ROWS_SEEN = 12


class AskBar(QWidget):
    """``wanted`` carries what is asked, ``refused`` why it cannot be; ``turned``: another question is chosen."""

    wanted = Signal(object)
    turned = Signal()
    refused = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._is_known = False
        self.question = QComboBox(self)
        self.question.setAccessibleName("Question")
        for question in QUESTIONS.values():
            self.question.addItem(question.title, question.name)
        self.subject = QLineEdit(self)
        self.subject.setMaxLength(300)
        self.subject.setClearButtonEnabled(True)
        self.subject.returnPressed.connect(self.ask)
        self.subject.installEventFilter(self)
        self.day = QLineEdit(self)
        self.day.setPlaceholderText("today")
        self.day.setAccessibleName("As of the day")
        self.day.setToolTip("The day as of which it is asked, such as 2027-06-30; today if nothing is written")
        self.day.setMaxLength(10)
        self.day.setFixedWidth(96)
        self.day.returnPressed.connect(self.ask)
        self.go = QPushButton("Ask", self)
        self.go.setProperty("primary", True)
        self.go.setAutoDefault(False)
        self.go.clicked.connect(self.ask)
        self._names = _Names(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionRole(Qt.ItemDataRole.EditRole)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(_ROWS_SEEN)
        completer.activated.connect(lambda _: self.ask())
        self._list = completer.popup()
        if self._list is not None:
            self._list.setProperty("popup", True)
        self.subject.setCompleter(completer)
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 8, 14, 8)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(6)
        grid.addWidget(self.question, 0, 0)
        grid.addWidget(self.day, 0, 1)
        grid.addWidget(self.subject, 1, 0)
        grid.addWidget(self.go, 1, 1)
        grid.setColumnStretch(0, 1)
        self.question.currentIndexChanged.connect(lambda _: self._question_chosen())
        workspace.changed.connect(self._forget_names)
        workspace.opened.connect(self._forget_names)
        self._question_chosen()

    @property
    def chosen(self) -> Question:
        """The question that is chosen."""
        return QUESTIONS[str(self.question.currentData())]

    def prepare(self, name: str, argument: str = "") -> None:
        """Choose a question and what it is about."""
        self.question.setCurrentIndex(self.question.findData(name))
        self.subject.setText(argument)

    def ask(self) -> None:
        """Ask what is written, if it can be."""
        argument = self.subject.text().strip()
        if not argument and not self.chosen.may_lack:
            self.refused.emit(f"Say what is asked about: {_HINTS[self.chosen.name].lower()}.")
            self.subject.setFocus()
            return
        day = self.day.text().strip()
        try:
            on = dt.date.fromisoformat(day) if day and day.casefold() != "today" else None
        except ValueError:
            self.refused.emit(f"“{day}” is no day like {dt.date.today().isoformat()}.")
            self.day.setFocus()
            return
        self.wanted.emit(Asked(self.chosen.name, argument if self.chosen.takes else "", on))

    def focus_subject(self) -> None:
        """Let the keys go to what the question is about, or to the question where it is about the whole map."""
        field: QWidget = self.subject if self.chosen.takes else self.question
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.subject.selectAll()

    def _question_chosen(self) -> None:
        question = self.chosen
        self.subject.setEnabled(bool(question.takes))
        hint = _HINTS.get(question.name, "The whole map")
        self.subject.setPlaceholderText(hint)
        self.subject.setAccessibleName(hint)
        self.question.setToolTip(question.asks)
        self.subject.clear()
        self._forget_names()
        self.turned.emit()

    def _forget_names(self, *_: object) -> None:
        self._is_known = False
        if self.subject.hasFocus():
            self._learn_names()

    def _learn_names(self) -> None:
        """Complete by the names that the map has now."""
        if not self._is_known:
            self._is_known = True
            self._names.show(subjects(self._workspace.map, self.chosen))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Names are gathered when somebody begins to type; Down lists them all."""
        if event.type() == QEvent.Type.FocusIn:
            self._learn_names()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            completer = self.subject.completer()
            if self._list is None or not self._list.isVisible():
                completer.setCompletionPrefix(self.subject.text())
                completer.complete()
                return True
        return super().eventFilter(watched, event)


class _Names(QAbstractListModel):
    """What completes the field: shown with its aside, written without."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: Sequence[Subject] = ()

    def show(self, rows: Sequence[Subject]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        subject = self._rows[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return subject.argument
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{subject.argument}   ·   {subject.aside}" if subject.aside else subject.argument
        return None
