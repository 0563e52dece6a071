"""Mending: the nearest sound map to broken records, with a sentence for everything that was put right."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from capmap.errors import ValueRefused
from capmap.model import rules
from capmap.model.map import Map
from capmap.model.records import LINK_ENDS, SETTINGS_ID, Capability, Link, Record, Settings, fields_of, make, new_id

RECOVERED = "Recovered"
"""The name of the box that takes in the boxes whose own place is lost."""


def mended(records: Iterable[Record]) -> tuple[Map, list[str]]:
    """A map without problems made of these records, and what was done to get there; an empty list if all was well.

    Values that do not fit are emptied or cut, references to nothing are cleared, boxes outside the tree go into a box
    called "Recovered", and links without two proper ends are dropped.
    """
    notes: list[str] = []
    found: dict[str, Record] = {}
    for record in records:
        sound = _with_sound_values(record, notes)
        if sound is None:
            continue
        if sound.id in found:
            notes.append(f"{rules.called(sound)} had the id of another record and has a new one.")
            sound = dataclasses.replace(sound, id=new_id())
        found[sound.id] = sound
    if SETTINGS_ID not in found:
        found[SETTINGS_ID] = make(Settings, id=SETTINGS_ID)
        notes.append("The settings of the map were missing and are empty now.")
    _drop_links(found, notes)
    count = 0
    while count != len(found):  # a record dropped may be what another one refers to
        count = len(found)
        _clear_references(found, notes)
    _mend_tree(found, notes)
    return Map(found.values()), notes


def _with_sound_values(record: Record, notes: list[str]) -> Record | None:
    values: dict[str, Any] = {}
    for field in fields_of(record.kind):
        value = getattr(record, field.name)
        try:
            values[field.name] = field.check(value)
        except ValueRefused as refused:
            replacement = _replacement(field.name, field.type, value, field.limit)
            if field.required and replacement is None:
                notes.append(f"{rules.called(record)} is dropped: {refused}")
                return None
            notes.append(f"{rules.called(record)}: {refused} It is {'cut' if replacement else 'emptied'} now.")
            values[field.name] = field.empty if replacement is None else field.check(replacement)
    return type(record)(**values)


def _replacement(name: str, field_type: str, value: Any, limit: int) -> str | None:
    """What takes the place of a value that does not fit: the beginning of a long text, a word for a missing name."""
    if field_type == "text" and isinstance(value, str) and value.strip():
        return value.strip()[:limit]
    return "Unnamed" if name == "name" else None


def _clear_references(found: dict[str, Record], notes: list[str]) -> None:
    for record in list(found.values()):
        for field in fields_of(record.kind):
            target = getattr(record, field.name) if field.type == "ref" else None
            if target is None or record.kind == "link":
                continue
            other = found.get(target)
            if other is not None and (not field.refers_to or other.kind == field.refers_to):
                continue
            if field.required:
                notes.append(f"{rules.called(record)} is dropped: {field.label} points at nothing.")
                del found[record.id]
                break
            if field.name != "parent":
                notes.append(f"{rules.called(record)}: {field.label} pointed at nothing and is empty now.")
                cleared: dict[str, Any] = {field.name: None}
                found[record.id] = dataclasses.replace(found[record.id], **cleared)


def _mend_tree(found: dict[str, Record], notes: list[str]) -> None:
    current = Map(found.values())
    reached = {capability.id: 0 for capability in current.walk()}
    lost = [capability for capability in current.capabilities if capability.id not in reached]
    if lost:
        home = make(Capability, name=RECOVERED, position=len(current.child_ids(None)))
        found[home.id] = home
        moved = _heads(lost, current)
        notes += [f"{rules.called(head)} had lost its place and stands in “{RECOVERED}” now." for head in moved]
        found.update({head.id: dataclasses.replace(head, parent=home.id) for head in moved})
        current = Map(found.values())
    for capability in list(current.capabilities):
        target = found.get(capability.alias_of or "")
        if (isinstance(target, Capability) and target.alias_of) or (
            capability.alias_of and current.has_children(capability.id)
        ):
            notes.append(f"{rules.called(capability)} was no proper reference and is a box of its own now.")
            found[capability.id] = dataclasses.replace(capability, alias_of=None)
    _lift_deep(found, notes)
    _number(found, notes)


def _heads(lost: list[Capability], current: Map) -> list[Capability]:
    """The boxes to move so that every lost box is reached again: those without a parent in the map, and one of each
    circle.
    """
    heads = [capability for capability in lost if not isinstance(current.get(capability.parent), Capability)]
    covered = {below.id for head in heads for below in current.walk(head.id)}
    for capability in lost:
        step = capability
        circle: dict[str, None] = {}
        while step.id not in covered and step.id not in circle:
            circle[step.id] = None
            step = current.capability(step.parent)
        if step.id in circle:
            heads.append(step)
        covered |= circle.keys()
    return heads


def _lift_deep(found: dict[str, Record], notes: list[str]) -> None:
    current = Map(found.values())
    level, ids = 0, current.child_ids(None)
    while ids:
        level += 1
        if level == rules.DEEPEST_LEVEL:
            for parent in [key for key in ids if current.has_children(key)]:
                for below in list(current.walk(parent))[1:]:
                    found[below.id] = dataclasses.replace(below, parent=parent and current.capability(parent).parent)
                notes.append(
                    f"The boxes below {rules.called(current.capability(parent))} stood too deep and are lifted."
                )
            return
        ids = [child for parent in ids for child in current.child_ids(parent)]


def _number(found: dict[str, Record], notes: list[str]) -> None:
    current = Map(found.values())
    for parent in {capability.parent for capability in current.capabilities}:
        siblings = current.children(parent)
        if [sibling.position for sibling in siblings] != list(range(len(siblings))):
            notes.append(f"The {len(siblings)} boxes beside {rules.called(siblings[0])} are numbered anew.")
            found.update({child.id: dataclasses.replace(child, position=index) for index, child in enumerate(siblings)})


def _drop_links(found: dict[str, Record], notes: list[str]) -> None:
    seen: set[tuple[str, str, str]] = set()
    for link in [record for record in found.values() if isinstance(record, Link)]:
        ends = found.get(link.source), found.get(link.target)
        kinds = tuple(end.kind if end else "" for end in ends)
        key = (link.type, link.source, link.target)
        if kinds != LINK_ENDS.get(link.type) or key in seen:
            notes.append(f"{rules.called(link)} had no two proper ends, or was there twice, and is dropped.")
            del found[link.id]
        seen.add(key)
