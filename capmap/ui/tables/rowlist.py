"""Rowlist: which records of a kind have a row, and in which order: the map's own, sorted, filtered."""

from __future__ import annotations

from collections.abc import Iterable

from capmap.exchange.grid import cells
from capmap.exchange.grid.columns import GridColumn
from capmap.model.change import Change
from capmap.model.records import CLASS_OF, Capability, Link, Record
from capmap.ui.tables.sheets import Sheets


class RowList:
    """Says which rows there are when it is asked anew; between two such times rows stay where they are, so that none
    jumps or vanishes under the hands of whoever edits it.
    """

    def __init__(self, sheets: Sheets, kind: str) -> None:
        self._sheets = sheets
        self._kind = kind
        self._texts: dict[str, list[str]] = {}
        self.sorted_by: tuple[str, bool] | None = None
        """The key of the column and whether the highest comes first; None: as in the map."""
        self.filter = ""

    def natural(self) -> list[str]:
        """The ids of all records: boxes in reading order, the others as they came."""
        current = self._sheets.map
        if self._kind == Capability.kind:
            return [box.id for box in current.walk() if not cells.is_shown_by_another(box)]
        return [record.id for record in current.all(CLASS_OF[self._kind])]

    def wanted(self, columns: Iterable[GridColumn]) -> list[str]:
        """The ids of the rows by the filter and the order that hold now."""
        table = {column.key: column for column in columns}
        rows = self.natural()
        if self.filter.split():
            rows = self._passing(rows, tuple(table.values()))
        column = table.get(self.sorted_by[0]) if self.sorted_by else None
        if column is None or self.sorted_by is None:
            return rows
        keys = {key: self._sheets.sort_key(self._sheets.map[key], column) for key in rows}
        full = [key for key in rows if keys[key] is not None]
        full.sort(key=lambda key: keys[key], reverse=self.sorted_by[1])
        return full + [key for key in rows if keys[key] is None]

    def _passing(self, rows: list[str], columns: tuple[GridColumn, ...]) -> list[str]:
        """The rows in which every word stands in some cell, or those of ``column:word`` in a cell of that column."""
        wanted = [_asked(word, columns) for word in self.filter.casefold().split()]
        sheets = self._sheets
        current, names, form, known = sheets.map, sheets.names, sheets.form, self._texts
        kept = []
        for key in rows:
            texts = known.get(key)
            if texts is None:
                record = current[key]
                texts = [cells.plain(current, names, record, column, form).casefold() for column in columns]
                known[key] = texts
            if all(_stands(word, texts, places) for word, places in wanted):
                kept.append(key)
        return kept

    def forget(self, change: Change) -> None:
        """The texts of what has changed are looked at anew when a filter asks for them; a new name of something else
        may stand in any row.
        """
        for record_id, before in change.before.items():
            after = change.after[record_id]
            self._texts.pop(record_id, None)
            for record in (before, after):
                if isinstance(record, Link):
                    self._texts.pop(record.source, None)
                    self._texts.pop(record.target, None)
            if _name(before) != _name(after) and before is not None:
                self._texts.clear()
                return

    def forget_all(self) -> None:
        """Another map, or other columns."""
        self._texts.clear()


def _asked(word: str, columns: tuple[GridColumn, ...]) -> tuple[str, list[int] | None]:
    """A word of the filter, and the places of the columns that it is looked for in (None: in all)."""
    label, colon, rest = word.partition(":")
    if colon and label:
        called = [place for place, column in enumerate(columns) if _bare(column.label).startswith(label)]
        if called:
            return rest, called
    return word, None


def _stands(word: str, texts: list[str], places: list[int] | None) -> bool:
    """Whether a word stands in one of the texts, or in one of those at these places, where - stands for nothing."""
    if places is None:
        return any(word in text for text in texts)
    return any(not texts[place] if word == "-" else word in texts[place] for place in places)


def _bare(label: str) -> str:
    return label.casefold().replace(" ", "")


def _name(record: Record | None) -> str:
    return str(getattr(record, "name", ""))
