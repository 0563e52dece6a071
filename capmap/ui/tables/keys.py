"""Keys: what the keys mean in a table, as in a spreadsheet; where a menu has the same key, the table goes first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_HELD = _CTRL | _SHIFT | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
Key = Qt.Key

_KEYS: dict[tuple[Qt.Key, Qt.KeyboardModifier], str] = {
    (Key.Key_C, _CTRL): "copy",
    (Key.Key_Insert, _CTRL): "copy",
    (Key.Key_C, _CTRL | _SHIFT): "copy headers",
    (Key.Key_X, _CTRL): "cut",
    (Key.Key_Delete, _SHIFT): "cut",
    (Key.Key_V, _CTRL): "paste",
    (Key.Key_Insert, _SHIFT): "paste",
    (Key.Key_D, _CTRL): "fill down",
    (Key.Key_R, _CTRL): "fill right",
    (Key.Key_Delete, _NONE): "clear",
    (Key.Key_Backspace, _NONE): "retype",
    (Key.Key_Minus, _CTRL): "remove rows",
    (Key.Key_A, _CTRL): "all",
    (Key.Key_Tab, _NONE): "next",
    (Key.Key_Backtab, _SHIFT): "previous",
    (Key.Key_Backtab, _NONE): "previous",
    (Key.Key_Tab, _SHIFT): "previous",
    (Key.Key_Return, _NONE): "down",
    (Key.Key_Enter, _NONE): "down",
    (Key.Key_Return, _SHIFT): "up",
    (Key.Key_Enter, _SHIFT): "up",
    (Key.Key_Space, _SHIFT): "rows",
    (Key.Key_Space, _CTRL): "columns",
    (Key.Key_Escape, _NONE): "leave",
    (Key.Key_Up, _CTRL): "to top",
    (Key.Key_Down, _CTRL): "to bottom",
    (Key.Key_Left, _CTRL): "to left",
    (Key.Key_Right, _CTRL): "to right",
    (Key.Key_Up, _CTRL | _SHIFT): "choose to top",
    (Key.Key_Down, _CTRL | _SHIFT): "choose to bottom",
    (Key.Key_Left, _CTRL | _SHIFT): "choose to left",
    (Key.Key_Right, _CTRL | _SHIFT): "choose to right",
}


def command_of(event: QKeyEvent) -> str:
    """What a key means in a table; empty for a key that means nothing of its own."""
    return _KEYS.get((Key(event.key()), event.modifiers() & _HELD), "")
