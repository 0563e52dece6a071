"""The pictures of README and manual, made by the program itself: python docs/screenshots.py rewrites docs/images/.

Needs the extra "docs": pip install -e .[docs]. With names of pictures as arguments only those are made.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from capmap.model.change import Change

Part = tuple[int, int, int, int]
"""Left, top, width and height of a part of the window, in pixels."""

DOCS = Path(__file__).resolve().parent
IMAGES = DOCS / "images"
SAMPLES = DOCS.parent / "sample_maps"
sys.path.insert(0, str(DOCS.parent))
WIDTH, HEIGHT = 1440, 900
DATE = dt.date(2026, 11, 30)
"""The day on every picture, so that a picture made again is the same picture."""

WORKSHOP = """\
Level 1,Level 2,Level 3,Owner,Maturity,Target maturity
Policy & Claims,Claims,Claim Notification,Head of Claims,4,4
Policy & Claims,Claims,Claim Triage,Head of Claims,3,4
Policy & Claims,Claims,Fraud Detection,Head of Special Investigations,2,5
Policy & Claims,Claims,Subrogation,Head of Technical Claims,3,4
Policy & Claims,Claims,Claims Prevention,Head of Claims,1,3
"""
"""A list as it comes out of a workshop: two scores have risen, one owner is another, one capability is new."""


def main(wanted: Sequence[str]) -> int:
    """Make all pictures, or those that are named; returns the exit status."""
    unknown = [name for name in wanted if name not in PICTURES]
    if unknown:
        sys.stderr.write(f"There is no picture called {', '.join(unknown)}. There are {', '.join(PICTURES)}.\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="capmap-docs-") as folder:
        live_in(Path(folder))
        IMAGES.mkdir(exist_ok=True)
        studio = Studio(Path(folder))
        for name in wanted or PICTURES:
            target = IMAGES / f"{name}.png"
            target.write_bytes(PICTURES[name](studio))
            sys.stderr.write(f"{target.relative_to(DOCS.parent)}  {target.stat().st_size / 1000:,.0f} kB\n")
        studio.close()
    return 0


def live_in(folder: Path) -> None:
    """A home, settings and a clock zone of its own, and a screen that is not there: before anything imports Qt."""
    os.environ.update(
        {
            "HOME": str(folder),
            "USERPROFILE": str(folder),
            "XDG_CONFIG_HOME": str(folder / ".config"),
            "XDG_DATA_HOME": str(folder / ".local" / "share"),
            "XDG_STATE_HOME": str(folder / ".local" / "state"),
            "XDG_RUNTIME_DIR": str(folder),
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "QT_LOGGING_RULES": "qt.qpa.*=false",
            "QT_SCALE_FACTOR": "1",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }
    )
    if hasattr(time, "tzset"):
        time.tzset()


class Studio:
    """The real window in a home of its own, and hands that work in it."""

    def __init__(self, home: Path) -> None:
        from PySide6.QtCore import QLocale, QSettings
        from PySide6.QtWidgets import QApplication

        from capmap.app import make_application, make_window

        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.home = home
        self.maps = home / "Documents" / "CapMap"
        self.maps.mkdir(parents=True)
        self.settings = QSettings(str(home / "settings.ini"), QSettings.Format.IniFormat)
        self.settings.setValue("window/appearance", "light")
        self.application = make_application(["capmap"])
        QApplication.setCursorFlashTime(0)
        self.window = make_window(self.application, self.settings)
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        self.window.activateWindow()
        self.rest()

    # -- hands -------------------------------------------------------------------------------------------

    def rest(self, seconds: float = 0.3) -> None:
        """Let the window do what waits, work aside included."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.window.background.wait()
            self.application.processEvents()
            time.sleep(0.005)

    def open(self, sample: str, title: str) -> None:
        """Open a fresh copy of a sample, as the start page does, as if nothing had been done before."""
        from capmap.app import open_first

        self.window.message.tell("")
        self.window.show_start()
        path = self.maps / f"{title}.capmap"
        shutil.copyfile(SAMPLES / f"{sample}.capmap", path)
        self.look("light")
        open_first(self.window, str(path), self.settings)
        self.window.map_desk.canvas.set_motion(False)
        self.rest()

    def look(self, mode: str) -> None:
        """Light or dark."""
        self.window.appearance.set_mode(mode)
        self.rest()

    def box(self, name: str) -> str:
        """The id of the box with this name, the box itself and not a reference to it."""
        boxes = self.window.map_desk.workspace.map.walk()
        return next(box.id for box in boxes if box.name == name and not box.alias_of)

    def select(self, *names: str) -> None:
        """Select boxes."""
        self.window.map_desk.workspace.select([self.box(name) for name in names])
        self.rest()

    def write(self, text: str) -> None:
        """Type where the focus is."""
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        for letter in text:
            # The first letter of a name opens the field that takes the others.
            QTest.keyClicks(QApplication.focusWidget() or self.window, letter)
        self.rest()

    def drag(self, name: str, to: str, part: tuple[float, float]) -> None:
        """Pull a box to a place in another one (parts of its width and height) and hold it there."""
        from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        canvas = self.window.map_desk.canvas
        start = canvas.box_rect(self.box(name)).topLeft().toPoint() + QPoint(12, 12)
        goal = canvas.box_rect(self.box(to))
        end = QPoint(round(goal.left() + goal.width() * part[0]), round(goal.top() + goal.height() * part[1]))
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(canvas, left, none, start)
        for place in (start + QPoint(8, 8), start + QPoint(20, 20), (start + end) / 2, end):
            at, around = QPointF(place), QPointF(canvas.mapToGlobal(place))
            moved = QMouseEvent(QEvent.Type.MouseMove, at, around, Qt.MouseButton.NoButton, left, none)
            QApplication.sendEvent(canvas, moved)
        self.rest()

    def dialog(self, kind: str) -> QWidget:
        """The open dialog of the class of that name."""
        from PySide6.QtWidgets import QApplication

        return next(
            found for found in QApplication.topLevelWidgets() if type(found).__name__ == kind and found.isVisible()
        )

    def let_go(self) -> None:
        """Give up the drag, as with Esc."""
        self.window.map_desk.canvas.hand.cancel()
        self.rest()

    # -- eyes --------------------------------------------------------------------------------------------

    def see(self, part: Part | None = None, over: str = "") -> bytes:
        """The window or a part of it, with the open dialog of that class (if named) in its middle, as a small PNG."""
        from PySide6.QtCore import QPoint
        from PySide6.QtGui import QColor, QPainter, QPen

        self.rest()
        picture = self.window.grab()
        if over:
            dialog = self.dialog(over)
            shown = dialog.grab()
            corner = QPoint((picture.width() - shown.width()) // 2, (picture.height() - shown.height()) // 2)
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), QColor(20, 28, 40, 70))
            painter.drawPixmap(corner, shown)
            painter.setPen(QPen(QColor("#8a94a6"), 1))
            painter.drawRect(shown.rect().translated(corner).adjusted(-1, -1, 0, 0))
            painter.end()
            dialog.close()
        return small_png(png_of(picture.copy(*part) if part else picture))

    def close(self) -> None:
        """Close the window; nothing of it is kept."""
        self.window.background.wait()
        self.window.close()


