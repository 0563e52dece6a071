"""ViewList: the saved views in a window beside the map: save, show, rename, order, update, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from capmap.model.fields import NAME_LIMIT
from capmap.model.records import View
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace

if TYPE_CHECKING:
    from capmap.ui.views.savedviews import SavedViews

_ID = Qt.ItemDataRole.UserRole
_ROW = 32


class ViewList(QDialog):
    """Stays open beside the map, so that one can look through the views. Enter shows, F2 renames, Del removes,
    Alt+Up and Alt+Down move.
    """

    def __init__(self, saved: SavedViews, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._saved, self._workspace = saved, workspace
        self.setWindowTitle("Saved views")
        self.setModal(False)
        self.resize(420, 460)
        words = "A view keeps branch, levels, folded boxes, colours, counts, filter and zoom of what you see now."
        self.name = QLineEdit(self)
        self.name.setMaxLength(NAME_LIMIT)
        self.name.setPlaceholderText("Name for what you see now")
        self.name.setAccessibleName("Name for what you see now")
        self.save = QPushButton("Save", self)
        self.save.setProperty("primary", True)
        self.list = _Names(self)
        self.list.setObjectName("framed")
        self.list.setAccessibleName("Saved views")
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.show_it = QPushButton("Show", self)
        self.update_it = QPushButton("Update", self)
        self.update_it.setToolTip("Let this view keep what you see now")
        self.remove_it = QPushButton("Remove", self)
        close = QPushButton("Close", self)
        for button in (self.save, self.show_it, self.update_it, self.remove_it, close):
            button.setAutoDefault(False)
        top = QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(self.save)
        foot = QHBoxLayout()
        for button in (self.show_it, self.update_it, self.remove_it):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(plain_label(words, self, "quiet", wrap=True))
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self._connect(close)
        self.refresh()

    def _connect(self, close: QPushButton) -> None:
        close.clicked.connect(self.close)
        self.name.returnPressed.connect(self._save)
        self.name.textChanged.connect(self._enable)
        self.save.clicked.connect(self._save)
        self.list.itemActivated.connect(lambda _: self._on_current(self._saved.show))
        self.list.itemChanged.connect(self._renamed)
        self.list.currentRowChanged.connect(self._enable)
        self.show_it.clicked.connect(lambda: self._on_current(self._saved.show))
        self.update_it.clicked.connect(lambda: self._on_current(self._saved.update))
        self.remove_it.clicked.connect(lambda: self._on_current(self._saved.remove))
        for key, run in (
            ("Del", self._saved.remove),
            ("Alt+Up", lambda view: self._saved.move(view, -1)),
            ("Alt+Down", lambda view: self._saved.move(view, 1)),
        ):
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda run=run: self._on_current(run))
        self._workspace.changed.connect(self.refresh)

    def open_beside(self, *, to_save: bool) -> None:
        """Open, the keys in the field for a new name or in the list."""
        self.refresh()
        self.show()
        self.raise_()
        self.activateWindow()
        target: QWidget = self.name if to_save or not self.list.count() else self.list
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self, *_: object) -> None:
        """The views as they are now."""
        chosen = self._current
        kept = chosen.id if chosen is not None else self._saved.shown.id if self._saved.shown is not None else ""
        self.list.blockSignals(True)
        self.list.clear()
        for place, view in enumerate(self._saved.all):
            item = QListWidgetItem(view.name)
            item.setData(_ID, view.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setSizeHint(QSize(100, _ROW))
            self.list.addItem(item)
            if view.id == kept:
                self.list.setCurrentRow(place)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._enable()

    @property
    def _current(self) -> View | None:
        item = self.list.currentItem()
        record = self._workspace.map.get(item.data(_ID)) if item is not None else None
        return record if isinstance(record, View) else None

    def _on_current(self, deed: object) -> None:
        view = self._current
        if view is not None and callable(deed):
            deed(view)

    def _save(self) -> None:
        if self.name.text().strip() and self._saved.save(self.name.text()):
            self.name.clear()
            self.refresh()
            self.list.setCurrentRow(self.list.count() - 1)

    def _renamed(self, item: QListWidgetItem) -> None:
        view = self._workspace.map.get(item.data(_ID))
        if isinstance(view, View):
            self._saved.rename(view, item.text())
        self.refresh()

    def _enable(self, *_: object) -> None:
        editable = not self._workspace.document.why_read_only
        there = self.list.currentItem() is not None
        self.name.setEnabled(editable)
        self.save.setEnabled(editable and bool(self.name.text().strip()))
        self.show_it.setEnabled(there)
        self.update_it.setEnabled(there and editable)
        self.remove_it.setEnabled(there and editable)


class _Names(QListWidget):
    """Enter shows the current view on every platform; elsewhere it might begin to edit its name."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None and not editing:
            self.itemActivated.emit(self.currentItem())
        else:
            super().keyPressEvent(event)
