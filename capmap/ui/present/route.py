"""Route: which boxes a room is asked about, in which order, and which branch comes after this one."""

from __future__ import annotations

from collections.abc import Iterable

from capmap.layout.boxes import Layout
from capmap.model.map import Map
from capmap.model.records import Capability


def stops(layout: Layout) -> list[str]:
    """The ids of the boxes that are asked about, in reading order: those that show no boxes inside."""
    return [box.id for box in layout.walk() if not box.children]


def stop_near(current: Map, layout: Layout, wanted: Iterable[str]) -> str | None:
    """The stop that stands for one of these boxes, the first that has one: itself, the closed box that it is in, or
    the first stop inside it. The first of all where none has; None if nothing is shown.
    """
    for record_id in wanted:
        if record_id not in current:
            continue
        for step in reversed(current.path(record_id)):
            box = layout.index.get(step.id)
            if box is not None:
                if box.children and step.id != record_id:
                    break
                return next(inner.id for inner in box.walk() if not inner.children)
    found = stops(layout)
    return found[0] if found else None


def start_of(current: Map, root: str | None, chosen: str | None) -> str | None:
    """The branch to begin with: the box chosen if boxes stand inside it, else the one around it; with nothing chosen
    the branch that is shown already (``root``, None: the whole map).
    """
    box = current.get(chosen)
    if not isinstance(box, Capability):
        return root
    return box.id if current.has_children(box.id) or box.id == root else box.parent


def branch_beside(current: Map, root: str | None, steps: int) -> str | None:
    """The next branch (``steps`` 1) or the one before (-1) on the level of this one, else on the nearest level above
    that has one; None at the end of the map.
    """
    while root is not None:
        box = current.capability(root)
        siblings = current.child_ids(box.parent)
        place = siblings.index(root)
        further = siblings[place + 1 :] if steps > 0 else siblings[:place][::-1]
        for sibling in further:
            if current.has_children(sibling):
                return sibling
        root = box.parent
    return None
