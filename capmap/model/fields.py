"""Fields: what one value of a record is, which values it may take, and what a person calls it.

A record's field is declared once, in ``records``, by one of the functions here. Everything that must know about fields
reads the same declaration: the checks on an edit, the columns of the file, the editors of the inspector, the guesses of
an import.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Callable, Mapping
from typing import Any, Literal

from capmap.errors import ValueRefused
from capmap.model.text import clean_name, clean_text

FieldType = Literal[
    "id",
    "ref",
    "text",
    "integer",
    "score",
    "number",
    "money",
    "percent",
    "flag",
    "date",
    "moment",
    "choice",
    "words",
    "data",
]

NAME_LIMIT = 200
TEXT_LIMIT = 20_000
WORDS_LIMIT = 50
MONEY_LIMIT = 10**15
"""Largest amount in cents, far above any budget and still exact as a float."""

_METADATA = "capmap.field"


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """One field of a record.

    ``label`` is what a person reads. ``limit`` is the largest length of a text or count of words; ``low`` and
    ``high`` bound a number; ``choices`` lists the words of a choice; ``refers_to`` names the kind of record that a
    reference points at (empty: any). Money is a whole number of cents of the map's currency, so that sums are exact.
    """

    name: str
    label: str
    type: FieldType
    required: bool = False
    limit: int = TEXT_LIMIT
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    refers_to: str = ""

    def check(self, value: Any) -> Any:
        """The value as the field keeps it (texts cleaned, empty turned into None); raises ValueRefused with the
        reason.
        """
        if value is None or value == "":
            if self.required:
                raise ValueRefused(f"{self.label} must not be empty.")
            return self.empty
        return _CHECKS[self.type](self, value)

    @property
    def empty(self) -> Any:
        """The value that means nothing was entered."""
        if self.type == "integer" and self.low == 0:
            return 0
        empties: dict[str, Any] = {"text": "", "moment": "", "words": (), "data": {}}
        return empties.get(self.type)


def _declare(field_type: FieldType, label: str, default: Any, **options: Any) -> Any:
    declared = Field(name="", label=label, type=field_type, **options)
    if isinstance(default, dict):
        return dataclasses.field(default_factory=dict, metadata={_METADATA: declared})
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata={_METADATA: declared})
    return dataclasses.field(default=default, metadata={_METADATA: declared})


def identity() -> Any:
    """The text id of the record, unique over all kinds in the map."""
    return _declare("id", "Id", dataclasses.MISSING, required=True, limit=100)


def name(label: str = "Name") -> Any:
    """A short text that must not be empty."""
    return _declare("text", label, dataclasses.MISSING, required=True, limit=NAME_LIMIT)


def text(label: str, limit: int = NAME_LIMIT) -> Any:
    """A text that may be empty."""
    return _declare("text", label, "", limit=limit)


def prose(label: str) -> Any:
    """A long text that may be empty."""
    return _declare("text", label, "", limit=TEXT_LIMIT)


def reference(label: str, refers_to: str = "", *, required: bool = False) -> Any:
    """The id of another record."""
    return _declare(
        "ref", label, dataclasses.MISSING if required else None, refers_to=refers_to, required=required, limit=100
    )


def position() -> Any:
    """The place among siblings, counted from 0 without gaps."""
    return _declare("integer", "Position", 0, low=0, high=2**31)


def integer(label: str, low: int, high: int) -> Any:
    """A whole number that may be empty."""
    return _declare("integer", label, None, low=low, high=high)


def score(label: str) -> Any:
    """A judgement from 1 to 5; empty means not assessed, never 0."""
    return _declare("score", label, None, low=1, high=5)


def number(label: str) -> Any:
    """Any finite number that may be empty."""
    return _declare("number", label, None, low=-1e15, high=1e15)


def money(label: str) -> Any:
    """An amount in cents of the map's currency."""
    return _declare("money", label, None, low=-MONEY_LIMIT, high=MONEY_LIMIT)


def percent(label: str) -> Any:
    """A number from 0 to 100."""
    return _declare("percent", label, None, low=0, high=100)


def flag(label: str) -> Any:
    """Yes, no, or empty."""
    return _declare("flag", label, None)


def date(label: str) -> Any:
    """A day."""
    return _declare("date", label, None)


