"""Migrations: the numbered steps by which a map file of an earlier version becomes one of this version."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Mapping, Sequence

from capmap.errors import MapFileError
from capmap.storage import guard

STEPS: Mapping[int, Sequence[str]] = {
    1: (
        """CREATE TABLE kept_layout (
\t"key" TEXT NOT NULL,
\tmade_for TEXT NOT NULL,
\tlayout BLOB NOT NULL,
\tPRIMARY KEY ("key"),
\tCHECK (length("key") between 1 and 100),
\tCHECK (length(made_for) <= 100),
\tCHECK (length(layout) <= 50000000)
)
 STRICT""",
    ),
}
"""Version -> the statements that make the next version of it. A step that was released is never altered."""


def bring_up(connection: sqlite3.Connection) -> None:
    """Make the open file one of this version, in one transaction: all of it or nothing.

    The connection must be open for writing and its file inspected. Raises sqlite3.Error, or MapFileError where the
    outcome is not the schema of this version; the file is then what it was.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = guard.version_of(connection)
        while version < guard.SCHEMA_VERSION:
            for statement in STEPS[version]:
                connection.execute(statement)
            version += 1
            connection.execute(f"PRAGMA user_version={version}")
        if guard.fingerprint(connection) != guard.FINGERPRINTS[version]:
            raise MapFileError("This map could not be made one of this version of CapMap.")
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
