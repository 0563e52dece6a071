"""Block: cells on the clipboard as other programs write them: tabs between cells, quotes around line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from capmap.errors import InputError
from capmap.exchange.source import BOX_LIMIT, CELL_LIMIT
from capmap.model.text import guarded, unguarded

CELLS_AT_ONCE = 500_000
_FIGURE = re.compile(r"[-+]?[\d.,]+%?")


def block_of(text: str) -> list[list[str]]:
    """The rows of a block, all of one length. Raises InputError for more than can be taken at once.

    A quotation mark at the beginning of a cell opens a quoted cell only if it is closed before a tab or line end, so
    that a name which merely begins with one is kept.
    """
    rows = [list(row) for row in _rows(text)]
    width = max(map(len, rows), default=0)
    if len(rows) > BOX_LIMIT or width * len(rows) > CELLS_AT_ONCE:
        raise InputError(f"these are more than {CELLS_AT_ONCE:,} cells; paste a part of them.", source="the clipboard")
    return [row + [""] * (width - len(row)) for row in rows]


def _rows(text: str) -> Iterator[list[str]]:
    if not text:
        return
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    row: list[str] = []
    place = 0
    while place <= len(text):
        cell, place = _cell(text, place)
        if len(cell) > CELL_LIMIT:
            raise InputError(f"a cell is longer than {CELL_LIMIT:,} characters.", source="the clipboard")
        row.append(unguarded(cell))
        if place >= len(text) or text[place] == "\n":
            yield row
            row = []
        place += 1


_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)')
_BARE = re.compile(r"[^\t\n]*")


def _cell(text: str, place: int) -> tuple[str, int]:
    """The cell that begins here, and where it ends."""
    if text.startswith('"', place):
        quoted = _QUOTED.match(text, place)
        if quoted is not None:
            return quoted[1].replace('""', '"'), quoted.end()
    bare = _BARE.match(text, place)
    return (bare[0], bare.end()) if bare is not None else ("", place)


def text_of_block(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as a text that spreadsheets, and ``block_of``, read back; none is taken for a formula."""
    return "".join("\t".join(map(_written, row)) + "\r\n" for row in rows)


def _written(cell: str) -> str:
    # A negative amount begins like a formula and is none.
    safe = cell if _FIGURE.fullmatch(cell) else guarded(cell)
    if any(mark in safe for mark in '\t\n"'):
        doubled = safe.replace('"', '""')
        return f'"{doubled}"'
    return safe
