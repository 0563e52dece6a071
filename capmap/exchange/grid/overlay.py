"""Overlay: records as they will be after a change that is still being put together, laid over the map."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from capmap.errors import ValueRefused
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Record, make
from capmap.model.rules import DEEPEST_LEVEL

Pair = tuple[str, str, str]
"""Type of link, id of its source, id of its target."""


class Overlay:
    """The map with what is put and dropped here. Iterating gives only what was put."""

    def __init__(self, current: Map) -> None:
        self._map = current
        self._records: dict[str, Record | None] = {}
        self._children: dict[str | None, list[str]] = {}
        self._links: dict[tuple[str, str, bool], dict[str, Link]] = {}

    def get(self, record_id: str | None) -> Record | None:
        """The record with that id as it will be, or None."""
        if record_id in self._records:
            return self._records[record_id]
        return self._map.get(record_id)

    def __iter__(self) -> Iterator[Record]:
        return iter([record for record in self._records.values() if record is not None])

    def put(self, record: Record) -> None:
        """This record will be in the map."""
        self._records[record.id] = record

    def change(self, text: str) -> Change:
        """All that was put and dropped, as one change."""
        self._number()
        drops = [key for key, record in self._records.items() if record is None and key in self._map]
        return Change.of(text, self._map, list(self), drops)

    # -- links ---------------------------------------------------------------------------------------

    def links(self, record_id: str, link_type: str, outgoing: bool) -> dict[str, Link]:
        """The links of one type that start (or end) at a record, by the id of their other end."""
        key = (record_id, link_type, outgoing)
        if key not in self._links:
            found = self._map.links_from(record_id) if outgoing else self._map.links_to(record_id)
            ends = {(link.target if outgoing else link.source): link for link in found if link.type == link_type}
            self._links[key] = {end: link for end, link in ends.items() if self.get(link.id) is not None}
        return self._links[key]

    def join(self, link_type: str, source: str, target: str) -> Link:
        """The link between the two: the one there is, or a new one. Raises ValueRefused where there can be none."""
        there = self.links(source, link_type, True).get(target)
        if there is not None:
            return there
        if source == target:
            raise ValueRefused("A link needs two different ends.")
        link = make(Link, type=link_type, source=source, target=target)
        self.put(link)
        self.links(source, link_type, True)[target] = link
        self.links(target, link_type, False)[source] = link
        return link

    def part(self, link: Link) -> None:
        """This link goes."""
        self.links(link.source, link.type, True).pop(link.target, None)
        self.links(link.target, link.type, False).pop(link.source, None)
        if link.id in self._map:
            self._records[link.id] = None
        else:
            self._records.pop(link.id, None)

    # -- the tree ------------------------------------------------------------------------------------

    def append(self, capability: Capability, into: str | None, behind: str | None = None) -> None:
        """A box that stood nowhere becomes the last one inside another (None: the last area), or the one behind a box
        that stands there. Raises ValueRefused.
        """
        self._require(capability, into)
        siblings = self._below(into)
        last = not siblings or behind is None or siblings[-1] == behind
        siblings.insert(len(siblings) if last or behind not in siblings else siblings.index(behind) + 1, capability.id)
        self.put(dataclasses.replace(capability, parent=into))

    def move(self, capability: Capability, into: str | None) -> None:
        """A box becomes the last one inside another. Raises ValueRefused where it cannot stand there."""
        if capability.parent == into:
            return
        self._require(capability, into)
        self._below(capability.parent).remove(capability.id)
        self._below(into).append(capability.id)
        # An area is one of the box around, so it is left behind with that.
        self.put(dataclasses.replace(capability, parent=into, area=None))

    def _require(self, capability: Capability, into: str | None) -> None:
        level, step = 0, into
        while step is not None and level <= DEEPEST_LEVEL:
            if step == capability.id:
                raise ValueRefused(f"{capability.name} cannot stand inside itself.")
            level += 1
            box = self.get(step)
            step = box.parent if isinstance(box, Capability) else None
        if level + self._height(capability.id) > DEEPEST_LEVEL:
            raise ValueRefused(f"That would make more than {DEEPEST_LEVEL} levels.")

    def _height(self, record_id: str) -> int:
        deepest, stack = 0, [(record_id, 1)]
        while stack:
            key, depth = stack.pop()
            deepest = max(deepest, depth)
            below = self._children.get(key)
            stack.extend((child, depth + 1) for child in (self._map.child_ids(key) if below is None else below))
        return deepest

    def _below(self, parent: str | None) -> list[str]:
        if parent not in self._children:
            self._children[parent] = self._map.child_ids(parent)
        return self._children[parent]

    def _number(self) -> None:
        for children in self._children.values():
            for position, key in enumerate(children):
                box = self.get(key)
                if isinstance(box, Capability) and box.position != position:
                    self.put(dataclasses.replace(box, position=position))
