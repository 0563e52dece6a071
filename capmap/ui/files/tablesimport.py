"""TablesImport: what tables of several kinds would do to the map, shown before any of it is done."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from capmap.exchange.grid.columns import class_label
from capmap.exchange.tables.brought import Brought, KindFacts
from capmap.model.map import Map
from capmap.model.records import Link, Record
from capmap.ui.parts.labels import plain_label

_SHOWN = 500
"""So many records of a kind are named one by one."""
_COUNTS = ("added", "changed", "moved", "same", "refused")
_HEADERS = ["Table", "New", "Changed", "Moved", "As before", "Left out"]
_ROW = 22


class TablesImport(QDialog):
    """Shows what came of tables, kind by kind. After ``accept`` the change of ``brought`` is to be committed, or, where
    no map is open, a new one to be made of it.
    """

    def __init__(self, source: str, brought: Brought, current: Map | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.brought = brought
        self._current = current or Map()
        self.setWindowTitle("Import")
        self.setModal(True)
        self.resize(760, 560)
        heading = plain_label(f"{source}: {_tables(len(brought.facts))}", self, "heading")
        self.sentence = plain_label(_sentence(brought, current), self, "quiet", wrap=True)
        self.tree = QTreeWidget(self)
        self.tree.setObjectName("framed")
        self.tree.setHeaderLabels(_HEADERS)
        self.tree.setAccessibleName("What happens to each table")
        self.tree.setUniformRowHeights(True)
        for fact in brought.facts:
            self.tree.addTopLevelItem(self._item(fact))
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.remarks = QListWidget(self)
        self.remarks.setObjectName("framed")
        self.remarks.setWordWrap(True)
        self.remarks.setAccessibleName("Cells left out, and what was read differently than written")
        self.remarks.addItems([*brought.refused[:_SHOWN], *brought.notices])
        self.remarks.setVisible(self.remarks.count() > 0)
        self.remarks.setFixedHeight(min(self.remarks.count() * _ROW + 12, 160))
        self.accept_button = QPushButton("Import" if current is not None else "Make the map", self)
        self.accept_button.setProperty("primary", True)
        self.accept_button.setDefault(True)
        self.accept_button.setEnabled(not brought.change.is_empty)
        self.accept_button.clicked.connect(self.accept)
        cancel = QPushButton("Cancel", self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for widget in (heading, self.sentence):
            column.addWidget(widget)
        column.addWidget(self.tree, 1)
        column.addWidget(self.remarks)
        foot = QHBoxLayout()
        foot.setSpacing(14)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.accept_button)
        column.addLayout(foot)

    def _item(self, fact: KindFacts) -> QTreeWidgetItem:
        counts = fact.as_dict()
        item = QTreeWidgetItem([class_label(fact.kind), *(f"{counts[name]:,}" for name in _COUNTS)])
        for place in range(1, len(_HEADERS)):
            item.setTextAlignment(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        told = list(self._told(fact.kind))
        for name, place in told[:_SHOWN]:
            below = QTreeWidgetItem([name])
            below.setText(place, "✓")
            below.setTextAlignment(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.addChild(below)
        if len(told) > _SHOWN:
            item.addChild(QTreeWidgetItem([f"and {len(told) - _SHOWN:,} more"]))
        return item

    def _told(self, kind: str) -> Iterator[tuple[str, int]]:
        """The records of a kind that come new or change, each with the column that says so."""
        change = self.brought.change
        for key, record in change.after.items():
            if record is not None and record.kind == kind:
                old = change.before[key]
                yield self._name(record), 1 if old is None else 2

    def _name(self, record: Record) -> str:
        if isinstance(record, Link):
            ends = [
                self.brought.change.after.get(key) or self._current.get(key) for key in (record.source, record.target)
            ]
            names = [str(getattr(end, "name", "")) for end in ends]
            return f"{names[0]} {record.type} {names[1]}"
        return str(getattr(record, "name", ""))


def _tables(count: int) -> str:
    return "1 table" if count == 1 else f"{count} tables"


def _sentence(brought: Brought, current: Map | None) -> str:
    if brought.change.is_empty:
        return "Everything in these tables is in the map already; nothing would change."
    left = f" {len(brought.refused):,} cells do not fit and are left out, as told below." if brought.refused else ""
    if current is None:
        return f"A new map with all of this.{left}"
    return f"Empty cells change nothing, and nothing is removed. One step of undo.{left}"
