"""Text in a PDF: the codes by which the fonts embedded in it show what is written.

Letters of the text face go by reportlab's subsets of it, other scripts glyph by glyph (``pdffonts``), in the places
that ``typeset`` gives them.
"""

from __future__ import annotations

import collections
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from capmap.layout import bidi, faces, fonts, typeset
from capmap.layout.faces import Face
from capmap.layout.style import Weight
from capmap.layout.typeset import Glyph
from capmap.layout.typeset import Run as SetRun

if TYPE_CHECKING:
    from capmap.render.pdffonts import GlyphFont

_SIGNS = frozenset("\\()")
"""What has a meaning of its own in a string of the format."""
_AWAY = 0.0005
"""Ems. A glyph nearer to where it stands anyhow is not moved."""


class Run(NamedTuple):
    """Characters that one font shows: the operators for them, and where they start in their line, in ems. Characters
    that no font has are set unseen: ``boxes`` tells how wide their empty boxes are, in ems.
    """

    font: str
    start: float
    operators: str
    boxes: tuple[float, ...] = ()


class _Piece(NamedTuple):
    """Characters in one subset of the text face, with their codes."""

    font: str
    text: str
    codes: str
    seen: bool


class _FirstFonts(dict[Weight, str]):
    """The name of the first subset of the text face in each weight, which holds ASCII and 158 characters more: all that
    most maps need.
    """

    def __init__(self, document: Any) -> None:
        super().__init__()
        self._document = document

    def __missing__(self, weight: Weight) -> str:
        name = self[weight] = _name(weight, 0, self._document)
        return name


class Script:
    """Text as the codes of the embedded subsets; a document fills its subsets as it meets new characters."""

    def __init__(self, canvas: Canvas) -> None:
        inside: Any = canvas
        self._document = inside._doc
        self._codes = collections.defaultdict[Weight, dict[str, str]](dict)
        self.first_fonts = _FirstFonts(self._document)
        self._glyph_fonts: dict[Face, GlyphFont] = {}

    def runs(self, text: str, weight: Weight, size: float, *, rtl: bool | None = None) -> Iterator[Run]:
        """The text as runs from left to right; ``rtl`` as in ``typeset.set_line``."""
        for run in typeset.set_line(text, weight, rtl=rtl).runs:
            if run.face is None:
                pieces, boxes = self._pieces(run.text, weight), tuple(glyph.advance for glyph in run.glyphs)
                start = run.start
                for piece in pieces:
                    count = len(piece.text)
                    yield Run(piece.font, start, f"({piece.codes}) Tj", boxes[:count])
                    start, boxes = start + sum(boxes[:count]), boxes[count:]
            elif run.face is faces.text_face(weight) and not run.rtl and typeset.is_plain(run.text, weight):
                start = run.start
                for piece in self._pieces(run.text, weight):
                    yield Run(piece.font, start, f"({piece.codes}) Tj")
                    start += fonts.width(piece.text, weight, 1.0)
            else:
                font = self._glyph_font(run.face)
                yield Run(font.name, run.start, _shown(font, run, size))

    def simple(self, text: str, weight: Weight) -> str | None:
        """The codes of a text whose characters all stand in the first subset already; None for any other text."""
        if text.isascii() and text.isprintable():
            # The first subset has them under their own codes.
            return text if _SIGNS.isdisjoint(text) else _escaped(text.encode())
        codes = self._codes[weight]
        try:
            return "".join([codes[character] for character in text])
        except KeyError:
            return None

    def _pieces(self, text: str, weight: Weight) -> list[_Piece]:
        """The text in pieces of one subset; where all stands in the first, the next text finds it there at once."""
        pieces = [self._piece(character, weight) for character in text]
        first = self.first_fonts[weight]
        if all(piece.font == first and piece.seen for piece in pieces):
            self._codes[weight].update(zip(text, (piece.codes for piece in pieces), strict=True))
        return _joined(pieces)

    def _piece(self, character: str, weight: Weight) -> _Piece:
        font = font_of(weight)
        known = character in faces.text_face(weight).advances
        if not known:
            # A code of its own for the glyph of missing characters: what readers copy is still the character.
            font.face.charToGlyph[ord(character)] = 0
            font.face.charWidths[ord(character)] = fonts.width(character, weight, 1.0) * 1000
        ((subset, code),) = font.splitString(character, self._document)
        if character > "\uffff":
            self._write_as_pair(font, character, subset, code[0])
        return _Piece(_name(weight, subset, self._document), character, _escaped(code), known)

    def _glyph_font(self, face: Face) -> GlyphFont:
        from capmap.render.pdffonts import GlyphFont

        if face not in self._glyph_fonts:
            font = self._glyph_fonts[face] = GlyphFont(face, len(self._glyph_fonts) + 1)
            self._document.delayedFonts.append(font)
        return self._glyph_fonts[face]

    def _write_as_pair(self, font: TTFont, character: str, subset: int, code: int) -> None:
        """Let reportlab write what a code means as the two halves of UTF-16, which readers expect beyond U+FFFF."""
        pair = int.from_bytes(character.encode("utf-16-be"), "big")
        face: Any = font.face
        face.charToGlyph[pair] = face.charToGlyph[ord(character)]
        face.charWidths[pair] = face.getCharWidth(ord(character))
        font.state[self._document].subsets[subset][code] = pair


