"""Rows: the table of an answer: typed columns that sort, money at the right, one row chosen at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from capmap.analysis.answer import Answer, Row, Value

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 28
_WIDEST, _NARROWEST = 230, 40
_LOOKED_AT = 300
_SIDE = 30
_NUMERIC = ("number", "percent", "money")


class AnswerModel(QAbstractTableModel):
    """The rows of an answer in the order of one of its columns. Columns without any value are left out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._answer: Answer | None = None
        self._texts: list[tuple[str, ...]] = []
        self._order: list[int] = []
        self._columns: list[int] = []
        self._headings: tuple[str, ...] = ()

    def show(self, answer: Answer | None) -> None:
        """Show the rows of this answer as they come."""
        self.beginResetModel()
        self._answer = answer
        self._texts = list(answer.texts()) if answer is not None else []
        self._headings = answer.headings if answer is not None else ()
        self._order = list(range(len(self._texts)))
        self._columns = [place for place in range(len(self._headings)) if any(row[place] for row in self._texts)]
        self.endResetModel()

    def row_at(self, row: int) -> Row | None:
        """The row of the answer that is shown there."""
        return self._answer.rows[self._order[row]] if self._answer and 0 <= row < len(self._order) else None

    def place_of(self, wanted: Row) -> int:
        """Where a row is shown; -1 for nowhere."""
        rows = self._answer.rows if self._answer is not None else ()
        return next((place for place, number in enumerate(self._order) if rows[number] == wanted), -1)

    def texts_at(self, row: int) -> list[tuple[str, str]]:
        """The headings and texts of a row, those that say something."""
        told = self._texts[self._order[row]]
        return [(self._headings[place], told[place]) for place in self._columns if told[place]]

    def as_cells(self, rows: Sequence[int]) -> str:
        """These rows under their headings, for a spreadsheet: a line a row, tabs between."""
        lines = [[self._headings[place] for place in self._columns]]
        lines += [[self._texts[self._order[row]][place] for place in self._columns] for row in rows]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines) + "\n"

    def width_of(self, column: int, metrics: QFontMetrics) -> int:
        """How wide a column would like to be, in pixels."""
        place = self._columns[column]
        cells = [self._texts[row][place] for row in self._order[:_LOOKED_AT]]
        widest = max((metrics.horizontalAdvance(cell) for cell in cells), default=0)
        return min(max(widest, metrics.horizontalAdvance(self._headings[place]) + 14, _NARROWEST), _WIDEST) + _SIDE

    # -- what Qt asks ------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = self._texts[self._order[index.row()]][place]
            return text if role == Qt.ItemDataRole.DisplayRole or len(text) > 30 else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(place)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        place = self._columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._headings[place]
        return self._alignment(place) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By the values of a column, empty ones last; -1 as the answer has them."""
        answer = self._answer
        if answer is None:
            return
        self.beginResetModel()
        self._order = list(range(len(answer.rows)))
        if 0 <= column < len(self._columns):
            place = self._columns[column]
            values = {number: answer.rows[number].values[place] for number in self._order}
            known = [number for number in self._order if values[number] not in (None, "")]
            known.sort(key=lambda number: _key(values[number]), reverse=order == Qt.SortOrder.DescendingOrder)
            self._order = [*known, *(number for number in self._order if values[number] in (None, ""))]
        self.endResetModel()

    def _alignment(self, place: int) -> Qt.AlignmentFlag:
        numeric = self._answer is not None and self._answer.columns[place].kind in _NUMERIC
        side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class AnswerView(QTableView):
    """``chosen`` carries the row that is current now, or None; ``left`` says that Esc was pressed."""

    chosen = Signal(object)
    pressed_enter = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.answer_rows = AnswerModel(self)
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self.setModel(self.answer_rows)
        self.setAccessibleName("Rows of the answer")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSortingEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        columns = self.horizontalHeader()
        columns.setSectionsClickable(True)
        columns.setHighlightSections(False)
        columns.setFixedHeight(30)
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        columns.sectionClicked.connect(self._sort)
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self.clicked.connect(lambda _: self._tell())

    @property
    def current_row(self) -> Row | None:
        """The row that is chosen."""
        index = self.currentIndex()
        return self.answer_rows.row_at(index.row()) if index.isValid() else None

    def show_answer(self, answer: Answer | None) -> None:
        """Show its rows; the row that was chosen is still, if it is there."""
        before = self.current_row
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.answer_rows.show(answer)
        for column in range(self.answer_rows.columnCount()):
            self.setColumnWidth(column, self.answer_rows.width_of(column, self.fontMetrics()))
        self._choose_again(before)

    def copy_rows(self) -> int:
        """The chosen rows to the clipboard, all if there are none or one; how many."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        rows = chosen if len(chosen) > 1 else range(self.answer_rows.rowCount())
        QGuiApplication.clipboard().setText(self.answer_rows.as_cells(rows))
        return len(rows)

    def _sort(self, column: int) -> None:
        """By this column; again the other way round; a third time as the answer came."""
        before, up, down = self.current_row, Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        # The header turns its mark at every click, so it does not know what the rows are sorted by.
        self._sorted = {(column, up): (column, down), (column, down): (-1, up)}.get(self._sorted, (column, up))
        header = self.horizontalHeader()
        header.setSortIndicatorShown(self._sorted[0] >= 0)
        header.setSortIndicator(*self._sorted)
        self.answer_rows.sort(*self._sorted)
        self._choose_again(before)

    def _choose_again(self, row: Row | None) -> None:
        place = self.answer_rows.place_of(row) if row is not None else -1
        if place >= 0:
            self.selectRow(place)
        elif row is not None:
            self.chosen.emit(None)

    def _tell(self) -> None:
        self.chosen.emit(self.current_row)

    def event(self, event: QEvent) -> bool:
        """Copying is the table's own, though a menu has the key too."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:  # noqa: SIM102
            if event.matches(QKeySequence.StandardKey.Copy):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the box, Esc leaves, Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell()
            self.pressed_enter.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _key(value: Value) -> tuple[int, float, str]:
    """A key by which values of one column stand in order: numbers, days, then words as people read them."""
    if isinstance(value, dt.date):
        return 0, float(value.toordinal()), ""
    if isinstance(value, int | float):
        return 0, float(value), ""
    text = str(value)
    parts = text.split(".")
    if parts and all(part.isdecimal() for part in parts):
        # Outline numbers: 2.10 comes after 2.9.
        return 1, 0.0, ".".join(part.zfill(8) for part in parts)
    return 2, 0.0, text.casefold()
