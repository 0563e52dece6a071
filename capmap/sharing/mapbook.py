"""Mapbook: a map as an Excel workbook with a sheet a kind, to be edited there and taken in again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from capmap.drawing.theme import ink_on
from capmap.exchange.grid.columns import KINDS, GridColumn
from capmap.exchange.grid.names import Names
from capmap.exchange.tables.incoming import README
from capmap.exchange.tables.listing import TABLE_NAMES, Listing, listing
from capmap.exchange.workbook import Choices, Sheet, Value, write_workbook
from capmap.lens.lens import Heat, Lens, apply
from capmap.model.map import Map
from capmap.model.records import Capability, Settings, fields_of
from capmap.model.text import guarded

_MOST_CHOICES = 2_000
"""A longer list of names is no help in a drop-down."""
_KINDS_OF_CELLS = {"score": "score", "money": "money", "percent": "exact percent", "date": "date"}
_HOW = (
    "Each sheet holds the records of one kind. Change, add and complete rows, then import this workbook into the map.",
    "Empty cells change nothing and rows that you delete stay in the map. A new column becomes an own attribute.",
    "Hidden columns hold CapMap's ids, by which every row finds its record again, renamed or moved.",
    "Write the name of the box around a box in Stands in; where two have one name, its path: Finance > Billing.",
)


def write_map(current: Map, target: Path, lens: Lens, date: dt.date) -> None:
    """Write the workbook, the boxes in the colours of a lens. Raises OutputError."""
    names = Names(current)
    leaves = [box.id for box in current.walk() if not current.has_children(box.id)]
    heat = apply(lens, current, leaves) if lens.steps else None
    sheets = [_sheet(current, names, listing(current, kind), heat) for kind in KINDS]
    write_workbook(target, [*sheets, _readme(current, heat, date)], date)


def _sheet(current: Map, names: Names, table: Listing, heat: Heat | None) -> Sheet:
    """The id, then the columns of the listing, then the ids of the records that they name."""
    twins = list(table.twins)
    columns = [
        (table.id_header, "text"),
        *((header, _kind_of(column)) for header, column in zip(table.headers, table.columns, strict=True)),
        *((table.twin_header(place), "text") for place in twins),
    ]
    rows: list[list[Value]] = [
        [
            record.id,
            *(guarded(value) if isinstance(value, str) else value for value in row),
            *(table.twins[place][number] for place in twins),
        ]
        for number, (record, row) in enumerate(zip(table.records, table.rows, strict=True))
    ]
    first_twin = 1 + len(table.columns)
    is_tree = table.kind == Capability.kind
    return Sheet(
        TABLE_NAMES[table.kind],
        columns,
        rows,
        levels=[current.level(record.id) - 1 for record in table.records] if is_tree else (),
        indented=1,
        fills=_fills(table, heat) if is_tree and heat is not None else {},
        choices=_choices(names, table),
        hidden=frozenset((0, *range(first_twin, first_twin + len(twins)))),
        frozen=2,
        bold=frozenset(n for n, record in enumerate(table.records) if is_tree and current.has_children(record.id)),
        wrapped=False,
    )


def _kind_of(column: GridColumn) -> str:
    return _KINDS_OF_CELLS.get(column.type, "number" if column.is_figure else "text")


def _fills(table: Listing, heat: Heat) -> dict[tuple[int, int], tuple[str, str]]:
    """The colour of each box behind its name, and behind the values that the lens reads."""
    places = [1 + place for place, column in enumerate(table.columns) if column.key in ("name", *heat.lens.fields)]
    steps = heat.lens.steps
    return {
        (number, place): (steps[step].fill, ink_on(steps[step].fill))
        for number, record in enumerate(table.records)
        if (step := heat.steps.get(record.id)) is not None
        for place in places
    }


def _choices(names: Names, table: Listing) -> dict[int, Choices]:
    """What may stand in a cell: the words of a choice, 1 to 5, yes or no, the names of records."""
    found: dict[int, Choices] = {}
    for place, column in enumerate(table.columns, start=1):
        if column.choices:
            found[place] = Choices(column.choices)
        elif column.type == "score":
            found[place] = Choices((1, 2, 3, 4, 5))
        elif column.type == "flag":
            found[place] = Choices(("yes", "no"))
        elif column.type in ("ref", "place"):
            labels = [guarded(label) for kind in column.kinds for label in names.labels(kind)]
            if len(labels) <= _MOST_CHOICES:
                found[place] = Choices(tuple(labels), only=False)
    return found


def _readme(current: Map, heat: Heat | None, date: dt.date) -> Sheet:
    """What the map is called, how to work with the sheets, what the colours mean."""
    told: list[tuple[str, str]] = [*_settings(current), ("Written on", date.isoformat()), ("", "")]
    told += [("How it works" if not number else "", sentence) for number, sentence in enumerate(_HOW)]
    fills: dict[tuple[int, int], tuple[str, str]] = {}
    if heat is not None:
        told += [("", ""), ("Colours", f"{heat.lens.title}: {heat.story}")]
        for entry in heat.legend:
            if entry.step is not None:
                fills[len(told), 1] = entry.step.fill, ink_on(entry.step.fill)
            told.append(("", f"{entry.step.label if entry.step else 'Not assessed'}: {entry.count:,}"))
    rows = [tuple(map(guarded, pair)) for pair in told]
    return Sheet(README, [("This workbook", "text"), ("", "text")], rows, fills=fills, wrapped=False, filtered=False)


def _settings(current: Map) -> Iterator[tuple[str, str]]:
    for field in fields_of(Settings.kind):
        if field.type == "text" and (text := getattr(current.settings, field.name)):
            yield field.label, text
