"""ScoreRow: a judgement from 1 to 5 as five buttons, and a second one, such as the target, outlined in the same row."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from capmap.ui.panels.fieldeditors import MIXED, Value
from capmap.ui.parts.elided import ElidedLabel

_STEPS = (1, 2, 3, 4, 5)
_CLEARING = (Qt.Key.Key_0, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Minus)


@dataclasses.dataclass(frozen=True, slots=True)
class Score:
    """One score of a row: its field, what its handle says, what a screen reader says, a word for each step."""

    field: str
    word: str
    label: str
    steps: Sequence[str] = ()


class _Cell(QPushButton):
    """A button that tells which mouse button pressed it."""

    pressed_with = Signal(bool)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button, or Shift, means the other score of the row."""
        other = event.button() == Qt.MouseButton.RightButton or bool(
            event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        )
        self.pressed_with.emit(other)


class _Handle(QToolButton):
    """Says what a score is now and takes its keys."""

    key = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 5 set, 0 clears, the arrows go one up or down."""
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_5:
            self.key.emit(event.key() - Qt.Key.Key_0)
        elif event.key() in _CLEARING:
            self.key.emit(0)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Plus):
            self.key.emit(6)
        elif event.key() == Qt.Key.Key_Left:
            self.key.emit(-1)
        else:
            super().keyPressEvent(event)


class ScoreRow(QWidget):
    """``scores`` are one or two: the first fills a button, the second outlines one. ``scored`` carries the field and
    its new value (None: not assessed).
    """

    scored = Signal(str, object)

    def __init__(self, label: str, scores: Sequence[Score], parent: QWidget) -> None:
        super().__init__(parent)
        self._scores = tuple(scores)
        self._values: dict[str, Value] = {score.field: None for score in scores}
        self._active = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(2)
        title = ElidedLabel(self, label)
        title.setProperty("role", "quiet")
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        head.addWidget(title, 1)
        self._handles: list[_Handle] = []
        for index in range(len(scores)):
            handle = _Handle(self)
            handle.setProperty("handle", True)
            handle.setCheckable(True)
            handle.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            handle.clicked.connect(lambda _=False, index=index: self._activate(index))
            handle.key.connect(lambda key, index=index: self._key(index, key))
            head.addWidget(handle)
            self._handles.append(handle)
        column.addLayout(head)
        cells = QGridLayout()
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setHorizontalSpacing(4)
        self._cells: list[_Cell] = []
        for step in _STEPS:
            cell = _Cell(str(step), self)
            cell.setProperty("cell", True)
            cell.setCheckable(True)
            cell.setFixedHeight(26)
            cell.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            cell.pressed_with.connect(lambda other, step=step: self._press(step, other))
            cells.addWidget(cell, 0, step - 1)
            self._cells.append(cell)
        column.addLayout(cells)
        self._show()

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show these scores by field."""
        self._values = {score.field: values.get(score.field) for score in self._scores}
        self._show()

    @property
    def handles(self) -> Sequence[QToolButton]:
        """The controls that take the keys, one for each score."""
        return self._handles

    @property
    def cells(self) -> Sequence[QPushButton]:
        """The five buttons."""
        return self._cells

    def _activate(self, index: int) -> None:
        self._active = index
        self._handles[index].setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()

    def _press(self, step: int, other: bool) -> None:
        index = self._active
        if other and len(self._scores) > 1:
            index = 1 - index
        if not self._handles[index].isEnabled():
            return
        self._handles[index].setFocus(Qt.FocusReason.MouseFocusReason)
        score = self._scores[index]
        self.scored.emit(score.field, None if self._values[score.field] == step else step)
        self._show()

    def _key(self, index: int, key: int) -> None:
        self._active = index
        score = self._scores[index]
        value = self._values[score.field]
        if key in (6, -1):
            old = value if isinstance(value, int) else (0 if key == 6 else 6)
            wanted: int | None = min(max(old + (1 if key == 6 else -1), 1), 5)
        else:
            wanted = key or None
        if wanted != value:
            self.scored.emit(score.field, wanted)
        self._show()

    def _show(self) -> None:
        several = len(self._scores) > 1
        for index, (score, handle) in enumerate(zip(self._scores, self._handles, strict=True)):
            value = self._values[score.field]
            handle.setText(_said(score, value))
            handle.setChecked(several and index == self._active)
            told = "several values" if value is MIXED else "not assessed" if value is None else _step(score, value)
            handle.setAccessibleName(f"{score.label}: {told}")
            handle.setToolTip(f"{score.label}: {told}. Keys 1 to 5 set it, 0 clears it.")
        first = self._values[self._scores[0].field]
        second = self._values[self._scores[1].field] if several else None
        active = self._scores[self._active]
        other = self._scores[1 - self._active] if several else None
        for step, cell in zip(_STEPS, self._cells, strict=True):
            cell.setChecked(first == step)
            outlined = second == step
            if bool(cell.property("outlined")) != outlined:
                cell.setProperty("outlined", outlined)
                cell.style().unpolish(cell)
                cell.style().polish(cell)
            cell.setAccessibleName(f"{active.label}: {_step(active, step)}")
            tip = f"{active.label}: {_step(active, step)}"
            if other is not None:
                tip += f"\nWith Shift, {other.label.lower()}: {_step(other, step)}"
            cell.setToolTip(tip)


def _step(score: Score, value: Value) -> str:
    """A step in words, "2 repeatable"."""
    if isinstance(value, int) and len(score.steps) >= value:
        return score.steps[value - 1]
    return str(value)


def _said(score: Score, value: Value) -> str:
    if value is MIXED:
        return f"{score.word} mixed".strip()
    if value is None:
        return f"{score.word} –".strip()
    if not score.word:
        return _step(score, value).partition(" ")[2] or str(value)
    return f"{score.word} {value}"
