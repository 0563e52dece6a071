"""On a large map the outline folds again what it had unfolded to show a box; what a person unfolds stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_robot import WindowRobot

from capmap.model import edits
from capmap.model.map import Map
from capmap.model.records import Capability


def wide(areas: int, boxes: int) -> Map:
    """So many areas, each with boxes inside that hold one leaf."""
    records = []
    for area in range(areas):
        records.append(Capability(id=f"a{area}", name=f"Area {area}", position=area))
        for box in range(boxes):
            records.append(Capability(id=f"b{area}.{box}", parent=f"a{area}", name=f"Box {area}.{box}", position=box))
            key = f"l{area}.{box}"
            records.append(Capability(id=key, parent=f"b{area}.{box}", name=f"Leaf {area}.{box}"))
    return Map(records)


@pytest.fixture
def large(qtbot: QtBot, tmp_path: Path) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path, None, wide(60, 18))


def unfolded(robot: WindowRobot) -> set[str]:
    outline = robot.desk.outline
    return {box.id for box in robot.map.walk() if outline.isExpanded(outline.tree.index_of(box.id))}


def test_branches_unfolded_for_a_box_are_folded_when_many_others_were_shown(large: WindowRobot) -> None:
    for area in range(30):
        large.workspace.select([f"l{area}.3"])
        large.rest()
        assert {f"a{area}", f"b{area}.3"} <= unfolded(large)
    assert len(unfolded(large)) <= 16


def test_what_somebody_unfolded_stays_unfolded(large: WindowRobot) -> None:
    outline = large.desk.outline
    outline.expand(outline.tree.index_of("a50"))
    large.workspace.select(["b40.0"])
    large.rest()
    outline.expand(outline.tree.index_of("b40.0"))
    for area in range(20):
        large.workspace.select([f"b{area}.3"])
        large.rest()
    assert {"a50", "a40", "b40.0"} <= unfolded(large)
    assert len(unfolded(large)) <= 3 + 8


def test_rows_of_an_edit_are_chosen_once_it_is_done(large: WindowRobot) -> None:
    """Qt makes a neighbour the current row when one goes; nobody is told of that."""
    told: list[tuple[str, ...]] = []
    large.workspace.select(["l3.3"])
    large.rest()
    large.workspace.selection_changed.connect(lambda: told.append(large.workspace.selection))
    large.desk.boxes.remove()
    large.rest()
    assert told == [("b3.3",)]
    assert large.desk.outline.tree.id_at(large.desk.outline.currentIndex()) == "b3.3"
    large.desk.undo()
    large.rest()
    assert told[1:] == [("l3.3",)]
    assert large.desk.outline.tree.id_at(large.desk.outline.currentIndex()) == "l3.3"


def test_a_chosen_row_that_moves_is_still_chosen(large: WindowRobot) -> None:
    large.workspace.select(["b3.3"])
    change = edits.shift(large.map, ["b3.3"], 2)
    large.workspace.commit(change, select=["b3.3"])
    large.rest()
    outline = large.desk.outline
    assert outline.tree.id_at(outline.currentIndex()) == "b3.3"
    assert [outline.tree.id_at(index) for index in outline.selectionModel().selectedRows()] == ["b3.3"]
