"""Cost: a small firm reckoned by hand, and random maps reckoned again with fractions: nothing lost, nothing twice."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from fractions import Fraction

import pytest
from linked import ask, cell, column, linked, more, row_of
from test_allocation import reckoned

from capmap.analysis.costs import NOTHING, Spending, costs, project_money, project_money_in, total
from capmap.analysis.costsplits import SPLITS
from capmap.errors import UsageError
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Project, Provider, Record, Service, Unit

OUTLINE = """
Sell
    Serve | importance=5
    Ship | importance=4
Run
    Pay | importance=2
"""


@pytest.fixture
def firm() -> Map:
    """By hand, run cost a year in euros:

    net 1,000: half to till (share 50), half nobody's.  till 500 + 500 = 1,000: Serve 60 %, Ship 40 %: 600 and 400.
    ledger 300: two links without a share: Pay 150, Ship 150.  pager 10: no link: nobody's.
    Serve 600, Ship 550, Pay 150, not linked 500 + 10 = 510; together 1,810.

    Project rebuild, 400 over 2026 and 2027 (730 days, half each): improves Serve, changes till: 200 each; till's part
    goes 120 to Serve and 80 to Ship. Project tidy, over, spent 90 in 2025: improves Pay.  In 2026: Serve 160, Ship 40.
    In all: Serve 320, Ship 80, Pay 90; together 490.
    """
    return linked(
        OUTLINE,
        [
            Provider(id="host", name="Host"),
            Service(id="net", name="Net", run_cost=1_000_00, provider="host", driver="keep running"),
            Service(id="till", name="Till", run_cost=500_00, provider="host"),
            Service(id="ledger", name="Ledger", run_cost=300_00),
            Service(id="pager", name="Pager", run_cost=10_00),
            Service(id="dream", name="Dream"),
            Project(id="rebuild", name="Rebuild", budget=400_00, start=dt.date(2026, 1, 1), end=dt.date(2027, 12, 31)),
            Project(
                id="tidy",
                name="Tidy",
                status="done",
                budget=50_00,
                spent=90_00,
                start=dt.date(2025, 3, 1),
                end=dt.date(2025, 4, 1),
                finished=dt.date(2025, 5, 1),
                driver="grow",
            ),
            Unit(id="floor", name="Floor"),
            Unit(id="office", name="Office"),
        ],
        [
            ("depends on", "till", "net", {"share": 50.0}),
            ("supports", "till", "serve", {"share": 60.0}),
            ("supports", "till", "ship", {"share": 40.0}),
            ("supports", "ledger", "pay"),
            ("supports", "ledger", "ship"),
            ("improves", "rebuild", "serve"),
            ("changes", "rebuild", "till"),
            ("improves", "tidy", "pay"),
            ("uses", "floor", "sell"),
            ("uses", "floor", "ship", {"share": 75.0}),
            ("uses", "office", "ship"),
        ],
    )


def test_capabilities_cost_what_the_hand_says(firm: Map) -> None:
    reckoning = costs(firm, 2026)
    assert reckoning.capabilities == {
        "serve": Spending(600_00, 160_00, 320_00),
        "ship": Spending(550_00, 40_00, 80_00),
        "pay": Spending(150_00, 0, 90_00),
    }
    assert reckoning.unlinked == {"net": Spending(500_00), "pager": Spending(10_00)}
    assert reckoning.whole == Spending(1_810_00, 200_00, 490_00)


def test_answer_tells_it(firm: Map) -> None:
    answer = ask(firm, "cost")
    assert answer.sentence == (
        "4 services cost EUR 1,810 a year to run; projects spend EUR 200 in 2026 and EUR 490 in all years."
    )
    assert column(answer, "Capability") == ["Serve", "Ship", "Pay", "not linked to a capability"]
    assert column(answer, "Run cost a year") == [600_00, 550_00, 150_00, 510_00]
    assert column(answer, "Change in 2026") == [160_00, 40_00, 0, 0]
    assert column(answer, "Change in all years") == [320_00, 80_00, 90_00, 0]
    assert row_of(answer, "ship").records == ("ship", "till", "ledger")
    assert row_of(answer, "ship").path == ("till", "ship")
    assert answer.rows[-1].records == ("net", "pager")
    assert "Not linked to a capability: EUR 510 of run cost (28 %), mostly from Net and Pager." in answer.story
    assert "No run cost is noted for 1 service: Dream." in answer.story


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("area", {"Sell": 1_150_00, "Run": 150_00, "not linked to a capability": 510_00}),
        # Serve has no unit of its own: that of Sell around it, the floor. Ship 75 : 25.  Pay has nobody.
        (
            "unit",
            {"Floor": 1_012_50, "Office": 137_50, "used by no unit": 150_00, "not linked to a capability": 510_00},
        ),
        ("provider", {"Host": 1_500_00, "no provider": 310_00}),
        ("driver", {"keep running": 1_000_00, "grow": 0, "no value driver": 810_00}),
    ],
)
def test_other_splits_cost_what_the_hand_says(firm: Map, group: str, expected: dict[str, int]) -> None:
    answer = ask(firm, "cost", group)
    names = column(answer, group.capitalize())
    assert dict(zip(names, column(answer, "Run cost a year"), strict=True)) == expected


def test_project_money_goes_to_the_provider_of_what_it_changes(firm: Map) -> None:
    """By hand: half of rebuild's 400 changes till, which Host delivers; the rest and all of tidy's 90 is nobody's."""
    answer = ask(firm, "cost", "provider")
    assert column(answer, "Change in all years") == [200_00, 290_00]


