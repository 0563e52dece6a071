"""Painting: a part of the map as it looks at this scale, with names that stay readable when the boxes are small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from capmap.drawing.mapdrawing import first_baseline
from capmap.drawing.marks import Mark, Rect, Text
from capmap.drawing.theme import Theme, ink_on
from capmap.layout import fonts
from capmap.layout.boxes import Box, Layout
from capmap.layout.style import STYLE, scaled
from capmap.render import qt
from capmap.ui.canvas import overlay
from capmap.ui.canvas.arrangement import Arrangement
from capmap.ui.canvas.viewpoint import Viewpoint

_LEAST_BOX = 1.5
"""Pixels; smaller boxes are not painted."""

_LEAST_TEXT = 5.0
"""Pixels; smaller type is painted as grey bars."""

_LEAST_BAR = 2.2
"""Pixels; of smaller type nothing is painted."""

_LEAST_SHARP = 16.0
"""Device pixels; smaller boxes and chips keep their exact size."""

_READABLE = 8.0
"""Pixels; where the name of a container is smaller it is painted again across the box, large enough to read."""

_LABELS = (12.5, 11.0, 9.5)
"""Sizes for such a name, in pixels: the largest that breaks no word and leaves nothing out."""

_LABEL_LEADING = 1.28

_HEADER = 2.0
"""Pixels between a lit name of a container and its children."""

Placed = tuple[Box, float, float]
"""A box and where its corner stands, in points of the map."""


def paint_map(
    painter: QPainter,
    arrangement: Arrangement,
    layout: Layout,
    theme: Theme,
    view: Viewpoint,
    part: QRectF,
    area: QRectF,
    lit: frozenset[str] | None,
) -> None:
    """Paint the part of the map inside ``part`` (pixels of a widget that fills ``area``); with ``lit`` dim all other
    boxes.
    """
    painter.fillRect(part, QColor(theme.page))
    clip = view.part(part.adjusted(-2, -2, 2, 2))
    scale = view.scale
    text_scale = layout.text_scale * scale
    marks = arrangement.marks(theme, clip, _LEAST_BOX / scale, _LEAST_TEXT / scale, layout)
    ratio = painter.device().devicePixelRatioF()
    painter.save()
    painter.translate(view.x, view.y)
    painter.scale(scale, scale)
    qt.paint(painter, _sharpened(marks, view, ratio))
    painter.restore()
    if _LEAST_BAR <= STYLE["leaf"].type.size * text_scale < _LEAST_TEXT:
        _paint_bars(painter, arrangement, layout, theme, view, clip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if lit is not None:
        _paint_veil(painter, layout, theme, view, part, clip, lit)
    if STYLE["area"].type.size * text_scale < _READABLE:
        for box, rect in _labelled(layout, view, area):
            if rect.intersects(part):
                _paint_label(painter, box, rect, theme)


def _sharpened(marks: Iterable[Mark], view: Viewpoint, ratio: float) -> Iterator[Mark]:
    """The marks with the edges of boxes on whole device pixels and their outlines a whole number of them wide."""
    device = view.scale * ratio
    left, top = view.x * ratio, view.y * ratio
    for mark in marks:
        if isinstance(mark, Rect) and mark.width * device > _LEAST_SHARP and mark.height * device > _LEAST_SHARP:
            x0, y0 = round(left + mark.x * device), round(top + mark.y * device)
            x1, y1 = round(left + (mark.x + mark.width) * device), round(top + (mark.y + mark.height) * device)
            yield Rect(
                (x0 - left) / device,
                (y0 - top) / device,
                (x1 - x0) / device,
                (y1 - y0) / device,
                mark.fill,
                mark.stroke,
                max(1, round(mark.stroke_width * device)) / device,
                mark.radius,
                mark.key,
            )
        else:
            yield mark


def _visible(boxes: Iterable[Box], clip: tuple[float, float, float, float], least: float) -> Iterator[Placed]:
    """The boxes that show in a part of the map and are at least so large, parents before children."""
    left, top, right, bottom = clip[0], clip[1], clip[0] + clip[2], clip[1] + clip[3]
    stack = [(box, box.x, box.y) for box in boxes]
    while stack:
        box, x, y = stack.pop()
        if x >= right or y >= bottom or x + box.width <= left or y + box.height <= top:
            continue
        if box.width < least or box.height < least:
            continue
        yield box, x, y
        stack.extend((child, x + child.x, y + child.y) for child in box.children)


def _paint_bars(
    painter: QPainter,
    arrangement: Arrangement,
    layout: Layout,
    theme: Theme,
    view: Viewpoint,
    clip: tuple[float, float, float, float],
) -> None:
    """Names too small to read, as bars: the texture of the map stays when its text goes."""
    heat, styles = arrangement.heat, scaled(layout.text_scale)
    bars: dict[str, list[QRectF]] = {}
    for box, x, y in _visible(layout.boxes, clip, 6.0 / view.scale):
        style = styles[box.role]
        size = style.type.size
        if size * view.scale >= _LEAST_TEXT:
            continue
        step = heat.steps.get(box.id)
        ink = ink_on(heat.lens.steps[step].fill) if step is not None and not box.children else theme.quiet_ink
        height = size * 0.42
        baseline = y + first_baseline(style)
        for line in box.lines:
            width = fonts.width(line, style.type.weight, size)
            bars.setdefault(ink, []).append(view.rect((x + style.padding, baseline - height, width, height)))
            baseline += style.type.leading
    painter.setPen(Qt.PenStyle.NoPen)
    for ink, rects in bars.items():
        colour = QColor(ink)
        colour.setAlphaF(0.28)
        painter.setBrush(colour)
        painter.drawRects(rects)


def _paint_veil(
    painter: QPainter,
    layout: Layout,
    theme: Theme,
    view: Viewpoint,
    part: QRectF,
    clip: tuple[float, float, float, float],
    lit: frozenset[str],
) -> None:
    """Dim what is not lit. Of a lit container the name is lit: its boxes are lit only if they are hits themselves."""
    rects: list[QRectF] = []
    for box, x, y in _visible(layout.boxes, clip, 0.0):
        if box.id not in lit:
            continue
        rect = view.rect((x, y, box.width, box.height))
        if box.children:
            header = min(child.y for child in box.children) * view.scale - _HEADER
            rect.setHeight(max(header, 3.0))
        rects.append(rect)
    radius = min(4.0, STYLE["leaf"].radius * view.scale)
    overlay.veil(painter, part, rects, radius, theme)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(overlay.accents_of(theme).found), 2.0))
    for rect in rects:
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


def _labelled(layout: Layout, view: Viewpoint, area: QRectF) -> Iterator[tuple[Box, QRectF]]:
    """The containers whose names are painted large: the outermost ones that can be seen whole."""
    stack = [(box, view.rect((box.x, box.y, box.width, box.height))) for box in layout.boxes]
    while stack:
        box, rect = stack.pop()
        if not box.children or not rect.intersects(area):
            continue
        inner = [child for child in box.children if child.children]
        if inner and (rect.width() > area.width() * 0.7 or rect.height() > area.height() * 0.9):
            for child in inner:
                x, y = rect.x() + child.x * view.scale, rect.y() + child.y * view.scale
                stack.append((child, QRectF(x, y, child.width * view.scale, child.height * view.scale)))
        elif rect.width() >= 44 and rect.height() >= 20:
            yield box, rect


def _paint_label(painter: QPainter, box: Box, rect: QRectF, theme: Theme) -> None:
    """The name of a container in the middle of it, on a plate."""
    name = " ".join(box.lines)
    room = rect.width() - 14
    for size in _LABELS:
        leading = size * _LABEL_LEADING
        most = max(1, min(4, int((rect.height() - 4) / leading)))
        whole = all(fonts.width(word, "bold", size) <= room for word in name.split())
        if whole and len(fonts.wrap(name, "bold", size, room)) <= most:
            break
    if not whole:
        return  # a broken word tells less than the colours do
    lines = fonts.wrap(name, "bold", size, room, most)
    width = max(fonts.width(line, "bold", size) for line in lines) + 12
    height = len(lines) * leading + 6
    plate = QRectF(rect.center().x() - width / 2, rect.center().y() - height / 2, width, height)
    wash = QColor(theme.area_fill)
    wash.setAlphaF(0.88)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(wash)
    painter.drawRoundedRect(plate, 5, 5)
    baseline = plate.top() + 3 + leading * 0.76
    qt.paint(
        painter,
        [
            Text(plate.center().x(), baseline + index * leading, line, "bold", size, theme.area_ink, "middle")
            for index, line in enumerate(lines)
        ],
    )
