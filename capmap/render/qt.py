"""Qt: marks painted on screen and into PNG pictures, the same way for both."""

from __future__ import annotations

import math
import sys
import threading
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import BinaryIO

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QGlyphRun,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPainter,
    QPen,
    QRawFont,
)

from capmap.drawing.marks import Drawing, Image, Line, Mark, Rect, Text
from capmap.errors import OutputError
from capmap.layout import fonts
from capmap.layout.style import Weight
from capmap.layout.typeset import is_plain
from capmap.render import qtscripts
from capmap.saving import replacing

DEFAULT_DPI = 144.0
LARGEST_PICTURE = 400_000_000
"""Pixels. Four bytes each must fit into memory."""

_WEIGHTS: dict[Weight, QFont.Weight] = {
    "regular": QFont.Weight.Normal,
    "semibold": QFont.Weight.DemiBold,
    "bold": QFont.Weight.Bold,
}
_FAMILY_IN_FILE, _FAMILY = "Noto Sans", "CapMap NS"
"""Names of one length, so that one can take the place of the other in the bytes of a font."""

_WHOLE_SIZE = 100
"""Pixel size of fonts as Qt hands them out, which is a whole number."""

_KEPT_TEXTS = 20_000
_KEPT_STYLES = 12

_LARGEST_CACHED = 60.0
"""Device pixels. Larger type is painted as outlines, which Qt forgets of a font that was given another size: it paints
nothing then. Such type is painted at the whole size, scaled.
"""

_SQUARE_BELOW = 1.7
"""Device pixels. Corners of a smaller radius are drawn square: round ones take five times as long."""

_HINTS = (
    QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing | QPainter.RenderHint.SmoothPixmapTransform
)

_NO_PEN = QPen(Qt.PenStyle.NoPen)
_NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)


def paint(painter: QPainter, marks: Iterable[Mark]) -> None:
    """Paint the marks, one point a unit of the painter's coordinates."""
    painter.save()
    painter.setRenderHints(_HINTS)
    _Brushwork(painter).paint(marks)
    painter.restore()


Block = tuple[tuple[str, ...], float, float]
"""Lines of text below one another, where they start, and the baseline of the first."""


def write_blocks(
    painter: QPainter, blocks: Iterable[Block], weight: Weight, size: float, leading: float, colour: str
) -> None:
    """Write blocks of lines in one type and colour, as ``paint`` would write each line, but several times as fast."""
    zoom = math.sqrt(abs(painter.deviceTransform().determinant()))
    painter.setRenderHints(_HINTS)
    painter.setPen(_colour(colour))
    draw = painter.drawGlyphRun
    known = _typesetter.blocks(weight, size, leading)
    small = size * zoom <= _LARGEST_CACHED
    odd: list[Block] = []
    for block in blocks:
        lines, x, baseline = block
        run = known[lines] if small else None
        if run is None:
            odd.append(block)
        else:
            draw(QPointF(x, baseline), run)
    _Brushwork(painter).paint(
        Text(x, baseline + leading * place, line, weight, size, colour)
        for lines, x, baseline in odd
        for place, line in enumerate(lines)
    )


