"""SavedViews: what the window does with the saved views of its map: show one, save and update what is seen now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from capmap.lens.catalogue import lens_by_name, names_of
from capmap.model import views
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import View
from capmap.model.views import Sight, sight_of, views_of
from capmap.ui.views.viewlist import ViewList

if TYPE_CHECKING:
    from capmap.ui.mainwindow import MainWindow

WITH_KEYS = 9
"""So many views have a key of their own."""


class SavedViews(QObject):
    """The views are records of the map: every edit of them is a step that undo takes back; showing one is none."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._list: ViewList | None = None
        self._shown: str | None = None

    def watch(self) -> None:
        """Another desk stands in the window, or none."""
        self._opened()
        if self._window.desk is not None:
            self._window.desk.workspace.opened.connect(self._opened)

    def _opened(self) -> None:
        self._shown = None
        if self._list is not None:
            self._list.close()
            self._list = None

    # -- what there is -------------------------------------------------------------------------------

    @property
    def all(self) -> list[View]:
        """The views of the open map, in their order."""
        desk = self._window.desk
        return views_of(desk.workspace.map) if desk is not None else []

    @property
    def shown(self) -> View | None:
        """The view that was shown or saved last; what is seen now may be another by now."""
        desk = self._window.desk
        record = desk.workspace.map.get(self._shown) if desk is not None else None
        return record if isinstance(record, View) else None

    def at(self, place: int) -> View | None:
        """The view at a place of the list, counted from 0."""
        there = self.all
        return there[place] if place < len(there) else None

    def sight(self) -> Sight:
        """How the map is looked at now."""
        desk = self._window.map_desk
        shown = desk.workspace
        return Sight(
            root=shown.root,
            depth=shown.depth,
            folded=shown.collapsed,
            lens=shown.lens.name,
            chips=shown.chips,
            filter=shown.filter,
            hides=shown.hides,
            part=desk.canvas.part,
        )

    # -- verbs ---------------------------------------------------------------------------------------

    def show(self, view: View) -> None:
        """Look at the map as this view keeps it. What the map no longer has is passed over, and told."""
        desk = self._window.map_desk
        shown = desk.workspace
        sight, missing = sight_of(view, shown.map, names_of(shown.map))
        shown.set_filter(sight.filter, hides=sight.hides)
        shown.look_at(sight.root, sight.depth, sight.folded)
        lens = lens_by_name(sight.lens, shown.map, shown.moment or dt.date.today())
        if lens is not None:
            shown.set_lens(lens)
        shown.show_chips(sight.chips)
        if sight.part is None:
            desk.canvas.zoom_fit()
        else:
            desk.canvas.show_part(sight.part)
        self._shown = view.id
        self._window.actions_set.refresh()
        self._window.tell(f"The view “{view.name}”: {'; '.join(missing)}." if missing else "")

    def show_at(self, place: int) -> None:
        """Look at the map as the view at this place keeps it."""
        view = self.at(place)
        if view is not None:
            self.show(view)

    def save(self, name: str) -> bool:
        """Keep what is seen now under a name; whether that could be done."""
        change = self._commit(lambda: views.save_view(self._map, name, views.as_data(self.sight())))
        if change is None:
            return False
        self._shown = next(iter(change.after))
        self._window.actions_set.refresh()
        return True

    def update(self, view: View) -> None:
        """Let a view keep what is seen now."""
        if self._commit(lambda: views.update_view(self._map, view.id, views.as_data(self.sight()))) is not None:
            self._shown = view.id
            self._window.tell(f"The view “{view.name}” is what you see now.")

    def update_shown(self) -> None:
        """Let the view that was shown last keep what is seen now."""
        if self.shown is not None:
            self.update(self.shown)

    def rename(self, view: View, name: str) -> None:
        """Give a view another name."""
        if name.strip() and name != view.name:
            self._commit(lambda: views.rename_view(self._map, view.id, name))

    def move(self, view: View, steps: int) -> None:
        """Move a view down (up, if negative) in the list, and so to another key."""
        self._commit(lambda: views.move_view(self._map, view.id, steps))

    def remove(self, view: View) -> None:
        """Remove a view."""
        window = self._window
        if self._commit(lambda: views.remove_view(self._map, view.id)) is not None:
            window.tell(
                f"The view “{view.name}” is removed.",
                offer="Undo",
                act=lambda: window.attempt(window.map_desk.undo),
            )

    def open_list(self, *, to_save: bool = False) -> None:
        """Open the list of views, the keys in the field for a new name or in the list."""
        desk = self._window.map_desk
        if self._list is None:
            self._list = ViewList(self, desk.workspace, self._window)
        self._list.open_beside(to_save=to_save)

    @property
    def _map(self) -> Map:
        return self._window.map_desk.workspace.map

    def _commit(self, edit: Callable[[], Change]) -> Change | None:
        """Commit an edit of the views; None, with the reason told, if it was refused."""
        workspace = self._window.map_desk.workspace

        def deed() -> Change:
            change = edit()
            workspace.commit(change)
            return change

        return self._window.attempt(deed)
