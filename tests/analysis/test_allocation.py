"""Allocation: shares become parts, cost runs down them and through circles, and cents add up. Held against a reckoning
with fractions that shares no code with it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capmap.analysis.allocation import SOLVED_WHOLE, Flow, in_cents, parts

Graph = dict[str, list[tuple[str, float]]]


# -- shares -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([], []),
        ([50.0, 50.0], [0.5, 0.5]),
        ([30.0, 20.0], [0.3, 0.2]),  # half of it is nobody's
        ([None, None, None, None], [0.25, 0.25, 0.25, 0.25]),
        ([40.0, None, None], [0.4, 0.3, 0.3]),
        ([60.0, 60.0, None], [0.5, 0.5, 0.0]),  # too much: scaled, and nothing is left for the blank one
        ([100.0, None], [1.0, 0.0]),
        ([0.0, None], [0.0, 1.0]),
        ([0.0, 0.0], [0.0, 0.0]),
    ],
)
def test_parts(shares: list[float | None], expected: list[float]) -> None:
    assert parts(shares) == pytest.approx(expected)


# -- cents ------------------------------------------------------------------------------------------------


def test_cents_left_over_go_to_those_that_lost_most() -> None:
    assert in_cents({"a": 33.3, "b": 33.3, "c": 33.4}, 100) == {"a": 33, "b": 33, "c": 34}
    assert in_cents({"a": 0.5, "b": 0.25, "c": 0.25}, 1) == {"a": 1, "b": 0, "c": 0}
    assert in_cents({"a": -0.6, "b": -0.4}, -1) == {"a": -1, "b": 0}
    assert in_cents({}, 0) == {}


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30), st.integers(-3, 3))
def test_cents_add_up_to_the_total(amounts: list[float], off: int) -> None:
    named = {str(index): amount for index, amount in enumerate(amounts)}
    total = round(sum(amounts)) + off
    cents = in_cents(named, total)
    assert sum(cents.values()) == total
    room = 1 + abs(total - sum(amounts)) + 1e-3
    assert all(abs(cents[key] - named[key]) <= room for key in named)


# -- circles ----------------------------------------------------------------------------------------------


def test_circle_that_leaks_is_solved() -> None:
    """By hand: a hands half to b and half to the box; b hands all to a. a = 100 + b, b = a / 2, so a = 200 and b = 100;
    the box gets half of 200 = 100, all that there was.
    """
    flow = Flow({"a": [("b", 0.5), ("box", 0.5)], "b": [("a", 1.0)]})
    loads = flow.loads({"a": 100.0})
    assert loads.carried == pytest.approx({"a": 200.0, "b": 100.0})
    assert loads.stuck == {}


def test_circle_that_hands_out_nothing_keeps_what_comes_in() -> None:
    flow = Flow({"a": [("b", 1.0)], "b": [("a", 1.0)], "c": [("a", 0.5), ("box", 0.5)]})
    loads = flow.loads({"a": 10.0, "c": 100.0})
    assert loads.stuck == pytest.approx({"a": 60.0, "b": 0.0})


def test_circle_that_hardly_leaks_loses_nothing() -> None:
    """By hand: of each round a ten-thousandth goes to the box, so in the end all of it does; a carries 100 / 0.0001."""
    flow = Flow({"a": [("b", 0.9999), ("box", 0.0001)], "b": [("a", 1.0)]})
    assert flow.loads({"a": 100.0}).carried["a"] * 0.0001 == pytest.approx(100.0, rel=1e-9)


def test_what_nobody_takes_is_kept() -> None:
    flow = Flow({"a": [("box", 0.3)], "b": [("box", 0.1)] * 10})
    assert flow.kept("a") == pytest.approx(0.7)
    assert flow.kept("b") == 0.0


# -- against fractions ------------------------------------------------------------------------------------


ExactGraph = Mapping[str, Sequence[tuple[str, Fraction]]]


def exact(graph: Graph) -> ExactGraph:
    return {giver: [(taker, Fraction(part)) for taker, part in takers] for giver, takers in graph.items()}


def reckoned(graph: ExactGraph, own: Mapping[str, Fraction]) -> tuple[dict[str, Fraction], Fraction]:
    """What every box gets and what is left, exactly: equations solved by Gauss, after services that lead nowhere out
    are taken to keep all that they get.
    """
    none = Fraction(0)
    weights: dict[str, dict[str, Fraction]] = {giver: {} for giver in graph}
    for giver, takers in graph.items():
        for taker, part in takers:
            weights[giver][taker] = weights[giver].get(taker, none) + part
    outlets = {giver for giver in graph if sum(weights[giver].values(), none) < 1}
    while True:
        further = {
            giver
            for giver in graph
            if any(part and (taker not in graph or taker in outlets) for taker, part in weights[giver].items())
        }
        if further <= outlets:
            break
        outlets |= further
    names = sorted(outlets)
    matrix = [
        [Fraction(taker == giver) - weights[giver].get(taker, none) for giver in names] + [own[taker]]
        for taker in names
    ]
    for column in range(len(names)):
        pivot = next(row for row in range(column, len(names)) if matrix[row][column])
        matrix[column], matrix[pivot] = matrix[pivot], matrix[column]
        for row in range(len(names)):
            if row != column and matrix[row][column]:
                factor = matrix[row][column] / matrix[column][column]
                matrix[row] = [one - factor * other for one, other in zip(matrix[row], matrix[column], strict=True)]
    carried = {name: matrix[index][-1] / matrix[index][index] for index, name in enumerate(names)}
    boxes: dict[str, Fraction] = {}
    for giver, load in carried.items():
        for taker, part in weights[giver].items():
            if taker not in graph:
                boxes[taker] = boxes.get(taker, none) + load * part
    return boxes, sum(own.values(), none) - sum(boxes.values(), none)


def poured(graph: Graph, own: dict[str, int]) -> tuple[dict[str, float], float]:
    """The same by the code under test."""
    flow = Flow(graph)
    loads = flow.loads({service: float(cents) for service, cents in own.items()})
    boxes: dict[str, float] = {}
    for giver, takers in graph.items():
        for taker, part in takers:
            if taker not in graph:
                boxes[taker] = boxes.get(taker, 0.0) + loads.carried[giver] * part
    left = sum(loads.carried[service] * flow.kept(service) for service in graph)
    return boxes, left + sum(loads.stuck.values())


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Graph, dict[str, int]]:
    """Up to seven services with any dependencies, circles among them, and shares of every kind."""
    services = [f"s{index}" for index in range(draw(st.integers(1, 7)))]
    share = st.one_of(st.none(), st.sampled_from([0.0, 10.0, 25.0, 50.0, 60.0, 99.9, 100.0]), st.floats(0, 100))
    graph: Graph = {}
    for service in services:
        takers = draw(st.lists(st.sampled_from([*services, "b0", "b1", "b2"]), unique=True, max_size=5))
        takers = [taker for taker in takers if taker != service]
        graph[service] = list(zip(takers, parts([draw(share) for _ in takers]), strict=True))
    own = {service: draw(st.integers(-10_000, 10_000_000)) for service in services}
    return graph, own


@settings(max_examples=400)
@given(graphs())
def test_cost_lands_where_fractions_say(drawn: tuple[Graph, dict[str, int]]) -> None:
    graph, own = drawn
    # Machine numbers that all but add up to 1 leave next to nothing, which is nothing by the rule of the code.
    graph = {giver: rounded_off(takers) for giver, takers in graph.items()}
    boxes, left = reckoned(exact(graph), {service: Fraction(cents) for service, cents in own.items()})
    found, found_left = poured(graph, own)
    assert set(found) >= set(boxes)
    for box, amount in found.items():
        assert amount == pytest.approx(float(boxes.get(box, Fraction(0))), rel=1e-6, abs=1e-3)
    assert found_left == pytest.approx(float(left), rel=1e-6, abs=1e-3)


def rounded_off(takers: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Parts in steps of a millionth of 1 that keep their sum at 1 at most, so that no sliver is left by rounding."""
    steps = [(taker, int(part * 2**20)) for taker, part in takers]
    whole = sum(part for _, part in takers)
    if steps and whole > 1 - 1e-9:
        taker, step = steps[0]
        steps[0] = (taker, step + 2**20 - sum(step for _, step in steps))
    return [(taker, step / 2**20) for taker, step in steps]


@pytest.mark.parametrize("size", [SOLVED_WHOLE - 10, SOLVED_WHOLE + 10])
def test_large_circle_is_shared_out_to_the_last_cent(size: int) -> None:
    """All services in one circle with chords: whether solved or poured, each carries its own cost and what is handed to
    it, and the boxes get all but what is kept.
    """
    chance = random.Random(size)
    graph: Graph = {}
    for index in range(size):
        takers = [f"s{(index + 1) % size}", f"s{chance.randrange(size)}", f"b{chance.randrange(9)}"]
        graph[f"s{index}"] = [(taker, 0.3) for taker in dict.fromkeys(takers) if taker != f"s{index}"]
    own = {service: chance.randrange(10_000_000) for service in graph}
    carried = Flow(graph).loads({service: float(cents) for service, cents in own.items()}).carried
    for service, load in carried.items():
        handed = sum(
            carried[giver] * part for giver, takers in graph.items() for taker, part in takers if taker == service
        )
        assert load == pytest.approx(own[service] + handed, rel=1e-9)
    boxes, left = poured(graph, own)
    assert sum(boxes.values()) + left == pytest.approx(sum(own.values()), abs=0.01)
    assert left > 0
