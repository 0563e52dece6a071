"""Moments held against a plain reading of the dates, day by day; what is told is what is counted."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from linked import linked

from capmap.analysis.lifecycle import LIVE, PHASE_OUT, PILOT, phase_on, stage_on
from capmap.analysis.moments import (
    by_box,
    counted_on,
    happenings,
    reason,
    run_of,
    standing_on,
    tallied,
    tally,
    ticks,
    told_between,
    told_on,
    told_too_long,
    use_of,
    used_too_long,
)
from capmap.drawing.chips import LinkCounts, link_counts
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability, Project, Service, make

START = dt.date(2026, 1, 1)
DAYS = [START + dt.timedelta(days=number) for number in range(-1, 26)]
BOXES = """
Sell
    Offer
    Advise
Run
    Pay
"""
KEYS = ("sell", "offer", "advise", "run", "pay")

days = st.none() | st.integers(0, 24).map(lambda number: START + dt.timedelta(days=number))


@st.composite
def maps(draw: st.DrawFn) -> Map:
    """Boxes with services and projects of any dates, the disorderly ones too, linked anyhow."""
    records: list[Any] = []
    links: list[Any] = []
    for number in range(draw(st.integers(0, 4))):
        dates = {f"{stage}_from": draw(days) for stage in ("plan", "pilot", "live", "phase_out", "retired")}
        records.append(make(Service, id=f"s{number}", name=f"Service {number}", **dates))
        links += [("supports", f"s{number}", key) for key in draw(st.sets(st.sampled_from(KEYS), max_size=3))]
    for number in range(draw(st.integers(0, 4))):
        dates = {field: draw(days) for field in ("start", "end", "finished")}
        records.append(make(Project, id=f"p{number}", name=f"Project {number}", **dates))
        links += [("improves", f"p{number}", key) for key in draw(st.sets(st.sampled_from(KEYS), max_size=3))]
    return linked(BOXES, records, links)


def there(current: Map, date: dt.date) -> set[str]:
    """What is there on a day, read off the lifecycles one by one."""
    services = {
        service.id for service in current.all(Service) if stage_on(service, date) in (PILOT, LIVE, PHASE_OUT, None)
    }
    projects = {project.id for project in current.all(Project) if phase_on(project, date) in ("running", None)}
    return services | projects


@given(maps())
def test_spans_say_what_the_lifecycles_say_on_every_day(current: Map) -> None:
    for date in DAYS:
        spans = [*((s.id, use_of(s)) for s in current.all(Service)), *((p.id, run_of(p)) for p in current.all(Project))]
        assert {key for key, span in spans if span.holds(date)} == there(current, date)


@given(maps())
def test_boxes_count_what_is_there_that_day(current: Map) -> None:
    for date in DAYS[::5]:
        alive = there(current, date)
        counts = link_counts(dict.fromkeys(KEYS), current, counted_on(current, date))
        for key in KEYS:
            sources = [link.source for link in current.links_to(key) if link.source in alive]
            expected = LinkCounts(sum(s[0] == "s" for s in sources), sum(s[0] == "p" for s in sources))
            assert counts.get(key, LinkCounts(0, 0)) == expected


@given(maps(), st.integers(0, 26), st.integers(0, 26))
def test_what_happens_between_two_days_explains_their_difference(current: Map, one: int, other: int) -> None:
    first, last = (DAYS[place] for place in sorted((one, other)))
    found = happenings(current, first, last)
    changes: dict[str, list[tuple[dt.date, bool]]] = {}
    for before, after in itertools.pairwise(DAYS):
        if first < after <= last:
            for key in there(current, after) ^ there(current, before):
                changes.setdefault(key, []).append((after, key in there(current, after)))
    assert {(each.record.id, each.counts_from, each.adds) for each in found} == {
        (key, date, adds) for key, turns in changes.items() for date, adds in turns
    }
    for key, inside in by_box(found).items():
        more, fewer = tally(inside)
        linked_there = [
            len({link.source for link in current.links_to(key)} & there(current, date)) for date in (first, last)
        ]
        assert linked_there[0] + more - fewer == linked_there[1]


@given(maps())
def test_every_day_on_which_something_changes_has_a_tick(current: Map) -> None:
    marked = {tick.date for tick in ticks(current)}
    for before, after in itertools.pairwise(DAYS):
        for key in there(current, after) ^ there(current, before):
            gone = isinstance(current[key], Project) and key in there(current, before)
            assert (before if gone else after) in marked
    for service in current.all(Service):
        for before, after in itertools.pairwise(DAYS):
            if stage_on(service, before) != stage_on(service, after) and stage_on(service, after) != "plan":
                assert after in marked


# -- one small business, by hand ----------------------------------------------------------------------------


def shop() -> Map:
    return linked(
        """
