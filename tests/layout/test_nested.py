"""A map fills the proportion that is asked for, in reading order, with every name whole."""

from __future__ import annotations

import itertools
import math

import pytest
from arranged import (
    NEAR,
    SHOP,
    assert_filled,
    assert_in_rows,
    assert_sound,
    branching,
    leaf_fill,
    leaf_text_on,
    leaves,
    outlined,
    places,
    sample,
    with_settings,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from capmap.layout import arrange
from capmap.layout.style import text_scale_for
from capmap.model.map import Map
from capmap.model.records import AREAS, DIRECTIONS, Capability

A3 = (1190.55, 841.89)
SAMPLES = ("city-of-lindenburg", "cross-industry", "harbour-insurance", "nordvik-hospital")

WORDS = st.sampled_from(
    [
        "Claims",
        "and",
        "Self-service",
        "HR",
        "Management",
        "Überwachung",
        "Planning",
        "風險管理",
        "of",
        "Interoperability",
    ]
)
NAMES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
MAPS = st.lists(st.tuples(st.integers(0, 4), NAMES), min_size=1, max_size=40).map(branching)
ASPECTS = st.floats(0.2, 6)


@given(MAPS, ASPECTS)
@settings(max_examples=150)
def test_every_map_is_sound_and_filled(current: Map, aspect: float) -> None:
    layout = arrange(current, aspect=aspect)
    assert layout.width / layout.height == pytest.approx(aspect)
    assert_sound(layout, current)
    assert_in_rows(layout, current)
    assert_filled(layout)


@st.composite
def steered_maps(draw: st.DrawFn) -> Map:
    """Maps in which some capabilities steer the layout of what they hold."""
    current = draw(MAPS)
    for capability in list(current.capabilities):
        if draw(st.integers(0, 3)) == 0:
            current = with_settings(
                current,
                capability.id,
                columns=draw(st.none() | st.integers(1, 6)),
                direction=draw(st.none() | st.sampled_from(DIRECTIONS)),
                equal=draw(st.none() | st.booleans()),
                area=draw(st.none() | st.sampled_from(AREAS)),
            )
    return current


@given(steered_maps(), ASPECTS)
@settings(max_examples=150)
def test_every_steered_map_is_sound(current: Map, aspect: float) -> None:
    layout = arrange(current, aspect=aspect)
    assert layout.width / layout.height == pytest.approx(aspect)
    assert_sound(layout, current)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("aspect", [A3[0] / A3[1], 16 / 9, 0.4])
def test_real_maps_are_sound_and_well_filled(name: str, aspect: float) -> None:
    current = sample(name)
    layout = arrange(current, aspect=aspect)
    assert len(layout.index) == len(current)
    assert_sound(layout, current)
    assert_in_rows(layout, current)
    assert_filled(layout)
    deep = max(box.level for box in leaves(layout)) > 3
    assert leaf_fill(layout) >= (0.40 if deep else 0.50)


@pytest.mark.parametrize("name", SAMPLES)
def test_leaves_of_real_maps_are_of_like_size(name: str) -> None:
    sizes = [(box.width, box.height) for box in leaves(arrange(sample(name), size=A3))]
    for lengths in zip(*sizes, strict=True):
        mean = math.exp(sum(map(math.log, lengths)) / len(lengths))
        assert sum(abs(math.log(length / mean)) for length in lengths) / len(lengths) < 0.25
    proportions = sorted(width / height for width, height in sizes)
    assert proportions[len(proportions) // 20] > 0.6
    assert proportions[-len(proportions) // 20] < 4


def test_a_map_of_a_thousand_boxes_is_legible_on_a3() -> None:
    layout = arrange(sample("cross-industry"), size=A3)
    assert layout.width / layout.height == pytest.approx(A3[0] / A3[1])
    assert leaf_text_on(layout, *A3) >= 4.1


def test_the_same_map_is_always_laid_out_alike() -> None:
    current = sample("harbour-insurance")
    assert places(arrange(current)) == places(arrange(current.snapshot()))


def test_type_is_large_against_the_distances_in_a_map_of_many_boxes() -> None:
    assert text_scale_for(100) == 1
    assert 1 < text_scale_for(500) < text_scale_for(1000) < 4
    assert text_scale_for(10**6) == text_scale_for(10**5)


# -- what is shown --------------------------------------------------------------------------------


def test_a_root_shows_its_children_at_the_top() -> None:
    current = outlined(SHOP)
    layout = arrange(current, root="Sell")
    assert [box.id for box in layout.boxes] == ["Engage", "Serve"]
    assert {box.role for box in layout.boxes} == {"area"}
    assert "Sell" not in layout.index
    assert_sound(layout, current, root="Sell")


def test_a_root_without_children_is_one_box() -> None:
    layout = arrange(outlined(SHOP), root="Brand", aspect=2.0)
    (box,) = layout.boxes
    assert (box.id, box.role, box.width, box.height) == ("Brand", "leaf", layout.width, layout.height)


def test_depth_and_collapsing_hide_boxes_and_count_them() -> None:
    current = outlined(SHOP)
    layout = arrange(current, depth=2)
    assert {box.level for box in layout.walk()} == {1, 2}
    assert layout.index["Serve"].hidden == 5
    assert layout.index["Serve"].role == "leaf"
    assert layout.index["Facilities"].hidden == 0
    layout = arrange(current, collapsed=["Sell"])
    assert layout.index["Sell"].hidden == 11
    assert "Brand" not in layout.index
    assert layout.index["Payroll"].level == 3


def test_other_names_can_be_shown() -> None:
    layout = arrange(outlined("Sell\n  Brand"), names=lambda capability: capability.name.upper())
    assert layout.index["Brand"].lines == ("BRAND",)


def test_an_alias_shows_the_name_of_its_target() -> None:
    current = Map(
        [
            Capability(id="a", name="Records Management", position=0),
            Capability(id="b", name="kept name", position=1, alias_of="a"),
        ]
    )
    assert " ".join(arrange(current).index["b"].lines) == "Records Management"


def test_an_empty_map_has_the_proportion_and_no_boxes() -> None:
    layout = arrange(Map(), aspect=2.5)
    assert layout.width / layout.height == pytest.approx(2.5)
    assert layout.boxes == []
    assert layout.index == {}


def test_a_box_is_found_by_the_point_it_covers() -> None:
    layout = arrange(outlined(SHOP))
    for box in layout.walk():
        x, y, width, height = layout.rectangle(box)
        if not box.children:
            assert layout.at(x + width / 2, y + height / 2) is box


# -- steering -------------------------------------------------------------------------------------


def rows_of(current: Map, record_id: str) -> list[list[str]]:
    boxes = arrange(current).index[record_id].children
    return [[box.id for box in row] for _, row in itertools.groupby(boxes, key=lambda box: round(box.y, 3))]


def test_columns_are_kept_and_stand_in_line() -> None:
    current = with_settings(outlined(SHOP), "Serve", columns=2)
    assert rows_of(current, "Serve") == [["Enquiries", "Complaints"], ["Self-service", "Retention"], ["Returns"]]
    boxes = arrange(current).index["Serve"].children
    assert boxes[4].width == pytest.approx(boxes[0].width)
    assert len({round(box.x, 3) for box in boxes}) == 2


def test_columns_of_containers_are_kept() -> None:
    current = with_settings(outlined(SHOP), "Sell", columns=1)
    assert rows_of(current, "Sell") == [["Engage"], ["Serve"]]


def test_direction_fills_columns_downwards() -> None:
    current = with_settings(outlined(SHOP), "Serve", direction="columns", columns=2)
    boxes = arrange(current).index["Serve"].children
    assert [round(box.x - boxes[0].x, 3) for box in boxes[:3]] == [0, 0, 0]
    assert boxes[1].y > boxes[0].y
    assert boxes[3].x == pytest.approx(boxes[4].x)
    assert boxes[3].x > boxes[0].x
    assert boxes[3].y == pytest.approx(boxes[0].y)


def test_equal_gives_all_children_one_size() -> None:
    boxes = arrange(with_settings(outlined(SHOP), "Run", equal=True)).index["Run"].children
    assert max(box.width for box in boxes) - min(box.width for box in boxes) < NEAR
    assert max(box.height for box in boxes) - min(box.height for box in boxes) < NEAR


def test_areas_stand_where_they_want() -> None:
    current = outlined("North\nWest\nMiddle one\nEast\nSouth\nMiddle two")
    for name, area in (("North", "top"), ("West", "left"), ("East", "right"), ("South", "bottom")):
        current = with_settings(current, name, area=area)
    layout = arrange(current)
    assert [box.id for box in layout.boxes] == ["North", "West", "Middle one", "Middle two", "East", "South"]
    at = places(layout)
    for name in ("West", "Middle one", "Middle two", "East"):
        assert at["North"][1] + at["North"][3] <= at[name][1]
        assert at[name][1] + at[name][3] <= at["South"][1]
    assert at["West"][0] + at["West"][2] <= min(at["Middle one"][0], at["Middle two"][0])
    assert at["East"][0] >= max(at[name][0] + at[name][2] for name in ("Middle one", "Middle two"))
    assert at["North"][2] == pytest.approx(layout.width)
    assert at["West"][3] == pytest.approx(at["East"][3])


def test_three_leaves_stand_in_one_row_or_one_column() -> None:
    for aspect in (0.5, 1.0, 1.6, 3.0):
        layout = arrange(outlined("Billing\n  Premium Billing\n  Collections\n  Commission"), aspect=aspect)
        widths = [box.width for box in leaves(layout)]
        assert max(widths) - min(widths) < NEAR


# -- the far ends ---------------------------------------------------------------------------------


def test_a_thousand_flat_siblings() -> None:
    current = outlined("\n".join(f"Capability number {number}" for number in range(1000)))
    layout = arrange(current, aspect=16 / 9)
    assert_in_rows(layout, current)
    assert_filled(layout)
    assert leaf_fill(layout) > 0.7


def test_hundreds_of_unlike_siblings() -> None:
    lines = []
    for number in range(300):
        lines.append(f"Area {number}")
        lines += [f"  Part {number}.{part}" for part in range(number % 7)]
    current = outlined("\n".join(lines))
    layout = arrange(current, aspect=1.0)
    assert_sound(layout, current)
    assert_in_rows(layout, current)
    assert leaf_fill(layout) > 0.5


@pytest.mark.parametrize("siblings", [61, 67, 100])
@pytest.mark.parametrize("largest", [9, 30, 60])
def test_a_crowd_round_one_large_box(siblings: int, largest: int) -> None:
    lines = []
    for number in range(siblings):
        lines.append(f"Area {number}")
        lines += [f"  Part {number}.{part} of it" for part in range(largest if number == 2 else number % 3)]
    current = outlined("\n".join(lines))
    for aspect in (1.0, 1.6, 2.4):
        assert_sound(arrange(current, aspect=aspect), current)


def test_sixty_four_levels() -> None:
    current = outlined("\n".join("  " * level + f"Level {level}" for level in range(64)))
    layout = arrange(current)
    assert_sound(layout, current)
    assert layout.index["Level 63"].level == 64


@pytest.mark.parametrize(
    "name",
    [
        "W" * 200,
        "word " * 39 + "end",
        "戰略規劃與風險管理以及所有相關的業務能力" * 5,
        "I",
        "Donaudampfschifffahrtsgesellschaftskapitän",
        "x-" * 99,
    ],
)
def test_no_name_is_cut(name: str) -> None:
    current = Map(
        [
            Capability(id="a", name=name, position=0),
            Capability(id="b", name=name, parent="a", position=0),
            Capability(id="c", name="short", parent="a", position=1),
            Capability(id="d", name=name, position=1),
        ]
    )
    assert_sound(arrange(current), current)


def test_names_of_neighbours_start_their_boxes_on_one_line() -> None:
    """Containers in a row begin their children at one height however many lines their names take, if all have room."""
    uneven = aligned = 0
    for aspect in (A3[0] / A3[1], 16 / 9, 0.7):
        layout = arrange(sample("cross-industry"), aspect=aspect)
        for box in layout.walk():
            for row in itertools.groupby(box.children, key=lambda child: round(child.y, 3)):
                holders = [child for child in row[1] if child.children]
                if len({len(holder.lines) for holder in holders}) > 1:
                    tops = {round(holder.children[0].y, 3) for holder in holders}
                    aligned += len(tops) == 1
                    uneven += len(tops) > 1
    assert aligned > 2 * uneven
    assert aligned > 0
