"""The Help menu."""

from __future__ import annotations

from capmap.ui.actions.action import Action, always

HELP_ACTIONS = (
    Action(
        "help.shortcuts",
        "Keyboard shortcuts",
        "Help",
        lambda window: window.beside.show_shortcuts(),
        keys=("Ctrl+/", "F1"),
        enabled=always,
        icon="keyboard",
    ),
    Action(
        "help.log",
        "Show the log in its folder",
        "Help",
        lambda window: window.beside.reveal_log(),
        enabled=always,
        icon="file-text",
        hint="What CapMap noted for those who help you; it holds no names from your maps",
    ),
    Action(
        "help.about",
        "About CapMap",
        "Help",
        lambda window: window.beside.show_about(),
        enabled=always,
        icon="info",
        group="about",
        more=True,
    ),
)
