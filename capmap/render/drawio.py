"""Draw.io: pages as nested containers that draw.io and diagrams.net open as they are and let one go on with.

The file is the plain XML that draw.io itself writes: child cells count from the corner of the cell around them, and a
cell stands before those inside it. Labels are no markup (``html=0``), so that a name with ``<`` stays a name.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from capmap.drawing.boxtree import BoxMarks, box_tree
from capmap.drawing.marks import Drawing, Image, Line, Mark, Rect, Region, Text
from capmap.layout import fonts
from capmap.render.links import Links, outside
from capmap.saving import replacing

_FONT = "Noto Sans"
_BOLD = 1
"""The bit of draw.io's font style; it has no semibold."""
_ASCENT = 1.069
_DESCENT = 0.293
"""Of Noto Sans, in parts of the type size: where draw.io puts the baseline of a line."""

# Characters that XML 1.0 cannot hold even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(drawings: Sequence[Drawing], target: Path) -> None:
    """Write the pages as one file, a tab each. Raises OutputError."""
    content = "\n".join(_file(drawings)).encode() + b"\n"
    with replacing(target) as file:
        file.write(content)


def _file(drawings: Sequence[Drawing]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<mxfile host="CapMap">'
    links = Links([[mark for mark in drawing.marks if isinstance(mark, Region)] for drawing in drawings])
    for number, drawing in enumerate(drawings, start=1):
        yield f'<diagram id="page-{number}" name={_quoted(drawing.title)}>'
        yield (
            f'<mxGraphModel grid="0" guides="1" tooltips="1" connect="1" arrows="1" fold="1" page="1" pageScale="1" '
            f'pageWidth="{drawing.width:.0f}" pageHeight="{drawing.height:.0f}" math="0" shadow="0"><root>'
        )
        yield from _Page(number, links).cells(drawing)
        yield "</root></mxGraphModel></diagram>"
    yield "</mxfile>"


class _Page:
    """The cells of one page. Their ids are unique in the file."""

    def __init__(self, number: int, links: Links) -> None:
        self._number = number
        self._links = links
        self._loose = 0

    def cells(self, drawing: Drawing) -> Iterator[str]:
        """All cells: the two that every page begins with, what stands around the map, and the boxes."""
        layer = f"layer-{self._number}"
        yield f'<mxCell id="root-{self._number}"/><mxCell id="{layer}" parent="root-{self._number}"/>'
        tree = box_tree(drawing)
        for _, marks in tree.parts:
            yield from self._marks(marks, layer, 0.0, 0.0)
        for box in tree.tops:
            yield from self._box(box, layer, 0.0, 0.0)

    def _box(self, box: BoxMarks, parent: str, left: float, top: float) -> Iterator[str]:
        shape, own = box.shape, f"p{self._number}-{box.region.key}"
        label = "\n".join(line.text for line in box.lines)
        place = self._links.place(box.region.url, self._number - 1)
        link = f"data:page/id,page-{place.page + 1}" if place else outside(box.region.url)
        yield (
            f"<object id={_quoted(own)} label={_quoted(label)} tooltip={_quoted(box.region.title)} "
            f'capmap_id={_quoted(box.region.key)} level="{box.region.level}"'
            f"{f' link={_quoted(link)}' if link else ''}>"
        )
        # The sign to fold a container would stand on the first letters of its name.
        holds = "container=1;recursiveResize=0;" if box.children else ""
        style = f"{_shape_style(shape, box.dashed)}{_name_style(box)}{holds}collapsible=0;"
        yield f'<mxCell parent={_quoted(parent)} vertex="1" style="{style}">{_geometry(shape, left, top)}'
        yield "</mxCell></object>"
        yield from self._marks(box.others, own, shape.x, shape.y)
        for child in box.children:
            yield from self._box(child, own, shape.x, shape.y)

    def _marks(self, marks: Sequence[Mark], parent: str, left: float, top: float) -> Iterator[str]:
        """What is no box: each a cell that no line can be drawn to."""
        for mark in marks:
            self._loose += 1
            start = f'<mxCell id="p{self._number}-mark-{self._loose}" parent={_quoted(parent)}'
            if isinstance(mark, Rect):
                style = f"{_shape_style(mark, '')}connectable=0;"
                yield f'{start} value="" vertex="1" style="{style}">{_geometry(mark, left, top)}</mxCell>'
            elif isinstance(mark, Text):
                yield f'{start} value={_quoted(mark.text)} vertex="1" style="{_text_style(mark)}">'
                yield f"{_text_geometry(mark, left, top)}</mxCell>"
            elif isinstance(mark, Line):
                yield f'{start} edge="1" style="{_line_style(mark)}">{_route(mark, left, top)}</mxCell>'
            elif isinstance(mark, Image):
                yield f'{start} value="" vertex="1" style="{_image_style(mark)}">{_geometry(mark, left, top)}</mxCell>'


def _shape_style(shape: Rect, dashed: str) -> str:
    edge = dashed or shape.stroke or "none"
    width = 0.8 if dashed else shape.stroke_width
    style = f"whiteSpace=wrap;html=0;fillColor={shape.fill or 'none'};strokeColor={edge};strokeWidth={width:.2f};"
    if shape.radius:
        style += f"rounded=1;absoluteArcSize=1;arcSize={shape.radius * 2:.2f};"
    return f"{style}dashed=1;" if dashed else style


def _name_style(box: BoxMarks) -> str:
    if not box.lines:
        return ""
    first = box.lines[0]
    # draw.io keeps two pixels of its own around a label.
    end = first.anchor == "end"
    aside = max((box.shape.x + box.shape.width - first.x if end else first.x - box.shape.x) - 2, 0.0)
    side = f"align=right;spacingRight={aside:.1f}" if end else f"align=left;spacingLeft={aside:.1f}"
    top = max(first.baseline - _ASCENT * first.size - box.shape.y - 2, 0.0)
    return f"{_font_style(first)}{_direction(first)}{side};verticalAlign=top;spacingTop={top:.1f};"


def _direction(mark: Text) -> str:
    rtl = fonts.is_rtl(mark.text) if mark.rtl is None else mark.rtl
    return "textDirection=rtl;" if rtl else ""


def _text_style(mark: Text) -> str:
    align = {"start": "left", "middle": "center", "end": "right"}[mark.anchor]
    return (
        f"text;html=0;strokeColor=none;fillColor=none;spacing=0;connectable=0;{_font_style(mark)}{_direction(mark)}"
        f"align={align};verticalAlign=middle;overflow=visible;"
    )


def _font_style(mark: Text) -> str:
    bold = _BOLD if mark.weight != "regular" else 0
    return f"fontFamily={_FONT};fontSize={mark.size:.2f};fontStyle={bold};fontColor={mark.colour};"


def _line_style(mark: Line) -> str:
    dash = f"dashed=1;dashPattern={' '.join(f'{part:.1f}' for part in mark.dash)};" if mark.dash else ""
    return f"endArrow=none;html=0;rounded=0;strokeColor={mark.colour};strokeWidth={mark.width:.2f};{dash}"


def _image_style(mark: Image) -> str:
    # Semicolons part a style, so draw.io leaves out the one that a data address has elsewhere.
    data = base64.b64encode(mark.png).decode()
    return f"shape=image;html=0;imageAspect=0;connectable=0;image=data:image/png,{data};"


def _geometry(shape: Rect | Image, left: float, top: float) -> str:
    return (
        f'<mxGeometry x="{shape.x - left:.2f}" y="{shape.y - top:.2f}" width="{shape.width:.2f}" '
        f'height="{shape.height:.2f}" as="geometry"/>'
    )


def _text_geometry(mark: Text, left: float, top: float) -> str:
    """A line of text as a cell without a width of its own, which its words run out of to either side."""
    height = mark.size * (_ASCENT + _DESCENT)
    y = mark.baseline - _ASCENT * mark.size - top
    return f'<mxGeometry x="{mark.x - left:.2f}" y="{y:.2f}" width="0" height="{height:.2f}" as="geometry"/>'


def _route(mark: Line, left: float, top: float) -> str:
    places = [f'x="{x - left:.2f}" y="{y - top:.2f}"' for x, y in mark.points]
    between = "".join(f"<mxPoint {place}/>" for place in places[1:-1])
    return (
        f'<mxGeometry relative="1" as="geometry"><mxPoint {places[0]} as="sourcePoint"/>'
        f'<mxPoint {places[-1]} as="targetPoint"/>'
        f'{f"""<Array as="points">{between}</Array>""" if between else ""}</mxGeometry>'
    )


def _quoted(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", text), {"\n": "&#10;"})
