"""Chips can be read wherever the name of their box can: on the tightest box and on the pages of the samples."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sketched import box, heat_of, laid, sketched_map

from capmap.document import opened
from capmap.drawing.chips import LinkCounts
from capmap.drawing.facts import measure
from capmap.drawing.mapdrawing import map_marks
from capmap.drawing.marks import Rect, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.drawing.theme import PAPER
from capmap.layout import fonts
from capmap.lens.builtin import LENSES

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "sample_maps").glob("*.capmap"))
LEAST = 0.6
"""Of the size of the name."""


@pytest.mark.parametrize("lines", [["Quotation"], ["Quotation of", "everything"]])
@pytest.mark.parametrize("counts", [(1, 0), (12, 3), (1200, 45)])
def test_chips_of_the_tightest_leaf_are_not_much_smaller_than_its_name(
    lines: list[str], counts: tuple[int, int]
) -> None:
    current = sketched_map()
    width, height = max(fonts.width(line, "regular", 12) for line in lines) + 17, 16 + 15 * len(lines)
    layout = laid(width, height, box("quote", "leaf", 1, lines, (0, 0, width, height)))
    marks = list(map_marks(layout, current, heat_of(layout, current), PAPER, chips={"quote": LinkCounts(*counts)}))
    chips = [mark for mark in marks if isinstance(mark, Text) and mark.weight == "bold"]
    assert len(chips) == sum(map(bool, counts))
    assert min(chip.size for chip in chips) >= LEAST * 12
    pills = [mark for mark in marks if isinstance(mark, Rect) and not mark.key]
    assert all(pill.y >= 0 and pill.y + pill.height <= height for pill in pills)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_smallest_type_of_a_sample_on_a3_can_be_read(path: Path) -> None:
    with opened(path, read_only=True) as document:
        page = compose(document.map, LENSES["maturity gap"], paper=paper_named("A3"), date=dt.date(2026, 11, 22))
    leaf = min(mark.size for mark in page.marks if isinstance(mark, Text) and mark.weight == "regular" and mark.key)
    chips = [
        mark.size for mark in page.marks if isinstance(mark, Text) and mark.weight == "bold" and mark.text.isdigit()
    ]
    assert min(chips, default=leaf) >= LEAST * leaf - 0.01
    assert not chips or measure([page]).smallest_text_pt >= 4.8
