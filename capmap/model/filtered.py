"""Filtered: what a filter leaves of one map, kept in step with its changes at the cost of what they touch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from capmap.model.change import Change
from capmap.model.filters import Filter, judge, matching, with_boxes_around
from capmap.model.map import Map
from capmap.model.records import Attribute, Capability, Link


class Filtered:
    """``matches`` are the boxes for which the filter holds. ``shown`` are those that stay in sight where the others
    are hidden: the matches and the boxes around them, and whatever came since: a new box, one that was asked for, and
    one that was worked on until the filter does not hold for it any more. Nobody loses what they work on.
    """

    def __init__(self, current: Map, wanted: Filter, *, today: dt.date) -> None:
        self._map = current
        self._today = today
        self.wanted = wanted
        self.matches = matching(current, wanted, today=today)
        self._shown: frozenset[str] | None = None
        self.count = self._own(self.matches)
        """How many capabilities match; references count for nothing."""
        self.total = sum(1 for box in current.capabilities if not box.alias_of)
        """How many there are."""

    def _own(self, record_ids: Iterable[str]) -> int:
        boxes = map(self._map.get, record_ids)
        return sum(1 for box in boxes if isinstance(box, Capability) and not box.alias_of)

    @property
    def shown(self) -> frozenset[str]:
        """The boxes that stay in sight."""
        if self._shown is None:
            self._shown = frozenset(with_boxes_around(self._map, self.matches))
        return self._shown

    def keep(self, record_ids: Iterable[str]) -> bool:
        """Let these boxes, and those around them, stay in sight too; whether that makes a difference."""
        missing = with_boxes_around(self._map, record_ids) - self.shown
        self._shown = self.shown | missing
        return bool(missing)

    def follow(self, change: Change) -> bool:
        """Follow a change that the map has had; whether other boxes match now."""
        touched = self._touched(change)
        if touched is None:
            before, self.matches = self.matches, matching(self._map, self.wanted, today=self._today)
        else:
            before = self.matches
            holds = judge(self._map, self.wanted, today=self._today)
            there = [box for key in touched if isinstance(box := self._map.get(key), Capability)]
            held = {box.id for box in there if holds(box)}
            if held != before & touched:
                self.matches = before - touched | held
        if self.matches is not before:
            self.count = self._own(self.matches)
        self.total += sum(_is_own(change.after[key]) - _is_own(old) for key, old in change.before.items())
        self._follow_shown(change, self.matches - before)
        return self.matches is not before and self.matches != before

    def _follow_shown(self, change: Change, matching_now: frozenset[str]) -> None:
        """Boxes that came, were moved or match now come into sight; only what is gone from the map goes."""
        if self._shown is None:
            return
        gone = {key for key, after in change.after.items() if after is None} & self._shown
        stays = set(matching_now)
        for key, after in change.after.items():
            before = change.before[key]
            if isinstance(after, Capability) and (before is None or key in self._shown):
                stays.add(key)
        missing = with_boxes_around(self._map, stays) - self._shown
        if gone or missing:
            self._shown = self._shown - gone | missing

    def _touched(self, change: Change) -> set[str] | None:
        """The boxes for which a change may alter whether the filter holds; None: any of them."""
        current = self._map
        touched: set[str] = set()
        for key, after in change.after.items():
            before = change.before[key]
            for side in (before, after):
                if isinstance(side, Attribute) and side.record_kind == Capability.kind:
                    return None
                if isinstance(side, Link):
                    touched.add(side.target)
                elif isinstance(side, Capability) and side.parent is not None:
                    touched.add(side.parent)
            if isinstance(before, Capability) or isinstance(after, Capability):
                touched.add(key)
                if _stands_elsewhere(before, after) and current.get(key) is not None:
                    touched.update(current.subtree_ids([key]))
            elif after is not None:
                touched.update(link.target for link in current.links_from(key))
        return touched.union(*(current.aliases_of(key) for key in touched))


def _is_own(side: object) -> bool:
    return isinstance(side, Capability) and not side.alias_of


def _stands_elsewhere(before: object, after: object) -> bool:
    """Whether what stands inside a box has another level or another name above it now."""
    if not isinstance(before, Capability) or not isinstance(after, Capability):
        return True
    return before.parent != after.parent or before.name != after.name
