"""The tree of errors a user can meet; each carries one sentence that says what is wrong, where, and what to do.

CapMapError
├── UsageError         the command was given wrong words                    (exit status 2)
├── InputError         a file or text that cannot be read                   (exit status 3)
│   ├── MapFileError   a .capmap file that is damaged, foreign or too new
│   └── MapInUse       another program has the map open for editing
├── OutputError        a file that cannot be written                        (exit status 4)
├── NotSaved           an edit that the disk refused; nothing has changed   (exit status 4)
└── EditError          an edit that the rules of the model forbid           (exit status 2)
    └── ValueRefused   a value that does not fit its field
"""

from __future__ import annotations


class CapMapError(Exception):
    """Anything that is said to a user in one sentence instead of a traceback."""

    exit_status = 1


class UsageError(CapMapError):
    """The command line was given words it does not know."""

    exit_status = 2


class InputError(CapMapError):
    """A source that cannot be read: a file, a sheet, a row, pasted text.

    ``source`` names the file and ``place`` the spot inside it ("sheet Services, row 12"), either may be empty.
    """

    exit_status = 3

    def __init__(self, message: str, *, source: str = "", place: str = "") -> None:
        self.message = " ".join(message.split())
        self.source = source
        self.place = place
        where = ", ".join(part for part in (source, place) if part)
        super().__init__(f"{where}: {self.message}" if where else self.message)


class MapFileError(InputError):
    """A .capmap file that is damaged, not a map, or written by a newer CapMap."""


class MapInUse(InputError):
    """The map is open for editing somewhere else."""


class OutputError(CapMapError):
    """A file that cannot be written."""

    exit_status = 4


class NotSaved(CapMapError):
    """The disk refused an edit. The map in memory is what it was before."""

    exit_status = 4


class EditError(CapMapError):
    """An edit that would break a rule of the model, such as moving a box into itself."""

    exit_status = 2


class ValueRefused(EditError):
    """A value that does not fit its field, such as a score of 7."""
