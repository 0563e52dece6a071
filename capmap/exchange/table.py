"""Table: rows of plain cells, each row with its place in the source; every tabular or nested source becomes one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Sequence

from capmap.model.text import clean_name, clean_text

Cell = str | int | float | bool | dt.date | list[str] | None
"""Texts keep leading blanks (they may be indentation); lists come from JSON."""

_LONGEST_HEADER = 250
_TAB = 4


@dataclasses.dataclass(slots=True)
class Row:
    """One row. ``place`` names it in sentences ("row 12"); ``above`` is the index of the row that holds it, where the
    source itself nests.
    """

    place: str
    cells: Sequence[Cell]
    above: int | None = None


@dataclasses.dataclass(slots=True)
class Table:
    """The rows of a sheet, list or outline.

    ``headers`` is None where the first row may or may not hold the names of the columns (sheets, pasted cells).
    ``nested`` says that the rows' ``above`` tells the tree. ``sheet`` is the name of the sheet, if there are any.
    """

    source: str
    rows: list[Row]
    headers: tuple[str, ...] | None = None
    sheet: str = ""
    nested: bool = False
    title: str = ""

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(row.cells) for row in self.rows), default=0)

    def column(self, index: int) -> list[Cell]:
        """The cells of one column, None where a row is shorter."""
        return [row.cells[index] if index < len(row.cells) else None for row in self.rows]


def text_of(cell: Cell) -> str:
    """A cell as a person reads it, on both sides without blanks: lists joined by "; ", dates as 2026-11-30."""
    if isinstance(cell, str):
        return clean_text(cell).strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return format(cell, ".12g") if math.isfinite(cell) else ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, list):
        return "; ".join(text for text in map(clean_name, cell) if text)
    return str(cell)


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands in the cell."""
    return cell is None or cell == [] or (isinstance(cell, str) and not cell.strip())


def indent_of(cell: Cell) -> int:
    """How far a text is indented, in blanks; a tab counts four."""
    if not isinstance(cell, str):
        return 0
    blanks = cell[: len(cell) - len(cell.lstrip())]
    return sum(_TAB if char == "\t" else 1 for char in blanks)


def header_of(cell: Cell) -> str:
    """A cell as the name of a column."""
    return clean_name(text_of(cell))[:_LONGEST_HEADER]
