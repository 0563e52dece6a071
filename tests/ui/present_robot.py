"""A robot that presents a map as a facilitator does: F5 in the real window, then nothing but keys."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_robot import Key, Keys, WindowRobot

from capmap.app import open_first
from capmap.model.map import Map
from capmap.places import sample_map
from capmap.ui.present.session import Session
from capmap.ui.present.stage import Stage

SAMPLE = "harbour-insurance"


class PresentRobot(WindowRobot):
    """The window on a copy of the insurer, on an outline, or on a map; ``begin`` presents it."""

    def __init__(self, bot: QtBot, folder: Path, outline: str | None = None, current: Map | None = None) -> None:
        folder.mkdir(exist_ok=True)
        super().__init__(bot, folder, outline=outline, current=current)
        if outline is None and current is None:
            shutil.copy(sample_map(f"{SAMPLE}.capmap"), self.path)
            open_first(self.window, str(self.path), self.settings)
            self.desk.canvas.set_motion(False)
            self.rest()

    def begin(self, *chosen: str) -> Stage:
        """Select boxes and press F5."""
        if chosen:
            self.select(*chosen)
        self.on_canvas()
        self.hit(Key.Key_F5)
        self.filled_the_screen = self.stage.isFullScreen()
        self.stage.resize(1920, 1080)
        self.stage.map.settle()
        self.rest()
        return self.stage

    @property
    def stage(self) -> Stage:
        """The screen of the room."""
        stage = self.window.beside.presenting.stage
        assert stage is not None
        return stage

    @property
    def session(self) -> Session:
        return self.stage.session

    @property
    def presents(self) -> bool:
        return self.window.beside.presenting.stage is not None

    def press(self, *keys: str | Qt.Key, held: Qt.KeyboardModifier = Keys.NoModifier) -> None:
        """Keys where the focus is, texts typed letter by letter."""
        for key in keys:
            target = QApplication.focusWidget() or self.stage
            if isinstance(key, str):
                QTest.keyClicks(target, key, held)
            else:
                QTest.keyClick(target, key, held)
            self.rest()

    def id(self, name: str) -> str:
        """The id of the box with this name, the box itself and not a reference to it."""
        return next(box.id for box in self.map.walk() if box.name == name and not box.alias_of)

    # -- what the room sees --------------------------------------------------------------------------

    @property
    def asked(self) -> str:
        """The name of the box in question."""
        return self.map.capability(self.session.workspace.current).name

    @property
    def branch(self) -> str:
        """The name of the branch that is shown; empty for the whole map."""
        root = self.session.workspace.root
        return self.map.capability(root).name if root is not None else ""

    @property
    def stops(self) -> list[str]:
        return [self.map.capability(key).name for key in self.stage.map.stops]

    @property
    def heard(self) -> str:
        """The sentence in the foot."""
        return self.stage.said

    @property
    def read(self) -> str:
        """All words on the screen but those in the boxes."""
        panes = (self.stage.head, self.stage.side, self.stage.foot)
        return " ".join(pane.words for pane in panes)
