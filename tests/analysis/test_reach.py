"""Reach: what a service, provider, project or unit touches, step by step, and by which routes."""

from __future__ import annotations

import pytest
from linked import linked

from capmap.analysis.reach import in_words, lit_boxes, reach, reached_by, routes_to
from capmap.model import edits
from capmap.model.map import Map
from capmap.model.records import Project, Provider, Service, Unit


@pytest.fixture
def shop() -> Map:
    """Hosting carries the till and the web shop; the till needs a card service as well."""
    return linked(
        """
Sell
    Advise
    Take payment
    Sell online
        Show goods
        Take orders
Run
    Count stock
""",
        [
            Provider(id="cloudy", name="Cloudy"),
            Service(id="hosting", name="Hosting", provider="cloudy"),
            Service(id="till", name="Till"),
            Service(id="web", name="Web shop"),
            Service(id="cards", name="Cards"),
            Project(id="new-till", name="New till", funding_unit="floor"),
            Unit(id="floor", name="Shop floor"),
        ],
        [
            ("supports", "till", "take-payment"),
            ("supports", "till", "count-stock"),
            ("supports", "web", "sell-online"),
            ("supports", "cards", "take-payment"),
            ("depends on", "till", "hosting"),
            ("depends on", "web", "hosting"),
            ("depends on", "web", "till"),
            ("improves", "new-till", "advise"),
            ("changes", "new-till", "till"),
            ("uses", "floor", "advise"),
        ],
    )


def test_a_service_touches_what_it_supports_then_what_depends_on_it(shop: Map) -> None:
    found = reach(shop, ["till"])
    assert set(found.routes) == {"take-payment", "count-stock"}
    assert in_words(shop, found) == "Till supports 2 boxes."
    further = found.next()
    assert set(further.routes) == {"take-payment", "count-stock", "sell-online"}
    assert in_words(shop, further) == "Till supports 2 boxes; with what depends on it 3."
    assert not further.goes_on
    assert further.next() is further
    assert further.next(-1).routes == found.routes
    assert found.next(-1) is found


def test_what_it_depends_on_is_no_part_of_the_reach(shop: Map) -> None:
    assert set(reach(shop, ["cards"], 8).routes) == {"take-payment"}


def test_a_service_without_boxes_begins_where_it_touches_some(shop: Map) -> None:
    found = reach(shop, ["hosting"])
    assert (found.first, set(found.routes)) == (2, {"take-payment", "count-stock", "sell-online"})
    assert in_words(shop, found) == "Hosting touches 3 boxes, 2 steps away."


def test_a_step_that_adds_nothing_is_passed(shop: Map) -> None:
    found = reach(shop, ["floor"])
    assert set(found.routes) == {"advise"}
    further = found.next()
    assert (further.steps, set(further.routes)) == (3, {"advise", "take-payment", "count-stock"})
    assert in_words(shop, further) == "Shop floor uses 1 box; with 2 steps more 3."


def test_several_records_reach_together(shop: Map) -> None:
    found = reach(shop, ["till", "cards"])
    assert in_words(shop, found) == "2 services support 2 boxes."
    assert routes_to(shop, found, "take-payment") == ["Till supports Take payment.", "Cards supports Take payment."]


def test_every_route_to_a_box_is_told_the_shortest_first(shop: Map) -> None:
    found = reach(shop, ["hosting"], 3)
    assert routes_to(shop, found, "sell-online") == [
        "Hosting is needed by Web shop, which supports Sell online.",
        "Hosting is needed by Till, which is needed by Web shop, which supports Sell online.",
    ]
    assert len(routes_to(shop, found, "sell-online", 1)) == 1


def test_boxes_inside_and_references_are_lit_with_a_box(shop: Map) -> None:
    shop.apply(edits.add_alias(shop, "take-orders", into="run"))
    (alias,) = shop.aliases_of("take-orders")
    assert lit_boxes(shop, ["sell-online"]) == {"sell-online", "show-goods", "take-orders", alias}
    found = reach(shop, ["web"])
    assert reached_by(shop, found, "show-goods") == "sell-online"
    assert reached_by(shop, found, alias) is None
    assert reached_by(shop, found, "advise") is None


def test_what_is_gone_touches_nothing(shop: Map) -> None:
    assert not reach(shop, ["gone"]).routes
    assert in_words(shop, reach(shop, ["gone"])) == ""
    assert in_words(shop, reach(shop, ["cloudy", "gone"])) == "Cloudy touches 3 boxes, 3 steps away."


def test_a_circle_of_services_ends() -> None:
    circle = linked(
        "Sell",
        [Service(id=key, name=key) for key in "abc"],
        [("depends on", "a", "b"), ("depends on", "b", "c"), ("depends on", "c", "a"), ("supports", "a", "sell")],
    )
    found = reach(circle, ["c"], 8)
    assert set(found.routes) == {"sell"}
    assert routes_to(circle, found, "sell") == ["c is needed by b, which is needed by a, which supports Sell."]
