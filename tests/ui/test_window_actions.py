"""The table of actions: no two of one key, every menu filled, each action either done or greyed."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot
from window_robot import Key, Keys, WindowRobot

from capmap.model import edits, rules
from capmap.model.map import Map
from capmap.places import resource
from capmap.ui.actions.action import Action
from capmap.ui.actions.shortcuts import ShortcutSheet, keys_of
from capmap.ui.actions.table import ACTIONS, MENUS

CANVAS, OUTLINE, WINDOW = "canvas", "outline", "window"


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path, current=small_map)


def keys_by_place() -> dict[str, dict[str, list[str]]]:
    """Place -> key -> names of the actions that take it there."""
    taken: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for action in ACTIONS:
        places = (CANVAS, OUTLINE) if action.where == "map" else (WINDOW,)
        for keys, where in ((action.keys, places), (action.canvas_keys, (CANVAS,)), (action.outline_keys, (OUTLINE,))):
            for key in keys:
                for place in where:
                    taken[place][QKeySequence(key).toString()].append(action.name)
    for menu in MENUS:
        taken[WINDOW][f"Alt+{menu[0]}"].append(f"menu {menu}")
    return taken


def test_no_key_means_two_things() -> None:
    taken = keys_by_place()
    for place in (CANVAS, OUTLINE):
        for key, names in taken[WINDOW].items():
            taken[place][key] += names
    double = {f"{place} {key}": names for place, keys in taken.items() for key, names in keys.items() if len(names) > 1}
    assert not double


def test_every_key_is_a_key() -> None:
    for action in ACTIONS:
        for key in (*action.keys, *action.canvas_keys, *action.outline_keys):
            assert QKeySequence(key).toString(), f"{action.name}: {key}"


def test_names_are_unique_and_menus_known() -> None:
    names = [action.name for action in ACTIONS]
    assert len(names) == len(set(names))
    assert {action.menu for action in ACTIONS} == set(MENUS)


def test_every_icon_is_there() -> None:
    for action in ACTIONS:
        if action.icon:
            assert resource(f"icons/{action.icon}.svg").is_file()


def test_every_action_stands_in_a_menu(robot: WindowRobot) -> None:
    shown: set[str] = set()

    def walk(menu: QMenu) -> None:
        for entry in menu.actions():
            inner = entry.menu()
            if isinstance(inner, QMenu):
                walk(inner)
            shown.add(entry.objectName())

    for entry in robot.window.header.menu_bar.actions():
        menu = entry.menu()
        assert isinstance(menu, QMenu)
        walk(menu)
    assert {action.name for action in ACTIONS} <= shown


def test_menus_open_with_alt_and_their_letter(robot: WindowRobot) -> None:
    robot.on_canvas()
    robot.hit(Key.Key_E, Keys.AltModifier)
    assert robot.window.header.menu_bar.activeAction().text() == "Edit"
    menu = robot.window.header.menu_bar.activeAction().menu()
    assert isinstance(menu, QMenu)
    assert menu.isVisible()
    menu.close()


HARMLESS_NOT = {"file.quit", "file.close", "help.log", "file.reveal", "file.reveal_backups"}
"""These end the map or start another program."""

ASKING = {action.name for action in ACTIONS if action.more}


def test_each_action_runs_or_is_greyed(robot: WindowRobot) -> None:
    """With a box selected and with none, every action does something or is greyed, and the map stays sound."""
    for action in ACTIONS:
        if action.name in HARMLESS_NOT | ASKING:
            continue
        for chosen in ("Sell online", None):
            there = chosen in {box.name for box in robot.map.walk()}
            robot.workspace.select([robot.id(chosen)] if chosen and there else [])
            robot.on_canvas()
            robot.window.actions_set.trigger(action.name)
            for dialog in robot.dialogs():
                dialog.close()
            assert not rules.check(robot.map), action.name
    robot.rest()


def test_without_a_map_only_some_actions_can_be_done(qtbot: QtBot, tmp_path: Path) -> None:
    robot = WindowRobot(qtbot, tmp_path, outline=None)
    can = {action.name for action in ACTIONS if robot.window.actions_set.live(action.name).isEnabled()}
    assert {"file.new", "file.open", "edit.paste", "edit.palette", "help.shortcuts", "look.dark"} <= can
    assert not can & {"edit.undo", "box.add_child", "file.export", "view.fit", "edit.copy"}


def test_edit_menu_names_what_undo_takes_back(robot: WindowRobot) -> None:
    robot.select("Advise")
    robot.on_canvas()
    robot.window.actions_set.trigger("edit.delete")
    robot.window.actions_set.refresh()
    assert robot.window.actions_set.live("edit.undo").text() == "Undo: Remove Advise"


def test_ampersands_in_names_stay_in_menus(robot: WindowRobot) -> None:
    robot.workspace.commit(edits.add(robot.map, "Research & Development"))
    robot.window.actions_set.refresh()
    assert robot.window.actions_set.live("edit.undo").text() == "Undo: Add Research && Development"


def test_sheet_shows_every_key_and_narrows_down(robot: WindowRobot) -> None:
    robot.window.beside.show_shortcuts()
    sheet = robot.dialog(ShortcutSheet)

    def shown() -> str:
        return "\n".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisibleTo(sheet))

    everything = shown()
    for action in ACTIONS:
        for key in keys_of(action):
            assert key in everything
    sheet.search.setText("duplicate")
    assert "Ctrl+D" in shown()
    assert "Ctrl+N" not in shown()
    sheet.close()


def test_labels_end_in_dots_where_a_question_follows(robot: WindowRobot) -> None:
    asking: list[Action] = [action for action in ACTIONS if action.more]
    assert asking
    assert all(action.text(robot.window).endswith("…") for action in asking)
