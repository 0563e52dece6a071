"""Plates: the names of areas and containers large across them, where the map is too far away to read them in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from capmap.drawing.marks import Text
from capmap.drawing.theme import Theme
from capmap.layout import fonts
from capmap.layout.boxes import Box, Layout
from capmap.layout.style import STYLE
from capmap.render import qt
from capmap.ui.canvas.viewpoint import Viewpoint

_READABLE = (6.6, 7.4)
"""Pixels; plates are full where the type of an area is smaller than the first, and gone where it is larger than the
second.
"""

_SIZES = (13.0, 12.0, 11.0, 10.0, 9.0)
"""Pixels; the largest that breaks no word and leaves nothing out."""

_LEADING = 1.28
_MOST_LINES = 4
_SIDES = 14.0
_WASH = 0.88
_LEAST = (44.0, 20.0)
"""Pixels across and down; smaller boxes have no plate."""

_OPENS = (0.64, 0.72)
"""A box that takes more of the widget than this begins to leave its plate to those inside it, and has left it then."""


_UNNAMED = (0.55, 0.75)
"""From the first part of boxes without room for their name on, all names begin to go; at the second they are gone."""


def paint_plates(painter: QPainter, layout: Layout, theme: Theme, view: Viewpoint, part: QRectF, area: QRectF) -> None:
    """Paint the plates that show inside ``part`` of a widget that fills ``area``."""
    far = _falling(STYLE["area"].type.size * layout.text_scale * view.scale, *_READABLE)
    if far <= 0.0 or area.isEmpty():
        return
    plated = list(_plated(layout, view, area))
    few = _falling(1.0 - _named(plated), *_UNNAMED)
    if few <= 0.0:
        return
    painter.save()
    for box, rect, strength in plated:
        if rect.intersects(part):
            painter.setOpacity(far * few * strength)
            _paint_plate(painter, " ".join(box.lines), rect, theme)
    painter.restore()


def _named(plated: Sequence[tuple[Box, QRectF, float]]) -> float:
    """The part of these boxes whose names fit: a few names among many boxes would look like the only ones."""
    strong = [(box, rect) for box, rect, strength in plated if strength > 0.5] or [pair[:2] for pair in plated]
    fitting = sum(bool(_set(" ".join(box.lines), *_room(rect))[1]) for box, rect in strong)
    return fitting / len(strong) if strong else 0.0


def _plated(layout: Layout, view: Viewpoint, area: QRectF) -> Iterator[tuple[Box, QRectF, float]]:
    """The boxes with plates, where they stand, and how strong each is: a large one gives way to those inside."""
    stack = [(box, view.rect((box.x, box.y, box.width, box.height)), 1.0) for box in layout.boxes if box.children]
    while stack:
        box, rect, strength = stack.pop()
        if not rect.intersects(area):
            continue
        inner = [child for child in box.children if child.children]
        own = strength
        if inner:
            taken = max(rect.width() / area.width(), rect.height() / area.height() * 0.8)
            own = strength * _falling(taken, *_OPENS)
            if strength - own > 0.01:
                for child in inner:
                    x, y = rect.x() + child.x * view.scale, rect.y() + child.y * view.scale
                    place = QRectF(x, y, child.width * view.scale, child.height * view.scale)
                    stack.append((child, place, strength - own))
        if own > 0.01:
            yield box, rect, own


def _falling(value: float, low: float, high: float) -> float:
    """1 below ``low``, 0 above ``high``, straight between."""
    return min(max((high - value) / (high - low), 0.0), 1.0)


def _paint_plate(painter: QPainter, name: str, rect: QRectF, theme: Theme) -> None:
    """A name in the middle of a box."""
    size, lines, across = _set(name, *_room(rect))
    if not lines:
        return
    leading = size * _LEADING
    width, height = across + 12, len(lines) * leading + 6
    plate = QRectF(rect.center().x() - width / 2, rect.center().y() - height / 2, width, height)
    wash = QColor(theme.area_fill)
    wash.setAlphaF(_WASH)
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


def _room(rect: QRectF) -> tuple[int, int]:
    """What a box has for its name, across and down."""
    return int(rect.width() - _SIDES), int(rect.height() - 4)


@lru_cache(maxsize=4096)
def _set(name: str, width: int, height: int) -> tuple[float, tuple[str, ...], float]:
    """The size and the lines of a name in so many pixels, and how wide the widest is; no lines where it does not fit
    as it is: half a name tells less than the colours do.
    """
    if width < _LEAST[0] - _SIDES or height < _LEAST[1] - 4:
        return _SIZES[-1], (), 0.0
    for size in _SIZES:
        most = min(_MOST_LINES, int(height / (size * _LEADING)))
        if all(fonts.width(word, "bold", size) <= width for word in name.split()):
            lines = fonts.wrap(name, "bold", size, width)
            if len(lines) <= most:
                return size, lines, max(fonts.width(line, "bold", size) for line in lines)
    return _SIZES[-1], (), 0.0
