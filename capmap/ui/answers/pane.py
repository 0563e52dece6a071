"""AnswersPane: a question and its answer beside the map: the sentence, the story, the rows, how each is known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from capmap.analysis.answer import Answer, Row
from capmap.ui.answers.askbar import AskBar
from capmap.ui.answers.asking import Asked, Asking
from capmap.ui.answers.proofs import Proofs
from capmap.ui.answers.rows import AnswerView
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace

_SCROLL_BAR = 12
"""Pixels beside the words that its scroll bar takes."""


class AnswersPane(QWidget):
    """``row_chosen`` carries a row (None: none), ``all_wanted`` asks to light what all rows are about. ``wanted``
    carries the id of a record to look at, ``go_wanted`` asks for the boxes of the chosen row. ``copied`` carries how
    many rows; ``save_wanted``, ``close_wanted`` are presses of buttons, ``left`` is Esc.
    """

    row_chosen = Signal(object)
    all_wanted = Signal()
    wanted = Signal(str)
    go_wanted = Signal()
    copied = Signal(int)
    save_wanted = Signal()
    close_wanted = Signal()
    left = Signal()

    def __init__(self, workspace: Workspace, asking: Asking, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self._asking, self._appearance = workspace, asking, appearance
        self.answer: Answer | None = None
        self.setObjectName("answers")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Answers")
        self.ask_bar = AskBar(workspace, self)
        self.view = AnswerView(self)
        self.proofs = Proofs(self)
        self._make_page()
        self._make_foot()
        self._parts = QSplitter(Qt.Orientation.Vertical, self)
        self._parts.setHandleWidth(1)
        self._parts.setChildrenCollapsible(False)
        for part in (self._page, self.view, self.proofs):
            part.setMinimumHeight(70)
            self._parts.addWidget(part)
        self._parts.setStretchFactor(1, 1)
        self._is_dragged = False
        self._parts.splitterMoved.connect(self._dragged)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._title_row())
        column.addWidget(self.ask_bar)
        column.addWidget(self._age)
        column.addWidget(self._parts, 1)
        column.addLayout(self._foot)
        self.setFocusProxy(self.ask_bar.subject)
        self._connect()
        self._look()
        self.show_answer(None)

    def _title_row(self) -> QHBoxLayout:
        title = plain_label("Ask the map", self)
        title.setObjectName("panelTitle")
        self.close_button = QToolButton(self)
        self.close_button.setProperty("quietButton", True)
        self.close_button.setAccessibleName("Close the answers")
        self.close_button.setToolTip("Close the answers (F8)")
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.clicked.connect(self.close_wanted)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 8, 0)
        row.addWidget(title, 1)
        row.addWidget(self.close_button)
        self._age = QWidget(self)
        self._age.setObjectName("answerAge")
        self._age.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._age_words = plain_label("", self._age)
        self.again_button = QPushButton("Ask again", self._age)
        self.again_button.setAutoDefault(False)
        self.again_button.clicked.connect(self._asking.again)
        self.stop_button = QPushButton("Stop", self._age)
        self.stop_button.setAutoDefault(False)
        self.stop_button.clicked.connect(self._asking.stop)
        inside = QHBoxLayout(self._age)
        inside.setContentsMargins(14, 4, 10, 4)
        inside.addWidget(self._age_words, 1)
        inside.addWidget(self.again_button)
        inside.addWidget(self.stop_button)
        return row

    def _make_page(self) -> None:
        """The sentence and the story, which scroll together."""
        self._page = QScrollArea(self)
        self._page.setFrameShape(QFrame.Shape.NoFrame)
        self._page.setWidgetResizable(True)
        self._page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(self._page)
        self._page.setWidget(inner)
        self._page.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(14, 6, 14, 8)
        self._column.setSpacing(7)
        self._sentence = self._words("answerSentence")
        self._column.addWidget(self._sentence)
        self._told: list[QLabel] = []
        self._column.addStretch(1)

    def _words(self, name: str) -> QLabel:
        words = plain_label("", self._page, wrap=True)
        words.setObjectName(name)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return words

    def _make_foot(self) -> None:
        self.all_button = QPushButton("Light all", self)
        self.copy_button = QPushButton("Copy table", self)
        self.save_button = QPushButton("Save as…", self)
        self.save_button.setToolTip("A page to print (PDF), a workbook (XLSX), or comma separated values (CSV)")
        self.copy_button.setToolTip("The rows for a spreadsheet; the chosen ones if there are several")
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(14, 6, 10, 8)
        self._foot.setSpacing(6)
        for button in (self.all_button, self.copy_button, self.save_button):
            button.setAutoDefault(False)
            self._foot.addWidget(button)
        self._foot.addStretch(1)

    def _connect(self) -> None:
        self.ask_bar.wanted.connect(self._asking.ask)
        self.ask_bar.refused.connect(self.show_refusal)
        self.ask_bar.turned.connect(self._turn)
        self._asking.answered.connect(self._take)
        self._asking.refused.connect(self.show_refusal)
        self._asking.changed.connect(self._show_age)
        self.view.chosen.connect(self._row_chosen)
        self.view.pressed_enter.connect(self.go_wanted)
        self.view.left.connect(self.left)
        self.proofs.wanted.connect(self.wanted)
        self.all_button.clicked.connect(self.all_wanted)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self.save_wanted)
        self._workspace.opened.connect(lambda: self.show_answer(None))
        self._appearance.changed.connect(self._look)

    # -- what is shown -------------------------------------------------------------------------------

    @property
    def sentence(self) -> str:
        """What stands at the top: the sentence of the answer, or why there is none."""
        return self._sentence.text()

    @property
    def story(self) -> Sequence[str]:
        """The paragraphs below it."""
        return [words.text() for words in self._told]

    @property
    def age(self) -> str:
        """What is said of the age of the answer; empty while it is that of the map as it is."""
        return "" if self._age.isHidden() else self._age_words.text()

    def show_answer(self, answer: Answer | None) -> None:
        """Show this answer; None: there is none yet."""
        self.answer = answer
        self._say(answer.sentence if answer is not None else "", answer.story if answer is not None else ())
        self.view.show_answer(answer)
        rows = bool(answer is not None and answer.rows)
        self.view.setVisible(rows)
        for button in (self.all_button, self.copy_button, self.save_button):
            button.setVisible(answer is not None)
            button.setEnabled(rows)
        self.save_button.setEnabled(answer is not None)
        self._share_out()
        if self.view.current_row is None:
            self.proofs.show_row(None, (), self._workspace.map)
        self._show_age()

    def _share_out(self) -> None:
        """The words take the room that they need, but leave more than half of it to the rows."""
        if self._is_dragged:
            return
        whole, margins = self._parts.height(), self._column.contentsMargins()
        width = self._page.width() - margins.left() - margins.right() - _SCROLL_BAR
        wanted = margins.top() + margins.bottom()
        for words in (self._sentence, *self._told):
            words.ensurePolished()
            wanted += words.heightForWidth(width) + self._column.spacing()
        page = min(max(wanted, 70), whole * 2 // 5)
        proofs = min(170, whole // 4)
        self._parts.setSizes([page, max(whole - page - proofs, 70), proofs])

    def _dragged(self) -> None:
        self._is_dragged = True

    def _turn(self) -> None:
        """Another question is chosen: the answer to the last one goes."""
        self._asking.forget()
        self.view.setCurrentIndex(QModelIndex())
        self.show_answer(None)

    def show_refusal(self, sentence: str) -> None:
        """Say why there is no answer."""
        self.show_answer(None)
        self._say(sentence, ())
        self._sentence.setProperty("role", "problem")
        self._polish()

    def _say(self, sentence: str, story: Sequence[str]) -> None:
        self._sentence.setProperty("role", "")
        self._sentence.setText(sentence or "Ask what stops without a service, what a box costs, what is done twice.")
        self._polish()
        for words in self._told:
            self._column.removeWidget(words)
            words.hide()
            words.deleteLater()
        self._told = []
        for number, paragraph in enumerate(story):
            words = self._words("answerStory")
            words.setText(paragraph)
            self._column.insertWidget(number + 1, words)
            self._told.append(words)
        self._page.verticalScrollBar().setValue(0)

    def _polish(self) -> None:
        self._sentence.style().unpolish(self._sentence)
        self._sentence.style().polish(self._sentence)

    def _take(self, _: Asked, answer: Answer, __: bool) -> None:
        self.show_answer(answer)

    def _show_age(self) -> None:
        asking = self._asking
        self._age.setVisible(asking.is_under_way or (asking.is_old and self.answer is not None))
        self.stop_button.setVisible(asking.is_under_way)
        self.again_button.setVisible(not asking.is_under_way)
        self._age_words.setText("Looking for the answer…" if asking.is_under_way else "As of before your last edit.")

    def _row_chosen(self, row: Row | None) -> None:
        index = self.view.currentIndex()
        texts = self.view.answer_rows.texts_at(index.row()) if row is not None else []
        self.proofs.show_row(row, texts, self._workspace.map)
        self.row_chosen.emit(row)

    def _copy(self) -> None:
        self.copied.emit(self.view.copy_rows())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, wherever the keys go in here."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        """The colours of light or dark."""
        look = self._appearance.look
        self.close_button.setIcon(self._appearance.icon("x"))
        self.setStyleSheet(
            f"""
#answers {{ background: {look.panel}; }}
#answers #answerSentence {{ font-size: 17px; font-weight: 650; color: {look.ink}; }}
#answers #answerSentence[role="problem"] {{ font-size: 13px; font-weight: 400; color: {look.danger}; }}
#answers #answerStory {{ color: {look.soft_ink}; }}
#answerAge {{ background: {look.hover}; border-top: 1px solid {look.line}; border-bottom: 1px solid {look.line}; }}
#answers QTableView::item:selected {{ background: {look.wash}; color: {look.ink}; }}
#answers QTableView::item {{ padding: 0 6px; }}
#answers QAbstractScrollArea::corner {{ background: {look.panel}; border: none; }}
#answers QHeaderView {{ background: {look.panel}; }}
#answers QHeaderView::section {{ border-top: 1px solid {look.line}; padding: 4px 8px; }}
#answers QHeaderView::section:hover {{ background: {look.hover}; }}
#answers QToolButton[crumb="true"] {{ text-align: left; color: {look.chosen_text}; font-size: 13px; }}
"""
        )
