"""Slides: a map as pages for a screen: one if its names can be read there, else one more for every area."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from capmap.drawing.boxtree import box_tree
from capmap.drawing.marks import Drawing, Region, Text
from capmap.model.map import Map

READABLE = 8.0
"""Points: a page whose smallest name is set in less is followed by a page for each of its boxes at the top."""
TOO_SMALL = 3.0
"""Points: a page whose smallest name is set in less shows fewer levels, as many as can be told apart."""

Page = Callable[[str | None, int | None, tuple[int, int]], Drawing]
"""Draws the branch below a root (None: the whole map) down to so many levels (None: all) as page so of so many."""


def slides(current: Map, page: Page, *, root: str | None = None, depth: int | None = None) -> list[Drawing]:
    """The page of the map (or of the branch below ``root``), and where that is too dense one for each box at its top
    that holds boxes, and so on.
    """
    plan = list(_planned(current, page, root, depth))
    return [page(branch, levels, (number, len(plan))) for number, (branch, levels) in enumerate(plan, start=1)]


def _planned(current: Map, page: Page, root: str | None, depth: int | None) -> Iterator[tuple[str | None, int | None]]:
    whole = page(root, depth, (1, 1))
    boxes = {box.region.key: box.region.level for box in box_tree(whole).walk()}
    shown, levels, deepest = whole, depth, max(boxes.values(), default=0)
    while smallest_name(shown) < TOO_SMALL and deepest > 1:
        levels = deepest = deepest - 1
        shown = page(root, levels, (1, 1))
    yield root, levels
    if smallest_name(whole) >= READABLE or depth == 1:
        return
    inner = None if depth is None else depth - 1
    for child in current.child_ids(root):
        if child in boxes and current.has_children(child):
            yield from _planned(current, page, child, inner)


def smallest_name(drawing: Drawing, without: float = READABLE) -> float:
    """The size in points of the smallest name of a box on a page; ``without`` on one without boxes."""
    smallest, key = math.inf, ""
    for mark in drawing.marks:
        if isinstance(mark, Region):
            key = mark.key if mark.level > 0 else ""
        elif key and isinstance(mark, Text) and mark.key == key:
            smallest, key = min(smallest, mark.size), ""
    return without if smallest == math.inf else smallest
