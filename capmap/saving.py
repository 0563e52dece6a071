"""Saving: a finished file takes the place of the old one in one step, or the old one stays as it was."""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from capmap.errors import OutputError


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """A file to write that becomes ``target`` when the block ends well. Raises OutputError in one sentence."""
    try:
        with _opened(target) as file:
            yield file
    except (OSError, ValueError) as problem:
        raise OutputError(f"CapMap cannot write {target}: {_reason(problem)}.") from problem


@contextlib.contextmanager
def _opened(target: Path) -> Iterator[BinaryIO]:
    if target.exists() and not target.is_file():
        # A device such as /dev/stdout is written to, not replaced; a folder says that it is one.
        with target.open("wb") as file:
            yield file
        return
    final = target.resolve()
    temporary = final.with_name(f".capmap-{uuid.uuid4().hex}.tmp")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if final.exists():
            shutil.copymode(final, temporary)
        os.replace(temporary, final)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _reason(problem: OSError | ValueError) -> str:
    if isinstance(problem, ValueError):
        return "its name is not valid"
    if isinstance(problem, FileNotFoundError):
        return "there is no such folder"
    if isinstance(problem, IsADirectoryError):
        return "it is a folder"
    if isinstance(problem, PermissionError):
        return "you may not write there, or another program has it open"
    return (problem.strerror or "the disk refuses it").lower()
