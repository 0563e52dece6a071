"""The order of boxes by a field: empty values last, equal ones in map order, references by what they show."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capmap.model import edits
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.ordering import is_ordered, label_of, ordered, ordering_field, orderings, reordered, why_in_order
from capmap.model.records import CATEGORIES, Attribute, Capability, evolve


def shelf(order_by: str, *boxes: dict[str, Any], own: tuple[Attribute, ...] = ()) -> Map:
    """A box "shelf" that holds these, in map order; names are "a", "b" ... unless given."""
    inside = [
        Capability(**{"id": f"b{place}", "name": "abcdefgh"[place], "parent": "shelf", "position": place, **box})
        for place, box in enumerate(boxes)
    ]
    return Map([Capability(id="shelf", name="Shelf", order_by=order_by), *inside, *own])


def names(current: Map) -> list[str]:
    holder = current.capability("shelf")
    return [box.name for box in ordered(current, holder, current.children("shelf"))]


def test_no_order_is_map_order() -> None:
    assert names(shelf("", {"name": "z"}, {"name": "y"})) == ["z", "y"]


def test_names_are_in_order_whatever_their_case_and_accents() -> None:
    boxes = [{"name": name} for name in ("zebra", "Öl", "apple", "Orange", "Zinc")]
    assert names(shelf("name", *boxes)) == ["apple", "Öl", "Orange", "zebra", "Zinc"]


def test_numbers_in_codes_count_as_numbers() -> None:
    codes = ("BC-10", "BC-9", "BC-2.10", "BC-2.9", "BC-02.9.1", "12", "7")
    current = shelf("code", *({"name": code, "code": code} for code in codes))
    assert names(current) == ["7", "12", "BC-2.9", "BC-02.9.1", "BC-2.10", "BC-9", "BC-10"]


def test_empty_values_come_last_either_way_and_ties_stay_in_map_order() -> None:
    boxes = [{"importance": value} for value in (3, None, 5, 3, None, 1)]
    assert names(shelf("importance", *boxes)) == ["f", "a", "d", "c", "b", "e"]
    assert names(shelf("-importance", *boxes)) == ["c", "a", "d", "f", "b", "e"]


def test_choices_stand_in_their_own_order() -> None:
    boxes = [{"category": category} for category in reversed(CATEGORIES)]
    assert names(shelf("category", *boxes)) == ["c", "b", "a"]
    size = Attribute(id="size", record_kind="capability", name="Size", type="choice", choices=("small", "mid", "large"))
    own = [{"extra": {"size": value}} for value in ("large", "small", "mid")]
    assert names(shelf("size", *own, own=(size,))) == ["b", "c", "a"]


def test_own_attributes_are_found_by_id_or_name() -> None:
    cost = Attribute(id="k1", record_kind="capability", name="Head count", type="number")
    boxes = [{"extra": {"k1": value}} for value in (12, 9.5, 100)]
    for order_by in ("k1", "Head count", "head COUNT"):
        assert names(shelf(order_by, *boxes, own=(cost,))) == ["b", "a", "c"]
    assert orderings(shelf("", own=(cost,)))[-1] == "k1"
    assert label_of(shelf("", own=(cost,)), "k1") == "Head count"


def test_dates_stand_in_order() -> None:
    days = (dt.date(2026, 3, 1), dt.date(2025, 12, 31), dt.date(2026, 2, 28))
    assert names(shelf("assessed_on", *({"assessed_on": day} for day in days))) == ["b", "c", "a"]


@pytest.mark.parametrize("order_by", ["position", "parent", "id", "extra", "translations", "nonsense", "-", "order_by"])
def test_what_is_no_field_to_order_by_leaves_map_order(order_by: str) -> None:
    current = shelf(order_by, {"name": "z"}, {"name": "y"})
    assert names(current) == ["z", "y"]
    assert not is_ordered(current, current.capability("shelf"))
    assert ordering_field(current, order_by) == ""
    assert why_in_order(current, "shelf") == ""


def test_a_reference_stands_where_what_it_shows_would() -> None:
    current = shelf("-importance", {"importance": 1}, {"alias_of": "far", "name": "kept"}, {"importance": 3})
    current.apply(edits.create(current, Capability(id="far", name="Far", position=1, importance=2)))
    assert names(current) == ["c", "kept", "a"]


def test_why_a_box_cannot_be_placed_by_hand_names_box_and_field() -> None:
    assert "Shelf stand in order of importance" in why_in_order(shelf("-importance", {}), "shelf")
    assert why_in_order(shelf("name", {}), None) == ""


SCORES = st.lists(st.none() | st.integers(1, 5), max_size=8)


@given(SCORES, st.booleans())
def test_values_run_one_way_and_nothing_is_lost(scores: list[int | None], down: bool) -> None:
    current = shelf("-importance" if down else "importance", *({"importance": score} for score in scores))
    boxes = ordered(current, current.capability("shelf"), current.children("shelf"))
    assert sorted(box.id for box in boxes) == sorted(current.child_ids("shelf"))
    full = [box.importance for box in boxes if box.importance is not None]
    assert full == sorted(full, reverse=down)
    assert all(box.importance is None for box in boxes[len(full) :])
    for before, after in itertools.pairwise(boxes):
        assert before.importance != after.importance or before.position < after.position


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_texts_can_be_compared(texts: list[str]) -> None:
    current = shelf("-owner", *({"owner": text} for text in texts))
    assert len(names(current)) == len(texts)


@given(SCORES.filter(bool), st.data())
def test_a_change_that_alters_the_order_names_the_box(scores: list[int | None], data: st.DataObject) -> None:
    current = shelf("importance", *({"importance": score} for score in scores))
    before = names(current)
    key = data.draw(st.sampled_from(current.child_ids("shelf")))
    change = edits.put(current, key, importance=data.draw(st.none() | st.integers(1, 5)))
    current.apply(change)
    if names(current) != before:
        assert "shelf" in set(reordered(current, change))


def test_other_edits_alter_no_order() -> None:
    current = shelf("importance", {"importance": 1}, {"importance": 2})
    change = edits.put(current, "b0", maturity=5, owner="Nobody")
    current.apply(change)
    assert not set(reordered(current, change))


def test_a_score_of_what_a_reference_shows_alters_the_order_where_the_reference_stands() -> None:
    current = shelf("importance", {"importance": 3}, {"alias_of": "far", "name": "kept"})
    current.apply(edits.create(current, Capability(id="far", name="Far", position=1, importance=2)))
    change = edits.put(current, "far", importance=5)
    current.apply(change)
    assert set(reordered(current, change)) == {"shelf"}


def test_other_words_of_an_own_attribute_alter_every_order() -> None:
    size = Attribute(id="size", record_kind="capability", name="Size", type="choice", choices=("small", "large"))
    current = shelf("size", {"extra": {"size": "large"}}, {"extra": {"size": "small"}}, own=(size,))
    change = Change.of("Turn", current, [evolve(size, choices=("large", "small"))])
    current.apply(change)
    assert set(reordered(current, change)) == {"shelf"}
    assert names(current) == ["a", "b"]
