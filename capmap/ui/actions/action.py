"""Action: one thing that can be done in the window, as data, and what it may need before it can be done."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow

Where = Literal["window", "map"]
"""Where the keys of an action work: everywhere, or where the focus is on the boxes, on the canvas or in the outline."""


def always(_: MainWindow) -> bool:
    """What can be done at any time."""
    return True


def with_map(window: MainWindow) -> bool:
    """What needs an open map."""
    return window.desk is not None


def editable(window: MainWindow) -> bool:
    """What needs a map that may be edited."""
    return window.desk is not None and not window.desk.workspace.document.why_read_only


def chosen(window: MainWindow) -> bool:
    """What needs a selected box."""
    return window.desk is not None and window.desk.workspace.current is not None


def chosen_editable(window: MainWindow) -> bool:
    """What edits a selected box."""
    return chosen(window) and editable(window)


@dataclasses.dataclass(frozen=True, slots=True)
class Action:
    """One thing to do.

    ``label`` may follow the state of the window. ``keys`` work where ``where`` says, ``canvas_keys`` and
    ``outline_keys`` on that part alone; the first of all is the one that is shown. ``group`` parts a menu by lines;
    ``submenu`` puts the action one step deeper; ``part`` parts the menu of a button by lines. ``there`` says whether
    menus and the palette list it at all. ``checked`` makes it a switch. ``context`` puts it into the menu of a box.
    ``more`` says that a question follows, which the label shows by dots.
    """

    name: str
    label: str | Callable[[MainWindow], str]
    menu: str
    run: Callable[[MainWindow], object]
    keys: tuple[str, ...] = ()
    where: Where = "window"
    canvas_keys: tuple[str, ...] = ()
    outline_keys: tuple[str, ...] = ()
    enabled: Callable[[MainWindow], bool] = with_map
    there: Callable[[MainWindow], bool] = always
    checked: Callable[[MainWindow], bool] | None = None
    icon: str = ""
    group: str = ""
    submenu: str = ""
    part: str = ""
    context: bool = False
    more: bool = False
    hint: str = ""

    def text(self, window: MainWindow) -> str:
        """The label as it reads now."""
        label = self.label(window) if callable(self.label) else self.label
        return f"{label}…" if self.more else label

    @property
    def shown_key(self) -> str:
        """The key that menus and the palette name; empty for none."""
        return next(iter((*self.canvas_keys, *self.keys, *self.outline_keys)), "")
