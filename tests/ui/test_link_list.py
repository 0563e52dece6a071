"""The links of the inspector: added, edited and removed in place; own attributes; scores that are dated."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from window_robot import Key, WindowRobot

from capmap.document import Document
from capmap.model import attributes, edits
from capmap.model.map import Map
from capmap.model.records import Attribute, Link, Service
from capmap.ui.linking.linkfield import LinkField
from capmap.ui.panels.boxpage import BoxPage
from capmap.ui.panels.fieldeditors import SEVERAL, DateField, LineField, TextArea
from capmap.ui.panels.linkrow import LinkRow
from capmap.ui.panels.picker import Picker


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path, current=small_map)


def page(robot: WindowRobot) -> BoxPage:
    return robot.desk.inspector.box_page


def row(robot: WindowRobot, name: str) -> LinkRow:
    return next(row for row in page(robot).links.rows if row.thing.name == name)


def link(robot: WindowRobot, source: str, target: str) -> Link | None:
    current = robot.map
    return next(
        (
            link
            for link in current.all(Link)
            if getattr(current[link.source], "name", "") == source and link.target == robot.id(target)
        ),
        None,
    )


def service(robot: WindowRobot, name: str) -> Service:
    return next(item for item in robot.map.all(Service) if item.name == name)


def opened(robot: WindowRobot, name: str) -> LinkRow:
    """The row with what its link knows below it, opened by the key."""
    robot.rest()
    found = row(robot, name)
    found.setFocus()
    robot.hit(Key.Key_Right)
    return found


# -- add and remove -----------------------------------------------------------------------------------


def test_a_link_is_added_by_typing(robot: WindowRobot) -> None:
    robot.select("Take payment")
    links = page(robot).links
    assert list(links.adders) == ["service", "project", "objective", "unit", "demand"]
    robot.click(links.adders["service"])
    field = robot.desk.linking.field
    assert isinstance(field, LinkField)
    assert [row.label for row in field.suggestions] == ["Ledger"]
    robot.write("led")
    robot.hit(Key.Key_Return)
    assert link(robot, "Ledger", "Take payment") is not None
    assert [row.thing.name for row in links.rows] == ["Ledger", "Till"]
    assert links.adders["service"].hasFocus()
    robot.click(links.adders["demand"])
    robot.write("Pay by phone")
    robot.hit(Key.Key_Return)
    assert [row.thing.name for row in links.rows] == ["Ledger", "Till", "Pay by phone"]
    assert links.adders["demand"].hasFocus()


@pytest.mark.parametrize("way", ["key", "button"])
def test_a_link_is_removed_and_the_thing_stays(robot: WindowRobot, way: str) -> None:
    robot.select("Take payment")
    found = opened(robot, "Till")
    if way == "key":
        found.setFocus()
        robot.hit(Key.Key_Delete)
    else:
        assert found.details is not None
        robot.click(found.details.remove_button)
    assert link(robot, "Till", "Take payment") is None
    assert service(robot, "Till")
    assert robot.document.undo_text == "Unlink Till and Take payment"
    assert page(robot).links.rows == []
    assert page(robot).links.adders["service"].hasFocus()
    robot.ctrl(Key.Key_Z)
    assert link(robot, "Till", "Take payment") is not None


def test_a_link_of_a_box_inside_is_not_removed_from_outside(robot: WindowRobot) -> None:
    robot.select("Sell")
    robot.rest()
    row(robot, "Till").setFocus()
    robot.hit(Key.Key_Delete)
    assert link(robot, "Till", "Take payment") is not None
    assert robot.said == "Till is linked to Take payment inside. Select that box to remove the link."
    found = opened(robot, "Till")
    assert found.details is not None
    told = [label.text() for label in found.details.findChildren(QLabel) if label.isVisible()]
    assert told == ["Linked inside: Take payment"]


def test_several_boxes_are_linked_and_unlinked_at_once(robot: WindowRobot) -> None:
    robot.select("Advise", "Take payment")
    steps = len(robot.document.history())
    robot.click(page(robot).links.adders["service"])
    robot.write("ledger")
    robot.hit(Key.Key_Return)
    assert link(robot, "Ledger", "Advise") is not None
    assert link(robot, "Ledger", "Take payment") is not None
    row(robot, "Ledger").setFocus()
    robot.hit(Key.Key_Delete)
    assert link(robot, "Ledger", "Advise") is None
    assert len(robot.document.history()) == steps + 2


# -- what a link knows --------------------------------------------------------------------------------


def test_share_fit_and_note_are_edited_in_place(robot: WindowRobot) -> None:
    robot.select("Take payment")
    details = opened(robot, "Till").details
    assert details is not None
    assert details.share is not None
    assert details.score is not None
    assert details.note is not None
    assert details.share.hasFocus()
    assert details.share.text() == "100"
    details.share.selectAll()
    robot.write("97.5 %")
    robot.hit(Key.Key_Return)
    assert getattr(link(robot, "Till", "Take payment"), "share", None) == 97.5
    assert details.share.text() == "97.5"
    assert robot.document.undo_text == "Set share of cost of the link to Till"
    details.share.selectAll()
    robot.write("lots")
    robot.hit(Key.Key_Return)
    assert robot.said == "Share of cost must be a share such as 97.5 %, not “lots”."
    assert details.share.text() == "97.5"
    robot.click(details.score.cells[1])
    assert getattr(link(robot, "Till", "Take payment"), "fit", None) == 2
    details.note.setFocus()
    robot.write("Old but sound")
    robot.leave()
    made = link(robot, "Till", "Take payment")
    assert made is not None
    assert made.note == "Old but sound"
    assert row(robot, "Till").details is details, "what is edited is not made anew under the hand"


def test_what_a_project_promised_is_edited(robot: WindowRobot) -> None:
    robot.select("Sell online")
    details = opened(robot, "Web shop").details
    assert details is not None
    assert details.score is not None
    assert [cell.text() for cell in details.score.cells if cell.isChecked()] == ["4"]
    details.score.handles[0].setFocus()
    robot.hit(Key.Key_5)
    assert getattr(link(robot, "Web shop", "Sell online"), "promised", None) == 5


def test_keys_open_and_close_what_a_link_knows(robot: WindowRobot) -> None:
    robot.select("Take payment")
    found = opened(robot, "Till")
    details = [found.details]
    found.setFocus()
    robot.hit(Key.Key_Left)
    details.append(found.details)
    robot.click(found.chevron)
    details.append(found.details)
    assert [shown is not None for shown in details] == [True, False, True]
    robot.select("Advise")
    robot.select("Take payment")
    assert row(robot, "Till").details is not None, "it stays open as one walks"


def test_shares_that_are_off_are_said_and_balanced(robot: WindowRobot) -> None:
    till = service(robot, "Till")
    robot.workspace.commit(edits.link(robot.map, "supports", till.id, robot.id("Advise"), share=60.0))
    robot.select("Advise")
    sentence = "The shares of Till add up to 160 %; sums of cost scale them down to 100 %."
    assert row(robot, "Till").accessibleName().endswith(f", {sentence}")
    assert sentence in row(robot, "Till").toolTip()
    details = opened(robot, "Till").details
    assert details is not None
    assert sentence in [label.text() for label in details.findChildren(QLabel) if label.isVisible()]
    steps = len(robot.document.history())
    robot.click(details.balance_button)
    assert getattr(link(robot, "Till", "Advise"), "share", None) == 37.5
    assert len(robot.document.history()) == steps + 1
    assert not details.balance_button.isVisible()
    assert robot.said == "The shares of Till add up to 100 % now."


def test_a_lit_thing_stays_lit_while_its_links_are_edited(robot: WindowRobot) -> None:
    robot.select("Take payment")
    robot.click(row(robot, "Till"))
    assert robot.desk.spotlight.is_on
    robot.click(page(robot).links.adders["service"])
    robot.write("ledger")
    robot.hit(Key.Key_Return)
    assert page(robot).links.lit_record == service(robot, "Till").id
    assert robot.desk.spotlight.is_on


def test_a_read_only_map_shows_links_and_edits_none(robot: WindowRobot) -> None:
    robot.window.show_document(Document.open(robot.path, read_only=True))
    robot.select("Take payment")
    assert page(robot).links.adders == {}
    details = opened(robot, "Till").details
    assert details is not None
    assert details.share is not None
    assert details.score is not None
    assert details.share.isReadOnly()
    assert not details.score.isEnabled()
    assert not details.remove_button.isVisible()
    row(robot, "Till").setFocus()
    robot.hit(Key.Key_Delete)
    assert link(robot, "Till", "Take payment") is not None
    assert robot.said == robot.document.why_read_only


# -- own attributes -----------------------------------------------------------------------------------


def own(robot: WindowRobot, name: str, kind: str, *choices: str) -> str:
    robot.workspace.commit(attributes.add(robot.map, "capability", name, kind, choices))
    return next(item.id for item in robot.map.all(Attribute) if item.name == name)


def test_own_attributes_are_edited_by_their_types(robot: WindowRobot) -> None:
    robot.select("Advise")
    assert not page(robot).own.isVisible()
    kinds = (("text", ()), ("number", ()), ("choice", ("a", "b")), ("date", ()), ("money", ()))
    keys = {kind: own(robot, f"My {kind}", kind, *choices) for kind, choices in kinds}
    editors = page(robot).own.editors
    assert page(robot).own.isVisible()
    text, number, choice, date, money = (editors[keys[kind]] for kind, _ in kinds)
    assert isinstance(text, TextArea)
    assert isinstance(number, LineField)
    assert isinstance(choice, Picker)
    assert isinstance(date, DateField)
    assert isinstance(money, LineField)
    robot.rest()
    text.setFocus()
    robot.write("Three words here")
    number.setFocus()
    robot.write("12.5")
    robot.hit(Key.Key_Return)
    choice.setFocus()
    robot.hit(Key.Key_Down)
    robot.hit(Key.Key_Down)
    date.line.setFocus()
    robot.write("2026-11-20")
    robot.hit(Key.Key_Return)
    money.setFocus()
    robot.write("1.2m")
    robot.leave()
    assert robot.box("Advise").extra == {
        keys["text"]: "Three words here",
        keys["number"]: 12.5,
        keys["choice"]: "b",
        keys["date"]: "2026-11-20",
        keys["money"]: 120_000_000,
    }
    assert money.text() == "1200000"
    number.setFocus()
    number.selectAll()
    robot.write("many")
    robot.hit(Key.Key_Return)
    assert robot.said == "My number must be a number, not “many”."
    assert robot.box("Advise").extra[keys["number"]] == 12.5
    assert number.text() == "12.5"


def test_own_attributes_of_several_boxes_are_edited_at_once(robot: WindowRobot) -> None:
    key = own(robot, "Room", "number")
    robot.select("Advise")
    editor = page(robot).own.editors[key]
    assert isinstance(editor, LineField)
    editor.setFocus()
    robot.write("7")
    robot.leave()
    robot.select("Advise", "Sell online")
    assert editor.placeholderText() == SEVERAL
    editor.setFocus()
    robot.write("8")
    robot.leave()
    assert {robot.box(name).extra[key] for name in ("Advise", "Sell online")} == {8}
    assert robot.document.undo_text == "Set Room of 2 boxes"


# -- scores, the map page, Esc ------------------------------------------------------------------------


def test_a_score_given_in_the_inspector_is_dated_in_the_same_step(robot: WindowRobot) -> None:
    robot.select("Advise")
    first = dt.date.today()
    robot.click(page(robot).scores[0].cells[3])
    assert first <= (robot.box("Advise").assessed_on or dt.date.min) <= dt.date.today()
    assert len(robot.document.history()) == 1
    robot.ctrl(Key.Key_Z)
    assert robot.box("Advise").assessed_on is None
    assert robot.box("Advise").importance is None


def test_esc_in_any_field_goes_back_to_the_map(robot: WindowRobot) -> None:
    robot.select("Take payment")
    found = page(robot)
    opened(robot, "Till")
    for control in (found.owner, found.description, found.scores[0].handles[0], found.links.rows[0], found.reason):
        control.setFocus()
        robot.hit(Key.Key_Escape)
        assert robot.desk.canvas.hasFocus()
        assert robot.chosen == ["Take payment"]
    found.owner.setFocus()
    robot.hit(Key.Key_End)
    robot.write(" and co")
    robot.hit(Key.Key_Escape)
    assert robot.desk.canvas.hasFocus()
    assert robot.box("Take payment").owner == "Till lead and co"


def test_a_long_author_is_shown_whole(robot: WindowRobot) -> None:
    robot.workspace.select([])
    author = "Ada Example, Benedikt Beispiel, Chloé Exemple and Dario Esempio, for the shop round the corner"
    robot.workspace.commit(edits.settings(robot.map, author=author))
    editor = robot.desk.inspector.map_page.editors["author"]
    assert isinstance(editor, TextArea)
    robot.rest()
    assert editor.toPlainText() == author
    assert editor.height() > 2 * editor.fontMetrics().lineSpacing()


def test_scores_from_the_palette_and_typed_into_a_table_are_dated_and_pasted_ones_are_not(robot: WindowRobot) -> None:
    robot.select("Advise")
    first = dt.date.today()
    robot.on_canvas()
    robot.ctrl(Key.Key_K)
    robot.write("maturity 3")
    robot.hit(Key.Key_Return)
    assert robot.box("Advise").maturity == 3
    assert first <= (robot.box("Advise").assessed_on or dt.date.min) <= dt.date.today()
    view = robot.desk.tables.open("capability").view
    column = view.table.column_of("maturity")
    view.go_to(view.table.row_of(robot.id("Sell online")), column)
    robot.put_on_clipboard("1")
    robot.ctrl(Key.Key_V)
    assert (robot.box("Sell online").maturity, robot.box("Sell online").assessed_on) == (1, None)
    view.table.setData(view.currentIndex(), "5")
    assert robot.box("Sell online").maturity == 5
    assert first <= (robot.box("Sell online").assessed_on or dt.date.min) <= dt.date.today()
