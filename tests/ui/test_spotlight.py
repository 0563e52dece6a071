"""The spotlight: what a chosen thing touches is lit, step by step, told in words, explained box by box."""

from __future__ import annotations

from pathlib import Path

import pytest
from insurer_robot import Insurer
from pytestqt.qtbot import QtBot
from window_robot import Key, Keys

from capmap.model import edits
from capmap.model.records import Provider


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> Insurer:
    return Insurer(qtbot, tmp_path)


def keel(robot: Insurer) -> None:
    robot.desk.spotlight.show([robot.service("Keel Policy Platform").id])
    robot.on_canvas()
    robot.rest()


def test_one_key_lights_a_step_more_and_another_a_step_less(robot: Insurer) -> None:
    keel(robot)
    strip = robot.desk.light_strip
    assert strip.isVisible()
    assert strip.sentence == "Keel Policy Platform supports 9 boxes."
    nine = set(robot.lit)
    robot.hit(Key.Key_F9)
    assert strip.sentence == "Keel Policy Platform supports 9 boxes; with what depends on it 35."
    assert nine < robot.lit
    assert len(robot.lit) == 35
    robot.hit(Key.Key_F9, Keys.ShiftModifier)
    assert robot.lit == nine
    assert not strip.less.isEnabled()
    robot.click(strip.more)
    assert len(robot.lit) == 35


def test_a_click_on_a_lit_box_tells_every_route_to_it(robot: Insurer) -> None:
    keel(robot)
    robot.hit(Key.Key_F9)
    canvas = robot.desk.canvas
    robot.click(canvas, canvas.box_rect(robot.id("Premium Billing")).center().toPoint())
    assert robot.desk.light_strip.routes == (
        "Keel Policy Platform is needed by Billing & Collection, which supports Premium Billing."
    )
    assert len(robot.lit) == 35, "it stays lit"
    robot.click(canvas, canvas.box_rect(robot.id("Payroll")).center().toPoint())
    assert robot.desk.light_strip.routes == "", "this one is not lit"


def test_esc_ends_the_light_before_it_lets_go_of_the_box(robot: Insurer) -> None:
    robot.select("Payroll")
    keel(robot)
    robot.hit(Key.Key_Escape)
    assert robot.desk.canvas.lighting.lit is None
    assert robot.chosen == ["Payroll"]
    assert not robot.desk.light_strip.isVisible()
    robot.hit(Key.Key_Escape)
    assert robot.chosen != ["Payroll"]


def test_a_fitted_map_leaves_room_for_the_strip_and_keeps_its_shape(robot: Insurer) -> None:
    canvas = robot.desk.canvas
    layout = canvas.arrangement.layout
    before = canvas.box_rect(robot.id("Strategy & Governance"))
    keel(robot)
    assert canvas.arrangement.layout is layout, "no box is arranged anew"
    strip = robot.desk.light_strip.geometry()
    assert canvas.box_rect(robot.id("Strategy & Governance")).top() > strip.bottom()
    assert canvas.rect().contains(strip)
    robot.hit(Key.Key_Escape)
    assert canvas.box_rect(robot.id("Strategy & Governance")) == before


def test_links_in_the_inspector_light_and_stay_while_one_asks_about_a_box(robot: Insurer) -> None:
    robot.select("Premium Billing")
    rows = robot.desk.inspector.box_page.links.rows
    row = next(row for row in rows if "Billing & Collection" in row.accessibleName())
    robot.click(row)
    assert robot.desk.light_strip.sentence == "Billing & Collection supports 5 boxes."
    canvas = robot.desk.canvas
    robot.click(canvas, canvas.box_rect(robot.id("Collections")).center().toPoint())
    assert robot.desk.light_strip.routes == "Billing & Collection supports Collections."
    robot.click(canvas, canvas.box_rect(robot.id("Payroll")).center().toPoint())
    robot.hit(Key.Key_Escape)
    assert canvas.lighting.lit is None


def test_a_pressed_link_let_go_ends_the_light(robot: Insurer) -> None:
    robot.select("Premium Billing")
    row = robot.desk.inspector.box_page.links.rows[0]
    robot.click(row)
    assert robot.lit
    robot.click(row)
    assert robot.desk.canvas.lighting.lit is None


def test_rows_of_tables_light_with_their_reach(robot: Insurer) -> None:
    pane = robot.desk.tables.open("provider")
    robot.rest()
    view = pane.view
    names = [getattr(view.table.record_at(row), "name", "") for row in range(view.table.rowCount())]
    view.go_to(names.index("Harbour IT"), 0)
    robot.rest()
    assert robot.desk.light_strip.sentence == "Harbour IT delivers services to 24 boxes."
    robot.hit(Key.Key_F9)
    assert robot.desk.light_strip.sentence.endswith("; with what depends on its services 59.")
    robot.hit(Key.Key_Escape)
    assert robot.desk.canvas.lighting.lit is None


def test_the_light_follows_edits_and_ends_with_its_subject(robot: Insurer) -> None:
    keel(robot)
    service = robot.service("Keel Policy Platform")
    robot.workspace.commit(edits.link(robot.map, "supports", service.id, robot.id("Payroll")))
    assert robot.desk.light_strip.sentence == "Keel Policy Platform supports 10 boxes."
    assert "Payroll" in robot.lit
    robot.workspace.commit(edits.remove(robot.map, [service.id]))
    assert robot.desk.canvas.lighting.lit is None
    assert not robot.desk.light_strip.isVisible()


def test_several_things_are_lit_together(robot: Insurer) -> None:
    providers = [provider.id for provider in robot.map.all(Provider)][:2]
    robot.desk.spotlight.show(providers)
    assert robot.desk.light_strip.sentence.startswith("2 providers deliver services to ")
    robot.desk.spotlight.show([])
    assert not robot.desk.spotlight.is_on
