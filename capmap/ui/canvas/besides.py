"""Besides: what the lens says of the boxes in sight besides their colour, kept in step with every edit."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Iterator

from capmap.lens.doubts import Doubts
from capmap.lens.lens import Heat, Lens
from capmap.lens.tally import Tally
from capmap.model.change import Change
from capmap.model.map import Map

MOST_AT_ONCE = 5_000
"""Boxes; how many scores of more boxes are in doubt is counted later, so that their colours are seen at once."""


class Besides:
    """The stripes of one lens and its doubts."""

    def __init__(self, lens: Lens, current: Map, shown: Collection[str], on: dt.date) -> None:
        self._stripes = [Tally(stripe, current, shown) for stripe in lens.stripes]
        self._doubts = Doubts(lens, current, on)
        self.is_counted = not lens.judged or len(shown) <= MOST_AT_ONCE
        """Whether it is known how many scores are in doubt."""
        self._left: Iterator[str] | None = None
        """The boxes that are still to be counted, while the map is as it was when that began."""
        if self.is_counted:
            self._doubts.put(shown)

    def adorn(self, heat: Heat) -> Heat:
        """The heat with all this."""
        stripes = tuple(stripe.heat for stripe in self._stripes)
        return dataclasses.replace(heat, stripes=stripes, doubt_of=self._doubts.of, doubted=self._doubts.counted)

    def count_some(self, shown: Iterable[str]) -> bool:
        """Count the scores in doubt of some more of the boxes shown; whether all are counted now."""
        if self._left is None:
            self._doubts.put_out()
            self._left = iter(list(shown))
        some = list(itertools.islice(self._left, MOST_AT_ONCE))
        self._doubts.put(some)
        self.is_counted = len(some) < MOST_AT_ONCE
        return self.is_counted

    def follow(self, boxes: Collection[str], leaves: Collection[str], change: Change, tally: Tally) -> set[str]:
        """Look again at these boxes, which came, went or look different, those of them that are ``leaves`` now, and at
        those that a change is about. Out come the ids of all boxes that may look different.
        """
        touched: set[str] = set()
        for stripe in self._stripes:
            stripe.take_out(boxes)
            stripe.put(leaves)
            touched |= stripe.follow(change)
        doubtful = self._doubts.follow(change)
        self._left = None
        if self.is_counted:
            self._doubts.take_out({*boxes, *doubtful})
            self._doubts.put(key for key in {*leaves, *doubtful} if key in tally)
        return touched | {key for key in doubtful if key in tally}
