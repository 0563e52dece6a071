"""Listing: the records of a kind as headings and values that a file can hold, CSV files of them among these."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from capmap.exchange.columns import OWN_MARK, TEXT_MARK
from capmap.exchange.grid import cells
from capmap.exchange.grid.columns import GridColumn
from capmap.exchange.grid.forms import Form, number_text
from capmap.exchange.grid.names import Names
from capmap.exchange.tables.carried import given_columns
from capmap.exchange.tables.recognising import own_id_header, twin_header
from capmap.exchange.values import own_type
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, Capability, Record
from capmap.model.text import guarded
from capmap.saving import replacing

Value = str | int | float | dt.date | None

TABLE_NAMES: Mapping[str, str] = {
    "capability": "Capabilities",
    "service": "IT services",
    "project": "Projects",
    "objective": "Objectives",
    "unit": "Business units",
    "provider": "Providers",
    "demand": "Demands",
    "link": "Links",
}
"""Kind -> what its sheet is called; a file by the same words in small letters."""

_FIRST_DAY = dt.date(1900, 3, 1)
"""Before it the calendar of spreadsheets has a day that never was."""
_PLAIN = Form()


@dataclasses.dataclass(frozen=True, slots=True)
class Listing:
    """The table of a kind: its records, its columns with their headers, the values, and, where names of other records
    stand in a column, its place -> their ids.
    """

    kind: str
    records: tuple[Record, ...]
    columns: tuple[GridColumn, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    twins: Mapping[int, Sequence[str]]

    @property
    def id_header(self) -> str:
        """The header of the column of CapMap's own ids."""
        return own_id_header(self.kind)

    def twin_header(self, place: int) -> str:
        """The header of the column of ids beside a column of names."""
        return twin_header(self.columns[place].label)


def listing(current: Map, kind: str) -> Listing:
    """The records of a kind, boxes in reading order, with every column that is usual or that any of them uses."""
    records = tuple(_records(current, kind))
    names = Names(current)
    columns = []
    held: list[list[Any]] = []
    for column in given_columns(current, kind):
        found = [_held(current, names, record, column) for record in records]
        if column.usual or any(value not in (None, "", ()) for value in found):
            columns.append(column)
            held.append(found)
    listed = [
        [_value(current, names, value, column) for value in found] for column, found in zip(columns, held, strict=True)
    ]
    headers = [_header(column, found, current.settings.currency) for column, found in zip(columns, listed, strict=True)]
    twins = {
        place: [str(value or "") for value in found]
        for place, (column, found) in enumerate(zip(columns, held, strict=True))
        if column.type in ("ref", "place")
    }
    rows = tuple(zip(*listed, strict=True)) if records else ()
    return Listing(kind, records, tuple(columns), tuple(headers), rows, twins)


def _records(current: Map, kind: str) -> Iterator[Record]:
    return current.walk() if kind == Capability.kind else iter(current.all(CLASS_OF[kind]))


def _held(current: Map, names: Names, record: Record, column: GridColumn) -> Any:
    is_reference = isinstance(record, Capability) and record.alias_of is not None
    if is_reference and column.key not in ("name", "parent", "alias_of", "code"):
        return None
    return cells.held(current, names, record, column)


def _value(current: Map, names: Names, value: Any, column: GridColumn) -> Value:
    """A value as a cell holds it: numbers, days and amounts of money (in units of the currency) as such, the rest as
    text.
    """
    if isinstance(value, bool) or value is None:
        return cells.text_of(current, names, value, column, _PLAIN) or None
    if column.type in ("score", "integer", "number", "percent") and isinstance(value, int | float):
        return value
    if column.type == "money" and isinstance(value, int):
        return value / 100
    if column.type == "date":
        day = value if isinstance(value, dt.date) else _day(value)
        return day if day is not None and day >= _FIRST_DAY else str(value)
    return cells.text_of(current, names, value, column, _PLAIN) or None


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _header(column: GridColumn, values: Sequence[Value], currency: str) -> str:
    """The label of a column; an own attribute is marked where its name or its values would be taken for another's."""
    if column.attribute is None:
        return f"{column.label} ({currency})" if column.type == "money" and currency else column.label
    name = column.attribute.name
    texts = [value for value in values if isinstance(value, str)]
    if column.attribute.type == "text" and own_type(texts)[0] in ("number", "date"):
        return f"{name}{TEXT_MARK}{OWN_MARK}"
    known = {item.label.casefold() for item in given_columns(Map(), column.attribute.record_kind)}
    return f"{name}{OWN_MARK}" if name.casefold() in known or name.endswith(")") else name


# -- CSV ----------------------------------------------------------------------------------------------


def write_table(current: Map, kind: str, target: Path) -> None:
    """Write the table of a kind as CSV. Raises OutputError; a file that stood there is then as it was."""
    data = table_as_csv(current, kind)
    with replacing(target) as file:
        file.write(data)


def table_as_csv(current: Map, kind: str) -> bytes:
    """The table of a kind as CSV in UTF-8 with a mark that Excel knows, CapMap's own ids in the first column."""
    table = listing(current, kind)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([table.id_header, *map(guarded, table.headers)])
    writer.writerows([record.id, *map(_text, row)] for record, row in zip(table.records, table.rows, strict=True))
    return out.getvalue().encode("utf-8-sig")


def _text(value: Value) -> str:
    """A value in a cell of CSV: a text so that no spreadsheet takes it for a formula; a number below nought is none."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return number_text(value, _PLAIN) if isinstance(value, int | float) else guarded(value or "")
