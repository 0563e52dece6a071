"""Source: the bytes of a file, read only after it is known to be a plain file of bearable size."""

from __future__ import annotations

import dataclasses
import os
import stat
from pathlib import Path

from capmap.errors import InputError

MEGABYTE = 2**20
FILE_LIMIT = 20 * MEGABYTE
BOX_LIMIT = 120_000
CELLS_LIMIT = 3_000_000
COLUMN_LIMIT = 200
CELL_LIMIT = 1_000_000
"""Characters in one cell; more is a missing quotation mark or an attack."""


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """What is read: the name that sentences give it (empty for pasted text), its suffix in lower case, its bytes."""

    name: str
    suffix: str
    data: bytes


def read_source(path: Path) -> Source:
    """The file's bytes. Raises InputError for what is missing, not a plain file, empty, or larger than 20 MB."""
    try:
        # A pipe would block in open, so the kind of file is asked before.
        kind = path.stat()
        if stat.S_ISDIR(kind.st_mode):
            raise InputError("this is a folder; name a file in it.", source=str(path))
        if not stat.S_ISREG(kind.st_mode):
            raise InputError("this is not a plain file, so it cannot be read.", source=str(path))
        with path.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size > FILE_LIMIT:
                raise _too_large(path)
            data = stream.read(FILE_LIMIT + 1)
    except FileNotFoundError:
        raise InputError("there is no such file.", source=str(path)) from None
    except PermissionError:
        raise InputError("you are not allowed to read this file.", source=str(path)) from None
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else "its name is not valid"
        raise InputError(f"the file cannot be read ({reason}).", source=str(path)) from None
    if len(data) > FILE_LIMIT:
        raise _too_large(path)
    if not data.strip():
        raise InputError("the file is empty.", source=path.name)
    return Source(path.name, path.suffix.lower(), data)


def too_many_cells(source: str) -> InputError:
    """What is said of a table with more cells than can be held."""
    return InputError(f"the table has more than {CELLS_LIMIT:,} cells; leave out what is not needed.", source=source)


def _too_large(path: Path) -> InputError:
    return InputError(
        f"the file is larger than {FILE_LIMIT // MEGABYTE} MB; split it or leave out what is no list of capabilities.",
        source=path.name,
    )
