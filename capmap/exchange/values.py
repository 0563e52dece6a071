"""Values: the cells of one column turned into the values of a field, with what was read into them said in words."""

from __future__ import annotations

import csv
import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from capmap.errors import ValueRefused
from capmap.exchange import words
from capmap.exchange.table import Cell, is_empty, text_of
from capmap.model.fields import NAME_LIMIT, TEXT_LIMIT, Field
from capmap.model.records import ASSESSED_FIELDS, Capability, field_table
from capmap.model.text import clean_name

FIELDS: Mapping[str, Field] = field_table(Capability.kind)

_SCORE = re.compile(
    r"(?:level|lvl|l|stufe|niveau|nivel|nível|grad|grade|score)?\s*(\d{1,3}(?:[.,]\d+)?)"
    r"(?:\s*(?:/|of|von|sur|de|van)\s*5)?(?:\s*[-–—:.)]\s.*|\s+\(.*\)|\s*[.)])?",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:[.,]\d+)?")
_DAY = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[T ].*)?")
_CHOICES = 50
_LONGEST_VALUE = 200


class CellReader:
    """Reads the cells of one column as a field. ``stated`` says, once all are read, how words became values."""

    def __init__(self, field: Field, header: str, cells: Iterable[Cell]) -> None:
        self.field = field
        self._header = header
        self._words: dict[str, tuple[str, Any]] = {}
        self._rounded = self._zero = self._cut = False
        texts = [text_of(cell) for cell in cells if not is_empty(cell)]
        self._repeatable = field.type == "score" and any(map(words.is_repeatable, texts))
        self._month_first, self._days_unsure = _order_of_days(texts) if field.type == "date" else (False, False)

    def read(self, cell: Cell) -> Any:
        """The cell's value as the field keeps it, None for nothing; raises ValueRefused."""
        if is_empty(cell):
            return None
        value = self._value(cell)
        return None if value is None else self.field.check(value)

    def _value(self, cell: Cell) -> Any:
        if self.field.type == "words":
            return self._listed(cell)
        text = text_of(cell)
        if self.field.type == "text":
            return self._short(clean_name(text) if self.field.limit <= NAME_LIMIT else text)
        if len(text) > _LONGEST_VALUE:
            raise ValueRefused(text)
        value: Any = None
        match self.field.type:
            case "score":
                return self._score(text)
            case "choice":
                return self._choice(text)
            case "date":
                value = cell if isinstance(cell, dt.date) else day_of(text, month_first=self._month_first)
            case "flag":
                value = words.yes_or_no(text)
            case "integer":
                value = int(text) if text.isdecimal() and len(text) < 10 else None
        if value is None:
            raise ValueRefused(text)
        return value

    @property
    def stated(self) -> tuple[str, ...]:
        """Sentences that tell which words were read as which values."""
        said: list[str] = []
        if self._words:
            pairs = sorted(self._words.values(), key=lambda pair: str(pair[1]), reverse=True)
            listed = ", ".join(f"“{word}” as {value}" for word, value in pairs)
            said.append(f"Column “{self._header}” was read as {self.field.label}: {listed}.")
        if self._rounded:
            said.append(f"Column “{self._header}” holds scores with decimals; they were rounded to whole scores.")
        if self._days_unsure:
            said.append(f"The dates of column “{self._header}” were read as day/month/year.")
        if self._zero:
            said.append(f"A 0 in column “{self._header}” was read as not assessed.")
        if self._cut:
            limit = f"{self.field.limit:,}"
            said.append(f"Texts in column “{self._header}” that are longer than {limit} characters were cut.")
        return tuple(said)

    def _short(self, text: str) -> str:
        if len(text) <= self.field.limit:
            return text
        self._cut = True
        return text[: self.field.limit - 1].rstrip() + "…"

    def _score(self, text: str) -> int | None:
        if words.is_not_assessed(text):
            return None
        match = _SCORE.fullmatch(text)
        if not match:
            return int(self._known(text, words.score_of_word(text, repeatable=self._repeatable)))
        number = float(match[1].replace(",", "."))
        if number == 0:
            self._zero = True
            return None
        if not 1 <= number <= 5:
            raise ValueRefused(text)
        # Half goes up, as people round; Python's round would make 4 of both 4.5 and 3.5.
        whole = math.floor(number + 0.5)
        self._rounded = self._rounded or whole != number
        return whole

    def _choice(self, text: str) -> str:
        for choice in self.field.choices:
            if choice.casefold() == text.casefold():
                return choice
        return str(self._known(text, words.category_of_word(text) if self.field.name == "category" else None))

    def _known(self, text: str, value: Any) -> Any:
        if value is None:
            raise ValueRefused(text)
        self._words.setdefault(text.casefold(), (clean_name(text), value))
        return value

    def _listed(self, cell: Cell) -> tuple[str, ...]:
        text = text_of(cell)
        if len(text) > TEXT_LIMIT:
            raise ValueRefused(text)
        names = cell if isinstance(cell, list) else split_words(text)
        kept = tuple(dict.fromkeys(name for name in map(clean_name, names) if name))
        if len(kept) > self.field.limit or any(len(name) > NAME_LIMIT for name in kept):
            raise ValueRefused(", ".join(kept))
        return kept


