"""Typeset: a line of text as glyphs in their places, from left to right as it is seen.

Each part of a line is set in the first face that has its characters. Parts whose letters join, stand above one another
or run from right to left are shaped by HarfBuzz, which is loaded when the first of them is met. Kerning and ligatures
for looks stay out: widths are sums of advances everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from capmap.layout import bidi, faces
from capmap.layout.faces import Face
from capmap.layout.fonttables import FontFile
from capmap.layout.style import Weight

_TO_BE_SHAPED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u109f\u1100-\u11ff\u1700-\u18af\u1900-\u1cff\u1dc0-\u1dff\u200c-\u200f"
    "\u202a-\u202e\u2066-\u2069\u20d0-\u20ff\u3099\u309a\ua800-\uabff\ufb1d-\ufdff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\ufe70-\ufefe\U00010000-\U0001ffff\U000e0000-\U0010ffff]"
)
_JOINING = frozenset("\u200d\u094d\u0e40\u0e41\u0e42\u0e43\u0e44")
_THAI_FOLLOWING = frozenset("\u0e30\u0e32\u0e33\u0e45\u0e46")
_FEATURES = dict.fromkeys(("kern", "liga", "clig", "calt"), False)
"""What the shaping of every output leaves out, by the names that fonts have for it."""


class Glyph(NamedTuple):
    """A glyph by its number in the face, where it stands from the start of its run, and how far it moves on, in ems.

    ``text`` is what it shows, on the first of several glyphs that show something together.
    """

    number: int
    x: float
    y: float
    advance: float
    text: str


class Run(NamedTuple):
    """Characters side by side in one face; ``start`` and ``width`` in ems. With no face the characters are in no font:
    each has a glyph 0 as wide as an empty box.
    """

    face: Face | None
    text: str
    start: float
    width: float
    glyphs: tuple[Glyph, ...]
    rtl: bool


class SetLine(NamedTuple):
    """A line of text: its runs from left to right, and how wide they are together, in ems."""

    runs: tuple[Run, ...]
    width: float


def needs_shaping(text: str) -> bool:
    """Whether letters join or stand above one another, or some of them run from right to left."""
    return not text.isascii() and _TO_BE_SHAPED.search(text) is not None


def is_plain(text: str, weight: Weight) -> bool:
    """Whether the text is letters of the text face side by side, which needs no more than their advances."""
    if text.isascii() and text.isprintable():
        return True
    known = faces.text_face(weight).advances
    return all(character in known for character in text) and not needs_shaping(text)


@lru_cache(maxsize=1 << 14)
def set_line(text: str, weight: Weight, *, rtl: bool | None = None) -> SetLine:
    """The glyphs of a line. ``rtl`` says which way its paragraph runs; None leaves that to its first letter."""
    if rtl or needs_shaping(text):
        forwards = bidi.in_visual_order(text, rtl=bidi.is_rtl(text) if rtl is None else rtl)
    else:
        forwards = [bidi.Part(0, len(text), False)]
    runs: list[Run] = []
    x = 0.0
    for part in forwards:
        pieces = list(_in_one_face(text[part.start : part.stop], weight))
        for face, piece in reversed(pieces) if part.rtl else pieces:
            run = _set(face, piece, x, weight, rtl=part.rtl)
            runs.append(run)
            x += run.width
    return SetLine(tuple(runs), x)


def missing(text: str, weight: Weight = "regular") -> set[str]:
    """The characters of the text that no font has, and that an output shows as empty boxes."""
    known = faces.text_face(weight).advances
    return {
        character
        for character in text
        if character not in known
        and not character.isspace()
        and not faces.takes_no_room(character)
        and faces.face_for(character, weight) is None
    }


def clusters(text: str) -> Iterator[str]:
    """The text in parts that no break may enter: a letter with the marks on it, and what is joined to it."""
    start = 0
    for place in range(1, len(text)):
        if not holds_together(text[place - 1], text[place]):
            yield text[start:place]
            start = place
    yield text[start:]


def holds_together(before: str, after: str) -> bool:
    """Whether no line may break between these two: a mark on its letter, a joiner and what it joins, a Thai vowel and
    its consonant.
    """
    return after > "\u02ff" and (_goes_with_the_last(after) or before in _JOINING or after in _THAI_FOLLOWING)


def _in_one_face(text: str, weight: Weight) -> Iterator[tuple[Face | None, str]]:
    """The text in pieces of one face; marks and signs without a look stay with the letter before them."""
    face: Face | None = None
    start = 0
    for place, character in enumerate(text):
        if place and _goes_with_the_last(character) and _can_show(face, character):
            continue
        own = face if faces.takes_no_room(character) and place else faces.face_for(character, weight)
        if own is None and faces.takes_no_room(character):
            own = faces.text_face(weight)
        if place and own is not face:
            yield face, text[start:place]
            start = place
        face = own
    if text:
        yield face, text[start:]


def _goes_with_the_last(character: str) -> bool:
    return (
        faces.takes_no_room(character)
        or unicodedata.category(character) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def _can_show(face: Face | None, character: str) -> bool:
    return face is not None and (character in face.advances or faces.takes_no_room(character))


def _set(face: Face | None, text: str, start: float, weight: Weight, *, rtl: bool) -> Run:
    if face is None:
        glyphs = tuple(_boxes(reversed(text) if rtl else text, weight))
    elif rtl or needs_shaping(text):
        glyphs = tuple(_shaped(face, text, rtl=rtl))
    else:
        glyphs = tuple(_side_by_side(face, text))
    return Run(face, text, start, sum(glyph.advance for glyph in glyphs), glyphs, rtl)


def _boxes(text: Iterable[str], weight: Weight) -> Iterator[Glyph]:
    advances = faces.text_face(weight).every_advance
    x = 0.0
    for character in text:
        yield Glyph(0, x, 0.0, advances[character], character)
        x += advances[character]


def _side_by_side(face: Face, text: str) -> Iterator[Glyph]:
    x = 0.0
    for character in text:
        advance = face.advances.get(character, 0.0)
        yield Glyph(face.glyphs.get(character, 0), x, 0.0, advance, character)
        x += advance


def _shaped(face: Face, text: str, *, rtl: bool) -> Iterator[Glyph]:
    hb, font = _harfbuzz(face.file)
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.flags = hb.BufferFlags.DO_NOT_INSERT_DOTTED_CIRCLE
    hb.shape(font, buffer, _FEATURES)
    found = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    starts = sorted({info.cluster for info, _ in found})
    stops = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    x, told = 0.0, set[int]()
    for info, position in found:
        shown = text[info.cluster : stops[info.cluster]] if info.cluster not in told else ""
        told.add(info.cluster)
        advance = position.x_advance / face.em
        yield Glyph(info.codepoint, x + position.x_offset / face.em, position.y_offset / face.em, advance, shown)
        x += advance


@cache
def _harfbuzz(file: FontFile) -> tuple[Any, Any]:
    """HarfBuzz and its font for a file."""
    import uharfbuzz

    return uharfbuzz, uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file.path)), file.place))
