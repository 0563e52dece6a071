"""The graph: what it holds, the routes it finds, and that it stays in step with every edit and undo."""

from __future__ import annotations

import random
from typing import Any

from linked import linked, more

from capmap.graph import Graph
from capmap.model import edits, rules
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import LINK_ENDS, Demand, Link, Project, Provider, Record, Service, Unit, evolve

OUTLINE = "Sell\n    Serve\n    Ship"


def shop() -> Map:
    return linked(
        OUTLINE,
        [
            Provider(id="host", name="Host"),
            Service(id="till", name="Till", provider="host"),
            Service(id="net", name="Net"),
            Unit(id="floor", name="Floor"),
            Project(id="new", name="New", funding_unit="floor"),
            Demand(id="wish", name="Wish", unit="floor", project="new"),
        ],
        [
            ("supports", "till", "serve", {"share": 40.0}),
            ("depends on", "till", "net"),
            ("improves", "new", "ship"),
            ("uses", "floor", "serve"),
            ("asks for", "wish", "ship"),
        ],
    )


def edges(graph: Graph) -> set[tuple[str, str, str]]:
    return {(source, target, data["type"]) for source, target, data in graph.network.edges(data=True)}


def test_links_and_the_fields_that_work_like_links_are_edges() -> None:
    graph = Graph(shop())
    assert edges(graph) == {
        ("till", "serve", "supports"),
        ("till", "net", "depends on"),
        ("new", "ship", "improves"),
        ("floor", "serve", "uses"),
        ("wish", "ship", "asks for"),
        ("till", "host", "is delivered by"),
        ("new", "floor", "is funded by"),
        ("wish", "floor", "is asked by"),
        ("wish", "new", "became"),
    }
    assert graph.network.nodes["till"]["kind"] == "service"
    assert graph.network.nodes["sell"]["kind"] == "capability"
    ((_, _, data),) = graph.network.in_edges("net", data=True)
    assert data["edge"].link.type == "depends on"


def test_graph_of_some_types_holds_only_their_ends() -> None:
    graph = Graph(shop(), ("depends on",))
    assert set(graph.network) == {"till", "net"}
    assert edges(graph) == {("till", "net", "depends on")}


def test_reach_goes_over_edges_both_ways_by_the_shortest_route() -> None:
    graph = Graph(shop())
    routes = graph.reach("new", 2)
    assert [hop.to for hop in routes["wish"]] == ["wish"]
    assert [hop.to for hop in routes["serve"]] == ["floor", "serve"]
    assert "till" not in routes
    assert graph.reach("new", 1).keys() == {"ship", "floor", "wish"}
    assert "serve" not in graph.reach("new", 2, through=lambda kind: kind != "unit")
    assert graph.reach("not there", 2) == {}


def test_nothing_is_built_until_somebody_looks() -> None:
    current = shop()
    graph = Graph(current)
    change = edits.remove(current, ["till"])
    current.apply(change)
    graph.follow(change)
    assert "till" not in graph.network


def some_edit(chance: random.Random, current: Map) -> Change:
    """An edit of any kind that touches records or links."""
    things = [record for record in current if record.kind not in ("settings", "link")]
    links = list(current.all(Link))
    what = chance.randrange(7)
    if what == 0 and len(things) > 6:
        return edits.remove(current, [chance.choice(things).id])
    if what == 1 and links:
        return edits.remove(current, [chance.choice(links).id])
    if what == 2 and links:
        return Change.of("Share", current, [evolve(chance.choice(links), share=float(chance.randrange(100)))])
    if what == 3:
        providers = [None, *(record.id for record in current.all(Provider))]
        services = [evolve(each, provider=chance.choice(providers)) for each in current.all(Service)]
        return Change.of("Provider", current, services)
    if what == 4:
        return edits.add(current, "Box", chance.choice([None, *current.child_ids(None)]))
    if what == 5:
        return edits.create(current, Service(id=f"s{len(current)}-{chance.random()}", name="Service"))
    type_ = chance.choice(list(LINK_ENDS))
    ends = [[record for record in things if record.kind == kind] for kind in LINK_ENDS[type_]]
    if not all(ends):
        return Change("Nothing", {}, {})
    source, target = (chance.choice(records).id for records in ends)
    if rules.why_not_link(current, type_, source, target):
        return Change("Nothing", {}, {})
    return edits.link(current, type_, source, target)


def content(graph: Graph) -> tuple[dict[str, Any], dict[tuple[str, str, str], Any]]:
    network = graph.network
    return {node: network.nodes[node] for node in network}, {
        ends[:3]: ends[3] for ends in network.edges(keys=True, data=True)
    }


def test_graph_kept_by_changes_is_the_graph_built_afresh() -> None:
    for seed in range(60):
        chance = random.Random(seed)
        current = more(shop())
        types = ("depends on", "supports", "is delivered by")
        whole, part = Graph(current), Graph(current, types)
        assert whole.network is not None
        assert part.network is not None
        done: list[Change] = []
        for _ in range(25):
            if done and chance.random() < 0.25:
                change = done.pop().inverse()
            else:
                change = some_edit(chance, current)
                done.append(change)
            current.apply(change)
            whole.follow(change)
            part.follow(change)
        assert content(whole) == content(Graph(current)), seed
        assert content(part) == content(Graph(current, types)), seed


def test_record_that_refers_to_nothing_makes_no_edge() -> None:
    records: list[Record] = [Service(id="till", name="Till", provider="gone")]
    current = more(linked("Sell", records, []), [Link(id="x", type="supports", source="till", target="gone")])
    assert edges(Graph(current)) == set()
