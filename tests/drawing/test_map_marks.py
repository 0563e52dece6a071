"""What is drawn of a map: held as text for a small one, and by what must be true of any."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from sketched import box, heat_of, laid, sketched_layout, sketched_map

from capmap.drawing.chips import LinkCounts, link_counts
from capmap.drawing.mapdrawing import map_marks, placed
from capmap.drawing.marks import Drawing, Line, Mark, Rect, Region, Text
from capmap.drawing.theme import DARK, LIGHT, PAPER, Theme
from capmap.layout import fonts
from capmap.layout.boxes import Layout
from capmap.lens.builtin import LENSES
from capmap.lens.lens import apply
from capmap.model.map import Map


def drawn(
    layout: Layout, current: Map, lens: str = "maturity gap", theme: Theme = PAPER, **options: object
) -> list[Mark]:
    return list(map_marks(layout, current, heat_of(layout, current, lens), theme, **options))  # type: ignore[arg-type]


def rect_of(marks: list[Mark], key: str) -> Rect:
    return next(mark for mark in marks if isinstance(mark, Rect) and mark.key == key)


def texts_of(marks: list[Mark], key: str) -> list[str]:
    return [mark.text for mark in marks if isinstance(mark, Text) and mark.key == key]


def test_the_sketched_map_is_drawn_as_it_was(tmp_path: Path) -> None:
    layout = sketched_layout()
    drawing = Drawing(layout.width, layout.height, "Sketch", tuple(drawn(layout, sketched_map())))
    now = "\n".join(drawing.as_text()) + "\n"
    kept = Path(__file__).with_name("sketched.txt")
    (tmp_path / kept.name).write_text(now, "utf-8")
    assert now == kept.read_text("utf-8"), f"the drawing changed; if so it should, keep {tmp_path / kept.name}"


def test_regions_come_before_the_marks_of_their_box_in_reading_order() -> None:
    marks = drawn(sketched_layout(), sketched_map())
    regions = [mark for mark in marks if isinstance(mark, Region)]
    assert [region.key for region in regions] == ["sales", "direct", "quote", "advice", "brand", "run", "again"]
    assert [region.level for region in regions] == [1, 2, 3, 3, 2, 1, 2]
    assert regions[1].title == "Direct <sales>"
    current = ""
    for mark in marks:
        if isinstance(mark, Region):
            current = mark.key
        elif isinstance(mark, Rect | Text) and mark.key:
            assert mark.key == current


def test_only_leaves_carry_the_colours_of_the_lens() -> None:
    layout, current = sketched_layout(), sketched_map()
    marks = drawn(layout, current)
    steps = LENSES["maturity gap"].steps
    fills = {step.fill for step in steps}
    assert rect_of(marks, "quote").fill == steps[0].fill
    assert rect_of(marks, "advice").fill == steps[3].fill
    assert rect_of(marks, "again").fill == steps[3].fill, "a reference shows what it refers to"
    assert not {rect_of(marks, key).fill for key in ("sales", "direct", "run")} & fills


@pytest.mark.parametrize("theme", [PAPER, LIGHT, DARK], ids=lambda theme: theme.name)
def test_not_assessed_looks_different_from_every_step(theme: Theme) -> None:
    layout, current = sketched_layout(), sketched_map()
    marks = drawn(layout, current, theme=theme)
    brand = rect_of(marks, "brand")
    assert brand.fill == theme.unknown_fill
    assert brand.fill not in {step.fill for step in LENSES["maturity gap"].steps}
    after = marks[marks.index(brand) + 1]
    assert isinstance(after, Line)
    assert after.dash
    assert after.points[0] == after.points[-1]
    dashed = [mark for mark in marks if isinstance(mark, Line) and mark.dash]
    assert len(dashed) == 1


def test_a_plain_map_has_quiet_tints_and_no_dashes() -> None:
    marks = drawn(sketched_layout(), sketched_map(), "plain")
    assert rect_of(marks, "brand").fill == PAPER.plain_fill(2)
    assert rect_of(marks, "quote").fill == PAPER.plain_fill(3)
    assert not any(isinstance(mark, Line) and mark.dash for mark in marks)


def test_chips_count_services_and_projects_from_left_to_right() -> None:
    marks = drawn(sketched_layout(), sketched_map())
    assert texts_of(marks, "quote") == ["Quotation", "2", "1"]
    assert texts_of(marks, "direct") == ["Direct <sales>", "1"]
    chips = [mark for mark in marks if isinstance(mark, Text) and mark.key == "quote" and mark.weight == "bold"]
    assert chips[0].x < chips[1].x
    assert texts_of(drawn(sketched_layout(), sketched_map(), chips=False), "quote") == ["Quotation"]


def test_chips_of_hidden_boxes_roll_up_and_count_each_service_once() -> None:
    current = sketched_map()
    sales = box("sales", "leaf", 1, ["Sales & Advice"], (0, 0, 200, 100), hidden=4)
    run = box("run", "leaf", 1, ["Run"], (212, 0, 200, 100), hidden=1)
    layout = laid(412, 100, sales, run)
    assert link_counts(layout.index, current) == {"sales": LinkCounts(services=3, projects=1)}
    assert texts_of(drawn(layout, current), "sales") == ["Sales & Advice", "3", "1", "+4"]


def test_counts_kept_by_the_caller_are_drawn_as_given() -> None:
    marks = drawn(sketched_layout(), sketched_map(), chips={"brand": LinkCounts(7, 0)})
    assert texts_of(marks, "brand") == ["Brand", "7"]
    assert texts_of(marks, "quote") == ["Quotation"]


@pytest.mark.parametrize("height", [31, 34, 46, 90])
@pytest.mark.parametrize("name", [["Quotation"], ["Quotation of", "all"], ["A name as wide as its box"]])
@pytest.mark.parametrize("role", ["leaf", "container"])
def test_chips_never_cover_a_name_and_stay_in_the_box(name: list[str], height: float, role: str) -> None:
    current = sketched_map()
    width = max(fonts.width(line, "semibold", 12.5) for line in name) + 17
    inner = [box("again", "leaf", 2, ["x"], (8, 28, 20, 20))] if role == "container" else []
    height = max(height, 16 + 15 * len(name)) + 60 * len(inner)
    layout = laid(width, height, box("quote", role, 1, name, (0, 0, width, height), *inner))  # type: ignore[arg-type]
    marks = drawn(layout, current, chips={"quote": LinkCounts(12, 3)})
    names = [mark for mark in marks if isinstance(mark, Text) and mark.text in name]
    chips = [mark for mark in marks if isinstance(mark, Rect) and not mark.key]
    assert len(chips) == 2
    for chip in chips:
        assert chip.x >= 0
        assert chip.y >= 0
        assert chip.x + chip.width <= width
        assert chip.y + chip.height <= height
        for text in names:
            beside = chip.x >= text.x + fonts.width(text.text, text.weight, text.size)
            below = chip.y >= text.baseline
            above = chip.y + chip.height <= text.baseline - 0.714 * text.size
            assert beside or below or above


def test_a_reference_has_an_arrow() -> None:
    marks = drawn(sketched_layout(), sketched_map())
    start = next(index for index, mark in enumerate(marks) if isinstance(mark, Region) and mark.key == "again")
    lines = [mark for mark in marks[start:] if isinstance(mark, Line)]
    assert len(lines) == 2
    assert not any(isinstance(mark, Line) and not mark.dash for mark in marks[:start])


def test_branches_outside_the_clip_are_left_out_with_all_inside() -> None:
    marks = drawn(sketched_layout(), sketched_map(), clip=(420, 0, 100, 100))
    assert [mark.key for mark in marks if isinstance(mark, Region)] == ["run", "again"]
    marks = drawn(sketched_layout(), sketched_map(), clip=(0, 0, 30, 30))
    assert [mark.key for mark in marks if isinstance(mark, Region)] == ["sales"]


def test_small_boxes_and_small_type_are_left_out() -> None:
    marks = drawn(sketched_layout(), sketched_map(), min_size=62)
    assert [mark.key for mark in marks if isinstance(mark, Region)] == ["sales", "direct", "brand", "run", "again"]
    marks = drawn(sketched_layout(), sketched_map(), text_min=12.2)
    assert [mark.text for mark in marks if isinstance(mark, Text)] == ["Sales & Advice", "Direct <sales>", "Run"]


def test_names_in_another_language_replace_titles() -> None:
    marks = drawn(sketched_layout(), sketched_map(), names={"advice": "Bedarfsanalyse"})
    titles = {mark.key: mark.title for mark in marks if isinstance(mark, Region)}
    assert titles["advice"] == titles["again"] == "Bedarfsanalyse"
    assert titles["quote"] == "Quotation"


def test_type_follows_the_text_scale() -> None:
    layout = sketched_layout()
    larger = dataclasses.replace(layout, text_scale=1.5)
    sizes = {mark.key: mark.size for mark in drawn(larger, sketched_map(), chips=False) if isinstance(mark, Text)}
    assert sizes["quote"] == 18
    assert sizes["sales"] == 22.5


def test_a_box_without_heat_is_not_assessed() -> None:
    layout, current = sketched_layout(), sketched_map()
    heat = apply(LENSES["importance"], current, [])
    marks = list(map_marks(layout, current, heat, PAPER))
    assert rect_of(marks, "quote").fill == PAPER.unknown_fill


def test_placed_marks_are_scaled_about_the_origin_and_moved() -> None:
    marks = drawn(sketched_layout(), sketched_map())
    moved = list(placed(marks, 2.0, 10.0, 20.0))
    assert [type(mark) for mark in moved] == [type(mark) for mark in marks]
    for old, new in zip(marks, moved, strict=True):
        if isinstance(old, Rect) and isinstance(new, Rect):
            assert (new.x, new.y) == (10 + 2 * old.x, 20 + 2 * old.y)
            assert (new.width, new.radius, new.stroke_width) == (2 * old.width, 2 * old.radius, 2 * old.stroke_width)
            assert new.fill == old.fill
        elif isinstance(old, Text) and isinstance(new, Text):
            assert (new.x, new.baseline, new.size) == (10 + 2 * old.x, 20 + 2 * old.baseline, 2 * old.size)
            assert new.text == old.text
        elif isinstance(old, Line) and isinstance(new, Line):
            assert new.points[0] == (10 + 2 * old.points[0][0], 20 + 2 * old.points[0][1])
            assert new.width == 2 * old.width
