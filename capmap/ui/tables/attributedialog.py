"""Attribute dialog: the name, type and choices of an own column."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from capmap.exchange.values import joined_words, split_words
from capmap.model.fields import NAME_LIMIT
from capmap.model.records import Attribute
from capmap.model.text import clean_name
from capmap.ui.parts.labels import plain_label

TYPES: Mapping[str, str] = {
    "text": "Text",
    "number": "Number",
    "choice": "Choice from a list",
    "date": "Date",
    "money": "Money",
}


class AttributeDialog(QDialog):
    """``wanted`` carries name, type and choices when somebody is done; ``refuse`` says why that cannot be."""

    wanted = Signal(str, str, object)

    def __init__(self, title: str, attribute: Attribute | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(380)
        self.name = QLineEdit(self)
        self.name.setMaxLength(NAME_LIMIT)
        self.name.setAccessibleName("Name of the column")
        self.type = QComboBox(self)
        self.type.setAccessibleName("Type")
        for key, label in TYPES.items():
            self.type.addItem(label, key)
        self.choices = QLineEdit(self)
        self.choices.setPlaceholderText("Gold, Silver, Bronze")
        self.choices.setAccessibleName("Choices, with commas between them")
        self._choices_label = plain_label("Choices", self)
        self.problem = plain_label("", self, "problem", wrap=True)
        self.problem.hide()
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow(plain_label("Name", self), self.name)
        form.addRow(plain_label("Type", self), self.type)
        form.addRow(self._choices_label, self.choices)
        self.buttons = QDialogButtonBox(self)
        self.buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        done = self.buttons.addButton("Add" if attribute is None else "Change", QDialogButtonBox.ButtonRole.AcceptRole)
        done.setProperty("primary", True)
        done.setDefault(True)
        self.buttons.accepted.connect(self._done)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addWidget(self.buttons)
        if attribute is not None:
            self.name.setText(attribute.name)
            self.type.setCurrentIndex(max(self.type.findData(attribute.type), 0))
            self.choices.setText(joined_words(attribute.choices))
        self.type.currentIndexChanged.connect(self._type_changed)
        self._type_changed()
        self.name.selectAll()

    def _type_changed(self) -> None:
        is_choice = self.type.currentData() == "choice"
        self.choices.setVisible(is_choice)
        self._choices_label.setVisible(is_choice)

    def refuse(self, sentence: str) -> None:
        """Say why this cannot be, and stay open."""
        self.problem.setText(sentence)
        self.problem.show()

    def _done(self) -> None:
        kind = str(self.type.currentData())
        choices = tuple(dict.fromkeys(filter(None, map(clean_name, split_words(self.choices.text())))))
        self.wanted.emit(self.name.text(), kind, choices if kind == "choice" else ())
