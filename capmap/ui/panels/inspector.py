"""Inspector: the panel that shows and edits the selected boxes, or the map where none is selected."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from capmap.ui.panels.boxpage import BoxPage
from capmap.ui.panels.mappage import MapPage
from capmap.ui.parts.appearance import Appearance
from capmap.ui.workspace import Workspace


class Inspector(QWidget):
    """``refused`` carries why an edit cannot be; ``lit`` the boxes to light for a chosen link; ``left`` says that the
    keys should go back to the map.
    """

    refused = Signal(str)
    lit = Signal(object)
    left = Signal()

    def __init__(self, workspace: Workspace, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setObjectName("inspectorBody")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.box_page = BoxPage(workspace, appearance, self)
        self.map_page = MapPage(workspace, self)
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._stack)
        for page in (self.map_page, self.box_page):
            area = QScrollArea(self)
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(page)
            page.setAutoFillBackground(False)
            area.viewport().setAutoFillBackground(False)
            self._stack.addWidget(area)
        self.box_page.refused.connect(self.refused)
        self.map_page.refused.connect(self.refused)
        self.box_page.lit.connect(self.lit)
        self.setAccessibleName("Inspector")
        workspace.selection_changed.connect(self._show_selection)
        workspace.opened.connect(self._show_selection)
        self._show_selection()

    def flush(self) -> None:
        """Write what was typed and waits, before the map is closed or looked at from elsewhere."""
        self.box_page.typing.flush()
        self.map_page.typing.flush()

    def focus_first(self) -> None:
        """Let the keys go to the scores of the box, or to the title of the map."""
        if self._workspace.selection:
            self.box_page.scores[0].handles[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.map_page.editors["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, which no field has a use for, goes back to the map; what was typed is kept."""
        if event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show_selection(self) -> None:
        selection = self._workspace.selection
        self.map_page.typing.end()
        if selection:
            self._stack.setCurrentIndex(1)
            self.box_page.show_boxes(selection)
        else:
            self.box_page.typing.end()
            self.box_page.links.show_boxes(())
            self._stack.setCurrentIndex(0)
            self.map_page.refresh()
