"""Rows: the rows of a table beside the boxes that were read from them, on their way to a tree."""

from __future__ import annotations

import dataclasses

from capmap.errors import InputError
from capmap.exchange.boxes import Box, called
from capmap.exchange.columns import ColumnMapping
from capmap.exchange.notices import Notices
from capmap.exchange.source import BOX_LIMIT
from capmap.exchange.table import Cell, Row, Table, text_of


@dataclasses.dataclass(slots=True)
class Rows:
    """The rows of a table beside the boxes that were read from them (None: the row was left out)."""

    table: Table
    mapping: ColumnMapping
    boxes: list[Box | None]
    notices: Notices

    count: int = 0

    def made(self, name: str, row: Row, shows: Box | None = None) -> Box:
        """A box that no row tells of by itself. Raises InputError when they become too many."""
        self.count += 1
        if self.count > BOX_LIMIT:
            raise self.too_many(row)
        return Box({"name": called(name)}, row.place, shows=shows)

    def too_many(self, row: Row) -> InputError:
        """What is said of a list with more boxes than any map needs."""
        sentence = f"the list makes more than {BOX_LIMIT:,} boxes; split it."
        return InputError(sentence, source=self.table.source, place=row.place)

    def pairs(self) -> list[tuple[Row, Box]]:
        """The rows that became boxes."""
        return [(row, box) for row, box in zip(self.table.rows, self.boxes, strict=True) if box is not None]

    def texts(self, meaning: str) -> list[str]:
        """The column with that meaning as texts, for the rows that became boxes."""
        index = self.mapping.find(meaning)
        return [text_of(cell_at(row, index)) for row, _ in self.pairs()]


def cell_at(row: Row, index: int | None) -> Cell:
    """The cell in a column; None where the row is shorter or there is no such column."""
    return row.cells[index] if index is not None and index < len(row.cells) else None
