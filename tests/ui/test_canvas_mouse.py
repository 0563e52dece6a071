"""The canvas under the mouse: select, drag, band, pan, zoom."""

from __future__ import annotations

from pathlib import Path

import pytest
from canvas_robot import BUSINESS, Button, Key, Keys, Robot
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from capmap.document import Document
from capmap.model import edits


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> Robot:
    return Robot(qtbot, tmp_path)


# -- select -------------------------------------------------------------------------------------------


def test_a_click_selects_the_deepest_box_there(robot: Robot) -> None:
    robot.click("Advise")
    assert robot.selected() == ["Advise"]
    robot.click("Deliver")
    assert robot.selected() == ["Deliver"]


def test_ctrl_adds_and_takes_away(robot: Robot) -> None:
    robot.click("Advise")
    robot.click("Ship", Keys.ControlModifier)
    robot.click("Pay", Keys.ControlModifier)
    assert robot.selected() == ["Advise", "Ship", "Pay"]
    robot.click("Ship", Keys.ControlModifier)
    assert robot.selected() == ["Advise", "Pay"]


def test_shift_selects_all_siblings_on_the_way(robot: Robot) -> None:
    robot.click("Find customers")
    robot.click("Quote", Keys.ShiftModifier)
    assert set(robot.selected()) == {"Find customers", "Advise", "Quote"}
    assert robot.selected()[-1] == "Quote"


def test_a_click_on_the_ground_selects_nothing(robot: Robot) -> None:
    robot.click("Advise")
    robot.click_at(QPoint(3, 3))
    assert robot.selected() == []


def test_a_click_on_one_of_several_selects_it_alone_when_the_button_is_let_go(robot: Robot) -> None:
    robot.click("Advise")
    robot.click("Ship", Keys.ControlModifier)
    robot.press(robot.spot("Advise", "name"))
    assert len(robot.selected()) == 2
    robot.release(robot.spot("Advise", "name"))
    assert robot.selected() == ["Advise"]


def test_a_rubber_band_catches_leaves_that_it_touches_and_containers_that_it_holds(robot: Robot) -> None:
    around = robot.canvas.box_rect(robot.id("Sell")).toAlignedRect().adjusted(-8, -8, 3, 3)
    robot.press(around.topLeft())
    robot.move(around.center(), around.bottomRight())
    assert robot.selected() == []
    robot.release(around.bottomRight())
    assert robot.selected() == ["Sell"]


def test_with_alt_a_rubber_band_begins_on_a_box(robot: Robot) -> None:
    start, end = robot.spot("Find customers", "name"), robot.spot("Advise", "middle")
    robot.press(start, Keys.AltModifier)
    robot.move(end, keys=Keys.AltModifier)
    robot.release(end, Keys.AltModifier)
    assert set(robot.selected()) >= {"Find customers", "Advise"}
    assert robot.outline() == BUSINESS


def test_the_right_button_asks_for_a_menu_and_selects(robot: Robot, qtbot: QtBot) -> None:
    place = robot.spot("Ship", "name")
    with qtbot.waitSignal(robot.canvas.context_menu_requested) as asked:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, robot.canvas.mapToGlobal(place))
        QApplication.sendEvent(robot.canvas, event)
    assert asked.args == [robot.canvas.mapToGlobal(place), robot.id("Ship")]
    assert robot.selected() == ["Ship"]


# -- drag ---------------------------------------------------------------------------------------------


def test_a_box_dropped_on_the_edge_of_another_stands_beside_it(robot: Robot) -> None:
    before = robot.canvas.box_rect(robot.id("Quote"))
    first = robot.canvas.box_rect(robot.id("Find customers"))
    in_a_row = before.top() < first.bottom()
    robot.drag("Quote", "Find customers", "left" if in_a_row else "top")
    assert [box.name for box in robot.map.children(robot.id("Sell"))] == ["Quote", "Find customers", "Advise"]
    assert robot.selected() == ["Quote"]


def test_a_branch_dropped_into_the_middle_of_a_leaf_stands_inside_it(robot: Robot) -> None:
    robot.drag("Plan", "Pay")
    assert robot.map.capability(robot.id("Plan")).parent == robot.id("Pay")
    assert [box.name for box in robot.map.children(robot.id("Plan"))] == ["Week", "Day"]
    assert robot.workspace.document.undo_text == "Move Plan into Pay"


def test_what_was_dragged_is_one_step_back(robot: Robot) -> None:
    robot.drag("Plan", "Pay")
    robot.hit(Key.Key_Z, held=Keys.ControlModifier)
    assert robot.outline() == BUSINESS


def test_several_boxes_go_together_in_reading_order(robot: Robot) -> None:
    robot.click("Ship")
    robot.click("Advise", Keys.ControlModifier)
    robot.drag("Ship", "Pay")
    assert [box.name for box in robot.map.children(robot.id("Pay"))] == ["Advise", "Ship"]


def test_nothing_is_written_before_the_button_is_let_go(robot: Robot) -> None:
    robot.pick_up("Plan")
    robot.move(robot.spot("Pay"))
    assert robot.outline() == BUSINESS
    robot.release(robot.spot("Pay"))
    assert robot.outline() != BUSINESS


def test_esc_gives_a_drag_up(robot: Robot) -> None:
    robot.pick_up("Plan")
    robot.move(robot.spot("Pay"))
    robot.hit(Key.Key_Escape)
    robot.release(robot.spot("Pay"))
    assert robot.outline() == BUSINESS
    assert robot.selected() == ["Plan"]


