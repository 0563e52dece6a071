"""Change: records before and after, the one value that edits, undo, the journal and every observer speak."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Protocol

from capmap.model.records import Record

Side = Mapping[str, Record | None]


class Records(Protocol):
    """Where records are found by their ids: a Map."""

    def get(self, record_id: str | None) -> Record | None:
        """The record with that id, or None."""

    def __getitem__(self, record_id: str) -> Record: ...


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """What an edit does to a map.

    ``before`` and ``after`` have the same ids as keys; None stands for a record that is not there. ``text`` is what
    the Edit menu says ("Move Billing into Finance").
    """

    text: str
    before: Side
    after: Side

    @classmethod
    def of(cls, text: str, current: Records, puts: Iterable[Record] = (), drops: Iterable[str] = ()) -> Change:
        """The change that puts these records into the map, over what stands there under their ids, and takes the
        dropped ids out.
        """
        before: dict[str, Record | None] = {}
        after: dict[str, Record | None] = {}
        for record in puts:
            old = current.get(record.id)
            if record != old:
                before[record.id], after[record.id] = old, record
        for dropped in drops:
            before[dropped], after[dropped] = current[dropped], None
        return cls(text, before, after)

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.text, self.after, self.before)

    def squash(self, later: Change) -> Change:
        """This change and the later one as one step; records that end as they began fall out."""
        before = {**later.before, **self.before}
        after = {**self.after, **later.after}
        same = [key for key, old in before.items() if old == after[key]]
        for key in same:
            del before[key], after[key]
        return Change(later.text, before, after)

    @property
    def is_empty(self) -> bool:
        """Whether the change alters nothing."""
        return not self.after

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of record that the change touches."""
        return frozenset(
            record.kind for side in (self.before, self.after) for record in side.values() if record is not None
        )
