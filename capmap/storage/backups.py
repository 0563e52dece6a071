"""Backups: dated copies of a map, kept apart from it, thinned out as they age."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

FULL_DAYS = 2
"""Every backup of these last days is kept; then the last one of each of so many days, weeks and months."""
DAILY, WEEKLY, MONTHLY = 12, 10, 9
_STAMP = "%Y-%m-%dT%H%M%SZ"


def folder_of(path: Path) -> Path:
    """Where the backups of a map lie: in the user's own data folder, so that losing the map's folder does not lose
    them.
    """
    import platformdirs

    digest = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
    return Path(platformdirs.user_data_dir("CapMap", appauthor=False)) / "backups" / f"{path.stem[:60]}-{digest}"


def back_up(connection: sqlite3.Connection, path: Path, now: dt.datetime) -> Path:
    """Copy the map to its backup folder and thin that out. Returns the copy. Raises OSError or sqlite3.Error."""
    folder = folder_of(path)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{now.strftime(_STAMP)}.capmap"
    copy(connection, target)
    taken = {file: moment for file in folder.glob("*.capmap") if (moment := _moment(file)) is not None}
    wanted = kept(taken.values(), now)
    for file, moment in taken.items():
        if moment not in wanted:
            with contextlib.suppress(OSError):
                file.unlink()
    return target


def backups_of(path: Path) -> list[Path]:
    """The backups of a map, the newest first."""
    return sorted(folder_of(path).glob("*.capmap"), reverse=True)


def kept(moments: Iterable[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
    """Which of these backups to keep: all of the last days, then the newest of each day, week and month, so many of
    each.
    """
    ordered = sorted(moments, reverse=True)
    wanted = {moment for moment in ordered if now - moment < dt.timedelta(days=FULL_DAYS)}
    for count, period in ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        newest: dict[str, dt.datetime] = {}
        for moment in ordered:
            newest.setdefault(moment.strftime(period), moment)
        wanted.update(list(newest.values())[:count])
    return wanted


def copy(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the open database to a file, whole or not at all. Raises OSError or sqlite3.Error."""
    temporary = target.with_name(f".capmap-{uuid4().hex}.tmp")
    try:
        other = sqlite3.connect(temporary)
        try:
            connection.backup(other)
        finally:
            other.close()
        os.replace(temporary, target)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _moment(file: Path) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(file.stem, _STAMP).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
