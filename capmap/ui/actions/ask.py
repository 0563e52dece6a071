"""The Ask menu: questions about the map, and how far what is lit reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capmap.ui.actions.action import Action, chosen, with_map

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow


def _lit(window: MainWindow) -> bool:
    return window.desk is not None and window.desk.spotlight.is_on


def _can_go_on(window: MainWindow) -> bool:
    return window.desk is not None and window.desk.spotlight.can_go_on


def _can_go_back(window: MainWindow) -> bool:
    return window.desk is not None and window.desk.spotlight.can_go_back


def _question(name: str, label: str, icon: str, hint: str) -> Action:
    return Action(
        f"ask.{name}",
        label,
        "Ask",
        lambda window: window.answering.begin(name),
        icon=icon,
        more=True,
        hint=hint,
    )


ASK_ACTIONS = (
    _question("impact", "Switch it off", "power", "What stops or degrades without a service, a provider or a unit"),
    _question("touches", "What it touches", "route", "What a project touches, directly and one step further"),
    _question("cost", "What it costs", "coins", "By capability, area, unit, provider or driver, or of one box"),
    _question("coverage", "What hangs on nothing", "unlink", "No service, no owner, no project, no use"),
    _question("overlap", "What is done twice", "copy", "Services, capabilities and units, and the money at stake"),
    _question("timeline", "What changes when", "calendar", "Live on a day, changing between two, used after its end"),
    Action(
        "ask.why",
        "Why this colour?",
        "Ask",
        lambda window: window.answering.why(),
        keys=("Ctrl+?",),
        enabled=chosen,
        icon="circle-question-mark",
        group="why",
        context=True,
        hint="What stands behind the colour of the selected box",
    ),
    Action(
        "ask.panel",
        "Answers",
        "Ask",
        lambda window: window.answering.toggle(),
        keys=("F8",),
        checked=lambda window: window.answering.is_open,
        enabled=with_map,
        icon="message-square",
        group="panel",
        hint="The panel beside the map in which questions are asked and answered",
    ),
    Action(
        "ask.further",
        "One step of reach more",
        "Ask",
        lambda window: window.map_desk.spotlight.step(1),
        keys=("F9",),
        enabled=_can_go_on,
        icon="plus",
        group="light",
        hint="Light what depends on what is lit, too",
    ),
    Action(
        "ask.nearer",
        "One step of reach less",
        "Ask",
        lambda window: window.map_desk.spotlight.step(-1),
        keys=("Shift+F9",),
        enabled=_can_go_back,
        icon="minus",
        group="light",
    ),
    Action(
        "ask.dark",
        "Light all boxes alike",
        "Ask",
        lambda window: window.map_desk.spotlight.end(),
        enabled=_lit,
        icon="x",
        group="light",
        hint="Give the map back; Esc on the map does so too",
    ),
)
