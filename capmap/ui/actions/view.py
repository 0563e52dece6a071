"""The View menu: what the map shows, how large, and the panels around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capmap.lens.builtin import LENSES
from capmap.lens.lens import Lens
from capmap.ui.actions.action import Action, always, chosen, with_map
from capmap.ui.actions.lenses import LENS_ACTIONS
from capmap.ui.parts.appearance import MODES
from capmap.ui.workspace import CHIPS

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow

LEVELS = 6
"""So many levels have an entry of their own; the deepest trees are shown by "All levels"."""


def _lens(lens: Lens) -> Action:
    return Action(
        f"lens.{lens.name}",
        "No colours" if lens.name == "plain" else lens.title,
        "View",
        lambda window: window.map_desk.workspace.set_lens(lens),
        checked=lambda window: window.desk is not None and window.desk.workspace.lens is lens,
        submenu="Lens",
        group="picture",
        hint="Colour the map by this",
    )


def _levels(depth: int | None) -> Action:
    words = "All levels" if depth is None else "1 level" if depth == 1 else f"{depth} levels"
    return Action(
        f"levels.{depth or 'all'}",
        words,
        "View",
        lambda window: window.map_desk.workspace.show_levels(depth),
        keys=("Ctrl+Alt+0",) if depth is None else (f"Ctrl+Alt+{depth}",),
        checked=lambda window: window.desk is not None and window.desk.workspace.depth == depth,
        submenu="Levels",
        group="picture",
    )


def _chip(kind: str) -> Action:
    return Action(
        f"chips.{kind}",
        f"Counts of {'IT services' if kind == 'services' else kind}",
        "View",
        lambda window: window.map_desk.workspace.show_chips(window.map_desk.workspace.chips ^ {kind}),
        checked=lambda window: window.desk is not None and kind in window.desk.workspace.chips,
        submenu="Show",
        group="picture",
    )


def _mode(mode: str, label: str) -> Action:
    return Action(
        f"look.{mode}",
        label,
        "View",
        lambda window: window.appearance.set_mode(mode),
        enabled=always,
        checked=lambda window: window.appearance.mode == mode,
        submenu="Light and dark",
        group="panels",
        hint="The look of the window; what is printed stays light",
    )


def _in_branch(window: MainWindow) -> bool:
    return window.desk is not None and window.desk.workspace.root is not None


def _can_collapse(window: MainWindow) -> bool:
    if window.desk is None:
        return False
    shown = window.desk.workspace
    return any(shown.map.has_children(key) for key in shown.selection)


def _can_enter(window: MainWindow) -> bool:
    if not chosen(window):
        return False
    shown = window.map_desk.workspace
    return shown.map.has_children(shown.current or "") and shown.root != shown.current


VIEW_ACTIONS = (
    *(_lens(lens) for lens in LENSES.values()),
    *LENS_ACTIONS,
    _levels(None),
    *(_levels(depth) for depth in range(1, LEVELS + 1)),
    *(_chip(kind) for kind in CHIPS),
    Action(
        "view.zoom_in",
        "Zoom in",
        "View",
        lambda window: window.map_desk.canvas.zoom_in(),
        keys=("Ctrl++", "Ctrl+="),
        icon="zoom-in",
        group="zoom",
    ),
    Action(
        "view.zoom_out",
        "Zoom out",
        "View",
        lambda window: window.map_desk.canvas.zoom_out(),
        keys=("Ctrl+-",),
        icon="zoom-out",
        group="zoom",
    ),
    Action(
        "view.zoom_100",
        "100 %",
        "View",
        lambda window: window.map_desk.canvas.zoom_to(1.0),
        keys=("Ctrl+0",),
        group="zoom",
    ),
    Action(
        "view.fit",
        "Fit the whole map",
        "View",
        lambda window: window.map_desk.canvas.zoom_fit(),
        keys=("Ctrl+1",),
        icon="maximize",
        group="zoom",
    ),
    Action(
        "view.zoom_selection",
        "Zoom to the selection",
        "View",
        lambda window: window.map_desk.canvas.zoom_to_boxes(window.map_desk.workspace.selection),
        keys=("Ctrl+2",),
        enabled=chosen,
        icon="scan",
        group="zoom",
    ),
    Action(
        "view.branch",
        "Show this branch alone",
        "View",
        lambda window: window.map_desk.workspace.show_branch(window.map_desk.workspace.current),
        keys=("Ctrl+Down",),
        enabled=_can_enter,
        icon="focus",
        group="branch",
        context=True,
    ),
    Action(
        "view.out",
        "One branch up",
        "View",
        lambda window: window.map_desk.step_out(),
        keys=("Ctrl+Up",),
        enabled=_in_branch,
        group="branch",
    ),
    Action(
        "view.whole",
        "Show the whole map",
        "View",
        lambda window: window.map_desk.workspace.show_branch(None),
        keys=("Ctrl+Shift+Up",),
        enabled=_in_branch,
        icon="house",
        group="branch",
    ),
    Action(
        "view.collapse",
        "Fold or unfold",
        "View",
        lambda window: window.map_desk.toggle_collapsed(),
        keys=("Ctrl+.",),
        enabled=_can_collapse,
        icon="chevrons-down-up",
        group="fold",
        context=True,
        hint="Hide or show the boxes inside",
    ),
    Action(
        "view.unfold_all",
        "Unfold everything",
        "View",
        lambda window: window.map_desk.unfold_all(),
        keys=("Ctrl+Shift+.",),
        enabled=lambda window: with_map(window) and bool(window.map_desk.workspace.collapsed),
        icon="chevrons-up-down",
        group="fold",
    ),
    Action(
        "view.tidy",
        "Tidy the map",
        "View",
        lambda window: window.map_desk.tidying.propose(None),
        keys=("Ctrl+Shift+T",),
        icon="layout-grid",
        group="tidy",
        hint="Arrange all boxes anew, once you have seen what would move; edits leave them where they are",
    ),
    Action(
        "view.outline",
        "Outline",
        "View",
        lambda window: window.map_desk.toggle_outline(),
        keys=("Ctrl+Shift+L",),
        checked=lambda window: window.desk is not None and window.desk.outline_shown,
        icon="panel-left",
        group="panels",
    ),
    Action(
        "view.inspector",
        "Inspector",
        "View",
        lambda window: window.map_desk.toggle_inspector(),
        keys=("Ctrl+Shift+I",),
        checked=lambda window: window.desk is not None and window.desk.inspector_shown,
        icon="panel-right",
        group="panels",
    ),
    Action(
        "view.next_panel",
        "Go to the next panel",
        "View",
        lambda window: window.focus_panel(1),
        keys=("F6",),
        enabled=always,
        group="panels",
    ),
    Action(
        "view.previous_panel",
        "Go to the panel before",
        "View",
        lambda window: window.focus_panel(-1),
        keys=("Shift+F6",),
        enabled=always,
        group="panels",
    ),
    *(_mode(mode, label) for mode, label in MODES.items()),
    Action(
        "view.full_screen",
        "Full screen",
        "View",
        lambda window: window.toggle_full_screen(),
        keys=("F11",),
        enabled=always,
        checked=lambda window: window.isFullScreen(),
        icon="monitor",
        group="panels",
    ),
)
