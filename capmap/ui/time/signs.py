"""ChangeSigns: what comes to each box and goes from it, and what is used there after its end, as signs on the map."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from capmap.drawing.changes import on_boxes, seen_in, sign_marks, warning_marks
from capmap.drawing.marks import Mark, Rect
from capmap.render.qt import paint
from capmap.ui.canvas.canvas import Canvas
from capmap.ui.time.timing import Timing
from capmap.ui.workspace import Workspace

_LEAST, _MOST = 0.85, 1.6
"""Signs are never painted smaller or larger than so many times their size at 100 %."""

_NARROWEST = 16.0
"""Pixels; on a smaller box a sign would say more than the box does."""


class ChangeSigns(QWidget):
    """Lies over the canvas and lets everything through to it."""

    def __init__(self, timing: Timing, workspace: Workspace, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._timing, self._workspace, self._canvas = timing, workspace, canvas
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas.installEventFilter(self)
        canvas.moved.connect(self.update)
        canvas.redrawn.connect(self.update)
        timing.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setVisible(bool(self._timing.happenings or self._timing.too_long))
        if self.isVisible():
            self.setGeometry(self._canvas.rect())
            self.lower()
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as the canvas."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The signs of the boxes in sight."""
        painter = QPainter(self)
        paint(painter, self._marks(QRectF(event.rect())))

    def _marks(self, part: QRectF) -> Iterator[Mark]:
        canvas, current = self._canvas, self._workspace.map
        layout, view = canvas.shown_layout, canvas.view
        scale = min(max(view.scale * layout.text_scale, _LEAST), _MOST)
        seen = part.adjusted(-40, -20, 40, 20)
        tallies = {} if self._timing.warns else on_boxes(self._timing.happenings, layout.index, current)
        warned = {
            box
            for boxes in self._timing.too_long.values()
            for key in boxes
            for shown in (key, *current.aliases_of(key))
            if (box := seen_in(shown, layout.index, current)) is not None
        }
        for key in {*tallies, *warned}:
            rect = view.rect(layout.rectangle(layout.index[key]))
            if rect.width() < _NARROWEST or not rect.intersects(seen):
                continue
            right = rect.right()
            if key in tallies:
                marks = list(sign_marks(right, rect.top(), tallies[key], scale))
                yield from marks
                right = min(mark.x for mark in marks if isinstance(mark, Rect))
            if key in warned:
                yield from warning_marks(right, rect.top(), scale)
