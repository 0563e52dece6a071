"""PDF beside the least that could be done for the same boxes, and beside Qt's own writer of PDF."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zlib
from functools import cache
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from benchmarks.conftest import Beside, map_of
from capmap.drawing.marks import Drawing, Mark, Rect, Region, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.lens.builtin import LENSES
from capmap.render import pdf, qt

_EACH = 5
"""Every so manieth box is a link."""


@cache
def drawn(boxes: int) -> Drawing:
    """One A0 page."""
    return compose(map_of(boxes), LENSES["maturity gap"], paper=paper_named("A0"), date=dt.date(2026, 11, 22))


@cache
def linked(boxes: int) -> Drawing:
    """The page with an address on every fifth box."""
    drawing = drawn(boxes)
    count = 0
    marks: list[Mark] = []
    for mark in drawing.marks:
        if isinstance(mark, Region):
            count += 1
            if count % _EACH == 0:
                mark = dataclasses.replace(mark, url=f"https://example.org/box/{count}")
        marks.append(mark)
    return dataclasses.replace(drawing, marks=tuple(marks))


def floor(drawing: Drawing) -> bytes:
    """The same rectangles and texts as one compressed stream, and an annotation for every link."""
    lines = []
    for mark in drawing.marks:
        if isinstance(mark, Rect):
            lines.append(f"{mark.x:.2f} {mark.y:.2f} {mark.width:.2f} {mark.height:.2f} re f")
        elif isinstance(mark, Text):
            lines.append(f"BT /F1 {mark.size:.2f} Tf {mark.x:.2f} {mark.baseline:.2f} Td ({mark.text}) Tj ET")
    return zlib.compress("\n".join(lines).encode())


@pytest.mark.benchmark(group="pdf")
def test_pdf(benchmark: Any, beside: Beside, boxes: int) -> None:
    """Written from the finished drawing, with its structure for screen readers."""
    drawing = drawn(boxes)
    beside(benchmark, lambda: pdf.write([drawing], io.BytesIO(), title="Map"), lambda: floor(drawing))


@pytest.mark.benchmark(group="pdf")
def test_pdf_with_links(benchmark: Any, beside: Beside, boxes: int) -> None:
    """With every fifth box a link."""
    drawing = linked(boxes)
    beside(benchmark, lambda: pdf.write([drawing], io.BytesIO(), title="Map"), lambda: floor(drawing))


@pytest.mark.benchmark(group="pdf")
def test_qt(benchmark: Any, beside: Beside, boxes: int, qapp: QApplication) -> None:
    """What Qt takes for the same drawing: no structure, no links, no bookmarks."""
    drawing = drawn(boxes)
    beside(benchmark, lambda: by_qt(drawing), lambda: pdf.write([drawing], io.BytesIO(), title="Map"))


def by_qt(drawing: Drawing) -> bytes:
    """The drawing as Qt writes it."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    writer.setPageSize(QPageSize(QSizeF(drawing.width, drawing.height), QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    painter = QPainter(writer)
    qt.paint(painter, drawing.marks)
    painter.end()
    return bytes(data.data())
