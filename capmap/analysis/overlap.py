"""Overlap: what is done twice. Services that support the same capabilities, capabilities that look alike, and things
that several owners or units each do for themselves, ranked by the money at stake.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from capmap.analysis.allocation import Shares
from capmap.analysis.answer import Answer, Column, Row, Value
from capmap.analysis.costs import NOTHING, costs, shares_of
from capmap.analysis.lifecycle import PLAN, RETIRED, ends, stage_on, starts
from capmap.analysis.likeness import Pair, similar_capabilities, similar_services
from capmap.analysis.named import label, numbers
from capmap.analysis.words import capital, counted, day, listed, rounded, verb
from capmap.errors import UsageError
from capmap.model.map import Map
from capmap.model.records import Capability, Service, Unit

_COLUMNS = (
    Column("What"),
    Column("One"),
    Column("Other"),
    Column("Overlap", "percent"),
    Column("At stake a year", "money"),
    Column("Why"),
)
LEAST_OVERLAP = 25
"""Pairs of services that overlap by less, in percent, are not listed."""
MOST_PAIRS = 2_000
"""More pairs of capabilities than this are not listed: nobody reads them."""
SERVICES, CAPABILITIES, UNITS = "services", "capabilities", "units"


def overlap(current: Map, argument: str, on: dt.date) -> Answer:
    """What could be consolidated: services, capabilities, what units do apart, or all of it; most money first."""
    wanted = argument.casefold()
    if wanted not in ("", SERVICES, CAPABILITIES, UNITS):
        raise UsageError(
            f"Overlap is asked of {SERVICES}, {CAPABILITIES} or {UNITS}, or of all without a word, not of “{argument}”."
        )
    shares = shares_of(current)
    rows: list[Row] = []
    handed_over: list[tuple[Service, Service]] = []
    if wanted in ("", SERVICES):
        pairs = similar_services(current.all(Service), shares, LEAST_OVERLAP)
        rows += _service_rows(current, shares, pairs, on)
        handed_over = [found for pair in pairs if (found := _succession(current, pair)) is not None]
    if wanted in ("", CAPABILITIES):
        rows += _capability_rows(current, on)
    if wanted in ("", UNITS):
        rows += _unit_rows(current, shares, on)
    rows.sort(key=lambda row: (-_money(row), -_percent(row)))
    story = tuple(_story(current, rows, handed_over))
    return Answer("overlap", _sentence(rows, wanted), _COLUMNS, tuple(rows), story, current.settings.currency)


# -- services -------------------------------------------------------------------------------------------


def _service_rows(current: Map, shares: Shares, pairs: Iterable[Pair], on: dt.date) -> Iterator[Row]:
    for pair in pairs:
        one, other = current.one(Service, pair.one), current.one(Service, pair.other)
        gone = any(stage_on(service, on) == RETIRED for service in (one, other))
        if gone or _succession(current, pair) is not None:
            continue
        stake = sum(min(_spent_on(shares, service, box) for service in (one, other)) for box in pair.shared)
        why = _why_services(current, one, other, pair, on)
        values = ("services", one.name, other.name, pair.percent, stake, why)
        yield Row(values, (one.id, other.id, *pair.shared), (one.id, pair.shared[0], other.id))


def _spent_on(shares: Shares, service: Service, box: str) -> int:
    """What of a service's own run cost goes to a capability, in cents."""
    part = sum(part for taker, part in shares[service.id] if taker == box)
    return round((service.run_cost or 0) * part)


def _why_services(current: Map, one: Service, other: Service, pair: Pair, on: dt.date) -> str:
    names = [current.capability(box).name for box in pair.shared]
    facts = [f"Both support {listed(names, 4)} ({len(pair.shared):,} of {pair.united:,})."]
    if one.archetype and other.archetype:
        if one.archetype == other.archetype:
            facts.append(f"Both are of the archetype {one.archetype}.")
        else:
            facts.append(f"Of the archetypes {one.archetype} and {other.archetype}, which halves the overlap.")
    if one.owner and other.owner and one.owner != other.owner:
        facts.append(f"Two owners: {one.owner} and {other.owner}.")
    for service in (one, other):
        if stage_on(service, on) == PLAN:
            facts.append(f"{service.name} is only planned.")
        end = ends(service)
        if end is not None and end <= on:
            facts.append(f"{service.name} has been on its way out since {day(end)}.")
        elif end is not None:
            facts.append(f"{service.name} leaves from {day(end)} on.")
    return " ".join(facts)


def succession(one: Service, other: Service) -> tuple[Service, Service] | None:
    """The two as predecessor and successor, where one leaves and the other, which began later, stays; else None."""
    for leaving, staying in ((one, other), (other, one)):
        end, later_end = ends(leaving), ends(staying)
        if end is None or (later_end is not None and later_end <= end):
            continue
        began, begins = starts(leaving) or leaving.plan_from, starts(staying) or staying.plan_from
        if began is None or (begins is not None and begins > began):
            return leaving, staying
    return None


def _succession(current: Map, pair: Pair) -> tuple[Service, Service] | None:
    return succession(current.one(Service, pair.one), current.one(Service, pair.other))


# -- capabilities ---------------------------------------------------------------------------------------


