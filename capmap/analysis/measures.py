"""Measures: what a lens of one's own reads of a capability, as a value with its words and the records that prove it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Literal

from capmap.analysis.words import amount
from capmap.model.lensrules import Scale
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.model.traits import CENTS

Kind = Literal["number", "date", "words"]
Unit = Literal["", "money", "percent", "points"]
Reads = Literal["box", "links", "map"]
Value = float | str | tuple[str, ...] | None
"""A number (of a date its ordinal), a word, several words, or nothing."""

Proof = tuple[str, str, tuple[str, ...]]
"""What it is about, what is known of it, and the ids of the path from there to the box."""


@dataclasses.dataclass(frozen=True, slots=True)
class Measured:
    """A measure on one map.

    ``value_of`` gives the value of a capability. ``choices`` are the words that it may be, in order, where they are
    known. ``unknown`` says what it means that there is no value. ``rises_to_bad`` says that high values are bad ones
    (None: neither). ``reads`` says what the value depends on: the box alone, things linked around it, or anything in
    the map, which is then read once and for all when the measure is made. ``fields`` names the own fields that it
    reads, if it reads nothing else.
    """

    title: str
    kind: Kind
    value_of: Callable[[Map, Capability], Value]
    unknown: str = "not assessed"
    unit: Unit = ""
    currency: str = ""
    whole: bool = False
    is_score: bool = False
    choices: tuple[str, ...] = ()
    rises_to_bad: bool | None = None
    reads: Reads = "box"
    fields: tuple[str, ...] = ()
    proof: Callable[[Map, Capability], Iterator[Proof]] | None = None

    @property
    def factor(self) -> int:
        """How many times larger a number is kept than a person writes it."""
        return CENTS if self.unit == "money" else 1

    def words(self, value: Value) -> str:
        """A value as a person reads it."""
        if value is None or value == ():
            return self.unknown
        if isinstance(value, tuple):
            return ", ".join(value)
        if isinstance(value, str):
            return value
        if self.kind == "date":
            return dt.date.fromordinal(round(value)).isoformat()
        if self.unit == "money":
            return f"{self.currency} {amount(round(value))}".strip()
        number = f"{value:,.0f}" if self.whole or float(value).is_integer() else f"{value:,.4g}"
        return f"{number} %" if self.unit == "percent" else f"{number} points" if self.unit == "points" else number

    def labels(self, scale: Scale) -> tuple[str, ...]:
        """The label of each step: the one that somebody gave it, or one that says which values it takes."""
        return tuple(scale.label(step) or self._found_label(scale, step) for step in range(scale.count))

    def _found_label(self, scale: Scale, step: int) -> str:
        if scale.values:
            return scale.values[step] if step < len(scale.values) else "others"
        bounds = scale.bounds
        if step == 0:
            least = 1 if self.is_score else 0 if self.whole and bounds[0] > 0 else None
            if least is not None and bounds[0] == least + 1:
                return self.words(least)
            return f"{'before' if self.kind == 'date' else 'below'} {self._short(bounds[0])}"
        low = bounds[step - 1]
        if step == len(bounds):
            if self.is_score and low == _HIGHEST_SCORE:
                return self.words(low)
            return f"from {self.words(low)}" if self.kind == "date" else f"{self._short(low)} and more"
        last = bounds[step] - 1 if self.kind == "date" or self.whole else bounds[step]
        if last <= low:
            return self.words(low)
        if self.kind == "date":
            return f"{self.words(low)} to {self.words(last)}"
        return f"{self.currency} {_number(low, self)} to {self._short(last, bare=True)}".strip()

    def _short(self, value: float, *, bare: bool = False) -> str:
        """A value as a legend has room for it: large amounts in thousands and millions."""
        if self.kind == "date":
            return self.words(value)
        number = f"{_number(value, self)}{_UNITS.get(self.unit, '')}"
        return number if bare else f"{self.currency} {number}".strip()


_UNITS = {"percent": " %", "points": " points"}
_HIGHEST_SCORE = 5
_LARGE = ((1_000_000_000, "bn"), (1_000_000, "m"), (1_000, "k"))


def _number(value: float, made: Measured) -> str:
    if made.unit == "money":
        value /= CENTS
        for size, letter in _LARGE:
            if abs(value) >= size and value * 100 % size == 0:
                return f"{value / size:g}{letter}"
        return f"{value:,.2f}".removesuffix(".00")
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"
