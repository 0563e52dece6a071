"""What is steered is honoured: columns, direction, order by a field, areas; and a live edit stays in its box."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from arranged import (
    NEAR,
    SHOP,
    assert_filled,
    assert_sound,
    branching,
    leaf_fill,
    outlined,
    places,
    sample,
    with_settings,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from capmap.layout import arrange, rearrange
from capmap.layout.boxes import Box, Layout
from capmap.model import edits, steering
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.ordering import ordered
from capmap.model.records import AREAS, DIRECTIONS, evolve
from capmap.model.steering import PRESETS, SHAPES

SAMPLES = ("city-of-lindenburg", "harbour-insurance", "nordvik-hospital")
BRANCHES = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(("Claims", "HR", "Self-service portal", "Risk"))))
ORDERS = st.sampled_from(("", "name", "-name", "importance", "-importance", "code"))


@st.composite
def steered_maps(draw: st.DrawFn) -> Map:
    """Maps in which some capabilities steer the layout of what they hold, and some have a score."""
    current = draw(BRANCHES.filter(bool).map(branching))
    puts = [
        evolve(
            capability,
            columns=draw(st.none() | st.integers(1, 4)),
            direction=draw(st.none() | st.sampled_from(DIRECTIONS)),
            equal=draw(st.none() | st.booleans()),
            area=draw(st.none() | st.none() | st.sampled_from(AREAS)),
            order_by=draw(ORDERS),
            importance=draw(st.none() | st.integers(1, 5)),
        )
        for capability in list(current.capabilities)
        if draw(st.booleans())
    ]
    current.apply(Change.of("Steer", current, puts))
    return current


def assert_reading_order(layout: Layout, current: Map) -> None:
    """Area by area, and in each in the order of the field that the box around wants."""
    for holder, boxes in [(None, layout.boxes), *((box.id, box.children) for box in layout.walk())]:
        if boxes:
            children = ordered(current, current.get(holder), current.children(holder))
            in_areas = any(child.area not in (None, "centre") for child in children)
            by_area = sorted(children, key=lambda child: AREAS.index(child.area or "centre") if in_areas else 0)
            assert [box.id for box in boxes] == [child.id for child in by_area]


def assert_areas(boxes: Sequence[Box], current: Map) -> None:
    """Above is above all, below below all, and left, middle and right stand so between."""
    by_area: dict[str, list[Box]] = {area: [] for area in AREAS}
    for box in boxes:
        by_area[current.capability(box.id).area or "centre"].append(box)
    between = [*by_area["left"], *by_area["centre"], *by_area["right"]]
    for above, below in itertools.product(by_area["top"], [*between, *by_area["bottom"]]):
        assert above.y + above.height <= below.y + NEAR
    for above, below in itertools.product(between, by_area["bottom"]):
        assert above.y + above.height <= below.y + NEAR
    for left, right in (("left", "centre"), ("left", "right"), ("centre", "right")):
        for here, there in itertools.product(by_area[left], by_area[right]):
            assert here.x + here.width <= there.x + NEAR


@given(steered_maps(), st.floats(0.3, 5))
@settings(max_examples=150)
def test_every_steered_map_stands_in_its_order_and_areas(current: Map, aspect: float) -> None:
    layout = arrange(current, aspect=aspect)
    assert layout.width / layout.height == pytest.approx(aspect)
    assert_sound(layout, current)
    assert_reading_order(layout, current)
    for boxes in (layout.boxes, *(box.children for box in layout.walk())):
        assert_areas(boxes, current)


@given(steered_maps(), st.data())
@settings(max_examples=100)
def test_a_layout_follows_whatever_is_steered(current: Map, data: st.DataObject) -> None:
    layout = arrange(current)
    for _ in range(data.draw(st.integers(1, 4))):
        key = data.draw(st.sampled_from([capability.id for capability in current.walk()]))
        change = data.draw(
            st.sampled_from(
                (
                    edits.put(current, key, importance=data.draw(st.none() | st.integers(1, 5))),
                    edits.put(current, key, order_by=data.draw(ORDERS)),
                    edits.put(current, key, area=data.draw(st.none() | st.sampled_from(AREAS))),
                    edits.put(current, key, columns=data.draw(st.none() | st.integers(1, 3))),
                    edits.rename(current, key, data.draw(st.sampled_from(("A", "Something longer than that")))),
                    edits.add(current, "New one", key),
                )
            )
        )
        current.apply(change)
        if rearrange(layout, current, change) is None:
            layout = arrange(current)
        assert_sound(layout, current)
        assert_reading_order(layout, current)


def test_a_score_moves_the_box_and_nothing_outside_its_container() -> None:
    current = with_settings(outlined(SHOP), "Serve", order_by="-importance")
    layout = arrange(current)
    before = places(layout)
    change = edits.put(current, "Returns", importance=5)
    current.apply(change)
    touched = rearrange(layout, current, change)
    assert touched is not None
    assert layout.index["Serve"].children[0].id == "Returns"
    assert touched <= set(current.child_ids("Serve"))
    outside = before.keys() - set(current.child_ids("Serve"))
    assert {key: places(layout)[key] for key in outside} == {key: before[key] for key in outside}


def test_a_new_box_takes_its_place_in_the_order() -> None:
    current = with_settings(outlined(SHOP), "Serve", order_by="name")
    layout = arrange(current)
    change = edits.add(current, "Gifts", "Serve", 0)
    current.apply(change)
    assert rearrange(layout, current, change) is not None
    names = [" ".join(box.lines) for box in layout.index["Serve"].children]
    assert names == ["Complaints", "Enquiries", "Gifts", "Retention", "Returns", "Self-service"]


def test_a_branch_shown_alone_stands_in_the_order_that_it_wants() -> None:
    current = with_settings(outlined(SHOP), "Serve", order_by="-name")
    assert [box.id for box in arrange(current, root="Serve").boxes][:2] == ["Self-service", "Returns"]


def test_one_row_stays_one_row_when_boxes_come() -> None:
    current = outlined(SHOP)
    current.apply(steering.arrange_inside(current, ["Engage"], PRESETS[1]))
    layout = arrange(current)
    for name in ("Press", "Fairs"):
        change = edits.add(current, name, "Engage")
        current.apply(change)
        assert rearrange(layout, current, change) is not None
    assert len({round(box.y, 3) for box in layout.index["Engage"].children}) == 1


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("aspect", [1.414, 16 / 9, 0.707])
def test_shapes_of_real_maps_fill_their_page(name: str, shape: steering.Shape, aspect: float) -> None:
    current = sample(name)
    current.apply(steering.shape_inside(current, None, shape))
    layout = arrange(current, aspect=aspect)
    assert_sound(layout, current)
    assert_areas(layout.boxes, current)
    assert leaf_fill(layout) >= 0.45
    middle = [box for box in layout.boxes if current.capability(box.id).area in ("left", "centre", "right")]
    for band in itertools.groupby(layout.boxes, key=lambda box: current.capability(box.id).area in ("top", "bottom")):
        if band[0]:
            row = list(band[1])
            assert row[0].x == pytest.approx(0)
            assert row[-1].x + row[-1].width == pytest.approx(layout.width)
    assert min(box.x for box in middle) == pytest.approx(0)
    assert max(box.x + box.width for box in middle) == pytest.approx(layout.width)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
@pytest.mark.parametrize("name", SAMPLES)
def test_presets_of_real_maps_fill_their_page(name: str, preset: steering.Preset) -> None:
    current = sample(name)
    current.apply(steering.arrange_inside(current, [box.id for box in current.walk()], preset))
    layout = arrange(current, aspect=1.414)
    assert_sound(layout, current)
    if preset.name in ("automatic", "one_row", "one_column"):
        # In the others boxes stand in line or have one size, so that the last row may end early.
        assert_filled(layout)


def test_boxes_in_areas_make_room_without_a_new_layout() -> None:
    """Bands of one row each are rows like any others, to what grows inside them."""
    current = sample("harbour-insurance")
    current.apply(steering.shape_inside(current, None, SHAPES[0]))
    layout = arrange(current)
    assert sum(layout.rows) == len(layout.boxes)
    before = places(layout)
    for number in range(6):
        change = edits.add(current, f"Extra {number}", "4.1")
        current.apply(change)
        assert rearrange(layout, current, change) is not None
        assert_sound(layout, current)
    moved = {key.split(".")[0] for key, place in places(layout).items() if before.get(key, place) != place}
    assert "4" in moved
    assert "1" not in moved
