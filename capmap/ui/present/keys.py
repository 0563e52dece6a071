"""Keys: what each key of the present mode does; its sheet and its events read the same table."""

from __future__ import annotations

import dataclasses
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

Verb = Literal[
    "next", "previous", "up", "down", "first", "last", "in", "out",
    "digit", "clear", "point", "go to", "ask", "ask other", "undo", "redo", "advance",
    "larger", "smaller", "fit", "more", "fewer", "lens", "lens before", "look", "blank", "keys", "leave",
]  # fmt: skip

Key = Qt.Key
Held = Qt.KeyboardModifier


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet: the keys as they are written, and what they do."""

    keys: str
    words: str


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """Some lines of the sheet under one heading."""

    title: str
    lines: tuple[Line, ...]


SHEET: tuple[Group, ...] = (
    Group(
        "Go",
        (
            Line("← →", "next box, then next branch"),
            Line("↑ ↓", "to the box above or below"),
            Line("Home  End", "first and last box"),
            Line("Enter", "into the branch"),
            Line("Backspace", "out of it"),
            Line("4.2 Enter", "to a number; G shows them"),
        ),
    ),
    Group(
        "Score",
        (
            Line("1 – 5", "score the box"),
            Line("0  Del", "not assessed"),
            Line("Z", "undo; Shift+Z does it again"),
            Line("A", "go on after a score"),
            Line("L", "ask by the next lens"),
            Line("Tab", "now or target"),
        ),
    ),
    Group(
        "Show",
        (
            Line("+ –", "larger and smaller type"),
            Line("F", "the whole branch again"),
            Line("< >", "fewer or more levels"),
            Line("D", "dark or light"),
            Line("B", "blank the screen"),
            Line("? Esc", "these keys; leave"),
        ),
    ),
)

BY_KEY: dict[int, Verb] = {
    Key.Key_Right: "next",
    Key.Key_Left: "previous",
    # Clickers for slides send these two.
    Key.Key_PageDown: "next",
    Key.Key_PageUp: "previous",
    Key.Key_Space: "next",
    Key.Key_Up: "up",
    Key.Key_Down: "down",
    Key.Key_Home: "first",
    Key.Key_End: "last",
    Key.Key_Return: "in",
    Key.Key_Enter: "in",
    Key.Key_Backspace: "out",
    Key.Key_Delete: "clear",
    Key.Key_Tab: "ask other",
    Key.Key_Backtab: "ask other",
    Key.Key_Escape: "leave",
    Key.Key_F1: "keys",
    Key.Key_A: "advance",
    Key.Key_B: "blank",
    Key.Key_D: "look",
    Key.Key_F: "fit",
    Key.Key_G: "go to",
    Key.Key_H: "keys",
    Key.Key_L: "lens",
    Key.Key_Z: "undo",
    Key.Key_M: "ask",
    Key.Key_T: "ask",
    Key.Key_C: "ask",
    Key.Key_E: "ask",
}
"""What keys do that are the same in every country."""

_SHIFTED: dict[int, Verb] = {Key.Key_Z: "redo", Key.Key_L: "lens before"}
_WITH_CTRL: dict[int, Verb] = {Key.Key_Z: "undo", Key.Key_Y: "redo"}
_BY_TEXT: dict[str, Verb] = {
    "0": "clear",
    ".": "point",
    ",": "point",
    "+": "larger",
    "=": "larger",
    "-": "smaller",
    "<": "fewer",
    ">": "more",
    "?": "keys",
    "#": "go to",
}
"""Signs stand on other keys in other countries: what counts is what is typed."""

_ONCE: tuple[Verb, ...] = ("digit", "clear", "undo", "redo", "blank", "look", "advance", "ask other", "leave", "lens")
"""A key that is held down does these one time only."""


def verb_of(event: QKeyEvent) -> Verb | None:
    """What a key does; None for nothing."""
    held = event.modifiers() & ~(Held.KeypadModifier | Held.GroupSwitchModifier)
    key, text = event.key(), event.text()
    verb: Verb | None
    if held & Held.ControlModifier:
        shifted = bool(held & Held.ShiftModifier)
        verb = "redo" if shifted and key == Key.Key_Z else _WITH_CTRL.get(key)
    elif held & (Held.AltModifier | Held.MetaModifier):
        verb = None
    elif text in "123456789" and text:
        verb = "digit"
    elif text in _BY_TEXT and key != Key.Key_Delete:
        verb = _BY_TEXT[text]
    elif held & Held.ShiftModifier and key in _SHIFTED:
        verb = _SHIFTED[key]
    else:
        verb = BY_KEY.get(key)
    return None if event.isAutoRepeat() and verb in _ONCE else verb
