"""Lenses made of rules, found by name among all of a map, with scales found from the values that there are."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capmap.analysis.measured import measured
from capmap.errors import UsageError
from capmap.lens.builtin import LENSES
from capmap.lens.catalogue import entries, lens_by_name, lens_named, lenses, names_of, rule_by_name, taken_names
from capmap.lens.lens import Step, apply
from capmap.lens.ruled import ruled
from capmap.lens.thresholds import even, quantiles, suggested
from capmap.model import attributes, edits
from capmap.model import lenses as saved
from capmap.model.lensrules import Measure, Rule, RuleRefused, Scale, as_data
from capmap.model.map import Map
from capmap.model.records import Attribute, SavedLens, make

DAY = dt.date(2026, 11, 22)
SERVICES = Measure("linked", link="supports", by="count")
numbers = st.lists(st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 3)), min_size=1, max_size=40)


def keep(current: Map, name: str, rule: Rule) -> str:
    change = saved.add_lens(current, name, rule, taken_names(current))
    current.apply(change)
    return next(iter(change.after))


def leaves(current: Map) -> list[str]:
    return [box.id for box in current.walk() if not current.has_children(box.id)]


def steps_of(current: Map, rule: Rule) -> dict[str, Step | None]:
    heat = apply(ruled(rule, "x", "X", current, DAY), current, leaves(current))
    return {box: None if step is None else heat.lens.steps[step] for box, step in heat.steps.items()}


@given(numbers, st.integers(2, 7))
def test_even_thresholds_rise_and_stand_among_the_values(values: list[float], count: int) -> None:
    bounds = even(values, count)
    assert 1 <= len(bounds) < count or len(bounds) == count - 1
    assert list(bounds) == sorted(set(bounds))
    assert all(math.isfinite(bound) for bound in bounds)
    if max(values) - min(values) > 1e-6:
        assert all(min(values) < bound <= max(values) + 1e-6 for bound in bounds)


@given(numbers, st.integers(2, 7))
def test_quantiles_leave_no_step_empty_and_split_ties_never(values: list[float], count: int) -> None:
    scale = Scale("blues", quantiles(values, count))
    used = {scale.step(value) for value in values}
    if len(set(values)) > 1:
        assert used == set(range(scale.count))
    if len(set(values)) == len(values) and len(values) % count == 0:
        assert all(sum(scale.step(value) == step for value in values) == len(values) // count for step in used)


def test_even_thresholds_are_round_numbers() -> None:
    assert even([3, 97], 5) == (10.0, 20.0, 30.0, 40.0)
    assert even([0, 1_000_00], 5, factor=100) == (200_00.0, 400_00.0, 600_00.0, 800_00.0)


@pytest.mark.parametrize("name", [name for name in LENSES if name != "plain"])
def test_a_lens_of_ones_own_can_begin_from_any_built_in_one(small_map: Map, name: str) -> None:
    rule = rule_by_name(name, small_map, DAY)
    assert rule is not None
    own, built_in = steps_of(small_map, rule), apply(LENSES[name], small_map, leaves(small_map))
    for box, step in built_in.steps.items():
        assert own[box] == (None if step is None else LENSES[name].steps[step])


def test_every_own_attribute_is_a_lens_at_once(small_map: Map) -> None:
    small_map.apply(attributes.add(small_map, "capability", "Risk", "choice", ["low", "high"]))
    key = next(iter(small_map.all(Attribute))).id
    box = small_map.by_number("1.2")
    assert box is not None
    small_map.apply(edits.put(small_map, box.id, extra={key: "high"}))
    assert ("own:" + key, "Risk") in {(entry.name, entry.title) for entry in entries(small_map)}
    lens = lens_named("risk", small_map, DAY)
    assert lens.steps[lens.step_of(small_map, small_map.capability(box.id)) or 0].label == "high"
    assert lens.label_of(small_map, small_map.capability(box.id)) == "high"
    assert rule_by_name(lens.name, small_map, DAY) is not None


def test_a_saved_lens_is_found_by_name_and_by_id(small_map: Map) -> None:
    key = keep(small_map, "How many services", Rule(SERVICES, Scale("blues", (1.0,))))
    assert key in names_of(small_map)
    for name in ("How many services", "how-many-services", key):
        lens = lens_named(name, small_map, DAY)
        assert (lens.name, lens.title) == (key, "How many services")
    assert [lens.name for lens in lenses(small_map, DAY)] == [*LENSES, key]
    with pytest.raises(UsageError, match=r"no lens called 'gold'.*plain, How many services"):
        lens_named("gold", small_map, DAY)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({}, "no rule that can be read"),
        (as_data(Rule(Measure("field", "own:gone"), Scale("blues", (1.0,)))), "no longer in the map"),
        (as_data(Rule(SERVICES, Scale("mud", (1.0,)))), "“mud”"),
        (as_data(Rule(SERVICES, Scale("blues", values=("a", "b")))), "has words"),
        (as_data(Rule(Measure("field", "owner"), Scale("blues", (1.0,)))), "has thresholds"),
        (as_data(Rule(Measure("answer", "", question="impact", argument="x"), Scale("blues", (1.0,)))), "called “x”"),
    ],
)
def test_a_lens_that_cannot_be_used_colours_nothing_and_says_why(
    small_map: Map, rule: dict[str, object], told: str
) -> None:
    record = make(SavedLens, name="Odd", rule=rule)
    current = Map([*small_map, record])
    lens = lens_by_name(record.id, current, DAY)
    assert lens is not None
    assert told in lens.trouble
    heat = apply(lens, current, leaves(current))
    assert set(heat.steps.values()) == {None}
    assert "Odd cannot be used" in heat.story
    with pytest.raises(UsageError, match=r"The lens “Odd” cannot be used\. "):
        lens_named("odd", current, DAY)
    assert "Odd" not in [other.title for other in lenses(current, DAY)]


def test_bars_are_other_lenses_and_never_bars_of_bars(small_map: Map) -> None:
    inner = keep(small_map, "Inner", Rule(SERVICES, Scale("blues", (1.0,)), stripes=("importance",)))
    outer = keep(small_map, "Outer", Rule(SERVICES, Scale("blues", (1.0,)), stripes=("category", inner, "gone")))
    lens = lens_named("Outer", small_map, DAY)
    assert [bar.title for bar in lens.stripes] == ["Category", "Inner"]
    assert lens.stripes[1].stripes == ()
    assert "no longer in the map" in lens.trouble
    small_map.apply(
        saved.alter_lens(small_map, inner, "Inner", Rule(SERVICES, Scale("blues", (1.0,)), stripes=(outer,)))
    )
    assert [bar.title for bar in lens_named("Inner", small_map, DAY).stripes] == ["Outer"]


@pytest.mark.parametrize(
    "measure",
    [
        SERVICES,
        Measure("cost", "both"),
        Measure("field", "owner"),
        Measure("field", "tags"),
        Measure("field", "assessed_on"),
        Measure("linked", "run_cost", link="supports", by="sum"),
        Measure("linked", "stage", link="supports"),
        Measure("answer", "Finding", question="coverage"),
        Measure("answer", "", question="overlap"),
        Measure("answer", "", question="timeline"),
    ],
)
@pytest.mark.parametrize("empty", [False, True])
def test_a_scale_is_found_for_any_measure_on_any_map(small_map: Map, measure: Measure, empty: bool) -> None:
    current = Map() if empty else small_map
    rule = Rule(measure, suggested(measured(measure, current, DAY), current))
    lens = ruled(rule, "x", "X", current, DAY)
    assert 2 <= len(lens.steps) <= 7
    assert len({step.label for step in lens.steps}) == len(lens.steps)
    heat = apply(lens, current, leaves(current))
    assert heat.total == len({current.shown(current.capability(box)).id for box in leaves(current)})


def test_the_labels_of_a_box_name_value_and_step(small_map: Map) -> None:
    lens = ruled(
        Rule(Measure("cost", "run"), Scale("ambers", (5_000_00.0,), labels=("cheap", "dear"))), "x", "X", small_map, DAY
    )
    box = next(box for box in small_map.walk() if box.name == "Take payment")
    assert lens.label_of(small_map, box) == "EUR 12,000 (dear)"
    assert lens.label_of(small_map, next(box for box in small_map.walk() if box.name == "Advise")) == "no cost known"
    assert lens.story({0: 1, 1: 1, None: 3}) == "1 of 5 capabilities is “dear”; 3: no cost known"


def test_a_scale_must_fit_its_measure(small_map: Map) -> None:
    with pytest.raises(RuleRefused, match="has words"):
        ruled(Rule(SERVICES, Scale("blues", values=("a", "b"))), "x", "X", small_map, DAY)