def test_breakdown_of_a_box_names_its_sources(firm: Map) -> None:
    answer = ask(firm, "cost", "sell")
    assert answer.sentence == (
        "Sell, with 2 boxes inside, costs EUR 1,150 a year to run; projects spend EUR 200 in 2026 and EUR 400 in all "
        "years."
    )
    assert column(answer, "From") == ["Till", "Ledger", "Rebuild"]
    assert column(answer, "Run cost a year") == [1_000_00, 150_00, 0]
    assert column(answer, "Change in all years") == [200_00, 0, 200_00]
    till, ledger, _ = answer.rows
    assert cell(answer, till, "How") == "100 % of EUR 1,000: EUR 500 of its own and EUR 500 handed on by Net."
    assert cell(answer, ledger, "How") == "50 % of EUR 300, its own run cost."
    assert till.path == ("till", "serve")


def test_breakdown_of_a_box_that_costs_nothing(firm: Map) -> None:
    alone = linked("Sell", [], [])
    assert "costs nothing that this map knows of" in ask(alone, "cost", "sell").sentence


def test_reference_to_a_box_costs_nothing_of_its_own(firm: Map) -> None:
    """A link that stands on a reference, as a foreign file may have it, counts for the box itself, once."""
    alias = Capability(id="again", name="Pay", parent="sell", position=2, alias_of="pay")
    current = more(firm, [alias, Service(id="fee", name="Fee", run_cost=7_00)], [("supports", "fee", "again")])
    assert costs(current, 2026).capabilities["pay"].run == 157_00
    assert "again" not in costs(current, 2026).capabilities
    assert ask(current, "cost", "1.3").sentence.startswith("Pay costs EUR 157")


def test_shares_above_100_are_scaled_and_told() -> None:
    current = linked(
        "One\nTwo",
        [Service(id="s", name="Big", run_cost=90_00)],
        [("supports", "s", "one", {"share": 100.0}), ("supports", "s", "two", {"share": 50.0})],
    )
    assert costs(current, 2026).capabilities == {"one": Spending(60_00), "two": Spending(30_00)}
    assert "The shares of Big add up to more than 100 % and were scaled down to it." in ask(current, "cost").story


def test_services_that_only_serve_each_other_are_not_linked() -> None:
    current = linked(
        "One",
        [Service(id="a", name="A", run_cost=70_00), Service(id="b", name="B", run_cost=30_00)],
        [("depends on", "a", "b"), ("depends on", "b", "a")],
    )
    reckoning = costs(current, 2026)
    assert not reckoning.capabilities
    assert total(reckoning.unlinked.values()) == Spending(100_00)


