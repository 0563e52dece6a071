"""What the canvas shows: fitted, revealed, lit, dark, in branches and levels, and following every change."""

from __future__ import annotations

from pathlib import Path

import pytest
from canvas_robot import Robot, grown
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from capmap.document import Document
from capmap.lens.builtin import LENSES
from capmap.model import edits


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> Robot:
    return Robot(qtbot, tmp_path)


def picture(robot: Robot) -> QImage:
    return robot.canvas.grab().toImage()


def whole(robot: Robot) -> QPointF:
    """The size of the map on the screen."""
    layout, scale = robot.canvas.arrangement.layout, robot.canvas.scale
    return QPointF(layout.width * scale, layout.height * scale)


# -- fit ----------------------------------------------------------------------------------------------


def test_a_map_opens_fitted(robot: Robot) -> None:
    for box in robot.map.walk():
        assert robot.canvas.area().contains(robot.canvas.box_rect(box.id))


def test_a_fitted_map_takes_the_shape_of_the_widget_and_stays_fitted(robot: Robot, qtbot: QtBot) -> None:
    wide = robot.canvas.arrangement.layout.width / robot.canvas.arrangement.layout.height
    robot.window.resize(500, 900)
    qtbot.waitUntil(lambda: robot.canvas.arrangement.aspect < 0.9)
    assert robot.canvas.arrangement.layout.width / robot.canvas.arrangement.layout.height < wide
    for box in robot.map.walk():
        assert robot.canvas.area().contains(robot.canvas.box_rect(box.id))


def test_a_zoomed_map_keeps_its_shape_when_the_widget_changes(robot: Robot) -> None:
    robot.canvas.zoom_to(2.0)
    before = robot.canvas.arrangement.layout
    robot.window.resize(500, 900)
    robot.canvas.settle()
    assert robot.canvas.arrangement.layout is before


def test_verbs_of_zoom_tell_the_scale(robot: Robot) -> None:
    told: list[float] = []
    robot.canvas.scale_changed.connect(told.append)
    fitted = robot.canvas.scale
    robot.canvas.zoom_to(1.0)
    robot.canvas.zoom_in()
    robot.canvas.zoom_out()
    robot.canvas.zoom_fit()
    assert told == pytest.approx([1.0, 1.25, 1.0, fitted])


def test_boxes_are_zoomed_to(robot: Robot) -> None:
    robot.canvas.zoom_to_boxes([robot.id("Week"), robot.id("Day")])
    assert robot.canvas.scale == 2.0
    both = robot.canvas.box_rect(robot.id("Week")).united(robot.canvas.box_rect(robot.id("Day")))
    assert both.center().x() == pytest.approx(robot.canvas.area().center().x(), abs=2)


def test_reveal_moves_no_further_than_needed(robot: Robot) -> None:
    robot.canvas.zoom_to(4.0, QPointF(robot.spot("Find customers", "name")))
    seen = robot.canvas.view
    robot.canvas.reveal(robot.id("Find customers"))
    robot.canvas.pan(5000, 5000)
    robot.canvas.reveal(robot.id("Hire"))
    assert robot.canvas.area().intersects(robot.canvas.box_rect(robot.id("Hire")))
    assert robot.canvas.view != seen
    before = robot.canvas.view
    robot.canvas.reveal(robot.id("Hire"))
    assert robot.canvas.view == before


# -- following the workspace --------------------------------------------------------------------------


def test_an_edit_from_elsewhere_is_seen(robot: Robot) -> None:
    robot.workspace.commit(edits.add(robot.map, "Repair", robot.id("Deliver")))
    assert not robot.canvas.box_rect(robot.id("Repair")).isEmpty()
    robot.workspace.undo()
    assert len(robot.canvas.arrangement.layout.index) == 13


