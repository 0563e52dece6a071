"""Viewpoint: which part of a map a widget shows, and how large; the one place that turns points into pixels."""

from __future__ import annotations

import dataclasses
import math

from PySide6.QtCore import QPointF, QRectF, QSizeF

SMALLEST_SCALE = 0.004
LARGEST_SCALE = 8.0
LARGEST_FIT = 1.5
"""A map of three boxes is not blown up to fill the screen."""

_KEPT_IN_SIGHT = 64.0
"""Pixels of the map that stay on screen however far it is panned."""


@dataclasses.dataclass(frozen=True, slots=True)
class Viewpoint:
    """``scale`` is pixels per point (1.0 is 100 %); ``x`` and ``y`` are where the corner of the map stands in the
    widget.
    """

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def to_widget(self, x: float, y: float) -> QPointF:
        """The place in the widget of a point of the map."""
        return QPointF(self.x + x * self.scale, self.y + y * self.scale)

    def to_map(self, place: QPointF) -> tuple[float, float]:
        """The point of the map under a place in the widget."""
        return (place.x() - self.x) / self.scale, (place.y() - self.y) / self.scale

    def rect(self, rectangle: tuple[float, float, float, float]) -> QRectF:
        """Where a rectangle of the map (x, y, width, height) stands in the widget."""
        x, y, width, height = rectangle
        return QRectF(self.x + x * self.scale, self.y + y * self.scale, width * self.scale, height * self.scale)

    def part(self, rect: QRectF) -> tuple[float, float, float, float]:
        """The part of the map (x, y, width, height) under a rectangle of the widget."""
        x, y = self.to_map(rect.topLeft())
        return x, y, rect.width() / self.scale, rect.height() / self.scale

    def moved(self, dx: float, dy: float) -> Viewpoint:
        """The map shifted by pixels."""
        return dataclasses.replace(self, x=self.x + dx, y=self.y + dy)

    def zoomed(self, scale: float, about: QPointF) -> Viewpoint:
        """Another scale, with the point under ``about`` staying there."""
        scale = min(max(scale, SMALLEST_SCALE), LARGEST_SCALE)
        x, y = self.to_map(about)
        return Viewpoint(scale, about.x() - x * scale, about.y() - y * scale)

    def snapped(self, ratio: float) -> Viewpoint:
        """The same with the corner on a whole device pixel, so that a shifted picture can be used again."""
        return dataclasses.replace(self, x=round(self.x * ratio) / ratio, y=round(self.y * ratio) / ratio)

    def showing(self, rectangle: tuple[float, float, float, float], seen: QRectF, *, whole: bool = False) -> Viewpoint:
        """The same, moved by as little as brings a rectangle of the map into a part of the widget; with ``whole`` it is
        shown smaller where it does not fit there.
        """
        rect = self.rect(rectangle)
        if whole and (rect.width() > seen.width() or rect.height() > seen.height()):
            return fitting(rectangle, seen, self.scale)
        dx = _into(rect.left(), rect.right(), seen.left(), seen.right())
        dy = _into(rect.top(), rect.bottom(), seen.top(), seen.bottom())
        return self.moved(dx, dy) if max(abs(dx), abs(dy)) > 0.5 else self

    def kept_in_sight(self, map_size: QSizeF, widget: QRectF) -> Viewpoint:
        """The same, moved back as far as needed for some of the map to be seen."""
        width, height = map_size.width() * self.scale, map_size.height() * self.scale
        spare_x, spare_y = min(_KEPT_IN_SIGHT, width), min(_KEPT_IN_SIGHT, height)
        x = min(max(self.x, widget.left() + spare_x - width), widget.right() - spare_x)
        y = min(max(self.y, widget.top() + spare_y - height), widget.bottom() - spare_y)
        return dataclasses.replace(self, x=x, y=y)

    def between(self, other: Viewpoint, share: float) -> Viewpoint:
        """The viewpoint on the way to another one (``share`` 0 to 1); a point that both show at the same place stays
        there all the way.
        """
        if math.isclose(self.scale, other.scale, rel_tol=1e-6):
            part = share
            scale = other.scale
        else:
            scale = self.scale * (other.scale / self.scale) ** share
            part = (scale - self.scale) / (other.scale - self.scale)
        return Viewpoint(scale, self.x + (other.x - self.x) * part, self.y + (other.y - self.y) * part)


def fitting(rectangle: tuple[float, float, float, float], into: QRectF, largest: float = LARGEST_FIT) -> Viewpoint:
    """The viewpoint that shows a rectangle of the map whole and centred in a rectangle of the widget."""
    x, y, width, height = rectangle
    scale = min(into.width() / max(width, 1.0), into.height() / max(height, 1.0), largest)
    scale = min(max(scale, SMALLEST_SCALE), LARGEST_SCALE)
    left = into.center().x() - (x + width / 2) * scale
    top = into.center().y() - (y + height / 2) * scale
    return Viewpoint(scale, left, top)


def _into(low: float, high: float, least: float, most: float) -> float:
    """How far a span must move to lie inside another; its beginning counts more than its end."""
    if low < least or high - low > most - least:
        return least - low if low < least or low > least else 0.0
    return min(0.0, most - high)
