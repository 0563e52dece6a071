"""MapExchange: lists into a map and out of it, read and written aside, shown before they change anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QDialog, QFileDialog

from capmap.document import Document
from capmap.model.map import Map
from capmap.ui.files.background import Background, Job
from capmap.ui.files.mapfiles import open_outside
from capmap.ui.files.mapfolder import LISTS, free_name, new_map

if TYPE_CHECKING:
    from capmap.exchange.boxes import Reading
    from capmap.exchange.columns import ColumnMapping
    from capmap.exchange.tables.brought import Brought
    from capmap.model.change import Change
    from capmap.sharing.order import Order
    from capmap.ui.mainwindow import MainWindow


class MapExchange(QObject):
    """Acts on the window's document. What starts with ``ask_`` asks a question first."""

    def __init__(self, window: MainWindow, settings: QSettings, background: Background) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._background = background

    # -- import --------------------------------------------------------------------------------------

    def ask_import(self) -> None:
        """Read a list that the user picks into this map."""
        path = self._window.files.pick("Import a list", f"Lists ({LISTS});;All files (*)")
        if path is not None:
            self.read_path(path, into_open_map=True)

    def read_path(self, path: Path, *, into_open_map: bool) -> None:
        """Read a source aside, then show what was understood."""

        desk = self._window.desk if into_open_map else None
        snapshot = desk.workspace.map.snapshot() if desk is not None else None

        def read(_: Job) -> Reading | Brought:
            from capmap.exchange.tables.bringing import bring
            from capmap.exchange.tables.incoming import incoming

            found = incoming(path)
            if found.reading is not None:
                return found.reading
            return bring(snapshot if snapshot is not None else Map(), found)

        def done(found: Any) -> None:
            from capmap.exchange.tables.brought import Brought

            if isinstance(found, Brought):
                self._preview_tables(found, path, snapshot)
            else:
                self._preview(found, path, into_open_map=into_open_map)

        self._background.run(f"Reading {path.name}", read, done, self._window.refuse)

    def _preview_tables(self, brought: Brought, path: Path, snapshot: Map | None) -> None:
        from capmap.ui.files.tablesimport import TablesImport

        dialog = TablesImport(path.name, brought, snapshot, self._window)
        dialog.accepted.connect(lambda: self._take_tables(brought.change, path.stem, is_new=snapshot is None))
        _open(dialog)

    def _take_tables(self, change: Change, name: str, *, is_new: bool) -> None:
        """Commit what the preview showed, or make a new map of it."""
        if not is_new:
            self._commit(change)
            return
        made = Map()
        made.apply(change)
        document = self._window.attempt(lambda: new_map(name, made, f"New map from {name}"))
        if isinstance(document, Document):
            self._window.files.show(document)

    def _commit(self, change: Change) -> None:
        desk = self._window.desk
        if desk is not None and desk.boxes.commit(lambda: change) is not None:
            self._window.tell(f"{change.text}: done.", offer="Undo", act=desk.undo)

    def _preview(self, reading: Reading, path: Path, *, into_open_map: bool) -> None:
        from capmap.ui.files.importing import ImportPreview, Target

        def reread(mapping: ColumnMapping) -> Reading:
            from capmap.exchange.formats import read_file

            return read_file(path, mapping)

        desk = self._window.desk if into_open_map else None
        target = Target(desk.workspace.map, desk.workspace.current) if desk is not None else Target(None)
        dialog = ImportPreview(reading, reread, target, self._background, self._window)
        dialog.accepted.connect(lambda: self._take_in(dialog.reading, dialog.change, path.stem))
        _open(dialog)

    def preview_text(self, reading: Reading, text: str, into: str | None) -> None:
        """Show what was understood of a pasted or dropped text."""
        from capmap.ui.files.importing import ImportPreview, Target

        def reread(mapping: ColumnMapping) -> Reading:
            from capmap.exchange.formats import read_text

            return read_text(text, mapping, reading.source)

        desk = self._window.desk
        target = Target(desk.workspace.map, into, as_new=True) if desk is not None else Target(None)
        dialog = ImportPreview(reading, reread, target, self._background, self._window)
        dialog.accepted.connect(lambda: self._take_in(dialog.reading, dialog.change, "Pasted list"))
        _open(dialog)

    def _take_in(self, reading: Reading, change: Any, name: str) -> None:
        """Commit what the preview showed, or make a new map of the reading."""
        desk = self._window.desk
        if change is not None and desk is not None:
            self._commit(change)
            return
        from capmap.exchange.difference import map_of

        made = self._window.attempt(lambda: new_map(name, map_of(reading), f"New map from {reading.source}"))
        if isinstance(made, Document):
            self._window.files.show(made)

    # -- export --------------------------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask what to write and where, then write it aside."""
        from capmap.ui.files.exporting import ExportDialog

        desk = self._window.desk
        if desk is None:
            return
        desk.inspector.flush()
        dialog = ExportDialog(desk.workspace, self._settings, self._window)
        dialog.accepted.connect(lambda: self._ask_target(dialog.order))
        _open(dialog)

    def _ask_target(self, order: Order) -> None:
        """Ask where a picture or list should go, then write it."""
        desk = self._window.desk
        if desk is None:
            return
        folder = Path(str(self._settings.value("export/folder", desk.workspace.document.path.parent)))
        wanted = free_name(folder, desk.workspace.document.path.stem, order.suffix)
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "Export", str(wanted), f"{order.suffix[1:].upper()} (*{order.suffix})"
        )
        if chosen:
            target = Path(chosen)
            self.export(order, target if target.suffix.lower() == order.suffix else Path(f"{target}{order.suffix}"))

    def export(self, order: Order, target: Path) -> None:
        """Write a picture or list of the map aside, from the map as it is now."""
        from capmap.sharing.order import fulfil

        desk = self._window.desk
        if desk is None:
            return
        self._settings.setValue("export/folder", str(target.parent))
        snapshot = desk.workspace.map.snapshot()

        def done(written: Any) -> None:
            path = written[0]
            more = f" and {len(written) - 1} more" if len(written) > 1 else ""
            self._window.tell(f"Wrote {path.name}{more}.", offer="Open", act=lambda: open_outside(path))

        self._background.run(
            f"Writing {target.name}",
            lambda _: fulfil(order, snapshot, target).files,
            done,
            self._window.refuse,
        )


def _open(dialog: QDialog) -> None:
    """Show a question over the window; it goes when it is answered."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
