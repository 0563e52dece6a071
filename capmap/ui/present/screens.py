"""Screens: which screen a room looks at, and what each is called."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QScreen


def name_of(screen: QScreen, place: int) -> str:
    """A screen as people know it: its number, what it is called, how large it is."""
    size = screen.geometry().size() * screen.devicePixelRatio()
    called = " ".join(part for part in (screen.manufacturer(), screen.model()) if part) or screen.name()
    return f"Screen {place}: {called}, {size.width()} × {size.height()}"


def wanted_screen(screens: Sequence[QScreen], window: QScreen, chosen: str) -> QScreen:
    """The screen called ``chosen`` if it is there; else one that the window is not on, which is the room's as a rule;
    else the only one there is.
    """
    named = [screen for screen in screens if screen.name() == chosen]
    others = [screen for screen in screens if screen is not window]
    return next(iter((*named, *others)), window)
