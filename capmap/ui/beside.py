"""BesideTheMap: the windows that stand beside the main one: history, the room's screen, keys, about, the log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow
    from capmap.ui.present.presenting import Presenting


class BesideTheMap(QObject):
    """Opens each of them on demand, and loads it only then."""

    def __init__(self, window: MainWindow, settings: QSettings, log_folder: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._log_folder = log_folder
        self._history: QWidget | None = None
        self._presenting: Presenting | None = None

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

    @property
    def presenting(self) -> Presenting:
        """What puts the map on the screen of a room."""
        if self._presenting is None:
            from capmap.ui.present.presenting import Presenting

            self._presenting = Presenting(self._window, self._settings)
        return self._presenting

    def present(self, screen: QScreen | None = None) -> None:
        """Show the current branch on the screen of a room: this one, or the one it was on last."""
        self.presenting.start(screen)

    def present_on_next(self) -> None:
        """The same on another screen than last."""
        self.presenting.start_on_next()

    def close_all(self) -> None:
        """Close what shows the open map: another one comes."""
        self.close_history()
        if self._presenting is not None:
            self._presenting.stop()

    def close_history(self) -> None:
        """Close it."""
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
