"""SVG: one file with real text, fonts and ids, safe to open."""

from __future__ import annotations

import base64
import datetime as dt
import io
import re
from typing import Any

import pytest
from every_mark import NAMES, ODD_NAMES, every_mark, listed
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from capmap.drawing.marks import Drawing, Image, Line, Rect, Region, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.layout import fonts
from capmap.lens.builtin import LENSES
from capmap.model.map import Map
from capmap.render import svg

SVG = "{http://www.w3.org/2000/svg}"


def source(drawing: Drawing) -> bytes:
    file = io.BytesIO()
    svg.write(drawing, file)
    return file.getvalue()


def parsed(drawing: Drawing) -> Any:
    return etree.fromstring(source(drawing), etree.XMLParser(resolve_entities=False))


@pytest.fixture
def page(small_map: Map) -> Drawing:
    return compose(small_map, LENSES["maturity gap"], paper=paper_named("A4"), date=dt.date(2026, 11, 22))


def test_size_and_title() -> None:
    root = parsed(every_mark())
    assert root.get("viewBox") == "0 0 400 300"
    assert root.get("width") == "141.11mm"
    assert root.get("height") == "105.83mm"
    assert root.findtext(f"{SVG}title") == "Every <mark> & more"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_every_text_is_one_element_where_the_drawing_says(page: Drawing) -> None:
    wanted = [mark for mark in page.marks if isinstance(mark, Text)]
    found = list(parsed(page).iter(f"{SVG}text"))
    assert [element.text for element in found] == [mark.text for mark in wanted]
    for element, mark in zip(found, wanted, strict=True):
        assert float(element.get("x")) == pytest.approx(mark.x, abs=0.006)
        assert float(element.get("y")) == pytest.approx(mark.baseline, abs=0.006)
        assert float(element.get("font-size")) == pytest.approx(mark.size, abs=0.001)
        assert element.get("class") == mark.weight
        assert element.get("fill") == mark.colour
        assert element.get("text-anchor", "start") == mark.anchor
        assert len(element) == 0


def test_every_rectangle_is_one_element(page: Drawing) -> None:
    wanted = [mark for mark in page.marks if isinstance(mark, Rect)]
    found = list(parsed(page).iter(f"{SVG}rect"))[1:]
    assert len(found) == len(wanted)
    for element, mark in zip(found, wanted, strict=True):
        inset = mark.stroke_width / 2 if mark.stroke else 0.0
        assert float(element.get("x")) == pytest.approx(mark.x + inset, abs=0.006)
        assert float(element.get("width")) == pytest.approx(mark.width - 2 * inset, abs=0.006)
        assert element.get("fill") == (mark.fill or "none")
        assert element.get("stroke") == (mark.stroke or None)


def test_lines_and_images() -> None:
    root = parsed(every_mark())
    lines = list(root.iter(f"{SVG}polyline"))
    assert lines[0].get("points") == "212,150 290,110 360,150"
    assert lines[0].get("stroke-dasharray") == "6 3"
    assert lines[1].get("stroke-dasharray") is None
    (image,) = root.iter(f"{SVG}image")
    (mark,) = (mark for mark in every_mark().marks if isinstance(mark, Image))
    assert base64.b64decode(image.get("href").removeprefix("data:image/png;base64,")) == mark.png
    assert image.findtext(f"{SVG}title") == "Logo"
    assert sum(isinstance(mark, Line) for mark in every_mark().marks) == len(lines)


def test_groups_nest_as_the_boxes_do(page: Drawing) -> None:
    root = parsed(page)
    regions = [mark for mark in page.marks if isinstance(mark, Region) and mark.level]
    groups = root.xpath("//*[@data-capmap-id]")
    assert [group.get("data-capmap-id") for group in groups] == [region.key for region in regions]
    for group, region in zip(groups, regions, strict=True):
        assert group.findtext(f"{SVG}title") == region.title
        above = group.xpath("ancestor::*[@data-capmap-id]")
        assert len(above) == region.level - 1
        named = [text.text for text in group.findall(f"{SVG}text")]
        assert " ".join(named).startswith(region.title)
    foot = root.xpath("//*[@id='page-foot']")[0]
    assert not foot.xpath("ancestor::*[@data-capmap-id]"), "the legend belongs to no box"