def png_of(picture: object) -> bytes:
    """A pixmap or image of Qt as a PNG."""
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[attr-defined]
    return bytes(buffer.data().data())


def small_png(data: bytes) -> bytes:
    """The picture in 256 colours, a third of the size: the most frequent ones as they are, for all else the nearest."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        picture = image.convert("RGB")
    # Pillow's types do not say that the colours of an RGB picture are three numbers.
    counted: list[tuple[int, Any]] = list(picture.getcolors(1 << 24) or [])
    counted.sort(reverse=True)
    surfaces = [colour for _, colour in counted[:_SURFACES]]
    rest = picture.quantize(256 - _SURFACES, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    flat = (rest.getpalette() or [])[: 3 * (256 - _SURFACES)]
    palette = [*surfaces, *zip(flat[0::3], flat[1::3], flat[2::3], strict=True)]
    nearest = {
        colour: min(range(len(palette)), key=lambda index: _apart(palette[index], colour)) for _, colour in counted
    }
    raw = picture.tobytes()
    pixels = bytes(nearest[colour] for colour in zip(raw[0::3], raw[1::3], raw[2::3], strict=True))
    few = Image.frombytes("P", picture.size, pixels)
    few.putpalette([part for colour in palette for part in colour])
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


_SURFACES = 96
"""So many colours are kept exactly: those of grounds, boxes and words. The edges of letters take the rest."""


def _apart(one: Any, other: Any) -> int:
    """How far two colours are from one another."""
    return sum((mine - its) ** 2 for mine, its in zip(one, other, strict=True))


# -- the pictures ------------------------------------------------------------------------------------------


def start(studio: Studio) -> bytes:
    """The start page, with maps that were open before."""
    for sample, title in (
        ("city-of-lindenburg", "City of Lindenburg"),
        ("nordvik-hospital", "Nordvik Hospital"),
        ("harbour-insurance", "Harbour Insurance"),
    ):
        studio.open(sample, title)
    studio.window.files.close()
    studio.rest(1.0)
    return studio.see()


def window(studio: Studio) -> bytes:
    """An insurer, with one of its boxes selected."""
    studio.open("harbour-insurance", "Harbour Insurance")
    studio.select("Fraud Detection")
    return studio.see()


def dark(studio: Studio) -> bytes:
    """A hospital in the dark look, coloured by importance."""
    studio.open("nordvik-hospital", "Nordvik Hospital")
    studio.look("dark")
    studio.window.actions_set.trigger("lens.importance")
    studio.select("Bed Allocation")
    return studio.see()


def find(studio: Studio) -> bytes:
    """Words are typed into the find field: the boxes that hold them are lit."""
    studio.open("harbour-insurance", "Harbour Insurance")
    studio.window.actions_set.trigger("edit.find")
    studio.write("document")
    studio.window.find_field.go_on(1)
    return studio.see()


def commands(studio: Studio) -> bytes:
    """The same field as a palette: boxes, commands and scores."""
    studio.open("harbour-insurance", "Harbour Insurance")
    studio.window.actions_set.trigger("edit.palette")
    studio.write("ma")
    return studio.see(part=(720, 0, 720, 640))


def score(studio: Studio) -> bytes:
    """A score set without leaving the map."""
    studio.open("harbour-insurance", "Harbour Insurance")
    studio.select("Quotation")
    studio.window.actions_set.trigger("edit.palette")
    studio.write("maturity 3")
    return studio.see(part=(720, 0, 720, 300))


def inspector(studio: Studio) -> bytes:
    """All about one box."""
    studio.open("harbour-insurance", "Harbour Insurance")
    studio.select("Fraud Detection")
    panel = studio.window.map_desk.inspector
    corner = panel.mapTo(studio.window, panel.rect().topLeft())
    return studio.see(part=(corner.x(), corner.y(), panel.width(), panel.height()))


def drag(studio: Studio) -> bytes:
    """A box on its way to another place."""
    studio.open("harbour-insurance", "Harbour Insurance")
    studio.drag("Referral Handling", "Needs Analysis", (0.5, 1.05))
    picture = studio.see()
    studio.let_go()
    return picture


def branch(studio: Studio) -> bytes:
    """One branch alone, with the way back above it."""
    studio.open("nordvik-hospital", "Nordvik Hospital")
    studio.select("Patient Access & Flow")
    studio.window.actions_set.trigger("view.branch")
    studio.select("Bed Status Tracking")
    return studio.see()


def filter_(studio: Studio) -> bytes:
    """The conditions of a filter, and the boxes of an insurer for which they hold."""
    from capmap.model.filterwords import typed

    studio.open("harbour-insurance", "Harbour Insurance")
    shown = studio.window.map_desk.workspace
    shown.set_filter(typed("maturity<=2 services=0", shown.map)[0], hides=False)
    studio.window.filtering.open()
    return studio.see()


def lens_editor(studio: Studio) -> bytes:
    """A lens in the making: what each box of an insurer costs to run."""
    from capmap.analysis.measured import measured
    from capmap.lens.thresholds import suggested
    from capmap.model.lensrules import Measure, Rule

    studio.open("harbour-insurance", "Harbour Insurance")
    current = studio.window.map_desk.workspace.map
    measure = Measure("cost", "run")
    studio.window.lensing.new()
    editor = studio.window.lensing.editor
    editor.begin(Rule(measure, suggested(measured(measure, current, DATE), current)), "", None)
    return studio.see()


def minimap(studio: Studio) -> bytes:
    """A part of a large map with the whole in the corner."""
    studio.open("cross-industry", "Cross-industry")
    canvas = studio.window.map_desk.canvas
    canvas.zoom_to(0.34)
    canvas.look_at(canvas.whole().width() * 0.4, canvas.whole().height() * 0.4)
    studio.rest(1.2)
    return studio.see((251, 48, 892, 824))


def shape(studio: Studio) -> bytes:
    """A city as a value chain: management above, core boxes side by side, support below."""
    studio.open("city-of-lindenburg", "City of Lindenburg")
    studio.window.map_desk.workspace.select([])
    studio.window.actions_set.trigger("arrange.chain")
    studio.select("Planning & Building")
    return studio.see()


def tidy(studio: Studio) -> bytes:
    """Where the boxes inside Claims would go, before they do."""
    from capmap.model import edits

    studio.open("harbour-insurance", "Harbour Insurance")
    studio.select("Claims")
    studio.window.actions_set.trigger("arrange.two_columns")
    shown = studio.window.map_desk.workspace
    for name in ("Recourse", "Salvage Auctions", "Expert Network"):
        shown.commit(edits.add(shown.map, name, shown.current))
    studio.window.actions_set.trigger("arrange.automatic")
    shown.commit(edits.add(shown.map, "Claims Archive", shown.current))
    studio.window.actions_set.trigger("view.tidy")
    return studio.see()


def time_(studio: Studio) -> bytes:
    """What changes in the boxes of an insurer until the end of 2028."""
    studio.open("harbour-insurance", "Harbour Insurance")
    room = studio.window.map_desk.time
    room.timing.clock = lambda: DATE
    room.open()
    room.timing.go_to(dt.date(2028, 12, 31))
    room.timing.compare(True)
    picture = studio.see()
    room.close()
    return picture


def roadmap(studio: Studio) -> bytes:
    """The first page of the insurer's roadmap on A3."""
    return printed(studio, "harbour-insurance", "A3", "--roadmap")


