"""CapMap's own JSON: every record of a map both ways, one record a line, as docs/json-format.md describes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from capmap.errors import EditError, InputError
from capmap.exchange import foreign_json
from capmap.exchange.boxes import Box, Reading
from capmap.exchange.columns import ColumnMapping
from capmap.exchange.encoding import decode
from capmap.exchange.notices import Notices
from capmap.exchange.source import BOX_LIMIT, Source
from capmap.exchange.tabular import read_tables
from capmap.model import rules
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, RECORD_CLASSES, Capability, Record, fields_of, make

FORMAT, VERSION = "capmap", 1


def read(source: Source, mapping: ColumnMapping | None = None) -> Reading:
    """The capabilities in a JSON file, CapMap's own or anybody's."""
    text, notice = decode(source.data, source.name)
    notices = Notices()
    if notice:
        notices.add(notice)
    return read_text(text, source.name, mapping, notices)


def read_text(text: str, source: str, mapping: ColumnMapping | None, notices: Notices) -> Reading:
    """The capabilities in a JSON text."""
    value = foreign_json.parse(text, source)
    if isinstance(value, dict) and value.get("format") == FORMAT:
        return _own(value, source)
    return read_tables([foreign_json.table_of(value, source)], mapping, notices)


def _own(value: dict[str, Any], source: str) -> Reading:
    version = value.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise InputError(f"this was written by a newer CapMap (version {version!r}); update CapMap.", source=source)
    listed = value.get("records")
    if not isinstance(listed, list):
        raise InputError("it has no list of records.", source=source)
    if sum(1 for entry in listed if isinstance(entry, dict) and entry.get("kind") == Capability.kind) > BOX_LIMIT:
        raise InputError(f"it holds more than {BOX_LIMIT:,} capabilities.", source=source)
    records: dict[str, Record] = {}
    for number, entry in enumerate(listed, start=1):
        record = _record(entry, source, f"record {number}")
        if record.id in records:
            raise InputError(f"the id {record.id} stands twice.", source=source, place=f"record {number}")
        records[record.id] = record
    current = Map(records.values())
    problems = rules.check(current)
    if problems:
        place = list(records).index(problems[0].record_id) + 1
        raise InputError(problems[0].sentence, source=source, place=f"record {place}")
    others = tuple(record for record in current if not isinstance(record, Capability))
    return Reading(source, tuple(_tree(current)), others, title=current.settings.title)


def _record(entry: Any, source: str, place: str) -> Record:
    if not isinstance(entry, dict) or entry.get("kind") not in CLASS_OF:
        kinds = ", ".join(CLASS_OF)
        raise InputError(f"this is no record; its “kind” must be one of {kinds}.", source=source, place=place)
    if not isinstance(entry.get("id"), str) or not entry["id"]:
        raise InputError("this record has no “id”.", source=source, place=place)
    record_class = CLASS_OF[entry["kind"]]
    try:
        return make(record_class, **{str(key): value for key, value in entry.items() if key != "kind"})
    except EditError as refused:
        raise InputError(str(refused), source=source, place=place) from None


def _tree(current: Map) -> list[Box]:
    """The capabilities as boxes; all their values but those that say where they stand."""
    boxes: dict[str, Box] = {}
    tops: list[Box] = []
    for capability in current.walk():
        values = {
            field.name: value
            for field in fields_of(Capability.kind)
            if field.name not in ("parent", "position", "alias_of")
            and (value := getattr(capability, field.name)) != field.empty
        }
        box = boxes[capability.id] = Box(values)
        (boxes[capability.parent].children if capability.parent else tops).append(box)
    for capability in current.capabilities:
        if capability.alias_of:
            boxes[capability.id].shows = boxes[capability.alias_of]
    return tops


def write(current: Map) -> bytes:
    """Every record of the map: kinds in the order in which they refer to one another, capabilities in reading order."""
    lines = ",\n".join(_line(record) for record in _in_order(current))
    head = f'{{\n"format": "{FORMAT}",\n"version": {VERSION},\n"records": ['
    return f"{head}\n{lines}\n]}}\n".encode()


def _in_order(current: Map) -> Iterable[Record]:
    for record_class in RECORD_CLASSES:
        if record_class is Capability:
            yield from current.walk()
        else:
            yield from current.all(record_class)


def _line(record: Record) -> str:
    values = {
        field.name: _plain(value)
        for field in fields_of(record.kind)
        if (value := getattr(record, field.name)) != field.empty
    }
    return json.dumps({"kind": record.kind, **values}, ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
