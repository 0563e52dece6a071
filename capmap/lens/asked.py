"""Asked: the steps of the boxes shown through a lens that must be asked of each, kept in step with edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from types import MappingProxyType

from capmap.lens.lens import Heat, Lens, heat_of, own_or_below
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability, Link


class Asked:
    """``steps`` goes along with edits; an edit costs what it may alter: the boxes it is about and, through a lens that
    reads links, those around, inside, and linked to what it is about.
    """

    def __init__(self, lens: Lens, current: Map, shown: Iterable[str]) -> None:
        self._lens, self._map = lens, current
        self.steps: dict[str, int | None] = {}
        self._shows: dict[str, str] = {}
        """Each box with the capability that it shows."""
        self._of: dict[str, tuple[int | None, bool, int]] = {}
        """The step of each capability, whether it is that of what stands inside, and how many boxes show it."""
        self._counts: Counter[int | None] = Counter()
        self._rolled_up = 0
        self.put(shown)

    @property
    def heat(self) -> Heat:
        """The heat as it is now; its steps go along with later edits."""
        return heat_of(self._lens, MappingProxyType(self.steps), self._counts, rolled_up=self._rolled_up > 0)

    def put(self, boxes: Iterable[str]) -> None:
        """These boxes are shown without boxes inside, now or still: ask for them again."""
        asked = dict.fromkeys(boxes)
        self.take_out(asked)
        for box in asked:
            capability = self._map.shown(self._map.capability(box))
            self._shows[box] = capability.id
            held = self._of.get(capability.id)
            if held is None:
                step, rolled_up = own_or_below(self._lens, self._map, capability)
                self._of[capability.id] = step, rolled_up, 1
                self._counts[step] += 1
                self._rolled_up += rolled_up
            else:
                step, rolled_up, times = held
                self._of[capability.id] = step, rolled_up, times + 1
            self.steps[box] = step

    def take_out(self, boxes: Iterable[str]) -> None:
        """These boxes are not shown any more, or have boxes inside now."""
        for box in boxes:
            capability = self._shows.pop(box, None)
            if capability is None:
                continue
            del self.steps[box]
            step, rolled_up, times = self._of.pop(capability)
            if times > 1:
                self._of[capability] = step, rolled_up, times - 1
            else:
                self._counts[step] -= 1
                self._rolled_up -= rolled_up

    def follow(self, change: Change) -> set[str]:
        """Ask again for all boxes whose step may be another after a change that the map has had; out come their ids.

        Boxes that came or went are for ``put`` and ``take_out``.
        """
        current = self._map
        about = self._about(change)
        above: set[str] = set()
        for key in about:
            step: str | None = key
            while step is not None and step not in above:
                above.add(step)
                record = current.get(step) or change.before.get(step)
                step = record.parent if isinstance(record, Capability) else None
        touched = about | above
        boxes = {box for key in touched for box in (key, *current.aliases_of(key)) if box in self._shows}
        gone = {box for box in boxes if current.get(box) is None}
        self.take_out(boxes)
        self.put(boxes - gone)
        return boxes

    def _about(self, change: Change) -> set[str]:
        """The capabilities whose value may be another, before those around closed boxes."""
        current, by_links = self._map, self._lens.reads == "links"
        found: set[str] = set()
        tops: set[str] = set()
        for key, after in change.after.items():
            before = change.before[key]
            for side in (before, after):
                if isinstance(side, Capability):
                    found.add(key)
                    if side.parent is not None:
                        found.add(side.parent)
                    if by_links and not _same_place(before, after):
                        tops.add(key)
                elif isinstance(side, Link) and by_links:
                    tops.add(side.target)
            if by_links and not isinstance(after, Capability | Link) and (before is not None or after is not None):
                tops.update(link.target for link in current.links_from(key))
        there = [key for key in tops if isinstance(current.get(key), Capability)]
        return found | tops | set(current.subtree_ids(there))


def _same_place(before: object, after: object) -> bool:
    return (
        isinstance(before, Capability)
        and isinstance(after, Capability)
        and (before.parent, before.name, before.position) == (after.parent, after.name, after.position)
    )
