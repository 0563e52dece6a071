"""Webfonts: the fonts of a page of the web, cut down to the characters that are shown and written inside."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator

from fontTools import subset
from fontTools.ttLib import TTFont

from capmap.drawing.marks import Text
from capmap.layout.faces import Face, face_for, takes_no_room
from capmap.layout.faces import text_face as text_face_of
from capmap.layout.style import Weight
from capmap.layout.typeset import needs_shaping

WEIGHTS: dict[Weight, int] = {"regular": 400, "semibold": 600, "bold": 700}
TEXT_STYLE = (
    "font-family:'Noto Sans','Noto Sans Display','Segoe UI','Helvetica Neue',Arial,sans-serif;"
    "font-kerning:none;font-variant-ligatures:none;white-space:pre"
)
_SHAPING = [
    "ccmp",
    "locl",
    "mark",
    "mkmk",
    "rphf",
    "rkrf",
    "pres",
    "psts",
    "abvs",
    "blws",
    "half",
    "cjct",
    "akhn",
    "nukt",
]
"""What the letters of Indic scripts and combining accents need. Kerning and ligatures stay out: widths are sums of
advances everywhere.
"""


def faces(texts: Iterable[Text]) -> Iterator[str]:
    """A rule of style for every face that these texts are set in, with the font inside. Faces for other scripts say
    for which characters they stand, so that all are one family.
    """
    used: dict[Weight, set[str]] = {}
    for mark in texts:
        used.setdefault(mark.weight, set()).update(mark.text)
    for weight, characters in used.items():
        for face, own in _by_face(characters, weight).items():
            text_face = face is text_face_of(weight)
            data = base64.b64encode(_subset(face, own, whole=not text_face)).decode()
            codes = "" if text_face else f"unicode-range:{','.join(f'U+{ord(sign):X}' for sign in sorted(own))};"
            yield (
                f"@font-face{{font-family:'Noto Sans';font-weight:{WEIGHTS[weight]};{codes}"
                f"src:url(data:font/woff;base64,{data}) format('woff')}}"
            )


def _by_face(characters: set[str], weight: Weight) -> dict[Face, set[str]]:
    """The characters by the first face that has them. Marks and signs without a look go with every face that has
    them: the letters that they belong to are set in it.
    """
    own: dict[Face, set[str]] = {text_face_of(weight): set()}
    loose: set[str] = set()
    for character in sorted(characters):
        if takes_no_room(character):
            loose.add(character)
        elif (face := face_for(character, weight)) is not None:
            own.setdefault(face, set()).add(character)
    for face, some in own.items():
        some |= {character for character in loose if character in face.advances}
    return own


def _subset(face: Face, characters: set[str], *, whole: bool) -> bytes:
    """The font with these characters alone, as WOFF; the same bytes for the same characters. With ``whole`` all that
    its script needs to be shaped stays in.
    """
    features = ["*"] if whole else _SHAPING
    options = subset.Options(layout_features=features, notdef_outline=True, hinting=False)
    file = io.BytesIO()
    with TTFont(face.file.path, fontNumber=face.file.place, recalcTimestamp=False, lazy=True) as font:
        if not whole and not needs_shaping("".join(sorted(characters))):
            # To read and cut these tables takes half a second a font.
            for table in ("GSUB", "GPOS", "GDEF"):
                del font[table]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(map(ord, characters)))
        cutter.subset(font)
        font.flavor = "woff"
        font.save(file)
    return file.getvalue()
