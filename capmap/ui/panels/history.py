"""History: every step of the map in a list; going to one undoes or redoes all between."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import (
    QDate,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTime,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from capmap.errors import CapMapError
from capmap.storage.journal import Step
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace

_SEQ = Qt.ItemDataRole.UserRole
_LONGEST_LIST = 2_000
_WORDS_EDGE = 8
"""Pixels from the side of a cell to its words."""

Index = QModelIndex | QPersistentModelIndex


class History(QDialog):
    """Stays open beside the map. ``refused`` carries why a step cannot be gone to."""

    refused = Signal(str)

    def __init__(self, workspace: Workspace, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._appearance = appearance
        self._travelling = False
        self._shown: list[Step] = []
        """The step in each row; the first row stands for what was before."""
        self._left_out = 0
        self._marked = 0
        self.setWindowTitle("History")
        self.setModal(False)
        self.resize(430, 560)
        words = "Every step of this map. Go to any of them; what comes after stays, in grey, until you edit."
        heading = plain_label(words, self, "quiet", wrap=True)
        self.list = QTreeWidget(self)
        self.list.setObjectName("framed")
        self.list.setAccessibleName("Steps")
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setItemDelegate(_Words(self.list))
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemActivated.connect(lambda item, _: self._go(item))
        self.list.itemClicked.connect(lambda item, _: self._go(item))
        close = QPushButton("Close", self)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        self._go_button = QPushButton("Go to this step", self)
        self._go_button.setAutoDefault(False)
        self._go_button.clicked.connect(lambda: self._go(self.list.currentItem()))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._go_button)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        workspace.changed.connect(self._map_changed)
        workspace.opened.connect(self.refresh)
        appearance.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show all steps anew, the last one done marked."""
        self.list.clear()
        self._shown = []
        self._follow()

    def _follow(self) -> None:
        """Show the steps as they are now; rows that say so already stay."""
        document = self._workspace.document
        steps = document.history()
        left_out = max(len(steps) - _LONGEST_LIST, 0)
        words = "Before the first step" if not left_out else f"{left_out:,} earlier steps"
        first = Step(0 if not left_out else steps[left_out - 1].seq, "", words)
        wanted = [first, *steps[left_out:]]
        gone = max(left_out - self._left_out, 0) if self._shown else 0
        self._left_out = left_out
        # Of a long list the oldest go as new ones come: the rest moves up.
        for _ in range(min(gone, len(self._shown) - 1)):
            self.list.takeTopLevelItem(1)
            del self._shown[1]
            self._marked -= 1
        for row, step in enumerate(wanted):
            if row >= len(self._shown):
                self._shown.append(step)
                self.list.addTopLevelItem(QTreeWidgetItem())
            elif self._shown[row] == step:
                continue
            self._shown[row] = step
            self._tell(self._item(row), step)
        while len(self._shown) > len(wanted):
            self._shown.pop()
            self.list.takeTopLevelItem(len(self._shown))
        self._mark(sum(1 for step in wanted if not step.undone) - 1)
        self._go_button.setEnabled(not document.why_read_only)

    def _mark(self, row: int) -> None:
        """The last step done is this one."""
        if self._marked != row and 0 <= self._marked < len(self._shown):
            self._tell(self._item(self._marked), self._shown[self._marked])
        self._marked, current = row, self._item(row)
        font = QFont(self.list.font())
        font.setBold(True)
        current.setFont(0, font)
        self.list.setCurrentItem(current)
        self.list.scrollToItem(current)

    def _item(self, row: int) -> QTreeWidgetItem:
        item = self.list.topLevelItem(row)
        assert item is not None
        return item

    def _tell(self, item: QTreeWidgetItem, step: Step) -> None:
        look = self._appearance.look
        item.setText(0, step.text)
        item.setText(1, _moment(step.at))
        item.setData(0, _SEQ, step.seq)
        item.setSizeHint(0, QSize(100, 28))
        font = QFont(self.list.font())
        font.setItalic(step.undone)
        item.setFont(0, font)
        item.setForeground(0, QBrush(QColor(look.faint if step.undone else look.ink)))
        item.setForeground(1, QBrush(QColor(look.faint if step.undone else look.quiet)))
        told = f"{step.text}, taken back" if step.undone else None
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, told)

    def _map_changed(self) -> None:
        if not self._travelling and self.isVisible():
            self._follow()

    def _go(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        self._travelling = True
        self.setCursor(Qt.CursorShape.WaitCursor)
        try:
            self._workspace.document.travel_to(int(item.data(0, _SEQ)))
        except CapMapError as problem:
            self.refused.emit(str(problem))
        finally:
            self._travelling = False
            self.unsetCursor()
        self._follow()


class _Words(QStyledItemDelegate):
    """Paints the words of a step in the colour of its item, over which the style sheet of the program would win."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row as the style has it, then the words."""
        row = QStyleOptionViewItem(option)
        self.initStyleOption(row, index)
        words, row.text = row.text, ""
        view: QWidget = row.widget
        style = view.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, row, painter, view)
        room: QRect = row.rect.adjusted(_WORDS_EDGE, 0, -_WORDS_EDGE, 0)
        ink: QBrush = index.data(Qt.ItemDataRole.ForegroundRole)
        painter.save()
        painter.setFont(row.font)
        painter.setPen(ink.color())
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()


def _moment(text: str) -> str:
    """A moment of the journal as this place writes it."""
    try:
        at = dt.datetime.fromisoformat(text).astimezone()
    except ValueError:
        return ""
    moment = QDateTime(QDate(at.year, at.month, at.day), QTime(at.hour, at.minute))
    return QLocale().toString(moment, "d MMM HH:mm")
