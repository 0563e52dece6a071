"""A robot that works on the canvas as a person does, with real events of mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy  # noqa: F401 - as a moment after the program has started: boxes are painted with it
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from capmap.document import Document
from capmap.model import edits
from capmap.model.edits import Branch
from capmap.model.map import Map
from capmap.ui.canvas.canvas import Canvas
from capmap.ui.workspace import Workspace

Key = Qt.Key
Keys = Qt.KeyboardModifier
Button = Qt.MouseButton
Spot = Literal["middle", "left", "right", "top", "bottom", "name"]

BUSINESS = """
Sell
  Find customers
  Advise
  Quote
Deliver
  Plan
    Week
    Day
  Make
  Ship
Support
  Pay
  Hire
"""


def grown(outline: str) -> Map:
    """The map that an indented outline describes."""
    current = Map()
    current.apply(edits.add_branches(current, list(_branches(outline.strip("\n").splitlines(), 0))))
    return current


def _branches(lines: list[str], depth: int) -> Iterator[Branch]:
    starts = [at for at, line in enumerate(lines) if len(line) - len(line.lstrip()) == depth]
    for start, end in pairwise([*starts, len(lines)]):
        yield Branch({"name": lines[start].strip()}, list(_branches(lines[start + 1 : end], depth + 2)))


class Robot:
    """A canvas in a window of its own, and hands. Enter, Tab and F2 are actions, as in the real window."""

    def __init__(self, bot: QtBot, folder: Path, outline: str = BUSINESS) -> None:
        self.document = Document.create(folder / "map.capmap", grown(outline) if outline.strip() else ())
        self.workspace = Workspace(self.document)
        self.window = QWidget()
        self.canvas = Canvas(self.workspace)
        self.canvas.set_motion(False)
        self.messages: list[str] = []
        self.canvas.message.connect(self.messages.append)
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        for key, run in (
            ("Return", self.canvas.add_sibling),
            ("Tab", self.canvas.add_child),
            ("F2", lambda: self.canvas.begin_rename(self.workspace.current or "")),
            ("Ctrl+A", self.canvas.select_all),
            ("Ctrl+Z", self.workspace.undo),
        ):
            action = QAction(self.canvas, shortcut=QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, run=run: run())
            self.canvas.addAction(action)
        bot.addWidget(self.window, before_close_func=lambda _: self.workspace.document.close())
        self.window.resize(900, 700)
        with bot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.canvas.setFocus()
        QApplication.processEvents()

    # -- looking -------------------------------------------------------------------------------------

    @property
    def map(self) -> Map:
        """The map on the canvas."""
        return self.workspace.map

    def outline(self) -> str:
        """The map as an indented outline, as it was given."""
        lines = [f"{'  ' * (self.map.level(box.id) - 1)}{box.name}" for box in self.map.walk()]
        return "\n".join(["", *lines, ""])

    def id(self, name: str) -> str:
        """The id of the box with that name."""
        return next(box.id for box in self.map.walk() if box.name == name)

    def selected(self) -> list[str]:
        """The names of the selected boxes, the current one last."""
        return [self.map.capability(key).name for key in self.workspace.selection]

    def spot(self, name: str, spot: Spot = "middle") -> QPoint:
        """A place in a box."""
        rect = self.canvas.box_rect(self.id(name))
        assert not rect.isEmpty(), f"{name} is not on the canvas"
        x, y = rect.center().x(), rect.center().y()
        places = {
            "middle": (x, y),
            "left": (rect.left() + 3, y),
            "right": (rect.right() - 3, y),
            "top": (x, rect.top() + 3),
            "bottom": (x, rect.bottom() - 3),
            "name": (rect.left() + 12, rect.top() + 14),
        }
        return QPoint(*(round(value) for value in places[spot]))

    # -- the mouse -----------------------------------------------------------------------------------

    def click(self, name: str, *keys: Keys, spot: Spot = "name") -> None:
        """Click a box."""
        self.click_at(self.spot(name, spot), *keys)

    def click_at(self, place: QPoint, *keys: Keys) -> None:
        """Click a place."""
        QTest.mouseClick(self.canvas, Button.LeftButton, _together(keys), place)

    def double_click(self, name: str) -> None:
        """Click a box twice."""
        self.click(name)
        QTest.mouseDClick(self.canvas, Button.LeftButton, Keys.NoModifier, self.spot(name, "name"))

    def press(self, place: QPoint, *keys: Keys, button: Button = Button.LeftButton) -> None:
        """Press a button and keep it down."""
        QTest.mousePress(self.canvas, button, _together(keys), place)

    def move(self, *places: QPoint, keys: Keys = Keys.NoModifier, button: Button = Button.LeftButton) -> None:
        """Move the pointer with the button held."""
        for place in places:
            at, around = QPointF(place), QPointF(self.canvas.mapToGlobal(place))
            QApplication.sendEvent(
                self.canvas, QMouseEvent(QEvent.Type.MouseMove, at, around, Button.NoButton, button, keys)
            )

    def release(self, place: QPoint, *keys: Keys, button: Button = Button.LeftButton) -> None:
        """Let the button go."""
        QTest.mouseRelease(self.canvas, button, _together(keys), place)

    def pick_up(self, name: str, *keys: Keys) -> None:
        """Press on a box and pull it off its place."""
        start = self.spot(name, "name")
        self.press(start, *keys)
        self.move(start + QPoint(6, 6), start + QPoint(14, 14))

    def drag(self, name: str, to: str, spot: Spot = "middle", *keys: Keys) -> None:
        """Drag a box to a place in another one."""
        self.pick_up(name)
        goal = self.spot(to, spot)
        self.move(goal, keys=_together(keys))
        self.release(goal, *keys)

    def wheel(self, place: QPoint, notches: float, *keys: Keys) -> None:
        """Turn the wheel: up is more."""
        at, around = QPointF(place), QPointF(self.canvas.mapToGlobal(place))
        turn = QPoint(0, round(notches * 120))
        phase = Qt.ScrollPhase.NoScrollPhase
        QApplication.sendEvent(
            self.canvas, QWheelEvent(at, around, QPoint(), turn, Button.NoButton, _together(keys), phase, False)
        )

    # -- the keyboard --------------------------------------------------------------------------------

    @property
    def typing_into(self) -> QWidget:
        """What has the focus: the canvas, or the editor of a name on it."""
        return QApplication.focusWidget() or self.canvas

    def type(self, text: str) -> None:
        """Type a text, each key to what has the focus by then."""
        for character in text:
            QTest.keyClicks(self.typing_into, character)

    def hit(self, *keys: Key, held: Keys = Keys.NoModifier) -> None:
        """Hit keys one after the other."""
        for key in keys:
            QTest.keyClick(self.typing_into, key, held)


def _together(keys: tuple[Keys, ...]) -> Keys:
    held = Keys.NoModifier
    for key in keys:
        held |= key
    return held
