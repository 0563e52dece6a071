"""Overlap: pairs of services, capabilities and units that do the same, reckoned by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from linked import ask, cell, linked, more, row_of

from capmap.analysis import Answer
from capmap.analysis.overlap import MOST_PAIRS, succession
from capmap.errors import UsageError
from capmap.model.map import Map
from capmap.model.records import Capability, Record, Service, Unit

LIVE = {"live_from": dt.date(2015, 1, 1)}


def crm(key: str, cost: int, **values: object) -> Service:
    return Service(
        id=key,
        name=key.upper(),
        run_cost=cost * 100,
        **{"archetype": "enhancement", **LIVE, **values},  # type: ignore[arg-type]
    )


@pytest.fixture
def firm() -> Map:
    """a: Leads 60 %, Record 40 %.  b: Leads 30 %, Record 50 %, Post 20 %.  They overlap by 30 + 40 = 70 %.

    Money: a 1,000: 600 and 400.  b 2,000: 600, 1,000 and 400.  Twice paid: 600 on Leads and 400 on Record: 1,000.
    c, a utility: Post; with b it shares 20 %, halved 10 %: not listed.
    """
    return linked(
        "Leads\nRecord\nPost",
        [
            crm("a", 1_000, owner="Ann"),
            crm("b", 2_000, owner="Bob"),
            crm("c", 50, archetype="utility"),
            Unit(id="east", name="East"),
            Unit(id="west", name="West"),
        ],
        [
            ("supports", "a", "leads", {"share": 60.0}),
            ("supports", "a", "record", {"share": 40.0}),
            ("supports", "b", "leads", {"share": 30.0}),
            ("supports", "b", "record", {"share": 50.0}),
            ("supports", "b", "post", {"share": 20.0}),
            ("supports", "c", "post"),
            ("uses", "east", "record"),
            ("uses", "west", "record"),
            ("uses", "west", "leads"),
        ],
    )


def pairs(answer: Answer) -> set[tuple[str, ...]]:
    return {row.records[:2] for row in answer.rows if row.values[0] == "services"}


def test_services_overlap_by_what_both_give_to_the_same(firm: Map) -> None:
    answer = ask(firm, "overlap", "services")
    (row,) = answer.rows
    assert cell(answer, row, "Overlap") == pytest.approx(70)
    assert cell(answer, row, "At stake a year") == 1_000_00
    assert cell(answer, row, "Why") == (
        "Both support Leads and Record (2 of 3). Both are of the archetype enhancement. Two owners: Ann and Bob."
    )
    assert row.records == ("a", "b", "leads", "record")
    assert row.path == ("a", "leads", "b")
    assert answer.sentence == "1 pair of services supports the same capabilities."
    assert answer.story == ("The first to look at: A and B, with EUR 1,000 a year at stake.",)


def test_other_archetype_halves_the_overlap(firm: Map) -> None:
    answer = ask(more(firm, [crm("b", 2_000, archetype="frontier")]), "overlap", "services")
    assert cell(answer, row_of(answer, "a"), "Overlap") == pytest.approx(35)
    unknown = ask(more(firm, [crm("b", 2_000, archetype=None)]), "overlap", "services")
    assert cell(unknown, row_of(unknown, "a"), "Overlap") == pytest.approx(70)


def test_services_without_shares_overlap_by_equal_parts() -> None:
    """By hand: a half on each of two, b a third on each of three: they share a third on two: 67 %."""
    links = [("supports", key, box) for key, boxes in (("a", "xy"), ("b", "xyz")) for box in boxes]
    current = linked("X\nY\nZ", [crm("a", 10), crm("b", 10)], links)
    answer = ask(current, "overlap", "services")
    assert cell(answer, answer.rows[0], "Overlap") == pytest.approx(200 / 3)


@pytest.mark.parametrize(
    ("leaving", "staying", "is_succession"),
    [
        ({}, {}, False),
        ({"phase_out_from": dt.date(2027, 1, 1)}, {"live_from": dt.date(2026, 1, 1)}, True),
        ({"retired_from": dt.date(2027, 1, 1)}, {"live_from": None, "plan_from": dt.date(2027, 1, 1)}, True),
        ({"phase_out_from": dt.date(2027, 1, 1)}, {"live_from": dt.date(2001, 1, 1)}, False),
        (
            {"phase_out_from": dt.date(2027, 1, 1)},
            {"live_from": dt.date(2026, 1, 1), "retired_from": dt.date(2026, 12, 1)},
            False,
        ),
    ],
)
def test_planned_successor_is_no_candidate(
    firm: Map, leaving: dict[str, object], staying: dict[str, object], is_succession: bool
) -> None:
    old, new = crm("a", 1_000, **leaving), crm("b", 2_000, **staying)
    assert (succession(old, new) == (old, new)) is is_succession
    assert (succession(new, old) == (old, new)) is is_succession
    answer = ask(more(firm, [old, new]), "overlap", "services")
    assert pairs(answer) == (set() if is_succession else {("a", "b")})
    left_out = "Left out is a pair of which one service leaves and a newer one stays: A and B."
    assert (left_out in answer.story) is is_succession


def test_services_past_their_end_are_no_candidates(firm: Map) -> None:
    current = more(firm, [crm("b", 2_000, live_from=dt.date(2001, 1, 1), retired_from=dt.date(2020, 1, 1))])
    assert pairs(ask(current, "overlap")) == set()


def test_three_that_overlap_each_with_each_are_named_together(firm: Map) -> None:
    third = [("supports", "d", box, {"share": 50.0}) for box in ("leads", "record")]
    answer = ask(more(firm, [crm("d", 500)], third), "overlap", "services")
    assert pairs(answer) == {("a", "b"), ("a", "d"), ("b", "d")}
    assert "Look at these together: A, B and D." in answer.story


def test_units_that_may_each_have_their_own(firm: Map) -> None:
    """By hand: two units use Record, which A (400, Ann) and B (1,000, Bob) support. Leads has one unit only."""
    answer = ask(firm, "overlap", "units")
    (row,) = answer.rows
    assert row.records == ("record", "east", "west", "b", "a")
    assert cell(answer, row, "At stake a year") == 400_00
    assert cell(answer, row, "Why") == (
        "2 units use it: East and West. 2 enhancement services of 2 owners support it: B and A."
    )
    assert not ask(more(firm, [crm("b", 2_000, owner="Ann")]), "overlap", "units").rows


# -- capabilities -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Crisis Communications", "Crisis Communications Management", True),
        ("Claims Handling", "Claim handling", True),
        ("Stage-Gate Governance", "Stage Gate Governance", True),
        ("Resource Capacity Planning", "IT Capacity and Resource Planning", True),
        ("Recruitment", "Recruitmnet", True),
        ("Strategic Planning", "Strategic Tax Planning", False),
        ("Fraud Detection", "Fraud Investigation", False),
        ("Payroll", "Procurement", False),
    ],
)
def test_capabilities_look_alike_by_their_names(one: str, other: str, alike: bool) -> None:
    boxes = [Capability(id=str(place), name=name, position=place) for place, name in enumerate((one, other))]
    answer = ask(Map(boxes), "overlap", "capabilities")
    assert len(answer.rows) == alike


def test_doubtful_names_need_the_same_services() -> None:
    outline = "Motor Claims Settlement | owner=Ann\nMotor Claims Notification | owner=Bob"
    services = [crm("a", 100), crm("b", 60)]
    links = [("supports", key, box) for key in "ab" for box in ("motor-claims-settlement", "motor-claims-notification")]
    assert not ask(linked(outline, services, links[:2]), "overlap", "capabilities").rows
    (row,) = ask(linked(outline, services, links), "overlap", "capabilities").rows
    assert row.values[3] == pytest.approx(200 / 3)
    assert (*row.values[:3], *row.values[4:]) == (
        "capabilities",
        "1 Motor Claims Settlement",
        "2 Motor Claims Notification",
        80_00,
        "The names are alike by 67 %. A and B support both. Two owners: Ann and Bob.",
    )


def test_box_and_what_is_inside_it_and_references_do_not_overlap() -> None:
    current = linked("Billing\n    Billing Management\nAgain | alias_of=billing", [], [])
    assert not ask(current, "overlap", "capabilities").rows


def test_box_with_several_owners() -> None:
    answer = ask(linked("Billing | owner=Ann; Bob", [], []), "overlap")
    assert answer.sentence == "1 capability has several owners."
    assert answer.rows[0].values[-1] == "2 owners: Ann and Bob."


def test_crowd_of_one_name_is_told_as_a_chain_and_the_list_ends() -> None:
    crowd: list[Record] = [Capability(id=f"c{place}", name="New box", position=place) for place in range(200)]
    assert len(ask(Map(crowd), "overlap").rows) == 199
    names = [Capability(id=f"c{place}", name=f"Word {place % 60}", position=place) for place in range(4_000)]
    answer = ask(Map(names), "overlap", "capabilities")
    assert len(answer.rows) == MOST_PAIRS
    assert f"Only the first {MOST_PAIRS:,} pairs of capabilities that look alike are listed." in answer.story


def test_nothing_is_done_twice_and_wrong_words() -> None:
    current = linked("Sell", [], [])
    assert ask(current, "overlap").sentence == "Nothing is found to be done twice."
    assert ask(current, "overlap", "Units").sentence == "Nothing among the units is found to be done twice."
    with pytest.raises(UsageError, match="Overlap is asked of services, capabilities or units"):
        ask(current, "overlap", "projects")
