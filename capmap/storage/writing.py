"""Writing: a change goes into the file in one transaction, through SQLAlchemy Core on the SQLModel tables."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, create_engine, delete, event, insert, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from capmap.errors import NotSaved
from capmap.model.change import Change
from capmap.model.records import RECORD_CLASSES, Record, fields_of
from capmap.storage.codec import encoded, row_of
from capmap.storage.tables import JOURNAL, META, TABLES


def engine_on(connection: sqlite3.Connection) -> Engine:
    """An engine that writes through this one connection and no other.

    A second way into an open file would drop its locks when it is closed (SQLite, "How to corrupt your database
    files").
    """
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(started: Connection) -> None:
        started.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """All of the block or nothing of it. Raises NotSaved with the reason in a sentence."""
    try:
        with engine.begin() as connection:
            yield connection
    except (SQLAlchemyError, sqlite3.Error, OSError) as refused:
        raise NotSaved(reason_of(refused)) from refused


def reason_of(refused: Exception) -> str:
    """Why the disk or the database refused, in a sentence."""
    words = str(getattr(refused, "orig", None) or refused)
    code = getattr(refused, "errno", None)
    if "full" in words or code == errno.ENOSPC:
        return "The disk is full. The last edit is not saved; make room and do it again."
    if "readonly" in words or "read-only" in words:
        return "The file cannot be written to. The last edit is not saved."
    if "locked" in words:
        return "Another program holds the file. The last edit is not saved; try again."
    if "constraint failed" in words:
        return "The edit does not fit the rules of the map file and is not saved."
    return f"The disk refused the edit ({words}). It is not saved."


def write_records(connection: Connection, change: Change) -> None:
    """Put the rows of a change into their tables, grouped so that SQLite sees few statements."""
    inserts: dict[str, list[dict[str, Any]]] = {}
    deletes: dict[str, list[dict[str, Any]]] = {}
    updates: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = {}
    for record_id, old in change.before.items():
        new = change.after[record_id]
        if old is None and new is not None:
            inserts.setdefault(new.kind, []).append(row_of(new))
        elif old is not None and new is None:
            deletes.setdefault(old.kind, []).append({"record_id": record_id})
        elif old is not None and new is not None:
            values = _differing(old, new)
            updates.setdefault((new.kind, tuple(values)), []).append({"record_id": record_id, **values})
    for kind, rows in deletes.items():
        connection.execute(delete(TABLES[kind]).where(TABLES[kind].c.id == bindparam("record_id")), rows)
    for kind in (record_class.kind for record_class in RECORD_CLASSES):
        if kind in inserts:
            connection.execute(insert(TABLES[kind]), inserts[kind])
    for (kind, names), rows in updates.items():
        statement = update(TABLES[kind]).where(TABLES[kind].c.id == bindparam("record_id"))
        connection.execute(statement.values({name: bindparam(f"new_{name}") for name in names}), _renamed(rows))


def _renamed(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with keys that cannot be mistaken for the columns of the statement."""
    return [{key if key == "record_id" else f"new_{key}": value for key, value in row.items()} for row in rows]


def _differing(old: Record, new: Record) -> dict[str, Any]:
    return {
        field.name: encoded(field, getattr(new, field.name))
        for field in fields_of(new.kind)
        if getattr(old, field.name) != getattr(new, field.name)
    }


def write_event(
    connection: Connection, seq: int, at: str, action: str, entry: int, text: str, payload: bytes | None
) -> None:
    """Add an event to the journal."""
    values = {"seq": seq, "at": at, "action": action, "entry": entry, "text": text[:1000], "payload": payload}
    connection.execute(insert(JOURNAL), [values])


def rewrite_event(connection: Connection, seq: int, at: str, text: str, payload: bytes) -> None:
    """Put a grown step in the place of the one it grew from."""
    statement = update(JOURNAL).where(JOURNAL.c.seq == bindparam("which"))
    statement = statement.values(at=bindparam("new_at"), text=bindparam("new_text"), payload=bindparam("new_payload"))
    connection.execute(statement, [{"which": seq, "new_at": at, "new_text": text[:1000], "new_payload": payload}])


def remove_event(connection: Connection, seq: int) -> None:
    """Take a step out of the journal that came to nothing."""
    connection.execute(delete(JOURNAL).where(JOURNAL.c.seq == bindparam("which")), [{"which": seq}])


def write_meta(connection: Connection, values: dict[str, str]) -> None:
    """Note facts about the file itself."""
    connection.execute(insert(META), [{"key": key, "value": value} for key, value in values.items()])
