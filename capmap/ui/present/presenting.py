"""Presenting: puts a map on the screen of a room and takes it down again, the window left as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QGuiApplication, QScreen

from capmap.ui.present.screens import wanted_screen
from capmap.ui.present.session import Session
from capmap.ui.present.stage import Stage

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow

_SCREEN = "present/screen"


class Presenting(QObject):
    """Has at most one stage. ``stage`` is None while nothing is presented."""

    def __init__(self, window: MainWindow, settings: QSettings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self.stage: Stage | None = None
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenRemoved.connect(self._screen_gone)

    def start(self, screen: QScreen | None = None) -> None:
        """Show the current branch of the window's map on this screen (and remember it), else on the room's."""
        desk = self._window.desk
        if desk is None:
            return
        desk.inspector.flush()
        if screen is not None:
            self._settings.setValue(_SCREEN, screen.name())
        if self.stage is not None:
            self._place(self.stage, screen or self.stage.screen())
            return
        shown = desk.workspace
        session = Session(shown.document, shown.lens)
        stage = Stage(session, self._settings)
        stage.map.set_motion(desk.canvas.glide.wanted)
        stage.left.connect(self._left)
        self.stage = stage
        self._place(stage, screen or self._wanted())
        stage.walk.begin(shown.root, shown.current)

    def start_on_next(self) -> None:
        """The same on the screen after the one it is on, or would be."""
        screens = QGuiApplication.screens()
        here = self.stage.screen() if self.stage is not None else self._wanted()
        self.start(screens[(screens.index(here) + 1) % len(screens)])

    def stop(self) -> None:
        """Take it down: another map is opened, or none."""
        if self.stage is not None:
            self.stage.close()

    def _wanted(self) -> QScreen:
        chosen = str(self._settings.value(_SCREEN, ""))
        return wanted_screen(QGuiApplication.screens(), self._window.screen(), chosen)

    def _place(self, stage: Stage, screen: QScreen) -> None:
        """Fill a screen."""
        stage.setScreen(screen)
        stage.setGeometry(screen.geometry())
        stage.showFullScreen()
        stage.raise_()
        stage.activateWindow()
        stage.setFocus()

    def _screen_gone(self, screen: QScreen) -> None:
        """The cable was pulled: go on where there is a screen."""
        if self.stage is not None and self.stage.screen() in (screen, None):
            left = [other for other in QGuiApplication.screens() if other is not screen]
            if left:
                self._place(self.stage, left[0])

    def _left(self) -> None:
        stage, self.stage = self.stage, None
        if stage is not None:
            stage.deleteLater()
        self._window.activateWindow()
        self._window.raise_()
