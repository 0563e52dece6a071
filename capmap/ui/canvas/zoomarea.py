"""ZoomArea: a widget that shows a part of something larger and is zoomed and panned by every hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from capmap.ui.canvas.glide import Glide
from capmap.ui.canvas.viewpoint import LARGEST_SCALE, Viewpoint, fitting

_STEP = 1.25
"""Zoom in and out by this factor."""

_WHEEL_ZOOM = 1.0017
"""The same for one unit of the wheel; a notch has 120."""

_LINE = 60.0
"""Pixels that one notch of a wheel scrolls."""

_SETTLED_MS = 140
_WHEEL_GLIDE_MS = 110


class ZoomArea(QWidget):
    """Holds the viewpoint. ``fitted`` says that the whole is to be seen, whatever becomes of it or of the widget;
    ``moved`` that another part is seen, or the same in another size.
    """

    scale_changed = Signal(float)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.glide = Glide(self)
        self._view = Viewpoint()
        self._goal: Viewpoint | None = None
        self._fitted = True
        self._settling = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settling.timeout.connect(self.settle)
        self.grabGesture(Qt.GestureType.PinchGesture)

    def whole(self) -> QSizeF:
        """How large the whole is, in points."""
        raise NotImplementedError

    def settle(self) -> None:
        """The widget has kept its size, or the wheel has rested, for a moment: make good what was put off."""
        self.update()

    def view_moved(self) -> None:
        """The view is another one: move what floats above it."""

    @property
    def view(self) -> Viewpoint:
        """What part is shown now."""
        return self._view

    @property
    def scale(self) -> float:
        """Pixels per point; 1.0 is 100 %."""
        return self._view.scale

    def set_motion(self, wanted: bool | None) -> None:
        """Whether boxes and views glide; None asks the system."""
        self.glide.wanted = wanted

    def area(self) -> QRectF:
        """The widget as a rectangle."""
        return QRectF(self.rect())

    def zoom_to(self, scale: float, about: QPointF | None = None) -> None:
        """Show it at this scale; what is at ``about`` (the middle) stays there."""
        self._fitted = False
        start = self._goal or self._view
        self._glide_to(start.zoomed(scale, about or self.area().center()))

    def zoom_in(self) -> None:
        """One step nearer."""
        self.zoom_to((self._goal or self._view).scale * _STEP)

    def zoom_out(self) -> None:
        """One step back."""
        self.zoom_to((self._goal or self._view).scale / _STEP)

    def pan(self, dx: float, dy: float) -> None:
        """Shift the view by pixels."""
        self._fitted = False
        self.glide.stop()
        self._set_view(self._view.moved(dx, dy))

    def look_at(self, x: float, y: float) -> None:
        """Bring a point (of the whole, in points) to the middle, at the scale as it is."""
        place, middle = self._view.to_widget(x, y), self.area().center()
        self.pan(middle.x() - place.x(), middle.y() - place.y())

    @property
    def part(self) -> tuple[float, float, float, float] | None:
        """The part that is seen: left, top, width and height in shares of the whole; None while that is fitted."""
        if self._fitted:
            return None
        size, (x, y, width, height) = self.whole(), (self._goal or self._view).part(self.area())
        return x / size.width(), y / size.height(), width / size.width(), height / size.height()

    def show_part(self, part: tuple[float, float, float, float]) -> None:
        """Show a part, given in shares of the whole, as large as it fits."""
        size, (x, y, width, height) = self.whole(), part
        wanted = (x * size.width(), y * size.height(), width * size.width(), height * size.height())
        self._fitted = False
        self._glide_to(fitting(wanted, self.area(), LARGEST_SCALE))

    @property
    def resting(self) -> bool:
        """Whether nothing moves and nobody has just turned the wheel or pulled at the widget."""
        return not self.glide.moving and not self._settling.isActive()

    def _glide_to(self, goal: Viewpoint, duration_ms: int | None = None) -> None:
        self.glide.finish()
        start = self._view
        self._goal = self._kept(goal)

        def step(share: float) -> None:
            if self._goal is not None:
                self._set_view(start.between(self._goal, share))
            if share >= 1.0:
                self._goal = None

        if duration_ms is None:
            self.glide.start(step)
        else:
            self.glide.start(step, duration_ms)

    def arrive(self) -> None:
        """Be at the goal of a movement at once, without moving what floats above: the whole is about to change."""
        self.glide.stop()
        if self._goal is not None:
            self._view, self._goal = self._goal, None
            self.scale_changed.emit(self._view.scale)

    def _kept(self, view: Viewpoint) -> Viewpoint:
        return view.kept_in_sight(self.whole(), self.area())

    def _set_view(self, view: Viewpoint) -> None:
        view = self._kept(view)
        rescaled, self._view = view.scale != self._view.scale, view
        self.view_moved()
        self.moved.emit()
        self.update()
        if rescaled:
            self.scale_changed.emit(view.scale)

    # -- events --------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Shift sideways; with Ctrl zoom at the pointer."""
        pixels, notches = event.pixelDelta(), event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            delta = notches.y() or notches.x()
            view = self._goal or self._view
            goal = view.zoomed(view.scale * _WHEEL_ZOOM**delta, event.position())
            self._fitted = False
            self._settling.start()
            if abs(delta) >= 120:
                self._glide_to(goal, _WHEEL_GLIDE_MS)
            else:
                self.glide.stop()
                self._set_view(goal)
        else:
            dx, dy = (
                (float(pixels.x()), float(pixels.y()))
                if not pixels.isNull()
                else (notches.x() / 120 * _LINE, notches.y() / 120 * _LINE)
            )
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not dx:
                dx, dy = dy, 0.0
            self.pan(dx, dy)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinches of trackpads and touch screens zoom at their middle."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._pinch(1.0 + event.value(), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinch(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
                return True
        return super().event(event)

    def _pinch(self, factor: float, about: QPointF) -> None:
        self._fitted = False
        self.glide.stop()
        self._settling.start()
        self._set_view(self._view.zoomed(self._view.scale * factor, about))
