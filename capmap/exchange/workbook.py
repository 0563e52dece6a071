"""Workbook: tables written into sheets of an Excel workbook: typed cells, filters, outlines, drop-downs, colours."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from capmap.model.text import clean_text
from capmap.saving import replacing

Value = str | int | float | dt.date | None

_FORMATS = {"money": "#,##0.00", "percent": '0" %"', "exact percent": 'General" %"', "date": "yyyy-mm-dd"}
_ALIGNED = {"text": "left", "date": "left", "score": "center"}
"""What does not stand at the right."""
_LONGEST = 32_767
"""Characters that a cell of Excel may hold."""
_NARROW, _WIDE = 8, 60
"""The least and the greatest width of a column, in characters."""
_LINE, _HIGHEST = 15.0, 405.0
"""The height of a line, and of a row at most, in points."""
_LOOKED_AT = 200
"""So many rows say how wide a column is."""
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_NAME_LENGTH = 31
_DEEPEST = 7
"""The outline of a sheet has eight levels, the first of which is not outlined."""
_FREE_ROWS = 500
"""So many rows below the last one offer the drop-downs too."""
_LISTS = "Lists"
_HEADING_FILL, _INK = "#e8ebef", "#1b2530"


@dataclasses.dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen in a column; ``only`` refuses anything else."""

    words: tuple[str | int, ...]
    only: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, for each column its heading and kind (text, number, score, percent, exact percent, money,
    date), and rows of values. Money is in units of the currency, percent from 0 to 100.

    ``levels`` gives each row its depth in an outline, from 0, by which the column ``indented`` is indented. ``fills``
    colours cells: row and column from 0, both counted without the heading -> fill and ink. ``hidden`` columns are
    there but not seen; the first ``frozen`` ones stay when the sheet is scrolled. ``wrapped`` breaks long texts.
    Rows in ``bold`` are those that others stand below.
    """

    name: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Value]]
    levels: Sequence[int] = ()
    indented: int = 0
    fills: Mapping[tuple[int, int], tuple[str, str]] = dataclasses.field(default_factory=dict)
    choices: Mapping[int, Choices] = dataclasses.field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    frozen: int = 0
    bold: frozenset[int] = frozenset()
    wrapped: bool = True
    filtered: bool = True


def write_workbook(target: Path, sheets: Sequence[Sheet], created: dt.date | None = None) -> None:
    """Write these sheets; no text becomes a formula. Raises OutputError; a file that stood there is then as it was."""
    from xlsxwriter import Workbook

    packed = io.BytesIO()
    workbook = Workbook(packed, {"in_memory": True})
    if created is not None:
        workbook.set_properties({"created": dt.datetime(created.year, created.month, created.day)})
    _Writing(workbook).write(sheets)
    workbook.close()
    with replacing(target) as file:
        file.write(packed.getvalue())


class _Writing:
    """One workbook on its way; formats and lists of choices are made once each."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._lists: dict[tuple[str | int, ...], int] = {}
        self._names: set[str] = set()

    def write(self, sheets: Sequence[Sheet]) -> None:
        """All sheets, and behind them a hidden one with what may be chosen."""
        for sheet in sheets:
            self._sheet(sheet)
        if self._lists:
            page = self._workbook.add_worksheet(_LISTS)
            for words, column in self._lists.items():
                for row, word in enumerate(words):
                    # A number typed in a cell is none of a list of digits as text.
                    write = page.write_number if isinstance(word, int) else page.write_string
                    write(row, column, word)
            page.hide()

    def _sheet(self, sheet: Sheet) -> None:
        page = self._workbook.add_worksheet(self._name(sheet.name))
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        page.freeze_panes(1, sheet.frozen)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        for place, width in enumerate(_widths(sheet)):
            page.set_column(place, place, width, None, {"hidden": place in sheet.hidden})
        for place, (heading, kind) in enumerate(sheet.columns):
            align = _ALIGNED.get(kind, "right")
            look = self._format(bold=True, align=align, valign="top", bg_color=_HEADING_FILL, font_color=_INK)
            page.write_string(0, place, clean_text(heading), look)
        if sheet.levels:
            page.outline_settings(True, False, True, False)
        for number, row in enumerate(sheet.rows):
            self._row(page, sheet, number, row)
        last = len(sheet.rows)
        if last and sheet.filtered:
            page.autofilter(0, 0, last, len(sheet.columns) - 1)
        for place, choices in sheet.choices.items():
            self._offer(page, place, last + _FREE_ROWS, choices)

    def _name(self, wanted: str) -> str:
        """A name that Excel allows and no other sheet has."""
        bare = _NOT_IN_NAME.sub(" ", wanted)[:_NAME_LENGTH].strip("'") or "Sheet"
        name, number = bare, 1
        while name.casefold() in self._names | {_LISTS.casefold(), "history"}:
            number += 1
            name = f"{bare[: _NAME_LENGTH - 5]} {number}"
        self._names.add(name.casefold())
        return name

    def _row(self, page: Any, sheet: Sheet, number: int, row: Sequence[Value]) -> None:
        level = min(sheet.levels[number], _DEEPEST) if sheet.levels else 0
        height = _height(sheet, row) if sheet.wrapped else None
        if level or height:
            page.set_row(number + 1, height, None, {"level": level})
        for place, (value, (_, kind)) in enumerate(zip(row, sheet.columns, strict=True)):
            looks: dict[str, Any] = {}
            fill = sheet.fills.get((number, place))
            if fill is not None:
                looks |= {"bg_color": fill[0], "font_color": fill[1]}
            if level and place == sheet.indented:
                looks["indent"] = level
            if number in sheet.bold and place == sheet.indented:
                looks["bold"] = True
            self._cell(page, number + 1, place, value, kind, looks, wrapped=sheet.wrapped)

    def _cell(
        self, page: Any, row: int, place: int, value: Value, kind: str, looks: dict[str, Any], *, wrapped: bool
    ) -> None:
        if isinstance(value, str):
            if wrapped and len(value) > _WIDE:
                looks |= {"text_wrap": True, "valign": "top"}
            text = clean_text(value)[:_LONGEST]
            if text:
                page.write_string(row, place, text, self._format(**looks))
                return
            value = None
        if kind in _FORMATS and value is not None:
            looks["num_format"] = _FORMATS[kind]
        if kind in _ALIGNED:
            looks["align"] = _ALIGNED[kind]
        if isinstance(value, dt.date):
            page.write_datetime(row, place, dt.datetime(value.year, value.month, value.day), self._format(**looks))
        elif value is not None:
            page.write_number(row, place, value, self._format(**looks))
        elif looks:
            page.write_blank(row, place, None, self._format(**looks))

    def _format(self, **looks: Any) -> Any:
        key = tuple(sorted(looks.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(looks) if looks else None
        return self._formats[key]

    def _offer(self, page: Any, place: int, last: int, choices: Choices) -> None:
        from xlsxwriter.utility import xl_col_to_name

        if not choices.words:
            return
        column = xl_col_to_name(self._lists.setdefault(choices.words, len(self._lists)))
        source = f"={_LISTS}!${column}$1:${column}${len(choices.words)}"
        about = {"error_title": "Not in the list", "error_message": "Choose one of the list."} if choices.only else {}
        page.data_validation(
            1, place, last, place, {"validate": "list", "source": source, "show_error": choices.only, **about}
        )


def _widths(sheet: Sheet) -> list[int]:
    widths = [len(heading) for heading, _ in sheet.columns]
    for number, row in enumerate(sheet.rows[:_LOOKED_AT]):
        indent = 2 * sheet.levels[number] if sheet.levels else 0
        widths = [
            max(width, len(_told(value)) + (indent if place == sheet.indented else 0))
            for place, (width, value) in enumerate(zip(widths, row, strict=True))
        ]
    return [min(max(width + 3, _NARROW), _WIDE) for width in widths]


def _height(sheet: Sheet, row: Sequence[Value]) -> float | None:
    """The height of a row whose texts are broken, in points; None where it has one line."""
    lines = max((-(-len(value) // _WIDE) for value in row if isinstance(value, str)), default=1)
    return min(_LINE * lines, _HIGHEST) if lines > 1 else None


def _told(value: Value) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else "" if value is None else str(value)
