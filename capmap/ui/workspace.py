"""Workspace: the open document and how it is looked at now; what every panel of the window shares."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtCore import QObject, Signal

from capmap.document import Document
from capmap.errors import NotSaved
from capmap.lens.builtin import LENSES, default_lens, is_assessed
from capmap.lens.lens import Lens
from capmap.model.census import Census
from capmap.model.change import Change
from capmap.model.filtered import Filtered
from capmap.model.filters import NO_FILTER, Filter
from capmap.model.map import Map
from capmap.model.records import Capability, Link

CHIPS = ("services", "projects")
"""What a box may carry a count of."""


class Workspace(QObject):
    """The document with the selection, lens, depth, branch, collapsed boxes and filter of this window; none of these
    is part of the map.

    ``changed`` carries the Change after every edit, undo and redo; ``opened`` says that another document took its
    place; the other signals say that their part of the state is different now (``lens_changed``: the colours or the
    chips; ``filter_changed``: the filter, the boxes that match it, or those it leaves in sight; ``trouble_changed``:
    whether the disk takes edits).
    """

    opened = Signal()
    changed = Signal(object)
    selection_changed = Signal()
    view_changed = Signal()
    lens_changed = Signal()
    filter_changed = Signal()
    trouble_changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None, *, guest: bool = False) -> None:
        super().__init__(parent)
        self.is_guest = guest
        """Whether another workspace has the document: a guest looks at it, may edit it, and leaves nothing else."""
        self._document = document
        self._unsubscribe = document.subscribe(self._after_change)
        self._selection: tuple[str, ...] = ()
        self._told_selection: tuple[str, ...] = ()
        self._will_select = False
        self._lens = default_lens(document.map)
        self._lens_is_chosen = False
        self._depth: int | None = None
        self._root: str | None = None
        self._collapsed: frozenset[str] = frozenset()
        self._chips = frozenset(CHIPS)
        self._moment: dt.date | None = None
        self._counted: Callable[[Link], bool] | None = None
        self._filtered: Filtered | None = None
        self._hides = False
        self._trouble = ""

    # -- document ------------------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """The open document."""
        return self._document

    @property
    def map(self) -> Map:
        """The map of the open document."""
        return self._document.map

    @property
    def census(self) -> Census:
        """What the map holds, by numbers."""
        return self._document.census

    def show_document(self, document: Document) -> None:
        """Close the open document and show another one."""
        self._unsubscribe()
        self._document.close()
        self._document = document
        self._unsubscribe = document.subscribe(self._after_change)
        self._selection, self._root, self._depth, self._collapsed = (), None, None, frozenset()
        self._told_selection, self._filtered = (), None
        self._moment = self._counted = None
        if not self._lens_is_chosen:
            self._lens = default_lens(document.map)
        self._note_trouble("")
        self.opened.emit()
        self.lens_changed.emit()
        self.selection_changed.emit()
        self.view_changed.emit()
        self.filter_changed.emit()

    def leave(self) -> None:
        """Follow the document no longer. It stays open: a guest leaves it to the workspace that has it."""
        self._unsubscribe()

    def commit(self, change: Change, *, merge: str = "", select: Iterable[str] | None = None) -> None:
        """Commit an edit and select these boxes after it. Raises EditError or NotSaved, after which nothing has
        changed.
        """
        with self._watching(), self._selecting(select is not None):
            self._document.commit(change, merge=merge)
        if select is not None:
            self.select(select)

    def undo(self) -> Change | None:
        """Take the last edit back and select what it touched."""
        with self._watching(), self._selecting(True):
            return self._travelled(self._document.undo())

    def redo(self) -> Change | None:
        """Do the edit taken back last again and select what it touched."""
        with self._watching(), self._selecting(True):
            return self._travelled(self._document.redo())

    @property
    def trouble(self) -> str:
        """Why the last edit could not be saved, in a sentence; empty once an edit is saved again."""
        return self._trouble

    @contextlib.contextmanager
    def _watching(self) -> Iterator[None]:
        """Take note of an edit that the disk refuses, until one is saved."""
        try:
            yield
        except NotSaved as refused:
            self._note_trouble(str(refused))
            raise

    @contextlib.contextmanager
    def _selecting(self, wanted: bool) -> Iterator[None]:
        """Boxes are selected after the edit, so nothing need be said of those that it takes out of the selection."""
        was, self._will_select = self._will_select, wanted
        try:
            yield
        finally:
            self._will_select = was

    def _note_trouble(self, sentence: str) -> None:
        if sentence != self._trouble:
            self._trouble = sentence
            self.trouble_changed.emit()

    @property
    def will_select(self) -> bool:
        """Whether the edit under way ends with boxes selected: until then the selection is not the last word."""
        return self._will_select

    def _travelled(self, change: Change | None) -> Change | None:
        if change is not None:
            touched = [key for key, record in change.after.items() if isinstance(record, Capability)]
            content = [key for key in touched if change.before[key] is None or _more_than_position(change, key)]
            self.select(content or touched[:1])
        return change

    def _after_change(self, change: Change) -> None:
        self._note_trouble("")
        matches_others = self._filtered is not None and self._filtered.follow(change)
        gone = {key for key, record in change.after.items() if record is None}
        if gone & self._collapsed:
            self._collapsed -= gone
        if self._root in gone:
            self._root = None
            self.view_changed.emit()
        if gone.intersection(self._selection):
            self._selection = tuple(key for key in self._selection if key not in gone)
        self.changed.emit(change)
        self._colour_first_scores(change)
        if matches_others:
            self.filter_changed.emit()
        if not self._will_select:
            self.select(self._selection)

    # -- selection -----------------------------------------------------------------------------------

    @property
    def selection(self) -> tuple[str, ...]:
        """The ids of the selected capabilities, the current one last."""
        return self._selection

    @property
    def current(self) -> str | None:
        """The id of the capability that the keys act on: the one selected last."""
        return self._selection[-1] if self._selection else None

    def select(self, record_ids: Iterable[str]) -> None:
        """Select these capabilities, the current one last. Ids that are not in the map are left out."""
        selection = tuple(dict.fromkeys(key for key in record_ids if isinstance(self.map.get(key), Capability)))
        self._selection = selection
        if selection != self._told_selection:
            self._told_selection = selection
            self.selection_changed.emit()

    # -- how it is looked at -------------------------------------------------------------------------

    @property
    def lens(self) -> Lens:
        """The lens that colours the map."""
        return self._lens

    def set_lens(self, lens: Lens) -> None:
        """Colour the map by another lens."""
        self._lens_is_chosen = True
        if lens is not self._lens:
            self._lens = lens
            self.lens_changed.emit()

    def _colour_first_scores(self, change: Change) -> None:
        """Colours come with the first capability that is assessed, unless someone chose the lens."""
        plain = self._lens is LENSES["plain"] and not self._lens_is_chosen
        if plain and any(isinstance(new, Capability) and is_assessed(new) for new in change.after.values()):
            self._lens = default_lens(self.map)
            self.lens_changed.emit()

    @property
    def chips(self) -> frozenset[str]:
        """Which chips the boxes carry: of CHIPS."""
        return self._chips

    def show_chips(self, chips: Iterable[str]) -> None:
        """Let the boxes carry these chips."""
        wanted = frozenset(chips)
        if wanted != self._chips:
            self._chips = wanted
            self.lens_changed.emit()

    @property
    def moment(self) -> dt.date | None:
        """The day whose services and projects the chips count; None for the present, with every link."""
        return self._moment

    @property
    def counted(self) -> Callable[[Link], bool] | None:
        """Says of a link whether the chips count it; None: they count all."""
        return self._counted

    def show_moment(self, moment: dt.date | None, counted: Callable[[Link], bool] | None) -> None:
        """Let the chips count what is there on another day; None for both gives the present back."""
        if (moment, counted) != (self._moment, self._counted):
            self._moment, self._counted = moment, counted
            self.lens_changed.emit()

    @property
    def depth(self) -> int | None:
        """How many levels are shown; None for all."""
        return self._depth

    @property
    def root(self) -> str | None:
        """The branch that is shown alone; None for the whole map."""
        return self._root

    @property
    def collapsed(self) -> frozenset[str]:
        """The ids of the boxes whose children are hidden."""
        return self._collapsed

    def show_levels(self, depth: int | None) -> None:
        """Show this many levels (None: all), every box open."""
        self._depth, self._collapsed = depth, frozenset()
        self.view_changed.emit()

    def show_branch(self, root: str | None) -> None:
        """Show one branch alone; None for the whole map."""
        if root != self._root:
            self._root = root
            self.view_changed.emit()

    def look_at(self, root: str | None, depth: int | None, collapsed: frozenset[str] = frozenset()) -> None:
        """Show one branch alone (None: the whole map) down to so many levels (None: all), every box open but the
        ``collapsed``, in one go.
        """
        if (root, depth, collapsed) != (self._root, self._depth, self._collapsed):
            self._root, self._depth, self._collapsed = root, depth, collapsed
            self.view_changed.emit()

    def set_collapsed(self, record_ids: Sequence[str], collapsed: bool) -> None:
        """Hide or show the children of these boxes."""
        ids = frozenset(key for key in record_ids if self.map.has_children(key))
        wanted = self._collapsed | ids if collapsed else self._collapsed - ids
        if wanted != self._collapsed:
            self._collapsed = wanted
            self.view_changed.emit()

    # -- the filter ----------------------------------------------------------------------------------

    @property
    def filter(self) -> Filter:
        """The filter that is on; NO_FILTER for none."""
        return self._filtered.wanted if self._filtered is not None else NO_FILTER

    @property
    def hides(self) -> bool:
        """Whether boxes that do not match are hidden; else they are dimmed."""
        return self._hides

    @property
    def matches(self) -> frozenset[str] | None:
        """The ids of the boxes that match the filter; None without one."""
        return self._filtered.matches if self._filtered is not None else None

    @property
    def matched(self) -> tuple[int, int]:
        """How many capabilities match the filter, and how many there are."""
        return (self._filtered.count, self._filtered.total) if self._filtered is not None else (0, 0)

    @property
    def only(self) -> frozenset[str] | None:
        """The ids of the boxes that stay in sight while the others are hidden; None where none are."""
        return self._filtered.shown if self._filtered is not None and self._hides else None

    def in_sight(self, record_ids: Iterable[str]) -> list[str]:
        """Those of these boxes that the filter does not hide."""
        only = self.only
        return [key for key in record_ids if only is None or key in only]

    def set_filter(self, wanted: Filter, *, hides: bool | None = None) -> None:
        """Dim or hide all boxes but those that match; ``hides`` None leaves it at what it was."""
        hides = self._hides if hides is None else hides
        if (wanted, hides) == (self.filter, self._hides):
            return
        self._filtered = Filtered(self.map, wanted, today=dt.date.today()) if wanted else None
        self._hides = hides
        self.filter_changed.emit()

    def keep_in_sight(self, record_ids: Iterable[str]) -> None:
        """Do not hide these boxes, until another filter is set."""
        if self._filtered is not None and self._hides and self._filtered.keep(record_ids):
            self.filter_changed.emit()


def _more_than_position(change: Change, key: str) -> bool:
    """Whether a box was moved to another parent or altered, not just renumbered."""
    before, after = change.before[key], change.after[key]
    if not isinstance(before, Capability) or not isinstance(after, Capability):
        return True
    import dataclasses

    return dataclasses.replace(before, position=after.position) != after
