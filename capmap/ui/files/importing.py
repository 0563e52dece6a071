"""Importing: what was understood of a list, shown and corrected before any of it is in the map."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from capmap.errors import CapMapError
from capmap.exchange.boxes import Box, Reading
from capmap.exchange.columns import ColumnMapping
from capmap.exchange.difference import Difference, difference, paste
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability, Record
from capmap.ui.files.background import Background, Job
from capmap.ui.files.importcolumns import ImportColumns
from capmap.ui.parts.labels import plain_label

Reread = Callable[[ColumnMapping], Reading]
Fates = dict[tuple[str, ...], str]
_SHOWN = 3_000
_OPEN_LEVELS = 2
_OPEN_WHOLE = 60
"""Boxes; a list of no more is shown with all its levels open, a longer one with the first."""


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
        self.heading = plain_label("", self, "heading")
        self._sentence = plain_label("", self, "quiet", wrap=True)
        self.tree = QTreeWidget(self)
        self.tree.setObjectName("framed")
        self.tree.setHeaderLabels(["Box", "What happens"])
        self.tree.setAccessibleName("Boxes that were read")
        self.tree.setUniformRowHeights(True)
        self.columns = ImportColumns(self)
        self.columns.changed = self._correct
        self.notices = QListWidget(self)
        self.notices.setObjectName("framed")
        self.notices.setWordWrap(True)
        self.notices.setAccessibleName("What was read differently than written")
        self.accept_button = QPushButton(self)
        self.accept_button.setProperty("primary", True)
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.accept)
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
        column.addWidget(self.heading)
        column.addWidget(self._sentence)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.tree, 3)
        middle.addWidget(self.columns, 2)
        column.addLayout(middle, 1)
        column.addWidget(self.notices)
        foot = QHBoxLayout()
        foot.setSpacing(14)
        for button in self._targets.buttons():
            button.setVisible(len(self._targets.buttons()) > 1)
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.accept_button)
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
        self.heading.setText(f"{reading.source}: {reading.count:,} {noun} on {len(reading.levels)} level{plural}")
        self.columns.show_mapping(reading.mapping)
        self.change = None
        fates: Fates = {}
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
        self.accept_button.setText(
            "Paste" if self._target.as_new else "Make the map" if self.makes_new_map else "Import"
        )
        self.accept_button.setEnabled(not nothing)

    def _difference(self, current: Map) -> Difference | Change:
        if self._target.as_new:
            return paste(current, self.reading, self.into)
        return difference(current, self.reading, self.into)

    def _told(self, found: Difference | Change, levels: str) -> tuple[str, Fates]:
        """What would happen in words, and the fate of each box by name and place in the reading."""
        if isinstance(found, Change):
            return f"All come as new boxes, level by level: {levels}. One step of undo.", {}
        fates = self._fates(found)
        if found.change.is_empty:
            return "Everything in this list is in the map already; nothing would change.", fates
        return f"{found.sentence} Nothing is removed. One step of undo.", fates

    def _fates(self, found: Difference) -> Fates:
        """What happens to the boxes, by their path of names below the box that takes them in."""
        current = self._target.current

        def path(box: Capability) -> tuple[str, ...]:
            names: list[str] = []
            step: Record | None = box
            while isinstance(step, Capability) and step.id != self.into:
                names.insert(0, step.name)
                after = found.change.after.get(step.parent or "")
                step = after or (current.get(step.parent) if current is not None else None)
            return tuple(names)

        fates = {path(box): "new" for box in found.added}
        fates.update({path(box): "changed" for _, box in found.changed})
        fates.update({path(box): "moved" for _, box in found.moved})
        return fates

    def _show_notices(self, notices: Iterable[str]) -> None:
        self.notices.clear()
        self.notices.addItems(list(notices))
        self.notices.setVisible(self.notices.count() > 0)
        self.notices.setFixedHeight(min(self.notices.count() * 22 + 12, 120))

    def _fill_tree(self, fates: Fates) -> None:
        self.tree.clear()
        self.tree.setColumnHidden(1, not fates)
        left = _SHOWN
        whole = self.reading.count <= _OPEN_WHOLE
        stack: list[tuple[Box, QTreeWidgetItem | None, tuple[str, ...]]] = [
            (box, None, ()) for box in reversed(self.reading.boxes)
        ]
        while stack and left:
            box, above, way = stack.pop()
            way = (*way, box.name)
            item = QTreeWidgetItem([box.name, fates.get(way, "as before") if fates else ""])
            item.setToolTip(0, f"<qt>{_escaped(box)}</qt>")
            if above is None:
                self.tree.addTopLevelItem(item)
            else:
                above.addChild(item)
            item.setExpanded(whole or len(way) < _OPEN_LEVELS)
            left -= 1
            stack.extend((child, item, way) for child in reversed(box.children))
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
        self.accept_button.setEnabled(False)
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


def _escaped(box: Box) -> str:
    from html import escape

    told = [box.name, *(f"{key}: {value}" for key, value in box.values.items() if key not in ("name", "id", "extra"))]
    return "<br>".join(escape(str(line))[:300] for line in [*told, box.place] if line)
