"""Columns: what each column of a table can be taken for, and the mapping that a person can look at and correct."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from capmap.errors import InputError, UsageError
from capmap.exchange import words
from capmap.exchange.table import Row, Table, header_of, is_empty
from capmap.exchange.values import FIELDS
from capmap.model.records import ASSESSED_FIELDS

SKIP, OWN = "", "own"
ID, PARENT, CHILDREN, LEVEL, PATH, NUMBER, NAME = "id", "parent", "children", "level", "path", "number", "name"
DEEPEST_COLUMN = 12
"""The most columns, one a level, that are told apart."""
OWN_MARK = " (own)"
"""Ends the header of an own attribute that is called like one of CapMap's fields."""
TEXT_MARK = " (text)"
"""Stands before that mark where the values are text that would be taken for numbers or dates."""

_FIELDS = (
    *("code", "description", "owner", "tags", "category", *ASSESSED_FIELDS, "assessed_on", "reason", "alias_of"),
    *("area", "direction", "columns", "order_by", "equal"),
)
MEANINGS: Mapping[str, str] = {
    SKIP: "Leave out",
    NAME: "Name",
    ID: "Id",
    PARENT: "Parent (its id, code or name)",
    CHILDREN: "Children (their ids or names)",
    **{f"level {level}": f"Name on level {level}" for level in range(1, DEEPEST_COLUMN + 1)},
    LEVEL: "Level (1, 2, 3)",
    PATH: "Path (Sales / Offers)",
    NUMBER: "Outline number (1.2.3)",
    "position": "Order among siblings",
    **{name: FIELDS[name].label for name in _FIELDS},
    OWN: "Own attribute",
}
"""Everything a column can be taken for, with the words for a person."""

FIND = -1
"""A header row that is to be found."""
_HEADER_ROWS = 15


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands (from 0), its header, what it is taken for (a key of MEANINGS), a few values."""

    index: int
    header: str
    meaning: str
    examples: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What the column is taken for, in words."""
        return MEANINGS[self.meaning]


class NoNames(InputError):
    """No column was taken for names. ``mapping`` is what was guessed, for a person to correct."""

    def __init__(self, message: str, mapping: ColumnMapping, *, source: str, place: str) -> None:
        super().__init__(message, source=source, place=place)
        self.mapping = mapping


@dataclasses.dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What every column of a table is taken for.

    ``header_row`` is the index of the row with the names of the columns, None if there is none. ``layout`` says in
    words where the tree comes from. ``sheet`` and ``sheets`` name the sheet that is read and all there are.
    """

    columns: tuple[Column, ...]
    header_row: int | None = None
    layout: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def with_meaning(self, index: int, meaning: str) -> ColumnMapping:
        """The mapping with another meaning for one column; another column with that meaning becomes an own attribute.
        Raises UsageError for an unknown column or meaning.
        """
        if meaning not in MEANINGS or not 0 <= index < len(self.columns):
            raise UsageError(f"Column {index + 1} cannot be taken for “{meaning}”.")
        single = meaning not in (SKIP, OWN)
        columns = tuple(
            dataclasses.replace(column, meaning=meaning)
            if column.index == index
            else dataclasses.replace(column, meaning=OWN)
            if single and column.meaning == meaning
            else column
            for column in self.columns
        )
        return dataclasses.replace(self, columns=columns)

    def with_sheet(self, sheet: str) -> ColumnMapping:
        """The mapping for another sheet, whose columns are guessed anew."""
        return ColumnMapping((), FIND, sheet=sheet, sheets=self.sheets)

    def with_header_row(self, row: int | None) -> ColumnMapping:
        """The mapping with the names of the columns in that row (from 0; None: in no row), the columns guessed anew."""
        return ColumnMapping((), row, sheet=self.sheet, sheets=self.sheets)

    def find(self, meaning: str) -> int | None:
        """The index of the column with that meaning."""
        return next((column.index for column in self.columns if column.meaning == meaning), None)

    @property
    def levels(self) -> tuple[int, ...]:
        """The indexes of the columns that hold one level each, from the top."""
        found = [(int(column.meaning[6:]), column.index) for column in self.columns if column.meaning[:6] == "level "]
        return tuple(index for _, index in sorted(found))


def with_headers(table: Table, mapping: ColumnMapping | None = None) -> tuple[Table, int | None]:
    """The table with its header row taken off the rows, and that row's index (None: there is no header)."""
    if table.headers is not None:
        return table, None
    place = _header_row(table.rows) if mapping is None or mapping.header_row == FIND else mapping.header_row
    if place is None or place >= len(table.rows):
        return dataclasses.replace(table, headers=("",) * table.width), None
    cells = table.rows[place].cells
    headers = [header_of(cell) for cell in cells] + [""] * (table.width - len(cells))
    return dataclasses.replace(table, headers=tuple(headers), rows=table.rows[place + 1 :]), place


def _header_row(rows: Sequence[Row]) -> int | None:
    """The row among the first that holds the most known headers; one known header is enough in the first row."""
    best, place = 0, None
    says = is_header if max((len(row.cells) for row in rows), default=0) > 1 else is_name_header
    full = [index for index, row in enumerate(rows[:_HEADER_ROWS]) if not all(map(is_empty, row.cells))]
    for index in full:
        known = sum(1 for cell in rows[index].cells if isinstance(cell, str) and says(cell))
        if known > best and (known > 1 or index == full[0]):
            best, place = known, index
    return place


def is_name_header(text: str) -> bool:
    """Whether a cell reads like the name of a column of names or paths."""
    known = words.meaning_of(text)
    return (known is not None and known[0] in (NAME, PATH)) or words.level_of_header(text) is not None


def is_header(text: str) -> bool:
    """Whether a cell reads like the name of a column."""
    known = words.meaning_of(text) or words.level_of_header(text) or words.is_group(text)
    return bool(text.strip()) and (text.endswith(OWN_MARK) or (len(text) <= 60 and bool(known)))
