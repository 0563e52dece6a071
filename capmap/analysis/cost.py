"""Cost: what capabilities, areas, units, providers and value drivers cost to run and to change."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from capmap.analysis.answer import Answer, Column, Row, Value
from capmap.analysis.costs import NOTHING, Costs, Spending, costs, total
from capmap.analysis.costsplits import SPLITS, Line, weight
from capmap.analysis.lifecycle import PLAN, RETIRED, stage_on
from capmap.analysis.named import label, numbers, record_named
from capmap.analysis.words import capital, counted, listed, percentage, rounded, verb
from capmap.errors import UsageError
from capmap.model.map import Map
from capmap.model.records import Capability, Project, Service

_PLURALS = {
    "capabilities": "capability",
    "areas": "area",
    "units": "unit",
    "providers": "provider",
    "drivers": "driver",
}
_YEAR = re.compile(r"(?:^|\s)(\d{4})$")
GREAT, SMALL = 4, 2
"""From this importance on money should be plenty; up to this one it should be little."""
STARVED, COSTLY = "important but starved", "costly but unimportant"


def cost(current: Map, argument: str, on: dt.date) -> Answer:
    """What things cost: by capability, area, unit, provider or driver, or where one capability's cost comes from.

    A year at the end says in which the projects' money is counted; without one it is the year of the day.
    """
    found = _YEAR.search(argument)
    year = int(found[1]) if found else on.year
    what = argument[: found.start()].strip() if found else argument
    if not 1900 <= year <= 2999:
        raise UsageError(f"{year} is no year that a project can fall into; give one like {on.year}.")
    group = _PLURALS.get(what.casefold(), what.casefold() or "capability")
    if group in SPLITS:
        return _split(current, costs(current, year), group, on)
    capability = record_named(current, what, ("capability",))
    return _breakdown(current, costs(current, year), current.capability(capability.id))


# -- a split ------------------------------------------------------------------------------------------


def _split(current: Map, reckoned: Costs, group: str, on: dt.date) -> Answer:
    lines = SPLITS[group](current, reckoned)
    remarks: dict[str, str] = {}
    columns: tuple[Column, ...] = (Column(group.capitalize()), *_money_columns(reckoned.year), Column("Mostly from"))
    if group == "capability":
        remarks = _remarks(current, reckoned)
        spent = {line.record for line in lines}
        starved = [box for box in remarks if box not in spent]
        lines[len(lines) - any(line.is_rest for line in lines) :] += [
            Line(current.capability(box).name, box, NOTHING, ()) for box in starved
        ]
        lines.sort(key=lambda line: line.is_rest)
        columns = (
            Column("Number"),
            columns[0],
            Column("Importance", "number"),
            *columns[1:-1],
            Column("Remark"),
            columns[-1],
        )
    number = numbers(current) if group == "capability" else {}
    rows = tuple(_row(current, reckoned, line, number, remarks) for line in lines)
    story = (*_story(current, reckoned, group, lines, remarks), *_limits(current, reckoned, on))
    return Answer("cost", _sentence(current, reckoned), columns, rows, story, current.settings.currency)


def _money_columns(year: int) -> tuple[Column, ...]:
    return (
        Column("Run cost a year", "money"),
        Column(f"Change in {year}", "money"),
        Column("Both", "money"),
        Column("Of all", "percent"),
        Column("Change in all years", "money"),
    )


def _money(spending: Spending, whole: Spending) -> tuple[int, int, int, float | None, int]:
    both, all_ = spending.run + spending.change, whole.run + whole.change
    return spending.run, spending.change, both, 100 * both / all_ if all_ else None, spending.projects


def _row(current: Map, reckoned: Costs, line: Line, number: dict[str, str], remarks: dict[str, str]) -> Row:
    sources = line.sources[:3]
    front: tuple[Value, ...] = (line.name,)
    back: tuple[Value, ...] = (_names(current, sources),)
    if number:
        importance = current.capability(line.record).importance if line.record is not None else None
        front = (number.get(line.record or "", ""), line.name, importance)
        back = (remarks.get(line.record or "", ""), *back)
    about = (line.record,) if line.record is not None else ()
    values = (*front, *_money(line.spending, reckoned.whole), *back)
    return Row(values, (*about, *(line.sources if line.is_rest else sources)), (*sources[:1], *about))


def _remarks(current: Map, reckoned: Costs) -> dict[str, str]:
    """Boxes whose money does not go with their importance: important ones in the quarter of all assessed boxes that
    costs least, unimportant ones in the quarter that costs most.
    """
    assessed = [box for box in current.capabilities if box.importance is not None and not box.alias_of]
    found = {box.id: reckoned.capabilities.get(box.id, NOTHING) for box in assessed}
    a_year = {box_id: spending.run + spending.change for box_id, spending in found.items()}
    spent = sorted(a_year.values())
    if len(spent) < 4 or spent[0] == spent[-1]:
        return {}
    low, high = spent[(len(spent) - 1) // 4], spent[len(spent) * 3 // 4]
    remarks = {}
    for box in sorted(assessed, key=lambda box: a_year[box.id]):
        if (box.importance or 0) >= GREAT and a_year[box.id] <= low:
            remarks[box.id] = STARVED
        elif (box.importance or 0) <= SMALL and a_year[box.id] >= high:
            remarks[box.id] = COSTLY
    return remarks


# -- the sentences of a split ---------------------------------------------------------------------------


def _sentence(current: Map, reckoned: Costs) -> str:
    if not any(reckoned.whole):
        return "No service and no project of this map has any money noted."
    services = sum(1 for service in current.all(Service) if service.run_cost)
    who = capital(counted(services, "service"))
    return _spent(f"{who} {verb(services, 'costs', 'cost')}", reckoned.whole, reckoned.year, current.settings.currency)


def _spent(opening: str, spending: Spending, year: int, currency: str) -> str:
    """What something costs to run and to change: "Billing costs EUR 5 a year to run; ..."."""
    run = f"{opening} {rounded(spending.run, currency)} a year to run" if spending.run else f"{opening} nothing to run"
    if not spending.projects:
        return f"{run}; no project has any money noted for it."
    in_all = rounded(spending.projects, currency)
    if not spending.change:
        return f"{run}; projects spend nothing in {year} and {in_all} in all years."
    return f"{run}; projects spend {rounded(spending.change, currency)} in {year} and {in_all} in all years."


def _story(current: Map, reckoned: Costs, group: str, lines: Sequence[Line], remarks: dict[str, str]) -> Iterator[str]:
    currency, whole = current.settings.currency, reckoned.whole
    named = [line for line in lines if not line.is_rest]
    if whole.run and len(named) > 1:
        first = sorted(named, key=lambda line: line.spending.run, reverse=True)[:3]
        tops = [f"{line.name} ({percentage(line.spending.run, whole.run)})" for line in first if line.spending.run]
        if tops:
            goes = verb(len(tops), "The largest part of the run cost goes", "The largest parts of the run cost go")
            yield f"{goes} to {listed(tops)}."
    for line in lines:
        if line.is_rest:
            yield _rest(current, line, whole, currency, reckoned.year)
    for remark, words in ((STARVED, "Important but starved"), (COSTLY, "Costly but unimportant")):
        boxes = [box for box, found in remarks.items() if found == remark]
        if remark == STARVED:
            boxes.sort(key=lambda box: -(current.capability(box).importance or 0))
        else:
            boxes.reverse()
        if boxes:
            yield f"{words}: {_names(current, boxes, 6)}."


def _rest(current: Map, line: Line, whole: Spending, currency: str, year: int) -> str:
    parts = []
    if line.spending.run:
        of_all = percentage(line.spending.run, whole.run)
        parts.append(f"{rounded(line.spending.run, currency)} of run cost ({of_all})")
    if line.spending.change:
        parts.append(f"{rounded(line.spending.change, currency)} of change in {year}")
    elif line.spending.projects:
        parts.append(f"{rounded(line.spending.projects, currency)} of change in other years")
    return f"{capital(line.name)}: {listed(parts)}, mostly from {_names(current, line.sources, 4)}."


def _limits(current: Map, reckoned: Costs, on: dt.date) -> Iterator[str]:
    """What a reader must know to trust the figures."""
    currency = current.settings.currency
    if reckoned.overdrawn:
        names = _names(current, reckoned.overdrawn)
        yield f"The shares of {names} add up to more than 100 % and were scaled down to it."
    for stage, one, many in (
        (PLAN, "which is not live yet", "which are not live yet"),
        (RETIRED, "which is past its end", "which are past their end"),
    ):
        found = [service for service in current.all(Service) if service.run_cost and stage_on(service, on) == stage]
        if found:
            worth = rounded(sum(service.run_cost or 0 for service in found), currency)
            names = _names(current, [service.id for service in found])
            yield f"{worth} of the run cost is for {names}, {verb(len(found), one, many)}."
    unknown = [service.id for service in current.all(Service) if service.run_cost is None]
    if unknown:
        yield f"No run cost is noted for {counted(len(unknown), 'service')}: {_names(current, unknown)}."
    if reckoned.undated:
        falls = verb(len(reckoned.undated), "has no date and falls", "have no dates and fall")
        yield f"{_names(current, reckoned.undated)} {falls} into no year."


def _names(current: Map, ids: Sequence[str], most: int = 5) -> str:
    """The names of these records, with their kind where two of those told are called the same."""
    labels = [label(current[record_id]) for record_id in ids[: most + 1]]
    if len(set(labels)) < len(labels):
        labels = [
            f"{name} ({current[record_id].kind})" if labels.count(name) > 1 else name
            for name, record_id in zip(labels, ids, strict=False)
        ]
    return listed([*labels, *ids[most + 1 :]], most)


# -- one capability -------------------------------------------------------------------------------------


def _breakdown(current: Map, reckoned: Costs, capability: Capability) -> Answer:
    """Where the cost of a capability, with all boxes inside it, comes from."""
    currency = current.settings.currency
    boxes = current.subtree_ids([capability.id])
    whole = total(reckoned.capabilities.get(box, NOTHING) for box in boxes)
    sources = reckoned.sources(boxes)
    inside = len(boxes) - 1
    within = f", with {counted(inside, 'box')} inside," if inside else ""
    if any(whole):
        sentence = _spent(f"{capability.name}{within} costs", whole, reckoned.year, currency)
    else:
        sentence = f"{capability.name} costs nothing that this map knows of: nothing with money is linked to it."
    rows = []
    for source in sorted(sources, key=lambda source: weight(sources[source]), reverse=True):
        record = current[source]
        how = _how_service(current, reckoned, record, boxes) if isinstance(record, Service) else _how_project(record)
        values = (record.kind, str(getattr(record, "code", "")), label(record), *_money(sources[source], whole), how)
        target = next(box for box in boxes if source in reckoned.biggest(box, len(sources)))
        rows.append(Row(values, (source, target), (source, target)))
    columns = (Column("Kind"), Column("Code"), Column("From"), *_money_columns(reckoned.year), Column("How"))
    return Answer("cost", sentence, columns, tuple(rows), (), currency)


def _how_service(current: Map, reckoned: Costs, service: Service, boxes: Iterable[str]) -> str:
    """Such as "45 % of EUR 1,000,000, of which EUR 786,000 is its own cost and the rest is handed on by ..."."""
    currency, inside = current.settings.currency, set(boxes)
    part = sum(part for taker, part in reckoned.shares[service.id] if taker in inside)
    carried, own = round(reckoned.carried[service.id]), service.run_cost or 0
    if not carried:
        return "No run cost is noted; projects change it."
    text = f"{percentage(part, 1)} of {rounded(carried, currency)}"
    if carried - own < 100:
        return f"{text}, its own run cost."
    below = sorted(
        (
            (reckoned.carried[link.target] * part, link.target)
            for link in current.links_from(service.id)
            if link.type == "depends on"
            for taker, part in reckoned.shares[link.target]
            if taker == service.id and part
        ),
        reverse=True,
    )
    names = _names(current, [target for _, target in below], 4)
    return f"{text}: {rounded(own, currency)} of its own and {rounded(carried - own, currency)} handed on by {names}."


def _how_project(project: object) -> str:
    status = project.status if isinstance(project, Project) else None
    return f"Improves it{f' ({status})' if status else ''}."
