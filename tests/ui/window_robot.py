"""A robot that works in the whole window as a person does, with real events of mouse and keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from canvas_robot import BUSINESS, grown
from PySide6.QtCore import QModelIndex, QObject, QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from capmap.app import make_application, make_window, open_first
from capmap.document import Document
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.ui.desk import Desk
from capmap.ui.workspace import Workspace

Key = Qt.Key
Keys = Qt.KeyboardModifier
Button = Qt.MouseButton
Kind = TypeVar("Kind", bound=QWidget)


class WindowRobot:
    """The real window in a home of its own, on a map made of an outline (None: on the start page)."""

    def __init__(self, bot: QtBot, folder: Path, outline: str | None = BUSINESS, current: Map | None = None) -> None:
        self.bot = bot
        self.folder = folder
        self.settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.path = folder / "map.capmap"
        if current is not None or outline is not None:
            Document.create(self.path, current or grown(outline or "")).close()
        self.open_window(str(self.path) if current is not None or outline is not None else None)

    def open_window(self, file: str | None) -> None:
        """Start the window, as the program does."""
        application = make_application(["capmap"])
        self.window = make_window(application, self.settings)
        self.bot.addWidget(self.window, before_close_func=lambda window: window.background.stop())
        self.window.resize(1400, 900)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window, 2000)
        open_first(self.window, file, self.settings)
        if self.window.desk is not None:
            self.window.desk.canvas.set_motion(False)
        self.rest()

    def close_window(self) -> None:
        """Close it, as the cross in its corner does."""
        self.window.close()
        self.rest()

    def rest(self) -> None:
        """Let the window do what waits, work aside included."""
        for _ in range(3):
            self.window.background.wait()
            QApplication.processEvents()

    # -- what is there -------------------------------------------------------------------------------

    @property
    def desk(self) -> Desk:
        return self.window.map_desk

    @property
    def workspace(self) -> Workspace:
        return self.desk.workspace

    @property
    def map(self) -> Map:
        return self.workspace.map

    @property
    def document(self) -> Document:
        return self.workspace.document

    def id(self, name: str) -> str:
        """The id of the box with this name."""
        return next(box.id for box in self.map.walk() if box.name == name)

    def box(self, name: str) -> Capability:
        return self.map.capability(self.id(name))

    @property
    def chosen(self) -> list[str]:
        """The names of the selected boxes."""
        return [self.map.capability(key).name for key in self.workspace.selection]

    @property
    def outline(self) -> list[str]:
        """The map, a line a box, indented by level."""
        return [f"{'  ' * (self.map.level(box.id) - 1)}{box.name}" for box in self.map.walk()]

    @property
    def rows(self) -> list[str]:
        """The rows of the outline panel, all of them, indented."""
        tree = self.desk.outline.tree
        found: list[str] = []

        def walk(parent: object, depth: int) -> None:
            for row in range(tree.rowCount(parent)):  # type: ignore[arg-type]
                index = tree.index(row, 0, parent)  # type: ignore[arg-type]
                found.append(f"{'  ' * depth}{index.data()}")
                walk(index, depth + 1)

        walk(QModelIndex(), 0)
        return found

    @property
    def said(self) -> str:
        """What the message bar says."""
        return self.window.message.sentence

    def dialog(self, kind: type[Kind]) -> Kind:
        """The open window of this kind."""
        self.rest()
        return next(
            widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()
        )

    def dialogs(self) -> list[QDialog]:
        return [
            widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()
        ]

    # -- what a person does --------------------------------------------------------------------------

    def select(self, *names: str) -> None:
        self.workspace.select([self.id(name) for name in names])

    def on_canvas(self) -> None:
        self.desk.canvas.setFocus()

    def on_outline(self) -> None:
        self.desk.outline.setFocus()

    def hit(self, key: Qt.Key, keys: Qt.KeyboardModifier = Keys.NoModifier) -> None:
        """Press a key where the focus is."""
        target: QObject = QApplication.focusWidget() or self.window
        assert isinstance(target, QWidget)
        QTest.keyClick(target, key, keys)
        self.rest()

    def ctrl(self, key: Qt.Key, more: Qt.KeyboardModifier = Keys.NoModifier) -> None:
        self.hit(key, Keys.ControlModifier | more)

    def write(self, text: str) -> None:
        """Type where the focus is."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, text)
        self.rest()

    def click(self, widget: QWidget, place: QPoint | None = None, keys: Qt.KeyboardModifier = Keys.NoModifier) -> None:
        QTest.mouseClick(widget, Button.LeftButton, keys, place or widget.rect().center())
        self.rest()

    def leave(self) -> None:
        """Take the focus out of a field, back to the map."""
        self.on_canvas()
        self.rest()

    def put_on_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
