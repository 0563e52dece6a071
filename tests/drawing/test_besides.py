"""Bars and marks of doubt: inside their box, clear of its name, in the legend with counts, the same in every output."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from sketched import sketched_layout, sketched_map

from capmap.drawing.besides import BAR_HEIGHT, SIZES, bars, doubt_marks, old_words
from capmap.drawing.boxtree import box_tree
from capmap.drawing.chips import LinkCounts
from capmap.drawing.legend import set_legend
from capmap.drawing.livepage import live_page
from capmap.drawing.mapdrawing import first_baseline, map_marks
from capmap.drawing.marks import Drawing, Line, Rect, Text
from capmap.drawing.theme import DARK, PAPER, contrast
from capmap.layout.style import STYLE
from capmap.lens.builtin import LENSES
from capmap.lens.doubts import looked_through
from capmap.lens.lens import Doubt, Heat
from capmap.lens.palettes import PALETTES
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Vote, evolve, make

DAY = dt.date(2026, 11, 22)
WITH_BARS = dataclasses.replace(LENSES["maturity gap"], stripes=(LENSES["importance"], LENSES["category"]))
BOTH = Doubt(True, True)


def doubted_map() -> tuple[Map, str]:
    """A map with one box whose scores are old and of one voice."""
    current = sketched_map()
    box = next(box for box in current.walk() if box.maturity and box.target and not current.has_children(box.id))
    old = evolve(box, assessed_on=dt.date(2020, 1, 1))
    current.apply(Change.of("", current, [old, make(Vote, capability=box.id, field="target", value=3)]))
    return current, box.id


def heat_of(current: Map) -> Heat:
    layout = sketched_layout()
    return looked_through(WITH_BARS, current, [box.id for box in layout.walk() if not box.children], DAY)


def drawn() -> tuple[Drawing, str]:
    current, doubtful = doubted_map()
    layout = sketched_layout()
    marks = tuple(map_marks(layout, current, heat_of(current), PAPER, chips=False))
    return Drawing(layout.width, layout.height, "Sketch", marks), doubtful


def test_marks_stay_inside_their_box_and_off_its_name() -> None:
    drawing, _ = drawn()
    found = 0
    for box in box_tree(drawing).walk():
        shape = box.shape
        first = min((line.baseline - line.size for line in box.lines), default=shape.y + shape.height)
        for mark in box.others:
            if not isinstance(mark, Rect | Line):
                continue
            found += 1
            xs, ys = extent(mark)
            assert shape.x - 0.01 <= min(xs) <= max(xs) <= shape.x + shape.width + 0.01
            assert shape.y - 0.01 <= min(ys) <= max(ys) <= shape.y + shape.height + 0.01
            foot = shape.y + shape.height - STYLE["leaf"].padding
            assert max(ys) <= first + 1.5 or min(ys) >= foot or isinstance(mark, Line)
    assert found > 12


def extent(mark: Rect | Line) -> tuple[list[float], list[float]]:
    if isinstance(mark, Line):
        return [x for x, _ in mark.points], [y for _, y in mark.points]
    return [mark.x, mark.x + mark.width], [mark.y, mark.y + mark.height]


def test_each_leaf_has_a_bar_a_measure_in_the_colour_of_its_step() -> None:
    current, _ = doubted_map()
    heat = heat_of(current)
    layout = sketched_layout()
    drawing, _ = drawn()
    for box in box_tree(drawing).walk():
        if layout.index[box.region.key].children:
            continue
        fills = [mark.fill for mark in box.others if isinstance(mark, Rect) and mark.height == BAR_HEIGHT]
        wanted = [stripe.steps.get(box.region.key) for stripe in heat.stripes]
        assert fills == [
            stripe.lens.steps[step].fill for stripe, step in zip(heat.stripes, wanted, strict=True) if step is not None
        ]


def test_only_the_doubtful_box_has_marks_of_doubt() -> None:
    drawing, doubtful = drawn()
    strokes = {
        box.region.key: sum(isinstance(mark, Line) and not mark.dash for mark in box.others)
        for box in box_tree(drawing).walk()
    }
    plain = sum(count for key, count in strokes.items() if key != doubtful)
    assert strokes[doubtful] == 3
    assert plain <= 4  # arrows of references


@pytest.mark.parametrize("fill", sorted({fill for palette in PALETTES.values() for fill in palette.colours}))
def test_marks_of_doubt_show_on_every_colour(fill: str) -> None:
    from capmap.drawing.theme import ink_on

    for mark in doubt_marks(0, 0, 60, BOTH, (fill, ink_on(fill))):
        colour = mark.colour if isinstance(mark, Line) else mark.fill if isinstance(mark, Rect) else ""
        assert contrast(colour, fill) >= 2.4


def test_doubt_marks_do_not_touch_one_another() -> None:
    marks = list(doubt_marks(0, 0, 60, BOTH, ("#ffffff", "#000000")))
    lines = [mark for mark in marks if isinstance(mark, Line)]
    rects = [mark for mark in marks if isinstance(mark, Rect)]
    assert max(rect.x + rect.width for rect in rects) <= min(x for line in lines for x, _ in line.points)
    assert max(rect.y + rect.height for rect in rects) < first_baseline(STYLE["leaf"]) - 8


def test_what_is_not_assessed_is_a_thin_line_not_a_bar() -> None:
    steps = [(LENSES["importance"], 0), (LENSES["importance"], None)]
    _, low, none = bars(10, 20, 100, steps, DARK)
    assert low.height == BAR_HEIGHT
    assert none.height < BAR_HEIGHT / 3
    assert low.x + low.width < none.x


def test_the_legend_tells_bars_and_doubts_with_counts() -> None:
    current, _ = doubted_map()
    legend = set_legend(heat_of(current), PAPER, 2_000, chips=LinkCounts(0, 0))
    texts = [mark.text for mark in legend.marks if isinstance(mark, Text)]
    total = heat_of(current).total
    assert f"of {total:,}" in texts
    for words in ("older than a year", "one person's opinion"):
        assert texts[texts.index(words) + 1] == "(1)"
    assert texts[texts.index("Bar 1:") : texts.index("Bar 1:") + 2] == ["Bar 1:", "Importance"]
    assert "Category" in texts
    assert "no category" in texts or all(box.category for box in current.walk() if not current.has_children(box.id))


@pytest.mark.parametrize(
    ("months", "words"), [(12, "older than a year"), (24, "older than 2 years"), (18, "older than 18 months")]
)
def test_how_old_is_said(months: int, words: str) -> None:
    assert old_words(dataclasses.replace(WITH_BARS, old_after=months)) == words


def test_a_live_page_knows_bars_and_doubts_of_every_lens() -> None:
    current, doubtful = doubted_map()
    page = live_page(current, [WITH_BARS, LENSES["category"]], date=DAY)
    first, second = page.lenses
    assert first.doubts_of == {doubtful: ("old", "single")}
    assert [(kind, count) for kind, _, count in first.doubts] == [("old", 1), ("single", 1)]
    assert [bar.title for bar in first.bars] == ["Importance", "Category"]
    assert not second.bars
    assert not second.doubts_of
    assert SIZES["height"] == BAR_HEIGHT
