"""Own attributes of a kind: made, altered and removed with their values, each one change that undo takes back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from capmap.errors import EditError, ValueRefused
from capmap.model import attributes, rules
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Attribute, Record, Service


def done(current: Map, change: Change) -> Change:
    """Do it, after seeing that undo brings back what was."""
    before = {record.id: record for record in current}
    current.apply(change)
    current.apply(change.inverse())
    assert {record.id: record for record in current} == before
    current.apply(change)
    assert rules.check(current) == []
    return change


def added(current: Map, name: str, attribute_type: str = "text", *choices: str) -> Attribute:
    change = done(current, attributes.add(current, "service", name, attribute_type, choices))
    return next(record for record in change.after.values() if isinstance(record, Attribute))


def fill(current: Map, attribute: Attribute, value: Any) -> None:
    """The same value in every service."""
    puts = [attributes.with_value(service.extra, attribute.id, value) for service in current.all(Service)]
    services = list(current.all(Service))
    done(current, Change.of("Fill", current, [replace(s, extra=e) for s, e in zip(services, puts, strict=True)]))


def as_number(_: Record, value: Any) -> Any:
    if not str(value).isdecimal():
        raise EditError(f"“{value}” is no number.")
    return int(value)


def test_new_ones_come_behind_the_others(small_map: Map) -> None:
    first, second = added(small_map, "Room"), added(small_map, "Tier", "choice", "Gold", "Silver")
    assert [item.id for item in attributes.of_kind(small_map, "service")] == [first.id, second.id]
    assert attributes.of_kind(small_map, "project") == []


@pytest.mark.parametrize(
    ("name", "attribute_type"), [("Owner", "text"), ("room", "text"), ("Tier", "choice"), (" ", "text"), ("X", "sound")]
)
def test_what_cannot_be(small_map: Map, name: str, attribute_type: str) -> None:
    added(small_map, "Room")
    with pytest.raises((EditError, ValueRefused)):
        attributes.add(small_map, "service", name, attribute_type)


def test_another_type_turns_every_value_or_none(small_map: Map) -> None:
    room = added(small_map, "Room")
    fill(small_map, room, "12")
    change = attributes.alter(small_map, room.id, as_number, name="Room", attribute_type="number")
    done(small_map, change)
    assert {service.extra[room.id] for service in small_map.all(Service)} == {12}
    fill(small_map, room, "cellar")
    with pytest.raises(EditError, match="“cellar” is no number"):
        attributes.alter(small_map, room.id, as_number, name="Room", attribute_type="choice", choices=["1"])


def test_a_new_name_touches_no_values(small_map: Map) -> None:
    room = added(small_map, "Room")
    fill(small_map, room, "12")
    change = attributes.alter(small_map, room.id, as_number, name="Hall", attribute_type="text")
    assert list(change.after) == [room.id]
    assert change.text == "Rename the column Room to Hall"


def test_it_goes_with_its_values(small_map: Map) -> None:
    room, kept = added(small_map, "Room"), added(small_map, "Kept")
    fill(small_map, room, "12")
    fill(small_map, kept, "x")
    done(small_map, attributes.remove(small_map, room.id))
    assert [service.extra for service in small_map.all(Service)] == [{kept.id: "x"}] * 2
