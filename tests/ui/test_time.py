"""Time in the real window: another day, what changes between two, what is used after its end, and back again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from window_robot import Button, Key, Keys, WindowRobot

from capmap.drawing.chips import LinkCounts
from capmap.model import edits
from capmap.model.map import Map
from capmap.model.records import Link, Project, Service, make
from capmap.ui.time.room import TimeRoom
from capmap.ui.time.timing import Timing

TODAY = dt.date(2026, 11, 22)
CTRL_SHIFT = Keys.ControlModifier | Keys.ShiftModifier


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    """The shop: an old till that a new one replaces in 2027, a project for it, a ledger that is past its end."""
    ids = {box.name: box.id for box in small_map.walk() if not box.alias_of}
    for record in list(small_map):
        if isinstance(record, Service | Project):
            small_map.apply(edits.remove(small_map, [record.id]))
    records: list[Any] = [
        make(Service, id="old", name="Old Till", live_from="2015-01-01", retired_from="2027-06-30"),
        make(Service, id="new", name="New Till", live_from="2027-05-01"),
        make(Service, id="ledger", name="Ledger", live_from="2010-01-01", retired_from="2026-03-31"),
        make(Project, id="swap", name="Till swap", start="2027-01-15", end="2027-07-31"),
        make(Link, id="a", type="supports", source="old", target=ids["Take payment"]),
        make(Link, id="b", type="supports", source="new", target=ids["Take payment"]),
        make(Link, id="c", type="supports", source="ledger", target=ids["Pay suppliers"]),
        make(Link, id="d", type="improves", source="swap", target=ids["Take payment"]),
        make(Link, id="e", type="supports", source="old", target=ids["Sell online"]),
    ]
    for record in records:
        small_map.apply(edits.create(small_map, record))
    robot = WindowRobot(qtbot, tmp_path, current=small_map)
    time(robot).timing.clock = lambda: TODAY
    robot.on_canvas()
    return robot


def time(robot: WindowRobot) -> TimeRoom:
    return robot.desk.time


def timing(robot: WindowRobot) -> Timing:
    return time(robot).timing


def opened(robot: WindowRobot) -> WindowRobot:
    robot.hit(Key.Key_D, CTRL_SHIFT)
    assert time(robot).strip.isVisible()
    assert time(robot).strip.track.hasFocus()
    return robot


def counts(robot: WindowRobot, name: str) -> LinkCounts:
    return robot.desk.canvas.arrangement.chips.get(robot.id(name), LinkCounts(0, 0))


def lit(robot: WindowRobot) -> set[str] | None:
    found = robot.desk.canvas.lighting.lit
    return None if found is None else {robot.map.shown(robot.map.capability(key)).name for key in found}


def typed(robot: WindowRobot, text: str) -> None:
    line = time(robot).strip.date.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Key.Key_Return)
    robot.rest()


def drag(robot: WindowRobot, start: float, end: float) -> None:
    track = time(robot).strip.track
    QTest.mousePress(track, Button.LeftButton, Keys.NoModifier, QPoint(round(start), 16))
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(track, QPoint(round(start + (end - start) * share), 16))
    QTest.mouseRelease(track, Button.LeftButton, Keys.NoModifier, QPoint(round(end), 16))
    robot.rest()


def test_opening_the_strip_leaves_the_present_as_it_is(robot: WindowRobot) -> None:
    before = dict(robot.desk.canvas.arrangement.chips)
    places = robot.desk.canvas.arrangement.rectangles()
    opened(robot)
    QTest.qWait(250)
    assert dict(robot.desk.canvas.arrangement.chips) == before
    assert counts(robot, "Take payment") == LinkCounts(2, 1), "all that is linked, as ever"
    assert robot.desk.canvas.arrangement.rectangles() == places, "no box moves because the strip takes some room"
    assert time(robot).strip.sentence == "Today, 22 November 2026: boxes count all that is linked to them."
    assert lit(robot) is None


def test_arrow_keys_go_by_month_and_by_year_and_boxes_count_what_is_there(robot: WindowRobot) -> None:
    opened(robot)
    robot.hit(Key.Key_Right)
    assert timing(robot).day == dt.date(2026, 12, 22)
    assert counts(robot, "Take payment") == LinkCounts(1, 0)
    robot.hit(Key.Key_Right, Keys.ShiftModifier)
    assert timing(robot).day == dt.date(2027, 12, 22)
    assert counts(robot, "Take payment") == LinkCounts(1, 0)
    assert counts(robot, "Sell online") == LinkCounts(0, 0)
    assert time(robot).strip.sentence == "On 22 December 2027: 1 service is used, no projects run."
    robot.hit(Key.Key_Left, Keys.ShiftModifier)
    robot.hit(Key.Key_Left)
    assert timing(robot).moment is None
    assert counts(robot, "Take payment") == LinkCounts(2, 1)


def test_a_typed_day_is_shown_and_a_wrong_one_refused(robot: WindowRobot) -> None:
    opened(robot)
    typed(robot, "2027-05-15")
    assert timing(robot).moment == dt.date(2027, 5, 15)
    assert counts(robot, "Take payment") == LinkCounts(2, 1)
    typed(robot, "the day after")
    assert timing(robot).moment == dt.date(2027, 5, 15)
    assert "must be a day" in robot.said
    robot.click(time(robot).strip.today)
    assert timing(robot).moment is None


def test_page_keys_go_from_change_to_change(robot: WindowRobot) -> None:
    opened(robot)
    seen = []
    for _ in range(4):
        robot.hit(Key.Key_PageDown)
        seen.append(timing(robot).day.isoformat())
    assert seen == ["2027-01-15", "2027-05-01", "2027-06-30", "2027-07-31"]
    robot.hit(Key.Key_PageUp)
    assert timing(robot).day.isoformat() == "2027-06-30"
    robot.hit(Key.Key_T)
    assert timing(robot).moment is None


def test_the_handle_is_dragged_and_snaps_to_a_change(robot: WindowRobot) -> None:
    opened(robot)
    track = time(robot).strip.track
    goal = track.place_of(dt.date(2027, 5, 1)) + 3
    drag(robot, track.place_of(TODAY), goal)
    assert timing(robot).day == dt.date(2027, 5, 1)
    assert counts(robot, "Take payment") == LinkCounts(2, 1)


def test_esc_and_the_cross_give_the_present_back(robot: WindowRobot) -> None:
    ways: list[Callable[[], None]] = [
        lambda: robot.hit(Key.Key_Escape),
        lambda: robot.click(time(robot).strip.close_button),
    ]
    for close in ways:
        opened(robot)
        robot.hit(Key.Key_Right, Keys.ShiftModifier)
        assert counts(robot, "Take payment") == LinkCounts(1, 0)
        close()
        robot.rest()
        assert not time(robot).strip.isVisible()
        assert robot.desk.canvas.hasFocus()
        assert robot.workspace.moment is None
        assert counts(robot, "Take payment") == LinkCounts(2, 1)
        assert lit(robot) is None


def test_only_what_changes_between_two_days_is_lit_and_counted(robot: WindowRobot) -> None:
    opened(robot)
    typed(robot, "2027-12-31")
    robot.click(time(robot).strip.compare)
    assert timing(robot).between == (TODAY, dt.date(2027, 12, 31))
    assert lit(robot) == {"Take payment", "Sell online"}
    assert time(robot).strip.sentence == (
        "Between 22 November 2026 and 31 December 2027: "
        "1 service begins, 1 leaves, 1 project starts, 1 ends, in 2 boxes."
    )
    robot.select("Sell online")
    assert time(robot).strip.sentence == "Sell online: Old Till ends on 30 June 2027, and nothing else supports this."
    robot.workspace.select([])
    track = time(robot).strip.track
    drag(robot, track.place_of(TODAY), track.place_of(dt.date(2027, 7, 10)))
    assert timing(robot).between == (dt.date(2027, 6, 30), dt.date(2027, 12, 31)), "it snaps to a change"
    assert lit(robot) == {"Take payment"}
    robot.click(time(robot).strip.compare)
    assert timing(robot).between is None
    assert lit(robot) is None


def test_two_handles_by_keyboard(robot: WindowRobot) -> None:
    opened(robot)
    robot.click(time(robot).strip.compare)
    time(robot).strip.track.setFocus()
    first, last = timing(robot).between or (TODAY, TODAY)
    robot.hit(Key.Key_Left)
    assert timing(robot).between == (first, dt.date(last.year, last.month - 1, 30))
    robot.hit(Key.Key_Up)
    robot.hit(Key.Key_Right)
    assert timing(robot).between == (dt.date(2026, 12, 22), dt.date(last.year, last.month - 1, 30))


def picture(robot: WindowRobot) -> QImage:
    return robot.desk.canvas.grab().toImage()


def test_signs_stand_on_the_boxes_that_change_near_the_day(robot: WindowRobot) -> None:
    opened(robot)
    typed(robot, "2026-12-22")
    plain = picture(robot)
    typed(robot, "2027-06-20")
    signed = picture(robot)
    box = robot.desk.canvas.box_rect(robot.id("Take payment"))
    ratio = robot.desk.canvas.devicePixelRatioF()
    corner = QPointF(box.right() - 14, box.top() + 1) * ratio
    assert plain.pixelColor(corner.toPoint()) != signed.pixelColor(corner.toPoint())


def test_what_is_used_after_its_end_is_told_and_lit(robot: WindowRobot) -> None:
    opened(robot)
    strip = time(robot).strip
    assert strip.warning.text() == "1 service is used after the end"
    robot.click(strip.warning)
    assert lit(robot) == {"Pay suppliers"}
    assert strip.sentence == "Ledger is used after its end, in 1 box."
    robot.click(strip.warning)
    assert lit(robot) is None
    robot.select("Pay suppliers")
    robot.desk.boxes.commit(lambda: edits.remove(robot.map, ["c"]))
    robot.rest()
    assert not strip.warning.isVisible(), "the strip follows the map"


def test_an_edit_of_a_date_shows_at_once(robot: WindowRobot) -> None:
    opened(robot)
    typed(robot, "2028-01-31")
    assert counts(robot, "Sell online") == LinkCounts(0, 0)
    robot.desk.boxes.commit(lambda: edits.put(robot.map, "old", retired_from=dt.date(2029, 1, 1)))
    robot.rest()
    assert counts(robot, "Sell online") == LinkCounts(1, 0)
    robot.desk.undo()
    robot.rest()
    assert counts(robot, "Sell online") == LinkCounts(0, 0)


def test_the_quarters_go_by_and_stop_at_the_last(robot: WindowRobot) -> None:
    opened(robot)
    robot.hit(Key.Key_Space)
    assert timing(robot).is_walking
    assert time(robot).strip.play.accessibleName() == "Stop"
    robot.bot.waitUntil(lambda: timing(robot).day == dt.date(2027, 2, 22), timeout=4000)
    robot.hit(Key.Key_Space)
    assert not timing(robot).is_walking
    robot.hit(Key.Key_End)
    robot.hit(Key.Key_Space)
    assert timing(robot).day == TODAY, "from the end the days begin again"
    robot.hit(Key.Key_Escape)
    assert not timing(robot).is_walking


def test_nothing_of_it_is_kept_in_the_map(robot: WindowRobot) -> None:
    records = list(robot.map)
    opened(robot)
    typed(robot, "2027-12-31")
    robot.click(time(robot).strip.compare)
    assert list(robot.map) == records
    assert robot.document.undo_text is None
    robot.close_window()


def test_another_map_is_shown_as_it_is_today(robot: WindowRobot, tmp_path: Path) -> None:
    opened(robot)
    typed(robot, "2027-12-31")
    robot.window.files.new()
    robot.rest()
    assert robot.workspace.moment is None
    assert not time(robot).is_open


@pytest.mark.parametrize(("kind", "suffix"), [("roadmap", ".pdf"), ("flip-book", ".pptx")])
def test_pictures_of_a_stretch_of_time_go_to_a_file(
    robot: WindowRobot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, suffix: str
) -> None:
    target = tmp_path / f"{kind}{suffix}"
    asked: list[str] = []

    def answer(_: object, title: str, *__: object) -> tuple[str, str]:
        asked.append(title)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    robot.window.actions_set.trigger(f"time.{kind.replace('-', '_')}")
    robot.rest()
    assert asked == [kind.capitalize()]
    assert target.stat().st_size > 2_000
    assert robot.said == f"Wrote {target.name}."
    assert not robot.dialogs()


def test_menus_know_how_things_are(robot: WindowRobot) -> None:
    live = robot.window.actions_set.live
    assert not live("time.today").isEnabled()
    opened(robot)
    robot.hit(Key.Key_Right)
    assert live("time.strip").isChecked()
    assert live("time.today").isEnabled()
    robot.window.actions_set.trigger("time.compare")
    assert live("time.compare").isChecked()
    robot.window.actions_set.trigger("time.today")
    assert timing(robot).moment is None
    robot.window.actions_set.trigger("time.next")
    assert timing(robot).day == dt.date(2027, 1, 15)
    robot.window.actions_set.trigger("time.previous")
    robot.hit(Key.Key_D, CTRL_SHIFT)
    assert not time(robot).is_open


def test_hovering_a_tick_says_what_happens(robot: WindowRobot) -> None:
    opened(robot)
    assert timing(robot).told_at(dt.date(2027, 6, 30)) == ["Old Till ends on 30 June 2027"]
    assert timing(robot).told_at(dt.date(2027, 7, 31)) == ["Till swap ends on 31 July 2027"]
    assert Qt.CursorShape.PointingHandCursor == time(robot).strip.track.cursor().shape()
