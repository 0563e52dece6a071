"""Besides: what the lens says of the boxes in sight besides their colour, kept in step with every edit."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable

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
        if self.is_counted:
            self._doubts.put(shown)

    def adorn(self, heat: Heat) -> Heat:
        """The heat with all this."""
        stripes = tuple(stripe.heat for stripe in self._stripes)
        return dataclasses.replace(heat, stripes=stripes, doubt_of=self._doubts.of, doubted=self._doubts.counted)

    def count(self, shown: Iterable[str]) -> None:
        """Count the scores in doubt of all boxes shown."""
        self._doubts.put(shown)
        self.is_counted = True

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
        if self.is_counted:
            self._doubts.take_out({*boxes, *doubtful})
            self._doubts.put(key for key in {*leaves, *doubtful} if key in tally)
        return touched | {key for key in doubtful if key in tally}
