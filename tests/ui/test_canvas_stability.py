"""Edits on the canvas leave every box that they are not about where it was, undo brings back the rest."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from canvas_robot import Key, Robot
from pytestqt.qtbot import QtBot

from capmap.errors import EditError
from capmap.layout import arrange
from capmap.model import edits
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.ui.canvas.tidying import Tidying

WORDS = ("Claims", "Policy", "Data", "Management", "and", "Self-service", "Development", "HR", "Insight")
NEAR = 1.0

Places = dict[str, tuple[float, float, float, float]]


def company() -> Iterator[str]:
    """The lines of a map of 8 areas with about 130 boxes, of uneven names and numbers."""
    chance = random.Random(5)
    for area in range(8):
        yield f"Area {area}"
        for part in range(3 + area % 3):
            yield f"  Part {area}.{part} {chance.choice(WORDS)}"
            for leaf in range(2 + (area + part) % 4):
                yield f"    Leaf {area}.{part}.{leaf} {' '.join(chance.choices(WORDS, k=chance.randint(1, 3)))}"


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> Robot:
    return Robot(qtbot, tmp_path, "\n".join(company()))


def places(robot: Robot) -> Places:
    """Where every box stands in the map, in points."""
    layout = robot.canvas.arrangement.layout
    return {box.id: layout.rectangle(box) for box in layout.walk()}


def moved(before: Places, after: Places) -> set[str]:
    """The boxes that are in both and not at the same place with the same size."""
    return {key for key in before.keys() & after.keys() if before[key] != pytest.approx(after[key], abs=NEAR)}


def area_of(robot: Robot, record_id: str) -> str:
    """The name of the box at the top that holds a box."""
    return robot.map.path(record_id)[0].name


def found(robot: Robot, beginning: str) -> str:
    """The name of the box whose name begins so."""
    return next(box.name for box in robot.map.walk() if f"{box.name} ".startswith(f"{beginning} "))


def areas_moved(robot: Robot, before: Places) -> set[str]:
    """The areas with boxes that are not where they were."""
    return {area_of(robot, key) for key in moved(before, places(robot))}


def at_random(current: Map, chance: random.Random) -> Change:
    """An edit such as a workshop makes: mostly additions, new names and moves, some removals."""
    ids = [capability.id for capability in current.walk()]
    kind, one, name = chance.random(), chance.choice(ids), " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))
    if kind < 0.4:
        into = one if chance.random() < 0.3 else current.capability(one).parent
        return edits.add(current, name, into, chance.choice([None, 0, 1, 2]))
    if kind < 0.6:
        return edits.rename(current, one, name)
    if kind < 0.8:
        into = current.capability(one).parent if chance.random() < 0.6 else chance.choice(ids)
        return edits.move(current, [one], into, chance.choice([None, 0, 1, 3]))
    return edits.remove(current, [chance.choice([key for key in ids if not current.has_children(key)])])


def edit_at_random(robot: Robot, chance: random.Random) -> Change:
    """Do one edit that the rules allow."""
    while True:
        try:
            change = at_random(robot.map, chance)
        except EditError:
            continue
        if not change.is_empty:
            robot.workspace.commit(change)
            return change


def test_a_new_box_moves_only_boxes_of_its_area(robot: Robot) -> None:
    before = places(robot)
    robot.click(found(robot, "Leaf 2.1.0"))
    robot.hit(Key.Key_Return)
    assert areas_moved(robot, before) <= {"Area 2"}
    robot.type("Audit")
    robot.hit(Key.Key_Return)
    assert robot.id("Audit") in places(robot)
    assert areas_moved(robot, before) == {"Area 2"}


def test_a_box_that_gets_no_name_leaves_every_box_where_it_was(robot: Robot) -> None:
    before = places(robot)
    robot.click(found(robot, "Part 4.1"))
    robot.hit(Key.Key_Tab)
    assert places(robot) != before
    robot.type("Not")
    robot.hit(Key.Key_Escape)
    assert places(robot) == before


def test_a_new_name_moves_only_boxes_of_its_area(robot: Robot) -> None:
    before = places(robot)
    robot.click(found(robot, "Leaf 5.0.1"))
    robot.hit(Key.Key_F2)
    robot.type("Longer than before by some words")
    robot.hit(Key.Key_Return)
    assert areas_moved(robot, before) <= {"Area 5"}


def test_a_box_dragged_moves_only_boxes_of_both_areas(robot: Robot) -> None:
    before = places(robot)
    robot.drag(found(robot, "Leaf 1.0.0"), found(robot, "Part 6.0"), "name")
    assert area_of(robot, robot.id(found(robot, "Leaf 1.0.0"))) == "Area 6"
    assert areas_moved(robot, before) == {"Area 1", "Area 6"}


def test_a_box_removed_moves_only_boxes_of_its_area(robot: Robot) -> None:
    before = places(robot)
    robot.workspace.commit(edits.remove(robot.map, [robot.id(found(robot, "Leaf 3.2.1"))]))
    assert areas_moved(robot, before) == {"Area 3"}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_hundred_edits_leave_the_rest_of_the_map_in_place(robot: Robot, seed: int) -> None:
    """The mean way of a box that an edit is not about stays below two hundredths of the height of the map."""
    chance, ways = random.Random(seed), []
    for _ in range(100):
        before = places(robot)
        change = edit_at_random(robot, chance)
        after = places(robot)
        assert after.keys() == {box.id for box in robot.map.walk()}
        kept = [key for key in before if key in after and key not in change.after]
        way = sum(abs(after[key][0] - before[key][0]) + abs(after[key][1] - before[key][1]) for key in kept)
        ways.append(way / len(kept) / robot.canvas.arrangement.layout.height)
    assert sum(ways) / len(ways) < 0.02
    assert sorted(ways)[50] < 0.002


def test_undo_and_redo_go_through_the_same_layouts(robot: Robot) -> None:
    chance, states = random.Random(3), [places(robot)]
    for _ in range(30):
        edit_at_random(robot, chance)
        states.append(places(robot))
    for state in reversed(states[:-1]):
        robot.workspace.undo()
        assert places(robot) == state
    for state in states[1:]:
        robot.workspace.redo()
        assert places(robot) == state


def test_undo_while_a_box_is_being_named_takes_both_back(robot: Robot) -> None:
    before = places(robot)
    robot.click(found(robot, "Part 2.0"))
    robot.workspace.commit(edits.remove(robot.map, [robot.id(found(robot, "Leaf 0.0.0"))]))
    robot.hit(Key.Key_Tab)
    robot.type("Half")
    robot.workspace.undo()
    assert robot.canvas.naming.subject is None
    assert places(robot) == before


def test_a_score_given_while_a_box_is_being_named_gives_the_box_up(robot: Robot) -> None:
    before = places(robot)
    robot.click(found(robot, "Part 2.0"))
    robot.hit(Key.Key_Tab)
    robot.workspace.commit(edits.put(robot.map, robot.id(found(robot, "Leaf 0.0.0")), importance=4))
    assert robot.canvas.naming.subject is None
    assert places(robot) == before


def tidy(robot: Robot) -> None:
    tidying = Tidying(robot.canvas)
    tidying.propose(None)
    tidying.apply()


def test_tidy_is_a_fresh_layout_and_no_step_of_undo(robot: Robot) -> None:
    chance = random.Random(4)
    for _ in range(20):
        edit_at_random(robot, chance)
    worn, undo = places(robot), robot.document.undo_text
    tidy(robot)
    fresh = arrange(robot.map, aspect=robot.canvas.arrangement.aspect)
    assert places(robot) == {box.id: fresh.rectangle(box) for box in fresh.walk()} != worn
    assert robot.document.undo_text == undo


def test_undo_after_tidy_stays_tidy(robot: Robot) -> None:
    chance = random.Random(4)
    for _ in range(20):
        edit_at_random(robot, chance)
    tidy(robot)
    tidied = places(robot)
    robot.workspace.undo()
    same = tidied.keys() & places(robot).keys()
    assert len(moved(tidied, places(robot))) < len(same) / 4


def test_a_branch_looked_at_alone_follows_edits_too(robot: Robot) -> None:
    robot.workspace.show_branch(robot.id("Area 4"))
    before = places(robot)
    robot.workspace.commit(edits.remove(robot.map, [robot.id(found(robot, "Leaf 4.0.1"))]))
    assert {robot.map.path(key)[1].name for key in moved(before, places(robot))} == {found(robot, "Part 4.0")}
    robot.workspace.undo()
    assert places(robot) == before


def test_a_map_that_has_grown_out_of_shape_is_arranged_anew(robot: Robot) -> None:
    """Boxes put into one area make the map ever taller; before it is a ribbon it takes the shape of the window."""
    wanted = robot.canvas.arrangement.aspect
    for number in range(60):
        robot.workspace.commit(edits.add(robot.map, f"Something more to do here, number {number}", robot.id("Area 1")))
        layout = robot.canvas.arrangement.layout
        assert wanted / 1.36 < layout.width / layout.height < wanted * 1.36


def test_the_view_stays_where_it_is_when_a_box_comes(robot: Robot) -> None:
    robot.click(found(robot, "Leaf 2.1.0"))
    robot.canvas.zoom_to_boxes([robot.id("Area 2")])
    view, far = robot.canvas.view, robot.canvas.box_rect(robot.id("Area 0"))
    robot.workspace.commit(edits.add(robot.map, "Audit", robot.id(found(robot, "Part 2.1"))))
    assert robot.canvas.view == view
    assert robot.canvas.box_rect(robot.id("Area 0")) == far
