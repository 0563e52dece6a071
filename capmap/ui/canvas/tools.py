"""Tools: what a press of the mouse on the canvas becomes; each has a start, moves, and a finish or a cancel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPixmap

from capmap.drawing.theme import Theme
from capmap.layout.boxes import Box
from capmap.layout.style import STYLE
from capmap.model import edits
from capmap.model.change import Change
from capmap.model.records import Capability
from capmap.model.steering import move_beside
from capmap.ui.canvas import overlay
from capmap.ui.canvas.arrangement import Arrangement
from capmap.ui.canvas.dropping import Drop, aim
from capmap.ui.canvas.overlay import Accents
from capmap.ui.canvas.viewpoint import Viewpoint
from capmap.ui.workspace import Workspace

Keys = Qt.KeyboardModifier

_GHOST_LIMIT = 150.0
"""Pixels; a larger branch is carried as a smaller picture of itself."""

_FAR_ENOUGH = 24.0
"""Pixels from the start from which a box over its own inside is meant to go there, and is told that it cannot."""


class Elsewhere:
    """Where records may be carried besides: from the map to a table, from a table to the map. Here, nowhere."""

    def over(self, record_ids: Sequence[str], place: QPoint) -> bool:
        """They are held over a place of the screen; whether it is one for them."""
        return False

    def drop(self, record_ids: Sequence[str], place: QPoint) -> bool:
        """They are let go there; whether it was one for them."""
        return False

    def leave(self) -> None:
        """They are not carried any more."""


class Surface(Protocol):
    """What tools see of the canvas."""

    arrangement: Arrangement
    workspace: Workspace
    elsewhere: Elsewhere

    @property
    def view(self) -> Viewpoint: ...
    @property
    def theme(self) -> Theme: ...
    @property
    def accents(self) -> Accents: ...
    @property
    def small_font(self) -> QFont: ...
    def area(self) -> QRectF: ...
    def pan(self, dx: float, dy: float) -> None: ...
    def picture_of(self, record_id: str, most: float) -> QPixmap: ...
    def take_up(self, tool: Tool) -> None: ...
    def attempt(self, edit: Callable[[], Change], select: Callable[[Change], Iterable[str]]) -> None: ...
    def tell(self, sentence: str) -> None: ...
    def on_screen(self, place: QPointF) -> QPoint: ...


class Tool:
    """A gesture under way. Nothing is written to the map before ``finish``."""

    cursor = Qt.CursorShape.ArrowCursor
    scrolls = False
    """Whether the map comes along when the pointer is at an edge of the canvas."""

    def __init__(self, surface: Surface, start: QPointF) -> None:
        self.surface = surface
        self.start = start

    def move(self, place: QPointF, keys: Keys) -> None:
        """The pointer is here now, with these keys held."""

    def finish(self, place: QPointF, keys: Keys) -> None:
        """The button was let go here."""

    def cancel(self) -> None:
        """Esc: as if nothing had been."""

    def paint(self, painter: QPainter) -> None:
        """What floats above the map meanwhile."""


class PanTool(Tool):
    """The map follows the hand."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def move(self, place: QPointF, keys: Keys) -> None:
        """Move the map by what the pointer moved."""
        self.surface.pan(place.x() - self.start.x(), place.y() - self.start.y())
        self.start = place


class PressTool(Tool):
    """A press on a box: a click that selects, or the start of a drag."""

    def __init__(self, surface: Surface, start: QPointF, pressed: str, keys: Keys, slack: float) -> None:
        super().__init__(surface, start)
        self.pressed = pressed
        self.slack = slack
        # A press selects at once, unless it may be the start of a drag of several boxes or a change to them.
        if pressed not in surface.workspace.selection and not keys & (Keys.ControlModifier | Keys.ShiftModifier):
            surface.workspace.select([pressed])

    def move(self, place: QPointF, keys: Keys) -> None:
        """Far enough from the start the press becomes a drag, or a rubber band with Shift or Alt."""
        if (place - self.start).manhattanLength() < self.slack:
            return
        if keys & (Keys.ShiftModifier | Keys.AltModifier):
            self.surface.take_up(BandTool(self.surface, self.start))
            return
        why_read_only = self.surface.workspace.document.why_read_only
        if why_read_only:
            self.surface.tell(why_read_only)
            return
        shown = self.surface.workspace
        moved = shown.selection if self.pressed in shown.selection else (self.pressed,)
        self.surface.take_up(DragTool(self.surface, self.start, moved, self.pressed))

    def finish(self, place: QPointF, keys: Keys) -> None:
        """A click: select this box, with Ctrl add or take it away, with Shift all from the current one to it."""
        shown = self.surface.workspace
        if keys & Keys.ControlModifier:
            rest = [key for key in shown.selection if key != self.pressed]
            shown.select(rest if self.pressed in shown.selection else [*rest, self.pressed])
        elif keys & Keys.ShiftModifier:
            shown.select([*shown.selection, *_stretch(shown, self.pressed)])
        else:
            shown.select([self.pressed])


