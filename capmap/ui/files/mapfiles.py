"""MapFiles: the file of the map: new, open, samples, rename, copies, backups."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QInputDialog

from capmap.document import Document
from capmap.errors import OutputError
from capmap.model.records import Capability
from capmap.ui.files.background import Background, Job
from capmap.ui.files.mapfolder import LISTS, SUFFIX, copy_of, free_name, map_folder, new_map, sample_title
from capmap.ui.files.recent import RecentFiles

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow

_AT_ONCE = 4_000_000
"""Bytes; a larger file is opened aside, so that the window stays awake."""


class MapFiles(QObject):
    """Acts on the window's document. What starts with ``ask_`` asks a question first."""

    def __init__(self, window: MainWindow, settings: QSettings, background: Background) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._background = background
        self._untouched: Path | None = None
        self.recent = RecentFiles(settings)

    # -- new and open --------------------------------------------------------------------------------

    def new(self) -> None:
        """An empty map in a file of its own."""
        made = self._window.attempt(new_map)
        if isinstance(made, Document):
            self.show(made)
            self._untouched = made.path

    def ask_open(self) -> None:
        """Open a file that the user picks."""
        path = self.pick("Open", f"Maps and lists (*{SUFFIX} {LISTS});;Maps (*{SUFFIX});;All files (*)")
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a map, or make a new map of any other source after a look at what was understood."""
        if path.suffix.lower() != SUFFIX:
            self._window.exchange.read_path(path, into_open_map=False)
            return
        desk = self._window.desk
        if desk is not None and _same(desk.workspace.document.path, path):
            self._window.tell(f"{path.name} is open already.")
            return
        try:
            big = path.stat().st_size > _AT_ONCE
        except OSError:
            big = False
        if big:
            self._background.run(
                f"Opening {path.name}", lambda job: _opened(path, job), self._opened_aside, self._window.refuse
            )
        else:
            opened = self._window.attempt(lambda: Document.open(path))
            if isinstance(opened, Document):
                self.show(opened)

    def _opened_aside(self, document: Any) -> None:
        self.show(document)

    def open_sample(self, path: Path) -> None:
        """A copy of a sample map, to play with."""
        copied = self._window.attempt(lambda: copy_of(path, sample_title(path)))
        if isinstance(copied, Path):
            self.open_path(copied)

    def show(self, document: Document) -> None:
        """Put this document in the place of the open one."""
        self._drop_untouched()
        self._window.show_document(document)
        self.recent.note(document.path, document.map.settings.title)

    def close(self) -> None:
        """Close the map and go back to the start."""
        desk = self._window.desk
        if desk is None:
            return
        desk.inspector.flush()
        self.recent.note(desk.workspace.document.path, desk.workspace.map.settings.title)
        self._drop_untouched()
        self._window.show_start()

    def close_because(self, sentence: str) -> None:
        """Close a map that cannot be shown, and say why."""
        self.close()
        if sentence:
            self._window.refuse(sentence)

    def _drop_untouched(self) -> None:
        """A new map into which nothing was put leaves no file behind."""
        path, self._untouched = self._untouched, None
        desk = self._window.desk
        if path is None or desk is None:
            return
        document = desk.workspace.document
        if document.path != path or document.history() or document.map.count(Capability):
            return
        document.close()
        self.recent.forget(path)
        path.unlink(missing_ok=True)

    # -- the file itself -----------------------------------------------------------------------------

    def tell_saved(self) -> None:
        """Answer Ctrl+S."""
        desk = self._window.desk
        if desk is None:
            return
        desk.inspector.flush()
        document = desk.workspace.document
        if desk.workspace.trouble:
            self._window.refuse(f"The last change is not saved: {desk.workspace.trouble}")
        elif document.why_read_only:
            self._window.tell(document.why_read_only, offer="Save a copy", act=self.ask_copy)
        else:
            self._window.tell(f"Every change is saved as you make it, in {document.path}")

    def ask_copy(self) -> None:
        """Write a copy where the user says."""
        desk = self._window.desk
        if desk is None:
            return
        path = desk.workspace.document.path
        wanted = free_name(path.parent, f"{path.stem} copy")
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save a copy", str(wanted), "Maps (*.capmap)")
        if chosen:
            self.save_copy(Path(chosen))

    def save_copy(self, target: Path) -> None:
        """Write a copy of the map with its history, and offer to open it."""
        desk = self._window.desk
        if desk is None:
            return
        desk.inspector.flush()
        target = target if target.suffix.lower() == SUFFIX else target.with_name(f"{target.name}{SUFFIX}")
        document = desk.workspace.document

        def copy() -> bool:
            if _same(target, document.path):
                raise OutputError("A copy needs another name than the map itself.")
            document.copy_to(target)
            return True

        if self._window.attempt(copy):
            self._window.tell(f"Saved a copy as {target.name}.", offer="Open it", act=lambda: self.open_path(target))

    def ask_rename(self) -> None:
        """Give the file the name and place that the user says."""
        desk = self._window.desk
        if desk is None:
            return
        path = desk.workspace.document.path
        title = desk.workspace.map.settings.title
        wanted = path if not title or title == path.stem else free_name(path.parent, title)
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Rename or move the file", str(wanted), "Maps (*.capmap)")
        if chosen:
            self.rename(Path(chosen))

    def rename(self, target: Path) -> None:
        """Move the file; the map stays open, with its history."""
        desk = self._window.desk
        if desk is None:
            return
        desk.inspector.flush()
        target = target if target.suffix.lower() == SUFFIX else target.with_name(f"{target.name}{SUFFIX}")
        path = desk.workspace.document.path
        if _same(path, target):
            return

        def move() -> Document:
            if target.exists():
                raise OutputError(f"{target.name} is there already. Choose another name.")
            desk.workspace.document.close()
            try:
                _moved(path, target)
            except OSError as refused:
                self._window.show_document(Document.open(path))
                reason = refused.strerror or "the disk refuses it"
                raise OutputError(f"The file cannot be called {target.name}: {reason}.") from None
            return Document.open(target)

        moved = self._window.attempt(move)
        if isinstance(moved, Document):
            self._untouched = moved.path if self._untouched == path else None
            self.recent.forget(path)
            self._show_again(moved)

    def _show_again(self, document: Document) -> None:
        self._window.show_document(document)
        self.recent.note(document.path, document.map.settings.title)

    def offer_name(self) -> None:
        """A map that has got a title may give it to its file."""
        desk = self._window.desk
        if desk is None:
            return
        path, title = desk.workspace.document.path, desk.workspace.map.settings.title
        if path.stem.startswith("Untitled") and title and not title.startswith("Untitled"):
            target = free_name(path.parent, title)
            self._window.tell(
                f"The file is still called {path.name}.",
                offer=f"Rename it to {target.name}",
                act=lambda: self.rename(target),
            )

    def reveal(self) -> None:
        """Open the folder of the map in the system's file browser."""
        desk = self._window.desk
        if desk is not None:
            open_outside(desk.workspace.document.path.parent)

    # -- backups -------------------------------------------------------------------------------------

    def ask_backup(self) -> None:
        """Open an earlier state of this map, as the user picks it."""
        from capmap.storage.backups import backups_of

        desk = self._window.desk
        if desk is None:
            return
        path = desk.workspace.document.path
        found = {_when(backup): backup for backup in backups_of(path)}
        if not found:
            self._window.tell("There is no backup yet: the first one is made when you close this map.")
            return
        chosen, sure = QInputDialog.getItem(
            self._window, "Open a backup", "The map as it was at:", list(found), 0, False
        )
        if sure and chosen in found:
            self.open_backup(found[chosen])

    def open_backup(self, backup: Path) -> None:
        """Open a copy of a backup beside this map; the backup itself stays as it is."""
        desk = self._window.desk
        if desk is None:
            return
        path = desk.workspace.document.path
        name = f"{path.stem} as of {_when(backup).replace(':', '.')}"
        copied = self._window.attempt(lambda: copy_of(backup, name))
        if isinstance(copied, Path):
            self.open_path(copied)

    def reveal_backups(self) -> None:
        """Open the folder of the backups in the system's file browser."""
        from capmap.storage.backups import folder_of

        desk = self._window.desk
        if desk is None:
            return
        folder = folder_of(desk.workspace.document.path)
        if folder.is_dir():
            open_outside(folder)
        else:
            self._window.tell("There is no backup yet: the first one is made when you close this map.")

    def pick(self, title: str, kinds: str) -> Path | None:
        """The file that the user picks, from the folder where the last one was."""
        folder = str(self._settings.value("open/folder", "")) or str(self._window.attempt(map_folder) or "")
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, folder, kinds)
        if not chosen:
            return None
        self._settings.setValue("open/folder", str(Path(chosen).parent))
        return Path(chosen)


def _opened(path: Path, job: Job) -> Document:
    """Open a map in a thread and count its boxes; one that nobody waits for any more is closed again."""
    document = Document.open(path)
    job.tell(f"Opening {path.name}: {document.census.boxes:,} boxes")
    if job.cancelled:
        document.close()
    return document


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except OSError:
        return one == other


def _moved(source: Path, target: Path) -> None:
    """Rename a closed map file; onto another disk it is copied and then removed."""
    import shutil

    if target.parent.is_dir():
        shutil.move(os.fspath(source), os.fspath(target))
    else:
        raise FileNotFoundError(2, "there is no such folder")


def _when(backup: Path) -> str:
    """The moment of a backup as a person reads it."""
    try:
        at = dt.datetime.strptime(backup.stem, "%Y-%m-%dT%H%M%SZ").replace(tzinfo=dt.UTC).astimezone()
    except ValueError:
        return backup.stem
    return at.strftime("%Y-%m-%d %H:%M:%S")


def open_outside(path: Path) -> None:
    """Let the system open a file or folder."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
