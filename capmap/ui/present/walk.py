"""Walk: from box to box and from branch to branch, by keys alone."""

from __future__ import annotations

from PySide6.QtCore import QObject

from capmap.ui.canvas.walking import Direction
from capmap.ui.present.route import branch_beside, start_of
from capmap.ui.present.session import Session
from capmap.ui.present.stagemap import StageMap


class Walk(QObject):
    """Every step that a session can take on its map. Why there is none is told by the session."""

    def __init__(self, session: Session, shown: StageMap) -> None:
        super().__init__(shown)
        self._session = session
        self._shown = shown
        self._turned: int = 0
        """Which end of the branch (-1, 1) the last step found, so that one more step leaves it; else 0."""
        session.workspace.selection_changed.connect(self._moved)

    def begin(self, root: str | None, chosen: str | None) -> None:
        """Show the branch around what was chosen in the window."""
        self._shown.show_branch(start_of(self._session.map, root, chosen), *([chosen] if chosen else []))

    def step(self, steps: int) -> None:
        """To the next box (1) or the one before (-1); at the end of the branch the next such step leads on."""
        stops, current = self._shown.stops, self._session.workspace.current
        if not stops:
            return
        place = stops.index(current) + steps if current in stops else 0
        if 0 <= place < len(stops):
            self._session.workspace.select([stops[place]])
            return
        beside = branch_beside(self._session.map, self._session.workspace.root, steps)
        which = "Last" if steps > 0 else "First"
        if beside is None:
            self._session.told.emit(f"{which} box {self._where()}.")
        elif self._turned == steps:
            self._shown.show_branch(beside)
            if steps < 0:
                self._session.workspace.select(self._shown.stops[-1:])
        else:
            self._turned = steps
            name = self._session.map.capability(beside).name
            self._session.told.emit(f"{which} box {self._where()}. Once more for {name}.")

    def towards(self, direction: Direction) -> None:
        """To the box that the eye finds above or below."""
        found = self._shown.beside(direction)
        if found is not None:
            self._session.workspace.select([found])

    def to_end(self, *, first: bool) -> None:
        """To the first box of the branch, or to the last."""
        stops = self._shown.stops
        self._session.workspace.select(stops[:1] if first else stops[-1:])

    def go_in(self) -> None:
        """Into the box, or nearer: to the branch that stands right around it."""
        current, shown = self._session.map, self._session.workspace
        if shown.current is None:
            return
        box = current.capability(shown.current)
        if current.has_children(box.id) and box.id != shown.root:
            self._shown.show_branch(box.id)
        elif box.parent is not None and box.parent != shown.root and box.id != shown.root:
            self._shown.show_branch(box.parent, box.id)
        else:
            self._session.told.emit(f"Nothing stands inside {current.shown(box).name}.")

    def go_out(self) -> None:
        """To the branch around this one."""
        shown = self._session.workspace
        if shown.root is None:
            self._session.told.emit("This is the whole map.")
            return
        left = [key for key in (shown.current, shown.root) if key is not None]
        self._shown.show_branch(self._session.map.capability(shown.root).parent, *left)

    def go_to(self, record_id: str) -> None:
        """To a box, wherever it stands: into it, if it is open where it stands."""
        current, stops = self._session.map, self._shown.stops
        seen = next((key for key in (record_id, *current.aliases_of(record_id)) if key in stops), None)
        if seen is not None:
            self._session.workspace.select([seen])
        elif current.has_children(record_id):
            self._shown.show_branch(record_id)
        else:
            self._shown.show_branch(current.capability(record_id).parent, record_id)

    def _where(self) -> str:
        root = self._session.workspace.root
        return f"of {self._session.map.capability(root).name}" if root is not None else "of the map"

    def _moved(self) -> None:
        self._turned = 0
