"""Desk: the open map with everything around it: outline, canvas with its way back, inspector."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, QSettings, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from capmap.model.records import Capability
from capmap.ui.boxedits import BoxEdits
from capmap.ui.canvas.canvas import Canvas
from capmap.ui.canvas.minimap import Minimap
from capmap.ui.canvas.tidying import Tidying
from capmap.ui.clipboard import BoxClipboard
from capmap.ui.filters.strip import FilterStrip, NothingMatches
from capmap.ui.light.fromlists import lit_by_lists
from capmap.ui.light.spotlight import Spotlight
from capmap.ui.light.strip import LightStrip
from capmap.ui.linking.room import LinkRoom
from capmap.ui.panels.inspector import Inspector
from capmap.ui.panels.outline import Outline
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.labels import plain_label
from capmap.ui.steering import Steering
from capmap.ui.tables.mapandtables import MapAndTables
from capmap.ui.time.room import TimeRoom
from capmap.ui.workspace import Workspace

_SPLIT = "window/split"
_OUTLINE = "window/outline"
_INSPECTOR = "window/inspector"
_MINIMAP = "window/minimap"


class Desk(QWidget):
    """What one works at. ``told`` carries a sentence for the message bar ("" takes it back), ``removed`` one that can
    be undone, ``menu_wanted`` where a context menu is wanted and of which box.
    """

    told = Signal(str)
    removed = Signal(str)
    menu_wanted = Signal(QPoint, object)

    def __init__(self, workspace: Workspace, appearance: Appearance, settings: QSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._settings = settings
        workspace.setParent(self)
        self.canvas = Canvas(workspace)
        self.outline = Outline(workspace, appearance)
        self.inspector = Inspector(workspace, appearance)
        self.boxes = BoxEdits(workspace, self.canvas, self.outline)
        self.steering = Steering(workspace, self.boxes, self.canvas)
        self.tidying = Tidying(self.canvas)
        self.clipboard = BoxClipboard(workspace, self)
        self.crumbs = Crumbs(workspace, appearance)
        self.filter_strip = FilterStrip(workspace, appearance)
        self.nothing_matches = NothingMatches(workspace, self.canvas)
        self.minimap = Minimap(self.canvas)
        self.spotlight = Spotlight(workspace, self.canvas.lighting, self)
        self.light_strip = LightStrip(self.spotlight, self.canvas, appearance)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._left = self._outline_panel()
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.crumbs)
        column.addWidget(self.filter_strip)
        column.addWidget(self.canvas, 1)
        self.time = TimeRoom(workspace, self.canvas, appearance, column, self)
        self.tables = MapAndTables(middle, workspace, appearance, settings, self)
        self.linking = LinkRoom(workspace, self.canvas, self.tables, self.spotlight, appearance, self)
        for widget, least in ((self._left, 160), (self.tables, 320), (self.inspector, 230)):
            widget.setMinimumWidth(least)
            self._splitter.addWidget(widget)
        self._beside: list[QWidget] = [self.inspector]
        self._inspector_stood = True
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([250, 1000, 296])
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)
        self.canvas.set_dark(appearance.is_dark)
        appearance.changed.connect(lambda: self.canvas.set_dark(appearance.is_dark))
        self._connect()
        self._restore()

    def _outline_panel(self) -> QWidget:
        panel = QWidget(self)
        panel.setObjectName("inspectorBody")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = plain_label("Map", panel)
        title.setObjectName("panelTitle")
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(self.outline, 1)
        return panel

    def _connect(self) -> None:
        self.canvas.message.connect(self.told)
        self.canvas.context_menu_requested.connect(self.menu_wanted)
        self.outline.context_menu_requested.connect(self.menu_wanted)
        for teller in (self.outline.refused, self.inspector.refused, self.boxes.refused, self.clipboard.refused):
            teller.connect(self.told)
        self.clipboard.told.connect(self.told)
        self.boxes.removed.connect(self.removed)
        self.time.refused.connect(self.told)
        self.linking.told.connect(self.told)
        self.linking.watch_list(self.inspector.box_page.links)
        self.inspector.left.connect(self.canvas.setFocus)
        self.linking.linked.connect(self.removed)
        self.tidying.told.connect(self.told)
        self.tidying.done.connect(self.removed)
        lit_by_lists(self.spotlight, self.inspector, self.tables)
        self.tables.removed.connect(self.removed)
        self.tables.go_wanted.connect(self.go_to)
        self.tables.map_wanted.connect(self.canvas.setFocus)

    # -- verbs ---------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last edit back, what is being typed included, or the tidy that came after it."""
        self.inspector.flush()
        if not self.tidying.undo():
            self.workspace.undo()

    def redo(self) -> None:
        """Do it again."""
        self.inspector.flush()
        if not self.tidying.redo():
            self.workspace.redo()

    def go_to(self, record_id: str) -> None:
        """Select a box and bring it into sight, whatever hides it now."""
        box = self.workspace.map.get(record_id)
        if not isinstance(box, Capability):
            return
        if self.workspace.root is not None and record_id == self.workspace.root:
            self.workspace.show_branch(box.parent)
        self.workspace.keep_in_sight([record_id])
        self.canvas.open_up(box.parent)
        if self.workspace.root is not None and box.parent is None:
            self.workspace.show_branch(None)
        self.workspace.select([record_id])
        self.canvas.reveal(record_id, whole=True)

    def go_to_original(self) -> None:
        """From a reference to the box that it shows."""
        current = self.workspace.map
        box = current.get(self.workspace.current)
        if isinstance(box, Capability):
            self.go_to(current.shown(box).id)

    def step_out(self) -> None:
        """Show the branch around the one that is shown alone."""
        root = self.workspace.root
        if root is not None:
            self.workspace.show_branch(self.workspace.map.capability(root).parent)

    def toggle_collapsed(self) -> None:
        """Fold the selected boxes, or unfold them if they all are."""
        shown = self.workspace
        boxes = [key for key in shown.selection if shown.map.has_children(key)]
        shown.set_collapsed(boxes, not all(key in shown.collapsed for key in boxes))

    def unfold_all(self) -> None:
        """Show the children of every box."""
        self.workspace.set_collapsed(list(self.workspace.collapsed), False)

    # -- panels --------------------------------------------------------------------------------------

    @property
    def outline_shown(self) -> bool:
        """Whether the outline is open."""
        return not self._left.isHidden()

    @property
    def inspector_shown(self) -> bool:
        """Whether the inspector is open."""
        return not self.inspector.isHidden()

    def toggle_outline(self) -> None:
        """Open or close the outline."""
        self._left.setVisible(self._left.isHidden())

    def toggle_inspector(self) -> None:
        """Open or close the inspector."""
        self.inspector.setVisible(self.inspector.isHidden())

    def show_inspector(self) -> None:
        """Open the inspector and let the keys go there."""
        self.inspector.show()
        self.inspector.focus_first()

    def panels(self) -> list[QWidget]:
        """The panels that are open, from left to right: where F6 goes."""
        table = [self.tables.pane.view] if self.tables.pane is not None else []
        panels = (self.outline, self.canvas, self.canvas.legend, *table, *self._beside)
        return [widget for widget in panels if widget.isVisible()]

    def put_beside(self, panel: QWidget, width: int) -> None:
        """Give a panel a place between the map and the inspector, so many pixels wide at first."""
        panel.setMinimumWidth(min(width, 300))
        self._splitter.insertWidget(2, panel)
        self._beside.insert(0, panel)
        sizes = self._splitter.sizes()
        sizes[1:3] = [max(sizes[1] + sizes[2] - width, 320), width]
        self._splitter.setSizes(sizes)

    def open_beside(self, panel: QWidget) -> None:
        """Open such a panel; the inspector makes room for it."""
        if panel.isHidden():
            self._inspector_stood = self.inspector_shown
            self.inspector.hide()
            panel.show()

    def close_beside(self, panel: QWidget) -> None:
        """Close it; the inspector is back if it was there."""
        if not panel.isHidden():
            panel.hide()
            self.inspector.setVisible(self._inspector_stood)

    def keep(self) -> None:
        """Remember the panels, before the desk is left."""
        for panel in self._beside[:-1]:
            self.close_beside(panel)
            # The places of the others are remembered as they are without it.
            panel.setParent(self)
            panel.hide()
        del self._beside[:-1]
        self._settings.setValue(_SPLIT, self._splitter.saveState())
        self._settings.setValue(_OUTLINE, self.outline_shown)
        self._settings.setValue(_INSPECTOR, self.inspector_shown)
        self._settings.setValue(_MINIMAP, self.minimap.wanted)
        self.tables.keep()

    def _restore(self) -> None:
        state = self._settings.value(_SPLIT)
        if isinstance(state, QByteArray):
            self._splitter.restoreState(state)
        self._left.setVisible(bool(self._settings.value(_OUTLINE, True, bool)))
        self.inspector.setVisible(bool(self._settings.value(_INSPECTOR, True, bool)))
        self.minimap.set_wanted(bool(self._settings.value(_MINIMAP, True, bool)))
        self.tables.restore()


