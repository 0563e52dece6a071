"""Repair: what is wrong with a map file, and the nearest sound file to it, the broken one kept beside."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any
from uuid import uuid4

from capmap.errors import InputError, MapFileError, OutputError
from capmap.model import rules
from capmap.model.fields import Field
from capmap.model.map import Map
from capmap.model.mending import mended
from capmap.model.records import CLASS_OF, RECORD_CLASSES, Record, fields_of
from capmap.model.rules import Problem
from capmap.storage import codec, guard
from capmap.storage.lock import EditLock
from capmap.storage.mapfile import MapFile


def findings(path: Path) -> list[Problem]:
    """Everything wrong with a map file; an empty list for a sound one. Raises InputError if it is no map at all."""
    try:
        file = MapFile.open(path, read_only=True)
        try:
            return rules.check(file.load())
        finally:
            file.close()
    except MapFileError as found:
        records, lost = _salvaged(path)
        problems = rules.check(Map(records))
        return [Problem("", found.message), *(Problem("", note) for note in lost), *problems]


def repair(path: Path, now: dt.datetime) -> tuple[Path, list[str]]:
    """Write the nearest sound map in the place of a broken file, which is kept under a dated name beside it.

    Returns where the broken file is kept and what was done. The history of the map starts anew. Raises InputError where
    nothing can be read and OutputError where nothing can be written.
    """
    lock = EditLock(path)
    reason = lock.acquire()
    if reason:
        raise InputError(reason, source=path.name)
    kept = path.with_name(f"{path.stem} damaged {now.strftime('%Y-%m-%d %H%M%S')}{path.suffix}")
    fresh = path.with_name(f".capmap-{uuid4().hex}.tmp")
    try:
        records, lost = _salvaged(path)
        if not records:
            raise InputError("Nothing in this file can be read. Open a backup.", source=path.name)
        whole, notes = mended(records)
        MapFile.create(fresh, whole, f"Mended {path.name}").close()
        shutil.copy2(path, kept)
        os.replace(fresh, path)
    except OSError as refused:
        raise OutputError(f"{path} cannot be mended here: {refused}") from refused
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        lock.release()
    return kept, [*lost, *notes]


def _salvaged(path: Path) -> tuple[list[Record], list[str]]:
    """Every record that can be read, sound or not, with a sentence for every table that breaks off."""
    try:
        with contextlib.closing(guard.connect_to_read(path)) as connection, guard.deadline(connection):
            if connection.execute("PRAGMA application_id").fetchone()[0] != guard.APPLICATION_ID:
                raise MapFileError("This is a database of another program, not a map.", source=path.name)
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            records: list[Record] = []
            lost: list[str] = []
            for record_class in RECORD_CLASSES:
                records += _salvaged_table(connection, record_class.kind, lost)
            return records, lost
    except (sqlite3.Error, UnicodeDecodeError) as found:
        raise MapFileError(
            f"This is not a map file, or nothing of it can be read ({found}).", source=path.name
        ) from None


def _salvaged_table(connection: sqlite3.Connection, kind: str, lost: list[str]) -> list[Record]:
    found: list[Record] = []
    try:
        there = {row[1] for row in connection.execute(f'PRAGMA table_info("{kind}")')}
        fields = [field for field in fields_of(kind) if field.name in there]
        if not fields:
            lost.append(f"The table {kind} is missing.")
            return found
        names = ", ".join(f'"{field.name}"' for field in fields)
        for row in connection.execute(f'SELECT {names} FROM "{kind}"'):
            values = {field.name: _value(field, value) for field, value in zip(fields, row, strict=True)}
            found.append(CLASS_OF[kind](**{**{field.name: field.empty for field in fields_of(kind)}, **values}))
    except sqlite3.Error as broken:
        lost.append(f"The table {kind} breaks off after {len(found):,} rows ({broken}); what follows is lost.")
    return found


def _value(field: Field, value: Any) -> Any:
    """The value as a record keeps it, or as it stands if it cannot be read, for the mending to judge."""
    try:
        return field.empty if value is None else codec.decoded(field, value)
    except (ValueError, TypeError, RecursionError):
        return value
