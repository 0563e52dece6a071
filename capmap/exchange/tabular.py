"""Tabular: a table of cells read into boxes, by what its columns are taken for."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from capmap.errors import InputError
from capmap.exchange import columns, layouts, words
from capmap.exchange.boxes import Box, Reading, settled
from capmap.exchange.columns import ID, NAME, OWN, PATH, ColumnMapping, NoNames
from capmap.exchange.guessing import guess
from capmap.exchange.notices import Notices, quoted
from capmap.exchange.rowreader import RowReader
from capmap.exchange.rows import Rows, cell_at
from capmap.exchange.source import BOX_LIMIT, COLUMN_LIMIT
from capmap.exchange.table import Row, Table, is_empty, text_of
from capmap.model.text import clean_name


def read_tables(tables: Sequence[Table], mapping: ColumnMapping | None, notices: Notices) -> Reading:
    """The table that holds the capabilities (of several sheets the one with the best known columns), read into boxes.

    ``mapping`` is a guess that a person has corrected; it also names the sheet. Raises InputError with the place.
    """
    full = [table for table in tables if any(not is_empty(cell) for row in table.rows for cell in row.cells)]
    if not full:
        raise InputError("nothing is in it.", source=tables[0].source if tables else "")
    for table in full:
        _require_size(table)
    chosen = [table for table in full if mapping is not None and table.sheet == mapping.sheet]
    wanted = mapping if chosen else None
    earlier = wanted if wanted is not None and wanted.columns else None
    named = [columns.with_headers(table, wanted) for table in chosen or full]
    mapped = [(table, guess(table, header_row, earlier)) for table, header_row in named]
    table, found = max(mapped, key=lambda pair: _worth(*pair))
    sheets = tuple(table.sheet for table in tables if table.sheet)
    left = [sheet for sheet in sheets if sheet != table.sheet]
    if left and mapping is None:
        notices.add(f"The sheet {quoted([table.sheet])} was read, {quoted(left)} left out.")
    return _read(table, dataclasses.replace(found, sheets=sheets), notices)


def _worth(table: Table, mapping: ColumnMapping) -> tuple[bool, int, int]:
    """How well a sheet's columns tell of capabilities; between equal ones the one with more rows."""
    known = sum(1 for column in mapping.columns if column.meaning not in (columns.SKIP, OWN))
    named = mapping.find(NAME) is not None or bool(mapping.levels) or mapping.find(PATH) is not None
    about = any(word in table.sheet.casefold() for word in ("capabilit", "fähigkeit", "capacit", "capacid"))
    return named, known + (5 if about else 0), len(table.rows)


def _require_size(table: Table) -> None:
    if len(table.rows) > BOX_LIMIT:
        raise InputError(f"the list has more than {BOX_LIMIT:,} rows; split it.", source=table.source)
    if table.width > COLUMN_LIMIT:
        raise InputError(
            f"the list has more than {COLUMN_LIMIT} columns; leave out those that are not needed.", source=table.source
        )


def _read(table: Table, mapping: ColumnMapping, notices: Notices) -> Reading:
    mapping = _named(table, mapping, notices)
    layout = layouts.choose(table, mapping)
    mapping = dataclasses.replace(mapping, layout=layouts.LAYOUTS[layout])
    reader = RowReader(table, mapping, notices)
    boxes = [reader.box(row) for row in table.rows]
    reader.finish()
    if not any(boxes):
        raise InputError("no row has a name, so there is nothing to draw.", source=table.source)
    _find_references(table, mapping, boxes, notices)
    tops = layouts.arrange(layout, Rows(table, mapping, boxes, notices))
    tops = settled(tops, table.source, notices)
    shaped = layout != "list"
    return Reading(table.source, tuple(tops), reader.attributes, notices.sentences(), mapping, shaped, table.title)


def _named(table: Table, mapping: ColumnMapping, notices: Notices) -> ColumnMapping:
    """The mapping, if it says where names come from; where there is no header the first texts are taken for names."""
    if mapping.find(NAME) is not None or mapping.levels or mapping.find(PATH) is not None:
        name = mapping.find(NAME)
        header = mapping.columns[name].header if name is not None else ""
        if header and words.meaning_of(header) is None:
            notices.add(f"No column is called name; “{header}” was taken for it.")
        return mapping
    headers = [column.header for column in mapping.columns if column.header]
    raise NoNames(
        f"no column with a name was found (there are {quoted(headers)}); call one of them “name”."
        if headers
        else "no column with names was found; put a row with the names of the columns above the first row.",
        mapping,
        source=table.source,
        place=table.rows[0].place if table.rows else "",
    )


def _find_references(table: Table, mapping: ColumnMapping, boxes: Sequence[Box | None], notices: Notices) -> None:
    """Boxes that show another: a second row with the same id and name, or a row that says whose alias it is."""
    rows = [(row, box) for row, box in zip(table.rows, boxes, strict=True) if box is not None]
    by_id: dict[str, tuple[Row, Box]] = {}
    for row, box in rows:
        identity = clean_name(text_of(cell_at(row, mapping.find(ID))))
        if not identity:
            continue
        earlier, first = by_id.setdefault(identity, (row, box))
        if first is box:
            continue
        if first.name.casefold() != box.name.casefold():
            raise InputError(
                f"the id {identity[:60]} of “{box.name}” is also that of “{first.name}” ({earlier.place});"
                " give each one its own.",
                source=table.source,
                place=row.place,
            )
        box.shows, box.repeated = first, True
    index = mapping.find("alias_of")
    if index is None:
        return
    known: dict[str, Box] = {}
    for _, box in rows:
        for key in (box.values.get("external"), box.values.get("code"), box.name):
            if key:
                known.setdefault(str(key).casefold(), box)
    for row, box in rows:
        wanted = clean_name(text_of(cell_at(row, index)))
        target = known.get(wanted.casefold())
        if target is not None and target is not box:
            box.shows = target
        elif wanted:
            notices.add(f"“{wanted[:60]}”, to which the box refers, is not in the list.", row.place)
    for _, box in rows:
        box.shows = _last_shown(box)


def _last_shown(box: Box) -> Box | None:
    """The box at the end of a chain of references; None where the chain bites its tail, so that one stays a box."""
    seen = {id(box)}
    target = box.shows
    while target is not None and target.shows is not None:
        if id(target) in seen:
            return None
        seen.add(id(target))
        target = target.shows
    return target
