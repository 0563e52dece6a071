"""Words: what linking would do, has done, or why it cannot be, in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from capmap.exchange.grid.columns import noun
from capmap.model.linking import Linking, Pair
from capmap.model.map import Map

_SEVERAL = {
    "supports": "support",
    "improves": "improve",
    "changes": "change",
    "depends on": "depend on",
    "needs": "need",
    "uses": "use",
    "asks for": "ask for",
}
_SHORT = 44


def names(current: Map, record_ids: Iterable[str]) -> str:
    """A record by its name, several by their count: Keel Policy Platform; 3 IT services."""
    ids = list(dict.fromkeys(record_ids))
    if len(ids) == 1:
        name = str(getattr(current.get(ids[0]), "name", ""))
        return name if len(name) <= _SHORT else f"{name[: _SHORT - 1]}…"
    kinds = {record.kind for key in ids if (record := current.get(key)) is not None}
    if kinds == {"capability"}:
        return f"{len(ids):,} boxes"
    return noun(kinds.pop(), len(ids)) if len(kinds) == 1 else f"{len(ids):,} things"


def would(current: Map, wanted: Linking) -> str:
    """What linking would do: Keel Policy Platform supports Claims Triage."""
    if wanted.reason:
        return wanted.reason
    if not wanted.new:
        return f"{_told(current, wanted.there)} already"
    there = f" ({len(wanted.there):,} linked already)" if wanted.there else ""
    return f"{_told(current, wanted.new)}{there}"


def done(current: Map, wanted: Linking) -> str:
    """What linking has done."""
    there = ""
    if wanted.there:
        there = f" {len(wanted.there):,} {'was' if len(wanted.there) == 1 else 'were'} linked already."
    return f"{_told(current, wanted.new)} now.{there}"


def _told(current: Map, pairs: Sequence[Pair]) -> str:
    types = {pair.type for pair in pairs}
    sources = dict.fromkeys(pair.source for pair in pairs)
    targets = names(current, (pair.target for pair in pairs))
    if len(types) > 1:
        return f"{names(current, sources)} are linked to {targets}"
    verb = next(iter(types))
    return f"{names(current, sources)} {verb if len(sources) == 1 else _SEVERAL[verb]} {targets}"
