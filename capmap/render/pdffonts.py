"""Pdffonts: the glyphs that a document shows of a face, as a font of its own inside it.

A glyph is called by a code of its own for each thing that it stands for, so that what is copied is what was written.
Outlines of any kind become those that every reader of PDF paints.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from capmap.layout.faces import Face
from capmap.render.pdffile import Raw, stream

_FINENESS = 0.0005
"""How far a curve may be from the one that it takes the place of, in ems."""
_AT_ONCE = 100
_NOTHING = "\u200b"
"""What a glyph stands for that only belongs to the one before it."""


class GlyphFont:
    """The glyphs of a face that a document uses. reportlab calls ``addObjects`` when all is painted."""

    def __init__(self, face: Face, number: int) -> None:
        self.name = f"/G{number}"
        self._face = face
        self._number = number
        self._codes: dict[tuple[int, str], int] = {}

    def code(self, glyph: int, shown: str) -> int:
        """The code of a glyph that stands for this text."""
        return self._codes.setdefault((glyph, shown or _NOTHING), len(self._codes) + 1)

    def advance(self, glyph: int) -> float:
        """How far the reader moves on after a glyph, in ems, a thousandth being the least."""
        return round(self._face.advance(glyph) * 1000) / 1000

    def addObjects(self, document: Any) -> None:
        """Put the font into the document."""
        glyphs = [glyph for glyph, _ in self._codes]
        name = f"{_tag(self._number)}+{_postscript_name(self._face)}"
        data = outlines(self._face, glyphs)
        file = stream(data, f"/Length1 {len(data)}")
        widths = " ".join(f"{self.advance(glyph) * 1000:.0f}" for glyph in glyphs)
        ascent, descent = (round(1000 * height) for height in (self._face.ascent, -self._face.descent))
        descriptor = _reference(
            document,
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[-1000 {descent} 3000 {ascent}]/ItalicAngle 0"
            f"/Ascent {ascent}/Descent {descent}/CapHeight 714/StemV 80/FontFile2 {_reference(document, file)}>>",
        )
        inner = _reference(
            document,
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/FontDescriptor {descriptor}/CIDToGIDMap/Identity/DW 0/W[1[{widths}]]>>",
        )
        meanings = _reference(document, stream(_meanings([shown for _, shown in self._codes])))
        font = Raw(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{inner}]"
            f"/ToUnicode {meanings}>>".encode()
        )
        document.idToObject["BasicFonts"].dict[self.name[1:]] = document.Reference(font)


def outlines(face: Face, glyphs: Sequence[int]) -> bytes:
    """A TrueType font with these glyphs of a face, from number 1 on; the same bytes for the same glyphs."""
    with TTFont(face.file.path, fontNumber=face.file.place, lazy=True) as source:
        order, drawn = source.getGlyphOrder(), source.getGlyphSet()
        curves = "glyf" not in source
        made = {".notdef": TTGlyphPen(None).glyph()}
        advances = {".notdef": (face.em // 2, 0)}
        for number, glyph in enumerate(glyphs, start=1):
            recorded = DecomposingRecordingPen(drawn)
            drawn[order[glyph]].draw(recorded)
            pen = TTGlyphPen(None)
            recorded.replay(Cu2QuPen(pen, _FINENESS * face.em, reverse_direction=True) if curves else pen)
            shape = made[f"g{number}"] = pen.glyph()
            shape.recalcBounds(None)
            advances[f"g{number}"] = (round(face.advance(glyph) * face.em), getattr(shape, "xMin", 0))
    builder = FontBuilder(face.em, isTTF=True)
    builder.setupGlyphOrder(list(made))
    builder.setupGlyf(made)
    builder.setupHorizontalMetrics(advances)
    builder.setupHorizontalHeader(ascent=round(face.ascent * face.em), descent=-round(face.descent * face.em))
    builder.setupPost(keepGlyphNames=False)
    builder.setupMaxp()
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def _meanings(shown: Sequence[str]) -> bytes:
    """The table that says which text each code stands for."""
    lines = [f"<{code:04x}><{text.encode('utf-16-be', 'replace').hex()}>" for code, text in enumerate(shown, start=1)]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000><ffff> endcodespacerange",
            *_in_blocks(lines),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        )
    ).encode()


def _in_blocks(lines: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(lines), _AT_ONCE):
        block = lines[start : start + _AT_ONCE]
        yield f"{len(block)} beginbfchar"
        yield from block
        yield "endbfchar"


def _reference(document: Any, body: Raw | str) -> str:
    item = Raw(body.encode()) if isinstance(body, str) else body
    return str(document.Reference(item).format(document), "latin-1")


def _tag(number: int) -> str:
    """Six letters, as the name of a font has them that is not whole."""
    letters = ""
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters = chr(65 + letter) + letters
    return letters


def _postscript_name(face: Face) -> str:
    name = re.sub(r"[^A-Za-z0-9-]", "", face.file.path.stem if not face.family else face.family)
    return name or "Font"
