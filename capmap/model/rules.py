"""Rules: what must hold in every map, asked before an edit and checked over a whole map."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from capmap.errors import EditError, ValueRefused
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, LINK_ENDS, Capability, Link, Record, fields_of

DEEPEST_LEVEL = 64
"""No model that anybody draws comes near it; deeper trees are a fault or an attack."""


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a map: which record, in words with the place, and the field if one is to blame."""

    record_id: str
    sentence: str
    field: str = ""


def why_not_move(current: Map, moved: Iterable[str], into: str | None) -> str:
    """The reason why these boxes cannot stand inside that one, or an empty text if they can."""
    moving = set(moved)
    target = current.capability(into) if into is not None else None
    if target is None:
        return ""
    if target.alias_of:
        return f"{target.name} is a reference to another box and cannot hold boxes."
    above = {step.id for step in current.path(target.id)}
    for record_id in moving & above:
        return f"{current.capability(record_id).name} cannot move into itself."
    deepest = max((current.height(record_id) for record_id in moving), default=0)
    if len(above) + deepest > DEEPEST_LEVEL:
        return f"That would make more than {DEEPEST_LEVEL} levels."
    return ""


def require_move(current: Map, moved: Iterable[str], into: str | None) -> None:
    """Raise EditError where ``why_not_move`` gives a reason."""
    reason = why_not_move(current, moved, into)
    if reason:
        raise EditError(reason)


def why_not_link(current: Map, link_type: str, source: str, target: str) -> str:
    """The reason why such a link cannot be made, or an empty text if it can."""
    kinds = LINK_ENDS.get(link_type)
    ends = current.get(source), current.get(target)
    if kinds is None or ends[0] is None or ends[1] is None:
        return "Both ends of a link must be in the map."
    if (ends[0].kind, ends[1].kind) != kinds:
        return f"A {ends[0].kind} cannot be linked with “{link_type}” to a {ends[1].kind}."
    if isinstance(ends[1], Capability) and ends[1].alias_of:
        return "Link to the box itself, not to a reference of it."
    if source == target:
        return "A link needs two different ends."
    if any(link.type == link_type and link.target == target for link in current.links_from(source)):
        return "The two are linked already."
    return ""


def check(current: Map) -> list[Problem]:
    """Everything that is wrong with a map, in the order of its records; an empty list for a sound one."""
    return [*_wrong_values(current), *structure_problems(current)]


def structure_problems(current: Map) -> list[Problem]:
    """What is wrong with how the records of a map hang together; their values are taken as sound."""
    return [*_wrong_tree(current), *_wrong_links(current)]


def _wrong_values(current: Map) -> Iterator[Problem]:
    for record in current:
        yield from value_problems(record)
        for field in fields_of(record.kind):
            target = getattr(record, field.name) if field.type == "ref" else None
            if target is None or (record.kind == "link" and field.name in ("source", "target")):
                continue
            other = current.get(target)
            if other is None or (field.refers_to and other.kind != field.refers_to):
                yield Problem(record.id, f"{called(record)}: {field.label} points at nothing in this map.", field.name)


def value_problems(record: Record) -> Iterator[Problem]:
    """The values of one record that do not fit their fields."""
    for field in fields_of(record.kind):
        value = getattr(record, field.name)
        try:
            kept = field.check(value)
        except ValueRefused as refused:
            yield Problem(record.id, f"{called(record)}: {refused}", field.name)
            continue
        if kept != value or type(kept) is not type(value):
            yield Problem(
                record.id,
                f"{called(record)}: {field.label} holds characters or a form that the field does not allow.",
                field.name,
            )


def _wrong_tree(current: Map) -> Iterator[Problem]:
    reached = {capability.id for capability in current.walk()}
    for capability in current.capabilities:
        if capability.id not in reached:
            yield Problem(
                capability.id,
                f"{called(capability)} is not below the top level: its parents form a circle or are missing.",
                "parent",
            )
    for parent in [None, *filter(current.has_children, reached)]:
        siblings = current.children(parent)
        if parent is not None and current.capability(parent).alias_of:
            yield Problem(
                parent, f"{called(current.capability(parent))} is a reference and must not hold boxes.", "alias_of"
            )
        if any(sibling.position != place for place, sibling in enumerate(siblings)):
            place = called(current.capability(parent)) if parent is not None else "the top level"
            yield Problem(siblings[0].id, f"The boxes in {place} are not numbered in order.", "position")
    for capability in current.capabilities:
        target = current.get(capability.alias_of) if capability.alias_of else None
        if isinstance(target, Capability) and target.alias_of:
            yield Problem(capability.id, f"{called(capability)} is a reference to a reference.", "alias_of")
    deepest = _deepest(current)
    if deepest is not None:
        yield Problem(deepest.id, f"{called(deepest)} stands more than {DEEPEST_LEVEL} levels deep.", "parent")


def _deepest(current: Map) -> Capability | None:
    """A capability below the deepest allowed level, if there is one."""
    level, ids = 0, current.child_ids(None)
    while ids:
        level += 1
        if level > DEEPEST_LEVEL:
            return current.capability(ids[0])
        ids = [child for parent in ids if current.has_children(parent) for child in current.child_ids(parent)]
    return None


def _wrong_links(current: Map) -> Iterator[Problem]:
    seen: set[tuple[str, str, str]] = set()
    for link in current.all(Link):
        ends = current.get(link.source), current.get(link.target)
        if ends[0] is None or ends[1] is None:
            yield Problem(link.id, f"{called(link)} has an end that is not in this map.")
        elif (ends[0].kind, ends[1].kind) != LINK_ENDS.get(link.type):
            yield Problem(
                link.id, f"{called(link)} joins a {ends[0].kind} to a {ends[1].kind}, which “{link.type}” cannot."
            )
        elif (link.type, link.source, link.target) in seen:
            yield Problem(link.id, f"{called(link)} is there twice, from {called(ends[0])} to {called(ends[1])}.")
        seen.add((link.type, link.source, link.target))


def called(record: Record) -> str:
    """How a sentence names a record: the kind and the name, or the id where there is no name."""
    label: Any = getattr(record, "name", "") or getattr(record, "title", "") or record.id
    kind = record.kind if record.kind in CLASS_OF else "record"
    return f"{kind} “{label}”"