def typing(studio: Studio) -> bytes:
    """A map a minute old: the third box of the second area is being named."""
    studio.window.show_start()
    studio.look("light")
    studio.window.actions_set.trigger("file.new")
    studio.window.map_desk.canvas.set_motion(False)
    canvas = studio.window.map_desk.canvas
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    def hit(*keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or canvas, key)
            studio.rest(0.1)

    tab, enter, escape = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape
    canvas.setFocus()
    studio.write("Sell")
    hit(tab)
    for name in ("Find customers", "Advise", "Quote"):
        studio.write(name)
        hit(enter, enter)
    hit(escape, escape, enter)
    studio.write("Deliver")
    hit(tab)
    for name in ("Plan", "Make"):
        studio.write(name)
        hit(enter, enter)
    hit(escape)
    studio.window.actions_set.trigger("view.tidy")
    studio.window.map_desk.tidying.apply()
    hit(enter)
    studio.write("Ship")
    return studio.see()


def imported(studio: Studio) -> bytes:
    """What a list from a workshop would change, shown before it does."""
    from PySide6.QtWidgets import QTreeWidget

    studio.open("harbour-insurance", "Harbour Insurance")
    source = studio.home / "claims workshop.csv"
    source.write_text(WORKSHOP, "utf-8")
    studio.window.map_desk.workspace.select([])
    studio.window.exchange.read_path(source, into_open_map=True)
    studio.rest()
    for tree in studio.dialog("ImportPreview").findChildren(QTreeWidget):
        tree.expandAll()
    return studio.see(over="ImportPreview")


