"""Carrying: things pulled onto boxes and boxes pulled onto things, from one panel to another, until they are linked.

A drag that stays in its own panel is that panel's: rows are chosen, boxes move. One that leaves it for the map or for a
table links. So no key has to be held, and neither gesture is in the way of the other.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QTimer, Signal
from PySide6.QtWidgets import QWidget

from capmap.errors import CapMapError
from capmap.model.linking import Linking, link_all, linking
from capmap.model.records import Capability
from capmap.ui.canvas.canvas import Canvas
from capmap.ui.canvas.overlay import accents_of
from capmap.ui.canvas.telling import announce
from capmap.ui.canvas.tools import Elsewhere
from capmap.ui.light.spotlight import Spotlight
from capmap.ui.linking import words
from capmap.ui.linking.marks import Carried, TargetMarks
from capmap.ui.parts.appearance import Appearance
from capmap.ui.tables.mapandtables import MapAndTables
from capmap.ui.workspace import Workspace

_EDGE = 34
"""Pixels from an edge of the map within which something carried takes the map along."""
_SPEED = 0.8
_FRAME_MS = 33


@dataclasses.dataclass(frozen=True, slots=True)
class Aim:
    """What is under the pointer: the records to link to (none: nothing fits here), where they are seen, and on which
    widget.
    """

    targets: tuple[str, ...]
    rects: tuple[QRectF, ...]
    on: QWidget


class Carrying(QObject, Elsewhere):
    """One gesture at a time. ``told`` carries a sentence about what cannot be, ``linked`` one that can be undone."""

    told = Signal(str)
    linked = Signal(str)

    def __init__(
        self,
        workspace: Workspace,
        canvas: Canvas,
        tables: MapAndTables,
        spotlight: Spotlight,
        appearance: Appearance,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._canvas = canvas
        self._tables = tables
        self._spotlight = spotlight
        self._appearance = appearance
        self._window = parent
        self._ids: tuple[str, ...] = ()
        self._place = QPoint()
        self._lit: tuple[str, ...] = ()
        self._asked: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        self._found = Linking()
        self._carried: Carried | None = None
        self._marks: dict[QWidget, TargetMarks] = {}
        self._on_map = False
        self._beat = QTimer(self, interval=_FRAME_MS)
        self._beat.timeout.connect(self._follow)
        workspace.changed.connect(self.leave)
        workspace.opened.connect(self.leave)

    @property
    def is_on(self) -> bool:
        """Whether something is being carried."""
        return bool(self._ids)

    @property
    def sentence(self) -> str:
        """What letting go here would do."""
        return self._carried.sentence if self._carried is not None and self.is_on else ""

    # -- the gesture ---------------------------------------------------------------------------------

    def over(self, record_ids: Sequence[str], place: QPoint) -> bool:
        """These are carried over a place of the screen. Whether that is where they can be let go, or the panel that
        they came from should go on with them.
        """
        if not self._are_boxes(record_ids):
            # The map may move when the light goes out, so this comes before looking what is under the pointer.
            self._begin(record_ids)
        aim = self._aim(record_ids, place)
        if aim is None and self._are_boxes(record_ids):
            self.leave()
            return False
        self._begin(record_ids)
        self._place = place
        wanted = self._wanted(record_ids, aim)
        forbidden = bool(wanted is not None and (wanted.reason or not wanted.new))
        self._mark(aim, forbidden=forbidden)
        self._say(record_ids, aim, wanted, forbidden=forbidden)
        self._on_map = aim is not None and aim.on is self._canvas
        if not self._beat.isActive():
            self._beat.start()
        return aim is not None

    def drop(self, record_ids: Sequence[str], place: QPoint) -> bool:
        """They are let go here: link them, or say why not. Whether this was a place for them."""
        aim = self._aim(record_ids, place)
        lit = self._lit
        self.leave()
        if aim is None:
            return False
        wanted = self._wanted(record_ids, aim)
        if wanted is not None:
            self.link(wanted)
            if lit:
                self._spotlight.show(lit)
        return True

    def leave(self, *_: object) -> None:
        """As if nothing had been."""
        self._asked = None
        if not self.is_on:
            return
        self._ids = ()
        self._beat.stop()
        for mark in self._marks.values():
            mark.put((), accents_of(self._canvas.theme), forbidden=False)
        if self._carried is not None:
            self._carried.hide()
        if self._lit:
            self._spotlight.show(self._lit)
        self._lit = ()

    def link(self, wanted: Linking) -> bool:
        """Make these links in one step; whether any was made. What cannot be is told."""
        why = self._workspace.document.why_read_only
        if why or wanted.reason:
            self.told.emit(why or wanted.reason)
            return False
        current = self._workspace.map
        if not wanted.new:
            self.told.emit(f"{words.would(current, wanted)}.")
            return False
        try:
            self._workspace.commit(link_all(current, wanted))
        except CapMapError as problem:
            self.told.emit(str(problem))
            return False
        self.linked.emit(words.done(current, wanted))
        return True

    # -- what is under the pointer -------------------------------------------------------------------

    def _are_boxes(self, record_ids: Sequence[str]) -> bool:
        return all(isinstance(self._workspace.map.get(key), Capability) for key in record_ids)

    def _aim(self, record_ids: Sequence[str], place: QPoint) -> Aim | None:
        """None where the pointer is over neither the map nor a table, or still where the boxes themselves are."""
        if self._are_boxes(record_ids):
            return self._aim_at_rows(place)
        return self._aim_at_boxes(place)

    def _aim_at_boxes(self, place: QPoint) -> Aim | None:
        canvas = self._canvas
        at = canvas.mapFromGlobal(place)
        if not canvas.isVisible() or not canvas.rect().contains(at):
            return None
        box = canvas.box_at(QPointF(at))
        if box is None:
            return Aim((), (), canvas)
        chosen = self._workspace.selection
        targets = chosen if box in chosen else (box,)
        rects = [canvas.box_rect(key) for key in targets]
        return Aim(targets, tuple(rect for rect in rects if not rect.isEmpty()), canvas)

    def _aim_at_rows(self, place: QPoint) -> Aim | None:
        pane = self._tables.pane
        if pane is None or not pane.isVisible() or not pane.rect().contains(pane.mapFromGlobal(place)):
            return None
        view = pane.view
        port = view.viewport()
        at = port.mapFromGlobal(place)
        row = view.rowAt(at.y()) if port.rect().contains(at) else -1
        record = view.table.record_at(row) if row >= 0 else None
        if record is None:
            return Aim((), (), view)
        rows = view.chosen().rows
        rows = rows if row in rows else (row,)
        found = {row: there.id for row in rows if (there := view.table.record_at(row)) is not None}
        rects = [
            QRect(0, view.rowViewportPosition(row), view.width(), view.rowHeight(row)).translated(
                0, port.mapTo(view, QPoint(0, 0)).y()
            )
            for row in found
        ]
        return Aim(tuple(found.values()), tuple(QRectF(rect) for rect in rects), view)

    def _wanted(self, record_ids: Sequence[str], aim: Aim | None) -> Linking | None:
        if aim is None or not aim.targets:
            return None
        why = self._workspace.document.why_read_only
        if why:
            return Linking(reason=why)
        asked = (tuple(record_ids), aim.targets)
        if self._asked != asked:
            self._asked, self._found = asked, linking(self._workspace.map, record_ids, aim.targets)
        return self._found

    # -- what is seen --------------------------------------------------------------------------------

    def _begin(self, record_ids: Sequence[str]) -> None:
        if self._ids == tuple(record_ids):
            return
        self._ids = tuple(record_ids)
        # Boxes that are dimmed cannot be read, and any of them may be meant.
        self._lit = tuple(record.id for record in self._spotlight.subjects) or self._lit
        if self._lit:
            self._spotlight.end()
        if self._carried is None:
            self._carried = Carried(self._appearance, self._window.window())

    def _mark(self, aim: Aim | None, *, forbidden: bool) -> None:
        accents = accents_of(self._canvas.theme)
        if aim is not None and aim.on not in self._marks:
            self._marks[aim.on] = TargetMarks(aim.on)
        for on, mark in self._marks.items():
            mark.put(aim.rects if aim is not None and aim.on is on else (), accents, forbidden=forbidden)

    def _say(self, record_ids: Sequence[str], aim: Aim | None, wanted: Linking | None, *, forbidden: bool) -> None:
        if self._carried is None:
            return
        current = self._workspace.map
        if wanted is not None:
            sentence = words.would(current, wanted)
        else:
            sentence = "Let go on a row to link it" if self._are_boxes(record_ids) else "Let go on a box to link it"
        place = self._carried.under.mapFromGlobal(self._place)
        if sentence != self._carried.sentence and wanted is not None:
            announce(self._canvas, sentence)
        self._carried.put(place, words.names(current, record_ids), sentence, forbidden=forbidden)

    # -- the map comes along -------------------------------------------------------------------------

    def _beyond(self) -> tuple[float, float]:
        """How far the pointer is in the margin at the edges of the map, towards the inside."""
        inner = self._canvas.area().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        at = self._canvas.mapFromGlobal(self._place)
        return (
            max(inner.left() - at.x(), 0.0) - max(at.x() - inner.right(), 0.0),
            max(inner.top() - at.y(), 0.0) - max(at.y() - inner.bottom(), 0.0),
        )

    def _follow(self) -> None:
        """The map moves under a pointer that rests: at its edge, or when the light that was on goes out."""
        dx, dy = self._beyond() if self._on_map else (0.0, 0.0)
        if dx or dy:
            self._canvas.pan(dx * _SPEED, dy * _SPEED)
        self.over(self._ids, self._place)
