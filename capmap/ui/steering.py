"""Steering: what menus and keys do to the way in which boxes are laid out inside their boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject

from capmap.errors import EditError
from capmap.model import edits, steering
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.ordering import why_in_order
from capmap.model.records import Capability
from capmap.model.steering import PRESETS, Preset, Shape
from capmap.ui.boxedits import BoxEdits
from capmap.ui.canvas.canvas import Canvas
from capmap.ui.workspace import Workspace

_SAME_LINE = 0.5
"""Points by which boxes of one row may differ."""


class Steering(QObject):
    """Steers the boxes inside the selected ones; with none selected those of the branch that is shown alone, or of the
    whole map, which has areas only.
    """

    def __init__(self, workspace: Workspace, boxes: BoxEdits, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._workspace = workspace
        self._boxes = boxes
        self._canvas = canvas

    @property
    def _map(self) -> Map:
        return self._workspace.map

    @property
    def holders(self) -> Sequence[str]:
        """The boxes that have what is steered inside them."""
        shown = self._workspace
        if not shown.selection:
            return [shown.root] if shown.root is not None and self._map.has_children(shown.root) else []
        return [key for key in shown.selection if self._map.has_children(key)]

    @property
    def is_whole(self) -> bool:
        """Whether the whole map is meant, which has no record to keep columns or an order in."""
        return not self._workspace.selection and self._workspace.root is None

    @property
    def holder(self) -> Capability | None:
        """The one box whose inside is steered; None if there are several or none."""
        holders = self.holders
        return self._map.capability(holders[0]) if len(holders) == 1 else None

    # -- verbs ---------------------------------------------------------------------------------------

    def arrange(self, preset: Preset) -> None:
        """Arrange the boxes inside by a preset."""
        if self.is_whole and preset is PRESETS[0]:
            self._boxes.commit(lambda: steering.free_inside(self._map, None))
        else:
            self._boxes.commit(lambda: steering.arrange_inside(self._map, self.holders, preset))

    def shape(self, shape: Shape) -> None:
        """Arrange the boxes inside by areas."""
        self._boxes.commit(lambda: steering.shape_inside(self._map, self._holder_of_areas(), shape))

    def _holder_of_areas(self) -> str | None:
        holder = self.holder
        if holder is None and not self.is_whole:
            raise EditError("Select one box that has boxes inside, or none for the whole map.")
        return holder.id if holder is not None else None

    def order(self, order_by: str) -> None:
        """Keep the boxes inside in the order of a field; empty for map order."""
        self._boxes.commit(lambda: steering.order_inside(self._map, self.holders, order_by))

    def place(self, area: str | None) -> None:
        """Put the selected boxes into an area of the box around them."""
        self._boxes.commit(lambda: steering.place_in_area(self._map, self._workspace.selection, area))

    def put(self, **values: Any) -> None:
        """Columns, direction or equal sizes for the boxes inside."""
        self._boxes.commit(lambda: steering.steer(self._map, self.holders, **values))

    def turn(self) -> None:
        """From rows to columns and back."""
        holders = [self._map.capability(key) for key in self.holders]
        to_columns = any(holder.direction != "columns" for holder in holders)
        self.put(direction="columns" if to_columns else None)

    def make_equal(self) -> None:
        """All boxes inside of one size, or each of its own again."""
        holders = [self._map.capability(key) for key in self.holders]
        self.put(equal=True if not all(holder.equal for holder in holders) else None)

    def widen(self, columns: int) -> None:
        """So many columns more, or fewer, than there are now; one step of undo for a run of presses."""
        holders = self.holders
        wanted = {key: self._columns_of(key) + columns for key in holders}
        merge = f"columns:{':'.join(holders)}"
        self._boxes.commit(lambda: steering.set_columns(self._map, wanted), merge=merge)

    def _columns_of(self, record_id: str) -> int:
        """How many columns the boxes inside this one stand in, as given, else as seen."""
        capability, inside = self._map.capability(record_id), len(self._map.child_ids(record_id))
        if capability.columns:
            return min(capability.columns, inside)
        box = self._canvas.arrangement.layout.index.get(record_id)
        if box is None or not box.children:
            return min(2, inside)
        if capability.direction == "columns":
            return len({round(child.x / _SAME_LINE) for child in box.children})
        rows = [round(child.y / _SAME_LINE) for child in box.children]
        return max(rows.count(row) for row in set(rows))

    def sort_once(self, field: str, *, descending: bool) -> None:
        """Sort the boxes inside the current one, or the areas of the map, once, for good."""
        current, parent = self._map, self._workspace.current

        def sorted_children() -> Change:
            if why := why_in_order(current, parent):
                raise EditError(why)
            return edits.sort_children(current, parent, field, descending=descending)

        self._boxes.commit(sorted_children)
