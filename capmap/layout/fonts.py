"""Fonts: how wide a text is in the bundled fonts and where its lines break, asked of the font files themselves.

This is the only measurer of the program. Widths are sums of advances; renderers switch kerning off, so that a line is
as wide on screen and on paper as it is here.
"""

from __future__ import annotations

import dataclasses
import struct
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from capmap.layout.style import TypeStyle, Weight
from capmap.places import resource

_FILES: dict[Weight, str] = {
    "regular": "fonts/NotoSans-Regular.ttf",
    "semibold": "fonts/NotoSans-SemiBold.ttf",
    "bold": "fonts/NotoSans-Bold.ttf",
}
_WIDE_ADVANCE = 1.0
_OTHER_ADVANCE = 0.6
"""What a character without a glyph is taken for, in ems: full width for East Asian ones, an average letter else."""

_NOT_AT_START = frozenset("、。，．：；！？）］｝〕〉》」』】’”・ー々%‰℃")
_NOT_AT_END = frozenset("（［｛〔〈《「『【‘“¥＄￥")
_SHORTEST_PART = 3
"""Letters that must stand on each side of a hyphen or slash for a line to break there: never "A/" and "B"."""


def font_file(weight: Weight) -> Path:
    """The font file that renderers embed or load for this weight."""
    return resource(_FILES[weight])


def width(text: str, weight: Weight, size: float) -> float:
    """How wide the text is set in one line, in points."""
    return sum(map(_face(weight).advances.__getitem__, text)) * size


def ascent(weight: Weight, size: float) -> float:
    """How far the font rises above the baseline, in points."""
    return _face(weight).ascent * size


def descent(weight: Weight, size: float) -> float:
    """How far the font falls below the baseline, in points, as a positive number."""
    return _face(weight).descent * size


def baseline(style: TypeStyle) -> float:
    """From the top of a line to its baseline, in points: the type stands in the middle of its leading."""
    face = _face(style.weight)
    return (style.leading + (face.ascent - face.descent) * style.size) / 2


def missing(text: str) -> set[str]:
    """The characters of the text that no bundled font can show."""
    known = _face("regular").advances.glyphs
    return {character for character in text if character not in known and not character.isspace()}


def wrap(text: str, weight: Weight, size: float, max_width: float, max_lines: int | None = None) -> tuple[str, ...]:
    """The text in lines of at most ``max_width`` points, in as few lines as can be.

    Lines break at blanks and after hyphens and slashes, between East Asian characters, and inside a word only where
    the word alone is wider than a line. With ``max_lines``, what does not fit is cut with an ellipsis.
    """
    face = _face(weight)
    room = max_width / size + 1e-6
    lines: list[str] = []
    line, line_width = "", 0.0
    for piece, piece_width, blank in _pieces(text, weight):
        if line and line_width + piece_width > room:
            lines.append(line.rstrip(" "))
            line, line_width = "", 0.0
        if not line and piece_width > room:
            *full, piece = _chopped(piece, face, room)
            lines.extend(full)
            piece_width = face.width(piece)
        line += piece + " " * blank
        line_width += piece_width + face.blank * blank
    lines.append(line.rstrip(" "))
    if max_lines is not None and len(lines) > max_lines:
        last = " ".join(lines[max_lines - 1 :])
        while last and face.width(last + "…") > room:
            last = last[:-1]
        lines[max_lines - 1 :] = [last.rstrip() + "…"]
    return tuple(lines)


@lru_cache(maxsize=1 << 16)
def line_widths(text: str, weight: Weight, most: int = 4) -> tuple[float, ...]:
    """The narrowest widths, in ems, at which ``wrap`` needs at most 1, 2 ... ``most`` lines without breaking a word.

    The list ends early where one more line gains nothing.
    """
    face = _face(weight)
    pieces = _pieces(text, weight)
    starts, ends, place = [], [], 0.0
    for _, piece_width, blank in pieces:
        starts.append(place)
        place += piece_width
        ends.append(place)
        place += face.blank * blank
    # held[j]: the narrowest width that holds the pieces before j in the lines so far.
    held = [0.0, *ends]
    widths = [held[-1]]
    for _ in range(1, min(most, len(pieces))):
        one_more = [0.0]
        for end, best in zip(ends, held[1:], strict=True):
            for before in range(len(one_more) - 1, -1, -1):
                last_line = end - starts[before]
                if last_line >= best:
                    break
                so_far = held[before]
                if so_far < best:
                    best = so_far if so_far > last_line else last_line
            one_more.append(best)
        if one_more[-1] >= widths[-1]:
            break
        held = one_more
        widths.append(held[-1])
    return tuple(widths)


