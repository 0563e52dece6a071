"""Rules of lenses: what is kept comes back the same, what cannot be read says so in a sentence."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capmap.errors import EditError
from capmap.model import lenses
from capmap.model.lensrules import (
    LINKS,
    SPENDINGS,
    Measure,
    Rule,
    RuleRefused,
    Scale,
    as_data,
    checked,
    from_data,
)
from capmap.model.map import Map
from capmap.model.records import SavedLens

words = st.text(alphabet="abcdefgh ", min_size=1, max_size=12)
measures = st.one_of(
    words.map(lambda name: Measure("field", name)),
    st.tuples(words, words).map(lambda pair: Measure("gap", *pair)),
    st.tuples(words, st.sampled_from(LINKS), st.sampled_from(["worst", "mean", "sum", "count"])).map(
        lambda parts: Measure("linked", parts[0], link=parts[1], by=parts[2])  # type: ignore[arg-type]
    ),
    st.sampled_from(SPENDINGS).map(lambda part: Measure("cost", part)),
    st.tuples(words, words).map(lambda pair: Measure("answer", pair[0], question="impact", argument=pair[1])),
)
bounds = st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6, unique=True).map(
    lambda numbers: tuple(float(number) for number in sorted(numbers))
)
days = st.lists(st.dates(dt.date(1990, 1, 1)), min_size=1, max_size=6, unique=True).map(
    lambda dates: tuple(float(date.toordinal()) for date in sorted(dates))
)
labels = st.lists(words, max_size=3).map(tuple)
scales = st.one_of(
    st.builds(Scale, palette=words, bounds=bounds, labels=labels, turned=st.booleans()),
    st.builds(Scale, palette=words, bounds=days, dates=st.just(True)),
    st.builds(
        Scale,
        palette=words,
        values=st.lists(words, min_size=2, max_size=6, unique=True).map(tuple),
        others=st.booleans(),
    ),
)
rules = st.builds(
    Rule,
    measure=measures,
    scale=scales,
    old_after=st.integers(0, 60),
    stripes=st.lists(words, max_size=4).map(tuple),
)

SOUND = as_data(Rule(Measure("field", "maturity"), Scale("blues", (2.0, 3.0))))


@given(rules)
def test_a_rule_comes_back_from_json_as_it_was(rule: Rule) -> None:
    assert from_data(json.loads(json.dumps(as_data(rule)))) == rule


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"version": 2}, "newer CapMap"),
        ({"version": "1"}, "no rule that can be read"),
        ({"measure": {"of": "mood"}}, "“mood”"),
        ({"measure": {"of": "cost", "field": "love"}}, "“love”"),
        ({"measure": {"of": "linked", "link": "changes", "field": "run_cost"}}, "“changes”"),
        ({"measure": {"of": "linked", "link": "supports", "by": "luck"}}, "“luck”"),
        ({"measure": {"of": "field", "field": 7}}, "no word"),
        ({"measure": None}, "what it measures"),
        ({"scale": {"palette": "blues", "bounds": [3, 2]}}, "must rise"),
        ({"scale": {"palette": "blues", "bounds": []}}, "2 to 7 steps"),
        ({"scale": {"palette": "blues", "bounds": list(range(7))}}, "2 to 7 steps"),
        ({"scale": {"palette": "blues", "bounds": ["soon"]}}, "“soon”"),
        ({"scale": {"palette": "blues", "bounds": [float("nan")]}}, "no number"),
        ({"scale": {"palette": "blues", "bounds": [True]}}, "no number"),
        ({"scale": {"palette": "blues", "values": ["a", "a"]}}, "same word"),
        ({"scale": {"palette": "blues", "values": "ab"}}, "no list of words"),
        ({"scale": {"palette": "blues", "bounds": "12"}}, "no list of numbers"),
        ({"stripes": [1]}, "no list of words"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(part: dict[str, Any], told: str) -> None:
    with pytest.raises(RuleRefused, match=told) as refused:
        from_data({**SOUND, **part})
    assert str(refused.value).endswith(".")


@given(st.dictionaries(st.sampled_from(["version", "measure", "scale", "stripes", "old_after"]), st.from_type(object)))
def test_whatever_a_file_holds_is_read_or_refused(data: dict[str, Any]) -> None:
    said = ""
    try:
        assert checked(from_data(data))
    except RuleRefused as refused:
        said = str(refused) or "nothing"
    assert said != "nothing"


def test_a_threshold_is_the_least_value_of_the_step_above_it() -> None:
    scale = Scale("blues", (2.0, 4.0))
    assert [scale.step(value) for value in (1, 2, 3.99, 4, 9, None)] == [0, 1, 1, 2, 2, None]


def test_of_several_words_the_first_step_counts() -> None:
    scale = Scale("categories", values=("a", "b"), others=True)
    assert [scale.step(value) for value in ("a", ("c", "b"), ("c",), (), "", None)] == [0, 1, 2, None, None, None]
    assert Scale("categories", values=("a", "b")).step("c") is None


# -- edits -------------------------------------------------------------------------------------------------


def kept(current: Map) -> list[str]:
    return [lens.name for lens in lenses.lenses_of(current)]


def test_lenses_are_added_changed_copied_renamed_and_removed_in_steps_that_go_back() -> None:
    current, rule = Map(), from_data(SOUND)
    other = Rule(Measure("cost", "run"), Scale("ambers", (100.0,)))
    done = []

    def do(change: Any) -> str:
        current.apply(change)
        done.append(change)
        return str(next(iter(change.after)))

    first = do(lenses.add_lens(current, "Risk", rule))
    second = do(lenses.add_lens(current, "Age", rule))
    do(lenses.alter_lens(current, first, "Money", other))
    do(lenses.rename_lens(current, second, "Years"))
    copy = do(lenses.duplicate_lens(current, first))
    assert kept(current) == ["Money", "Years", "Money 2"]
    assert from_data(current.one(SavedLens, copy).rule) == other
    do(lenses.remove_lens(current, first))
    assert [lens.position for lens in lenses.lenses_of(current)] == [0, 1]
    for change in reversed(done):
        current.apply(change.inverse())
    assert kept(current) == []


def test_no_two_lenses_have_the_same_name() -> None:
    current, rule = Map(), from_data(SOUND)
    current.apply(lenses.add_lens(current, "Risk", rule))
    for name in ("risk", "  RISK "):
        with pytest.raises(EditError, match="called “"):
            lenses.add_lens(current, name, rule)
    with pytest.raises(EditError, match="Importance"):
        lenses.add_lens(current, "Importance", rule, taken=["importance"])
    key = lenses.lenses_of(current)[0].id
    assert lenses.rename_lens(current, key, "RISK").after[key].name == "RISK"  # type: ignore[union-attr]
