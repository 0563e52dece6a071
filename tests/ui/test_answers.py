"""Questions asked in the window: the answer stands beside the map, its rows light boxes, files and copies leave it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from insurer_robot import INSURER, Insurer
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_robot import Button, Key, Keys

from capmap.model import edits
from capmap.ui.answers.asking import CHEAP


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> Insurer:
    return Insurer(qtbot, tmp_path)


def test_a_service_is_switched_off_by_typing_its_name(robot: Insurer) -> None:
    robot.switch_off()
    assert robot.pane.sentence == "If Quote Engine stops, 8 capabilities stop and 14 more degrade."
    assert robot.pane.story[0].startswith("Among what stops, of importance 4 or 5: Rate Deployment, ")
    assert robot.names()[:2] == ["Rate Deployment", "Customer Record"]
    assert len(robot.lit) == 22, "what stops and what degrades, at once"
    assert robot.desk.light_strip.sentence == robot.pane.sentence
    assert not robot.desk.inspector_shown, "the map keeps its room"
    assert robot.desk.canvas.isVisible()


def test_typing_completes_names_and_codes(robot: Insurer) -> None:
    robot.window.actions_set.trigger("ask.impact")
    robot.write("letter")
    completer = robot.pane.ask_bar.subject.completer()
    shown = completer.completionModel()
    assert [shown.index(row, 0).data() for row in range(shown.rowCount())] == ["Letter Factory   ·   service S11"]
    popup = completer.popup()
    assert popup is not None
    QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)
    robot.rest()
    assert robot.pane.sentence.startswith("If Letter Factory stops, ")


def test_a_name_of_two_kinds_is_written_with_its_kind(robot: Insurer) -> None:
    robot.window.answering.ask_about("touches", next(unit for unit in robot.map if unit.kind == "unit"))
    robot.rest()
    assert " touches directly " in robot.pane.sentence
    robot.switch_off("Claims")
    assert robot.pane.sentence.startswith("If Claims stops, ")


def test_a_row_lights_its_boxes_and_shows_its_proof(robot: Insurer) -> None:
    robot.switch_off()
    robot.click_row(robot.names().index("Aggregator Trading"))
    assert robot.lit == {"Aggregator Trading"}
    told = "Quote Engine is needed by Aggregator Gateway, which supports Aggregator Trading."
    assert robot.desk.light_strip.sentence == told
    assert [leg.text() for leg in robot.pane.proofs.legs] == [
        "Quote Engine",
        "→ is needed by Aggregator Gateway",
        "→ supports Aggregator Trading",
    ]
    robot.hit(Key.Key_Down)
    assert robot.lit == {robot.names()[robot.names().index("Aggregator Trading") + 1]}
    robot.click(robot.pane.proofs.legs[0])
    assert robot.desk.light_strip.sentence.startswith("Quote Engine supports ")


def test_esc_gives_the_map_back_and_then_the_keys(robot: Insurer) -> None:
    robot.switch_off()
    robot.click_row(0)
    robot.hit(Key.Key_Escape)
    assert robot.desk.canvas.lighting.lit is None
    assert not robot.desk.light_strip.isVisible()
    robot.hit(Key.Key_Escape)
    assert robot.desk.canvas.hasFocus()
    robot.hit(Key.Key_F8)
    assert not robot.window.answering.is_open
    assert robot.desk.inspector_shown


def test_columns_sort_by_their_values_empty_ones_last(robot: Insurer) -> None:
    robot.window.actions_set.trigger("ask.cost")
    robot.rest()
    as_asked = robot.names("Number")
    heads = [
        str(robot.pane.view.answer_rows.headerData(place, Qt.Orientation.Horizontal))
        for place in range(robot.pane.view.answer_rows.columnCount())
    ]
    assert heads[3] == "Run cost a year (EUR)"
    robot.click_heading(0)
    numbers = [[int(part) for part in number.split(".")] for number in robot.names("Number") if number]
    assert numbers == sorted(numbers)
    assert robot.names("Number")[-1] == "", "what is not linked has no number"
    robot.click_heading(3)
    robot.click_heading(3)
    costs = [float(cost.replace(",", "")) for cost in robot.names("Run cost") if cost]
    assert costs == sorted(costs, reverse=True)
    robot.click_heading(3)
    assert robot.names("Number") == as_asked


def test_money_stands_at_the_right_and_empty_columns_are_left_out(robot: Insurer) -> None:
    robot.window.actions_set.trigger("ask.coverage")
    robot.rest()
    table = robot.pane.view.answer_rows
    heads = [table.headerData(place, Qt.Orientation.Horizontal) for place in range(table.columnCount())]
    assert "Finding" in heads
    money = next(place for place, head in enumerate(heads) if "EUR" in str(head))
    assert table.index(0, money).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_why_this_colour_is_asked_of_the_selected_box(robot: Insurer) -> None:
    robot.select("Quotation")
    robot.on_canvas()
    robot.hit(Key.Key_Question, Keys.ControlModifier)
    assert robot.pane.sentence == "Quotation is 3 below target: its maturity is 2 and its target 5."
    assert robot.desk.canvas.hasFocus()
    menu = robot.window.actions_set.context_menu(on_box=True)
    assert "Why this colour?" in [action.text().split("\t")[0] for action in menu.actions()]


def test_the_day_is_part_of_the_question(robot: Insurer) -> None:
    robot.window.actions_set.trigger("ask.timeline")
    robot.rest()
    today = robot.pane.sentence
    robot.pane.ask_bar.day.setFocus()
    robot.write("2031-05-01")
    robot.hit(Key.Key_Return)
    assert "1 May 2031" in robot.pane.sentence
    assert robot.pane.sentence != today
    robot.pane.ask_bar.day.selectAll()
    robot.write("tomorrow")
    robot.hit(Key.Key_Return)
    assert robot.pane.sentence.startswith("“tomorrow” is no day like ")


def test_what_is_not_there_is_said_with_what_comes_near(robot: Insurer) -> None:
    robot.switch_off("Quot Engin")
    assert "Near it: Quote Engine (S" in robot.pane.sentence
    assert robot.pane.view.answer_rows.rowCount() == 0
    robot.pane.ask_bar.subject.clear()
    robot.click(robot.pane.ask_bar.go)
    assert robot.pane.sentence == "Say what is asked about: service, provider or unit."


def test_a_small_map_is_asked_again_by_itself_after_an_edit(robot: Insurer) -> None:
    assert len(robot.map) <= CHEAP
    robot.switch_off()
    robot.workspace.commit(edits.put(robot.map, robot.service("Quote Engine").id, name="Price Engine"))
    assert robot.pane.age == "As of before your last edit."
    robot.desk.spotlight.end()
    robot.asking._pause.timeout.emit()
    robot.rest()
    assert robot.pane.sentence.startswith("There is no service, provider or unit called “Quote Engine” in this map.")
    robot.window.attempt(robot.desk.undo)
    robot.asking._pause.timeout.emit()
    robot.rest()
    assert robot.pane.sentence.startswith("If Quote Engine stops")
    assert robot.pane.age == ""
    assert robot.desk.canvas.lighting.lit is None, "what was asked again by itself lights nothing"


def test_on_a_large_map_an_old_answer_says_so_until_asked_again(
    robot: Insurer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("capmap.ui.answers.asking.CHEAP", 10)
    robot.switch_off()
    robot.workspace.commit(edits.rename(robot.map, robot.id("Rate Deployment"), "Roll-out of rates"))
    assert robot.pane.age == "As of before your last edit."
    assert not robot.asking._pause.isActive()
    robot.click(robot.pane.again_button)
    assert robot.pane.age == ""
    assert robot.names()[0] == "Roll-out of rates"


def test_a_question_can_be_stopped(robot: Insurer) -> None:
    robot.window.actions_set.trigger("ask.impact")
    robot.pane.ask_bar.subject.setText("Quote Engine")
    robot.pane.ask_bar.ask()
    assert robot.pane.age == "Looking for the answer…"
    QTest.mouseClick(robot.pane.stop_button, Button.LeftButton)
    robot.rest()
    assert robot.pane.answer is None
    assert robot.pane.age == ""


def test_the_table_is_copied_with_its_headings(robot: Insurer) -> None:
    robot.switch_off()
    robot.click(robot.pane.copy_button)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:4] == ["Effect", "Kind", "Code", "Name"]
    assert len(lines) == 1 + len(robot.names())
    robot.click_row(0)
    robot.hit(Key.Key_Down, Keys.ShiftModifier)
    robot.ctrl(Key.Key_C)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 3


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx", ".csv"])
def test_an_answer_is_saved(robot: Insurer, suffix: str) -> None:
    robot.switch_off()
    target = robot.folder / f"answer{suffix}"
    robot.window.answering.save(target)
    robot.rest()
    assert robot.said == f"Wrote answer{suffix}."
    if suffix == ".xlsx":
        assert load_workbook(target).sheetnames == ["Switch it off", "In words"]
    else:
        assert target.stat().st_size > 1000


def test_another_question_and_another_map_begin_anew(robot: Insurer, tmp_path: Path) -> None:
    robot.switch_off()
    robot.pane.ask_bar.question.setFocus()
    robot.hit(Key.Key_Down)
    assert robot.pane.ask_bar.chosen.name == "touches"
    assert robot.pane.answer is None
    robot.switch_off()
    shutil.copy(INSURER, tmp_path / "other.capmap")
    robot.window.files.open_path(tmp_path / "other.capmap")
    robot.rest()
    assert robot.pane.answer is None
    assert not robot.desk.spotlight.is_on
    robot.window.files.close()
    robot.rest()
    assert not robot.window.answering.is_open


def test_the_find_field_lights_things_and_switches_them_off(robot: Insurer) -> None:
    robot.window.find_field.begin_run()
    robot.write("keel policy")
    labels = [row.label for row in robot.window.find_field.palette_list.suggestions]
    assert "Keel Policy Platform" in labels
    assert "Switch off Keel Policy Platform" in labels
    offered = robot.window.find_field.palette_list
    while offered.current is not None and offered.current.label != "Keel Policy Platform":
        robot.hit(Key.Key_Down)
    robot.hit(Key.Key_Return)
    assert robot.desk.light_strip.sentence == "Keel Policy Platform supports 9 boxes."
    assert len(robot.lit) == 9
    assert QApplication.focusWidget() is robot.desk.canvas


def test_the_panels_are_remembered_as_they_were_without_the_answers(robot: Insurer) -> None:
    wide = robot.desk.inspector.width()
    robot.switch_off()
    path = str(robot.workspace.document.path)
    robot.close_window()
    robot.open_window(path)
    assert robot.desk.inspector_shown
    assert abs(robot.desk.inspector.width() - wide) < 8
    assert not robot.window.answering.is_open
