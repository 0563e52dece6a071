"""A hurried stranger at the real window: thousands of random keys and gestures on a large map.

Run as ``python random_walk.py FOLDER EVENTS SEED``; it leaves ``facts.json`` in the folder.
"""

from __future__ import annotations

import json
import logging
import random
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from benchmarks.trees import tree
from PySide6.QtCore import QEvent, QMessageLogContext, QPoint, QPointF, QSettings, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from capmap.app import make_application, make_window, open_first
from capmap.document import Document
from capmap.model.map import Map
from capmap.storage.codec import row_of
from capmap.ui.canvas.canvas import Canvas

BOXES = 3_000
Key = Qt.Key
Keys = Qt.KeyboardModifier
Button = Qt.MouseButton

WALKING = (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp)
PRESSED: tuple[tuple[Key, Keys], ...] = (
    (Key.Key_Return, Keys.NoModifier),
    (Key.Key_Tab, Keys.NoModifier),
    (Key.Key_F2, Keys.NoModifier),
    (Key.Key_Escape, Keys.NoModifier),
    (Key.Key_Delete, Keys.NoModifier),
    (Key.Key_D, Keys.ControlModifier),
    (Key.Key_C, Keys.ControlModifier),
    (Key.Key_X, Keys.ControlModifier),
    (Key.Key_V, Keys.ControlModifier),
    (Key.Key_A, Keys.ControlModifier),
    (Key.Key_Up, Keys.AltModifier),
    (Key.Key_Down, Keys.AltModifier),
    (Key.Key_Left, Keys.AltModifier),
    (Key.Key_Right, Keys.AltModifier),
    (Key.Key_Down, Keys.ControlModifier),
    (Key.Key_Up, Keys.ControlModifier),
    (Key.Key_Up, Keys.ControlModifier | Keys.ShiftModifier),
    (Key.Key_Period, Keys.ControlModifier),
    (Key.Key_Period, Keys.ControlModifier | Keys.ShiftModifier),
    (Key.Key_0, Keys.ControlModifier | Keys.AltModifier),
    (Key.Key_2, Keys.ControlModifier | Keys.AltModifier),
    (Key.Key_3, Keys.ControlModifier | Keys.AltModifier),
    (Key.Key_Plus, Keys.ControlModifier),
    (Key.Key_Minus, Keys.ControlModifier),
    (Key.Key_0, Keys.ControlModifier),
    (Key.Key_1, Keys.ControlModifier),
    (Key.Key_2, Keys.ControlModifier),
    (Key.Key_T, Keys.ControlModifier | Keys.ShiftModifier),
    (Key.Key_L, Keys.ControlModifier | Keys.ShiftModifier),
    (Key.Key_I, Keys.ControlModifier | Keys.ShiftModifier),
    (Key.Key_F6, Keys.NoModifier),
    (Key.Key_K, Keys.ControlModifier),
)
LETTERS = "abcdefghijk LMNOPäß客&'<4.2"