def _joined(pieces: Iterable[_Piece]) -> list[_Piece]:
    """The pieces with neighbours of one subset put together."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and last.font == piece.font:
            joined[-1] = last._replace(text=last.text + piece.text, codes=last.codes + piece.codes)
        else:
            joined.append(piece)
    return joined


def _shown(font: GlyphFont, run: SetRun, size: float) -> str:
    """The operators that show glyphs in their places, from where the text stands."""
    operators: list[str] = []
    pending: list[str] = []
    pen = rise = 0.0

    def flush() -> None:
        if pending:
            operators.append(f"[{''.join(pending)}] TJ")
            pending.clear()

    for together in _together(run.glyphs, run.rtl):
        # What several glyphs show together, or one that readers would turn round, cannot be told glyph by glyph.
        spelt = _spelt(together, run.rtl)
        if spelt:
            flush()
            operators.append(f"/Span<</ActualText<feff{spelt.encode('utf-16-be', 'replace').hex()}>>>BDC")
        for glyph in together:
            if abs(glyph.y - rise) > _AWAY:
                flush()
                rise = glyph.y
                operators.append(f"{rise * size:.3f} Ts")
            if abs(glyph.x - pen) > _AWAY:
                moved = round((glyph.x - pen) * 1000)
                pending.append(f"{-moved}")
                pen += moved / 1000
            # What is copied comes in the order that is seen, brackets as they look.
            shown = bidi.mirrored(glyph.text) if run.rtl else glyph.text
            pending.append(f"<{font.code(glyph.number, shown):04x}>")
            pen += font.advance(glyph.number)
        if spelt:
            flush()
            operators.append("EMC")
    flush()
    if rise:
        operators.append("0 Ts")
    return " ".join(operators)


def _together(glyphs: Sequence[Glyph], rtl: bool) -> Iterator[list[Glyph]]:
    """The glyphs in groups that show something together: a letter with its marks, or what letters make together."""
    group: list[Glyph] = []
    for glyph in glyphs:
        begins = bool(glyph.text) and not _is_mark(glyph)
        if group and (begins if not rtl else bool(glyph.text) and not _is_mark(group[-1])):
            yield group
            group = []
        group.append(glyph)
    if group:
        yield group


def _is_mark(glyph: Glyph) -> bool:
    return bool(glyph.text) and all(unicodedata.category(character) in ("Mn", "Me") for character in glyph.text)


def _spelt(group: Sequence[Glyph], rtl: bool) -> str:
    """What glyphs show together, in the order in which it is read; "" where a glyph shows one character by itself."""
    shown = [glyph.text for glyph in (reversed(group) if rtl else group)]
    return "".join(shown) if len(group) > 1 or (rtl and len(shown[0]) > 1) else ""


def _name(weight: Weight, subset: int, document: Any) -> str:
    return str(font_of(weight).getSubsetInternalName(subset, document))


@cache
def font_of(weight: Weight) -> TTFont:
    """The bundled font of this weight, registered with reportlab."""
    font = TTFont(f"CapMap-{weight}", str(fonts.font_file(weight)), asciiReadable=1)
    pdfmetrics.registerFont(font)
    return font


def _escaped(codes: bytes) -> str:
    """Character codes as the inside of a PDF string."""
    return "".join(
        f"\\{chr(code)}" if code in b"\\()" else chr(code) if 32 <= code < 127 else f"\\{code:03o}" for code in codes
    )