def test_a_score_recolours_and_moves_nothing(robot: Robot) -> None:
    before, layout = picture(robot), robot.canvas.arrangement.layout
    robot.workspace.commit(edits.put(robot.map, robot.id("Make"), maturity=1, target=5))
    assert robot.canvas.arrangement.layout is layout
    middle = robot.spot("Make", "bottom") - QPoint(0, 4)
    fill = QColor(LENSES["maturity gap"].steps[0].fill)
    assert before.pixelColor(middle) != fill
    assert picture(robot).pixelColor(middle) == fill


def test_another_lens_is_seen_on_the_map_and_in_the_legend(robot: Robot) -> None:
    robot.workspace.commit(edits.put(robot.map, robot.id("Make"), importance=5))
    robot.workspace.set_lens(LENSES["importance"])
    fill = QColor(LENSES["importance"].steps[4].fill)
    assert picture(robot).pixelColor(robot.spot("Make", "bottom") - QPoint(0, 4)) == fill
    assert "Importance" in robot.canvas.legend.accessibleDescription()
    assert "5 vital: 1" in robot.canvas.legend.accessibleDescription()


def test_a_branch_alone_and_levels(robot: Robot) -> None:
    robot.workspace.show_branch(robot.id("Deliver"))
    assert robot.canvas.box_rect(robot.id("Sell")).isEmpty()
    assert robot.canvas.area().contains(robot.canvas.box_rect(robot.id("Ship")))
    robot.workspace.show_branch(None)
    robot.workspace.show_levels(1)
    assert robot.canvas.box_rect(robot.id("Ship")).isEmpty()
    assert not robot.canvas.box_rect(robot.id("Deliver")).isEmpty()


def test_another_document_opens_fitted(robot: Robot, tmp_path: Path) -> None:
    robot.canvas.zoom_to(3.0)
    robot.workspace.show_document(Document.create(tmp_path / "other.capmap", grown("One\nTwo\n  Three")))
    assert robot.outline() == "\nOne\nTwo\n  Three\n"
    for box in robot.map.walk():
        assert robot.canvas.area().contains(robot.canvas.box_rect(box.id))


def test_while_not_fitted_the_edited_box_stays_under_the_eye(robot: Robot) -> None:
    robot.click("Make")
    robot.canvas.zoom_to(2.0)
    before = robot.canvas.box_rect(robot.id("Make")).topLeft()
    robot.workspace.commit(edits.add(robot.map, "A new box with quite a long name", robot.id("Sell"), 0))
    assert (robot.canvas.box_rect(robot.id("Make")).topLeft() - before).manhattanLength() < 1


def test_boxes_glide_to_their_new_places_and_arrive(robot: Robot) -> None:
    robot.canvas.set_motion(True)
    robot.workspace.commit(edits.move(robot.map, [robot.id("Support")], None, 0))
    assert robot.canvas.glide.moving
    assert robot.canvas.shown_layout is not robot.canvas.arrangement.layout
    robot.canvas.glide.finish()
    assert robot.canvas.shown_layout is robot.canvas.arrangement.layout
    assert not robot.canvas.glide.moving


# -- light and dim ------------------------------------------------------------------------------------


def test_found_boxes_are_lit_and_the_rest_is_dimmed(robot: Robot) -> None:
    plain = picture(robot)
    robot.canvas.set_highlight([robot.id("Make")])
    lit = picture(robot)
    make, ship = robot.spot("Make", "bottom") - QPoint(0, 4), robot.spot("Ship", "name")
    text = robot.canvas.box_rect(robot.id("Deliver")).toAlignedRect()
    assert lit.pixelColor(make) == plain.pixelColor(make)
    assert lit.copy(text) != plain.copy(text)
    assert lit.pixelColor(ship) != plain.pixelColor(ship) or plain.pixelColor(ship).lightness() > 200
    robot.canvas.set_highlight(None)
    assert picture(robot) == plain


