"""Touches: what a project, or anything else that is linked, touches directly and one step further."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from capmap.analysis.answer import Answer, Column, Row
from capmap.analysis.lifecycle import is_open
from capmap.analysis.named import label, record_named
from capmap.analysis.words import capital, counted, day, listed, money, verb
from capmap.graph import ASKED, BECAME, DELIVERED, FUNDED, Graph, Hop, Route
from capmap.model.map import Map
from capmap.model.records import Capability, Demand, Project, Provider, Record

KINDS = ("project", "service", "provider", "unit", "objective", "demand", "capability")
"""What can be asked about."""

THROUGH: Mapping[str, frozenset[str]] = {
    "project": frozenset({"capability", "service"}),
    "service": frozenset({"capability", "service"}),
    "provider": frozenset({"service"}),
    "unit": frozenset({"capability", "project", "demand"}),
    "objective": frozenset({"capability"}),
    "demand": frozenset({"capability", "project"}),
    "capability": frozenset({"service", "project"}),
}
"""From a kind -> the kinds over which the second step may go. A unit that pays for a project does not tie it to all
that the unit does.
"""

_COLUMNS = (
    Column("Step", "number"),
    Column("Kind"),
    Column("Code"),
    Column("Name"),
    Column("Importance", "number"),
    Column("How"),
)
_ORDER = ("capability", "service", "unit", "objective", "project", "demand", "provider")
WORDS: Mapping[str, tuple[str, str]] = {
    "supports": ("supports {}", "is supported by {}"),
    "improves": ("improves {}", "is improved by {}"),
    "changes": ("changes {}", "is changed by {}"),
    "depends on": ("depends on {}", "is needed by {}"),
    "needs": ("needs {}", "is needed by {}"),
    "uses": ("uses {}", "is used by {}"),
    "asks for": ("asks for {}", "is asked for by {}"),
    DELIVERED: ("is delivered by {}", "delivers {}"),
    FUNDED: ("is paid for by {}", "pays for {}"),
    ASKED: ("is asked for by {}", "asked for {}"),
    BECAME: ("became {}", "came from {}"),
}
"""A type of edge -> how a sentence tells it from its source, and from its target."""


def touches(current: Map, argument: str, on: dt.date) -> Answer:
    """What a record touches: itself (step 1), and over what it touches (step 2), each with the way there."""
    subject = record_named(current, argument, KINDS)
    routes = reached(current, Graph(current), subject)
    rows = sorted((_row(current, subject, record, route) for record, route in routes.items()), key=_place)
    return Answer(
        "touches",
        _sentence(current, subject, rows),
        _COLUMNS,
        tuple(rows),
        tuple(_story(current, subject, routes, rows, on)),
        current.settings.currency,
    )


def reached(current: Map, graph: Graph, subject: Record, steps: int = 2) -> dict[str, Route]:
    """What lies within so many steps of a record, each with the shortest route: what a map lights up."""
    through = THROUGH[subject.kind]
    return graph.reach(subject.id, steps, through.__contains__)


def told(current: Map, start: str, route: Route) -> str:
    """A route in words: "changes Claims Suite, which supports Claim Triage"."""
    words, here = [], start
    for hop in route:
        words.append(_hop(current, here, hop))
        here = hop.to
    return ", which ".join(words)


def _hop(current: Map, here: str, hop: Hop) -> str:
    forth, back = WORDS[hop.edge.type]
    return (forth if hop.edge.source == here else back).format(label(current[hop.to]))


def _row(current: Map, subject: Record, record_id: str, route: Route) -> Row:
    record = current[record_id]
    code = current.number(record_id) if isinstance(record, Capability) else str(getattr(record, "code", ""))
    importance = record.importance if isinstance(record, Capability) else None
    how = f"{capital(told(current, subject.id, route))}."
    last = route[-1].edge.link
    values = (len(route), record.kind, code, label(record), importance, f"{how} {last.note if last else ''}".strip())
    return Row(values, (record_id,), (subject.id, *(hop.to for hop in route)))


def _place(row: Row) -> tuple[int, int, int, str]:
    step, kind, _, name, importance, _ = row.values
    assert isinstance(step, int)
    weight = importance if isinstance(importance, int) else 0
    return step, _ORDER.index(str(kind)), -weight, str(name)


def _sentence(current: Map, subject: Record, rows: list[Row]) -> str:
    if not rows:
        return f"{label(subject)} is linked to nothing."
    parts = []
    for step, words in ((1, "directly"), (2, "one step further")):
        counts = [
            counted(count, kind)
            for kind in _ORDER
            if (count := sum(row.values[0] == step and row.values[1] == kind for row in rows))
        ]
        if counts:
            parts.append(f"{words} {listed(counts, 9)}")
    return f"{label(subject)} touches {'; '.join(parts)}."


def _story(current: Map, subject: Record, routes: Mapping[str, Route], rows: list[Row], on: dt.date) -> Iterator[str]:
    if isinstance(subject, Project):
        yield from _circumstances(current, subject)
        yield from _meetings(current, subject, routes)
    objectives = [str(row.values[3]) for row in rows if row.values[1] == "objective"]
    if objectives and subject.kind in ("project", "service", "demand"):
        serves = verb(len(objectives), "This objective depends", "These objectives depend")
        yield f"{serves} on what it touches: {listed(objectives, 6)}."
    if isinstance(subject, Provider) and subject.contract_end:
        ends = "ended" if subject.contract_end < on else "ends"
        yield f"The contract {ends} on {day(subject.contract_end)}."


def _circumstances(current: Map, project: Project) -> Iterator[str]:
    facts = [project.status] if project.status else []
    if project.start and (project.finished or project.end):
        facts.append(f"{day(project.start)} to {day(project.finished or project.end or project.start)}")
    if project.budget:
        facts.append(f"{money(project.budget, current.settings.currency)} of budget")
    if project.spent:
        facts.append(f"{money(project.spent, current.settings.currency)} spent")
    if facts:
        yield f"{capital(', '.join(facts))}."
    demands = [demand.name for demand in current.all(Demand) if demand.project == project.id]
    if demands:
        yield f"It came from {counted(len(demands), 'demand')}: {listed(demands)}."


def _meetings(current: Map, project: Project, routes: Mapping[str, Route]) -> Iterator[str]:
    """Open projects that work on the same thing at the same time."""
    if not is_open(project):
        return
    meetings = []
    for record_id, route in routes.items():
        other = current[record_id]
        if isinstance(other, Project) and is_open(other) and len(route) == 2 and _together(project, other):
            meetings.append(f"{other.name} (over {label(current[route[0].to])})")
    if meetings:
        works = verb(len(meetings), "works", "work")
        noun = counted(len(meetings), "other open project")
        yield f"{capital(noun)} {works} on the same at the same time: {listed(meetings)}."


def _together(one: Project, other: Project) -> bool:
    """Whether the two run at the same time, as far as their dates are known."""
    if one.start and other.end and other.end < one.start:
        return False
    return not (one.end and other.start and one.end < other.start)
