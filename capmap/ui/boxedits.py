"""BoxEdits: what menus and keys do to the selected boxes, on the canvas and in the outline alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from capmap.errors import CapMapError
from capmap.model import edits
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.ordering import why_in_order
from capmap.model.records import Capability, Link
from capmap.ui.canvas.canvas import Canvas
from capmap.ui.panels.outline import Outline
from capmap.ui.workspace import Workspace


class BoxEdits(QObject):
    """Edits of the current selection. ``refused`` carries why one cannot be; ``removed`` what a removal took along."""

    refused = Signal(str)
    removed = Signal(str)

    def __init__(self, workspace: Workspace, canvas: Canvas, outline: Outline) -> None:
        super().__init__(canvas)
        self._workspace = workspace
        self._canvas = canvas
        self._outline = outline

    @property
    def _map(self) -> Map:
        return self._workspace.map

    def commit(
        self, edit: Callable[[], Change], *, select: Iterable[str] | None = None, merge: str = ""
    ) -> Change | None:
        """Commit the edit; None, with the reason told, if it cannot be."""
        try:
            change = edit()
            self._workspace.commit(change, merge=merge, select=select)
        except CapMapError as problem:
            self.refused.emit(str(problem))
            return None
        return change

    # -- add and name --------------------------------------------------------------------------------

    def add_child(self) -> None:
        """Open the name of a new box inside the current one, where the focus is."""
        if self._outline.in_use:
            self._outline.add(self._workspace.current, None)
        else:
            self._canvas.add_child()

    def add_sibling(self, *, before: bool = False) -> None:
        """Open the name of a new box behind (or before) the current one, where the focus is."""
        current = self._map.get(self._workspace.current)
        if not self._outline.in_use:
            self._canvas.add_sibling(before=before)
        elif isinstance(current, Capability):
            self._outline.add(current.parent, current.position + (not before))
        else:
            self._outline.add(None, None)

    def rename(self) -> None:
        """Open the name of the current box, where the focus is."""
        current = self._workspace.current
        if current is None:
            return
        if self._outline.in_use:
            self._outline.rename(current)
        else:
            self._canvas.begin_rename(current)

    def group(self) -> None:
        """Put a new box around the selected ones and open its name."""
        chosen = self._map_order(self._workspace.selection)
        if not chosen:
            return
        first = self._map.capability(chosen[0])
        merge = f"group:{':'.join(chosen)}"
        added = self.commit(lambda: edits.add(self._map, "New group", first.parent, first.position), merge=merge)
        if added is None:
            return
        made = next(key for key, old in added.before.items() if old is None)
        self.commit(lambda: edits.move(self._map, chosen, made), merge=merge, select=[made])
        self._workspace.document.end_merge()
        self.rename()

    # -- move ----------------------------------------------------------------------------------------

    def shift(self, steps: int) -> None:
        """Move the selected boxes among their siblings. The outline shows map order; the map may have another."""
        chosen = self._workspace.selection
        first = self._map.get(chosen[0]) if chosen else None
        why = why_in_order(self._map, first.parent) if isinstance(first, Capability) else ""
        if why and not self._outline.in_use:
            self.refused.emit(why)
            return
        self.commit(lambda: edits.shift(self._map, chosen, steps))

    def promote(self) -> None:
        """Move the selected boxes one level up, behind the box they were in."""
        self._one_by_one(reversed(self._map_order(self._workspace.selection)), edits.promote)

    def demote(self) -> None:
        """Move the selected boxes into the box before them."""
        self._one_by_one(self._map_order(self._workspace.selection), edits.demote)

    def _one_by_one(self, record_ids: Iterable[str], edit: Callable[[Map, str], Change]) -> None:
        """The same move for each box, as one step of undo."""
        chosen = self._workspace.selection
        self._workspace.document.end_merge()
        merge = f"{edit.__name__}:{':'.join(chosen)}"
        for record_id in record_ids:
            if self.commit(lambda key=record_id: edit(self._map, key), merge=merge) is None:  # type: ignore[misc]
                break
        self._workspace.document.end_merge()
        self._workspace.select(chosen)

    def _map_order(self, record_ids: Iterable[str]) -> list[str]:
        """These boxes in reading order, without those inside another of them."""
        given = set(record_ids)
        tops = [key for key in given if not any(step.id in given for step in self._map.path(key)[:-1])]
        return sorted(tops, key=lambda key: [step.position for step in self._map.path(key)])

    # -- copy and remove -----------------------------------------------------------------------------

    def duplicate(self) -> None:
        """A copy of the selected branches behind them."""
        chosen = self._map_order(self._workspace.selection)
        change = self.commit(lambda: edits.duplicate(self._map, chosen))
        if change is not None:
            self._workspace.select(tops_made_by(change))

    def remove(self) -> None:
        """Take the selected boxes away, with all that hangs on them, and say what went along."""
        chosen = self._map_order(self._workspace.selection)
        if not chosen:
            return
        follower = self._follower(chosen)
        change = self.commit(lambda: edits.remove(self._map, chosen), select=[follower] if follower else [])
        if change is None:
            return
        gone = [record for key, record in change.before.items() if change.after[key] is None]
        boxes = sum(1 for record in gone if isinstance(record, Capability)) - len(chosen)
        links = sum(1 for record in gone if isinstance(record, Link))
        if boxes or links:
            self.removed.emit(
                f"{change.text.replace('Remove', 'Removed', 1)}, with {_counted(boxes, 'box', 'boxes', links)}."
            )

    def _follower(self, chosen: list[str]) -> str | None:
        """The box that is selected when these are gone: the next one, else the one before, else the one around."""
        last = self._map.capability(chosen[-1])
        siblings = self._map.child_ids(last.parent)
        after = [key for key in siblings[last.position + 1 :] if key not in chosen]
        before = [key for key in siblings[: last.position] if key not in chosen]
        return after[0] if after else before[-1] if before else last.parent


def tops_made_by(change: Change) -> list[str]:
    """The new boxes of a change that do not stand inside another new one."""
    made = {
        key: record
        for key, record in change.after.items()
        if isinstance(record, Capability) and change.before[key] is None
    }
    return [key for key, record in made.items() if record.parent not in made]


def _counted(boxes: int, one: str, many: str, links: int) -> str:
    parts = []
    if boxes:
        parts.append(f"{boxes:,} {one if boxes == 1 else many} inside")
    if links:
        parts.append(f"{links:,} {'link' if links == 1 else 'links'}")
    return " and ".join(parts)
