"""Glide: a short movement from one state to another, or a jump where motion is not wanted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStyle, QWidget

DURATION_MS = 170


class Glide(QObject):
    """One movement at a time: ``start`` ends the one under way at its goal first."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(DURATION_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._step_to)
        self._step: Callable[[float], None] | None = None
        self.wanted: bool | None = None
        """Whether things move; None asks the system."""

    def start(self, step: Callable[[float], None], duration_ms: int = DURATION_MS) -> None:
        """Call ``step`` with shares from 0 to 1 (1 comes last and always), at once with 1 where motion is not
        wanted.
        """
        self.finish()
        if not (motion_wanted(self._widget) if self.wanted is None else self.wanted) or not self._widget.isVisible():
            step(1.0)
            return
        self._step = step
        # The first frame may be painted before the animation's first tick: let it show the start and not the goal.
        step(0.0)
        self._animation.setDuration(duration_ms)
        self._animation.start()

    def finish(self) -> None:
        """Jump to the goal of the movement under way."""
        step, self._step = self._step, None
        self._animation.stop()
        if step is not None:
            step(1.0)

    def stop(self) -> None:
        """Stay where the movement is now."""
        self._step = None
        self._animation.stop()

    @property
    def moving(self) -> bool:
        """Whether a movement is under way."""
        return self._step is not None

    def _step_to(self, share: object) -> None:
        if self._step is None or not isinstance(share, float):
            return
        step = self._step
        if share >= 1.0:
            self._step = None
        step(share)


def motion_wanted(widget: QWidget) -> bool:
    """Whether the system asks for motion: it does unless it says so or has switched animations off."""
    hints = QGuiApplication.styleHints().accessibility()
    # Newer versions of Qt know what the system says about reduced motion.
    preference = getattr(hints, "motionPreference", None)
    if preference is not None and "Reduced" in str(preference()):
        return False
    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget) > 0
