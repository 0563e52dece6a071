"""Lighting: the boxes of the map that a record touches, so that choosing its row shows them."""

from __future__ import annotations

from collections.abc import Iterable

from capmap.model.map import Map
from capmap.model.records import Capability, Link, Provider, Record, Service


def boxes_of(current: Map, records: Iterable[Record]) -> list[str]:
    """The ids of the boxes that these records are linked to, directly or over the services that they provide or
    change, each once.
    """
    found: dict[str, None] = {}
    for record in records:
        if isinstance(record, Link):
            for end in (current.get(record.source), current.get(record.target)):
                if isinstance(end, Capability):
                    found[end.id] = None
            continue
        if isinstance(record, Capability):
            found[record.id] = None
            continue
        starts: list[Record] = [record]
        if isinstance(record, Provider):
            starts = [service for service in current.all(Service) if service.provider == record.id]
        for start in starts:
            for target in _targets(current, start.id):
                if isinstance(target, Capability):
                    found[target.id] = None
                elif isinstance(target, Service) and not isinstance(start, Service):
                    found.update(dict.fromkeys(box.id for box in _targets(current, target.id) if _is_box(box)))
    return list(found)


def _targets(current: Map, record_id: str) -> list[Record]:
    ends = (current.get(link.target) for link in current.links_from(record_id))
    return [end for end in ends if end is not None]


def _is_box(record: Record) -> bool:
    return isinstance(record, Capability)
