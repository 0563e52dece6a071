"""TidyPreview: the places to which boxes would go, in outline above the map that is still there, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from capmap.layout.boxes import Box, Layout
from capmap.layout.style import STYLE, BoxStyle, scaled
from capmap.ui.canvas.mapview import MapView
from capmap.ui.canvas.viewpoint import Viewpoint
from capmap.ui.parts.labels import plain_label

_LEAST = 5.0
"""Pixels; smaller boxes are not outlined."""

_LEAST_TYPE = 5.5
"""Pixels; smaller names are not written."""

_FEW = 24
"""So many boxes get an arrow each from where they are."""

_FAR = 24.0
"""Pixels; a shorter way needs no arrow."""

_BAR_TOP = 14


class TidyPreview(QWidget):
    """Lies over the whole canvas and lets every event through."""

    def __init__(self, canvas: MapView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._old: Layout | None = None
        self._new: Layout | None = None
        self._moved: frozenset[str] = frozenset()
        self._goal = self._start = Viewpoint()
        self._inside: str | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()

    def show_move(self, old: Layout, new: Layout, moved: frozenset[str], goal: Viewpoint, inside: str | None) -> None:
        """Outline where the moved boxes would stand in the new layout, seen from ``goal``; ``inside`` is the box that
        holds all of them.
        """
        self._old, self._new, self._moved, self._inside = old, new, moved, inside
        self._goal, self._start = goal, self._canvas.view
        self.setGeometry(self._canvas.rect())
        self.show()
        self.raise_()
        self.update()

    def _view(self) -> Viewpoint:
        """From where the new places are seen: as far from where they will be as the map was zoomed and moved since."""
        now, start, goal = self._canvas.view, self._start, self._goal
        factor = now.scale / start.scale
        x, y = now.x - start.x * factor, now.y - start.y * factor
        return Viewpoint(goal.scale * factor, goal.x * factor + x, goal.y * factor + y)

    def paintEvent(self, _: QPaintEvent) -> None:
        """A veil over the map as it is, then the outlines."""
        old, new = self._old, self._new
        if old is None or new is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accents, view = self._canvas.accents, self._view()
        veil = QColor(self._canvas.theme.page)
        veil.setAlphaF(0.82)
        holder = old.index.get(self._inside) if self._inside is not None else None
        part = self._canvas.view.rect(old.rectangle(holder)) if holder is not None else QRectF(self.rect())
        painter.fillRect(part, veil)
        styles = scaled(new.text_scale)
        for box, rect in _seen(new.boxes, view.rect((0.0, 0.0, 0.0, 0.0)).topLeft(), view.scale, QRectF(self.rect())):
            if box.id in self._moved:
                self._outline(painter, box, rect, view.scale, styles[box.role])
        if len(self._moved) <= _FEW:
            painter.setPen(QPen(QColor(accents.chosen), 1.5))
            for key in self._moved:
                start, end = old.index.get(key), new.index.get(key)
                if start is not None and end is not None and not end.children:
                    here = self._canvas.view.rect(old.rectangle(start)).center()
                    _arrow(painter, here, view.rect(new.rectangle(end)).center())

    def _outline(self, painter: QPainter, box: Box, rect: QRectF, scale: float, style: BoxStyle) -> None:
        accents = self._canvas.accents
        wash = QColor(accents.chosen)
        wash.setAlphaF(0.0 if box.children else 0.10)
        painter.setBrush(wash)
        painter.setPen(QPen(QColor(accents.chosen), 1.0 if not box.children else 1.5))
        radius = STYLE[box.role].radius * scale
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        size = style.type.size * scale
        if size < _LEAST_TYPE:
            return
        font = QFont(self.font())
        font.setPixelSize(max(1, round(size)))
        font.setWeight(QFont.Weight.Normal if not box.children else QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(accents.hover))
        metrics, room = QFontMetricsF(font), rect.width() - 2 * style.padding * scale
        for number, line in enumerate(box.lines):
            top = rect.top() + style.padding * scale + number * style.type.leading * scale
            words = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room + 2)
            painter.drawText(QPointF(rect.left() + style.padding * scale, top + metrics.ascent()), words)


class TidyBar(QWidget):
    """Says how many boxes would move, with a button for each of the two keys."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setObjectName("message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = plain_label("", self)
        self.tidy_button = QPushButton("Tidy  ⏎", self)
        self.tidy_button.setAccessibleName("Tidy: Enter")
        self.leave_button = QPushButton("Leave it  Esc", self)
        self.leave_button.setAccessibleName("Leave everything as it is: Escape")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.label)
        for button in (self.tidy_button, self.leave_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        self.hide()

    def say(self, words: str) -> None:
        """Show these words at the top of the canvas."""
        self.label.setText(words)
        self.adjustSize()
        self.move((self._canvas.width() - self.width()) // 2, _BAR_TOP)
        self.show()
        self.raise_()


def _seen(boxes: Iterable[Box], corner: QPointF, scale: float, part: QRectF) -> Iterator[tuple[Box, QRectF]]:
    """The boxes that are in this part of the widget and large enough to be told apart, parents first."""
    for box in boxes:
        left, top = corner.x() + box.x * scale, corner.y() + box.y * scale
        rect = QRectF(left, top, box.width * scale, box.height * scale)
        if min(rect.width(), rect.height()) >= _LEAST and rect.intersects(part):
            yield box, rect
            yield from _seen(box.children, rect.topLeft(), scale, part)


def _arrow(painter: QPainter, start: QPointF, end: QPointF) -> None:
    line = QLineF(start, end)
    if line.length() < _FAR:
        return
    painter.setBrush(painter.pen().color())
    painter.drawLine(line)
    back = line.unitVector()
    ahead = QPointF(back.dx(), back.dy())
    beside = QPointF(-ahead.y(), ahead.x())
    painter.drawPolygon(QPolygonF([end, end - ahead * 8 + beside * 4, end - ahead * 8 - beside * 4]))
