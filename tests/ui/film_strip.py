"""A film strip of the real window on a very large map, to be looked at frame by frame.

Run as ``python film_strip.py MAP FOLDER`` on an X display with xdotool: from the whole map into one leaf and back, a
drag, find, filter, the minimap, Present mode. Keys and mouse go through the X server, as a person's do.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from capmap.app import make_application, make_window, open_first
from capmap.ui.canvas.canvas import Canvas


class Film:
    """The window and a camera."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / source.name
        shutil.copy(source, path)
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.application = make_application(["capmap"])
        self.window = make_window(self.application, settings)
        self.window.resize(1600, 1000)
        self.window.show()
        open_first(self.window, str(path), settings)
        while self.window.desk is None or not self.canvas.isVisible():
            self.rest(0.1)
        self.rest(2.0)
        self.do("windowfocus", "--sync", str(int(self.window.winId())))
        self.canvas.setFocus()
        self.frames = 0

    @property
    def canvas(self) -> Canvas:
        return self.window.map_desk.canvas

    def do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], check=True)
        self.rest(0.05)

    def rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.005)

    def shoot(self, what: str) -> None:
        """A frame of whatever the screen shows."""
        self.rest(0.6)
        self.frames += 1
        target = self.folder / f"{self.frames:02}-{what}.png"
        subprocess.run(["import", "-window", "root", str(target)], check=True)

    def point(self, place: QPointF | QPoint, widget: QWidget | None = None) -> None:
        at = (widget or self.canvas).mapToGlobal(QPointF(place))
        self.do("mousemove", "--sync", str(round(at.x())), str(round(at.y())))

    def wheel(self, notches: int) -> None:
        for _ in range(abs(notches)):
            self.do("keydown", "ctrl", "click", "4" if notches > 0 else "5", "keyup", "ctrl")


def main(source: Path, folder: Path) -> None:
    film = Film(source, folder)
    current = film.window.map_desk.workspace.map
    leaves = [box.id for box in current.walk() if not current.has_children(box.id)]
    leaf = leaves[len(leaves) * 2 // 5]
    film.shoot("whole")
    for step in range(6):
        film.point(film.canvas.box_rect(leaf).center())
        film.wheel(2)
        film.shoot(f"zoom-in-{step + 1}")
    rect = film.canvas.box_rect(leaf)
    film.point(rect.topLeft() + QPointF(12, 10))
    film.do("click", "1")
    film.shoot("leaf-selected")
    film.do("mousedown", "1")
    film.point(rect.topLeft() + QPointF(40, 40))
    film.point(rect.bottomRight() + QPointF(60, 30))
    film.shoot("dragging")
    film.do("mouseup", "1")
    film.shoot("dropped")
    film.do("key", "ctrl+z")
    film.shoot("undone")
    for step in range(2):
        film.wheel(-6)
        film.shoot(f"zoom-out-{step + 1}")
    film.do("key", "ctrl+f")
    film.do("type", "--delay", "30", "risk")
    film.shoot("find")
    film.rest(0.5)
    film.do("key", "Return")
    film.shoot("found")
    film.do("key", "Escape", "Escape")
    film.do("key", "ctrl+1")
    film.do("key", "ctrl+shift+f")
    film.do("type", "--delay", "30", "data")
    film.shoot("filter")
    film.do("key", "Escape")
    film.shoot("filtered")
    film.do("key", "ctrl+alt+f")
    film.do("key", "F5")
    film.shoot("present")
    film.do("key", "Right", "Return")
    film.shoot("present-inside")
    film.do("key", "Escape")
    film.shoot("back")
    film.window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
