"""Merging: the records that a reading brings beside capabilities, under the ids of those that a map has already."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from capmap.errors import ValueRefused
from capmap.exchange.boxes import Box, Reading, called
from capmap.exchange.notices import Notices
from capmap.exchange.values import own_value
from capmap.model.map import Map
from capmap.model.records import (
    RECORD_CLASSES,
    SETTINGS_ID,
    Attribute,
    Capability,
    Link,
    Record,
    Settings,
    evolve,
    fields_of,
    new_id,
)


class Merged:
    """The other records of a reading made fit for a map: ``records`` are those to put."""

    def __init__(self, current: Map, reading: Reading, ids: Mapping[Box, str]) -> None:
        self._current = current
        self._renamed = {wanted: new for box, new in ids.items() if (wanted := box.values.get("id", new)) != new}
        self._known = {_key(record): record.id for record in current if not isinstance(record, Capability)}
        order = {record_class.kind: place for place, record_class in enumerate(RECORD_CLASSES)}
        self.records = [
            kept
            for record in sorted(reading.records, key=lambda record: order[record.kind])
            if (kept := self._merged(record)) is not None
        ]
        untitled = not (current.settings.title or any(isinstance(record, Settings) for record in self.records))
        if untitled and reading.title and not current.count(Capability):
            self.records.append(evolve(current.settings, title=called(reading.title)))

    def extra(self, box: Box, notices: Notices) -> dict[str, Any]:
        """The own values of a box under the ids that their attributes have in the map, of the type they have there."""
        kept: dict[str, Any] = {}
        for key, value in box.values.get("extra", {}).items():
            attribute = self._current.get(self._renamed.get(key))
            if not isinstance(attribute, Attribute):
                kept[key] = value
                continue
            try:
                kept[attribute.id] = own_value(value, attribute.type)
            except ValueRefused as wanted:
                notices.add(f"“{str(value)[:60]}” is not {wanted}, which {attribute.name} holds; left out.", box.place)
        return kept

    def _merged(self, record: Record) -> Record | None:
        record = self._with_ends(record)
        if isinstance(record, Settings):
            return record if self._current.settings == Settings(id=SETTINGS_ID) else None
        here = self._current.get(record.id)
        known = record.id if here is not None and here.kind == record.kind else self._known.get(_key(record))
        merged_id = known or (record.id if here is None else new_id())
        if merged_id != record.id:
            self._renamed[record.id] = merged_id
        if known is not None:
            return _updated(self._current[known], record)
        if isinstance(record, Attribute):
            record = dataclasses.replace(record, position=record.position + self._current.count(Attribute))
        return dataclasses.replace(record, id=merged_id)

    def _with_ends(self, record: Record) -> Record:
        """The record with every id in it that is another in the map exchanged."""
        if not self._renamed:
            return record
        names = [field.name for field in fields_of(record.kind) if field.type in ("ref", "data")]
        return dataclasses.replace(record, **{name: self._exchanged(getattr(record, name)) for name in names})

    def _exchanged(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._renamed.get(value, value)
        if isinstance(value, Mapping):
            return {self._renamed.get(key, key): self._exchanged(below) for key, below in value.items()}
        if isinstance(value, list):
            return [self._exchanged(below) for below in value]
        return value


def _key(record: Record) -> tuple[Any, ...]:
    """What makes two records of two maps the same thing: ends of a link, a name, else everything but the id."""
    if isinstance(record, Link):
        return record.kind, record.type, record.source, record.target
    if isinstance(record, Attribute):
        return record.kind, record.record_kind, record.name.casefold()
    name = getattr(record, "name", "")
    if name:
        return record.kind, name.casefold()
    return record.kind, *(repr(getattr(record, field.name)) for field in fields_of(record.kind) if field.name != "id")


def _updated(old: Record, new: Record) -> Record:
    """The old record with the new one's values where it has any; of an attribute only its choices grow."""
    if isinstance(old, Attribute) and isinstance(new, Attribute):
        grown = tuple(dict.fromkeys((*old.choices, *new.choices)))
        return dataclasses.replace(old, choices=grown) if old.type == "choice" and len(grown) <= 50 else old
    values = {
        field.name: value
        for field in fields_of(old.kind)
        if field.name != "id" and (value := getattr(new, field.name)) != field.empty
    }
    if "extra" in values:
        values["extra"] = {**getattr(old, "extra", {}), **values["extra"]}
    return dataclasses.replace(old, **values)
