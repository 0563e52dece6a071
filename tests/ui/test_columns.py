"""Columns: pixels are the same as those worked out box by box, gaps are even, and edits are followed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from benchmarks.trees import tree

from capmap.layout import arrange
from capmap.layout.boxes import Box, Layout
from capmap.ui.canvas.columns import Columns
from capmap.ui.canvas.snapping import LEAST_TOP_GAP, Pixels, gap_pixels, snapped

SCALES = (0.017, 0.05, 0.21, 0.5, 0.77, 1.0, 1.25, 2.9)


@pytest.fixture(scope="module")
def layout() -> Layout:
    return arrange(tree(700), aspect=1.6)


def box_by_box(layout: Layout, scale: float) -> Iterator[tuple[Box, Pixels, Pixels | None]]:
    stack: list[tuple[Box, float, float, Pixels | None]] = [(box, box.x, box.y, None) for box in layout.boxes]
    while stack:
        box, x, y, holder = stack.pop()
        place = snapped(box, x, y, scale, holder)
        yield box, place, holder
        stack.extend((child, x + child.x, y + child.y, place) for child in box.children)


@pytest.mark.parametrize("scale", SCALES)
def test_columns_and_single_boxes_agree(layout: Layout, scale: float) -> None:
    columns = Columns(layout)
    places = columns.snapped(scale)
    for box, place, _ in box_by_box(layout, scale):
        assert tuple(int(column[columns.slots[box.id]]) for column in places) == place, box.id


@pytest.mark.parametrize("scale", SCALES)
def test_boxes_stay_inside_and_apart(layout: Layout, scale: float) -> None:
    inside: dict[str | None, list[tuple[Box, Pixels]]] = {}
    for box, place, holder in box_by_box(layout, scale):
        inside.setdefault(box.parent.id if box.parent else None, []).append((box, place))
        if holder is not None:
            assert holder[0] <= place[0] <= place[2] <= holder[2]
            assert holder[1] <= place[1] <= place[3] <= holder[3]
    for siblings in inside.values():
        corner = min(place[0] for _, place in siblings), min(place[1] for _, place in siblings)
        end = max(place[2] for _, place in siblings), max(place[3] for _, place in siblings)
        grid = np.zeros((end[1] - corner[1], end[0] - corner[0]), np.int8)
        for _, (left, top, right, bottom) in siblings:
            part = grid[top - corner[1] : bottom - corner[1], left - corner[0] : right - corner[0]]
            assert not part.any()
            part += 1


@pytest.mark.parametrize("scale", [0.3, 0.55, 1.1])
def test_neighbours_in_a_row_stand_apart_by_one_number_of_pixels(layout: Layout, scale: float) -> None:
    rows: dict[tuple[str | None, float], list[tuple[Box, Pixels]]] = {}
    for box, place, _ in box_by_box(layout, scale):
        rows.setdefault((box.parent.id if box.parent else None, round(box.y, 3)), []).append((box, place))
    seen = 0
    for row in rows.values():
        row.sort(key=lambda one: one[0].x)
        for (one, here), (other, there) in pairwise(row):
            if abs(one.x + one.width - other.x) < 13:
                assert there[0] - here[2] == gap_pixels(one, scale) >= (1 if one.parent else LEAST_TOP_GAP)
                seen += 1
    assert seen > 100


def same(columns: Columns, fresh: Columns, scale: float) -> None:
    assert columns.slots.keys() == fresh.slots.keys()
    mine, other = columns.snapped(scale), fresh.snapped(scale)
    for record_id, slot in columns.slots.items():
        twin = fresh.slots[record_id]
        assert [int(one[slot]) for one in mine] == [int(one[twin]) for one in other], record_id
        assert columns.role[slot] == fresh.role[twin]
        parent, above = columns.parent[slot], fresh.parent[twin]
        assert (parent < 0 and above < 0) or columns.ids[parent] == fresh.ids[above]
    gone = [slot for slot, record_id in enumerate(columns.ids) if columns.slots.get(record_id) != slot]
    assert all(mine[0][slot] == mine[2][slot] for slot in gone)


@pytest.mark.parametrize("seed", range(4))
def test_boxes_that_come_go_and_move_are_followed(seed: int) -> None:
    chance = random.Random(seed)
    layout = arrange(tree(120), aspect=1.6)
    columns = Columns(layout)
    for number in range(60):
        touched: set[str] = set()
        box = chance.choice(list(layout.index.values()))
        kind = chance.choice(("move", "add", "remove", "rehang"))
        if kind == "move":
            box.x, box.width = box.x + 1.5, box.width + 3
            touched = {box.id}
        elif kind == "add":
            new = Box(f"new{number}", "leaf", box.level + 1, ("New",), 5, 5, 40, 20, parent=box)
            box.role = "container" if box.parent else "area"
            box.children.append(new)
            layout.index[new.id] = new
            touched = {new.id, box.id}
        elif kind == "remove" and box.parent is not None:
            box.parent.children.remove(box)
            touched = {one.id for one in box.walk()} | {box.parent.id}
            for gone in touched - {box.parent.id}:
                del layout.index[gone]
        elif kind == "rehang" and box.parent is not None:
            goal = chance.choice(layout.boxes)
            if goal not in box.walk():
                box.parent.children.remove(box)
                goal.children.append(box)
                goal.role = "area"
                touched = {box.id, goal.id, box.parent.id}
                box.parent = goal
                for one in box.walk():
                    one.level = one.parent.level + 1 if one.parent else 1
        columns.follow(touched)
    same(columns, Columns(layout), 0.6)


@pytest.mark.parametrize("scale", [0.02, 0.11, 0.6, 1.7])
def test_a_look_at_a_part_sees_the_same_boxes_in_the_same_places(scale: float) -> None:
    layout = arrange(tree(5_000), aspect=1.6)
    whole, columns = Columns(layout).snapped(scale), Columns(layout)
    left, top, right, bottom = whole
    chance = random.Random(2)
    for _ in range(12):
        x, y = chance.randint(-50, int(layout.width * scale)), chance.randint(-50, int(layout.height * scale))
        window = x, y, x + chance.randint(1, 700), y + chance.randint(1, 500)
        seen, places = columns.within(window, scale)
        shows = (left < window[2]) & (right > window[0]) & (top < window[3]) & (bottom > window[1])
        assert sorted(seen) == np.flatnonzero(shows & (right > left) & (bottom > top)).tolist()
        for mine, other in zip(places, whole, strict=True):
            assert (mine[seen] == other[seen]).all()
