"""The Box menu: what is done to the boxes themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capmap.ui.actions.action import Action, chosen, chosen_editable, editable

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow


def _has_children(window: MainWindow) -> bool:
    """Whether there is something to sort: inside the selected box, or the areas of the map."""
    if not editable(window):
        return False
    shown = window.map_desk.workspace
    return shown.current is None or shown.map.has_children(shown.current)


def _is_reference(window: MainWindow) -> bool:
    if not chosen(window):
        return False
    shown = window.map_desk.workspace
    return shown.map.capability(shown.current).alias_of is not None


def _sort(field: str, label: str, *, descending: bool = False) -> Action:
    return Action(
        f"box.sort_{field}",
        f"By {label}",
        "Box",
        lambda window: window.map_desk.steering.sort_once(field, descending=descending),
        enabled=_has_children,
        group="sort",
        submenu="Sort the boxes inside",
    )


BOX_ACTIONS = (
    Action(
        "box.add_child",
        "Add a box inside",
        "Box",
        lambda window: window.map_desk.boxes.add_child(),
        keys=("Ins",),
        where="map",
        canvas_keys=("Tab",),
        enabled=editable,
        icon="corner-down-right",
        context=True,
    ),
    Action(
        "box.add_sibling",
        "Add a box after",
        "Box",
        lambda window: window.map_desk.boxes.add_sibling(),
        keys=("Return", "Enter"),
        where="map",
        enabled=editable,
        icon="plus",
        context=True,
    ),
    Action(
        "box.add_before",
        "Add a box before",
        "Box",
        lambda window: window.map_desk.boxes.add_sibling(before=True),
        keys=("Shift+Return",),
        where="map",
        enabled=chosen_editable,
    ),
    Action(
        "box.add_around",
        "Put a box around",
        "Box",
        lambda window: window.map_desk.boxes.group(),
        keys=("Ctrl+G", "Ctrl+Return"),
        where="map",
        enabled=chosen_editable,
        icon="layers",
        context=True,
        hint="The selected boxes go into a new one",
    ),
    Action(
        "box.rename",
        "Rename",
        "Box",
        lambda window: window.map_desk.boxes.rename(),
        keys=("F2",),
        where="map",
        enabled=chosen_editable,
        icon="pencil",
        group="name",
        context=True,
    ),
    Action(
        "box.properties",
        "Scores and details",
        "Box",
        lambda window: window.map_desk.show_inspector(),
        keys=("F4",),
        enabled=chosen,
        icon="panel-right",
        group="name",
        context=True,
    ),
    Action(
        "box.earlier",
        "Move before the previous box",
        "Box",
        lambda window: window.map_desk.boxes.shift(-1),
        keys=("Alt+Up",),
        where="map",
        enabled=chosen_editable,
        icon="arrow-up",
        group="move",
    ),
    Action(
        "box.later",
        "Move behind the next box",
        "Box",
        lambda window: window.map_desk.boxes.shift(1),
        keys=("Alt+Down",),
        where="map",
        enabled=chosen_editable,
        icon="arrow-down",
        group="move",
    ),
    Action(
        "box.promote",
        "Move out of its box",
        "Box",
        lambda window: window.map_desk.boxes.promote(),
        keys=("Alt+Left", "Alt+Shift+Left"),
        where="map",
        outline_keys=("Shift+Tab",),
        enabled=chosen_editable,
        icon="corner-left-up",
        group="move",
        context=True,
    ),
    Action(
        "box.demote",
        "Move into the box before it",
        "Box",
        lambda window: window.map_desk.boxes.demote(),
        keys=("Alt+Right", "Alt+Shift+Right"),
        where="map",
        outline_keys=("Tab",),
        enabled=chosen_editable,
        icon="corner-down-right",
        group="move",
        context=True,
    ),
    _sort("name", "name"),
    _sort("code", "code"),
    _sort("importance", "importance, highest first", descending=True),
    _sort("maturity", "maturity, lowest first"),
    Action(
        "box.original",
        "Go to the box itself",
        "Box",
        lambda window: window.map_desk.go_to_original(),
        enabled=_is_reference,
        icon="external-link",
        group="reference",
        context=True,
        hint="From a reference to the capability that it shows",
    ),
)