def test_ids_are_unique_xml_names() -> None:
    strange = [Region(0, 0, 9, 9, key, key, 1) for key in ("a b", "a_b", "a.b", "a/b", "ä", "1", 'q"', "a_20_b")]
    root = parsed(Drawing(10, 10, "Ids", tuple(strange)))
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids)) == len(strange) + 1
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", found) for found in ids)
    assert root.xpath("//@data-capmap-id") == [region.key for region in strange]


def test_links_lie_over_their_box_and_not_over_the_boxes_inside() -> None:
    root = parsed(every_mark())
    (link,) = root.iter(f"{SVG}a")
    assert link.get("href") == "https://example.org/?a=1&b=2"
    assert link.getparent().get("data-capmap-id") == "leaf"
    assert link.getparent()[-1] is link


def test_nothing_runs_and_nothing_is_fetched() -> None:
    text = source(listed(NAMES)).decode()
    root = parsed(listed(NAMES))
    assert not list(root.iter(f"{SVG}script"))
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
    outside = re.findall(r"(?:href=\"|url\()([^\")]{0,20})", text)
    assert all(address.startswith("data:") for address in outside)
    assert "<!DOCTYPE" not in text


@pytest.mark.parametrize("names", [NAMES, ODD_NAMES])
def test_names_survive_as_they_are(names: tuple[str, ...]) -> None:
    root = parsed(listed(names))
    assert [element.text for element in root.iter(f"{SVG}text")] == list(names)
    assert root.xpath("//*[@data-capmap-id]")[0].findtext(f"{SVG}title") == names[0]


@given(st.text(max_size=60))
def test_any_text_makes_valid_xml(text: str) -> None:
    drawing = Drawing(10, 10, text, (Region(0, 0, 9, 9, text, text, 1), Line(((0, 0), (1, 1)), "#000000")))
    root = parsed(drawing)
    kept = "".join(
        character if character in "\t\n" or (character >= " " and not 0xD800 <= ord(character) <= 0xDFFF) else "\ufffd"
        for character in text
    )
    kept = kept.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert root.findtext(f"{SVG}title") == kept or "\r" in text


def embedded(drawing: Drawing) -> dict[int, TTFont]:
    found = re.findall(r"font-weight:(\d+);src:url\(data:font/woff;base64,([^)]*)\)", source(drawing).decode())
    return {int(weight): TTFont(io.BytesIO(base64.b64decode(data))) for weight, data in found}


def test_fonts_hold_just_the_characters_that_are_used(page: Drawing) -> None:
    found = embedded(page)
    assert set(found) == {400, 600, 700}
    for weight, number in (("regular", 400), ("semibold", 600), ("bold", 700)):
        used = {c for mark in page.marks if isinstance(mark, Text) and mark.weight == weight for c in mark.text}
        assert set(found[number].getBestCmap()) == {ord(character) for character in used}
        metrics = found[number]["hmtx"]
        for character in used:
            advance = metrics[found[number].getBestCmap()[ord(character)]][0]
            assert advance / 1000 == pytest.approx(fonts.width(character, weight, 1.0))  # type: ignore[arg-type]


def test_scripts_that_need_shaping_keep_their_tables() -> None:
    assert "GSUB" not in embedded(listed(NAMES))[400]
    assert "GSUB" in embedded(listed(("अनुक्रम",)))[400]


def test_the_same_drawing_gives_the_same_bytes(page: Drawing) -> None:
    assert source(page) == source(page)


def test_the_file_stays_small(page: Drawing) -> None:
    assert len(source(page)) < 60_000
