"""Map: all records of a document by id, with the indexes that answer who stands below whom and what is linked to
what.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

from capmap.errors import EditError
from capmap.model.change import Change
from capmap.model.records import CLASS_OF, SETTINGS_ID, Capability, Link, Record, Settings

AnyRecord = TypeVar("AnyRecord", bound=Record)

_NOTHING: tuple[Any, ...] = ()


class Map:
    """All records, altered by ``apply`` alone. Indexes are kept in step with every change."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._records: dict[str, Record] = {}
        self._kinds: dict[str, dict[str, Record]] = {kind: {} for kind in CLASS_OF}
        self._children: dict[str | None, list[tuple[int, str]]] = {}
        self._outgoing: dict[str, dict[str, None]] = {}
        self._incoming: dict[str, dict[str, None]] = {}
        self._aliases: dict[str, dict[str, None]] = {}
        for record in records:
            self._add(record)
        for siblings in self._children.values():
            siblings.sort()

    # -- records ------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._records

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def __getitem__(self, record_id: str) -> Record:
        try:
            return self._records[record_id]
        except KeyError:
            raise EditError("This is no longer in the map.") from None

    def get(self, record_id: str | None) -> Record | None:
        """The record with that id, or None."""
        return self._records.get(record_id) if record_id is not None else None

    def all(self, record_class: type[AnyRecord]) -> Iterable[AnyRecord]:
        """All records of one class, in the order in which they came."""
        return cast("Mapping[str, AnyRecord]", self._kinds[record_class.kind]).values()

    def count(self, record_class: type[Record]) -> int:
        """How many records of one class there are."""
        return len(self._kinds[record_class.kind])

    def one(self, record_class: type[AnyRecord], record_id: str | None) -> AnyRecord:
        """The record with that id, which must be of that class; raises EditError."""
        record = self._kinds[record_class.kind].get(record_id) if record_id is not None else None
        if record is None:
            raise EditError(f"This {record_class.kind} is no longer in the map.")
        return cast("AnyRecord", record)

    @property
    def settings(self) -> Settings:
        """What is true of the map as a whole."""
        return cast("Settings", self._records.get(SETTINGS_ID)) or Settings(id=SETTINGS_ID)

    def capability(self, record_id: str | None) -> Capability:
        """The capability with that id; raises EditError."""
        return self.one(Capability, record_id)

    @property
    def capabilities(self) -> Iterable[Capability]:
        """All capabilities, in no particular order. ``walk`` gives reading order."""
        return self.all(Capability)

    # -- the tree -----------------------------------------------------------------------------------

    def child_ids(self, parent: str | None) -> list[str]:
        """The ids of the children in order; None stands for the top level."""
        return [child for _, child in self._children.get(parent, _NOTHING)]

    def children(self, parent: str | None) -> list[Capability]:
        """The children in order; None stands for the top level."""
        records = self._records
        return cast("list[Capability]", [records[child] for _, child in self._children.get(parent, _NOTHING)])

    def has_children(self, record_id: str) -> bool:
        """Whether boxes stand inside this one."""
        return bool(self._children.get(record_id))

    def walk(self, root: str | None = None) -> Iterator[Capability]:
        """The capabilities below ``root`` (itself first, if given) in reading order, parents before children."""
        stack = [root] if root is not None else self.child_ids(None)[::-1]
        records, children = self._records, self._children
        while stack:
            current = stack.pop()
            yield cast("Capability", records[current])
            inside = children.get(current)
            if inside:
                stack.extend([child for _, child in reversed(inside)])

    def subtree_ids(self, roots: Iterable[str]) -> list[str]:
        """The ids of these boxes and all below them, each once, parents before children."""
        seen: dict[str, None] = {}
        for root in roots:
            if root not in seen:
                seen.update(dict.fromkeys(capability.id for capability in self.walk(root)))
        return list(seen)

    def path(self, record_id: str) -> list[Capability]:
        """The capabilities from the top level down to this one."""
        steps: list[Capability] = []
        current: str | None = record_id
        while current is not None and len(steps) <= len(self._records):
            capability = self.capability(current)
            steps.append(capability)
            current = capability.parent
        return steps[::-1]

    def level(self, record_id: str) -> int:
        """The level of a box: 1 at the top."""
        return len(self.path(record_id))

    def height(self, record_id: str) -> int:
        """How many levels the branch has, itself included."""
        deepest, stack = 0, [(record_id, 1)]
        while stack:
            current, depth = stack.pop()
            deepest = max(deepest, depth)
            stack.extend((child, depth + 1) for _, child in self._children.get(current, _NOTHING))
        return deepest

    def number(self, record_id: str) -> str:
        """The outline number of a box, such as "4.2.1"."""
        return ".".join(str(capability.position + 1) for capability in self.path(record_id))

    def by_number(self, number: str) -> Capability | None:
        """The capability with that outline number, or with that code."""
        for capability in self.capabilities:
            if capability.code and capability.code.casefold() == number.casefold():
                return capability
        current: Capability | None = None
        for part in number.strip(". ").split("."):
            siblings = self._children.get(current.id if current else None, _NOTHING)
            if not part.isdecimal() or not 1 <= int(part) <= len(siblings):
                return None
            current = self.capability(siblings[int(part) - 1][1])
        return current

    def aliases_of(self, record_id: str) -> list[str]:
        """The ids of the boxes that show this capability a second time."""
        return list(self._aliases.get(record_id, _NOTHING))

    def shown(self, capability: Capability) -> Capability:
        """The capability whose name and scores a box shows: the target of an alias box, else itself."""
        target = self._records.get(capability.alias_of) if capability.alias_of else None
        return target if isinstance(target, Capability) else capability

    # -- links --------------------------------------------------------------------------------------

    def links_from(self, record_id: str) -> list[Link]:
        """The links that start at this record."""
        return [cast("Link", self._records[link]) for link in self._outgoing.get(record_id, _NOTHING)]

    def links_to(self, record_id: str) -> list[Link]:
        """The links that end at this record."""
        return [cast("Link", self._records[link]) for link in self._incoming.get(record_id, _NOTHING)]

    # -- change -------------------------------------------------------------------------------------

    def apply(self, change: Change) -> None:
        """Alter the map. The change must have been made for the map as it stands."""
        for record_id, old in change.before.items():
            if old is not None:
                self._unindex(self._records[record_id])
                if change.after[record_id] is None:
                    del self._records[record_id]
                    del self._kinds[old.kind][record_id]
        touched: dict[str | None, None] = {}
        for new in change.after.values():
            if new is not None:
                self._add(new)
                if isinstance(new, Capability):
                    touched[new.parent] = None
        for parent in touched:
            self._children[parent].sort()

    def snapshot(self) -> Map:
        """A map of its own with the same records, for work that runs aside."""
        return Map(list(self._records.values()))

    def _add(self, record: Record) -> None:
        self._records[record.id] = record
        self._kinds[record.kind][record.id] = record
        if isinstance(record, Capability):
            self._children.setdefault(record.parent, []).append((record.position, record.id))
            if record.alias_of:
                self._aliases.setdefault(record.alias_of, {})[record.id] = None
        elif isinstance(record, Link):
            self._outgoing.setdefault(record.source, {})[record.id] = None
            self._incoming.setdefault(record.target, {})[record.id] = None

    def _unindex(self, record: Record) -> None:
        if isinstance(record, Capability):
            siblings = self._children[record.parent]
            del siblings[bisect.bisect_left(siblings, (record.position, record.id))]
            if not siblings:
                del self._children[record.parent]
            if record.alias_of:
                _discard(self._aliases, record.alias_of, record.id)
        elif isinstance(record, Link):
            _discard(self._outgoing, record.source, record.id)
            _discard(self._incoming, record.target, record.id)


def _discard(index: dict[str, dict[str, None]], key: str, record_id: str) -> None:
    del index[key][record_id]
    if not index[key]:
        del index[key]
