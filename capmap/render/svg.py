"""SVG: a drawing as one file with real text, its fonts inside, and a named group for every box."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from fontTools import subset
from fontTools.ttLib import TTFont

from capmap.drawing.marks import Drawing, Image, Line, Rect, Region, Text
from capmap.layout import fonts
from capmap.layout.style import Weight
from capmap.render.scripts import needs_shaping
from capmap.saving import replacing

_WEIGHTS: dict[Weight, int] = {"regular": 400, "semibold": 600, "bold": 700}
_ANCHORS = {"start": "", "middle": ' text-anchor="middle"', "end": ' text-anchor="end"'}
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

# Characters that XML 1.0 cannot hold even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(drawing: Drawing, target: Path | BinaryIO) -> None:
    """Write the drawing to a path or into an open file. Raises OutputError."""
    content = "\n".join(line for line in _document(drawing) if line).encode() + b"\n"
    if isinstance(target, Path):
        with replacing(target) as file:
            file.write(content)
    else:
        target.write(content)


def _document(drawing: Drawing) -> Iterator[str]:
    width, height = _number(drawing.width), _number(drawing.height)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawing.width / 72 * 25.4:.2f}mm" '
        f'height="{drawing.height / 72 * 25.4:.2f}mm" viewBox="0 0 {width} {height}" '
        f'xml:lang={_attribute(drawing.language)} aria-labelledby="map-title">'
    )
    yield f'<title id="map-title">{_content(drawing.title)}</title>'
    yield "<style>"
    yield from _styles(drawing)
    yield "</style>"
    yield f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    yield from _marks(drawing)
    yield "</svg>"


def _styles(drawing: Drawing) -> Iterator[str]:
    used: dict[Weight, set[str]] = {}
    for mark in drawing.marks:
        if isinstance(mark, Text):
            used.setdefault(mark.weight, set()).update(mark.text)
    for weight, characters in used.items():
        data = base64.b64encode(_subset(weight, characters)).decode()
        yield (
            f"@font-face{{font-family:'Noto Sans';font-weight:{_WEIGHTS[weight]};"
            f"src:url(data:font/woff;base64,{data}) format('woff')}}"
        )
    yield (
        "text{font-family:'Noto Sans','Noto Sans Display','Segoe UI','Helvetica Neue',Arial,sans-serif;"
        "font-kerning:none;font-variant-ligatures:none;white-space:pre}"
    )
    for weight, number in _WEIGHTS.items():
        if weight in used:
            yield f".{weight}{{font-weight:{number}}}"


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


def _marks(drawing: Drawing) -> Iterator[str]:
    """The marks, those of a region in a group that holds the groups of the deeper regions after it."""
    open_levels: list[int] = []
    link = ""
    for mark in drawing.marks:
        if isinstance(mark, Region):
            yield link
            link = _link(mark) if mark.url else ""
            while open_levels and open_levels[-1] >= mark.level:
                open_levels.pop()
                yield "</g>"
            open_levels.append(mark.level)
            yield _group(mark)
        elif isinstance(mark, Rect):
            yield _rect(mark)
        elif isinstance(mark, Text):
            yield (
                f'<text x="{_number(mark.x)}" y="{_number(mark.baseline)}" font-size="{mark.size:.3f}" '
                f'class="{mark.weight}" fill="{mark.colour}"{_ANCHORS[mark.anchor]}>{_content(mark.text)}</text>'
            )
        elif isinstance(mark, Line):
            yield _line(mark)
        else:
            yield _image(mark)
    yield link
    yield from ("</g>" for _ in open_levels)


def _group(mark: Region) -> str:
    if mark.level <= 0:
        return f'<g id="{_identifier(mark.key)}">'
    return (
        f'<g id="box-{_identifier(mark.key)}" data-capmap-id={_attribute(mark.key)} data-level="{mark.level}">'
        f"<title>{_content(mark.title)}</title>"
    )


def _link(mark: Region) -> str:
    """A clear sheet over what a region shows, below the regions inside it."""
    return f'<a href={_attribute(mark.url)}><rect {_frame(mark)} fill-opacity="0"/></a>'


def _rect(mark: Rect) -> str:
    inset = mark.stroke_width / 2 if mark.stroke else 0.0
    radius = max(mark.radius - inset, 0.0)
    stroke = f' stroke="{mark.stroke}" stroke-width="{_number(mark.stroke_width)}"' if mark.stroke else ""
    rounded = f' rx="{_number(radius)}"' if radius else ""
    return (
        f'<rect x="{_number(mark.x + inset)}" y="{_number(mark.y + inset)}" '
        f'width="{_number(mark.width - 2 * inset)}" height="{_number(mark.height - 2 * inset)}"{rounded} '
        f'fill="{mark.fill or "none"}"{stroke}/>'
    )


def _line(mark: Line) -> str:
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in mark.points)
    dash = f' stroke-dasharray="{" ".join(map(_number, mark.dash))}"' if mark.dash else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{mark.colour}" stroke-width="{_number(mark.width)}" '
        f'stroke-linejoin="round"{dash}/>'
    )


def _image(mark: Image) -> str:
    data = base64.b64encode(mark.png).decode()
    title = f"<title>{_content(mark.title)}</title>" if mark.title else ""
    return f'<image {_frame(mark)} preserveAspectRatio="none" href="data:image/png;base64,{data}">{title}</image>'


def _frame(mark: Image | Region) -> str:
    return f'x="{_number(mark.x)}" y="{_number(mark.y)}" width="{_number(mark.width)}" height="{_number(mark.height)}"'


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _content(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", text))


def _identifier(key: str) -> str:
    """The key as an XML name: what a name may not hold is written as its number."""
    return re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found[0]):x}_", key)
