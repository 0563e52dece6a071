"""Steering in the window: menus, keys, the inspector, tidying; one step each, nothing of it in a read-only map."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_robot import Button, Key, Keys, WindowRobot

from capmap.document import Document
from capmap.model import edits
from capmap.model.records import Attribute
from capmap.ui.actions.arrange import ARRANGE_ACTIONS
from capmap.ui.panels.layoutsection import LayoutSection
from capmap.ui.panels.picker import Picker

FIRM = """
Strategy
  Plan
  Decide
Sell
  Enquiries
  Complaints
  Advice
  Retention
  Returns
Make
  Build
  Test
  Ship
Finance
  Pay
  Hire
"""


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path, FIRM)


def run(robot: WindowRobot, name: str) -> None:
    robot.window.actions_set.trigger(name)
    robot.rest()


def section(robot: WindowRobot) -> LayoutSection:
    inspector = robot.desk.inspector
    return inspector.box_page.arranging if robot.workspace.selection else inspector.map_page.arranging


def pick(picker: Picker, words: str) -> None:
    """Choose an entry of a list by the keyboard, as a person does."""
    picker.setFocus()
    picker.showPopup()
    view = picker.view()
    view.setCurrentIndex(picker.model().index(picker.findText(words), 0))
    QTest.keyClick(view, Key.Key_Return)
    picker.hidePopup()
    picker.window().activateWindow()
    QTest.qWaitForWindowActive(picker.window(), 2000)


def seen(robot: WindowRobot, name: str) -> list[str]:
    """The names inside a box as the map shows them, in reading order."""
    layout = robot.desk.canvas.arrangement.layout
    boxes = sorted(layout.index[robot.id(name)].children, key=lambda box: (round(box.y), round(box.x)))
    return [robot.map.capability(box.id).name for box in boxes]


def rows(robot: WindowRobot, name: str) -> int:
    layout = robot.desk.canvas.arrangement.layout
    return len({round(box.y) for box in layout.index[robot.id(name)].children})


def places(robot: WindowRobot) -> dict[str, tuple[float, float, float, float]]:
    layout = robot.desk.canvas.arrangement.layout
    return {box.id: layout.rectangle(box) for box in layout.walk()}


def proposed(robot: WindowRobot) -> bool:
    """Whether it is shown what tidying would move."""
    return robot.desk.tidying.is_proposed


def worn(robot: WindowRobot) -> None:
    """Some edits, so that there is something to tidy."""
    for number in range(6):
        robot.workspace.commit(edits.add(robot.map, f"Something more to do, number {number}", robot.id("Make")))
    for name in ("Returns", "Retention", "Complaints"):
        robot.workspace.commit(edits.remove(robot.map, [robot.id(name)]))


# -- menus and keys -------------------------------------------------------------------------------


def test_a_preset_arranges_the_selected_boxes_in_one_step(robot: WindowRobot) -> None:
    robot.select("Sell", "Make")
    run(robot, "arrange.one_row")
    assert (rows(robot, "Sell"), rows(robot, "Make")) == (1, 1)
    assert robot.document.undo_text == "Arrange 2 boxes: one row"
    run(robot, "arrange.one_column")
    assert rows(robot, "Sell") == 5
    robot.on_canvas()
    robot.ctrl(Key.Key_Z)
    robot.ctrl(Key.Key_Z)
    assert robot.box("Sell").columns is robot.box("Make").columns is None


def test_keys_add_and_take_columns_as_one_step(robot: WindowRobot) -> None:
    robot.select("Sell")
    run(robot, "arrange.two_columns")
    robot.on_canvas()
    robot.hit(Key.Key_Right, Keys.ControlModifier | Keys.ShiftModifier)
    robot.hit(Key.Key_Right, Keys.ControlModifier | Keys.ShiftModifier)
    assert robot.box("Sell").columns == 4
    assert rows(robot, "Sell") == 2
    for _ in range(5):
        robot.hit(Key.Key_Left, Keys.ControlModifier | Keys.ShiftModifier)
    assert robot.box("Sell").columns == 1
    robot.ctrl(Key.Key_Z)
    assert robot.box("Sell").columns == 2


def test_an_order_is_kept_while_scores_change_and_gives_map_order_back(robot: WindowRobot) -> None:
    before = robot.outline
    robot.select("Sell")
    run(robot, "order.name")
    assert seen(robot, "Sell") == ["Advice", "Complaints", "Enquiries", "Retention", "Returns"]
    assert robot.outline == before
    run(robot, "order.importance")
    robot.workspace.commit(edits.put(robot.map, robot.id("Returns"), importance=5))
    robot.workspace.commit(edits.put(robot.map, robot.id("Advice"), importance=4))
    assert seen(robot, "Sell")[:2] == ["Returns", "Advice"]
    run(robot, "order.map")
    assert seen(robot, "Sell") == ["Enquiries", "Complaints", "Advice", "Retention", "Returns"]


def test_undo_puts_every_box_back_where_a_box_is_ordered(robot: WindowRobot) -> None:
    robot.select("Sell")
    run(robot, "order.importance")
    before = places(robot)
    robot.workspace.commit(edits.put(robot.map, robot.id("Returns"), importance=5))
    assert places(robot) != before
    robot.workspace.undo()
    assert places(robot) == before


def test_the_whole_map_takes_a_shape_and_automatic_takes_it_back(robot: WindowRobot) -> None:
    robot.workspace.select([])
    run(robot, "arrange.layers")
    assert [box.area for box in robot.map.children(None)] == ["top", "centre", "centre", "bottom"]
    assert robot.document.undo_text == "Arrange the map: management, core, support"
    at = places(robot)
    assert at[robot.id("Strategy")][2] == pytest.approx(robot.desk.canvas.arrangement.layout.width)
    run(robot, "arrange.automatic")
    assert not any(box.area for box in robot.map.children(None))


def test_a_branch_shown_alone_is_steered_without_a_selection(robot: WindowRobot) -> None:
    robot.workspace.show_branch(robot.id("Sell"))
    robot.workspace.select([])
    run(robot, "arrange.one_column")
    assert robot.box("Sell").columns == 1
    assert len({round(box.x) for box in robot.desk.canvas.arrangement.layout.boxes}) == 1


def test_boxes_are_put_into_areas(robot: WindowRobot) -> None:
    robot.select("Returns", "Advice")
    run(robot, "place.left")
    assert robot.document.undo_text == "Put 2 boxes left"
    at = places(robot)
    assert max(at[robot.id(name)][0] for name in ("Returns", "Advice")) < at[robot.id("Enquiries")][0]
    run(robot, "place.free")
    assert robot.box("Returns").area is None


def test_the_palette_finds_the_actions(robot: WindowRobot) -> None:
    robot.select("Sell")
    robot.window.find_field.begin_run()
    robot.write("equal boxes")
    robot.hit(Key.Key_Return)
    assert robot.box("Sell").equal


# -- moving what stands in order ------------------------------------------------------------------


def test_moving_by_hand_in_an_ordered_box_says_why_not(robot: WindowRobot) -> None:
    robot.select("Sell")
    run(robot, "order.name")
    robot.select("Returns")
    robot.on_canvas()
    robot.hit(Key.Key_Up, Keys.AltModifier)
    assert "Sell stand in order of name" in robot.said
    assert [box.name for box in robot.map.children(robot.id("Sell"))][-1] == "Returns"
    robot.select("Sell")
    run(robot, "box.sort_code")
    assert "Sell stand in order of name" in robot.said


def test_the_outline_shows_map_order_and_moves_there(robot: WindowRobot) -> None:
    robot.select("Sell")
    run(robot, "order.name")
    robot.select("Returns")
    robot.on_outline()
    robot.hit(Key.Key_Up, Keys.AltModifier)
    assert [box.name for box in robot.map.children(robot.id("Sell"))][-2:] == ["Returns", "Retention"]


def drag(robot: WindowRobot, name: str, to: str, across: float = 0.5, down: float = 0.5) -> None:
    """Drag a box by its name to a place in another one, in parts of its width and height."""
    canvas = robot.desk.canvas
    start = canvas.box_rect(robot.id(name)).topLeft() + QPointF(12, 12)
    rect = canvas.box_rect(robot.id(to))
    goal = QPointF(rect.left() + rect.width() * across, rect.top() + rect.height() * down)
    QTest.mousePress(canvas, Button.LeftButton, Keys.NoModifier, start.toPoint())
    for at in (start + QPointF(8, 8), start + QPointF(16, 16), goal):
        QApplication.sendEvent(
            canvas,
            QMouseEvent(
                QMouseEvent.Type.MouseMove,
                at,
                QPointF(canvas.mapToGlobal(at.toPoint())),
                Button.NoButton,
                Button.LeftButton,
                Keys.NoModifier,
            ),
        )
    QTest.mouseRelease(canvas, Button.LeftButton, Keys.NoModifier, goal.toPoint())
    robot.rest()


def test_a_drag_within_an_ordered_box_says_why_not(robot: WindowRobot) -> None:
    robot.select("Sell")
    run(robot, "order.name")
    steps = len(robot.document.history())
    drag(robot, "Returns", "Complaints", down=0.05)
    assert "in order of name" in robot.said
    assert len(robot.document.history()) == steps


def test_a_drag_into_an_ordered_box_finds_its_place(robot: WindowRobot) -> None:
    robot.select("Sell")
    run(robot, "order.name")
    drag(robot, "Build", "Returns", down=0.05)
    assert seen(robot, "Sell")[1] == "Build"


def test_a_box_dropped_beside_another_goes_into_its_area(robot: WindowRobot) -> None:
    robot.workspace.select([])
    run(robot, "arrange.layers")
    drag(robot, "Make", "Finance", across=0.005)
    assert robot.box("Make").area == "bottom"
    assert robot.box("Make").parent is None


# -- the inspector --------------------------------------------------------------------------------


def test_the_inspector_steers_a_box(robot: WindowRobot) -> None:
    robot.select("Sell")
    page = section(robot)
    pick(page.columns, "3 columns")
    assert robot.box("Sell").columns == 3
    assert robot.document.undo_text == "Arrange Sell"
    pick(page.direction, "In columns")
    assert robot.box("Sell").direction == "columns"
    page.equal.setFocus()
    robot.hit(Key.Key_Space)
    assert robot.box("Sell").equal
    pick(page.order, "By importance")
    robot.click(page.descending)
    assert robot.box("Sell").order_by == "-importance"
    pick(page.arrangement, "Automatic")
    box = robot.box("Sell")
    assert (box.columns, box.direction, box.equal, box.order_by) == (None, None, None, "-importance")
    pick(page.order, "Map order")
    assert robot.box("Sell").order_by == ""
    assert not page.descending.isEnabled()


def test_the_inspector_shows_what_several_boxes_share(robot: WindowRobot) -> None:
    robot.select("Sell")
    run(robot, "arrange.two_columns")
    robot.select("Sell", "Make")
    page = section(robot)
    assert page.columns.currentIndex() == -1
    assert page.columns.placeholderText() == "Several values"
    pick(page.columns, "One row")
    assert (rows(robot, "Sell"), rows(robot, "Make")) == (1, 1)
    robot.on_canvas()
    robot.ctrl(Key.Key_Z)
    assert (robot.box("Sell").columns, robot.box("Make").columns) == (2, None)


def test_a_leaf_has_a_place_and_nothing_inside_to_steer(robot: WindowRobot) -> None:
    robot.select("Returns")
    page = section(robot)
    assert not page.columns.isVisible()
    assert not page.arrangement.isVisible()
    robot.click(page.areas["top"])
    assert robot.box("Returns").area == "top"
    assert page.areas["top"].isChecked()
    robot.click(page.areas["top"])
    assert robot.box("Returns").area is None


def test_own_attributes_can_be_ordered_by(robot: WindowRobot) -> None:
    heads = Attribute(id="heads", record_kind="capability", name="Head count", type="number")
    robot.workspace.commit(edits.create(robot.map, heads))
    for name, count in (("Returns", 3), ("Advice", 12)):
        robot.workspace.commit(edits.put(robot.map, robot.id(name), extra={"heads": count}))
    robot.select("Sell")
    pick(section(robot).order, "By Head count")
    assert seen(robot, "Sell")[:2] == ["Returns", "Advice"]


def test_the_map_page_steers_the_whole_map(robot: WindowRobot) -> None:
    robot.workspace.select([])
    page = section(robot)
    assert not page.columns.isVisible()
    pick(page.arrangement, "House")
    assert [box.area for box in robot.map.children(None)] == ["top", "left", "right", "bottom"]
    pick(page.arrangement, "Automatic")
    assert not any(box.area or box.columns for box in robot.map.children(None))


def test_the_wheel_over_a_list_changes_nothing(robot: WindowRobot) -> None:
    robot.select("Sell")
    columns = section(robot).columns
    columns.setFocus()
    before = robot.box("Sell")
    at, turn = QPointF(5, 5), QPoint(0, -360)
    around, none = QPointF(columns.mapToGlobal(at.toPoint())), Button.NoButton
    wheel = QWheelEvent(at, around, QPoint(), turn, none, Keys.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(columns, wheel)
    assert not wheel.isAccepted()
    assert robot.box("Sell") == before


def test_a_read_only_map_cannot_be_steered(qtbot: QtBot, tmp_path: Path) -> None:
    robot = WindowRobot(qtbot, tmp_path, FIRM)
    robot.window.show_document(Document.open(robot.path, read_only=True))
    robot.select("Sell")
    robot.window.actions_set.refresh()
    for action in ARRANGE_ACTIONS:
        live = robot.window.actions_set.live(action.name)
        assert live.isEnabled() == (action.name == "arrange.tidy"), action.name
    assert not section(robot).columns.isEnabled()
    assert not section(robot).areas["top"].isEnabled()


# -- tidying --------------------------------------------------------------------------------------


def test_tidying_the_map_shows_what_moves_before_it_does(robot: WindowRobot) -> None:
    worn(robot)
    before, tidying = places(robot), robot.desk.tidying
    robot.on_canvas()
    robot.hit(Key.Key_T, Keys.ControlModifier | Keys.ShiftModifier)
    assert tidying.bar.isVisible()
    assert tidying.preview.isVisible()
    assert f"{len(tidying.moved)} of {len(before)} boxes would move" == tidying.bar.label.text()
    assert places(robot) == before
    moved = tidying.moved
    robot.hit(Key.Key_Return)
    assert not tidying.bar.isVisible()
    after = places(robot)
    assert {key for key in after if after[key] != pytest.approx(before[key], abs=0.5)} == moved
    assert robot.said.startswith("Tidied the map: ")


def test_escape_leaves_everything_as_it_is(robot: WindowRobot) -> None:
    worn(robot)
    robot.select("Make")
    before, chosen = places(robot), robot.chosen
    robot.on_canvas()
    robot.hit(Key.Key_T, Keys.ControlModifier | Keys.ShiftModifier)
    robot.hit(Key.Key_Escape)
    assert not proposed(robot)
    assert not robot.desk.tidying.preview.isVisible()
    assert (places(robot), robot.chosen) == (before, chosen)


def test_enter_on_a_preview_adds_no_box(robot: WindowRobot) -> None:
    worn(robot)
    robot.select("Make")
    count = len(robot.map)
    robot.on_canvas()
    robot.hit(Key.Key_T, Keys.ControlModifier | Keys.ShiftModifier)
    robot.hit(Key.Key_Return)
    assert len(robot.map) == count
    assert robot.desk.canvas.naming.subject is None


def test_tidying_a_box_leaves_the_rest(robot: WindowRobot) -> None:
    worn(robot)
    robot.select("Sell")
    before = places(robot)
    robot.on_canvas()
    robot.ctrl(Key.Key_T)
    inside = {robot.id(name) for name in ("Enquiries", "Advice")}
    if proposed(robot):
        assert robot.desk.tidying.moved <= inside
        robot.ctrl(Key.Key_T)
    after = places(robot)
    assert {key for key in after if after[key] != before[key]} <= inside


def test_a_click_a_zoom_and_an_edit_during_a_preview(robot: WindowRobot) -> None:
    worn(robot)
    robot.on_canvas()
    tidying = robot.desk.tidying
    tidying.propose(None)
    robot.ctrl(Key.Key_Plus)
    assert proposed(robot)
    robot.click(robot.desk.canvas, robot.desk.canvas.box_rect(robot.id("Advice")).center().toPoint())
    assert not proposed(robot)
    assert robot.chosen == ["Advice"]
    tidying.propose(None)
    robot.workspace.commit(edits.rename(robot.map, robot.id("Advice"), "Counsel"))
    assert not proposed(robot)
    assert not tidying.bar.isVisible()


def test_undo_right_after_a_tidy_puts_the_boxes_back(robot: WindowRobot) -> None:
    worn(robot)
    before, last = places(robot), robot.document.undo_text
    robot.on_canvas()
    robot.desk.tidying.propose(None)
    robot.click(robot.desk.tidying.bar.tidy_button)
    after = places(robot)
    assert robot.window.status.undo_text == "Undo: Tidy the map"
    robot.window.actions_set.refresh()
    assert robot.window.actions_set.live("edit.undo").text() == "Undo: Tidy the map"
    robot.ctrl(Key.Key_Z)
    assert places(robot) == before
    assert robot.document.undo_text == last
    assert robot.window.status.undo_text == f"Undo: {last}"
    robot.ctrl(Key.Key_Y)
    assert places(robot) == after
    robot.ctrl(Key.Key_Z)
    robot.ctrl(Key.Key_Z)
    assert robot.document.redo_text == last
    assert robot.desk.tidying.redo_text is None


def test_after_an_edit_undo_takes_back_the_edit_and_the_tidy_stays(robot: WindowRobot) -> None:
    worn(robot)
    robot.desk.tidying.propose(None)
    robot.desk.tidying.apply()
    tidied = places(robot)
    robot.workspace.commit(edits.add(robot.map, "One more", robot.id("Finance")))
    assert robot.desk.tidying.undo_text is None
    robot.on_canvas()
    robot.ctrl(Key.Key_Z)
    assert places(robot) == tidied


def test_a_tidy_map_says_so(robot: WindowRobot) -> None:
    robot.on_canvas()
    run(robot, "view.tidy")
    assert "Nothing would move" in robot.said
    assert not robot.desk.tidying.bar.isVisible()


def test_a_read_only_map_can_be_tidied_and_put_back(qtbot: QtBot, tmp_path: Path) -> None:
    robot = WindowRobot(qtbot, tmp_path, FIRM)
    worn(robot)
    robot.close_window()
    robot.open_window(None)
    robot.window.show_document(Document.open(robot.path, read_only=True))
    robot.desk.canvas.set_motion(False)
    robot.rest()
    before = places(robot)
    robot.on_canvas()
    run(robot, "view.tidy")
    robot.hit(Key.Key_Return)
    assert places(robot) != before
    assert robot.window.actions_set.live("edit.undo").isEnabled()
    robot.ctrl(Key.Key_Z)
    assert places(robot) == before
    assert not robot.window.actions_set.live("edit.undo").isEnabled()
