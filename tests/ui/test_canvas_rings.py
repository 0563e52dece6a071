"""Rings: selecting and pointing ask for the places of a few boxes and leave the rest of the window alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from canvas_robot import Robot
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot


class Watch(QObject):
    """Remembers what a widget was asked to paint."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[QRect] = []

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.parts.append(event.rect())
        return False


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> Robot:
    return Robot(qtbot, tmp_path)


def test_a_selection_repaints_the_two_boxes_and_not_the_window(robot: Robot) -> None:
    robot.click("Advise")
    QApplication.processEvents()
    watch = Watch()
    robot.canvas.installEventFilter(watch)
    robot.workspace.select([robot.id("Quote")])
    QApplication.processEvents()
    boxes = robot.canvas.box_rect(robot.id("Advise")).united(robot.canvas.box_rect(robot.id("Quote")))
    assert watch.parts
    for part in watch.parts:
        assert boxes.toAlignedRect().adjusted(-8, -8, 8, 8).contains(part)


def test_a_ring_leaves_no_trace(robot: Robot) -> None:
    before = robot.canvas.grab().toImage()
    robot.workspace.select([robot.id("Deliver"), robot.id("Pay")])
    assert robot.canvas.grab().toImage() != before
    robot.workspace.select([])
    QApplication.processEvents()
    assert robot.canvas.grab().toImage() == before