def history(studio: Studio) -> bytes:
    """The steps of a map, the last two of them taken back."""
    from capmap.document import opened
    from capmap.model import edits

    studio.open("harbour-insurance", "Harbour Insurance")
    path = studio.window.map_desk.workspace.document.path
    studio.window.show_start()
    with opened(path) as document:
        current = document.map
        names = {box.name: box.id for box in current.walk() if not box.alias_of}
        steps: tuple[Callable[[], Change], ...] = (
            lambda: edits.put(current, names["Claim Triage"], maturity=3),
            lambda: edits.put(current, names["Fraud Detection"], importance=4),
            lambda: edits.rename(current, names["Claim Notification"], "First Notice of Loss"),
            lambda: edits.move(current, [names["Referral Handling"]], names["Sales & Advice"], 3),
            lambda: edits.add(current, "Claims Prevention", names["Claims"]),
            lambda: edits.put(current, names["Retention"], owner="Head of Customer Insight"),
            lambda: edits.remove(current, [names["Telematics Pricing"]]),
        )
        for step in steps:
            document.commit(step())
        document.undo()
        document.undo()
    # Edits are dated by the clock; a picture made again should be the same picture.
    with sqlite3.connect(path) as connection:
        for (seq,) in connection.execute("SELECT seq FROM journal").fetchall():
            at = dt.datetime.combine(DATE, dt.time(9, 12 + 3 * seq)).isoformat(timespec="milliseconds")
            connection.execute("UPDATE journal SET at = ? WHERE seq = ?", (f"{at}Z", seq))
    connection.close()
    studio.window.files.open_path(path)
    studio.rest()
    studio.window.actions_set.trigger("edit.history")
    return studio.see(over="History")