class Stranger:
    """Hands that do anything, and a notebook of all that went wrong."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.troubles: list[str] = []
        sys.excepthook = self._note_error
        qInstallMessageHandler(self._note_message)
        self.settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.path = folder / "map.capmap"
        Document.create(self.path, tree(BOXES)).close()
        self.application = make_application(["capmap"])
        self.window = make_window(self.application, self.settings)
        self.window.resize(1600, 1000)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window, 2000)
        open_first(self.window, str(self.path), self.settings)
        while self.window.desk is None:
            self.rest()
        self.canvas.set_motion(False)
        self.canvas.setFocus()

    def _note_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.troubles.append("".join(traceback.format_exception(kind, error, trace)))
        sys.stderr.write(self.troubles[-1])

    def _note_message(self, kind: QtMsgType, _: QMessageLogContext, message: str | None) -> None:
        if kind != QtMsgType.QtDebugMsg and not (message or "").startswith("This plugin does not support"):
            self.troubles.append(f"Qt: {message}")

    @property
    def canvas(self) -> Canvas:
        return self.window.map_desk.canvas

    @property
    def map(self) -> Map:
        return self.window.map_desk.workspace.map

    def rest(self) -> None:
        self.window.background.wait()
        QApplication.processEvents()

    def leave(self) -> None:
        """Let go of the window while there is still an application around it."""
        sys.excepthook = sys.__excepthook__
        qInstallMessageHandler(None)
        QApplication.clipboard().clear()  # the clipboard of no screen lives longer than Python
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    # -- one event -----------------------------------------------------------------------------------

    def step(self) -> None:
        """Do one thing, whatever it is."""
        deeds: tuple[tuple[Callable[[], None], int], ...] = (
            (self.walk, 24),
            (self.type, 18),
            (self.press, 20),
            (self.score, 4),
            (self.undo, 8),
            (self.click, 16),
            (self.drag, 10),
            (self.wheel, 10),
            (self.click_elsewhere, 3),
            (self.ask_for_menu, 2),
        )
        deed = self.chance.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])[0]
        deed()
        QApplication.processEvents()
        # What a running program deletes by itself waits for ever where no event loop runs.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._close_what_opened()
        if self.chance.random() < 0.25:
            self.canvas.setFocus()

    def walk(self) -> None:
        self._hit(self.chance.choice(WALKING), self.chance.choice((Keys.NoModifier, Keys.ShiftModifier)))

    def type(self) -> None:
        # QTest types ASCII alone.
        target, character = self._focus(), self.chance.choice(LETTERS)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, Key.Key_unknown, Keys.NoModifier, character))

    def press(self) -> None:
        self._hit(*self.chance.choice(PRESSED))

    def score(self) -> None:
        self._hit(self.chance.choice((Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5)), Keys.NoModifier)

    def undo(self) -> None:
        key = self.chance.choice((Key.Key_Z, Key.Key_Z, Key.Key_Y))
        for _ in range(self.chance.choice((1, 1, 1, 6))):
            self._hit(key, Keys.ControlModifier)

    def click(self) -> None:
        held = self.chance.choice((Keys.NoModifier, Keys.NoModifier, Keys.ControlModifier, Keys.ShiftModifier))
        place = self._somewhere(self.canvas)
        if self.chance.random() < 0.15:
            QTest.mouseDClick(self.canvas, Button.LeftButton, held, place)
        else:
            QTest.mouseClick(self.canvas, Button.LeftButton, held, place)

    def drag(self) -> None:
        button = self.chance.choice((Button.LeftButton, Button.LeftButton, Button.MiddleButton))
        held = self.chance.choice((Keys.NoModifier, Keys.NoModifier, Keys.ShiftModifier, Keys.ControlModifier))
        start, goal = self._somewhere(self.canvas), self._somewhere(self.canvas)
        QTest.mousePress(self.canvas, button, held, start)
        for share in (0.05, 0.4, 0.8, 1.0):
            place = start + (goal - start) * share
            at, around = QPointF(place), QPointF(self.canvas.mapToGlobal(place))
            move = QMouseEvent(QEvent.Type.MouseMove, at, around, Button.NoButton, button, held)
            QApplication.sendEvent(self.canvas, move)
        if self.chance.random() < 0.1:
            self._hit(Key.Key_Escape, Keys.NoModifier)
        QTest.mouseRelease(self.canvas, button, held, goal)

    def wheel(self) -> None:
        place = self._somewhere(self.canvas)
        turn = QPoint(0, self.chance.choice((-240, -120, -15, 15, 120, 240)))
        held = self.chance.choice((Keys.NoModifier, Keys.ControlModifier, Keys.ShiftModifier))
        at, around = QPointF(place), QPointF(self.canvas.mapToGlobal(place))
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, around, QPoint(), turn, Button.NoButton, held, phase, False)
        QApplication.sendEvent(self.canvas, event)

    def click_elsewhere(self) -> None:
        desk = self.window.map_desk
        panel = self.chance.choice((desk.outline, desk.inspector))
        if not panel.isVisible():
            return
        place = self._somewhere(panel)
        hit = panel.childAt(place) or panel
        QTest.mouseClick(hit, Button.LeftButton, Keys.NoModifier, hit.mapFrom(panel, place))

    def ask_for_menu(self) -> None:
        QTest.mouseClick(self.canvas, Button.RightButton, Keys.NoModifier, self._somewhere(self.canvas))
        self._hit(Key.Key_Menu, Keys.NoModifier)

    def _focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        return popup or QApplication.focusWidget() or self.canvas

    def _hit(self, key: Key, held: Keys) -> None:
        QTest.keyClick(self._focus(), key, held)

    def _somewhere(self, widget: QWidget) -> QPoint:
        return QPoint(self.chance.randrange(max(1, widget.width())), self.chance.randrange(max(1, widget.height())))

    def _close_what_opened(self) -> None:
        """A menu is closed by Esc, a window beside the main one by its cross; files stay as they are."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            QTest.keyClick(popup, Key.Key_Escape)
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()


def memory() -> float:
    """What this process holds, in megabytes."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


class _Notebook(logging.Handler):
    """Errors that the program only logs."""

    def __init__(self, troubles: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._troubles = troubles

    def emit(self, record: logging.LogRecord) -> None:
        self._troubles.append(self.format(record))


def rows(current: Map) -> dict[str, object]:
    """All that a map holds, to be compared."""
    return {record.id: row_of(record) for record in current}


def main(folder: Path, events: int, seed: int) -> None:
    stranger = Stranger(folder, seed)
    logging.getLogger().addHandler(_Notebook(stranger.troubles))
    held: list[float] = []
    for number in range(events):
        stranger.step()
        if number % (events // 10) == 0:
            stranger.rest()
            held.append(round(memory(), 1))
        if stranger.troubles:
            break
    stranger.canvas.setFocus()
    QTest.keyClick(stranger.canvas, Key.Key_Escape)
    stranger.rest()
    held.append(round(memory(), 1))
    document = stranger.window.map_desk.workspace.document
    before, history = rows(document.map), len(document.history())
    stranger.window.close()
    with Document.open(stranger.path) as again:
        same = rows(again.map) == before
    facts = {
        "events": number + 1,
        "steps": history,
        "boxes": len(before),
        "memory": held,
        "same": same,
        "troubles": stranger.troubles[:5],
    }
    stranger.leave()
    (folder / "facts.json").write_text(json.dumps(facts, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
