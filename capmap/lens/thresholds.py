"""Thresholds: where the steps of a scale begin, found from the values that there are."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Iterable, Sequence

from capmap.analysis.measures import Measured
from capmap.lens.palettes import PALETTES
from capmap.model.lensrules import MOST_STEPS, Scale
from capmap.model.map import Map

USUAL_STEPS = 5


def values_of(made: Measured, current: Map) -> list[float | str]:
    """The values of all leaves that have one, references left out; of several words each."""
    found: list[float | str] = []
    for box in current.walk():
        if box.alias_of or current.has_children(box.id):
            continue
        value = made.value_of(current, box)
        if isinstance(value, tuple):
            found += value
        elif value is not None:
            found.append(value)
    return found


def even(values: Sequence[float], count: int, factor: int = 1) -> tuple[float, ...]:
    """Thresholds at like distances, on round numbers where that makes little difference, for so many steps or fewer;
    numbers are kept ``factor`` times as large as a person writes them.
    """
    low, high = min(values, default=0.0) / factor, max(values, default=0.0) / factor
    if low == high:
        return ((low + 1) * factor,)
    step = _round((high - low) / count)
    first = math.floor(low / step + 1e-9) * step + step
    bounds = [first + index * step for index in range(count - 1)]
    if bounds[-1] > high:
        step = (high - low) / count
        bounds = [low + (index + 1) * step for index in range(count - 1)]
    return _rising(round(bound * factor, 9) for bound in bounds)


def quantiles(values: Sequence[float], count: int) -> tuple[float, ...]:
    """Thresholds that put about as many values on each of so many steps; fewer where many values are the same."""
    ordered = sorted(values)
    if not ordered:
        return (1.0,)
    found = [ordered[min(len(ordered) * index // count, len(ordered) - 1)] for index in range(1, count)]
    rising = tuple(bound for bound in _rising(found) if bound > ordered[0])
    return rising or (ordered[0] + 1,)


def suggested(made: Measured, current: Map, count: int = USUAL_STEPS) -> Scale:
    """The scale that suits a measure on this map: a step for each score or word, thresholds for other numbers."""
    palette = _palette(made)
    turned = bool(made.rises_to_bad) and made.kind != "words" and PALETTES[palette].kind == "diverging"
    if made.kind == "words":
        return _of_words(made, current, palette)
    if made.is_score:
        return Scale(palette, (2.0, 3.0, 4.0, 5.0), turned=turned)
    if made.whole and made.rises_to_bad:
        return Scale(palette, (0.0, 1.0, 2.0, 3.0), turned=turned)
    values = [value for value in values_of(made, current) if isinstance(value, int | float)]
    few = sorted(set(values))
    if made.whole and 1 < len(few) <= MOST_STEPS and few[-1] - few[0] < MOST_STEPS:
        bounds = tuple(float(value) for value in range(round(few[0]) + 1, round(few[-1]) + 1))
    elif made.whole and values:
        bounds = _rising(math.ceil(bound) for bound in even(values, count))
    else:
        bounds = even(values, count, made.factor) if values else (1.0,)
    if made.kind == "date":
        bounds = _rising(round(bound) for bound in bounds)
    return Scale(palette, bounds or (1.0,), turned=turned, dates=made.kind == "date")


def _of_words(made: Measured, current: Map, palette: str) -> Scale:
    """A step for each word that may be, or for the most frequent of those that are."""
    if made.choices and len(made.choices) <= MOST_STEPS:
        words, others = made.choices, False
    else:
        counts = Counter(str(value) for value in values_of(made, current))
        words = tuple(word for word, _ in counts.most_common(MOST_STEPS))
        others = len(counts) > MOST_STEPS
        if others:
            words = words[:-1]
    if len(words) < 2:
        words, others = (*words, *("—",) * (1 - len(words))), True
    turned = made.rises_to_bad is True and PALETTES[palette].kind == "diverging"
    return Scale(palette, values=words, others=others, turned=turned)


def _palette(made: Measured) -> str:
    if made.kind == "words":
        ordered = made.rises_to_bad is not None and 3 <= len(made.choices) <= MOST_STEPS
        return "terracotta" if ordered or (len(made.choices) == 2 and made.rises_to_bad is not None) else "categories"
    if made.unit == "money":
        return "ambers"
    return "terracotta" if made.rises_to_bad is not None else "blues"


def with_steps(scale: Scale, bounds: Iterable[float]) -> Scale:
    """The scale with other thresholds; labels that somebody gave go, since they say something else now."""
    return dataclasses.replace(scale, bounds=tuple(bounds), labels=())


def _round(size: float) -> float:
    """1, 2, 2.5 or 5 times a power of ten, the largest that is not above the size."""
    power = 10.0 ** math.floor(math.log10(size))
    return max(part * power for part in (1.0, 2.0, 2.5, 5.0) if part * power <= size * (1 + 1e-9))


def _rising(bounds: Iterable[float]) -> tuple[float, ...]:
    return tuple(sorted(set(bounds)))
