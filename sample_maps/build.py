"""Build the sample maps: read the tables of each folder here and write a .capmap file of the same name beside it.

    python sample_maps/build.py [NAME ...]      all maps, or those named

A file that holds what its tables say already is left as it is. The ids of the records are made from their codes and
names, so that a map built twice is the same map.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import os
import sys
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from capmap.document import Document, opened  # noqa: E402 (found beside this folder, installed or not)
from capmap.errors import CapMapError, EditError, InputError  # noqa: E402
from capmap.model import rules  # noqa: E402
from capmap.model.map import Map  # noqa: E402
from capmap.model.records import (  # noqa: E402
    CLASS_OF,
    LINK_ENDS,
    SETTINGS_ID,
    Record,
    field_table,
    make,
)

_SPACE = uuid.UUID("0b6a3f5e-54f1-4d0e-8f0c-6f2f6d2a9c11")
"""Where the names of sample records live, in the sense of RFC 9562's name-based ids."""

_TABLES = {
    "provider": "providers.csv",
    "unit": "units.csv",
    "capability": "capabilities.csv",
    "service": "services.csv",
    "project": "projects.csv",
    "objective": "objectives.csv",
    "demand": "demands.csv",
    "link": "links.csv",
}
"""The file of each kind of record, each after those that it refers to. All but the capabilities may be missing."""

_CODED = ("capability", "service", "project")
"""Kinds that other tables name by their code; the rest are named by their name."""


@dataclasses.dataclass(frozen=True)
class Line:
    """One line of a table: its cells by column, and where it stands."""

    file: str
    number: int
    cells: dict[str, str]

    def wrong(self, sentence: str) -> InputError:
        """The error that says what is wrong on this line."""
        return InputError(sentence, source=self.file, place=f"row {self.number}")


class Tables:
    """The tables of one folder, turned into records. ``records`` reads all; raises InputError that names the row."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ids: dict[str, dict[str, str]] = {kind: {} for kind in CLASS_OF}

    def records(self) -> list[Record]:
        """Every record of the map, settings first, capabilities in reading order."""
        records: list[Record] = [self._settings()]
        for kind, file in _TABLES.items():
            if kind == "capability" or (self._folder / file).exists():
                records += self._of_kind(kind, file)
        problems = rules.check(Map(records))
        if problems:
            raise InputError(problems[0].sentence, source=self._folder.name)
        return records

    def _settings(self) -> Record:
        known = field_table("settings")
        values: dict[str, str] = {}
        for line in self._lines("map.csv", {"field", "value"}):
            field = line.cells["field"]
            if field not in known or field in values:
                raise line.wrong(f"{field!r} is not a setting of a map, or stands here twice.")
            values[field] = line.cells["value"]
        return make(CLASS_OF["settings"], id=SETTINGS_ID, **values)

    def _of_kind(self, kind: str, file: str) -> Iterator[Record]:
        record_class = CLASS_OF[kind]
        columns = set(field_table(kind)) - {"id", "parent", "position", "extra"}
        places: dict[str | None, int] = {}
        lines = list(self._lines(file, columns))
        identities = [self._identity(line, kind) for line in lines]
        for line, identity in zip(lines, identities, strict=True):
            values = {column: self._value(line, kind, column) for column in line.cells}
            values["id"] = identity
            if kind == "capability":
                values["parent"] = parent = self._parent(line)
                values["position"] = places.setdefault(parent, 0)
                places[parent] += 1
            try:
                yield make(record_class, **values)
            except EditError as refused:
                raise line.wrong(str(refused)) from None

    def _identity(self, line: Line, kind: str) -> str:
        """The id of the line's record, noted under the name by which other tables call it."""
        if kind == "link":
            key = "/".join(line.cells[column] for column in ("type", "source", "target"))
        else:
            key = line.cells.get("code" if kind in _CODED else "name", "")
        if not key:
            raise line.wrong(f"A {kind} needs a {'code' if kind in _CODED else 'name'}.")
        if key in self._ids[kind]:
            raise line.wrong(f"{key!r} stands here twice.")
        made = uuid.uuid5(_SPACE, f"{self._folder.name}/{kind}/{key}").hex
        self._ids[kind][key] = made
        return made

    def _parent(self, line: Line) -> str | None:
        """The capability whose code is this one's without its last part; None for a code of one part."""
        above = line.cells["code"].rpartition(".")[0]
        return self._id_of(line, "capability", above) if above else None

    def _id_of(self, line: Line, kind: str, key: str) -> str:
        if key not in self._ids[kind]:
            raise line.wrong(f"There is no {kind} {key!r}.")
        return self._ids[kind][key]

    def _value(self, line: Line, kind: str, column: str) -> Any:
        cell, field = line.cells[column], field_table(kind)[column]
        if not cell:
            return None
        if field.type == "ref":
            return self._id_of(line, self._kind_referred_to(line, kind, column), cell)
        convert = _CONVERSIONS.get(field.type)
        try:
            return convert(cell) if convert else cell
        except (ValueError, ArithmeticError):
            raise line.wrong(f"{field.label} must be a number, not {cell!r}.") from None

    def _kind_referred_to(self, line: Line, kind: str, column: str) -> str:
        if kind != "link":
            return field_table(kind)[column].refers_to
        ends = LINK_ENDS.get(line.cells["type"])
        if ends is None:
            raise line.wrong(f"A link is one of {', '.join(LINK_ENDS)}, not {line.cells['type']!r}.")
        return ends[0] if column == "source" else ends[1]

    def _lines(self, file: str, columns: set[str]) -> Iterator[Line]:
        """The lines of a table whose columns must be among these; lines are numbered as a spreadsheet does."""
        place = f"{self._folder.name}/{file}"
        try:
            with (self._folder / file).open(encoding="utf-8-sig", newline="") as opened_file:
                rows = list(csv.reader(opened_file, strict=True))
        except (OSError, UnicodeDecodeError, csv.Error) as refused:
            raise InputError(f"The table cannot be read: {refused}.", source=place) from None
        header = rows[0] if rows else []
        unknown = [name for name in header if name not in columns]
        if unknown or len(set(header)) != len(header):
            raise InputError(f"The columns must differ and be among {', '.join(sorted(columns))}.", source=place)
        for number, row in enumerate(rows[1:], 2):
            line = Line(place, number, dict(zip(header, (cell.strip() for cell in row), strict=False)))
            if len(row) != len(header):
                raise line.wrong(f"The row has {len(row)} cells; the table has {len(header)} columns.")
            yield line


