"""PDF in other scripts: what is printed, what can be copied, and which fonts are inside."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from every_mark import OTHER_SCRIPTS, listed
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from capmap.drawing.marks import Drawing, Text
from capmap.layout import fonts
from capmap.render import pdf

ROOT = Path(__file__).parents[2]
RUNES = "\ue900\ue901"
"""Private letters that a font of the test has."""


def written(*names: str) -> bytes:
    file = io.BytesIO()
    pdf.write([listed(names)], file, title="Names")
    return file.getvalue()


def copied(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "").replace("\u200d", "").replace("\ufe0f", "")


def painted(data: bytes) -> Any:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[0].render(scale=2).to_pil().convert("L")
    finally:
        document.close()


@pytest.mark.parametrize("name", OTHER_SCRIPTS)
def test_a_name_can_be_copied_as_it_was_written(name: str) -> None:
    assert squeezed(copied(written(name))) == squeezed(name)


@pytest.mark.parametrize("name", OTHER_SCRIPTS)
def test_a_name_is_as_wide_on_paper_as_it_was_measured(name: str) -> None:
    ink = painted(written(name)).point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None
    left, _, right, _ = (side / 2 for side in ink)
    assert left >= 10 - 1.5
    assert right <= 10 + fonts.width(name, "regular", 10) + 1.5
    assert right - left > 0.8 * fonts.width(name, "regular", 10)


def test_no_box_stands_where_a_font_has_the_character() -> None:
    with pdfplumber.open(io.BytesIO(written(*OTHER_SCRIPTS))) as document:
        assert not [item for item in document.pages[0].rects if item["stroke"] and not item["fill"]]


def test_letters_from_right_to_left_stand_so() -> None:
    with pdfplumber.open(io.BytesIO(written("ניהול (CRM) 12"))) as document:
        characters = document.pages[0].chars
    places = {character["text"]: character["x0"] for character in characters if character["text"] != " "}
    assert places["נ"] > places["ל"] > places["("] or places["נ"] > places["ל"] > places[")"]
    assert places["C"] < places["R"] < places["M"] < places["ל"]
    assert places["1"] < places["2"] < places["C"]


def test_a_paragraph_from_right_to_left_holds_for_lines_that_begin_otherwise() -> None:
    def first_of(rtl: bool | None) -> str:
        text = Text(10, 20, "CRM (ניהול", "regular", 10, "#000000", rtl=rtl)
        file = io.BytesIO()
        pdf.write([Drawing(200, 40, "Line", (text,))], file)
        with pdfplumber.open(io.BytesIO(file.getvalue())) as document:
            characters = [item for item in document.pages[0].chars if item["text"].strip("\u200b ")]
        return str(min(characters, key=lambda item: item["x0"])["text"])

    assert first_of(None) == "C"
    assert first_of(True) in "ל("


def test_fonts_hold_only_the_glyphs_shown_and_say_what_they_mean() -> None:
    data = written(*OTHER_SCRIPTS)
    assert len(data) < 60_000
    with pikepdf.open(io.BytesIO(data)) as document:
        names = set()
        for font in document.pages[0].Resources.Font.values():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            names.add(str(font.BaseFont).split("+")[1])
            assert font.ToUnicode.read_bytes()
            with TTFont(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes())) as inside:
                assert 2 <= inside["maxp"].numGlyphs < 300
        assert {"NotoSans", "NotoSansArabic", "NotoSansHebrew", "NotoSansThai", "NotoEmoji"} <= names


def test_the_same_names_give_the_same_bytes() -> None:
    assert written(*OTHER_SCRIPTS) == written(*OTHER_SCRIPTS)


@pytest.fixture
def own_fonts(tmp_path: Path) -> Path:
    """A folder of fonts as a person has one, with a font of two letters as cubic curves, and files that are none."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    (folder / "Broken-Regular.ttf").write_bytes(b"\0\1\0\0" + b"\xff" * 60)
    (folder / "Empty-Regular.otf").write_bytes(b"")
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "square", "bar"])
    builder.setupCharacterMap(dict(zip(map(ord, RUNES), ("square", "bar"), strict=True)))
    shapes = {}
    for name, width in ((".notdef", 0), ("square", 700), ("bar", 200)):
        pen = T2CharStringPen(1000, None)
        pen.moveTo((100, 0))
        for place in ((100 + width, 0), (100 + width, 700), (100, 700)):
            pen.lineTo(place)
        pen.closePath()
        shapes[name] = pen.getCharString()
    builder.setupCFF("Runes", {"FullName": "Runes"}, shapes, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "square": (900, 100), "bar": (400, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Runes", "styleName": "Regular"})
    builder.setupOS2(fsType=0)
    builder.setupPost()
    builder.save(folder / "Runes-Regular.otf")
    return tmp_path


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="fonts of a person stand elsewhere there")
def test_fonts_of_the_computer_are_found_measured_and_embedded(own_fonts: Path, tmp_path: Path) -> None:
    script = (
        "import pathlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from every_mark import listed\nfrom capmap.layout import fonts\nfrom capmap.render import pdf\n"
        f"name = {RUNES!r}\n"
        "assert fonts.missing(name) == set()\nassert abs(fonts.width(name, 'regular', 10) - 13) < 1e-6\n"
        "pdf.write([listed((name,))], pathlib.Path(sys.argv[2]), title='Runes')"
    )
    target = tmp_path / "runes.pdf"
    subprocess.run(
        [sys.executable, "-c", script, str(Path(__file__).parent), str(target)],
        check=True,
        cwd=ROOT,
        env={**os.environ, "XDG_DATA_HOME": str(own_fonts), "XDG_DATA_DIRS": str(own_fonts / "none")},
        timeout=60,
    )
    data = target.read_bytes()
    assert squeezed(copied(data)) == RUNES
    picture = painted(data)
    # The middle of the square is filled, the gap behind it is not, the bar is.
    assert [picture.getpixel((round(2 * (10 + across)), (2 * 17))) < 100 for across in (4.5, 9.5, 11)] == [
        True,
        False,
        True,
    ]


def test_a_person_without_any_font_gets_boxes_and_is_told() -> None:
    assert fonts.missing(f"A{RUNES}") <= set(RUNES)
