"""Spotlight: the linked things whose boxes are lit, how far their reach goes, and by which route it came to a box."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from capmap.analysis.reach import Reach, in_words, lit_boxes, reach, reached_by, routes_to
from capmap.model.change import Change
from capmap.model.records import Capability, Record
from capmap.ui.canvas.lighting import Lighting
from capmap.ui.workspace import Workspace

_MOST_ROUTES = 4
Explain = Callable[[str], Sequence[str]]


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """Boxes that somebody else chose, with the sentence that says what they are, and how each came to be lit."""

    sentence: str
    boxes: frozenset[str]
    explain: Explain


class Spotlight(QObject):
    """``changed`` says that other boxes are lit, or that another one of them is explained."""

    changed = Signal()

    def __init__(self, workspace: Workspace, lighting: Lighting, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._lighting = lighting
        self._found: Reach | None = None
        self._told: Told | None = None
        self._chosen: tuple[str, ...] = ()
        """What was selected when the light went on: choosing it again is no question."""
        workspace.changed.connect(self._map_changed)
        workspace.opened.connect(self.end)
        workspace.selection_changed.connect(self._selection_changed)

    # -- what is lit ---------------------------------------------------------------------------------

    @property
    def is_on(self) -> bool:
        """Whether anything is lit."""
        return self._found is not None or self._told is not None

    @property
    def subjects(self) -> Sequence[Record]:
        """The records whose reach is lit; none where an answer chose the boxes."""
        current, found = self._workspace.map, self._found
        return [record for start in found.starts if (record := current.get(start))] if found is not None else []

    @property
    def sentence(self) -> str:
        """What is lit, and how far the reach goes."""
        if self._found is not None:
            return in_words(self._workspace.map, self._found)
        return self._told.sentence if self._told is not None else ""

    @property
    def can_go_on(self) -> bool:
        """Whether a step more lights further boxes."""
        return self._found is not None and self._found.goes_on

    @property
    def can_go_back(self) -> bool:
        """Whether a step less lights fewer boxes."""
        return self._found is not None and self._found.steps > self._found.first

    @property
    def explained(self) -> Sequence[str]:
        """How the selected box came to be lit, a sentence a route; nothing where no lit box was chosen since."""
        current = self._workspace.current
        if current is None or self._workspace.selection == self._chosen:
            return []
        if self._told is not None:
            return self._told.explain(current) if current in self._told.boxes else []
        if self._found is None:
            return []
        box = reached_by(self._workspace.map, self._found, current)
        return routes_to(self._workspace.map, self._found, box, _MOST_ROUTES) if box is not None else []

    # -- verbs ---------------------------------------------------------------------------------------

    def show(self, record_ids: Iterable[str]) -> None:
        """Light what these records touch first; nothing is lit where there are none."""
        ids = [key for key in record_ids if key in self._workspace.map]
        if not ids:
            self.end()
            return
        self._told, self._chosen = None, self._workspace.selection
        self._set(reach(self._workspace.map, ids))

    def tell(self, sentence: str, boxes: Iterable[str], explain: Explain) -> None:
        """Light these boxes, for the reason that the sentence gives."""
        current = self._workspace.map
        self._found, self._chosen = None, self._workspace.selection
        self._told = Told(sentence, frozenset(lit_boxes(current, list(boxes))), explain)
        self._lighting.ask("linked", self._told.boxes)
        self.changed.emit()

    def step(self, by: int) -> None:
        """One step of reach more (1) or less (-1)."""
        if self._found is not None:
            self._set(self._found.next(by))

    def end(self) -> None:
        """Give the map back."""
        if self.is_on:
            self._found = self._told = None
            self._lighting.ask("linked", None)
            self.changed.emit()

    def lost(self) -> None:
        """Whoever wanted the light does no longer. It stays while one asks how a lit box came to be lit."""
        if not self.explained:
            self.end()

    def _set(self, found: Reach) -> None:
        self._found = found
        self._lighting.ask("linked", lit_boxes(self._workspace.map, list(found.routes)))
        self.changed.emit()

    # -- following the map ---------------------------------------------------------------------------

    def _map_changed(self, change: Change) -> None:
        if self._found is None or not any(_may_tie(old, change.after[key]) for key, old in change.before.items()):
            return
        if not any(start in self._workspace.map for start in self._found.starts):
            self.end()
        else:
            self._set(reach(self._workspace.map, self._found.starts, self._found.steps))

    def _selection_changed(self) -> None:
        if self.is_on:
            if self._workspace.selection != self._chosen:
                self._chosen = ()
            self.changed.emit()


def _may_tie(old: Record | None, new: Record | None) -> bool:
    """Whether a change of a record can change what is tied to what, or how it is called."""
    if isinstance(old, Capability) and isinstance(new, Capability):
        return (old.parent, old.alias_of) != (new.parent, new.alias_of)
    return True