def _stretch(shown: Workspace, to: str) -> list[str]:
    """The siblings from the current box to this one, this one last; this one alone if they are no siblings."""
    current = shown.map.get(shown.current)
    capability = shown.map.capability(to)
    if not isinstance(current, Capability) or current.parent != capability.parent:
        return [to]
    order = shown.map.child_ids(capability.parent)
    low, high = sorted((current.position, capability.position))
    return [key for key in order[low : high + 1] if key != to] + [to]


class BandTool(Tool):
    """A rubber band: leaves that it touches and containers that lie inside it."""

    cursor = Qt.CursorShape.CrossCursor
    scrolls = True

    def __init__(self, surface: Surface, start: QPointF) -> None:
        super().__init__(surface, start)
        self._origin = surface.view.to_map(start)
        self._rect = QRectF()
        self._hits: list[str] = []

    def move(self, place: QPointF, keys: Keys) -> None:
        """Stretch the band from where it began on the map."""
        start = self.surface.view.to_widget(*self._origin)
        self._rect = QRectF(start, place).normalized()
        self._hits = list(_caught(self.surface.arrangement.layout.boxes, self.surface.view.part(self._rect)))

    def finish(self, place: QPointF, keys: Keys) -> None:
        """Select what was caught; with Ctrl or Shift in addition to what was selected. A click selects nothing."""
        self.move(place, keys)
        shown = self.surface.workspace
        more = keys & (Keys.ControlModifier | Keys.ShiftModifier)
        shown.select([*(shown.selection if more else ()), *self._hits])

    def paint(self, painter: QPainter) -> None:
        """The band and what it has caught."""
        layout, view = self.surface.arrangement.layout, self.surface.view
        for key in self._hits:
            box = layout.index.get(key)
            if box is not None:
                rect = view.rect(layout.rectangle(box))
                overlay.ring(painter, rect, STYLE[box.role].radius * view.scale, self.surface.accents, current=False)
        overlay.band(painter, self._rect, self.surface.accents)


def _caught(boxes: Iterable[Box], part: tuple[float, float, float, float]) -> Iterable[str]:
    left, top, width, height = part
    for box in boxes:
        right, bottom = left + width, top + height
        if box.x >= right or box.y >= bottom or box.x + box.width <= left or box.y + box.height <= top:
            continue
        inside = box.x >= left and box.y >= top and box.x + box.width <= right and box.y + box.height <= bottom
        if inside or not box.children:
            yield box.id
        else:
            yield from _caught(box.children, (left - box.x, top - box.y, width, height))


