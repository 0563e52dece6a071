"""RowDrop: boxes that are dragged out of the outline and let go on the rows of a table."""

from __future__ import annotations

import json

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from capmap.model.records import Capability
from capmap.ui.canvas.tools import Elsewhere
from capmap.ui.panels.outlinemodel import BOXES_MIME
from capmap.ui.tables.tableview import TableView
from capmap.ui.workspace import Workspace


class RowDrop(QObject):
    """Watches a table and hands what is held over it to the carrier."""

    def __init__(self, view: TableView, workspace: Workspace, carrier: Elsewhere) -> None:
        super().__init__(view)
        self._workspace = workspace
        self._carrier = carrier
        for port in (view.viewport(), view.frozen.viewport()):
            port.setAcceptDrops(True)
            port.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the events of a drag with boxes of this map; all others are none of ours."""
        if event.type() == QEvent.Type.DragLeave:
            self._carrier.leave()
            return True
        if not isinstance(event, QDropEvent) or not isinstance(watched, QWidget):
            return False
        ids = self._boxes_in(event.mimeData())
        if not ids:
            event.ignore()
            return True
        place = watched.mapToGlobal(event.position().toPoint())
        # For Qt entering is a kind of moving, and moving a kind of dropping.
        answer = self._carrier.over if isinstance(event, QDragMoveEvent) else self._carrier.drop
        taken = answer(ids, place)
        # The boxes stay where they are: the outline must not think that they moved.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(taken)
        return True

    def _boxes_in(self, data: QMimeData) -> list[str]:
        """The boxes in a drag that began in this map."""
        try:
            told = json.loads(bytes(data.data(BOXES_MIME).data()))
            if told["map"] != str(self._workspace.document.path):
                return []
            return [key for key in told["ids"] if isinstance(self._workspace.map.get(key), Capability)]
        except (ValueError, KeyError, TypeError):
            return []
