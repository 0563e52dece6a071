"""Find or run: hits light up as one types, Enter walks through them, numbers jump, commands and scores run."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot
from window_robot import Key, Keys, WindowRobot

from capmap.model import edits
from capmap.model.map import Map
from capmap.ui.find.findfield import FindField
from capmap.ui.find.finding import found, jump, rank, score_of


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    robot = WindowRobot(qtbot, tmp_path, current=small_map)
    robot.on_canvas()
    return robot


def field(robot: WindowRobot) -> FindField:
    return robot.window.find_field


@pytest.fixture
def lights(robot: WindowRobot) -> list[list[str] | None]:
    """The names of the boxes that were to be lit, time after time; None for all alike."""
    told: list[list[str] | None] = []

    def note(ids: list[str] | None) -> None:
        told.append(None if ids is None else [robot.map.capability(key).name for key in ids])

    robot.window.find_field.hits_changed.connect(note)
    return told


def colour_of(robot: WindowRobot, name: str) -> str:
    """The colour near the lower left corner of a box on the screen."""
    corner = robot.desk.canvas.box_rect(robot.id(name)).bottomLeft().toPoint() + QPoint(9, -7)
    return robot.desk.canvas.grab().toImage().pixelColor(corner).name()


def test_hits_light_up_and_enter_walks_through_them(robot: WindowRobot, lights: list[list[str] | None]) -> None:
    robot.ctrl(Key.Key_F)
    robot.write("pay")
    # The reference shows the same capability a second time, and is found as such.
    assert lights[-1] == ["Take payment", "Pay suppliers", "Take payment"]
    assert field(robot).note == "3"
    robot.hit(Key.Key_Return)
    assert robot.chosen == ["Take payment"]
    assert field(robot).note == "1 of 3"
    robot.hit(Key.Key_Return)
    assert robot.chosen == ["Pay suppliers"]
    robot.hit(Key.Key_Return, Keys.ShiftModifier)
    assert robot.chosen == ["Take payment"]
    robot.on_canvas()
    robot.hit(Key.Key_F3)
    assert robot.chosen == ["Pay suppliers"]
    robot.hit(Key.Key_F3, Keys.ShiftModifier)
    assert robot.chosen == ["Take payment"]


def test_escape_lights_all_and_goes_back(robot: WindowRobot, lights: list[list[str] | None]) -> None:
    before = [colour_of(robot, name) for name in ("Sell online", "Pay suppliers")]
    robot.ctrl(Key.Key_F)
    robot.write("pay")
    during = [colour_of(robot, name) for name in ("Sell online", "Pay suppliers")]
    assert during[0] != before[0]
    assert during[1] == before[1]
    robot.hit(Key.Key_Escape)
    assert lights[-1] is None
    assert colour_of(robot, "Sell online") == before[0]
    assert robot.desk.canvas.hasFocus()
    assert not field(robot).text()


def test_nothing_found_is_said(robot: WindowRobot, lights: list[list[str] | None]) -> None:
    robot.ctrl(Key.Key_F)
    robot.write("zzz")
    assert field(robot).note == "none"
    assert lights[-1] == []
    robot.hit(Key.Key_Return)
    assert not robot.chosen


@pytest.mark.parametrize("opener", [Key.Key_F, Key.Key_K])
def test_a_number_or_code_jumps(robot: WindowRobot, opener: Key) -> None:
    robot.ctrl(opener)
    robot.write("1.2")
    robot.hit(Key.Key_Return)
    assert robot.chosen == ["Sell online"]


def test_a_hit_that_is_hidden_is_opened_up(robot: WindowRobot) -> None:
    robot.workspace.show_levels(1)
    robot.ctrl(Key.Key_F)
    robot.write("advise")
    robot.hit(Key.Key_Return)
    assert robot.chosen == ["Advise"]
    assert robot.id("Advise") in robot.desk.canvas.arrangement.layout.index
    robot.hit(Key.Key_Escape)
    robot.workspace.show_branch(robot.id("Run the shop"))
    robot.ctrl(Key.Key_F)
    robot.write("advise")
    robot.hit(Key.Key_Return)
    assert robot.id("Advise") in robot.desk.canvas.arrangement.layout.index


def test_the_palette_goes_to_boxes_and_runs_commands(robot: WindowRobot) -> None:
    robot.ctrl(Key.Key_K)
    palette = field(robot).palette_list
    assert palette.isVisible()
    robot.write("dup")
    rows = [(row.heading, row.label, row.aside) for row in palette.suggestions]
    assert rows[0] == ("Commands", "Duplicate", "Ctrl+D")
    assert not palette.suggestions[0].enabled
    robot.hit(Key.Key_Escape)
    robot.select("Advise")
    robot.on_canvas()
    robot.ctrl(Key.Key_K)
    robot.write("dup")
    robot.hit(Key.Key_Return)
    assert robot.outline.count("    Advise") == 2
    assert robot.desk.canvas.hasFocus()
    assert not palette.isVisible()


def test_arrows_choose_in_the_palette(robot: WindowRobot) -> None:
    robot.ctrl(Key.Key_K)
    robot.write("sell")
    palette = field(robot).palette_list
    labels = [row.label for row in palette.suggestions if row.enabled]
    assert labels[:2] == ["Sell", "Sell online"]
    robot.hit(Key.Key_Down)
    robot.hit(Key.Key_Return)
    assert robot.chosen == ["Sell online"]


def test_words_set_a_score_of_the_selection(robot: WindowRobot) -> None:
    robot.select("Advise", "Sell online")
    robot.on_canvas()
    robot.ctrl(Key.Key_K)
    robot.write("importance 3")
    robot.hit(Key.Key_Return)
    assert (robot.box("Advise").importance, robot.box("Sell online").importance) == (3, 3)
    robot.ctrl(Key.Key_K)
    robot.write("importance none")
    robot.hit(Key.Key_Return)
    assert robot.box("Advise").importance is None


def test_a_lens_is_run_from_the_palette(robot: WindowRobot) -> None:
    robot.ctrl(Key.Key_K)
    robot.write("lens importance")
    robot.hit(Key.Key_Return)
    assert robot.workspace.lens.name == "importance"
    assert robot.window.header.lens.value == "Importance"


def test_hits_follow_the_map(robot: WindowRobot, lights: list[list[str] | None]) -> None:
    robot.ctrl(Key.Key_F)
    robot.write("pay")
    robot.workspace.commit(edits.rename(robot.map, robot.id("Advise"), "Pay attention"))
    assert lights[-1] == ["Take payment", "Pay attention", "Pay suppliers", "Take payment"]


def test_finding_looks_at_name_code_owner_and_tags(small_map: Map) -> None:
    ids = {box.name: box.id for box in small_map.walk() if not box.alias_of}
    assert found(small_map, "LEAD till")[0] == ids["Take payment"]
    assert found(small_map, "2.1") == [ids["Pay suppliers"]]
    assert found(small_map, "  ") == []
    assert jump(small_map, "1.1.2") == ids["Advise"]
    assert jump(small_map, "9.9") is None
    assert jump(small_map, "Advise") is None


def test_names_come_before_owners_and_boxes_before_references(small_map: Map) -> None:
    ids = {box.name: box.id for box in small_map.walk() if not box.alias_of}
    reference = small_map.aliases_of(ids["Take payment"])[0]
    for name, owner in (("Serve at the counter", "Head of payment"), ("Sell online", "Web lead")):
        small_map.apply(edits.put(small_map, ids[name], owner=owner))
    small_map.apply(edits.add(small_map, "Follow up payment"))
    last = next(box.id for box in small_map.walk() if box.name == "Follow up payment")
    assert found(small_map, "payment") == [ids["Take payment"], last, reference, ids["Serve at the counter"]]
    assert found(small_map, "lead") == [ids["Take payment"], ids["Sell online"], reference]


@pytest.mark.parametrize(
    ("words", "score"),
    [
        ("maturity 3", ("maturity", 3)),
        ("Target: 5", ("target", 5)),
        ("conf none", ("confidence", None)),
        ("business expectation 2", ("expectation", 2)),
        ("maturity 6", None),
        ("ma 3", None),
        ("something 3", None),
    ],
)
def test_words_that_set_a_score(words: str, score: tuple[str, int | None] | None) -> None:
    assert score_of(words) == score


def test_rank_prefers_beginnings() -> None:
    assert rank("dup", "Duplicate") > rank("dup", "Undo duplicating") > rank("dup", "Xdupx") > 0
    assert rank("zz", "Duplicate") == 0
    assert rank("export", "Save", "File export") > 0
