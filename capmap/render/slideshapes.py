"""Slideshapes: the marks of a page as DrawingML, the XML of shapes in PowerPoint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from capmap.drawing.boxtree import BoxMarks, BoxTree
from capmap.drawing.marks import Drawing, Image, Line, Mark, Rect, Region, Text
from capmap.drawing.theme import PAPER
from capmap.layout import fonts, typeset
from capmap.layout.faces import text_face
from capmap.layout.style import Weight
from capmap.layout.typeset import is_plain

EMU = 12_700
"""English metric units in a point, the measure of everything in the file."""

_FONTS: dict[Weight, str] = {"regular": "Noto Sans", "semibold": "Noto Sans", "bold": "Noto Sans"}
_DESCENT = 0.293
"""Of Noto Sans, in parts of the type size: with a fixed line height that much is left below the baseline."""
_LEADING = 1.3
_ACCENTS = 6
_WHITE = "#ffffff"
_SCHEME = ("tx1", "bg1", "tx2", "bg2", *(f"accent{number}" for number in range(1, _ACCENTS + 1)))
_RTL = ' rtl="1"'
_ALIGNED = {"start": "l", "middle": "ctr", "end": "r"}

# Characters that XML 1.0 cannot hold even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Palette:
    """The colours of the theme: ink and paper, those of containers, and up to six that the lens uses."""

    def __init__(self, accents: Sequence[str]) -> None:
        used = [*accents[:_ACCENTS], *PAPER.plain_fills, PAPER.area_edge, PAPER.unknown_edge][:_ACCENTS]
        self.theme = (PAPER.ink, _WHITE, PAPER.container_ink, PAPER.container_fills[0], *used)
        named = {colour.casefold(): name for colour, name in zip(self.theme, _SCHEME, strict=True)}
        self._named = {colour: name for colour, name in named.items() if name[:6] != "accent" or colour in accents}

    def fill(self, colour: str) -> str:
        """A solid fill; of no colour, no fill."""
        if not colour:
            return "<a:noFill/>"
        name = self._named.get(colour.casefold())
        kind = f'<a:schemeClr val="{name}"/>' if name else f'<a:srgbClr val="{colour.removeprefix("#").upper()}"/>'
        return f"<a:solidFill>{kind}</a:solidFill>"


class Link(NamedTuple):
    """Where a click leads: the id of a relation of the slide, and whether that is another slide."""

    relation: str
    inside: bool


class Shapes:
    """The shapes of one slide. ``scale`` makes all of it smaller, ``links`` are those of the slide by address;
    ``images`` are those that the slide must add itself, with left, top, width and height in EMU.
    """

    def __init__(self, palette: Palette, language: str, scale: float, links: Mapping[str, Link]) -> None:
        self._palette = palette
        self._language = language
        self._scale = scale
        self._links = links
        self._last = 1
        self.images: list[tuple[Image, tuple[int, int, int, int]]] = []

    def of_page(self, drawing: Drawing, tree: BoxTree) -> Iterator[str]:
        """All shapes: the title as the title of the slide, what stands around the map, and a group an area."""
        title = next((mark for _, marks in tree.parts for mark in marks if isinstance(mark, Text)), None)
        if title is not None:
            yield self._title(title, drawing)
        for _, marks in tree.parts:
            yield from self._marks([mark for mark in marks if mark is not title])
        for area in tree.tops:
            yield self._group(area)

    def _title(self, mark: Text, drawing: Drawing) -> str:
        head = (
            f'{self._named("Title")}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr>'
        )
        width = drawing.width - 2 * mark.x if mark.anchor == "start" else drawing.width
        place = self._frame(mark.x, mark.baseline - mark.size * (_LEADING - _DESCENT), width, mark.size * _LEADING)
        return (
            f"<p:sp><p:nvSpPr>{head}</p:nvSpPr><p:spPr>{place}{_RECTANGLE}</p:spPr>"
            f"{self._text([mark], (0.0, 0.0, 0.0), mark.size * _LEADING)}</p:sp>"
        )

    def _group(self, area: BoxMarks) -> str:
        region = area.region
        name = self._named(region.title, region.title)
        inside = "".join(shape for box in area.walk() for shape in self._box(box))
        frame = self._frame(region.x, region.y, region.width, region.height, group=True)
        return (
            f"<p:grpSp><p:nvGrpSpPr>{name}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f"<p:grpSpPr>{frame}</p:grpSpPr>{inside}</p:grpSp>"
        )

    def _box(self, box: BoxMarks) -> Iterator[str]:
        yield self._shape(box.shape, box.lines, box.region, box.dashed)
        yield from self._marks(box.others)

    def _marks(self, marks: Sequence[Mark]) -> Iterator[str]:
        """Marks that are no boxes; a text in the middle of the rectangle before it becomes the text of that."""
        waiting: Rect | None = None
        for mark in marks:
            if waiting is not None:
                if isinstance(mark, Text) and _stands_in(mark, waiting):
                    yield self._shape(waiting, [mark])
                    waiting = None
                    continue
                yield self._shape(waiting, [])
                waiting = None
            if isinstance(mark, Rect):
                waiting = mark
            elif isinstance(mark, Text):
                yield self._words(mark)
            elif isinstance(mark, Line):
                yield self._line(mark)
            elif isinstance(mark, Image):
                self.images.append((mark, self._place(mark.x, mark.y, mark.width, mark.height)))
        if waiting is not None:
            yield self._shape(waiting, [])

    def _shape(self, rect: Rect, lines: Sequence[Text], region: Region | None = None, dashed: str = "") -> str:
        edge = dashed or rect.stroke
        width = 0.8 if dashed else rect.stroke_width
        # PowerPoint draws an edge on both sides of its line, a drawing inside it.
        inset = width / 2 if edge else 0.0
        x, y, across, down = rect.x + inset, rect.y + inset, rect.width - 2 * inset, rect.height - 2 * inset
        name = region.title if region is not None else " ".join(line.text for line in lines) or "Sign"
        link = self._links.get(region.url) if region is not None else None
        told = region.title if region is not None else ""
        return (
            f"<p:sp><p:nvSpPr>{self._named(name, told, link)}<p:cNvSpPr/><p:nvPr/>"
            f"</p:nvSpPr><p:spPr>{self._frame(x, y, across, down)}{_geometry(rect, min(across, down))}"
            f"{self._palette.fill(rect.fill)}{self._edge(edge, width, (4.0, 3.0) if dashed else ())}</p:spPr>"
            f"{self._text(lines, (x, y, x + across))}</p:sp>"
        )

    def _words(self, mark: Text) -> str:
        """A line of text by itself, in a frame as wide as it is."""
        width = fonts.width(mark.text, mark.weight, mark.size)
        left = mark.x - {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
        top, height = mark.baseline - mark.size * (_LEADING - _DESCENT), mark.size * _LEADING
        return (
            f'<p:sp><p:nvSpPr>{self._named(mark.text)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f"<p:spPr>{self._frame(left, top, width, height)}{_RECTANGLE}<a:noFill/></p:spPr>"
            f"{self._text([mark], (0.0, 0.0, 0.0), height)}</p:sp>"
        )

    def _text(self, lines: Sequence[Text], shape: tuple[float, float, float], leading: float | None = None) -> str:
        """The lines as one paragraph, broken where they are broken, set from the baseline of the first; ``shape`` is
        the left, upper and right side of what they stand in.
        """
        if not lines:
            return "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody>"
        first = lines[0]
        left = right = top = 0.0
        rtl = fonts.is_rtl(first.text) if first.rtl is None else first.rtl
        if leading is None:
            leading = lines[1].baseline - first.baseline if len(lines) > 1 else first.size * _LEADING
            left = first.x - shape[0] if first.anchor == "start" else 0.0
            right = shape[2] - first.x if first.anchor == "end" else 0.0
            top = first.baseline - (leading - _DESCENT * first.size) - shape[1]
        runs = "<a:br/>".join(self._run(line) for line in lines)
        insets = f'lIns="{self._emu(left)}" tIns="{self._emu(top)}" rIns="{self._emu(right)}" bIns="0"'
        return (
            f'<p:txBody><a:bodyPr wrap="none" {insets} anchor="t" rtlCol="0"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
            f'<a:p><a:pPr algn="{_ALIGNED[first.anchor]}"{_RTL if rtl else ""}>'
            f'<a:lnSpc><a:spcPts val="{self._hundredths(leading)}"/></a:lnSpc>'
            f'<a:spcBef><a:spcPts val="0"/></a:spcBef></a:pPr>{runs}</a:p></p:txBody>'
        )

    def _run(self, line: Text) -> str:
        bold = "0" if line.weight == "regular" else "1"
        return (
            f'<a:r><a:rPr lang={quoteattr(self._language)} sz="{self._hundredths(line.size)}" b="{bold}" dirty="0">'
            f'{self._palette.fill(line.colour)}<a:latin typeface="{_FONTS[line.weight]}"/>{_others(line)}</a:rPr>'
            f"<a:t>{escape(_clean(line.text))}</a:t></a:r>"
        )

    def _line(self, mark: Line) -> str:
        left, top = min(x for x, _ in mark.points), min(y for _, y in mark.points)
        width, height = (max(way) - low for way, low in zip(zip(*mark.points, strict=True), (left, top), strict=True))
        places = [f'<a:pt x="{self._emu(x - left)}" y="{self._emu(y - top)}"/>' for x, y in mark.points]
        path = f"<a:moveTo>{places[0]}</a:moveTo>" + "".join(f"<a:lnTo>{place}</a:lnTo>" for place in places[1:])
        return (
            f"<p:sp><p:nvSpPr>{self._named('Line')}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
            f"{self._frame(left, top, width, height)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{self._emu(width)}" h="{self._emu(height)}" '
            f'fill="none">{path}</a:path></a:pathLst></a:custGeom><a:noFill/>'
            f"{self._edge(mark.colour, mark.width, mark.dash)}</p:spPr></p:sp>"
        )

    def _edge(self, colour: str, width: float, dash: tuple[float, ...]) -> str:
        if not colour:
            return "<a:ln><a:noFill/></a:ln>"
        dashes = '<a:prstDash val="sysDash"/>' if dash else ""
        return f'<a:ln w="{self._emu(width)}">{self._palette.fill(colour)}{dashes}</a:ln>'

    def _named(self, name: str, told: str = "", link: Link | None = None) -> str:
        """What a shape is called, what it says to those who do not see it, and where a click leads."""
        self._last += 1
        description = f" descr={quoteattr(_clean(told))}" if told else ""
        jump = ' action="ppaction://hlinksldjump"' if link is not None and link.inside else ""
        click = f'<a:hlinkClick r:id="{link.relation}"{jump}/>' if link is not None else ""
        return f'<p:cNvPr id="{self._last}" name={quoteattr(_clean(name))}{description}>{click}</p:cNvPr>'

    def _frame(self, x: float, y: float, width: float, height: float, *, group: bool = False) -> str:
        left, top, across, down = self._place(x, y, width, height)
        own = f'<a:off x="{left}" y="{top}"/><a:ext cx="{across}" cy="{down}"/>'
        inner = f'<a:chOff x="{left}" y="{top}"/><a:chExt cx="{across}" cy="{down}"/>' if group else ""
        return f"<a:xfrm>{own}{inner}</a:xfrm>"

    def _place(self, x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
        return self._emu(x), self._emu(y), max(self._emu(width), 0), max(self._emu(height), 0)

    def _emu(self, points: float) -> int:
        return round(points * self._scale * EMU)

    def _hundredths(self, points: float) -> int:
        """A type size as the file has it; PowerPoint knows none below one point."""
        return max(100, round(points * self._scale * 100))


_RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def _geometry(rect: Rect, side: float) -> str:
    if not rect.radius or side <= 0:
        return _RECTANGLE
    part = min(50_000, round(rect.radius / side * 100_000))
    return f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {part}"/></a:avLst></a:prstGeom>'


def _stands_in(mark: Text, rect: Rect) -> bool:
    return (
        mark.anchor == "middle"
        and rect.x < mark.x < rect.x + rect.width
        and rect.y < mark.baseline < rect.y + rect.height
    )


def _others(line: Text) -> str:
    """The faces of other scripts in a line: a computer that has them shows what was measured."""
    if is_plain(line.text, line.weight):
        return ""
    runs = typeset.set_line(line.text, line.weight, rtl=line.rtl).runs
    other = next((run for run in runs if run.face is not None and run.face is not text_face(line.weight)), None)
    if other is None or other.face is None or not other.face.family:
        return ""
    name = quoteattr(_clean(other.face.family))
    return f"<a:ea typeface={name}/><a:cs typeface={name}/>"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
