"""MapView: the map of a workspace on screen, to look at: laid out for the widget, zoomed, panned, always sharp."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from capmap.drawing.theme import DARK, LIGHT, Theme
from capmap.layout.boxes import Layout
from capmap.model.change import Change
from capmap.ui.canvas.arrangement import Arrangement
from capmap.ui.canvas.explaining import Explaining
from capmap.ui.canvas.legend import LEGEND_ROOM, Legend
from capmap.ui.canvas.lighting import Lighting
from capmap.ui.canvas.opening import Opening
from capmap.ui.canvas.overlay import Accents, accents_of
from capmap.ui.canvas.painting import Painting
from capmap.ui.canvas.passage import Passage, Rectangle
from capmap.ui.canvas.picture import Picture
from capmap.ui.canvas.remembered import Standing
from capmap.ui.canvas.viewpoint import Viewpoint, fitting
from capmap.ui.canvas.zoomarea import ZoomArea
from capmap.ui.workspace import Workspace

MARGIN = 18.0
"""Pixels around a map that is fitted into the widget."""


class MapView(ZoomArea):
    """Shows a workspace's map. While the map is fitted it stays fitted whatever happens to the map or the widget.

    ``redrawn`` says that the map looks different now, wherever one looks at it from.
    """

    redrawn = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.arrangement = Arrangement(workspace)
        self.opening = Opening(self, self, self.arrangement, workspace)
        self.painting = Painting(self.arrangement)
        self._picture = Picture(self._paint_map)
        self._passage: Passage | None = None
        self._arranged = False
        self._root = workspace.root
        self._free_above = 0.0
        self.taken_below = 0.0
        """Pixels that something below has taken for a while: a map that is fitted gets smaller and keeps its shape."""
        self._dark: bool | None = None
        self.lighting = Lighting(self._relit)
        self.legend = Legend(self)
        self.explaining = Explaining(self, self.legend, self)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        workspace.changed.connect(self._map_changed)
        workspace.opened.connect(self._map_opened)
        workspace.view_changed.connect(self._view_changed)
        workspace.lens_changed.connect(self._lens_changed)
        workspace.filter_changed.connect(self._filter_changed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self._recoloured())

    # -- what is shown -------------------------------------------------------------------------------

    @property
    def shown_layout(self) -> Layout:
        """The layout as it is painted now: on its way to the real one while boxes glide."""
        return self._passage.layout if self._passage is not None else self.arrangement.layout

    @property
    def theme(self) -> Theme:
        """The colours of the map on this screen."""
        dark = self._dark
        if dark is None:
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    @property
    def accents(self) -> Accents:
        """The colours of what floats above the map."""
        return accents_of(self.theme)

    def set_dark(self, dark: bool | None) -> None:
        """Dark or light; None follows the system."""
        self._dark = dark
        self._recoloured()

    def box_rect(self, record_id: str) -> QRectF:
        """Where a box stands in the widget; an empty rectangle if it is not shown."""
        self.ensure_arranged()
        box = self.arrangement.layout.index.get(record_id)
        return self._view.rect(self.arrangement.layout.rectangle(box)) if box is not None else QRectF()

    def box_at(self, place: QPointF) -> str | None:
        """The deepest box at a place in the widget."""
        self.ensure_arranged()
        box = self.arrangement.layout.at(*self._view.to_map(place))
        return box.id if box is not None else None

    def set_highlight(self, record_ids: Iterable[str] | None) -> None:
        """Light these boxes (what was found) and dim the rest; None lights all alike."""
        self.lighting.ask("found", record_ids)

    def _relit(self) -> None:
        self._picture.forget()
        self.update()
        self.redrawn.emit()

    # -- zoom and pan --------------------------------------------------------------------------------

    def zoom_fit(self) -> None:
        """Show the whole map, and go on doing so."""
        self._fitted = True
        if self._arranged and self._wants_other_shape():
            self.arrange_again()
        else:
            self._glide_to(self._fit())

    def keep_free(self, above: float) -> None:
        """Leave so many pixels free above a fitted map, for what floats there. It keeps its shape."""
        if above != self._free_above:
            self._free_above = above
            self.stay_fitted()

    def stay_fitted(self) -> None:
        """The room of a fitted map is another one: go along in the same shape."""
        if self._fitted and self._arranged:
            self._glide_to(self._fit())

    def zoom_to_boxes(self, record_ids: Sequence[str]) -> None:
        """Show these boxes as large as they fit."""
        self.ensure_arranged()
        layout = self.arrangement.layout
        shown = [layout.rectangle(layout.index[key]) for key in record_ids if key in layout.index]
        if not shown:
            return
        left, top = min(rect[0] for rect in shown), min(rect[1] for rect in shown)
        right, bottom = max(rect[0] + rect[2] for rect in shown), max(rect[1] + rect[3] for rect in shown)
        self._fitted = False
        self._glide_to(fitting((left, top, right - left, bottom - top), self._fit_area(), 2.0))

    def reveal(self, record_id: str, *, whole: bool = False) -> None:
        """Bring a box into sight by the shortest way, ``whole`` even if it must be shown smaller."""
        self.ensure_arranged()
        place = self._place_of(record_id)
        if place is None:
            return
        start = self._goal or self._view
        goal = start.showing(place, self._fit_area(), whole=whole)
        if goal != start:
            self._fitted = False
            self._glide_to(goal)

    def _fit_area(self) -> QRectF:
        """Where a fitted map stands: above the legend, however many rows that takes."""
        return self._shape_area().adjusted(0, self._free_above, 0, -self.legend.further_rows - self.taken_below)

    def _shape_area(self) -> QRectF:
        """What gives a map its shape: the room above a legend of one row, so that no lens changes the shape."""
        return self.area().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN - LEGEND_ROOM + self.taken_below)

    def _fit(self) -> Viewpoint:
        layout = self.arrangement.layout
        return fitting((0.0, 0.0, layout.width, layout.height), self._fit_area())

    def whole(self) -> QSizeF:
        """The size of the map in points."""
        self.ensure_arranged()
        return QSizeF(self.arrangement.layout.width, self.arrangement.layout.height)

    # -- laying out ----------------------------------------------------------------------------------

    def ensure_arranged(self) -> None:
        """Lay the map out if that has not been done yet."""
        if not self._arranged and self.opening.is_ready(self._wanted_aspect()):
            self._arranged = True
            self.arrangement.aspect = self._wanted_aspect()
            self.arrangement.arrange_anew()
            self._after_arranging()
            if self._fitted:
                self._set_view(self._fit())

    def arrange_again(self, anchor: str | None = None) -> None:
        """Lay the map out anew; boxes glide to their new places. ``anchor`` stays where it is on the screen, unless
        the map is fitted.
        """
        if not self._arranged:
            return
        if self._fitted:
            self.arrangement.aspect = self._wanted_aspect()
        before = self._place_of(anchor)
        old = self._altered(self.arrangement.arrange_anew)
        self._travel(old, self._held(anchor, before, self.arrangement.layout))

    def tidied(self, record_id: str | None) -> tuple[Standing, Viewpoint]:
        """How the boxes would stand if the inside of one box were arranged anew, or (None) all as if just opened, and
        what would be seen then.
        """
        self.ensure_arranged()
        self.arrive()
        standing = self.arrangement.tidied(record_id, self._wanted_aspect())
        current = self.workspace.current
        return standing, self._held(current, self._place_of(current), standing.layout)

    def stand(self, standing: Standing, goal: Viewpoint) -> Standing:
        """Let the boxes glide to where they stand so; out comes how they stood before."""
        before: list[Standing] = []
        old = self._altered(lambda: before.append(self.arrangement.stand(standing)))
        self._travel(old, self._fit() if self._fitted else goal)
        return before[0]

    def _held(self, anchor: str | None, before: Rectangle | None, layout: Layout) -> Viewpoint:
        """The view of a layout in which a box is seen where it was before; of a fitted map the whole of it."""
        box = layout.index.get(anchor or "")
        if self._fitted:
            return fitting((0.0, 0.0, layout.width, layout.height), self._fit_area())
        if before is None or box is None:
            return self._view
        here, there = self._view.rect(before).topLeft(), self._view.rect(layout.rectangle(box)).topLeft()
        return self._view.moved(here.x() - there.x(), here.y() - there.y())

    def propose(self, pending: Change | None) -> None:
        """Show a box that is no part of the map yet; None takes it back."""
        old = self._altered(lambda: self.arrangement.propose(pending))
        self._travel(old, self._fit() if self._fitted else self._view)

    def _follow(self, change: Change) -> None:
        """Let the layout follow a change. What is looked at stays where it is; if the box worked on was in sight, the
        view goes after it.
        """
        current, start = self.workspace.current, self._view
        before = self._place_of(current)
        old = self._altered(lambda: self.arrangement.follow(change))
        after, goal = self._place_of(current), start
        if before is not None and after is not None:
            seen = start.rect(before).intersects(self.area())
            if seen and not start.rect(after).intersects(self.area()):
                goal = start.showing(after, self._fit_area())
        self._travel(old, self._fit() if self._fitted else goal)

    def _altered(self, alter: Callable[[], None]) -> dict[str, Rectangle]:
        """Alter the arrangement; where the boxes were before that."""
        self.glide.finish()
        old = self.arrangement.rectangles()
        alter()
        self._after_arranging()
        return old

    def _place_of(self, record_id: str | None) -> Rectangle | None:
        """Where a box stands in the layout, in points; None if it is not shown."""
        layout = self.arrangement.layout
        box = layout.index.get(record_id) if record_id is not None else None
        return layout.rectangle(box) if box is not None else None

    def _travel(self, old: dict[str, Rectangle], goal: Viewpoint) -> None:
        """Glide from the old places of the boxes to the new ones, and to another view at the same time."""
        start = self._view
        passage = Passage(old, self.arrangement.layout) if old else None
        self._picture.forget()
        if passage is not None and not passage.moves:
            passage = None
        self._goal = self._kept(goal)

        def step(share: float) -> None:
            self._passage = passage if share < 1.0 else None
            if passage is not None:
                passage.go(share)
                self._picture.forget()
            if self._goal is not None:
                self._set_view(start.between(self._goal, share))
            if share >= 1.0:
                self._goal = None

        self.glide.start(step)

    def _after_arranging(self) -> None:
        """The arrangement is new: so are the counts of the legend."""
        self.lighting.look_again()
        self.show_counts()

    def show_counts(self) -> None:
        """Say in the legend what the colours mean and how many boxes have which."""
        self.legend.show_heat(self.arrangement.heat, self.arrangement.boxes_with_chips, self.theme)
        self.legend.place(self.width(), self.height(), shown=bool(self.arrangement.layout.boxes))
        self.redrawn.emit()

    def _wanted_aspect(self) -> float:
        area = self._shape_area()
        return max(area.width(), 100.0) / max(area.height(), 100.0)

    def _wants_other_shape(self) -> bool:
        return abs(self._wanted_aspect() / self.arrangement.aspect - 1.0) > 0.03

    def arrive(self) -> None:
        """Be at the goal of a movement at once, the boxes too."""
        super().arrive()
        self._passage = None

    def _map_changed(self, change: Change) -> None:
        if not self._arranged:
            return
        # The layout is that of the map as it was: nothing may be painted or measured by it any more.
        self.arrive()
        if self.arrangement.shapes(change):
            self._follow(change)
        else:
            self.arrangement.recolour_after(change)
            self._recoloured()

    def _map_opened(self) -> None:
        self.arrive()
        self.arrangement.pending = None
        self.lighting.forget()
        self._arranged, self._fitted, self._root = False, True, self.workspace.root
        self._picture.forget()
        self.update()

    def _view_changed(self) -> None:
        """Another branch, depth or fold: what is left of the old picture glides into the new one."""
        if self.workspace.root != self._root:
            self._root, self._fitted = self.workspace.root, True
        self.arrange_again(self.workspace.current)

    def _lens_changed(self) -> None:
        if self._arranged:
            self.arrangement.recolour()
            self._recoloured()

    def _filter_changed(self) -> None:
        """Other boxes are in sight, or stand out."""
        shown = self.workspace
        self.lighting.stand_on(None if shown.hides else shown.matches)
        if self._arranged and self.arrangement.lacks_a_box:
            self.arrange_again(shown.current)

    def _recoloured(self) -> None:
        """The map has other colours."""
        self.show_counts()
        self._picture.forget()
        self.update()

    def settle(self) -> None:
        """The widget has kept its size, or the wheel has rested, for a moment: make good what was put off."""
        if self._fitted and self._arranged and self._wants_other_shape():
            self.arrange_again()
        self.update()

    # -- events --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture of the map, then what floats above it."""
        self.ensure_arranged()
        painter = QPainter(self)
        hurry = self.glide.moving or self._settling.isActive()
        sharp = self._picture.show(painter, self._view, self.size(), self.devicePixelRatioF(), hurry=hurry)
        if not sharp and not self._settling.isActive():
            self._settling.start()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_above(painter, QRectF(event.rect()))

    def paint_above(self, painter: QPainter, part: QRectF) -> None:
        """Paint what floats above the map."""

    def _paint_map(self, painter: QPainter, view: Viewpoint, part: QRectF, written: bool) -> None:
        layout, ringed = self.shown_layout, self.lighting.ringed
        lit, area = self.lighting.seen(layout, self.workspace.map), self.area()
        self.painting.paint(painter, layout, self.theme, view, part, area, lit, ringed=ringed, written=written)

    def paint_from_afar(self, painter: QPainter, view: Viewpoint, part: QRectF) -> None:
        """Paint a part of the map as it stands when nothing moves, for another widget: no names, no rings."""
        layout = self.arrangement.layout
        lit = self.lighting.seen(layout, self.workspace.map)
        self.painting.paint(painter, layout, self.theme, view, part, QRectF(), lit, ringed=False)

    def picture_of(self, record_id: str, most: float) -> QPixmap:
        """A picture of a box as it stands on the screen, or smaller so that no side is longer than ``most`` pixels."""
        layout, ratio = self.arrangement.layout, self.devicePixelRatioF()
        x, y, width, height = layout.rectangle(layout.index[record_id])
        scale = min(self.scale, most / max(width, height))
        view = Viewpoint(scale, -x * scale, -y * scale)
        part = QRectF(0, 0, width * scale, height * scale)
        picture = QPixmap(max(1, round(part.width() * ratio)), max(1, round(part.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        self.painting.paint(painter, layout, self.theme, view, part, part.adjusted(-most, -most, most, most))
        painter.end()
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted map fitted at once, and give it the new shape when the size has settled."""
        super().resizeEvent(event)
        self.legend.place(self.width(), self.height(), shown=bool(self.arrangement.layout.boxes))
        if self._fitted and self._arranged:
            self.glide.finish()
            self._set_view(self._fit())
            self._settling.start()
