"""Delimited: CSV and TSV text read into a table, and a map written as CSV that comes back whole."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from capmap.errors import InputError
from capmap.exchange.boxes import Reading
from capmap.exchange.columns import OWN_MARK, TEXT_MARK, ColumnMapping, is_header
from capmap.exchange.encoding import decode
from capmap.exchange.notices import Notices
from capmap.exchange.source import BOX_LIMIT, CELL_LIMIT, CELLS_LIMIT, COLUMN_LIMIT, Source, too_many_cells
from capmap.exchange.table import Row, Table, text_of
from capmap.exchange.tabular import read_tables
from capmap.exchange.values import joined_words, own_type
from capmap.model.map import Map
from capmap.model.records import ASSESSED_FIELDS, Attribute, Capability
from capmap.model.text import guarded, unguarded

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_CHARACTERS, _SAMPLE_ROWS = 60_000, 100
ALWAYS = ("code", "name", "description", "owner", "tags", "category", *ASSESSED_FIELDS, "assessed_on", "reason")
"""The fields of a capability that every exported list has as columns."""
_WHERE_USED = ("area", "direction", "columns", "order_by", "equal")


def read(source: Source, mapping: ColumnMapping | None = None) -> Reading:
    """The capabilities in a CSV or TSV file, with any usual delimiter and encoding."""
    text, notice = decode(source.data, source.name)
    notices = Notices()
    if notice:
        notices.add(notice)
    return read_tables([table_of(text, source.name)], mapping, notices)


def table_of(text: str, source: str, delimiter: str = "") -> Table:
    """The rows of a delimited text; the delimiter is found if none is given. Raises InputError."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first[4], rest
    delimiter = delimiter or delimiter_of(text)
    rows: list[Row] = []
    cells = 0
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    csv.field_size_limit(CELL_LIMIT)
    try:
        for number, record in enumerate(records, start=1):
            cells += len(record)
            if cells > CELLS_LIMIT:
                raise too_many_cells(source)
            if any(record):
                rows.append(Row(f"row {number}", [unguarded(cell) for cell in _without_end(record)]))
            if len(rows) > BOX_LIMIT or len(record) > COLUMN_LIMIT * 10:
                break
    except csv.Error:
        raise InputError(
            f"a cell is longer than {CELL_LIMIT:,} characters; a quotation mark may be missing at its end.",
            source=source,
            place=f"row {len(rows) + 1}",
        ) from None
    return Table(source, rows)


def _without_end(record: list[str]) -> list[str]:
    """The row without the empty cells at its end, which spreadsheets add by the hundred."""
    while record and not record[-1].strip():
        record.pop()
    return record


def delimiter_of(text: str) -> str:
    """The delimiter by which the first rows have known headers and all the same number of cells."""
    sample = text[:_SAMPLE_CHARACTERS]
    if len(text) > len(sample):
        sample = sample.rpartition("\n")[0] or sample
    scored = [(_rating(sample, delimiter), delimiter) for delimiter in _DELIMITERS]
    best = max(scored, key=lambda pair: pair[0])
    if best[0][2] > 1:
        return best[1]
    # A list in one column: any mark in its names is part of them.
    return min(_DELIMITERS, key=sample.count)


def _rating(sample: str, delimiter: str) -> tuple[int, float, int]:
    """Known headers, the share of rows with the usual number of cells, and that number."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(row):
                rows.append(row)
            if len(rows) == _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0, 0.0, 0
    if not rows:
        return 0, 0.0, 0
    usual, times = Counter(map(len, rows)).most_common(1)[0]
    headers = max(sum(map(is_header, row)) for row in rows[:5])
    # One cell a row agrees with itself however the text looks; it proves nothing.
    return (headers if usual > 1 else 0), (round(times / len(rows), 1) if usual > 1 else 0.0), usual


def write(current: Map) -> bytes:
    """The capabilities as CSV in UTF-8 with a mark that Excel knows: a row each, in reading order, with id and parent.

    The id is the one of the source that a box came from, so that its list can go back there; else CapMap's own.
    """
    boxes = list(current.walk())
    ids = exported_ids(boxes)
    attributes = attributes_in_use(current, boxes)
    names = [*ALWAYS] + [name for name in _WHERE_USED if any(getattr(box, name) not in (None, "") for box in boxes)]
    aliases = ["alias_of"] if any(box.alias_of for box in boxes) else []
    headers = ["id", "parent", *names, *aliases, *(attribute_header(item, boxes) for item in attributes)]
    records = [
        [
            ids[box.id],
            ids[box.parent] if box.parent else "",
            *(cell_of(getattr(box, name)) for name in names),
            *([ids[box.alias_of] if box.alias_of else ""] if aliases else []),
            *(cell_of(box.extra.get(attribute.id)) for attribute in attributes),
        ]
        for box in boxes
    ]
    return delimited([headers, *records], ",").encode("utf-8-sig")


def delimited(records: Iterable[Sequence[str]], delimiter: str) -> str:
    """Rows of texts as delimited text, none of which a spreadsheet takes for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in record] for record in records)
    return out.getvalue()


def exported_ids(boxes: Sequence[Capability]) -> dict[str, str]:
    """The id under which each box goes out: the one of its source where no other box has it, else its own."""
    shared = Counter(box.external for box in boxes)
    own = {box.id for box in boxes}
    return {
        box.id: box.external if box.external and shared[box.external] == 1 and box.external not in own else box.id
        for box in boxes
    }


def attributes_in_use(current: Map, boxes: Iterable[Capability]) -> list[Attribute]:
    """The own attributes of capabilities that any of the boxes has a value for, in their order."""
    used = {key for box in boxes for key, value in box.extra.items() if value not in (None, "")}
    kept = [item for item in current.all(Attribute) if item.record_kind == Capability.kind and item.id in used]
    return sorted(kept, key=lambda item: (item.position, item.name))


def attribute_header(attribute: Attribute, boxes: Iterable[Capability]) -> str:
    """The header of an own attribute, marked where CapMap would take it or its values for something else."""
    cells = [cell_of(box.extra.get(attribute.id)) for box in boxes]
    if attribute.type == "text" and own_type(cells)[0] in ("number", "date"):
        return f"{attribute.name}{TEXT_MARK}{OWN_MARK}"
    return f"{attribute.name}{OWN_MARK}" if is_header(attribute.name) else attribute.name


def cell_of(value: Any) -> str:
    """A value of a record as the text of a cell; nothing becomes an empty one."""
    return joined_words(value) if isinstance(value, tuple) else text_of(value)
