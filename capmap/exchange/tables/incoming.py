"""Incoming: what a file, or a folder of tables, brings to a map: a list of capabilities, or tables of several kinds."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from capmap.errors import InputError
from capmap.exchange import delimited, foreign_json, json_format, xlsx
from capmap.exchange.boxes import Reading
from capmap.exchange.encoding import decode
from capmap.exchange.formats import read_file, title_of, titled
from capmap.exchange.notices import Notices, quoted
from capmap.exchange.source import read_source
from capmap.exchange.table import Table, is_empty, text_of
from capmap.exchange.tables.kindwords import kinds_named
from capmap.exchange.tables.recognising import KindTable, recognised
from capmap.exchange.tabular import read_tables
from capmap.model.records import Settings, fields_of
from capmap.model.text import clean_name

README = "ReadMe"
"""The sheet of a workbook on which CapMap says what it holds, and of which map."""
_WORKBOOKS, _DELIMITED = (".xlsx", ".xlsm"), (".csv", ".tsv", ".tab")
_WRAPPED = 4


@dataclasses.dataclass(frozen=True, slots=True)
class Incoming:
    """What was found in a source: either a ``reading``, where it is a list of capabilities alone, or ``tables``.

    ``title`` is made of the name of the source. ``settings`` are those of the map that a workbook of CapMap's own was
    written from.
    """

    source: str
    reading: Reading | None = None
    tables: tuple[KindTable, ...] = ()
    settings: Mapping[str, str] = dataclasses.field(default_factory=dict)
    notices: tuple[str, ...] = ()
    title: str = ""


def incoming(path: Path, kind: str = "") -> Incoming:
    """What a file, or a folder of CSV files, brings; ``kind`` says what its rows are. Raises InputError."""
    if path.is_dir():
        return _folder(path, kind)
    suffix = path.suffix.lower()
    if suffix in _WORKBOOKS:
        return _workbook(path, kind)
    notices: tuple[str, ...] = ()
    tables: list[Table] = []
    if suffix in _DELIMITED:
        source = read_source(path)
        text, notice = decode(source.data, source.name)
        tables, notices = [delimited.table_of(text, source.name)], (notice,) if notice else ()
    elif suffix == ".json":
        source = read_source(path)
        text, _ = decode(source.data, source.name)
        value = foreign_json.parse(text, source.name)
        if not (isinstance(value, dict) and value.get("format") == json_format.FORMAT):
            tables = json_tables(value, source.name)
    known = _kinds(tables, path.stem, kind)
    if not _go_beyond(known):
        return Incoming(path.name, reading=read_file(path))
    return Incoming(path.name, tables=_kept(known), notices=notices, title=title_of(path))


def _workbook(path: Path, kind: str) -> Incoming:
    tables = xlsx.tables_of(read_source(path))
    full = [table for table in tables if any(not is_empty(cell) for row in table.rows for cell in row.cells)]
    readme = next((table for table in full if table.sheet == README), None)
    rest = [table for table in full if table is not readme]
    known = _kinds(rest, path.stem if len(rest) == 1 else "", kind)
    if not _go_beyond(known):
        return Incoming(path.name, reading=titled(read_tables(tables, None, Notices()), path))
    left = [table.table.sheet for table in known if not table.kind]
    notices = (f"Left out, since it is not clear what their rows are: {quoted(left)}.",) if left else ()
    return Incoming(path.name, tables=_kept(known), settings=_settings(readme), notices=notices, title=title_of(path))


def _folder(path: Path, kind: str) -> Incoming:
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in _DELIMITED and file.is_file())
    if not files:
        raise InputError("there are no CSV files in this folder.", source=str(path))
    known: list[KindTable] = []
    notices: list[str] = []
    for file in files:
        source = read_source(file)
        text, notice = decode(source.data, source.name)
        notices += [notice] if notice else []
        found = _kinds([delimited.table_of(text, source.name)], file.stem, kind)
        if not found[0].kind:
            notices.append(f"{file.name} was left out, since it is not clear what its rows are.")
        for table in found:
            for row in table.table.rows:
                row.place = f"{file.name}, {row.place}"
        known += found
    if not any(table.kind for table in known):
        raise InputError("it is not clear what the rows of its files are; import them one by one.", source=str(path))
    return Incoming(path.name, tables=_kept(known), notices=tuple(notices), title=title_of(path))


def _kinds(tables: Sequence[Table], title: str, kind: str) -> list[KindTable]:
    return [recognised(table, title, kind) for table in tables]


def _go_beyond(known: Sequence[KindTable]) -> bool:
    """Whether there is more than a list of capabilities of anybody's."""
    return any(table.kind and not table.is_capabilities for table in known)


def _kept(known: Sequence[KindTable]) -> tuple[KindTable, ...]:
    return tuple(table for table in known if table.kind)


def _settings(readme: Table | None) -> dict[str, str]:
    """What the sheet about the workbook says of the map."""
    labels = {field.label: field.name for field in fields_of(Settings.kind) if field.type == "text"}
    pairs = (
        [(text_of(row.cells[0]), text_of(row.cells[1])) for row in readme.rows if len(row.cells) > 1] if readme else []
    )
    return {labels[label]: value for label, value in pairs if label in labels and value}


# -- JSON ---------------------------------------------------------------------------------------------


def json_tables(value: Any, source: str) -> list[Table]:
    """The lists in a JSON value as tables: one for each key that names a kind, else the one list that there is."""
    for _ in range(_WRAPPED):
        if not isinstance(value, dict) or foreign_json.is_root(value):
            break
        named = {key: entries for key, item in value.items() if kinds_named(key) and (entries := _entries(item))}
        if named:
            tables = []
            for key, entries in named.items():
                table = foreign_json.table_of(entries, source)
                for row in table.rows:
                    row.place = f"{clean_name(key)[:60]}, {row.place}"
                tables.append(dataclasses.replace(table, sheet=key))
            return tables
        inner = [item for item in value.values() if isinstance(item, dict)]
        if len(inner) != 1:
            break
        value = inner[0]
    return [foreign_json.table_of(value, source)]


def _entries(item: Any) -> list[Any]:
    """The objects in a list, or in the one list that an object wraps."""
    if isinstance(item, dict):
        lists = [below for below in item.values() if isinstance(below, list) and below]
        item = lists[0] if len(lists) == 1 else None
    return item if isinstance(item, list) and item and all(isinstance(entry, dict) for entry in item) else []
