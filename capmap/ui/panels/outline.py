"""Outline: the map as a tree beside the canvas, with the same selection and the same keys."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QCursor, QDrag, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from capmap.model.change import Change
from capmap.model.fields import NAME_LIMIT
from capmap.ui.panels.outlinemodel import Index, OutlineModel
from capmap.ui.panels.outlinepainting import INDENT, RowPainting
from capmap.ui.panels.outlineunfolding import Unfolding
from capmap.ui.parts.appearance import Appearance
from capmap.ui.workspace import Workspace

_ROW = 24


class Outline(QTreeView):
    """The tree. ``refused`` carries why an edit cannot be; ``context_menu_requested`` where a menu is wanted and of
    which box.
    """

    refused = Signal(str)
    context_menu_requested = Signal(QPoint, object)

    def __init__(self, workspace: Workspace, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._appearance = appearance
        self._following = False
        self._is_behind = False
        self._model = OutlineModel(workspace, self)
        self.setModel(self._model)
        self.setItemDelegate(_Row(self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT)
        self.setAnimated(False)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setAutoExpandDelay(600)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAccessibleName("Outline of the map")
        self._unfolding = Unfolding(self, self._model, workspace)
        self._model.refused.connect(self.refused)
        self.selectionModel().selectionChanged.connect(self._tell_selection)
        self.doubleClicked.connect(lambda index: self._edit(index))
        self.itemDelegate().closeEditor.connect(self._editor_closed)
        workspace.selection_changed.connect(self._follow_selection)
        workspace.changed.connect(self._map_changed)
        workspace.opened.connect(self.expand_top)
        appearance.changed.connect(self.viewport().update)
        self.expand_top()

    @property
    def in_use(self) -> bool:
        """Whether the keys go here."""
        return self.hasFocus()

    @property
    def tree(self) -> OutlineModel:
        """The model of this view."""
        return self._model

    @property
    def appearance(self) -> Appearance:
        """The colours in use."""
        return self._appearance

    def expand_top(self) -> None:
        """Show the first two levels, or only the areas of a big map."""
        if self._model.rowCount() <= 40:
            self.expandToDepth(0)

    # -- verbs ---------------------------------------------------------------------------------------

    def rename(self, record_id: str) -> None:
        """Open the name of a box for typing."""
        self._edit(self._model.index_of(record_id))

    def add(self, into: str | None, position: int | None) -> None:
        """Open the name of a new box inside another (None: top level) at a position (None: last)."""
        why = self._workspace.document.why_read_only
        if why:
            self.refused.emit(why)
            return
        if into is not None:
            self.expand(self._model.index_of(into))
        index = self._model.begin_draft(into, position)
        self.scrollTo(index)
        self._following = True
        self.setCurrentIndex(index)
        self._following = False
        self.edit(index)

    def _edit(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        why = self._workspace.document.why_read_only
        if why:
            self.refused.emit(why)
            return
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def _editor_closed(self, _: QWidget, __: QAbstractItemDelegate.EndEditHint) -> None:
        """A new box without a name leaves nothing behind."""
        if self._model.has_draft:
            self._model.drop_draft()
            self._follow_selection()
        self.setFocus()

    # -- the selection, here and on the canvas -------------------------------------------------------

    def _tell_selection(self, *_: QItemSelection) -> None:
        if self._following or self._model.is_following:
            return
        chosen = {key for index in self.selectionModel().selectedRows() if (key := self._model.id_at(index))}
        current = self._model.id_at(self.currentIndex())
        kept = [key for key in self._workspace.selection if key in chosen]
        order = [*kept, *sorted(chosen - set(kept))]
        if current in chosen:
            order = [key for key in order if key != current] + [str(current)]
        self._following = True
        self._workspace.select(order)
        self._following = False

    def _follow_selection(self) -> None:
        if self._following:
            return
        self._following, self._is_behind = True, False
        try:
            chosen = QItemSelection()
            for key in self._workspace.selection:
                index = self._model.index_of(key)
                if index.isValid():
                    chosen.select(index, index)
            flags = QItemSelectionModel.SelectionFlag
            model = self.selectionModel()
            current = self._model.index_of(self._workspace.current or "")
            with self._unfolding.showing(current):
                model.setCurrentIndex(current, flags.NoUpdate)
                model.select(chosen, flags.ClearAndSelect)
                if current.isValid():
                    self.scrollTo(current)
        finally:
            self._following = False

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Another row is the current one; not worth a look in the middle of a change, when Qt takes any row for it."""
        if not self._model.is_following:
            super().currentChanged(current, previous)

    def _map_changed(self, _: Change) -> None:
        # Rows that moved lost their mark in Qt's selection, and the place of the current one may be new.
        if not self._model.rows_altered:
            return
        self._is_behind = True
        if self._workspace.will_select:
            QTimer.singleShot(0, self, self._catch_up)
        else:
            self._follow_selection()

    def _catch_up(self) -> None:
        if self._is_behind:
            self._follow_selection()

    # -- drag and drop -------------------------------------------------------------------------------

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Begin a drag; the rows move when the map says so, and Qt must not remove them itself."""
        indexes = self.selectionModel().selectedRows()
        if not indexes or self._workspace.document.why_read_only:
            return
        drag = QDrag(self)
        drag.setMimeData(self._model.mimeData(indexes))
        drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)

    # -- events --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing looks for a row, as in every tree; Esc lets the selection go."""
        if event.key() == Qt.Key.Key_Escape and self._workspace.selection:
            self._workspace.select([])
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu of what can be done with the box."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index, place = self.indexAt(event.pos()), event.globalPos()
        else:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        self.context_menu_requested.emit(place, self._model.id_at(index))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, all as they are at this moment."""
        pointed = self.viewport().mapFromGlobal(QCursor.pos())
        self._painting = RowPainting(
            self._appearance.look,
            self.font(),
            self._workspace.selection,
            pointed.y() if self.viewport().rect().contains(pointed) else -1,
            self._model.id_at(self.currentIndex()) if self.hasFocus() else None,
        )
        super().paintEvent(event)

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        """A row from edge to edge."""
        row = self._model.seen(index)
        is_open = row.has_below and self.isExpanded(index)
        rect = QRect(0, options.rect.top(), self.viewport().width(), options.rect.height())
        self._painting.paint(painter, rect, row, is_open=is_open)


class _Row(QStyledItemDelegate):
    """Edits a name."""

    def __init__(self, outline: Outline) -> None:
        super().__init__(outline)
        self._outline = outline

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> object:  # type: ignore[override]
        """Rows of one height."""
        size = super().sizeHint(option, index)
        size.setHeight(_ROW)
        return size

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field for the name."""
        editor = QLineEdit(parent)
        editor.setMaxLength(NAME_LIMIT)
        editor.setAccessibleName("Name of the box")
        editor.setStyleSheet("border-radius: 3px; padding: 0 3px;")
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the name, to the edge of the panel."""
        rect: QRect = option.rect
        rect.setRight(self._outline.viewport().width() - 4)
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Tab is done with the name and stays in the outline."""
        tabs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in tabs
        if pressed and isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            return True
        return super().eventFilter(editor, event)
