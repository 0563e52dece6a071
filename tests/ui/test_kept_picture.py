"""A map is seen again as it was seen last, box by box, and a file that is only looked at stays as it is."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_robot import Key, WindowRobot

from capmap.document import Document, opened
from capmap.layout import kept
from capmap.model import edits
from capmap.model.records import Capability

Places = dict[str, tuple[float, float, float, float]]


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path)


def places(robot: WindowRobot) -> Places:
    """Where every box stands in the map."""
    robot.desk.canvas.ensure_arranged()
    layout = robot.desk.canvas.arrangement.layout
    return {box.id: layout.rectangle(box) for box in layout.walk()}


def fresh(robot: WindowRobot) -> Places:
    """Where every box would stand if all were arranged anew."""
    canvas = robot.desk.canvas
    standing, _ = canvas.tidied(None)
    layout = standing.layout
    return {box.id: layout.rectangle(box) for box in layout.walk()}


def work(robot: WindowRobot) -> None:
    """Edits that the layout follows, so that it is another one than a fresh one would be."""
    for into, name in (("Deliver", "Return what was not wanted"), ("Sell", "Listen"), ("Plan", "Year")):
        change = edits.add(robot.map, name, robot.id(into), 0)
        robot.workspace.commit(change)
        robot.rest()
    robot.desk.boxes.commit(lambda: edits.move(robot.map, [robot.id("Hire")], robot.id("Sell"), 1))
    robot.rest()


def again(robot: WindowRobot) -> None:
    robot.close_window()
    robot.open_window(str(robot.path))


def test_a_reopened_map_stands_as_it_stood(robot: WindowRobot) -> None:
    work(robot)
    before, undo, steps = places(robot), robot.document.undo_text, len(robot.document.history())
    assert before != fresh(robot), "nothing to see: a fresh arrangement is the same"
    again(robot)
    assert places(robot) == before
    assert (robot.document.undo_text, len(robot.document.history())) == (undo, steps)
    again(robot)
    assert places(robot) == before


def test_the_map_goes_on_from_there(robot: WindowRobot) -> None:
    work(robot)
    before = places(robot)
    again(robot)
    robot.desk.boxes.commit(lambda: edits.add(robot.map, "Thank", robot.id("Sell"), 0))
    robot.rest()
    robot.window.attempt(robot.desk.undo)
    robot.rest()
    assert places(robot) == before


def test_a_map_that_is_only_looked_at_stays_as_it_is(robot: WindowRobot) -> None:
    robot.close_window()
    sound = robot.path.read_bytes()
    robot.open_window(str(robot.path))
    first = places(robot)
    again(robot)
    assert places(robot) == first
    robot.close_window()
    assert robot.path.read_bytes() == sound


def test_a_score_is_no_reason_to_keep_a_picture(robot: WindowRobot) -> None:
    robot.desk.boxes.commit(lambda: edits.put(robot.map, robot.id("Advise"), maturity=2))
    robot.close_window()
    with opened(robot.path) as document:
        assert document.kept_layout is None


def test_the_picture_is_kept_when_the_map_rests(robot: WindowRobot) -> None:
    work(robot)
    robot.desk.canvas.opening.keeping.rest()
    found = robot.document.kept_layout
    assert found is not None
    assert found[0] == kept.made_for(robot.map)
    # A file of a process that dies now holds it.
    copy = robot.path.with_name("as of now.capmap")
    shutil.copyfile(robot.path, copy)
    with opened(copy, read_only=True) as document:
        assert document.kept_layout == found


def test_a_picture_of_another_state_of_the_map_is_not_shown(robot: WindowRobot) -> None:
    work(robot)
    robot.close_window()
    with opened(robot.path) as document:
        sell = next(box.id for box in document.map.walk() if box.name == "Sell")
        document.commit(edits.add(document.map, "From the command line", sell))
    robot.open_window(str(robot.path))
    assert len(places(robot)) == robot.map.count(Capability)
    assert places(robot) == fresh(robot)


@pytest.mark.parametrize("content", [b"", b"nonsense", bytes(1000)])
def test_an_odd_picture_is_not_shown_and_no_error(robot: WindowRobot, content: bytes) -> None:
    work(robot)
    robot.close_window()
    connection = sqlite3.connect(robot.path)
    connection.execute("UPDATE kept_layout SET layout = ?", (content,))
    connection.commit()
    connection.close()
    robot.open_window(str(robot.path))
    assert places(robot) == fresh(robot)
    assert robot.said == ""


def test_a_picture_of_quite_another_shape_is_not_shown(robot: WindowRobot) -> None:
    work(robot)
    robot.close_window()
    robot.open_window(None)
    robot.window.files.close()
    robot.window.resize(820, 1400)
    robot.rest()
    robot.window.files.open_path(robot.path)
    robot.rest()
    assert places(robot) == fresh(robot)


def test_a_read_only_map_shows_its_picture_and_keeps_none(robot: WindowRobot) -> None:
    work(robot)
    before = places(robot)
    robot.close_window()
    with Document.open(robot.path) as first:
        robot.open_window(str(robot.path))
        assert robot.document.why_read_only
        assert places(robot) == before
        robot.desk.canvas.tidied(None)
        robot.close_window()
        assert first.kept_layout is not None


def test_from_a_branch_one_comes_back_to_the_same_picture(robot: WindowRobot) -> None:
    work(robot)
    before = places(robot)
    robot.workspace.show_branch(robot.id("Deliver"))
    robot.rest()
    assert set(places(robot)) < set(before)
    robot.workspace.show_branch(None)
    robot.rest()
    assert places(robot) == before
    robot.workspace.set_collapsed([robot.id("Sell")], True)
    robot.rest()
    again(robot)
    assert places(robot) == before


def test_what_was_edited_in_a_branch_is_arranged_anew_around_it(robot: WindowRobot) -> None:
    work(robot)
    before = places(robot)
    robot.workspace.show_branch(robot.id("Deliver"))
    robot.rest()
    robot.desk.boxes.commit(lambda: edits.add(robot.map, "Made in a branch", robot.id("Deliver")))
    robot.rest()
    robot.workspace.show_branch(None)
    robot.rest()
    assert set(places(robot)) > set(before)
    assert robot.id("Made in a branch") in places(robot)


def test_another_map_in_the_same_window_has_its_own_picture(robot: WindowRobot, tmp_path: Path) -> None:
    work(robot)
    before = places(robot)
    # A copy has the same ids, so that one picture could be taken for the other.
    copy = tmp_path / "copy.capmap"
    robot.window.files.save_copy(copy)
    with opened(copy) as document:
        sell = next(box.id for box in document.map.walk() if box.name == "Sell")
        deliver = next(box.id for box in document.map.walk() if box.name == "Deliver")
        document.commit(edits.move(document.map, [sell], deliver, 0))
    robot.window.files.open_path(copy)
    robot.rest()
    assert places(robot) == fresh(robot)
    robot.window.files.open_path(robot.path)
    robot.rest()
    assert places(robot) == before


def test_a_box_that_is_being_named_is_no_part_of_the_picture(robot: WindowRobot) -> None:
    work(robot)
    before = places(robot)
    robot.select("Sell")
    robot.on_canvas()
    robot.hit(Key.Key_Tab)
    assert len(places(robot)) == len(before) + 1
    robot.desk.canvas.opening.keeping.rest()
    assert robot.document.kept_layout is None
    again(robot)
    assert places(robot) == before
