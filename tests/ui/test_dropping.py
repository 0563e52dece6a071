"""Dropping: where a box would go, told from the point under the pointer."""

from __future__ import annotations

import pytest

from capmap.layout.boxes import Box, Layout, Role
from capmap.model import edits
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.ui.canvas.dropping import Drop, aim

PLACES: dict[str, tuple[str | None, float, float, float, float]] = {
    "Sell": (None, 0, 0, 220, 150),
    "Lead": ("Sell", 10, 30, 95, 50),
    "Quote": ("Sell", 115, 30, 95, 50),
    "Offer": ("Sell", 10, 90, 95, 50),
    "Run": (None, 230, 0, 120, 150),
    "Pay": ("Run", 10, 30, 100, 50),
    "Book": ("Run", 10, 90, 100, 50),
}
"""Name -> parent, and x, y, width and height from the parent's corner."""


@pytest.fixture
def shop() -> tuple[Map, Layout, dict[str, str]]:
    """Sell [Lead Quote / Offer] beside Run [Pay / Book], and the ids by name."""
    current, ids = Map(), dict[str, str]()

    def done(change: Change) -> str:
        current.apply(change)
        return next(key for key, old in change.before.items() if old is None)

    boxes: dict[str, Box] = {}
    tops: list[Box] = []
    for name, (parent, x, y, width, height) in PLACES.items():
        ids[name] = done(edits.add(current, name, ids[parent] if parent else None))
        role: Role = "leaf" if parent else "area"
        above = boxes[parent] if parent else None
        boxes[name] = Box(ids[name], role, 2 if parent else 1, (name,), x, y, width, height, parent=above)
        (above.children if above else tops).append(boxes[name])
    return current, Layout(350, 150, tops, {box.id: box for box in boxes.values()}), ids


Shop = tuple[Map, Layout, dict[str, str]]


def over(shop: Shop, moved: str, x: float, y: float, *, copying: bool = False) -> Drop:
    current, layout, ids = shop
    return aim(layout, current, [ids[moved]], None, x, y, copying=copying)


@pytest.mark.parametrize(
    ("x", "y", "into", "position"),
    [
        (60, 55, "Lead", 0),  # the middle of a leaf: inside
        (15, 55, "Sell", 0),  # its left edge: before
        (102, 55, "Sell", 1),  # its right edge: behind
        (120, 55, "Sell", 1),  # the left edge of the next one: the same place
        (110, 55, "Sell", 1),  # the gap between the two
        (215, 60, "Sell", 2),  # right of the last in the row
        (60, 148, "Sell", 3),  # below the last row, next to its only box
        (60, 10, "Sell", 3),  # on the name of a container: at the end
        (225, 60, None, 1),  # between two areas
        (500, 60, None, 2),  # on the ground right of all
        (-20, 60, None, 0),  # on the ground left of all
        (2, 60, None, 0),  # on the edge of the first area
    ],
)
def test_the_pointer_tells_the_place(shop: Shop, x: float, y: float, into: str | None, position: int) -> None:
    drop = over(shop, "Pay", x, y)
    assert (drop.into, drop.position) == (shop[2][into] if into else None, position)
    assert not drop.reason
    assert not drop.stays


@pytest.mark.parametrize(("y", "position"), [(32, 0), (78, 1), (92, 1), (85, 1), (138, 2)])
def test_in_a_column_above_and_below_count(shop: Shop, y: float, position: int) -> None:
    drop = over(shop, "Lead", 280, y)
    assert (drop.into, drop.position) == (shop[2]["Run"], position)


def test_the_mark_stands_in_the_middle_of_the_gap(shop: Shop) -> None:
    assert over(shop, "Pay", 102, 55).mark == (110, 30, 110, 80)
    assert over(shop, "Pay", 120, 55).mark == (110, 30, 110, 80)
    assert over(shop, "Lead", 280, 78).mark == (240, 85, 340, 85)


def test_a_box_that_becomes_a_parent_is_lit_and_has_no_mark(shop: Shop) -> None:
    drop = over(shop, "Pay", 60, 55)
    assert (drop.around, drop.mark) == (shop[2]["Lead"], None)


def test_a_container_cannot_go_into_its_own_inside(shop: Shop) -> None:
    drop = over(shop, "Sell", 60, 55)
    assert drop.reason == "Sell cannot move into itself."


def test_a_copy_may_go_into_its_own_inside(shop: Shop) -> None:
    drop = over(shop, "Sell", 60, 55, copying=True)
    assert (drop.into, drop.reason, drop.stays) == (shop[2]["Lead"], "", False)


def test_over_itself_and_beside_itself_nothing_moves(shop: Shop) -> None:
    assert over(shop, "Lead", 60, 55).stays
    assert over(shop, "Lead", 120, 55).stays
    assert over(shop, "Lead", 2, 10).stays is False


def test_a_reference_takes_no_boxes(shop: Shop) -> None:
    current, layout, ids = shop
    current.apply(edits.put(current, ids["Quote"], alias_of=ids["Pay"]))
    assert "reference" in aim(layout, current, [ids["Book"]], None, 160, 55).reason


def test_ground_is_the_branch_that_is_shown_alone(shop: Shop) -> None:
    current, layout, ids = shop
    layout.boxes = layout.boxes[0].children
    for box in layout.boxes:
        box.parent = None
    assert aim(layout, current, [ids["Pay"]], ids["Sell"], 500, 55).into == ids["Sell"]
