"""Coverage: what hangs on nothing, in a small map where each finding is there on purpose."""

from __future__ import annotations

import datetime as dt

from linked import ask, cell, linked

from capmap.model.records import Project, Service

OUTLINE = """
Sell | owner=Head of sales
    Serve | importance=3
    Ship | importance=5 | maturity=2 | target=4
Run
    Pay | importance=4 | maturity=2 | target=3
    Count | importance=2 | maturity=3 | target=3
    Lend
Guard
    Watch | alias_of=serve
"""


def found() -> list[tuple[str, str]]:
    answer = ask(CURRENT, "coverage")
    return [(str(row.values[0]), row.records[0]) for row in answer.rows]


CURRENT = linked(
    OUTLINE,
    [
        Service(id="till", name="Till", live_from=dt.date(2020, 1, 1), run_cost=5_00),
        Service(id="next", name="Next", live_from=dt.date(2027, 1, 1)),
        Service(id="gone", name="Gone", live_from=dt.date(2010, 1, 1), retired_from=dt.date(2026, 1, 1)),
        Service(id="idle", name="Idle", live_from=dt.date(2010, 1, 1), run_cost=7_00),
        Service(id="base", name="Base", live_from=dt.date(2010, 1, 1)),
        Project(id="open", name="Open", status="running"),
        Project(id="over", name="Over", status="done"),
    ],
    [
        ("supports", "till", "sell"),
        ("supports", "next", "pay"),
        ("supports", "gone", "pay"),
        ("supports", "till", "lend"),
        ("depends on", "till", "base"),
        ("improves", "open", "ship"),
        ("improves", "over", "pay"),
    ],
)


def test_every_finding_is_found_once_the_important_first() -> None:
    """By hand. A service on Sell counts for Serve and Ship. Pay has services, one planned and one gone. Count has none.
    Run has no owner, so its boxes have none. Ship is improved by an open project, Pay by one that is over.
    Base is needed by till; idle serves nothing. Watch is a reference to Serve.
    """
    assert found() == [
        ("no IT service", "count"),
        ("no IT service in use", "pay"),
        ("no owner", "pay"),
        ("no owner", "count"),
        ("no owner", "lend"),
        ("below target, no project", "pay"),
        ("supports nothing", "idle"),
    ]


def test_answer_counts_and_explains() -> None:
    answer = ask(CURRENT, "coverage")
    assert answer.sentence == (
        "1 capability without an IT service; 1 capability with services of which none is in use; 3 capabilities "
        "without an owner; 1 capability below target without an open project; 1 service without anything that uses it."
    )
    assert answer.story == (
        "Below target without an open project, of importance 4 or 5: Pay.",
        "Services that support nothing cost EUR 7 a year to run.",
    )
    by_finding = {(row.values[0], row.records[0]): row for row in answer.rows}
    pay = by_finding["no IT service in use", "pay"]
    assert cell(answer, pay, "Remark") == "Next is planned and Gone is past its end."
    assert pay.path == ("run", "pay")
    assert cell(answer, by_finding["below target, no project", "pay"], "Remark") == "Over is over."
    assert cell(answer, by_finding["supports nothing", "idle"], "Remark") == "Live."


def test_map_in_which_all_is_covered() -> None:
    current = linked("Sell | owner=Me", [Service(id="till", name="Till")], [("supports", "till", "sell")])
    assert ask(current, "coverage").sentence == "Everything is covered."
    assert ask(linked("", [], []), "coverage").sentence == "Everything is covered."
