"""Doubts: which of the boxes shown have scores that are old or of one voice, kept in step with edits."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable

from capmap.lens.lens import Doubt, Doubted, Heat, Lens, apply
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability, Vote


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last of that month."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if years < 1:
        return dt.date.min
    return dt.date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


class Doubts:
    """What is doubtful about the scores that one lens reads. A box is looked at when it is asked for; to know how many
    there are, all boxes shown must be counted once, and are kept in step with edits from then on.
    """

    def __init__(self, lens: Lens, current: Map, on: dt.date) -> None:
        self._map = current
        self._judged = lens.judged
        self._old_from = months_before(on, lens.old_after) if lens.old_after else dt.date.min
        self._voices: Counter[tuple[str, str]] = Counter()
        self._shown: dict[str, str] = {}
        """The doubtful boxes that are counted, with the capability that each shows."""
        self._held: dict[str, tuple[Doubt, int]] = {}
        """The capabilities in doubt, and how many boxes show each."""
        self._counts = [0, 0]
        if self._judged:
            for vote in current.all(Vote):
                self._count_voice(vote, 1)

    def of(self, box: str) -> Doubt | None:
        """Why the scores of a box are doubtful; None where they are not, and for a box with boxes inside."""
        record = self._map.get(box) if self._judged else None
        if not isinstance(record, Capability):
            return None
        capability = self._map.shown(record)
        read = [field for field in self._judged if getattr(capability, field) is not None]
        if not read or self._map.has_children(capability.id):
            return None
        old = capability.assessed_on is not None and capability.assessed_on < self._old_from
        single = any(self._voices[capability.id, field] == 1 for field in read)
        return Doubt(old, single) if old or single else None

    @property
    def counted(self) -> Doubted:
        """How many of the capabilities counted have scores that are old, and of one voice."""
        return Doubted(*self._counts)

    def put(self, boxes: Iterable[str]) -> None:
        """Count these boxes, which are shown now or still."""
        for box in boxes:
            self._take_out(box)
            doubt = self.of(box)
            if doubt is not None:
                capability = self._map.shown(self._map.capability(box)).id
                before, times = self._held.get(capability, (Doubt(False, False), 0))
                self._shown[box] = capability
                self._held[capability] = doubt, times + 1
                self._count(before, -1)
                self._count(doubt, 1)

    def take_out(self, boxes: Iterable[str]) -> None:
        """These boxes are not shown any more, or have boxes inside now."""
        for box in boxes:
            self._take_out(box)

    def put_out(self) -> None:
        """Count no box any more."""
        self._shown, self._held, self._counts = {}, {}, [0, 0]

    def follow(self, change: Change) -> set[str]:
        """Take note of a change that the map has had; out come the ids of all boxes whose look may be another."""
        touched: set[str] = set()
        for key, after in change.after.items() if self._judged else ():
            for side, times in ((change.before[key], -1), (after, 1)):
                if isinstance(side, Vote):
                    self._count_voice(side, times)
                    touched.add(side.capability)
                elif isinstance(side, Capability):
                    touched.add(key)
        return touched.union(*(self._map.aliases_of(key) for key in touched))

    def _count_voice(self, vote: Vote, times: int) -> None:
        if vote.value is not None and vote.field in self._judged:
            self._voices[vote.capability, vote.field] += times

    def _take_out(self, box: str) -> None:
        capability = self._shown.pop(box, None)
        if capability is None:
            return
        doubt, times = self._held.pop(capability)
        if times > 1:
            self._held[capability] = doubt, times - 1
        else:
            self._count(doubt, -1)

    def _count(self, doubt: Doubt, times: int) -> None:
        self._counts[0] += times * doubt.old
        self._counts[1] += times * doubt.single


def looked_through(lens: Lens, current: Map, shown: Collection[str], on: dt.date) -> Heat:
    """What a lens makes of these boxes as of a day, with its stripes and what is doubtful about the scores."""
    doubts = Doubts(lens, current, on)
    doubts.put(shown)
    stripes = tuple(apply(stripe, current, shown) for stripe in lens.stripes)
    return dataclasses.replace(apply(lens, current, shown), stripes=stripes, doubt_of=doubts.of, doubted=doubts.counted)
