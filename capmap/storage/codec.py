"""Codec: how records become rows and journal entries, and come back, with every odd value named."""

from __future__ import annotations

import collections
import datetime as dt
import itertools
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from capmap.errors import EditError, MapFileError
from capmap.model import rules
from capmap.model.change import Change
from capmap.model.fields import Field
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, Record, checked, evolve, fields_of
from capmap.model.text import is_clean

Row = Sequence[Any]

PAYLOAD_LIMIT = 1_000_000_000
"""Bytes that one journal entry may unpack to; an honest one of 100,000 boxes takes a tenth."""

_PLAIN = ("id", "ref", "text", "integer", "score", "number", "money", "percent", "choice", "moment")


def columns(kind: str) -> tuple[str, ...]:
    """The names of the columns of a kind of record, ``id`` first."""
    return tuple(field.name for field in fields_of(kind))


def encoded(field: Field, value: Any) -> Any:
    """A value of a record as SQLite and JSON keep it."""
    if value is None or field.type in _PLAIN:
        return value
    if field.type == "date":
        return value.isoformat()
    if field.type == "flag":
        return int(value)
    return json.dumps(list(value) if field.type == "words" else dict(value), ensure_ascii=False, separators=(",", ":"))


def row_of(record: Record) -> dict[str, Any]:
    """The row of a record: column name -> value."""
    return {field.name: encoded(field, getattr(record, field.name)) for field in fields_of(record.kind)}


def decoded(field: Field, value: Any) -> Any:
    """A value as a record keeps it. Raises ValueError or TypeError where the file holds something else."""
    if value is None or field.type in _PLAIN:
        return value
    return _DECODERS[field.type](value)


def _words(value: str) -> tuple[str, ...]:
    words = json.loads(value)
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError("not a list of words")
    return tuple(words)


def _data(value: str) -> dict[str, Any]:
    data = json.loads(value)
    if not isinstance(data, dict):
        raise ValueError("not a table")
    return data


_DECODERS: dict[str, Callable[[Any], Any]] = {
    "date": dt.date.fromisoformat,
    "flag": bool,
    "words": _words,
    "data": _data,
}
_TEXTS = ("id", "ref", "text", "words")


_SHARED = ("ref", "choice", "words", "data", "date")
"""Fields of which many records have the same value: one object serves them all."""

_AT_ONCE = 2_000
"""Rows that are looked at together: many enough to be fast, few enough for the window to breathe in between."""


@cache
def _setters(kind: str) -> tuple[Callable[[Any, Any], None], ...]:
    """What puts a value into each field of a new record: past the frozen ``__init__``, in a third of its time."""
    return tuple(getattr(CLASS_OF[kind], name).__set__ for name in columns(kind))


def records_of(kind: str, rows: Iterable[Row]) -> list[Record]:
    """The records of a table's rows (columns in the order of ``columns``). Raises MapFileError that names the bad
    row.
    """
    record_class, setters, source = CLASS_OF[kind], _setters(kind), iter(rows)
    fields = fields_of(kind)
    shared: dict[str, dict[Any, Any]] = {field.name: {None: None} for field in fields}
    found: list[Record] = []
    while some := list(itertools.islice(source, _AT_ONCE)):
        made = [record_class.__new__(record_class) for _ in some]
        clean = True
        for field, put, column in zip(fields, setters, zip(*some, strict=True), strict=True):
            try:
                values = _decoded(field, column, shared[field.name])
            except (ValueError, TypeError, RecursionError):
                raise _told_where(kind, field, zip(some, column, strict=True)) from None
            collections.deque(map(put, made, values), maxlen=0)
            if field.type in _TEXTS:
                # One look at many texts is faster than many looks; a blank between them composes with nothing.
                texts = map(" ".join, set(values)) if field.type == "words" else values
                clean = clean and is_clean(" ".join(filter(None, texts)))
        if not clean:
            _require_clean(kind, made)
        found += made
    return found


def _decoded(field: Field, column: Row, shared: dict[Any, Any]) -> Row:
    """The values of one field of many records as the records keep them."""
    if field.type not in _SHARED:
        return column if field.type in _PLAIN else [decoded(field, value) for value in column]
    for value in set(column) - shared.keys():
        shared[value] = decoded(field, value)
    return list(map(shared.__getitem__, column))


def _told_where(kind: str, field: Field, rows: Iterable[tuple[Row, Any]]) -> MapFileError:
    """Which row holds what cannot be read."""
    for row, value in rows:
        try:
            decoded(field, value)
        except (ValueError, TypeError, RecursionError):
            return MapFileError(
                f"{field.label} holds {str(value)[:60]!r}, which is no {field.type}.",
                place=f"table {kind}, row {row[0]}",
            )
    return MapFileError(f"{field.label} cannot be read.", place=f"table {kind}")


def _require_clean(kind: str, records: Iterable[Record]) -> None:
    """Refuse texts that no edit could have written."""
    for record in records:
        problem = next(rules.value_problems(record), None)
        if problem is not None:
            raise MapFileError(problem.sentence, place=f"table {kind}, row {record.id}")


def pack(change: Change) -> bytes:
    """A change as the journal keeps it: for each record its kind, id, and the columns that differ before and after,
    compressed where that pays.
    """
    entries: list[list[Any]] = []
    for record_id, old in change.before.items():
        new = change.after[record_id]
        if old is not None and new is not None:
            differing = [field for field in fields_of(new.kind) if getattr(old, field.name) != getattr(new, field.name)]
            sides = [
                {field.name: encoded(field, getattr(side, field.name)) for field in differing} for side in (old, new)
            ]
            entries.append([new.kind, record_id, *sides])
        elif new is not None:
            entries.append([new.kind, record_id, None, row_of(new)])
        elif old is not None:
            entries.append([old.kind, record_id, row_of(old), None])
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(text, 1) if len(text) > 400 else text


def unpack(payload: bytes, text: str, current: Map, *, inverse: bool) -> Change:
    """The change that a journal entry stands for, or its inverse, made for the map as it stands.

    Raises MapFileError where the entry does not fit the map: the file was altered by something else.
    """
    try:
        if payload[:1] != b"[":
            unpacker = zlib.decompressobj()
            payload = unpacker.decompress(payload, PAYLOAD_LIMIT)
        before: dict[str, Record | None] = {}
        after: dict[str, Record | None] = {}
        for kind, record_id, *sides in json.loads(payload):
            was, will = reversed(sides) if inverse else sides
            current_record = current.get(record_id)
            if (was is None) != (current_record is None):
                raise ValueError(record_id)
            before[record_id] = current_record
            after[record_id] = _record_after(kind, current_record, was, will)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, zlib.error, EditError):
        raise MapFileError(
            f"The step “{text}” cannot be taken back or done again: its entry in the file is damaged."
        ) from None
    return Change(text, before, after)


def _record_after(
    kind: str, current: Record | None, was: Mapping[str, Any] | None, will: Mapping[str, Any] | None
) -> Record | None:
    if will is None:
        return None
    table = {field.name: field for field in fields_of(kind)}
    values = {key: decoded(table[key], value) for key, value in will.items()}
    if current is None:
        return CLASS_OF[kind](**checked(kind, values, complete=True))
    if current.kind != kind:
        raise ValueError(current.id)
    if was is None or any(getattr(current, key) != decoded(table[key], value) for key, value in was.items()):
        raise ValueError(current.id)
    return evolve(current, **values)
