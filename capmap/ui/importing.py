"""Importing: what was understood of a list, shown and corrected before any of it is in the map."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from capmap.errors import CapMapError
from capmap.exchange.boxes import Box, Reading
from capmap.exchange.columns import MEANINGS, ColumnMapping
from capmap.exchange.difference import Difference, difference, paste
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.ui.background import Background, Job

Reread = Callable[[ColumnMapping], Reading]
_SHOWN = 3_000
_OPEN_LEVELS = 2
_OUTLINE_COLUMNS = {"name", "code", "description"}


@dataclasses.dataclass(frozen=True, slots=True)
class Target:
    """Where a reading may go: the map (None: none is open), the box that is selected, whether all boxes come as new
    ones.
    """

    current: Map | None
    into: str | None = None
    as_new: bool = False


class ImportPreview(QDialog):
    """Shows boxes, columns and notices of a reading. After ``accept``, ``change`` is what to commit, or None where a
    new map is to be made of ``reading``.
    """

    def __init__(
        self, reading: Reading, reread: Reread | None, target: Target, background: Background, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.reading = reading
        self.change: Change | None = None
        self._reread = reread
        self._target = target
        self._background = background
        self._job: Job | None = None
        self.setWindowTitle("Paste" if target.as_new else "Import")
        self.setModal(True)
        self.resize(940, 640)
        self._heading = QLabel(self)
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setProperty("role", "heading")
        self._sentence = QLabel(self)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._sentence.setProperty("role", "quiet")
        self.tree = QTreeWidget(self)
        self.tree.setObjectName("framed")
        self.tree.setHeaderLabels(["Box", "What happens"])
        self.tree.setAccessibleName("Boxes that were read")
        self.tree.setUniformRowHeights(True)
        self.columns = _Columns(self)
        self.columns.changed = self._correct
        self._notices = QListWidget(self)
        self._notices.setObjectName("framed")
        self._notices.setWordWrap(True)
        self._notices.setAccessibleName("What was read differently than written")
        self._accept = QPushButton(self)
        self._accept.setProperty("primary", True)
        self._accept.setDefault(True)
        self._accept.clicked.connect(self.accept)
        cancel = QPushButton("Cancel", self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._targets = self._target_buttons()
        self._lay_out(cancel)
        self._look()

    def _target_buttons(self) -> QButtonGroup:
        group = QButtonGroup(self)
        current, into = self._target.current, self._target.into
        choices: list[str] = []
        if current is not None:
            if into is not None:
                choices.append(f"Inside {current.capability(into).name[:60]}")
            choices.append("Into this map")
        if not self._target.as_new:
            choices.append("As a new map")
        for number, words in enumerate(choices):
            button = QRadioButton(words.replace("&", "&&"), self)
            group.addButton(button, number)
        first = group.button(0)
        if first is not None:
            first.setChecked(True)
        group.idClicked.connect(lambda _: self._look())
        return group

    def _lay_out(self, cancel: QPushButton) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(self._heading)
        column.addWidget(self._sentence)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.tree, 3)
        middle.addWidget(self.columns, 2)
        column.addLayout(middle, 1)
        column.addWidget(self._notices)
        foot = QHBoxLayout()
        foot.setSpacing(14)
        for button in self._targets.buttons():
            button.setVisible(len(self._targets.buttons()) > 1)
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self._accept)
        column.addLayout(foot)

    # -- what is shown -------------------------------------------------------------------------------

    @property
    def makes_new_map(self) -> bool:
        """Whether the reading is to become a map of its own."""
        checked = self._targets.checkedButton()
        return checked is not None and checked.text() == "As a new map"

    @property
    def into(self) -> str | None:
        """The box that takes the reading in; None for the top level."""
        checked = self._targets.checkedButton()
        return self._target.into if checked is not None and checked.text().startswith("Inside") else None

    @property
    def sentence(self) -> str:
        """What would happen, in words."""
        return self._sentence.text()

    def _look(self) -> None:
        """Work out what would happen and show it."""
        reading = self.reading
        levels = " · ".join(f"{count:,}" for count in reading.levels)
        plural = "" if len(reading.levels) == 1 else "s"
        noun = "capability" if reading.count == 1 else "capabilities"
        self._heading.setText(f"{reading.source}: {reading.count:,} {noun} on {len(reading.levels)} level{plural}")
        self.columns.show_mapping(reading.mapping)
        self.change = None
        fates: dict[str, str] = {}
        notices: list[str] = list(reading.notices)
        problem = ""
        if self.makes_new_map or self._target.current is None:
            said = f"A new map with these boxes, level by level: {levels}."
        else:
            try:
                found = self._difference(self._target.current)
                self.change = found if isinstance(found, Change) else found.change
                said, fates = self._told(found, levels)
                notices += [] if isinstance(found, Change) else [n for n in found.notices if n not in notices]
            except CapMapError as refused:
                said = problem = str(refused)
        self._sentence.setText(said)
        self._show_notices(notices)
        self._fill_tree(fates)
        nothing = not reading.count or bool(problem) or (self.change is not None and self.change.is_empty)
        self._accept.setText("Paste" if self._target.as_new else "Make the map" if self.makes_new_map else "Import")
        self._accept.setEnabled(not nothing)

    def _difference(self, current: Map) -> Difference | Change:
        if self._target.as_new:
            return paste(current, self.reading, self.into)
        return difference(current, self.reading, self.into)

    def _told(self, found: Difference | Change, levels: str) -> tuple[str, dict[str, str]]:
        """What would happen in words, and the fate of each box by name and place in the reading."""
        if isinstance(found, Change):
            return f"All come as new boxes, level by level: {levels}. One step of undo.", {}
        fates = {record.name: "new" for record in found.added}
        fates.update({new.name: "changed" for _, new in found.changed})
        fates.update({new.name: "moved" for _, new in found.moved})
        if found.change.is_empty:
            return "Everything in this list is in the map already; nothing would change.", fates
        return f"{found.sentence} Nothing is removed. One step of undo.", fates

    def _show_notices(self, notices: Iterable[str]) -> None:
        self._notices.clear()
        self._notices.addItems(list(notices))
        self._notices.setVisible(self._notices.count() > 0)
        self._notices.setFixedHeight(min(self._notices.count() * 22 + 12, 120))

    def _fill_tree(self, fates: dict[str, str]) -> None:
        self.tree.clear()
        self.tree.setColumnHidden(1, not fates)
        left = _SHOWN
        stack: list[tuple[Box, QTreeWidgetItem | None, int]] = [(box, None, 1) for box in reversed(self.reading.boxes)]
        while stack and left:
            box, above, level = stack.pop()
            item = QTreeWidgetItem([box.name, fates.get(box.name, "as before") if fates else ""])
            item.setToolTip(0, f"<qt>{_escaped(box)}</qt>")
            if above is None:
                self.tree.addTopLevelItem(item)
            else:
                above.addChild(item)
            if level < _OPEN_LEVELS:
                item.setExpanded(True)
            left -= 1
            stack.extend((child, item, level + 1) for child in reversed(box.children))
        if stack:
            self.tree.addTopLevelItem(QTreeWidgetItem([f"and {self.reading.count - _SHOWN:,} more"]))
        self.tree.setColumnWidth(0, max(self.tree.viewport().width() - 120, 240) if fates else 400)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the names the room there is."""
        super().showEvent(event)
        if not self.tree.isColumnHidden(1):
            self.tree.setColumnWidth(0, max(self.tree.viewport().width() - 110, 240))

    # -- correcting ----------------------------------------------------------------------------------

    def _correct(self, mapping: ColumnMapping) -> None:
        """Read again with other meanings of the columns, aside."""
        reread = self._reread
        if reread is None:
            return
        if self._job is not None:
            self._job.cancel()
        self._accept.setEnabled(False)
        self._sentence.setText("Reading again…")
        self._job = self._background.run(
            "Reading again", lambda _: reread(mapping), self._reread_done, self._reread_failed
        )

    def _reread_done(self, reading: Any) -> None:
        self._job = None
        self.reading = reading
        self._look()

    def _reread_failed(self, sentence: str) -> None:
        self._job = None
        self._sentence.setText(sentence)

    def done(self, result: int) -> None:
        """Let go of what is still read."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        super().done(result)


class _Columns(QScrollArea):
    """What each column was taken for, a choice each."""

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
        heading = QLabel(f"Columns: {mapping.layout}" if mapping.layout else "Columns", inner)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        heading.setProperty("role", "quiet")
        grid.addWidget(heading, 0, 0)
        row = 1
        if len(mapping.sheets) > 1:
            grid.addWidget(self._sheets(mapping, inner), row, 0)
            row += 1
        for column in mapping.columns:
            name = QLabel(column.header or f"Column {column.index + 1}", inner)
            name.setTextFormat(Qt.TextFormat.PlainText)
            choice = QComboBox(inner)
            choice.setAccessibleName(f"Column {name.text()} is")
            for meaning, words in MEANINGS.items():
                choice.addItem(words, meaning)
            choice.setCurrentIndex(list(MEANINGS).index(column.meaning))
            choice.activated.connect(
                lambda _, index=column.index, choice=choice: self._choose(index, str(choice.currentData()))
            )
            examples = QLabel(", ".join(column.examples), inner)
            examples.setTextFormat(Qt.TextFormat.PlainText)
            examples.setProperty("role", "quiet")
            examples.setMaximumWidth(320)
            for widget in (name, choice, examples):
                grid.addWidget(widget, row, 0)
                row += 1
            grid.setRowMinimumHeight(row, 8)
            row += 1
            self.choices.append(choice)
        grid.setRowStretch(row, 1)
        self.setWidget(inner)

    def _sheets(self, mapping: ColumnMapping, parent: QWidget) -> QComboBox:
        choice = QComboBox(parent)
        choice.setAccessibleName("Sheet")
        choice.addItems(list(mapping.sheets))
        choice.setCurrentText(mapping.sheet)
        choice.activated.connect(lambda _: self.changed(dataclasses.replace(mapping, sheet=choice.currentText())))
        return choice

    def _choose(self, index: int, meaning: str) -> None:
        if self._mapping is not None:
            self.changed(self._mapping.with_meaning(index, meaning))


def _escaped(box: Box) -> str:
    from html import escape

    told = [box.name, *(f"{key}: {value}" for key, value in box.values.items() if key not in ("name", "id", "extra"))]
    return "<br>".join(escape(str(line))[:300] for line in [*told, box.place] if line)
