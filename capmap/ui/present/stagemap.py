"""StageMap: the map as a room sees it: one branch as large as it fits, the box in question ringed in amber."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from capmap.layout.boxes import Layout
from capmap.layout.style import STYLE
from capmap.model.change import Change
from capmap.render import qt
from capmap.ui.canvas.mapview import MapView
from capmap.ui.canvas.passage import Rectangle
from capmap.ui.canvas.viewpoint import LARGEST_SCALE, SMALLEST_SCALE, Viewpoint
from capmap.ui.canvas.walking import Direction, towards
from capmap.ui.present import badges, legibility
from capmap.ui.present.legibility import ENLARGED, MOST_LEVELS, type_pixels
from capmap.ui.present.route import stop_near, stops
from capmap.ui.present.session import Session
from capmap.ui.present.stagelook import AMBER, DARK_STAGE, StageLook

_RING, _RING_GAP = 7.0, 4.0
_MARGIN = 16.0
"""Pixels around a fitted map, for the ring."""


class StageMap(MapView):
    """Looks at the workspace of a session. ``pressed`` carries the id of a box that was pointed at."""

    pressed = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session.workspace, parent)
        self._session = session
        self._look = DARK_STAGE
        self._unit = 1.0
        self._larger = 0
        self._wanted_larger: int | None = None
        self._wanted_levels: int | None = None
        """What the room wants to see; None: what can be read."""
        self._numbered = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Capability map")
        session.workspace.selection_changed.connect(self._follow_box)
        session.asked.connect(self.update)

    # -- how it looks --------------------------------------------------------------------------------

    def show_look(self, look: StageLook, unit: float) -> None:
        """Dark or light; ``unit`` is a pixel of a screen of 1,080 rows."""
        self._look, self._unit = look, unit
        self.set_dark(look is DARK_STAGE)

    def show_numbers(self, wanted: bool) -> None:
        """Show the number of every box, for one to be typed."""
        self._numbered = wanted
        self.update()

    @property
    def names(self) -> float:
        """How large the names of the boxes are, in pixels."""
        self.ensure_arranged()
        return type_pixels(self.arrangement.layout, self.scale)

    def enlarge(self, steps: int) -> None:
        """Larger or smaller names; 0: all of the branch."""
        self._wanted_larger = min(max(self._larger + steps, 0), len(ENLARGED) - 1) if steps else 0
        self.ensure_arranged()
        if self._wanted_larger != self._larger:
            self._larger = self._wanted_larger
            self.arrange_again()

    # -- what is shown -------------------------------------------------------------------------------

    def show_branch(self, root: str | None, *wanted: str) -> None:
        """Show a branch with as many levels as can be read, and ask about the first wanted box that is there."""
        self._wanted_levels = self._wanted_larger = None
        self._look_at(root)
        self.ensure_arranged()
        self.choose(*wanted)

    def _look_at(self, root: str | None) -> None:
        """Show a branch with the levels and as large as the room wants it, or as it can be read."""
        room, current, unit = self._shape_area(), self._session.map, self._unit
        width, height = max(room.width(), 100.0), max(room.height(), 100.0)
        levels = self._wanted_levels or legibility.legible_levels(current, root, width, height, unit)
        larger = self._wanted_larger
        if larger is None:
            larger = legibility.legible_step(current, root, levels, width, height, unit)
        changed, self._larger = larger != self._larger, larger
        if (root, levels) != (self.workspace.root, self.workspace.depth):
            self.workspace.look_at(root, levels)
        elif changed:
            self.arrange_again()

    def choose(self, *wanted: str) -> None:
        """Ask about the first of these boxes that is there, else about the first of all."""
        found = stop_near(self._session.map, self.arrangement.layout, wanted)
        self.workspace.select([found] if found is not None else [])

    @property
    def stops(self) -> list[str]:
        """The boxes that are asked about, in reading order."""
        self.ensure_arranged()
        return stops(self.arrangement.layout)

    def beside(self, direction: Direction) -> str | None:
        """The box that the eye finds in a direction from the one in question; None at the edge."""
        self.ensure_arranged()
        current, layout = self.workspace.current, self.arrangement.layout
        found = towards(layout, current, direction) if current in layout.index and current is not None else None
        return stop_near(self._session.map, layout, [found]) if found is not None else None

    @property
    def levels(self) -> int:
        """How many levels are shown."""
        return self.workspace.depth or 1

    def show_levels(self, steps: int) -> bool:
        """Show more levels or fewer; whether there were any."""
        self.ensure_arranged()
        hidden = any(box.hidden for box in self.arrangement.layout.walk())
        wanted = self.levels + steps
        if wanted < 1 or (steps > 0 and not hidden) or wanted > max(MOST_LEVELS, self.levels):
            return False
        self._wanted_levels, self._wanted_larger = wanted, None
        self._look_again()
        return True

    def _look_again(self) -> None:
        """Show the same branch as the room wants it now, and go on with the same box."""
        kept = self.workspace.current or ""
        self._look_at(self.workspace.root)
        self.choose(kept)

    def ensure_arranged(self) -> None:
        """Lay the map out if that has not been done yet, so that it can be read."""
        if not self._arranged:
            self._look_at(self.workspace.root)
        super().ensure_arranged()

    def settle(self) -> None:
        """The screen has kept its size for a moment: other levels may be legible now."""
        if self._arranged:
            self._look_again()
        super().settle()

    # -- where it stands -----------------------------------------------------------------------------

    def _shape_area(self) -> QRectF:
        margin = _MARGIN * self._unit
        return self.area().adjusted(margin, margin, -margin, -margin)

    def _fit_area(self) -> QRectF:
        return self._shape_area()

    def _held(self, anchor: str | None, before: Rectangle | None, layout: Layout) -> Viewpoint:
        return self._fit() if self._fitted else super()._held(anchor, before, layout)

    def _wanted_aspect(self) -> float:
        room = self._shape_area()
        return legibility.aspect_of(max(room.width(), 100.0), max(room.height(), 100.0), self._larger)

    def _fit(self) -> Viewpoint:
        """All of a map, under its title; of one that is higher than the room the part around the box in question."""
        layout, room = self.arrangement.layout, self._fit_area()
        scale = legibility.scale_of(layout, room.width(), room.height(), self._larger, self._unit)
        scale = min(max(scale, SMALLEST_SCALE), LARGEST_SCALE)
        place = self._place_of(self.workspace.current)
        top, high = room.top(), layout.height * scale
        if place is not None and high > room.height() + 1.0:
            middle = (place[1] + place[3] / 2) * scale
            top -= min(max(middle - room.height() / 2, 0.0), high - room.height())
        return Viewpoint(scale, room.left(), top)

    def _map_changed(self, change: Change) -> None:
        """Another window may have changed the map: the room is asked about a box that is there."""
        super()._map_changed(change)
        if self._arranged and self.workspace.current not in self.stops:
            self.choose(self.workspace.current or "")

    def _follow_box(self) -> None:
        """Another box is asked about: a map that is larger than the screen goes along."""
        if self._arranged and self._larger:
            self._glide_to(self._fit())
        self.update()

    def show_counts(self) -> None:
        """The answers beside the map say what the colours mean."""
        self.legend.hide()

    def _after_arranging(self) -> None:
        self.legend.hide()

    # -- painting ------------------------------------------------------------------------------------

    def paint_above(self, painter: QPainter, part: QRectF) -> None:
        """The scores in the boxes, and the ring."""
        layout, scale = self.shown_layout, self.scale
        painter.save()
        painter.translate(self.view.x, self.view.y)
        painter.scale(scale, scale)
        qt.paint(painter, badges.scores(layout, self.arrangement.heat, self._session, self.theme))
        painter.restore()
        box = layout.index.get(self.workspace.current or "")
        if box is not None:
            self._paint_ring(painter, self.view.rect(layout.rectangle(box)), STYLE[box.role].radius * scale)
        if self._numbered:
            qt.paint(painter, badges.numbers(layout, self._session.map, self.view, self._unit))

    def _paint_ring(self, painter: QPainter, rect: QRectF, radius: float) -> None:
        """Amber between two thin dark edges, which part it from any colour beneath."""
        unit = self._unit
        width, gap = _RING * unit, _RING_GAP * unit
        reach = gap + width / 2
        ring = rect.adjusted(-reach, -reach, reach, reach)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, pen in ((self._look.ring_edge, width + 3.0 * unit), (AMBER, width)):
            painter.setPen(QPen(QColor(colour), pen))
            painter.drawRoundedRect(ring, radius + reach, radius + reach)

    # -- the mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask about the box under the pointer."""
        found = self.box_at(QPointF(event.position()))
        if found is not None:
            self.pressed.emit(found)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The picture of a room is not scrolled away by a sleeve."""
        event.accept()
