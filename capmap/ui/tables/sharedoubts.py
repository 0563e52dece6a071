"""ShareDoubts: the cells of the tables that show shares which do not add up to 100 %, and the sentence about them."""

from __future__ import annotations

from capmap.exchange.grid.columns import GridColumn
from capmap.model import shares
from capmap.model.map import Map
from capmap.model.records import Link, Record

_WHERE = {"service": "out:supports", "project": "out:improves", "link": "share"}
"""Kind -> the column in which the shares of a row are looked for."""


class ShareDoubts:
    """Answers for the cells in sight, at every paint: what was found is kept until the map changes."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def forget(self) -> None:
        """The map is another one."""
        self._known.clear()

    def sentence(self, current: Map, record: Record, column: GridColumn) -> str:
        """What is wrong with the shares that a cell shows; empty where nothing is."""
        if _WHERE.get(record.kind) != column.key:
            return ""
        key = giver_of(record)
        if key is None:
            return ""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = shares.why_off(current, key)
        return known


def giver_of(record: Record) -> str | None:
    """The id of the service or project whose shares a row shows: its own, or that of a link."""
    if isinstance(record, Link):
        return shares.giver(record)
    return record.id if record.kind in _WHERE else None
