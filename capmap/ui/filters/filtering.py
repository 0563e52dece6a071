"""Filtering: what the window does with filters: the panel, the switch between dimmed and hidden, the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from capmap.model.filters import NO_FILTER, Filter
from capmap.ui.filters.panel import FilterPanel

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow


class Filtering(QObject):
    """The filter panel of a window is made when it is first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._panel: FilterPanel | None = None

    @property
    def panel(self) -> FilterPanel:
        """The panel in which the conditions are edited."""
        if self._panel is None:
            self._panel = FilterPanel(self._window.appearance, self._window)
            self._panel.closed.connect(self._window.focus_map)
            self._panel.watch(self._window.map_desk.workspace)
        return self._panel

    def watch(self) -> None:
        """Another desk stands in the window, or none."""
        desk = self._window.desk
        if self._panel is not None:
            self._panel.watch(desk.workspace if desk is not None else None)
        if desk is not None:
            desk.filter_strip.edit_wanted.connect(self.open)

    def open(self) -> None:
        """Edit the filter, below its button, or below the bar where that has no room for one."""
        header = self._window.header
        self.panel.open_below(header.filter if header.filter.isVisible() else header)

    def toggle(self) -> None:
        """Open the panel, or close it."""
        if self._panel is not None and self._panel.isVisible():
            self._panel.close_panel()
        else:
            self.open()

    def set(self, wanted: Filter, *, hides: bool | None = None) -> None:
        """Set a filter that was made elsewhere, such as by typing."""
        self._window.map_desk.workspace.set_filter(wanted, hides=hides)

    def clear(self) -> None:
        """Show all boxes alike again."""
        self.set(NO_FILTER)

    def toggle_hiding(self) -> None:
        """Hide the boxes that do not match, or show them dimmed."""
        workspace = self._window.map_desk.workspace
        workspace.set_filter(workspace.filter, hides=not workspace.hides)
