"""Minimap: the whole map small in a corner of the canvas, with a frame around the part that is seen.

Its picture is painted when the canvas has rested for a while, strip by strip, so that no gesture waits for it.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from capmap.ui.canvas.mapview import MapView
from capmap.ui.canvas.viewpoint import Viewpoint, fitting

_LARGEST = QSize(232, 168)
_PART_OF_CANVAS = 0.3
_LEAST = 72
_SIDE = 14
_SHADOW = 6
_INSET = 5.0
_GAP = 10
_RADIUS = 7.0

_RESTED_MS = 220
_STRIP_SECONDS = 0.006
"""What a strip of the picture may take to paint; the next one is as high as that allows."""

_MANY = 1_200
"""Boxes; a larger map is painted twice as large and shrunk, so that small leaves still give their colour."""

_MOVED = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)

_ZOOM = 1.2
"""One notch of the wheel."""

_LEAST_FRAME = 8.0
"""Pixels; a frame around less would not be seen."""


class Minimap(QWidget):
    """There while part of the map is out of sight and ``wanted``. A click or a drag goes there, the wheel zooms."""

    def __init__(self, canvas: MapView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._wanted = True
        self._picture = QPixmap()
        self._strips: _Strips | None = None
        self._grip: QPointF | None = None
        self._pressed = QPointF()
        self.setAccessibleName("Minimap")
        self.setToolTip("Click or drag to go there, wheel to zoom")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setMouseTracking(True)
        self._rest = QTimer(self, singleShot=True, interval=_RESTED_MS)
        self._rest.timeout.connect(self._rested)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._paint_on)
        canvas.moved.connect(self._moved)
        canvas.redrawn.connect(self._outdated)
        canvas.installEventFilter(self)
        canvas.legend.installEventFilter(self)
        self.hide()

    @property
    def wanted(self) -> bool:
        """Whether it is to be there at all."""
        return self._wanted

    def set_wanted(self, wanted: bool) -> None:
        """Let it be there whenever it is of use, or never."""
        self._wanted = wanted
        self._moved()

    @property
    def picture(self) -> QPixmap:
        """The picture of the map as it was painted last; a null one before that."""
        return self._picture

    @property
    def is_current(self) -> bool:
        """Whether the picture shows the map as it is now."""
        return not self._picture.isNull() and self._strips is None and not self._rest.isActive()

    # -- where it stands -----------------------------------------------------------------------------

    @property
    def _of_use(self) -> bool:
        """Whether part of the map is out of sight."""
        canvas = self._canvas
        if not self._wanted or not canvas.arrangement.layout.boxes or min(canvas.width(), canvas.height()) < 4 * _LEAST:
            return False
        return not canvas.area().adjusted(-1, -1, 1, 1).contains(canvas.view.rect(self._whole))

    @property
    def _whole(self) -> tuple[float, float, float, float]:
        layout = self._canvas.arrangement.layout
        return 0.0, 0.0, layout.width, layout.height

    def _place(self) -> None:
        """Stand in the lower right corner, above the legend where that reaches so far."""
        canvas, layout = self._canvas, self._canvas.arrangement.layout
        most = QSize(
            min(_LARGEST.width(), round(canvas.width() * _PART_OF_CANVAS)),
            min(_LARGEST.height(), round(canvas.height() * _PART_OF_CANVAS)),
        )
        scale = min(most.width() / layout.width, most.height() / layout.height)
        width = max(round(layout.width * scale), _LEAST) + round(2 * _INSET)
        height = max(round(layout.height * scale), _LEAST // 2) + round(2 * _INSET)
        left, bottom = canvas.width() - _SIDE - width, canvas.height() - _SIDE
        legend = canvas.legend.geometry()
        if not canvas.legend.isHidden() and legend.right() > left - _GAP:
            bottom = legend.top() + _SHADOW - _GAP
        card = QRect(left, bottom - height, width, height)
        self.setGeometry(card.adjusted(-_SHADOW, -_SHADOW, _SHADOW, _SHADOW))

    def _card(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)

    def _view(self) -> Viewpoint:
        """How the map stands in this widget."""
        return fitting(self._whole, self._card().adjusted(_INSET, _INSET, -_INSET, -_INSET))

    def frame(self) -> QRectF:
        """Where the part that is seen stands in this widget."""
        part = self._view().rect(self._canvas.view.part(self._canvas.area()))
        part = part.intersected(self._card().adjusted(2, 2, -2, -2))
        grow_x, grow_y = max(_LEAST_FRAME - part.width(), 0) / 2, max(_LEAST_FRAME - part.height(), 0) / 2
        return part.adjusted(-grow_x, -grow_y, grow_x, grow_y)

    # -- following the canvas ------------------------------------------------------------------------

    def _moved(self) -> None:
        of_use = self._of_use
        if of_use:
            self._place()
            if not self.is_current and not self._rest.isActive():
                self._rest.start()
        self.setVisible(of_use)
        self.update()

    def _outdated(self) -> None:
        """The map looks different: paint it when the canvas has rested."""
        self._strips = None
        self._next.stop()
        self._rest.start()
        self._moved()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another size of the canvas is another corner, another legend another place above it."""
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self._outdated()
        elif event.type() in _MOVED and watched is self._canvas.legend:
            self._moved()
        return super().eventFilter(watched, event)

    def _rested(self) -> None:
        busy = QApplication.mouseButtons() != Qt.MouseButton.NoButton or not self._canvas.resting
        if not self._of_use:
            self._picture = QPixmap()
        elif busy:
            self._rest.start()
        else:
            many = len(self._canvas.arrangement.layout.index) > _MANY
            self._strips = _Strips(self._canvas, self._view(), self.size(), self.devicePixelRatioF() * (1 + many))
            self._paint_on()

    def _paint_on(self) -> None:
        """Paint the next strip of the picture, unless somebody has begun to do something."""
        if self._strips is None:
            return
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton or not self._canvas.resting:
            self._strips = None
            self._rest.start()
        elif self._strips.paint_next():
            self._next.start()
        else:
            self._picture = self._strips.picture(self.devicePixelRatioF())
            self._strips = None
            self.update()

    # -- events --------------------------------------------------------------------------------------

    def paintEvent(self, _: QPaintEvent) -> None:
        """The card, the picture, and the frame with what is out of sight paler."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        card, theme, accents = self._card(), self._canvas.theme, self._canvas.accents
        painter.setPen(Qt.PenStyle.NoPen)
        for spread in range(_SHADOW, 0, -1):
            painter.setBrush(QColor(0, 0, 0, 5))
            radius = _RADIUS + spread
            painter.drawRoundedRect(card.adjusted(-spread, 1 - spread, spread, spread), radius, radius)
        painter.setBrush(QColor(theme.page))
        painter.drawRoundedRect(card, _RADIUS, _RADIUS)
        inside = QPainterPath()
        inside.addRoundedRect(card, _RADIUS, _RADIUS)
        painter.save()
        painter.setClipPath(inside)
        if not self._picture.isNull():
            painter.drawPixmap(self.rect(), self._picture)
        frame = self.frame()
        beyond = QPainterPath()
        beyond.setFillRule(Qt.FillRule.OddEvenFill)
        beyond.addRect(card)
        beyond.addRoundedRect(frame, 2, 2)
        wash = QColor(theme.page)
        wash.setAlphaF(0.35)
        painter.fillPath(beyond, wash)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.area_edge), 1))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.setPen(QPen(QColor(accents.chosen), 2))
        painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 2, 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the frame, or bring it here and take it."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        frame = self.frame()
        self._pressed = event.position()
        inside = frame.contains(event.position())
        self._grip = event.position() - frame.center() if inside else QPointF(0, 0)
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the frame along."""
        if self._grip is not None:
            self._go(event.position())
        else:
            inside = self.frame().contains(event.position())
            self.setCursor(Qt.CursorShape.OpenHandCursor if inside else Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go; a click into the frame brings its middle here."""
        if self._grip is not None and event.position() == self._pressed:
            self._grip = QPointF(0, 0)
            self._go(event.position())
        self._grip = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the middle of what is seen."""
        notches = event.angleDelta().y() / 120
        if notches:
            self._canvas.zoom_to(self._canvas.scale * _ZOOM**notches)
        event.accept()

    def _go(self, place: QPointF) -> None:
        """Let the canvas show the part that the frame stands on when its middle is at this place."""
        self._canvas.look_at(*self._view().to_map(place - (self._grip or QPointF(0, 0))))


class _Strips:
    """A picture of the whole map that is painted from the top, a strip at a time."""

    def __init__(self, canvas: MapView, view: Viewpoint, size: QSize, ratio: float) -> None:
        self._canvas, self._view, self._size = canvas, view, size
        self._image = QImage(
            round(size.width() * ratio), round(size.height() * ratio), QImage.Format.Format_ARGB32_Premultiplied
        )
        self._image.setDevicePixelRatio(ratio)
        self._top = 0.0
        self._height = 12.0

    def paint_next(self) -> bool:
        """Paint a strip; whether there is more to paint."""
        started = time.perf_counter()
        part = QRectF(0.0, self._top, self._size.width(), min(self._height, self._size.height() - self._top))
        painter = QPainter(self._image)
        painter.setClipRect(part)
        self._canvas.paint_from_afar(painter, self._view, part)
        painter.end()
        self._top = part.bottom()
        taken = time.perf_counter() - started
        self._height = min(max(self._height * _STRIP_SECONDS / max(taken, 1e-4), 4.0), 4 * self._height)
        return self._top < self._size.height() - 0.5

    def picture(self, ratio: float) -> QPixmap:
        """The finished picture for a screen with so many device pixels to a pixel."""
        smooth = Qt.TransformationMode.SmoothTransformation
        device = QSize(round(self._size.width() * ratio), round(self._size.height() * ratio))
        image = self._image.scaled(device, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        image.setDevicePixelRatio(ratio)
        return QPixmap.fromImage(image)
