"""Qtscripts: lines of other scripts than the text face's, painted by Qt glyph by glyph as they were measured."""

from __future__ import annotations

import threading
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QGlyphRun, QPainter, QRawFont

from capmap.drawing.marks import Text
from capmap.layout import typeset
from capmap.layout.faces import Face
from capmap.layout.style import Weight

_SIZE = 100
"""Pixels, in which all glyphs are taken from their fonts; the painter makes them larger or smaller."""
_KEPT = 4_000
_NO_HINTING = QFont.HintingPreference.PreferNoHinting

_Set = tuple[list[tuple[QPointF, QGlyphRun]], list[tuple[QPointF, str]], list[QRectF]]
"""Of a line: the runs of glyphs and where they start, texts that Qt must set itself, and empty boxes."""


def paint(painter: QPainter, mark: Text, x: float) -> None:
    """Paint a line of text whose left end is at ``x``, in the colour of the painter's pen."""
    runs, texts, boxes = _lines.line(mark)
    scale = mark.size / _SIZE
    painter.save()
    painter.translate(x, mark.baseline)
    painter.scale(scale, scale)
    for place, run in runs:
        painter.drawGlyphRun(place, run)
    for place, text in texts:
        painter.drawText(place, text)
    if boxes:
        pen = painter.pen()
        pen.setWidthF(0.06 * _SIZE)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects(boxes)
    painter.restore()


class _Lines(threading.local):
    """Lines as glyphs, kept for the next painting; one of its own for each thread, as Qt wants it of its fonts."""

    def __init__(self) -> None:
        self._set: dict[tuple[str, Weight, bool | None], _Set] = {}
        self._fonts: dict[Face, QRawFont | None] = {}

    def line(self, mark: Text) -> _Set:
        key = (mark.text, mark.weight, mark.rtl)
        found = self._set.get(key)
        if found is None:
            if len(self._set) >= _KEPT:
                self._set.clear()
            found = self._set[key] = self._made(mark)
        return found

    def _made(self, mark: Text) -> _Set:
        runs: list[tuple[QPointF, QGlyphRun]] = []
        texts: list[tuple[QPointF, str]] = []
        boxes: list[QRectF] = []
        for run in typeset.set_line(mark.text, mark.weight, rtl=mark.rtl).runs:
            start = run.start * _SIZE
            if run.face is None:
                for glyph in run.glyphs:
                    left, wide = start + (glyph.x + 0.1) * _SIZE, (glyph.advance - 0.2) * _SIZE
                    boxes.append(QRectF(left, -0.7 * _SIZE, wide, 0.7 * _SIZE))
                continue
            font = self._font(run.face, bold=mark.weight != "regular")
            if font is None:
                texts.append((QPointF(start, 0.0), run.text))
                continue
            made = QGlyphRun()
            made.setRawFont(font)
            made.setGlyphIndexes([glyph.number for glyph in run.glyphs])
            made.setPositions([QPointF(glyph.x * _SIZE, -glyph.y * _SIZE) for glyph in run.glyphs])
            runs.append((QPointF(start, 0.0), made))
        return runs, texts, boxes

    def _font(self, face: Face, *, bold: bool) -> QRawFont | None:
        """The font of a face; None where Qt cannot load it from its file."""
        if face not in self._fonts:
            font = QRawFont(str(face.file.path), _SIZE, _NO_HINTING)
            if face.file.place:
                # Qt takes only the first font of a collection from a file; the others go by their names.
                _known(str(face.file.path))
                named = QFont(face.family)
                named.setPixelSize(_SIZE)
                named.setBold(bold)
                named.setHintingPreference(_NO_HINTING)
                font = QRawFont.fromFont(named)
            sound = font.isValid() and (not face.file.place or font.familyName() == face.family)
            self._fonts[face] = font if sound else None
        return self._fonts[face]


@cache
def _known(path: str) -> int:
    """Make a file of fonts known to Qt, once."""
    return QFontDatabase.addApplicationFont(path)


_lines = _Lines()
