"""Coverage: what hangs on nothing, such as capabilities without an IT service and services without a capability."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from capmap.analysis.answer import Answer, Column, Row
from capmap.analysis.lifecycle import RETIRED, STAGE_WORDS, in_use, is_open, stage_on
from capmap.analysis.named import numbers
from capmap.analysis.words import capital, counted, listed, money, verb
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Project, Service

NO_SERVICE = "no IT service"
NOT_LIVE = "no IT service in use"
NO_OWNER = "no owner"
NO_PROJECT = "below target, no project"
NO_CAPABILITY = "supports nothing"
GREAT = 4
"""The least importance of a capability that is named in the story."""

_COLUMNS = (
    Column("Finding"),
    Column("Number"),
    Column("Name"),
    Column("Importance", "number"),
    Column("Maturity", "number"),
    Column("Target", "number"),
    Column("Run cost a year", "money"),
    Column("Remark"),
)
_FINDINGS = {
    NO_SERVICE: ("capability", "without an IT service"),
    NOT_LIVE: ("capability", "with services of which none is in use"),
    NO_OWNER: ("capability", "without an owner"),
    NO_PROJECT: ("capability", "below target without an open project"),
    NO_CAPABILITY: ("service", "without anything that uses it"),
}


def coverage(current: Map, argument: str, on: dt.date) -> Answer:
    """The boxes at the ends of the tree without a service in use, without an owner, or below their target without an
    open project; and services that nothing uses.

    A link to a box, and an owner of it, count for all boxes inside it. The most important come first.
    """
    rows = [*_capability_rows(current, on), *_service_rows(current, on)]
    order = list(_FINDINGS)
    rows.sort(key=lambda row: (order.index(str(row.values[0])), -_whole(row.values[3]), -_whole(row.values[6])))
    found = {finding: [row for row in rows if row.values[0] == finding] for finding in _FINDINGS}
    parts = [
        f"{counted(len(those), noun)} {words}"
        for (noun, words), those in zip(_FINDINGS.values(), found.values(), strict=True)
        if those
    ]
    sentence = f"{'; '.join(parts)}." if parts else "Everything is covered."
    story = tuple(_story(found, current.settings.currency))
    return Answer("coverage", sentence, _COLUMNS, tuple(rows), story, current.settings.currency)


def _capability_rows(current: Map, on: dt.date) -> Iterator[Row]:
    number = numbers(current)
    for leaf in current.walk():
        if leaf.alias_of or current.has_children(leaf.id):
            continue
        path = current.path(leaf.id)
        links = [link for step in path for link in current.links_to(step.id)]
        supporting = [current.one(Service, link.source) for link in links if link.type == "supports"]
        if not supporting:
            yield _row(number[leaf.id], NO_SERVICE, path)
        elif not any(in_use(current, service, on) and stage_on(service, on) != RETIRED for service in supporting):
            yield _row(number[leaf.id], NOT_LIVE, path, _why_not_live(supporting, on))
        if not any(step.owner for step in path):
            yield _row(number[leaf.id], NO_OWNER, path)
        below = leaf.maturity is not None and leaf.target is not None and leaf.maturity < leaf.target
        if below and not any(is_open(project) for project in _improving(current, links)):
            over = [project.name for project in _improving(current, links)]
            yield _row(
                number[leaf.id],
                NO_PROJECT,
                path,
                f"{listed(over, 3)} {verb(len(over), 'is', 'are')} over." if over else "",
            )


def _improving(current: Map, links: Sequence[Link]) -> list[Project]:
    return [current.one(Project, link.source) for link in links if link.type == "improves"]


def _why_not_live(services: Sequence[Service], on: dt.date) -> str:
    return f"{listed([f'{service.name} is {STAGE_WORDS[str(stage_on(service, on))]}' for service in services], 3)}."


def _row(number: str, finding: str, path: Sequence[Capability], remark: str = "") -> Row:
    leaf = path[-1]
    values = (finding, number, leaf.name, leaf.importance, leaf.maturity, leaf.target, None, remark)
    return Row(values, (leaf.id,), tuple(step.id for step in path))


def _service_rows(current: Map, on: dt.date) -> Iterator[Row]:
    for service in current.all(Service):
        supports = any(link.type == "supports" for link in current.links_from(service.id))
        needed = any(link.type == "depends on" for link in current.links_to(service.id))
        if not supports and not needed:
            stage = stage_on(service, on)
            remark = f"{capital(STAGE_WORDS[stage])}." if stage else ""
            values = (NO_CAPABILITY, service.code, service.name, None, None, None, service.run_cost, remark)
            yield Row(values, (service.id,), (service.id,))


def _story(found: dict[str, list[Row]], currency: str) -> Iterator[str]:
    for finding, words in ((NO_SERVICE, "Without an IT service"), (NO_PROJECT, "Below target without an open project")):
        great = [str(row.values[2]) for row in found[finding] if _whole(row.values[3]) >= GREAT]
        if great:
            yield f"{words}, of importance {GREAT} or 5: {listed(great, 8)}."
    idle = sum(_whole(row.values[6]) for row in found[NO_CAPABILITY])
    if idle:
        yield f"Services that support nothing cost {money(idle, currency)} a year to run."


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
