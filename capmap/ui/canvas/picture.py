"""Picture: the painted map kept as a pixmap, so that hovering and selecting paint nothing and panning paints strips."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap, QRegion

from capmap.ui.canvas.viewpoint import Viewpoint

Render = Callable[[QPainter, Viewpoint, QRectF, bool], None]
"""Paints the part of the map inside a rectangle of the widget, ground included; only if the last says so with names."""

_FRAME_SECONDS = 0.007
"""A map that takes longer to paint than this is stretched during a movement and made sharp after it."""

_MOST_SMOOTHED = 4_000_000
"""Device pixels; larger pictures are stretched without smoothing, which takes a quarter of the time."""


class Picture:
    """What the widget shows of the map, without anything that floats above it."""

    def __init__(self, render: Render) -> None:
        self._render = render
        self._pixmap = QPixmap()
        self._small = QPixmap()
        self._view: Viewpoint | None = None
        self._ratio = 0.0
        self._seconds = 0.0

    def forget(self) -> None:
        """The map looks different now: paint all of it the next time."""
        self._view = None

    def show(self, painter: QPainter, view: Viewpoint, size: QSize, ratio: float, *, hurry: bool) -> bool:
        """Paint the picture of a widget of ``size`` with ``ratio`` device pixels to a pixel.

        In a ``hurry`` (in the middle of a zoom) a picture that takes long is an older one stretched, with the boxes
        that come into sight around it nameless; returns whether it is sharp.
        """
        device = QSize(round(size.width() * ratio), round(size.height() * ratio))
        view = view.snapped(ratio)
        usable = self._view is not None and self._pixmap.size() == device and self._ratio == ratio
        if not usable:
            self._paint_all(view, size, device, ratio)
        elif self._view != view and self._view is not None:
            if view.scale == self._view.scale:
                self._shift(view, size, ratio)
            elif hurry and self._seconds > _FRAME_SECONDS:
                self._stretch(painter, self._view, view, size)
                return False
            else:
                self._paint_all(view, size, device, ratio)
        painter.drawPixmap(0, 0, self._pixmap)
        return True

    def _paint_all(self, view: Viewpoint, size: QSize, device: QSize, ratio: float) -> None:
        started = time.perf_counter()
        if self._pixmap.size() != device:
            self._pixmap = QPixmap(device)
        self._pixmap.setDevicePixelRatio(ratio)
        self._ratio = ratio
        self._paint_part(view, QRectF(0, 0, size.width(), size.height()))
        self._view = view
        self._seconds = time.perf_counter() - started

    def _paint_part(self, view: Viewpoint, part: QRectF) -> None:
        painter = QPainter(self._pixmap)
        painter.setClipRect(part)
        self._render(painter, view, part, True)
        painter.end()

    def _shift(self, view: Viewpoint, size: QSize, ratio: float) -> None:
        """Move the picture by whole device pixels and paint what came into sight."""
        old = self._view or view
        dx, dy = round((view.x - old.x) * ratio), round((view.y - old.y) * ratio)
        width, height = self._pixmap.width(), self._pixmap.height()
        if abs(dx) >= width or abs(dy) >= height:
            self._paint_all(view, size, self._pixmap.size(), ratio)
            return
        self._pixmap.scroll(dx, dy, self._pixmap.rect())
        upright = QRect(0 if dx > 0 else width + dx, 0, abs(dx), height)
        level = QRect(max(dx, 0), 0 if dy > 0 else height + dy, width - abs(dx), abs(dy))
        for strip in (upright, level):
            if not strip.isEmpty():
                part = QRectF(strip.x() / ratio, strip.y() / ratio, strip.width() / ratio, strip.height() / ratio)
                self._paint_part(view, part)
        self._view = view

    def _sketch(self, painter: QPainter, view: Viewpoint, size: QSize, parts: QRegion) -> None:
        """Paint parts of the map without names, in half as many pixels across and down."""
        device = QSize(math.ceil(self._pixmap.width() / 2), math.ceil(self._pixmap.height() / 2))
        if self._small.size() != device:
            self._small = QPixmap(device)
        self._small.setDevicePixelRatio(self._ratio / 2)
        everything = QRectF(0, 0, size.width(), size.height())
        sketching = QPainter(self._small)
        self._render(sketching, view, everything, False)
        sketching.end()
        painter.save()
        painter.setClipRegion(parts)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        half = device.toSizeF() / (self._ratio / 2)
        painter.drawPixmap(QRectF(QPointF(0, 0), half), self._small, QRectF(self._small.rect()))
        painter.restore()

    def _stretch(self, painter: QPainter, old: Viewpoint, new: Viewpoint, size: QSize) -> None:
        factor = new.scale / old.scale
        target = QRectF(QPointF(new.x - old.x * factor, new.y - old.y * factor), size.toSizeF() * factor)
        open_parts = QRegion(QRect(QPoint(0, 0), size)) - QRegion(_whole_pixels_of(target))
        if not open_parts.isEmpty():
            self._sketch(painter, new, size, open_parts)
        painter.save()
        smooth = self._pixmap.width() * self._pixmap.height() <= _MOST_SMOOTHED
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))
        painter.restore()


def _whole_pixels_of(target: QRectF) -> QRect:
    """The pixels that a rectangle covers whole."""
    left, top = math.ceil(target.left()), math.ceil(target.top())
    return QRect(left, top, math.floor(target.right()) - left, math.floor(target.bottom()) - top)
