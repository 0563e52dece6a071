"""Census: how many boxes of a map are areas, stand between, or are leaves, kept in step with every change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import ASSESSED_FIELDS, Capability, Record


class _Sort(NamedTuple):
    """What is counted of a box that is no reference."""

    is_top: bool
    has_children: bool
    is_assessed: bool


class Census:
    """Counts the boxes of a map once; after that a change costs what it touches, a box that moves what is in it."""

    def __init__(self, current: Map) -> None:
        self.map = current
        self._sorts: Counter[_Sort | None] = Counter(
            _sort(capability, current.has_children(capability.id)) for capability in current.capabilities
        )
        self._levels: Counter[int] = Counter()
        level, row = 1, current.child_ids(None)
        while row:
            self._levels[level] += len(row)
            full = filter(current.has_children, row)
            level, row = level + 1, [child for key in full for child in current.child_ids(key)]

    @property
    def boxes(self) -> int:
        """How many boxes there are; references are not counted, here and below."""
        return sum(self._sorts.values()) - self._sorts[None]

    @property
    def areas(self) -> int:
        """How many stand at the top."""
        return self._sum(is_top=True)

    @property
    def middle(self) -> int:
        """How many stand in another and have boxes inside."""
        return self._sum(is_top=False, has_children=True)

    @property
    def leaves(self) -> int:
        """How many have no boxes inside."""
        return self._sum(has_children=False)

    @property
    def leaves_below_areas(self) -> int:
        """How many of these do not stand at the top."""
        return self._sum(is_top=False, has_children=False)

    @property
    def assessed_leaves(self) -> int:
        """How many leaves have a score."""
        return self._sum(has_children=False, is_assessed=True)

    @property
    def levels(self) -> int:
        """How many levels there are, references included."""
        return max(self._levels, default=0)

    def follow(self, change: Change) -> None:
        """Count a change that the map has had."""
        current = self.map
        came: Counter[str | None] = Counter()
        for key, after in change.after.items():
            before = change.before[key]
            if isinstance(before, Capability):
                came[before.parent] -= 1
            if isinstance(after, Capability):
                came[after.parent] += 1
        for key in {*change.after, *(parent for parent in came if parent is not None)}:
            now, children = current.get(key), len(current.child_ids(key))
            self._sorts[_sort(now, children > 0)] += 1
            self._sorts[_sort(change.before.get(key, now), children > came[key])] -= 1
        for level, times in self._levels_altered(change):
            self._levels[level] += times
        self._levels = +self._levels

    def _levels_altered(self, change: Change) -> Iterator[tuple[int, int]]:
        moved = {key for key, after in change.after.items() if _parent(after) != _parent(change.before[key])}
        for key in moved:
            new = isinstance(self.map.get(key), Capability)
            old = isinstance(change.before[key], Capability)
            if old and not new:
                yield self._old_level(key, change), -1
                continue
            before = self._old_level(key, change) if old else 0
            row, level = [key] if new else [], self.map.level(key) if new else 0
            while row:
                yield level, len(row)
                if old:
                    yield before, -len(row)
                row = [child for above in row for child in self.map.child_ids(above) if child not in moved]
                level, before = level + 1, before + 1

    def _old_level(self, record_id: str, change: Change) -> int:
        """The level of a box before a change."""
        level, above = 0, record_id if record_id in change.before else None
        while above is not None:
            level += 1
            record = change.before[above] if above in change.before else self.map.get(above)
            above = record.parent if isinstance(record, Capability) else None
        return level

    def _sum(self, **wanted: bool) -> int:
        return sum(
            count
            for sort, count in self._sorts.items()
            if sort is not None and all(getattr(sort, name) == value for name, value in wanted.items())
        )


def _sort(record: Record | None, has_children: bool) -> _Sort | None:
    if not isinstance(record, Capability) or record.alias_of:
        return None
    is_assessed = any(getattr(record, field) is not None for field in ASSESSED_FIELDS)
    return _Sort(record.parent is None, has_children, is_assessed)


def _parent(record: Record | None) -> tuple[str | None] | None:
    return (record.parent,) if isinstance(record, Capability) else None
