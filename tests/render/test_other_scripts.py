"""Names in all scripts in SVG, PNG, slides and diagrams: the same glyphs in the same places as on paper."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pypdfium2
import pytest
from every_mark import NAMES, ODD_NAMES, OTHER_SCRIPTS, listed
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image
from pptx import Presentation

from capmap import render
from capmap.drawing.marks import Drawing, Rect, Region, Text
from capmap.render import pdf, qt, svg, webfonts

EVERY = (*NAMES, *OTHER_SCRIPTS, *ODD_NAMES)

pytestmark = pytest.mark.usefixtures("qapp")


def ink(picture: Image.Image) -> list[tuple[int, int, int, int] | None]:
    """Where each line of ``listed`` is inked, in pixels of two a point."""
    dark = picture.convert("L").point(lambda value: 255 if value < 140 else 0)
    return [dark.crop((0, 40 * row + 8, dark.width, 40 * row + 54)).getbbox() for row in range(len(EVERY))]


def test_screen_and_paper_show_the_same() -> None:
    drawing = listed(EVERY)
    png, paper = io.BytesIO(), io.BytesIO()
    qt.write_png(drawing, png, dpi=144)
    pdf.write([drawing], paper)
    document = pypdfium2.PdfDocument(paper.getvalue())
    try:
        printed = document[0].render(scale=2).to_pil()
    finally:
        document.close()
    for name, here, there in zip(EVERY, ink(Image.open(png)), ink(printed), strict=True):
        assert here is not None
        assert there is not None
        assert all(abs(one - other) <= 2 for one, other in zip(here, there, strict=True)), (name, here, there)


def test_svg_holds_a_face_for_every_character() -> None:
    texts = [mark for mark in listed(OTHER_SCRIPTS).marks if isinstance(mark, Text)]
    held: set[str] = set()
    for rule in webfonts.faces(texts):
        data = re.search(r"base64,([^)]*)\)", rule)
        assert data is not None
        with TTFont(io.BytesIO(base64.b64decode(data[1]))) as font:
            own = {chr(code) for code in font.getBestCmap()}
            said = re.search(r"unicode-range:([^;]*);", rule)
            if said is not None:
                assert {chr(int(code[2:], 16)) for code in said[1].split(",")} == own
            held |= own
    shown = {character for mark in texts for character in mark.text if not character.isspace()}
    assert shown - held <= {"\u200d", "\ufe0f"}


def test_svg_lines_from_right_to_left_start_at_the_right() -> None:
    marks = (
        Text(10, 20, "ניהול", "regular", 10, "#000000"),
        Text(90, 40, "CRM", "regular", 10, "#000000", "end", rtl=True),
        Text(10, 60, "CRM", "regular", 10, "#000000"),
    )
    file = io.BytesIO()
    svg.write(Drawing(100, 80, "Lines", marks), file)
    texts = etree.fromstring(file.getvalue()).iter("{http://www.w3.org/2000/svg}text")
    assert [(text.get("direction"), text.get("text-anchor"), text.get("x")) for text in texts] == [
        ("rtl", "end", "10"),
        ("rtl", None, "90"),
        (None, None, "10"),
    ]


def boxed() -> Drawing:
    region = Region(10, 10, 120, 40, "box", "ניהול לקוחות", 1)
    line = Text(122, 30, "ניהול לקוחות", "regular", 10, "#000000", "end", "box", rtl=True)
    return Drawing(150, 60, "Box", (region, Rect(10, 10, 120, 40, "#ffffff", key="box"), line))


def test_slides_say_which_way_a_name_runs_and_name_its_face(tmp_path: Path) -> None:
    render.write([boxed()], tmp_path / "box.pptx")
    (group,) = [shape for shape in Presentation(str(tmp_path / "box.pptx")).slides[0].shapes if shape.shape_type == 6]
    (shape,) = group.shapes
    properties = shape.text_frame.paragraphs[0]._p.pPr
    assert (properties.get("rtl"), properties.get("algn")) == ("1", "r")
    assert shape.text_frame.margin_right.pt == pytest.approx(8)
    run = shape.text_frame.paragraphs[0].runs[0]
    (face,) = run._r.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}cs")
    assert face.get("typeface") == "Noto Sans Hebrew"
    assert run.text == "ניהול לקוחות"


def test_diagrams_say_which_way_a_name_runs(tmp_path: Path) -> None:
    render.write([boxed()], tmp_path / "box.drawio")
    text = (tmp_path / "box.drawio").read_text("utf-8")
    assert "textDirection=rtl;align=right;spacingRight=6.0;" in text
