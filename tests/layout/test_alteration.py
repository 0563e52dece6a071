"""What an edit did to a layout can be taken back and done again exactly, and says which boxes are different."""

from __future__ import annotations

import random
from typing import Any

import pytest
from any_edits import any_edit, company
from hypothesis import given, settings
from hypothesis import strategies as st

from capmap.layout import arrange, follow
from capmap.layout.boxes import Box, Layout
from capmap.model import edits


def everything(layout: Layout) -> dict[str, Any]:
    """All that a layout consists of, in reading order, and what its index finds."""

    def told(box: Box) -> tuple[Any, ...]:
        own = (box.role, box.level, box.lines, box.hidden, box.rows, box.least_width, box.least_height)
        place = (box.x, box.y, box.width, box.height, box.parent.id if box.parent else None)
        return own, place, [child.id for child in box.children]

    assert all(layout.index[box.id] is box for box in layout.walk())
    assert len(layout.index) == sum(1 for _ in layout.walk())
    boxes: dict[str, Any] = {box.id: told(box) for box in layout.walk()}
    return {"": (layout.width, layout.height, layout.rows, [box.id for box in layout.boxes]), **boxes}


def seen(layout: Layout, key: str) -> tuple[Any, ...] | None:
    """What a painter must know of a box."""
    box = layout.index.get(key)
    if box is None:
        return None
    return box.x, box.y, box.width, box.height, box.lines, box.hidden, box.role, box.parent and box.parent.id


def leaf_area(layout: Layout) -> float:
    return sum(box.width * box.height for box in layout.walk() if not box.children)


@given(seed=st.integers(0, 10**9), depth=st.sampled_from([None, None, 1, 2]))
@settings(max_examples=50, deadline=None)
def test_what_an_edit_altered_is_taken_back_and_done_again_exactly(seed: int, depth: int | None) -> None:
    chance = random.Random(seed)
    current = company(seed, boxes=40)
    layout = arrange(current, depth=depth)
    states, steps, area = [everything(layout)], [], leaf_area(layout)
    for _ in range(8):
        change = any_edit(current, chance)
        current.apply(change)
        before = {key: seen(layout, key) for key in layout.index}
        alteration = follow(layout, current, change, depth=depth)
        if alteration is None:
            assert everything(layout) == states[-1]
            break
        after = {key: seen(layout, key) for key in layout.index}
        assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} <= alteration.boxes
        area += alteration.leaf_area
        assert area == pytest.approx(leaf_area(layout))
        states.append(everything(layout))
        steps.append(alteration)
    for _ in range(2):
        for place in reversed(range(len(steps))):
            steps[place].turn()
            area += steps[place].leaf_area
            assert everything(layout) == states[place]
            assert area == pytest.approx(leaf_area(layout))
        for place, step in enumerate(steps):
            step.turn()
            area += step.leaf_area
            assert everything(layout) == states[place + 1]


def test_an_edit_of_one_leaf_keeps_note_of_few_boxes() -> None:
    current = company(2, boxes=400)
    layout = arrange(current)
    leaf = max((box for box in current.walk() if not box.alias_of), key=lambda box: current.level(box.id))
    change = edits.rename(current, leaf.id, "Another")
    current.apply(change)
    alteration = follow(layout, current, change)
    assert alteration is not None
    assert leaf.id in alteration.boxes
    assert len(alteration) < 60
