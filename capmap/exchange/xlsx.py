"""Xlsx: the sheets of an Excel workbook read into tables, values only, after bounds were checked."""

from __future__ import annotations

import datetime as dt
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from capmap.errors import InputError
from capmap.exchange.boxes import Reading
from capmap.exchange.columns import ColumnMapping
from capmap.exchange.notices import Notices
from capmap.exchange.source import BOX_LIMIT, CELL_LIMIT, CELLS_LIMIT, COLUMN_LIMIT, MEGABYTE, Source, too_many_cells
from capmap.exchange.table import Cell, Row, Table, is_empty
from capmap.exchange.tabular import read_tables
from capmap.model.text import unguarded

UNPACKED_LIMIT = 200 * MEGABYTE
PART_LIMIT = 40 * MEGABYTE
"""Everything but the sheets themselves is held in memory at once."""
_RATIO = 100
_SHEETS = 50
_EMPTY_ROWS = 1_000
_OLE = b"\xd0\xcf\x11\xe0"
# What packing and XML are known to raise on damaged files.
_DAMAGE = (
    ArithmeticError,
    AttributeError,
    AssertionError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def read(source: Source, mapping: ColumnMapping | None = None) -> Reading:
    """The capabilities in a workbook: the sheet that ``mapping`` names, else the one that looks most like them."""
    return read_tables(tables_of(source), mapping, Notices())


def tables_of(source: Source) -> list[Table]:
    """The visible sheets of a workbook. Raises InputError."""
    _require_sound(source)
    from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException, SheetTitleException

    try:
        return list(_tables(source))
    except (*_DAMAGE, CellCoordinatesException, InvalidFileException, SheetTitleException):
        raise InputError(
            "this workbook is damaged or not in the .xlsx format; open it in Excel or LibreOffice and save it again.",
            source=source.name,
        ) from None


def _require_sound(source: Source) -> None:
    """Refuse what is no workbook, is locked, or would unpack to more than can be read."""
    if source.data.startswith(_OLE):
        raise InputError(
            "this workbook is locked with a password or in the old .xls format; save it as .xlsx without a password.",
            source=source.name,
        )
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            parts = packed.infolist()
            if not any(part.filename.lower().endswith("workbook.xml") for part in parts):
                raise InputError("this is a packed file but no Excel workbook.", source=source.name)
            if any(part.flag_bits & 1 for part in parts):
                raise InputError("this workbook is locked with a password; save it without one.", source=source.name)
            if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
                raise InputError("this workbook is packed in an unusual way; save it again.", source=source.name)
            total = sum(part.file_size for part in parts)
            others = max((part.file_size for part in parts if "/worksheets/" not in part.filename), default=0)
            bomb = total > PART_LIMIT and total > _RATIO * len(source.data)
            if total > UNPACKED_LIMIT or others > PART_LIMIT or bomb:
                raise InputError("this workbook unpacks to more than can be read; split it.", source=source.name)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")) and _has_doctype(packed, part):
                    raise InputError("this workbook declares a document type, which none should.", source=source.name)
    except _DAMAGE:
        raise InputError(
            "this is not an Excel workbook, or it is damaged; save it again as .xlsx.", source=source.name
        ) from None


def _has_doctype(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with packed.open(part) as stream:
        # Without the zeros, so that UTF-16 hides nothing.
        return b"<!DOCTYPE" in stream.read(MEGABYTE // 4).replace(b"\x00", b"").upper()


def _tables(source: Source) -> Iterator[Table]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns of what it leaves out, such as validation lists; none of that is read here.
        warnings.simplefilter("ignore")
        workbook = load_workbook(io.BytesIO(source.data), read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in workbook.worksheets[:_SHEETS]:
                if sheet.sheet_state == "visible":
                    yield Table(source.name, list(_rows(sheet, source.name)), sheet=str(sheet.title)[:100])
        finally:
            workbook.close()


def _rows(sheet: Any, source: str) -> Iterator[Row]:
    """The rows that hold anything. The size that the sheet claims is not believed; a thousand empty rows end it."""
    from openpyxl.cell.read_only import EMPTY_CELL

    sheet.reset_dimensions()
    empty = found = held = 0
    for number, padded in enumerate(sheet.iter_rows(max_row=2 * BOX_LIMIT, max_col=COLUMN_LIMIT + 1), start=1):
        width = len(padded)
        while width and padded[width - 1] is EMPTY_CELL:
            width -= 1
        cells = [_value(cell) for cell in padded[:width]]
        if all(map(is_empty, cells)):
            empty += 1
            if empty == _EMPTY_ROWS:
                return
            continue
        empty = 0
        found += 1
        held += width
        place = f"sheet {sheet.title}, row {number}"
        if any(isinstance(cell, str) and len(cell) > CELL_LIMIT for cell in cells):
            raise InputError(f"a cell is longer than {CELL_LIMIT:,} characters.", source=source, place=place)
        if held > CELLS_LIMIT:
            raise too_many_cells(source)
        yield Row(place, cells)
        if found > BOX_LIMIT:
            return


def _value(cell: Any) -> Cell:
    """The value of a cell; an error such as #REF! is nothing, and Excel's own indent becomes blanks before the text."""
    value = cell.value
    if isinstance(value, str):
        if cell.data_type == "e":
            return None
        indent = int(cell.alignment.indent) if cell.has_style and cell.alignment is not None else 0
        return " " * (2 * min(indent, 100)) + unguarded(value)
    if value is None or isinstance(value, bool | int | float | dt.date):
        return value
    return str(value)
