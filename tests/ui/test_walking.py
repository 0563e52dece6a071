"""Walking: the arrow keys lead where the eye would go."""

from __future__ import annotations

import pytest

from capmap.layout.boxes import Box, Layout, Role
from capmap.ui.canvas.walking import Step, step_from


def box(name: str, x: float, y: float, width: float, height: float, *children: Box) -> Box:
    role: Role = "area" if children else "leaf"
    made = Box(name, role, 1, (name,), x, y, width, height, children=list(children))
    for child in children:
        child.parent = made
    return made


def layout(*boxes: Box) -> Layout:
    """A layout of these boxes with their levels and index set right."""
    made = Layout(1000, 1000, list(boxes), {})
    for found in made.walk():
        found.level = found.parent.level + 1 if found.parent else 1
        made.index[found.id] = found
    return made


@pytest.fixture
def shop() -> Layout:
    """Two areas side by side over a leaf:

    sell [lead quote / offer      ]  run [pay]
    plan
    """
    return layout(
        box(
            "sell",
            0,
            0,
            220,
            150,
            box("lead", 10, 30, 95, 50),
            box("quote", 115, 30, 95, 50),
            box("offer", 10, 90, 200, 50),
        ),
        box("run", 230, 0, 120, 150, box("pay", 10, 30, 100, 110)),
        box("plan", 0, 160, 350, 40),
    )


@pytest.mark.parametrize(
    ("start", "step", "end"),
    [
        ("lead", "right", "quote"),
        ("quote", "left", "lead"),
        ("quote", "right", "pay"),
        ("pay", "left", "quote"),
        ("lead", "down", "offer"),
        ("quote", "down", "offer"),
        ("offer", "down", "plan"),
        ("offer", "right", "pay"),
        ("sell", "right", "run"),
        ("run", "left", "sell"),
        ("run", "down", "plan"),
        ("plan", "up", "sell"),
        ("lead", "up", None),
        ("lead", "left", None),
        ("plan", "down", None),
        ("lead", "out", "sell"),
        ("sell", "out", None),
        ("sell", "in", "lead"),
        ("lead", "in", None),
        ("lead", "last", "offer"),
        ("offer", "first", "lead"),
        ("plan", "first", "sell"),
        ("sell", "last", "plan"),
        (None, "right", "sell"),
        ("gone", "down", "sell"),
    ],
)
def test_a_step_leads_to_the_box_that_the_eye_expects(shop: Layout, start: str | None, step: Step, end: str) -> None:
    assert step_from(shop, start, step) == end


def test_from_nowhere_in_nothing_a_step_leads_nowhere() -> None:
    assert step_from(layout(), None, "right") is None


def test_every_leaf_of_a_grid_can_be_reached_and_left_again() -> None:
    grid = layout(*(box(f"{row}{column}", column * 60, row * 40, 50, 30) for row in range(4) for column in range(5)))
    for row in range(4):
        for column in range(4):
            assert step_from(grid, f"{row}{column}", "right") == f"{row}{column + 1}"
            assert step_from(grid, f"{row}{column + 1}", "left") == f"{row}{column}"
    for row in range(3):
        assert step_from(grid, f"{row}2", "down") == f"{row + 1}2"
        assert step_from(grid, f"{row + 1}2", "up") == f"{row}2"
