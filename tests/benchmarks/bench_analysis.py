"""The questions that reckon over the whole graph, on 10,000 capabilities, 2,000 services and 50,000 links."""

from __future__ import annotations

import datetime as dt
import gc
import random
from collections import deque
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from benchmarks.conftest import Beside
from benchmarks.trees import tree
from capmap.analysis import QUESTIONS
from capmap.analysis.allocation import Flow
from capmap.analysis.costs import shares_of
from capmap.analysis.failure import failure
from capmap.graph import Graph
from capmap.model.map import Map
from capmap.model.records import (
    ARCHETYPES,
    EFFECTS,
    LINK_ENDS,
    Link,
    Objective,
    Project,
    Provider,
    Record,
    Service,
    Unit,
)

pytestmark = pytest.mark.benchmark(group="analysis")

ON = dt.date(2026, 11, 30)
CAPABILITIES, SERVICES, LINKS = 10_000, 2_000, 50_000
HUB = "s1500"
"""A service that most others lean on, directly or not."""
OTHERS = {Provider: 60, Project: 300, Unit: 40, Objective: 120}
MIX = {"supports": 50, "depends on": 24, "improves": 8, "changes": 4, "uses": 10, "needs": 4}
"""Of how many percent of the links each type is."""


@cache
def linked_map() -> Map:
    """A map of that size; a twentieth of the dependencies run in circles."""
    chance = random.Random(7)
    records: list[Record] = list(tree(CAPABILITIES))
    records += [Provider(id=f"v{index}", name=f"Provider {index}") for index in range(OTHERS[Provider])]
    records += [
        Service(
            id=f"s{index}",
            name=f"Service {index}",
            provider=f"v{chance.randrange(OTHERS[Provider])}",
            archetype=chance.choice(ARCHETYPES),
            owner=f"Owner {chance.randrange(200)}",
            live_from=dt.date(chance.randint(2005, 2025), 1, 1),
            run_cost=chance.randrange(10_000_000, 300_000_000),
        )
        for index in range(SERVICES)
    ]
    records += [Unit(id=f"u{index}", name=f"Unit {index}") for index in range(OTHERS[Unit])]
    records += [Objective(id=f"o{index}", name=f"Objective {index}") for index in range(OTHERS[Objective])]
    records += [
        Project(
            id=f"p{index}",
            name=f"Project {index}",
            status="running",
            start=dt.date(2025, 1, 1),
            end=dt.date(2027, chance.randint(1, 12), 1),
            budget=chance.randrange(50_000_000, 900_000_000),
        )
        for index in range(OTHERS[Project])
    ]
    ids: dict[str, list[str]] = {}
    for record in records:
        ids.setdefault(record.kind, []).append(record.id)
    seen: set[tuple[str, str, str]] = set()
    while len(seen) < LINKS:
        (type_,) = chance.choices(list(MIX), weights=list(MIX.values()))
        ends = LINK_ENDS[type_]
        source, target = chance.choice(ids[ends[0]]), chance.choice(ids[ends[1]])
        downhill = type_ != "depends on" or int(source[1:]) < int(target[1:]) or chance.random() < 0.05
        if source == target or not downhill or (type_, source, target) in seen:
            continue
        seen.add((type_, source, target))
        values: dict[str, Any] = {"share": chance.choice((None, None, 5.0, 10.0)), "fit": chance.randint(1, 5)}
        if type_ == "depends on":
            values = {"share": chance.choice((None, 2.0, 5.0)), "effect": chance.choice((*EFFECTS, None))}
        records.append(Link(id=f"l{len(seen)}", type=type_, source=source, target=target, **values))
    current = Map(records)
    # As the document does when it has opened a map.
    gc.collect()
    gc.freeze()
    return current


def all_links(current: Map) -> int:
    """The floor of all: one look at both ends of every link."""
    return sum(link.source in current and link.target in current for link in current.all(Link))


def dependants(current: Map) -> int:
    """The floor of an impact: a walk to all services that lean on one, and to what they support."""
    seen, waiting = {HUB}, deque([HUB])
    boxes: set[str] = set()
    while waiting:
        here = waiting.popleft()
        boxes |= {link.target for link in current.links_from(here) if link.type == "supports"}
        for link in current.links_to(here):
            if link.type == "depends on" and link.source not in seen:
                seen.add(link.source)
                waiting.append(link.source)
    return len(boxes)


def pairs(current: Map) -> int:
    """The floor of an overlap: every pair of services that meet in a capability, counted."""
    by_box: dict[str, list[str]] = {}
    for link in current.all(Link):
        if link.type == "supports":
            by_box.setdefault(link.target, []).append(link.source)
    return len({(one, other) for together in by_box.values() for one in together for other in together if one < other})


@pytest.mark.parametrize(
    ("question", "argument", "floor"),
    [
        ("impact", HUB, dependants),
        ("cost", "capability", all_links),
        ("cost", "unit", all_links),
        ("overlap", "services", pairs),
        ("overlap", "", pairs),
        ("coverage", "", all_links),
        ("timeline", "2027", all_links),
        ("touches", "p7", all_links),
    ],
)
def test_question(benchmark: Any, beside: Beside, question: str, argument: str, floor: Callable[[Map], int]) -> None:
    """One question, beside the least work on the same links that could answer it."""
    current = linked_map()
    beside(benchmark, lambda: QUESTIONS[question].ask(current, argument, ON), lambda: floor(current))


def test_graph_is_built(benchmark: Any, beside: Beside) -> None:
    """The whole networkx graph, beside one look at every link."""
    current = linked_map()
    beside(benchmark, lambda: Graph(current).network, lambda: all_links(current))


def test_failure_beside_rustworkx(benchmark: Any, beside: Beside) -> None:
    """What stops and degrades without one service, beside rustworkx finding all that lean on it in a graph that is
    built already: the same walk, without effects, stand-ins and reasons.
    """
    rustworkx = pytest.importorskip("rustworkx")
    current = linked_map()
    graph = rustworkx.PyDiGraph()
    places = {service.id: graph.add_node(service.id) for service in current.all(Service)}
    graph.add_edges_from_no_data(
        [(places[link.source], places[link.target]) for link in current.all(Link) if link.type == "depends on"]
    )
    beside(benchmark, lambda: failure(current, [HUB], ON), lambda: rustworkx.ancestors(graph, places[HUB]))


def test_circles_beside_rustworkx(benchmark: Any, beside: Beside) -> None:
    """The order in which cost runs, circles solved, beside rustworkx finding the same circles."""
    rustworkx = pytest.importorskip("rustworkx")
    current = linked_map()
    shares = shares_of(current)
    graph = rustworkx.PyDiGraph()
    places = {service: graph.add_node(service) for service in shares}
    graph.add_edges_from_no_data(
        [
            (places[giver], places[taker])
            for giver, takers in shares.items()
            for taker, part in takers
            if part and taker in shares
        ]
    )
    beside(benchmark, lambda: Flow(shares), lambda: rustworkx.strongly_connected_components(graph))
