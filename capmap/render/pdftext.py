"""Text in a PDF: the codes by which the embedded subsets of the bundled fonts show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from capmap.layout import fonts
from capmap.layout.style import Weight


class Run(NamedTuple):
    """Characters that one subset of a font shows, with their codes. Characters that no font has have no codes:
    ``boxes`` tells how wide their empty boxes are, in ems.
    """

    font: str
    text: str
    codes: str
    boxes: tuple[float, ...] = ()


class Script:
    """Text as the codes of the embedded subsets; a document fills its subsets as it meets new characters."""

    def __init__(self, canvas: Canvas) -> None:
        inside: Any = canvas
        self._document = inside._doc
        self._codes: dict[Weight, dict[str, str]] = {}
        self._names: dict[Weight, str] = {}

    def runs(self, text: str, weight: Weight) -> Sequence[Run]:
        """The text as runs, nearly always one."""
        simple = self.simple(text, weight)
        if simple is not None:
            return (Run(self._names[weight], text, simple),)
        pieces = [self._piece(character, weight) for character in text]
        first = self._names[weight]
        if all(piece.font == first and not piece.boxes for piece in pieces):
            self._codes[weight].update(zip(text, (piece.codes for piece in pieces), strict=True))
        return _joined(pieces)

    def font(self, weight: Weight) -> str:
        """The name of the first subset of a font, which holds ASCII and 158 characters more: all that most maps
        need.
        """
        if weight not in self._names:
            self._names[weight] = self._name(weight, 0)
            self._codes[weight] = {chr(code): _escaped(bytes((code,))) for code in range(32, 127)}
        return self._names[weight]

    def simple(self, text: str, weight: Weight) -> str | None:
        """The codes of a text whose characters all stand in the first subset already; None for any other text."""
        try:
            codes = self._codes[weight]
        except KeyError:
            self.font(weight)
            codes = self._codes[weight]
        try:
            return "".join([codes[character] for character in text])
        except KeyError:
            return None

    def _piece(self, character: str, weight: Weight) -> Run:
        font = font_of(weight)
        boxes: tuple[float, ...] = ()
        if fonts.missing(character):
            advance = fonts.width(character, weight, 1.0)
            # A code of its own for the glyph of missing characters: what readers copy is still the character.
            font.face.charToGlyph[ord(character)] = 0
            font.face.charWidths[ord(character)] = advance * 1000
            boxes = (advance,)
        ((subset, code),) = font.splitString(character, self._document)
        if character > "\uffff":
            self._write_as_pair(font, character, subset, code[0])
        return Run(self._name(weight, subset), character, _escaped(code), boxes)

    def _write_as_pair(self, font: TTFont, character: str, subset: int, code: int) -> None:
        """Let reportlab write what a code means as the two halves of UTF-16, which readers expect beyond U+FFFF."""
        pair = int.from_bytes(character.encode("utf-16-be"), "big")
        face: Any = font.face
        face.charToGlyph[pair] = face.charToGlyph[ord(character)]
        face.charWidths[pair] = face.getCharWidth(ord(character))
        font.state[self._document].subsets[subset][code] = pair

    def _name(self, weight: Weight, subset: int) -> str:
        return str(font_of(weight).getSubsetInternalName(subset, self._document))


def _joined(pieces: Iterable[Run]) -> list[Run]:
    """The runs with like neighbours put together."""
    runs: list[Run] = []
    for piece in pieces:
        last = runs[-1] if runs else None
        if last is not None and last.font == piece.font and bool(last.boxes) == bool(piece.boxes):
            runs[-1] = Run(piece.font, last.text + piece.text, last.codes + piece.codes, last.boxes + piece.boxes)
        else:
            runs.append(piece)
    return runs


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
