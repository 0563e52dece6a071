"""Legibility: the rule of the standard, and proposals that keep what they promise."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from large import large

from capmap.drawing.legibility import legibility, reading_distance, size_for
from capmap.drawing.marks import Drawing
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.drawing.slides import smallest_name
from capmap.lens.builtin import LENSES
from capmap.model.map import Map

DATE = dt.date(2026, 11, 22)


def page(current: Map, paper: str = "A3", depth: int | None = None) -> Drawing:
    return compose(current, LENSES["plain"], paper=paper_named(paper), depth=depth, date=DATE)


def test_a_capital_takes_sixteen_minutes_of_arc_from_the_reading_distance() -> None:
    distance = reading_distance(10)
    capital = 0.714 * 10 * 0.0254 / 72
    assert math.degrees(math.atan(capital / distance)) * 60 == pytest.approx(16, abs=0.01)
    assert distance == pytest.approx(0.541, abs=0.001)


@pytest.mark.parametrize("distance", [0.3, 1.0, 5.0])
def test_size_and_distance_are_inverse(distance: float) -> None:
    assert reading_distance(size_for(distance)) == pytest.approx(distance)
    assert size_for(distance, 20) > size_for(distance)


def test_a_legible_page_needs_no_proposal() -> None:
    current = large(2, 2, 2)
    found = legibility(current, page(current), 0.4)
    assert found.is_enough
    assert found.proposals == ()
    assert "enough" in found.sentence


def test_proposals_keep_what_they_promise() -> None:
    current = large(9, 4, 6)
    found = legibility(current, page(current), 0.5)
    assert not found.is_enough
    options = {proposal.options[0]: proposal for proposal in found.proposals}
    assert {"--paper", "--depth", "--poster"} <= set(options)
    fewer = page(current, depth=int(options["--depth"].options[1]))
    assert smallest_name(fewer) == pytest.approx(options["--depth"].smallest_name, rel=0.05)
    assert reading_distance(smallest_name(fewer)) >= 0.48
    larger = page(current, options["--paper"].options[1])
    assert smallest_name(larger) == pytest.approx(options["--paper"].smallest_name, rel=0.05)


def test_where_nothing_is_enough_the_nearest_is_proposed() -> None:
    current = large(9, 4, 6)
    found = legibility(current, page(current, "A0", depth=1), 20.0)
    assert len(found.proposals) <= 1
    assert "no farther" in found.sentence


def test_a_page_without_boxes_is_legible() -> None:
    current = Map()
    assert legibility(current, page(current), 0.4).is_enough