Sell
    Offer
    Advise
Run
    Pay
""",
        [
            make(Service, id="old", name="Old Till", live_from="2010-01-01", retired_from="2027-06-30"),
            make(Service, id="new", name="New Till", pilot_from="2027-02-01", live_from="2027-05-01"),
            make(Service, id="book", name="Book", phase_out_from="2020-01-01", retired_from="2026-01-31"),
            make(Service, id="tool", name="Tool"),
            make(Project, id="move", name="Move", start="2027-01-01", end="2027-06-30"),
            make(Project, id="idea", name="Idea"),
        ],
        [
            ("supports", "old", "offer"),
            ("supports", "old", "advise"),
            ("supports", "new", "offer"),
            ("supports", "book", "pay"),
            ("supports", "tool", "sell"),
            ("improves", "move", "offer"),
            ("improves", "idea", "pay"),
        ],
    )


TODAY = dt.date(2026, 11, 22)


def test_a_day_and_a_stretch_in_words() -> None:
    current = shop()
    date = dt.date(2027, 3, 1)
    standing = standing_on(current, date)
    assert {stage: [s.id for s in found] for stage, found in standing.services.items()} == {
        "live": ["old"],
        "pilot": ["new"],
        "retired": ["book"],
        None: ["tool"],
    }
    assert {phase: [p.id for p in found] for phase, found in standing.projects.items()} == {
        "running": ["move"],
        None: ["idea"],
    }
    assert told_on(current, date) == "2 services are used (1 in pilot), 1 project runs."
    found = happenings(current, TODAY, dt.date(2027, 12, 31))
    assert [(each.date.isoformat(), each.what, each.record.id) for each in found] == [
        ("2027-01-01", "starts", "move"),
        ("2027-02-01", "begins", "new"),
        ("2027-06-30", "leaves", "old"),
        ("2027-06-30", "ends", "move"),
    ]
    assert told_between(TODAY, dt.date(2027, 12, 31), found) == (
        "Between 22 November 2026 and 31 December 2027: "
        "1 service begins, 1 leaves, 1 project starts, 1 ends, in 2 boxes."
    )
    assert tallied([]) == "nothing changes"


def test_reasons_say_whether_anything_is_left() -> None:
    current = shop()
    inside = by_box(happenings(current, TODAY, dt.date(2027, 12, 31)))
    assert [reason(current, each, "advise") for each in inside["advise"]] == ["Old Till ends on 30 June 2027"], (
        "what supports the box around it supports it too"
    )
    around = next(link for link in current.links_to("sell"))
    current.apply(Change("Unlink", {around.id: around}, {around.id: None}))
    assert [reason(current, each, "advise") for each in inside["advise"]] == [
        "Old Till ends on 30 June 2027, and nothing else supports this"
    ]
    assert [reason(current, each, "offer") for each in inside["offer"]] == [
        "Move starts on 1 January 2027",
        "New Till goes into pilot on 1 February 2027",
        "Old Till ends on 30 June 2027",
        "Move ends on 30 June 2027",
    ]


def test_what_is_used_after_its_end_is_told_with_its_boxes() -> None:
    current = shop()
    too_long = used_too_long(current, TODAY, TODAY)
    assert too_long == {"book": ["pay"]}
    assert told_too_long(current, too_long) == "Book is used after its end, in 1 box."
    assert told_too_long(current, {}) == ""
    later = used_too_long(current, dt.date(2027, 12, 31), TODAY)
    assert later == {"book": ["pay"]}, "what is around Advise supports it, so the end of Old Till is in order"
    assert isinstance(current.get("pay"), Capability)
