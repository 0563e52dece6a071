"""Naming: giving a box its name in place, an old one or one that comes into being with its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from capmap.errors import CapMapError, EditError
from capmap.model import edits
from capmap.model.change import Change
from capmap.model.records import Capability
from capmap.ui.canvas.arrangement import Arrangement
from capmap.ui.canvas.nameeditor import NameEditor
from capmap.ui.canvas.nameplace import NamePlace
from capmap.ui.workspace import Workspace

UNNAMED = "New capability"
"""What keeps the place of a box while its name is typed; never written to the file."""


class NamingSurface(Protocol):
    """What naming sees of the canvas."""

    arrangement: Arrangement
    workspace: Workspace

    def name_place(self, record_id: str) -> NamePlace | None: ...
    def open_up(self, record_id: str | None) -> None: ...
    def propose(self, pending: Change | None) -> None: ...
    def reveal(self, record_id: str) -> None: ...
    def tell(self, sentence: str) -> None: ...


class Naming(QObject):
    """One name at a time. A new box stands in the arrangement as pending and enters the map when it has a name: Esc
    leaves nothing behind, and what is written is one step of undo.
    """

    finished = Signal()

    def __init__(self, surface: NamingSurface, widget: QWidget) -> None:
        super().__init__(widget)
        self._surface = surface
        self._widget = widget
        self._subject: str | None = None
        self._keep: Callable[[str], None] | None = None
        self.editor = NameEditor(widget)
        self.editor.hide()
        self.editor.named.connect(self._accept)
        self.editor.given_up.connect(self.give_up)
        self.editor.left.connect(self.settle)

    @property
    def subject(self) -> str | None:
        """The id of the box that is being named; None if none is."""
        return self._subject

    def rename(self, record_id: str, text: str | None = None) -> None:
        """Open the name of a box; ``text`` stands in its place, as when somebody just types."""
        self.settle()
        workspace = self._surface.workspace
        box = workspace.map.get(record_id)
        if not isinstance(box, Capability) or self._forbidden():
            return
        capability = workspace.map.shown(box)
        self._surface.open_up(box.parent)

        def keep(name: str) -> None:
            if name != capability.name:
                workspace.commit(edits.rename(workspace.map, capability.id, name), select=[record_id])

        self._begin(record_id, keep, capability.name if text is None else text, select=text is None)

    def add(self, into: str | None, position: int | None = None, text: str = "") -> None:
        """Open the name of a new box inside ``into`` (None: top level) at ``position`` (None: last)."""
        self.settle()
        workspace = self._surface.workspace
        if self._forbidden():
            return
        try:
            change = edits.add(workspace.map, UNNAMED, into, position)
        except EditError as error:
            self._surface.tell(str(error))
            return
        made = next(key for key, old in change.before.items() if old is None)
        self._surface.open_up(into)

        def keep(name: str) -> None:
            self._surface.arrangement.pending = None
            try:
                workspace.commit(edits.add(workspace.map, name, into, position, id=made), select=[made])
            except CapMapError:
                self._surface.arrangement.pending = change
                raise

        self._surface.propose(change)
        self._begin(made, keep, text, select=False)

    def settle(self) -> None:
        """Take the name as it stands, as when somebody clicks elsewhere; an empty one is given up."""
        if self._subject is None:
            return
        if not self.editor.name or not self._kept(self.editor.name):
            self.give_up()

    def give_up(self) -> None:
        """Leave everything as it was."""
        self._close()

    def put(self) -> None:
        """Follow the box: the view or the layout has changed."""
        if self._subject is None:
            return
        place = self._surface.name_place(self._subject)
        if place is None:
            self.give_up()
        else:
            self.editor.put(place)

    def _forbidden(self) -> bool:
        why = self._surface.workspace.document.why_read_only
        if why:
            self._surface.tell(why)
        return bool(why)

    def _begin(self, record_id: str, keep: Callable[[str], None], text: str, *, select: bool) -> None:
        self._surface.reveal(record_id)
        place = self._surface.name_place(record_id)
        if place is None:
            self._drop_pending()
            return
        self._subject, self._keep = record_id, keep
        self.editor.begin(place, text, select=select)

    def _accept(self, name: str, then_child: bool) -> None:
        named = self._subject
        if named is None:
            return
        if not name and self._surface.arrangement.pending is None:
            self._surface.tell("A box needs a name. Type one, or press Esc to keep the old one.")
            return
        if not name:
            self.give_up()
        elif self._kept(name):
            self._surface.tell("")
            if then_child:
                self.add(named)

    def _kept(self, name: str) -> bool:
        """Write the name and close; False, with the reason told, if it was refused."""
        keep, subject = self._keep, self._subject
        if keep is None:
            return True
        self._subject = self._keep = None
        try:
            keep(name)
        except CapMapError as error:
            self._subject, self._keep = subject, keep
            self._surface.tell(str(error))
            return False
        self._close()
        return True

    def _close(self) -> None:
        self._subject = self._keep = None
        had_focus = self.editor.hasFocus()
        self._drop_pending()
        if had_focus:
            self._widget.setFocus()
        self.editor.hide()
        self.finished.emit()

    def _drop_pending(self) -> None:
        if self._surface.arrangement.pending is not None:
            self._surface.propose(None)
