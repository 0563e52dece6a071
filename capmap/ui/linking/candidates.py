"""Candidates: what can be linked to the given records, found by a few typed letters, and what could be made new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from capmap.exchange.grid.columns import NOUNS
from capmap.model.linking import PARTNERS, linking
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, Capability, Record
from capmap.model.text import clean_name
from capmap.ui.find.finding import best

ICONS: Mapping[str, str] = {
    "capability": "layout-grid",
    "service": "server",
    "project": "briefcase",
    "provider": "factory",
    "unit": "users",
    "objective": "target",
    "demand": "lightbulb",
}
_MOST = 7
_EACH = 5
"""Before anything is typed so many of each kind are offered."""
_MANY = 2_000
"""Of more records than this only those with the letters in their names are ranked."""


class Candidate(NamedTuple):
    """A record that can be linked, what tells it from others of its name, and whether all subjects have it already."""

    record: Record
    aside: str
    is_linked: bool


def partner_kinds(current: Map, subjects: Iterable[str]) -> list[str]:
    """The kinds that can be linked to every one of these records."""
    kinds = {record.kind for key in subjects if (record := current.get(key)) is not None}
    common: list[str] | None = None
    for kind in kinds:
        partners = PARTNERS.get(kind, ())
        common = list(partners) if common is None else [other for other in common if other in partners]
    return common or []


def candidates(current: Map, subjects: Sequence[str], kinds: Sequence[str], words: str) -> list[Candidate]:
    """The records of these kinds that the words mean, the best first; without words the first of each kind that are
    not linked yet.
    """
    found: list[Candidate] = []
    if not words.strip():
        for kind in kinds:
            records = sorted(_records(current, kind), key=_name) if kind != Capability.kind else []
            told = (_told(current, subjects, record) for record in records)
            found += [one for one, _ in zip((one for one in told if not one.is_linked), range(_EACH), strict=False)]
        return found
    records = [record for kind in kinds for record in _records(current, kind)]
    if len(records) > _MANY:
        folded = words.casefold().split()
        records = [record for record in records if all(word in _name(record) for word in folded)][:_MANY]
    labels = [(str(getattr(record, "name", "")), f"{NOUNS[record.kind][0]} {_code(record)}") for record in records]
    return [_told(current, subjects, records[place]) for place in best(words, labels, _MOST)]


def makeable(current: Map, kinds: Sequence[str], words: str) -> Iterator[str]:
    """The kinds of which the words could name a new record: those that have none of that name. Boxes are made on the
    map.
    """
    folded = clean_name(words).casefold()
    for kind in kinds:
        is_known = any(_name(record) == folded for record in _records(current, kind))
        if folded and kind != Capability.kind and not is_known:
            yield kind


def _records(current: Map, kind: str) -> list[Record]:
    records: Iterable[Record] = current.all(CLASS_OF[kind])
    return [record for record in records if not (isinstance(record, Capability) and record.alias_of)]


def _told(current: Map, subjects: Sequence[str], record: Record) -> Candidate:
    wanted = linking(current, [record.id], subjects)
    linked = not wanted.new and bool(wanted.there)
    noun = NOUNS[record.kind][0]
    if linked:
        aside = f"{noun}, linked already"
    elif isinstance(record, Capability):
        aside = " › ".join(step.name for step in current.path(record.id)[:-1]) or "area"
    else:
        aside = f"{noun} {_code(record)}".strip()
    return Candidate(record, aside, linked)


def _name(record: Record) -> str:
    return str(getattr(record, "name", "")).casefold()


def _code(record: Record) -> str:
    return str(getattr(record, "code", ""))
