"""The Edit menu: undo, the clipboard, finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capmap.ui.actions.action import Action, always, chosen, chosen_editable, editable, with_map
from capmap.ui.actions.intable import in_table, in_table_or

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow


def _undo_label(window: MainWindow) -> str:
    text = window.desk.tidying.undo_text or window.desk.workspace.document.undo_text if window.desk else None
    return f"Undo: {text}" if text else "Undo"


def _redo_label(window: MainWindow) -> str:
    text = window.desk.tidying.redo_text or window.desk.workspace.document.redo_text if window.desk else None
    return f"Redo: {text}" if text else "Redo"


def _can_undo(window: MainWindow) -> bool:
    if window.desk is not None and window.desk.tidying.undo_text is not None:
        return True
    return editable(window) and window.map_desk.workspace.document.undo_text is not None


def _can_redo(window: MainWindow) -> bool:
    if window.desk is not None and window.desk.tidying.redo_text is not None:
        return True
    return editable(window) and window.map_desk.workspace.document.redo_text is not None


EDIT_ACTIONS = (
    Action(
        "edit.undo",
        _undo_label,
        "Edit",
        lambda window: window.attempt(window.map_desk.undo),
        keys=("Ctrl+Z",),
        enabled=_can_undo,
        icon="undo-2",
    ),
    Action(
        "edit.redo",
        _redo_label,
        "Edit",
        lambda window: window.attempt(window.map_desk.redo),
        keys=("Ctrl+Y", "Ctrl+Shift+Z"),
        enabled=_can_redo,
        icon="redo-2",
    ),
    Action(
        "edit.history",
        "History",
        "Edit",
        lambda window: window.beside.show_history(),
        keys=("Ctrl+Shift+H",),
        icon="history",
        more=True,
        hint="Every step of this map; go back to any of them",
    ),
    Action(
        "edit.cut",
        "Cut",
        "Edit",
        in_table("cut", lambda window: window.map_desk.clipboard.cut()),
        keys=("Ctrl+X", "Shift+Del"),
        enabled=in_table_or(chosen_editable),
        icon="scissors",
        group="clipboard",
        context=True,
    ),
    Action(
        "edit.copy",
        "Copy",
        "Edit",
        in_table("copy", lambda window: window.map_desk.clipboard.copy()),
        keys=("Ctrl+C", "Ctrl+Ins"),
        enabled=in_table_or(chosen),
        icon="copy",
        group="clipboard",
        context=True,
        hint="As boxes for CapMap, as text and as cells for other programs",
    ),
    Action(
        "edit.paste",
        "Paste",
        "Edit",
        in_table("paste", lambda window: window.paste()),
        keys=("Ctrl+V", "Shift+Ins"),
        enabled=lambda window: window.desk is None or editable(window),
        icon="clipboard-paste",
        group="clipboard",
        context=True,
        hint="Boxes, an outline, or cells from a spreadsheet, into the selected box",
    ),
    Action(
        "edit.paste_preview",
        "Paste with a preview",
        "Edit",
        lambda window: window.map_desk.clipboard.paste(preview=True),
        keys=("Ctrl+Shift+V",),
        enabled=editable,
        group="clipboard",
        more=True,
    ),
    Action(
        "edit.paste_reference",
        "Paste as reference",
        "Edit",
        lambda window: window.map_desk.clipboard.paste_references(),
        keys=("Ctrl+Alt+V",),
        enabled=lambda window: editable(window) and window.map_desk.clipboard.can_refer,
        icon="corner-down-right",
        group="clipboard",
        hint="Show the copied boxes a second time here; they count once",
    ),
    Action(
        "edit.duplicate",
        "Duplicate",
        "Edit",
        lambda window: window.map_desk.boxes.duplicate(),
        keys=("Ctrl+D",),
        enabled=chosen_editable,
        icon="copy-plus",
        group="boxes",
        context=True,
    ),
    Action(
        "edit.delete",
        "Remove",
        "Edit",
        in_table("clear", lambda window: window.map_desk.boxes.remove()),
        keys=("Del", "Backspace"),
        where="map",
        enabled=in_table_or(chosen_editable),
        icon="trash-2",
        group="boxes",
        context=True,
    ),
    Action(
        "edit.select_all",
        "Select all",
        "Edit",
        in_table("all", lambda window: window.map_desk.canvas.select_all()),
        keys=("Ctrl+A",),
        group="boxes",
        hint="All boxes beside the selected one; again for all on the map",
    ),
    Action(
        "edit.find",
        "Find",
        "Edit",
        lambda window: window.find_field.begin_find(),
        keys=("Ctrl+F",),
        enabled=with_map,
        icon="search",
        group="find",
        more=True,
        hint="Lights the boxes with these words; a number such as 4.2 goes there",
    ),
    Action(
        "edit.find_next",
        "Find next",
        "Edit",
        lambda window: window.find_field.go_on(1),
        keys=("F3",),
        group="find",
    ),
    Action(
        "edit.find_previous",
        "Find previous",
        "Edit",
        lambda window: window.find_field.go_on(-1),
        keys=("Shift+F3",),
        group="find",
    ),
    Action(
        "edit.palette",
        "Find or run anything",
        "Edit",
        lambda window: window.find_field.begin_run(),
        keys=("Ctrl+K", "Ctrl+Shift+P"),
        enabled=always,
        icon="command",
        group="find",
        more=True,
    ),
)
