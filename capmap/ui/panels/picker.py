"""Picker: one of several values in a drop-down list, or a sentence where none of them holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from capmap.ui.panels.fieldeditors import MIXED, SEVERAL, Value

Choice = tuple[str, object]
"""What a person reads, and the value it stands for."""


class Picker(QComboBox):
    """``picked`` carries the value that a person chose."""

    picked = Signal(object)

    def __init__(self, label: str, parent: QWidget, choices: Sequence[Choice] = ()) -> None:
        super().__init__(parent)
        self._choices: list[Choice] = []
        self.setAccessibleName(label)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda index: self.picked.emit(self._choices[index][1]))
        self.offer(choices)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Let these be chosen from."""
        if list(choices) != self._choices:
            self._choices = list(choices)
            self.clear()
            self.addItems([label for label, _ in choices])

    def show_value(self, value: Value, otherwise: str = "") -> None:
        """Show a value, or these words where it is none of the choices."""
        values = [choice for _, choice in self._choices]
        self.setPlaceholderText(SEVERAL if value is MIXED else otherwise)
        self.setCurrentIndex(values.index(value) if value in values else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the panel; it must not change a map in passing."""
        event.ignore()
