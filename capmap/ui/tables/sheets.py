"""Sheets: what all tables of the open map share: its names, how this place writes, and the door to the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QDate, QLocale, QObject

from capmap.exchange.grid import cells
from capmap.exchange.grid.columns import GridColumn
from capmap.exchange.grid.forms import Form
from capmap.exchange.grid.names import Names
from capmap.exchange.grid.rows import RowTexts
from capmap.exchange.grid.writing import Written, write
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import SETTINGS_ID, Record
from capmap.ui.parts.writing import form_of
from capmap.ui.tables.sharedoubts import ShareDoubts
from capmap.ui.workspace import Workspace


class Sheets(QObject):
    """Follows the map. Make it before the tables, so that names are known when rows change."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.names = Names(workspace.map)
        self._form: Form | None = None
        self._doubts = ShareDoubts()
        workspace.changed.connect(self._follow)
        workspace.opened.connect(self._begin)

    def _begin(self) -> None:
        self.names = Names(self.map)
        self._form = None
        self._doubts.forget()

    def _follow(self, change: Change) -> None:
        self.names.follow(change)
        self._doubts.forget()
        if SETTINGS_ID in change.after:
            self._form = None

    @property
    def map(self) -> Map:
        """The map of the open document."""
        return self.workspace.map

    @property
    def why_read_only(self) -> str:
        """Why nothing can be edited; empty if it can."""
        return self.workspace.document.why_read_only

    @property
    def form(self) -> Form:
        """How this place writes numbers and days, and the currency of the map."""
        if self._form is None:
            self._form = form_of(self.map)
        return self._form

    def write(
        self, columns: Sequence[GridColumn], kind: str, rows: Sequence[RowTexts], text: str, *, create: bool = False
    ) -> Written:
        """What these texts make of the map; nothing is committed yet."""
        return write(self.map, self.names, columns, kind, rows, self.form, text, create=create)

    def doubt(self, record: Record, column: GridColumn) -> str:
        """What is wrong with the shares that a cell shows, in a sentence; empty where nothing is."""
        return self._doubts.sentence(self.map, record, column)

    # -- texts ---------------------------------------------------------------------------------------

    def plain(self, record: Record, column: GridColumn) -> str:
        """The text of a cell as it is edited and copied."""
        return cells.plain(self.map, self.names, record, column, self.form)

    def held(self, record: Record, column: GridColumn) -> Any:
        """The value in a cell."""
        return cells.held(self.map, self.names, record, column)

    def shown(self, record: Record, column: GridColumn) -> str:
        """The text of a cell as it is looked at: numbers with their groups, days as this place writes them."""
        value = self.held(record, column)
        if value in (None, "", ()):
            return ""
        locale = QLocale()
        match column.type:
            case "money":
                whole, cents = divmod(value, 100)
                return locale.toString(value / 100, "f", 2) if cents else locale.toString(whole)
            case "number":
                return locale.toString(int(value)) if value == int(value) else self.plain(record, column)
            case "percent":
                return f"{cells.text_of(self.map, self.names, value, column, self.form)} %"
            case "date":
                return _day(locale, value)
        return cells.text_of(self.map, self.names, value, column, self.form)

    def sort_key(self, record: Record, column: GridColumn) -> Any:
        """What a column is sorted by; None for an empty cell."""
        value = self.held(record, column)
        if value in (None, "", ()):
            return None
        if column.type == "choice":
            return column.choices.index(value) if value in column.choices else len(column.choices)
        if column.is_figure or column.type == "flag":
            return value
        if column.type == "date":
            return str(value)
        return cells.text_of(self.map, self.names, value, column, self.form).casefold()


def _day(locale: QLocale, value: Any) -> str:
    """A day as this place writes it, its year in full."""
    if locale.language() == QLocale.Language.C or isinstance(value, str):
        return str(value)
    pattern = locale.dateFormat(QLocale.FormatType.ShortFormat).replace("yyyy", "yy").replace("yy", "yyyy")
    return locale.toString(QDate(value.year, value.month, value.day), pattern)
