"""Scales: from the words of a legend to its coloured steps, and from a number to its step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capmap.lens.lens import Step
from capmap.lens.palettes import PALETTES


def steps(labels: Sequence[str], palette: str) -> tuple[Step, ...]:
    """A step for each label, coloured from the palette of that name."""
    return tuple(Step(label, fill) for label, fill in zip(labels, PALETTES[palette].shades(len(labels)), strict=True))


def gap_step(wanted: int | None, reached: int | None) -> int | None:
    """The step of a gap, 0 for three or more short, 3 for met, 4 for exceeded; None unless both sides are known."""
    if wanted is None or reached is None:
        return None
    return min(max(3 - (wanted - reached), 0), 4)


def share(
    counts: Mapping[int | None, int], chosen: Sequence[int], what: str, unknown_word: str = "not assessed"
) -> str:
    """A sentence without its full stop that says how many capabilities stand on the chosen steps.

    ``what`` completes "12 of 52 capabilities are". Says so where nothing, or not everything, is assessed;
    ``unknown_word`` is what the legend says of those that have no step.
    """
    total = sum(counts.values())
    unknown = counts.get(None, 0)
    if total == unknown:
        nothing = "is assessed yet" if unknown_word == "not assessed" else "has a value yet"
        return f"no capability {nothing}" if total else "the map is empty"
    part = sum(counts.get(step, 0) for step in chosen)
    noun = "capability" if total == 1 else "capabilities"
    number = f"{part:,}" if part else "none"
    sentence = f"{number} of {total:,} {noun} {'is' if part < 2 else 'are'} {what}"
    if unknown:
        are = "is" if unknown == 1 else "are"
        sentence += (
            f"; {unknown:,} {are} not assessed" if unknown_word == "not assessed" else f"; {unknown:,}: {unknown_word}"
        )
    return sentence
