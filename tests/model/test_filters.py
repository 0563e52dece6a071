"""Filters: each way to look at a trait against a plain reading of it, in words, typed, kept, and in step with edits."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capmap.errors import ValueRefused
from capmap.model import edits
from capmap.model.change import Change
from capmap.model.edits import Branch
from capmap.model.filtered import Filtered
from capmap.model.filters import (
    NO_FILTER,
    TESTS,
    Condition,
    Filter,
    as_data,
    condition_on,
    from_data,
    matching,
    months_before,
    with_boxes_around,
)
from capmap.model.filterwords import in_words, typed
from capmap.model.map import Map
from capmap.model.records import Attribute, Capability, Service, make
from capmap.model.traits import Trait, traits_of

TODAY = dt.date(2026, 11, 22)
WORDS = ("Pay", "pay bills", "Ship", "core", "")
OWN = {"money": "own-money", "number": "own-number", "choice": "own-choice", "date": "own-date", "text": "own-text"}


def names(current: Map, ids: frozenset[str]) -> list[str]:
    return [box.name for box in current.walk() if box.id in ids]


def found(current: Map, words: str) -> list[str]:
    """The names of the boxes that match what is typed, in reading order."""
    wanted, rest = typed(words, current)
    assert not rest
    return names(current, matching(current, wanted, today=TODAY))


# -- a plain reading ------------------------------------------------------------------------------------


def plain_value(current: Map, box: Capability, name: str) -> Any:
    """The value of a trait, read from the records alone."""
    shown = current.shown(box)
    if name == "level":
        return len(current.path(box.id))
    if name == "inside":
        return " › ".join(step.name for step in current.path(box.id)[:-1])
    if name == "box":
        return "reference" if box.alias_of else "box with boxes inside" if current.children(box.id) else "leaf"
    if name == "gap":
        known = shown.maturity is not None and shown.target is not None
        return (shown.target or 0) - (shown.maturity or 0) if known else None
    if name.startswith("own:"):
        value = shown.extra.get(name[4:])
        return dt.date.fromisoformat(value) if name == "own:own-date" and value else value
    kinds = {
        "services": "supports", "projects": "improves", "objectives": "needs", "units": "uses", "demands": "asks for"
    }  # fmt: skip
    if name in kinds:
        return [link.source for link in current.links_to(shown.id) if link.type == kinds[name]]
    return getattr(shown, name)


def plainly(current: Map, trait: Trait, condition: Condition, value: Any) -> bool:
    """Whether a condition holds, said another way than the code says it."""
    test, wanted = condition.test, condition.value
    if test.endswith(" not") and test != "is":
        return not plainly(current, trait, Condition(trait.name, test.removesuffix(" not"), wanted), value)
    nothing = value is None or value in ("", (), [])
    match trait.type, test:
        case "links", "none":
            return nothing
        case "links", "any":
            return not nothing
        case "links", "to":
            return wanted in value
        case "links", "named":
            linked = [current[key] for key in value]
            return any(str(wanted).lower() in getattr(record, "name", "").lower() for record in linked)
        case _, "empty":
            return nothing
        case _, "filled":
            return not nothing
        case "links", "least":
            return len({*value}) >= float(str(wanted))
        case "links", "most":
            return len({*value}) <= float(str(wanted))
        case "flag", _:
            return value is not None and value == (test == "yes")
    if nothing:
        return False
    match test:
        case "contains":
            return str(wanted).lower() in value.lower()
        case "has":
            return str(wanted).lower() in [word.lower() for word in value]
        case "is":
            return bool(str(value).lower() == str(wanted).lower() if isinstance(value, str) else value == wanted)
        case "most" | "less" | "before":
            return bool(value <= wanted if test == "most" else value < wanted)
        case "least" | "more" | "after":
            return bool(value >= wanted if test == "least" else value > wanted)
    assert test == "older"
    years, months = divmod(int(float(str(wanted))), 12)
    limit = TODAY.year * 12 + TODAY.month - years * 12 - months
    return bool((value.year * 12 + value.month, value.day) < (limit, TODAY.day))


# -- maps and filters to try ----------------------------------------------------------------------------

SCORES = st.sampled_from([None, 1, 2, 3, 4, 5])
DAYS = st.sampled_from([None, dt.date(2024, 2, 29), dt.date(2025, 11, 22), dt.date(2026, 10, 1)])
VALUES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(WORDS[:4]),
        "owner": st.sampled_from(WORDS),
        "tags": st.lists(st.sampled_from(WORDS[:4]), max_size=2),
        "category": st.sampled_from([None, "core", "strategic"]),
        "maturity": SCORES,
        "target": SCORES,
        "assessed_on": DAYS,
        "equal": st.sampled_from([None, True, False]),
        "extra": st.fixed_dictionaries(
            {},
            optional={
                "own-money": st.sampled_from([100, 250_00]),
                "own-number": st.sampled_from([0, 1.5, 3]),
                "own-choice": st.sampled_from(["red", "green"]),
                "own-date": st.sampled_from(["2025-01-01", "2026-11-01"]),
                "own-text": st.sampled_from(["Pay", "ship it"]),
            },
        ),
    }
)


@st.composite
def maps(draw: st.DrawFn) -> Map:
    """A map of a few boxes on up to three levels, with services linked to them, references and own attributes."""
    current = Map()
    for kind, key in OWN.items():
        choices = ("red", "green") if kind == "choice" else ()
        attribute = make(Attribute, id=key, record_kind="capability", name=key, type=kind, choices=choices)
        current.apply(edits.create(current, attribute))
    boxes: list[str] = []
    for values in draw(st.lists(VALUES, min_size=1, max_size=8)):
        into = draw(st.sampled_from([None, *boxes[:4]]))
        change = edits.add(current, values.pop("name"), into, **values)
        current.apply(change)
        boxes.append(next(key for key, old in change.before.items() if old is None))
    for name in ("Till", "Ledger"):
        service = make(Service, id=f"service-{name}", name=name)
        current.apply(edits.create(current, service))
        for box in draw(st.lists(st.sampled_from(boxes), max_size=2, unique=True)):
            current.apply(edits.link(current, "supports", service.id, box))
    if draw(st.booleans()):
        current.apply(edits.add_alias(current, draw(st.sampled_from(boxes)), None))
    return current


def values_for(trait: Trait, test: str) -> st.SearchStrategy[Any]:
    if not next(item for item in TESTS[trait.type] if item.name == test).takes:
        return st.none()
    if test == "older":
        return st.integers(0, 40)
    if trait.type in ("number", "links") and test not in ("to", "to not", "named"):
        return st.sampled_from([0, 1, 1.5, 2, 3, 4, 100, 250_00])
    if trait.type == "date":
        return st.dates(dt.date(2024, 1, 1), dt.date(2027, 1, 1))
    if trait.type == "links":
        return st.sampled_from(["service-Till", "service-gone"]) if test != "named" else st.sampled_from(["il", "x"])
    return st.sampled_from(["pay", "PAY", "core", "red", "leaf", "Ship"])


@st.composite
def conditions(draw: st.DrawFn, current: Map) -> Condition:
    trait = draw(st.sampled_from(list(traits_of(current).values())))
    test = draw(st.sampled_from([item.name for item in TESTS[trait.type]]))
    return condition_on(trait, test, draw(values_for(trait, test)))


@st.composite
def filters(draw: st.DrawFn, current: Map) -> Filter:
    return Filter(tuple(draw(st.lists(conditions(current), max_size=3))), draw(st.booleans()), draw(st.booleans()))


# -- what holds for all of them -------------------------------------------------------------------------


@given(st.data())
def test_a_filter_lets_through_what_a_plain_reading_does(data: st.DataObject) -> None:
    current = data.draw(maps())
    wanted = data.draw(filters(current))
    traits = traits_of(current)
    expected = set()
    for box in current.capabilities:
        told = [
            plainly(current, traits[item.trait], item, plain_value(current, box, item.trait))
            for item in wanted.conditions
        ]
        one_or_all = (any(told) if wanted.any_of else all(told)) if told else True
        if one_or_all and not (wanted.leaves_only and current.children(box.id)):
            expected.add(box.id)
    assert matching(current, wanted, today=TODAY) == expected


@given(st.data())
def test_a_filter_is_kept_as_json_and_said_in_words(data: st.DataObject) -> None:
    current = data.draw(maps())
    wanted = data.draw(filters(current))
    assert from_data(json.loads(json.dumps(as_data(wanted))), current) == (wanted, 0)
    said = in_words(wanted, current)
    assert bool(said) == bool(wanted)
    assert said.count(" or " if wanted.any_of else " and ") >= len(wanted.conditions) - 1


EDITS = ("rename", "score", "move", "remove", "add", "link", "unlink", "alias", "attribute", "rename service")


def some_edit(data: st.DataObject, current: Map) -> Change | None:
    """Any edit, of those that can matter to a filter."""
    boxes = [box.id for box in current.walk() if not box.alias_of]
    if not boxes:
        return edits.add(current, "Pay")
    box, other = data.draw(st.sampled_from(boxes)), data.draw(st.sampled_from(boxes))
    services = [service.id for service in current.all(Service)]
    match data.draw(st.sampled_from(EDITS)):
        case "rename":
            return edits.rename(current, box, data.draw(st.sampled_from(WORDS[:4])))
        case "score":
            return edits.put(current, box, maturity=data.draw(SCORES), owner=data.draw(st.sampled_from(WORDS)))
        case "move":
            inside = other in current.subtree_ids([box]) or other == current.capability(box).parent
            return edits.move(current, [box], None if inside else other)
        case "remove":
            return edits.remove(current, [box])
        case "add":
            return edits.add_branches(current, [Branch({"name": "Ship"}, [Branch({"name": "Pay"})])], box)
        case "link" if services and not any(link.source == services[0] for link in current.links_to(box)):
            return edits.link(current, "supports", services[0], box)
        case "unlink" if current.links_to(box):
            return edits.remove(current, [current.links_to(box)[0].id])
        case "alias":
            return edits.add_alias(current, box, None)
        case "attribute":
            gone = [item.id for item in current.all(Attribute)]
            return edits.remove(current, gone[:1]) if gone else None
        case "rename service" if services:
            return edits.rename(current, services[0], "Pay desk")
    return None


@given(st.data())
def test_what_a_filter_leaves_keeps_step_with_every_edit_and_its_undo(data: st.DataObject) -> None:
    current = data.draw(maps())
    wanted = data.draw(filters(current))
    kept = Filtered(current, wanted, today=TODAY)
    assert kept.shown == with_boxes_around(current, kept.matches)
    for _ in range(data.draw(st.integers(1, 4))):
        change = some_edit(data, current)
        if change is None:
            continue
        in_sight = kept.shown
        for step in (change, change.inverse(), change):
            before = kept.matches
            current.apply(step)
            told = kept.follow(step)
            assert kept.matches == matching(current, wanted, today=TODAY)
            assert told == (kept.matches != before)
            own = [box.id for box in current.capabilities if not box.alias_of]
            assert (kept.count, kept.total) == (sum(1 for key in own if key in kept.matches), len(own))
        there = {box.id for box in current.capabilities}
        assert kept.shown >= in_sight & there, "what was in sight stays"
        assert kept.shown >= kept.matches
        assert kept.shown >= {key for key, old in change.before.items() if old is None} & there, "new boxes are seen"
        assert kept.shown == with_boxes_around(current, kept.shown), "and all that they stand in"


# -- particular filters -----------------------------------------------------------------------------------


def test_what_is_typed_finds_boxes(small_map: Map) -> None:
    assert found(small_map, "maturity<=2") == ["Sell online", "Pay suppliers"]
    assert found(small_map, "maturity<=2 services=0") == ["Sell online"]
    assert found(small_map, "gap>=2") == ["Sell online"]
    assert found(small_map, "service:LEDG") == ["Pay suppliers"]
    assert found(small_map, 'owner:"till lead"') == ["Take payment", "Take payment"]
    assert found(small_map, "category=core category!=supporting") == ["Sell"]
    assert found(small_map, "importance:none box:leaf code=2.1") == ["Pay suppliers"]
    assert found(small_map, "box:reference") == ["Take payment"]
    assert found(small_map, "in:counter") == ["Take payment", "Advise"]
    assert found(small_map, "projects>=1") == found(small_map, "objective:any") == ["Sell online"]


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("sell online", "sell online"),
        ("maturity<=2 online", "online"),
        ("R&D: research", "R&D: research"),
        ("maturity<=two", "maturity<=two"),
        ("maturity:", ""),
        ("http://example.org", "http://example.org"),
        ("assessed<soon", "assessed<soon"),
        ("category>core", "category>core"),
        ("maturity<=nan", "maturity<=nan"),
        ('"', '"'),
    ],
)
def test_what_is_no_condition_stays_words(small_map: Map, words: str, rest: str) -> None:
    assert typed(words, small_map)[1] == rest


def test_a_filter_reads_as_a_sentence(small_map: Map) -> None:
    told = {
        "maturity<=2 services=0": "maturity now at most 2 and no IT service",
        "maturity:none": "maturity now not assessed",
        "owner:none tag:core": "no owner and tags include “core”",
        "assessed<2026-01-01": "assessed before 2026-01-01",
        "services>=2": "at least 2 IT services",
        "category!=core": "category is not core",
    }
    for words, sentence in told.items():
        assert in_words(typed(words, small_map)[0], small_map) == sentence
    till = next(service for service in small_map.all(Service) if service.name == "Till")
    linked = condition_on(traits_of(small_map)["services"], "to", till.id)
    assert in_words(Filter((linked,), leaves_only=True), small_map) == "leaves with IT service “Till”"
    older = condition_on(traits_of(small_map)["assessed_on"], "older", 12)
    assert in_words(Filter((linked, older), any_of=True), small_map) == (
        "IT service “Till” or assessed more than 12 months ago"
    )


def test_money_of_own_is_typed_in_whole_units() -> None:
    current = Map()
    budget = make(Attribute, id="b", record_kind="capability", name="Change budget", type="money")
    current.apply(edits.create(current, budget))
    for name, cents in (("Dear", 1_250_000), ("Cheap", 99_900), ("Free", None)):
        current.apply(edits.add(current, name, extra={} if cents is None else {"b": cents}))
    assert found(current, "changebudget>=1000.5") == ["Dear"]
    assert in_words(typed('"change budget"<=12500', current)[0], current) == "change budget at most 12,500"
    assert found(current, "changebudget:none") == ["Free"]


def test_values_of_the_wrong_type_count_as_none() -> None:
    current = Map()
    for kind in ("number", "date"):
        current.apply(edits.create(current, make(Attribute, id=kind, record_kind="capability", name=kind, type=kind)))
    current.apply(edits.add(current, "Odd", extra={"number": "many", "date": "soon"}))
    assert found(current, "number:none date:none") == ["Odd"]
    assert found(current, "number>=0") == []


def test_conditions_on_what_is_gone_are_passed_over_and_told(small_map: Map) -> None:
    attribute = make(Attribute, id="gone", record_kind="capability", name="Risk", type="text")
    small_map.apply(edits.create(small_map, attribute))
    wanted = typed("risk:high maturity<=2", small_map)[0]
    small_map.apply(edits.remove(small_map, ["gone"]))
    assert names(small_map, matching(small_map, wanted, today=TODAY)) == ["Sell online", "Pay suppliers"]
    assert in_words(wanted, small_map) == "something that is no longer in the map and maturity now at most 2"
    kept, lost = from_data(as_data(wanted), small_map)
    assert (kept, lost) == (typed("maturity<=2", small_map)[0], 1)


@pytest.mark.parametrize(
    "data", [None, 3, [], {"conditions": 5}, {"conditions": [["name"], 7, None]}, {"any": "yes", "leaves": 1}]
)
def test_no_kept_filter_does_harm(small_map: Map, data: Any) -> None:
    wanted, _ = from_data(data, small_map)
    assert wanted == NO_FILTER


@pytest.mark.parametrize(
    ("trait", "test", "value"),
    [
        ("name", "contains", "  "),
        ("name", "most", "x"),
        ("maturity", "most", "2"),
        ("maturity", "most", float("inf")),
        ("maturity", "is", True),
        ("assessed_on", "before", "2026-01-01"),
        ("assessed_on", "older", None),
        ("services", "to", 4),
    ],
)
def test_values_that_fit_no_condition_are_refused(small_map: Map, trait: str, test: str, value: Any) -> None:
    with pytest.raises(ValueRefused):
        condition_on(traits_of(small_map)[trait], test, value)


def test_months_are_counted_back_to_a_day_that_there_is() -> None:
    assert months_before(dt.date(2026, 3, 31), 1) == dt.date(2026, 2, 28)
    assert months_before(dt.date(2024, 3, 30), 1) == dt.date(2024, 2, 29)
    assert months_before(dt.date(2026, 11, 22), 12) == dt.date(2025, 11, 22)
    assert months_before(dt.date(2026, 1, 5), 13) == dt.date(2024, 12, 5)
    assert months_before(dt.date(2026, 1, 5), 10**9) == dt.date(1, 1, 5)
