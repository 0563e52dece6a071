"""Pdf_map: the map that a PDF of CapMap carries inside.

No PDF is read for this: the bytes are searched for the one stream with a map in it, so that nothing else that stands in
a stranger's file can do harm. Programs that save a PDF anew leave such a stream as it is.
"""

from __future__ import annotations

import re
import zlib

from capmap.errors import InputError
from capmap.exchange import json_format
from capmap.exchange.boxes import Reading
from capmap.exchange.columns import ColumnMapping
from capmap.exchange.notices import Notices
from capmap.exchange.source import MEGABYTE, Source

_KIND = re.compile(rb"/Subtype\s*/application#2[fF]vnd\.capmap#?\+json")
_START = re.compile(rb"stream(?:\r\n|\n)")
_FILTER = re.compile(rb"/Filter\s*\[?\s*/(\w+)\s*(\]|/(?!Crypt)|>|\s)")
_NEAR = 2_000
"""Bytes of a dictionary; that of a carried map is shorter."""
_LIMIT = 200 * MEGABYTE
"""What a map may unpack to; one of 100,000 boxes takes a tenth."""


def read(source: Source, mapping: ColumnMapping | None = None) -> Reading:
    """The map that stands in a PDF. Raises InputError for a PDF without one, or with one that is broken."""
    if b"%PDF-" not in source.data[:1024]:
        raise InputError("this is no PDF, whatever its name says.", source=source.name)
    found = list(_KIND.finditer(source.data))
    if not found:
        if b"/Encrypt" in source.data:
            raise InputError("this PDF is locked with a password; save it without one first.", source=source.name)
        raise InputError(
            "this PDF carries no map. CapMap can open again only what CapMap wrote, with its map inside.",
            source=source.name,
        )
    # A program that adds to a PDF appends: the last one counts.
    text = _unpacked(source, found[-1].start(), found[-1].end()).decode("utf-8", "replace")
    return json_format.read_text(text, source.name, mapping, Notices())


def _unpacked(source: Source, start: int, end: int) -> bytes:
    """The bytes of the map whose kind is named at this place."""
    data = source.data
    begun = _START.search(data, end, end + _NEAR)
    if begun is None:
        raise _broken(source)
    head = data[max(data.rfind(b" obj", max(start - _NEAR, 0), start), 0) : begun.start()]
    packed = _FILTER.search(head)
    if packed is None:
        stop = data.find(b"endstream", begun.end())
        if stop < 0 or b"/Filter" in head:
            raise _broken(source)
        return data[begun.end() : min(stop, begun.end() + _LIMIT)]
    if packed[1] != b"FlateDecode":
        raise _broken(source)
    unpacking = zlib.decompressobj()
    try:
        whole = unpacking.decompress(data[begun.end() :], _LIMIT)
    except zlib.error:
        raise _broken(source) from None
    if not unpacking.eof:
        raise _broken(source)
    return whole


def _broken(source: Source) -> InputError:
    return InputError("the map inside this PDF is damaged or was altered, so it cannot be opened.", source=source.name)
