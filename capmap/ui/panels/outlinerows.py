"""OutlineRows: the rows of the outline as objects that last, made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from capmap.model.map import Map
from capmap.model.records import Capability

DRAFT = ""
"""The id of the row whose name is being typed for a box that is not in the map yet."""


class Row:
    """A box and its rows below (None: they were not asked for yet). ``number`` is what Qt keeps of it; Python objects
    do not outlive their row.
    """

    __slots__ = ("children", "key", "number", "parent")

    def __init__(self, key: str, number: int, parent: Row | None) -> None:
        self.key = key
        self.number = number
        self.parent = parent
        self.children: list[Row] | None = None


class Rows:
    """All rows that were asked for, below a ground that is none. Of a map of 100,000 boxes few ever are."""

    def __init__(self, current: Callable[[], Map], first: int = 1) -> None:
        self._current = current
        self.next = first
        self.ground = Row("", 0, None)
        self._by_key: dict[str, Row] = {}
        self._by_number: dict[int, Row] = {0: self.ground}

    def known(self, key: str) -> Row | None:
        """The row of a box, if it was asked for before."""
        return self._by_key.get(key)

    def numbered(self, number: int) -> Row:
        """The row with this number; the ground where there is none."""
        return self._by_number.get(number, self.ground)

    def of(self, key: str) -> Row | None:
        """The row of a box; None if the map has no such box."""
        found = self._by_key.get(key)
        if found is None and isinstance(self._current().get(key), Capability):
            above: Row | None = self.ground
            for step in self._current().path(key):
                if above is not None:
                    self.below(above)
                above = self._by_key.get(step.id)
            found = above
        return found

    def below(self, row: Row) -> list[Row]:
        """The rows below one."""
        if row.children is None:
            row.children = []
            if row is self.ground or row.key != DRAFT:
                # In the middle of a change some still stand elsewhere: they are moved here.
                keys = self._current().child_ids(row.key or None)
                row.children += [self.make(key, row) for key in keys if key not in self._by_key]
        return row.children

    def has_below(self, row: Row) -> bool:
        """Whether rows stand below one, without making them."""
        if row.children is None and row.key != DRAFT:
            return self._current().has_children(row.key)
        return bool(self.below(row))

    def make(self, key: str, parent: Row) -> Row:
        """A new row, not yet among those below its parent."""
        row = Row(key, self.next, parent)
        self.next += 1
        self._by_number[row.number] = row
        if key != DRAFT:
            self._by_key[key] = row
        return row

    def forget(self, row: Row) -> None:
        """A row is gone with all below it."""
        for gone in (row, *self.all_below(row)):
            self._by_number.pop(gone.number, None)
            if self._by_key.get(gone.key) is gone:
                del self._by_key[gone.key]

    def all_below(self, row: Row) -> Iterable[Row]:
        """The rows below one that were asked for, and those below them."""
        stack, found = list(row.children or ()), []
        while stack:
            child = stack.pop()
            found.append(child)
            stack.extend(child.children or ())
        return found
