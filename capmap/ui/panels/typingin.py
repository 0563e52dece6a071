"""TypingIn: text on its way from a field into the map: written when the typing pauses, one step of undo in all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from capmap.errors import CapMapError
from capmap.model.change import Change
from capmap.ui.workspace import Workspace

_PAUSE_MS = 250
"""A map of thousands of boxes is laid out anew for a new name; that need not be at every key."""


class TypingIn(QObject):
    """Holds what was typed last and not yet written. ``refused`` carries why a text cannot be kept."""

    refused = Signal(str)

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._waiting: tuple[str, Callable[[], Change]] | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    def put(self, field: str, record_ids: Sequence[str], edit: Callable[[], Change]) -> None:
        """This edit is to be made for what is typed into a field about these records."""
        merge = f"{field}:{':'.join(record_ids)}"
        if self._waiting is not None and self._waiting[0] != merge:
            self.flush()
        self._waiting = (merge, edit)
        self._pause.start()

    def flush(self) -> None:
        """Write what waits."""
        self._pause.stop()
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return
        merge, edit = waiting
        try:
            self._workspace.commit(edit(), merge=merge)
        except CapMapError as problem:
            self.refused.emit(str(problem))

    def end(self) -> None:
        """The focus has moved on: write what waits; the next edit is a step of its own."""
        self.flush()
        self._workspace.document.end_merge()

    @property
    def waits(self) -> bool:
        """Whether something is not written yet."""
        return self._waiting is not None
