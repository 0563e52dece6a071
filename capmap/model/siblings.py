"""Siblings: the boxes beside a box, numbered from 0 without gaps whatever comes and goes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from capmap.model.map import Map
from capmap.model.records import Capability, Record


def inserted(
    current: Map,
    capabilities: Sequence[Capability],
    into: str | None,
    position: int | None,
    leaving: set[str] | None = None,
) -> list[Capability]:
    """These capabilities at a place among the children of ``into``, with every sibling renumbered whose place changes
    by it.
    """
    leaving = leaving or set()
    siblings = [child for child in current.children(into) if child.id not in leaving]
    place = len(siblings) if position is None else max(0, min(position, len(siblings)))
    ordered = [*siblings[:place], *capabilities, *siblings[place:]]
    puts = [
        dataclasses.replace(child, parent=into, position=index)
        for index, child in enumerate(ordered)
        if child.position != index or child.parent != into
    ]
    here = {child.id for child in puts}
    puts += [child for child in capabilities if child.id not in here]
    for parent in {current.capability(record_id).parent for record_id in leaving} - {into}:
        puts += _renumbered([child for child in current.children(parent) if child.id not in leaving])
    return puts


def _renumbered(siblings: Sequence[Capability]) -> list[Capability]:
    return [
        dataclasses.replace(child, position=index) for index, child in enumerate(siblings) if child.position != index
    ]


def closed_up(current: Map, doomed: Mapping[str, None]) -> list[Record]:
    """The siblings that move up where boxes go."""
    gaps: dict[str | None, None] = {}
    for record_id in doomed:
        record = current[record_id]
        if isinstance(record, Capability) and record.parent not in doomed:
            gaps[record.parent] = None
    return [
        child
        for parent in gaps
        for child in _renumbered([child for child in current.children(parent) if child.id not in doomed])
    ]
