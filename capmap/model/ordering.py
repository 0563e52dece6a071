"""Ordering: the boxes inside a box in the order of one of their fields, where that is wanted; map order stays stored.

``order_by`` of a capability is the name of a field of capabilities, or the id or name of an own attribute, with a minus
in front for the highest first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Attribute, Capability, Record, field_table

_FIELDS = field_table(Capability.kind)
_NEVER = ("id", "parent", "position", "alias_of", "translations", "extra", "columns", "direction", "order_by", "equal")
"""Fields that say nothing about what a box means."""

_DIGITS = re.compile(r"(\d+)")

Rank = Callable[[Capability], Any]
"""What a capability is ordered by; None where the field is empty."""


def ordered(current: Map, holder: Record | None, children: list[Capability]) -> list[Capability]:
    """The children of a box in the order that it wants for them; empty values last, equal ones in map order.

    References stand where the value of what they show puts them. A field that is not there leaves the map order.
    """
    rank = _rank_of(current, holder)
    if rank is None:
        return children
    values = {child.id: rank(current.shown(child)) for child in children}
    full = [child for child in children if values[child.id] is not None]
    full.sort(key=lambda child: values[child.id], reverse=descends(holder))
    return full + [child for child in children if values[child.id] is None]


def is_ordered(current: Map, holder: Record | None) -> bool:
    """Whether the children of this box stand in the order of a field, not in map order."""
    return _rank_of(current, holder) is not None


def descends(holder: Record | None) -> bool:
    """Whether the highest value comes first."""
    return isinstance(holder, Capability) and holder.order_by.startswith("-")


def ordering_field(current: Map, order_by: str) -> str:
    """The name of the field, or the id of the own attribute, that this ``order_by`` means; empty if there is none."""
    wanted = order_by.removeprefix("-")
    if wanted in _FIELDS and wanted not in _NEVER:
        return wanted
    attribute = _attribute(current, wanted)
    return attribute.id if attribute is not None else ""


def label_of(current: Map, field: str) -> str:
    """What a person calls a field or own attribute inside a sentence."""
    attribute = current.get(field)
    if isinstance(attribute, Attribute):
        return attribute.name
    label = _FIELDS[field].label
    return label[0].lower() + label[1:]


def type_of(current: Map, field: str) -> str:
    """The type of a field or own attribute, as fields have them; empty for none."""
    attribute = current.get(field)
    if isinstance(attribute, Attribute):
        return attribute.type
    return _FIELDS[field].type if field in _FIELDS else ""


def orderings(current: Map) -> list[str]:
    """All that boxes can be ordered by: fields of capabilities, then the own attributes of this map."""
    own = [attribute for attribute in current.all(Attribute) if attribute.record_kind == Capability.kind]
    own.sort(key=lambda attribute: attribute.position)
    return [*USUAL, *(attribute.id for attribute in own)]


USUAL = (
    "name",
    "code",
    "owner",
    "category",
    "importance",
    "maturity",
    "target",
    "expectation",
    "confidence",
    "assessed_on",
)
"""The fields that are offered."""


def why_in_order(current: Map, holder_id: str | None) -> str:
    """Why a box cannot be put at a place of its own in this one; empty if it can."""
    holder = current.get(holder_id)
    if not isinstance(holder, Capability) or not is_ordered(current, holder):
        return ""
    label = label_of(current, ordering_field(current, holder.order_by))
    return f"The boxes in {holder.name} stand in order of {label}. Order them as in the map to place them by hand."


def reordered(current: Map, change: Change) -> Iterator[str]:
    """The boxes whose children may stand in another order after a change that ``current`` has had already."""
    for key, after in change.after.items():
        before = change.before[key]
        if isinstance(before, Attribute) or isinstance(after, Attribute):
            yield from (capability.id for capability in current.capabilities if capability.order_by)
        if not isinstance(after, Capability) or not isinstance(before, Capability):
            continue
        if before.order_by != after.order_by:
            yield key
        shown = [after, *(current.capability(alias) for alias in current.aliases_of(key))]
        for holder_id in {capability.parent for capability in shown}:
            holder = current.get(holder_id)
            rank = _rank_of(current, holder)
            moved = rank is not None and (rank(before) != rank(after) or before.alias_of != after.alias_of)
            if moved and holder_id is not None:
                yield holder_id


def _rank_of(current: Map, holder: Record | None) -> Rank | None:
    """How the children of a box are ranked; None for map order."""
    if not isinstance(holder, Capability) or not holder.order_by:
        return None
    wanted = holder.order_by.removeprefix("-")
    if wanted in _FIELDS and wanted not in _NEVER:
        choices: Sequence[str] = _FIELDS[wanted].choices
        return lambda capability: _comparable(getattr(capability, wanted), choices)
    attribute = _attribute(current, wanted)
    if attribute is None:
        return None
    key, own = attribute.id, attribute.choices
    return lambda capability: _comparable(capability.extra.get(key), own)


def _attribute(current: Map, wanted: str) -> Attribute | None:
    attribute = current.get(wanted)
    if isinstance(attribute, Attribute):
        return attribute
    for attribute in current.all(Attribute):
        if attribute.record_kind == Capability.kind and attribute.name.casefold() == wanted.casefold():
            return attribute
    return None


def _comparable(value: Any, choices: Sequence[str]) -> Any:
    """A value that can be compared with any other of its field: numbers before words, choices in their own order,
    numbers inside words by their size ("1.10" after "1.9"); None for an empty one.
    """
    if value in (None, "", (), []):
        return None
    if value in choices:
        return 0, choices.index(value), ()
    if isinstance(value, int | float):
        return 0, value, ()
    words = ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
    plain = unicodedata.normalize("NFKD", words.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return (
        1,
        0,
        tuple(_number(part) if part[0].isdecimal() else (1, 0, part) for part in _DIGITS.split(letters) if part),
    )


def _number(digits: str) -> tuple[int, int, str]:
    """Digits as a number of any length: a longer one is larger."""
    digits = digits.lstrip("0")
    return 0, len(digits), digits
