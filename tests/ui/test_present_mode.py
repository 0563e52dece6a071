"""Present mode under the keys of a facilitator: step, score, undo, jump, in and out, and back to the same place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from present_robot import PresentRobot
from PySide6.QtWidgets import QDialog, QMenu
from pytestqt.qtbot import QtBot
from window_robot import Key, Keys

from capmap.document import Document
from capmap.lens.builtin import LENSES
from capmap.model import edits
from capmap.model.map import Map
from capmap.model.records import Capability


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> PresentRobot:
    return PresentRobot(qtbot, tmp_path)


# -- begin and end ------------------------------------------------------------------------------------


def test_f5_shows_the_branch_of_the_selected_box_full_screen(robot: PresentRobot) -> None:
    stage = robot.begin("Claims")
    assert robot.filled_the_screen
    assert stage.hasFocus()
    assert robot.branch == "Claims"
    assert robot.asked == "Claim Notification"
    assert "How well do we do Claim Notification today?" in robot.read
    assert "Harbour Insurance › Policy & Claims" in robot.read
    assert not stage.findChildren(QMenu)
    assert not stage.findChildren(QDialog)


def test_a_selected_leaf_is_asked_about_in_its_branch(robot: PresentRobot) -> None:
    robot.begin("Fraud Investigation")
    assert (robot.branch, robot.asked) == ("Claims", "Fraud Investigation")


def test_with_nothing_selected_the_branch_of_the_window_is_shown(robot: PresentRobot) -> None:
    robot.workspace.show_branch(robot.id("Pricing"))
    robot.begin()
    assert robot.branch == "Pricing"
    robot.press(Key.Key_Escape)
    robot.workspace.show_branch(None)
    robot.begin()
    assert not robot.branch
    assert robot.asked == "Strategy & Governance"


def test_esc_goes_back_to_the_same_place(robot: PresentRobot) -> None:
    canvas, shown = robot.desk.canvas, robot.workspace
    shown.show_branch(robot.id("Policy & Claims"))
    shown.set_collapsed([robot.id("Claims Supply")], True)
    canvas.zoom_to(1.7)
    canvas.pan(-120, -45)
    robot.select("Claim Triage")
    robot.rest()
    before = (canvas.view, shown.root, shown.depth, shown.collapsed, shown.selection, shown.lens, shown.chips)
    robot.begin()
    robot.press(Key.Key_Right, "3", Key.Key_Backspace, Key.Key_Right, Key.Key_Return, "l", "b", "b")
    robot.press(Key.Key_Escape)
    assert not robot.presents
    assert before == (canvas.view, shown.root, shown.depth, shown.collapsed, shown.selection, shown.lens, shown.chips)
    assert robot.window.isActiveWindow()
    assert canvas.hasFocus()


def test_scores_of_the_room_are_in_the_map_its_history_and_its_file(robot: PresentRobot) -> None:
    robot.begin("Fraud Detection")
    robot.press("4", Key.Key_Escape)
    assert robot.box("Fraud Detection").maturity == 4
    assert robot.document.history()[-1].text == "Set maturity now of Fraud Detection to 4"
    heat = robot.desk.canvas.arrangement.heat
    assert heat.steps[robot.id("Fraud Detection")] == 2
    robot.on_canvas()
    robot.ctrl(Key.Key_Z)
    assert robot.box("Fraud Detection").maturity == 2
    robot.ctrl(Key.Key_Y)
    robot.window.files.close()
    with Document.open(robot.path) as again:
        assert next(box for box in again.map.walk() if box.name == "Fraud Detection" and not box.alias_of).maturity == 4


def test_another_map_ends_it_and_so_does_closing_the_window(robot: PresentRobot, tmp_path: Path) -> None:
    robot.begin("Claims")
    other = tmp_path / "other.capmap"
    Document.create(other).close()
    robot.window.files.open_path(other)
    robot.rest()
    assert not robot.presents
    robot.begin()
    robot.close_window()
    assert not robot.presents


# -- step ---------------------------------------------------------------------------------------------


def test_arrows_step_in_reading_order_and_on_into_the_next_branch(robot: PresentRobot) -> None:
    robot.begin("Billing & Collection")
    boxes = robot.stops
    assert boxes == ["Premium Billing", "Collections", "Arrears Handling", "Commission"]
    walked = [robot.asked]
    for _ in range(3):
        robot.press(Key.Key_Right)
        walked.append(robot.asked)
    assert walked == boxes
    robot.press(Key.Key_Right)
    assert robot.asked == "Commission"
    assert robot.heard == "Last box of Billing & Collection. Once more for Claims."
    robot.press(Key.Key_Right)
    assert (robot.branch, robot.asked) == ("Claims", "Claim Notification")
    robot.press(Key.Key_Left)
    assert robot.heard == "First box of Claims. Once more for Billing & Collection."
    robot.press(Key.Key_Left)
    assert (robot.branch, robot.asked) == ("Billing & Collection", "Commission")


def test_a_clicker_for_slides_steps_too(robot: PresentRobot) -> None:
    robot.begin("Pricing")
    robot.press(Key.Key_PageDown, Key.Key_PageDown)
    assert robot.asked == "Rate Deployment"
    robot.press(Key.Key_PageUp)
    assert robot.asked == "Rate Setting"


def test_up_and_down_go_where_the_eye_goes(robot: PresentRobot) -> None:
    stage = robot.begin("Billing & Collection")
    robot.press(Key.Key_Down)
    below = stage.map.box_rect(robot.id(robot.asked))
    above = stage.map.box_rect(robot.id("Premium Billing"))
    assert below.top() >= above.bottom()
    assert below.left() == pytest.approx(above.left(), abs=2)
    robot.press(Key.Key_Up)
    assert robot.asked == "Premium Billing"


def test_home_and_end(robot: PresentRobot) -> None:
    robot.begin("Pricing")
    robot.press(Key.Key_End)
    assert robot.asked == "Telematics Pricing"
    robot.press(Key.Key_Home)
    assert robot.asked == "Risk Modelling"


def test_the_last_box_of_the_map_is_the_end(robot: PresentRobot) -> None:
    robot.begin("Legal & Sourcing")
    robot.press(Key.Key_End, Key.Key_Right, Key.Key_Right)
    assert robot.asked == "Facilities"
    assert robot.heard == "Last box of Legal & Sourcing."


# -- in and out ---------------------------------------------------------------------------------------


def test_enter_goes_in_and_backspace_out_again(robot: PresentRobot) -> None:
    robot.begin()
    robot.press(Key.Key_Right, Key.Key_Right, Key.Key_Right)
    assert robot.asked == "Policy & Claims"
    robot.press(Key.Key_Return)
    assert robot.branch == "Policy & Claims"
    robot.press("4.3", Key.Key_Return)
    if robot.branch != "Claims":
        robot.press(Key.Key_Return)
    assert robot.branch == "Claims"
    robot.press(Key.Key_Backspace)
    assert robot.branch == "Policy & Claims"
    robot.press(Key.Key_Backspace)
    assert (robot.branch, robot.asked) == ("", "Policy & Claims")
    robot.press(Key.Key_Backspace)
    assert robot.heard == "This is the whole map."


def test_enter_on_a_box_in_an_open_branch_goes_into_that_branch(robot: PresentRobot) -> None:
    robot.begin("Claims")
    if "Damage Appraisal" not in robot.stops:
        robot.press(">")
    robot.session.workspace.select([robot.id("Damage Appraisal")])
    robot.press(Key.Key_Return)
    assert (robot.branch, robot.asked) == ("Claim Assessment", "Damage Appraisal")
    robot.press(Key.Key_Return)
    assert robot.heard == "Nothing stands inside Damage Appraisal."


# -- score --------------------------------------------------------------------------------------------


def test_digits_score_and_stay_unless_asked_to_go_on(robot: PresentRobot) -> None:
    robot.begin("Pricing")
    robot.press("2")
    assert robot.asked == "Risk Modelling"
    assert robot.box("Risk Modelling").maturity == 2
    robot.press("a", "3")
    assert robot.box("Risk Modelling").maturity == 3
    assert robot.asked == "Rate Setting"
    assert "goes on after a score" in robot.read
    robot.press("a", "5")
    assert robot.asked == "Rate Setting"


def test_m_and_t_choose_what_the_digits_of_a_gap_set(robot: PresentRobot) -> None:
    robot.begin("Rate Setting")
    robot.press("t")
    assert "How well should we do Rate Setting?" in robot.read
    robot.press("4")
    box = robot.box("Rate Setting")
    assert (box.maturity, box.target) == (3, 4)
    robot.press("m", "1")
    assert "How well do we do Rate Setting today?" in robot.read
    box = robot.box("Rate Setting")
    assert (box.maturity, box.target) == (1, 4)
    robot.press(Key.Key_Tab)
    assert "How well should we do Rate Setting?" in robot.read


def test_zero_and_delete_take_a_score_away(robot: PresentRobot) -> None:
    robot.begin("Rate Setting")
    assert "4 of 4 assessed" in robot.read
    robot.press("0")
    assert robot.box("Rate Setting").maturity is None
    assert "3 of 4 assessed" in robot.read
    robot.press(Key.Key_Right, Key.Key_Delete)
    assert robot.box("Rate Deployment").maturity is None
    assert "2 of 4 assessed" in robot.read


def test_l_asks_by_the_next_lens(robot: PresentRobot) -> None:
    robot.begin("Rate Setting")
    robot.press("l")
    assert "How much does the business depend on Rate Setting?" in robot.read
    robot.press("2")
    assert robot.box("Rate Setting").importance == 2
    robot.press("l", "l", "l", "l")
    assert "What is Rate Setting to the business?" in robot.read
    robot.press("3")
    assert robot.box("Rate Setting").category == "supporting"
    robot.press("l", "4")
    assert robot.session.workspace.lens is LENSES["plain"]
    assert robot.heard == "Capabilities: nothing to score here. L goes to the next lens."
    assert robot.workspace.lens is LENSES["maturity gap"]


def test_a_reference_scores_what_it_refers_to(robot: PresentRobot) -> None:
    robot.begin("Underwriting")
    robot.press(Key.Key_End)
    assert robot.asked == "Fraud Detection"
    robot.press("5")
    assert robot.box("Fraud Detection").maturity == 5
    robot.press("z")
    assert robot.branch == "Underwriting"
    assert robot.stops[-1] == robot.asked == "Fraud Detection"


# -- undo ---------------------------------------------------------------------------------------------


def test_z_takes_back_one_score_at_a_time_and_says_what(robot: PresentRobot) -> None:
    robot.begin("Pricing")
    robot.press("2", Key.Key_Right, "1", "2")
    robot.press("z")
    assert robot.box("Rate Setting").maturity == 1
    assert robot.heard == "Undone: Set maturity now of Rate Setting to 2"
    robot.press(Key.Key_End)
    assert robot.heard == ""
    robot.press(Key.Key_Z, held=Keys.ControlModifier)
    robot.press("z")
    assert robot.asked == "Risk Modelling"
    assert (robot.box("Risk Modelling").maturity, robot.box("Rate Setting").maturity) == (4, 3)
    robot.press(Key.Key_Z, held=Keys.ShiftModifier)
    assert robot.box("Risk Modelling").maturity == 2
    assert robot.heard == "Done again: Set maturity now of Risk Modelling to 2"


def test_undo_never_goes_behind_the_beginning(robot: PresentRobot) -> None:
    robot.workspace.commit(edits.rename(robot.map, robot.id("Rate Setting"), "Setting of rates"))
    robot.workspace.commit(edits.rename(robot.map, robot.id("Pricing"), "Prices"))
    robot.workspace.undo()
    robot.begin("Pricing")
    robot.press("z")
    assert robot.heard == "Nothing to undo: all is as it was when you began."
    robot.press(Key.Key_Z, held=Keys.ShiftModifier)
    assert robot.heard == "Nothing to redo."
    assert robot.id("Setting of rates")
    assert robot.id("Pricing")


def test_undo_shows_the_branch_where_it_happened(robot: PresentRobot) -> None:
    robot.begin("Commission")
    robot.press("1", Key.Key_Right, Key.Key_Right)
    assert robot.branch == "Claims"
    robot.press("z")
    assert (robot.branch, robot.asked) == ("Billing & Collection", "Commission")


# -- jump ---------------------------------------------------------------------------------------------


def test_a_number_and_enter_jumps_and_its_first_digit_was_no_score(robot: PresentRobot) -> None:
    robot.begin("Premium Billing")
    steps = len([step for step in robot.document.history() if not step.undone])
    robot.press("4.3.2")
    assert robot.heard == "Go to 4.3.2  ·  Claim Triage"
    robot.press(Key.Key_Return)
    assert (robot.branch, robot.asked) == ("Claims", "Claim Triage")
    assert robot.box("Premium Billing").maturity == 3
    assert len([step for step in robot.document.history() if not step.undone]) == steps


def test_a_number_of_two_digits_jumps_too(qtbot: QtBot, tmp_path: Path) -> None:
    outline = "\n".join(["Top", *(f"  Box {number}" for number in range(1, 16))])
    robot = PresentRobot(qtbot, tmp_path, outline=outline)
    robot.begin("Box 1")
    robot.press("l", "l", "l")
    robot.press("1", "2", ".", Key.Key_Escape)
    assert robot.box("Box 1").maturity is None
    robot.press("g", "1.12", Key.Key_Return)
    assert robot.asked == "Box 12"


def test_g_shows_the_numbers_and_esc_gives_up(robot: PresentRobot) -> None:
    robot.begin("Pricing")
    robot.press("g")
    assert robot.heard == "Go to: type a number, then Enter"
    robot.press("9.9", Key.Key_Return)
    assert robot.heard == "Go to 9.9  ·  no such number"
    assert robot.asked == "Risk Modelling"
    robot.press("g", "4", Key.Key_Escape)
    assert robot.presents
    assert robot.heard == ""
    robot.press("g", "4", Key.Key_Backspace, Key.Key_Return, "2")
    assert robot.box("Risk Modelling").maturity == 2


def test_a_digit_that_is_no_answer_begins_a_number(robot: PresentRobot) -> None:
    robot.begin("Pricing")
    robot.press("6.1.2", Key.Key_Return)
    assert (robot.branch, robot.asked) == ("Finance", "Financial Planning")


# -- what is seen -------------------------------------------------------------------------------------


def test_d_switches_dark_and_light_and_is_remembered(robot: PresentRobot) -> None:
    stage = robot.begin()
    assert stage.look.theme.name == "dark"
    robot.press("d")
    assert stage.map.theme.name == stage.look.theme.name == "light"
    robot.press(Key.Key_Escape)
    assert robot.begin().look.theme.name == "light"


def test_b_blanks_the_screen_until_the_next_key(robot: PresentRobot) -> None:
    stage = robot.begin("Pricing")
    robot.press("b")
    assert stage.blank.isVisible()
    assert stage.blank.grab().toImage().pixelColor(50, 50).name() == "#000000"
    robot.press("5")
    assert not stage.blank.isVisible()
    assert robot.box("Risk Modelling").maturity == 4
    robot.press("b", Key.Key_Escape)
    assert robot.presents


def test_question_mark_shows_all_keys(robot: PresentRobot) -> None:
    stage = robot.begin()
    robot.press("?")
    assert stage.keys.isVisible()
    assert "Backspace" in stage.keys.accessibleDescription()
    robot.press(Key.Key_Escape)
    assert not stage.keys.isVisible()
    assert robot.presents


def test_larger_names_keep_the_box_in_sight(robot: PresentRobot) -> None:
    stage = robot.begin("Claims")
    before = stage.map.names
    robot.press("+", "+", "+")
    assert stage.map.names > before * 1.5
    for _ in range(len(robot.stops) - 1):
        robot.press(Key.Key_Right)
        box = stage.map.box_rect(robot.session.workspace.current or "")
        assert stage.map.area().contains(box)
    robot.press("f")
    assert stage.map.names == pytest.approx(before, rel=0.01)
    assert all(stage.map.area().contains(stage.map.box_rect(key)) for key in stage.map.stops)


def test_fewer_and_more_levels(robot: PresentRobot) -> None:
    robot.begin("Policy & Claims")
    robot.press("<", "<", "<")
    assert robot.stops == ["Policy Administration", "Billing & Collection", "Claims", "Claims Supply"]
    assert robot.heard == "One level is the least."
    robot.press(">")
    assert "Premium Billing" in robot.stops
    robot.press("<")
    assert robot.heard == "1 level"


def test_a_closed_box_says_what_it_holds(robot: PresentRobot) -> None:
    robot.begin()
    assert "3 boxes inside: Enter goes in." in robot.read
    assert "middle of the boxes inside" in robot.read


# -- odd maps -----------------------------------------------------------------------------------------


def test_an_empty_map(qtbot: QtBot, tmp_path: Path) -> None:
    robot = PresentRobot(qtbot, tmp_path, outline="")
    robot.begin()
    robot.press("3", Key.Key_Right, Key.Key_Return, Key.Key_Down, "z", "+", ">", "4.2", Key.Key_Return)
    assert "Nothing to ask" in robot.read
    robot.press(Key.Key_Escape)
    assert not robot.presents


def test_a_leaf_as_branch(robot: PresentRobot) -> None:
    robot.workspace.show_branch(robot.id("Brand"))
    robot.begin("Brand")
    assert robot.stops == [robot.asked] == ["Brand"]
    robot.press("5")
    assert robot.box("Brand").maturity == 5
    robot.press(Key.Key_Return)
    assert robot.heard == "Nothing stands inside Brand."
    robot.press(Key.Key_Backspace)
    assert (robot.branch, robot.asked) == ("Market Engagement", "Brand")


def test_a_map_that_is_read_only_says_so_once(qtbot: QtBot, tmp_path: Path, small_map: Map) -> None:
    path = tmp_path / "map.capmap"
    Document.create(path, small_map).close()
    with Document.open(path):
        robot = PresentRobot(qtbot, tmp_path / "elsewhere", outline="One")
        robot.window.files.open_path(path)
        robot.rest()
        robot.begin()
        robot.press("3")
        assert robot.heard.startswith("Scores cannot be kept.")
        assert robot.session.why_read_only in robot.heard
        robot.press("4")
        assert robot.heard == ""
        assert "read only" in robot.read
        robot.press(Key.Key_Escape)


def test_a_branch_of_sixty_boxes_stays_readable(qtbot: QtBot, tmp_path: Path) -> None:
    outline = "\n".join(["Top", *(f"  Handling of box number {number}" for number in range(1, 61))])
    robot = PresentRobot(qtbot, tmp_path, outline=outline)
    stage = robot.begin("Top")
    assert len(robot.stops) == 60
    assert stage.map.names >= 22
    robot.press(Key.Key_End)
    assert stage.map.area().contains(stage.map.box_rect(robot.id(robot.asked)))


def test_edits_in_the_window_are_seen_in_the_room(robot: PresentRobot) -> None:
    robot.begin("Rate Deployment")
    robot.workspace.commit(edits.remove(robot.map, [robot.id("Rate Deployment")]))
    robot.rest()
    assert robot.asked in robot.stops
    assert "Rate Deployment" not in robot.stops
    robot.workspace.commit(edits.add(robot.map, "Rate Filing", robot.id("Pricing"), 0))
    assert robot.stops[0] == "Rate Filing"
    robot.workspace.commit(edits.remove(robot.map, [robot.id("Pricing")]))
    robot.rest()
    assert not robot.branch
    assert isinstance(robot.map.get(robot.session.workspace.current), Capability)


def test_the_window_keeps_its_map_where_it_was_while_the_room_scores(robot: PresentRobot) -> None:
    canvas = robot.desk.canvas
    places = canvas.arrangement.rectangles()
    robot.begin("Claims")
    for key in ("1", "2", "3"):
        robot.press(key, Key.Key_Right)
    robot.press(Key.Key_Escape)
    assert canvas.arrangement.rectangles() == places
    assert robot.workspace.selection == (robot.id("Claims"),)


def test_the_room_leaves_no_picture_of_its_own_in_the_file(qtbot: QtBot, tmp_path: Path) -> None:
    robot = PresentRobot(qtbot, tmp_path, outline="Sell\n  Shop\n  Web\nRun\n  Pay\n  Hire people")
    robot.begin()
    robot.workspace.commit(edits.add(robot.map, "Count the till", robot.id("Sell")))
    robot.press("2", Key.Key_Escape)
    places = robot.desk.canvas.arrangement.rectangles()
    robot.window.files.close()
    robot.window.files.open_path(robot.path)
    robot.rest()
    robot.desk.canvas.ensure_arranged()
    again = robot.desk.canvas.arrangement.rectangles()
    assert again.keys() == places.keys()
    assert all(again[key] == pytest.approx(place, abs=0.5) for key, place in places.items())


def test_a_score_of_the_room_is_dated_in_the_same_step(robot: PresentRobot) -> None:
    robot.begin("Pricing")
    before = robot.box("Risk Modelling")
    first = dt.date.today()
    robot.press("2")
    assert first <= (robot.box("Risk Modelling").assessed_on or dt.date.min) <= dt.date.today()
    robot.press("z")
    assert robot.box("Risk Modelling") == before
