"""Kept: which columns of a table are shown, in which order and how wide, remembered for each kind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSettings

from capmap.exchange.grid.columns import GridColumn
from capmap.ui.tables.tableview import TableView

_FIRST = 220
_WIDTHS: Mapping[str, int] = {
    "text": 150,
    "place": 150,
    "ref": 150,
    "links": 220,
    "back": 220,
    "words": 140,
    "choice": 120,
    "date": 110,
    "money": 130,
    "percent": 110,
    "number": 100,
    "score": 90,
    "integer": 90,
    "flag": 80,
}
_PROSE = 260
_CODE = 80
_HEADER_SIDE = 34
_LONGEST_HEADER = 190


def restore(view: TableView, settings: QSettings) -> None:
    """Show the columns as they were shown last, or as they usually are."""
    told = _told(settings, view.table.kind)
    hidden, shown = _words(told.get("hidden")), _words(told.get("shown"))
    widths: Any = told.get("widths")
    header = view.horizontalHeader()
    for place, column in enumerate(view.table.columns):
        hide = place > 0 and (column.key in hidden or (not column.usual and column.key not in shown))
        view.setColumnHidden(place, hide)
        width = widths.get(column.key) if isinstance(widths, dict) else None
        view.setColumnWidth(place, width if isinstance(width, int) and 30 <= width <= 2000 else _usual(view, column))
    order = [place for key in _words(told.get("order")) if (place := view.table.column_of(key)) > 0]
    for target, place in enumerate(order, 1):
        header.moveSection(header.visualIndex(place), target)
    view.frozen.hide_others()


def keep(view: TableView, settings: QSettings) -> None:
    """Remember the columns of a table."""
    header, columns = view.horizontalHeader(), view.table.columns
    before = _told(settings, view.table.kind)
    there = {column.key for column in columns}
    shown = [column.key for place, column in enumerate(columns) if not view.isColumnHidden(place) and not column.usual]
    hidden = [column.key for place, column in enumerate(columns) if view.isColumnHidden(place) and column.usual]
    widths: Any = before.get("widths")
    # Own attributes of other maps are remembered beside those of this one.
    others = {key: width for key, width in widths.items() if key not in there} if isinstance(widths, dict) else {}
    hidden += [key for key in _words(before.get("hidden")) if key not in there]
    here = {
        column.key: view.columnWidth(place) for place, column in enumerate(columns) if not view.isColumnHidden(place)
    }
    told = {
        "order": [columns[header.logicalIndex(place)].key for place in range(len(columns))],
        "shown": shown,
        "hidden": hidden,
        "widths": {**others, **here},
    }
    settings.setValue(f"tables/{view.table.kind}", json.dumps(told))


def _usual(view: TableView, column: GridColumn) -> int:
    """The width that suits what stands in a column, and its header."""
    if column is view.table.columns[0]:
        return _FIRST
    prose = column.type == "text" and column.field is not None and column.field.limit > 1000
    width = _CODE if column.key == "code" else _PROSE if prose else _WIDTHS.get(column.type, 140)
    words = view.horizontalHeader().fontMetrics().horizontalAdvance(column.label) + _HEADER_SIDE
    return max(width, min(words, _LONGEST_HEADER))


def _told(settings: QSettings, kind: str) -> dict[str, Any]:
    """What was remembered; nothing if somebody else wrote there."""
    try:
        told = json.loads(str(settings.value(f"tables/{kind}", "{}")))
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _words(value: Any) -> list[str]:
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
