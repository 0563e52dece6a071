"""Attributes: own fields that a map gives to a kind of record, made, altered and taken away with their values."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from capmap.errors import EditError
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, Attribute, Record, evolve, fields_of, make

Convert = Callable[[Record, Any], Any]
"""From a record and its value to the value of the new type; raises EditError where there is none."""


def add(current: Map, kind: str, name: str, attribute_type: str = "text", choices: Sequence[str] = ()) -> Change:
    """A new attribute of a kind, behind the others. Raises EditError where the kind has one of that name."""
    attribute = make(
        Attribute,
        record_kind=kind,
        name=name,
        type=attribute_type,
        choices=tuple(choices),
        position=1 + max((item.position for item in of_kind(current, kind)), default=-1),
    )
    _require_sound(current, attribute)
    return Change.of(f"Add the column {attribute.name}", current, [attribute])


def alter(
    current: Map, attribute_id: str, convert: Convert, *, name: str, attribute_type: str, choices: Sequence[str] = ()
) -> Change:
    """Another name, type or choices for an attribute. Where type or choices are others, ``convert`` turns every value
    into one that fits and says which does not; then nothing is altered.
    """
    old = current.one(Attribute, attribute_id)
    new = evolve(old, name=name, type=attribute_type, choices=tuple(choices))
    _require_sound(current, new)
    puts: list[Record] = [new]
    if (old.type, old.choices) != (new.type, new.choices):
        for record in holding(current, new):
            value = convert(record, _extra(record)[new.id])
            puts.append(_with_extra(record, new.id, value))
    word = "Rename" if old.name != new.name and len(puts) == 1 else "Change"
    rest = f" to {new.name}" if word == "Rename" else ""
    return Change.of(f"{word} the column {old.name}{rest}", current, puts)


def remove(current: Map, attribute_id: str) -> Change:
    """An attribute away, with all its values."""
    attribute = current.one(Attribute, attribute_id)
    puts = [_with_extra(record, attribute.id, None) for record in holding(current, attribute)]
    return Change.of(f"Remove the column {attribute.name}", current, puts, drops=[attribute.id])


def of_kind(current: Map, kind: str) -> list[Attribute]:
    """The attributes of a kind, in their order."""
    found = [item for item in current.all(Attribute) if item.record_kind == kind]
    return sorted(found, key=lambda item: (item.position, item.name.casefold(), item.id))


def holding(current: Map, attribute: Attribute) -> list[Record]:
    """The records that have a value for an attribute."""
    records = current.all(CLASS_OF[attribute.record_kind]) if attribute.record_kind in CLASS_OF else ()
    return [record for record in records if _extra(record).get(attribute.id) not in (None, "")]


def with_value(extra: Mapping[str, Any], attribute_id: str, value: Any) -> dict[str, Any]:
    """The own values of a record with one of them set, or taken out (None)."""
    kept = {key: held for key, held in extra.items() if key != attribute_id}
    return kept if value in (None, "") else {**kept, attribute_id: value}


def _with_extra(record: Record, attribute_id: str, value: Any) -> Record:
    values: dict[str, Any] = {"extra": with_value(_extra(record), attribute_id, value)}
    return dataclasses.replace(record, **values)


def _extra(record: Record) -> Mapping[str, Any]:
    held: Mapping[str, Any] = getattr(record, "extra", {})
    return held


def _require_sound(current: Map, attribute: Attribute) -> None:
    folded = attribute.name.casefold()
    labels = {field.label.casefold() for field in fields_of(attribute.record_kind)}
    others = {item.name.casefold() for item in of_kind(current, attribute.record_kind) if item.id != attribute.id}
    if folded in labels | others:
        raise EditError(f"There is a column “{attribute.name}” already; give this one another name.")
    if attribute.type == "choice" and not attribute.choices:
        raise EditError("Say what there is to choose from: words with commas between them.")
