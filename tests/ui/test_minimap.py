"""Minimap: there while part of the map is out of sight, a picture that follows the map, a frame that leads the view."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_robot import Button, Key, Keys, WindowRobot

from capmap.model import edits
from capmap.model.filterwords import typed
from capmap.model.map import Map
from capmap.ui.canvas.minimap import Minimap


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    robot = WindowRobot(qtbot, tmp_path, current=small_map)
    robot.on_canvas()
    return robot


def minimap(robot: WindowRobot) -> Minimap:
    return robot.desk.minimap


def near(robot: WindowRobot) -> None:
    """So near that part of the map is out of sight."""
    robot.desk.canvas.zoom_to(3.0)
    robot.rest()


def current(robot: WindowRobot) -> None:
    """Wait until the picture shows the map as it is."""
    robot.bot.waitUntil(lambda: minimap(robot).is_current, timeout=5000)


def picture(robot: WindowRobot) -> QImage:
    current(robot)
    return minimap(robot).picture.toImage()


def drag(robot: WindowRobot, start: QPoint, *places: QPoint) -> None:
    QTest.mousePress(minimap(robot), Button.LeftButton, Keys.NoModifier, start)
    for place in places:
        QTest.mouseMove(minimap(robot), place)
    QTest.mouseRelease(minimap(robot), Button.LeftButton, Keys.NoModifier, places[-1] if places else start)
    robot.rest()


def test_it_is_there_only_where_part_of_the_map_is_out_of_sight(robot: WindowRobot) -> None:
    assert not minimap(robot).isVisible()
    near(robot)
    assert minimap(robot).isVisible()
    robot.ctrl(Key.Key_1)
    assert not minimap(robot).isVisible()


def test_it_can_be_switched_off_and_that_is_remembered(robot: WindowRobot) -> None:
    near(robot)
    robot.window.actions_set.trigger("view.minimap")
    assert not minimap(robot).isVisible()
    robot.close_window()
    robot.open_window(str(robot.path))
    near(robot)
    assert not minimap(robot).isVisible()
    assert not robot.window.actions_set.live("view.minimap").isChecked()
    robot.window.actions_set.trigger("view.minimap")
    assert minimap(robot).isVisible()


def test_it_never_stands_on_the_legend(robot: WindowRobot) -> None:
    near(robot)
    for width in (1500, 1100, 830):
        robot.window.resize(width, 700)
        robot.rest()
        robot.bot.waitUntil(lambda: robot.desk.canvas.resting, timeout=3000)
        assert minimap(robot).isVisible()
        card = minimap(robot).geometry().adjusted(6, 6, -6, -6)
        assert not card.intersects(robot.desk.canvas.legend.geometry().adjusted(6, 6, -6, -6))
        assert robot.desk.canvas.rect().contains(card)


def test_a_click_goes_there_and_the_frame_tells_where_one_is(robot: WindowRobot) -> None:
    near(robot)
    canvas, small = robot.desk.canvas, minimap(robot)
    for x, y in ((0.8, 0.8), (0.2, 0.3)):
        place = QPoint(round(small.width() * x), round(small.height() * y))
        robot.click(small, place)
        # Where the edge of the map stops the view, the frame stands as near as it can.
        assert abs(small.frame().center().x() - place.x()) < small.frame().width() / 2 + 2
        whole = canvas.view.to_map(canvas.area().center())
        assert whole[0] == pytest.approx(canvas.whole().width() * x, rel=0.2)
        assert whole[1] == pytest.approx(canvas.whole().height() * y, rel=0.25)


def test_the_frame_is_dragged(robot: WindowRobot) -> None:
    near(robot)
    canvas, small = robot.desk.canvas, minimap(robot)
    robot.click(small, small.rect().center())
    before = canvas.view
    start = small.frame().center().toPoint() + QPoint(4, 3)
    drag(robot, start, start + QPoint(6, 2), start + QPoint(20, 10))
    scale = canvas.whole().width() * canvas.scale / (small.width() - 22)
    assert before.x - canvas.view.x == pytest.approx(20 * scale, rel=0.15)
    assert before.y - canvas.view.y == pytest.approx(10 * scale, rel=0.25)
    assert canvas.scale == before.scale


def test_the_wheel_on_it_zooms_at_the_middle(robot: WindowRobot) -> None:
    near(robot)
    canvas, small = robot.desk.canvas, minimap(robot)
    middle = canvas.view.to_map(canvas.area().center())
    at = QPointF(small.rect().center())
    for turn, factor in ((120, 1.2), (-120, 1.0)):
        event = QWheelEvent(
            at,
            QPointF(small.mapToGlobal(at.toPoint())),
            QPoint(),
            QPoint(0, turn),
            Button.NoButton,
            Keys.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(small, event)
        assert canvas.scale == pytest.approx(3.0 * factor)
    assert canvas.view.to_map(canvas.area().center()) == pytest.approx(middle, abs=1)


def shrunk(image: QImage) -> list[int]:
    """A picture as a few grey pixels: two painters may take turns, and differ in the finest strokes."""
    smooth, ratio = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.IgnoreAspectRatio
    small = image.scaled(24, 18, ratio, smooth)
    return [
        small.pixelColor(x, y).lightness() + small.pixelColor(x, y).saturation() for x in range(24) for y in range(18)
    ]


def apart(one: QImage, other: QImage) -> float:
    """How different two pictures look: nothing to some hundred."""
    pairs = list(zip(shrunk(one), shrunk(other), strict=True))
    return sum(abs(here - there) for here, there in pairs) / len(pairs)


def test_the_picture_follows_scores_filters_boxes_and_theme(robot: WindowRobot) -> None:
    near(robot)
    robot.desk.canvas.look_at(-1000, -1000)
    first = picture(robot)
    robot.workspace.commit(edits.put(robot.map, robot.id("Pay suppliers"), maturity=3, target=1))
    robot.rest()
    scored = picture(robot)
    assert apart(scored, first) > 1
    robot.workspace.set_filter(typed("maturity<=2", robot.map)[0])
    dimmed = picture(robot)
    assert apart(dimmed, scored) > 5
    robot.workspace.set_filter(typed("", robot.map)[0])
    assert apart(picture(robot), scored) < 1
    robot.workspace.commit(edits.remove(robot.map, [robot.id("Run the shop")]))
    assert apart(picture(robot), scored) > 5
    robot.window.appearance.set_mode("dark")
    dark = picture(robot)
    assert dark.pixelColor(8, 8).lightness() < 64
    robot.window.appearance.set_mode("system")


def test_nothing_is_painted_in_the_middle_of_a_gesture(robot: WindowRobot) -> None:
    near(robot)
    current(robot)
    canvas = robot.desk.canvas
    robot.workspace.commit(edits.put(robot.map, robot.id("Pay suppliers"), maturity=3, target=1))
    for _ in range(12):
        at = QPointF(canvas.rect().center())
        event = QWheelEvent(
            at,
            QPointF(canvas.mapToGlobal(at.toPoint())),
            QPoint(),
            QPoint(0, 12),
            Button.NoButton,
            Keys.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(canvas, event)
        QTest.qWait(40)
        assert not minimap(robot).is_current
    current(robot)