def _cents(cell: str) -> int:
    cents = Decimal(cell) * 100
    if cents != cents.to_integral_value():
        raise ValueError
    return int(cents)


def _words(cell: str) -> list[str]:
    return [word for part in cell.split(";") if (word := part.strip())]


_CONVERSIONS: dict[str, Callable[[str], Any]] = {
    "score": int,
    "integer": int,
    "number": float,
    "percent": float,
    "money": _cents,
    "words": _words,
}


def names() -> list[str]:
    """The names of all sample maps: the folders here that hold a map.csv."""
    return sorted(path.parent.name for path in HERE.glob("*/map.csv"))


def read(name: str) -> list[Record]:
    """The records of a sample map as its tables give them. Raises InputError that names the file and the row."""
    return Tables(HERE / name).records()


def is_built(name: str, records: list[Record]) -> bool:
    """Whether the map's file holds just these records."""
    path = HERE / f"{name}.capmap"
    if not path.exists():
        return False
    with opened(path, read_only=True) as document:
        return {record.id: record for record in document.map} == {record.id: record for record in records}


def build(name: str) -> bool:
    """Write the map's file if it does not hold what the tables say; returns whether it was written."""
    records = read(name)
    if is_built(name, records):
        return False
    fresh = HERE / f".{name}.fresh.capmap"
    fresh.unlink(missing_ok=True)
    Document.create(fresh, records, "Sample map").close()
    os.replace(fresh, HERE / f"{name}.capmap")
    return True


def main() -> int:
    """Build the maps that the command line names, or all; returns the exit status."""
    parser = argparse.ArgumentParser(description="Build the sample maps from their tables.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names()))
    try:
        for name in parser.parse_args().names or names():
            if name not in names():
                raise InputError(f"There is no sample map called {name}. There are {', '.join(names())}.")
            sys.stdout.write(f"{name}: {'built' if build(name) else 'up to date'}\n")
    except CapMapError as problem:
        sys.stderr.write(f"{problem}\n")
        return problem.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
