"""Filters and the minimap in the View menu: which boxes stand out or stay in sight, and where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capmap.ui.actions.action import Action

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow


def _filtered(window: MainWindow) -> bool:
    return window.desk is not None and bool(window.desk.workspace.filter)


FILTER_ACTIONS = (
    Action(
        "filter.edit",
        "Set conditions",
        "View",
        lambda window: window.filtering.toggle(),
        keys=("Ctrl+Shift+F",),
        icon="funnel",
        submenu="Filter",
        group="filter",
        more=True,
        hint="Dim or hide all boxes but those with these scores, owners, tags, services",
    ),
    Action(
        "filter.hide",
        "Hide what does not match",
        "View",
        lambda window: window.filtering.toggle_hiding(),
        enabled=_filtered,
        checked=lambda window: window.desk is not None and window.desk.workspace.hides,
        submenu="Filter",
        group="filter",
        hint="Leave the other boxes out; else they are shown faintly",
    ),
    Action(
        "filter.clear",
        "Clear it",
        "View",
        lambda window: window.filtering.clear(),
        keys=("Ctrl+Alt+F",),
        enabled=_filtered,
        icon="eye",
        submenu="Filter",
        group="filter",
    ),
    Action(
        "view.minimap",
        "Minimap",
        "View",
        lambda window: window.map_desk.minimap.set_wanted(not window.map_desk.minimap.wanted),
        checked=lambda window: window.desk is not None and window.desk.minimap.wanted,
        icon="scan",
        group="filter",
        hint="The whole map small in a corner, while part of it is out of sight",
    ),
)
