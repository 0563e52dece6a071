"""Pane: the tables of all kinds behind tabs, with a filter, the choice of columns, and room for them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from capmap.exchange.grid.columns import KINDS, class_label, noun
from capmap.model.shares import why_off
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.labels import plain_label
from capmap.ui.tables import kept
from capmap.ui.tables.columnmenu import ColumnMenu
from capmap.ui.tables.paint import sheet_of
from capmap.ui.tables.sharedoubts import giver_of
from capmap.ui.tables.sheets import Sheets
from capmap.ui.tables.tableview import TableView
from capmap.ui.workspace import Workspace

_TAB = "tables/tab"
_PAUSE_MS = 180
"""Rows are looked for when the typing pauses."""


class TablesPane(QWidget):
    """``told``, ``removed`` and ``lit`` are as for TableView. ``go_wanted`` carries a box to be shown on the map,
    ``fill_wanted`` and ``close_wanted`` are presses of the buttons at the right.
    """

    told = Signal(str, str, object)
    removed = Signal(str)
    lit = Signal(object)
    go_wanted = Signal(str)
    fill_wanted = Signal()
    close_wanted = Signal()
    view_made = Signal(object)
    balance_wanted = Signal(object)

    def __init__(self, workspace: Workspace, appearance: Appearance, settings: QSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._settings = settings
        self._workspace = workspace
        self.sheets = Sheets(workspace, self)
        self.views: dict[str, TableView] = {}
        self.menus: dict[str, ColumnMenu] = {}
        self._filters: dict[str, str] = {}
        self.setObjectName("tables")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._make_bar()
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self._stack, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._filter_now)
        self._look()
        appearance.changed.connect(self._look)
        workspace.changed.connect(self._count)
        workspace.opened.connect(self._another_map)
        kind = str(settings.value(_TAB, "service"))
        self.tabs.setCurrentIndex(KINDS.index(kind) if kind in KINDS else 1)
        self.tabs.currentChanged.connect(lambda _: self._show_kind())
        self._show_kind()

    def _make_bar(self) -> None:
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tabs.setAccessibleName("Tables")
        for kind in KINDS:
            self.tabs.addTab(class_label(kind))
        self.counts = plain_label("", self, "quiet")
        self.filter = _FilterField(self)
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("Filter the rows of this table")
        self.filter.setToolTip(
            "Rows with all these words. owner:lee looks in one column, provider:- for cells with nothing in them."
        )
        self.filter.setFixedWidth(170)
        self.filter.textChanged.connect(lambda _: self._pause.start())
        self.filter.left.connect(self.focus_table)
        self.columns_button = self._button("Columns", "Choose columns, or add one of your own")
        self.columns_button.clicked.connect(self._choose_columns)
        self.fill_button = self._button("Tables alone", "Give the tables all the room, or share it with the map")
        self.fill_button.clicked.connect(self.fill_wanted)
        self.close_button = self._button("Close the tables", "Close the tables (Ctrl+T)")
        self.close_button.clicked.connect(self.close_wanted)
        self._bar: QHBoxLayout = QHBoxLayout()
        self._bar.setContentsMargins(8, 4, 8, 4)
        self._bar.setSpacing(6)
        self._bar.addWidget(self.tabs, 1)
        self._bar.addWidget(self.counts)
        self._bar.addSpacing(6)
        for widget in (self.filter, self.columns_button, self.fill_button, self.close_button):
            self._bar.addWidget(widget)

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("quietButton", True)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _look(self) -> None:
        """The colours of light or dark."""
        self.setStyleSheet(sheet_of(self._appearance.look))
        for button, name in (
            (self.columns_button, "list-plus"),
            (self.fill_button, "maximize"),
            (self.close_button, "x"),
        ):
            icon: QIcon = self._appearance.icon(name)
            button.setIcon(icon)

    # -- which table ---------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """The kind whose table is shown."""
        return KINDS[max(self.tabs.currentIndex(), 0)]

    @property
    def view(self) -> TableView:
        """The table that is shown."""
        return self.views[self.kind]

    def show_kind(self, kind: str) -> None:
        """Show the table of a kind."""
        self.tabs.setCurrentIndex(KINDS.index(kind))

    def focus_table(self) -> None:
        """Let the keys go to the table."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_kind(self) -> None:
        self._pause.stop()
        for view in self.views.values():
            view.table.asleep = True
        kind = self.kind
        if kind not in self.views:
            self._make(kind)
        view = self.views[kind]
        self._stack.setCurrentWidget(view)
        self.filter.blockSignals(True)
        self.filter.setText(view.table.rows.filter)
        self.filter.blockSignals(False)
        if self.isVisible():
            view.table.wake()
        self._settings.setValue(_TAB, kind)
        self.lit.emit(None)
        self._count()

    def _make(self, kind: str) -> None:
        view = TableView(self.sheets, kind, self._appearance, self)
        menu = ColumnMenu(view)
        for teller in (view, menu):
            teller.told.connect(self.told)
            teller.removed.connect(self.removed)
        view.lit.connect(self.lit)
        view.menu_wanted.connect(lambda place, view=view: self._cell_menu(view).popup(place))
        view.table.columns_changed.connect(lambda view=view: kept.restore(view, self._settings))
        menu.changed.connect(lambda view=view: kept.keep(view, self._settings))
        for signal in (view.table.modelReset, view.table.layoutChanged, view.table.dataChanged):
            signal.connect(self._count)
        view.table.rowsInserted.connect(self._count)
        view.table.rowsRemoved.connect(self._count)
        self.views[kind], self.menus[kind] = view, menu
        self._stack.addWidget(view)
        kept.restore(view, self._settings)
        view.horizontalHeader().sectionResized.connect(lambda *_: self._keep_later(view))
        view.horizontalHeader().sectionMoved.connect(lambda *_: self._keep_later(view))
        self.view_made.emit(view)

    def _keep_later(self, view: TableView) -> None:
        if view.isVisible():
            kept.keep(view, self._settings)

    def wake(self) -> None:
        """The pane is shown."""
        self.view.table.wake()
        self._count()

    def sleep(self) -> None:
        """The pane is hidden: the tables need not follow the map."""
        self.view.table.asleep = True
        self.lit.emit(None)

    def _another_map(self) -> None:
        self.filter.clear()
        self._pause.stop()
        self._count()

    def _count(self, *_: Any) -> None:
        table = self.view.table
        words = noun(table.kind, len(table.ids))
        drafts = sum(1 for draft in table.drafts if not draft.is_empty)
        said = [f"{len(table.ids):,} found"] if table.rows.filter.strip() else []
        said += [f"{drafts:,} not complete"] if drafts else []
        self.counts.setText(", ".join(said))
        if not said or not table.rows.filter.strip():
            self.filter.setPlaceholderText(f"Filter {words}" if table.ids else "Filter")

    # -- filter and columns --------------------------------------------------------------------------

    def _filter_now(self) -> None:
        self.view.table.set_filter(self.filter.text())
        self._count()

    def _choose_columns(self) -> None:
        button = self.columns_button
        self.menus[self.kind].open_below(button.mapToGlobal(QPoint(0, button.height())))

    def _cell_menu(self, view: TableView) -> QMenu:
        """What can be done with the chosen cells."""
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for group in (
            (("Cut", "cut", "Ctrl+X"), ("Copy", "copy", "Ctrl+C"), ("Paste", "paste", "Ctrl+V")),
            (("Copy with the names of the columns", "copy headers", "Ctrl+Shift+C"),),
            (("Fill down", "fill down", "Ctrl+D"), ("Fill to the right", "fill right", "Ctrl+R")),
            (("Empty the cells", "clear", "Del"), ("Remove the rows", "remove rows", "Ctrl+-")),
        ):
            for label, command, key in group:
                action = menu.addAction(f"{label}\t{key}")
                action.triggered.connect(lambda _=False, command=command: view.do(command))
            menu.addSeparator()
        record = view.table.record_at(view.currentIndex().row())
        if record is not None and record.kind == "capability":
            menu.addAction("Show on the map").triggered.connect(lambda _=False, key=record.id: self.go_wanted.emit(key))
        chosen = (view.table.record_at(row) for row in view.chosen().rows)
        givers = {giver_of(there): None for there in chosen if there is not None}
        off = [key for key in givers if key is not None and why_off(self._workspace.map, key)]
        if off and not self._workspace.document.why_read_only:
            menu.addSeparator()
            menu.addAction("Balance shares").triggered.connect(lambda _=False: self.balance_wanted.emit(off))
        return menu


class _FilterField(QLineEdit):
    """``left`` says that somebody is done with it: Enter, Down or Esc; the first Esc empties it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Back to the rows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)
