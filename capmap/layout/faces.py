"""Faces: the font files that texts are set in, read for what measuring and painting need of them.

The text face covers Latin, Greek, Cyrillic and Devanagari. For every other character there is the first face that has
it: those that come with CapMap, then those of the computer, so that what the program measures is what every output
paints.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

from capmap.layout import fonttables, systemfonts
from capmap.layout.fonttables import FontFile, number
from capmap.layout.style import Weight
from capmap.places import resource

_TEXT: dict[Weight, str] = {
    "regular": "fonts/NotoSans-Regular.ttf",
    "semibold": "fonts/NotoSans-SemiBold.ttf",
    "bold": "fonts/NotoSans-Bold.ttf",
}
_IN_TWO_WEIGHTS = ("NotoSansHebrew", "NotoSansArabic", "NotoSansThai")
_EMOJI = "fonts/NotoEmoji-Regular.ttf"
_EAST_ASIAN = "fonts/DroidSansFallback.ttf"
"""Chinese, Japanese and Korean in one weight: for a computer that has no better face for them."""
_WIDE_ADVANCE = 1.0
_OTHER_ADVANCE = 0.6
"""What a character without a glyph is taken for, in ems: full width for East Asian ones, an average letter else."""
_NOT_TO_BE_EMBEDDED = 0x0002


class Face:
    """One font. Ascent and descent are in ems, as are the ``advances`` of its own characters."""

    def __init__(self, file: FontFile) -> None:
        self.file = file
        with file.path.open("rb") as data:
            tables = fonttables.Tables(data, file.place)
            head, hhea = tables.read("head"), tables.read("hhea")
            hmtx, self._cmap = tables.read("hmtx"), tables.read("cmap")
            # Pictures in colour have no outlines, and some makers forbid that a font goes into documents.
            allowed = "OS/2" not in tables.places or not number(tables.read("OS/2"), ">H", 8) & _NOT_TO_BE_EMBEDDED
            self.usable = allowed and ("glyf" in tables.places or "CFF " in tables.places)
        self.em: int = number(head, ">H", 18)
        ascender, descender = struct.unpack_from(">hh", hhea, 4)
        self.ascent: float = ascender / self.em
        self.descent: float = -descender / self.em
        metrics = number(hhea, ">H", 34)
        self._widths: list[float] = [advance / self.em for advance, _ in struct.iter_unpack(">Hh", hmtx[: 4 * metrics])]
        self.advances = {chr(code): self.advance(glyph) for code, glyph in fonttables.glyphs(self._cmap)}

    @cached_property
    def glyphs(self) -> dict[str, int]:
        """The number of the glyph of each character."""
        return {chr(code): glyph for code, glyph in fonttables.glyphs(self._cmap)}

    @cached_property
    def family(self) -> str:
        """The name of the family, for files that name fonts and do not hold them."""
        try:
            return fonttables.family(self.file)
        except fonttables.BROKEN:
            return ""

    def advance(self, glyph: int) -> float:
        """How far a glyph moves on, in ems. Those past the last entry share its advance."""
        return self._widths[min(glyph, len(self._widths) - 1)]


class TextFace(Face):
    """A text face; its ``every_advance`` knows every character: of another face what that says, else an estimate."""

    def __init__(self, weight: Weight) -> None:
        super().__init__(FontFile(font_file(weight)))
        self.every_advance = _Advances(self.advances, weight)
        self.blank = self.advances[" "]

    def width(self, text: str) -> float:
        """The sum of the advances, in ems: the width of a text that needs no shaping."""
        return sum(map(self.every_advance.__getitem__, text))


def font_file(weight: Weight) -> Path:
    """The file of the text face of this weight."""
    return resource(_TEXT[weight])


@cache
def text_face(weight: Weight) -> TextFace:
    """The face that all text is set in as far as it goes. Its tables are read by hand: loading a font library would
    cost the first window 60 ms, this takes 3.
    """
    return TextFace(weight)


@cache
def face_for(character: str, weight: Weight) -> Face | None:
    """The first face that has a character; None where no font has it."""
    text = text_face(weight)
    if character in text.advances:
        return text
    if unicodedata.category(character) in ("Cc", "Cn", "Cs"):
        return None
    return next((face for face in _fallbacks(character, bold=weight != "regular") if character in face.advances), None)


def takes_no_room(character: str) -> bool:
    """Whether a character is a sign for the text engine, seen in no font: joiners, direction marks, variants."""
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f" or character in "\u034f\u115f"


def is_wide(character: str) -> bool:
    """Whether this is a character of East Asian scripts, as wide as high."""
    return character > "\u1100" and unicodedata.east_asian_width(character) in "WF"


def _fallbacks(character: str, *, bold: bool) -> Iterator[Face]:
    for name in _IN_TWO_WEIGHTS:
        yield _loaded(FontFile(resource(f"fonts/{name}-{'Bold' if bold else 'Regular'}.ttf")))
    yield _loaded(FontFile(resource(_EMOJI)))
    if is_wide(character):
        yield from _usable(systemfonts.east_asian(bold=bold), character)
    yield _loaded(FontFile(resource(_EAST_ASIAN)))
    yield from _usable(systemfonts.others(bold=bold), character)


def _usable(files: Iterable[FontFile], character: str) -> Iterator[Face]:
    """The fonts of the computer that seem to have a character and can be used; broken ones are passed over."""
    for file in files:
        if not fonttables.may_have(file, character):
            continue
        try:
            face = _loaded(file)
        except fonttables.BROKEN:
            continue
        if face.usable:
            yield face


@cache
def _loaded(file: FontFile) -> Face:
    return Face(file)


class _Advances(dict[str, float]):
    """Character -> advance in ems; that of a character of another face is looked up when it is first asked for."""

    def __init__(self, known: dict[str, float], weight: Weight) -> None:
        super().__init__(known)
        self._weight: Weight = weight

    def __missing__(self, character: str) -> float:
        if takes_no_room(character):
            advance = 0.0
        elif (face := face_for(character, self._weight)) is not None:
            advance = face.advances[character]
        elif unicodedata.category(character) in ("Mn", "Me"):
            advance = 0.0
        else:
            advance = _WIDE_ADVANCE if is_wide(character) else _OTHER_ADVANCE
        self[character] = advance
        return advance
