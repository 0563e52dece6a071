"""Cut, copy and paste: boxes with their links inside CapMap, text and cells to and from other programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from window_robot import Key, Keys, WindowRobot

from capmap.model.map import Map
from capmap.ui.clipboard import BRANCHES_MIME, CELLS_MIME
from capmap.ui.files.importing import ImportPreview


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    robot = WindowRobot(qtbot, tmp_path, current=small_map)
    robot.on_canvas()
    return robot


def clipboard() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


def test_a_copy_is_text_and_cells_and_a_table_at_once(robot: WindowRobot) -> None:
    robot.select("Serve at the counter")
    robot.ctrl(Key.Key_C)
    assert clipboard().text().splitlines() == ["Serve at the counter", "\tTake payment", "\tAdvise"]
    cells = bytes(clipboard().data(CELLS_MIME).data()).decode()
    rows = [line.split("\t") for line in cells.splitlines()]
    assert rows[0][:2] == ["Level 1", "Level 2"]
    assert rows[2][1] == "Take payment"
    assert "<td>Take payment</td>" in clipboard().html()


def test_names_with_marks_do_no_harm_in_the_table(robot: WindowRobot) -> None:
    from capmap.model import edits

    robot.workspace.commit(edits.rename(robot.map, robot.id("Advise"), "<img src=x> & co"))
    robot.select("<img src=x> & co")
    robot.ctrl(Key.Key_C)
    assert "&lt;img src=x&gt; &amp; co" in clipboard().html()
    assert clipboard().text() == "<img src=x> & co\n"


def test_cut_and_paste_moves_with_everything_that_hangs_on_it(robot: WindowRobot) -> None:
    moved = robot.id("Take payment")
    robot.select("Take payment")
    robot.ctrl(Key.Key_X)
    assert "  Serve at the counter" in robot.outline
    robot.select("Run the shop")
    robot.ctrl(Key.Key_V)
    assert robot.map.capability(moved).parent == robot.id("Run the shop")
    assert len(robot.map.links_to(moved)) == 1
    assert robot.document.undo_text == "Move Take payment into Run the shop"
    robot.select("Sell")
    robot.ctrl(Key.Key_V)
    assert [box.name for box in robot.map.children(robot.id("Sell"))][-1] == "Take payment"
    assert robot.map.capability(moved).parent == robot.id("Run the shop")


def test_copy_and_paste_makes_copies_with_links(robot: WindowRobot) -> None:
    robot.select("Serve at the counter")
    robot.ctrl(Key.Key_C)
    robot.select("Run the shop")
    robot.ctrl(Key.Key_V)
    copied = robot.map.children(robot.id("Run the shop"))[-1]
    assert [copied.name, *(box.name for box in robot.map.children(copied.id))] == [
        "Serve at the counter",
        "Take payment",
        "Advise",
    ]
    assert [link.type for link in robot.map.links_to(robot.map.children(copied.id)[0].id)] == ["supports"]
    assert robot.workspace.selection == (copied.id,)


def test_pasted_at_once_a_copy_stands_beside_what_was_copied(robot: WindowRobot) -> None:
    robot.select("Advise")
    robot.ctrl(Key.Key_C)
    robot.ctrl(Key.Key_V)
    counter = robot.map.children(robot.id("Serve at the counter"))
    assert [box.name for box in counter] == ["Take payment", "Advise", "Advise"]


def test_an_outline_from_elsewhere_comes_below_the_selection(robot: WindowRobot) -> None:
    robot.put_on_clipboard("Deliver\n  Pick\n  Pack\nReturn\n")
    robot.select("Run the shop")
    robot.ctrl(Key.Key_V)
    at = robot.outline.index("  Deliver")
    assert robot.outline[at : at + 4] == ["  Deliver", "    Pick", "    Pack", "  Return"]
    assert sorted(robot.chosen) == ["Deliver", "Return"]
    robot.ctrl(Key.Key_Z)
    assert "  Deliver" not in robot.outline


def test_cells_of_a_spreadsheet_bring_their_scores(robot: WindowRobot) -> None:
    robot.put_on_clipboard("Name\tImportance\tMaturity\nPick\t4\t2\nPack\t\t3\n")
    robot.workspace.select([])
    robot.ctrl(Key.Key_V)
    assert (robot.box("Pick").importance, robot.box("Pick").maturity) == (4, 2)
    assert (robot.box("Pack").importance, robot.box("Pack").parent) == (None, None)


def test_a_doubtful_paste_is_shown_first(robot: WindowRobot) -> None:
    before = robot.outline
    robot.put_on_clipboard("Pick\tfast\tred\nPack\tslow\tblue\n")
    robot.select("Run the shop")
    robot.ctrl(Key.Key_V)
    preview = robot.dialog(ImportPreview)
    assert robot.outline == before
    preview.accept()
    robot.rest()
    assert robot.outline[-2:] == ["  Pick", "  Pack"]


def test_paste_with_a_preview_and_cancelled_changes_nothing(robot: WindowRobot) -> None:
    before = robot.outline
    robot.put_on_clipboard("Pick\nPack\n")
    robot.ctrl(Key.Key_V, Keys.ShiftModifier)
    preview = robot.dialog(ImportPreview)
    assert "2 capabilities on 1 level" in preview.heading.text()
    preview.reject()
    assert robot.outline == before


def test_references_to_the_copied_boxes(robot: WindowRobot) -> None:
    robot.select("Advise")
    robot.ctrl(Key.Key_C)
    robot.select("Run the shop")
    robot.ctrl(Key.Key_V, Keys.AltModifier)
    made = robot.map.children(robot.id("Run the shop"))[-1]
    assert made.alias_of == robot.id("Advise")


def test_boxes_go_into_another_map_with_their_values(robot: WindowRobot) -> None:
    robot.select("Serve at the counter")
    robot.ctrl(Key.Key_C)
    robot.window.files.new()
    robot.ctrl(Key.Key_V)
    assert robot.outline == ["Serve at the counter", "  Take payment", "  Advise"]
    assert (robot.box("Take payment").maturity, robot.box("Take payment").owner) == (3, "Till lead")


@pytest.mark.parametrize(
    "told",
    [b"not json", b"[]", b'{"path": 1}', b'{"path": "x", "ids": ["a"], "moving": true, "cells": ""}'],
)
def test_what_another_program_puts_there_does_no_harm(robot: WindowRobot, told: bytes) -> None:
    before = robot.outline
    data = QMimeData()
    data.setData(BRANCHES_MIME, told)
    QGuiApplication.clipboard().setMimeData(data)
    robot.ctrl(Key.Key_V)
    assert robot.outline == before
    assert "no text" in robot.said


def test_nothing_to_paste_is_said(robot: WindowRobot) -> None:
    QGuiApplication.clipboard().clear()
    robot.ctrl(Key.Key_V)
    assert "no text" in robot.said


def test_copy_in_a_field_is_about_the_field(robot: WindowRobot) -> None:
    robot.select("Take payment")
    owner = robot.desk.inspector.box_page.owner
    owner.setFocus()
    owner.selectAll()
    robot.ctrl(Key.Key_C)
    assert clipboard().text() == "Till lead"
    robot.ctrl(Key.Key_A)
    assert robot.chosen == ["Take payment"]
