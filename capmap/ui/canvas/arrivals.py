"""Arrivals: files and text that another program drops onto the canvas."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

READABLE = (".capmap", ".csv", ".tsv", ".xlsx", ".json", ".md", ".txt")
"""Files that may be dropped."""


class Arrivals(QObject):
    """Watches a widget. ``files`` carries paths; ``text`` a text and where it was let go; ``hovering`` whether
    something that can be taken is held above the widget.
    """

    files = Signal(object)
    text = Signal(str, QPointF)
    hovering = Signal(bool)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the events of a drag from outside."""
        kind = event.type()
        if kind == QEvent.Type.DragLeave:
            self.hovering.emit(False)
        elif isinstance(event, QDragMoveEvent):
            # Entering is a kind of moving.
            wanted = bool(paths_in(event.mimeData())) or event.mimeData().hasText()
            self.hovering.emit(wanted)
            if wanted:
                event.acceptProposedAction()
            else:
                event.ignore()
            return True
        elif isinstance(event, QDropEvent):
            self.hovering.emit(False)
            paths, text = paths_in(event.mimeData()), event.mimeData().text()
            if paths:
                self.files.emit(paths)
            elif text.strip():
                self.text.emit(text, event.position())
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)


def paths_in(data: QMimeData) -> list[Path]:
    """The readable files among what is dragged."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in READABLE]
