"""ImportColumns: what each column of a list was taken for, open to correction."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QWidget

from capmap.exchange.columns import MEANINGS, ColumnMapping
from capmap.ui.parts.labels import plain_label

_OUTLINE_COLUMNS = {"name", "code", "description"}
"""An outline is read into these; there is nothing to correct about them."""

_HEADER_ROWS = 5


class ImportColumns(QScrollArea):
    """What each column was taken for, a choice each; ``changed`` is called with the mapping as corrected."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.changed: Callable[[ColumnMapping], None] = lambda mapping: None
        self.choices: list[QComboBox] = []
        self._mapping: ColumnMapping | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_mapping(self, mapping: ColumnMapping | None) -> None:
        """Show these columns; hide where the source has none."""
        if mapping == self._mapping and self.choices:
            return
        self._mapping = mapping
        self.choices = []
        tabular = mapping is not None and {column.header for column in mapping.columns} - _OUTLINE_COLUMNS
        self.setVisible(bool(tabular))
        if mapping is None or not tabular:
            return
        inner = QWidget(self)
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setVerticalSpacing(4)
        heading = plain_label(f"Columns: {mapping.layout}" if mapping.layout else "Columns", inner, "quiet", wrap=True)
        grid.addWidget(heading, 0, 0)
        row = 1
        for choice in (self._sheets(mapping, inner), self._header_rows(mapping, inner)):
            if choice is not None:
                grid.addWidget(choice, row, 0)
                row += 1
        for column in mapping.columns:
            name = plain_label(column.header or f"Column {column.index + 1}", inner)
            choice = QComboBox(inner)
            choice.setAccessibleName(f"Column {name.text()} is")
            for meaning, words in MEANINGS.items():
                choice.addItem(words, meaning)
            choice.setCurrentIndex(list(MEANINGS).index(column.meaning))
            choice.activated.connect(
                lambda _, index=column.index, choice=choice: self._choose(index, str(choice.currentData()))
            )
            examples = plain_label(", ".join(column.examples), inner, "quiet")
            examples.setMaximumWidth(320)
            for widget in (name, choice, examples):
                grid.addWidget(widget, row, 0)
                row += 1
            grid.setRowMinimumHeight(row, 8)
            row += 1
            self.choices.append(choice)
        grid.setRowStretch(row, 1)
        self.setWidget(inner)

    def _sheets(self, mapping: ColumnMapping, parent: QWidget) -> QComboBox | None:
        if len(mapping.sheets) < 2:
            return None
        choice = QComboBox(parent)
        choice.setAccessibleName("Sheet")
        choice.addItems(list(mapping.sheets))
        choice.setCurrentText(mapping.sheet)
        choice.activated.connect(lambda _: self.changed(mapping.with_sheet(choice.currentText())))
        return choice

    def _header_rows(self, mapping: ColumnMapping, parent: QWidget) -> QComboBox | None:
        """In which row the columns are named, where the source leaves that open."""
        if mapping.header_row is None and any(column.header for column in mapping.columns):
            return None
        choice = QComboBox(parent)
        choice.setAccessibleName("Row with the names of the columns")
        choice.addItem("The columns have no names", None)
        for row in range(max(_HEADER_ROWS, (mapping.header_row or 0) + 1)):
            choice.addItem(f"Row {row + 1} names the columns", row)
        choice.setCurrentIndex(0 if mapping.header_row is None else mapping.header_row + 1)
        choice.activated.connect(lambda _: self.changed(mapping.with_header_row(choice.currentData())))
        return choice

    def _choose(self, index: int, meaning: str) -> None:
        if self._mapping is not None:
            self.changed(self._mapping.with_meaning(index, meaning))
