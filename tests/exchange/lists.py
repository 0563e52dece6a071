"""Lists for the tests of exchange: real files, texts and workbooks read, and what came of them told as an outline."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from capmap.exchange.boxes import Box, Reading
from capmap.exchange.columns import ColumnMapping
from capmap.exchange.formats import FORMATS, read_file
from capmap.exchange.source import Source
from capmap.model.map import Map

DATA = Path(__file__).parent / "data"


def read(name: str) -> Reading:
    """One of the real lists."""
    return read_file(DATA / name)


def read_bytes(data: bytes | str, suffix: str = ".csv", mapping: ColumnMapping | None = None) -> Reading:
    """Bytes (text: as UTF-8) as if they were a file called list."""
    reader = next(item.read for item in FORMATS if suffix in item.suffixes)
    assert reader is not None
    data = data.encode() if isinstance(data, str) else data
    return reader(Source(f"list{suffix}", suffix, data), mapping)


def outline(reading: Reading) -> str:
    """The names, a line each, two blanks a level; a reference has an arrow before its name."""
    levels: dict[Box | None, int] = {None: -1}
    lines = []
    for box, holder in reading.walk():
        levels[box] = levels[holder] + 1
        lines.append("  " * levels[box] + ("→ " if box.shows else "") + box.name)
    return "\n".join(lines)


def boxes(reading: Reading) -> dict[str, Box]:
    """The boxes by name."""
    return {box.name: box for box, _ in reading.walk() if box.shows is None}


def values(reading: Reading, field: str) -> dict[str, Any]:
    """One field of every box that has a value for it, by name."""
    return {name: box.values[field] for name, box in boxes(reading).items() if field in box.values}


def meanings(reading: Reading) -> dict[str, str]:
    """What each column was taken for, by header."""
    assert reading.mapping is not None
    return {column.header: column.meaning for column in reading.mapping.columns}


def map_outline(current: Map) -> str:
    """The names of a map like ``outline``."""
    lines = []
    for box in current.walk():
        arrow = "→ " if box.alias_of else ""
        lines.append("  " * (current.level(box.id) - 1) + arrow + current.shown(box).name)
    return "\n".join(lines)


def workbook(rows: Iterable[Sequence[Any]], title: str = "Sheet1") -> bytes:
    """An Excel workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """A workbook as bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
