"""Filters: conditions on the traits of boxes, what they say in words, and which boxes of a map answer to them."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from capmap.errors import ValueRefused
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.model.traits import Trait, TraitType, traits_of

Value = str | float | dt.date | None
"""What a condition compares with: a text, a number (of months for an age), a day, the id of a linked record."""

Holds = Callable[[Any], bool]
"""Whether a condition holds for the value of a trait."""


@dataclasses.dataclass(frozen=True, slots=True)
class Test:
    """One way to look at a trait: its name in saved filters, its words between the trait and the value, whether it
    takes a value.
    """

    name: str
    words: str
    takes: bool = True


_EMPTY = Test("empty", "is empty", takes=False)
_FILLED = Test("filled", "is not empty", takes=False)

TESTS: dict[TraitType, tuple[Test, ...]] = {
    "text": (
        Test("contains", "contains"),
        Test("contains not", "does not contain"),
        Test("is", "is"),
        Test("is not", "is not"),
        _EMPTY,
        _FILLED,
    ),
    "words": (Test("has", "include"), Test("has not", "do not include"), _EMPTY, _FILLED),
    "number": (
        Test("most", "is at most"),
        Test("least", "is at least"),
        Test("is", "is"),
        Test("is not", "is not"),
        Test("less", "is less than"),
        Test("more", "is more than"),
        _EMPTY,
        _FILLED,
    ),
    "date": (
        Test("before", "is before"),
        Test("after", "is after"),
        Test("is", "is"),
        Test("older", "is older than, in months"),
        _EMPTY,
        _FILLED,
    ),
    "choice": (Test("is", "is"), Test("is not", "is not"), _EMPTY, _FILLED),
    "flag": (Test("yes", "is yes", takes=False), Test("no", "is no", takes=False), _EMPTY),
    "links": (
        Test("none", "none", takes=False),
        Test("any", "at least one", takes=False),
        Test("to", "include"),
        Test("to not", "do not include"),
        Test("named", "have in their names"),
        Test("least", "are at least"),
        Test("most", "are at most"),
    ),
}
"""How each type of trait can be looked at, the usual way first. Tests that say "not" are the exact opposite of those
that do not, so they hold for empty values too; all others never do.
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Condition:
    """One trait, a way to look at it, and what it is compared with."""

    trait: str
    test: str
    value: Value = None


@dataclasses.dataclass(frozen=True, slots=True)
class Filter:
    """Conditions of which all hold, or with ``any_of`` at least one; with ``leaves_only`` the box has no boxes inside
    besides. Without any of these it lets every box through.
    """

    conditions: tuple[Condition, ...] = ()
    any_of: bool = False
    leaves_only: bool = False

    def __bool__(self) -> bool:
        return bool(self.conditions) or self.leaves_only

    def and_also(self, condition: Condition) -> Filter:
        """The filter with one more condition."""
        return dataclasses.replace(self, conditions=(*self.conditions, condition))


NO_FILTER = Filter()


def condition_on(trait: Trait, test: str, value: Value = None) -> Condition:
    """A condition with its value checked: texts stripped, scores and counts whole. Raises ValueRefused."""
    known = {item.name: item for item in TESTS[trait.type]}
    if test not in known:
        raise ValueRefused(f"{trait.label} cannot be looked at as {test!r}.")
    if not known[test].takes:
        return Condition(trait.name, test)
    if _wants_number(trait, test):
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueRefused(f"{trait.label} must be compared with a number, not {value!r}.")
        return Condition(trait.name, test, value)
    if trait.type == "date":
        if not isinstance(value, dt.date):
            raise ValueRefused(f"{trait.label} must be compared with a date like 2026-11-30, not {value!r}.")
        return Condition(trait.name, test, value)
    if not isinstance(value, str) or not value.strip():
        raise ValueRefused(f"{trait.label} must be compared with a text, not {value!r}.")
    return Condition(trait.name, test, value.strip())


def _wants_number(trait: Trait, test: str) -> bool:
    return trait.type == "number" or test == "older" or (trait.type == "links" and test in ("least", "most"))


# -- which boxes answer ----------------------------------------------------------------------------------


def matching(current: Map, wanted: Filter, *, today: dt.date) -> frozenset[str]:
    """The ids of the boxes for which the filter holds, references to such boxes included."""
    holds = judge(current, wanted, today=today)
    return frozenset(box.id for box in current.capabilities if holds(box))


def judge(current: Map, wanted: Filter, *, today: dt.date) -> Callable[[Capability], bool]:
    """Whether the filter holds for a box of this map. Conditions on own attributes that are gone are passed over."""
    traits = traits_of(current)
    pairs = [
        (traits[item.trait], _holds(current, traits[item.trait], item, today))
        for item in wanted.conditions
        if item.trait in traits
    ]
    one_or_all = any if wanted.any_of and pairs else all

    def holds(box: Capability) -> bool:
        if wanted.leaves_only and current.has_children(box.id):
            return False
        shown = current.shown(box)
        return one_or_all(
            condition(trait.read(current, box if trait.of_place else shown)) for trait, condition in pairs
        )

    return holds


