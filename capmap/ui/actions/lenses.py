"""Lenses of a map's own in the View menu: look through one, make, edit, copy and remove them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capmap.ui.actions.action import Action, editable
from capmap.ui.lenses.lensing import LISTED

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow

_MENU = "Lens"


def _look_through(place: int) -> Action:
    def label(window: MainWindow) -> str:
        entry = window.lensing.at(place)
        return entry.title if entry is not None else f"Own lens {place + 1}"

    return Action(
        f"lens.own_{place + 1}",
        label,
        "View",
        lambda window: window.lensing.choose_at(place),
        enabled=lambda window: window.lensing.at(place) is not None,
        there=lambda window: window.lensing.at(place) is not None,
        checked=lambda window: window.lensing.is_shown(place),
        submenu=_MENU,
        part="own",
        group="picture",
        hint="Colour the map by this lens of your own",
    )


def _saved(window: MainWindow) -> bool:
    return editable(window) and window.lensing.saved is not None


def _edit_label(window: MainWindow) -> str:
    saved = window.lensing.saved
    return f"Edit “{saved.name}”" if saved is not None else "Edit a copy of this lens"


def _remove_label(window: MainWindow) -> str:
    saved = window.lensing.saved
    return f"Delete “{saved.name}”" if saved is not None else "Delete this lens"


LENS_ACTIONS = (
    *(_look_through(place) for place in range(LISTED)),
    Action(
        "lens.new",
        "New lens",
        "View",
        lambda window: window.lensing.new(),
        keys=("Ctrl+Alt+L",),
        enabled=editable,
        icon="palette",
        submenu=_MENU,
        part="edit",
        group="picture",
        more=True,
        hint="Colour the map by any field, gap, linked thing, cost or answer, on a scale of your own",
    ),
    Action(
        "lens.edit",
        _edit_label,
        "View",
        lambda window: window.lensing.edit(),
        keys=("Ctrl+Alt+Shift+L",),
        enabled=editable,
        icon="pencil",
        submenu=_MENU,
        part="edit",
        group="picture",
        more=True,
        hint="Change what it measures, its steps, colours and bars, while the map shows it",
    ),
    Action(
        "lens.rename",
        "Rename this lens",
        "View",
        lambda window: window.lensing.edit(name_first=True),
        enabled=_saved,
        there=_saved,
        submenu=_MENU,
        part="edit",
        group="picture",
        more=True,
    ),
    Action(
        "lens.duplicate",
        "Duplicate this lens",
        "View",
        lambda window: window.lensing.duplicate(),
        enabled=_saved,
        there=_saved,
        icon="copy-plus",
        submenu=_MENU,
        part="edit",
        group="picture",
        hint="Keep it once more under another name",
    ),
    Action(
        "lens.remove",
        _remove_label,
        "View",
        lambda window: window.lensing.remove(),
        enabled=_saved,
        there=_saved,
        submenu=_MENU,
        part="edit",
        group="picture",
        icon="trash-2",
        hint="Take it out of the map; undo brings it back",
    ),
)
