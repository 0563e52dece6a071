"""Plainwork: the picture of the boxes that ``groundwork`` makes, by a painter: for small maps before numpy is there."""

from __future__ import annotations

import math
from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from capmap.drawing.mapdrawing import first_baseline, placed, unknown_shape
from capmap.drawing.marks import Mark, Rect
from capmap.drawing.theme import Theme, mixed
from capmap.layout import fonts
from capmap.layout.boxes import Box, Layout
from capmap.layout.style import STYLE, scaled
from capmap.lens.lens import Heat
from capmap.render import qt
from capmap.ui.canvas.labels import BAR_HEIGHT, BAR_INK, LEAST_BARRED, Label, bar_strength, text_strength, type_scale
from capmap.ui.canvas.looks import LEAST_INSIDE, Look, Looks, dashes_are_seen
from capmap.ui.canvas.snapping import Pixels, snapped, whole
from capmap.ui.canvas.viewpoint import Viewpoint


def paint_plainly(
    painter: QPainter, layout: Layout, heat: Heat, theme: Theme, view: Viewpoint, part: QRectF
) -> list[Label]:
    """Paint the boxes inside a part of the widget; out comes where names are to be written."""
    looks = Looks(theme, heat.lens)
    ratio = painter.device().devicePixelRatioF()
    scale = view.scale * ratio
    corner = round(view.x * ratio), round(view.y * ratio)
    painter.fillRect(part, QColor(theme.page))
    seen = QRectF(part.x() * ratio, part.y() * ratio, part.width() * ratio, part.height() * ratio)
    legible = type_scale(layout, view.scale)
    marks: list[Mark] = []
    labels: list[Label] = []
    stack: list[tuple[Box, float, float, Pixels | None]] = [(box, box.x, box.y, None) for box in layout.boxes]
    while stack:
        box, x, y, holder = stack.pop()
        place = left, top, right, bottom = snapped(box, x, y, scale, holder)
        if not seen.intersects(QRectF(left + corner[0], top + corner[1], right - left, bottom - top)):
            continue
        look = looks.all[
            looks.of_container(box.role, box.level)
            if box.children
            else looks.of_leaf(box.level, heat.steps.get(box.id))
        ]
        marks += _shape(box, place, look, theme, scale, layout.text_scale)
        marks += _bars(box, place, look, scale, layout.text_scale, bar_strength(box.role, legible))
        if text_strength(box.role, legible) > 0.0:
            labels.append(Label(box, left / scale, top / scale, look))
        stack.extend((child, x + child.x, y + child.y, place) for child in box.children)
    painter.save()
    painter.scale(1 / ratio, 1 / ratio)
    painter.translate(*corner)
    qt.paint(painter, marks)
    painter.restore()
    return labels


def _bars(box: Box, place: Pixels, look: Look, scale: float, text_scale: float, strength: float) -> Iterator[Mark]:
    """The bars that stand for the name of a box."""
    left, top, right, bottom = place
    if strength <= 0.0 or right - left < LEAST_BARRED[0] or bottom - top < LEAST_BARRED[1]:
        return
    style = scaled(text_scale)[box.role]
    edge = _edge(look, place, text_scale, scale)[0]
    low, header = bottom - edge, min((child.y for child in box.children), default=math.inf) * scale
    height = max(1, round(style.type.size * BAR_HEIGHT * scale))
    ink = mixed(look.fill, look.ink, BAR_INK * strength)
    start = left + round(style.padding * scale)
    for place_of_line, line in enumerate(box.lines):
        foot = top + whole((first_baseline(style) + place_of_line * style.type.leading) * scale)
        end = min(start + whole(fonts.width(line, style.type.weight, style.type.size) * scale), right - edge)
        foot, head = min(foot, low, math.floor(min(top + header, 1e6))), foot - height
        if end > start and foot > head >= top + edge:
            yield Rect(start, head, end - start, foot - head, ink)


def _edge(look: Look, place: Pixels, text_scale: float, scale: float) -> tuple[int, str]:
    """How wide the edge of a box is and in which colour: one that has no room for an edge has none."""
    left, top, right, bottom = place
    edge, colour = look.stroke(text_scale, scale)
    return (edge, colour) if min(right - left, bottom - top) >= 2 * edge + LEAST_INSIDE else (0, "")


def _shape(box: Box, place: Pixels, look: Look, theme: Theme, scale: float, text_scale: float) -> list[Mark]:
    """The marks of a box, one device pixel a unit."""
    left, top, right, bottom = place
    width, height, radius = right - left, bottom - top, STYLE[box.role].radius * scale
    if look.dashed and dashes_are_seen(scale):
        empty = unknown_shape(0.0, 0.0, width / scale, height / scale, STYLE["leaf"].radius, theme)
        return list(placed(empty, scale, left, top))
    edge, colour = _edge(look, place, text_scale, scale)
    return [Rect(left, top, width, height, look.fill, colour, edge, radius)]
