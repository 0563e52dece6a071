"""Lenses of one's own in the real window: made while the map shows them, kept, found again, undone; the legend."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_robot import Key, Keys, WindowRobot

from capmap.cli import run
from capmap.lens.builtin import LENSES
from capmap.model import attributes, edits, lenses
from capmap.model.lensrules import Measure, Rule, Scale, as_data, from_data
from capmap.model.map import Map
from capmap.model.records import Attribute, SavedLens, Service, make
from capmap.ui.canvas.legendentries import UNKNOWN
from capmap.ui.lenses.editor import LensEditor
from capmap.ui.lenses.pick import Pick

COUNT = Rule(Measure("linked", link="supports", by="count"), Scale("blues", (1.0,)))
RUN = Rule(Measure("cost", "run"), Scale("ambers", (6_000_00.0,), labels=("cheap", "dear")))


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    robot = WindowRobot(qtbot, tmp_path, current=small_map)
    robot.on_canvas()
    return robot


def pick(robot: WindowRobot, field: Pick, value: object) -> None:
    """Choose a value, as a person does."""
    assert field.keep(value), f"{field.accessibleName()} does not offer {value}"
    field.activated.emit(field.currentIndex())
    robot.rest()


def editor(robot: WindowRobot) -> LensEditor:
    robot.rest()
    assert robot.window.lensing.is_editing
    return robot.window.lensing.editor


def step_label(robot: WindowRobot, name: str) -> str | None:
    """The step of the lens on which a box is."""
    step = robot.workspace.lens.step_of(robot.map, robot.box(name))
    return None if step is None else robot.workspace.lens.steps[step].label


def keep(robot: WindowRobot, name: str, rule: Rule) -> str:
    change = lenses.add_lens(robot.map, name, rule)
    robot.workspace.commit(change)
    return next(iter(change.after))


def saved(robot: WindowRobot) -> list[str]:
    return [lens.name for lens in lenses.lenses_of(robot.map)]


def legend_words(robot: WindowRobot) -> str:
    robot.rest()
    return robot.desk.canvas.legend.accessibleDescription()


def lit(robot: WindowRobot) -> set[str] | None:
    ids = robot.desk.canvas.lighting.lit
    return None if ids is None else {robot.map.shown(robot.map.capability(key)).name for key in ids}


# -- making --------------------------------------------------------------------------------------------------


def test_a_lens_is_made_while_the_map_shows_it_then_kept_undone_and_found_again(robot: WindowRobot) -> None:
    robot.hit(Key.Key_L, Keys.ControlModifier | Keys.AltModifier)
    made = editor(robot)
    pick(robot, made.measure.source, "linked")
    pick(robot, made.measure.link, "supports")
    pick(robot, made.measure.linked_field, "link:fit")
    pick(robot, made.measure.by, "worst")
    assert step_label(robot, "Take payment") == "4"
    assert step_label(robot, "Pay suppliers") == "2"
    assert step_label(robot, "Advise") is None
    assert "no IT service" in legend_words(robot)
    pick(robot, made.steps.count, 2)
    assert len(robot.workspace.lens.steps) == 2
    bound = made.steps.bounds[0]
    bound.setFocus()
    bound.selectAll()
    robot.write("3")
    robot.hit(Key.Key_Return)
    assert step_label(robot, "Pay suppliers") == "1 to 2" or step_label(robot, "Pay suppliers") == "below 3"
    made.steps.labels[0].setFocus()
    robot.write("poor fit")
    assert step_label(robot, "Pay suppliers") == "poor fit"
    pick(robot, made.colours.palette_pick, "plums")
    made.name.setFocus()
    made.name.selectAll()
    robot.write("Fit of IT")
    robot.hit(Key.Key_Return)
    assert saved(robot) == ["Fit of IT"]
    assert not robot.window.lensing.is_editing
    assert "Fit of IT" in robot.window.header.lens.accessibleName()
    rule = from_data(next(iter(robot.map.all(SavedLens))).rule)
    assert (rule.measure.field, rule.scale.palette, rule.scale.bounds) == ("link:fit", "plums", (3.0,))
    robot.ctrl(Key.Key_Z)
    assert saved(robot) == []
    assert robot.workspace.lens is LENSES["maturity gap"]
    robot.ctrl(Key.Key_Y)
    assert saved(robot) == ["Fit of IT"]
    robot.window.actions_set.refresh()
    live = robot.window.actions_set.live("lens.own_1")
    assert live.text() == "Fit of IT"
    live.trigger()
    robot.rest()
    assert step_label(robot, "Pay suppliers") == "poor fit"


def test_esc_gives_the_lens_back_that_was_looked_through(robot: WindowRobot) -> None:
    robot.window.actions_set.trigger("lens.importance")
    robot.window.actions_set.trigger("lens.new")
    made = editor(robot)
    pick(robot, made.measure.source, "cost")
    assert robot.workspace.lens is not LENSES["importance"]
    made.measure.cost.setFocus()
    robot.hit(Key.Key_Escape)
    assert robot.workspace.lens is LENSES["importance"]
    assert not robot.window.lensing.is_editing
    assert saved(robot) == []
    assert robot.desk.inspector_shown


def test_another_lens_from_the_menu_ends_the_editing(robot: WindowRobot) -> None:
    robot.window.actions_set.trigger("lens.new")
    editor(robot)
    robot.window.actions_set.trigger("lens.category")
    robot.rest()
    assert not robot.window.lensing.is_editing
    assert robot.workspace.lens is LENSES["category"]


@pytest.mark.parametrize("source", ["field", "gap", "linked", "cost", "answer"])
def test_every_kind_of_measure_is_shown_at_once(robot: WindowRobot, source: str) -> None:
    robot.window.actions_set.trigger("lens.new")
    made = editor(robot)
    pick(robot, made.measure.source, source)
    assert made.rule.measure.of == source
    assert robot.workspace.lens.steps
    assert made.save.isEnabled(), made.sentence.text()
    robot.click(made.save)
    assert saved(robot) == [robot.workspace.lens.title]


def test_what_cannot_be_typed_is_refused_and_the_old_threshold_stays(robot: WindowRobot) -> None:
    key = keep(robot, "Money", RUN)
    robot.window.lensing.choose(key)
    robot.window.actions_set.trigger("lens.edit")
    made = editor(robot)
    bound = made.steps.bounds[0]
    assert bound.text() == "6,000"
    bound.setFocus()
    bound.selectAll()
    robot.write("much")
    robot.hit(Key.Key_Return)
    assert "“much” is no number." in made.sentence.text()
    assert bound.text() == "6,000"


def test_a_lens_is_edited_copied_renamed_and_deleted_each_in_a_step_that_goes_back(robot: WindowRobot) -> None:
    key = keep(robot, "Money", RUN)
    robot.window.lensing.choose(key)
    robot.window.actions_set.trigger("lens.edit")
    made = editor(robot)
    assert made.lens_id == key
    pick(robot, made.colours.palette_pick, "greys")
    robot.click(made.save)
    assert from_data(robot.map.one(SavedLens, key).rule).scale.palette == "greys"
    robot.window.actions_set.trigger("lens.duplicate")
    robot.rest()
    assert saved(robot) == ["Money", "Money 2"]
    assert robot.workspace.lens.title == "Money 2"
    robot.window.actions_set.trigger("lens.rename")
    made = editor(robot)
    robot.write("Spending")
    robot.hit(Key.Key_Return)
    assert saved(robot) == ["Money", "Spending"]
    robot.window.actions_set.trigger("lens.remove")
    robot.rest()
    assert saved(robot) == ["Money"]
    assert robot.workspace.lens is LENSES["maturity gap"]
    for _ in range(4):
        robot.ctrl(Key.Key_Z)
    assert saved(robot) == ["Money"]
    assert from_data(robot.map.one(SavedLens, key).rule).scale.palette == "ambers"


def test_a_name_that_is_taken_is_refused(robot: WindowRobot) -> None:
    keep(robot, "Money", RUN)
    robot.window.actions_set.trigger("lens.new")
    made = editor(robot)
    made.name.setText("money")
    robot.click(made.save)
    assert "called “Money” already" in robot.said or "called “money” already" in robot.said
    assert robot.window.lensing.is_editing
    assert saved(robot) == ["Money"]


# -- in step with the map ------------------------------------------------------------------------------------


def test_linked_and_reckoned_lenses_follow_edits_of_services(robot: WindowRobot) -> None:
    count, money = keep(robot, "Count", COUNT), keep(robot, "Money", RUN)
    robot.window.lensing.choose(count)
    assert "0: 2" in legend_words(robot)
    till = next(service for service in robot.map.all(Service) if service.name == "Till")
    robot.workspace.commit(edits.link(robot.map, "supports", till.id, robot.id("Advise")))
    assert "0: 1" in legend_words(robot)
    robot.window.lensing.choose(money)
    assert step_label(robot, "Pay suppliers") == "cheap"
    ledger = next(service for service in robot.map.all(Service) if service.name == "Ledger")
    robot.workspace.commit(edits.put(robot.map, ledger.id, run_cost=9_000_00))
    QTest.qWait(450)
    robot.rest()
    assert step_label(robot, "Pay suppliers") == "dear"


def test_an_own_attribute_is_a_lens_for_as_long_as_it_is_there(robot: WindowRobot) -> None:
    robot.workspace.commit(attributes.add(robot.map, "capability", "Risk", "choice", ["low", "high"]))
    key = next(iter(robot.map.all(Attribute))).id
    robot.workspace.commit(edits.put(robot.map, robot.id("Advise"), extra={key: "high"}))
    robot.window.actions_set.trigger("lens.own_1")
    robot.rest()
    assert step_label(robot, "Advise") == "high"
    robot.workspace.commit(edits.put(robot.map, robot.id("Take payment"), extra={key: "low"}))
    assert "low: 1" in legend_words(robot)
    keep(robot, "Risks", Rule(Measure("field", f"own:{key}"), Scale("blues", values=("low", "high"))))
    robot.window.actions_set.trigger("lens.own_1")
    robot.workspace.commit(attributes.remove(robot.map, key))
    robot.rest()
    assert not robot.workspace.lens.steps
    assert "cannot be used" in robot.window.header.lens.accessibleName()
    robot.ctrl(Key.Key_Z)
    robot.rest()
    assert step_label(robot, "Advise") == "high"


def test_a_lens_that_cannot_be_used_says_so_and_harms_nothing(robot: WindowRobot) -> None:
    record = make(SavedLens, name="Odd", rule={"version": 99})
    robot.workspace.commit(edits.create(robot.map, record))
    robot.window.actions_set.trigger("lens.own_1")
    robot.rest()
    assert "newer CapMap" in robot.said
    robot.window.actions_set.trigger("lens.edit")
    robot.rest()
    assert robot.desk.canvas.grab().width() > 0


def test_a_saved_view_brings_its_saved_lens_back(robot: WindowRobot) -> None:
    key = keep(robot, "Count", COUNT)
    robot.window.lensing.choose(key)
    assert robot.window.views.save("Ours")
    robot.window.actions_set.trigger("lens.plain")
    robot.window.views.show_at(0)
    robot.rest()
    assert robot.workspace.lens.name == key
    assert robot.said == ""


# -- the legend ----------------------------------------------------------------------------------------------


def test_a_click_on_the_legend_lights_its_boxes_until_the_next(robot: WindowRobot) -> None:
    robot.window.actions_set.trigger("lens.maturity")
    robot.rest()
    legend = robot.desk.canvas.legend
    three = legend.room_of[2].center().toPoint()
    robot.click(legend, three)
    QTest.mouseMove(robot.desk.canvas)
    assert lit(robot) == {"Take payment"}
    assert "Lit: 3 defined" in legend.accessibleDescription()
    robot.click(legend, legend.room_of[UNKNOWN].center().toPoint(), Keys.ControlModifier)
    assert lit(robot) == {"Take payment", "Advise"}
    robot.workspace.commit(edits.put(robot.map, robot.id("Advise"), maturity=5))
    robot.rest()
    assert lit(robot) == {"Take payment"}
    robot.click(legend, three)
    assert lit(robot) is None


def test_the_legend_is_worked_by_keys_alone(robot: WindowRobot) -> None:
    robot.window.actions_set.trigger("lens.maturity")
    robot.on_canvas()
    robot.hit(Key.Key_F6)
    legend = robot.desk.canvas.legend
    assert legend.hasFocus()
    robot.hit(Key.Key_Right)
    robot.hit(Key.Key_Space)
    assert lit(robot) == {"Sell online", "Pay suppliers"}
    robot.hit(Key.Key_Right)
    robot.hit(Key.Key_Return, Keys.ShiftModifier)
    assert lit(robot) == {"Sell online", "Pay suppliers", "Take payment"}
    robot.hit(Key.Key_Escape)
    assert lit(robot) is None
    assert legend.hasFocus()
    robot.hit(Key.Key_Escape)
    assert robot.desk.canvas.hasFocus()


def test_another_lens_ends_the_light_of_the_legend(robot: WindowRobot) -> None:
    robot.window.actions_set.trigger("lens.maturity")
    robot.rest()
    robot.desk.canvas.legend.choose(2)
    assert lit(robot) == {"Take payment"}
    robot.window.actions_set.trigger("lens.category")
    robot.rest()
    assert lit(robot) is None


def test_a_fitted_map_makes_room_for_a_legend_of_more_rows(robot: WindowRobot) -> None:
    stripes = ("importance", "category", "confidence", "expectation gap")
    key = keep(robot, "All", Rule(COUNT.measure, COUNT.scale, stripes=stripes))
    canvas = robot.desk.canvas
    rows = canvas.legend.further_rows
    robot.window.lensing.choose(key)
    robot.rest()
    canvas.grab()
    assert canvas.part is None
    assert canvas.legend.further_rows >= rows + 4 * 20
    assert canvas.view.rect((0, 0, *canvas.whole().toTuple())).bottom() <= canvas.legend.geometry().top() + 12


# -- files ---------------------------------------------------------------------------------------------------


def test_the_command_line_finds_saved_lenses(robot: WindowRobot, capsys: pytest.CaptureFixture[str]) -> None:
    keep(robot, "Fit of IT", COUNT)
    robot.workspace.commit(edits.create(robot.map, make(SavedLens, name="Odd", rule=as_data(COUNT) | {"version": 9})))
    robot.close_window()
    svg = robot.folder / "out.svg"
    assert run(["export", str(robot.path), str(svg), "--lens", "fit-of-it", "--date", "2026-11-22"]) == 0
    assert "Fit of IT" in svg.read_text("utf-8")
    html = robot.folder / "out.html"
    assert run(["export", str(robot.path), str(html), "--lens", "importance", "--date", "2026-11-22"]) == 0
    assert "Fit of IT" in html.read_text("utf-8")
    capsys.readouterr()
    assert run(["export", str(robot.path), str(svg), "--lens", "odd"]) == 2
    assert "cannot be used" in capsys.readouterr().err
    assert run(["export", str(robot.path), str(svg), "--lens", "gold"]) == 2
    assert "Fit of IT" in capsys.readouterr().err


def test_the_editor_is_reached_by_tab_and_named_for_screen_readers(robot: WindowRobot) -> None:
    robot.window.actions_set.trigger("lens.new")
    made = editor(robot)
    for field in (made.name, made.measure.source, made.steps.count, made.steps.way, made.colours.palette_pick):
        assert field.accessibleName()
        assert field.focusPolicy() & Qt.FocusPolicy.TabFocus
