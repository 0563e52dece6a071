"""Recent: the maps that were open last, the newest first, pinned ones before all."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path

from PySide6.QtCore import QSettings

_KEY = "recent/files"
LIMIT = 10


@dataclasses.dataclass(frozen=True, slots=True)
class RecentFile:
    """A map that was open: where it is, its title, when it was shown last (ISO 8601, UTC), whether it is pinned."""

    path: Path
    title: str = ""
    at: str = ""
    pinned: bool = False

    @property
    def is_there(self) -> bool:
        """Whether the file can still be found."""
        try:
            return self.path.is_file()
        except OSError:
            return False


class RecentFiles:
    """The list as kept in the settings. Pinned files never fall out of it."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def files(self) -> list[RecentFile]:
        """Pinned files first, then the others, each the newest first."""
        return sorted(self._read(), key=lambda file: not file.pinned)

    def last(self) -> RecentFile | None:
        """The map that was shown last, if it is still there."""
        return next((file for file in self._read() if file.is_there), None)

    def note(self, path: Path, title: str) -> None:
        """This map is open now."""
        known = self._read()
        pinned = any(file.pinned for file in known if file.path == path)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        self._write([RecentFile(path, title, now, pinned), *(file for file in known if file.path != path)])

    def forget(self, path: Path) -> None:
        """Take a file out of the list; the file itself stays."""
        self._write([file for file in self._read() if file.path != path])

    def pin(self, path: Path, pinned: bool) -> None:
        """Keep a file at the top, or let it go with the others."""
        self._write([dataclasses.replace(file, pinned=pinned) if file.path == path else file for file in self._read()])

    def _read(self) -> list[RecentFile]:
        try:
            told = json.loads(str(self._settings.value(_KEY, "[]")))
            return [
                RecentFile(Path(str(item["path"])), str(item["title"]), str(item["at"]), bool(item["pinned"]))
                for item in told
            ]
        except (ValueError, KeyError, TypeError):
            return []

    def _write(self, files: list[RecentFile]) -> None:
        free = [file for file in files if not file.pinned][: max(LIMIT - sum(file.pinned for file in files), 1)]
        kept = [file for file in files if file.pinned or file in free]
        told = [{"path": str(file.path), "title": file.title, "at": file.at, "pinned": file.pinned} for file in kept]
        self._settings.setValue(_KEY, json.dumps(told))
