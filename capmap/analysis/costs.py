"""Costs: what every capability costs to run and to change, reckoned from the services and projects of a map.

- A service's run cost a year goes by the shares of its "supports" links to capabilities and by the shares of the
  "depends on" links that point at it to the services that lean on it, which hand it on in turn.
- A project's money goes by the shares of its "improves" links to capabilities and of its "changes" links to services,
  which hand it on like their own cost. It is what a project has cost if it is over, else its budget, or what it has
  cost already where that is more.
- In a year falls what the days of that year are of all days of the project; a project with one date falls into that
  year, one without dates into none.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from capmap.analysis.allocation import NOISE, Flow, Loads, in_cents, parts
from capmap.analysis.lifecycle import is_open
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Project, Service


class Spending(NamedTuple):
    """Money in cents: to run a year, of projects in the year asked for, and of projects in all years."""

    run: int = 0
    change: int = 0
    projects: int = 0

    def plus(self, other: Spending) -> Spending:
        """Both together."""
        return Spending(*map(operator.add, self, other))


NOTHING = Spending()


def total(spendings: Iterable[Spending]) -> Spending:
    """All of it together."""
    result = NOTHING
    for spending in spendings:
        result = result.plus(spending)
    return result


@dataclasses.dataclass(frozen=True, slots=True)
class Costs:
    """What the map costs. ``capabilities`` holds what is linked to each box itself, ``unlinked`` what of each service
    and project reaches no capability; together they are ``whole``, to the cent.
    """

    year: int
    capabilities: Mapping[str, Spending]
    unlinked: Mapping[str, Spending]
    whole: Spending
    overdrawn: tuple[str, ...]
    """The services whose shares add up to more than 100 %."""
    undated: tuple[str, ...]
    """The projects with money and without any date."""
    carried: Mapping[str, float]
    """What each service costs to run a year with what is handed on to it, in cents."""
    shares: Mapping[str, list[tuple[str, float]]]
    """Who takes which part of 1 of a service's cost."""
    _sources: Mapping[str, Mapping[str, tuple[float, float, float]]]

    def sources(self, capabilities: Sequence[str]) -> dict[str, Spending]:
        """The services and projects from which the cost of these boxes comes; they add up to it to the cent."""
        amounts: dict[str, _Measures] = {}
        for capability in capabilities:
            for source, measures in self._sources.get(capability, {}).items():
                _add(amounts, source, measures)
        spending = total(self.capabilities.get(capability, NOTHING) for capability in capabilities)
        columns = [
            in_cents({source: measures[place] for source, measures in amounts.items() if measures[place]}, cents)
            for place, cents in enumerate(spending)
        ]
        return {source: Spending(*(column.get(source, 0) for column in columns)) for source in amounts}

    def biggest(self, capability: str, most: int = 3) -> tuple[str, ...]:
        """The services and projects from which most of a capability's cost comes, by what it costs to run and, where
        that is nothing, to change.
        """
        found = self._sources.get(capability, {})
        return tuple(sorted(found, key=lambda source: found[source], reverse=True)[:most])


def costs(current: Map, year: int) -> Costs:
    """The costs of a map, with what its projects cost in that year."""
    reckoned = _Reckoning(current, year)
    return reckoned.costs()


def project_money(project: Project) -> int:
    """What a project costs in all, in cents."""
    if not is_open(project):
        return project.spent if project.spent is not None else project.budget or 0
    return max(project.budget or 0, project.spent or 0) if project.budget is not None else project.spent or 0


def project_money_in(project: Project, year: int) -> int:
    """What of a project's money falls into a year, by days; over all years it adds up to the whole."""
    first = project.start or project.finished or project.end
    last = project.finished or project.end or project.start
    if first is None or last is None:
        return 0
    first, last = min(first, last), max(first, last)
    money, days = project_money(project), (last - first).days + 1
    before = _clamped((dt.date(year, 1, 1) - first).days, days)
    until = _clamped((dt.date(year, 12, 31) - first).days + 1, days)
    return money * until // days - money * before // days


def _clamped(days: int, most: int) -> int:
    return max(0, min(days, most))


def project_parts(current: Map, project: Project) -> list[tuple[Link, float]]:
    """The links over which a project's money goes, each with its part of 1."""
    links = [link for link in current.links_from(project.id) if link.type in ("improves", "changes")]
    return list(zip(links, parts([link.share for link in links]), strict=True))


def shares_of(current: Map) -> dict[str, list[tuple[str, float]]]:
    """For every service who takes which part of 1 of its cost: capabilities, and services that depend on it."""
    return _parted(_claims(current))


def _parted(claims: Mapping[str, list[tuple[str, float | None]]]) -> dict[str, list[tuple[str, float]]]:
    return {
        service: [(taker, part) for (taker, _), part in zip(found, parts([share for _, share in found]), strict=True)]
        for service, found in claims.items()
    }


