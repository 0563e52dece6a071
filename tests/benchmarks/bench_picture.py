"""Layout, repaint and PDF, each beside the least that could be done for the same boxes."""

from __future__ import annotations

import datetime as dt
import io
import zlib
from typing import Any

import pytest
from PySide6.QtGui import QImage, QPainter

from benchmarks.conftest import Beside
from capmap.drawing.mapdrawing import map_marks
from capmap.drawing.marks import Rect, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.drawing.theme import PAPER
from capmap.layout.nested import arrange
from capmap.lens.builtin import lens_named
from capmap.lens.lens import apply
from capmap.model.map import Map
from capmap.render import pdf, qt

WIDTH, HEIGHT = 1920, 1080


@pytest.mark.benchmark(group="layout")
def test_full_layout(benchmark: Any, beside: Beside, current: Map) -> None:
    """Floor: one walk over the tree in reading order."""
    beside(benchmark, lambda: arrange(current, aspect=WIDTH / HEIGHT), lambda: sum(1 for _ in current.walk()))


@pytest.mark.benchmark(group="repaint")
@pytest.mark.parametrize("zoom", ["fit", "100 %"])
def test_repaint(benchmark: Any, beside: Beside, current: Map, zoom: str, qapp: object) -> None:
    """The visible map painted whole into a picture of the screen's size. Floor: the same picture filled once."""
    layout = arrange(current, aspect=WIDTH / HEIGHT)
    heat = apply(lens_named("maturity gap"), current, [box.id for box in layout.walk() if not box.children])
    scale = min(WIDTH / layout.width, HEIGHT / layout.height) if zoom == "fit" else 1.0
    clip = (0.0, 0.0, WIDTH / scale, HEIGHT / scale)
    picture = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)

    def repaint() -> None:
        painter = QPainter(picture)
        painter.scale(scale, scale)
        qt.paint(painter, map_marks(layout, current, heat, PAPER, clip=clip, min_size=2 / scale, text_min=5 / scale))
        painter.end()

    beside(benchmark, repaint, lambda: picture.fill(0xFFFFFF))


@pytest.mark.benchmark(group="pdf")
def test_pdf(benchmark: Any, beside: Beside, current: Map) -> None:
    """One A0 page written from its finished drawing. Floor: the same rectangles and texts as one compressed stream."""
    drawing = compose(current, lens_named("maturity gap"), paper=paper_named("A0"), date=dt.date(2026, 11, 22))

    def floor() -> bytes:
        lines = []
        for mark in drawing.marks:
            if isinstance(mark, Rect):
                lines.append(f"{mark.x:.2f} {mark.y:.2f} {mark.width:.2f} {mark.height:.2f} re f")
            elif isinstance(mark, Text):
                lines.append(f"BT /F1 {mark.size:.2f} Tf {mark.x:.2f} {mark.baseline:.2f} Td ({mark.text}) Tj ET")
        return zlib.compress("\n".join(lines).encode())

    beside(benchmark, lambda: pdf.write([drawing], io.BytesIO(), title="Map"), floor)
