"""The roadmap: lifecycles and projects by area, on pages that can be hung up; nothing cut, nothing below 6 points."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capmap.analysis.lifecycle import LIVE, PHASE_OUT, PILOT, PLAN, stage_on
from capmap.analysis.roadmap import roadmap, usual_range
from capmap.commands.sources import read
from capmap.drawing.facts import measure
from capmap.drawing.marks import Drawing, Line, Rect, Region, Text
from capmap.drawing.paper import paper_named
from capmap.drawing.roadmap import roadmap_pages
from capmap.drawing.roadmapbars import STAGES, STATUSES, BarLook, bar_marks
from capmap.drawing.theme import contrast, luminance
from capmap.errors import UsageError
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Project, Record, Service, Settings, make

SAMPLES = Path(__file__).parents[2] / "sample_maps"
TODAY = dt.date(2026, 11, 22)
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2028, 12, 31)


def business(*more: Record) -> Map:
    records: list[Any] = [
        make(Settings, id="settings", title="Shop", author="Me"),
        make(Capability, id="sell", name="Sell", position=0),
        make(Capability, id="offer", name="Offer", parent="sell", position=0),
        make(Capability, id="run", name="Run", position=1),
        make(Capability, id="pay", name="Pay", parent="run", position=0),
        *more,
    ]
    return Map(records)


def service(key: str, **dates: object) -> Service:
    return make(Service, id=key, name=key.title(), **dates)


def link(kind: str, source: str, target: str) -> Link:
    return make(Link, id=f"{source}-{target}", type=kind, source=source, target=target)


def pages(current: Map, paper: str = "A3", **options: Any) -> list[Drawing]:
    first, last = options.pop("first", FIRST), options.pop("last", LAST)
    return roadmap_pages(current, first, last, paper=paper_named(paper), today=options.pop("today", TODAY), **options)


def words(drawings: Sequence[Drawing]) -> list[str]:
    return [mark.text for drawing in drawings for mark in drawing.marks if isinstance(mark, Text)]


def test_each_stands_in_the_area_where_most_of_its_boxes_are() -> None:
    current = business(
        service("till", live_from="2020-01-01"),
        service("bank", live_from="2020-01-01", retired_from="2027-06-30"),
        service("old", live_from="2010-01-01", retired_from="2015-01-01"),
        service("idle", live_from="2010-01-01"),
        service("plain"),
        make(Project, id="move", name="Move", start="2027-01-01", end="2027-03-31", status="approved"),
        link("supports", "till", "offer"),
        link("supports", "till", "sell"),
        link("supports", "till", "pay"),
        link("supports", "bank", "pay"),
        link("supports", "plain", "pay"),
        link("changes", "move", "bank"),
    )
    lanes = roadmap(current, FIRST, LAST, TODAY)
    assert [(lane.name, [(track.record.id, track.further_areas) for track in lane.tracks]) for lane in lanes] == [
        ("Sell", [("till", 1)]),
        ("Run", [("bank", 0), ("plain", 0), ("move", 0)]),
        ("No capability", [("idle", 0)]),
    ]
    only = roadmap(current, FIRST, LAST, TODAY, root="run")
    assert [(lane.name, len(lane.tracks)) for lane in only] == [("Pay", 4)]


def test_what_is_used_after_its_end_is_there_and_says_so() -> None:
    current = business(
        service("old", live_from="2010-01-01", retired_from="2015-01-01"), link("supports", "old", "pay")
    )
    (lane,) = roadmap(current, FIRST, LAST, TODAY)
    assert lane.tracks[0].used_too_long
    assert "ended 1 Jan 2015, but still used" in words(pages(current))


DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(40)]
days = st.none() | st.sampled_from(DAYS[1:30])


@given(st.tuples(days, days, days, days, days))
def test_the_stretches_of_a_bar_are_the_stages_of_every_day(dates: tuple[dt.date | None, ...]) -> None:
    names = ("plan_from", "pilot_from", "live_from", "phase_out_from", "retired_from")
    current = business(service("till", **dict(zip(names, dates, strict=True))))
    lanes = roadmap(current, DAYS[0], DAYS[-1], TODAY)
    stretches = lanes[0].tracks[0].stretches if lanes else ()
    till = current.one(Service, "till")
    for day in DAYS:
        shown = [
            part.kind
            for part in stretches
            if (part.first is None or part.first <= day) and (part.until is None or day < part.until)
        ]
        stage = stage_on(till, day)
        begun = stage != PLAN or (till.plan_from is not None and till.plan_from <= day)
        assert shown == ([stage] if stage in (PLAN, PILOT, LIVE, PHASE_OUT) and begun else [])


@pytest.mark.parametrize("sample", ["harbour-insurance", "city-of-lindenburg", "nordvik-hospital"])
@pytest.mark.parametrize(("paper", "orientation"), [("A3", "landscape"), ("A4", "portrait"), ("16:9", None)])
def test_every_service_and_project_of_a_sample_stands_on_a_legible_page(
    sample: str, paper: str, orientation: Any
) -> None:
    current, _ = read(SAMPLES / f"{sample}.capmap")
    first, last = usual_range(current, TODAY)
    drawn = pages(current, paper, first=first, last=last, orientation=orientation)
    facts = measure(drawn)
    assert (facts.clipped_labels, facts.missing_glyphs) == (0, 0)
    names = words(drawn)
    for lane in roadmap(current, first, last, TODAY):
        for track in lane.tracks:
            assert names.count(track.record.code) == 1
    small = [mark for page in drawn for mark in page.marks if isinstance(mark, Text) and mark.size < 5.99]
    assert not small
    for page in drawn:
        foot = next(mark.y for mark in page.marks if isinstance(mark, Region) and mark.key == "page-foot")
        for mark in page.marks:
            if isinstance(mark, Region) and mark.level == 1:
                assert mark.y + mark.height <= foot + 0.01


def test_today_and_the_story_are_told() -> None:
    current = business(
        service("till", live_from="2027-02-01"),
        make(Project, id="move", name="Move", start="2027-01-01", end="2027-03-31", finished="2027-04-30"),
        link("supports", "till", "offer"),
    )
    said = words(pages(current))
    assert "Today, 22 Nov 2026" in said
    story = next(text for text in said if text.startswith("Between"))
    assert story.startswith(
        "Between 1 January 2026 and 31 December 2028: 1 service begins, 1 project starts, 1 ends, in 1 box"
    )
    assert "planned end" in said
    assert "live from 1 Feb 2027" in said
    assert "30 Apr 2027" in said
    assert "Today, 22 Nov 2026" not in words(pages(current, today=dt.date(2030, 1, 1)))


def test_a_long_roadmap_goes_on_over_pages_and_keeps_its_areas_named() -> None:
    many = [service(f"service {number:03}", live_from="2020-01-01", code=f"S{number:03}") for number in range(150)]
    links = [link("supports", each.id, "offer" if number < 130 else "pay") for number, each in enumerate(many)]
    drawn = pages(business(*many, *links))
    assert len(drawn) > 2
    said = words(drawn)
    assert sorted(text for text in said if text[0] == "S" and text[1:].isdecimal()) == [each.code for each in many]
    assert said.count("Sell") == said.count("Run") == 1
    assert said.count("Sell (continued)") == len(drawn) - 1
    assert any(f"page {len(drawn)} of {len(drawn)}" in text for text in said)


@settings(max_examples=25)
@given(st.integers(1, 60), st.integers(1, 14))
def test_no_area_is_left_with_its_name_alone(services: int, areas: int) -> None:
    tops = [make(Capability, id=f"area{number}", name=f"Area {number}", position=number) for number in range(areas)]
    made = [service(f"service {number}", live_from="2020-01-01") for number in range(services)]
    links = [link("supports", each.id, f"area{number % areas}") for number, each in enumerate(made)]
    drawn = pages(Map([make(Settings, id="settings", title="Shop"), *tops, *made, *links]))
    heights = [mark.height for page in drawn for mark in page.marks if isinstance(mark, Region) and mark.level == 1]
    assert min(heights) > 35
    assert measure(drawn).clipped_labels == 0


def test_a_wrong_time_or_an_empty_map_is_refused_in_a_sentence() -> None:
    with pytest.raises(UsageError, match=r"ends .* before it begins"):
        pages(business(service("till", live_from="2020-01-01")), first=LAST, last=FIRST)
    with pytest.raises(UsageError, match="at most 60 years"):
        pages(business(), first=dt.date(1900, 1, 1))
    with pytest.raises(UsageError, match="No service and no project"):
        pages(business())


# -- what a bar looks like ------------------------------------------------------------------------------------


def drawn_bar(look: BarLook) -> list[Any]:
    return list(bar_marks(10, 10, 80, 12, look, 1.0, 2.0))


def grey(look: BarLook) -> tuple[int, str, bool]:
    """What a black-and-white print shows of a bar: how light it is, its pattern, its edge."""
    return round(luminance(look.fill) * 8), look.pattern, look.dashed


@pytest.mark.parametrize("looks", [STAGES, STATUSES])
def test_no_two_bars_look_alike_in_grey(looks: dict[str, BarLook]) -> None:
    every = list(looks.values())
    for place, one in enumerate(every):
        for other in every[place + 1 :]:
            differs = grey(one)[1:] != grey(other)[1:] or contrast(one.fill, other.fill) >= 1.3
            assert differs, f"{one.word} and {other.word}"
        assert contrast(one.fill, one.ink) >= 4.5


@pytest.mark.parametrize("look", [*STAGES.values(), *STATUSES.values()], ids=lambda look: look.word)
def test_a_bar_stays_in_its_place(look: BarLook) -> None:
    for mark in drawn_bar(look):
        if isinstance(mark, Rect):
            assert dataclasses.astuple(mark)[:4] == (10, 10, 80, 12)
        else:
            assert isinstance(mark, Line)
            assert mark.points[0] != mark.points[-1], "a closed dashed line would be taken for a box"
            for x, y in mark.points:
                assert 10 - 0.01 <= x <= 90.01
                assert 10 - 0.01 <= y <= 22.01
