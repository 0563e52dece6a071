"""Lens rules: what a lens of one's own measures and on which scale, as data that a SavedLens keeps.

A rule says nothing about colours but the name of a palette, and nothing about how a measure is taken; it is checked
here as far as that needs no map.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from capmap.errors import EditError
from capmap.model.records import LINK_ENDS, Capability

VERSION = 1
"""Of the data. Rules of a higher version come from a newer CapMap."""

LEAST_STEPS, MOST_STEPS = 2, 7
MOST_STRIPES = 4
YEAR = 12
"""Months after which an assessment is old unless a rule says otherwise."""

Source = Literal["field", "gap", "linked", "cost", "answer"]
By = Literal["worst", "best", "mean", "sum", "count", "most"]
LINKS = tuple(link_type for link_type, (_, target) in LINK_ENDS.items() if target == Capability.kind)
"""The types of links from other things to capabilities."""
SPENDINGS = ("run", "change", "both")


class RuleRefused(EditError):
    """A rule that cannot be read; the sentence says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Measure:
    """What is measured of a capability.

    - ``field``: the trait named ``field`` of the box itself.
    - ``gap``: the trait ``field``, which is wanted, less the trait ``less``, which is reached.
    - ``linked``: the ``field`` of the things linked by ``link``, put together ``by``. A field ``link:fit`` is one of
      the links themselves.
    - ``cost``: ``field`` is one of SPENDINGS.
    - ``answer``: the column called ``field`` of the answer to ``question`` with ``argument``; without one, whether
      the answer names the capability.
    """

    of: Source
    field: str = ""
    less: str = ""
    link: str = ""
    by: By = "worst"
    question: str = ""
    argument: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Scale:
    """From a value to a step, and how steps look.

    Numbers and dates (as ordinals, with ``dates``) have ``bounds``, each the least value of the step above it; words
    have ``values``, one a step and in a step of its own behind them whatever else there is. ``labels`` stand in the
    legend, an empty one is found from the scale. ``turned`` takes the palette from its other end.
    """

    palette: str
    bounds: tuple[float, ...] = ()
    values: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    turned: bool = False
    dates: bool = False
    others: bool = False
    """Whether words that are not in ``values`` have a step, and do not count as nothing."""

    @property
    def count(self) -> int:
        """How many steps there are."""
        return len(self.values) + self.others if self.values else len(self.bounds) + 1

    def step(self, value: Any) -> int | None:
        """The step of a value: a number, a word, or several words, of which the first step counts."""
        if value is None or value == () or value == "":
            return None
        if not self.values:
            return bisect_right(self.bounds, value)
        words = value if isinstance(value, tuple) else (value,)
        steps = [self.values.index(word) for word in words if word in self.values]
        if steps:
            return min(steps)
        return len(self.values) if self.others else None

    def label(self, step: int) -> str:
        """The label that somebody gave a step; empty for none."""
        return self.labels[step] if step < len(self.labels) else ""


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """A lens of one's own: a measure on a scale. ``old_after`` counts months (0: nothing is ever old); ``stripes``
    names up to four lenses that stand as bars in the boxes.
    """

    measure: Measure
    scale: Scale
    old_after: int = YEAR
    stripes: tuple[str, ...] = ()


def as_data(rule: Rule) -> dict[str, Any]:
    """What a SavedLens keeps of a rule."""
    scale = {key: value for key, value in dataclasses.asdict(rule.scale).items() if value not in ((), False, "")}
    if rule.scale.dates:
        scale["bounds"] = [dt.date.fromordinal(round(bound)).isoformat() for bound in rule.scale.bounds]
    return {
        "version": VERSION,
        "measure": {key: value for key, value in dataclasses.asdict(rule.measure).items() if value != ""},
        "scale": {key: list(value) if isinstance(value, tuple) else value for key, value in scale.items()},
        "old_after": rule.old_after,
        "stripes": list(rule.stripes),
    }


