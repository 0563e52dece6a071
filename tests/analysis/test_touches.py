"""Touches: what a project touches directly and one step further, each with the way there."""

from __future__ import annotations

import datetime as dt

import pytest
from linked import ask, linked, row_of

from capmap.model.map import Map
from capmap.model.records import Demand, Objective, Project, Provider, Service, Unit

DAY = dt.date


@pytest.fixture
def firm() -> Map:
    """build improves Sell and changes till; till supports Sell and Ship, is needed by web; the rest hangs on these."""
    return linked(
        "Sell | importance=4\nShip\nPay",
        [
            Provider(id="host", name="Host", contract_end=DAY(2026, 1, 31)),
            Service(id="till", name="Till", code="S1", provider="host"),
            Service(id="web", name="Web"),
            Service(id="far", name="Far"),
            Unit(id="floor", name="Floor"),
            Objective(id="goal", name="Goal"),
            Demand(id="wish", name="Wish", project="build"),
            Project(
                id="build",
                name="Build",
                status="running",
                start=DAY(2026, 1, 1),
                end=DAY(2026, 12, 31),
                budget=5_00,
                spent=2_00,
                funding_unit="floor",
            ),
            Project(id="beside", name="Beside", status="approved", start=DAY(2026, 6, 1), end=DAY(2027, 6, 1)),
            Project(id="later", name="Later", status="proposed", start=DAY(2027, 6, 1), end=DAY(2028, 6, 1)),
            Project(id="over", name="Over", status="done", start=DAY(2026, 1, 1), end=DAY(2026, 2, 1)),
        ],
        [
            ("improves", "build", "sell", {"promised": 4}),
            ("changes", "build", "till"),
            ("supports", "till", "ship", {"note": "By hand at night."}),
            ("depends on", "web", "till"),
            ("depends on", "far", "web"),
            ("uses", "floor", "sell"),
            ("uses", "floor", "pay"),
            ("needs", "goal", "sell"),
            ("changes", "beside", "till"),
            ("improves", "later", "sell"),
            ("improves", "over", "sell"),
        ],
    )


def test_project(firm: Map) -> None:
    """By hand. Directly: Sell, till, the floor that pays, the wish it came from. Further: over Sell the goal and two
    projects; over till Ship, web, host and a project. Pay hangs on the floor, which only pays: not touched. Far is
    two steps beyond till.
    """
    answer = ask(firm, "touches", "build")
    assert [(row.values[0], row.records[0]) for row in answer.rows] == [
        (1, "sell"),
        (1, "till"),
        (1, "floor"),
        (1, "wish"),
        (2, "ship"),
        (2, "web"),
        (2, "goal"),
        (2, "beside"),
        (2, "later"),
        (2, "over"),
        (2, "host"),
    ]
    assert answer.sentence == (
        "Build touches directly 1 capability, 1 service, 1 unit and 1 demand; one step further 1 capability, "
        "1 service, 1 objective, 3 projects and 1 provider."
    )
    assert answer.story == (
        "Running, 1 January 2026 to 31 December 2026, EUR 5 of budget, EUR 2 spent.",
        "It came from 1 demand: Wish.",
        "1 other open project works on the same at the same time: Beside (over Till).",
        "This objective depends on what it touches: Goal.",
    )


@pytest.mark.parametrize(
    ("record", "path", "how"),
    [
        ("sell", ("build", "sell"), "Improves Sell."),
        ("floor", ("build", "floor"), "Is paid for by Floor."),
        ("wish", ("build", "wish"), "Came from Wish."),
        ("ship", ("build", "till", "ship"), "Changes Till, which supports Ship. By hand at night."),
        ("web", ("build", "till", "web"), "Changes Till, which is needed by Web."),
        ("goal", ("build", "sell", "goal"), "Improves Sell, which is needed by Goal."),
        ("host", ("build", "till", "host"), "Changes Till, which is delivered by Host."),
    ],
)
def test_way_there(firm: Map, record: str, path: tuple[str, ...], how: str) -> None:
    row = row_of(ask(firm, "touches", "build"), record)
    assert row.path == path
    assert row.values[-1] == how


@pytest.mark.parametrize(
    ("subject", "touched"),
    [
        ("host", {"till": 1, "ship": 2, "web": 2, "build": 2, "beside": 2}),
        ("wish", {"build": 1, "sell": 2, "till": 2, "floor": 2}),
        ("goal", {"sell": 1, "floor": 2, "build": 2, "later": 2, "over": 2}),
        ("far", {"web": 1, "till": 2}),
        ("pay", {"floor": 1}),
    ],
)
def test_anything_can_be_asked_about(firm: Map, subject: str, touched: dict[str, int]) -> None:
    answer = ask(firm, "touches", subject)
    assert {row.records[0]: row.values[0] for row in answer.rows} == touched


def test_contract_of_a_provider_is_told(firm: Map) -> None:
    assert ask(firm, "touches", "Host").story == ("The contract ended on 31 January 2026.",)


def test_record_without_links() -> None:
    assert ask(linked("Sell", [], []), "touches", "sell").sentence == "Sell is linked to nothing."
