"""Poster: every box whole on one sheet, no box on a cut, frames named on each of their sheets."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from large import large

from capmap.document import opened
from capmap.drawing.cutting import CLEARANCE
from capmap.drawing.marks import Drawing, Line, Region, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.drawing.poster import Poster, poster
from capmap.drawing.slides import smallest_name
from capmap.errors import UsageError
from capmap.layout import fonts
from capmap.layout.parting import AGAIN
from capmap.lens.builtin import LENSES, default_lens
from capmap.model import edits
from capmap.model.map import Map
from capmap.sharing.onsheets import grid_named

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "sample_maps").glob("*.capmap"))
DATE = dt.date(2026, 11, 22)
A4 = paper_named("A4")


def made(current: Map, columns: int, rows: int, **wishes: object) -> Poster:
    return poster(current, default_lens(current), paper=A4, columns=columns, rows=rows, date=DATE, **wishes)  # type: ignore[arg-type]


def boxes(sheet: Drawing) -> list[Region]:
    return [mark for mark in sheet.marks if isinstance(mark, Region) and mark.level > 0]


def require_sound(current: Map, found: Poster) -> None:
    """No box and no text of a box is on a cut; leaves are there once, others as often as they are named."""
    cutting = found.cutting
    (x, y), (width, height) = cutting.origin, cutting.cell
    seen: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for (column, row), sheet in zip(cutting.sheets(), found.pages[1:], strict=True):
        edges = (
            x + CLEARANCE * (column > 0),
            y + CLEARANCE * (row > 0),
            x + width - CLEARANCE * (column + 1 < cutting.columns),
            y + height - CLEARANCE * (row + 1 < cutting.rows),
        )
        keys: set[str] = set()
        for box in boxes(sheet):
            seen[box.key] += 1
            keys.add(box.key)
            if not current.has_children(box.key):
                assert edges[0] - 0.01 <= box.x <= box.x + box.width <= edges[2] + 0.01, box.title
                assert edges[1] - 0.01 <= box.y <= box.y + box.height <= edges[3] + 0.01, box.title
        for key in keys:
            named[key] += any(isinstance(mark, Text) and mark.key == key for mark in sheet.marks)
        for mark in sheet.marks:
            if isinstance(mark, Text) and mark.key in keys and mark.anchor == "start":
                right = mark.x + fonts.width(mark.text, mark.weight, mark.size)
                assert edges[0] - 0.5 <= mark.x < right <= edges[2] + 0.5, mark.text
                assert edges[1] - 0.5 <= mark.baseline <= edges[3] + 0.5, mark.text
    assert set(seen) == {box.id for box in current.walk()}
    assert all(seen[box.id] == 1 for box in current.walk() if not current.has_children(box.id))
    assert named == seen


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
@pytest.mark.parametrize("grid", [(3, 3), (2, 1)])
def test_no_box_of_a_sample_is_cut(sample: Path, grid: tuple[int, int]) -> None:
    with opened(sample, read_only=True) as document:
        require_sound(document.map, made(document.map, *grid))


@settings(max_examples=12)
@given(st.integers(1, 7), st.integers(1, 4), st.integers(1, 6), st.integers(1, 5), st.integers(1, 4), st.booleans())
def test_no_box_is_cut_on_any_grid(
    areas: int, groups: int, leaves: int, columns: int, rows: int, standing: bool
) -> None:
    current = large(areas, groups, leaves)
    require_sound(current, made(current, columns, rows, orientation="portrait" if standing else "landscape"))


def test_an_area_larger_than_a_sheet_is_named_on_each_of_its_sheets() -> None:
    current = large(1, 4, 5)
    found = made(current, 2, 2)
    area = current.child_ids(None)[0]
    texts = [
        [mark.text for mark in sheet.marks if isinstance(mark, Text) and mark.key == area] for sheet in found.pages[1:]
    ]
    assert texts[0] == ["Area 0"]
    assert texts[1:] == [[f"{AGAIN}Area 0"]] * 3


def test_areas_that_fit_are_kept_whole() -> None:
    current = large(1, 2, 3)
    area = current.child_ids(None)[0]
    for _ in range(3):
        current.apply(edits.duplicate(current, [area]))
    found = made(current, 2, 2)
    counts = Counter(box.key for sheet in found.pages[1:] for box in boxes(sheet))
    assert [counts[area] for area in current.child_ids(None)] == [1, 1, 1, 1]


def test_a_poster_prints_larger_type_than_a_page_and_nearly_that_of_one_large_sheet() -> None:
    with opened(SAMPLES[-1], read_only=True) as document:
        current = document.map
        found = made(current, 3, 3)
        lens = default_lens(current)
        page = compose(current, lens, paper=A4, date=DATE)
        width, height = found.cutting.size
        wall = paper_named(f"{width / 72 * 25.4:.1f}x{height / 72 * 25.4:.1f}mm")
        whole = compose(current, lens, paper=wall, orientation=None, date=DATE)
    assert found.smallest_name > 2 * smallest_name(page)
    assert found.smallest_name > 0.8 * smallest_name(whole)
    assert found.smallest_name == pytest.approx(min(smallest_name(sheet) for sheet in found.pages[1:] if boxes(sheet)))


def test_sheets_are_named_and_say_where_they_are_glued() -> None:
    found = made(large(5, 2, 3), 3, 2)
    assert [found.cutting.name(*sheet) for sheet in found.cutting.sheets()] == ["A1", "B1", "C1", "A2", "B2", "C2"]
    for name, sheet in zip(("A1", "B1", "C1", "A2", "B2", "C2"), found.pages[1:], strict=True):
        texts = [mark.text for mark in sheet.marks if isinstance(mark, Text)]
        assert name in texts
        assert sheet.title.endswith(f"sheet {name}")
    last = [mark.text for mark in found.pages[-1].marks if isinstance(mark, Text)]
    assert "C1 is glued on this strip" in last
    assert "B2" in last


def test_each_sheet_has_marks_at_the_corners_of_what_stays() -> None:
    found = made(large(3, 2, 3), 2, 2)
    (x, y), (width, height) = found.cutting.origin, found.cutting.cell
    for sheet in found.pages[1:]:
        marks = [mark.points for mark in sheet.marks if isinstance(mark, Line) and len(mark.points) == 2]
        for corner in (x, x + width):
            assert sum(points[0][0] == points[1][0] == corner for points in marks) == 2
        for corner in (y, y + height):
            assert sum(points[0][1] == points[1][1] == corner for points in marks) == 2


def test_the_sketch_names_every_sheet_and_the_finished_size() -> None:
    found = made(large(5, 2, 3), 3, 2)
    texts = [mark.text for mark in found.pages[0].marks if isinstance(mark, Text)]
    assert {"A1", "B1", "C1", "A2", "B2", "C2"} <= set(texts)
    width, height = (length / 72 * 2.54 for length in found.cutting.size)
    assert f"{width:.0f} by {height:.0f} cm" in " ".join(texts)


def test_the_same_map_gives_the_same_poster() -> None:
    current = large(4, 3, 4)
    assert made(current, 2, 2).pages == made(current.snapshot(), 2, 2).pages


def test_a_map_without_boxes_and_one_of_a_single_box_have_a_poster() -> None:
    assert len(made(Map(), 2, 2).pages) == 5
    current = Map()
    current.apply(edits.add(current, "Alone"))
    require_sound(current, made(current, 2, 2))


def test_boxes_in_areas_of_the_map_have_a_poster_too() -> None:
    current = large(5, 2, 3)
    for box, area in zip(current.child_ids(None), ("top", "left", "centre", "right", "bottom"), strict=True):
        current.apply(edits.put(current, box, area=area))
    require_sound(current, made(current, 3, 2))


@pytest.mark.parametrize("words", ["3", "0x4", "axb", "99x99"])
def test_a_grid_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="grid"):
        grid_named(words)


def test_a_plain_lens_needs_no_legend() -> None:
    found = poster(large(2, 2, 2), LENSES["plain"], paper=A4, columns=1, rows=2, date=DATE)
    assert len(found.pages) == 3
