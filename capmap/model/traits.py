"""Traits: all that can be asked of a box when a map is filtered: its fields, own attributes, links and place."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, Literal

from capmap.model.attributes import of_kind
from capmap.model.fields import Field, FieldType
from capmap.model.map import Map
from capmap.model.records import LINK_ENDS, Attribute, Capability, fields_of

TraitType = Literal["text", "words", "number", "date", "choice", "flag", "links"]

Read = Callable[[Map, Capability], Any]

_TYPE_OF: dict[FieldType, TraitType] = {
    "text": "text",
    "moment": "text",
    "words": "words",
    "integer": "number",
    "score": "number",
    "number": "number",
    "money": "number",
    "percent": "number",
    "flag": "flag",
    "date": "date",
    "choice": "choice",
}
"""References and tables of values are no traits; the links and the own attributes stand for them."""

_TYPE_OF_OWN: dict[str, TraitType] = {"money": "number", "number": "number", "date": "date", "choice": "choice"}

_LINKED = {
    "service": ("services", "IT service", "IT services"),
    "project": ("projects", "project", "projects"),
    "objective": ("objectives", "objective", "objectives"),
    "unit": ("units", "business unit", "business units"),
    "demand": ("demands", "demand", "demands"),
}
"""Kind of record -> name of the trait, what one is called, what several are."""

BOX_KINDS = ("leaf", "box with boxes inside", "reference")

_OWN = "own:"
CENTS = 100


@dataclasses.dataclass(frozen=True, slots=True)
class Trait:
    """One thing to ask of a box.

    ``name`` is what a saved filter keeps. ``read`` gives the value of a capability, None or nothing where it has none:
    a text, a tuple of words, a number, a date, a choice, yes or no, or a tuple of the ids of linked records.
    ``of_place`` says that an alias box is asked itself, not the capability that it shows. Numbers with a ``factor``
    are kept that many times larger than a person writes them. ``one`` is what a single linked record is called.
    """

    name: str
    label: str
    type: TraitType
    read: Read
    choices: tuple[str, ...] = ()
    is_score: bool = False
    of_place: bool = False
    factor: int = 1
    one: str = ""
    kind: str = ""


def traits_of(current: Map) -> dict[str, Trait]:
    """The traits of the boxes of this map by name, in the order in which a person is offered them."""
    found = [*_FIXED, *(_own(attribute) for attribute in of_kind(current, Capability.kind)), *_PLACE]
    return {trait.name: trait for trait in found}


def _of_field(field: Field) -> Trait:
    get = attrgetter(field.name)
    return Trait(
        field.name,
        field.label,
        _TYPE_OF[field.type],
        lambda _, capability: get(capability),
        field.choices,
        is_score=field.type == "score",
        factor=CENTS if field.type == "money" else 1,
    )


def _own(attribute: Attribute) -> Trait:
    """The trait of an own attribute; a value that is not of its type counts as none."""
    kind, key = _TYPE_OF_OWN.get(attribute.type, "text"), attribute.id
    understood = _READ_OWN[kind]
    return Trait(
        _OWN + key,
        attribute.name,
        kind,
        lambda _, capability: understood(capability.extra.get(key)),
        attribute.choices,
        factor=CENTS if attribute.type == "money" else 1,
    )


def _own_number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _own_date(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _own_text(value: Any) -> str:
    return "" if value is None else str(value)


_READ_OWN: dict[TraitType, Callable[[Any], Any]] = {
    "number": _own_number,
    "date": _own_date,
    "choice": _own_text,
    "text": _own_text,
}


def _linked() -> Iterator[Trait]:
    for link_type, (source, target) in LINK_ENDS.items():
        if target == Capability.kind:
            name, one, several = _LINKED[source]
            label = several if several[:2].isupper() else several.capitalize()
            yield Trait(name, label, "links", _reads_links(link_type), one=one, kind=source)


def _reads_links(link_type: str) -> Read:
    def read(current: Map, capability: Capability) -> tuple[str, ...]:
        return tuple(link.source for link in current.links_to(capability.id) if link.type == link_type)

    return read


def _gap(_: Map, capability: Capability) -> int | None:
    if capability.maturity is None or capability.target is None:
        return None
    return capability.target - capability.maturity


def _box_kind(current: Map, box: Capability) -> str:
    if box.alias_of:
        return BOX_KINDS[2]
    return BOX_KINDS[1] if current.has_children(box.id) else BOX_KINDS[0]


def _fixed() -> Iterator[Trait]:
    """The traits of every map: the fields, the gap of two of them, the links."""
    for field in fields_of(Capability.kind):
        if field.type in _TYPE_OF and field.name != "position" and field.name not in _STEERING:
            yield _of_field(field)
            if field.name == "target":
                yield Trait("gap", "Maturity gap", "number", _gap)
    yield from _linked()


def _above(current: Map, box: Capability) -> str:
    return " › ".join(step.name for step in current.path(box.id)[:-1])


def _place() -> Iterator[Trait]:
    """Where the box stands and how its children are laid out, which few people ask for."""
    yield Trait("inside", "Stands inside", "text", _above, of_place=True)
    yield Trait("level", "Level", "number", lambda current, box: current.level(box.id), of_place=True)
    yield Trait("box", "Kind of box", "choice", _box_kind, BOX_KINDS, of_place=True)
    yield from (_of_field(field) for field in fields_of(Capability.kind) if field.name in _STEERING)


_STEERING = ("columns", "direction", "area", "order_by", "equal", "external")

_FIXED = tuple(_fixed())
_PLACE = tuple(_place())
