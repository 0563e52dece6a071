"""FileMenus: the recent files and the samples, in the File menu below Open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from capmap.ui.files.mapfolder import sample_files, sample_title

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow


class FileMenus(QObject):
    """Two menus whose entries are files."""

    def __init__(self, window: MainWindow, menu: QMenu) -> None:
        super().__init__(window)
        self._window = window
        before = window.actions_set.live("file.import")
        place = menu.actions()[menu.actions().index(before) - 1]
        self._recent = QMenu("Open recent", menu)
        self._recent.aboutToShow.connect(self._fill_recent)
        self._samples = QMenu("Open a sample", menu)
        for path in sample_files():
            self._samples.addAction(sample_title(path), partial(window.files.open_sample, path))
        for submenu in (self._recent, self._samples):
            menu.insertMenu(place, submenu)

    def offer_samples(self, place: QPoint) -> None:
        """Let one of the samples be chosen at a place on the screen."""
        self._samples.popup(place)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for file in self._window.files.recent.files():
            words = f"{file.title or file.path.stem}  ({file.path.name})".replace("&", "&&")
            action = self._recent.addAction(words, partial(self._window.files.open_path, file.path))
            action.setEnabled(file.is_there)
            if file.pinned:
                action.setIcon(self._window.appearance.icon("star"))
        if self._recent.isEmpty():
            self._recent.addAction("Nothing yet").setEnabled(False)