def test_a_container_cannot_be_dropped_into_itself_and_the_person_hears_why(robot: Robot) -> None:
    robot.pick_up("Deliver")
    robot.move(robot.spot("Day"))
    assert robot.canvas.cursor().shape() == Qt.CursorShape.ForbiddenCursor
    assert robot.messages[-1] == "Deliver cannot move into itself."
    robot.release(robot.spot("Day"))
    assert robot.outline() == BUSINESS


def test_with_ctrl_a_copy_is_dropped(robot: Robot) -> None:
    robot.drag("Plan", "Pay", "middle", Keys.ControlModifier)
    pay = robot.map.children(robot.id("Pay"))
    assert [box.name for box in pay] == ["Plan"]
    assert [box.name for box in robot.map.children(pay[0].id)] == ["Week", "Day"]
    assert [box.name for box in robot.map.children(robot.id("Deliver"))] == ["Plan", "Make", "Ship"]
    assert robot.workspace.selection == (pay[0].id,)


def test_ctrl_pressed_in_the_middle_of_a_drag_counts(robot: Robot) -> None:
    robot.pick_up("Ship")
    robot.move(robot.spot("Pay"))
    QTest.keyPress(robot.canvas, Key.Key_Control)
    assert robot.canvas.cursor().shape() == Qt.CursorShape.DragCopyCursor
    QTest.keyRelease(robot.canvas, Key.Key_Control)
    assert robot.canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    robot.release(robot.spot("Pay"))
    assert [box.name for box in robot.map.children(robot.id("Deliver"))] == ["Plan", "Make"]


def test_a_drag_back_to_its_own_place_changes_nothing(robot: Robot) -> None:
    robot.pick_up("Make")
    robot.release(robot.spot("Make"))
    assert robot.outline() == BUSINESS
    assert robot.document.undo_text is None


def test_a_map_that_is_read_only_is_not_dragged_and_says_so(robot: Robot) -> None:
    robot.document.close()
    robot.workspace.show_document(Document.open(robot.document.path, read_only=True))
    robot.drag("Plan", "Pay")
    assert robot.outline() == BUSINESS
    assert robot.messages[-1] == robot.workspace.document.why_read_only


def test_at_an_edge_of_the_canvas_a_drag_takes_the_map_along(robot: Robot, qtbot: QtBot) -> None:
    robot.canvas.zoom_to(4.0, QPointF(robot.spot("Ship", "name")))
    robot.pick_up("Ship")
    left = robot.canvas.view.x
    robot.move(QPoint(5, 350))
    qtbot.waitUntil(lambda: robot.canvas.view.x > left + 20)
    robot.hit(Key.Key_Escape)


def test_a_change_from_elsewhere_ends_a_drag(robot: Robot) -> None:
    robot.pick_up("Ship")
    robot.workspace.commit(edits.remove(robot.map, [robot.id("Ship")]))
    robot.release(QPoint(300, 300))
    assert "Ship" not in robot.outline()


# -- pan and zoom -------------------------------------------------------------------------------------


def test_the_middle_button_moves_the_map(robot: Robot) -> None:
    robot.canvas.zoom_to(2.0)
    before = robot.canvas.box_rect(robot.id("Make"))
    robot.press(QPoint(300, 300), button=Button.MiddleButton)
    robot.move(QPoint(340, 310), QPoint(360, 270), button=Button.MiddleButton)
    robot.release(QPoint(360, 270), button=Button.MiddleButton)
    assert robot.canvas.box_rect(robot.id("Make")) == before.translated(60, -30)
    assert robot.selected() == []


def test_with_space_held_the_left_button_moves_the_map(robot: Robot) -> None:
    robot.click("Ship")
    robot.canvas.zoom_to(2.0)
    before = robot.canvas.box_rect(robot.id("Make"))
    QTest.keyPress(robot.canvas, Key.Key_Space)
    assert robot.canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    robot.press(QPoint(300, 300))
    robot.move(QPoint(310, 340))
    robot.release(QPoint(310, 340))
    QTest.keyRelease(robot.canvas, Key.Key_Space)
    assert robot.canvas.box_rect(robot.id("Make")) == before.translated(10, 40)
    assert robot.canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert robot.selected() == ["Ship"]


def test_the_wheel_scrolls_and_with_shift_sideways(robot: Robot) -> None:
    robot.canvas.zoom_to(3.0)
    before = robot.canvas.box_rect(robot.id("Make"))
    robot.wheel(QPoint(300, 300), -1)
    assert robot.canvas.box_rect(robot.id("Make")) == before.translated(0, -60)
    robot.wheel(QPoint(300, 300), 1, Keys.ShiftModifier)
    assert robot.canvas.box_rect(robot.id("Make")) == before.translated(60, -60)


@pytest.mark.parametrize("notches", [1, -1, 3, 0.25])
def test_with_ctrl_the_wheel_zooms_and_the_point_under_the_pointer_stays(robot: Robot, notches: float) -> None:
    pointer = robot.spot("Make", "name")
    before, scale = robot.canvas.view.to_map(QPointF(pointer)), robot.canvas.scale
    robot.wheel(pointer, notches, Keys.ControlModifier)
    assert robot.canvas.view.to_map(QPointF(pointer)) == pytest.approx(before, abs=0.1)
    assert (robot.canvas.scale > scale) == (notches > 0)


def test_notches_in_the_middle_of_a_glide_add_up(robot: Robot) -> None:
    robot.canvas.set_motion(True)
    pointer, start = robot.spot("Make", "name"), robot.canvas.scale
    for _ in range(3):
        robot.wheel(pointer, 1, Keys.ControlModifier)
    robot.canvas.glide.finish()
    assert robot.canvas.scale == pytest.approx(start * 1.0017**360)
