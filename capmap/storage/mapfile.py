"""MapFile: one map on disk, opened by one connection, read whole and written one transaction an edit."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from capmap import __version__
from capmap.errors import EditError, InputError, MapFileError, NotSaved, OutputError
from capmap.model import rules
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import RECORD_CLASSES, SETTINGS_ID, Record, make
from capmap.model.records import Settings as MapSettings
from capmap.storage import backups, codec, guard, migrations
from capmap.storage.journal import Journal, Step
from capmap.storage.lock import EditLock

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SUFFIX = ".capmap"


class MapFile:
    """An open map file. Made by ``open`` and ``create``; the Document is its only user."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: EditLock, why_read_only: str, version: int
    ) -> None:
        self.path = path
        self.why_read_only = why_read_only
        self.journal = Journal()
        self.kept_layout: tuple[str, bytes] | None = None
        """How the map was arranged when it was seen last: what that was made for, and the arrangement itself."""
        self._version = version
        self._connection = connection
        self._lock = lock
        self._engine: Engine | None = None
        self._identity = _identity(path)
        self._open_step: Change | None = None
        self._edited = False

    # -- open and close ------------------------------------------------------------------------------

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> MapFile:
        """Open a map file, for editing if nobody else edits it. Raises MapFileError or InputError in one sentence."""
        path = _require_regular(path)
        lock = EditLock(path)
        reason = "This map was opened for reading only." if read_only else _why_not_write(path) or lock.acquire()
        connection: sqlite3.Connection | None = None
        try:
            with _told(path):
                connection = guard.connect_to_read(path) if reason else guard.connect(path, "rw")
                if not reason:
                    connection.execute("PRAGMA journal_mode=DELETE")
                with guard.deadline(connection):
                    version = guard.inspect(connection)
            return cls(path, connection, lock, reason, version)
        except BaseException:
            if connection is not None:
                connection.close()
            lock.release()
            raise

    @classmethod
    def create(cls, path: Path, records: Iterable[Record] = (), text: str = "New map") -> MapFile:
        """A new map file with these records, written beside the target and then named, so that it is whole or not
        there.

        Raises OutputError if something stands there already or the place cannot be written to.
        """
        if path.exists():
            raise OutputError(f"{path.name} is there already. Choose another name, or open it.")
        whole = Map(records)
        if SETTINGS_ID not in whole:
            whole = Map([make(MapSettings, id=SETTINGS_ID, title=path.stem[:200]), *whole])
        problems = rules.check(whole)
        if problems:
            raise EditError(problems[0].sentence)
        temporary = path.with_name(f".capmap-{uuid4().hex}.tmp")
        try:
            _write_new(temporary, whole, text)
            os.replace(temporary, path)
        except (OSError, sqlite3.Error, NotSaved) as refused:
            raise OutputError(f"{path} cannot be written: {refused}") from refused
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        return cls.open(path)

    def close(self) -> None:
        """Close the file, with a backup if it was edited. Closing twice does no harm."""
        if not self.why_read_only:
            if self._edited:
                with contextlib.suppress(OSError, sqlite3.Error):
                    backups.back_up(self._connection, self.path, dt.datetime.now(dt.UTC))
            self.why_read_only = "This map is closed."
        if self._engine is not None:
            self._engine.dispose()
        self._connection.close()
        self._lock.release()

    # -- read ----------------------------------------------------------------------------------------

    def load(self) -> Map:
        """All records, each checked, and the journal. Raises MapFileError that names the bad row."""
        with _told(self.path), guard.deadline(self._connection):
            self._connection.execute("BEGIN")
            try:
                loaded = Map(self._records())
                events = self._connection.execute("SELECT seq, at, action, entry, text FROM journal ORDER BY seq")
                self.journal = Journal(events)
                if self._version > 1:
                    kept = self._connection.execute("SELECT made_for, layout FROM kept_layout WHERE key = 'whole'")
                    self.kept_layout = kept.fetchone()
            finally:
                self._connection.execute("ROLLBACK")
            problems = rules.structure_problems(loaded)
            if problems:
                raise MapFileError(f"{problems[0].sentence} Mend the map with: capmap check FILE --repair")
        return loaded

    def bring_up(self) -> None:
        """Make a file of an earlier version one of this, with a backup of it as it was, if it may be written.

        Where the disk refuses, the file stays as it is and the map is open for reading only.
        """
        if self.why_read_only or self._version == guard.SCHEMA_VERSION:
            return
        try:
            backups.back_up(self._connection, self.path, dt.datetime.now(dt.UTC))
            migrations.bring_up(self._connection)
        except (OSError, sqlite3.Error, MapFileError) as refused:
            self.why_read_only = (
                f"This map was made by an earlier CapMap and cannot be brought up to this one here ({refused}), so it "
                "is open for reading only."
            )
        else:
            self._version = guard.SCHEMA_VERSION

    def _records(self) -> Iterator[Record]:
        for record_class in RECORD_CLASSES:
            names = ", ".join(f'"{name}"' for name in codec.columns(record_class.kind))
            rows = self._connection.execute(f'SELECT {names} FROM "{record_class.kind}" ORDER BY rowid')
            yield from codec.records_of(record_class.kind, rows)

    # -- write ---------------------------------------------------------------------------------------

    def write_edit(self, change: Change, merge: str = "") -> None:
        """Put an edit and its journal entry on disk in one transaction. Raises NotSaved; then nothing has changed."""
        from capmap.storage import writing

        journal, now = self.journal, _now()
        if journal.may_merge(merge) and self._open_step is not None:
            step, seq = self._open_step.squash(change), journal.last
            with self._transaction() as connection:
                writing.write_records(connection, change)
                if step.is_empty:
                    writing.remove_event(connection, seq)
                else:
                    writing.rewrite_event(connection, seq, now, step.text, codec.pack(step))
            if step.is_empty:
                journal.forget(seq)
                journal.end_merge()
            else:
                journal.reword(seq, now, step.text)
        else:
            step, seq = change, journal.last + 1
            with self._transaction() as connection:
                writing.write_records(connection, change)
                writing.write_event(connection, seq, now, "edit", seq, change.text, codec.pack(change))
            journal.record(seq, now, "edit", seq, change.text)
            journal.merge = merge
        self._open_step = step
        self._edited = True

    def undo(self, current: Map) -> Change | None:
        """Take the last step back on disk and return the change to apply, or None. Raises NotSaved or MapFileError."""
        return self._travel(current, "undo", self.journal.next_undo)

    def redo(self, current: Map) -> Change | None:
        """Do the step taken back last again on disk and return the change to apply, or None."""
        return self._travel(current, "redo", self.journal.next_redo)

    def _travel(self, current: Map, action: str, step: Step | None) -> Change | None:
        from capmap.storage import writing

        if step is None:
            return None
        with _told(self.path):
            row = self._connection.execute("SELECT payload FROM journal WHERE seq = ?", (step.seq,)).fetchone()
        payload = row[0] if row and row[0] else b""
        change = codec.unpack(payload, step.text, current, inverse=action == "undo")
        now, seq = _now(), self.journal.last + 1
        with self._transaction() as connection:
            writing.write_records(connection, change)
            writing.write_event(connection, seq, now, action, step.seq, step.text, None)
        self.journal.record(seq, now, action, step.seq, step.text)
        self.journal.end_merge()
        self._edited = True
        return change

    def keep_layout(self, made_for: str, layout: bytes) -> None:
        """Keep how the map is arranged, beside the map: no edit, no step of its history. Raises NotSaved."""
        self._require_in_place()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                values = ("whole", made_for, layout)
                self._connection.execute("INSERT OR REPLACE INTO kept_layout VALUES (?, ?, ?)", values)
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as refused:
            raise NotSaved(f"The arrangement of the map is not kept ({refused}); the map itself is saved.") from refused
        self.kept_layout = made_for, layout

    def _require_in_place(self) -> None:
        if _identity(self.path) != self._identity:
            raise NotSaved("The file was moved, replaced or deleted while open. Save a copy under another name.")

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Connection]:
        from capmap.storage import writing

        self._require_in_place()
        if self._engine is None:
            self._engine = writing.engine_on(self._connection)
        with writing.transaction(self._engine) as connection:
            yield connection

    def copy_to(self, target: Path) -> None:
        """Write a copy of the file, with its history, by SQLite's own backup. Raises OutputError."""
        try:
            backups.copy(self._connection, target)
        except (OSError, sqlite3.Error) as refused:
            raise OutputError(f"{target} cannot be written: {refused}") from refused


