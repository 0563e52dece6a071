"""Ruled: a lens made from a rule, ready to be looked through on one map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from capmap.analysis.measured import measured
from capmap.analysis.measures import Measured
from capmap.errors import CapMapError
from capmap.lens.lens import Lens, Step, most_frequent
from capmap.lens.palettes import PALETTES
from capmap.lens.scales import share
from capmap.model.lensrules import MOST_STRIPES, Rule, RuleRefused, Scale
from capmap.model.map import Map
from capmap.model.records import ASSESSED_FIELDS, Capability

_BY_TABLE = {*ASSESSED_FIELDS, "category"}
"""Own fields of few values."""


def ruled(
    rule: Rule, name: str, title: str, current: Map, on: dt.date, others: Mapping[str, Lens] | None = None
) -> Lens:
    """The lens of a rule as of a day; ``others`` are the lenses among which its stripes are found. Raises RuleRefused
    and UsageError with one sentence where the map or this CapMap lacks what the rule asks for.
    """
    made = measured(rule.measure, current, on)
    return lens_of(rule, made, name, title, others or {})


def lens_of(rule: Rule, made: Measured, name: str, title: str, others: Mapping[str, Lens]) -> Lens:
    """The lens of a rule whose measure is ready to be taken. Raises RuleRefused."""
    scale = rule.scale
    _require_fitting(scale, made)
    palette = PALETTES.get(scale.palette)
    if palette is None:
        raise RuleRefused(f"This lens has the colours “{scale.palette}”, which this CapMap does not know.")
    fills = palette.shades(scale.count)
    labels = made.labels(scale)
    steps = tuple(Step(label, fill) for label, fill in zip(labels, fills[::-1] if scale.turned else fills, strict=True))
    step_of, value_of = scale.step, made.value_of

    def step(current: Map, capability: Capability) -> int | None:
        return step_of(value_of(current, capability))

    def label(current: Map, capability: Capability) -> str:
        value = value_of(current, capability)
        found = step_of(value)
        words = made.words(value)
        return words if found is None or words == labels[found] else f"{words} ({labels[found]})"

    told = _told_step(scale, made)
    missing = [wanted for wanted in rule.stripes if wanted not in others]
    stripes = tuple(others[wanted] for wanted in rule.stripes if wanted in others and others[wanted].steps)
    return Lens(
        name,
        title,
        steps,
        step,
        label,
        lambda counts: share(counts, (told,), f"“{labels[told]}”", made.unknown),
        **({"roll_up": most_frequent} if made.kind == "words" and made.rises_to_bad is None else {}),
        fields=made.fields if set(made.fields) <= _BY_TABLE else (),
        unknown=made.unknown,
        reads=made.reads,
        old_after=rule.old_after,
        stripes=stripes[:MOST_STRIPES],
        trouble="" if not missing else "A stripe of this lens shows another lens that is no longer in the map.",
    )


def _told_step(scale: Scale, made: Measured) -> int:
    """The step that the sentence of a picture is about: the worst one, or the highest."""
    if made.kind == "words":
        return scale.count - 1 if made.rises_to_bad and not scale.others else 0
    return 0 if made.rises_to_bad is False else scale.count - 1


def _require_fitting(scale: Scale, made: Measured) -> None:
    if made.kind == "words" and not scale.values:
        raise RuleRefused(f"{made.title} is words, but this lens has thresholds; make it anew.")
    if made.kind != "words" and scale.values:
        raise RuleRefused(f"{made.title} is a number or a date, but this lens has words; make it anew.")


def unusable(name: str, title: str, problem: CapMapError) -> Lens:
    """A lens that colours nothing and says why."""
    sentence = str(problem)
    told = sentence[:1].lower() + sentence[1:].rstrip(".")
    return Lens(
        name, title, (), lambda _, __: None, lambda _, __: "", lambda _: f"{title} cannot be used: {told}",
        trouble=sentence,
    )  # fmt: skip
