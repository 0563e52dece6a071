"""TableModel: the rows and columns of a kind for a view of Qt, kept in step with the map row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from capmap.exchange.grid.cells import is_shown_by_another
from capmap.exchange.grid.columns import GridColumn, columns_of
from capmap.model.change import Change
from capmap.model.records import Attribute, Capability, Record
from capmap.ui.tables.drafts import Draft, Mark
from capmap.ui.tables.rowlist import RowList
from capmap.ui.tables.sheets import Sheets

Index = QModelIndex | QPersistentModelIndex
Roles = Qt.ItemDataRole
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
_ONE_BY_ONE = 200
"""More rows than this that come or go at once are shown anew as a whole."""


class TableModel(QAbstractTableModel):
    """Rows for the records of a kind, then the drafts, the last of which is always empty. ``typed`` carries the row,
    the column and the text of an edit: whoever listens writes it.
    """

    typed = Signal(int, int, str)
    columns_changed = Signal()

    def __init__(self, sheets: Sheets, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self.sheets = sheets
        self.kind = kind
        self.columns: tuple[GridColumn, ...] = ()
        self.ids: list[str] = []
        self.drafts: list[Draft] = []
        self.marks: dict[tuple[str, str], Mark] = {}
        self.rows = RowList(sheets, kind)
        self.expected: frozenset[str] = frozenset()
        """Records that drafts are about to become: they take the rows of these."""
        self._rows_of: dict[str, int] | None = None
        self._gone: dict[str, int] = {}
        self._stale = False
        self.asleep = True
        """Whether nobody looks: then changes of the map only make it stale."""
        self._order = QTimer(self, singleShot=True, interval=0)
        self._order.timeout.connect(self._put_in_order)
        self._load()
        sheets.workspace.changed.connect(self._map_changed)
        sheets.workspace.opened.connect(self._another_map)

    # -- load ----------------------------------------------------------------------------------------

    def _load(self) -> None:
        self.columns = columns_of(self.sheets.map, self.kind)
        self.ids = self.rows.wanted(self.columns)
        self._rows_of = None
        if not self.drafts or not self.drafts[-1].is_empty:
            self.drafts.append(Draft())

    def _another_map(self) -> None:
        self.beginResetModel()
        self.drafts, self.marks, self._gone = [], {}, {}
        self.rows.forget_all()
        self.rows.filter, self.rows.sorted_by = "", None
        self._load()
        self.endResetModel()
        self.columns_changed.emit()

    def reload(self) -> None:
        """All rows anew, by the filter and the order that hold now."""
        self.beginResetModel()
        self._stale = False
        self._load()
        self.endResetModel()

    def wake(self) -> None:
        """Somebody looks: catch up."""
        self.asleep = False
        if self._stale:
            columns = self.columns
            self.reload()
            if columns != self.columns:
                self.columns_changed.emit()

    def sort_by(self, key: str | None, *, descending: bool = False) -> None:
        """Show the rows in the order of a column (None: as in the map); the map stays as it is."""
        self.rows.sorted_by = None if key is None else (key, descending)
        self._arrange()

    def set_filter(self, words: str) -> None:
        """Show the rows with these words."""
        if words != self.rows.filter:
            self.rows.filter = words
            self._arrange()

    def _arrange(self) -> None:
        """Other rows in another order; what is selected stays selected where it is still shown."""
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self.key_at(index.row()), index.column()) for index in self.persistentIndexList()]
        self.ids = self.rows.wanted(self.columns)
        self._rows_of = None
        before = [index for index, _, _ in kept]
        after = [
            self.index(row, column) if (row := self.row_of(key)) >= 0 else QModelIndex() for _, key, column in kept
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _put_in_order(self) -> None:
        """Boxes moved on the map: the rows follow in reading order."""
        if self.kind != Capability.kind or self.rows.sorted_by is not None:
            return
        shown = set(self.ids)
        if [key for key in self.rows.natural() if key in shown] != self.ids:
            self._arrange()

    # -- where things are ----------------------------------------------------------------------------

    def row_of(self, key: str) -> int:
        """The row of a record or a draft; -1 if it has none."""
        if self._rows_of is None:
            self._rows_of = dict(zip(self.ids, range(len(self.ids)), strict=True))
        row = self._rows_of.get(key)
        if row is not None:
            return row
        places = (len(self.ids) + place for place, draft in enumerate(self.drafts) if draft.key == key)
        return next(places, -1)

    def key_at(self, row: int) -> str:
        """What stands in a row: the id of a record, the key of a draft; empty behind the end."""
        if row < len(self.ids):
            return self.ids[row]
        place = row - len(self.ids)
        return self.drafts[place].key if place < len(self.drafts) else ""

    def record_at(self, row: int) -> Record | None:
        """The record of a row; None for a draft."""
        return self.sheets.map.get(self.ids[row]) if row < len(self.ids) else None

    def draft_at(self, row: int) -> Draft | None:
        """The draft of a row; None for a record."""
        place = row - len(self.ids)
        return self.drafts[place] if 0 <= place < len(self.drafts) else None

    def column_of(self, key: str) -> int:
        """The place of a column; -1 if there is none with that key."""
        return next((place for place, column in enumerate(self.columns) if column.key == key), -1)

    def mark_at(self, row: int, column: int) -> Mark | None:
        """What did not fit in a cell."""
        return self.marks.get((self.key_at(row), self.columns[column].key)) if self.marks else None

    def doubt_at(self, row: int, column: int) -> str:
        """What is wrong with the shares that a cell shows."""
        record = self.record_at(row)
        return self.sheets.doubt(record, self.columns[column]) if record is not None else ""

    def text_at(self, row: int, column: int) -> str:
        """The text of a cell as it is copied."""
        draft, record = self.draft_at(row), self.record_at(row)
        if draft is not None:
            return draft.texts.get(self.columns[column].key, "")
        return self.sheets.plain(record, self.columns[column]) if record is not None else ""

    def shown_at(self, row: int, column: int) -> str:
        """The text of a cell as it is looked at."""
        record = self.record_at(row)
        return self.sheets.shown(record, self.columns[column]) if record is not None else self.text_at(row, column)

    # -- what Qt asks --------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """All records and drafts; a map that cannot be edited takes no drafts."""
        if parent.isValid():
            return 0
        return len(self.ids) + (0 if self.sheets.why_read_only else len(self.drafts))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """All columns, those that are hidden too."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Roles.DisplayRole) -> Any:
        """The text of a cell, to look at or to edit; where a text did not fit that text is edited on."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        row, column = index.row(), index.column()
        if role == Roles.DisplayRole:
            return self.shown_at(row, column)
        if role == Roles.EditRole:
            mark = self.mark_at(row, column)
            return mark.text if mark is not None else self.text_at(row, column)
        if role == Roles.ToolTipRole:
            return self._tip(row, column)
        if role == Roles.AccessibleDescriptionRole:
            mark = self.mark_at(row, column)
            return f"“{mark.text}” did not fit: {mark.reason}" if mark is not None else self.doubt_at(row, column)
        if role == Roles.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight if self.columns[column].is_figure else Qt.AlignmentFlag.AlignLeft
        return None

    def _tip(self, row: int, column: int) -> str:
        from html import escape

        mark = self.mark_at(row, column)
        if mark is not None:
            return f"<qt>“{escape(mark.text[:200])}” did not fit: {escape(mark.reason)}</qt>"
        text, doubt = self.shown_at(row, column), self.doubt_at(row, column)
        told = [line for line in (text[:1000] if len(text) > 20 else "", doubt) if line]
        return "<qt>" + "<br>".join(map(escape, told)).replace("\n", "<br>") + "</qt>" if told else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Roles.DisplayRole) -> Any:
        """The name of a column, with the currency of money; the number of a row."""
        if orientation == Qt.Orientation.Vertical:
            if role == Roles.DisplayRole:
                return "+" if section == self.rowCount() - 1 and self.draft_at(section) else str(section + 1)
            return None
        if section >= len(self.columns):
            return None
        column = self.columns[section]
        if role in (Roles.DisplayRole, Roles.ToolTipRole):
            currency = self.sheets.map.settings.currency
            return f"{column.label} ({currency})" if column.type == "money" and currency else column.label
        if role == Roles.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_figure else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell may be chosen; why one cannot be edited is said when somebody tries."""
        return _FLAGS

    def setData(self, index: Index, value: Any, role: int = Roles.EditRole) -> bool:
        """Pass on what was typed, if it says something else than the cell."""
        text = str(value)
        if role == Roles.EditRole and text != self.data(index, Roles.EditRole):
            self.typed.emit(index.row(), index.column(), text)
        return True

    # -- marks and drafts ----------------------------------------------------------------------------

    def set_marks(self, marks: Mapping[tuple[str, str], Mark | None]) -> None:
        """Mark these cells, or (None) take the mark away."""
        for cell, mark in marks.items():
            if mark is None:
                self.marks.pop(cell, None)
            else:
                self.marks[cell] = mark
        self._repaint()

    def set_drafts(self, drafts: Iterable[Draft]) -> None:
        """These drafts from now on, and an empty one behind them. The records that others became have their rows."""
        wanted = [draft for draft in drafts if not draft.is_empty]
        old, count = len(self.drafts), len(wanted) + 1
        last = self.drafts[-1] if self.drafts and self.drafts[-1].is_empty else Draft()
        self._resize(old, count, [*wanted, last])
        self._repaint()

    def become(self, made: Sequence[str], drafts: Iterable[Draft]) -> None:
        """The first rows of the drafts are these records now, and these drafts are left."""
        if self.asleep or self._stale:
            self.drafts = [*(draft for draft in drafts if not draft.is_empty), Draft()]
            return
        here = len(self.drafts)
        taken = min(len(made), here)
        self.ids += made[:taken]
        self.drafts = self.drafts[taken:]
        self._rows_of = None
        if len(made) > taken:
            self._insert(list(made[taken:]))
        self.set_drafts(drafts)
        self._order.start()

    def _resize(self, old: int, count: int, drafts: list[Draft]) -> None:
        start = len(self.ids)
        if count > old:
            self.beginInsertRows(QModelIndex(), start + old, start + count - 1)
            self.drafts = drafts
            self.endInsertRows()
        elif count < old:
            self.beginRemoveRows(QModelIndex(), start + count, start + old - 1)
            self.drafts = drafts
            self.endRemoveRows()
        else:
            self.drafts = drafts

    # -- following the map ---------------------------------------------------------------------------

    def _map_changed(self, change: Change) -> None:
        self.rows.forget(change)
        own = any(
            isinstance(record, Attribute) and record.record_kind == self.kind
            for side in (change.before, change.after)
            for record in side.values()
        )
        if self.asleep:
            self._stale = True
            return
        if own:
            self.rows.forget_all()
            self.reload()
            self.columns_changed.emit()
            return
        came, gone, moved = self._sorted_out(change)
        came = [key for key in came if key not in self.expected]
        if len(came) + len(gone) > _ONE_BY_ONE:
            self._stale = True
            self.reload()
            return
        for row in sorted((row for key in gone if (row := self.row_of(key)) >= 0), reverse=True):
            self._remove(row)
        self._insert(came)
        if moved:
            self._order.start()
        self._repaint()

    def _sorted_out(self, change: Change) -> tuple[list[str], list[str], bool]:
        """The records of this kind that come and those that go, and whether boxes have another place."""
        came, gone, moved = [], [], False
        for key, before in change.before.items():
            after = change.after[key]
            if self._has_row(after) and not self._has_row(before):
                came.append(key)
            elif self._has_row(before) and not self._has_row(after):
                gone.append(key)
            elif isinstance(before, Capability) and isinstance(after, Capability):
                moved |= (before.parent, before.position) != (after.parent, after.position)
        return came, gone, moved or bool(came)

    def _has_row(self, record: Record | None) -> bool:
        return record is not None and record.kind == self.kind and not is_shown_by_another(record)

    def _insert(self, keys: list[str]) -> None:
        """Rows for records: those that had one before at their old place, the others behind all records."""
        back = [key for key in keys if key in self._gone]
        fresh = [key for key in keys if key not in self._gone]
        for key in sorted(back, key=lambda key: self._gone[key]):
            row = min(self._gone.pop(key), len(self.ids))
            self.beginInsertRows(QModelIndex(), row, row)
            self.ids.insert(row, key)
            self._rows_of = None
            self.endInsertRows()
        if fresh:
            start = len(self.ids)
            self.beginInsertRows(QModelIndex(), start, start + len(fresh) - 1)
            self.ids += fresh
            self._rows_of = None
            self.endInsertRows()

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        key = self.ids.pop(row)
        self._gone[key] = row
        self._rows_of = None
        self.endRemoveRows()

    def _repaint(self) -> None:
        """Cells show names of other records too, so whatever is in sight is looked at anew; that is cheap."""
        if self.rowCount() and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))
