"""Blocks: what is done with chosen cells: copy, cut, paste, fill, clear, and rows removed, each one step of undo."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from capmap.errors import CapMapError
from capmap.exchange.grid.block import block_of, text_of_block
from capmap.exchange.grid.columns import GridColumn, noun
from capmap.model import edits
from capmap.model.change import Change
from capmap.model.records import Capability, Link
from capmap.ui.clipboard import CELLS_MIME
from capmap.ui.tables.drafts import is_complete
from capmap.ui.tables.entry import Entered, Entry
from capmap.ui.tables.selected import Selected
from capmap.ui.tables.tablemodel import TableModel

_LEAST_HEADERS = 2
_AS_HTML = 20_000
"""More cells than this go to other programs as text alone."""


class Blocks(QObject):
    """Works on one table. ``told`` is as for Entry; ``removed`` carries a sentence about rows that went."""

    told = Signal(str, str, object)
    removed = Signal(str)

    def __init__(self, model: TableModel, entry: Entry) -> None:
        super().__init__(model)
        self._model = model
        self._entry = entry

    # -- out -----------------------------------------------------------------------------------------

    def copy(self, chosen: Selected, *, headers: bool = False) -> bool:
        """The chosen cells onto the clipboard, with the names of their columns if wanted."""
        if not chosen.is_block:
            self.told.emit("Copy one block of cells at a time.", "", None)
            return False
        model = self._model
        rows = [[model.text_at(row, column) for column in chosen.columns] for row in chosen.rows]
        if headers:
            rows.insert(0, [model.columns[column].label for column in chosen.columns])
        text = text_of_block(rows)
        data = QMimeData()
        data.setText(text)
        data.setData(CELLS_MIME, text.encode())
        if len(chosen.rows) * len(chosen.columns) <= _AS_HTML:
            data.setHtml(_as_table(rows))
        QGuiApplication.clipboard().setMimeData(data)
        return True

    def cut(self, chosen: Selected) -> None:
        """The chosen cells onto the clipboard, and out of the table; whole rows with their records."""
        if self._may_edit() and self.copy(chosen):
            self.clear(chosen)

    # -- in ------------------------------------------------------------------------------------------

    def paste(self, chosen: Selected, seen: Sequence[int]) -> Entered | None:
        """The block on the clipboard at the first chosen cell; over all chosen cells if it fits into them several
        times. Rows behind the end become new records. A first row that names columns says where the others go.
        """
        if not chosen.rows or not self._may_edit():
            return None
        try:
            block = block_of(QGuiApplication.clipboard().text())
        except CapMapError as problem:
            self.told.emit(str(problem), "", None)
            return None
        if not block:
            self.told.emit("There are no cells on the clipboard. Copy some from a spreadsheet first.", "", None)
            return None
        named = self._columns_by_name(block[0]) if len(block) > 1 else None
        if named is not None:
            return self._paste_by_name(block, named, chosen.rows[0])
        start = list(seen).index(chosen.columns[0])
        room = list(seen)[start:]
        height, width = len(block), len(block[0])
        fits = len(chosen.rows) % height == 0 and len(chosen.columns) % width == 0 and chosen.is_block
        if fits:
            rows, columns = chosen.rows, chosen.columns
        else:
            rows, columns = tuple(range(chosen.rows[0], chosen.rows[0] + height)), tuple(room[:width])
        texts = {
            row: {self._key(column): block[down % height][right % width] for right, column in enumerate(columns)}
            for down, row in enumerate(rows)
        }
        entered = self._put(texts, self._words_for_paste(texts))
        if width > len(room) and not (entered and entered.refused):
            over = width - len(room)
            self.told.emit(f"{over:,} {'column' if over == 1 else 'columns'} had no room at the right.", "", None)
        return entered

    def _columns_by_name(self, heads: Sequence[str]) -> dict[int, GridColumn] | None:
        """The column that each cell of a row names; None where they are no names of columns."""
        labels = {column.label.casefold(): column for column in self._model.columns}
        found = {place: labels[key] for place, head in enumerate(heads) if (key := _bare(head)) in labels}
        first = self._model.columns[0]
        sound = len(found) >= _LEAST_HEADERS and first in found.values() and len(set(found.values())) == len(found)
        return found if sound else None

    def _paste_by_name(self, block: list[list[str]], named: dict[int, GridColumn], row: int) -> Entered | None:
        heads, *lines = block
        texts = {
            row + down: {column.key: line[place] for place, column in named.items()} for down, line in enumerate(lines)
        }
        entered = self._put(texts, self._words_for_paste(texts))
        left = [head.strip() for place, head in enumerate(heads) if place not in named and head.strip()]
        if left and not (entered and entered.refused):
            listed = ", ".join(f"“{head[:40]}”" for head in left[:4])
            self.told.emit(f"Left out, for want of a column of that name: {listed}.", "", None)
        return entered

    def _words_for_paste(self, texts: dict[int, dict[str, str]]) -> str:
        model = self._model
        new = sum(1 for row in texts if row >= len(model.ids) and is_complete(model.kind, texts[row]))
        if new:
            return f"Paste {noun(model.kind, new)}"
        count = sum(map(len, texts.values()))
        return f"Paste {count:,} {'cell' if count == 1 else 'cells'}"

    def fill(self, chosen: Selected, seen: Sequence[int], *, down: bool) -> None:
        """The first chosen cell of every column into those below it (or of every row into those at the right); a
        single row or column takes from the one before it.
        """
        rows, columns = chosen.rows, chosen.columns
        if not rows or not self._may_edit():
            return
        line = rows if down else columns
        if len(line) == 1:
            before = rows[0] - 1 if down else _before(seen, columns[0])
            if before < 0:
                return
            rows, columns = ((before, *rows), columns) if down else (rows, (before, *columns))
        model = self._model
        texts = {
            row: {
                self._key(column): model.text_at(rows[0] if down else row, column if down else columns[0])
                for column in (columns if down else columns[1:])
            }
            for row in (rows[1:] if down else rows)
        }
        self._put(texts, f"Fill {'down' if down else 'to the right'}")

    def clear(self, chosen: Selected) -> None:
        """Empty the chosen cells; whole rows go with their records."""
        if not chosen.rows or not self._may_edit():
            return
        if chosen.whole:
            self.remove_rows(chosen)
            return
        texts = {row: {self._key(column): "" for column in chosen.columns} for row in chosen.rows}
        count = len(chosen.rows) * len(chosen.columns)
        self._put(texts, f"Clear {count:,} {'cell' if count == 1 else 'cells'}")

    def remove_rows(self, chosen: Selected) -> None:
        """The records of the chosen rows away, with their links, and drafts."""
        if not chosen.rows or not self._may_edit():
            return
        model = self._model
        drafts = {draft.key for row in chosen.rows if (draft := model.draft_at(row)) is not None}
        ids = [model.ids[row] for row in chosen.rows if row < len(model.ids)]
        if ids:
            try:
                change = edits.remove(model.sheets.map, ids)
                model.sheets.workspace.commit(change)
            except CapMapError as problem:
                self.told.emit(str(problem), "", None)
                return
            self.removed.emit(_what_went(change, model.kind, len(ids)))
        if drafts:
            model.set_drafts(draft for draft in model.drafts if draft.key not in drafts)

    # -- the pieces ----------------------------------------------------------------------------------

    def _key(self, column: int) -> str:
        return self._model.columns[column].key

    def _put(self, texts: dict[int, dict[str, str]], told: str) -> Entered | None:
        return self._entry.put(texts, told)

    def _may_edit(self) -> bool:
        why = self._model.sheets.why_read_only
        if why:
            self.told.emit(why, "", None)
        return not why


def _what_went(change: Change, kind: str, count: int) -> str:
    """What a removal took along, in a sentence."""
    gone = [record for key, record in change.before.items() if change.after[key] is None]
    links = sum(1 for record in gone if isinstance(record, Link)) - (count if kind == "link" else 0)
    boxes = sum(1 for record in gone if isinstance(record, Capability)) - (count if kind == "capability" else 0)
    along = []
    if boxes:
        along.append(f"{boxes:,} {'box' if boxes == 1 else 'boxes'} inside")
    if links:
        along.append(f"{links:,} {'link' if links == 1 else 'links'}")
    what = change.text.removeprefix("Remove ") if count == 1 and kind != "link" else noun(kind, count)
    rest = f", with {' and '.join(along)}" if along else ""
    return f"Removed {what}{rest}."


def _before(seen: Sequence[int], column: int) -> int:
    place = list(seen).index(column)
    return seen[place - 1] if place else -1


def _bare(head: str) -> str:
    """The name of a column without the currency behind it."""
    return head.strip().partition(" (")[0].casefold()


def _as_table(rows: Sequence[Sequence[str]]) -> str:
    """The cells as a table for programs that take HTML."""
    lines = ("".join(f"<td>{html.escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) for row in rows)
    return f'<meta charset="utf-8"><table>{"".join(f"<tr>{line}</tr>" for line in lines)}</table>'
