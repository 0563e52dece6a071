"""Nested: a map as boxes in boxes, arranged for a wanted proportion.

What is minimised, in this order:

1. The area of the map, so that its type is as large as can be once the whole is scaled to a page. Each box offers a
   few sizes (``shaping``), a leaf from the widths of its name on 1 to 4 lines, a container from the best ways to break
   its children into rows (``rows``): of all ways to fill a width, the one that needs the least height, rows that would
   have to be stretched counting somewhat higher. Reading order is never given up. The whole takes the size that needs
   the least enlargement to reach the wanted proportion.
2. How unlike the leaves are. Leaves have a least size and offer only pleasant proportions; what room is left over is
   shared out (``justify``) so that rows reach both edges, boxes of about one size become equal, and edges line up.
3. Of small maps several whole arrangements are made and the one of least cost is taken::

       cost = ln(height) + 2 * unlike + slant + 40 * max(0, 0.5 - fill)

   ``unlike`` is the standard deviation of ln(width) and ln(height) over the leaves, ``slant`` how far the logarithm of
   their mean proportion is from that of 1.9, beyond 0.3, and ``fill`` leaf area over map area.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import math
from collections.abc import Callable, Collection, Iterator, Sequence

from capmap.layout.boxes import Box, Layout
from capmap.layout.justify import USUAL_ASPECT, Justifying, usual_leaf
from capmap.layout.nodes import Node, Scene
from capmap.layout.shaping import Shaping
from capmap.layout.style import STYLE, scaled, text_scale_for
from capmap.model.map import Map
from capmap.model.records import Capability

_TRIALS = 3000
"""Boxes placed for trial: so many arrangements of a small map are compared, one of a large one."""

_FEW_BOXES = 30
_COMFORTS = (1.0, 0.92, 0.84)
_COMFORTS_OF_FEW = (1.0, 0.84, 1.25, 1.6, 2.1, 2.8)
"""Least sizes of leaves that are tried, as parts of the usual; a map of few boxes has room for larger ones."""

_WINDOW = 1.5
_WINDOW_OF_FEW = 3.0
"""How far the proportion of the whole, before it is stretched, may be from the one wanted, as a factor."""

_UNLIKE = 2.0
_SLANT = 1.0
_UNFILLED = 40.0
_LEAST_FILL = 0.5
_LITTLE_SLANT = 0.3
_EMPTY_HEIGHT = 100.0


def arrange(
    current: Map,
    *,
    root: str | None = None,
    depth: int | None = None,
    collapsed: Collection[str] = (),
    only: Collection[str] | None = None,
    aspect: float = 1.6,
    size: tuple[float, float] | None = None,
    names: Callable[[Capability], str] | None = None,
    others: Callable[[Capability], Sequence[str]] | None = None,
) -> Layout:
    """The boxes of a map arranged so that width to height is ``aspect``, or that of ``size`` (a width and a height).

    Shown is the branch below ``root`` (None: the whole map), down to ``depth`` levels (None: all), without what is
    inside the boxes ``collapsed``, and with ``only`` no box that is not in it. The root itself is left to the title:
    its children are the boxes at the top, at level 1; a root without children is the only box. ``names`` gives the
    name to show of a capability (else its own, or of an alias that of its target), ``others`` the names in other
    languages that must fit as well: the boxes are then the same whichever of them is shown.

    The children of a box are in its layout in reading order: as in the map, but by area where areas are set.
    """
    if size is not None:
        aspect = size[0] / size[1]
    with _no_collection():
        scene = Scene(current, root, depth, frozenset(collapsed), STYLE, names, only, others)
        boxes = scene.count()
        text_scale = text_scale_for(boxes)
        return _arranged(dataclasses.replace(scene, styles=scaled(text_scale)), boxes, aspect, text_scale)


def _arranged(scene: Scene, boxes: int, aspect: float, text_scale: float) -> Layout:
    if not boxes:
        return Layout(_EMPTY_HEIGHT * aspect, _EMPTY_HEIGHT, [], {}, text_scale)
    top = scene.tree()
    few = boxes < _FEW_BOXES
    window = _WINDOW_OF_FEW if few else _WINDOW
    comforts = _COMFORTS_OF_FEW if few else _COMFORTS[: max(1, _TRIALS // (boxes * 4))]
    trials = max(1, _TRIALS // (boxes * len(comforts)))
    best: tuple[float, Layout] | None = None
    for comfort in comforts:
        Shaping(boxes, comfort).shape(top, (aspect / window, aspect * window))
        shapes = sorted(top.shapes, key=lambda shape: max(shape.width / aspect, shape.height))
        for shape in shapes[:trials]:
            height = max(shape.width / aspect, shape.height)
            top.shapes = [shape]
            layout = _placed(top, aspect * height, height, text_scale)
            if best is None:
                best = (math.inf if trials * len(comforts) == 1 else _cost(layout)), layout
            elif (cost := _cost(layout)) < best[0]:
                best = cost, layout
    assert best is not None
    return best[1]


def _placed(top: Node, width: float, height: float, text_scale: float) -> Layout:
    justifying = Justifying(usual_leaf(width * height, top.leaves()))
    boxes: list[Box] = []
    counts, _ = justifying.place(top, None, boxes, (0.0, 0.0, width, height))
    return Layout(width, height, boxes, justifying.index, text_scale, counts)


def _cost(layout: Layout) -> float:
    """See the top of this module."""
    leaves = [(math.log(box.width), math.log(box.height)) for box in layout.index.values() if not box.children]
    across = sum(wide for wide, _ in leaves) / len(leaves)
    down = sum(high for _, high in leaves) / len(leaves)
    unlike = math.sqrt(sum((wide - across) ** 2 + (high - down) ** 2 for wide, high in leaves) / len(leaves))
    fill = sum(math.exp(wide + high) for wide, high in leaves) / (layout.width * layout.height)
    slant = max(0.0, abs(across - down - math.log(USUAL_ASPECT)) - _LITTLE_SLANT)
    fill = sum(math.exp(wide + high) for wide, high in leaves) / (layout.width * layout.height)
    shortfall = max(0.0, _LEAST_FILL - fill)
    return math.log(layout.height) + _UNLIKE * unlike + _SLANT * slant + _UNFILLED * shortfall


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Without garbage collection, which would look through all the new shapes again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
