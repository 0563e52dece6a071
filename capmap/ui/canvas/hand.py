"""Hand: what the mouse holds: the tool of the gesture under way, from the press of a button to its release."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from capmap.ui.canvas.tools import BandTool, Keys, PanTool, PressTool, Surface, Tool

_EDGE = 30.0
"""Pixels from an edge within which a drag takes the map along."""

_EDGE_SPEED = 0.5
"""Pixels a frame for each pixel that the pointer is inside that edge."""

_FRAME_MS = 16


class HandSurface(Surface, Protocol):
    """What the hand sees of the canvas."""

    def box_at(self, place: QPointF) -> str | None: ...


class Hand(QObject):
    """Turns presses into tools. Space held is the hand that takes hold of the map itself."""

    def __init__(self, surface: HandSurface, widget: QWidget) -> None:
        super().__init__(widget)
        self._surface = surface
        self._widget = widget
        self._pointer = QPointF()
        self.tool: Tool | None = None
        self.holding = False
        """Whether Space is held."""
        self._push = QTimer(self, interval=_FRAME_MS)
        self._push.timeout.connect(self._push_at_edge)
        widget.installEventFilter(self)

    def take_up(self, tool: Tool) -> None:
        """Go on with this tool."""
        self.tool = tool
        self._widget.setCursor(tool.cursor)

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        if self.tool is not None:
            return
        place, keys, left = event.position(), event.modifiers(), event.button() == Qt.MouseButton.LeftButton
        self._pointer = place
        if event.button() == Qt.MouseButton.MiddleButton or (left and self.holding):
            self.take_up(PanTool(self._surface, place))
        elif left:
            pressed = self._surface.box_at(place)
            if pressed is None or keys & Keys.AltModifier:
                self.take_up(BandTool(self._surface, place))
            else:
                self.tool = PressTool(self._surface, place, pressed, keys, QApplication.startDragDistance())

    def move(self, event: QMouseEvent) -> None:
        """Go on with the gesture."""
        self._pointer = event.position()
        if self.tool is None:
            return
        self._move_tool(event.modifiers())
        if self.tool.scrolls and self._beyond() != (0.0, 0.0):
            if not self._push.isActive():
                self._push.start()
        else:
            self._push.stop()

    def release(self, event: QMouseEvent) -> None:
        """Finish the gesture."""
        ending = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)
        if self.tool is not None and event.button() in ending:
            tool, self.tool = self.tool, None
            self._rest()
            tool.finish(event.position(), event.modifiers())

    def cancel(self) -> bool:
        """Give up the gesture under way; False if there is none."""
        if self.tool is None:
            return False
        tool, self.tool = self.tool, None
        tool.cancel()
        self._rest()
        return True

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Space takes hold of the map, Ctrl makes a drag a copy; True if the key was for the hand."""
        commands = Keys.ControlModifier | Keys.AltModifier | Keys.MetaModifier
        if self.tool is not None:
            if event.key() == Qt.Key.Key_Control:
                self._move_tool(event.modifiers() | Keys.ControlModifier)
            return True
        if event.key() == Qt.Key.Key_Space and not event.modifiers() & commands:
            self.holding = True
            self._rest()
            return True
        return False

    def key_released(self, event: QKeyEvent) -> bool:
        """Let go of what the key held; True if the key was for the hand."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.holding = False
            if self.tool is None:
                self._rest()
            return True
        if event.key() == Qt.Key.Key_Control and self.tool is not None:
            self._move_tool(event.modifiers() & ~Keys.ControlModifier)
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key let go while another window is in front is never heard of: let go of everything."""
        if event.type() == QEvent.Type.FocusOut:
            self.holding = False
            if self.tool is None:
                self._rest()
        return super().eventFilter(watched, event)

    def _move_tool(self, keys: Keys) -> None:
        tool = self.tool
        if tool is None:
            return
        tool.move(self._pointer, keys)
        if self.tool is not tool and self.tool is not None:
            self.tool.move(self._pointer, keys)
        if self.tool is not None and not isinstance(self.tool, PressTool):
            self._widget.setCursor(self.tool.cursor)
        self._widget.update()

    def _beyond(self) -> tuple[float, float]:
        """How far the pointer is in the margin at the edges, towards the inside."""
        inner, at = self._surface.area().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE), self._pointer
        return (
            max(inner.left() - at.x(), 0.0) - max(at.x() - inner.right(), 0.0),
            max(inner.top() - at.y(), 0.0) - max(at.y() - inner.bottom(), 0.0),
        )

    def _push_at_edge(self) -> None:
        """Take the map along while a tool is held at an edge."""
        if self.tool is None:
            self._push.stop()
            return
        dx, dy = self._beyond()
        self._surface.pan(dx * _EDGE_SPEED, dy * _EDGE_SPEED)
        self._move_tool(QApplication.keyboardModifiers())

    def _rest(self) -> None:
        """The gesture is over."""
        self._push.stop()
        self._widget.setCursor(Qt.CursorShape.OpenHandCursor if self.holding else Qt.CursorShape.ArrowCursor)
        self._widget.update()