def moment(label: str) -> Any:
    """A point in time as ISO 8601 text in UTC."""
    return _declare("moment", label, "", limit=40)


def choice(label: str, choices: tuple[str, ...], *, required: bool = False) -> Any:
    """One word out of a list."""
    return _declare("choice", label, dataclasses.MISSING if required else None, choices=choices, required=required)


def words(label: str) -> Any:
    """A short list of words, such as tags."""
    return _declare("words", label, (), limit=WORDS_LIMIT)


def data(label: str) -> Any:
    """A small table of keys and plain values."""
    return _declare("data", label, {})


def fields_of_class(record_class: type) -> tuple[Field, ...]:
    """The fields of a record class in the order of their declaration."""
    return tuple(
        dataclasses.replace(item.metadata[_METADATA], name=item.name)
        for item in dataclasses.fields(record_class)
        if _METADATA in item.metadata
    )


def _check_text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueRefused(f"{field.label} must be text, not {value!r}.")
    cleaned = clean_text(value).strip() if field.limit > NAME_LIMIT else clean_name(value)
    if field.required and not cleaned:
        raise ValueRefused(f"{field.label} must not be empty.")
    if len(cleaned) > field.limit:
        raise ValueRefused(f"{field.label} is {len(cleaned):,} characters long; at most {field.limit:,} fit.")
    return cleaned


def _check_whole(field: Field, value: Any) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueRefused(f"{field.label} must be a whole number, not {value!r}.")
    return int(_within(field, value))


def _check_number(field: Field, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueRefused(f"{field.label} must be a number, not {value!r}.")
    return float(_within(field, value))


def _within(field: Field, value: float) -> float:
    if (field.low is not None and value < field.low) or (field.high is not None and value > field.high):
        raise ValueRefused(f"{field.label} must be between {field.low:g} and {field.high:g}, not {value:g}.")
    return value


def _check_flag(field: Field, value: Any) -> bool:
    if value in (0, 1):
        return bool(value)
    raise ValueRefused(f"{field.label} must be yes or no, not {value!r}.")


def _check_date(field: Field, value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueRefused(f"{field.label} must be a date like 2026-11-30, not {value!r}.") from None


def _check_moment(field: Field, value: Any) -> str:
    try:
        dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueRefused(f"{field.label} must be a time like 2026-11-30T14:05:00Z, not {value!r}.") from None
    return str(value)


def _check_choice(field: Field, value: Any) -> str:
    if value not in field.choices:
        raise ValueRefused(f"{field.label} must be one of {', '.join(field.choices)}, not {value!r}.")
    return str(value)


def _check_words(field: Field, value: Any) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, tuple | list):
        raise ValueRefused(f"{field.label} must be a list of words, not {value!r}.")
    cleaned = tuple(dict.fromkeys(word for word in (clean_name(str(item)) for item in value) if word))
    if len(cleaned) > field.limit or any(len(word) > NAME_LIMIT for word in cleaned):
        raise ValueRefused(f"{field.label} holds at most {field.limit} words of {NAME_LIMIT} characters.")
    return cleaned


def _check_data(field: Field, value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueRefused(f"{field.label} must be a table of keys and values, not {value!r}.")
    return {clean_name(str(key)): _plain(field, item, depth=0) for key, item in value.items()}


def _plain(field: Field, value: Any, depth: int) -> Any:
    """A value that JSON can carry, of bounded depth; dates become ISO text."""
    if depth > 8:
        raise ValueRefused(f"{field.label} is nested too deeply.")
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return clean_text(value)[:TEXT_LIMIT]
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(field, item, depth + 1) for item in value]
    if isinstance(value, Mapping):
        return {clean_name(str(key)): _plain(field, item, depth + 1) for key, item in value.items()}
    raise ValueRefused(f"{field.label} cannot hold {value!r}.")


_CHECKS: dict[FieldType, Callable[[Field, Any], Any]] = {
    "id": _check_text,
    "ref": _check_text,
    "text": _check_text,
    "integer": _check_whole,
    "score": _check_whole,
    "number": _check_number,
    "money": _check_whole,
    "percent": _check_number,
    "flag": _check_flag,
    "date": _check_date,
    "moment": _check_moment,
    "choice": _check_choice,
    "words": _check_words,
    "data": _check_data,
}