class DragTool(Tool):
    """Boxes on their way to another place: a ghost follows the pointer, a mark shows where they would stand."""

    cursor = Qt.CursorShape.ClosedHandCursor
    scrolls = True

    def __init__(self, surface: Surface, start: QPointF, moved: Sequence[str], grabbed: str) -> None:
        super().__init__(surface, start)
        current = surface.workspace.map
        chosen = set(moved)
        # Boxes inside another moved box go with it, and all go in reading order.
        tops = [key for key in chosen if not any(step.id in chosen for step in current.path(key)[:-1])]
        self.moved = sorted(tops, key=lambda key: [step.position for step in current.path(key)])
        self.drop: Drop | None = None
        self._place = start
        self._copying = self._is_away = False
        self._ghost = surface.picture_of(grabbed, _GHOST_LIMIT)

    def move(self, place: QPointF, keys: Keys) -> None:
        """See where the boxes would go from here."""
        surface = self.surface
        self._place, self._copying = place, bool(keys & Keys.ControlModifier)
        before = self.drop.reason if self.drop else ""
        self._is_away = surface.elsewhere.over(self.moved, surface.on_screen(place))
        self.scrolls = not self._is_away
        if self._is_away:
            # Beyond the map boxes do not move; they are linked to what is there.
            self.drop, self.cursor = None, Qt.CursorShape.DragLinkCursor
            if before:
                surface.tell("")
            return
        arranged = surface.arrangement
        self.drop = aim(
            arranged.layout,
            surface.workspace.map,
            self.moved,
            surface.workspace.root,
            *surface.view.to_map(place),
            copying=self._copying,
        )
        if self.drop.reason != before:
            surface.tell(self.drop.reason)
        self.cursor = (
            Qt.CursorShape.ForbiddenCursor
            if self.drop.reason
            else Qt.CursorShape.DragCopyCursor
            if self._copying
            else Qt.CursorShape.ClosedHandCursor
        )

    def finish(self, place: QPointF, keys: Keys) -> None:
        """Move the boxes there, or with Ctrl copies of them."""
        if self.surface.elsewhere.drop(self.moved, self.surface.on_screen(place)):
            return
        self.move(place, keys)
        drop = self.drop
        if drop is None or drop.stays or drop.reason:
            return
        current = self.surface.workspace.map
        if self._copying:
            self.surface.attempt(
                lambda: edits.copy(current, self.moved, drop.into, drop.position),
                lambda change: _made_in(change, drop.into),
            )
        else:
            self.surface.attempt(
                lambda: move_beside(current, self.moved, drop.into, drop.position, drop.area), lambda _: self.moved
            )

    def cancel(self) -> None:
        """Leave everything where it is."""
        self.surface.elsewhere.leave()
        self.surface.tell("")

    def paint(self, painter: QPainter) -> None:
        """The boxes faded where they are, the mark, and the ghost with words beside it."""
        if self._is_away:
            return
        surface, view = self.surface, self.surface.view
        layout, accents = surface.arrangement.layout, surface.accents
        if not self._copying:
            for key in self.moved:
                box = layout.index.get(key)
                if box is not None:
                    rect = view.rect(layout.rectangle(box))
                    overlay.faded(painter, rect, STYLE[box.role].radius * view.scale, surface.theme)
        drop = self._meant()
        if drop is not None:
            self._paint_target(painter, drop)
        ghost = overlay.carried(painter, self._place, self._ghost, accents)
        if self._copying or len(self.moved) > 1:
            count = f"{len(self.moved):,}" if len(self.moved) > 1 else ""
            words = f"+{count}" if self._copying else count
            overlay.badge(painter, ghost.topRight(), words, surface.small_font, accents)
        if drop is not None:
            words, below = drop.reason or self._words(drop), ghost.bottomLeft() + QPointF(0, 8)
            overlay.bubble(painter, below, words, surface.small_font, accents, surface.area(), bad=bool(drop.reason))

    def _paint_target(self, painter: QPainter, drop: Drop) -> None:
        layout, view, accents = self.surface.arrangement.layout, self.surface.view, self.surface.accents
        forbidden = bool(drop.reason)
        box = layout.index.get(drop.around) if drop.around else None
        if box is not None:
            rect = view.rect(layout.rectangle(box))
            radius = STYLE[box.role].radius * view.scale
            overlay.target(painter, rect, radius, accents, forbidden=forbidden, into=drop.mark is None)
        if drop.mark is not None:
            x1, y1, x2, y2 = drop.mark
            line = QLineF(view.to_widget(x1, y1), view.to_widget(x2, y2))
            overlay.insertion(painter, line, accents, forbidden=forbidden)

    def _meant(self) -> Drop | None:
        """The drop as far as it is worth showing: not over the boxes themselves, nor forbidden at the very start."""
        drop = self.drop
        if drop is None or drop.stays:
            return None
        if drop.reason and (self._place - self.start).manhattanLength() < _FAR_ENOUGH:
            return None
        return drop

    def _words(self, drop: Drop) -> str:
        current = self.surface.workspace.map
        verb = "Copy" if self._copying else "Move"
        if drop.into is None:
            return f"{verb} to the top level"
        return f"{verb} into {current.shown(current.capability(drop.into)).name}"


def _made_in(change: Change, parent: str | None) -> list[str]:
    """The boxes that a change makes inside another."""
    return [
        key
        for key, record in change.after.items()
        if change.before[key] is None and isinstance(record, Capability) and record.parent == parent
    ]
