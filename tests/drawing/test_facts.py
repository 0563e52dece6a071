"""Facts are measured on the drawing itself."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sketched import sketched_map

from capmap.drawing.facts import measure
from capmap.drawing.marks import Drawing, Mark, Rect, Region, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.lens.builtin import LENSES


def drawing(*marks: Mark) -> Drawing:
    return Drawing(200, 100, "Facts", marks)


def test_leaf_fill_is_leaf_area_over_map_area() -> None:
    facts = measure(
        [
            drawing(
                Region(0, 0, 200, 10, "page-head", "Head", 0),
                Region(10, 10, 100, 50, "a", "A", 1),
                Region(20, 20, 40, 30, "b", "B", 2),
                Region(65, 20, 40, 30, "c", "C", 2),
                Region(110, 10, 50, 50, "d", "D", 1),
                Region(0, 90, 200, 10, "page-foot", "Foot", 0),
            )
        ]
    )
    assert facts.boxes == 4
    assert facts.leaf_fill == pytest.approx((40 * 30 * 2 + 50 * 50) / (150 * 50))


def test_smallest_text_counts_every_text() -> None:
    texts = [Text(10, 20, "a", "regular", 12, "#000000"), Text(10, 40, "b", "bold", 7.25, "#000000")]
    assert measure([drawing(*texts)]).smallest_text_pt == 7.25
    assert measure([drawing()]).smallest_text_pt == 0


@pytest.mark.parametrize(
    ("x", "baseline", "anchor", "clipped"),
    [
        (12, 30, "start", 0),
        (12, 17, "start", 1),
        (12, 50, "start", 1),
        (60, 30, "start", 1),
        (5, 30, "start", 1),
        (40, 30, "middle", 0),
        (20, 30, "middle", 1),
        (68, 30, "end", 0),
        (30, 30, "end", 1),
    ],
)
def test_labels_that_leave_their_box_are_counted(x: float, baseline: float, anchor: str, clipped: int) -> None:
    text = Text(x, baseline, "Billing", "regular", 12, "#000000", anchor, "a")  # type: ignore[arg-type]
    facts = measure([drawing(Region(10, 10, 60, 40, "a", "Billing", 1), Rect(10, 10, 60, 40, "#ffffff"), text)])
    assert facts.clipped_labels == clipped


def test_texts_without_a_box_must_stay_on_the_page() -> None:
    inside = Text(150, 50, "Foot", "regular", 12, "#000000")
    outside = Text(190, 50, "Foot", "regular", 12, "#000000")
    assert measure([drawing(inside)]).clipped_labels == 0
    assert measure([drawing(outside)]).clipped_labels == 1


def test_characters_without_a_glyph_are_counted_and_listed() -> None:
    facts = measure([drawing(Text(0, 50, "Ship it \u0378\u0378 \u0379\ufe0f", "regular", 12, "#000000"))])
    assert facts.missing_glyphs == 3
    assert facts.missing_characters == ("\u0378", "\u0379")
    assert (
        measure([drawing(Text(0, 50, "Ωμέγα, Привет, ß, 風險, שלום, ไทย 🚀", "regular", 12, "#000000"))]).missing_glyphs
        == 0
    )


def test_pages_are_taken_together() -> None:
    one = drawing(Region(0, 0, 100, 50, "a", "A", 1))
    facts = measure([one, one])
    assert (facts.pages, facts.boxes, facts.leaf_fill) == (2, 1, 1.0)


def test_facts_of_a_page_are_plain_json() -> None:
    page = compose(sketched_map(), LENSES["maturity gap"], paper=paper_named("A3"), date=dt.date(2026, 11, 22))
    said = json.loads(json.dumps(measure([page]).as_dict()))
    assert said["boxes"] == 7
    assert said["pages"] == 1
    assert said["clipped_labels"] == 0
    assert said["missing_glyphs"] == 0
    assert 0.2 < said["leaf_fill"] < 1
    assert said["smallest_text_pt"] > 5