@lru_cache(maxsize=1 << 16)
def _pieces(text: str, weight: Weight) -> list[tuple[str, float, bool]]:
    """The parts of the text that a line break may not enter, with their widths in ems and whether a blank follows."""
    pieces: list[tuple[str, float, bool]] = []
    for word in text.split(" "):
        pieces += _word(word, weight)
    last, last_width, _ = pieces[-1]
    pieces[-1] = (last, last_width, False)
    return pieces


@lru_cache(maxsize=1 << 15)
def _word(word: str, weight: Weight) -> list[tuple[str, float, bool]]:
    """The pieces of a word; a blank follows the last."""
    face = _face(weight)
    *parts, last = [word] if word.isalpha() and word.isascii() else _parts(word)
    return [*((part, face.width(part), False) for part in parts), (last, face.width(last), True)]


def _parts(word: str) -> list[str]:
    """A word parted after hyphens and slashes that stand well inside it, and between East Asian characters."""
    parts: list[str] = []
    start = 0
    for place in range(1, len(word)):
        before, after = word[place - 1], word[place]
        if before in "-/–":
            inside = place - start > _SHORTEST_PART and len(word) - place >= _SHORTEST_PART and after.isalpha()
        else:
            inside = (_is_wide(before) or _is_wide(after)) and after not in _NOT_AT_START and before not in _NOT_AT_END
        if inside:
            parts.append(word[start:place])
            start = place
    parts.append(word[start:])
    return parts


def _chopped(word: str, face: _Face, room: float) -> list[str]:
    """A word that is wider than a line, cut into pieces that fit, at least one character each."""
    pieces: list[str] = []
    piece, piece_width = "", 0.0
    for character in word:
        advance = face.advances[character]
        if piece and piece_width + advance > room and not unicodedata.combining(character):
            pieces.append(piece)
            piece, piece_width = "", 0.0
        piece += character
        piece_width += advance
    pieces.append(piece)
    return pieces


def _is_wide(character: str) -> bool:
    return character > "\u1100" and unicodedata.east_asian_width(character) in "WF"


class _Advances(dict[str, float]):
    """Character -> advance in ems; a character without a glyph gets an estimate when it is first asked for."""

    def __init__(self, known: Iterable[tuple[str, float]]) -> None:
        super().__init__(known)
        self.glyphs = frozenset(self)

    def __missing__(self, character: str) -> float:
        if unicodedata.category(character) in ("Mn", "Me", "Cf"):
            advance = 0.0
        else:
            advance = _WIDE_ADVANCE if _is_wide(character) else _OTHER_ADVANCE
        self[character] = advance
        return advance


@dataclasses.dataclass(frozen=True, slots=True)
class _Face:
    """What measuring needs of one font file, in ems."""

    ascent: float
    descent: float
    blank: float
    advances: _Advances

    def width(self, text: str) -> float:
        return sum(map(self.advances.__getitem__, text))


@cache
def _face(weight: Weight) -> _Face:
    """Reads four tables of the font file by hand: loading a font library would cost the first window 60 ms, this
    takes 3.
    """
    data = font_file(weight).read_bytes()
    tables = {
        tag: data[offset : offset + length]
        for tag, _, offset, length in struct.iter_unpack(">4sIII", data[12 : 12 + 16 * _number(data, ">H", 4)])
    }
    em = _number(tables[b"head"], ">H", 18)
    ascender, descender = struct.unpack_from(">hh", tables[b"hhea"], 4)
    metrics = _number(tables[b"hhea"], ">H", 34)
    widths = [advance / em for advance, _ in struct.iter_unpack(">Hh", tables[b"hmtx"][: 4 * metrics])]
    # Glyphs past the last entry share its advance.
    last = metrics - 1
    advances = _Advances((chr(code), widths[min(glyph, last)]) for code, glyph in _glyphs(tables[b"cmap"]))
    return _Face(ascender / em, -descender / em, advances[" "], advances)


def _glyphs(cmap: bytes) -> Iterable[tuple[int, int]]:
    """Character code and glyph number of every character, from the table's full Unicode part (format 12)."""
    for index in range(_number(cmap, ">H", 2)):
        offset = _number(cmap, ">I", 4 + 8 * index + 4)
        if _number(cmap, ">H", offset) == 12:
            groups = _number(cmap, ">I", offset + 12)
            for first, final, glyph in struct.iter_unpack(">III", cmap[offset + 16 : offset + 16 + 12 * groups]):
                for code in range(first, final + 1):
                    yield code, glyph + code - first
            return


def _number(data: bytes, form: str, offset: int) -> int:
    return int(struct.unpack_from(form, data, offset)[0])
