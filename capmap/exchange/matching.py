"""Matching: which capability of a map each box of a reading stands for."""

from __future__ import annotations

from collections import Counter

from capmap.exchange.boxes import Box, Reading
from capmap.model.map import Map
from capmap.model.records import Capability


def match(current: Map, reading: Reading, into: str | None = None) -> dict[Box, str]:
    """The ids of the capabilities that boxes stand for: by the id in the source, else by code, else by the path of
    names from ``into`` (None: the top level) down. A mere list is also matched by names that the map has once.

    No capability stands for two boxes; a box that is new to the map is not in the answer.
    """
    matches = _Matches(current)
    listed = list(reading.walk())
    _by_identity(matches, [box for box, _ in listed if box.shows is None])
    _by_path(matches, [(box, holder) for box, holder in listed if box.shows is None], into)
    if not reading.shaped:
        _by_name(matches, [box for box, _ in listed if box.shows is None])
    for box, holder in listed:
        if box.shows is not None:
            _reference(matches, box, holder, into)
    return matches.found


class _Matches:
    """Pairs found so far."""

    def __init__(self, current: Map) -> None:
        self.current = current
        self.found: dict[Box, str] = {}
        self._taken: set[str] = set()

    def add(self, box: Box, capability: Capability) -> None:
        if box not in self.found and capability.id not in self._taken:
            self.found[box] = capability.id
            self._taken.add(capability.id)


def _by_identity(matches: _Matches, boxes: list[Box]) -> None:
    real = [capability for capability in matches.current.capabilities if not capability.alias_of]
    externals = _once(real, "external")
    codes = _once(real, "code")
    told = Counter(str(box.values.get("code", "")) for box in boxes)
    for box in boxes:
        for key in (box.values.get("id"), box.values.get("external")):
            # An id that CapMap gave itself comes back in the lists that it writes.
            own = matches.current.get(key)
            capability = own if isinstance(own, Capability) else externals.get(str(key or ""))
            if capability is not None and not capability.alias_of:
                matches.add(box, capability)
    for box in boxes:
        code = str(box.values.get("code", ""))
        capability = codes.get(code)
        if capability is not None and told[code] == 1 and not _called_otherwise(box, capability):
            matches.add(box, capability)


def _once(capabilities: list[Capability], field: str) -> dict[str, Capability]:
    """Capabilities by a field that is not empty and that no two of them share."""
    counts = Counter(getattr(capability, field) for capability in capabilities)
    return {
        value: capability for capability in capabilities if (value := getattr(capability, field)) and counts[value] == 1
    }


def _called_otherwise(box: Box, capability: Capability) -> bool:
    """Whether both have an id from a source, and not the same."""
    external = box.values.get("external")
    return bool(external and capability.external) and external not in (capability.external, capability.id)


def _by_path(matches: _Matches, listed: list[tuple[Box, Box | None]], into: str | None) -> None:
    names: dict[str | None, dict[tuple[str, bool], list[Capability]]] = {}
    for box, holder in listed:
        parent = matches.found.get(holder) if holder is not None else into
        if box in matches.found or (holder is not None and parent is None):
            continue
        if parent not in names:
            names[parent] = {}
            for child in reversed(matches.current.children(parent)):
                key = matches.current.shown(child).name.casefold(), bool(child.alias_of)
                names[parent].setdefault(key, []).append(child)
        # Formats without references name a reference like any box, but never with boxes inside.
        for is_reference in (False,) if box.children else (False, True):
            alike = names[parent].get((box.name.casefold(), is_reference), [])
            while alike and box not in matches.found:
                matches.add(box, alike.pop())


def _by_name(matches: _Matches, boxes: list[Box]) -> None:
    names: dict[str, list[Capability]] = {}
    for capability in matches.current.capabilities:
        if not capability.alias_of:
            names.setdefault(capability.name.casefold(), []).append(capability)
    for box in boxes:
        alike = names.get(box.name.casefold(), [])
        if len(alike) == 1:
            matches.add(box, alike[0])


def _reference(matches: _Matches, box: Box, holder: Box | None, into: str | None) -> None:
    own = matches.current.get(box.values.get("id") or box.values.get("external"))
    target = matches.found.get(box.shows) if box.shows is not None else None
    if isinstance(own, Capability) and own.alias_of:
        matches.add(box, own)
    parent = matches.found.get(holder) if holder is not None else into
    if target is None or (holder is not None and parent is None):
        return
    for record_id in matches.current.aliases_of(target):
        alias = matches.current.capability(record_id)
        if alias.parent == parent:
            matches.add(box, alias)
