"""PDF beside the least that could be done for the same boxes."""

from __future__ import annotations

import datetime as dt
import io
import zlib
from typing import Any

import pytest

from benchmarks.conftest import Beside
from capmap.drawing.marks import Rect, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.lens.builtin import LENSES
from capmap.model.map import Map
from capmap.render import pdf


@pytest.mark.benchmark(group="pdf")
def test_pdf(benchmark: Any, beside: Beside, current: Map) -> None:
    """One A0 page written from its finished drawing. Floor: the same rectangles and texts as one compressed stream."""
    drawing = compose(current, LENSES["maturity gap"], paper=paper_named("A0"), date=dt.date(2026, 11, 22))

    def floor() -> bytes:
        lines = []
        for mark in drawing.marks:
            if isinstance(mark, Rect):
                lines.append(f"{mark.x:.2f} {mark.y:.2f} {mark.width:.2f} {mark.height:.2f} re f")
            elif isinstance(mark, Text):
                lines.append(f"BT /F1 {mark.size:.2f} Tf {mark.x:.2f} {mark.baseline:.2f} Td ({mark.text}) Tj ET")
        return zlib.compress("\n".join(lines).encode())

    beside(benchmark, lambda: pdf.write([drawing], io.BytesIO(), title="Map"), floor)
