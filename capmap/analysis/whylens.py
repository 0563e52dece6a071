"""Whylens: what the lenses of a map's own say of one capability, and what proves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from capmap.analysis.answer import Row
from capmap.analysis.measured import measured
from capmap.analysis.measures import Measured
from capmap.analysis.words import listed
from capmap.errors import CapMapError
from capmap.model.lenses import lenses_of
from capmap.model.lensrules import Rule, from_data
from capmap.model.map import Map
from capmap.model.records import Capability

_MOST_PROOFS = 6


def lens_rows(current: Map, capability: Capability, on: dt.date) -> Iterator[Row]:
    """A row for each saved lens: the value with the step that it falls on, what is measured, and who proves it; of a
    lens that cannot be used why.
    """
    for lens in lenses_of(current):
        try:
            rule = from_data(lens.rule)
            made = measured(rule.measure, current, on)
            value = made.value_of(current, capability)
            step = rule.scale.step(value)
            labels = made.labels(rule.scale)
        except CapMapError as problem:
            values = (f"Lens: {lens.name}", "cannot be used", str(problem))
            yield Row(values, (capability.id,), (capability.id,))
            continue
        words = made.words(value)
        told = words if step is None or words == labels[step] else f"{words}: {labels[step]}"
        proofs = list(made.proof(current, capability))[: _MOST_PROOFS + 1] if made.proof is not None else []
        means = f"{made.title}{_bounds(rule, made, step)}."
        if proofs:
            means += " " + listed([f"{name} ({text.rstrip('.')})" for name, text, _ in proofs], _MOST_PROOFS) + "."
        path = proofs[0][2] if proofs else (capability.id,)
        about = tuple(dict.fromkeys((capability.id, *(path[0] for *_, path in proofs if path))))
        yield Row((f"Lens: {lens.name}", told, means), about, path)


def _bounds(rule: Rule, made: Measured, step: int | None) -> str:
    """Where the step begins and ends, if its label does not say so by itself."""
    scale = rule.scale
    if step is None or scale.values or not scale.label(step):
        return ""
    low = made.words(scale.bounds[step - 1]) if step else ""
    high = made.words(scale.bounds[step]) if step < len(scale.bounds) else ""
    if low and high:
        return f", from {low} to below {high}"
    return f", from {low} on" if low else f", below {high}"
