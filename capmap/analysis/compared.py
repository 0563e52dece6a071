"""Compared: what is different between two maps, or two states of one: added, removed, moved, renamed, re-scored."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from capmap.analysis.words import counted
from capmap.model.map import Map
from capmap.model.records import ASSESSED_FIELDS, RECORD_CLASSES, Capability, Record, Settings, field_table

ChangeKind = Literal["added", "removed", "moved", "renamed", "re-scored", "edited"]
KINDS: tuple[ChangeKind, ...] = ("added", "removed", "moved", "renamed", "re-scored", "edited")
"""What can have happened to a capability; "edited" is everything else that is kept of it."""

_EDITED = ("code", "description", "owner", "tags", "category", "reason")
_COUNTED_KINDS = ("service", "project", "objective", "unit", "provider", "demand", "link")


@dataclasses.dataclass(frozen=True, slots=True)
class Changed:
    """A capability that is not as it was: before (None: it is new), after (None: it is gone), what happened to it,
    and for each field that differs its label and both values in words.
    """

    before: Capability | None
    after: Capability | None
    kinds: tuple[ChangeKind, ...]
    details: tuple[tuple[str, str, str], ...] = ()

    @property
    def name(self) -> str:
        """Its name now, or the last it had."""
        one = self.after or self.before
        return one.name if one is not None else ""

    @property
    def words(self) -> str:
        """The details in a line: "from Billing; maturity now 2 → 3"."""
        return "; ".join(_told(label, before, after) for label, before, after in self.details)


@dataclasses.dataclass(frozen=True, slots=True)
class Comparison:
    """Two maps and what is different. ``new_of`` gives for the id of each capability of the old map that is still
    there its id in the new one; ``others`` counts by kind what else was added, removed or changed.
    """

    old: Map
    new: Map
    changed: tuple[Changed, ...]
    new_of: dict[str, str]
    others: dict[str, int]

    @property
    def is_same(self) -> bool:
        """Whether nothing is different."""
        return not self.changed and not self.others

    def of(self, kind: ChangeKind) -> list[Changed]:
        """The capabilities to which this happened, in reading order."""
        return [each for each in self.changed if kind in each.kinds]

    @property
    def sentence(self) -> str:
        """The counts in words."""
        told = [f"{len(found):,} {kind}" for kind in KINDS if (found := self.of(kind))]
        other = ", ".join(counted(number, _word(kind, number)) for kind, number in self.others.items())
        capabilities = f"Capabilities: {', '.join(told)}." if told else "The capabilities are the same."
        return f"{capabilities} Also different: {other}." if other else capabilities


def compared(old: Map, new: Map) -> Comparison:
    """What is different in ``new``. Capabilities are known again by id, else by code, else by the path of names."""
    new_of = _matched(old, new)
    old_of = {after: before for before, after in new_of.items()}
    changed: list[Changed] = []
    for after in new.walk():
        if after.id not in old_of:
            changed.append(Changed(None, after, ("added",), tuple(_place_of(new, after))))
            continue
        before = old.capability(old_of[after.id])
        kinds, details = _difference(old, new, before, after, new_of)
        if kinds:
            changed.append(Changed(before, after, kinds, details))
    changed += [
        Changed(before, None, ("removed",), tuple(_place_of(old, before)))
        for before in old.walk()
        if before.id not in new_of
    ]
    return Comparison(old, new, tuple(changed), new_of, _others(old, new))


def _matched(old: Map, new: Map) -> dict[str, str]:
    new_of: dict[str, str] = {}
    taken: set[str] = set()

    def take(before: str, after: str) -> None:
        new_of[before] = after
        taken.add(after)

    for box in old.walk():
        other = new.get(box.id)
        if isinstance(other, Capability):
            take(box.id, box.id)
    for key_of in (_code, _path):
        keys = _unique(new, key_of)
        for key, before in _unique(old, key_of).items():
            after = keys.get(key)
            if after is not None and before not in new_of and after not in taken:
                take(before, after)
    return new_of


def _unique(current: Map, key_of: Any) -> dict[Any, str]:
    """The ids of capabilities by a key that only one of them has."""
    pairs = [(key_of(current, box), box.id) for box in current.walk()]
    counts = Counter(key for key, _ in pairs)
    return {key: box for key, box in pairs if key and counts[key] == 1}


def _code(_: Map, box: Capability) -> str:
    return "" if box.alias_of else box.code.strip().casefold()


def _path(current: Map, box: Capability) -> tuple[str, ...]:
    return tuple(current.shown(step).name.strip().casefold() for step in current.path(box.id))


def _difference(
    old: Map, new: Map, before: Capability, after: Capability, new_of: dict[str, str]
) -> tuple[tuple[ChangeKind, ...], tuple[tuple[str, str, str], ...]]:
    kinds: list[ChangeKind] = []
    details: list[tuple[str, str, str]] = []
    parent = new_of.get(before.parent, "") if before.parent is not None else None
    if parent != after.parent:
        kinds.append("moved")
        details.append(("in", _holder(old, before), _holder(new, after)))
    if before.name != after.name:
        kinds.append("renamed")
        details.append(("name", before.name, after.name))
    for kind, names in (("re-scored", ASSESSED_FIELDS), ("edited", _EDITED)):
        differing = [name for name in names if getattr(before, name) != getattr(after, name)]
        if differing:
            kinds.append(kind)  # type: ignore[arg-type]
        for name in differing:
            label = field_table("capability")[name].label
            details.append((label.lower(), _value(getattr(before, name)), _value(getattr(after, name))))
    return tuple(kinds), tuple(details)


def _holder(current: Map, box: Capability) -> str:
    return current.capability(box.parent).name if box.parent is not None else ""


def _place_of(current: Map, box: Capability) -> Iterator[tuple[str, str, str]]:
    if box.parent is not None:
        yield "in", _holder(current, box), _holder(current, box)


def _value(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _told(label: str, before: str, after: str) -> str:
    if label == "in":
        return f"in {after}" if before == after else f"from {before or 'the top'} to {after or 'the top'}"
    if label == "name":
        return f"was “{before}”"
    if len(before) + len(after) > 60:
        return f"{label} written anew" if before and after else f"{label} {'added' if after else 'removed'}"
    return f"{label} {before or 'not assessed'} → {after or 'not assessed'}"


def _word(kind: str, number: int) -> str:
    return {"service": "IT service", "unit": "business unit"}.get(kind, kind)


def _others(old: Map, new: Map) -> dict[str, int]:
    found: dict[str, int] = {}
    for record_class in RECORD_CLASSES:
        if record_class is Settings or record_class.kind not in _COUNTED_KINDS:
            continue
        before: dict[str, Record] = {record.id: record for record in old.all(record_class)}
        after: dict[str, Record] = {record.id: record for record in new.all(record_class)}
        number = sum(1 for key in {**before, **after} if before.get(key) != after.get(key))
        if number:
            found[record_class.kind] = number
    return found