class Crumbs(QWidget):
    """The way back from a branch that is shown alone: All › Policy & Claims › Claims."""

    def __init__(self, workspace: Workspace, appearance: Appearance) -> None:
        super().__init__()
        self._workspace = workspace
        self.setObjectName("crumbs")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(34)
        self.buttons: list[QToolButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 0, 14, 0)
        self._row.setSpacing(2)
        workspace.view_changed.connect(self.refresh)
        workspace.changed.connect(self.refresh)
        workspace.opened.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show the way to the branch that is shown now."""
        root = self._workspace.root
        self.setVisible(root is not None)
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        if root is None:
            return
        steps: list[tuple[str, str | None]] = [("Whole map", None)]
        steps += [(step.name, step.id) for step in self._workspace.map.path(root)]
        for place, (name, key) in enumerate(steps):
            if place:
                self._row.addWidget(plain_label("›", self))
            short = name if len(name) <= 40 else f"{name[:39]}…"
            if key == root:
                here = plain_label(short, self)
                here.setStyleSheet("font-weight: 600;")
                self._row.addWidget(here)
                continue
            button = QToolButton(self)
            button.setProperty("crumb", True)
            button.setText(short.replace("&", "&&"))
            button.setAccessibleName(f"Back to {name}")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _=False, key=key: self._workspace.show_branch(key))
            self._row.addWidget(button)
            self.buttons.append(button)
        self._row.addStretch(1)
