"""What puts the map on the screen of a room, in the View menu."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from capmap.ui.actions.action import Action, with_map

PRESENT_ACTIONS = (
    Action(
        "present.start",
        "Present",
        "View",
        lambda window: window.beside.present(),
        keys=("F5",),
        icon="presentation",
        group="present",
        hint="The current branch full screen, to be scored by keyboard; ? shows the keys there",
    ),
    Action(
        "present.other",
        "Present on the next screen",
        "View",
        lambda window: window.beside.present_on_next(),
        keys=("Shift+F5",),
        enabled=lambda window: with_map(window) and len(QGuiApplication.screens()) > 1,
        group="present",
        hint="Where the room's screen is another one than CapMap thinks",
    ),
)
