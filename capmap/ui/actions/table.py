"""Actions: all that can be done in the window; menus, keys, palette, shortcut sheet and tests share this table."""

from __future__ import annotations

from capmap.ui.actions.action import Action
from capmap.ui.actions.box import BOX_ACTIONS
from capmap.ui.actions.edit import EDIT_ACTIONS
from capmap.ui.actions.file import FILE_ACTIONS
from capmap.ui.actions.help import HELP_ACTIONS
from capmap.ui.actions.view import VIEW_ACTIONS

MENUS = ("File", "Edit", "Box", "View", "Help")

ACTIONS: tuple[Action, ...] = (*FILE_ACTIONS, *EDIT_ACTIONS, *BOX_ACTIONS, *VIEW_ACTIONS, *HELP_ACTIONS)
"""The whole table, menu by menu, in the order of the menus."""
