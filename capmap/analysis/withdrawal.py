"""Withdrawal: what is left without a user, a funder or a reason if a business unit stops."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from capmap.analysis.answer import Answer, Column, Row
from capmap.analysis.lifecycle import in_use, is_open
from capmap.analysis.words import counted, listed, money, verb
from capmap.model.map import Map
from capmap.model.records import Capability, Demand, Objective, Project, Service, Unit

UNUSED, SHARED, IDLE, UNFUNDED, DROPPED = "unused", "goes on", "idle", "unfunded", "dropped"
"""What happens to a capability that only this unit uses, or that others use too; to a service that supports nothing
else; to a project that it pays; to what it asked for.
"""


def withdrawal(current: Map, unit: Unit, columns: tuple[Column, ...], on: dt.date) -> Answer:
    """What a unit leaves behind on that day. ``columns`` are those of the question about impact."""
    used = [current.capability(link.target) for link in current.links_from(unit.id) if link.type == "uses"]
    others = {capability.id: _other_users(current, capability, unit.id) for capability in used}
    unused = {capability.id for capability in used if not others[capability.id]}
    idle = list(_idle(current, unused, on))
    rows = [
        *_capability_rows(current, unit, used, others),
        *(
            Row(
                (
                    IDLE,
                    "service",
                    service.code,
                    service.name,
                    None,
                    service.run_cost,
                    None,
                    _idle_because(current, target),
                ),
                (service.id,),
                (unit.id, target, service.id),
            )
            for service, target in idle
        ),
        *_objective_rows(current, unit, unused),
        *_project_rows(current, unit),
        *_demand_rows(current, unit),
    ]
    return Answer(
        "impact",
        _sentence(unit, used, unused),
        columns,
        tuple(rows),
        tuple(_story(current, unit, rows)),
        current.settings.currency,
    )


def _other_users(current: Map, capability: Capability, unit: str) -> list[str]:
    """The other units that use the box, a box around it or a box inside it."""
    boxes = [*(step.id for step in current.path(capability.id)), *current.subtree_ids([capability.id])]
    users = (link.source for box in boxes for link in current.links_to(box) if link.type == "uses")
    return [user for user in dict.fromkeys(users) if user != unit]


def _capability_rows(current: Map, unit: Unit, used: list[Capability], others: dict[str, list[str]]) -> Iterator[Row]:
    for capability in sorted(used, key=lambda each: (bool(others[each.id]), -(each.importance or 0))):
        names = [current.one(Unit, other).name for other in others[capability.id]]
        effect = SHARED if names else UNUSED
        why = f"{listed(names)} {verb(len(names), 'uses', 'use')} it too." if names else f"Only {unit.name} uses it."
        values = (
            effect,
            "capability",
            current.number(capability.id),
            capability.name,
            capability.importance,
            None,
            None,
            why,
        )
        yield Row(values, (capability.id,), (unit.id, capability.id))


def _idle(current: Map, unused: set[str], on: dt.date) -> Iterator[tuple[Service, str]]:
    """The services in use that support nothing but unused capabilities, and that no service depends on, each with one
    of those capabilities.
    """
    for service in current.all(Service):
        targets = [link.target for link in current.links_from(service.id) if link.type == "supports"]
        needed = any(link.type == "depends on" for link in current.links_to(service.id))
        if targets and not needed and unused.issuperset(targets) and in_use(current, service, on):
            yield service, targets[0]


def _idle_because(current: Map, target: str) -> str:
    return f"Supports nothing else than what nobody uses then, such as {current.capability(target).name}."


def _objective_rows(current: Map, unit: Unit, unused: set[str]) -> Iterator[Row]:
    for objective in current.all(Objective):
        needed = [
            link.target for link in current.links_from(objective.id) if link.type == "needs" and link.target in unused
        ]
        if needed:
            names = listed([current.capability(box).name for box in needed])
            why = f"Needs {names}, which nobody uses then."
            values = ("hit", "objective", "", objective.name, None, None, None, why)
            yield Row(values, (objective.id, *needed), (unit.id, needed[0], objective.id))


def _project_rows(current: Map, unit: Unit) -> Iterator[Row]:
    for project in current.all(Project):
        if project.funding_unit == unit.id and is_open(project):
            values = (
                UNFUNDED,
                "project",
                project.code,
                project.name,
                None,
                None,
                project.budget,
                f"{unit.name} pays for it.",
            )
            yield Row(values, (project.id,), (unit.id, project.id))


def _demand_rows(current: Map, unit: Unit) -> Iterator[Row]:
    for demand in current.all(Demand):
        if demand.unit == unit.id and demand.stage not in ("project", "declined"):
            values = (DROPPED, "demand", "", demand.name, None, None, None, f"{unit.name} asked for it.")
            yield Row(values, (demand.id,), (unit.id, demand.id))


def _sentence(unit: Unit, used: list[Capability], unused: set[str]) -> str:
    if not used:
        return f"{unit.name} is linked to no capability, so nothing loses its user if it stops."
    shared = len(used) - len(unused)
    parts = []
    if unused:
        parts.append(f"{counted(len(unused), 'capability')} {verb(len(unused), 'is', 'are')} left without a user")
    if shared:
        noun = f"{shared:,} more" if unused else counted(shared, "capability")
        parts.append(f"{noun} {verb(shared, 'goes', 'go')} on for others")
    return f"If {unit.name} stops, {' and '.join(parts)}."


def _story(current: Map, unit: Unit, rows: list[Row]) -> Iterator[str]:
    currency = current.settings.currency

    def those(effect: str) -> list[Row]:
        return [row for row in rows if row.values[0] == effect]

    def names(found: list[Row]) -> str:
        return listed([str(row.values[3]) for row in found], 6)

    if idle := those(IDLE):
        freed = sum(value for row in idle if isinstance(value := row.values[5], int))
        frees = f", which frees {money(freed, currency)} a year" if freed else ""
        yield f"{counted(len(idle), 'service')} could be switched off{frees}: {names(idle)}."
    if unfunded := those(UNFUNDED):
        budget = sum(value for row in unfunded if isinstance(value := row.values[6], int))
        worth = f", a budget of {money(budget, currency)}" if budget else ""
        loses = verb(len(unfunded), "loses its", "lose their")
        yield f"{counted(len(unfunded), 'open project')} {loses} funding{worth}: {names(unfunded)}."
    if dropped := those(DROPPED):
        falls = verb(len(dropped), "falls", "fall")
        yield f"{counted(len(dropped), 'demand')} of {unit.name} {falls} away: {names(dropped)}."
