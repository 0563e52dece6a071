"""LayoutSection: how the boxes inside the selected ones are laid out, and where these stand in the box around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from capmap.errors import CapMapError
from capmap.model import ordering, steering
from capmap.model.change import Change
from capmap.model.records import DIRECTIONS, Capability
from capmap.model.steering import AREA_LABELS, ONE_ROW, PRESETS, SHAPES, Preset, Shape
from capmap.ui.panels.fieldeditors import MIXED, Value
from capmap.ui.panels.picker import Choice, Picker
from capmap.ui.parts.elided import ElidedLabel
from capmap.ui.workspace import Workspace

_MOST_COLUMNS = 12
_BACKWARDS = {"text": "Z to A", "words": "Z to A", "choice": "Last first", "date": "Latest first"}
"""What the other way round is called, by the type of a field."""

_CELLS = {"top": (0, 1), "left": (1, 0), "centre": (1, 1), "right": (1, 2), "bottom": (2, 1)}
"""Where the button of each area stands: as on the map."""


class LayoutSection(QWidget):
    """``refused`` carries why something cannot be."""

    refused = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._ids: tuple[str, ...] = ()
        self._title = ElidedLabel(self)
        self._place_title = ElidedLabel(self)
        for title in (self._title, self._place_title):
            title.setProperty("role", "quiet")
        self.arrangement = Picker("Arrangement of the boxes inside", self)
        self.columns = Picker("Columns", self)
        self.direction = Picker("Direction", self, [("In rows", None), ("In columns", "columns")])
        self.order = Picker("Order of the boxes inside", self)
        self.descending = QPushButton("Highest first", self)
        self.descending.setProperty("cell", True)
        self.descending.setCheckable(True)
        self.equal = QCheckBox("Equal sizes", self)
        self.areas: dict[str, QPushButton] = {}
        self._place = self._place_cells()
        self._steered = QWidget(self)
        self._lay_out()
        self.arrangement.picked.connect(self._arrange)
        self.columns.picked.connect(lambda value: self._put(columns=value))
        self.direction.picked.connect(lambda value: self._put(direction=value))
        self.equal.clicked.connect(lambda: self._put(equal=True if self.equal.isChecked() else None))
        self.order.picked.connect(lambda field: self._order(field, self.descending.isChecked()))
        self.descending.clicked.connect(lambda: self._order(self._field(), self.descending.isChecked()))

    def _place_cells(self) -> QWidget:
        place = QWidget(self)
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for area, (row, column) in _CELLS.items():
            button = QPushButton(AREA_LABELS[area], place)
            button.setProperty("cell", True)
            button.setCheckable(True)
            button.setFixedHeight(24)
            button.setAccessibleName(f"Place: {AREA_LABELS[area]}")
            button.clicked.connect(lambda _=False, area=area: self._put_into(area))
            grid.addWidget(button, row, column)
            self.areas[area] = button
        return place

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self._steered)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        for left, right in ((self.columns, self.direction), (self.order, self.descending)):
            pair = QHBoxLayout()
            pair.setSpacing(6)
            pair.addWidget(left, 3)
            pair.addWidget(right, 2)
            inside.addLayout(pair)
        inside.addWidget(self.equal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self.arrangement)
        column.addWidget(self._steered)
        column.addSpacing(4)
        column.addWidget(self._place_title)
        column.addWidget(self._place)

    # -- show ----------------------------------------------------------------------------------------

    def show_boxes(self, record_ids: Sequence[str]) -> None:
        """Show how these boxes are laid out; none stands for the branch that is shown alone, or the whole map."""
        self._ids = tuple(record_ids)
        self.refresh()

    def refresh(self) -> None:
        """Show it as it is now."""
        current = self._workspace.map
        boxes = [box for key in self._ids if isinstance(box := current.get(key), Capability)]
        holders = self._holders()
        self._show_inside(holders, is_whole=not boxes and self._workspace.root is None)
        for widget in (self._place_title, self._place):
            widget.setVisible(bool(boxes))
        if boxes:
            self._place_title.set_text(self._place_of({box.parent for box in boxes}))
            areas = {box.area for box in boxes}
            for area, button in self.areas.items():
                button.setChecked(areas == {area})
        self.setEnabled(not self._workspace.document.why_read_only)

    def _place_of(self, around: set[str | None]) -> str:
        parent = self._workspace.map.get(next(iter(around)))
        if len(around) > 1:
            return "Place in the boxes around"
        return f"Place in {parent.name}" if isinstance(parent, Capability) else "Place on the map"

    def _holders(self) -> list[Capability]:
        """The boxes whose inside is steered here."""
        current, root = self._workspace.map, self._workspace.root
        ids = self._ids or ((root,) if root is not None else ())
        return [current.capability(key) for key in ids if key in current and current.has_children(key)]

    def _show_inside(self, holders: Sequence[Capability], *, is_whole: bool) -> None:
        current = self._workspace.map
        tops = len(current.child_ids(None))
        self.arrangement.setVisible(bool(holders) or (is_whole and tops > 1))
        self._title.setVisible(self.arrangement.isVisibleTo(self))
        self._steered.setVisible(bool(holders))
        if is_whole:
            self._title.set_text("Layout of the whole map")
            self._show_arrangement([PRESETS[0]], current.children(None), None)
        if not holders:
            return
        count = sum(len(current.child_ids(holder.id)) for holder in holders)
        self._title.set_text(f"Layout of the {count:,} {'box' if count == 1 else 'boxes'} inside")
        inside = current.children(holders[0].id) if len(holders) == 1 else []
        self._show_arrangement(PRESETS, inside, holders)
        columns = common(holders, "columns")
        self.columns.offer(_column_choices(columns))
        self.columns.show_value(columns)
        self.direction.show_value("columns" if common(holders, "direction") == "columns" else _rows(holders))
        self.equal.setChecked(all(holder.equal for holder in holders))
        orders = {holder.order_by for holder in holders}
        fields = {ordering.ordering_field(current, order) for order in orders}
        self.order.offer(self._order_choices())
        self.order.show_value(fields.pop() if len(fields) == 1 else MIXED, "Map order")
        self.descending.setChecked(all(order.startswith("-") for order in orders))
        self.descending.setEnabled(any(orders))
        self.descending.setText(_BACKWARDS.get(ordering.type_of(current, str(self._field())), "Highest first"))

    def _show_arrangement(
        self, presets: Sequence[Preset], inside: Sequence[Capability], holders: Sequence[Capability] | None
    ) -> None:
        shapes: Sequence[Shape] = SHAPES if holders is None or len(holders) == 1 else ()
        choices: list[Choice] = [(preset.label, preset) for preset in presets]
        self.arrangement.offer([*choices, *((shape.label, shape) for shape in shapes)])
        shown: Value = None
        in_areas = any(box.area is not None for box in inside)
        if not in_areas:
            fitting = [preset for preset in presets if all(_is_so(holder, preset) for holder in holders or ())]
            shown = fitting[0] if fitting else MIXED if holders and len(holders) > 1 else None
        self.arrangement.show_value(shown, "By places" if in_areas else "Of its own")

    def _order_choices(self) -> list[Choice]:
        current = self._workspace.map
        fields = ordering.orderings(current)
        return [("Map order", ""), *((f"By {ordering.label_of(current, field)}", field) for field in fields)]

    # -- edit ----------------------------------------------------------------------------------------

    def _commit(self, edit: Callable[[], Change]) -> None:
        try:
            self._workspace.commit(edit())
        except CapMapError as problem:
            self.refused.emit(str(problem))
        self.refresh()

    def _arrange(self, chosen: object) -> None:
        current, holders = self._workspace.map, self._holders()
        first = holders[0].id if holders else None
        if isinstance(chosen, Shape):
            self._commit(lambda: steering.shape_inside(current, first, chosen))
        elif isinstance(chosen, Preset) and first is None:
            self._commit(lambda: steering.free_inside(current, None))
        elif isinstance(chosen, Preset):
            self._commit(lambda: steering.arrange_inside(current, [holder.id for holder in holders], chosen))

    def _put(self, **values: Value) -> None:
        ids = [holder.id for holder in self._holders()]
        self._commit(lambda: steering.steer(self._workspace.map, ids, **values))

    def _field(self) -> object:
        """The field that is shown as the order."""
        holders = self._holders()
        return ordering.ordering_field(self._workspace.map, holders[0].order_by) if holders else ""

    def _order(self, field: object, descending: bool) -> None:
        ids = [holder.id for holder in self._holders()]
        order_by = f"-{field}" if descending and field else str(field)
        self._commit(lambda: steering.order_inside(self._workspace.map, ids, order_by))

    def _put_into(self, area: str) -> None:
        """Into an area; out of it where all the boxes are in it already."""
        current = self._workspace.map
        ids = [key for key in self._ids if key in current]
        leaves = all(current.capability(key).area == area for key in ids)
        self._commit(lambda: steering.place_in_area(current, ids, None if leaves else area))


def common(boxes: Sequence[Capability], field: str) -> Value:
    """The value that all these boxes have, or MIXED."""
    values = [getattr(box, field) for box in boxes]
    return values[0] if all(value == values[0] for value in values) else MIXED


def _rows(holders: Sequence[Capability]) -> Value:
    return MIXED if any(holder.direction == DIRECTIONS[1] for holder in holders) else None


def _is_so(holder: Capability, preset: Preset) -> bool:
    return all((getattr(holder, key) or None) == value for key, value in preset.values.items())


def _column_choices(columns: Value) -> list[Choice]:
    choices: list[Choice] = [("Any columns", None)]
    choices += [("1 column" if number == 1 else f"{number} columns", number) for number in range(1, _MOST_COLUMNS + 1)]
    if isinstance(columns, int) and _MOST_COLUMNS < columns < ONE_ROW:
        choices.append((f"{columns} columns", columns))
    return [*choices, ("One row", ONE_ROW)]
