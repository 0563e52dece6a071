"""Keeping: the picture of the whole map kept in its file, so that it is seen again as it was seen last."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from capmap.document import Document
from capmap.errors import NotSaved
from capmap.layout import kept
from capmap.layout.boxes import Layout
from capmap.model.change import Change
from capmap.model.records import Capability
from capmap.ui.canvas.colouring import Colouring
from capmap.ui.workspace import Workspace

if TYPE_CHECKING:
    from capmap.ui.canvas.groundwork import Groundwork

log = logging.getLogger(__name__)

LARGE = 2_000
"""Boxes; a larger map takes so long to lay out that its picture is kept even if nobody has edited it."""

_REST_MS = 4_000
_AT_REST = 10_000
"""Boxes; to pack the layout of a larger map would be felt while one works, so that is left to the end."""

_MOST_SLANT = 1.35
"""A picture whose proportion is further than this factor from the one wanted is of no use any more."""

_LITTLE_SLANT = 1.03
_SLANT_OF_A_RETURN = 1.1
"""The same for the whole map after a part of it was looked at: the way back above the map takes some of its room."""


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """A layout of what is shown now that need not be made, with its colours if they are known too."""

    layout: Layout
    from_file: bool = False
    colouring: Colouring | None = None
    ground: Groundwork | None = None
    """What paints it."""


class Arranged(Protocol):
    """What is seen of the arrangement."""

    aspect: float
    pending: Change | None

    @property
    def layout(self) -> Layout: ...
    def forget(self) -> None: ...
    def propose(self, pending: Change | None) -> None: ...
    def shapes(self, change: Change) -> bool: ...


class Keeping(QObject):
    """Gives the layout of the whole map to its file when the map rests or closes, and back when it opens.

    A small map that nobody has altered is arranged alike again in the same window: its file stays as it is.
    """

    def __init__(self, arrangement: Arranged, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._arrangement = arrangement
        self._workspace = workspace
        self._document: Document = workspace.document
        self._whole: tuple[Layout, float] | None = None
        """The layout of the whole map while a part is looked at, and the proportion that was wanted of it."""
        self._prepared: Known | None = None
        self._given: Layout | None = None
        """What the file holds, as it was read or written last."""
        self._asked = self._edited = self._returns = False
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.rest)
        self._stop: Callable[[], None] = lambda: None
        # A map may be open for longer than the widget that shows it.
        parent.destroyed.connect(lambda: self._stop())
        workspace.opened.connect(self._opened)
        workspace.changed.connect(self._changed)
        workspace.view_changed.connect(self._before_another_view)
        workspace.filter_changed.connect(self._before_another_view)
        workspace.lens_changed.connect(self._lens_changed)
        self._opened()

    # -- coming back ---------------------------------------------------------------------------------

    @property
    def shows_all(self) -> bool:
        """Whether every box is to be seen, by those who work on the map."""
        shown = self._workspace
        everything = shown.root is None and shown.depth is None and not shown.collapsed and shown.only is None
        return everything and not shown.is_guest

    def known(self) -> Known | None:
        """The layout of what is shown now, where it need not be made."""
        if self._arrangement.pending is not None:
            return None
        found, self._prepared = self._prepared, None
        if found is None and self.shows_all:
            found = self._whole_again() or self._first()
        if found is not None and found.from_file:
            self._given = found.layout
        return found

    def _whole_again(self) -> Known | None:
        """The whole map as it was before a part of it was looked at."""
        most, self._returns = (_SLANT_OF_A_RETURN if self._returns else _LITTLE_SLANT), False
        if self._whole is None or _apart(self._whole[1], self._arrangement.aspect) > most:
            return None
        return Known(self._whole[0])

    def _first(self) -> Known | None:
        """What the file holds, once: what is arranged anew later is meant to be new."""
        asked, self._asked = self._asked, True
        layout = None if asked else self.from_file(self._arrangement.aspect)
        return None if layout is None else Known(layout, from_file=True)

    def from_file(self, aspect: float) -> Layout | None:
        """The layout that the file holds, if it is one of this map and near the wanted proportion. May run aside."""
        found = self._document.kept_layout
        if found is None or found[0] != kept.made_for(self._document.map):
            return None
        layout = kept.unpacked(found[1], self._document.map)
        return layout if layout is not None and _apart(layout.width / layout.height, aspect) <= _MOST_SLANT else None

    @property
    def is_prepared(self) -> bool:
        """Whether a layout waits to be shown."""
        return self._prepared is not None

    def prepare(self, known: Known) -> None:
        """Have this shown when all is to be laid out the next time."""
        self._asked, self._prepared = True, known

    # -- keeping -------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Write the picture of the whole map to the file, if it is another one than what a fresh opening shows."""
        self._rest.stop()
        layout, document = self._layout(), self._document
        if layout is None or document.why_read_only or self._workspace.is_guest or not self._is_new(layout):
            return
        content = kept.packed(layout, document.map)
        if content is None:
            return
        try:
            document.keep_layout(kept.made_for(document.map), content)
        except NotSaved:
            log.info("The layout of a map was not kept")
            return
        self._given, self._edited = layout, False

    def _layout(self) -> Layout | None:
        """The layout of the whole map as it stands now."""
        arrangement = self._arrangement
        if arrangement.pending is None and kept.is_whole(arrangement.layout, self._document.map):
            return arrangement.layout
        return self._whole[0] if self._whole is not None else None

    def _is_new(self, layout: Layout) -> bool:
        """Whether the file should get to know this layout."""
        if self._edited:
            return True
        if layout is self._given:
            return False
        return self._document.kept_layout is not None or len(layout.index) > LARGE

    def rest(self) -> None:
        """Nobody has edited for a while: keep the picture now, unless that would be felt."""
        if self._document.map.count(Capability) <= _AT_REST and not self._workspace.is_guest:
            self.keep()

    def _opened(self) -> None:
        self._rest.stop()
        old = self._arrangement.layout
        self._arrangement.forget()
        for box in old.index.values():
            # Boxes hold one another: they may be frozen (``gc.freeze``) and would never be let go.
            box.parent = None
        self._document = self._workspace.document
        self._whole = self._prepared = self._given = None
        self._asked = self._edited = self._returns = False
        if not self._workspace.is_guest:
            self._stop()
        if not self._workspace.is_guest:
            self._stop = self._document.before_closing(self._keep_last)

    def _keep_last(self) -> None:
        """The document closes: a box that is being named will not be in it."""
        if self._arrangement.pending is not None:
            self._arrangement.propose(None)
        self.keep()

    def _changed(self, change: Change) -> None:
        self._prepared = None
        if self._arrangement.shapes(change):
            self._whole, self._edited = None, True
            self._rest.start()

    def _before_another_view(self) -> None:
        """What is looked at changes: the arrangement still has what was looked at until now."""
        self._prepared, self._returns = None, True
        layout = self._layout()
        if layout is self._arrangement.layout:
            self._whole = layout, self._arrangement.aspect

    def _lens_changed(self) -> None:
        self._prepared = None


def _apart(one: float, other: float) -> float:
    """By which factor two numbers differ."""
    return max(one / other, other / one)
