"""TimeTrack: the line of days with a tick where something begins or ends, and the handle that is dragged along it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from capmap.analysis.words import day
from capmap.drawing.changes import FEWER_FILL, MORE_FILL
from capmap.drawing.flipbook import months_later
from capmap.ui.canvas.glide import Glide
from capmap.ui.parts.appearance import Appearance
from capmap.ui.time.timing import Timing

_HEIGHT = 41
_SIDE = 12.0
_LINE_Y = 16.0
_GRIP = 7.0
_SNAP = 5.0
"""Pixels from a tick within which a dragged handle goes to it."""

_TALLEST = 10.0
_LEAST_YEAR = 34.0

_MONTH, _YEAR = 1, 12


class TimeTrack(QWidget):
    """The focus is on the later handle; Up and Down go from one to the other where two days are compared."""

    def __init__(self, timing: Timing, appearance: Appearance) -> None:
        super().__init__()
        self._timing, self._appearance = timing, appearance
        self.glide = Glide(self)
        self._shown: float | None = None
        """Where the handle is on its way to its day, in pixels."""
        self._stood = 0.0
        self._drags = ""
        self._earlier = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Day that the map shows")
        timing.changed.connect(self._follow)
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(600, _HEIGHT)

    # -- days and places -----------------------------------------------------------------------------

    def place_of(self, date: dt.date) -> float:
        """Where a day stands, in pixels."""
        first, last = self._timing.range
        return _SIDE + (date - first).days / max((last - first).days, 1) * (self.width() - 2 * _SIDE)

    def date_at(self, x: float) -> dt.date:
        """The day at a place: that of a tick, or of today, if it is near."""
        first, last = self._timing.range
        near = [date for date in (self._timing.today, *self._seen()) if abs(self.place_of(date) - x) <= _SNAP]
        if near:
            return min(near, key=lambda date: abs(self.place_of(date) - x))
        days = (last - first).days
        return first + dt.timedelta(days=min(max(round((x - _SIDE) / (self.width() - 2 * _SIDE) * days), 0), days))

    def _seen(self) -> Iterator[dt.date]:
        first, last = self._timing.range
        return (tick.date for tick in self._timing.ticks if first <= tick.date <= last)

    def _follow(self) -> None:
        self.setAccessibleDescription(day(self._timing.day))
        if self._timing.between is None:
            self._earlier = False
        goal, start = self.place_of(self._timing.day), self._stood
        self._stood = goal
        if abs(goal - start) < 1 or not self._timing.is_walking:
            if not self._timing.is_walking:
                self.glide.finish()
            self.update()
            return

        def step(share: float) -> None:
            self._shown = start + (goal - start) * share if share < 1 else None
            self.update()

        self.glide.start(step)

    # -- painting ------------------------------------------------------------------------------------

    def paintEvent(self, _: QPaintEvent) -> None:
        """The years, the ticks, today, the handles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, timing = self._appearance.look, self._timing
        self._paint_years(painter)
        between = timing.between
        grip = self.place_of(timing.day) if self._shown is None else self._shown
        painter.setPen(QPen(QColor(look.edge), 3, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(_SIDE, _LINE_Y), QPointF(self.width() - _SIDE, _LINE_Y))
        today = self.place_of(timing.today)
        start = self.place_of(between[0]) if between is not None else today
        painter.setPen(QPen(QColor(look.chosen), 3, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(start, _LINE_Y), QPointF(grip, _LINE_Y))
        self._paint_ticks(painter)
        painter.setPen(QPen(QColor(look.chosen_text), 1.5))
        painter.drawLine(QPointF(today, _LINE_Y - 12), QPointF(today, _LINE_Y + 12))
        if between is not None:
            self._paint_grip(painter, start, chosen=self._earlier)
        self._paint_grip(painter, grip, chosen=not self._earlier)

    def _paint_years(self, painter: QPainter) -> None:
        look = self._appearance.look
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        first, last = self._timing.range
        width = (self.width() - 2 * _SIDE) / (last.year - first.year + 1)
        every = next((years for years in (1, 2, 5, 10, 20) if width * years >= _LEAST_YEAR), 50)
        for year in range(first.year, last.year + 1):
            x = self.place_of(dt.date(year, 1, 1))
            painter.setPen(QPen(QColor(look.line), 1))
            painter.drawLine(QPointF(x, _LINE_Y + 6), QPointF(x, _HEIGHT - 3))
            if year % every == 0 or every == 1:
                painter.setPen(QColor(look.quiet))
                painter.drawText(QPointF(x + 4, _HEIGHT - 2 - metrics.descent() / 2), str(year))

    def _paint_ticks(self, painter: QPainter) -> None:
        """What begins stands above the line, what ends below it; a stage of a lifecycle is a dot on it."""
        look = self._appearance.look
        dark = self._appearance.is_dark
        more, fewer = (look.good, look.danger) if dark else (MORE_FILL, FEWER_FILL)
        first, last = self._timing.range
        for tick in self._timing.ticks:
            if not first <= tick.date <= last:
                continue
            x = self.place_of(tick.date)
            for number, colour, way in ((tick.begins, more, -1), (tick.ends, fewer, 1)):
                if number:
                    length = min(4.0 + 2.0 * number, _TALLEST)
                    painter.setPen(QPen(QColor(colour), 2, c=Qt.PenCapStyle.FlatCap))
                    painter.drawLine(QPointF(x, _LINE_Y + way * 2.5), QPointF(x, _LINE_Y + way * (2.5 + length)))
            if not tick.begins and not tick.ends:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(look.quiet))
                painter.drawEllipse(QPointF(x, _LINE_Y), 1.8, 1.8)

    def _paint_grip(self, painter: QPainter, x: float, *, chosen: bool) -> None:
        look = self._appearance.look
        if chosen and self.hasFocus():
            painter.setPen(QPen(QColor(look.chosen_text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x, _LINE_Y), _GRIP + 3.5, _GRIP + 3.5)
        painter.setPen(QPen(QColor(look.panel), 2))
        painter.setBrush(QColor(look.chosen))
        painter.drawEllipse(QPointF(x, _LINE_Y), _GRIP, _GRIP)

    # -- mouse and keys ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle that is nearer, to where the pointer is."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        between, x = self._timing.between, event.position().x()
        self._earlier = False
        if between is not None:
            earlier, later = (self.place_of(date) for date in between)
            self._earlier = abs(x - earlier) < abs(x - later) or (earlier == later and x < earlier)
        self._timing.walk(False)
        self._drags = "earlier" if self._earlier else "later"
        self._drag_to(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the handle."""
        if self._drags:
            self._drag_to(event.position().x())

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        """Let it go."""
        self._drags = ""

    def _drag_to(self, x: float) -> None:
        date = self.date_at(x)
        if self._drags == "earlier":
            if date != (self._timing.between or (None,))[0]:
                self._timing.go_since(date)
        elif date != self._timing.day:
            self._timing.go_to(date)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """By month, with Shift by year; PageUp and PageDown from change to change, Home and End to the ends."""
        key, timing = event.key(), self._timing
        by = _YEAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _MONTH
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(by if key == Qt.Key.Key_Right else -by)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and timing.between is not None:
            self._earlier = not self._earlier
            self.update()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            timing.go_to_change(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            timing.go_to(timing.range[0 if key == Qt.Key.Key_Home else 1])
        elif key == Qt.Key.Key_T:
            timing.go_to_today()
        elif key == Qt.Key.Key_Space:
            timing.walk(not timing.is_walking)
        else:
            super().keyPressEvent(event)

    def _step(self, months: int) -> None:
        between = self._timing.between
        if self._earlier and between is not None:
            self._timing.go_since(months_later(between[0], months))
        else:
            self._timing.step(months)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """They go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """What happens at the tick under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            x = event.pos().x()
            near = min(self._seen(), key=lambda date: abs(self.place_of(date) - x), default=None)
            if near is not None and abs(self.place_of(near) - x) <= _SNAP:
                reach = QRectF(self.place_of(near) - _SNAP, 0, 2 * _SNAP, _HEIGHT).toRect()
                QToolTip.showText(event.globalPos(), "\n".join(self._timing.told_at(near)), self, reach)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
