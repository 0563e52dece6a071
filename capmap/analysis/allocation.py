"""Allocation: cost poured down a graph of shares until it rests, with nothing lost and nothing counted twice.

This is the reciprocal method of cost accounting: every service takes on its own cost and its part of what it depends
on, and hands all of that on by the shares of its links. Where services depend on each other in a circle, the circle is
solved as a system of equations, by eliminating one service after another. The elimination adds and divides and never
subtracts (Grassmann, Taksar and Heyman 1985), so it stays exact to far below a cent even where next to nothing leaves
the circle.
"""

from __future__ import annotations

import dataclasses
import math
from collections import deque
from collections.abc import Iterable, Mapping, Sequence

Shares = Mapping[str, Sequence[tuple[str, float]]]
"""Who hands cost on -> to whom, with the part of 1 that each takes. The parts of one giver add up to 1 at most."""

SOLVED_WHOLE = 150
"""The largest circle that is solved by elimination; larger ones are poured round until next to nothing moves."""
_STILL = 1e-11
"""The part of what enters a large circle that may stay in it unmoved."""
_ROUNDS = 400
NOISE = 1e-12
"""Less than this of 1 is the rounding of the machine, and not a share."""


def parts(shares: Sequence[float | None]) -> list[float]:
    """What each link takes, as a part of 1, given the shares in percent as entered.

    Links without a share split equally what the others leave of 100 %. Shares that add up to more than 100 % are
    scaled down to it. Where all links have a share and they add up to less, the rest is nobody's.
    """
    known = math.fsum(share for share in shares if share is not None)
    blank = sum(share is None for share in shares)
    scale = 1 / known if known > 100 else 0.01
    rest = max(0.0, 100 - known) / 100 / blank if blank else 0.0
    return [rest if share is None else share * scale for share in shares]


def in_cents(amounts: Mapping[str, float], total: int) -> dict[str, int]:
    """The amounts as whole cents that add up to the total: each is rounded down, and the cents left over go to those
    that lost most by it (the method of largest remainders).
    """
    cents = {key: math.floor(amount) for key, amount in amounts.items()}
    left = total - sum(cents.values())
    if left and cents:
        by_loss = sorted(amounts, key=lambda key: cents[key] - amounts[key])
        each, over = divmod(left, len(by_loss))
        for place, key in enumerate(by_loss):
            cents[key] += each + (place < over)
    return cents


@dataclasses.dataclass(frozen=True, slots=True)
class Loads:
    """What each service carries: its own cost and all that is handed to it. ``stuck`` is what goes round for ever in
    circles that hand nothing out, by service.
    """

    carried: Mapping[str, float]
    stuck: Mapping[str, float]


class Flow:
    """How cost runs between services: worked out once for a graph of shares, then used for any cost.

    ``shares`` names for every service who takes how much of its cost; takers that are no key of it keep what they get.
    """

    def __init__(self, shares: Shares) -> None:
        self._shares = shares
        self._order = _components(shares)
        self._solutions = {index: self._solve(circle) for index, circle in enumerate(self._order) if len(circle) > 1}

    def loads(self, own: Mapping[str, float]) -> Loads:
        """What each service carries, and what of it is stuck."""
        carried = {service: float(own.get(service, 0)) for service in self._shares}
        stuck: dict[str, float] = {}
        for index, circle in enumerate(self._order):
            inside = frozenset(circle) if len(circle) > 1 else frozenset[str]()
            if inside:
                stuck.update(self._solutions[index].settle(carried))
            for service in circle:
                load = carried[service]
                if load:
                    for taker, part in self._shares[service]:
                        if taker in carried and taker not in inside:
                            carried[taker] += load * part
        return Loads(carried, stuck)

    def kept(self, service: str) -> float:
        """The part of 1 of a service's load that nobody takes."""
        left = 1 - math.fsum(part for _, part in self._shares[service])
        return left if left > NOISE else 0.0

    def _solve(self, circle: list[str]) -> _Circle:
        inside = set(circle)
        within = {
            service: {taker: part for taker, part in self._shares[service] if taker in inside and part}
            for service in circle
        }
        leaks = {
            service: self.kept(service)
            + math.fsum(part for taker, part in self._shares[service] if taker not in inside)
            for service in circle
        }
        if not any(leaks.values()):
            return _Closed(circle)
        return _Eliminated(circle, within, leaks) if len(circle) <= SOLVED_WHOLE else _Poured(circle, within)