def _holds(current: Map, trait: Trait, condition: Condition, today: dt.date) -> Holds:
    if condition.test == "empty":
        return lambda value: value in (None, "", ())
    if condition.test == "filled":
        return lambda value: value not in (None, "", ())
    return _HOLDS[trait.type](current, condition, today)


def _text(_: Map, condition: Condition, __: dt.date) -> Holds:
    wanted = str(condition.value).casefold()
    if condition.test in ("contains", "contains not"):
        found: Holds = lambda value: wanted in value.casefold()  # noqa: E731
    else:
        found = lambda value: value.casefold() == wanted  # noqa: E731
    return _turned(found, condition.test in ("contains not", "is not"))


def _words(_: Map, condition: Condition, __: dt.date) -> Holds:
    wanted = str(condition.value).casefold()
    return _turned(lambda value: any(word.casefold() == wanted for word in value), condition.test == "has not")


def _choice(_: Map, condition: Condition, __: dt.date) -> Holds:
    wanted = str(condition.value).casefold()
    return _turned(lambda value: bool(value) and value.casefold() == wanted, condition.test == "is not")


def _flag(_: Map, condition: Condition, __: dt.date) -> Holds:
    wanted = condition.test == "yes"
    return lambda value: value is wanted


def _number(_: Map, condition: Condition, __: dt.date) -> Holds:
    wanted = condition.value
    assert isinstance(wanted, int | float)
    compared: dict[str, Holds] = {
        "most": lambda value: value <= wanted,
        "least": lambda value: value >= wanted,
        "less": lambda value: value < wanted,
        "more": lambda value: value > wanted,
        "is": lambda value: value == wanted,
        "is not": lambda value: value == wanted,
    }
    holds = compared[condition.test]
    return _turned(lambda value: value is not None and holds(value), condition.test == "is not")


def _date(_: Map, condition: Condition, today: dt.date) -> Holds:
    if condition.test == "older":
        assert isinstance(condition.value, int | float)
        limit = months_before(today, int(condition.value))
        return lambda value: value is not None and value < limit
    wanted = condition.value
    assert isinstance(wanted, dt.date)
    compared: dict[str, Holds] = {
        "before": lambda value: value < wanted,
        "after": lambda value: value > wanted,
        "is": lambda value: value == wanted,
    }
    holds = compared[condition.test]
    return lambda value: value is not None and holds(value)


def _links(current: Map, condition: Condition, _: dt.date) -> Holds:
    test, wanted = condition.test, condition.value
    if test in ("none", "any"):
        return lambda value: bool(value) == (test == "any")
    if test in ("to", "to not"):
        return _turned(lambda value: wanted in value, test == "to not")
    if test == "named":
        part = str(wanted).casefold()
        return lambda value: any(part in str(getattr(current.get(key), "name", "")).casefold() for key in value)
    assert isinstance(wanted, int | float)
    # A thing may be linked to a box in two ways; it is one thing.
    return (lambda value: len(set(value)) >= wanted) if test == "least" else (lambda value: len(set(value)) <= wanted)


_HOLDS: dict[TraitType, Callable[[Map, Condition, dt.date], Holds]] = {
    "text": _text,
    "words": _words,
    "number": _number,
    "date": _date,
    "choice": _choice,
    "flag": _flag,
    "links": _links,
}


def _turned(holds: Holds, opposite: bool) -> Holds:
    return (lambda value: not holds(value)) if opposite else holds


def months_before(day: dt.date, months: int) -> dt.date:
    """The day so many months earlier, or the last of its month where that has none of this number."""
    year, month = divmod(max(day.year * 12 + day.month - 1 - months, 12), 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def with_boxes_around(current: Map, record_ids: Iterable[str]) -> set[str]:
    """These boxes and all that they stand in."""
    found: set[str] = set()
    for record_id in record_ids:
        step: str | None = record_id
        while step is not None and step not in found:
            found.add(step)
            step = current.capability(step).parent
    return found


# -- to be kept ------------------------------------------------------------------------------------------


def as_data(wanted: Filter) -> dict[str, Any]:
    """The filter as plain values that JSON can carry."""
    return {
        "any": wanted.any_of,
        "leaves": wanted.leaves_only,
        "conditions": [
            [item.trait, item.test, item.value.isoformat() if isinstance(item.value, dt.date) else item.value]
            for item in wanted.conditions
        ],
    }


def from_data(data: Any, current: Map) -> tuple[Filter, int]:
    """The filter that ``as_data`` gave, and how many of its conditions this map or this version cannot understand."""
    if not isinstance(data, Mapping):
        return NO_FILTER, int(data is not None)
    traits = traits_of(current)
    items = data.get("conditions")
    found: list[Condition] = []
    lost = 0
    for item in items if isinstance(items, list | tuple) else ():
        try:
            name, test, value = item
            trait = traits[name]
            if trait.type == "date" and isinstance(value, str):
                value = dt.date.fromisoformat(value)
            found.append(condition_on(trait, test, value))
        except (ValueRefused, KeyError, TypeError, ValueError):
            lost += 1
    return Filter(tuple(found), data.get("any") is True, data.get("leaves") is True), lost
