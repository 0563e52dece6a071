"""Rowmatching: which record of the map each row of a table stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from capmap.exchange.grid.names import Names
from capmap.exchange.tables.recognising import ID, KindTable
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, Capability, Link, Record
from capmap.model.text import clean_name

Texts = Mapping[str, str]

_REFERENCE = "alias_of"


def match(current: Map, names: Names, table: KindTable, rows: Sequence[Texts]) -> list[str | None]:
    """The id of the record of each row (None: it is new): by CapMap's own id, else by the id of the source, else by
    code, else by name (a box also by where it stands). No record stands for two rows.
    """
    matches = _Matches(current, names, table.kind, rows)
    matches.by_own_id()
    if table.kind == Link.kind:
        # The ends of a link say which one it is.
        return matches.found
    matches.by_field("external")
    matches.by_field("code")
    matches.by_name()
    return matches.found


class _Matches:
    """Pairs of row and record found so far."""

    def __init__(self, current: Map, names: Names, kind: str, rows: Sequence[Texts]) -> None:
        self._current = current
        self._names = names
        self._rows = rows
        self._records = list(current.all(CLASS_OF[kind]))
        self._taken: set[str] = set()
        self.found: list[str | None] = [None] * len(rows)

    def _take(self, number: int, record: Record | None) -> None:
        if record is not None and self.found[number] is None and record.id not in self._taken:
            self.found[number] = record.id
            self._taken.add(record.id)

    def by_own_id(self) -> None:
        known = {record.id: record for record in self._records}
        keyed = [(number, row[ID]) for number, row in enumerate(self._rows) if row.get(ID) in known]
        # Of a row that somebody copied, the one that is still called so keeps the id.
        keyed.sort(key=lambda pair: _folded(self._rows[pair[0]].get("name", "")) != _name(known[pair[1]]))
        for number, key in keyed:
            self._take(number, known[key])

    def by_field(self, field: str) -> None:
        known = _once(self._records, field)
        told = Counter(_folded(row.get(field, "")) for row in self._rows)
        for number, row in enumerate(self._rows):
            text = _folded(row.get(field, ""))
            record = known.get(text) if text and told[text] == 1 and not row.get(_REFERENCE) else None
            if record is not None and not _differ(record, row, "external"):
                self._take(number, record)

    def by_name(self) -> None:
        alike: dict[tuple[str, bool], list[Record]] = {}
        for record in self._records:
            alike.setdefault((_name(record), _is_reference(record)), []).append(record)
        for number, row in enumerate(self._rows):
            for record in alike.get((_folded(row.get("name", "")), bool(row.get(_REFERENCE))), ()):
                if self.found[number] is None and self._may_be(record, row):
                    self._take(number, record)

    def _may_be(self, record: Record, row: Texts) -> bool:
        if _differ(record, row, "external") or _differ(record, row, "code"):
            return False
        if not isinstance(record, Capability):
            return True
        above = row.get("parent", "").strip()
        return record.parent in self._names.find(above, (Capability.kind,)) if above else record.parent is None


def _is_reference(record: Record) -> bool:
    return isinstance(record, Capability) and record.alias_of is not None


def _once(records: Sequence[Record], field: str) -> dict[str, Record]:
    texts = ["" if _is_reference(record) else _folded(str(getattr(record, field, ""))) for record in records]
    counts = Counter(texts)
    return {text: record for text, record in zip(texts, records, strict=True) if text and counts[text] == 1}


def _differ(record: Record, row: Texts, field: str) -> bool:
    """Whether both sides say who they are, and say different things."""
    ours, theirs = _folded(str(getattr(record, field, ""))), _folded(row.get(field, ""))
    return bool(ours and theirs) and ours != theirs


def _name(record: Record | None) -> str:
    return _folded(str(getattr(record, "name", "")))


def _folded(text: str) -> str:
    return clean_name(text).casefold()
