"""Guard: a connection to a map file that may come from a stranger, opened so that nothing in it can run or hang."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from capmap.errors import MapFileError

APPLICATION_ID = 0x434D6170
"""The letters "CMap", by which file(1) knows a map."""

SCHEMA_VERSION = 2
READING_SECONDS = 30.0
"""No map of 100,000 boxes takes a tenth of it; a file that does was made to."""

FINGERPRINTS = {
    1: "b6848f344e009c193ea0eeafbabd31b4034c9e27aaf3c58a2dc9bde399bc35be",
    2: "c5d5ed8628aaa3475063de98dd7eb4a9eed4032a287a48621df2387844ed61e9",
}
"""Every version of the schema by the ``fingerprint`` of the files that CapMap made of it. None of them ever changes."""

_PRAGMAS = ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "foreign_keys=ON", "synchronous=FULL")


def schema() -> str:
    """The SQL that makes an empty map file."""
    # An open needs only the fingerprint.
    from importlib.resources import files

    return files("capmap.storage").joinpath("schema.sql").read_text(encoding="utf-8")


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A guarded connection that alters no record.

    Where the file may be written it is opened for writing all the same: only so can SQLite finish or take back what a
    killed process left half done.
    """
    may_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    connection = connect(path, "rw" if may_write else "ro")
    connection.execute("PRAGMA query_only=ON")
    return connection


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A guarded connection; ``mode`` is "ro", "rw" or "rwc" as in SQLite's URIs. Nothing is read yet."""
    # The window opens big files in a thread of their own and goes on with the connection in the first.
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=2.0, check_same_thread=False
    )
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1_000_000_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 10)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def deadline(connection: sqlite3.Connection, seconds: float = READING_SECONDS) -> Iterator[None]:
    """Stop any statement that still runs after so many seconds."""
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, 20_000)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def inspect(connection: sqlite3.Connection, *, thorough: bool = True) -> int:
    """Refuse what is not a sound map file of this version or an earlier one, before any of its tables is read.

    ``thorough`` has SQLite look at every page and every check of every row. Returns the version. Raises MapFileError.
    """
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    if application_id != APPLICATION_ID:
        raise MapFileError("This is a database of another program, not a map.")
    version = version_of(connection)
    if version > SCHEMA_VERSION:
        raise MapFileError("This map was written by a newer CapMap. Update CapMap to open it.")
    if fingerprint(connection) != FINGERPRINTS.get(version):
        raise MapFileError("This map holds tables, views or triggers that CapMap did not make, so it is not opened.")
    if thorough:
        finding = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if finding != "ok":
            raise MapFileError(
                f"This map is damaged ({finding}). Mend it with: capmap check FILE --repair, or open a backup."
            )
    return version


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the schema that the file says it has."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def fingerprint(connection: sqlite3.Connection) -> str:
    """A digest of everything that stands in the schema of the open file, to the letter."""
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")
    objects = sorted((kind, name, sql) for kind, name, sql in rows if not (kind == "index" and not sql))
    return hashlib.sha256(repr(objects).encode("utf-8", "replace")).hexdigest()