def _claims(current: Map) -> dict[str, list[tuple[str, float | None]]]:
    """For every service who takes a part of its cost, with the share in percent as entered."""
    found: dict[str, list[tuple[str, float | None]]] = {service.id: [] for service in current.all(Service)}
    for link in current.all(Link):
        if link.type == "supports" and link.source in found:
            box = current.get(link.target)
            if isinstance(box, Capability):
                found[link.source].append((box.alias_of or box.id, link.share))
        elif link.type == "depends on" and link.target in found and link.source in found:
            found[link.target].append((link.source, link.share))
    return found


_Measures = tuple[float, float, float]
"""Amounts in cents: to run a year, of projects in the year, of projects in all years."""


class _Reckoning:
    """The work of ``costs``, step by step."""

    def __init__(self, current: Map, year: int) -> None:
        self._map = current
        self._year = year
        claims = _claims(current)
        self._overdrawn = tuple(
            service for service, found in claims.items() if math.fsum(share or 0 for _, share in found) > 100 + 1e-9
        )
        self._shares = _parted(claims)
        self._direct: dict[str, dict[str, _Measures]] = {}
        """Capability -> service or project -> what comes from there."""
        self._unlinked: dict[str, _Measures] = {}
        self._spent = {
            project.id: (project_money_in(project, year), project_money(project)) for project in current.all(Project)
        }

    def costs(self) -> Costs:
        run = {service.id: float(service.run_cost or 0) for service in self._map.all(Service)}
        flow = Flow(self._shares)
        loads = [flow.loads(own) for own in (run, *self._pour_projects())]
        self._pour_services(flow, loads)
        whole = Spending(
            sum(service.run_cost or 0 for service in self._map.all(Service)),
            sum(in_year for in_year, _ in self._spent.values()),
            sum(in_all for _, in_all in self._spent.values()),
        )
        capabilities, unlinked = self._in_cents(whole)
        return Costs(
            self._year,
            capabilities,
            unlinked,
            whole,
            self._overdrawn,
            tuple(self._undated()),
            loads[0].carried,
            self._shares,
            self._direct,
        )

    def _undated(self) -> Iterator[str]:
        for project in self._map.all(Project):
            if self._spent[project.id][1] and not (project.start or project.end or project.finished):
                yield project.id

    def _pour_projects(self) -> tuple[dict[str, float], dict[str, float]]:
        """Projects' money onto capabilities; returns what goes to services, in the year and in all."""
        to_services: tuple[dict[str, float], dict[str, float]] = ({}, {})
        for project in self._map.all(Project):
            money = self._spent[project.id]
            if not any(money):
                continue
            given = project_parts(self._map, project)
            for link, part in given:
                if link.type == "improves":
                    box = self._map.shown(self._map.capability(link.target)).id
                    _add(self._direct.setdefault(box, {}), project.id, (0.0, money[0] * part, money[1] * part))
                else:
                    for taken, spent in zip(to_services, money, strict=True):
                        taken[link.target] = taken.get(link.target, 0.0) + spent * part
            rest = 1 - math.fsum(part for _, part in given)
            if rest > NOISE:
                _add(self._unlinked, project.id, (0.0, money[0] * rest, money[1] * rest))
        return to_services

    def _pour_services(self, flow: Flow, loads: Sequence[Loads]) -> None:
        runs, changes, projects = (load.carried for load in loads)
        for service, takers in self._shares.items():
            run, change, project = runs[service], changes[service], projects[service]
            if not (run or change or project):
                continue
            for taker, part in takers:
                if part and taker not in self._shares:
                    _add(self._direct.setdefault(taker, {}), service, (run * part, change * part, project * part))
            kept = flow.kept(service)
            stuck = [load.stuck.get(service, 0.0) for load in loads]
            if kept or any(stuck):
                rest = (run * kept + stuck[0], change * kept + stuck[1], project * kept + stuck[2])
                _add(self._unlinked, service, rest)

    def _in_cents(self, whole: Spending) -> tuple[dict[str, Spending], dict[str, Spending]]:
        """What rests on capabilities and what is left, rounded together so that they add up to the whole."""
        amounts = {box: _sum(found.values()) for box, found in self._direct.items()}
        amounts |= self._unlinked
        columns = [
            in_cents({key: measures[place] for key, measures in amounts.items() if measures[place]}, cents)
            for place, cents in enumerate(whole)
        ]
        run, change, projects = (column.get for column in columns)
        both = {key: Spending(run(key, 0), change(key, 0), projects(key, 0)) for key in amounts}
        return {box: both[box] for box in self._direct}, {key: both[key] for key in self._unlinked if any(both[key])}


def _add(amounts: dict[str, _Measures], key: str, more: _Measures) -> None:
    known = amounts.get(key)
    amounts[key] = more if known is None else _sum((known, more))


def _sum(measures: Iterable[_Measures]) -> _Measures:
    run = change = projects = 0.0
    for one, two, three in measures:
        run += one
        change += two
        projects += three
    return run, change, projects
