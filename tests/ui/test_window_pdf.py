"""A PDF that carries its map, dropped on the window, is a map of its own again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_robot import WindowRobot

from capmap.model.map import Map
from capmap.sharing.order import Order, fulfil
from capmap.ui.files.importing import ImportPreview


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path, current=small_map)


def drop(robot: WindowRobot, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    keys = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(robot.window, QDragEnterEvent(QPoint(50, 50), *keys))
    QApplication.sendEvent(robot.window, QDropEvent(QPointF(50, 50), *keys))
    robot.rest()


def test_a_dropped_pdf_is_opened_as_a_map(robot: WindowRobot, tmp_path: Path, small_map: Map) -> None:
    path = robot.document.path
    fulfil(Order(".pdf"), small_map, tmp_path / "poster.pdf")
    drop(robot, tmp_path / "poster.pdf")
    preview = robot.dialog(ImportPreview)
    preview.accept()
    robot.rest()
    assert robot.document.path != path
    assert {record.id for record in robot.document.map} == {record.id for record in small_map}


def test_a_pdf_without_a_map_is_refused_in_a_sentence(robot: WindowRobot, tmp_path: Path, small_map: Map) -> None:
    path = robot.document.path
    fulfil(Order(".pdf", carries_map=False), small_map, tmp_path / "poster.pdf")
    drop(robot, tmp_path / "poster.pdf")
    assert robot.document.path == path
    assert "carries no map" in robot.window.message.sentence
