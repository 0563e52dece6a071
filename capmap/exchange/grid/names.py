"""Names: from the names that stand in cells to the records that are meant, kept in step with the map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from capmap.model.change import Change
from capmap.model.records import Capability, Record
from capmap.model.text import clean_name

STEP = " > "
"""Between the names of a path."""

_STEPS = (" > ", " › ", " / ")
_DEEPEST = 100
Index = dict[str, dict[str, None]]


class Records(Protocol):
    """Where records are found: a Map, or what is about to come into one."""

    def get(self, record_id: str | None) -> Record | None:
        """The record with that id, or None."""

    def __iter__(self) -> Iterator[Record]: ...


class Names:
    """Records by name and by code. Kinds are indexed when they are first asked for; ``follow`` keeps them in step at
    the cost of what changed.
    """

    def __init__(self, current: Records) -> None:
        self._map = current
        self._names: dict[str, Index] = {}
        self._codes: dict[str, Index] = {}
        self._referring: dict[tuple[str, str], Index] = {}

    def follow(self, change: Change) -> None:
        """The map has changed by this."""
        for record_id, before in change.before.items():
            after = change.after[record_id]
            for record in (before, after):
                if record is None or record.kind not in self._names:
                    continue
                for index, text in ((self._names, _name(record)), (self._codes, _code(record))):
                    keys = index[record.kind].get(text)
                    if keys is not None:
                        keys.pop(record_id, None)
                        if not keys:
                            del index[record.kind][text]
            if after is not None and after.kind in self._names:
                self.add(after)
            self._follow_references(record_id, before, after)

    def add(self, record: Record) -> None:
        """Know one more record of a kind that was asked for before."""
        if record.kind not in self._names:
            return
        for index, text in ((self._names, _name(record)), (self._codes, _code(record))):
            if text:
                index[record.kind].setdefault(text, {})[record.id] = None

    def _of(self, kind: str) -> tuple[Index, Index]:
        if kind not in self._names:
            self._names[kind], self._codes[kind] = {}, {}
            for record in self._map:
                if record.kind == kind:
                    self.add(record)
        return self._names[kind], self._codes[kind]

    def find(self, text: str, kinds: Iterable[str], among: Names | None = None) -> list[str]:
        """The ids that a text may mean: a name, a path such as "Finance > Billing", a code, or "name (code)".

        ``among`` adds records that are not in the map yet.
        """
        wanted = _folded(text)
        if not wanted:
            return []
        asked = tuple(kinds)
        for look in (_by_name, _by_path, _by_code, _by_both):
            found: dict[str, None] = {}
            for kind in asked:
                for source in (self, among) if among is not None else (self,):
                    found.update(dict.fromkeys(look(source, wanted, kind)))
            if found:
                return list(found)
        return []

    def label(self, record: Record) -> str:
        """The shortest text that means this record and no other of its kind: its name, or the end of its path, or the
        name with the code. Where nothing tells two records apart it is the longest of these.
        """
        name = str(getattr(record, "name", ""))
        names, _ = self._of(record.kind)
        if len(names.get(_folded(name), ())) <= 1:
            return name
        if isinstance(record, Capability):
            path = self._path(record, lambda name: name)
            for length in range(2, len(path) + 1):
                tail = STEP.join(path[-length:])
                if len(_by_path(self, _folded(tail), record.kind)) <= 1:
                    return tail
            return STEP.join(path)
        code = str(getattr(record, "code", ""))
        return f"{name} ({code})" if code else name

    def labels(self, kind: str) -> list[str]:
        """The texts that mean the records of a kind, in the order of the alphabet: what may be completed."""
        names, _ = self._of(kind)
        records = (self._map.get(key) for keys in names.values() for key in keys)
        return sorted((self.label(record) for record in records if record is not None), key=str.casefold)

    def referring(self, kind: str, field: str, record_id: str) -> tuple[str, ...]:
        """The ids of the records of a kind whose field refers to this record."""
        if (kind, field) not in self._referring:
            index: Index = {}
            for record in self._map:
                if record.kind == kind and (target := getattr(record, field)):
                    index.setdefault(target, {})[record.id] = None
            self._referring[kind, field] = index
        return tuple(self._referring[kind, field].get(record_id, ()))

    def _follow_references(self, record_id: str, before: Record | None, after: Record | None) -> None:
        for (kind, field), index in self._referring.items():
            if before is not None and before.kind == kind:
                index.get(getattr(before, field) or "", {}).pop(record_id, None)
            if after is not None and after.kind == kind and (target := getattr(after, field)):
                index.setdefault(target, {})[record_id] = None

    def path_of(self, record: Record) -> list[str]:
        """The names from the top level down to a record, as they are compared."""
        return self._path(record, _folded)

    def _path(self, record: Record, form: Callable[[str], str]) -> list[str]:
        steps: list[str] = []
        box: Record | None = record
        while isinstance(box, Capability) and len(steps) < _DEEPEST:
            steps.append(form(box.name))
            box = self._map.get(box.parent)
        return steps[::-1]

    def record(self, record_id: str) -> Record | None:
        """A record of the map."""
        return self._map.get(record_id)


def _by_name(names: Names, wanted: str, kind: str) -> Iterable[str]:
    return names._of(kind)[0].get(wanted, ())


def _by_code(names: Names, wanted: str, kind: str) -> Iterable[str]:
    return names._of(kind)[1].get(wanted, ())


def _by_path(names: Names, wanted: str, kind: str) -> list[str]:
    if kind != Capability.kind:
        return []
    for mark in _STEPS:
        steps = [step.strip() for step in wanted.split(mark)]
        if len(steps) > 1 and all(steps):
            records = (names.record(key) for key in _by_name(names, steps[-1], kind))
            found = [
                record.id for record in records if record is not None and names.path_of(record)[-len(steps) :] == steps
            ]
            if found:
                return found
    return []


def _by_both(names: Names, wanted: str, kind: str) -> list[str]:
    name, bracket, code = wanted.removesuffix(")").rpartition(" (")
    if not bracket or not wanted.endswith(")"):
        return []
    with_code = _by_code(names, code, kind)
    return [key for key in _by_name(names, name, kind) if key in with_code]


def _folded(text: str) -> str:
    return clean_name(text).casefold()


def _name(record: Record) -> str:
    """The name under which a record is found; a reference to a box is not, and neither is what has no name."""
    if isinstance(record, Capability) and record.alias_of:
        return ""
    return _folded(str(getattr(record, "name", "")))


def _code(record: Record) -> str:
    if isinstance(record, Capability) and record.alias_of:
        return ""
    return _folded(str(getattr(record, "code", "")))