def export(studio: Studio) -> bytes:
    """What is asked before a file is written."""
    from capmap.ui.files.exporting import ExportDialog

    studio.open("harbour-insurance", "Harbour Insurance")
    dialog = ExportDialog(studio.window.map_desk.workspace, studio.settings, studio.window)
    dialog.open()
    return studio.see(over="ExportDialog")


def page(studio: Studio) -> bytes:
    """The insurer on a sheet of A3, from the PDF."""
    return printed(studio, "harbour-insurance", "A3")


def poster(studio: Studio) -> bytes:
    """The reference map, two levels deep, on a sheet of A1."""
    return printed(studio, "cross-industry", "A1", "--depth", "2")


def sheets(studio: Studio) -> bytes:
    """The page that says how to put a poster of nine sheets together."""
    return printed(studio, "harbour-insurance", "A4", "--poster", "A4", "--sheets", "3x3")


def cards(studio: Studio) -> bytes:
    """A page of cards of the hospital's atlas."""
    return printed(studio, "nordvik-hospital", "A4", "--atlas", number=10)


def changes(studio: Studio) -> bytes:
    """What a planning round has changed on the insurer's map."""
    from capmap.__main__ import main as capmap
    from capmap.document import Document
    from capmap.model import edits

    old, new = studio.home / "as-is 2026.capmap", studio.home / "to-be 2028.capmap"
    for path in (old, new):
        shutil.copyfile(SAMPLES / "harbour-insurance.capmap", path)
    with Document.open(new) as document:
        current = document.map
        ids = {box.name: box.id for box in current.walk()}
        document.commit(edits.remove(current, [ids["Brand"], ids["Compliance & Audit"]]))
        document.commit(edits.move(current, [ids["Investments"]], into=ids["Data & Technology"], position=0))
        document.commit(edits.move(current, [ids["Quotation"]], into=ids["Pricing"], position=1))
        document.commit(edits.rename(current, ids["Claims Supply"], "Claims Suppliers"))
        document.commit(edits.put_many(current, [ids["Claim Triage"], ids["Customer Insight"]], maturity=4))
        document.commit(edits.add(current, "Embedded Insurance", into=ids["Partner Distribution"]))
    target = studio.home / "changes.pdf"
    if capmap(["compare", str(old), str(new), str(target)]) != 1:
        raise SystemExit(f"{target.name} was not written.")
    return page_of(target)


def printed(studio: Studio, sample: str, paper: str, *more: str, number: int = 1) -> bytes:
    """A page of a PDF that the command line writes, 1,440 pixels wide."""
    from capmap.__main__ import main as capmap

    source, target = studio.home / f"{sample}.capmap", studio.home / f"{sample}.pdf"
    shutil.copyfile(SAMPLES / source.name, source)
    if capmap(["export", str(source), str(target), "--paper", paper, "--date", DATE.isoformat(), *more]):
        raise SystemExit(f"{target.name} was not written.")
    return page_of(target, number)


def page_of(target: Path, number: int = 1) -> bytes:
    """A page of a PDF, 1,440 pixels wide."""
    import pypdfium2

    document = pypdfium2.PdfDocument(target)
    sheet = document[number - 1]
    image = sheet.render(scale=WIDTH / sheet.get_width()).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG")
    document.close()
    return small_png(out.getvalue())


PICTURES: dict[str, Callable[[Studio], bytes]] = {
    "start": start,
    "window": window,
    "dark": dark,
    "typing": typing,
    "drag": drag,
    "find": find,
    "commands": commands,
    "score": score,
    "inspector": inspector,
    "branch": branch,
    "shape": shape,
    "tidy": tidy,
    "filter": filter_,
    "lens-editor": lens_editor,
    "minimap": minimap,
    "time": time_,
    "roadmap": roadmap,
    "import": imported,
    "history": history,
    "export": export,
    "page": page,
    "poster": poster,
    "sheets": sheets,
    "cards": cards,
    "changes": changes,
}
"""Every picture by its name, which is that of its file."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
