"""The built-in lenses: which step a capability is on, what it is called, and the sentence that a picture tells."""

from __future__ import annotations

import datetime as dt

import pytest

from capmap.errors import UsageError
from capmap.lens.builtin import LENSES
from capmap.lens.catalogue import lens_named
from capmap.lens.lens import Lens, apply
from capmap.model import edits
from capmap.model.edits import Branch
from capmap.model.map import Map
from capmap.model.records import Capability, make

DAY = dt.date(2026, 11, 22)


def scored(**values: object) -> Capability:
    return make(Capability, id="a", name="Billing", **values)


@pytest.mark.parametrize(
    ("maturity", "target", "label", "words"),
    [
        (1, 5, "3 or more below target", "4 below target"),
        (2, 5, "3 or more below target", "3 below target"),
        (3, 5, "2 below", "2 below target"),
        (3, 4, "1 below", "1 below target"),
        (4, 4, "on target", "on target"),
        (5, 3, "above", "2 above target"),
    ],
)
def test_maturity_gap(maturity: int, target: int, label: str, words: str) -> None:
    lens = LENSES["maturity gap"]
    capability = scored(maturity=maturity, target=target)
    step = lens.step_of(Map(), capability)
    assert step is not None
    assert lens.steps[step].label == label
    assert lens.label_of(Map(), capability) == words


@pytest.mark.parametrize("lens", [lens for lens in LENSES.values() if lens.steps], ids=lambda lens: lens.name)
def test_nothing_entered_is_not_assessed_rather_than_low(lens: Lens) -> None:
    assert lens.step_of(Map(), scored()) is None
    assert lens.label_of(Map(), scored()) in ("not assessed", "no category")


@pytest.mark.parametrize("half", [{"maturity": 3}, {"target": 4}])
def test_a_gap_needs_both_sides(half: dict[str, int]) -> None:
    assert LENSES["maturity gap"].step_of(Map(), scored(**half)) is None


def test_scores_have_a_step_each() -> None:
    for name, field in (("importance", "importance"), ("maturity", "maturity"), ("confidence", "confidence")):
        lens = LENSES[name]
        steps = [lens.step_of(Map(), scored(**{field: score})) for score in range(1, 6)]
        assert steps == [0, 1, 2, 3, 4]
        assert lens.label_of(Map(), scored(**{field: 4})).startswith("4 ")


def test_expectation_gap_compares_expectation_with_confidence() -> None:
    lens = LENSES["expectation gap"]
    assert lens.step_of(Map(), scored(expectation=5, confidence=3)) == 1
    assert lens.label_of(Map(), scored(expectation=2, confidence=3)) == "1 above expectation"


def test_plain_has_no_steps() -> None:
    lens = LENSES["plain"]
    assert not lens.steps
    assert lens.step_of(Map(), scored(maturity=1, target=5)) is None


def test_story_counts_and_says_what_is_unknown() -> None:
    story = LENSES["maturity gap"].story
    assert story({0: 4, 1: 8, 2: 20, 3: 10, 4: 10}) == "12 of 52 capabilities are 2 or more below target"
    assert story({0: 1, 2: 1, None: 3}) == "1 of 5 capabilities is 2 or more below target; 3 are not assessed"
    assert story({2: 1, None: 1}) == "none of 2 capabilities is 2 or more below target; 1 is not assessed"
    assert story({0: 1}) == "1 of 1 capability is 2 or more below target"
    assert story({0: 1_200, 2: 300}) == "1,200 of 1,500 capabilities are 2 or more below target"
    assert story({None: 7}) == "no capability is assessed yet"
    assert story({}) == "the map is empty"
    assert LENSES["plain"].story({None: 52}) == "52 capabilities"


def test_every_story_reads_as_a_sentence() -> None:
    for lens in LENSES.values():
        assert "  " not in lens.story({0: 2, None: 1})
        assert not lens.story({0: 2, None: 1}).endswith(".")


def test_heat_counts_a_capability_once_however_often_it_is_shown(small_map: Map) -> None:
    shown = [capability.id for capability in small_map.walk() if not small_map.has_children(capability.id)]
    alias = next(capability for capability in small_map.walk() if capability.alias_of)
    heat = apply(LENSES["maturity gap"], small_map, shown)
    assert alias.id in shown
    assert heat.steps[alias.id] == heat.steps[str(alias.alias_of)]
    assert sum(entry.count for entry in heat.legend) == len(shown) - 1


@pytest.mark.parametrize("name", ["maturity gap", "Maturity-Gap", "maturity_gap", "MATURITY  GAP"])
def test_a_lens_is_found_however_it_is_spelt(name: str) -> None:
    assert lens_named(name, Map(), DAY) is LENSES["maturity gap"]


def test_an_unknown_lens_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"no lens called 'gold'.*maturity gap, importance.*plain"):
        lens_named("gold", Map(), DAY)


def test_a_closed_box_shows_the_middle_of_what_it_holds() -> None:
    current = Map()
    leaves = [Branch({"name": f"Leaf {gap}", "maturity": 5 - gap, "target": 5}) for gap in (3, 1, 1, 0)]
    unknown = Branch({"name": "Unknown", "category": "core"})
    current.apply(
        edits.add_branches(current, [Branch({"name": "Closed"}, leaves), Branch({"name": "Empty"}, [unknown])])
    )
    closed, empty = current.child_ids(None)
    heat = apply(LENSES["maturity gap"], current, [closed, empty])
    assert heat.lens.steps[heat.steps[closed] or 0].label == "1 below"
    assert heat.steps[empty] is None
    assert heat.story.endswith("closed boxes show the middle of theirs")
    assert apply(LENSES["category"], current, [empty]).steps[empty] == 1
