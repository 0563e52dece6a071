"""Clipboard: boxes to and from the clipboard, as boxes for CapMap, as an outline and as cells for other programs."""

from __future__ import annotations

import contextlib
import dataclasses
import html
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from capmap.errors import CapMapError
from capmap.model import edits
from capmap.model.records import Capability
from capmap.ui.boxedits import tops_made_by
from capmap.ui.workspace import Workspace

if TYPE_CHECKING:
    from capmap.exchange.boxes import Reading

BRANCHES_MIME = "application/x-capmap-branches+json"
CELLS_MIME = "text/tab-separated-values"
AT_ONCE = 200
"""So many boxes are pasted without a preview."""


@dataclasses.dataclass(frozen=True, slots=True)
class Cut:
    """What Ctrl+C or Ctrl+X put on the clipboard: of which file, which boxes, whether they are to move, their cells."""

    path: str
    ids: tuple[str, ...]
    moving: bool
    cells: str


class BoxClipboard(QObject):
    """Cut, copy and paste of boxes. ``refused`` carries why something cannot be; ``told`` what was done;
    ``preview_wanted`` a reading that a person should look at first, and the box it goes into.
    """

    refused = Signal(str)
    told = Signal(str)
    preview_wanted = Signal(object, object)

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace

    # -- out -----------------------------------------------------------------------------------------

    def copy(self) -> None:
        """The selected branches onto the clipboard."""
        self._put(moving=False)

    def cut(self) -> None:
        """The selected branches onto the clipboard; they move when they are pasted."""
        if self._put(moving=True):
            self.told.emit("Cut. They stay here until you paste them.")

    def _put(self, *, moving: bool) -> bool:
        from capmap.exchange.clipboard import branch_as_cells, branch_as_text, tops

        shown = self._workspace
        if not shown.selection:
            return False
        ids = tops(shown.map, shown.selection)
        cells = branch_as_cells(shown.map, ids)
        told = {"path": str(shown.document.path), "ids": ids, "moving": moving, "cells": cells}
        data = QMimeData()
        data.setText(branch_as_text(shown.map, ids))
        data.setData(CELLS_MIME, cells.encode())
        data.setHtml(_as_table(cells))
        data.setData(BRANCHES_MIME, json.dumps(told).encode())
        QGuiApplication.clipboard().setMimeData(data)
        return True

    # -- in ------------------------------------------------------------------------------------------

    @property
    def can_refer(self) -> bool:
        """Whether boxes of this very map are on the clipboard."""
        held = self._held()
        return held is not None and self._is_ours(held)

    def paste(self, *, preview: bool = False) -> None:
        """What is on the clipboard into the current box; with ``preview`` a look at it first, as for anything big or
        doubtful.
        """
        with self._telling():
            held = self._held()
            if held is None:
                self.take_text(QGuiApplication.clipboard().text(), self._workspace.current, preview=preview)
            elif self._is_ours(held) and not preview:
                self._paste_ours(held)
            else:
                self.take_text(held.cells, self._workspace.current, preview=preview)

    def paste_references(self) -> None:
        """The copied boxes a second time, as references, inside the current box."""
        held = self._held()
        if held is None or not self._is_ours(held):
            return
        with self._telling(), self._one_step() as merge:
            into = self._workspace.current
            for record_id in held.ids:
                self._workspace.commit(edits.add_alias(self._workspace.map, record_id, into), merge=merge)

    def take_text(self, text: str, into: str | None, *, preview: bool = False) -> None:
        """An outline or cells into a box (None: the branch that is shown, or the top level). Raises InputError."""
        from capmap.exchange.formats import read_text

        into = into or self._workspace.root
        reading = read_text(text, source="the clipboard")
        if preview or reading.count > AT_ONCE or is_doubtful(reading):
            self.preview_wanted.emit(reading, into)
        else:
            self.bring_in(reading, into)

    def bring_in(self, reading: Reading, into: str | None) -> None:
        """All boxes of a reading as new ones inside a box. Raises EditError and InputError."""
        from capmap.exchange.difference import paste

        into = self._holder(into)
        change = paste(self._workspace.map, reading, into)
        self._workspace.commit(change, select=tops_made_by(change))

    def _paste_ours(self, held: Cut) -> None:
        current = self._workspace.map
        into, position = self._holder(self._workspace.current or self._workspace.root), None
        if into in held.ids:
            # The box that was just copied is still selected: nobody means its own inside.
            copied = current.capability(into)
            into, position = copied.parent, copied.position + 1
        if held.moving:
            self._workspace.commit(edits.move(current, held.ids, into, position), select=held.ids)
            self._end_cut(held)
            return
        change = edits.copy(current, held.ids, into, position)
        self._workspace.commit(change, select=tops_made_by(change))

    def _holder(self, record_id: str | None) -> str | None:
        """The box itself, or what a reference shows: a reference holds no boxes."""
        box = self._workspace.map.get(record_id)
        return self._workspace.map.shown(box).id if isinstance(box, Capability) else None

    def _end_cut(self, held: Cut) -> None:
        """Moved once; pasted again it is a copy."""
        data = QMimeData()
        old = QGuiApplication.clipboard().mimeData()
        for form in ("text/plain", "text/html", CELLS_MIME):
            data.setData(form, old.data(form))
        data.setData(BRANCHES_MIME, json.dumps({**dataclasses.asdict(held), "moving": False}).encode())
        QGuiApplication.clipboard().setMimeData(data)

    def _held(self) -> Cut | None:
        """The boxes on the clipboard, if it holds any. What another program wrote there is not trusted."""
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not data.hasFormat(BRANCHES_MIME):
            return None
        try:
            told: dict[str, Any] = json.loads(bytes(data.data(BRANCHES_MIME).data()))
            return Cut(str(told["path"]), tuple(map(str, told["ids"])), told["moving"] is True, str(told["cells"]))
        except (ValueError, KeyError, TypeError):
            return None

    def _is_ours(self, held: Cut) -> bool:
        current = self._workspace.map
        return held.path == str(self._workspace.document.path) and all(
            isinstance(current.get(key), Capability) for key in held.ids
        )

    @contextlib.contextmanager
    def _one_step(self) -> Iterator[str]:
        """Commits with this merge key are one step of undo."""
        self._workspace.document.end_merge()
        yield "paste references"
        self._workspace.document.end_merge()

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except CapMapError as problem:
            self.refused.emit(str(problem))


def is_doubtful(reading: Reading) -> bool:
    """Whether a person should see what was understood before it is in the map."""
    mapping = reading.mapping
    guessed = (
        mapping is not None
        and mapping.header_row is None
        and any(column.meaning == "own" for column in mapping.columns)
    )
    return bool(reading.notices) or bool(reading.records) or guessed


def _as_table(cells: str) -> str:
    """The cells as a table for programs that take HTML."""
    rows = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in line)}</tr>" for line in _rows(cells))
    return f'<meta charset="utf-8"><table>{rows}</table>'


def _rows(cells: str) -> Iterator[list[str]]:
    import csv
    import io

    yield from csv.reader(io.StringIO(cells), delimiter="\t")
