"""Lensing: what the window does with the lenses of its map: look through one, make, change, copy, remove them, and
keep the one that is looked through in step with the map.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from capmap.lens.builtin import LENSES, default_lens
from capmap.lens.catalogue import Entry, lens_by_name, own_entries, rule_by_name, taken_names
from capmap.lens.lens import Lens
from capmap.model import lenses
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Attribute, Record, SavedLens, Settings

if TYPE_CHECKING:
    from capmap.analysis.measures import Measured
    from capmap.model.lensrules import Rule
    from capmap.ui.desk import Desk
    from capmap.ui.files.background import Job
    from capmap.ui.lenses.editor import LensEditor
    from capmap.ui.mainwindow import MainWindow

LISTED = 20
"""So many lenses of a map's own stand in the menu."""

_CHEAP = 5_000
"""Records; on a larger map what a lens reads of the whole map is reckoned aside."""

_PAUSE_MS = 350
_WIDTH = 370


class Lensing(QObject):
    """Saved lenses are records of the map: every edit of them is a step that undo takes back; to look through one is
    none.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._desk: Desk | None = None
        self._editor: LensEditor | None = None
        self._job: Job | None = None
        self._before: Lens | None = None
        """What was looked through before a lens was edited."""
        self._shows = False
        self._moment: dt.date | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._again)

    def watch(self) -> None:
        """Another desk stands in the window, or none."""
        self._pause.stop()
        self._stop()
        self._editor = self._before = None
        self._desk = desk = self._window.desk
        if desk is not None:
            desk.workspace.changed.connect(self._map_changed)
            desk.workspace.lens_changed.connect(self._lens_changed)
            desk.workspace.opened.connect(self._opened)

    def _opened(self) -> None:
        """Another map has other lenses; one that only the last map had cannot be looked through any more."""
        self._stop()
        self._pause.stop()
        self._close_editor()
        shown = self._window.map_desk.workspace
        if shown.lens.name not in LENSES:
            self._set(default_lens(shown.map))

    # -- what there is -------------------------------------------------------------------------------

    @property
    def all(self) -> list[Entry]:
        """The lenses that only this map has: saved ones, then those of its own attributes."""
        return own_entries(self._window.desk.workspace.map) if self._window.desk is not None else []

    def at(self, place: int) -> Entry | None:
        """The one at a place of that list, counted from 0."""
        there = self.all
        return there[place] if place < len(there) else None

    def is_shown(self, place: int) -> bool:
        """Whether that one colours the map."""
        entry, desk = self.at(place), self._window.desk
        return entry is not None and desk is not None and desk.workspace.lens.name == entry.name

    @property
    def saved(self) -> SavedLens | None:
        """The saved lens that colours the map; None if it is no saved one."""
        desk = self._window.desk
        record = desk.workspace.map.get(desk.workspace.lens.name) if desk is not None else None
        return record if isinstance(record, SavedLens) else None

    @property
    def is_editing(self) -> bool:
        """Whether the editor is open."""
        return self._editor is not None and not self._editor.isHidden()

    # -- looking -------------------------------------------------------------------------------------

    def choose_at(self, place: int) -> None:
        """Look through the lens at a place of the list."""
        entry = self.at(place)
        if entry is not None:
            self.choose(entry.name)

    def choose(self, name: str) -> None:
        """Look through the lens of this name."""

        def done(lens: Lens | None) -> None:
            if lens is not None:
                self._window.map_desk.workspace.set_lens(lens)
                if lens.trouble:
                    self._window.refuse(f"The lens “{lens.title}”: {lens.trouble}")

        self._find(name, done)

    def _find(self, name: str, done: Callable[[Lens | None], None]) -> None:
        """Make the lens of this name, aside where that takes long."""
        on = self._on
        self._make(lambda current: lens_by_name(name, current, on), done, self._window.refuse)

    def _make(self, make: Callable[[Map], object], done: Callable, failed: Callable[[str], None]) -> None:  # type: ignore[type-arg]
        """Make something of the map as it is: at once, or of a large one aside."""
        from capmap.errors import CapMapError

        self._stop()
        current = self._window.map_desk.workspace.map
        if len(current) <= _CHEAP:
            try:
                made = make(current)
            except CapMapError as problem:
                failed(str(problem))
            else:
                done(made)
            return
        records = list(current)
        job = self._window.background.run("Reckoning the colours…", lambda _: make(Map(records)), done, failed)
        self._job = job
        job.ended.connect(lambda: self._ended(job))

    def _ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @property
    def _on(self) -> dt.date:
        return self._window.map_desk.workspace.moment or dt.date.today()

    def _set(self, lens: Lens) -> None:
        """Look through a lens that nobody has just chosen."""
        self._shows = True
        self._window.map_desk.workspace.set_lens(lens)
        self._shows = False

    # -- following the map ---------------------------------------------------------------------------

    def _map_changed(self, change: Change) -> None:
        shown = self._window.map_desk.workspace
        name, lens = shown.lens.name, shown.lens
        if self.is_editing or name in LENSES:
            return
        sides = [side for key, old in change.before.items() for side in (old, change.after[key]) if side is not None]
        if name in change.after and change.after[name] is None:
            self._set(default_lens(shown.map))
        elif any(_shapes_lenses(side) for side in sides):
            self._again()
        elif lens.reads == "map" or any(stripe.reads == "map" for stripe in lens.stripes):
            self._pause.start()

    def _again(self) -> None:
        """Make the lens that is looked through anew."""
        if self._window.desk is None or self.is_editing:
            return
        name = self._window.desk.workspace.lens.name

        def done(lens: Lens | None) -> None:
            shown = self._window.map_desk.workspace
            if shown.lens.name == name:
                self._set(lens if lens is not None else default_lens(shown.map))

        self._find(name, done)

    def _lens_changed(self) -> None:
        """Somebody chose another lens, or the services and projects of another day."""
        shown = self._window.map_desk.workspace
        if shown.moment != self._moment:
            self._moment = shown.moment
            if shown.lens.reads != "box":
                self._again()
        if self.is_editing and not self._shows and self._editor is not None:
            self._close_editor()

    # -- editing -------------------------------------------------------------------------------------

    def new(self) -> None:
        """Make a lens, beginning from the one that is looked through."""
        self._begin(None)

    def edit(self, *, name_first: bool = False) -> None:
        """Edit the saved lens that is looked through; of any other make one of one's own."""
        self._begin(self.saved, name_first=name_first)

    def _begin(self, saved: SavedLens | None, *, name_first: bool = False) -> None:
        from capmap.model.lensrules import Measure, Rule, Scale

        desk = self._window.map_desk
        shown = desk.workspace
        if self.is_editing:
            self._close_editor(restore=True)
        found: Rule | None = None
        if saved is not None or shown.lens.name not in LENSES or shown.lens.steps:
            found = self._window.attempt(lambda: rule_by_name(shown.lens.name, shown.map, self._on))
        rule = found or Rule(Measure("field", "maturity"), Scale("terracotta", (2.0, 3.0, 4.0, 5.0)))
        self._before = shown.lens
        editor = self.editor
        desk.open_beside(editor)
        editor.begin(rule, saved.name if saved is not None else "", saved.id if saved is not None else None)
        if name_first:
            editor.name.selectAll()
            editor.name.setFocus()
        else:
            editor.measure.source.setFocus()

    @property
    def editor(self) -> LensEditor:
        """The panel in which a lens is made, once there is a map."""
        if self._editor is None:
            from capmap.ui.lenses.editor import LensEditor

            desk = self._window.map_desk
            editor = LensEditor(desk.workspace, self._window.appearance, self._take, desk)
            editor.hide()
            editor.previewed.connect(self._set)
            editor.save_wanted.connect(self._save)
            editor.left.connect(self._cancel)
            desk.put_beside(editor, _WIDTH)
            self._editor = editor
        return self._editor

    def _take(
        self,
        take: Callable[[Map], Measured],
        done: Callable[[Measured], None],
        failed: Callable[[str], None],
    ) -> None:
        self._make(take, done, failed)

    def _save(self, name: str, rule: Rule) -> None:
        editor, shown = self.editor, self._window.map_desk.workspace
        taken, lens_id = taken_names(shown.map), editor.lens_id

        def change() -> Change:
            if lens_id is None:
                return lenses.add_lens(shown.map, name, rule, taken)
            return lenses.alter_lens(shown.map, lens_id, name, rule, taken)

        made = self._commit(change)
        if made is not None:
            key = lens_id or next(iter(made.after))
            self._close_editor()
            self.choose(key)
            self._window.tell(f"The lens “{name}” is kept in the map.")
            self._window.focus_map()

    def _cancel(self) -> None:
        self._close_editor(restore=True)
        self._window.focus_map()

    def _close_editor(self, *, restore: bool = False) -> None:
        editor, before = self._editor, self._before
        if editor is None or editor.isHidden():
            return
        self._before = None
        self._stop()
        self._window.map_desk.close_beside(editor)
        if restore and before is not None:
            self._set(before)

    def duplicate(self) -> None:
        """Keep the saved lens that is looked through once more, and look through the copy."""
        saved, shown = self.saved, self._window.map_desk.workspace
        if saved is None:
            return
        key = saved.id
        made = self._commit(lambda: lenses.duplicate_lens(shown.map, key, taken_names(shown.map)))
        if made is not None:
            self.choose(next(iter(made.after)))

    def remove(self) -> None:
        """Remove the saved lens that is looked through."""
        saved, window = self.saved, self._window
        if saved is None:
            return
        key, name = saved.id, saved.name
        if self._commit(lambda: lenses.remove_lens(window.map_desk.workspace.map, key)) is not None:
            window.tell(
                f"The lens “{name}” is removed.",
                offer="Undo",
                act=lambda: window.attempt(window.map_desk.undo),
            )

    def _commit(self, edit: Callable[[], Change]) -> Change | None:
        """Commit an edit of the lenses; None, with the reason told, if it was refused."""
        workspace = self._window.map_desk.workspace

        def deed() -> Change:
            change = edit()
            workspace.commit(change)
            return change

        return self._window.attempt(deed)


def _shapes_lenses(record: Record) -> bool:
    """Whether a change of such a record can make other lenses."""
    return isinstance(record, SavedLens | Attribute | Settings)
