"""The tables: opening them, and what is done with their cells and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capmap.exchange.grid.columns import KINDS, class_label
from capmap.ui.actions.action import Action, with_map
from capmap.ui.actions.intable import in_table, uses_table

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow


def _is_shown(kind: str, window: MainWindow) -> bool:
    if window.desk is None or not window.desk.tables.is_open:
        return False
    pane = window.desk.tables.pane
    return pane is not None and pane.kind == kind


def _table(kind: str) -> Action:
    return Action(
        f"table.{kind}",
        class_label(kind),
        "View",
        lambda window: window.map_desk.tables.open(kind),
        checked=lambda window: _is_shown(kind, window),
        submenu="Table of",
        group="tables",
        hint="Rows that edit like a spreadsheet, below the map",
    )


def _in_cells(name: str, label: str, command: str, icon: str, hint: str) -> Action:
    return Action(
        f"table.{name}",
        label,
        "Edit",
        in_table(command, lambda window: None),
        enabled=uses_table,
        icon=icon,
        group="table",
        submenu="In the table",
        hint=hint,
    )


def _add_column(window: MainWindow) -> None:
    tables = window.map_desk.tables
    pane = tables.pane if tables.is_open and tables.pane is not None else tables.open()
    pane.menus[pane.kind].ask_new()


TABLE_ACTIONS = (
    Action(
        "view.tables",
        "Tables",
        "View",
        lambda window: window.map_desk.tables.toggle(),
        keys=("F7",),
        checked=lambda window: window.desk is not None and window.desk.tables.is_open,
        icon="table-2",
        group="tables",
        hint="Capabilities, services, projects and all else in rows, below the map; from the map the key goes there",
    ),
    Action(
        "view.tables_alone",
        "Tables alone",
        "View",
        lambda window: window.map_desk.tables.toggle_alone(),
        keys=("Shift+F7",),
        checked=lambda window: window.desk is not None and window.desk.tables.alone,
        group="tables",
        hint="Give the tables all the room, or share it with the map again",
    ),
    *(_table(kind) for kind in KINDS),
    _in_cells("fill_down", "Fill down", "fill down", "arrow-down", "The first chosen cell into those below; Ctrl+D"),
    _in_cells(
        "fill_right", "Fill to the right", "fill right", "arrow-right", "The first chosen cell into the others; Ctrl+R"
    ),
    _in_cells("remove_rows", "Remove the rows", "remove rows", "trash-2", "The records of the chosen rows; Ctrl+-"),
    _in_cells(
        "copy_with_names",
        "Copy with the names of the columns",
        "copy headers",
        "copy",
        "For another program; Ctrl+Shift+C",
    ),
    Action(
        "table.add_column",
        "Add a column of your own",
        "Edit",
        _add_column,
        enabled=with_map,
        icon="list-plus",
        group="table",
        submenu="In the table",
        more=True,
        hint="Text, number, choice, date or money, for every record of the kind whose table is shown",
    ),
)
