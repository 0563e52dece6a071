"""Splits: the costs of a map by capability, area, unit, provider or value driver, each adding up to the whole."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Mapping

from capmap.analysis.allocation import NOISE, in_cents, parts
from capmap.analysis.costs import NOTHING, Costs, Spending, project_money, project_money_in, project_parts, total
from capmap.model.map import Map
from capmap.model.records import Link, Project, Provider, Service, Unit


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One line of a split: what it is called, the record that it is about (None for a rest or a word), its money, and
    the records from which that comes, the largest first.
    """

    name: str
    record: str | None
    spending: Spending
    sources: tuple[str, ...]
    is_rest: bool = False


Split = Callable[[Map, Costs], list[Line]]
_Heaps = dict[str | None, dict[str, Spending]]
"""What a line is about (None: the rest) -> where its money comes from -> how much."""


def by_capability(current: Map, reckoned: Costs) -> list[Line]:
    """Every box with what is linked to it itself, not to the boxes inside it."""
    lines = [
        Line(current.capability(box).name, box, spending, reckoned.biggest(box))
        for box, spending in reckoned.capabilities.items()
    ]
    return [*_ordered(lines), *_rest("not linked to a capability", reckoned.unlinked)]


def by_area(current: Map, reckoned: Costs) -> list[Line]:
    """The boxes of the top level, each with all that is inside it."""
    heaps: _Heaps = {}
    for box, spending in reckoned.capabilities.items():
        heaps.setdefault(current.path(box)[0].id, {})[box] = spending
    return [
        *_lines(heaps, lambda area: current.capability(area).name),
        *_rest("not linked to a capability", reckoned.unlinked),
    ]


def by_unit(current: Map, reckoned: Costs) -> list[Line]:
    """The units, each with its part of what the capabilities that it uses cost."""
    heaps: _Heaps = {}
    using = users(current)
    for box, spending in reckoned.capabilities.items():
        for unit, part in _parted(using[box], spending).items():
            heaps.setdefault(unit, {})[box] = part
    unused = heaps.pop(None, {})
    lines = _lines(heaps, lambda unit: current.one(Unit, unit).name)
    return [*lines, *_rest("used by no unit", unused), *_rest("not linked to a capability", reckoned.unlinked)]


def by_provider(current: Map, reckoned: Costs) -> list[Line]:
    """The providers, each with the run cost of its own services and with what projects spend on these."""
    heaps: _Heaps = {}
    for service in current.all(Service):
        if service.run_cost:
            heaps.setdefault(service.provider, {})[service.id] = Spending(run=service.run_cost)
    for project in current.all(Project):
        given: dict[str | None, float] = {}
        for link, part in project_parts(current, project):
            provider = current.one(Service, link.target).provider if link.type == "changes" else None
            given[provider] = given.get(provider, 0.0) + part
        given.pop(None, None)
        spent = Spending(0, project_money_in(project, reckoned.year), project_money(project))
        for provider, money in _parted({key: part for key, part in given.items() if key}, spent).items():
            heaps.setdefault(provider, {})[project.id] = money
    nobody = heaps.pop(None, {})
    lines = _lines(heaps, lambda provider: current.one(Provider, provider).name)
    return [*lines, *_rest("no provider", nobody)]


def by_driver(current: Map, reckoned: Costs) -> list[Line]:
    """The value drivers, each with the services and projects that are there for it."""
    heaps: _Heaps = {}
    for service in current.all(Service):
        if service.run_cost:
            heaps.setdefault(service.driver, {})[service.id] = Spending(run=service.run_cost)
    for project in current.all(Project):
        spent = Spending(0, project_money_in(project, reckoned.year), project_money(project))
        if any(spent):
            heaps.setdefault(project.driver, {})[project.id] = spent
    undriven = heaps.pop(None, {})
    lines = [dataclasses.replace(line, record=None) for line in _lines(heaps, str)]
    return [*lines, *_rest("no value driver", undriven)]


SPLITS: dict[str, Split] = {
    "capability": by_capability,
    "area": by_area,
    "unit": by_unit,
    "provider": by_provider,
    "driver": by_driver,
}
"""All ways to split costs, by the word that asks for them."""


def users(current: Map) -> dict[str, dict[str, float]]:
    """For every box the units that use it, each with its part of 1: those linked to the box itself, else to the nearest
    box around it that has any, else to boxes inside it.
    """
    linked: dict[str, list[Link]] = {}
    for link in current.all(Link):
        if link.type == "uses":
            linked.setdefault(link.target, []).append(link)
    found: dict[str, dict[str, float]] = {}
    lacking: dict[str, dict[str, float]] = {}
    for box in current.walk():
        links = linked.get(box.id)
        if links:
            shares = parts([link.share for link in links])
            found[box.id] = {link.source: part for link, part in zip(links, shares, strict=True)}
        else:
            found[box.id] = found[box.parent] if box.parent is not None else {}
    for box_id in [box for box, units in found.items() if not units]:
        inside = (link.source for box in current.subtree_ids([box_id]) for link in linked.get(box, ()))
        units = list(dict.fromkeys(inside))
        lacking[box_id] = {unit: 1 / len(units) for unit in units}
    return {**found, **lacking}


def weight(spending: Spending) -> tuple[int, int]:
    """By what amounts are ordered: what is spent in the year, then in all."""
    return spending.run + spending.change, spending.projects


def _parted(given: Mapping[str, float], spending: Spending) -> dict[str | None, Spending]:
    """Money by parts of 1, to the cent; what the parts leave goes to None."""
    if len(given) == 1 and next(iter(given.values())) == 1:
        return {next(iter(given)): spending}
    shares: dict[str | None, float] = dict(given.items())
    rest = 1 - math.fsum(given.values())
    if rest > NOISE:
        shares[None] = rest
    keys = {str(place): key for place, key in enumerate(shares)}
    columns = [
        in_cents({place: cents * shares[key] for place, key in keys.items()}, cents) if cents else {}
        for cents in spending
    ]
    found = {key: Spending(*(column.get(place, 0) for column in columns)) for place, key in keys.items()}
    return {key: money for key, money in found.items() if any(money)}


def _lines(heaps: _Heaps, called: Callable[[str], str]) -> list[Line]:
    return _ordered(
        [Line(called(key), key, total(heap.values()), _largest(heap)) for key, heap in heaps.items() if key is not None]
    )


def _ordered(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: weight(line.spending), reverse=True)


def _rest(name: str, heap: Mapping[str, Spending]) -> Iterator[Line]:
    whole = total(heap.values())
    if whole != NOTHING:
        yield Line(name, None, whole, _largest(heap), is_rest=True)


def _largest(heap: Mapping[str, Spending]) -> tuple[str, ...]:
    return tuple(sorted(heap, key=lambda source: weight(heap[source]), reverse=True))
