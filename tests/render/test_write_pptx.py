"""PowerPoint: slides of native shapes that stand where the drawing has them, named, grouped, and safe to open."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from every_mark import NAMES, ODD_NAMES, every_mark
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from capmap.drawing.boxtree import box_tree
from capmap.drawing.marks import Drawing, Rect, Region, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.lens.builtin import LENSES
from capmap.model.map import Map
from capmap.render import pptx

POINT = 12_700
DATE = dt.date(2026, 11, 22)


def written(folder: Path, *drawings: Drawing) -> Any:
    target = folder / "map.pptx"
    pptx.write(drawings, target, title="Map", author="EA team", created=DATE)
    return Presentation(str(target))


def all_shapes(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from all_shapes(shape.shapes)


def of_name(slide: Any, name: str) -> Any:
    """The shape of a box, not the group around an area of that name."""
    return next(
        shape
        for shape in all_shapes(slide.shapes)
        if shape.name == name and shape.shape_type != MSO_SHAPE_TYPE.GROUP and not shape.is_placeholder
    )


@pytest.fixture
def page(small_map: Map) -> Drawing:
    return compose(small_map, LENSES["maturity gap"], paper=paper_named("16:9"), date=DATE)


def test_a_slide_is_as_large_as_the_page(page: Drawing, tmp_path: Path) -> None:
    file = written(tmp_path, page)
    assert (file.slide_width / POINT, file.slide_height / POINT) == pytest.approx((page.width, page.height), abs=0.01)


def test_boxes_stand_where_the_drawing_has_them_with_its_lines(page: Drawing, tmp_path: Path) -> None:
    (slide,) = written(tmp_path, page).slides
    boxes = [box for box in box_tree(page).walk() if box.region.title != "Take payment"]
    assert len(boxes) >= 6
    for box in boxes:
        shape = of_name(slide, box.region.title)
        inset = max(box.shape.stroke_width / 2 if box.shape.stroke else 0.0, 0.4 if box.dashed else 0.0)
        place = [value / POINT for value in (shape.left, shape.top, shape.width, shape.height)]
        wanted = (box.shape.x + inset, box.shape.y + inset, box.shape.width - 2 * inset, box.shape.height - 2 * inset)
        assert place == pytest.approx(wanted, abs=0.01)
        assert shape.text_frame.text.split("\v") == [line.text for line in box.lines]
        (paragraph,) = shape.text_frame.paragraphs
        assert paragraph.runs[0].font.size.pt == pytest.approx(box.lines[0].size, abs=0.01)


def test_every_area_is_a_group_with_its_boxes(page: Drawing, small_map: Map, tmp_path: Path) -> None:
    (slide,) = written(tmp_path, page).slides
    groups = {shape.name: shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP}
    areas = [small_map.capability(key) for key in small_map.child_ids(None)]
    assert list(groups) == [area.name for area in areas]
    for area in areas:
        names = {shape.name for shape in groups[area.name].shapes}
        assert {small_map.shown(box).name for box in small_map.walk(area.id)} <= names


def test_boxes_tell_what_they_are_and_the_page_has_a_title_and_notes(page: Drawing, tmp_path: Path) -> None:
    (slide,) = written(tmp_path, page).slides
    assert slide.shapes.title.text_frame.text == "Corner Shop"
    described = {
        shape._element.xpath(".//p:cNvPr/@descr")[0] for shape in all_shapes(slide.shapes) if shape.name == "Sell"
    }
    assert described == {"Sell"}
    notes = slide.notes_slide.notes_text_frame.text
    assert "Maturity gap, as-is" in notes
    assert "22 November 2026" in notes
    assert "page 1 of 1" in notes


def test_ids_are_unique_on_a_slide(page: Drawing, tmp_path: Path) -> None:
    (slide,) = written(tmp_path, page).slides
    ids = [shape.shape_id for shape in all_shapes(slide.shapes)]
    assert len(ids) == len(set(ids))


def test_colours_of_the_lens_are_colours_of_the_theme(page: Drawing, tmp_path: Path) -> None:
    written(tmp_path, page)
    with zipfile.ZipFile(tmp_path / "map.pptx") as package:
        theme = package.read("ppt/theme/theme1.xml").decode()
        slide = package.read("ppt/slides/slide1.xml").decode()
    shown = {box.shape.fill for box in box_tree(page).walk() if not box.children}
    worst = next(step.fill for step in LENSES["maturity gap"].steps if step.fill in shown)
    assert f'<a:accent1><a:srgbClr val="{worst[1:].upper()}"/></a:accent1>' in theme
    assert '<a:schemeClr val="accent' in slide


@pytest.mark.parametrize("name", [*NAMES, *ODD_NAMES, "bell\x07 and \ud800 half"])
def test_names_print_as_they_are(name: str, tmp_path: Path) -> None:
    region = Region(0, 0, 300, 50, "box", name, 1)
    box = (region, Rect(0, 0, 300, 50, "#ffffff", key="box"), Text(8, 20, name, "regular", 10, "#1d2430", key="box"))
    (slide,) = written(tmp_path, Drawing(300, 80, name, box)).slides
    shown = name.replace("\x07", "\ufffd").replace("\ud800", "\ufffd")
    assert of_name(slide, shown).text_frame.text == shown


def test_every_mark_arrives(tmp_path: Path) -> None:
    drawing = every_mark()
    (slide,) = written(tmp_path, drawing).slides
    shapes = list(all_shapes(slide.shapes))
    said = {text for shape in shapes if shape.has_text_frame for text in shape.text_frame.text.split("\v")}
    assert {mark.text for mark in drawing.marks if isinstance(mark, Text)} <= said
    assert sum(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in shapes) == 1
    assert sum(shape.name == "Line" for shape in shapes) == 2
    assert of_name(slide, "Filled, round").click_action.hyperlink.address == "https://example.org/?a=1&b=2"


def test_a_page_too_large_for_a_slide_is_shown_smaller(tmp_path: Path) -> None:
    file = written(tmp_path, Drawing(8064, 4032, "Wall", ()))
    assert (file.slide_width / POINT, file.slide_height / POINT) == pytest.approx((4032, 2016), abs=0.01)


def test_the_same_map_is_the_same_file(page: Drawing, tmp_path: Path) -> None:
    first, second = tmp_path / "1.pptx", tmp_path / "2.pptx"
    for target in (first, second):
        pptx.write([page], target, title="Map", author="EA team", created=DATE)
    assert first.read_bytes() == second.read_bytes()


def test_properties(page: Drawing, tmp_path: Path) -> None:
    properties = written(tmp_path, page, page).core_properties
    assert (properties.title, properties.author) == ("Map", "EA team")
    assert properties.created == dt.datetime(2026, 11, 22)
