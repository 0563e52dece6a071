"""Canvas: the map to work on: select, walk, drag and name boxes, by mouse and by keyboard alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from capmap.errors import CapMapError
from capmap.layout.style import STYLE
from capmap.model.change import Change
from capmap.model.records import Capability
from capmap.ui.canvas import overlay
from capmap.ui.canvas.arrivals import Arrivals
from capmap.ui.canvas.hand import Hand
from capmap.ui.canvas.invitation import Invitation
from capmap.ui.canvas.mapview import MapView
from capmap.ui.canvas.nameplace import NamePlace, name_place
from capmap.ui.canvas.naming import Naming
from capmap.ui.canvas.telling import announce, as_tip, in_words
from capmap.ui.canvas.tools import DragTool, Elsewhere, Tool
from capmap.ui.canvas.walking import Step, step_from
from capmap.ui.workspace import Workspace

Keys = Qt.KeyboardModifier

_STEPS: dict[int, Step] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
    Qt.Key.Key_PageUp: "out",
    Qt.Key.Key_PageDown: "in",
}
_MANY_RINGS = 60
_COMMANDS = Keys.ControlModifier | Keys.AltModifier | Keys.MetaModifier
_TYPING = (Keys.NoModifier, Keys.ControlModifier | Keys.AltModifier)
"""Held while typing: nothing, or what AltGr looks like on some systems."""


class Canvas(MapView):
    """The map with a selection, tools and names to type.

    ``message`` carries a sentence for the person ("" takes the last one back); ``context_menu_requested`` the place on
    the screen and the id of the box or None; ``files_dropped`` a list of paths; ``text_dropped`` a text and the id of
    the box it was dropped on or None. The three ``wanted`` signals come from the buttons of an empty map.
    """

    message = Signal(str)
    context_menu_requested = Signal(QPoint, object)
    rename_finished = Signal()
    files_dropped = Signal(object)
    text_dropped = Signal(str, object)
    paste_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.elsewhere = Elsewhere()
        self.hand = Hand(self, self)
        self._hover: str | None = None
        self._ringed: tuple[str, ...] = ()
        self._receiving = False
        self.naming = Naming(self, self)
        self.naming.finished.connect(self.rename_finished)
        self.invitation = Invitation(self)
        self.invitation.hide()
        self.invitation.paste_wanted.connect(self.paste_wanted)
        self.invitation.open_wanted.connect(self.open_wanted)
        self.invitation.sample_wanted.connect(self.sample_wanted)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        arrivals = Arrivals(self)
        arrivals.files.connect(self.files_dropped)
        arrivals.text.connect(lambda text, place: self.text_dropped.emit(text, self.box_at(place)))
        arrivals.hovering.connect(self._receive)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setAccessibleName("Capability map")
        workspace.selection_changed.connect(self._selection_changed)

    # -- what tools and names ask for ----------------------------------------------------------------

    @property
    def small_font(self) -> QFont:
        """The type of bubbles and badges."""
        font = QFont(self.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def take_up(self, tool: Tool) -> None:
        """Go on with another tool."""
        self.hand.take_up(tool)

    def attempt(self, edit: Callable[[], Change], select: Callable[[Change], Iterable[str]]) -> None:
        """Commit an edit and select boxes, or say why it cannot be."""
        try:
            change = edit()
            self.workspace.commit(change, select=select(change))
        except CapMapError as error:
            self.tell(str(error))
        else:
            self.tell("")

    def tell(self, sentence: str) -> None:
        """Say something to the person; "" takes back what was said."""
        self.message.emit(sentence)

    def on_screen(self, place: QPointF) -> QPoint:
        """A place of the widget on the screen."""
        return self.mapToGlobal(place.toPoint())

    def name_place(self, record_id: str) -> NamePlace | None:
        """Where the name of a box stands in the widget; None if the box is not shown."""
        self.ensure_arranged()
        return name_place(self.arrangement, record_id, self.theme, self.view)

    def open_up(self, record_id: str | None) -> None:
        """Let the boxes inside this one be seen."""
        if record_id is None:
            return
        shown = self.workspace
        shown.keep_in_sight([record_id])
        path = [step.id for step in shown.map.path(record_id)]
        if shown.root is not None and shown.root not in path:
            shown.show_branch(None)
        levels = len(path) - (path.index(shown.root) + 1 if shown.root in path else 0)
        if shown.depth is not None and levels >= shown.depth:
            shown.show_levels(levels + 1)
        folded = [key for key in path if key in shown.collapsed]
        if folded:
            shown.set_collapsed(folded, False)

    # -- verbs ---------------------------------------------------------------------------------------

    def begin_rename(self, record_id: str, text: str | None = None) -> None:
        """Open the name of a box for typing; ``text`` takes the place of the old name."""
        self.naming.rename(record_id, text)

    def begin_new(self, into: str | None, position: int | None = None, text: str = "") -> None:
        """Open the name of a new box inside ``into`` (None: top level) at ``position`` (None: last)."""
        self.ensure_arranged()
        self.naming.add(into, position, text)

    def add_child(self) -> None:
        """Open the name of a new box inside the current one, or on the ground if there is none."""
        self.begin_new(self.workspace.current or self.workspace.root)

    def add_sibling(self, *, before: bool = False) -> None:
        """Open the name of a new box behind (or before) the current one."""
        current = self.workspace.map.get(self.workspace.current)
        if not isinstance(current, Capability) or current.id == self.workspace.root:
            self.add_child()
        else:
            self.begin_new(current.parent, current.position + (not before))

    def walk(self, step: Step, *, extend: bool = False) -> None:
        """Select the box that a step leads to; with ``extend`` in addition to what is selected."""
        self.ensure_arranged()
        shown = self.workspace
        found = step_from(self.arrangement.layout, shown.current, step)
        if found is None:
            return
        kept = [key for key in shown.selection if key != found] if extend else []
        shown.select([*kept, found])
        self.reveal(found)

    def step_out(self) -> None:
        """Esc: give up what is under way; else select the box around the current one; else nothing."""
        if self.hand.cancel():
            return
        box = self.arrangement.layout.index.get(self.workspace.current or "")
        self.workspace.select([box.parent.id] if box is not None and box.parent else [])

    def select_all(self) -> None:
        """Select all boxes beside the current one; once more, all beside the one around it, up to the top level."""
        shown = self.workspace
        current = shown.map.get(shown.current)
        parent = current.parent if isinstance(current, Capability) else shown.root
        everything = shown.in_sight(shown.map.child_ids(parent))
        if parent is not None and parent != shown.root and set(everything) <= set(shown.selection):
            everything = shown.in_sight(shown.map.child_ids(shown.map.capability(parent).parent))
        shown.select(everything)

    # -- following the workspace ---------------------------------------------------------------------

    def _after_arranging(self) -> None:
        super()._after_arranging()
        empty = not self.arrangement.layout.boxes and self.workspace.only is None
        self.invitation.setVisible(empty)
        if empty:
            self.invitation.set_theme(self.theme)
            self.invitation.move(self.rect().center() - self.invitation.rect().center())

    def _recoloured(self) -> None:
        super()._recoloured()
        self.invitation.set_theme(self.theme)
        self.naming.put()

    def _map_changed(self, change: Change) -> None:
        # The map moved on under a gesture or a name (undo from a menu): what it was about may be gone.
        self.arrive()
        self.hand.cancel()
        if self.arrangement.pending is not None:
            self.arrangement.pending = None
            self.naming.give_up()
        super()._map_changed(change)

    def _map_opened(self) -> None:
        self.hand.cancel()
        self.naming.give_up()
        self._hover = None
        super()._map_opened()

    def view_moved(self) -> None:
        """The view is another one: the editor of a name goes along."""
        self.naming.put()
        if self.hand.tool is None:
            self._hover = None

    def _selection_changed(self) -> None:
        before, self._ringed = self._ringed, self.workspace.selection
        self._update_around((*before, *self._ringed))
        current = self.workspace.map.get(self.workspace.current)
        if not isinstance(current, Capability):
            self.setAccessibleDescription("")
            return
        words = in_words(self.workspace.map, self.workspace.lens, current)
        self.setAccessibleDescription(words)
        announce(self, words)

    def _receive(self, receiving: bool) -> None:
        self._receiving = receiving
        self.update()

    # -- painting ------------------------------------------------------------------------------------

    def paint_above(self, painter: QPainter, part: QRectF) -> None:
        """The rings of what is selected and pointed at, above every neighbour, and what the tool shows."""
        reach = overlay.RING_REACH
        seen = part.adjusted(-reach, -reach, reach, reach)
        shown = self.workspace
        if self._hover is not None and self.hand.tool is None and self._hover not in shown.selection:
            rect, radius = self._outline(self._hover)
            overlay.hover(painter, rect, radius, self.accents)
        if self.naming.subject is not None:
            rect, radius = self._outline(self.naming.subject)
            overlay.ring(painter, rect, radius, self.accents, current=True)
        elif not isinstance(self.hand.tool, DragTool):
            several = len(shown.selection) > 1
            for key in shown.selection:
                rect, radius = self._outline(key)
                if rect.intersects(seen):
                    overlay.ring(painter, rect, radius, self.accents, current=several and key == shown.current)
        if self.hand.tool is not None:
            self.hand.tool.paint(painter)
        if self._receiving:
            overlay.target(painter, self.area(), 0.0, self.accents, forbidden=False, into=False)

    def _outline(self, record_id: str) -> tuple[QRectF, float]:
        """Where a box is seen now, in the middle of a movement too, and the radius of its corners, in pixels."""
        layout = self.shown_layout
        box = layout.index.get(record_id)
        if box is None:
            return QRectF(), 0.0
        return self.view.rect(layout.rectangle(box)), STYLE[box.role].radius * self.scale

    def _hover_over(self, record_id: str | None) -> None:
        """Another box is under the pointer: repaint the two outlines and nothing else."""
        if record_id == self._hover:
            return
        self._update_around([key for key in (self._hover, record_id) if key is not None])
        self._hover = record_id

    def _update_around(self, record_ids: Sequence[str]) -> None:
        """Repaint these boxes with their rings, and nothing else unless they are many."""
        if len(record_ids) > _MANY_RINGS:
            self.update()
            return
        reach = round(overlay.RING_REACH)
        for key in record_ids:
            self.update(self._outline(key)[0].toAlignedRect().adjusted(-reach, -reach, reach, reach))

    # -- the mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._hover_over(None)
        self.hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or see what is under the pointer."""
        if self.hand.tool is None:
            self._hover_over(self.box_at(event.position()))
        self.hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the gesture."""
        self.hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the name of the box."""
        record_id = self.box_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and record_id is not None and not self.hand.holding:
            self.begin_rename(record_id)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._hover_over(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select the box under the pointer, unless it is selected, and ask the window for the menu."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            current = self.workspace.current
            at = self.box_rect(current).center() if current is not None else self.area().center()
            self.context_menu_requested.emit(self.mapToGlobal(at.toPoint()), current)
            return
        pointed = self.box_at(QPointF(event.pos()))
        if pointed is not None and pointed not in self.workspace.selection:
            self.workspace.select([pointed])
        self.context_menu_requested.emit(event.globalPos(), pointed)

    # -- the keyboard --------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Esc belongs to a gesture under way before it belongs to the window; boxes tell who they are."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.hand.tool is not None:
                event.accept()
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            capability = self.workspace.map.get(self.box_at(QPointF(event.pos())))
            if isinstance(capability, Capability) and self.hand.tool is None:
                QToolTip.showText(event.globalPos(), as_tip(self.workspace.map, self.workspace.lens, capability), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, hold the map with Space, give up with Esc, or type a name; all else is for the actions."""
        key, keys = event.key(), event.modifiers()
        step = _STEPS.get(key)
        if key == Qt.Key.Key_Escape:
            self.step_out()
        elif self.hand.key_pressed(event):
            event.accept()
        elif step is not None and not keys & _COMMANDS:
            self.walk(step, extend=bool(keys & Keys.ShiftModifier))
        elif event.text().isprintable() and event.text().strip() and keys & _COMMANDS in _TYPING:
            if not self._type(event.text()):
                event.ignore()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let the map go with Space; with Ctrl a drag no longer copies."""
        if not self.hand.key_released(event):
            super().keyReleaseEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Text from an input method begins a name too; what is still being composed goes on in the editor."""
        if (event.preeditString() or event.commitString()) and self._type(""):
            QApplication.sendEvent(self.naming.editor, event)
        else:
            event.ignore()

    def _type(self, text: str) -> bool:
        """Begin a name with this text: of the current box, or of the first one of an empty map."""
        current = self.workspace.current
        if current is not None:
            self.begin_rename(current, text)
        elif not self.arrangement.layout.boxes:
            self.begin_new(self.workspace.root, None, text)
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the invitation in the middle."""
        super().resizeEvent(event)
        self.invitation.move(self.rect().center() - self.invitation.rect().center())
