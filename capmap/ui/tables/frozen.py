"""Frozen: the first column of a table, which stays in sight while the others scroll under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from capmap.ui.tables.celldelegate import CellDelegate

if TYPE_CHECKING:
    from capmap.ui.tables.tableview import TableView


class FrozenColumn(QTableView):
    """Lies over the first column of its owner and shows the same rows; keys go to the owner."""

    def __init__(self, owner: TableView) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setModel(owner.table)
        self.setSelectionModel(owner.selectionModel())
        delegate = CellDelegate(owner.table, owner.appearance, self, owner)
        delegate.finished.connect(owner.step)
        self.setItemDelegate(delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(owner)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(owner.selectionMode())
        self.setEditTriggers(owner.editTriggers())
        self.setVerticalScrollMode(owner.verticalScrollMode())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(owner.verticalHeader().ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(owner.verticalHeader().defaultSectionSize())
        header = self.horizontalHeader()
        header.setFixedHeight(owner.horizontalHeader().height())
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        # A screen reader meets every cell once, in the table itself.
        self.setAccessibleName("")
        owner.viewport().stackUnder(self)
        owner.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(owner.verticalScrollBar().setValue)
        owner.horizontalHeader().sectionResized.connect(self._owner_resized)
        header.sectionResized.connect(self._resized)
        owner.table.columns_changed.connect(self.hide_others)
        owner.table.modelReset.connect(self.hide_others)
        self.hide_others()

    def hide_others(self) -> None:
        """Show the first column alone."""
        for column in range(self._owner.table.columnCount()):
            self.setColumnHidden(column, column != 0)
        self.setColumnWidth(0, self._owner.columnWidth(0))
        self.place()

    def place(self) -> None:
        """Lie over the first column."""
        owner = self._owner
        left = owner.verticalHeader().width() + owner.frameWidth()
        height = owner.viewport().height() + owner.horizontalHeader().height()
        self.setGeometry(left, owner.frameWidth(), owner.columnWidth(0), height)
        self.setVisible(not owner.isColumnHidden(0))

    def _owner_resized(self, column: int, _: int, width: int) -> None:
        if column == 0:
            self.setColumnWidth(0, width)
            self.place()

    def _resized(self, column: int, _: int, width: int) -> None:
        if column == 0 and self._owner.columnWidth(0) != width:
            self._owner.setColumnWidth(0, width)

    def open_editor(self, index: Any, trigger: Any, event: Any) -> Any:
        """Edit a cell of the first column here, where it is in sight."""
        return super().edit(index, trigger, event)

    def edit(self, index: Any, trigger: Any = None, event: Any = None) -> Any:
        """A double click here asks the owner, who knows whether the cell may be edited."""
        if trigger is None:
            trigger = QAbstractItemView.EditTrigger.AllEditTriggers
        return self._owner.edit(index, trigger, event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """The keys go back to the table."""
        super().closeEditor(editor, hint)
        self._owner.setFocus()

    def editor(self) -> QWidget | None:
        """The open editor."""
        return self.indexWidget(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu is the owner's."""
        self._owner.contextMenuEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel here moves the whole table."""
        self._owner.wheelEvent(event)