class _Brushwork:
    """A painter whose pen and brush change only when the next mark needs others."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self._pen: object = None
        self._brush: object = None
        zoom = math.sqrt(abs(painter.deviceTransform().determinant()))
        self._square_below = _SQUARE_BELOW / zoom if zoom else math.inf
        self._large_above = _LARGEST_CACHED / zoom if zoom else math.inf

    def paint(self, marks: Iterable[Mark]) -> None:
        """Paint the marks in order."""
        text, rect = self._text, self._rect
        for mark in marks:
            if isinstance(mark, Text):
                text(mark)
            elif isinstance(mark, Rect):
                rect(mark)
            elif isinstance(mark, Line):
                self._line(mark)
            elif isinstance(mark, Image):
                frame = QRectF(mark.x, mark.y, mark.width, mark.height)
                self._painter.drawImage(frame, _picture(mark.png))

    def _text(self, mark: Text) -> None:
        x = mark.x
        if mark.anchor != "start":
            width = fonts.width(mark.text, mark.weight, mark.size)
            x -= width / 2 if mark.anchor == "middle" else width
        if self._pen != mark.colour:
            self._pen = mark.colour
            self._painter.setPen(_colour(mark.colour))
        large = mark.size > self._large_above
        run = None if mark.rtl else _typesetter.glyphs(mark.text, mark.weight, _WHOLE_SIZE if large else mark.size)
        if run is None:
            qtscripts.paint(self._painter, mark, x)
        elif large:
            self._painter.save()
            self._painter.translate(x, mark.baseline)
            self._painter.scale(mark.size / _WHOLE_SIZE, mark.size / _WHOLE_SIZE)
            self._painter.drawGlyphRun(QPointF(0.0, 0.0), run)
            self._painter.restore()
        else:
            self._painter.drawGlyphRun(QPointF(x, mark.baseline), run)

    def _rect(self, mark: Rect) -> None:
        stroke = mark.stroke_width if mark.stroke else 0.0
        if mark.radius < self._square_below and mark.fill:
            frame = QRectF(mark.x, mark.y, mark.width, mark.height)
            if stroke:
                self._painter.fillRect(frame, _brush(mark.stroke))
                frame = frame.adjusted(stroke, stroke, -stroke, -stroke)
            self._painter.fillRect(frame, _brush(mark.fill))
            return
        pen = (mark.stroke, stroke) if stroke else _NO_PEN
        if pen != self._pen:
            self._pen = pen
            self._painter.setPen(_pen(mark.stroke, stroke, ()) if stroke else _NO_PEN)
        if mark.fill != self._brush:
            self._brush = mark.fill
            self._painter.setBrush(_brush(mark.fill) if mark.fill else _NO_BRUSH)
        inset = stroke / 2
        frame = QRectF(mark.x + inset, mark.y + inset, mark.width - stroke, mark.height - stroke)
        radius = mark.radius - inset
        if radius < self._square_below:
            self._painter.drawRect(frame)
        else:
            self._painter.drawRoundedRect(frame, radius, radius)

    def _line(self, mark: Line) -> None:
        pen = (mark.colour, mark.width, mark.dash)
        if pen != self._pen:
            self._pen = pen
            self._painter.setPen(_pen(*pen))
        self._painter.drawPolyline([QPointF(x, y) for x, y in mark.points])


def write_png(drawing: Drawing, target: Path | BinaryIO, *, dpi: float = DEFAULT_DPI) -> None:
    """Write the drawing as a PNG of so many pixels an inch, to a path or into an open file. Raises OutputError."""
    scale = dpi / 72
    width, height = math.ceil(drawing.width * scale - 0.01), math.ceil(drawing.height * scale - 0.01)
    if width * height > LARGEST_PICTURE:
        raise OutputError(
            f"A picture of {width:,} by {height:,} pixels is too large to be drawn. Choose a smaller paper or fewer"
            " dots per inch."
        )
    _start_qt()
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise OutputError(f"There is not enough memory for a picture of {width:,} by {height:,} pixels.")
    image.fill(Qt.GlobalColor.white)
    image.setDotsPerMeterX(round(dpi / 0.0254))
    image.setDotsPerMeterY(round(dpi / 0.0254))
    painter = QPainter(image)
    try:
        painter.scale(scale, scale)
        paint(painter, drawing.marks)
    finally:
        # Qt ends the program when a picture goes while somebody paints on it.
        painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    content = bytes(data.data())
    if isinstance(target, Path):
        with replacing(target) as file:
            file.write(content)
    else:
        target.write(content)


@cache
def load_fonts() -> str:
    """Make the bundled fonts known to Qt, once, and return the name of their family.

    They get a name of their own: a computer that has Noto Sans too may have another version, with other letters.
    """
    families: list[str] = []
    for weight in _WEIGHTS:
        data = fonts.font_file(weight).read_bytes()
        for encoding in ("utf-16-be", "ascii"):
            data = data.replace(_FAMILY_IN_FILE.encode(encoding), _FAMILY.encode(encoding))
        loaded = QFontDatabase.addApplicationFontFromData(QByteArray(data))
        families.extend(QFontDatabase.applicationFontFamilies(loaded))
    return families[0]


@cache
def _start_qt() -> QGuiApplication:
    """The running application, or one without a screen: fonts need one."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    return QGuiApplication([sys.argv[0] if sys.argv else "capmap", "-platform", "offscreen"])


