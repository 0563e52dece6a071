"""SVG: a drawing as one file with real text, its fonts inside, and a named group for every box."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from capmap.drawing.marks import Drawing, Image, Line, Rect, Region, Text
from capmap.render import webfonts
from capmap.saving import replacing

_ANCHORS = {"start": "", "middle": ' text-anchor="middle"', "end": ' text-anchor="end"'}
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
    width, height = number(drawing.width), number(drawing.height)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawing.width / 72 * 25.4:.2f}mm" '
        f'height="{drawing.height / 72 * 25.4:.2f}mm" viewBox="0 0 {width} {height}" '
        f'xml:lang={_attribute(drawing.language)} aria-labelledby="map-title">'
    )
    yield f'<title id="map-title">{content(drawing.title)}</title>'
    yield "<style>"
    yield from _styles(drawing)
    yield "</style>"
    yield f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    yield from _marks(drawing)
    yield "</svg>"


def _styles(drawing: Drawing) -> Iterator[str]:
    texts = [mark for mark in drawing.marks if isinstance(mark, Text)]
    yield from webfonts.faces(texts)
    yield f"text{{{webfonts.TEXT_STYLE}}}"
    for weight in dict.fromkeys(mark.weight for mark in texts):
        yield f".{weight}{{font-weight:{webfonts.WEIGHTS[weight]}}}"


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
            yield rect(mark)
        elif isinstance(mark, Text):
            yield text(mark, mark.weight)
        elif isinstance(mark, Line):
            yield line(mark)
        else:
            yield _image(mark)
    yield link
    yield from ("</g>" for _ in open_levels)


def _group(mark: Region) -> str:
    if mark.level <= 0:
        return f'<g id="{_identifier(mark.key)}">'
    return (
        f'<g id="box-{_identifier(mark.key)}" data-capmap-id={_attribute(mark.key)} data-level="{mark.level}">'
        f"<title>{content(mark.title)}</title>"
    )


def _link(mark: Region) -> str:
    """A clear sheet over what a region shows, below the regions inside it."""
    return f'<a href={_attribute(mark.url)}><rect {_frame(mark)} fill-opacity="0"/></a>'


def rect(mark: Rect, attributes: str = "") -> str:
    """A rectangle as an element; ``attributes`` are added as they are."""
    inset = mark.stroke_width / 2 if mark.stroke else 0.0
    radius = max(mark.radius - inset, 0.0)
    stroke = f' stroke="{mark.stroke}" stroke-width="{number(mark.stroke_width)}"' if mark.stroke else ""
    rounded = f' rx="{number(radius)}"' if radius else ""
    return (
        f'<rect x="{number(mark.x + inset)}" y="{number(mark.y + inset)}" '
        f'width="{number(mark.width - 2 * inset)}" height="{number(mark.height - 2 * inset)}"{rounded} '
        f'fill="{mark.fill or "none"}"{stroke}{attributes}/>'
    )


def text(mark: Text, classes: str) -> str:
    """A line of text as an element of these classes."""
    return (
        f'<text x="{number(mark.x)}" y="{number(mark.baseline)}" font-size="{mark.size:.3f}" '
        f'class="{classes}" fill="{mark.colour}"{_ANCHORS[mark.anchor]}>{content(mark.text)}</text>'
    )


def line(mark: Line, attributes: str = "") -> str:
    """A line as an element; ``attributes`` are added as they are."""
    points = " ".join(f"{number(x)},{number(y)}" for x, y in mark.points)
    dash = f' stroke-dasharray="{" ".join(map(number, mark.dash))}"' if mark.dash else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{mark.colour}" stroke-width="{number(mark.width)}" '
        f'stroke-linejoin="round"{dash}{attributes}/>'
    )


def _image(mark: Image) -> str:
    data = base64.b64encode(mark.png).decode()
    title = f"<title>{content(mark.title)}</title>" if mark.title else ""
    return f'<image {_frame(mark)} preserveAspectRatio="none" href="data:image/png;base64,{data}">{title}</image>'


def _frame(mark: Image | Region) -> str:
    return f'x="{number(mark.x)}" y="{number(mark.y)}" width="{number(mark.width)}" height="{number(mark.height)}"'


def number(value: float) -> str:
    """A length to a hundredth of a point."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def content(text: str) -> str:
    """A text as the content of an element, without what XML cannot hold."""
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", text))


def _identifier(key: str) -> str:
    """The key as an XML name: what a name may not hold is written as its number."""
    return re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found[0]):x}_", key)
