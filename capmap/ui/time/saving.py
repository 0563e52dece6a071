"""TimePictures: the roadmap and the flip-book as files, with no question but where they go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QFileDialog

from capmap.ui.files.mapfolder import free_name

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow

_FORMATS = {".pdf": "PDF", ".pptx": "PowerPoint", ".svg": "SVG", ".png": "PNG"}


class TimePictures(QObject):
    """They show the two days that the strip compares, or from today to the day that it shows, or what the map holds."""

    def __init__(self, window: MainWindow, settings: QSettings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings

    def ask(self, kind: Literal["roadmap", "flip-book"]) -> None:
        """Ask for a file and write it."""
        desk = self._window.desk
        if desk is None:
            return
        document = desk.workspace.document
        folder = Path(str(self._settings.value("export/folder", document.path.parent)))
        wanted = free_name(folder, f"{document.path.stem}-{kind}", ".pdf")
        formats = ";;".join(f"{name} (*{suffix})" for suffix, name in _FORMATS.items())
        chosen, picked = QFileDialog.getSaveFileName(self._window, kind.capitalize(), str(wanted), formats)
        if not chosen:
            return
        target = Path(chosen)
        if target.suffix.lower() not in _FORMATS:
            suffix = next((suffix for suffix in _FORMATS if f"*{suffix})" in picked), ".pdf")
            target = Path(f"{target}{suffix}")
        self.write(kind, target)

    def write(self, kind: Literal["roadmap", "flip-book"], target: Path) -> None:
        """Write it aside, of the map as it is now."""
        from capmap.sharing.order import Order
        from capmap.sharing.overtime import OverTime

        desk = self._window.map_desk
        shown, timing = desk.workspace, desk.time.timing
        first, last = timing.between or (None, None)
        if first is None and timing.moment is not None and timing.moment > timing.today:
            first, last = timing.today, timing.moment
        order = Order(
            target.suffix.lower(),
            lens=shown.lens.name,
            depth=shown.depth,
            root=shown.root,
            folded=shown.collapsed,
            only=shown.only,
            date=timing.today,
            over=OverTime(kind, first, last),
        )
        self._window.exchange.export(order, target)
