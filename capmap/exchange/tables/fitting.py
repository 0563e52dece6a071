"""Fitting: what the columns of a table become in a map: fields that their values fit, own attributes where none do."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from typing import Any

from capmap.errors import EditError, ValueRefused
from capmap.exchange import values
from capmap.exchange.boxes import called
from capmap.exchange.columns import OWN_MARK, TEXT_MARK
from capmap.exchange.grid import cells
from capmap.exchange.grid.columns import GridColumn, own_column
from capmap.exchange.grid.forms import Form
from capmap.exchange.notices import Notices, quoted
from capmap.exchange.rows import cell_at
from capmap.exchange.table import Cell, is_empty, text_of
from capmap.exchange.tables.carried import taken_columns
from capmap.exchange.tables.recognising import IGNORED, UNKNOWN, Heading, KindTable
from capmap.model import attributes
from capmap.model.map import Map
from capmap.model.records import Attribute, evolve, make

_MOST_CHOICES = 50
_TYPED = ("score", "choice", "date", "flag", "integer", "number", "percent", "money")
_COMMA = re.compile(r"\d,\d{1,2}\D*")
_POINT = re.compile(r"\d\.\d{1,2}\D*")


@dataclasses.dataclass(frozen=True, slots=True)
class Fitted:
    """The columns of a table with what they become: each heading with its column (headings of ids have none), how the
    table writes numbers and days, and the own attributes that are new or have new choices.
    """

    table: KindTable
    columns: tuple[tuple[Heading, GridColumn], ...]
    form: Form
    attributes: tuple[Attribute, ...]


def fitted(current: Map, table: KindTable, notices: Notices) -> Fitted:
    """What the columns become in this map. A column whose values mostly do not fit its field is an own attribute."""
    known = {column.key: column for column in taken_columns(current, table.kind)}
    form = form_of(table, known.values(), current.settings.currency)
    found: list[tuple[Heading, GridColumn]] = []
    unknown: list[Heading] = []
    for heading in table.headings:
        column = known.get(heading.key)
        if heading.key == UNKNOWN or (column is not None and not table.own and not _fits(table, heading, column, form)):
            unknown.append(heading)
        elif column is not None:
            found.append((heading, column))
            _tell_words(table, heading, column, form, notices)
    made: list[Attribute] = []
    taken: set[str] = set()
    for heading in unknown:
        held = _cells(table, heading)
        if all(map(is_empty, held)):
            continue
        attribute = _attribute(current, table.kind, heading, held, taken, len(made))
        if attribute != current.get(attribute.id):
            made.append(attribute)
        found.append((heading, own_column(attribute)))
    new = [attribute.name for attribute in made if attribute.id not in current]
    if new:
        them = "Column", "is", "an own attribute"
        if len(new) > 1:
            them = "Columns", "are", "own attributes"
        notices.add(f"{them[0]} {quoted(new)} {them[1]} kept as {them[2]}.")
    return Fitted(table, tuple(found), form, tuple(made))


def _cells(table: KindTable, heading: Heading) -> list[Cell]:
    return [cell_at(row, heading.index) for row in table.table.rows]


def _fits(table: KindTable, heading: Heading, column: GridColumn, form: Form) -> bool:
    """Whether at least half of the different values of a column can be read as what its header says."""
    if column.type not in _TYPED:
        return True
    different = {text for cell in _cells(table, heading) if (text := text_of(cell))}
    readable = sum(1 for text in different if _is_readable(column, text, form))
    return readable * 2 >= len(different)


def _is_readable(column: GridColumn, text: str, form: Form) -> bool:
    try:
        cells.read(column, text, form)
    except EditError:
        return False
    return True


def _tell_words(table: KindTable, heading: Heading, column: GridColumn, form: Form, notices: Notices) -> None:
    """Say which words were read as which scores."""
    if column.type != "score":
        return
    told: dict[str, Any] = {}
    for cell in _cells(table, heading):
        text = text_of(cell)
        if text and not any(char.isdecimal() for char in text) and text.casefold() not in told:
            try:
                value = cells.read(column, text, form)
            except ValueRefused:
                continue
            if value is not None:
                told[text.casefold()] = f"“{text}” as {value}"
    if told:
        notices.add(f"Column “{heading.header}” was read as {column.label}: {', '.join(sorted(told.values()))}.")


# -- own attributes -----------------------------------------------------------------------------------


def _attribute(
    current: Map, kind: str, heading: Heading, held: Sequence[Cell], taken: set[str], position: int
) -> Attribute:
    """The attribute that a column fills: one the map has by that name, its choices grown, else a new one."""
    header = heading.header
    is_text = header.endswith(TEXT_MARK + OWN_MARK)
    marked = header.endswith(OWN_MARK)
    bare = called(header.removesuffix(OWN_MARK).removesuffix(TEXT_MARK if is_text else "")) or "Column"
    labels = set() if marked else {column.label.casefold() for column in taken_columns(Map(), kind)}
    name, number = bare, 1
    while name.casefold() in taken or name.casefold() in labels:
        number += 1
        name = called(f"{bare[:190]} ({number})")
    taken.add(name.casefold())
    others = attributes.of_kind(current, kind)
    there = next((item for item in others if item.name.casefold() == name.casefold()), None)
    if there is not None:
        return _grown(there, held)
    attribute_type, choices = ("text", ()) if is_text else values.own_type(held)
    last = max((item.position for item in others), default=-1)
    return make(
        Attribute, record_kind=kind, name=name, type=attribute_type, choices=choices, position=last + 1 + position
    )


def _grown(attribute: Attribute, held: Sequence[Cell]) -> Attribute:
    if attribute.type != "choice":
        return attribute
    known = {choice.casefold() for choice in attribute.choices}
    new = {called(text): None for cell in held if (text := text_of(cell)) and called(text).casefold() not in known}
    if not new or len(attribute.choices) + len(new) > _MOST_CHOICES:
        return attribute
    return evolve(attribute, choices=(*attribute.choices, *new))


# -- numbers and days ---------------------------------------------------------------------------------


def form_of(table: KindTable, known: Iterable[GridColumn], currency: str) -> Form:
    """How the table writes numbers and days, told by its columns of such values; CapMap's own write a point."""
    if table.own:
        return Form(currency=currency)
    types = {column.key: column.type for column in known}
    numbers, days = [], []
    for heading in table.headings:
        if heading.key == IGNORED:
            continue
        texts = [text_of(cell) for cell in _cells(table, heading) if isinstance(cell, str)]
        if types.get(heading.key) in ("number", "percent", "money"):
            numbers += texts
        elif types.get(heading.key) == "date":
            days += texts
    commas = any(_COMMA.search(f"{text} ") for text in numbers) and not any(_POINT.fullmatch(text) for text in numbers)
    return Form("," if commas else ".", values.month_comes_first(days), currency)
