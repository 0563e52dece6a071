"""Addresses of regions: inside the pages from box to page and back, outside only to the web, in every format."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from pptx import Presentation

from capmap import render
from capmap.drawing.marks import Drawing, Rect, Region, Text
from capmap.render import pdf
from capmap.render.links import Links, outside

WEB = "https://example.org/a?b=1&c=2"
HARM = ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[broken")


def page(name: str, *boxes: tuple[str, str]) -> Drawing:
    """A page with these boxes: key and address."""
    marks = [
        mark
        for row, (key, url) in enumerate(boxes)
        for mark in (
            Region(10, 40 + 30 * row, 100, 25, key, f"Box {key}", 1, url),
            Rect(10, 40 + 30 * row, 100, 25, "#dde6f2", key=key),
            Text(15, 57 + 30 * row, f"Box {key}", "regular", 10, "#1d2430", key=key),
        )
    ]
    return Drawing(300, 200, name, (Region(0, 0, 300, 30, "page-head", name), *marks))


@pytest.fixture
def pages() -> list[Drawing]:
    return [
        page("Overview", ("a", "#a"), ("b", "#b of its own"), ("c", WEB), ("d", "#nowhere"), ("e", HARM[0])),
        page("Page of a", ("a", "#a"), ("b of its own", "#b")),
    ]


def test_an_address_leads_to_another_page_first(pages: list[Drawing]) -> None:
    links = Links([[mark for mark in drawing.marks if isinstance(mark, Region)] for drawing in pages])
    there, back = links.place("#a", 0), links.place("#a", 1)
    assert there is not None
    assert back is not None
    assert (there.page, back.page) == (1, 0)
    assert links.place("#nowhere", 0) is None
    assert links.place(WEB, 0) is None


@pytest.mark.parametrize("url", HARM)
def test_nothing_but_the_web_is_outside(url: str) -> None:
    assert outside(url) == ""
    assert outside(WEB) == WEB
    assert outside("mailto:ann@example.org") == "mailto:ann@example.org"


def test_pdf(pages: list[Drawing]) -> None:
    file = io.BytesIO()
    pdf.write(pages, file, title="Links")
    with pikepdf.open(file) as document:
        first, second = document.pages
        jumps = [note.Dest for note in first.Annots if "/Dest" in note]
        assert [jump[0].objgen for jump in jumps] == [second.objgen] * 2
        assert [float(jump[3]) for jump in jumps] == [200 - 40, 200 - 70]
        assert [str(note.A.URI) for note in first.Annots if "/A" in note] == [WEB]
        assert [note.Dest[0].objgen for note in second.Annots] == [first.objgen] * 2
        assert [str(note.Contents) for note in first.Annots] == ["Box a", "Box b of its own", WEB]
        assert len(first.Annots) == 3


def test_svg_files_lead_to_one_another(pages: list[Drawing], tmp_path: Path) -> None:
    first, second = render.write(pages, tmp_path / "My map.svg")
    tree = etree.parse(str(first))
    found = [link.get("href") for link in tree.iter("{http://www.w3.org/2000/svg}a")]
    assert found == ["My%20map-2.svg#box-a", "My%20map-2.svg#box-b_20_of_20_its_20_own", WEB]
    names = {group.get("id") for group in etree.parse(str(second)).iter("{http://www.w3.org/2000/svg}g")}
    assert {"box-a", "box-b_20_of_20_its_20_own"} <= names


def test_slides_jump_to_one_another(pages: list[Drawing], tmp_path: Path) -> None:
    render.write(pages, tmp_path / "map.pptx")
    first, second = Presentation(str(tmp_path / "map.pptx")).slides
    shapes = {shape.name: shape for group in first.shapes if group.shape_type == 6 for shape in group.shapes}
    assert shapes["Box a"].click_action.target_slide.slide_id == second.slide_id
    assert shapes["Box c"].click_action.hyperlink.address == WEB
    assert shapes["Box d"].click_action.hyperlink.address is None
    assert shapes["Box e"].click_action.hyperlink.address is None


def test_pages_of_a_diagram_lead_to_one_another(pages: list[Drawing], tmp_path: Path) -> None:
    render.write(pages, tmp_path / "map.drawio")
    text = (tmp_path / "map.drawio").read_text("utf-8")
    assert re.findall(r' link="([^"]*)"', text) == [
        "data:page/id,page-2",
        "data:page/id,page-2",
        WEB.replace("&", "&amp;"),
        "data:page/id,page-1",
        "data:page/id,page-1",
    ]
