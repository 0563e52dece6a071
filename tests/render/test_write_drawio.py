"""Draw.io: nested containers, each where the drawing has it, that open as they are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from every_mark import NAMES, ODD_NAMES, every_mark, listed
from lxml import etree

from capmap.drawing.marks import Drawing, Rect, Region, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.lens.builtin import LENSES
from capmap.model.map import Map
from capmap.render import drawio


def written(folder: Path, *drawings: Drawing) -> Any:
    target = folder / "map.drawio"
    drawio.write(drawings, target)
    return etree.fromstring(target.read_bytes(), etree.XMLParser(resolve_entities=False))


def cells(page: Any) -> dict[str, Any]:
    """The cells of a page by id, in order; of a box the cell stands inside the object with its id."""
    return {(cell.get("id") or cell.getparent().get("id")): cell for cell in page.iter("mxCell")}


def place(cell: Any, known: dict[str, Any]) -> tuple[float, float]:
    """Where a cell stands on its page."""
    x = y = 0.0
    while cell is not None and cell.find("mxGeometry") is not None:
        geometry = cell.find("mxGeometry")
        x, y = x + float(geometry.get("x")), y + float(geometry.get("y"))
        cell = known.get(cell.get("parent"))
    return x, y


@pytest.fixture
def page(small_map: Map) -> Drawing:
    return compose(small_map, LENSES["maturity gap"], paper=paper_named("A3"), date=dt.date(2026, 11, 22))


def test_every_box_stands_where_the_drawing_has_it(page: Drawing, tmp_path: Path) -> None:
    known = cells(written(tmp_path, page))
    regions = [mark for mark in page.marks if isinstance(mark, Region) and mark.level > 0]
    assert len(regions) == 8
    for region in regions:
        cell = known[f"p1-{region.key}"]
        geometry = cell.find("mxGeometry")
        size = float(geometry.get("width")), float(geometry.get("height"))
        assert (*place(cell, known), *size) == pytest.approx((region.x, region.y, region.width, region.height), abs=0.1)


def test_boxes_are_containers_of_the_boxes_inside(page: Drawing, small_map: Map, tmp_path: Path) -> None:
    known = cells(written(tmp_path, page))
    for capability in small_map.walk():
        cell = known[f"p1-{capability.id}"]
        inside = small_map.has_children(capability.id)
        assert ("container=1" in cell.get("style")) == inside
        above = f"p1-{capability.parent}" if capability.parent else "layer-1"
        assert cell.get("parent") == above


def test_lines_break_as_on_paper(page: Drawing, small_map: Map, tmp_path: Path) -> None:
    objects = {item.get("capmap_id"): item for item in written(tmp_path, page).iter("object")}
    for capability in small_map.walk():
        name = small_map.shown(capability).name
        lines = [mark.text for mark in page.marks if isinstance(mark, Text) and mark.key == capability.id]
        label = objects[capability.id].get("label").split("\n")
        assert label == lines[: len(label)]
        assert " ".join(label) == name == objects[capability.id].get("tooltip")


def test_cells_come_after_the_cell_around_them_and_ids_are_unique(page: Drawing, tmp_path: Path) -> None:
    file = written(tmp_path, page, page)
    assert [diagram.get("name") for diagram in file.iter("diagram")] == [page.title] * 2
    seen: set[str] = set()
    for cell in file.iter("mxCell"):
        own = cell.get("id") or cell.getparent().get("id")
        assert own not in seen
        parent = cell.get("parent")
        assert parent is None or parent in seen
        assert not (cell.get("vertex") and cell.get("edge"))
        seen.add(own)


@pytest.mark.parametrize("name", [*NAMES, *ODD_NAMES, "bell\x07 and \ud800 half"])
def test_names_are_no_markup(name: str, tmp_path: Path) -> None:
    region = Region(0, 0, 300, 50, "box", name, 1)
    box = (region, Rect(0, 0, 300, 50, "#ffffff", key="box"), Text(8, 20, name, "regular", 10, "#1d2430", key="box"))
    (item,) = written(tmp_path, Drawing(300, 50, name, box)).iter("object")
    shown = name.replace("\x07", "\ufffd").replace("\ud800", "\ufffd")
    assert item.get("label") == item.get("tooltip") == shown
    assert "html=0" in item.find("mxCell").get("style")


def test_every_mark_arrives(tmp_path: Path) -> None:
    drawing = every_mark()
    file = written(tmp_path, drawing)
    said = {item.get("label") for item in file.iter("object")} | {cell.get("value") for cell in file.iter("mxCell")}
    assert {mark.text for mark in drawing.marks if isinstance(mark, Text)} <= said
    assert sum(bool(cell.get("edge")) for cell in file.iter("mxCell")) == 2
    assert any("image=data:image/png," in (cell.get("style") or "") for cell in file.iter("mxCell"))
    assert [item.get("link") for item in file.iter("object") if item.get("link")] == ["https://example.org/?a=1&b=2"]


def test_the_same_drawing_is_the_same_file(tmp_path: Path) -> None:
    first, second = tmp_path / "1.drawio", tmp_path / "2.drawio"
    for target in (first, second):
        drawio.write([listed(NAMES)], target)
    assert first.read_bytes() == second.read_bytes()
