"""Cell delegate: paints the cells of a table and opens their editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from capmap.exchange.grid.columns import NOUNS
from capmap.model.records import Capability
from capmap.ui.tables.celleditor import LineEditor, NoteEditor, editor_for
from capmap.ui.tables.tablemodel import Index, TableModel

if TYPE_CHECKING:
    from capmap.ui.parts.appearance import Appearance

_SIDE = 8
_INDENT = 14
_CORNER = 7


class CellDelegate(QStyledItemDelegate):
    """``finished`` carries where to go when an editor is done: so many columns to the right, so many rows down."""

    finished = Signal(int, int)

    def __init__(self, model: TableModel, appearance: Appearance, view: QTableView, owner: QTableView) -> None:
        super().__init__(view)
        self._model = model
        self._appearance = appearance
        self._view = view
        self._owner = owner

    # -- paint ---------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, lines, text, and a corner where something did not fit."""
        model, look = self._model, self._appearance.look
        row, column = index.row(), index.column()
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        draft, mark = model.draft_at(row), model.mark_at(row, column)
        painter.save()
        painter.fillRect(rect, QColor(look.wash if chosen else look.hover if draft else look.panel))
        painter.setPen(QColor(look.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        text, colour, bold, indent = self._look_of(row, column)
        if text:
            font = QFont(option.font)
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            room = rect.adjusted(_SIDE + indent, 0, -_SIDE, -1)
            line = text.replace("\n", " ") if len(text) < 400 else text[:400].replace("\n", " ")
            side = Qt.AlignmentFlag.AlignRight if model.columns[column].is_figure else Qt.AlignmentFlag.AlignLeft
            elided = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, elided)
        doubt = mark is None and bool(model.doubt_at(row, column))
        if mark is not None or doubt:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.warning if doubt else look.danger))
            x, y = rect.right(), rect.top()
            painter.drawPolygon(QPolygonF([QPointF(x - _CORNER, y), QPointF(x, y), QPointF(x, y + _CORNER)]))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if index == self._owner.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.chosen if self._owner.hasFocus() else look.faint), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _look_of(self, row: int, column: int) -> tuple[str, str, bool, int]:
        """The text of a cell, its colour, whether it is bold, and how far it is indented."""
        model, look = self._model, self._appearance.look
        record = model.record_at(row)
        if record is None:
            text, mark = model.text_at(row, column), model.mark_at(row, column)
            if not text and mark is not None:
                return mark.text, look.danger, False, 0
            if not text and column == 0:
                return f"New {NOUNS[model.kind][0]}", look.faint, False, 0
            return text, look.soft_ink, False, 0
        text = model.shown_at(row, column)
        if column == 0 and isinstance(record, Capability) and model.rows.sorted_by is None:
            level = model.sheets.map.level(record.id)
            return text, look.ink, level == 1, (level - 1) * _INDENT
        return text, look.ink if column == 0 else look.soft_ink, False, 0

    # -- edit ----------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor that suits the column."""
        made = editor_for(self._model.columns[index.column()], self._model.sheets, parent)
        if isinstance(made, LineEditor):
            made.setStyleSheet("border-radius: 0; padding: 0 6px;")
        else:
            made.setStyleSheet("border-radius: 0;")
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The text as it is copied, or the one that did not fit, all of it selected: typing replaces it."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, LineEditor):
            editor.setText(text)
            editor.selectAll()
        elif isinstance(editor, NoteEditor):
            editor.setPlainText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Write it."""
        if isinstance(editor, LineEditor):
            self._model.setData(index, editor.wanted())
        elif isinstance(editor, NoteEditor):
            self._model.setData(index, editor.toPlainText())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the cell; a long text gets more room, inside the table."""
        rect = QRect(option.rect)
        if isinstance(editor, NoteEditor):
            area = self._view.rect()
            rect.setSize(rect.size().expandedTo(editor.minimumSizeHint()))
            rect.setWidth(max(rect.width(), min(360, area.width())))
            rect.setHeight(max(rect.height(), min(editor.height_wanted, area.height())))
            rect.moveBottom(min(rect.bottom(), max(area.bottom() - 34, rect.height())))
            rect.moveRight(min(rect.right(), max(area.right(), rect.width())))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab are done with the cell and go on to the next one; Esc leaves the cell as it was."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            step = -1 if back else 1
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if isinstance(editor, NoteEditor) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                    editor.insertPlainText("\n")
                else:
                    self._finish(editor, 0, step)
                return True
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._finish(editor, -1 if event.key() == Qt.Key.Key_Backtab else step, 0)
                return True
        return super().eventFilter(editor, event)

    def _finish(self, editor: QWidget, right: int, down: int) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.finished.emit(right, down)