class _Circle:
    """One circle. ``settle`` turns what comes in, in ``carried``, into what each carries, and returns what is stuck."""

    def settle(self, carried: dict[str, float]) -> Mapping[str, float]:
        raise NotImplementedError


class _Closed(_Circle):
    """Nothing leaves: each keeps what came in."""

    def __init__(self, circle: Sequence[str]) -> None:
        self._services = circle

    def settle(self, carried: dict[str, float]) -> Mapping[str, float]:
        return {service: carried[service] for service in self._services}


class _Eliminated(_Circle):
    """A circle solved by taking one service after another out of it, its cost handed to whom it would reach next."""

    def __init__(self, circle: Sequence[str], within: dict[str, dict[str, float]], leaks: dict[str, float]) -> None:
        rows = {service: dict(takers) for service, takers in within.items()}
        leak = dict(leaks)
        givers: dict[str, set[str]] = {service: set() for service in circle}
        for service, takers in rows.items():
            for taker in takers:
                givers[taker].add(service)
        self._steps: list[tuple[str, float, dict[str, float], dict[str, float]]] = []
        for gone in sorted(circle, key=lambda service: len(rows[service]) * len(givers[service])):
            takers = rows.pop(gone)
            takers.pop(gone, None)
            leaving = leak[gone] + math.fsum(takers.values())
            columns = {giver: rows[giver].pop(gone) for giver in givers.pop(gone) if giver in rows}
            for giver, part in columns.items():
                passed = part / leaving
                for taker, further in takers.items():
                    rows[giver][taker] = rows[giver].get(taker, 0.0) + passed * further
                    givers[taker].add(giver)
                leak[giver] += passed * leak[gone]
            self._steps.append((gone, leaving, takers, columns))

    def settle(self, carried: dict[str, float]) -> Mapping[str, float]:
        entering = {gone: carried[gone] for gone, *_ in self._steps}
        for gone, leaving, takers, _ in self._steps:
            for taker, part in takers.items():
                entering[taker] += entering[gone] * part / leaving
        for gone, leaving, _, columns in reversed(self._steps):
            handed = math.fsum(carried[giver] * part for giver, part in columns.items())
            carried[gone] = (entering[gone] + handed) / leaving
        return {}


class _Poured(_Circle):
    """A circle too large to solve: what comes in is handed round until next to nothing moves."""

    def __init__(self, circle: Sequence[str], within: Mapping[str, Mapping[str, float]]) -> None:
        self._within = [(service, tuple(within[service].items())) for service in circle]

    def settle(self, carried: dict[str, float]) -> Mapping[str, float]:
        moving = {service: carried[service] for service, _ in self._within}
        enough = _STILL * math.fsum(abs(amount) for amount in moving.values())
        for service in moving:
            carried[service] = 0.0
        for _ in range(_ROUNDS):
            for service, takers in self._within:
                load = moving[service]
                if load:
                    moving[service] = 0.0
                    carried[service] += load
                    for taker, part in takers:
                        moving[taker] += load * part
            if math.fsum(abs(amount) for amount in moving.values()) <= enough:
                return {}
        return moving


def _components(shares: Shares) -> list[list[str]]:
    """The services, givers before takers; those of a circle together."""
    takers = {
        service: [taker for taker, part in claims if part and taker in shares] for service, claims in shares.items()
    }
    waiting_for = dict.fromkeys(shares, 0)
    for targets in takers.values():
        for taker in targets:
            waiting_for[taker] += 1
    ready = deque(service for service, count in waiting_for.items() if not count)
    order: list[list[str]] = []
    while ready:
        service = ready.popleft()
        order.append([service])
        for taker in takers[service]:
            waiting_for[taker] -= 1
            if not waiting_for[taker]:
                ready.append(taker)
    left = [service for service, count in waiting_for.items() if count]
    return [*order, *_circles(left, takers)] if left else order


def _circles(services: Iterable[str], takers: Mapping[str, Iterable[str]]) -> list[list[str]]:
    import networkx

    network: networkx.DiGraph[str] = networkx.DiGraph()
    network.add_nodes_from(services)
    network.add_edges_from((giver, taker) for giver in network for taker in takers[giver] if taker in network)
    condensed = networkx.condensation(network)
    return [sorted(condensed.nodes[index]["members"]) for index in networkx.topological_sort(condensed)]
