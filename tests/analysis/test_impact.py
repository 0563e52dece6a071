"""Impact: what stops and what degrades, held against a small shop reckoned by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from linked import ask, cell, linked, more, row_of

from capmap.analysis import Answer
from capmap.errors import UsageError
from capmap.model.map import Map
from capmap.model.records import Demand, Objective, Project, Provider, Service, Unit

STOPS, DEGRADES = {"effect": "stops"}, {"effect": "degrades"}
OUTLINE = """
Sell
    Serve | importance=5
    Ship | importance=4
    Advise | importance=3
Run
    Pay | importance=4
    Count | importance=2
"""


def service(key: str, cost: int = 0, **values: Any) -> Service:
    live = {"live_from": dt.date(2020, 1, 1)}
    return Service(id=key, name=key.capitalize(), run_cost=cost * 100 or None, **{**live, **values})


@pytest.fixture
def shop() -> Map:
    """net <-stops- till <-stops- loyalty; ledger <-degrades- till; till <-degrades- web <-degrades- news.

    Serve: till (fit 4).  Ship: till and courier (fit 4).  Advise: loyalty and paper (fit 1).  Pay: ledger.  Count: web.
    """
    return linked(
        OUTLINE,
        [
            Provider(id="host", name="Host & Co", contract_end=dt.date(2027, 6, 30)),
            service("net", 1_000, provider="host"),
            service("till", 500),
            service("loyalty", 50),
            service("ledger", 300, provider="host"),
            service("web", 80),
            service("news", 10),
            service("courier", 70),
            service("paper", 5),
            Unit(id="floor", name="Shop floor"),
            Unit(id="office", name="Office"),
            Objective(id="happy", name="Happy customers"),
            Project(id="faster", name="Faster tills", status="running", budget=20_000_00),
            Project(id="older", name="Old tills", status="done", budget=9_000_00),
        ],
        [
            ("depends on", "till", "net", STOPS | {"note": "No card payments."}),
            ("depends on", "loyalty", "till", STOPS),
            ("depends on", "till", "ledger", DEGRADES),
            ("depends on", "web", "till", DEGRADES),
            ("depends on", "news", "web", DEGRADES),
            ("supports", "till", "serve", {"fit": 4, "share": 60.0}),
            ("supports", "till", "ship", {"fit": 4, "share": 40.0}),
            ("supports", "courier", "ship", {"fit": 4}),
            ("supports", "loyalty", "advise", {"fit": 4}),
            ("supports", "paper", "advise", {"fit": 1}),
            ("supports", "ledger", "pay"),
            ("supports", "web", "count"),
            ("uses", "floor", "serve"),
            ("uses", "floor", "ship"),
            ("uses", "floor", "count"),
            ("uses", "office", "pay"),
            ("uses", "office", "ship"),
            ("needs", "happy", "serve"),
            ("changes", "faster", "till"),
            ("changes", "older", "till"),
        ],
    )


def effects(answer: Answer, kind: str) -> dict[str, str]:
    return {row.records[0]: str(row.values[0]) for row in answer.rows if row.values[1] == kind}


def test_service_that_stops_takes_along_what_cannot_do_without_it(shop: Map) -> None:
    """By hand: net off -> till stops -> loyalty stops; web degrades (till stopped); news leans lightly on web, which
    only degrades: untouched. Ledger does not depend on anything.

    Serve stops (its only service). Ship degrades (courier is left). Advise stops (paper has fit 1). Count degrades (web
    does). Pay is untouched.
    """
    answer = ask(shop, "impact", "Net")
    assert effects(answer, "service") == {"net": "stops", "till": "stops", "loyalty": "stops", "web": "degrades"}
    assert effects(answer, "capability") == {
        "serve": "stops",
        "advise": "stops",
        "ship": "degrades",
        "count": "degrades",
    }
    assert effects(answer, "unit") == {"floor": "hit", "office": "hampered"}
    assert effects(answer, "objective") == {"happy": "hit"}
    assert effects(answer, "project") == {"faster": "hit"}
    assert answer.sentence == "If Net stops, 2 capabilities stop and 2 more degrade."


def test_page_tells_what_a_manager_asks_next(shop: Map) -> None:
    """By hand: what stops costs 1,000 + 500 + 50 = 1,550 a year."""
    assert ask(shop, "impact", "net").story == (
        "Among what stops, of importance 4 or 5: Serve.",
        "Other services still support Ship, so it degrades but does not stop.",
        "Hit hardest: Shop floor (3 of its 3 capabilities).",
        "1 objective needs what stops: Happy customers.",
        "2 other services stop with it: Till and Loyalty.",
        "1 other service degrades: Web.",
        "What stands still costs EUR 1,550 a year to run, EUR 1,000 of it for Net.",
        "1 open project with a budget of EUR 20,000 works on what stops: Faster tills.",
    )


@pytest.mark.parametrize(
    ("record", "path", "why"),
    [
        ("serve", ("net", "till", "serve"), "Till, its only service, stops without Net."),
        ("ship", ("net", "till", "ship"), "Till stops; Courier still supports it."),
        (
            "advise",
            ("net", "till", "loyalty", "advise"),
            "Loyalty stops without Till, which stops without Net; what is left cannot carry it: Paper (fit 1).",
        ),
        ("count", ("net", "till", "web", "count"), "Web degrades without Till, which stops without Net."),
        ("till", ("net", "till"), "Stops without Net. No card payments."),
        ("net", ("net",), "Is switched off."),
        (
            "floor",
            ("net", "till", "serve", "floor"),
            "Uses 3 capabilities, all affected: Serve stops, Ship degrades and Count degrades.",
        ),
        ("office", ("net", "till", "ship", "office"), "Uses 2 capabilities, 1 of which is affected: Ship degrades."),
        ("faster", ("net", "till", "faster"), "Works on what is affected: Till stops."),
    ],
)
def test_every_row_shows_its_proof(shop: Map, record: str, path: tuple[str, ...], why: str) -> None:
    answer = ask(shop, "impact", "net")
    row = row_of(answer, record)
    assert row.path == path
    assert cell(answer, row, "Why") == why


def test_rows_put_the_worst_and_most_important_first(shop: Map) -> None:
    order = [row.records[0] for row in ask(shop, "impact", "net").rows]
    assert order[:8] == ["serve", "advise", "ship", "count", "net", "till", "loyalty", "web"]
    assert order[8:] == ["floor", "office", "happy", "faster"]


def test_what_degrades_does_not_stop_what_leans_on_it(shop: Map) -> None:
    """By hand: ledger off -> till degrades -> loyalty, which would stop without till, degrades with it; web leans
    lightly on a till that only degrades: untouched.
    """
    answer = ask(shop, "impact", "ledger")
    assert effects(answer, "service") == {"ledger": "stops", "till": "degrades", "loyalty": "degrades"}
    assert effects(answer, "capability") == {
        "pay": "stops",
        "serve": "degrades",
        "ship": "degrades",
        "advise": "degrades",
    }
    assert cell(answer, row_of(answer, "advise"), "Why") == "Loyalty degrades with Till, which degrades without Ledger."


def test_provider_takes_all_its_services_along(shop: Map) -> None:
    answer = ask(shop, "impact", "Host & Co")
    assert answer.sentence == "If Host & Co stops delivering, 2 services stop: 3 capabilities stop and 2 more degrade."
    assert row_of(answer, "serve").path == ("host", "net", "till", "serve")
    assert answer.story[-1] == "The contract with Host & Co ends on 30 June 2027."
    assert "EUR 1,300 of it for Host & Co." in " ".join(answer.story)


def test_service_on_a_box_around_stands_in(shop: Map) -> None:
    current = more(shop, [service("desk")], [("supports", "desk", "sell", {"fit": 3})])
    assert effects(ask(current, "impact", "net"), "capability")["serve"] == "degrades"


@pytest.mark.parametrize(
    ("lifecycle", "stands_in"),
    [
        ({"live_from": None}, True),
        ({"live_from": dt.date(2027, 1, 1)}, False),
        ({"pilot_from": dt.date(2026, 1, 1), "live_from": dt.date(2027, 1, 1)}, False),
        ({"phase_out_from": dt.date(2026, 1, 1)}, True),
        ({"retired_from": dt.date(2026, 1, 1)}, False),
    ],
)
def test_only_what_is_live_stands_in(shop: Map, lifecycle: dict[str, Any], stands_in: bool) -> None:
    current = more(shop, [service("courier", **lifecycle)])
    assert effects(ask(current, "impact", "net"), "capability")["ship"] == ("degrades" if stands_in else "stops")


def test_dependencies_in_a_circle_end(shop: Map) -> None:
    current = more(shop, [], [("depends on", "net", "loyalty", STOPS)])
    answer = ask(current, "impact", "loyalty")
    assert effects(answer, "service")["till"] == "stops"
    assert row_of(answer, "serve").path == ("loyalty", "net", "till", "serve")


def test_dependency_without_a_known_effect_degrades() -> None:
    current = linked(
        "Sell", [service("one"), service("two")], [("depends on", "one", "two"), ("supports", "one", "sell")]
    )
    assert effects(ask(current, "impact", "two"), "capability") == {"sell": "degrades"}


@pytest.mark.parametrize(
    ("lifecycle", "sentence"),
    [
        ({"live_from": dt.date(2027, 3, 1)}, "Gift is not live before 1 March 2027, so nothing stops today."),
        ({"retired_from": dt.date(2026, 1, 1)}, "Gift is retired and supports nothing, so nothing stops."),
        ({}, "If Gift stops, no capability feels it."),
    ],
)
def test_service_that_nothing_feels(lifecycle: dict[str, Any], sentence: str) -> None:
    assert ask(linked("Sell", [service("gift", **lifecycle)], []), "impact", "gift").sentence == sentence


def test_service_used_after_its_end_still_counts() -> None:
    current = linked("Sell", [service("gift", retired_from=dt.date(2026, 1, 1))], [("supports", "gift", "sell")])
    answer = ask(current, "impact", "gift")
    assert answer.sentence == "If Gift stops, 1 capability stops."
    assert answer.story[-1] == "Gift has been past its end since 1 January 2026 and is still used."


def test_provider_without_services() -> None:
    current = linked("Sell", [Provider(id="p", name="Nobody")], [])
    assert ask(current, "impact", "Nobody").sentence == "Nobody delivers no service, so nothing stops."


# -- a unit -----------------------------------------------------------------------------------------------


def test_unit_that_stops_leaves_capabilities_services_and_projects(shop: Map) -> None:
    """By hand: the shop floor alone uses Serve and Count; Ship goes on for the office. Of the services that support
    nothing but Serve and Count, web is needed by news, and till supports Ship too: only the newly linked bell is idle,
    for the gong is still to come.
    """
    current = more(
        shop,
        [
            service("bell", 12),
            service("gong", 30, live_from=dt.date(2027, 1, 1)),
            Project(id="fresh", name="Fresh paint", status="approved", budget=1_000_00, funding_unit="floor"),
            Project(id="past", name="Past paint", status="done", budget=1_000_00, funding_unit="floor"),
            Demand(id="wish", name="A wish", unit="floor", stage="new"),
        ],
        [("supports", "bell", "serve"), ("supports", "gong", "serve")],
    )
    answer = ask(current, "impact", "shop floor")
    assert (
        answer.sentence == "If Shop floor stops, 2 capabilities are left without a user and 1 more goes on for others."
    )
    assert [(row.values[0], row.records[0]) for row in answer.rows] == [
        ("unused", "serve"),
        ("unused", "count"),
        ("goes on", "ship"),
        ("idle", "bell"),
        ("hit", "happy"),
        ("unfunded", "fresh"),
        ("dropped", "wish"),
    ]
    assert row_of(answer, "bell").path == ("floor", "serve", "bell")
    assert answer.story == (
        "1 service could be switched off, which frees EUR 12 a year: Bell.",
        "1 open project loses its funding, a budget of EUR 1,000: Fresh paint.",
        "1 demand of Shop floor falls away: A wish.",
    )


def test_unit_that_uses_nothing(shop: Map) -> None:
    current = more(shop, [Unit(id="idle", name="Idlers")])
    assert ask(current, "impact", "Idlers").sentence.startswith("Idlers is linked to no capability")


def test_question_without_a_name_says_what_it_takes(shop: Map) -> None:
    with pytest.raises(UsageError, match="Say which service, provider or unit is meant, by its name or code"):
        ask(shop, "impact", "")
