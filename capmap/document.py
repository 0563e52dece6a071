"""Document: a map, its file and its journal behind one door, with observers that hear of every change."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from capmap.errors import EditError
from capmap.model.census import Census
from capmap.model.change import Change
from capmap.model.garbage import no_collection
from capmap.model.map import Map
from capmap.model.records import Record
from capmap.storage.journal import Step
from capmap.storage.mapfile import MapFile

Observer = Callable[[Change], None]


class Document:
    """An open map file. ``commit``, ``undo`` and ``redo`` are the only ways to alter the map, and each is on disk
    when it returns.

    If the disk refuses, NotSaved is raised and the map is what it was before.
    """

    def __init__(self, file: MapFile) -> None:
        self._file = file
        try:
            # What is loaded lives as long as the document: keep the collector from walking it again and again. Garbage
            # is let go before, but only what is young: to look at all would hold up a window that opens a map aside.
            gc.collect(1)
            with no_collection():
                self._map = file.load()
                gc.freeze()
            file.bring_up()
        except BaseException:
            file.close()
            raise
        self._census: Census | None = None
        self._observers: list[Observer] = []
        self._before_closing: list[Callable[[], None]] = []

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Document:
        """Open a map file. If another program is editing it, the document is read-only and ``why_read_only`` says who.

        Raises MapFileError where the file is damaged, foreign or too new.
        """
        return cls(MapFile.open(path, read_only=read_only))

    @classmethod
    def create(cls, path: Path, records: Iterable[Record] = (), text: str = "New map") -> Document:
        """A new map file with these records, made by one step called ``text``. Raises OutputError if it cannot be
        written.
        """
        return cls(MapFile.create(path, records, text))

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._file.path

    @property
    def map(self) -> Map:
        """The map as it stands now. Look at it; alter it by ``commit``."""
        return self._map

    @property
    def census(self) -> Census:
        """What the map holds, by numbers; counted when it is first asked for and kept in step from then on."""
        if self._census is None:
            self._census = Census(self._map)
        return self._census

    @property
    def why_read_only(self) -> str:
        """A sentence that says why this document cannot be edited; empty if it can."""
        return self._file.why_read_only

    def commit(self, change: Change, *, merge: str = "") -> None:
        """Do an edit: on disk first, then in memory, then tell the observers. An empty change does nothing.

        Edits with the same ``merge`` key that follow one another are one step of undo (a run of typing, a slider).
        """
        if change.is_empty:
            return
        self._require_editable()
        self._file.write_edit(change, merge)
        self._applied(change)

    def undo(self) -> Change | None:
        """Take the last step back. Returns what was changed by that, or None if there is nothing to take back."""
        return self._travel(self._file.undo)

    def redo(self) -> Change | None:
        """Do the step taken back last again. Returns what was changed by that, or None."""
        return self._travel(self._file.redo)

    @property
    def undo_text(self) -> str | None:
        """What ``undo`` would take back, in words; None if there is nothing."""
        return self._file.journal.undo_text

    @property
    def redo_text(self) -> str | None:
        """What ``redo`` would do again, in words; None if there is nothing."""
        return self._file.journal.redo_text

    def end_merge(self) -> None:
        """The next edit starts a step of its own, whatever its merge key: the focus has moved on."""
        self._file.journal.end_merge()

    def history(self) -> list[Step]:
        """The steps of this map from the first to the last, those taken back and not done again included, marked so."""
        return self._file.journal.steps()

    def travel_to(self, seq: int) -> None:
        """Undo or redo until the step with this number is the last one done (0: none is)."""
        for direction in (self.undo, self.redo):
            while self._file.journal.leads_to(seq, redo=direction == self.redo) and direction() is not None:
                continue

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Call the observer after every change, in the order of subscription; returns the way to stop it."""
        self._observers.append(observer)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._observers.remove(observer)

        return unsubscribe

    def before_closing(self, last_deed: Callable[[], None]) -> Callable[[], None]:
        """Call this when the document is about to be closed, while it can still be written to; returns the way to
        stop it.
        """
        self._before_closing.append(last_deed)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._before_closing.remove(last_deed)

        return unsubscribe

    @property
    def kept_layout(self) -> tuple[str, bytes] | None:
        """What ``keep_layout`` kept last, in this session or an earlier one. It comes from the file, so mistrust it."""
        return self._file.kept_layout

    def keep_layout(self, made_for: str, layout: bytes) -> None:
        """Keep an arrangement of the map with what it was made for, so that the map can be shown again as it was.

        No part of the map and no step of its history. A document that is read only keeps nothing. Raises NotSaved.
        """
        if not self._file.why_read_only:
            self._file.keep_layout(made_for, layout)

    def copy_to(self, target: Path) -> None:
        """Write a copy of the file, with its history. Raises OutputError."""
        self._file.copy_to(target)

    def close(self) -> None:
        """Close the file. A document that is closed can be looked at but not edited."""
        deeds, self._before_closing = self._before_closing, []
        for last_deed in deeds:
            last_deed()
        self._file.close()

    def __enter__(self) -> Document:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _travel(self, move: Callable[[Map], Change | None]) -> Change | None:
        self._require_editable()
        change = move(self._map)
        if change is not None:
            self._applied(change)
        return change

    def _applied(self, change: Change) -> None:
        self._map.apply(change)
        if self._census is not None:
            self._census.follow(change)
        for observer in tuple(self._observers):
            observer(change)

    def _require_editable(self) -> None:
        if self._file.why_read_only:
            raise EditError(self._file.why_read_only)


@contextlib.contextmanager
def opened(path: Path, *, read_only: bool = False) -> Iterator[Document]:
    """The document at this path, closed at the end of the block."""
    document = Document.open(path, read_only=read_only)
    try:
        yield document
    finally:
        document.close()
