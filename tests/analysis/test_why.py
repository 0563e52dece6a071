"""Why: what stands behind a colour, told from scores, links and facts."""

from __future__ import annotations

import datetime as dt

import pytest
from linked import ask, linked, more

from capmap.analysis import Answer
from capmap.analysis.why import gap_words
from capmap.lens.builtin import LENSES
from capmap.model.map import Map
from capmap.model.records import Capability, Demand, Objective, Project, Service, Unit, evolve

DAY = dt.date


@pytest.fixture
def firm() -> Map:
    current = linked(
        "Sell | owner=Head of sales\n    Serve | importance=5 | maturity=2 | target=4\nRun",
        [
            Service(
                id="till",
                name="Till",
                live_from=DAY(2020, 1, 1),
                level_target=99.5,
                level_actual=97.8,
                satisfaction=2,
                run_cost=300_00,
            ),
            Service(id="desk", name="Desk", plan_from=DAY(2026, 1, 1), live_from=DAY(2027, 1, 1)),
            Project(id="soon", name="Soon", status="approved", end=DAY(2027, 5, 1)),
            Project(id="past", name="Past", status="done", finished=DAY(2025, 5, 1)),
            Objective(id="goal", name="Goal", description="Nobody waits."),
            Demand(id="wish", name="Wish", stage="assessed", impact=4),
            Unit(id="floor", name="Floor"),
        ],
        [
            ("supports", "till", "serve", {"fit": 2, "note": "Slow at night."}),
            ("supports", "desk", "sell", {"fit": 4}),
            ("improves", "soon", "serve", {"promised": 3}),
            ("improves", "past", "serve", {"promised": 3}),
            ("needs", "goal", "serve"),
            ("asks for", "wish", "serve"),
            ("uses", "floor", "sell"),
        ],
    )
    serve = evolve(
        current.capability("serve"),
        expectation=4,
        confidence=5,
        category="core",
        owner="Floor lead",
        reason="Queues at noon.",
        assessed_on=DAY(2025, 3, 1),
    )
    return more(current, [serve])


def means(answer: Answer, what: str) -> list[tuple[object, object]]:
    return [row.values[1:] for row in answer.rows if row.values[0] == what]  # type: ignore[misc]


def test_leaf_is_explained(firm: Map) -> None:
    answer = ask(firm, "why", "Serve")
    assert answer.sentence == "Serve is 2 below target: its maturity is 2 and its target 4."
    assert answer.story == ("Queues at noon.", "Assessed on 1 March 2025, more than a year ago.")
    assert means(answer, "Maturity gap") == [("2 below target", "Maturity 2, target 4.")]
    assert means(answer, "Expectation gap") == [("1 above expectation", "Expectation 4, confidence in IT 5.")]
    assert means(answer, "Importance") == [("5 of 5", "From 1, marginal, to 5, vital.")]
    assert means(answer, "Owner") == [("Floor lead", "")]
    assert means(answer, "IT service") == [
        (
            "Till",
            (
                "Fit 2 of 5, live, service level missed (97.8 % of 99.5 % promised), user satisfaction 2 of 5. "
                "Slow at night."
            ),
        ),
        ("Desk", "Fit 4 of 5, planned. For all of Sell."),
    ]
    assert means(answer, "Project") == [
        ("Soon", "Approved, until 1 May 2027, promised a maturity of 3, which is still 1 below target."),
        ("Past", "Done, finished 1 May 2025, promised a maturity of 3, which was not reached."),
    ]
    assert means(answer, "Objective") == [("Goal", "Nobody waits.")]
    assert means(answer, "Demand") == [("Wish", "Assessed, business impact 4 of 5.")]
    assert means(answer, "Used by") == [("Floor", "")]
    assert means(answer, "Cost") == [("EUR 300 a year to run", "No project money in 2026.")]


def test_rows_show_the_way_to_the_box(firm: Map) -> None:
    paths = {row.values[1]: row.path for row in ask(firm, "why", "serve").rows}
    assert paths["Till"] == ("till", "serve")
    assert paths["Desk"] == ("desk", "sell", "serve")


@pytest.mark.parametrize(
    ("maturity", "target", "sentence"),
    [
        (None, None, "Serve is not assessed: it has neither a maturity nor a target."),
        (None, 4, "Serve is not assessed: it has a target of 4, but no maturity."),
        (2, None, "Serve is not assessed: it has a maturity of 2, but no target."),
        (4, 4, "Serve is on target: its maturity is 4 and its target 4."),
        (5, 3, "Serve is 2 above target: its maturity is 5 and its target 3."),
    ],
)
def test_every_gap_is_told(firm: Map, maturity: int | None, target: int | None, sentence: str) -> None:
    serve = evolve(firm.capability("serve"), maturity=maturity, target=target)
    assert ask(more(firm, [serve]), "why", "serve").sentence == sentence


def test_words_are_those_of_the_legend(firm: Map) -> None:
    """The lens that colours the box says the same of it."""
    lens = LENSES["maturity gap"]
    for maturity in (None, 1, 2, 3, 4, 5):
        for target in (None, 1, 3, 5):
            box = Capability(id="x", name="X", maturity=maturity, target=target)
            words = gap_words(target, maturity, "below target", "on target", "above target")
            assert words == lens.label_of(firm, box)


def test_box_that_nothing_supports_says_so(firm: Map) -> None:
    bare = linked("Sell | maturity=1 | target=3", [], [])
    answer = ask(bare, "why", "sell")
    assert means(answer, "IT service") == [("none", "Nothing in this map supports it.")]
    assert means(answer, "Open project") == [("none", "Nothing in this map will bring it to its target.")]


def test_box_with_boxes_inside_is_told_by_them(firm: Map) -> None:
    wide = linked(
        "Sell\n    A | maturity=1 | target=4\n    B | maturity=3 | target=4\n    C | maturity=4 | target=4\n    D",
        [],
        [],
    )
    answer = ask(wide, "why", "1")
    assert answer.sentence == (
        "Sell holds 4 capabilities: 1 is 3 below target, 1 is 1 below target, 1 is on target and 1 is not assessed."
    )
    assert [row.values[0] for row in answer.rows] == ["A", "B", "C", "D"]
    assert answer.rows[0].path == ("sell", "a")


def test_reference_is_explained_by_its_box(firm: Map) -> None:
    alias = Capability(id="again", name="Serve", parent="run", alias_of="serve")
    assert ask(more(firm, [alias]), "why", "2.1").sentence.startswith("Serve is 2 below target")
