"""Progress: how many boxes of a branch have an answer, kept in step with every edit."""

from __future__ import annotations

from capmap.lens.lens import Lens
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability


class Progress:
    """Counts the boxes without boxes inside, each once however often references show it."""

    def __init__(self, current: Map, root: str | None, lens: Lens) -> None:
        self._map = current
        self._root = root
        self._lens = lens
        self._known: dict[str, bool] = {}
        self._count()

    @property
    def total(self) -> int:
        """How many boxes there are to assess."""
        return len(self._known)

    @property
    def assessed(self) -> int:
        """How many of them the lens has a colour for."""
        return sum(self._known.values())

    def follow(self, change: Change) -> None:
        """Count what a change altered; all anew where boxes came, went or moved."""
        for key, after in change.after.items():
            before = change.before[key]
            if not isinstance(before, Capability) and not isinstance(after, Capability):
                continue
            if not isinstance(before, Capability) or not isinstance(after, Capability) or before.parent != after.parent:
                self._count()
                return
            if key in self._known:
                self._known[key] = self._has_answer(after)

    def _count(self) -> None:
        current = self._map
        if self._root is not None and self._root not in current:
            self._root = None
        boxes = current.walk(self._root)
        leaves = (current.shown(box) for box in boxes if not current.has_children(box.id))
        self._known = {leaf.id: self._has_answer(leaf) for leaf in leaves}

    def _has_answer(self, capability: Capability) -> bool:
        return self._lens.step_of(self._map, capability) is not None
