"""MapAndTables: the map above, the tables below when they are open, and the room that each of them takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from capmap.ui.parts.appearance import Appearance
from capmap.ui.workspace import Workspace

if TYPE_CHECKING:
    from capmap.ui.tables.pane import TablesPane
    from capmap.ui.tables.tableview import TableView

_OPEN, _SPLIT = "tables/open", "tables/split"
_LEAST = 150


class MapAndTables(QSplitter):
    """The tables are made when they are first opened. The signals are theirs; ``view_made`` carries a table that is
    shown for the first time, ``balance_wanted`` ids of what has shares that are off.
    """

    told = Signal(str, str, object)
    removed = Signal(str)
    lit = Signal(object)
    go_wanted = Signal(str)
    map_wanted = Signal()
    view_made = Signal(object)
    balance_wanted = Signal(object)

    def __init__(
        self, above: QWidget, workspace: Workspace, appearance: Appearance, settings: QSettings, parent: QWidget
    ) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._above = above
        self._workspace = workspace
        self._appearance = appearance
        self._settings = settings
        self.pane: TablesPane | None = None
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        above.setMinimumHeight(120)
        self.addWidget(above)

    @property
    def is_open(self) -> bool:
        """Whether the tables are open."""
        return self.pane is not None and not self.pane.isHidden()

    @property
    def in_use(self) -> TableView | None:
        """The table that the keys go to, if they do."""
        if self.pane is None or self.pane.isHidden():
            return None
        view, focus = self.pane.view, QApplication.focusWidget()
        return view if focus is not None and (focus is view or view.isAncestorOf(focus)) else None

    def open(self, kind: str = "") -> TablesPane:
        """Open the tables, at that of a kind if one is named, and let the keys go there."""
        pane = self._made()
        if pane.isHidden():
            pane.show()
            pane.wake()
        if kind:
            pane.show_kind(kind)
        pane.focus_table()
        return pane

    def close_tables(self) -> None:
        """Close the tables; the keys go to the map."""
        if self.pane is None:
            return
        self._keep_split()
        self._above.show()
        self.pane.hide()
        self.pane.sleep()
        self.map_wanted.emit()

    def toggle(self) -> None:
        """Open the tables; let the keys go there; close them."""
        if not self.is_open or self.in_use is None:
            self.open()
        else:
            self.close_tables()

    def toggle_alone(self) -> None:
        """Give the tables all the room, or share it with the map again."""
        self.open()
        self._above.setVisible(self._above.isHidden())

    @property
    def alone(self) -> bool:
        """Whether the tables have all the room."""
        return self.is_open and self._above.isHidden()

    def restore(self) -> None:
        """Open the tables if they were open last."""
        if bool(self._settings.value(_OPEN, False, bool)):
            pane = self._made()
            pane.show()
            pane.wake()

    def keep(self) -> None:
        """Remember whether the tables are open, and how much room they take."""
        self._settings.setValue(_OPEN, self.is_open)
        self._keep_split()

    def _keep_split(self) -> None:
        if self.is_open and not self._above.isHidden():
            self._settings.setValue(_SPLIT, self.saveState())

    def _made(self) -> TablesPane:
        if self.pane is not None:
            return self.pane
        from capmap.ui.tables.pane import TablesPane

        pane = TablesPane(self._workspace, self._appearance, self._settings, self)
        pane.setMinimumHeight(_LEAST)
        pane.hide()
        self.addWidget(pane)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        state = self._settings.value(_SPLIT)
        if not (isinstance(state, QByteArray) and self.restoreState(state)):
            self.setSizes([600, 320])
        self.setOrientation(Qt.Orientation.Vertical)
        for signal, mine in (
            (pane.told, self.told),
            (pane.removed, self.removed),
            (pane.lit, self.lit),
            (pane.go_wanted, self.go_wanted),
            (pane.balance_wanted, self.balance_wanted),
        ):
            signal.connect(mine)
        pane.fill_wanted.connect(self.toggle_alone)
        pane.close_wanted.connect(self.close_tables)
        self.pane = pane
        for view in pane.views.values():
            self.view_made.emit(view)
        pane.view_made.connect(self.view_made)
        return pane
