"""Saved views in the View menu: ways of looking at the map that are kept in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capmap.ui.actions.action import Action, editable
from capmap.ui.views.savedviews import WITH_KEYS

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow

_MENU = "Saved views"


def _has_shown(window: MainWindow) -> bool:
    return editable(window) and window.views.shown is not None


def _update_label(window: MainWindow) -> str:
    view = window.views.shown
    return f"Update “{view.name}”" if view is not None else "Update the view"


def _show(place: int) -> Action:
    def label(window: MainWindow) -> str:
        view = window.views.at(place)
        return view.name if view is not None else f"View {place + 1}"

    return Action(
        f"views.show_{place + 1}",
        label,
        "View",
        lambda window: window.views.show_at(place),
        keys=(f"Alt+Shift+{place + 1}",),
        enabled=lambda window: window.views.at(place) is not None,
        there=lambda window: window.views.at(place) is not None,
        icon="bookmark",
        submenu=_MENU,
        group="filter",
        hint="Look at the map as this view keeps it",
    )


VIEWS_ACTIONS = (
    Action(
        "views.save",
        "Save what you see",
        "View",
        lambda window: window.views.open_list(to_save=True),
        keys=("Alt+Shift+0",),
        enabled=editable,
        icon="bookmark",
        submenu=_MENU,
        group="filter",
        more=True,
        hint="Keep branch, levels, folded boxes, colours, filter and zoom in the map, under a name",
    ),
    Action(
        "views.update",
        _update_label,
        "View",
        lambda window: window.views.update_shown(),
        enabled=_has_shown,
        submenu=_MENU,
        group="filter",
        hint="Let the view that you looked at last keep what you see now",
    ),
    Action(
        "views.list",
        "All saved views",
        "View",
        lambda window: window.views.open_list(),
        icon="list-tree",
        submenu=_MENU,
        group="filter",
        more=True,
        hint="Show, rename, order, update, remove",
    ),
    *(_show(place) for place in range(WITH_KEYS)),
)
