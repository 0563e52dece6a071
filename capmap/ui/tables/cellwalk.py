"""Cellwalk: going from cell to cell and choosing blocks of them by keys, as in a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QTableView

from capmap.ui.tables.selected import Selected, columns_in_sight
from capmap.ui.tables.tablemodel import Index, TableModel


class CellWalk(QTableView):
    """A view of ``table`` in which one walks. Columns are met as they are seen, hidden ones never."""

    table: TableModel
    _run_start: int | None = None

    def go_to(self, row: int, column: int) -> None:
        """Let this cell be the current one, alone chosen."""
        index = self.table.index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def step(self, right: int, down: int) -> None:
        """Go on from the current cell: with Tab through the columns and on to the next row, with Enter down, to the
        column in which the run of Tabs began.
        """
        index = self.currentIndex()
        seen = columns_in_sight(self)
        if not index.isValid() or index.column() not in seen:
            return
        row, place = index.row() + down, seen.index(index.column()) + right
        if right:
            self._run_start = index.column() if self._run_start is None else self._run_start
            if not 0 <= place < len(seen):
                row, place = row + right, 0 if right > 0 else len(seen) - 1
                self._run_start = None
        elif self._run_start in seen:
            place = seen.index(self._run_start)
            self._run_start = None
        if 0 <= row < self.table.rowCount():
            start = self._run_start
            self.go_to(row, seen[place])
            self._run_start = start

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Wherever else somebody goes, a run of Tabs is over."""
        super().currentChanged(current, previous)
        self._run_start = None

    def choose_whole(self, chosen: Selected, *, rows: bool) -> None:
        """Choose the entire rows, or columns, of these cells."""
        if not chosen.rows:
            return
        table, flags = self.table, QItemSelectionModel.SelectionFlag
        first, last = table.index(chosen.rows[0], chosen.columns[0]), table.index(chosen.rows[-1], chosen.columns[-1])
        along = flags.Rows if rows else flags.Columns
        self.selectionModel().select(QItemSelection(first, last), flags.ClearAndSelect | along)

    def jump(self, command: str) -> None:
        """To the edge of the table, choosing the way if "choose" stands before it."""
        index = self.currentIndex()
        seen = columns_in_sight(self)
        if not index.isValid() or not seen:
            return
        row, column = index.row(), index.column()
        last = max(len(self.table.ids) - 1, 0)
        match command.removeprefix("choose "):
            case "to top":
                row = 0
            case "to bottom":
                row = last if row < last else self.table.rowCount() - 1
            case "to left":
                column = seen[0]
            case "to right":
                column = seen[-1]
        flags = QItemSelectionModel.SelectionFlag
        target = self.table.index(row, column)
        if command.startswith("choose "):
            chosen = QItemSelection(*sorted_corners(self.table, index, target))
            self.selectionModel().setCurrentIndex(target, flags.NoUpdate)
            self.selectionModel().select(chosen, flags.ClearAndSelect)
        else:
            self.setCurrentIndex(target)
        self.scrollTo(target)


def sorted_corners(table: TableModel, one: Index, other: Index) -> tuple[QModelIndex, QModelIndex]:
    """The corners at the top left and at the bottom right of the block between two cells."""
    top, bottom = sorted((one.row(), other.row()))
    left, right = sorted((one.column(), other.column()))
    return table.index(top, left), table.index(bottom, right)
