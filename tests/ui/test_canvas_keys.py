"""The canvas under the keyboard: walk, name, and type a whole map without the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from canvas_robot import BUSINESS, Key, Keys, Robot
from PySide6.QtCore import QMimeData, QPoint, QPointF
from pytestqt.qtbot import QtBot

from capmap.model import edits
from capmap.ui.canvas.nameeditor import NameEditor


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> Robot:
    return Robot(qtbot, tmp_path)


@pytest.fixture
def blank(qtbot: QtBot, tmp_path: Path) -> Robot:
    return Robot(qtbot, tmp_path, "")


# -- walk ---------------------------------------------------------------------------------------------


def test_arrows_lead_to_what_the_eye_sees_there(robot: Robot) -> None:
    moved = 0
    for key, ahead in (
        (Key.Key_Left, QPoint(-1, 0)),
        (Key.Key_Right, QPoint(1, 0)),
        (Key.Key_Up, QPoint(0, -1)),
        (Key.Key_Down, QPoint(0, 1)),
    ):
        robot.click("Make")
        before = robot.canvas.box_rect(robot.id("Make")).center()
        robot.hit(key)
        way = robot.canvas.box_rect(robot.workspace.current or "").center() - before
        if robot.selected() != ["Make"]:
            moved += 1
            assert QPointF.dotProduct(way, QPointF(ahead)) > 0
    assert moved >= 2


def test_page_keys_home_and_end_walk_the_tree(robot: Robot) -> None:
    robot.click("Make")
    robot.hit(Key.Key_End)
    assert robot.selected() == ["Ship"]
    robot.hit(Key.Key_Home)
    assert robot.selected() == ["Plan"]
    robot.hit(Key.Key_PageDown)
    assert robot.selected() == ["Week"]
    robot.hit(Key.Key_PageUp, Key.Key_PageUp)
    assert robot.selected() == ["Deliver"]


def test_the_first_arrow_selects_the_first_box(robot: Robot) -> None:
    robot.hit(Key.Key_Down)
    assert robot.selected() == ["Sell"]


def test_esc_goes_to_the_parent_and_then_to_nothing(robot: Robot) -> None:
    robot.click("Week")
    for expected in (["Plan"], ["Deliver"], [], []):
        robot.hit(Key.Key_Escape)
        assert robot.selected() == expected


def test_shift_and_an_arrow_select_more(robot: Robot) -> None:
    robot.click("Plan")
    robot.hit(Key.Key_End)
    robot.hit(Key.Key_Home, held=Keys.ShiftModifier)
    assert robot.selected() == ["Ship", "Plan"]


def test_ctrl_a_selects_the_siblings_and_then_their_parents(robot: Robot) -> None:
    robot.click("Make")
    robot.hit(Key.Key_A, held=Keys.ControlModifier)
    assert robot.selected() == ["Plan", "Make", "Ship"]
    robot.hit(Key.Key_A, held=Keys.ControlModifier)
    assert robot.selected() == ["Sell", "Deliver", "Support"]


def test_walking_brings_the_box_into_sight(robot: Robot) -> None:
    robot.click("Find customers")
    robot.canvas.zoom_to(5.0)
    for _ in range(2):
        robot.hit(Key.Key_End)
        rect = robot.canvas.box_rect(robot.id("Quote"))
        assert robot.canvas.area().contains(rect.topLeft())


# -- rename -------------------------------------------------------------------------------------------


def test_f2_opens_the_name_and_enter_keeps_it(robot: Robot) -> None:
    robot.click("Make")
    robot.hit(Key.Key_F2)
    robot.type("Produce")
    robot.hit(Key.Key_Return)
    assert robot.outline() == BUSINESS.replace("Make", "Produce")
    assert robot.selected() == ["Produce"]
    assert robot.typing_into is robot.canvas


def test_typing_takes_the_place_of_the_name(robot: Robot) -> None:
    robot.click("Make")
    robot.type("Build it")
    robot.hit(Key.Key_Return)
    assert robot.outline() == BUSINESS.replace("Make", "Build it")


def test_a_double_click_opens_the_name_with_all_of_it_selected(robot: Robot) -> None:
    robot.double_click("Ship")
    assert isinstance(robot.typing_into, NameEditor)
    assert robot.typing_into.textCursor().selectedText() == "Ship"


def test_esc_leaves_the_old_name(robot: Robot) -> None:
    robot.click("Make")
    robot.type("Something else")
    robot.hit(Key.Key_Escape)
    assert robot.outline() == BUSINESS
    assert robot.document.undo_text is None
    assert robot.selected() == ["Make"]


def test_clicking_elsewhere_keeps_the_name(robot: Robot) -> None:
    robot.click("Make")
    robot.type("Produce")
    robot.click("Pay")
    assert robot.outline() == BUSINESS.replace("Make", "Produce")
    assert robot.selected() == ["Pay"]


def test_an_empty_name_is_refused_gently_and_goes_when_left(robot: Robot) -> None:
    robot.click("Make")
    robot.hit(Key.Key_F2, Key.Key_Delete, Key.Key_Return)
    assert "needs a name" in robot.messages[-1]
    assert isinstance(robot.typing_into, NameEditor)
    robot.click("Pay")
    assert robot.outline() == BUSINESS


def test_a_name_too_long_for_the_file_is_refused_with_the_reason(robot: Robot) -> None:
    robot.click("Make")
    robot.hit(Key.Key_F2)
    robot.canvas.naming.editor.setPlainText("x" * 300)
    robot.hit(Key.Key_Return)
    assert "200" in robot.messages[-1]
    assert isinstance(robot.typing_into, NameEditor)


def test_a_pasted_name_becomes_one_line(robot: Robot) -> None:
    robot.click("Make")
    robot.hit(Key.Key_F2)
    data = QMimeData()
    data.setText("Make\nto  order")
    robot.canvas.naming.editor.insertFromMimeData(data)
    robot.hit(Key.Key_Return)
    assert robot.outline() == BUSINESS.replace("Make", "Make to order")


def test_the_name_stands_in_the_editor_where_it_stood_on_the_map(robot: Robot) -> None:
    for name in ("Deliver", "Plan", "Find customers"):
        record_id = robot.id(name)
        place = robot.canvas.name_place(record_id)
        assert place is not None
        robot.canvas.begin_rename(record_id)
        editor = robot.canvas.naming.editor
        line = editor.document().firstBlock().layout().lineAt(0)
        corner = editor.viewport().mapTo(robot.canvas, QPoint(0, 0))
        above = editor.document().documentLayout().blockBoundingRect(editor.document().firstBlock()).y()
        assert corner.x() + line.x() == pytest.approx(place.left, abs=1.0)
        assert corner.y() + above + line.y() + line.ascent() == pytest.approx(place.baseline, abs=0.8)
        assert [editor.toPlainText()] == [name]
        assert editor.document().firstBlock().layout().lineCount() == len(place.lines)
        robot.hit(Key.Key_Escape)


def test_the_editor_follows_the_map(robot: Robot) -> None:
    robot.click("Make")
    robot.hit(Key.Key_F2)
    before = robot.canvas.naming.editor.pos()
    robot.canvas.pan(25, -10)
    assert robot.canvas.naming.editor.pos() == before + QPoint(25, -10)


def test_a_reference_renames_what_it_shows(robot: Robot) -> None:
    robot.workspace.commit(edits.add_alias(robot.map, robot.id("Make"), robot.id("Support")))
    alias = robot.map.child_ids(robot.id("Support"))[-1]
    robot.workspace.select([alias])
    robot.hit(Key.Key_F2)
    robot.type("Produce")
    robot.hit(Key.Key_Return)
    assert robot.map.shown(robot.map.capability(alias)).name == "Produce"


def test_an_undo_beneath_an_open_name_leaves_it_open(robot: Robot) -> None:
    robot.canvas.set_motion(True)
    robot.workspace.commit(edits.add(robot.map, "Repair", robot.id("Deliver"), 0))
    robot.canvas.begin_rename(robot.id("Make"), "Produce")
    robot.workspace.undo()
    assert robot.typing_into is robot.canvas.naming.editor
    robot.hit(Key.Key_Return)
    assert robot.outline() == BUSINESS.replace("Make", "Produce")


def test_an_undo_of_the_box_that_is_being_named_closes_the_name(robot: Robot) -> None:
    robot.canvas.set_motion(True)
    robot.workspace.commit(edits.add(robot.map, "Repair", robot.id("Deliver"), 0))
    robot.canvas.begin_rename(robot.id("Repair"), "Mend")
    robot.workspace.undo()
    assert robot.typing_into is robot.canvas
    assert robot.outline() == BUSINESS


# -- new boxes ----------------------------------------------------------------------------------------


def test_enter_and_tab_grow_a_map_like_a_mind_map(blank: Robot) -> None:
    blank.type("Sell")
    blank.hit(Key.Key_Tab)
    blank.type("Advise")
    blank.hit(Key.Key_Return, Key.Key_Return)
    blank.type("Quote")
    blank.hit(Key.Key_Tab)
    blank.type("Price")
    blank.hit(Key.Key_Return, Key.Key_Return)
    blank.type("Discount")
    blank.hit(Key.Key_Return, Key.Key_Escape, Key.Key_Escape)
    assert blank.selected() == ["Sell"]
    blank.hit(Key.Key_Return)
    blank.type("Deliver")
    blank.hit(Key.Key_Return)
    assert blank.outline() == "\nSell\n  Advise\n  Quote\n    Price\n    Discount\nDeliver\n"
    assert [step.text for step in blank.document.history()] == [
        "Add Sell",
        "Add Advise",
        "Add Quote",
        "Add Price",
        "Add Discount",
        "Add Deliver",
    ]


def test_thirty_boxes_are_typed_without_the_mouse(blank: Robot) -> None:
    names = [f"Box {number}" for number in range(30)]
    for number, name in enumerate(names):
        blank.type(name)
        blank.hit(Key.Key_Return)
        if number < 29:
            blank.hit(Key.Key_Return)
    assert blank.outline().split("\n")[1:-1] == names
    for _ in names:
        blank.hit(Key.Key_Z, held=Keys.ControlModifier)
    assert blank.outline().strip() == ""


def test_esc_leaves_nothing_of_a_new_box_behind(robot: Robot) -> None:
    robot.click("Make")
    robot.hit(Key.Key_Tab)
    robot.type("Half a na")
    robot.hit(Key.Key_Escape)
    assert robot.outline() == BUSINESS
    assert robot.document.undo_text is None
    assert robot.document.redo_text is None
    assert len(robot.canvas.arrangement.layout.index) == 13
    assert robot.selected() == ["Make"]
    assert robot.typing_into is robot.canvas


def test_a_new_box_without_a_name_goes_with_enter_too(robot: Robot) -> None:
    robot.click("Make")
    robot.hit(Key.Key_Return, Key.Key_Return)
    assert robot.outline() == BUSINESS


def test_a_new_box_stands_behind_the_current_one_while_it_is_named(robot: Robot) -> None:
    robot.click("Plan")
    robot.hit(Key.Key_Return)
    subject = robot.canvas.naming.subject
    assert subject is not None
    assert subject not in robot.map
    plan = robot.canvas.arrangement.layout.index[robot.id("Plan")]
    assert plan.parent is not None
    assert [box.id for box in plan.parent.children].index(subject) == 1
    robot.type("Buy")
    robot.hit(Key.Key_Return)
    assert [box.name for box in robot.map.children(robot.id("Deliver"))] == ["Plan", "Buy", "Make", "Ship"]


def test_a_new_box_in_a_folded_one_unfolds_it(robot: Robot) -> None:
    robot.workspace.set_collapsed([robot.id("Deliver")], True)
    robot.click("Deliver")
    robot.hit(Key.Key_Tab)
    robot.type("Repair")
    robot.hit(Key.Key_Return)
    assert not robot.canvas.box_rect(robot.id("Repair")).isEmpty()


def test_a_new_box_below_the_shown_levels_shows_its_level(robot: Robot) -> None:
    robot.workspace.show_levels(2)
    robot.click("Plan")
    robot.hit(Key.Key_Tab)
    robot.type("Month")
    robot.hit(Key.Key_Return)
    assert robot.workspace.depth == 3
    assert not robot.canvas.box_rect(robot.id("Month")).isEmpty()


def test_in_a_branch_shown_alone_new_boxes_go_there(robot: Robot) -> None:
    robot.workspace.show_branch(robot.id("Deliver"))
    robot.hit(Key.Key_Tab)
    robot.type("Repair")
    robot.hit(Key.Key_Return)
    assert [box.name for box in robot.map.children(robot.id("Deliver"))] == ["Plan", "Make", "Ship", "Repair"]


def test_a_reference_takes_no_box_and_says_why(robot: Robot) -> None:
    robot.workspace.commit(edits.add_alias(robot.map, robot.id("Make"), robot.id("Support")))
    robot.workspace.select([robot.map.child_ids(robot.id("Support"))[-1]])
    robot.hit(Key.Key_Tab)
    assert "reference" in robot.messages[-1]
    assert robot.typing_into is robot.canvas


def test_an_empty_map_invites_and_the_first_letter_accepts(blank: Robot) -> None:
    assert blank.canvas.invitation.isVisible()
    blank.type("S")
    assert not blank.canvas.invitation.isVisible()
    blank.hit(Key.Key_Escape)
    assert blank.canvas.invitation.isVisible()
