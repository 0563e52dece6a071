"""Labels: what is written on the boxes of a part of the map: names, chips, how many are hidden, arrows of aliases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from capmap.drawing import chips as chipping
from capmap.drawing.besides import marks_besides
from capmap.drawing.chips import LinkCounts, is_read_from_the_right
from capmap.drawing.mapdrawing import first_baseline, marks_beside_name, name_marks
from capmap.drawing.marks import Mark
from capmap.drawing.theme import Theme, mixed
from capmap.layout.boxes import Box, Layout, Role
from capmap.layout.style import STYLE, scaled
from capmap.lens.lens import Heat
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.render import qt
from capmap.ui.canvas.looks import DIM, Look
from capmap.ui.canvas.stamps import Stamps
from capmap.ui.canvas.viewpoint import Viewpoint

LEAST_TEXT = 4.8
"""Pixels; smaller type is left to bars."""

SURE_TEXT = 6.0
"""Pixels; type of this size and above has its full strength."""

LEAST_BAR = 2.2
"""Pixels; of smaller type nothing is seen."""

_BEGINNING = 0.5
"""The strength of the smallest type: with it a text is about as dark as the bars that it takes the place of."""

_SURE_BAR = 3.4
BAR_INK = 0.28
BAR_HEIGHT = 0.42
"""Of the type size."""

LEAST_BARRED = (8, 4)
"""Device pixels across and down; smaller boxes have no bars."""

_LEAST_BESIDE = 4.5
"""Pixels; chips, counts and arrows in smaller type are left out."""

_ROOM = 2000.0
"""Square pixels for each box; where there is less the type counts as smaller than it is. So many names could not be
painted in time, nor read.
"""

_SHADES = 8
"""Steps in which names come and go."""


class Label(NamedTuple):
    """A box to be written on, where its corner stands in points of the map, and how it looks."""

    box: Box
    x: float
    y: float
    look: Look


def type_scale(layout: Layout, scale: float) -> float:
    """How many pixels a point of the style's type has, or would have if the boxes were not so many."""
    share = layout.width * layout.height / max(len(layout.index), 1) * scale * scale
    return layout.text_scale * scale * min(1.0, (share / _ROOM) ** 2)


def text_strength(role: Role, scale: float) -> float:
    """How strong names of such boxes are, 0 to 1, by the ``type_scale``."""
    share = (STYLE[role].type.size * scale - LEAST_TEXT) / (SURE_TEXT - LEAST_TEXT)
    return min(round((_BEGINNING + share * (1 - _BEGINNING)) * _SHADES) / _SHADES, 1.0) if share >= 0 else 0.0


def bar_strength(role: Role, scale: float, *, instead: bool = False) -> float:
    """The same of the bars that stand for names; ``instead``: no name will be written, however large."""
    size = STYLE[role].type.size * scale
    coming = min(max((size - LEAST_BAR) / (_SURE_BAR - LEAST_BAR), 0.0), 1.0)
    return round(coming * _SHADES) / _SHADES if instead or size < LEAST_TEXT else 0.0


class Writing:
    """Writes on boxes, and keeps what was written for the next time."""

    def __init__(self) -> None:
        self._stamps = Stamps()

    def write(
        self,
        painter: QPainter,
        labels: Iterable[Label],
        view: Viewpoint,
        layout: Layout,
        theme: Theme,
        heat: Heat,
        chips: Mapping[str, LinkCounts],
        current: Map,
    ) -> None:
        """Write on boxes; the painter's unit is a pixel of the widget."""
        text_scale, scale = layout.text_scale, view.scale
        styles = scaled(text_scale)
        starts = {role: (style.padding, first_baseline(style)) for role, style in styles.items()}
        # Names of different boxes do not overlap: written colour by colour, the pen seldom changes.
        blocks: dict[Look, list[qt.Block]] = {}
        beside: dict[bool, list[Mark]] = {False: [], True: []}
        counted: dict[bool, list[tuple[Box, float, float, str, LinkCounts]]] = {False: [], True: []}
        with_more = chipping.SIZE * text_scale * scale >= _LEAST_BESIDE
        adorned = bool(heat.stripes or heat.lens.judged)
        get = current.get
        for box, x, y, look in labels:
            padding, baseline = starts[look.role]
            if is_read_from_the_right(box):
                beside[look.dim].extend(name_marks(box, x, y, look.ink, styles[look.role]))
            else:
                blocks.setdefault(look, []).append((box.lines, x + padding, y + baseline))
            if adorned and not box.children:
                beside[look.dim].extend(marks_besides(box, x, y, (look.fill, look.ink), heat, theme))
            if with_more:
                count = chips.get(box.id)
                if count is not None:
                    counted[look.dim].append((box, x, y, look.fill, count))
                capability = get(box.id)
                alias = isinstance(capability, Capability) and current.shown(capability) is not capability
                if box.hidden or alias:
                    beside[look.dim].extend(
                        marks_beside_name(box, x, y, (look.fill, look.ink), None, box.hidden, alias, theme, text_scale)
                    )
        painter.save()
        painter.translate(view.x, view.y)
        painter.scale(scale, scale)
        for look, some in blocks.items():
            type_ = styles[look.role].type
            ink = mixed(look.fill, look.ink, text_strength(look.role, type_scale(layout, scale)))
            qt.write_blocks(painter, some, type_.weight, type_.size, type_.leading, ink)
        for dim, marks in beside.items():
            painter.setOpacity(1.0 - DIM if dim else 1.0)
            qt.paint(painter, marks)
        painter.restore()
        painter.save()
        for dim, boxes in counted.items():
            painter.setOpacity(1.0 - DIM if dim else 1.0)
            self._stamps.put(painter, boxes, QPointF(view.x, view.y), scale, theme, text_scale)
        painter.restore()
