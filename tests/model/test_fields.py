"""Values are cleaned or refused with a sentence, whatever is thrown at them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capmap.errors import EditError, ValueRefused
from capmap.model import rules
from capmap.model.records import CLASS_OF, Capability, Service, evolve, field_table, fields_of, make
from capmap.model.text import clean_text, is_clean

ANYTHING = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.lists(st.text(), max_size=3)
    | st.dictionaries(st.text(), st.integers(), max_size=3) | st.binary(max_size=3)
)  # fmt: skip


@given(st.sampled_from([(kind, field.name) for kind in CLASS_OF for field in fields_of(kind)]), ANYTHING)
def test_a_field_keeps_a_value_it_would_take_again_or_refuses_it(which: tuple[str, str], value: Any) -> None:
    field = field_table(which[0])[which[1]]
    try:
        kept = field.check(value)
    except ValueRefused as refused:
        said = str(refused)
    else:
        assert field.check(kept) == kept
        return
    assert said.startswith(field.label)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert is_clean(cleaned)
    cleaned.encode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": " "}, "Name must not be empty"),
        ({"name": "x" * 201}, "201 characters long; at most 200"),
        ({"maturity": 6}, "Maturity now must be between 1 and 5, not 6"),
        ({"maturity": 2.5}, "whole number"),
        ({"maturity": True}, "whole number"),
        ({"category": "vital"}, "one of strategic, core, supporting"),
        ({"assessed_on": "22.11.2026"}, "a date like 2026-11-30"),
        ({"tags": "one"}, "list of words"),
        ({"extra": {"x": object()}}, "cannot hold"),
        ({"colour": "red"}, "has no field 'colour'"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_words(values: dict[str, Any], words: str) -> None:
    with pytest.raises(EditError, match=words):
        make(Capability, **{"name": "Billing", **values})


def test_values_are_kept_in_the_form_that_the_file_keeps() -> None:
    box = make(Capability, name="  Billing\tand\ncollection \u202e", assessed_on="2026-11-22", tags=["a", "a", " b "])
    assert box.name == "Billing and collection"
    assert box.assessed_on == dt.date(2026, 11, 22)
    assert box.tags == ("a", "b")
    assert box.maturity is None
    assert evolve(box, maturity=3.0).maturity == 3
    assert make(Service, name="CRM", level_target=99, run_cost=12_345).level_target == 99.0


def test_a_record_made_by_hand_with_a_wrong_value_is_found() -> None:
    wrong = Capability(id="a", name="x", maturity=9)
    assert [problem.field for problem in rules.value_problems(wrong)] == ["maturity"]
