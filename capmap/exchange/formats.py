"""Formats: the table of formats that CapMap reads and writes, and the entry points for files and pasted text.

A new format is one module with ``read`` or ``write`` and one line in FORMATS.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from capmap.errors import InputError, UsageError
from capmap.exchange import delimited, json_format, markdown, outline, pdf_map, xlsx
from capmap.exchange.boxes import Reading, called
from capmap.exchange.columns import ColumnMapping, is_header, is_name_header
from capmap.exchange.encoding import decode
from capmap.exchange.notices import Notices
from capmap.exchange.source import FILE_LIMIT, Source, read_source
from capmap.exchange.tabular import read_tables
from capmap.model.map import Map
from capmap.saving import replacing

_SAMPLE = 60_000
Reader = Callable[[Source, ColumnMapping | None], Reading]
Writer = Callable[[Map], bytes]


@dataclasses.dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what a person calls it, its suffixes, and how it is read and written if it can be."""

    name: str
    suffixes: tuple[str, ...]
    read: Reader | None = None
    write: Writer | None = None


def _read_markdown(source: Source, mapping: ColumnMapping | None = None) -> Reading:
    text, notice = decode(source.data, source.name)
    return _read_text(text, source.name, mapping, notice, in_markdown=markdown.has_items(text))


def _read_plain(source: Source, mapping: ColumnMapping | None = None) -> Reading:
    text, notice = decode(source.data, source.name)
    return _read_text(text, source.name, mapping, notice, in_markdown=False)


FORMATS: tuple[Format, ...] = (
    Format("Excel workbook", (".xlsx", ".xlsm"), xlsx.read),
    Format("CSV", (".csv", ".tsv", ".tab"), delimited.read, delimited.write),
    Format("JSON", (".json",), json_format.read, json_format.write),
    Format("Indented text", (".txt", ".text"), _read_plain, outline.write),
    Format("Markdown", (".md", ".markdown"), _read_markdown, markdown.write),
    Format("PDF that carries its map", (".pdf",), pdf_map.read),
)

READ_SUFFIXES = tuple(suffix for item in FORMATS if item.read for suffix in item.suffixes)
WRITTEN_SUFFIXES = tuple(suffix for item in FORMATS if item.write for suffix in item.suffixes)


def read_file(path: Path, mapping: ColumnMapping | None = None) -> Reading:
    """The capabilities in a file; ``mapping`` is that of an earlier Reading, corrected. Raises InputError."""
    suffix = path.suffix.lower()
    reader = next((item.read for item in FORMATS if suffix in item.suffixes), None)
    if reader is None:
        what = f"{suffix} files" if suffix else "files without an ending"
        raise InputError(f"CapMap cannot read {what}; it reads {' '.join(READ_SUFFIXES)}.", source=path.name)
    return titled(reader(read_source(path), mapping), path)


def titled(reading: Reading, path: Path) -> Reading:
    """The reading with a title, made of the name of the file where it has none."""
    return reading if reading.title else dataclasses.replace(reading, title=title_of(path))


def title_of(path: Path) -> str:
    """The name of a file as the title of a map."""
    title = called(path.stem.replace("_", " ").replace("-", " "))
    return title[:1].upper() + title[1:]


def read_text(text: str, mapping: ColumnMapping | None = None, source: str = "pasted text") -> Reading:
    """The capabilities in a text as it comes from the clipboard: an outline, Markdown, cells, or JSON. Raises
    InputError.
    """
    if len(text) > FILE_LIMIT:
        raise InputError("the text is too long; save it as a file and split it.", source=source)
    if not text.strip():
        raise InputError("there is no text.", source=source)
    return _read_text(text, source, mapping, "", in_markdown=False)


def write(current: Map, target: Path) -> None:
    """Write the map in the format of the target's suffix. Raises UsageError for an unknown one, OutputError."""
    writer = writer_for(target.suffix)
    if writer is None:
        what = f"{target.suffix} files" if target.suffix else "a file without an ending"
        raise UsageError(f"CapMap cannot write {what}; it writes {' '.join(WRITTEN_SUFFIXES)}.")
    data = writer(current)
    with replacing(target) as file:
        file.write(data)


def writer_for(suffix: str) -> Writer | None:
    """What writes files with that suffix; None for one that is not written here."""
    return next((item.write for item in FORMATS if suffix.lower() in item.suffixes), None)


def _read_text(text: str, source: str, mapping: ColumnMapping | None, notice: str, *, in_markdown: bool) -> Reading:
    notices = Notices()
    if notice:
        notices.add(notice)
    text = text.replace("\x00", "").removeprefix("\ufeff")
    if _is_json(text):
        return json_format.read_text(text, source, mapping, notices)
    delimiter = "" if in_markdown else _delimiter_of_cells(text)
    if delimiter:
        table = delimited.table_of(text, source, delimiter)
    elif in_markdown or markdown.has_headings(text):
        table = markdown.table_of(text, source)
    else:
        table = outline.table_of(text, source)
    return read_tables([table], mapping, notices)


def _is_json(text: str) -> bool:
    return re.match(r'\s*(?:\[\s*[\[{"\]]|\{\s*["}])', text) is not None


def _is_column(lines: Sequence[str]) -> bool:
    """Whether lines are one column out of a spreadsheet: a header that says name or path above lines without marks."""
    if len(lines) < 2:
        return False
    plain = (not line[:1].isspace() and not outline.read_line(1, line, dotted=True).mark for line in lines)
    return is_name_header(lines[0]) and all(plain)


def _delimiter_of_cells(text: str) -> str:
    """The delimiter if a text is cells and no outline: tabs after words in at least half of the lines, or another
    delimiter with at least two known headers in the first line.
    """
    lines = [line for line in text[:_SAMPLE].splitlines()[:200] if line.strip()]
    tabbed = sum(1 for line in lines if "\t" in line.strip())
    if lines and tabbed * 2 >= len(lines):
        return "\t"
    if _is_column(lines):
        return "\t"
    for delimiter in ",;|":
        headers = lines[0].split(delimiter) if lines else []
        if len(headers) > 1 and sum(map(is_header, headers)) > 1:
            return delimiter
    return ""
