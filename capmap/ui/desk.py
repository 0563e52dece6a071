"""Desk: the open map with everything around it: outline, canvas with its way back, inspector."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, QSettings, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from capmap.model.records import Capability
from capmap.ui.boxedits import BoxEdits
from capmap.ui.canvas.canvas import Canvas
from capmap.ui.clipboard import BoxClipboard
from capmap.ui.panels.inspector import Inspector
from capmap.ui.panels.outline import Outline
from capmap.ui.parts.appearance import Appearance
from capmap.ui.parts.labels import plain_label
from capmap.ui.workspace import Workspace

_SPLIT = "window/split"
_OUTLINE = "window/outline"
_INSPECTOR = "window/inspector"


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
        self.clipboard = BoxClipboard(workspace, self)
        self.crumbs = Crumbs(workspace, appearance)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._left = self._outline_panel()
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.crumbs)
        column.addWidget(self.canvas, 1)
        for widget, least in ((self._left, 160), (middle, 320), (self.inspector, 230)):
            widget.setMinimumWidth(least)
            self._splitter.addWidget(widget)
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
        self.inspector.lit.connect(self.canvas.set_highlight)

    # -- verbs ---------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last edit back, what is being typed included."""
        self.inspector.flush()
        self.workspace.undo()

    def redo(self) -> None:
        """Do it again."""
        self.inspector.flush()
        self.workspace.redo()

    def go_to(self, record_id: str) -> None:
        """Select a box and bring it into sight, whatever hides it now."""
        box = self.workspace.map.get(record_id)
        if not isinstance(box, Capability):
            return
        if self.workspace.root is not None and record_id == self.workspace.root:
            self.workspace.show_branch(box.parent)
        self.canvas.open_up(box.parent)
        if self.workspace.root is not None and box.parent is None:
            self.workspace.show_branch(None)
        self.workspace.select([record_id])
        self.canvas.reveal(record_id)

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
        return [widget for widget in (self.outline, self.canvas, self.inspector) if widget.isVisible()]

    def keep(self) -> None:
        """Remember the panels."""
        self._settings.setValue(_SPLIT, self._splitter.saveState())
        self._settings.setValue(_OUTLINE, self.outline_shown)
        self._settings.setValue(_INSPECTOR, self.inspector_shown)

    def _restore(self) -> None:
        state = self._settings.value(_SPLIT)
        if isinstance(state, QByteArray):
            self._splitter.restoreState(state)
        self._left.setVisible(bool(self._settings.value(_OUTLINE, True, bool)))
        self.inspector.setVisible(bool(self._settings.value(_INSPECTOR, True, bool)))


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