def _capability_rows(current: Map, on: dt.date) -> Iterator[Row]:
    pairs = list(islice(similar_capabilities(current), MOST_PAIRS))
    several = [box for box in current.walk() if len(_owners(box)) > 1 and not box.alias_of]
    spent = costs(current, on.year).capabilities if pairs or several else {}
    number = numbers(current) if pairs else {}
    for pair in pairs:
        one, other = current.capability(pair.one), current.capability(pair.other)
        facts = [f"The names are alike by {pair.percent:.0f} %."]
        if pair.shared:
            services = [label(current[service]) for service in pair.shared]
            facts.append(f"{listed(services, 3)} {verb(len(services), 'supports', 'support')} both.")
        if one.owner and other.owner and one.owner != other.owner:
            facts.append(f"Two owners: {one.owner} and {other.owner}.")
        first, second = (f"{number[box.id]} {box.name}" for box in (one, other))
        stake = min(spent.get(box.id, NOTHING).run for box in (one, other))
        values = ("capabilities", first, second, pair.percent, stake, " ".join(facts))
        yield Row(values, (one.id, other.id, *pair.shared), (one.id, *pair.shared[:1], other.id))
    for capability in several:
        owners, stake = _owners(capability), spent.get(capability.id, NOTHING).run
        told: tuple[Value, ...] = (
            "owners",
            capability.name,
            "",
            None,
            stake,
            f"{counted(len(owners), 'owner')}: {listed(owners)}.",
        )
        yield Row(told, (capability.id,), (capability.id,))


def _owners(capability: Capability) -> list[str]:
    """The owners that a box names, where it names them one after another."""
    return [name for part in re.split("[;/]", capability.owner) if (name := part.strip())]


# -- units ----------------------------------------------------------------------------------------------


def _unit_rows(current: Map, shares: Shares, on: dt.date) -> Iterator[Row]:
    """Capabilities that several units use with services of one archetype and several owners: each may have its own."""
    for capability in current.walk():
        if capability.alias_of:
            continue
        links = current.links_to(capability.id)
        users = [link.source for link in links if link.type == "uses"]
        if len(users) < 2:
            continue
        alike: dict[str, list[Service]] = {}
        for link in links:
            service = current.get(link.source)
            if link.type == "supports" and isinstance(service, Service) and service.archetype and service.owner:
                stays = stage_on(service, on) not in (PLAN, RETIRED) and ends(service) is None
                alike.setdefault(service.archetype, []).extend([service] * stays)
        apart = max(alike.values(), key=lambda services: len({service.owner for service in services}), default=[])
        owners = len({service.owner for service in apart})
        if owners < 2:
            continue
        money = {service.id: _spent_on(shares, service, capability.id) for service in apart}
        order = sorted(money, key=lambda service: money[service], reverse=True)
        why = (
            f"{counted(len(users), 'unit')} use it: {listed([current.one(Unit, user).name for user in users], 4)}. "
            f"{counted(len(order), f'{apart[0].archetype} service')} of {counted(owners, 'owner')} support it: "
            f"{listed([label(current[service]) for service in order], 4)}."
        )
        name = f"{current.number(capability.id)} {capability.name}"
        values = ("units", name, "", None, sum(money.values()) - money[order[0]], why)
        yield Row(values, (capability.id, *users, *order), (users[0], capability.id, order[0]))


# -- sentences ------------------------------------------------------------------------------------------


def _sentence(rows: list[Row], wanted: str) -> str:
    parts = []
    for what, noun, words in (
        ("services", "pair of services", "support the same capabilities"),
        ("capabilities", "pair of capabilities", "look alike"),
        ("owners", "capability", "have several owners"),
        ("units", "capability", "may be done apart by several units"),
    ):
        count = sum(row.values[0] == what for row in rows)
        if count:
            if count == 1:
                words = words.replace("support", "supports").replace("look", "looks").replace("have", "has")
            many = noun if count == 1 else noun.replace("pair ", "pairs ").replace("capability", "capabilities")
            parts.append(f"{count:,} {many} {words}")
    if not parts:
        return f"Nothing{f' among the {wanted}' if wanted else ''} is found to be done twice."
    return f"{capital('; '.join(parts))}."


def _story(current: Map, rows: list[Row], handed_over: list[tuple[Service, Service]]) -> Iterator[str]:
    currency = current.settings.currency
    services = [row for row in rows if row.values[0] == "services"]
    if services:
        first = services[0]
        stake = f", with {rounded(_money(first), currency)} a year at stake" if _money(first) else ""
        yield f"The first to look at: {first.values[1]} and {first.values[2]}{stake}."
    if len(services) > 1:
        for group in _groups(services)[:3]:
            yield f"Look at these together: {listed([label(current[service]) for service in group], 6)}."
    if handed_over:
        pairs = [f"{leaving.name} and {staying.name}" for leaving, staying in handed_over]
        out = verb(len(pairs), "Left out is a pair", "Left out are pairs")
        yield f"{out} of which one service leaves and a newer one stays: {listed(pairs, 5)}."
    if sum(row.values[0] == "capabilities" for row in rows) == MOST_PAIRS:
        yield f"Only the first {MOST_PAIRS:,} pairs of capabilities that look alike are listed."
    if len(rows) > 1 and any(map(_money, rows)):
        yield "What is at stake in one row may be at stake in another too, so the amounts do not add up."


def _groups(rows: list[Row]) -> list[list[str]]:
    """Services of which each overlaps with each, the largest group first."""
    import networkx

    network: networkx.Graph[str] = networkx.Graph()
    network.add_edges_from((row.records[0], row.records[1]) for row in rows)
    # Dense networks have more cliques than anybody can wait for; the first ones will do for a hint.
    cliques = islice(networkx.find_cliques(network), 1_000)
    return sorted((sorted(group) for group in cliques if len(group) > 2), key=lambda group: (-len(group), group))


def _money(row: Row) -> int:
    return row.values[4] if isinstance(row.values[4], int) else 0


def _percent(row: Row) -> float:
    return row.values[3] if isinstance(row.values[3], float) else 0.0
