"""SVG: a drawing as one file with real text, its fonts inside, and a named group for every box."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from capmap.drawing.marks import Anchor, Drawing, Image, Line, Rect, Region, Text
from capmap.layout import fonts
from capmap.render import webfonts
from capmap.render.links import Links, outside
from capmap.saving import replacing

_ANCHORS = {"start": "", "middle": ' text-anchor="middle"', "end": ' text-anchor="end"'}
_TURNED: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}
_RTL = ' direction="rtl"'
# Characters that XML 1.0 cannot hold even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Addresses:
    """Where the addresses in some pages lead, each page a file of its own."""

    def __init__(self, drawings: Sequence[Drawing], files: Sequence[str]) -> None:
        self._files = files
        self._links = Links([[mark for mark in drawing.marks if isinstance(mark, Region)] for drawing in drawings])

    def of(self, url: str, page: int) -> str:
        """The address to write on a page for one of the drawing; "" for none."""
        place = self._links.place(url, page)
        if place is None:
            return outside(url)
        return f"{'' if place.page == page else quote(self._files[place.page])}#{_name(place.region)}"


def write(drawing: Drawing, target: Path | BinaryIO, *, addresses: Addresses | None = None, page: int = 0) -> None:
    """Write the drawing to a path or into an open file; with others, their ``addresses`` and which ``page`` it is.
    Raises OutputError.
    """
    leading = addresses or Addresses([drawing], [""])
    content = "\n".join(line for line in _document(drawing, leading, page) if line).encode() + b"\n"
    if isinstance(target, Path):
        with replacing(target) as file:
            file.write(content)
    else:
        target.write(content)


def _document(drawing: Drawing, addresses: Addresses, page: int) -> Iterator[str]:
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
    yield from _marks(drawing, addresses, page)
    yield "</svg>"


def _styles(drawing: Drawing) -> Iterator[str]:
    texts = [mark for mark in drawing.marks if isinstance(mark, Text)]
    yield from webfonts.faces(texts)
    yield f"text{{{webfonts.TEXT_STYLE}}}"
    for weight in dict.fromkeys(mark.weight for mark in texts):
        yield f".{weight}{{font-weight:{webfonts.WEIGHTS[weight]}}}"


def _marks(drawing: Drawing, addresses: Addresses, page: int) -> Iterator[str]:
    """The marks, those of a region in a group that holds the groups of the deeper regions after it."""
    open_levels: list[int] = []
    link = ""
    for mark in drawing.marks:
        if isinstance(mark, Region):
            yield link
            address = addresses.of(mark.url, page) if mark.url else ""
            link = _link(mark, address) if address else ""
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
        return f'<g id="{_name(mark)}">' if mark.key else "<g>"
    return (
        f'<g id="{_name(mark)}" data-capmap-id={_attribute(mark.key)} data-level="{mark.level}">'
        f"<title>{content(mark.title)}</title>"
    )


def _link(mark: Region, address: str) -> str:
    """A clear sheet over what a region shows, below the regions inside it."""
    return f'<a href={_attribute(address)}><rect {_frame(mark)} fill-opacity="0"/></a>'


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
    rtl = fonts.is_rtl(mark.text) if mark.rtl is None else mark.rtl
    # Where a line runs from right to left, it starts at its right end.
    anchor = _ANCHORS[_TURNED[mark.anchor] if rtl else mark.anchor]
    return (
        f'<text x="{number(mark.x)}" y="{number(mark.baseline)}" font-size="{mark.size:.3f}" '
        f'class="{classes}" fill="{mark.colour}"{anchor}{_RTL if rtl else ""}>{content(mark.text)}</text>'
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


def _name(region: Region) -> str:
    """The id of a region's group."""
    return f"{'box-' if region.level > 0 else ''}{_identifier(region.key)}"


def _identifier(key: str) -> str:
    """The key as an XML name: what a name may not hold is written as its number."""
    return re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found[0]):x}_", key)
