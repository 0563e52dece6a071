"""Why: what stands behind the colour of a box, first of all its maturity gap."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from capmap.analysis.answer import Answer, Column, Row
from capmap.analysis.costs import NOTHING, costs
from capmap.analysis.lifecycle import STAGE_WORDS, is_open, stage_on
from capmap.analysis.named import record_named
from capmap.analysis.whylens import lens_rows
from capmap.analysis.words import capital, counted, day, listed, rounded, verb
from capmap.model.map import Map
from capmap.model.records import Capability, Demand, Link, Objective, Project, Service, Unit

_COLUMNS = (Column("What"), Column("Is"), Column("Means"))
OLD = 365
"""Days after which an assessment is old."""


def why(current: Map, argument: str, on: dt.date) -> Answer:
    """What gives a capability its colour: scores and gaps with the steps that they fall on, the services, projects,
    objectives and demands behind them, and what each saved lens says.
    """
    found = record_named(current, argument, ("capability",))
    capability = current.capability(found.id)
    boxes = [box for box in current.walk(capability.id) if not current.has_children(box.id) and not box.alias_of]
    if boxes != [capability]:
        return _of_branch(current, capability, boxes)
    rows = [
        *_score_rows(capability, on),
        *_service_rows(current, capability, on),
        *_project_rows(current, capability),
        *_other_rows(current, capability),
        *_cost_rows(current, capability, on),
        *lens_rows(current, capability, on),
    ]
    story = [capability.reason] if capability.reason else []
    return Answer(
        "why",
        _gap_sentence(capability),
        _COLUMNS,
        tuple(rows),
        (*story, *_age(capability, on)),
        current.settings.currency,
    )


def gap_words(wanted: int | None, reached: int | None, short: str, met: str, beyond: str) -> str:
    """The step of a gap in words, "2 below target"; "not assessed" unless both sides are known."""
    if wanted is None or reached is None:
        return "not assessed"
    if wanted == reached:
        return met
    return f"{wanted - reached} {short}" if wanted > reached else f"{reached - wanted} {beyond}"


def _maturity_gap(capability: Capability) -> str:
    return gap_words(capability.target, capability.maturity, "below target", "on target", "above target")


def _gap_sentence(capability: Capability) -> str:
    if capability.maturity is None and capability.target is None:
        return f"{capability.name} is not assessed: it has neither a maturity nor a target."
    if capability.maturity is None:
        return f"{capability.name} is not assessed: it has a target of {capability.target}, but no maturity."
    if capability.target is None:
        return f"{capability.name} is not assessed: it has a maturity of {capability.maturity}, but no target."
    return (
        f"{capability.name} is {_maturity_gap(capability)}: its maturity is {capability.maturity} and its target "
        f"{capability.target}."
    )


def _age(capability: Capability, on: dt.date) -> Iterator[str]:
    if capability.assessed_on is not None:
        days = (on - capability.assessed_on).days
        old = ", more than a year ago" if days > OLD else ""
        yield f"Assessed on {day(capability.assessed_on)}{old}."


def _score_rows(capability: Capability, on: dt.date) -> Iterator[Row]:
    expectation = gap_words(
        capability.expectation, capability.confidence, "short of what is expected", "met", "above expectation"
    )
    sides = (
        f"expectation {capability.expectation or 'not known'}, confidence in IT {capability.confidence or 'not known'}"
    )
    gap = f"maturity {capability.maturity or 'not known'}, target {capability.target or 'not known'}"
    for what, value, means in (
        ("Maturity gap", _maturity_gap(capability), capital(f"{gap}.")),
        ("Expectation gap", expectation, capital(f"{sides}.")),
        ("Importance", _score(capability.importance), "From 1, marginal, to 5, vital."),
        ("Category", capability.category or "none", ""),
        ("Owner", capability.owner or "nobody", ""),
    ):
        yield Row((what, value, means), (capability.id,), (capability.id,))


def _score(value: int | None) -> str:
    return "not assessed" if value is None else f"{value} of 5"


def _links(current: Map, capability: Capability, link_type: str) -> list[tuple[Link, Capability]]:
    """The links of a type to the box and to the boxes around it, the box itself first."""
    return [
        (link, step)
        for step in reversed(current.path(capability.id))
        for link in current.links_to(step.id)
        if link.type == link_type
    ]


def _over(capability: Capability, step: Capability) -> str:
    return "" if step.id == capability.id else f" For all of {step.name}."


def _path(capability: Capability, step: Capability, source: str) -> tuple[str, ...]:
    return (source, capability.id) if step.id == capability.id else (source, step.id, capability.id)


def _service_rows(current: Map, capability: Capability, on: dt.date) -> Iterator[Row]:
    links = _links(current, capability, "supports")
    if not links:
        yield Row(("IT service", "none", "Nothing in this map supports it."), (capability.id,), (capability.id,))
    for link, step in sorted(links, key=lambda pair: pair[0].fit or 9):
        service = current.one(Service, link.source)
        facts = [f"fit {link.fit} of 5" if link.fit else "fit not assessed"]
        if stage := stage_on(service, on):
            facts.append(STAGE_WORDS[stage])
        if service.level_target is not None and service.level_actual is not None:
            missed = service.level_actual < service.level_target
            facts.append(
                f"service level {'missed' if missed else 'kept'} "
                f"({service.level_actual:g} % of {service.level_target:g} % promised)"
            )
        if service.satisfaction:
            facts.append(f"user satisfaction {service.satisfaction} of 5")
        means = f"{capital(', '.join(facts))}.{_over(capability, step)}{' ' + link.note if link.note else ''}"
        yield Row(("IT service", service.name, means), (service.id, capability.id), _path(capability, step, service.id))


def _project_rows(current: Map, capability: Capability) -> Iterator[Row]:
    links = _links(current, capability, "improves")
    below = (
        capability.maturity is not None and capability.target is not None and capability.maturity < capability.target
    )
    if below and not any(is_open(current.one(Project, link.source)) for link, _ in links):
        text = "Nothing in this map will bring it to its target."
        yield Row(("Open project", "none", text), (capability.id,), (capability.id,))
    for link, step in links:
        project = current.one(Project, link.source)
        facts = [project.status or "no status"]
        if project.finished or project.end:
            facts.append(
                f"{'finished' if project.finished else 'until'} {day(project.finished or project.end or dt.date.min)}"
            )
        if link.promised is not None:
            facts.append(f"promised a maturity of {link.promised}{_kept(capability, project, link.promised)}")
        means = f"{capital(', '.join(facts))}.{_over(capability, step)}{' ' + link.note if link.note else ''}"
        yield Row(("Project", project.name, means), (project.id, capability.id), _path(capability, step, project.id))


def _kept(capability: Capability, project: Project, promised: int) -> str:
    if capability.target is not None and promised < capability.target and is_open(project):
        return f", which is still {capability.target - promised} below target"
    if capability.maturity is None or is_open(project):
        return ""
    return ", which was kept" if capability.maturity >= promised else ", which was not reached"


def _other_rows(current: Map, capability: Capability) -> Iterator[Row]:
    for link, step in _links(current, capability, "needs"):
        objective = current.one(Objective, link.source)
        means = f"{objective.description or 'Needs this capability.'}{_over(capability, step)}"
        yield Row(
            ("Objective", objective.name, means), (objective.id, capability.id), _path(capability, step, objective.id)
        )
    for link, step in _links(current, capability, "asks for"):
        demand = current.one(Demand, link.source)
        facts = [demand.stage or "new", *([f"business impact {demand.impact} of 5"] if demand.impact else [])]
        yield Row(
            ("Demand", demand.name, f"{capital(', '.join(facts))}.{_over(capability, step)}"),
            (demand.id, capability.id),
            _path(capability, step, demand.id),
        )
    users = [(current.one(Unit, link.source), link, step) for link, step in _links(current, capability, "uses")]
    for unit, link, step in users:
        yield Row(("Used by", unit.name, link.note), (unit.id, capability.id), _path(capability, step, unit.id))


def _cost_rows(current: Map, capability: Capability, on: dt.date) -> Iterator[Row]:
    spending = costs(current, on.year).capabilities.get(capability.id, NOTHING)
    if any(spending):
        currency = current.settings.currency
        value = f"{rounded(spending.run, currency)} a year to run"
        spend = rounded(spending.change, currency)
        means = f"Projects spend {spend} on it in {on.year}." if spending.change else f"No project money in {on.year}."
        yield Row(("Cost", value, means), (capability.id,), (capability.id,))


# -- a box with boxes inside ----------------------------------------------------------------------------


def _of_branch(current: Map, capability: Capability, leaves: list[Capability]) -> Answer:
    """A box that is not a leaf: its colour is that of the boxes inside it."""
    gaps = Counter(_maturity_gap(leaf) for leaf in leaves)
    parts = [f"{count:,} {verb(count, 'is', 'are')} {gap}" for gap, count in sorted(gaps.items(), key=_worst_first)]
    sentence = f"{capability.name} holds {counted(len(leaves), 'capability')}: {listed(parts, 9)}."
    rows = [
        Row(
            (leaf.name, _maturity_gap(leaf), leaf.reason),
            (leaf.id,),
            tuple(step.id for step in current.path(leaf.id)[len(current.path(capability.id)) - 1 :]),
        )
        for leaf in sorted(leaves, key=lambda leaf: (_worst_first((_maturity_gap(leaf), 0)), -(leaf.importance or 0)))
    ]
    columns = (Column("Capability"), Column("Maturity gap"), Column("Reason"))
    return Answer("why", sentence, columns, tuple(rows), (), current.settings.currency)


def _worst_first(pair: tuple[str, int]) -> int:
    gap = pair[0]
    if gap == "not assessed":
        return 99
    if gap == "on target":
        return 0
    size = int(gap.split()[0])
    return -size if "below" in gap else size
