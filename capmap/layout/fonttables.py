"""Fonttables: where the tables of a TrueType or OpenType file stand, and the characters that its fonts have."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import BinaryIO, NamedTuple


class FontFile(NamedTuple):
    """A font in a file; a collection holds several, counted from 0."""

    path: Path
    place: int = 0


BROKEN = (OSError, struct.error, IndexError, KeyError, ValueError)
"""What reading a font may raise that is none, or no whole one."""


class Tables:
    """The tables of one font in an open file."""

    def __init__(self, data: BinaryIO, index: int = 0) -> None:
        self._data = data
        start = 0
        self.fonts = 1
        if data.read(4) == b"ttcf":
            self.fonts = number(data.read(8), ">I", 4)
            data.seek(12 + 4 * index)
            start = number(data.read(4), ">I", 0)
        data.seek(start + 4)
        count = number(data.read(2), ">H", 0)
        data.seek(start + 12)
        self.places = {
            tag.decode("latin-1"): (offset, length)
            for tag, _, offset, length in struct.iter_unpack(">4sIII", data.read(16 * count))
        }

    def read(self, tag: str) -> bytes:
        """The bytes of a table. Raises KeyError where there is none."""
        offset, length = self.places[tag]
        self._data.seek(offset)
        return self._data.read(length)


def family(file: FontFile) -> str:
    """The name of a font's family as its maker gives it; empty where it has none to be read."""
    with file.path.open("rb") as data:
        names = Tables(data, file.place).read("name")
    strings = number(names, ">H", 4)
    found: dict[int, str] = {}
    for place in range(number(names, ">H", 2)):
        platform, _, language, name, length, offset = struct.unpack_from(">6H", names, 6 + 12 * place)
        if platform == 3 and language == 0x409 and name in (1, 16):
            found[name] = names[strings + offset : strings + offset + length].decode("utf-16-be", "replace")
    return found.get(1) or found.get(16, "")


def glyphs(cmap: bytes) -> Iterable[tuple[int, int]]:
    """Character code and glyph number of every character, from the table's full Unicode part if it has one (format
    12), else from that of the first 65,536 (format 4).
    """
    parts = _places(cmap)
    if 12 in parts:
        return _all_planes(cmap, parts[12])
    return _first_plane(cmap, parts[4]) if 4 in parts else ()


@cache
def _ranges(file: FontFile) -> tuple[tuple[int, int], ...]:
    try:
        with file.path.open("rb") as data:
            cmap = Tables(data, file.place).read("cmap")
        places = _places(cmap)
        if 12 in places:
            groups = number(cmap, ">I", places[12] + 12)
            start = places[12] + 16
            return tuple(
                (first, final) for first, final, _ in struct.iter_unpack(">III", cmap[start : start + 12 * groups])
            )
        if 4 not in places:
            return ()
        doubled = number(cmap, ">H", places[4] + 6)
        ends, starts = (struct.unpack_from(f">{doubled // 2}H", cmap, places[4] + at) for at in (14, 16 + doubled))
        return tuple(zip(starts, ends, strict=True))
    except BROKEN:
        return ()


def may_have(file: FontFile, character: str) -> bool:
    """Whether a font seems to have a character: asked of many fonts, of which few are then read."""
    code = ord(character)
    return any(first <= code <= final for first, final in _ranges(file))


def _places(cmap: bytes) -> dict[int, int]:
    """Where the parts for Unicode begin, by their format."""
    places: dict[int, int] = {}
    for index in range(number(cmap, ">H", 2)):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * index)
        if platform == 0 or (platform == 3 and encoding in (1, 10)):
            places.setdefault(number(cmap, ">H", offset), offset)
    return places


def _all_planes(cmap: bytes, offset: int) -> Iterable[tuple[int, int]]:
    groups = number(cmap, ">I", offset + 12)
    for first, final, glyph in struct.iter_unpack(">III", cmap[offset + 16 : offset + 16 + 12 * groups]):
        for code in range(first, min(final, 0x10FFFF) + 1):
            yield code, glyph + code - first


def _first_plane(cmap: bytes, offset: int) -> Iterable[tuple[int, int]]:
    doubled = number(cmap, ">H", offset + 6)
    ends, starts = offset + 14, offset + 16 + doubled
    for segment in range(0, doubled, 2):
        final, first = number(cmap, ">H", ends + segment), number(cmap, ">H", starts + segment)
        delta = number(cmap, ">H", starts + doubled + segment)
        here = starts + 2 * doubled + segment
        distance = number(cmap, ">H", here)
        for code in range(first, min(final, 0xFFFE) + 1):
            glyph = code if not distance else number(cmap, ">H", here + distance + 2 * (code - first))
            if glyph or not distance:
                glyph = (glyph + delta) & 0xFFFF
            if glyph:
                yield code, glyph


def number(data: bytes, form: str, offset: int) -> int:
    """One number in the table."""
    return int(struct.unpack_from(form, data, offset)[0])
