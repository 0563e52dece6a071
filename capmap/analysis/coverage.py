"""Coverage: what hangs on nothing, such as capabilities without an IT service and services without a capability."""

from __future__ import annotations

from collections.abc import Iterator

from capmap.analysis.answer import Answer, Row
from capmap.model.map import Map
from capmap.model.records import Capability, Service

NO_SERVICE = "no IT service"
NO_OWNER = "no owner"
NO_PROJECT = "below target, no project"
NO_CAPABILITY = "supports no capability"


def coverage(current: Map, argument: str = "") -> Answer:
    """Leaf capabilities without a service, without an owner, or below their target without a project; services
    without use.

    A service or project linked to a box counts for all boxes inside it. The most important capabilities come first.
    """
    rows = [*_capability_rows(current), *_service_rows(current)]
    rows.sort(key=lambda row: -int(row.values[3] or 0))
    counts = {finding: sum(row.values[0] == finding for row in rows) for finding in _FINDINGS}
    sentence = "; ".join(f"{counts[finding]} {words}" for finding, words in _FINDINGS.items() if counts[finding])
    return Answer("coverage", f"{sentence}." if sentence else "Everything is covered.", _COLUMNS, tuple(rows))


_COLUMNS = ("Finding", "Number", "Name", "Importance", "Maturity", "Target")
_FINDINGS = {
    NO_SERVICE: "capabilities without an IT service",
    NO_OWNER: "capabilities without an owner",
    NO_PROJECT: "capabilities below target without a project",
    NO_CAPABILITY: "services that support no capability",
}


def _capability_rows(current: Map) -> Iterator[Row]:
    for leaf in current.walk():
        if leaf.alias_of or current.has_children(leaf.id):
            continue
        path = current.path(leaf.id)
        links = {link.type for step in path for link in current.links_to(step.id)}
        if "supports" not in links:
            yield _row(current, NO_SERVICE, leaf, path)
        if not any(step.owner for step in path):
            yield _row(current, NO_OWNER, leaf, path)
        below = leaf.maturity is not None and leaf.target is not None and leaf.maturity < leaf.target
        if below and "improves" not in links:
            yield _row(current, NO_PROJECT, leaf, path)


def _row(current: Map, finding: str, leaf: Capability, path: list[Capability]) -> Row:
    values = (finding, current.number(leaf.id), leaf.name, leaf.importance, leaf.maturity, leaf.target)
    return Row(values, (leaf.id,), tuple(step.id for step in path))


def _service_rows(current: Map) -> Iterator[Row]:
    for service in current.all(Service):
        supports = any(link.type == "supports" for link in current.links_from(service.id))
        needed = any(link.type == "depends on" for link in current.links_to(service.id))
        if not supports and not needed:
            yield Row((NO_CAPABILITY, service.code, service.name, None, None, None), (service.id,), (service.id,))