def fits(meaning: str, header: str, cells: Iterable[Cell]) -> bool:
    """Whether at least half of the different values of a column can be read as the field that its header names."""
    field = FIELDS.get(meaning)
    if field is None or field.type not in ("score", "choice", "date", "flag", "integer"):
        return True
    different = {text_of(cell): cell for cell in cells if not is_empty(cell)}
    column = CellReader(field, header, different.values())
    readable = sum(1 for cell in different.values() if _is_readable(column, cell))
    return readable * 2 >= len(different)


def _is_readable(column: CellReader, cell: Cell) -> bool:
    try:
        column.read(cell)
    except ValueRefused:
        return False
    return True


def what_fits(field: Field) -> str:
    """What a cell of the field must hold, for the sentence about one that does not."""
    if field.name in ASSESSED_FIELDS:
        return "a score from 1 to 5"
    if field.type == "choice":
        return f"one of {', '.join(field.choices)}"
    if field.type == "words":
        return f"a list of at most {field.limit} words"
    return {"date": "a date such as 2026-11-30", "flag": "yes or no", "integer": "a whole number"}.get(
        field.type, f"a {field.label.lower()}"
    )


def split_words(text: str) -> list[str]:
    """The words of a list in one cell, parted by ; or else by | or else by commas; quotation marks keep them whole."""
    for mark in (";", "|", ","):
        if mark in text:
            return next(csv.reader([text.replace("\n", " ")], delimiter=mark, skipinitialspace=True))
    return text.split("\n")


def joined_words(listed: Iterable[str]) -> str:
    """Words as one cell that ``split_words`` takes apart again."""
    names = list(listed)
    text = "; ".join(f'"{name.replace(chr(34), chr(34) * 2)}"' if {";", '"'} & set(name) else name for name in names)
    # The mark at the end keeps the one word "a, b" from being read as two.
    return f"{text};" if len(names) == 1 and {",", "|", '"'} & set(text) else text


def day_of(text: str, *, month_first: bool = False) -> dt.date | None:
    """The day that a text such as 2026-11-30, 30.11.2026 or 30/11/26 names; None for another text."""
    match = _DAY.fullmatch(text.strip())
    if not match:
        return None
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        year, month, day = first, second, third
    else:
        year = third + 2000 if len(match[4]) <= 2 else third
        month, day = (first, second) if month_first and match[2] == "/" else (second, first)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _order_of_days(texts: Iterable[str]) -> tuple[bool, bool]:
    """Whether dates with slashes put the month first, and whether nothing in the column tells."""
    slashed = [match for match in map(_DAY.fullmatch, texts) if match and match[2] == "/" and len(match[1]) < 4]
    if any(int(match[1]) > 12 for match in slashed):
        return False, False
    if any(int(match[3]) > 12 for match in slashed):
        return True, False
    return False, bool(slashed)


def month_comes_first(texts: Iterable[str]) -> bool:
    """Whether dates with slashes put the month before the day."""
    return _order_of_days(texts)[0]


def own_value(cell: Cell, attribute_type: str) -> Any:
    """The cell as the value of an own attribute of that type, None for nothing; raises ValueRefused."""
    text = text_of(cell)
    if not text:
        return None
    if attribute_type not in ("number", "money", "date"):
        return clean_name(text) if attribute_type == "choice" else text
    if attribute_type == "date":
        found = day_of(text)
        if found is None:
            raise ValueRefused("a date such as 2026-11-30")
        return found.isoformat()
    if not _NUMBER.fullmatch(text):
        raise ValueRefused("a number")
    number = float(text.replace(",", "."))
    if attribute_type == "money":
        return round(number * 100)
    return int(number) if number.is_integer() else number


def own_type(cells: Iterable[Cell]) -> tuple[str, tuple[str, ...]]:
    """The type that suits an own attribute with these values, and its choices if it is a choice.

    What would be read back differently than it is written, such as 007, stays text.
    """
    texts = [text_of(cell) for cell in cells if not is_empty(cell)]
    different = list(dict.fromkeys(texts))
    if different and all(_NUMBER.fullmatch(value) and _reads_back(value) for value in different):
        return "number", ()
    if different and all(day_of(value) is not None and len(value) == 10 and value[4] == "-" for value in different):
        return "date", ()
    if len(texts) >= 5 and len(different) <= _CHOICES and len(different) * 2 <= len(texts):
        names = dict.fromkeys(sorted(map(clean_name, different), key=str.casefold))
        if all(len(name) <= NAME_LIMIT for name in names):
            return "choice", tuple(names)
    return "text", ()


def _reads_back(value: str) -> bool:
    return text_of(own_value(value, "number")) == value.replace(",", ".")
