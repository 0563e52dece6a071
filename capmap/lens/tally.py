"""Tally: the steps of the boxes shown and how many stand on each, kept in step with edits and ready for any lens.

An edit costs what it touches; another lens costs no more than there are different sets of scores.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter, itemgetter
from typing import Any

from capmap.lens.asked import Asked
from capmap.lens.lens import Heat, Lens, heat_of
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import ASSESSED_FIELDS, Capability

_FIELDS = (*ASSESSED_FIELDS, "category")
"""What lenses read that can be applied by a table; each has few values."""

Scores = tuple[Any, ...]
"""The values of these fields of one capability."""

_scores_of: Callable[[Capability], Scores] = attrgetter(*_FIELDS)


@dataclasses.dataclass(slots=True)
class _Closed:
    """A box shown with its children hidden: its own scores, and how many leaves below have which."""

    scores: Scores
    below: Counter[Scores]
    step: int | None = None


class Tally:
    """The boxes shown without boxes inside. ``heat`` says what the lens makes of them now."""

    def __init__(self, lens: Lens, current: Map, shown: Iterable[str] = ()) -> None:
        self._lens = lens
        self._current = current
        self._shown: dict[str, str] = {}
        """Each box with the capability whose scores it shows."""
        self._scores: dict[str, Scores | _Closed] = {}
        self._further: Counter[str] = Counter()
        """How many boxes more than one show a capability."""
        self._alike: Counter[Scores] = Counter()
        self._example: dict[Scores, Capability] = {}
        self._step_of: dict[Scores, int | None] = {}
        self._counts: Counter[int | None] = Counter()
        self._rolled_up = 0
        self._by_table = False
        """Whether the lens reads nothing but what is counted here."""
        self._asked: Asked | None = None
        """The boxes as a lens sees them that reads more."""
        self._add(shown)
        self.look_through(lens)

    @property
    def heat(self) -> Heat:
        """The heat as it is now; its steps go along with later edits."""
        if self._asked is not None:
            return self._asked.heat
        return heat_of(self._lens, _Steps(self), self._counts, rolled_up=self._rolled_up > 0)

    # -- what may alter --------------------------------------------------------------------------------

    def look_through(self, lens: Lens) -> None:
        """Count for this lens."""
        self._lens = lens
        self._step_of.clear()
        self._counts.clear()
        self._rolled_up = 0
        self._by_table = not lens.steps or (bool(lens.fields) and set(lens.fields) <= set(_FIELDS))
        self._asked = None if self._by_table else Asked(lens, self._current, self._shown)
        if not self._by_table:
            return
        if not lens.steps:
            self._step_of.update(dict.fromkeys(self._alike))
        else:
            # Scores that the lens does not read make no difference: few capabilities are asked for their step.
            read = itemgetter(*(_FIELDS.index(field) for field in lens.fields))
            asked: dict[Any, int | None] = {}
            for scores in self._alike:
                key = read(scores)
                if key not in asked:
                    asked[key] = lens.step_of(self._current, self._example[scores])
                self._step_of[scores] = asked[key]
        for scores, count in self._alike.items():
            self._counts[self._step_of[scores]] += count
        for held in self._scores.values():
            if isinstance(held, _Closed):
                self._count_closed(held, 1)

    def put(self, boxes: Iterable[str]) -> None:
        """These boxes are shown without boxes inside, now or still: look at them again."""
        known = list(boxes)
        self.take_out(known)
        self._add(known)
        if self._asked is not None:
            self._asked.put(known)

    def take_out(self, boxes: Iterable[str]) -> None:
        """These boxes are not shown any more, or have boxes inside now."""
        known = list(boxes)
        if self._asked is not None:
            self._asked.take_out(known)
        for box in known:
            counted = self._shown.pop(box, None)
            if counted is None:
                continue
            if self._further[counted]:
                self._further[counted] -= 1
                continue
            held = self._scores.pop(counted)
            if isinstance(held, _Closed):
                self._count_closed(held, -1)
            else:
                self._count(held, -1)

    def follow(self, change: Change) -> set[str]:
        """Look again at all boxes whose colour may be another after a change that the map has had; out come their ids.

        Boxes that came or went are for ``put`` and ``take_out``.
        """
        current, touched = self._current, set()
        for key in change.after:
            sides = [side for side in (change.before[key], change.after[key]) if isinstance(side, Capability)]
            if sides:
                touched.add(key)
            for above in {side.parent for side in sides}:
                while above is not None and above not in touched:
                    touched.add(above)
                    record = current.get(above)
                    above = record.parent if isinstance(record, Capability) else None
        boxes = {box for key in touched for box in (key, *current.aliases_of(key)) if box in self._shown}
        gone = {box for box in boxes if current.get(box) is None}
        self.take_out(gone)
        self.put(boxes - gone)
        return boxes if self._asked is None else boxes | self._asked.follow(change)

    # -- counting ------------------------------------------------------------------------------------

    def _add(self, boxes: Iterable[str]) -> None:
        current = self._current
        for box in boxes:
            capability = current.shown(current.capability(box))
            counted = capability.id
            self._shown[box] = counted
            if counted in self._scores:
                self._further[counted] += 1
                continue
            scores = _scores_of(capability)
            if scores not in self._example:
                self._example[scores] = capability
            if current.has_children(counted):
                closed = _Closed(scores, self._below(counted))
                self._scores[counted] = closed
                self._count_closed(closed, 1)
            else:
                self._scores[counted] = scores
                self._count(scores, 1)

    def _below(self, record_id: str) -> Counter[Scores]:
        """The scores of the leaves below a box."""
        current = self._current
        below: Counter[Scores] = Counter()
        for leaf in current.walk(record_id):
            if not leaf.alias_of and not current.has_children(leaf.id):
                scores = _scores_of(leaf)
                below[scores] += 1
                if scores not in self._example:
                    self._example[scores] = leaf
        return below

    def _count(self, scores: Scores, times: int) -> None:
        self._alike[scores] += times
        if not self._alike[scores]:
            del self._alike[scores]
        if self._by_table:
            self._counts[self._step(scores)] += times

    def _count_closed(self, closed: _Closed, times: int) -> None:
        if not self._by_table:
            return
        if times > 0:
            closed.step = self._step(closed.scores)
            if closed.step is None and self._lens.steps:
                steps: list[int] = []
                for scores, count in closed.below.items():
                    step = self._step(scores)
                    if step is not None:
                        steps += [step] * count
                closed.step = self._lens.roll_up(sorted(steps)) if steps else None
        self._rolled_up += times * (closed.step != self._step(closed.scores))
        self._counts[closed.step] += times

    def _step(self, scores: Scores) -> int | None:
        if scores not in self._step_of:
            self._step_of[scores] = self._lens.step_of(self._current, self._example[scores])
        return self._step_of[scores]

    def step_of(self, box: str) -> int | None:
        """The step of a box; raises KeyError for one that is not shown, or has boxes inside."""
        held = self._scores[self._shown[box]]
        return held.step if isinstance(held, _Closed) else self._step_of[held]

    def __iter__(self) -> Iterator[str]:
        return iter(self._shown)

    def __len__(self) -> int:
        return len(self._shown)

    def __contains__(self, box: object) -> bool:
        return box in self._shown


class _Steps(Mapping[str, int | None]):
    """The steps of the boxes of a tally, found when they are asked for."""

    __slots__ = ("_tally",)

    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def __getitem__(self, box: str) -> int | None:
        return self._tally.step_of(box)

    def __iter__(self) -> Iterator[str]:
        return iter(self._tally)

    def __len__(self) -> int:
        return len(self._tally)

    def get(self, box: str, default: Any = None) -> Any:
        """The step of a box, or the default: most boxes of a picture are asked for so."""
        return self._tally.step_of(box) if box in self._tally else default
