"""The outline beside the canvas: the same selection, the same keys, names typed in place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from window_robot import Key, Keys, WindowRobot

from capmap.model import edits


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path)


def click_row(robot: WindowRobot, name: str, keys: Qt.KeyboardModifier = Keys.NoModifier) -> None:
    outline = robot.desk.outline
    index = outline.tree.index_of(robot.id(name))
    outline.expand(index.parent())
    place = outline.visualRect(index).center()
    QTest.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton, keys, place)
    robot.rest()


def editor() -> QLineEdit:
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    return field


def test_a_click_selects_on_the_canvas_too(robot: WindowRobot) -> None:
    click_row(robot, "Make")
    assert robot.chosen == ["Make"]
    click_row(robot, "Ship", Keys.ControlModifier)
    assert robot.chosen == ["Make", "Ship"]


def test_a_selection_elsewhere_opens_the_rows_above(robot: WindowRobot) -> None:
    robot.select("Day", "Week")
    outline = robot.desk.outline
    names = [index.data() for index in outline.selectionModel().selectedRows()]
    assert sorted(names) == ["Day", "Week"]
    assert outline.currentIndex().data() == "Week"
    assert outline.isExpanded(outline.tree.index_of(robot.id("Plan")))


def test_f2_renames_in_the_row(robot: WindowRobot) -> None:
    click_row(robot, "Make")
    robot.hit(Key.Key_F2)
    assert editor().text() == "Make"
    robot.write("Produce")
    robot.hit(Key.Key_Return)
    assert "  Produce" in robot.outline
    assert robot.desk.outline.hasFocus()
    assert robot.chosen == ["Produce"]


def test_enter_adds_boxes_one_after_the_other(robot: WindowRobot) -> None:
    click_row(robot, "Make")
    for name in ("Test", "Pack"):
        robot.hit(Key.Key_Return)
        robot.write(name)
        robot.hit(Key.Key_Return)
    at = robot.outline.index("  Make")
    assert robot.outline[at : at + 4] == ["  Make", "  Test", "  Pack", "  Ship"]
    assert robot.rows == robot.outline
    assert robot.chosen == ["Pack"]


def test_escape_leaves_no_box_behind(robot: WindowRobot) -> None:
    before = robot.outline
    click_row(robot, "Make")
    robot.hit(Key.Key_Insert)
    robot.write("Nothing")
    robot.hit(Key.Key_Escape)
    assert robot.outline == before == robot.rows
    assert robot.document.undo_text is None
    assert robot.desk.outline.hasFocus()


def test_tab_demotes_and_shift_tab_promotes(robot: WindowRobot) -> None:
    click_row(robot, "Make")
    robot.hit(Key.Key_Tab)
    assert [box.name for box in robot.map.path(robot.id("Make"))] == ["Deliver", "Plan", "Make"]
    assert robot.desk.outline.hasFocus()
    robot.hit(Key.Key_Backtab, Keys.ShiftModifier)
    assert [box.name for box in robot.map.path(robot.id("Make"))] == ["Deliver", "Make"]
    assert robot.rows == robot.outline


def test_several_are_promoted_in_their_order_as_one_step(robot: WindowRobot) -> None:
    before = robot.outline
    robot.select("Week", "Day")
    robot.on_outline()
    robot.hit(Key.Key_Left, Keys.AltModifier)
    assert [box.name for box in robot.map.children(robot.id("Deliver"))] == ["Plan", "Week", "Day", "Make", "Ship"]
    assert sorted(robot.chosen) == ["Day", "Week"]
    robot.ctrl(Key.Key_Z)
    assert robot.outline == before


def test_what_cannot_be_is_said(robot: WindowRobot) -> None:
    click_row(robot, "Sell")
    robot.hit(Key.Key_Backtab, Keys.ShiftModifier)
    assert "top level" in robot.said


def test_removing_says_what_went_along_and_offers_undo(robot: WindowRobot) -> None:
    before = robot.outline
    click_row(robot, "Deliver")
    robot.hit(Key.Key_Delete)
    assert robot.said == "Removed Deliver, with 5 boxes inside."
    assert robot.chosen == ["Support"]
    robot.click(robot.window.message.button)
    assert robot.outline == before


def test_a_box_goes_around_the_selected_ones(robot: WindowRobot) -> None:
    robot.select("Quote", "Advise")
    robot.on_outline()
    robot.ctrl(Key.Key_G)
    assert editor().text() == "New group"
    robot.write("Talk")
    robot.hit(Key.Key_Return)
    assert robot.outline[:5] == ["Sell", "  Find customers", "  Talk", "    Advise", "    Quote"]
    robot.ctrl(Key.Key_Z)
    robot.ctrl(Key.Key_Z)
    assert "  Advise" in robot.outline


def test_a_read_only_map_is_not_edited(robot: WindowRobot) -> None:
    from capmap.document import Document

    robot.window.show_document(Document.open(robot.path, read_only=True))
    click_row(robot, "Make")
    robot.hit(Key.Key_F2)
    assert robot.desk.outline.hasFocus()
    robot.hit(Key.Key_Return)
    assert "  Make" in robot.outline


def test_the_menu_of_a_row_is_about_that_box(robot: WindowRobot) -> None:
    asked: list[object] = []
    robot.desk.outline.context_menu_requested.connect(lambda place, key: asked.append((type(place), key)))
    index = robot.desk.outline.tree.index_of(robot.id("Deliver"))
    from PySide6.QtGui import QContextMenuEvent

    place = robot.desk.outline.visualRect(index).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, robot.desk.outline.viewport().mapToGlobal(place))
    QApplication.sendEvent(robot.desk.outline.viewport(), event)
    robot.rest()
    assert asked == [(QPoint, robot.id("Deliver"))]
    assert robot.chosen == ["Deliver"]
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert "Rename" in [action.text() for action in popup.actions()]
    popup.close()


def test_rows_follow_undo(robot: WindowRobot) -> None:
    robot.workspace.commit(edits.move(robot.map, [robot.id("Plan")], robot.id("Support"), 0))
    assert robot.rows == robot.outline
    robot.on_outline()
    robot.ctrl(Key.Key_Z)
    assert robot.rows == robot.outline
    assert robot.outline[5:8] == ["  Plan", "    Week", "    Day"]