def from_data(data: Mapping[str, Any]) -> Rule:
    """The rule in what a SavedLens keeps. Raises RuleRefused with one sentence."""
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise RuleRefused("This lens holds no rule that can be read; make it anew.")
    if version > VERSION:
        raise RuleRefused("This lens was made by a newer CapMap; open the map with that one.")
    measure, scale = data.get("measure"), data.get("scale")
    if not isinstance(measure, Mapping) or not isinstance(scale, Mapping):
        raise RuleRefused("This lens does not say what it measures; make it anew.")
    old_after = data.get("old_after", YEAR)
    stripes = data.get("stripes", ())
    rule = Rule(
        _measure(measure),
        _scale(scale),
        old_after if isinstance(old_after, int) and 0 <= old_after <= 1200 else YEAR,
        tuple(_texts(stripes, "stripes"))[:MOST_STRIPES],
    )
    return checked(rule)


def checked(rule: Rule) -> Rule:
    """The rule, if it makes sense. Raises RuleRefused with one sentence."""
    scale = rule.scale
    if scale.values and len(set(scale.values)) != len(scale.values):
        raise RuleRefused("Two steps stand for the same word; take one of them away.")
    if not scale.values and not 1 <= len(scale.bounds) < MOST_STEPS:
        raise RuleRefused(f"A scale has {LEAST_STEPS} to {MOST_STEPS} steps.")
    if any(low >= high for low, high in zip(scale.bounds, scale.bounds[1:], strict=False)):
        raise RuleRefused("The thresholds must rise from step to step.")
    if scale.values and not LEAST_STEPS <= scale.count <= MOST_STEPS:
        raise RuleRefused(f"A scale has {LEAST_STEPS} to {MOST_STEPS} steps.")
    return rule


def _measure(data: Mapping[str, Any]) -> Measure:
    of: Any = data.get("of")
    by: Any = data.get("by", "worst")
    if of not in get_args(Source):
        raise RuleRefused(f"This lens measures “{of}”, which this CapMap does not know.")
    if by not in get_args(By):
        raise RuleRefused(f"This lens puts linked things together by “{by}”, which this CapMap does not know.")
    texts = {}
    for key in ("field", "less", "link", "question", "argument"):
        value = data.get(key, "")
        if not isinstance(value, str):
            raise RuleRefused(f"The {key} that this lens measures is no word; make it anew.")
        texts[key] = value
    measure = Measure(of, by=by, **texts)
    if measure.of == "linked" and measure.link not in LINKS:
        raise RuleRefused(f"This lens looks at links of the type “{measure.link}”, which lead to no capability.")
    if measure.of == "cost" and measure.field not in SPENDINGS:
        raise RuleRefused(f"This lens measures the cost “{measure.field}”; there are {', '.join(SPENDINGS)}.")
    return measure


def _scale(data: Mapping[str, Any]) -> Scale:
    bounds = data.get("bounds", ())
    if isinstance(bounds, str) or not isinstance(bounds, Sequence):
        raise RuleRefused("The thresholds of this lens are no list of numbers; make it anew.")
    numbers = []
    for bound in bounds:
        number: Any = bound
        if isinstance(bound, str):
            try:
                number = dt.date.fromisoformat(bound).toordinal()
            except ValueError:
                raise RuleRefused(f"The threshold “{bound}” of this lens is no date like 2026-11-30.") from None
        if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
            raise RuleRefused(f"The threshold “{bound}” of this lens is no number.")
        numbers.append(float(number))
    palette = data.get("palette", "")
    return Scale(
        palette if isinstance(palette, str) else "",
        tuple(numbers),
        tuple(_texts(data.get("values", ()), "values")),
        tuple(_texts(data.get("labels", ()), "labels")),
        data.get("turned") is True,
        any(isinstance(bound, str) for bound in bounds),
        data.get("others") is True,
    )


def _texts(value: Any, what: str) -> list[str]:
    if isinstance(value, str) or not isinstance(value, Sequence) or not all(isinstance(item, str) for item in value):
        raise RuleRefused(f"The {what} of this lens are no list of words; make it anew.")
    return list(value)
