"""The lenses every map has. A new one is a function and a line in ``LENSES``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter

from capmap.lens.lens import Lens, most_frequent
from capmap.lens.scales import gap_step, share, steps
from capmap.model.map import Map
from capmap.model.records import CATEGORIES, Capability

Scores = Callable[[Capability], int | None]


def maturity_gap() -> Lens:
    """How far the maturity of today stays behind its target."""
    labels = ("3 or more below target", "2 below", "1 below", "on target", "above")
    return _gap_lens("maturity gap", "Maturity gap", labels, ("target", "maturity"), "below target", "above target")


def importance() -> Lens:
    """How much the business depends on the capability."""
    labels = ("1 marginal", "2 useful", "3 important", "4 major", "5 vital")
    return _score_lens("importance", "Importance", labels, "blues", (3, 4), "of major or vital importance")


def maturity_now() -> Lens:
    """How well the capability is done today."""
    labels = ("1 ad hoc", "2 repeatable", "3 defined", "4 managed", "5 leading")
    return _score_lens("maturity", "Maturity now", labels, "teals", (0, 1), "ad hoc or just repeatable today")


def confidence() -> Lens:
    """How far the business trusts IT to support the capability."""
    labels = ("1 none", "2 little", "3 some", "4 good", "5 full")
    return _score_lens(
        "confidence", "Confidence in IT", labels, "plums", (0, 1), "where IT has little confidence or none"
    )


def expectation_gap() -> Lens:
    """How far the confidence in IT stays behind what the business expects."""
    labels = ("3 or more short", "2 short", "1 short", "met", "exceeded")
    sides = ("expectation", "confidence")
    return _gap_lens(
        "expectation gap", "Expectation gap", labels, sides, "short of what is expected", "above expectation"
    )


def category() -> Lens:
    """Strategic, core or supporting."""

    def story(counts: Mapping[int | None, int]) -> str:
        return share(counts, (0,), "strategic", "no category")

    return Lens(
        name="category",
        title="Category",
        steps=steps(CATEGORIES, "categories"),
        step_of=lambda _, capability: CATEGORIES.index(capability.category) if capability.category else None,
        label_of=lambda _, capability: capability.category or "no category",
        story=story,
        roll_up=most_frequent,
        fields=("category",),
        unknown="no category",
    )


def plain() -> Lens:
    """No colours but quiet tints by level."""

    def story(counts: Mapping[int | None, int]) -> str:
        total = sum(counts.values())
        return f"{total:,} {'capability' if total == 1 else 'capabilities'}"

    return Lens("plain", "Capabilities", (), lambda _, __: None, lambda _, __: "", story)


def _gap_lens(name: str, title: str, labels: tuple[str, ...], sides: tuple[str, str], short: str, beyond: str) -> Lens:
    """A lens over what is wanted minus what is reached; ``sides`` names the two fields."""
    wanted, reached = (attrgetter(side) for side in sides)

    def label(_: Map, capability: Capability) -> str:
        high, low = wanted(capability), reached(capability)
        if high is None or low is None:
            return "not assessed"
        if high == low:
            return labels[3]
        return f"{high - low} {short}" if high > low else f"{low - high} {beyond}"

    return Lens(
        name=name,
        title=title,
        steps=steps(labels, "terracotta"),
        step_of=lambda _, capability: gap_step(wanted(capability), reached(capability)),
        label_of=label,
        story=lambda counts: share(counts, (0, 1), f"2 or more {short}"),
        fields=sides,
    )


def _score_lens(name: str, title: str, labels: tuple[str, ...], palette: str, told: tuple[int, ...], what: str) -> Lens:
    """A lens over a score from 1 to 5; the story tells how many stand on the ``told`` steps."""
    score: Scores = attrgetter(name)

    def step(_: Map, capability: Capability) -> int | None:
        value = score(capability)
        return None if value is None else value - 1

    def label(_: Map, capability: Capability) -> str:
        value = score(capability)
        return "not assessed" if value is None else labels[value - 1]

    return Lens(
        name=name,
        title=title,
        steps=steps(labels, palette),
        step_of=step,
        label_of=label,
        story=lambda counts: share(counts, told, what),
        fields=(name,),
    )


LENSES: dict[str, Lens] = {
    lens.name: lens
    for lens in (
        maturity_gap(),
        importance(),
        maturity_now(),
        confidence(),
        expectation_gap(),
        category(),
        plain(),
    )
}
"""All built-in lenses by name, the default first."""


def is_assessed(capability: Capability) -> bool:
    """Whether the default lens has a colour for this capability."""
    return capability.maturity is not None and capability.target is not None


def default_lens(current: Map) -> Lens:
    """The maturity gap, or the plain map as long as nobody has assessed anything."""
    return LENSES["maturity gap" if any(map(is_assessed, current.capabilities)) else "plain"]