def test_important_and_starved_unimportant_and_costly() -> None:
    """By hand: a year 1, 2, 30, 40 and 50 euros; the lowest quarter ends at 2, the highest begins at 40."""
    outline = "A | importance=5\nB | importance=3\nC | importance=5\nD | importance=1\nE | importance=4"
    money = {"a": 1_00, "b": 2_00, "c": 30_00, "d": 40_00, "e": 50_00}
    services: list[Record] = [Service(id=f"s{box}", name=box, run_cost=cents) for box, cents in money.items()]
    current = linked(outline, services, [("supports", f"s{box}", box) for box in money])
    answer = ask(current, "cost")
    assert dict(zip(column(answer, "Capability"), column(answer, "Remark"), strict=True)) == {
        "A": "important but starved",
        "B": "",
        "C": "",
        "D": "costly but unimportant",
        "E": "",
    }


# -- years ------------------------------------------------------------------------------------------------


def project(**values: object) -> Project:
    return Project(id="p", name="P", **values)  # type: ignore[arg-type]


def test_project_falls_into_years_by_days() -> None:
    """By hand: 1 November 2025 to 31 January 2026 is 30 + 31 + 31 = 92 days; 92 euros are one a day."""
    built = project(budget=92_00, start=dt.date(2025, 11, 1), end=dt.date(2026, 1, 31))
    assert [project_money_in(built, year) for year in (2024, 2025, 2026, 2027)] == [0, 61_00, 31_00, 0]


@pytest.mark.parametrize(
    ("values", "money"),
    [
        ({"budget": 10_00}, 10_00),
        ({"budget": 10_00, "spent": 4_00}, 10_00),
        ({"budget": 10_00, "spent": 14_00}, 14_00),
        ({"spent": 4_00}, 4_00),
        ({"budget": 10_00, "spent": 4_00, "status": "done"}, 4_00),
        ({"budget": 10_00, "spent": 0, "status": "stopped"}, 0),
        ({"budget": 10_00, "status": "done"}, 10_00),
        ({}, 0),
    ],
)
def test_what_a_project_costs(values: dict[str, object], money: int) -> None:
    assert project_money(project(**values)) == money


def test_project_with_one_date_and_without_any() -> None:
    assert project_money_in(project(budget=5_00, end=dt.date(2026, 5, 5)), 2026) == 5_00
    assert project_money_in(project(budget=5_00), 2026) == 0
    current = linked("One", [project(budget=5_00)], [("improves", "p", "one")])
    answer = ask(current, "cost")
    assert "P has no date and falls into no year." in answer.story
    assert column(answer, "Change in all years") == [5_00]


def test_year_that_is_none_is_refused(firm: Map) -> None:
    with pytest.raises(UsageError, match="12 is no year"):
        ask(firm, "cost", "area 0012")
    assert ask(firm, "cost", "2027").columns[4].name == "Change in 2027"
    with pytest.raises(UsageError, match="no capability called “galaxy”"):
        ask(firm, "cost", "galaxy")


# -- random maps --------------------------------------------------------------------------------------------


def random_map(chance: random.Random) -> Map:
    """A map of any shape: circles, missing shares, shares that add up to anything, money or none, references."""
    boxes = [Capability(id=f"c{index}", name=f"Box {index}", position=index) for index in range(chance.randint(1, 6))]
    boxes += [
        Capability(id=f"d{index}", name=f"Inner {index}", parent="c0", position=index)
        for index in range(chance.randint(0, 3))
    ]
    providers = [Provider(id=f"v{index}", name=f"Provider {index}") for index in range(2)]
    units = [Unit(id=f"u{index}", name=f"Unit {index}") for index in range(chance.randint(0, 3))]
    services = [
        Service(
            id=f"s{index}",
            name=f"Service {index}",
            run_cost=chance.choice((None, 0, chance.randrange(1, 10**9), -chance.randrange(1000))),
            provider=chance.choice((None, "v0", "v1")),
            driver=chance.choice((None, "grow", "reduce risk")),
        )
        for index in range(chance.randint(1, 8))
    ]
    projects = [
        Project(
            id=f"p{index}",
            name=f"Project {index}",
            budget=chance.choice((None, chance.randrange(10**9))),
            spent=chance.choice((None, chance.randrange(10**9))),
            status=chance.choice((None, "running", "done", "stopped")),
            start=chance.choice((None, dt.date(chance.randint(2024, 2027), 1, chance.randint(1, 31)))),
            end=chance.choice((None, dt.date(chance.randint(2024, 2028), 7, chance.randint(1, 31)))),
        )
        for index in range(chance.randint(0, 4))
    ]
    records: list[Record] = [*boxes, *providers, *units, *services, *projects]
    links = []
    for type_, sources, targets, likely in (
        ("supports", services, boxes, 0.3),
        ("depends on", services, services, 0.25),
        ("improves", projects, boxes, 0.3),
        ("changes", projects, services, 0.2),
        ("uses", units, boxes, 0.2),
    ):
        links += [
            (type_, source.id, target.id, {"share": chance.choice((None, None, 0.0, 12.5, 33.0, 60.0, 100.0))})
            for source in sources
            for target in targets
            if source.id != target.id and chance.random() < likely
        ]
    return more(Map(records), [], links)


