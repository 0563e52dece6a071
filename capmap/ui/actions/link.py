"""Linking: boxes to services, projects and the like, and the shares that these links take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capmap.ui.actions.action import Action, editable

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow


def _can_link(window: MainWindow) -> bool:
    return editable(window) and bool(window.map_desk.linking.subjects())


def _can_balance(window: MainWindow) -> bool:
    return editable(window) and window.map_desk.linking.can_balance()


LINK_ACTIONS = (
    Action(
        "box.link",
        "Link to",
        "Box",
        lambda window: window.map_desk.linking.ask(),
        keys=("Ctrl+L",),
        enabled=_can_link,
        icon="link",
        group="link",
        context=True,
        more=True,
        hint="A service, project, objective, unit or demand; in a table, what the chosen rows can be linked to",
    ),
    Action(
        "box.balance_shares",
        "Balance shares",
        "Box",
        lambda window: window.map_desk.linking.balance(),
        enabled=_can_balance,
        icon="link",
        group="link",
        hint="Shares of cost to 100 %: links without one get what is left, equally; else all in proportion",
    ),
)
