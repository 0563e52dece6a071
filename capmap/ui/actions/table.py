"""Actions: all that can be done in the window; menus, keys, palette, shortcut sheet and tests share this table."""

from __future__ import annotations

from capmap.ui.actions.action import Action
from capmap.ui.actions.arrange import ARRANGE_ACTIONS
from capmap.ui.actions.ask import ASK_ACTIONS
from capmap.ui.actions.box import BOX_ACTIONS
from capmap.ui.actions.edit import EDIT_ACTIONS
from capmap.ui.actions.file import FILE_ACTIONS
from capmap.ui.actions.filter import FILTER_ACTIONS
from capmap.ui.actions.help import HELP_ACTIONS
from capmap.ui.actions.link import LINK_ACTIONS
from capmap.ui.actions.present import PRESENT_ACTIONS
from capmap.ui.actions.tables import TABLE_ACTIONS
from capmap.ui.actions.time import TIME_ACTIONS
from capmap.ui.actions.view import VIEW_ACTIONS
from capmap.ui.actions.views import VIEWS_ACTIONS

MENUS = ("File", "Edit", "Box", "View", "Ask", "Help")

ACTIONS: tuple[Action, ...] = (
    *FILE_ACTIONS,
    *EDIT_ACTIONS,
    *BOX_ACTIONS,
    *LINK_ACTIONS,
    *ARRANGE_ACTIONS,
    *VIEW_ACTIONS,
    *PRESENT_ACTIONS,
    *FILTER_ACTIONS,
    *TIME_ACTIONS,
    *VIEWS_ACTIONS,
    *TABLE_ACTIONS,
    *ASK_ACTIONS,
    *HELP_ACTIONS,
)
"""The whole table, menu by menu, in the order of the menus."""
