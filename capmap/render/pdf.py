"""PDF: drawings as tagged pages with real text, bookmarks, links and embedded fonts, the same bytes for the same
drawings.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Literal

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFName
from reportlab.pdfgen.canvas import Canvas

from capmap.drawing.marks import Drawing, Image, Line, Mark, Rect, Region, Text
from capmap.errors import OutputError
from capmap.layout import fonts
from capmap.model.garbage import no_collection
from capmap.render.besides import Carried
from capmap.render.links import Links
from capmap.render.pdfabout import About, attached, described
from capmap.render.pdffile import Packing, PdfFile, Raw
from capmap.render.pdflinks import Annotations
from capmap.render.pdftags import PageTags, Structure
from capmap.render.pdftext import Script, font_of
from capmap.saving import replacing

# Page streams as plain deflate: the text armour that reportlab adds by default costs a third of the time and size.
rl_config.useA85 = 0

LONGEST_SIDE = 14_400.0
"""Points. Readers up to PDF 1.6 show no larger page."""

_BOOKMARK_LEVELS = 2
_SQUARE_BELOW = 0.5
"""Corners of a smaller radius, in points, are not to be told from square ones on paper."""

_ROUND = 0.5523
"""Where the handles of a curve stand that draws a quarter circle, in parts of its radius."""


def write(
    drawings: Sequence[Drawing],
    target: Path | BinaryIO,
    *,
    title: str = "",
    author: str = "",
    subject: str = "",
    created: dt.date | None = None,
    carried: Carried | None = None,
) -> None:
    """Write the drawings as the pages of one PDF, to a path or into an open file.

    Title, author, subject and the day of creation go into the properties of the document, a file that is ``carried``
    goes inside. Raises OutputError where a page is too large for the format or the file cannot be written.
    """
    for drawing in drawings:
        longest = max(drawing.width, drawing.height)
        if longest > LONGEST_SIDE:
            raise OutputError(
                f"A page {longest:,.0f} points long does not fit into a PDF, which ends at {LONGEST_SIDE:,.0f} points"
                " (5.08 m). Choose a smaller paper."
            )
    about = About(title, author, subject, created)
    with replacing(target) if isinstance(target, Path) else contextlib.nullcontext(target) as file, no_collection():
        _write(drawings, file, about, carried)


def _write(
    drawings: Sequence[Drawing],
    file: BinaryIO,
    about: About,
    carried: Carried | None,
) -> None:
    language = drawings[0].language if drawings else "en"
    # With a font of its own, reportlab would name one on every page that is not embedded.
    first_font: Any = font_of("regular").fontName
    canvas = Canvas(
        file,
        pageCompression=1,
        invariant=1,
        lang=language,
        initialFontName=first_font,
    )
    canvas.setTitle(about.title)
    canvas.setAuthor(about.author)
    canvas.setSubject(about.subject)
    canvas.setCreator("CapMap")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if about.created is not None:
        stamp = f"D:{about.created:%Y%m%d}000000Z"
        canvas.setDateFormatter(lambda *_: stamp)
    document: Any = canvas
    document = document._doc
    output = PdfFile(document)
    structure = Structure(output, len(drawings))
    regions = [[mark for mark in drawing.marks if type(mark) is Region] for drawing in drawings]
    script, links = Script(canvas), Links(regions)
    annotations: list[Annotations] = []
    for number, drawing in enumerate(drawings):
        canvas.setPageSize((drawing.width, drawing.height))
        tags, sheet = PageTags(regions[number]), Annotations(drawing, links, number)
        _Page(canvas, drawing, script, tags, sheet).paint(drawing.marks)
        _bookmark(canvas, drawing, regions[number], number, several=len(drawings) > 1)
        canvas.showPage()
        page = document.Pages.pages[-1]
        page.Contents = Packing(page.stream)
        sheet.reserve(output, structure.next_link)
        structure.add(tags, output.add(page), sheet.first)
        annotations.append(sheet)
        entries = {"StructParents": number, "Tabs": PDFName("S"), "Annots": sheet.entry()}
        _give(page, {name: value for name, value in entries.items() if value is not None})
    numbers = [output.add(page) for page in document.Pages.pages]
    for sheet in annotations:
        sheet.write(output, numbers, [drawing.height for drawing in drawings])
    entries = {
        "StructTreeRoot": structure.finish(),
        "MarkInfo": Raw(b"<</Marked true>>"),
        "Metadata": output.reference(described(about, language)),
    }
    _give(document.Catalog, entries | (attached(output, carried) if carried is not None else {}))
    canvas.save()


def _give(owner: Any, entries: Mapping[str, object]) -> None:
    """Give a page or the catalog entries that reportlab knows nothing of."""
    owner.__NoDefault__ = [*dict.fromkeys((*owner.__NoDefault__, *entries))]
    owner.__Refs__ = [name for name in owner.__Refs__ if name not in entries]
    for name, value in entries.items():
        setattr(owner, name, value)


class _Page:
    """The operators of one page. Colours, font and line style are written only when they change, and a text object
    stays open until something else is painted: on a large map that is most of what there is to save.
    """

    def __init__(self, canvas: Canvas, drawing: Drawing, script: Script, tags: PageTags, links: Annotations) -> None:
        self._canvas = canvas
        self._height = drawing.height
        self._script = script
        self._tags = tags
        self._links = links
        self._operators: list[str] = []
        self._open: Literal["", "decoration", "text"] = ""
        self._forget()

    def _forget(self) -> None:
        self._operators.append("1 j")
        self._fill = self._stroke = self._font = ""
        self._size = 0.0
        self._pen_width = 0.0
        self._dash: tuple[float, ...] = ()
        self._cursor: tuple[float, float] | None = None

    def paint(self, marks: Iterable[Mark]) -> None:
        """Paint the marks in order."""
        painted: dict[type, Callable[[Any], None]] = {
            Text: self._text,
            Rect: self._rect,
            Line: self._line,
            Image: self._image,
            Region: self._enter,
        }
        for mark in marks:
            painted[type(mark)](mark)
        self._tags.settle()
        self._flush()

    def _enter(self, mark: Region) -> None:
        self._tags.enter(mark, linked=mark.url != "" and self._links.add(mark))

    def _flush(self) -> None:
        """Hand the operators to the canvas and forget its state, which public calls may change."""
        self._close()
        _append(self._canvas, self._operators)
        self._operators = []
        self._forget()

    def _close(self) -> None:
        if self._open:
            self._operators.append("EMC" if self._open == "decoration" else "EMC ET")
            self._open = ""

    def _decorate(self) -> None:
        """What is painted next says nothing to those who do not see it."""
        if self._open == "decoration":
            return
        self._operators.append("EMC ET /Artifact BMC" if self._open else "/Artifact BMC")
        self._open = "decoration"

    def _rect(self, mark: Rect) -> None:
        if self._open != "decoration":
            self._decorate()
        x, y, width, height, radius, how = mark.x, mark.y, mark.width, mark.height, mark.radius, "f"
        if mark.stroke:
            inset = mark.stroke_width / 2
            x, y, width, height, radius = x + inset, y + inset, width - 2 * inset, height - 2 * inset, radius - inset
            how = "B" if mark.fill else "S"
            self._set_stroke(mark.stroke, mark.stroke_width, ())
        y = self._height - y - height
        if mark.fill and mark.fill != self._fill:
            self._set_fill(mark.fill)
        if radius < _SQUARE_BELOW:
            self._operators.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re {how}")
        else:
            path = _rounded(width, height, radius)
            self._operators.append(f"q 1 0 0 1 {x:.2f} {y:.2f} cm {path} {how} Q")

    def _text(self, mark: Text) -> None:
        x, y = mark.x, self._height - mark.baseline
        if mark.anchor != "start":
            width = fonts.width(mark.text, mark.weight, mark.size)
            x -= width / 2 if mark.anchor == "middle" else width
        if mark.colour != self._fill:
            self._set_fill(mark.colour)
        fresh = self._open != "text"
        begun = self._tags.text(mark, apart=fresh)
        if fresh:
            self._operators.append(f"EMC BT {begun}" if self._open else f"BT {begun}")
            self._open, self._cursor = "text", None
        elif begun:
            self._operators.append(f"EMC {begun}")
        simple = None if mark.rtl else self._script.simple(mark.text, mark.weight)
        if simple is None:
            self._runs(mark, x, y)
        else:
            self._show(f"({simple}) Tj", self._script.first_fonts[mark.weight], mark.size, x, y)

    def _show(self, operators: str, font: str, size: float, x: float, y: float) -> None:
        """Show something from a place on, which the format counts from where the text before began."""
        if font != self._font or size != self._size:
            self._font, self._size = font, size
            self._operators.append(f"{font} {size:.3f} Tf")
        before, self._cursor = self._cursor, (x, y)
        if before is not None:
            x, y = round(x, 2) - round(before[0], 2), round(y, 2) - round(before[1], 2)
        self._operators.append(f"{x:.2f} {y:.2f} Td {operators}")

    def _runs(self, mark: Text, x: float, y: float) -> None:
        """A line of several runs, from ``x`` on."""
        boxes: list[str] = []
        for run in self._script.runs(mark.text, mark.weight, mark.size, rtl=mark.rtl):
            start = x + run.start * mark.size
            if not run.boxes:
                self._show(run.operators, run.font, mark.size, start, y)
                continue
            # Readers disagree on what they show for a glyph that is missing: it is set unseen, and a box is drawn.
            self._show(f"3 Tr {run.operators} 0 Tr", run.font, mark.size, start, y)
            for box in run.boxes:
                if box:
                    shape = (start + 0.1 * mark.size, y, (box - 0.2) * mark.size, 0.7 * mark.size)
                    boxes.append(f"{' '.join(f'{number:.2f}' for number in shape)} re S")
                start += box * mark.size
        if boxes:
            self._decorate()
            self._set_stroke(mark.colour, mark.size * 0.06, ())
            self._operators.extend(boxes)

    def _line(self, mark: Line) -> None:
        self._decorate()
        self._set_stroke(mark.colour, mark.width, mark.dash)
        height = self._height
        steps = [f"{x:.2f} {height - y:.2f}" for x, y in mark.points]
        self._operators.append(f"{steps[0]} m {' l '.join(steps[1:])} l S")

    def _image(self, mark: Image) -> None:
        self._close()
        self._operators.append(self._tags.image(mark) or "/Artifact BMC")
        self._flush()
        y = self._height - mark.y - mark.height
        self._canvas.drawImage(ImageReader(io.BytesIO(mark.png)), mark.x, y, mark.width, mark.height, mask="auto")
        self._operators.append("EMC")

    def _set_fill(self, colour: str) -> None:
        if colour != self._fill:
            self._fill = colour
            self._operators.append(f"{_rgb(colour)} rg")

    def _set_stroke(self, colour: str, width: float, dash: tuple[float, ...]) -> None:
        if colour != self._stroke:
            self._stroke = colour
            self._operators.append(f"{_rgb(colour)} RG")
        if width != self._pen_width or dash != self._dash:
            self._pen_width, self._dash = width, dash
            self._operators.append(f"{width:.2f} w [{' '.join(f'{part:.2f}' for part in dash)}] 0 d")


def _bookmark(canvas: Canvas, drawing: Drawing, regions: Sequence[Region], number: int, *, several: bool) -> None:
    """An entry for each box of the two upper levels, below one for the page where there are several."""
    boxes = [region for region in regions if region.level > 0]
    top = min((mark.level for mark in boxes), default=1)
    if several:
        canvas.bookmarkPage(f"page-{number}")
        canvas.addOutlineEntry(drawing.title, f"page-{number}", 0)
    for count, mark in enumerate(boxes):
        if mark.level - top < _BOOKMARK_LEVELS:
            key = f"box-{number}-{count}"
            y = drawing.height - mark.y
            canvas.bookmarkPage(key, "FitR", left=mark.x, bottom=y - mark.height, right=mark.x + mark.width, top=y)
            canvas.addOutlineEntry(mark.title, key, mark.level - top + several, closed=True)


def _append(canvas: Canvas, operators: Iterable[str]) -> None:
    """Put operators on the page as they are. The one place that reaches into reportlab: its public calls write every
    colour and font anew, which takes three times as long.
    """
    inside: Any = canvas
    inside._code.extend(operators)


@cache
def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}".rstrip("0").rstrip(".") for at in (1, 3, 5))


@lru_cache(maxsize=4096)
def _rounded(width: float, height: float, radius: float) -> str:
    r = min(radius, width / 2, height / 2)
    h = r * (1 - _ROUND)
    right, top = width - r, height - r
    points = (
        ((r, 0), "m"),
        ((right, 0), "l"),
        ((width - h, 0, width, h, width, r), "c"),
        ((width, top), "l"),
        ((width, height - h, width - h, height, right, height), "c"),
        ((r, height), "l"),
        ((h, height, 0, height - h, 0, top), "c"),
        ((0, r), "l"),
        ((0, h, h, 0, r, 0), "c"),
    )
    steps = (f"{' '.join(f'{number:.2f}' for number in numbers)} {operator}" for numbers, operator in points)
    return f"{' '.join(steps)} h"
