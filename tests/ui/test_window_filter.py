"""Filters in the real window: conditions set by keyboard, dimmed and hidden boxes, and that nothing typed gets lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_robot import Button, Key, Keys, WindowRobot

from capmap.document import Document
from capmap.model import edits
from capmap.model.filterwords import typed
from capmap.model.map import Map
from capmap.model.records import Attribute, Service, make
from capmap.ui.filters.conditionrow import ConditionRow
from capmap.ui.filters.panel import FilterPanel


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    robot = WindowRobot(qtbot, tmp_path, current=small_map)
    robot.on_canvas()
    return robot


def panel(robot: WindowRobot) -> FilterPanel:
    return robot.window.filtering.panel


def filtered(robot: WindowRobot, words: str, *, hides: bool = False) -> None:
    """A filter, as if made in the panel."""
    robot.workspace.set_filter(typed(words, robot.map)[0], hides=hides)
    robot.rest()


def choose(row: ConditionRow, trait: str, test: str) -> None:
    row.trait.setCurrentIndex(row.trait.findText(trait))
    row.test.setCurrentIndex(row.test.findText(test))


def matching(robot: WindowRobot) -> list[str]:
    """The names of the boxes that match, in reading order."""
    matches = robot.workspace.matches
    assert matches is not None
    return [box.name for box in robot.map.walk() if box.id in matches]


def on_map(robot: WindowRobot) -> list[str]:
    """The names of the boxes on the canvas, in reading order."""
    layout = robot.desk.canvas.arrangement.layout
    return [robot.map.capability(box.id).name for box in layout.walk()]


def colour_of(robot: WindowRobot, name: str) -> str:
    corner = robot.desk.canvas.box_rect(robot.id(name)).bottomLeft().toPoint() + QPoint(9, -7)
    return robot.desk.canvas.grab().toImage().pixelColor(corner).name()


def test_a_condition_is_typed_and_the_map_follows(robot: WindowRobot) -> None:
    before = colour_of(robot, "Pay suppliers"), colour_of(robot, "Sell online")
    robot.ctrl(Key.Key_F, Keys.ShiftModifier)
    assert panel(robot).isVisible()
    robot.write("supp")
    assert matching(robot) == ["Pay suppliers"]
    assert panel(robot).count.text() == "1 of 7"
    assert robot.window.header.filter.value == "1 of 7"
    assert robot.desk.filter_strip.isVisible()
    assert robot.desk.filter_strip.sentence == "1 of 7 name contains “supp”"
    assert colour_of(robot, "Pay suppliers") == before[0]
    assert colour_of(robot, "Sell online") != before[1]
    robot.hit(Key.Key_Escape)
    assert not panel(robot).isVisible()
    assert robot.desk.canvas.hasFocus()
    assert matching(robot) == ["Pay suppliers"], "the filter stays"
    robot.ctrl(Key.Key_F, Keys.AltModifier)
    assert not robot.workspace.filter
    assert not robot.desk.filter_strip.isVisible()
    assert colour_of(robot, "Sell online") == before[1]


def test_conditions_are_added_and_removed_by_keyboard_alone(robot: WindowRobot) -> None:
    robot.ctrl(Key.Key_F, Keys.ShiftModifier)
    robot.hit(Key.Key_Tab, Keys.ShiftModifier)
    robot.hit(Key.Key_Tab, Keys.ShiftModifier)
    assert QApplication.focusWidget() is panel(robot).rows[0].trait
    robot.write("Matu")
    robot.hit(Key.Key_Tab)
    robot.hit(Key.Key_Tab)
    robot.write("2")
    assert matching(robot) == ["Sell online", "Pay suppliers"]
    for _ in range(2):
        robot.hit(Key.Key_Tab)
    assert QApplication.focusWidget() is panel(robot).add
    robot.hit(Key.Key_Space)
    assert QApplication.focusWidget() is panel(robot).rows[1].trait
    robot.write("IT")
    assert matching(robot) == ["Sell online"], "none is the first way to look at links"
    for _ in range(2):
        robot.hit(Key.Key_Tab)
    assert QApplication.focusWidget() is panel(robot).rows[1].remove
    robot.hit(Key.Key_Space)
    assert matching(robot) == ["Sell online", "Pay suppliers"]
    assert panel(robot).isVisible()


def test_every_kind_of_trait_can_be_asked_for(robot: WindowRobot) -> None:
    own = make(Attribute, record_kind="capability", name="Risk", type="choice", choices=("low", "high"))
    robot.workspace.commit(edits.create(robot.map, own))
    robot.workspace.commit(edits.put(robot.map, robot.id("Advise"), extra={own.id: "high"}, assessed_on="2020-05-01"))
    robot.window.filtering.open()
    row = panel(robot).rows[0]
    for trait, test, value, expected in (
        ("Risk", "is", "high", ["Advise"]),
        ("Category", "is", "core", ["Sell"]),
        ("Importance", "is not assessed", None, None),
        ("Level", "is more than", "2", ["Take payment", "Advise"]),
        ("Assessed on", "is before", "2020-05-02", ["Advise"]),
        ("Assessed on", "is older than, in months", None, ["Advise"]),
        ("IT services", "include", "Ledger", ["Pay suppliers"]),
        ("IT services", "are at least", None, ["Take payment", "Pay suppliers", "Take payment"]),
        ("Owner", "is not empty", None, ["Take payment", "Take payment"]),
        ("Kind of box", "is", "reference", ["Take payment"]),
    ):
        choose(row, trait, test)
        if value is not None:
            target = row.value.focusProxy()
            assert target is not None
            target.setFocus()
            QTest.keyClick(target, Key.Key_A, Keys.ControlModifier)
            robot.write(value)
            robot.hit(Key.Key_Tab)
            row.value.focusProxy()
        if expected is not None:
            assert robot.workspace.filter, (trait, test, value, row.value.value, panel(robot).isVisible())
            assert matching(robot) == expected, (trait, test)
        assert row.condition is not None
        assert row.condition.trait in (own.id, f"own:{own.id}") or trait != "Risk"


def test_any_and_leaves_only(robot: WindowRobot) -> None:
    filtered(robot, "category:core maturity<=2")
    assert matching(robot) == []
    robot.window.filtering.open()
    panel(robot).join.setCurrentIndex(1)
    assert matching(robot) == ["Sell", "Sell online", "Pay suppliers"]
    robot.click(panel(robot).leaves, QPoint(8, panel(robot).leaves.height() // 2))
    assert matching(robot) == ["Sell online", "Pay suppliers"]
    assert robot.desk.filter_strip.sentence == "2 of 7 leaves with category is core or maturity now at most 2"
    robot.click(panel(robot).clear)
    assert not robot.workspace.filter
    assert not panel(robot).leaves.isChecked()


def test_the_panel_shows_a_filter_set_elsewhere_and_goes_when_one_works_elsewhere(robot: WindowRobot) -> None:
    robot.window.filtering.open()
    filtered(robot, "maturity<=2 owner:none", hides=True)
    assert [row.trait.currentText() for row in panel(robot).rows] == ["Maturity now", "Owner"]
    assert panel(robot).hide_others.isChecked()
    QTest.mouseClick(robot.desk.canvas, Button.LeftButton, Keys.NoModifier, QPoint(5, 5))
    robot.rest()
    assert not panel(robot).isVisible()
    robot.click(robot.desk.filter_strip.edit)
    assert panel(robot).isVisible()
    robot.click(robot.window.header.filter)
    assert not panel(robot).isVisible()


def test_hidden_boxes_are_left_out_with_those_around_the_rest_kept(robot: WindowRobot) -> None:
    filtered(robot, "maturity<=2", hides=True)
    assert on_map(robot) == ["Sell", "Sell online", "Run the shop", "Pay suppliers"]
    robot.click(robot.desk.filter_strip.other_way)
    assert len(on_map(robot)) == 8
    robot.click(robot.desk.filter_strip.other_way)
    assert len(on_map(robot)) == 4
    robot.click(robot.desk.filter_strip.clear)
    assert len(on_map(robot)) == 8


def test_a_box_named_while_others_are_hidden_stays_in_sight(robot: WindowRobot) -> None:
    filtered(robot, "maturity<=2", hides=True)
    robot.select("Run the shop")
    robot.on_canvas()
    robot.hit(Key.Key_Tab)
    robot.write("Clean")
    robot.hit(Key.Key_Return)
    robot.on_canvas()
    assert on_map(robot) == ["Sell", "Sell online", "Run the shop", "Pay suppliers", "Clean"]
    robot.ctrl(Key.Key_Z)
    assert "Clean" not in on_map(robot)
    robot.ctrl(Key.Key_Y)
    assert "Clean" in on_map(robot)
    filtered(robot, "maturity<=3", hides=True)
    assert "Clean" not in on_map(robot), "another filter counts anew"


def test_a_box_that_matches_no_more_stays_where_it_was_worked_on(robot: WindowRobot) -> None:
    filtered(robot, "maturity<=2", hides=True)
    robot.select("Sell online")
    robot.workspace.commit(edits.put(robot.map, robot.id("Sell online"), maturity=5))
    assert matching(robot) == ["Pay suppliers"]
    assert "Sell online" in on_map(robot)
    assert robot.window.header.filter.value == "1 of 7"


def test_a_link_brings_a_box_into_sight(robot: WindowRobot) -> None:
    filtered(robot, "service:ledger", hides=True)
    ledger = next(service for service in robot.map.all(Service) if service.name == "Ledger")
    robot.workspace.commit(edits.link(robot.map, "supports", ledger.id, robot.id("Advise")))
    assert on_map(robot) == ["Sell", "Serve at the counter", "Advise", "Run the shop", "Pay suppliers"]


def test_select_all_leaves_hidden_boxes_alone(robot: WindowRobot) -> None:
    filtered(robot, "maturity<=2", hides=True)
    robot.select("Sell online")
    robot.on_canvas()
    robot.ctrl(Key.Key_A)
    assert robot.chosen == ["Sell", "Run the shop"], "the one selected is the only one in its box that is in sight"
    filtered(robot, "maturity<=2 maturity:any")
    robot.select("Sell online")
    robot.ctrl(Key.Key_A)
    assert robot.chosen == ["Serve at the counter", "Sell online"], "dimmed boxes are there"


def test_one_goes_to_a_hidden_box_and_sees_it(robot: WindowRobot) -> None:
    filtered(robot, "maturity<=2", hides=True)
    robot.ctrl(Key.Key_F)
    robot.write("advise")
    robot.hit(Key.Key_Return)
    assert robot.chosen == ["Advise"]
    assert "Advise" in on_map(robot)
    assert not robot.desk.canvas.box_rect(robot.id("Advise")).isEmpty()


def test_found_boxes_are_lit_inside_the_filter_and_the_filter_comes_back(robot: WindowRobot) -> None:
    filtered(robot, "maturity<=3")
    lit = robot.desk.canvas.lighting
    all_of_it = lit.lit
    robot.ctrl(Key.Key_F)
    robot.write("pay")
    assert lit.lit is not None
    assert [box.name for box in robot.map.walk() if box.id in lit.lit] == [
        "Take payment",
        "Pay suppliers",
        "Take payment",
    ]
    robot.write("m")
    assert [box.name for box in robot.map.walk() if box.id in lit.lit] == ["Take payment", "Take payment"]
    robot.hit(Key.Key_Escape)
    assert lit.lit == all_of_it == robot.workspace.matches


def test_conditions_are_found_and_set_by_typing(robot: WindowRobot) -> None:
    robot.ctrl(Key.Key_F)
    robot.write("maturity<=2")
    assert [robot.map.capability(key).name for key in robot.window.find_field.hits] == ["Sell online", "Pay suppliers"]
    robot.write(" pay")
    assert [robot.map.capability(key).name for key in robot.window.find_field.hits] == ["Pay suppliers"]
    robot.hit(Key.Key_Escape)
    robot.ctrl(Key.Key_K)
    robot.write("maturity<=2 service:any")
    rows = {row.label: row.aside for row in robot.window.find_field.palette_list.suggestions}
    words = "maturity now at most 2 and any IT service"
    assert rows[f"Dim all but: {words}"] == rows[f"Hide all but: {words}"] == "1 box"
    robot.hit(Key.Key_Down)
    robot.hit(Key.Key_Return)
    assert robot.workspace.hides
    assert on_map(robot) == ["Run the shop", "Pay suppliers"]


def test_where_nothing_matches_the_map_says_so(robot: WindowRobot) -> None:
    filtered(robot, "name:zzz", hides=True)
    assert on_map(robot) == []
    assert not robot.desk.canvas.invitation.isVisible()
    notice = robot.desk.nothing_matches
    assert notice.isVisible()
    assert "No box matches" in notice.full_text
    filtered(robot, "name:pay", hides=True)
    assert not notice.isVisible()


def test_another_map_has_no_filter(robot: WindowRobot, tmp_path: Path) -> None:
    filtered(robot, "maturity<=2", hides=True)
    other = tmp_path / "other.capmap"
    Document.create(other, robot.map.snapshot()).close()
    robot.window.files.open_path(other)
    robot.rest()
    assert not robot.workspace.filter
    assert not robot.desk.filter_strip.isVisible()
    assert len(on_map(robot)) == 8