def _write_new(path: Path, whole: Map, text: str) -> None:
    from capmap.storage import writing

    connection = guard.connect(path, "rwc")
    try:
        connection.execute(f"PRAGMA application_id={guard.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={guard.SCHEMA_VERSION}")
        connection.executescript(guard.schema())
        engine = writing.engine_on(connection)
        with writing.transaction(engine) as started:
            writing.write_records(started, Change.of(text, Map(), whole))
            writing.write_meta(started, {"created": _now(), "made_by": f"CapMap {__version__}", "made_from": text})
        engine.dispose()
    finally:
        connection.close()


def _require_regular(path: Path) -> Path:
    """The file itself, links followed. Raises InputError where there is none."""
    try:
        real = path.resolve(strict=True)
        kind = real.stat().st_mode
    except FileNotFoundError:
        raise InputError("There is no such file.", source=str(path)) from None
    except (OSError, RuntimeError) as refused:
        raise InputError(f"The file cannot be opened ({refused}).", source=str(path)) from None
    if not stat.S_ISREG(kind):
        raise InputError("This is not a file.", source=str(path))
    return real


def _why_not_write(path: Path) -> str:
    if not os.access(path, os.W_OK):
        return "The file is write-protected, so the map is open for reading only."
    if not os.access(path.parent, os.W_OK):
        return "The folder of this map cannot be written to, so the map is open for reading only."
    if path.stat().st_nlink > 1:
        return "This file has a second name (a hard link), so the map is open for reading only. Save a copy to edit it."
    return ""


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Whatever SQLite finds wrong while reading, said as one sentence about this file."""
    try:
        yield
    except MapFileError as found:
        raise MapFileError(found.message, source=found.source or path.name, place=found.place) from None
    except (sqlite3.Error, UnicodeDecodeError, OverflowError) as found:
        words = str(found)
        if "not a database" in words:
            sentence = "This is not a map file."
        elif "interrupted" in words:
            sentence = "Reading this file took too long, so it is not opened."
        elif "unable to open" in words or "readonly" in words:
            sentence = (
                "The file cannot be opened here; copy it with its -journal file to a folder that can be written to."
            )
        else:
            sentence = f"This map is damaged ({words}). Mend it with: capmap check FILE --repair, or open a backup."
        raise MapFileError(sentence, source=path.name) from None


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
