"""The page of all keys, made of the table of actions: python docs/shortcuts.py rewrites docs/shortcuts.md."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))

from capmap.ui.actions.action import Action  # noqa: E402 (found beside this folder, installed or not)
from capmap.ui.actions.shortcuts import MOUSE_AND_MORE  # noqa: E402
from capmap.ui.actions.table import ACTIONS, MENUS  # noqa: E402

TARGET = DOCS / "shortcuts.md"

_NAMES = {"Return": "Enter", "Ins": "Insert", "Del": "Delete"}
"""What stands on the keys."""

_HEAD = """\
# Keys and commands

All that can be done in the window, menu by menu, with its keys. The window shows the same list: press F1. On a Mac,
read Cmd for Ctrl and Option for Alt.

Whatever has no key of its own is found by name: press Ctrl+K and type a part of it.

This page is made from the program by `python docs/shortcuts.py`.
"""


def page() -> str:
    """The page as Markdown."""
    parts = [_HEAD, *(_section(menu, [action for action in ACTIONS if action.menu == menu]) for menu in MENUS)]
    gestures = "\n".join(f"| {keys} | {what} |" for keys, what in MOUSE_AND_MORE)
    parts.append(f"## On the map\n\n| keys or mouse | what happens |\n|---|---|\n{gestures}\n")
    return "\n".join(parts)


def _section(menu: str, actions: list[Action]) -> str:
    rows = "\n".join(_row(action) for action in actions)
    return f"## {menu}\n\n| command | keys | what it does |\n|---|---|---|\n{rows}\n"


def _row(action: Action) -> str:
    label = action.label if isinstance(action.label, str) else action.name.partition(".")[2].capitalize()
    label = f"{action.submenu}: {label}" if action.submenu else label
    cells = (label, ", ".join(dict.fromkeys(_keys(action))), action.hint)
    return f"|{'|'.join(f' {cell} ' if cell else ' ' for cell in cells)}|"


def _keys(action: Action) -> Iterator[str]:
    yield from (f"{_named(key)} on the map" for key in action.canvas_keys)
    yield from (_named(key) for key in action.keys)
    yield from (f"{_named(key)} in the outline" for key in action.outline_keys)


def _named(key: str) -> str:
    """Ctrl+Return is Ctrl+Enter; the key + itself stays."""
    *held, last = key.split("+") if not key.endswith("++") else [*key[:-2].split("+"), "+"]
    return "+".join([*held, _NAMES.get(last, last)])


if __name__ == "__main__":
    TARGET.write_text(page(), "utf-8")