class _Blocks(dict[tuple[str, ...], QGlyphRun | None]):
    """Blocks of lines that make themselves."""

    def __init__(self, make: Callable[[tuple[str, ...]], QGlyphRun | None]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, lines: tuple[str, ...]) -> QGlyphRun | None:
        made = self[lines] = self._make(lines)
        return made


class _Typesetter(threading.local):
    """Texts as glyphs, kept for the next painting; one of its own for each thread, as Qt wants it of its fonts."""

    def __init__(self) -> None:
        self._glyphs: dict[tuple[str, Weight, float], QGlyphRun | None] = {}
        self._blocks: dict[tuple[Weight, float, float], _Blocks] = {}
        self._sized: dict[tuple[Weight, float], QRawFont] = {}
        self._whole: dict[Weight, QFont] = {}

    def glyphs(self, text: str, weight: Weight, size: float) -> QGlyphRun | None:
        """The glyphs of a text, each at the sum of the advances before it; None where it must be shaped, or is in
        another font.
        """
        key = (text, weight, size)
        try:
            return self._glyphs[key]
        except KeyError:
            if len(self._glyphs) >= _KEPT_TEXTS:
                self._glyphs.clear()
            made = self._glyphs[key] = self._made(text, weight, size)
            return made

    def blocks(self, weight: Weight, size: float, leading: float) -> dict[tuple[str, ...], QGlyphRun | None]:
        """The glyphs of lines below one another, as one run for each block, on the same terms: made when asked for."""
        key = (weight, size, leading)
        found = self._blocks.get(key)
        if found is None or len(found) >= _KEPT_TEXTS:
            if len(self._blocks) >= _KEPT_STYLES:
                self._blocks.clear()
            found = self._blocks[key] = _Blocks(lambda lines: self._made_block(lines, weight, size, leading))
        return found

    def _made(self, text: str, weight: Weight, size: float) -> QGlyphRun | None:
        return self._made_block((text,), weight, size, 0.0)

    def _made_block(self, lines: tuple[str, ...], weight: Weight, size: float, leading: float) -> QGlyphRun | None:
        if not all(is_plain(text, weight) for text in lines):
            return None
        font = self._raw_font(weight, size)
        run = QGlyphRun()
        run.setRawFont(font)
        run.setGlyphIndexes([glyph for text in lines for glyph in font.glyphIndexesForString(text)])
        positions: list[QPointF] = []
        for place, text in enumerate(lines):
            x = 0.0
            for character in text:
                positions.append(QPointF(x, leading * place))
                x += _advance(character, weight) * size
        run.setPositions(positions)
        return run

    def _raw_font(self, weight: Weight, size: float) -> QRawFont:
        key = (weight, size)
        if key not in self._sized:
            font = QRawFont.fromFont(self.font(weight))
            if size != _WHOLE_SIZE:
                font.setPixelSize(size)
            self._sized[key] = font
        return self._sized[key]

    def font(self, weight: Weight) -> QFont:
        """The font of this weight at the whole size."""
        if weight not in self._whole:
            font = QFont(load_fonts())
            font.setPixelSize(_WHOLE_SIZE)
            font.setWeight(_WEIGHTS[weight])
            font.setKerning(False)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._whole[weight] = font
        return self._whole[weight]


_typesetter = _Typesetter()


@lru_cache(maxsize=1 << 14)
def _advance(character: str, weight: Weight) -> float:
    return fonts.width(character, weight, 1.0)


@cache
def _colour(colour: str) -> QColor:
    return QColor(colour)


@cache
def _brush(colour: str) -> QBrush:
    return QBrush(QColor(colour))


@lru_cache(maxsize=512)
def _pen(colour: str, width: float, dash: tuple[float, ...]) -> QPen:
    pen = QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
    if dash:
        # Qt counts dashes in widths of the pen.
        pen.setDashPattern([part / width for part in dash])
    return pen


@lru_cache(maxsize=16)
def _picture(png: bytes) -> QImage:
    return QImage.fromData(QByteArray(png))
