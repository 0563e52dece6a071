"""ScreenMenu: the screens there are, in the View menu below Present, as long as there are several."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from capmap.ui.present.screens import name_of

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow


class ScreenMenu(QObject):
    """A menu whose entries are screens."""

    def __init__(self, window: MainWindow, menu: QMenu) -> None:
        super().__init__(window)
        self._window = window
        self.menu = QMenu("Present on", menu)
        start = window.actions_set.live("present.start")
        after = menu.actions()[menu.actions().index(start) + 1]
        menu.insertMenu(after, self.menu)
        menu.aboutToShow.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.menu.clear()
        screens = QGuiApplication.screens()
        for place, screen in enumerate(screens, 1):
            words = name_of(screen, place).replace("&", "&&")
            self.menu.addAction(words, partial(self._window.beside.present, screen))
        self.menu.menuAction().setVisible(len(screens) > 1)
        self.menu.setEnabled(self._window.desk is not None)
