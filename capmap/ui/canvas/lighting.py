"""Lighting: which boxes of the canvas stand out while the rest is dimmed, the one place that all who ask go to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from capmap.layout.boxes import Layout
from capmap.model.map import Map
from capmap.model.records import Capability

Asker = Literal["found", "linked", "pointed", "chosen", "time"]
"""Who may want boxes lit for a while: what was found, what a link touches, what the legend points at and
what is chosen in it, what changes.
"""

_ANYWHERE: frozenset[Asker] = frozenset({"linked"})
"""These ask about the whole map; all others look inside the filter."""


class Lighting:
    """A filter that dims is the ground: it lasts. Above it whoever asked last has its boxes lit, and when that one is
    done, the one who asked before. What is asked for inside a filter is lit as far as it matches; if nothing of it
    does, all of it is, since a dark map would answer nothing.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._ground: frozenset[str] | None = None
        self._asked: dict[Asker, frozenset[str]] = {}
        self._seen: frozenset[str] | None = None
        self.lit: frozenset[str] | None = None
        """The ids of the boxes that are lit; None where all are alike."""
        self.ringed = False
        """Whether the lit boxes have an outline besides: those somebody asked for, not those of the filter."""

    def stand_on(self, matches: frozenset[str] | None) -> None:
        """Dim all but these boxes for as long as nobody asks for others; None: a filter does not dim."""
        self._ground = matches
        self._decide()

    def ask(self, asker: Asker, record_ids: Iterable[str] | None) -> None:
        """Light these boxes; None: done."""
        self._asked.pop(asker, None)
        if record_ids is not None:
            self._asked[asker] = frozenset(record_ids)
        self._decide()

    def forget(self) -> None:
        """Another map is shown: nobody has asked for anything."""
        self._ground, self._asked = None, {}
        self.lit, self.ringed, self._seen = None, False, None

    def look_again(self) -> None:
        """The layout is another one: other boxes are closed."""
        self._seen = None

    def seen(self, layout: Layout, current: Map) -> frozenset[str] | None:
        """The boxes of a layout that are lit: of one hidden in a closed box, the closed one. None: all are alike."""
        if self._seen is None and self.lit is not None:
            self._seen = _in_sight(self.lit, layout, current)
        return self._seen

    def _decide(self) -> None:
        lit = self._ground
        if self._asked:
            asker, wanted = next(reversed(self._asked.items()))
            within = wanted if self._ground is None or asker in _ANYWHERE else wanted & self._ground
            lit = within or wanted
        if (lit, bool(self._asked)) != (self.lit, self.ringed):
            self.lit, self.ringed, self._seen = lit, bool(self._asked), None
            self._changed()


def _in_sight(lit: frozenset[str], layout: Layout, current: Map) -> frozenset[str]:
    hidden = lit - layout.index.keys()
    if not hidden:
        return lit
    found = set(lit - hidden)
    passed: set[str | None] = {None}
    for record_id in hidden:
        step: str | None = record_id
        while step not in passed:
            passed.add(step)
            box = layout.index.get(step or "")
            if box is not None:
                found.update([box.id] if not box.children else [])
                break
            above = current.get(step)
            step = above.parent if isinstance(above, Capability) else None
    return frozenset(found)
