"""The inspector: what is shown is what the map holds, what is typed is one step, several boxes are edited at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_robot import Key, Keys, WindowRobot

from capmap.model.map import Map
from capmap.ui.panels.boxpage import BoxPage
from capmap.ui.panels.fieldeditors import SEVERAL, day_of
from capmap.ui.panels.mappage import MapPage


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path, current=small_map)


def page(robot: WindowRobot) -> BoxPage:
    return robot.desk.inspector.box_page


def map_page(robot: WindowRobot) -> MapPage:
    return robot.desk.inspector.map_page


def row_of(robot: WindowRobot, field: str) -> int:
    return {"importance": 0, "maturity": 1, "target": 1, "confidence": 2, "expectation": 2}[field]


def test_shows_the_box(robot: WindowRobot) -> None:
    robot.select("Take payment")
    assert page(robot).name.toPlainText() == "Take payment"
    assert page(robot).owner.text() == "Till lead"
    assert page(robot).code.text() == "1.1.1"
    maturity = page(robot).scores[1]
    assert [cell.text() for cell in maturity.cells if cell.isChecked()] == ["3"]
    assert [cell.text() for cell in maturity.cells if cell.property("outlined")] == ["4"]
    assert [handle.text() for handle in maturity.handles] == ["now 3", "target 4"]


def test_a_button_sets_a_score_and_pressed_again_clears_it(robot: WindowRobot) -> None:
    robot.select("Advise")
    importance = page(robot).scores[0]
    robot.click(importance.cells[3])
    assert robot.box("Advise").importance == 4
    assert robot.document.undo_text == "Set importance of Advise"
    robot.click(importance.cells[3])
    assert robot.box("Advise").importance is None
    assert len(robot.document.history()) == 2


def test_shift_click_sets_the_target(robot: WindowRobot) -> None:
    robot.select("Advise")
    robot.click(page(robot).scores[1].cells[4], keys=Keys.ShiftModifier)
    assert (robot.box("Advise").maturity, robot.box("Advise").target) == (None, 5)


def test_digits_and_arrows_set_the_score_with_the_focus(robot: WindowRobot) -> None:
    robot.select("Advise")
    robot.on_canvas()
    robot.hit(Key.Key_F4)
    for key, wanted in ((Key.Key_3, 3), (Key.Key_Right, 4), (Key.Key_Left, 3), (Key.Key_0, None), (Key.Key_5, 5)):
        robot.hit(key)
        assert robot.box("Advise").importance == wanted
    target = page(robot).scores[1].handles[1]
    target.setFocus()
    robot.hit(Key.Key_4)
    assert robot.box("Advise").target == 4
    assert robot.box("Advise").name == "Advise"


def test_typing_a_name_is_one_step(robot: WindowRobot) -> None:
    robot.select("Advise")
    field = page(robot).name
    field.setFocus()
    field.selectAll()
    for letter in "Counsel":
        robot.write(letter)
        page(robot).typing.flush()
    assert robot.box("Counsel").name == "Counsel"
    assert len(robot.document.history()) == 1
    robot.leave()
    field.setFocus()
    QTest.keyClick(field, Key.Key_End, Keys.ControlModifier)
    robot.write("s")
    robot.leave()
    assert [step.text for step in robot.document.history()] == ["Rename to Counsel", "Rename to Counsels"]
    robot.ctrl(Key.Key_Z)
    assert field.toPlainText() == "Counsel"


def test_what_is_typed_is_kept_when_another_box_is_selected(robot: WindowRobot) -> None:
    robot.select("Advise")
    page(robot).description.setFocus()
    robot.write("Tell people what fits them.")
    robot.select("Take payment")
    assert robot.box("Advise").description == "Tell people what fits them."
    assert robot.box("Take payment").description == ""


def test_an_empty_name_is_refused_and_the_old_one_comes_back(robot: WindowRobot) -> None:
    robot.select("Advise")
    field = page(robot).name
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Key.Key_Delete)
    robot.leave()
    assert "must not be empty" in robot.said
    assert field.toPlainText() == "Advise"
    assert robot.box("Advise").name == "Advise"


def test_several_boxes_show_mixed_values_and_are_edited_together(robot: WindowRobot) -> None:
    robot.select("Serve at the counter", "Sell online")
    assert page(robot).name.isReadOnly()
    assert page(robot).name.toPlainText() == "2 boxes"
    assert page(robot).width() <= robot.desk.inspector.width()
    maturity = page(robot).scores[1]
    assert maturity.handles[0].text() == "now mixed"
    assert maturity.handles[1].text() == "target 4"
    assert page(robot).code.placeholderText() == SEVERAL
    page(robot).owner.setFocus()
    robot.write("Shop lead")
    robot.leave()
    assert {robot.box(name).owner for name in ("Serve at the counter", "Sell online")} == {"Shop lead"}
    assert robot.document.undo_text == "Set owner of 2 boxes"
    assert len(robot.document.history()) == 1


def test_owners_of_other_boxes_are_offered(robot: WindowRobot) -> None:
    robot.select("Advise")
    owner = page(robot).owner
    owner.setFocus()
    robot.write("till")
    completer = owner.completer()
    assert completer is not None
    assert completer.currentCompletion() == "Till lead"


def test_category_tags_and_day(robot: WindowRobot) -> None:
    robot.select("Advise")
    robot.click(page(robot).category.buttons["core"])
    assert robot.box("Advise").category == "core"
    robot.click(page(robot).category.buttons["core"])
    assert robot.box("Advise").category is None
    page(robot).tags.setFocus()
    robot.write("till, shop ,, till")
    robot.leave()
    assert robot.box("Advise").tags == ("till", "shop")
    assert page(robot).tags.text() == "till, shop"
    line = page(robot).assessed_on.line
    line.setFocus()
    robot.write("2026-11-20")
    robot.hit(Key.Key_Return)
    assert robot.box("Advise").assessed_on == dt.date(2026, 11, 20)
    line.selectAll()
    robot.write("soon")
    robot.hit(Key.Key_Return)
    assert "must be a day" in robot.said
    assert robot.box("Advise").assessed_on == dt.date(2026, 11, 20)


def test_a_reference_edits_what_it_shows(robot: WindowRobot) -> None:
    alias = robot.map.aliases_of(robot.id("Take payment"))[0]
    robot.workspace.select([alias])
    robot.click(page(robot).scores[0].cells[1])
    assert robot.box("Take payment").importance == 2
    assert robot.map.capability(alias).importance is None
    robot.window.actions_set.trigger("box.original")
    assert robot.workspace.selection == (robot.id("Take payment"),)


def test_links_with_their_figures_light_what_they_touch(robot: WindowRobot) -> None:
    robot.select("Sell")
    told = [row.accessibleName() for row in page(robot).links.rows]
    assert told == [
        "service Till, € 12k a year",
        "project Web shop, running",
        "objective A fifth of sales online, 6.5",
        "unit Shop floor, provider",
    ]
    lit: list[object] = []
    robot.desk.inspector.lit.connect(lit.append)
    robot.click(page(robot).links.rows[0])
    assert lit == [(robot.id("Take payment"),)]
    robot.click(page(robot).links.rows[0])
    assert lit[-1] is None


@pytest.mark.parametrize("after", [["Run the shop"], []])
def test_another_selection_lights_no_link(robot: WindowRobot, after: list[str]) -> None:
    robot.select("Sell")
    lit: list[object] = []
    robot.desk.inspector.lit.connect(lit.append)
    robot.click(page(robot).links.rows[0])
    robot.select(*after)
    assert lit == [(robot.id("Take payment"),), None]
    robot.select("Sell")
    assert lit[2:] == []
    assert not any(row.isChecked() for row in page(robot).links.rows)


def test_nothing_selected_shows_the_map(robot: WindowRobot) -> None:
    robot.workspace.select([])
    assert map_page(robot).editors["title"].isVisible()
    title = map_page(robot).editors["title"]
    title.setFocus()
    title.selectAll()
    robot.write("Shop round the corner")
    robot.leave()
    assert robot.map.settings.title == "Shop round the corner"
    assert robot.window.windowTitle().startswith("Shop round the corner")
    robot.bot.waitUntil(lambda: "7 capabilities on 3 levels" in map_page(robot).counts.text())


def test_a_read_only_map_is_shown_and_not_edited(robot: WindowRobot) -> None:
    from capmap.document import Document

    robot.window.show_document(Document.open(robot.path, read_only=True))
    robot.select("Advise")
    assert page(robot).name.isReadOnly()
    assert not page(robot).scores[0].isEnabled()
    robot.click(page(robot).scores[0].cells[2])
    assert robot.box("Advise").importance is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-02-03", dt.date(2026, 2, 3)), ("", None), ("no day", None), ("2026-02-30", None)],
)
def test_days_are_read(text: str, day: dt.date | None) -> None:
    assert day_of(text) == day


def test_every_control_has_a_name_for_those_who_listen(robot: WindowRobot) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

    robot.select("Take payment")
    nameless = []
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox):
        for control in robot.window.findChildren(kind):
            assert isinstance(control, QWidget)
            takes_keys = control.focusPolicy() & Qt.FocusPolicy.TabFocus
            words = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
            if control.isVisible() and takes_keys and not words:
                nameless.append(control)
    assert not nameless
