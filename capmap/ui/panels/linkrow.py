"""LinkRow: one linked thing in the inspector, with its telling figure."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolButton, QWidget

from capmap.ui.panels.linkdetails import LinkDetails
from capmap.ui.panels.linkgroups import LinkedThing
from capmap.ui.parts.appearance import Appearance

_ROW, _TALL_ROW = 28, 44
"""Pixels; a name that leaves its figure no room stands above it."""
_CHEVRON = 22
_LEFT, _BETWEEN, _SIGN = 20, 12, 18


class LinkRow(QAbstractButton):
    """A mark, the name, the figure; pressed it lights the boxes that the thing is linked to. Right and left, or the
    chevron at its end, open and close what the link knows; Del removes the link.

    Pulled out of its list it can be let go on a box: ``pulled`` and ``let_go`` carry places on the screen.
    """

    open_wanted = Signal(bool)
    remove_wanted = Signal()
    pulled = Signal(QPoint)
    let_go = Signal(QPoint)
    given_up = Signal()

    def __init__(self, thing: LinkedThing, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.details: LinkDetails | None = None
        self._tall = self._is_away = False
        self._appearance = appearance
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chevron = QToolButton(self)
        self.chevron.setProperty("quietButton", True)
        self.chevron.setIconSize(QSize(12, 12))
        self.chevron.setCheckable(False)
        self.chevron.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chevron.clicked.connect(lambda: self.open_wanted.emit(self.details is None))
        self.show_thing(thing)

    def show_thing(self, thing: LinkedThing) -> None:
        """Show the thing as it is now."""
        self.thing = thing
        off = f", {thing.off}" if thing.off else ""
        self.setAccessibleName(f"{thing.kind} {thing.name}, {thing.figure}{off}")
        self.setAccessibleDescription("Right shows what the link knows, Del removes it")
        count = len(set(thing.boxes))
        told = f"Press to light {'the box' if count == 1 else f'all {count:,} boxes'} it is linked to"
        lines = [f"<b>{escape(thing.name)}</b>", escape(thing.figure), escape(thing.off), told]
        self.setToolTip(f"<qt>{'<br>'.join(line for line in lines if line)}</qt>")
        self._dress_chevron()
        if self.details is not None:
            self.details.show_thing(thing)
        self._fit()
        self.update()

    def _fit(self) -> None:
        """As high as the words need at this width."""
        metrics = QFontMetrics(self.font())
        words = sum(metrics.horizontalAdvance(text) for text in (self.thing.name, self.thing.figure))
        self._tall = bool(self.thing.figure) and words > self._room - _BETWEEN
        self.setFixedHeight(_TALL_ROW if self._tall else _ROW)

    @property
    def _room(self) -> int:
        """Pixels for the words."""
        return self.width() - _LEFT - _CHEVRON - 4 - (_SIGN if self.thing.off else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _dress_chevron(self) -> None:
        opened = self.details is not None
        self.chevron.setProperty("iconName", "chevron-down" if opened else "chevron-right")
        self.chevron.setIcon(self._appearance.icon(str(self.chevron.property("iconName")), self._appearance.look.quiet))
        words = f"{'Close' if opened else 'Show'} what the link to {self.thing.name} knows"
        self.chevron.setAccessibleName(words)
        self.chevron.setToolTip(words)

    def take_details(self, details: LinkDetails) -> None:
        """These are the details, shown below the row."""
        self.details = details
        self._dress_chevron()

    def drop_details(self) -> None:
        """The details are closed."""
        if self.details is not None:
            self.details.hide()
            self.details.deleteLater()
            self.details = None
            self._dress_chevron()

    @property
    def details_have_focus(self) -> bool:
        """Whether somebody is at work in the details."""
        focus = self.window().focusWidget()
        return self.details is not None and focus is not None and self.details.isAncestorOf(focus)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Out of the list the press is a pull and no click."""
        if event.buttons() & Qt.MouseButton.LeftButton and (self.isDown() or self._is_away):
            place = event.globalPosition().toPoint()
            home = self.parentWidget()
            if not self._is_away and home is not None and not home.rect().contains(home.mapFromGlobal(place)):
                self._is_away = True
                self.setDown(False)
                # Esc must come here.
                self.setFocus(Qt.FocusReason.MouseFocusReason)
            if self._is_away:
                self.pulled.emit(place)
                return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: of the pull, or a click."""
        if self._is_away:
            self._is_away = False
            self.let_go.emit(event.globalPosition().toPoint())
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right and left unfold and fold, Del removes, Esc gives up a pull."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self._is_away:
            self._is_away = False
            self.given_up.emit()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_F2):
            self.open_wanted.emit(True)
        elif key == Qt.Key.Key_Left:
            self.open_wanted.emit(False)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(120, _TALL_ROW if self._tall else _ROW)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = self.rect()
        self.chevron.setGeometry(whole.right() - _CHEVRON + 1, (whole.height() - _CHEVRON) // 2, _CHEVRON, _CHEVRON)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.wash if self.isChecked() else look.hover))
            painter.drawRoundedRect(whole.adjusted(-4, 1, 4, -1), 4, 4)
        painter.setPen(QColor(look.line))
        painter.drawLine(whole.left(), whole.bottom(), whole.right(), whole.bottom())
        rect = whole.adjusted(0, 0, -_CHEVRON - 2, 0)
        colour = {"service": look.quiet, "project": look.ink, "objective": look.good}.get(self.thing.kind, look.faint)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        mark = QRect(2, (13 if self._tall else rect.center().y()) - 4, 9, 9)
        if self.thing.kind == "project":
            painter.drawEllipse(mark)
        else:
            painter.drawRoundedRect(mark, 3, 3)
        metrics, room = QFontMetrics(self.font()), self._room
        words = QRect(rect.left() + _LEFT, rect.top(), room, rect.height())
        above, below = (words.adjusted(0, 4, 0, -22), words.adjusted(0, 22, 0, -4)) if self._tall else (words, words)
        figure = metrics.elidedText(self.thing.figure, Qt.TextElideMode.ElideRight, room)
        left = room if self._tall else room - metrics.horizontalAdvance(figure) - _BETWEEN
        name = metrics.elidedText(self.thing.name, Qt.TextElideMode.ElideRight, left)
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(look.ink if self.thing.links else look.soft_ink))
        painter.drawText(above, vertical, name)
        painter.setPen(QColor(look.quiet))
        side = Qt.AlignmentFlag.AlignLeft if self._tall else Qt.AlignmentFlag.AlignRight
        painter.drawText(below, vertical | side, figure)
        if self.thing.off:
            sign = self._appearance.icon("triangle-alert", look.warning)
            sign.paint(painter, QRect(rect.right() - 15, rect.center().y() - 7, 14, 14))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.chosen), 2))
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 4, 4)
