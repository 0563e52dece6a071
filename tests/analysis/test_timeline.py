"""Timeline: what is live on a day, what changes between two, what is used after its end."""

from __future__ import annotations

import datetime as dt

import pytest
from linked import ask, cell, linked, row_of

from capmap.analysis import Answer
from capmap.analysis.lifecycle import stage_on
from capmap.analysis.timeline import period
from capmap.errors import UsageError
from capmap.model.map import Map
from capmap.model.records import Objective, Project, Provider, Service

DAY = dt.date


@pytest.fixture
def firm() -> Map:
    return linked(
        "Sell\nShip\nPay",
        [
            Provider(id="host", name="Host", contract_end=DAY(2026, 6, 30)),
            Service(
                id="old",
                name="Old",
                live_from=DAY(2010, 1, 1),
                phase_out_from=DAY(2026, 1, 1),
                retired_from=DAY(2027, 1, 1),
            ),
            Service(
                id="new", name="New", plan_from=DAY(2025, 1, 1), pilot_from=DAY(2026, 9, 1), live_from=DAY(2027, 2, 1)
            ),
            Service(id="gone", name="Gone", live_from=DAY(2005, 1, 1), retired_from=DAY(2025, 12, 31)),
            Service(id="done", name="Done", live_from=DAY(2005, 1, 1), retired_from=DAY(2025, 12, 31)),
            Service(id="base", name="Base", live_from=DAY(2012, 1, 1), provider="host"),
            Service(id="bare", name="Bare"),
            Project(
                id="build", name="Build", status="running", start=DAY(2025, 1, 1), end=DAY(2027, 2, 28), budget=9_00
            ),
            Project(
                id="quick",
                name="Quick",
                status="done",
                start=DAY(2026, 2, 1),
                end=DAY(2026, 12, 1),
                finished=DAY(2026, 4, 1),
            ),
            Objective(id="goal", name="Goal", due=DAY(2026, 12, 31)),
        ],
        [
            ("supports", "old", "sell"),
            ("supports", "old", "ship"),
            ("supports", "base", "ship"),
            ("supports", "new", "sell"),
            ("supports", "gone", "pay"),
            ("depends on", "base", "gone"),
            ("improves", "build", "sell"),
        ],
    )


def told(answer: Answer) -> list[tuple[object, ...]]:
    return [(str(row.values[0] or ""), row.values[1], row.records[0]) for row in answer.rows]


def test_what_is_live_on_a_day(firm: Map) -> None:
    answer = ask(firm, "timeline")
    assert answer.sentence == ("On 30 November 2026, 1 service is live, 1 in phase-out and 1 in pilot; 1 project runs.")
    assert told(answer) == [
        ("2025-12-31", "used after its end", "gone"),
        ("2026-06-30", "used without a contract", "host"),
        ("2012-01-01", "live", "base"),
        ("2026-01-01", "phase-out", "old"),
        ("2026-09-01", "pilot", "new"),
        ("2025-01-01", "runs", "build"),
    ]
    assert cell(answer, row_of(answer, "gone"), "More") == "Still supports Pay and is still needed by Base."
    assert row_of(answer, "gone").path == ("gone", "pay")
    assert cell(answer, row_of(answer, "old"), "More") == "Ends on 1 January 2027."
    assert cell(answer, row_of(answer, "build"), "More") == "Until 28 February 2027. EUR 9 of budget. Improves Sell."
    assert answer.story == (
        "Warning: Gone is used after its end.",
        "Warning: Host is without a contract.",
        "1 service has no date: Bare.",
    )


def test_another_day_and_its_warnings(firm: Map) -> None:
    """By hand: in March 2027 old has ended. Ship has base, Sell has new, so nobody is left alone."""
    answer = ask(firm, "timeline", "2027-03-01")
    assert answer.sentence == "On 1 March 2027, 2 services are live; no projects run."
    assert [row.records[0] for row in answer.rows if row.values[1] == "used after its end"] == ["gone"]


def test_end_to_come_is_a_warning_where_nothing_takes_over(firm: Map) -> None:
    """By hand: in January 2027 Sell has only new, which is still in pilot."""
    answer = ask(firm, "timeline", "2027-01-15")
    assert cell(answer, row_of(answer, "old"), "More") == "Still supports Sell."
    between = ask(firm, "timeline", "2027-01")
    (row,) = [row for row in between.rows if row.values[1] == "ends, nothing takes over"]
    assert row.records == ("old", "sell")
    assert "Nothing takes over all that this supports: Old (1 January 2027)." in between.story


def test_what_changes_between_two_days(firm: Map) -> None:
    answer = ask(firm, "timeline", "2026-01-01..2027-02")
    assert answer.sentence == (
        "From 1 January 2026 to 28 February 2027, 1 service goes live, 1 service ends, 1 project begins, 2 projects "
        "end and 1 contract ends."
    )
    assert told(answer)[2:] == [
        ("2026-01-01", "phase-out begins", "old"),
        ("2026-02-01", "begins", "quick"),
        ("2026-04-01", "ends", "quick"),
        ("2026-06-30", "contract ends", "host"),
        ("2026-09-01", "pilot begins", "new"),
        ("2026-12-31", "is due", "goal"),
        ("2027-01-01", "ends, nothing takes over", "old"),
        ("2027-02-01", "goes live", "new"),
        ("2027-02-28", "ends", "build"),
    ]
    assert cell(answer, row_of(answer, "build"), "More").endswith("Improves Sell.")


def test_a_time_in_which_nothing_changes(firm: Map) -> None:
    assert ask(firm, "timeline", "1999").sentence == "From 1 January 1999 to 31 December 1999, nothing changes."
    assert (
        ask(linked("Sell", [], []), "timeline").sentence
        == "On 30 November 2026, no services are live; no projects run."
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("", DAY(2026, 11, 30), DAY(2026, 11, 30)),
        ("2026-02-03", DAY(2026, 2, 3), DAY(2026, 2, 3)),
        ("2028-02", DAY(2028, 2, 1), DAY(2028, 2, 29)),
        ("2026", DAY(2026, 1, 1), DAY(2026, 12, 31)),
        ("2026 .. 2027-06", DAY(2026, 1, 1), DAY(2027, 6, 30)),
        ("2026-01-05..2026-01-07", DAY(2026, 1, 5), DAY(2026, 1, 7)),
    ],
)
def test_periods(text: str, first: dt.date, last: dt.date) -> None:
    assert period(text, DAY(2026, 11, 30)) == (first, last)


@pytest.mark.parametrize("text", ["soon", "2026-13", "2026-02-30", "2026-01-01..", "30.11.2026", "0000"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(UsageError, match="is no day and no period"):
        period(text, DAY(2026, 11, 30))


def test_period_the_wrong_way_round() -> None:
    with pytest.raises(UsageError, match="ends before it begins"):
        period("2027..2026", DAY(2026, 11, 30))


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (DAY(2024, 12, 31), "plan"),
        (DAY(2025, 1, 1), "plan"),
        (DAY(2026, 9, 1), "pilot"),
        (DAY(2027, 2, 1), "live"),
    ],
)
def test_stage(firm: Map, day: dt.date, stage: str) -> None:
    assert stage_on(firm.one(Service, "new"), day) == stage


def test_service_known_by_its_end_alone_was_live_before() -> None:
    ending = Service(id="s", name="S", retired_from=DAY(2027, 1, 1))
    assert [stage_on(ending, day) for day in (DAY(2026, 1, 1), DAY(2027, 1, 1))] == ["live", "retired"]
    assert stage_on(Service(id="s", name="S"), DAY(2026, 1, 1)) is None
