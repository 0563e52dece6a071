"""Legends in rows of any width, and titles that fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sketched import heat_of, sketched_layout, sketched_map

from capmap.drawing.chips import LinkCounts
from capmap.drawing.legend import ROW, set_legend
from capmap.drawing.marks import Line, Rect, Text
from capmap.drawing.theme import DARK, PAPER
from capmap.drawing.titles import fit
from capmap.layout import fonts
from capmap.lens.builtin import LENSES
from capmap.model.text import clean_name

NO_CHIPS = LinkCounts(0, 0)


@pytest.mark.parametrize("width", [120, 250, 400, 2_000])
def test_rows_stay_within_the_width_and_keep_the_order(width: float) -> None:
    legend = set_legend(heat_of(sketched_layout(), sketched_map()), PAPER, width, chips=LinkCounts(1, 1))
    texts = [mark for mark in legend.marks if isinstance(mark, Text)]
    labels = [text.text for text in texts if not text.text.startswith("(")]
    assert labels[:2] == ["Maturity gap", "3 or more below target"]
    assert labels[-4:] == ["n", "IT services", "n", "projects"]
    places = [(round(text.baseline / ROW), text.x) for text in texts if text.anchor == "start"]
    assert places == sorted(places)
    assert legend.height >= max(text.baseline for text in texts)
    if width >= 200:
        assert legend.width <= width
        assert all(text.x + fonts.width(text.text, text.weight, text.size) <= width for text in texts)
    if width == 2_000:
        assert legend.height == ROW
        assert legend.width == legend.last_row_width


def test_a_legend_shows_each_step_in_its_colour_and_the_unknown_dashed() -> None:
    legend = set_legend(heat_of(sketched_layout(), sketched_map()), DARK, 2_000, chips=NO_CHIPS)
    fills = [mark.fill for mark in legend.marks if isinstance(mark, Rect)]
    assert fills == [*(step.fill for step in LENSES["maturity gap"].steps), DARK.unknown_fill]
    assert sum(bool(mark.dash) for mark in legend.marks if isinstance(mark, Line)) == 1


def test_a_plain_map_without_links_needs_no_legend() -> None:
    legend = set_legend(heat_of(sketched_layout(), sketched_map(), "plain"), PAPER, 500, chips=NO_CHIPS)
    assert legend.marks == ()
    assert legend.height == 0


def test_scale_enlarges_everything() -> None:
    heat = heat_of(sketched_layout(), sketched_map())
    one = set_legend(heat, PAPER, 2_000, chips=NO_CHIPS)
    two = set_legend(heat, PAPER, 4_000, chips=NO_CHIPS, scale=2)
    assert two.width == pytest.approx(2 * one.width)
    assert two.height == 2 * one.height


def test_a_title_that_fits_stays_as_large_as_it_is() -> None:
    assert fit("Harbour", "bold", 27, 500, 3) == (("Harbour",), 27)


def test_a_title_a_little_too_long_shrinks_before_it_breaks() -> None:
    width = fonts.width("Harbour Insurance", "bold", 27) * 0.85
    lines, size = fit("Harbour Insurance", "bold", 27, width, 3)
    assert lines == ("Harbour Insurance",)
    assert 20 < size < 27


def test_broken_titles_have_lines_of_like_length() -> None:
    lines, size = fit("What we do and how well we do it in every branch and office", "bold", 27, 450, 3)
    widths = [fonts.width(line, "bold", size) for line in lines]
    assert len(lines) > 1
    assert min(widths) > 0.6 * max(widths)


@given(st.text(min_size=1, max_size=200).map(clean_name).filter(bool), st.floats(80, 900))
def test_no_title_is_ever_cut(text: str, width: float) -> None:
    lines, size = fit(text, "bold", 27, width, 3)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert 0 < size <= 27
    assert all(fonts.width(line, "bold", size) <= width + 0.01 for line in lines)
