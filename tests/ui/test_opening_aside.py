"""A large map is loaded and arranged aside: the window is there meanwhile, and one need not wait."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_robot import WindowRobot

from capmap.document import Document, opened
from capmap.model import edits
from capmap.model.map import Map
from capmap.model.records import Capability, Record, Settings
from capmap.ui.canvas.keeping import LARGE

WORDS = ("Claims", "Policy", "Data", "Management", "Self-service", "Development", "Insight", "Planning")


def large_map() -> Map:
    chance = random.Random(1)
    records: list[Record] = [Settings(id="settings", title="Large")]
    for area in range(12):
        records.append(Capability(id=f"a{area}", position=area, name=f"Area {area}"))
        for box in range(LARGE // 12):
            name = " ".join(chance.sample(WORDS, 2))
            records.append(Capability(id=f"a{area}b{box}", parent=f"a{area}", position=box, name=name))
    records += [Capability(id=f"x{more}", position=12 + more, name=f"More {more}") for more in range(20)]
    return Map(records)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.capmap"
    Document.create(path, large_map()).close()
    return path


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path)


def open_without_waiting(robot: WindowRobot, path: Path) -> None:
    """Open it, until the map is being arranged."""
    robot.window.files.open_path(path)
    robot.bot.waitUntil(lambda: robot.window.desk is not None and robot.desk.canvas.opening.busy)


def until_shown(robot: WindowRobot) -> None:
    robot.bot.waitUntil(lambda: bool(robot.desk.canvas.arrangement.layout.boxes), timeout=60_000)
    QApplication.processEvents()


def test_a_large_map_is_arranged_aside_and_then_shown(robot: WindowRobot, large: Path) -> None:
    open_without_waiting(robot, large)
    opening = robot.desk.canvas.opening
    # The desk is there with the outline, and nothing that needs the picture falls over.
    assert robot.document.path == large
    assert robot.desk.outline.tree.rowCount() == 32
    assert opening.isVisible()
    assert opening.text().startswith("Arranging 2,0")
    robot.workspace.select(["a0b3"])
    robot.desk.canvas.reveal("a0b3")
    robot.desk.canvas.zoom_in()
    robot.desk.canvas.zoom_fit()
    robot.desk.canvas.walk("right")
    assert not robot.desk.canvas.arrangement.layout.boxes
    until_shown(robot)
    assert not opening.isVisible()
    assert len(robot.desk.canvas.arrangement.layout.index) == robot.map.count(Capability)
    assert not robot.window.background.busy


def test_an_edit_meanwhile_is_in_the_picture(robot: WindowRobot, large: Path) -> None:
    open_without_waiting(robot, large)
    for number in range(3):
        robot.workspace.commit(edits.add(robot.map, f"Meanwhile {number}", "a3", 0))
        QApplication.processEvents()
    until_shown(robot)
    index = robot.desk.canvas.arrangement.layout.index
    assert {robot.id(f"Meanwhile {number}") for number in range(3)} <= set(index)
    assert len(index) == robot.map.count(Capability)


def test_who_does_not_want_to_wait_gets_back_to_the_start(robot: WindowRobot, large: Path) -> None:
    open_without_waiting(robot, large)
    robot.click(robot.window.status.cancel_button)
    assert robot.window.desk is None
    robot.rest()
    with opened(large) as document:
        assert document.why_read_only == ""
        assert document.kept_layout is None


def test_another_map_meanwhile_is_the_one_that_is_shown(robot: WindowRobot, large: Path) -> None:
    open_without_waiting(robot, large)
    robot.window.files.open_path(robot.path)
    robot.rest()
    assert robot.document.path == robot.path
    assert set(robot.desk.canvas.arrangement.layout.index) == {box.id for box in robot.map.walk()}
    assert not robot.desk.canvas.opening.isVisible()


def test_a_large_map_keeps_its_picture_without_an_edit(robot: WindowRobot, large: Path) -> None:
    open_without_waiting(robot, large)
    until_shown(robot)
    layout = robot.desk.canvas.arrangement.layout
    before = {box.id: layout.rectangle(box) for box in layout.walk()}
    robot.close_window()
    with opened(large) as document:
        assert document.kept_layout is not None
        assert document.history() == []
    sound = large.read_bytes()
    robot.open_window(str(large))
    until_shown(robot)
    layout = robot.desk.canvas.arrangement.layout
    assert {box.id: layout.rectangle(box) for box in layout.walk()} == before
    robot.close_window()
    assert large.read_bytes() == sound


def test_a_change_of_view_meanwhile_is_what_is_shown(robot: WindowRobot, large: Path) -> None:
    open_without_waiting(robot, large)
    robot.workspace.show_branch("a1")
    until_shown(robot)
    index = robot.desk.canvas.arrangement.layout.index
    assert "a1b1" in index
    assert "a2b1" not in index
