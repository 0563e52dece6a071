"""BesideTheMap: the windows that stand beside the main one: history, keys, about, the folder of the log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow


class BesideTheMap(QObject):
    """Opens each of them on demand, and loads it only then."""

    def __init__(self, window: MainWindow, log_folder: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._log_folder = log_folder
        self._history: QWidget | None = None

    def show_history(self) -> None:
        """Open the list of steps of the open map."""
        desk = self._window.desk
        if desk is None:
            return
        from capmap.ui.panels.history import History

        desk.inspector.flush()
        if self._history is None:
            history = History(desk.workspace, self._window.appearance, self._window)
            history.refused.connect(self._window.refuse)
            self._history = history
        self._history.show()
        self._history.raise_()
        self._history.activateWindow()

    def close_history(self) -> None:
        """Close it: another map is shown."""
        if self._history is not None:
            self._history.close()
            self._history.deleteLater()
            self._history = None

    def show_shortcuts(self) -> None:
        """Open the sheet of all keys."""
        from capmap.ui.actions.shortcuts import ShortcutSheet
        from capmap.ui.actions.table import ACTIONS

        labels = [
            (action, action.label if isinstance(action.label, str) else action.name.partition(".")[2].title())
            for action in ACTIONS
        ]
        sheet = ShortcutSheet(labels, self._window)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.show()

    def show_about(self) -> None:
        """Say what this is."""
        from capmap.ui.about import About

        about = About(self._window)
        about.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        about.show()

    def reveal_log(self) -> None:
        """Open the folder of the log."""
        from capmap.ui.files.mapfiles import open_outside

        if self._log_folder is not None:
            open_outside(self._log_folder)
