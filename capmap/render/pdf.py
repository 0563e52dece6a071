"""PDF: drawings as pages with real text, bookmarks and embedded fonts, the same bytes for the same drawings."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from capmap.drawing.marks import Drawing, Image, Line, Mark, Rect, Region, Text
from capmap.errors import OutputError
from capmap.layout import fonts
from capmap.render.pdftext import Run, Script, font_of
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
) -> None:
    """Write the drawings as the pages of one PDF, to a path or into an open file.

    Title, author, subject and the day of creation go into the properties of the document. Raises OutputError where a
    page is too large for the format or the file cannot be written.
    """
    for drawing in drawings:
        longest = max(drawing.width, drawing.height)
        if longest > LONGEST_SIDE:
            raise OutputError(
                f"A page {longest:,.0f} points long does not fit into a PDF, which ends at {LONGEST_SIDE:,.0f} points"
                " (5.08 m). Choose a smaller paper."
            )
    if isinstance(target, Path):
        with replacing(target) as file:
            _write(drawings, file, title, author, subject, created)
    else:
        _write(drawings, target, title, author, subject, created)


def _write(
    drawings: Sequence[Drawing], file: BinaryIO, title: str, author: str, subject: str, created: dt.date | None
) -> None:
    language = drawings[0].language if drawings else "en"
    # With a font of its own, reportlab would name one on every page that is not embedded.
    first_font: Any = font_of("regular").fontName
    canvas = Canvas(
        file,
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 5),
        lang=language,
        initialFontName=first_font,
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(subject)
    canvas.setCreator("CapMap")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if created is not None:
        stamp = f"D:{created:%Y%m%d}000000Z"
        canvas.setDateFormatter(lambda *_: stamp)
    script = Script(canvas)
    for number, drawing in enumerate(drawings):
        canvas.setPageSize((drawing.width, drawing.height))
        _Page(canvas, drawing, script).paint(drawing.marks)
        _bookmark(canvas, drawing, number, several=len(drawings) > 1)
        canvas.showPage()
    canvas.save()


class _Page:
    """The operators of one page. Colours, font and line style are written only when they change, and a text object
    stays open until something else is painted: on a large map that is most of what there is to save.
    """

    def __init__(self, canvas: Canvas, drawing: Drawing, script: Script) -> None:
        self._canvas = canvas
        self._height = drawing.height
        self._script = script
        self._operators: list[str] = []
        self._forget()

    def _forget(self) -> None:
        self._operators.append("1 j")
        self._fill = self._stroke = self._font = ""
        self._size = 0.0
        self._pen: tuple[float, tuple[float, ...]] = (0.0, ())
        self._cursor: tuple[float, float] | None = None

    def paint(self, marks: Iterable[Mark]) -> None:
        """Paint the marks in order."""
        for mark in marks:
            if isinstance(mark, Text):
                self._text(mark)
            elif isinstance(mark, Rect):
                self._rect(mark)
            elif isinstance(mark, Line):
                self._line(mark)
            elif isinstance(mark, Image):
                self._image(mark)
            elif mark.url:
                self._link(mark)
        self._flush()

    def _flush(self) -> None:
        """Hand the operators to the canvas and forget its state, which public calls may change."""
        self._end_text()
        _append(self._canvas, self._operators)
        self._operators = []
        self._forget()

    def _rect(self, mark: Rect) -> None:
        if self._cursor is not None:
            self._end_text()
        inset = 0.0
        how = "f"
        if mark.stroke:
            inset = mark.stroke_width / 2
            how = "B" if mark.fill else "S"
            self._set_stroke(mark.stroke, mark.stroke_width, ())
        if mark.fill and mark.fill != self._fill:
            self._set_fill(mark.fill)
        x, y = mark.x + inset, self._height - mark.y - mark.height + inset
        width, height, radius = mark.width - 2 * inset, mark.height - 2 * inset, mark.radius - inset
        if radius < _SQUARE_BELOW:
            self._operators.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re {how}")
        else:
            path = _rounded(round(width, 2), round(height, 2), round(radius, 2))
            self._operators.append(f"q 1 0 0 1 {x:.2f} {y:.2f} cm {path} {how} Q")

    def _text(self, mark: Text) -> None:
        x, y = mark.x, self._height - mark.baseline
        if mark.anchor != "start":
            width = fonts.width(mark.text, mark.weight, mark.size)
            x -= width / 2 if mark.anchor == "middle" else width
        if mark.colour != self._fill:
            self._set_fill(mark.colour)
        simple = self._script.simple(mark.text, mark.weight)
        if simple is None:
            self._runs(mark, self._script.runs(mark.text, mark.weight), x, y)
        else:
            self._show(simple, self._script.font(mark.weight), mark.size, x, y)

    def _show(self, codes: str, font: str, size: float, x: float, y: float, before: str = "", after: str = "") -> None:
        """Show these codes from a place on, which the format counts from where the text before began."""
        if font != self._font or size != self._size:
            self._font, self._size = font, size
            self._operators.append(f"{font} {size:.3f} Tf")
        x, y = round(x, 2), round(y, 2)
        if self._cursor is None:
            self._operators.append(f"BT {x:.2f} {y:.2f} Td {before}({codes}) Tj{after}")
        else:
            last_x, last_y = self._cursor
            self._operators.append(f"{x - last_x:.2f} {y - last_y:.2f} Td {before}({codes}) Tj{after}")
        self._cursor = (x, y)

    def _runs(self, mark: Text, runs: Sequence[Run], x: float, y: float) -> None:
        """A line of several runs, from ``x`` on."""
        boxes: list[str] = []
        for run in runs:
            if not run.boxes:
                self._show(run.codes, run.font, mark.size, x, y)
                x += fonts.width(run.text, mark.weight, mark.size)
                continue
            # Readers disagree on what they show for a glyph that is missing: it is set unseen, and a box is drawn.
            self._show(run.codes, run.font, mark.size, x, y, before="3 Tr ", after=" 0 Tr")
            for box in run.boxes:
                if box:  # Joiners and variation marks take no room.
                    shape = (x + 0.1 * mark.size, y, (box - 0.2) * mark.size, 0.7 * mark.size)
                    boxes.append(f"{' '.join(f'{number:.2f}' for number in shape)} re S")
                x += box * mark.size
        if boxes:
            self._end_text()
            self._set_stroke(mark.colour, mark.size * 0.06, ())
            self._operators.extend(boxes)

    def _end_text(self) -> None:
        if self._cursor is not None:
            self._operators.append("ET")
            self._cursor = None

    def _line(self, mark: Line) -> None:
        self._end_text()
        self._set_stroke(mark.colour, mark.width, mark.dash)
        height = self._height
        steps = [f"{x:.2f} {height - y:.2f}" for x, y in mark.points]
        self._operators.append(f"{steps[0]} m {' l '.join(steps[1:])} l S")

    def _image(self, mark: Image) -> None:
        self._flush()
        y = self._height - mark.y - mark.height
        self._canvas.drawImage(ImageReader(io.BytesIO(mark.png)), mark.x, y, mark.width, mark.height, mask="auto")

    def _link(self, mark: Region) -> None:
        top = self._height - mark.y
        self._canvas.linkURL(mark.url, (mark.x, top - mark.height, mark.x + mark.width, top), thickness=0)

    def _set_fill(self, colour: str) -> None:
        if colour != self._fill:
            self._fill = colour
            self._operators.append(f"{_rgb(colour)} rg")

    def _set_stroke(self, colour: str, width: float, dash: tuple[float, ...]) -> None:
        if colour != self._stroke:
            self._stroke = colour
            self._operators.append(f"{_rgb(colour)} RG")
        pen = (width, dash)
        if pen != self._pen:
            self._pen = pen
            self._operators.append(f"{width:.2f} w [{' '.join(f'{part:.2f}' for part in dash)}] 0 d")


def _bookmark(canvas: Canvas, drawing: Drawing, number: int, *, several: bool) -> None:
    """An entry for each box of the two upper levels, below one for the page where there are several."""
    boxes = [mark for mark in drawing.marks if isinstance(mark, Region) and mark.level > 0]
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
