"""Named: what people type finds the record that they mean, or a sentence that helps."""

from __future__ import annotations

import pytest
from linked import linked, more

from capmap.analysis.named import numbers, record_named
from capmap.errors import UsageError
from capmap.model.map import Map
from capmap.model.records import Provider, Service, Unit, evolve

KINDS = ("service", "provider", "unit", "capability")


@pytest.fixture
def firm() -> Map:
    return linked(
        "Sell | code=V.1\n    Serve\n    Ship\nRun\n    Guest | alias_of=sell",
        [
            Service(id="till", name="Till System", code="S1"),
            Service(id="tiller", name="Tiller"),
            Provider(id="host", name="Claims"),
            Unit(id="claims", name="Claims"),
            Unit(id="other", name="S1"),
            Unit(id="unit9", name="Nine"),
            Unit(id="unit10", name="Nine"),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("till", "till"),
        ("s1", "till"),
        ("TILL  system", "till"),
        ("service: Till System", "till"),
        ("unit:Claims", "claims"),
        ("Provider:claims", "host"),
        ("1.2", "ship"),
        ("v.1", "sell"),
        ("sell", "sell"),
        ("2.1", "sell"),
        ("guest", "sell"),
    ],
)
def test_names_codes_numbers_and_ids(firm: Map, text: str, found: str) -> None:
    assert record_named(firm, text, KINDS).id == found


@pytest.mark.parametrize(
    ("text", "kinds", "sentence"),
    [
        ("Tiler", ("service",), "There is no service called “Tiler” in this map. Near it: Tiller, Till System (S1)."),
        ("xyzzy", ("service", "unit"), "There is no service or unit called “xyzzy” in this map."),
        ("Claims", KINDS, "“Claims” is the name of a provider and a unit; write provider:Claims or unit:Claims."),
        ("Nine", ("unit",), "2 units are called “Nine”; name one by its code: unit9, unit10."),
        ("", ("service", "unit"), "Say which service or unit is meant, by its name or code, such as “Till System”."),
        ("unit:Sales", KINDS, "There is no unit called “Sales” in this map."),
    ],
)
def test_what_is_not_found_is_told_in_a_sentence(firm: Map, text: str, kinds: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(UsageError) as told:
        record_named(firm, text, kinds)
    assert str(told.value) == sentence


def test_boxes_of_one_name_are_told_apart_by_their_numbers() -> None:
    current = linked("Sell\n    Serve\nRun\n    Again", [], [])
    current = more(current, [evolve(current.capability("again"), name="Serve")])
    with pytest.raises(UsageError, match=r"2 capabilities are called “Serve”; name one by its code: 1\.1, 2\.1\."):
        record_named(current, "Serve", ("capability",))


def test_numbers_are_those_of_the_map(firm: Map) -> None:
    assert numbers(firm) == {box.id: firm.number(box.id) for box in firm.capabilities}
