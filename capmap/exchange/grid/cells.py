"""Cells: what stands in a cell as a text that can be typed, copied and pasted back, and the value that a text means."""

from __future__ import annotations

from typing import Any

from capmap.errors import ValueRefused
from capmap.exchange import words
from capmap.exchange.grid.columns import PLACE, GridColumn, back_reference
from capmap.exchange.grid.forms import (
    Form,
    OtherCurrency,
    cents_of,
    day_of,
    money_text,
    number_of,
    number_text,
)
from capmap.exchange.grid.names import Names
from capmap.exchange.values import joined_words, split_words
from capmap.model.map import Map
from capmap.model.records import Capability, Record
from capmap.model.text import clean_name

_SHORT = 60


def held(current: Map, names: Names, record: Record, column: GridColumn) -> Any:
    """The value in a cell: what its field holds; of links and references back a tuple of ids; None for nothing."""
    if column.attribute is not None:
        return getattr(record, "extra", {}).get(column.attribute.id)
    if column.link is not None:
        link_type, outgoing = column.link
        links = current.links_from(record.id) if outgoing else current.links_to(record.id)
        return tuple(link.target if outgoing else link.source for link in links if link.type == link_type)
    if column.type == "back":
        kind, field = back_reference(record.kind)
        return names.referring(kind, field, record.id)
    return getattr(record, PLACE if column.type == "place" else column.key)


def plain(current: Map, names: Names, record: Record, column: GridColumn, form: Form) -> str:
    """The text of a cell: ``read`` and ``Writing`` take it for the value that stands there now."""
    return text_of(current, names, held(current, names, record, column), column, form)


def text_of(current: Map, names: Names, value: Any, column: GridColumn, form: Form) -> str:
    """The text that stands for a value in a column."""
    if value is None or value == "" or value == ():
        return ""
    match column.type:
        case "ref" | "place":
            other = current.get(value)
            return names.label(other) if other is not None else ""
        case "links" | "back":
            others = (current.get(key) for key in value)
            return joined_words(names.label(other) for other in others if other is not None)
        case "money":
            return money_text(value, form)
        case "score" | "integer" | "number" | "percent":
            return number_text(value, form)
        case "flag":
            return "yes" if value else "no"
        case "date":
            return value if isinstance(value, str) else str(value.isoformat())
        case "words":
            return joined_words(value)
    return str(value)


def read(column: GridColumn, text: str, form: Form) -> Any:
    """The value that a text means in a column of values, as the record (or, of an own attribute, ``extra``) keeps it.
    Raises ValueRefused with the reason; names of other records are for ``Writing``.
    """
    field = column.field
    if field is None:
        raise ValueRefused(f"{column.label} cannot be edited here.")
    value = _value(column, text, form)
    checked = field.check(value)
    if column.attribute is None:
        return checked
    if column.type == "date" and checked is not None:
        return checked.isoformat()
    if column.type == "number" and checked is not None and checked.is_integer():
        return int(checked)
    return checked


def _value(column: GridColumn, text: str, form: Form) -> Any:
    bare = text.strip()
    if not bare:
        return None
    match column.type:
        case "text":
            return text
        case "words":
            return split_words(bare)
        case "score":
            return _score(column, bare, form)
        case "choice":
            return _choice(column, bare)
        case "flag":
            return _meant(column, bare, words.yes_or_no(bare), "yes or no")
        case "date":
            day = day_of(bare, form)
            return _meant(column, bare, day, "a day such as 2026-11-30")
    return _number(column, bare, form)


def _number(column: GridColumn, text: str, form: Form) -> Any:
    unit = {"money": "money", "percent": "%"}.get(column.type, "")
    wanted = {"money": "an amount such as 1,200.50 or 1.2m", "percent": "a share such as 97.5 %"}
    try:
        number = cents_of(text, form) if column.type == "money" else number_of(text, form, unit=unit)
    except OtherCurrency:
        currency = form.currency
        raise ValueRefused(f"{column.label} is in {currency}, the currency of the map, not “{_short(text)}”.") from None
    number = _meant(column, text, number, wanted.get(column.type, "a number"))
    if column.type == "money":
        return number
    if column.type == "integer":
        whole = int(number) if number == number.to_integral_value() else None
        return _meant(column, text, whole, "a whole number")
    return float(number)


def _score(column: GridColumn, text: str, form: Form) -> int | None:
    if words.is_not_assessed(text):
        return None
    number = number_of(text, form)
    if number == 0:
        return None
    if number is not None:
        whole = int(number) if number == number.to_integral_value() and 1 <= number <= 5 else None
    else:
        whole = words.score_of_word(text)
    return int(_meant(column, text, whole, "a whole score from 1 to 5, or empty for not assessed"))


def _choice(column: GridColumn, text: str) -> str:
    folded = clean_name(text).casefold()
    found = next((choice for choice in column.choices if choice.casefold() == folded), None)
    if found is None and column.key == "category":
        found = words.category_of_word(text)
    return str(_meant(column, text, found, f"one of {', '.join(column.choices)}"))


def _meant(column: GridColumn, text: str, value: Any, wanted: str) -> Any:
    if value is None:
        raise ValueRefused(f"{column.label} must be {wanted}, not “{_short(text)}”.")
    return value


def _short(text: str) -> str:
    line = clean_name(text)
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"


def is_shown_by_another(record: Record) -> bool:
    """Whether a record has no row of its own: a reference to a box counts, and is edited, once."""
    return isinstance(record, Capability) and record.alias_of is not None
