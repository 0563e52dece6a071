"""Subjects: what a question can be asked about in this map, by the words that complete its field."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence

from capmap.analysis.answer import Question
from capmap.analysis.named import label, numbers
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, Capability, Record


@dataclasses.dataclass(frozen=True, slots=True)
class Subject:
    """One: what is written into the field, and what the list says beside it."""

    argument: str
    aside: str


def subjects(current: Map, question: Question) -> list[Subject]:
    """All that completes the argument of a question: its own words, then the records of its kinds by name."""
    found = [Subject(choice, "") for choice in question.choices]
    records = [record for kind in question.kinds for record in current.all(CLASS_OF[kind]) if _is_named(record)]
    number = numbers(current) if Capability.kind in question.kinds else {}
    found += sorted(_told(records, question.kinds, number), key=lambda subject: subject.argument.casefold())
    return found


def argument_for(current: Map, question: Question, record: Record) -> str:
    """What to write for this record, so that no other is meant."""
    if isinstance(record, Capability):
        record = current.shown(record)
    names = Counter(
        label(other).casefold() for kind in question.kinds for other in current.all(CLASS_OF[kind]) if _is_named(other)
    )
    if names[label(record).casefold()] < 2:
        return label(record)
    return current.number(record.id) if isinstance(record, Capability) else record.id


def _is_named(record: Record) -> bool:
    """A reference has no name of its own."""
    return not (isinstance(record, Capability) and record.alias_of)


def _told(records: Sequence[Record], kinds: Sequence[str], number: dict[str, str]) -> Iterator[Subject]:
    names = Counter(label(record).casefold() for record in records)
    within = Counter((record.kind, label(record).casefold()) for record in records)
    for record in records:
        name = label(record)
        aside = number.get(record.id) or str(getattr(record, "code", "")) or (record.kind if len(kinds) > 1 else "")
        if len(kinds) > 1 and aside != record.kind:
            aside = f"{record.kind} {aside}"
        if names[name.casefold()] < 2:
            yield Subject(name, aside)
        elif within[record.kind, name.casefold()] < 2:
            yield Subject(f"{record.kind}:{name}", aside)
        else:
            yield Subject(number.get(record.id) or str(getattr(record, "code", "")) or record.id, f"{name}, {aside}")
