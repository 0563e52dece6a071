"""Lock: who has a map open for editing, told by a small file beside it that the operating system frees with its
process.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
from pathlib import Path
from typing import IO, Any


class EditLock:
    """The right to edit a map. ``acquire`` returns an empty text, or a sentence that says who has it."""

    def __init__(self, path: Path) -> None:
        self._lock_path = path.with_name(f".~{path.name}.lock")
        self._file: IO[str] | None = None

    def acquire(self) -> str:
        """Try to take the lock; says why not in a sentence."""
        import portalocker

        try:
            file = self._lock_path.open("a+", encoding="utf-8")
        except OSError:
            return "The folder of this map cannot be written to, so the map is open for reading only."
        try:
            portalocker.lock(file, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
        except (portalocker.LockException, OSError):
            reason = f"{_owner(file)} has this map open for editing, so it is open for reading only here."
            file.close()
            return reason
        file.truncate(0)
        file.write(json.dumps(_this_process()))
        file.flush()
        self._file = file
        return ""

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self._lock_path.unlink()
        self._file.close()
        self._file = None


def _this_process() -> dict[str, Any]:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = ""
    return {"user": user, "host": socket.gethostname(), "process": os.getpid()}


def _owner(file: IO[str]) -> str:
    """Who holds the lock, as far as its file tells."""
    try:
        file.seek(0)
        told = json.loads(file.read(10_000))
        user, host, process = str(told["user"])[:80], str(told["host"])[:80], int(told["process"])
    except (OSError, ValueError, KeyError, TypeError):
        return "Another program"
    if host == socket.gethostname():
        return "This CapMap" if process == os.getpid() else "Another CapMap on this computer"
    return f"{user} on {host}" if user else f"CapMap on {host}"
