"""Measures: what a lens of one's own reads of a capability, as a value with its words and the records that prove it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Literal

from capmap.analysis.words import amount
from capmap.model.lensrules import Measure, RuleRefused, Scale
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.model.traits import CENTS, Trait, traits_of

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


def measured(measure: Measure, current: Map, on: dt.date) -> Measured:
    """A measure ready to be taken on this map, as of a day. Raises RuleRefused with one sentence where the map has
    no such thing, and UsageError where a question says so.
    """
    if measure.of == "field":
        return _of_trait(_trait(current, measure.field), current.settings.currency)
    if measure.of == "gap":
        return _gap(_trait(current, measure.field), _trait(current, measure.less), current)
    if measure.of == "linked":
        from capmap.analysis.linkedmeasures import linked

        return linked(measure, current, on)
    from capmap.analysis.reckonedmeasures import answered, costing

    return costing(measure, current, on) if measure.of == "cost" else answered(measure, current, on)


def _trait(current: Map, name: str) -> Trait:
    trait = traits_of(current).get(name)
    if trait is None:
        what = "an attribute" if name.startswith("own:") else f"the field “{name}”"
        raise RuleRefused(f"This lens measures {what} that is no longer in the map.")
    return trait


def _of_trait(trait: Trait, currency: str) -> Measured:
    reads: Reads = "links" if trait.of_place or trait.type == "links" else "box"
    read, title = trait.read, trait.label
    fields = ("target", "maturity") if trait.name == "gap" else (trait.name,) if _plain(trait) else ()
    if trait.type == "links":
        return Measured(
            f"Number of {title if title[:2].isupper() else title.lower()}",
            "number",
            lambda current, box: len(read(current, box)),
            whole=True,
            reads=reads,
        )
    if trait.type == "number":
        own_money = trait.factor == CENTS
        return Measured(
            title,
            "number",
            read,
            "not assessed" if trait.is_score or trait.name == "gap" else "not said",
            unit="money" if own_money else "",
            currency=currency if own_money else "",
            whole=trait.is_score or trait.name in ("gap", "level", "columns"),
            is_score=trait.is_score,
            rises_to_bad=True
            if trait.name == "gap"
            else False
            if trait.is_score and trait.name != "importance"
            else None,
            reads=reads,
            fields=fields,
        )
    if trait.type == "date":
        return Measured(
            title, "date", lambda current, box: _ordinal(read(current, box)), "no date", reads=reads, fields=fields
        )
    if trait.type == "flag":
        return Measured(
            title,
            "words",
            lambda current, box: _yes_no(read(current, box)),
            "not said",
            choices=("yes", "no"),
            reads=reads,
            fields=fields,
        )
    label = title if title[:2].isupper() else title.lower()
    return Measured(
        title,
        "words",
        lambda current, box: read(current, box) or None,
        f"no {label}",
        choices=trait.choices,
        reads=reads,
        fields=fields,
    )


def _ordinal(date: dt.date | None) -> float | None:
    return None if date is None else date.toordinal()


def _yes_no(flag: bool | None) -> str | None:
    return None if flag is None else "yes" if flag else "no"


def _gap(wanted: Trait, reached: Trait, current: Map) -> Measured:
    """What is wanted less what is reached; nothing where one of the two is not known."""
    for trait in (wanted, reached):
        if trait.type != "number":
            raise RuleRefused(f"A gap needs two numbers; {trait.label} is none.")
    if wanted.factor != reached.factor:
        raise RuleRefused(f"{wanted.label} and {reached.label} are not counted in the same unit.")
    high, low = wanted.read, reached.read

    def value(current: Map, box: Capability) -> float | None:
        one, other = high(current, box), low(current, box)
        return None if one is None or other is None else one - other

    return Measured(
        f"{wanted.label} less {reached.label[:1].lower() + reached.label[1:]}",
        "number",
        value,
        unit="money" if wanted.factor == CENTS else "",
        currency=current.settings.currency if wanted.factor == CENTS else "",
        whole=wanted.is_score and reached.is_score,
        rises_to_bad=True,
        reads="links" if wanted.of_place or reached.of_place else "box",
        fields=tuple(trait.name for trait in (wanted, reached)) if _plain(wanted) and _plain(reached) else (),
    )


def _plain(trait: Trait) -> bool:
    """Whether a trait is an own field of a capability, of few values or many."""
    return not trait.of_place and trait.type != "links" and not trait.name.startswith("own:") and trait.name != "gap"
