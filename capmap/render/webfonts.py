"""Webfonts: the bundled fonts for pages of the web, cut down to the characters that are shown and written inside."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator

from fontTools import subset
from fontTools.ttLib import TTFont

from capmap.drawing.marks import Text
from capmap.layout import fonts
from capmap.layout.style import Weight
from capmap.render.scripts import needs_shaping

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
    """A rule of style for every weight that these texts are set in, with the font inside."""
    used: dict[Weight, set[str]] = {}
    for mark in texts:
        used.setdefault(mark.weight, set()).update(mark.text)
    for weight, characters in used.items():
        data = base64.b64encode(_subset(weight, characters)).decode()
        yield (
            f"@font-face{{font-family:'Noto Sans';font-weight:{WEIGHTS[weight]};"
            f"src:url(data:font/woff;base64,{data}) format('woff')}}"
        )


def _subset(weight: Weight, characters: set[str]) -> bytes:
    """The bundled font with these characters alone, as WOFF; the same bytes for the same characters."""
    options = subset.Options(layout_features=_SHAPING, notdef_outline=True, hinting=False)
    file = io.BytesIO()
    with TTFont(fonts.font_file(weight), recalcTimestamp=False, lazy=True) as font:
        if not needs_shaping("".join(characters)):
            # To read and cut these tables takes half a second a font.
            for table in ("GSUB", "GPOS", "GDEF"):
                del font[table]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(map(ord, characters)))
        cutter.subset(font)
        font.flavor = "woff"
        font.save(file)
    return file.getvalue()
