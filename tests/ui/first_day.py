"""An architect's first day in the real window: keys and mouse go through the X server, as a person's do.

Run as ``python first_day.py FOLDER`` on an X display with xdotool; it leaves pictures and ``facts.json`` in the folder.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QSettings
from PySide6.QtWidgets import QApplication

from capmap.app import make_application, make_window, open_first
from capmap.document import Document
from capmap.model.map import Map
from capmap.storage.codec import row_of

OUTLINE = {
    "Strategy": ["Market Analysis", "Portfolio Planning", "Performance Steering", "Risk Appetite", "Compliance"],
    "Customers": ["Brand", "Campaigns", "Customer Insight", "Retention", "Quotation"],
    "Products": ["Product Design", "Pricing", "Underwriting", "Reinsurance", "Product Governance"],
    "Claims": ["Notification", "Triage", "Assessment", "Settlement", "Fraud Detection"],
    "Enablement": ["Ledger", "Treasury", "Recruitment", "Learning", "Data Platform"],
}
STEPS_BACK = 40


class Person:
    """Hands on the keyboard and mouse of the X server, and eyes on the window."""

    def __init__(self, application: QApplication, folder: Path, name: str) -> None:
        self.folder = folder
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.window = make_window(application, settings)
        self.window.resize(1600, 1000)
        self.window.show()
        open_first(self.window, str(folder / name), settings)
        self.see(lambda: self.window.isVisible() and self.window.map_desk.canvas.isVisible(), "the map in the window")
        self.do("windowfocus", "--sync", str(int(self.window.winId())))
        self.window.map_desk.canvas.setFocus()
        self.see(lambda: self.window.isActiveWindow(), "the window with the focus")

    @property
    def map(self) -> Map:
        return self.window.map_desk.workspace.map

    def do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], check=True)
        self.rest(0.02)

    def rest(self, seconds: float) -> None:
        """Let the window work on what came in."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.005)

    def see(self, happened: Callable[[], bool], what: str) -> None:
        """Wait until something is so."""
        end = time.monotonic() + 15
        while not happened():
            if time.monotonic() > end:
                self.picture("99-not-seen")
                raise SystemExit(f"{what} did not come")
            self.rest(0.02)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.do("key", "--clearmodifiers", key)

    def write(self, text: str) -> None:
        self.do("type", "--clearmodifiers", "--delay", "2", text)

    def has(self, count: int) -> None:
        self.see(lambda: len(self.names) == count, f"box number {count}, after {self.names[-3:]},")

    @property
    def names(self) -> list[str]:
        return [capability.name for capability in self.map.walk()]

    def box(self, name: str) -> str:
        return next(capability.id for capability in self.map.walk() if capability.name == name)

    def point(self, name: str, across: float = 0.5, down: float = 0.5) -> tuple[str, str]:
        """A place inside a box, in pixels of the screen."""
        canvas = self.window.map_desk.canvas
        rect = canvas.box_rect(self.box(name))
        place = canvas.mapToGlobal(QPointF(rect.left() + rect.width() * across, rect.top() + rect.height() * down))
        return str(round(place.x())), str(round(place.y()))

    def click(self, name: str) -> None:
        """Click a box when it has come to rest, and see it selected."""
        before = None
        while (place := self.point(name)) != before:
            before = place
            self.rest(0.1)
        self.do("mousemove", *place)
        self.do("click", "1")
        self.see(lambda: self.window.map_desk.workspace.selection == (self.box(name),), f"{name} selected")

    def picture(self, name: str) -> None:
        self.rest(0.3)
        self.window.screen().grabWindow(0).save(str(self.folder / f"{name}.png"))


def records(current: Map) -> list[str]:
    return sorted(repr(sorted(row_of(record).items())) for record in current)


def type_outline(person: Person) -> None:
    """Thirty boxes without the mouse: type, Tab for a box inside, Enter for one beside, Esc for the box around."""
    count = 0
    for number, (area, capabilities) in enumerate(OUTLINE.items()):
        if number:
            person.press("Escape", "Return")
        person.write(area)
        person.press("Tab")
        count += 1
        person.has(count)
        for position, name in enumerate(capabilities):
            if position:
                person.press("Return")
            person.write(name)
            person.press("Return")
            count += 1
            person.has(count)


def drag_branch(person: Person) -> None:
    """All of Claims, with the mouse, to the beginning of Strategy."""
    canvas = person.window.map_desk.canvas
    person.press("ctrl+1")
    person.click("Ledger")
    person.do("mousemove", *person.point("Claims", 0.5, 0.03))
    person.do("mousedown", "1")
    first, second = (canvas.box_rect(person.box(name)) for name in ("Market Analysis", "Portfolio Planning"))
    in_a_row = abs(first.top() - second.top()) < 1
    target = person.point("Market Analysis", 0.03, 0.5) if in_a_row else person.point("Market Analysis", 0.5, 0.05)
    for part in range(1, 13):
        start = person.point("Claims", 0.5, 0.03)
        step = [str(round(int(a) + (int(b) - int(a)) * part / 12)) for a, b in zip(start, target, strict=True)]
        person.do("mousemove", *step)
    person.picture("02-drag")
    person.do("mouseup", "1")
    person.see(lambda: person.map.capability(person.box("Claims")).parent == person.box("Strategy"), "the branch moved")


def retouch(person: Person) -> None:
    """Fifteen more steps from the keyboard: rename and reorder."""
    for name in ("Brand", "Pricing", "Ledger", "Learning", "Retention"):
        person.click(name)
        person.press("F2")
        person.press("End")
        person.write(" Care")
        person.press("Return")
        person.see(lambda name=name: f"{name} Care" in person.names, f"{name} renamed")  # type: ignore[misc]
        person.press("Alt+Down", "Alt+Up")


def main(folder: Path) -> None:
    application = make_application(["capmap"])
    Document.create(folder / "day.capmap").close()
    person = Person(application, folder, "day.capmap")
    person.picture("00-empty")
    type_outline(person)
    person.picture("01-typed")
    drag_branch(person)
    person.picture("03-dropped")
    retouch(person)
    person.picture("04-edited")
    whole = records(person.map)
    steps = len(person.window.map_desk.workspace.document.history())
    for _ in range(STEPS_BACK):
        person.press("ctrl+z")
    person.rest(0.5)
    person.picture("05-undone")
    left = len(person.names)
    person.window.close()
    person.rest(0.3)

    again = Person(application, folder, "day.capmap")
    again.picture("06-reopened")
    reopened = len(again.names)
    for _ in range(STEPS_BACK):
        again.press("ctrl+y")
    again.rest(0.5)
    again.picture("07-redone")
    facts: dict[str, Any] = {
        "typed": sum(len(below) + 1 for below in OUTLINE.values()),
        "steps": steps,
        "left_after_undo": left,
        "after_reopening": reopened,
        "same_after_redo": records(again.map) == whole,
        "outline": [f"{again.map.number(box.id)} {box.name}" for box in again.map.walk()],
    }
    again.window.close()
    (folder / "facts.json").write_text(json.dumps(facts, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
