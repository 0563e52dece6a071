"""TableView: the table of a kind on screen: keys, mouse, selection, and the map that follows it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from capmap.exchange.grid.columns import NOUNS, noun
from capmap.model.records import Capability
from capmap.ui.parts.appearance import Appearance
from capmap.ui.tables.blocks import Blocks
from capmap.ui.tables.celldelegate import CellDelegate
from capmap.ui.tables.cellwalk import CellWalk
from capmap.ui.tables.entry import Entry
from capmap.ui.tables.frozen import FrozenColumn
from capmap.ui.tables.keys import command_of
from capmap.ui.tables.lighting import boxes_of
from capmap.ui.tables.selected import Selected, columns_in_sight, selected
from capmap.ui.tables.sheets import Sheets
from capmap.ui.tables.tablemodel import TableModel

ROW_HEIGHT = 28
_MOST_LIT = 500
"""The map follows the selection up to so many rows."""


class TableView(CellWalk):
    """``told`` carries a sentence, an offer and what it does; ``removed`` one that can be undone; ``lit`` the boxes to
    light (None: none); ``menu_wanted`` a place where a menu of the cells is wanted.
    """

    told = Signal(str, str, object)
    removed = Signal(str)
    lit = Signal(object)
    menu_wanted = Signal(object)

    _is_made = False
    """Qt asks for the geometry before all parts are there."""

    def __init__(self, sheets: Sheets, kind: str, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self.table = TableModel(sheets, kind, self)
        self.entry = Entry(self.table)
        self.blocks = Blocks(self.table, self.entry)
        self._following = False
        self.setModel(self.table)
        self._set_up()
        self.frozen = FrozenColumn(self)
        self._is_made = True
        self._connect()

    def _set_up(self) -> None:
        delegate = CellDelegate(self.table, self.appearance, self, self)
        delegate.finished.connect(self.step)
        self.setItemDelegate(delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(True)
        self.setTabKeyNavigation(True)
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setMinimumWidth(40)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        columns = self.horizontalHeader()
        columns.setSectionsMovable(True)
        columns.setFirstSectionMovable(False)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(True)
        columns.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        columns.setFixedHeight(30)
        self.setAccessibleName(f"Table of {NOUNS[self.table.kind][1]}")

    def _connect(self) -> None:
        for teller in (self.entry.told, self.blocks.told):
            teller.connect(self.told)
        self.blocks.removed.connect(self.removed)
        self.table.typed.connect(self._write_typed)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.appearance.changed.connect(self.viewport().update)
        if self.table.kind == Capability.kind:
            self.table.sheets.workspace.selection_changed.connect(self._follow_boxes)

    # -- what is chosen ------------------------------------------------------------------------------

    def chosen(self) -> Selected:
        """The chosen cells."""
        return selected(self)

    def _selection_changed(self, *_: QItemSelection) -> None:
        if self._following:
            return
        chosen = self.chosen()
        table = self.table
        records = [record for row in chosen.rows[:_MOST_LIT] if (record := table.record_at(row)) is not None]
        if table.kind == Capability.kind:
            self._following = True
            current = table.key_at(self.currentIndex().row())
            ids = [record.id for record in records if record.id != current]
            table.sheets.workspace.select([*ids, current] if table.record_at(self.currentIndex().row()) else ids)
            self._following = False
        elif records:
            self.lit.emit(boxes_of(table.sheets.map, records))
        else:
            self.lit.emit(None)

    def _follow_boxes(self) -> None:
        """A box was chosen on the map: its row is the current one."""
        if self._following or self.hasFocus() or not self.isVisible():
            return
        row = self.table.row_of(self.table.sheets.workspace.current or "")
        self._following = True
        if row >= 0:
            self.go_to(row, max(self.currentIndex().column(), 0))
        else:
            self.clearSelection()
        self._following = False

    # -- write ---------------------------------------------------------------------------------------

    def _write_typed(self, row: int, column: int, text: str) -> None:
        key = self.table.columns[column].key
        label, record = self.table.columns[column].label, self.table.record_at(row)
        if record is None:
            told = f"Add {text.strip()}" if key == "name" else f"Add {noun(self.table.kind, 1)}"
        else:
            told = f"Set {label.lower()} of {getattr(record, 'name', '') or 'a link'}"
        entered = self.entry.put({row: {key: text}}, told, quiet_drafts=True)
        if entered is not None and entered.keys:
            self.go_to(self.table.row_of(entered.keys[0]), column)

    def edit(self, index: Any, trigger: Any = None, event: Any = None) -> Any:
        """Open the editor of a cell, or say why there is none. The first column has its editor where it is seen."""
        if trigger is None:
            trigger = QAbstractItemView.EditTrigger.AllEditTriggers
        wanted = trigger & self.editTriggers() if trigger != QAbstractItemView.EditTrigger.AllEditTriggers else trigger
        if not index.isValid() or not wanted:
            return super().edit(index, trigger, event)
        if trigger == QAbstractItemView.EditTrigger.AnyKeyPressed and not _is_text(event):
            return False
        why = self.table.sheets.why_read_only
        if not why and self.table.columns[index.column()].type == "back":
            why = "This column follows from other tables and is edited there."
        if why:
            self.told.emit(why, "", None)
            return False
        if index.column() == 0 and self.frozen.isVisible():
            return self.frozen.open_editor(index, trigger, event)
        return super().edit(index, trigger, event)

    # -- keys and mouse ------------------------------------------------------------------------------

    def do(self, command: str) -> None:
        """Do what a key or a menu says: see ``keys``."""
        chosen, seen = self.chosen(), columns_in_sight(self)
        match command:
            case "copy" | "copy headers":
                self.blocks.copy(chosen, headers=command != "copy")
            case "cut":
                self.blocks.cut(chosen)
            case "paste":
                self._paste()
            case "fill down" | "fill right":
                self.blocks.fill(chosen, seen, down=command == "fill down")
            case "clear":
                self.blocks.clear(chosen)
            case "remove rows":
                self.blocks.remove_rows(chosen)
            case "all":
                self.selectAll()
            case "next" | "previous":
                self.step(1 if command == "next" else -1, 0)
            case "down" | "up":
                self.step(0, 1 if command == "down" else -1)
            case "rows" | "columns":
                self.choose_whole(chosen, rows=command == "rows")
            case "retype":
                self.setCurrentIndex(self.currentIndex())
                self.edit(self.currentIndex())
                self._empty_editor()
            case "leave":
                self._leave()
            case _:
                self.jump(command)

    def _paste(self) -> None:
        entered = self.blocks.paste(self.chosen(), columns_in_sight(self))
        if entered is None or not entered.keys:
            return
        rows = [row for key in entered.keys if (row := self.table.row_of(key)) >= 0]
        if rows and len(rows) == max(rows) - min(rows) + 1:
            column = max(self.currentIndex().column(), 0)
            chosen = QItemSelection(self.table.index(min(rows), column), self.table.index(max(rows), column))
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(self.table.index(min(rows), column), flags.NoUpdate)
            self.selectionModel().select(chosen, flags.ClearAndSelect)

    def _empty_editor(self) -> None:
        editor = self.frozen.editor() if self.currentIndex().column() == 0 else self.indexWidget(self.currentIndex())
        clear = getattr(editor, "clear", None)
        if clear is not None:
            clear()

    def _leave(self) -> None:
        """Esc lets go: of what did not fit in the cell, else of a row that is no record yet, else of the lit boxes."""
        index = self.currentIndex()
        table = self.table
        mark = table.mark_at(index.row(), index.column()) if index.isValid() else None
        draft = table.draft_at(index.row()) if index.isValid() else None
        if mark is not None:
            table.set_marks({(table.key_at(index.row()), table.columns[index.column()].key): None})
            self.told.emit("", "", None)
        elif draft is not None and not draft.is_empty:
            table.set_drafts(other for other in table.drafts if other is not draft)
        else:
            self.lit.emit(None)

    def event(self, event: QEvent) -> bool:
        """Keys that mean something in a table are its own, though a menu has them too."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.state() != QAbstractItemView.State.EditingState
            and (command_of(event) or _is_text(event) or event.key() == Qt.Key.Key_F2)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``keys``; everything else as in every table of Qt."""
        command = command_of(event)
        if command:
            self.do(command)
            event.accept()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters write; they do not look for rows, which is what the filter is for."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu of what can be done with the cells."""
        place = event.globalPos()
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is a current cell as soon as the keys go here."""
        super().focusInEvent(event)
        self.frozen.viewport().update()
        if not self.currentIndex().isValid():
            self.go_to(0, 0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring of the current cell is quiet while the keys go elsewhere."""
        super().focusOutEvent(event)
        self.frozen.viewport().update()

    def updateGeometries(self) -> None:
        """The first column keeps its place, however long the row numbers are."""
        super().updateGeometries()
        if self._is_made:
            self.frozen.place()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight, out from under the first column."""
        if index.column() == 0:
            across = self.horizontalScrollBar().value()
            super().scrollTo(index, hint)
            self.horizontalScrollBar().setValue(across)
            return
        super().scrollTo(index, hint)
        covered = self.columnWidth(0) - self.visualRect(index).left()
        if covered > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - covered)

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty table says how to fill it."""
        super().paintEvent(event)
        if self.table.ids or self.table.rows.filter.strip() or len(self.table.drafts) > 1:
            return
        painter = QPainter(self.viewport())
        painter.setPen(self.appearance.look.quiet)
        nouns = NOUNS[self.table.kind][1]
        words = f"No {nouns} yet. Type here or paste rows from a spreadsheet."
        if self.table.sheets.why_read_only:
            words = f"No {nouns}."
        top = ROW_HEIGHT * self.table.rowCount() + 14
        room = self.viewport().rect().adjusted(self.columnWidth(0) + 8, top, -8, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, words)


def _is_text(event: Any) -> bool:
    """Whether a key writes something."""
    if not isinstance(event, QKeyEvent):
        return event is None or event.type() != QEvent.Type.KeyPress
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    altgr = held == (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return bool(event.text()) and event.text().isprintable() and (not held or altgr)
