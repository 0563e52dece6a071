"""PNG and the screen: what Qt paints of the marks, beside what a PDF reader paints of them."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from every_mark import NAMES, ODD_NAMES, every_mark
from PIL import Image as Picture
from PIL import ImageChops
from PySide6.QtGui import QImage, QPainter

from capmap.drawing.marks import Drawing, Line, Mark, Rect, Region, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.errors import OutputError
from capmap.layout import fonts
from capmap.lens.builtin import LENSES
from capmap.model.map import Map
from capmap.render import pdf, qt

pytestmark = pytest.mark.usefixtures("qapp")


def png(drawing: Drawing, dpi: float = 144.0) -> Any:
    file = io.BytesIO()
    qt.write_png(drawing, file, dpi=dpi)
    return Picture.open(io.BytesIO(file.getvalue())).convert("RGB")


def printed(drawing: Drawing, dpi: float = 144.0) -> Any:
    file = io.BytesIO()
    pdf.write([drawing], file)
    document = pypdfium2.PdfDocument(file.getvalue())
    try:
        return document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()


def share_apart(one: Any, other: Any, by: int) -> float:
    """The share of pixels that differ in some channel by more than ``by``."""
    assert one.size == other.size
    worst = ImageChops.difference(one, other).split()
    apart = ImageChops.lighter(ImageChops.lighter(worst[0], worst[1]), worst[2])
    return float(sum(apart.histogram()[by + 1 :]) / (one.width * one.height))


def ink(picture: Any, ground: tuple[int, int, int] = (255, 255, 255)) -> tuple[int, int, int, int]:
    """The box of everything darker than half a pixel of ink."""
    grey = ImageChops.difference(picture, Picture.new("RGB", picture.size, ground)).convert("L")
    found = grey.point(lambda level: 255 if level > 100 else 0).getbbox()
    assert found is not None, "the picture is blank"
    return found


@pytest.fixture
def page(small_map: Map) -> Drawing:
    return compose(small_map, LENSES["maturity gap"], paper=paper_named("A4"), date=dt.date(2026, 11, 22))


def test_every_mark_looks_as_in_the_pdf() -> None:
    assert share_apart(png(every_mark()), printed(every_mark()), by=60) < 0.006


def test_a_page_looks_as_in_the_pdf(page: Drawing) -> None:
    assert share_apart(png(page), printed(page), by=80) < 0.006


@pytest.mark.parametrize("text", ["Quotation and Advice", "office ffi AVAV To Ty", "Zażółć Ωμέγα Привет"])
@pytest.mark.parametrize("weight", ["regular", "semibold", "bold"])
@pytest.mark.parametrize("size", [7.3, 12.0, 27.0])
def test_texts_are_as_wide_as_the_layout_says(text: str, weight: Any, size: float) -> None:
    width = fonts.width(text, weight, size)
    drawing = Drawing(width + 20, 50, "", (Text(10, 35, text, weight, size, "#000000"),))
    here, there = ink(png(drawing, 576)), ink(printed(drawing, 576))
    # 8 pixels a point: 0.2 points are 1.6 pixels.
    assert here[0] == pytest.approx(there[0], abs=2)
    assert here[2] == pytest.approx(there[2], abs=2)
    assert here[1] == pytest.approx(there[1], abs=3)
    assert here[3] == pytest.approx(there[3], abs=3)


def test_anchors_set_text_from_its_middle_and_end() -> None:
    drawing = Drawing(
        300,
        90,
        "",
        (
            Text(150, 20, "HHHH", "bold", 12, "#000000"),
            Text(150, 50, "HHHH", "bold", 12, "#000000", "middle"),
            Text(150, 80, "HHHH", "bold", 12, "#000000", "end"),
        ),
    )
    picture = png(drawing)
    width = 2 * fonts.width("HHHH", "bold", 12)
    lefts = [ink(picture.crop((0, top, 600, top + 60)))[0] for top in (0, 60, 120)]
    assert lefts[0] - lefts[1] == pytest.approx(width / 2, abs=1.5)
    assert lefts[0] - lefts[2] == pytest.approx(width, abs=1.5)


@pytest.mark.parametrize("name", [*NAMES, *ODD_NAMES, "अनुक्रम क्षमता", "العربية", "עברית", "e\u0301a\u0300"])
def test_no_name_is_blank_or_leaves_its_place(name: str) -> None:
    width = fonts.width(name, "regular", 20)
    drawing = Drawing(width + 40, 60, "", (Text(20, 40, name, "regular", 20, "#000000"),))
    left, _, right, _ = ink(png(drawing))
    assert left >= 36
    assert right <= 2 * (width + 20) + 6
    assert right - left > width


def test_the_stroke_lies_inside_the_edge() -> None:
    for radius in (0.0, 8.0):
        picture = png(Drawing(60, 60, "", (Rect(10, 10, 40, 40, "#ffffff", "#000000", 4, radius),)))
        assert ink(picture) == (20, 20, 100, 100)
        assert picture.getpixel((60, 24)) == (0, 0, 0)
        assert picture.getpixel((60, 30)) == (255, 255, 255)
        corner = picture.getpixel((21, 21))
        assert (corner == (0, 0, 0)) == (radius == 0)


def test_a_rectangle_without_fill_hides_nothing() -> None:
    marks = (Rect(0, 0, 60, 60, "#ba4831"), Rect(10, 10, 40, 40, "", "#000000", 2, 0))
    assert png(Drawing(60, 60, "", marks)).getpixel((60, 60)) == (186, 72, 49)


def test_dashes_leave_gaps() -> None:
    picture = png(Drawing(100, 20, "", (Line(((0, 10), (100, 10)), "#000000", 2, (10, 10)),)))
    row = [picture.getpixel((x, 20))[0] < 128 for x in range(200)]
    assert row[5]
    assert not row[30]
    assert row[45]


def test_painting_twice_and_in_a_moved_painter_gives_the_same_picture(page: Drawing) -> None:
    def picture(dx: int) -> QImage:
        image = QImage(1_300, 900, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.translate(dx, 0)
        qt.paint(painter, page.marks)
        assert painter.worldTransform().dx() == dx, "the painter is handed back as it was"
        painter.end()
        return image

    assert picture(0) == picture(0)
    assert picture(0).copy(0, 0, 900, 600) == picture(100).copy(100, 0, 900, 600)


def test_the_same_drawing_gives_the_same_bytes(page: Drawing) -> None:
    one, two = io.BytesIO(), io.BytesIO()
    qt.write_png(page, one)
    qt.write_png(page, two)
    assert one.getvalue() == two.getvalue()


def test_threads_paint_the_same_at_once(page: Drawing) -> None:
    def painting(_: int) -> bytes:
        file = io.BytesIO()
        qt.write_png(page, file)
        return file.getvalue()

    with ThreadPoolExecutor(3) as threads:
        assert len(set(threads.map(painting, range(6)))) == 1
    assert painting(0) == painting(1)


def test_size_follows_the_dots_per_inch() -> None:
    drawing = Drawing(72, 36.5, "", ())
    assert png(drawing, 72).size == (72, 37)
    assert png(drawing, 300).size == (300, 153)
    file = io.BytesIO()
    qt.write_png(drawing, file, dpi=300)
    assert Picture.open(io.BytesIO(file.getvalue())).info["dpi"][0] == pytest.approx(300, abs=0.1)


def test_a_picture_too_large_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"58,334 by 58,334 pixels is too large.*fewer dots"):
        qt.write_png(Drawing(14_000, 14_000, "", ()), tmp_path / "map.png", dpi=300)
    assert not list(tmp_path.iterdir())


def test_regions_are_not_painted() -> None:
    marks: tuple[Mark, ...] = (Region(0, 0, 50, 50, "a", "A", 1, "https://example.org"),)
    assert png(Drawing(50, 50, "", marks)).getcolors() == [(10_000, (255, 255, 255))]


def test_a_picture_needs_neither_screen_nor_running_application(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from capmap.drawing.marks import *; from capmap import render\n"
        "text = Text(5, 20, 'Hello', 'bold', 12, '#000000')\n"
        "render.write([Drawing(60, 30, 'Map', (text,))], pathlib.Path(sys.argv[1]))"
    )
    target = tmp_path / "map.png"
    subprocess.run(
        [sys.executable, "-c", script, str(target)],
        check=True,
        cwd=Path(__file__).parents[2],
        env={"PATH": "", "HOME": str(tmp_path)},
        timeout=60,
    )
    assert ink(Picture.open(target).convert("RGB"))[2] > 60