def all_money(current: Map, year: int) -> Spending:
    return Spending(
        sum(service.run_cost or 0 for service in current.all(Service)),
        sum(project_money_in(each, year) for each in current.all(Project)),
        sum(project_money(each) for each in current.all(Project)),
    )


def test_a_thousand_random_maps_add_up_to_the_cent() -> None:
    for seed in range(1_000):
        current = random_map(random.Random(seed))
        reckoning = costs(current, 2026)
        money = all_money(current, 2026)
        assert total([*reckoning.capabilities.values(), *reckoning.unlinked.values()]) == money, seed
        for name, split in SPLITS.items():
            assert total(line.spending for line in split(current, reckoning)) == money, (seed, name)
        for box, spending in reckoning.capabilities.items():
            assert total(reckoning.sources([box]).values()) == spending, (seed, box)


def exact_shares(links: Iterable[Link]) -> list[Fraction]:
    """The rule for shares, told again in fractions."""
    given = [None if link.share is None else Fraction(link.share) for link in links]
    known = sum((share for share in given if share is not None), Fraction(0))
    if known > 100:
        return [(share or Fraction(0)) / known for share in given]
    blank = given.count(None)
    return [(100 - known) / blank / 100 if share is None else share / 100 for share in given]


@pytest.mark.parametrize("measure", ["run", "projects"])
def test_random_maps_cost_what_fractions_say(measure: str) -> None:
    """Every box gets what an exact reckoning gives it, rounded to a cent up or down."""
    for seed in range(150):
        current = random_map(random.Random(seed))
        own = {
            service.id: Fraction(service.run_cost or 0) if measure == "run" else Fraction(0)
            for service in current.all(Service)
        }
        boxes: dict[str, Fraction] = {}
        for each in current.all(Project) if measure == "projects" else ():
            links = [link for link in current.links_from(each.id) if link.type in ("improves", "changes")]
            for link, part in zip(links, exact_shares(links), strict=True):
                target = own if link.type == "changes" else boxes
                target[link.target] = target.get(link.target, Fraction(0)) + project_money(each) * part
        graph = {}
        for service in current.all(Service):
            links = [link for link in current.links_from(service.id) if link.type == "supports"]
            links += [link for link in current.links_to(service.id) if link.type == "depends on"]
            takers = [link.target if link.type == "supports" else link.source for link in links]
            graph[service.id] = list(zip(takers, exact_shares(links), strict=True))
        poured, _ = reckoned(graph, own)
        for box, amount in poured.items():
            boxes[box] = boxes.get(box, Fraction(0)) + amount
        found = costs(current, 2026).capabilities
        for box in {*boxes, *found}:
            difference = getattr(found.get(box, NOTHING), measure) - boxes.get(box, Fraction(0))
            assert abs(difference) <= 1 + Fraction(1, 10**4), (seed, box)


def test_cost_of_a_project_over_all_years_is_all_of_it() -> None:
    chance = random.Random(3)
    for _ in range(300):
        first = dt.date(2020, 1, 1) + dt.timedelta(chance.randrange(2_000))
        built = project(budget=chance.randrange(10**9), start=first, end=first + dt.timedelta(chance.randrange(2_000)))
        assert sum(project_money_in(built, year) for year in range(2015, 2035)) == built.budget
