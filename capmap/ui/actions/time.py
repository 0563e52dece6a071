"""Time in the View menu: another day, what changes between two; and its pictures in the File menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capmap.ui.actions.action import Action

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow


def _elsewhere(window: MainWindow) -> bool:
    return window.desk is not None and window.desk.time.shows_another_day


TIME_ACTIONS = (
    Action(
        "time.strip",
        "Time slider",
        "View",
        lambda window: window.map_desk.time.toggle(),
        keys=("Ctrl+Shift+D",),
        checked=lambda window: window.desk is not None and window.desk.time.is_open,
        icon="calendar-clock",
        submenu="Time",
        group="time",
        hint="The map on another day: what is used and runs then",
    ),
    Action(
        "time.compare",
        "Only what changes between two days",
        "View",
        lambda window: window.map_desk.time.compare(),
        checked=lambda window: window.desk is not None and window.desk.time.compares,
        icon="git-compare",
        submenu="Time",
        group="time",
        hint="Light the boxes to which a service or project comes, or from which one goes",
    ),
    Action(
        "time.next",
        "Next change",
        "View",
        lambda window: window.map_desk.time.go_to_change(1),
        icon="chevron-right",
        submenu="Time",
        group="time",
    ),
    Action(
        "time.previous",
        "Change before",
        "View",
        lambda window: window.map_desk.time.go_to_change(-1),
        icon="chevron-left",
        submenu="Time",
        group="time",
    ),
    Action(
        "time.play",
        "Let the quarters go by",
        "View",
        lambda window: window.map_desk.time.walk(),
        checked=lambda window: window.desk is not None and window.desk.time.walks,
        icon="play",
        submenu="Time",
        group="time",
    ),
    Action(
        "time.today",
        "Back to today",
        "View",
        lambda window: window.map_desk.time.timing.go_to_today(),
        enabled=_elsewhere,
        icon="calendar",
        submenu="Time",
        group="time",
    ),
)

TIME_PICTURES = (
    Action(
        "time.roadmap",
        "Roadmap",
        "File",
        lambda window: window.time_pictures.ask("roadmap"),
        icon="calendar-clock",
        group="exchange",
        more=True,
        hint="Lifecycles of services and projects over the quarters, by area, as PDF, PowerPoint, SVG or PNG",
    ),
    Action(
        "time.flip_book",
        "Flip-book",
        "File",
        lambda window: window.time_pictures.ask("flip-book"),
        icon="layers",
        group="exchange",
        more=True,
        hint="The map quarter after quarter, a page each, with what has changed",
    ),
)