def test_the_pointer_outlines_the_box_under_it_without_painting_the_map(robot: Robot) -> None:
    plain = picture(robot)
    place = robot.spot("Make", "middle")
    at, around = QPointF(place), QPointF(robot.canvas.mapToGlobal(place))
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, at, around, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(robot.canvas, event)
    hovered = picture(robot)
    box = robot.canvas.box_rect(robot.id("Make")).toAlignedRect().adjusted(-3, -3, 3, 3)
    assert hovered.copy(box) != plain.copy(box)
    QApplication.sendEvent(robot.canvas, QEvent(QEvent.Type.Leave))
    assert picture(robot) == plain


def test_the_legend_lights_the_boxes_of_a_step(robot: Robot) -> None:
    robot.workspace.commit(edits.put(robot.map, robot.id("Make"), maturity=1, target=5))
    plain = picture(robot)
    robot.canvas.legend.pointed_at.emit(0)
    lit = picture(robot)
    assert lit.pixelColor(robot.spot("Make", "bottom")) == plain.pixelColor(robot.spot("Make", "bottom"))
    assert lit != plain
    robot.canvas.legend.pointed_at.emit(None)
    assert picture(robot) == plain


def test_dark_is_dark(robot: Robot) -> None:
    robot.canvas.set_dark(True)
    assert picture(robot).pixelColor(2, 2).lightness() < 60
    robot.canvas.set_dark(False)
    assert picture(robot).pixelColor(2, 2).lightness() > 200


def test_small_areas_keep_names_that_can_be_read(robot: Robot) -> None:
    """At a scale where the set name would be 3 pixels high, dark ink still stands in the middle of an area."""
    robot.canvas.zoom_to(0.25)
    area = robot.canvas.box_rect(robot.id("Deliver")).toAlignedRect()
    shown = picture(robot).copy(area)
    inked = [y for y in range(shown.height()) for x in range(shown.width()) if shown.pixelColor(x, y).lightness() < 90]
    assert max(inked) - min(inked) >= 6


# -- what comes from outside --------------------------------------------------------------------------


def dropped(robot: Robot, data: QMimeData, place: QPoint) -> None:
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(robot.canvas, QDragEnterEvent(place, actions, data, button, keys))
    QApplication.sendEvent(robot.canvas, QDropEvent(QPointF(place), actions, data, button, keys))


def test_readable_files_that_are_dropped_are_told(robot: Robot) -> None:
    told: list[object] = []
    robot.canvas.files_dropped.connect(told.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in ("/a/list.csv", "/a/map.capmap", "/a/photo.jpg")])
    dropped(robot, data, QPoint(100, 100))
    assert told == [[Path("/a/list.csv"), Path("/a/map.capmap")]]


def test_text_that_is_dropped_is_told_with_its_box(robot: Robot) -> None:
    told: list[tuple[object, ...]] = []
    robot.canvas.text_dropped.connect(lambda *words: told.append(words))
    data = QMimeData()
    data.setText("Repair\nReturn")
    dropped(robot, data, robot.spot("Deliver", "name"))
    dropped(robot, data, QPoint(2, 2))
    assert told == [("Repair\nReturn", robot.id("Deliver")), ("Repair\nReturn", None)]


# -- an empty map -------------------------------------------------------------------------------------


def test_the_buttons_of_an_empty_map_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    blank = Robot(qtbot, tmp_path, "")
    told: list[str] = []
    blank.canvas.paste_wanted.connect(lambda: told.append("paste"))
    blank.canvas.open_wanted.connect(lambda: told.append("open"))
    blank.canvas.sample_wanted.connect(lambda: told.append("sample"))
    for button in blank.canvas.invitation.findChildren(QPushButton):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == ["paste", "open", "sample"]
    assert not blank.canvas.legend.isVisible()


def test_the_current_box_is_described_for_those_who_listen(robot: Robot) -> None:
    robot.workspace.commit(edits.put(robot.map, robot.id("Week"), maturity=2, target=4))
    robot.click("Week")
    assert robot.canvas.accessibleDescription() == "Week, Maturity gap: 2 below target, Deliver › Plan"
    robot.workspace.select([robot.id("Sell")])
    assert robot.canvas.accessibleDescription() == "Sell, 3 boxes inside, top level"
