"""PDF: what readers find in the file."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from every_mark import NAMES, ODD_NAMES, every_mark, listed
from reportlab.pdfgen.canvas import Canvas

from capmap.drawing.marks import Drawing, Image, Line, Rect, Region, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.errors import OutputError
from capmap.layout import fonts
from capmap.lens.builtin import LENSES
from capmap.model.map import Map
from capmap.render import pdf
from capmap.render.pdftext import font_of


def written(*drawings: Drawing, **options: Any) -> bytes:
    file = io.BytesIO()
    pdf.write(drawings, file, **options)
    return file.getvalue()


def squeezed(text: str) -> str:
    return "".join(text.split())


def copied(data: bytes, page: int = 0) -> str:
    """The text of a page in the order in which it can be copied."""
    document = pypdfium2.PdfDocument(data)
    try:
        return str(document[page].get_textpage().get_text_range())
    finally:
        document.close()


def painted(data: bytes, scale: float) -> Any:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[0].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()


@pytest.fixture
def page(small_map: Map) -> Drawing:
    return compose(small_map, LENSES["maturity gap"], paper=paper_named("A3"), date=dt.date(2026, 11, 22))


def test_every_label_is_there_once_in_reading_order(page: Drawing) -> None:
    texts = [mark.text for mark in page.marks if isinstance(mark, Text)]
    assert squeezed(copied(written(page))) == squeezed("".join(texts))


def test_texts_stand_where_the_drawing_says(page: Drawing) -> None:
    with pdfplumber.open(io.BytesIO(written(page))) as document:
        characters = document.pages[0].chars
    place = 0
    for mark in page.marks:
        if not isinstance(mark, Text):
            continue
        line = characters[place : place + len(mark.text)]
        place += len(mark.text)
        width = fonts.width(mark.text, mark.weight, mark.size)
        left = mark.x - {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
        assert "".join(character["text"] for character in line) == mark.text
        assert line[0]["x0"] == pytest.approx(left, abs=0.05)
        assert line[-1]["x1"] == pytest.approx(left + width, abs=0.1)
        assert line[0]["matrix"][5] == pytest.approx(page.height - mark.baseline, abs=0.05)
        assert line[0]["size"] == pytest.approx(mark.size, abs=0.01)
    assert place == len(characters)


def test_rectangles_stand_where_the_drawing_says(page: Drawing) -> None:
    with pdfplumber.open(io.BytesIO(written(page))) as document:
        found = [*document.pages[0].rects, *document.pages[0].curves]
    frames = [(item["x0"], item["top"], item["x1"], item["bottom"], item["non_stroking_color"]) for item in found]
    for mark in page.marks:
        if isinstance(mark, Rect) and mark.fill:
            inset = mark.stroke_width / 2 if mark.stroke else 0.0
            wanted = (mark.x + inset, mark.y + inset, mark.x + mark.width - inset, mark.y + mark.height - inset)
            colour = tuple(int(mark.fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
            assert any(
                frame[:4] == pytest.approx(wanted, abs=0.05) and tuple(frame[4]) == pytest.approx(colour, abs=0.003)
                for frame in frames
                if frame[4] is not None and len(frame[4]) == 3
            ), mark


def test_fonts_are_embedded_as_subsets(page: Drawing) -> None:
    data = written(page)
    with pikepdf.open(io.BytesIO(data)) as document:
        found = list(document.pages[0].Resources.Font.values())
        assert {str(font.BaseFont).split("+")[1] for font in found} == {
            "NotoSans-Regular",
            "NotoSans-SemiBold",
            "NotoSans-Bold",
        }
        for font in found:
            assert "FontFile2" in str(font.FontDescriptor.keys())
            assert font.ToUnicode is not None
    assert len(data) < 100_000


def test_the_same_drawing_gives_the_same_bytes_even_from_another_process(page: Drawing, tmp_path: Path) -> None:
    options = {"title": "Map", "author": "A", "subject": "S", "created": dt.date(2026, 11, 22)}
    assert written(page, **options) == written(page, **options)
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import pathlib, datetime as dt\n"
        "from every_mark import every_mark\nfrom capmap.render import pdf\n"
        "pdf.write([every_mark()], pathlib.Path(sys.argv[2]), title='Map')"
    )
    target = tmp_path / "other.pdf"
    subprocess.run(
        [sys.executable, "-c", script, str(Path(__file__).parent), str(target)],
        check=True,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )
    assert target.read_bytes() == written(every_mark(), title="Map")


def test_the_document_says_what_it_is() -> None:
    data = written(every_mark(), title="Größe — „Map“", author="Ann", subject="Gaps", created=dt.date(2026, 11, 22))
    with pikepdf.open(io.BytesIO(data)) as document:
        assert str(document.docinfo.Title) == "Größe — „Map“"
        assert str(document.docinfo.Author) == "Ann"
        assert str(document.docinfo.Subject) == "Gaps"
        assert str(document.docinfo.Creator) == "CapMap"
        assert str(document.docinfo.CreationDate) == "D:20261122000000Z"
        assert str(document.Root.Lang) == "en"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert "/JavaScript" not in str(document.Root.keys())
        assert "/OpenAction" not in document.Root


def test_two_levels_are_bookmarked(page: Drawing) -> None:
    with pikepdf.open(io.BytesIO(written(page))) as document, document.open_outline() as outline:
        entries = [(item.title, [child.title for child in item.children]) for item in outline.root]
    assert entries == [
        ("Sell", ["Serve at the counter", "Sell online"]),
        ("Run the shop", ["Pay suppliers", "Take payment"]),
    ]


def test_several_pages_are_bookmarked_each(page: Drawing) -> None:
    data = written(page, every_mark())
    with pikepdf.open(io.BytesIO(data)) as document:
        assert len(document.pages) == 2
        assert [float(number) for number in document.pages[1].MediaBox] == [0, 0, 400, 300]
        with document.open_outline() as outline:
            assert [item.title for item in outline.root] == [page.title, "Every <mark> & more"]
            assert [item.title for item in outline.root[0].children] == ["Sell", "Run the shop"]
    assert squeezed(copied(data, 1)).startswith("EverymarkArea<one>")


def test_links_are_those_of_the_regions() -> None:
    with pikepdf.open(io.BytesIO(written(every_mark()))) as document:
        (link,) = document.pages[0].Annots
        assert str(link.A.URI) == "https://example.org/?a=1&b=2"
        assert [float(number) for number in link.Rect] == [22, 300 - 160, 192, 300 - 70]


def test_names_survive_as_they_are() -> None:
    assert squeezed(copied(written(listed(NAMES)))) == squeezed("".join(NAMES))


def test_characters_without_a_glyph_can_be_copied_and_are_drawn_as_boxes() -> None:
    data = written(listed(ODD_NAMES))
    text = squeezed(copied(data))
    for name in ODD_NAMES:
        assert squeezed(name).replace("\u200b", "") in text.replace("\u200b", "")
    with pdfplumber.open(io.BytesIO(data)) as document:
        boxes = [item for item in document.pages[0].rects if item["stroke"] and not item["fill"]]
    assert len(boxes) == 1 + 1 + 5
    # The first box stands between the words around it.
    left = 10 + fonts.width("Ship it ", "regular", 10)
    first = min(boxes, key=lambda item: item["top"])
    assert left < first["x0"] < first["x1"] < left + fonts.width("\U0001fffd", "regular", 10)
    middle = (first["top"] + first["bottom"]) / 2
    assert painted(data, 10.0).getpixel((round(10 * first["x0"]), round(10 * middle)))[0] < 90


def test_more_characters_than_one_subset_holds() -> None:
    letters = [chr(code) for code in range(0xA1, 0x250) if code != 0xAD and not fonts.missing(chr(code))]
    assert len(letters) > 260
    rows = tuple("".join(letters[start : start + 40]) for start in range(0, len(letters), 40))
    data = written(listed(rows))
    assert squeezed(copied(data)) == "".join(rows)
    with pikepdf.open(io.BytesIO(data)) as document:
        assert len(document.pages[0].Resources.Font) > 1


def test_a_page_that_no_reader_shows_is_refused_and_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "map.pdf"
    target.write_bytes(b"old")
    with pytest.raises(OutputError, match=r"20,000 points long.*5\.08 m.*smaller paper"):
        pdf.write([Drawing(20_000, 100, "Wide", ())], target)
    assert target.read_bytes() == b"old"


def test_own_operators_paint_what_the_public_api_paints() -> None:
    drawing = every_mark()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(drawing.width, drawing.height))
    for mark in drawing.marks:
        canvas.saveState()
        canvas.setLineJoin(1)
        _paint_publicly(canvas, drawing.height, mark)
        canvas.restoreState()
    canvas.save()
    ours, theirs = painted(written(drawing), 2.0), painted(file.getvalue(), 2.0)
    different = sum(
        max(abs(one - other) for one, other in zip(here, there, strict=True)) > 24
        for here, there in zip(ours.get_flattened_data(), theirs.get_flattened_data(), strict=True)
    )
    assert different < 0.002 * ours.width * ours.height


def _paint_publicly(canvas: Canvas, height: float, mark: object) -> None:
    if isinstance(mark, Rect):
        inset = mark.stroke_width / 2 if mark.stroke else 0.0
        canvas.setLineWidth(mark.stroke_width)
        if mark.fill:
            canvas.setFillColor(mark.fill)
        if mark.stroke:
            canvas.setStrokeColor(mark.stroke)
        frame = (mark.x + inset, height - mark.y - mark.height + inset, mark.width - 2 * inset, mark.height - 2 * inset)
        canvas.roundRect(
            *frame, max(mark.radius - inset, 0.01), stroke=int(bool(mark.stroke)), fill=int(bool(mark.fill))
        )
    elif isinstance(mark, Text):
        canvas.setFont(font_of(mark.weight).fontName, mark.size)
        canvas.setFillColor(mark.colour)
        draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}
        draw[mark.anchor](mark.x, height - mark.baseline, mark.text)
    elif isinstance(mark, Line):
        canvas.setLineWidth(mark.width)
        canvas.setStrokeColor(mark.colour)
        canvas.setDash(list(mark.dash))
        path = canvas.beginPath()
        path.moveTo(mark.points[0][0], height - mark.points[0][1])
        for x, y in mark.points[1:]:
            path.lineTo(x, height - y)
        canvas.drawPath(path)
    elif isinstance(mark, Image):
        from reportlab.lib.utils import ImageReader

        y = height - mark.y - mark.height
        canvas.drawImage(ImageReader(io.BytesIO(mark.png)), mark.x, y, mark.width, mark.height)
    else:
        assert isinstance(mark, Region)
