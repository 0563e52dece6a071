"""Column menu: sort, hide, choose and move columns, and make, alter and remove own ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from capmap.errors import CapMapError, EditError, ValueRefused
from capmap.exchange.grid import cells
from capmap.exchange.grid.columns import NOUNS, own_column
from capmap.model import attributes
from capmap.model.change import Change
from capmap.model.records import Attribute, Record, evolve
from capmap.ui.tables.attributedialog import AttributeDialog
from capmap.ui.tables.tableview import TableView


class ColumnMenu(QObject):
    """The menu of one table's columns. ``told`` is as for TableView; ``changed`` says that other columns are shown."""

    told = Signal(str, str, object)
    removed = Signal(str)
    changed = Signal()

    def __init__(self, view: TableView) -> None:
        super().__init__(view)
        self._view = view
        self.dialog: AttributeDialog | None = None
        for header in (view.horizontalHeader(), view.frozen.horizontalHeader()):
            header.customContextMenuRequested.connect(
                lambda place, header=header: self.menu(header.logicalIndexAt(place)).popup(header.mapToGlobal(place))
            )
            header.sectionClicked.connect(self._clicked)
            header.setSortIndicatorShown(False)

    # -- sort ----------------------------------------------------------------------------------------

    def _clicked(self, place: int) -> None:
        """Lowest first, highest first, as in the map."""
        key, now = self._view.table.columns[place].key, self._view.table.rows.sorted_by
        if now is None or now[0] != key:
            self.sort(place, descending=False)
        elif not now[1]:
            self.sort(place, descending=True)
        else:
            self.sort(None, descending=False)

    def sort(self, place: int | None, *, descending: bool) -> None:
        """Show the rows in the order of a column (None: as in the map)."""
        view = self._view
        view.table.sort_by(None if place is None else view.table.columns[place].key, descending=descending)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        for header in (view.horizontalHeader(), view.frozen.horizontalHeader()):
            header.setSortIndicatorShown(place is not None)
            header.setSortIndicator(-1 if place is None else place, order)

    # -- the menus -----------------------------------------------------------------------------------

    def menu(self, place: int) -> QMenu:
        """What can be done with a column (-1: beside all of them)."""
        view = self._view
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = view.table.columns[place] if 0 <= place < len(view.table.columns) else None
        if column is not None:
            _entry(menu, "Sort, lowest or A first", lambda: self.sort(place, descending=False))
            _entry(menu, "Sort, highest or Z first", lambda: self.sort(place, descending=True))
            if view.table.rows.sorted_by is not None:
                _entry(menu, "Rows as in the map", lambda: self.sort(None, descending=False))
            menu.addSeparator()
            if place > 0:
                _entry(menu, "Hide this column", lambda: self.show_column(place, shown=False))
            if column.attribute is not None:
                attribute = column.attribute
                _entry(menu, "Rename or change this column…", lambda: self.ask_change(attribute))
                _entry(menu, "Remove this column", lambda: self.remove(attribute))
        menu.addMenu(self.choices(menu))
        _entry(menu, "Add a column…", self.ask_new)
        return menu

    def choices(self, parent: Any) -> QMenu:
        """All columns, to be shown or hidden."""
        menu = QMenu("Columns", parent)
        for place, column in enumerate(self._view.table.columns):
            if place == 0:
                continue
            action = menu.addAction(column.label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(not self._view.isColumnHidden(place))
            action.toggled.connect(lambda on, place=place: self.show_column(place, shown=on))
        return menu

    def open_below(self, place: QPoint) -> None:
        """The menu of a button: all columns, and a new one."""
        menu = self.choices(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        _entry(menu, "Add a column…", self.ask_new)
        menu.popup(place)

    def show_column(self, place: int, *, shown: bool) -> None:
        """Show or hide a column."""
        self._view.setColumnHidden(place, not shown)
        if shown and self._view.columnWidth(place) < 40:
            self._view.setColumnWidth(place, 140)
        self.changed.emit()

    # -- own columns ---------------------------------------------------------------------------------

    def ask_new(self) -> None:
        """Ask for the name and type of a new column."""
        view = self._view
        if not self._may_edit():
            return
        kind = view.table.kind
        dialog = self._ask(f"A new column for {NOUNS[kind][1]}", None)
        dialog.wanted.connect(
            lambda name, attribute_type, choices: self._commit(
                lambda: attributes.add(view.table.sheets.map, kind, name, attribute_type, choices)
            )
        )

    def ask_change(self, attribute: Attribute) -> None:
        """Ask for another name, type or choices of a column."""
        if not self._may_edit():
            return
        dialog = self._ask(f"The column {attribute.name}", attribute)
        dialog.wanted.connect(
            lambda name, attribute_type, choices: self._commit(
                lambda: self._altered(attribute, name, attribute_type, choices)
            )
        )

    def _ask(self, title: str, attribute: Attribute | None) -> AttributeDialog:
        self.dialog = AttributeDialog(title, attribute, self._view.window())
        self.dialog.open()
        return self.dialog

    def _altered(self, attribute: Attribute, name: str, attribute_type: str, choices: Any) -> Change:
        sheets = self._view.table.sheets
        old = own_column(attribute)
        new = own_column(evolve(attribute, name=name, type=attribute_type, choices=choices))

        def convert(record: Record, value: Any) -> Any:
            text = cells.text_of(sheets.map, sheets.names, value, old, sheets.form)
            try:
                return cells.read(new, text, sheets.form)
            except ValueRefused as refused:
                label = getattr(record, "name", "") or "a link"
                raise EditError(f"Not all values fit. In {label}: {refused}") from None

        current = sheets.map
        return attributes.alter(
            current, attribute.id, convert, name=name, attribute_type=attribute_type, choices=choices
        )

    def _commit(self, edit: Callable[[], Change]) -> None:
        dialog = self.dialog
        try:
            self._view.table.sheets.workspace.commit(edit())
        except CapMapError as problem:
            if dialog is not None:
                dialog.refuse(str(problem))
            return
        if dialog is not None:
            dialog.accept()
            dialog.deleteLater()
            self.dialog = None
        self._view.setFocus()

    def remove(self, attribute: Attribute) -> None:
        """An own column away, with all that stands in it."""
        if not self._may_edit():
            return
        sheets = self._view.table.sheets
        try:
            count = len(attributes.holding(sheets.map, attribute))
            sheets.workspace.commit(attributes.remove(sheets.map, attribute.id))
        except CapMapError as problem:
            self.told.emit(str(problem), "", None)
            return
        values = f", with {count:,} {'value' if count == 1 else 'values'}" if count else ""
        self.removed.emit(f"Removed the column {attribute.name}{values}.")

    def _may_edit(self) -> bool:
        why = self._view.table.sheets.why_read_only
        if why:
            self.told.emit(why, "", None)
        return not why


def _entry(menu: QMenu, label: str, run: Callable[[], object]) -> None:
    menu.addAction(label).triggered.connect(lambda _=False: run())
