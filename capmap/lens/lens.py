"""Lens: the rule; Heat: what it says of one map, a step of a scale for every capability with a legend that counts."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence

from capmap.model.map import Map
from capmap.model.records import Capability


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One step of a scale: its words in the legend and its colour ("#rrggbb")."""

    label: str
    fill: str


@dataclasses.dataclass(frozen=True, slots=True)
class Lens:
    """A rule from capability to step.

    ``step_of`` gives the index into ``steps``, or None where the capability is not assessed; ``label_of`` says what
    the colour stands for in words ("2 below target"); ``story`` tells in a sentence what a picture with these counts
    shows; ``roll_up`` gives one step for the steps of many, for a box that stands for the boxes hidden in it: the
    middle one, or the worse of the two in the middle. ``fields`` names the own fields of few values that ``step_of``
    reads, if it reads nothing else: such a lens can be applied to very many boxes by a table.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    step_of: Callable[[Map, Capability], int | None]
    label_of: Callable[[Map, Capability], str]
    story: Callable[[Mapping[int | None, int]], str]
    roll_up: Callable[[Sequence[int]], int] = statistics.median_low
    fields: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend: the step (None: not assessed) and how many boxes show it."""

    step: Step | None
    count: int


@dataclasses.dataclass(frozen=True, slots=True)
class Heat:
    """A lens applied to the leaves of one map."""

    lens: Lens
    steps: Mapping[str, int | None]
    legend: tuple[LegendEntry, ...]
    story: str


def apply(lens: Lens, current: Map, shown: Iterable[str]) -> Heat:
    """The step of each of these capabilities (alias boxes show their target's), with a legend that counts each
    capability once.
    """
    steps: dict[str, int | None] = {}
    counted: dict[str, int | None] = {}
    rolled_up = False
    for record_id in shown:
        capability = current.shown(current.capability(record_id))
        if capability.id not in counted:
            own = lens.step_of(current, capability)
            counted[capability.id] = _below(lens, current, capability) if own is None else own
            rolled_up |= counted[capability.id] != own
        steps[record_id] = counted[capability.id]
    counts: dict[int | None, int] = dict.fromkeys([*range(len(lens.steps)), None], 0)
    for index in counted.values():
        counts[index] += 1
    legend = [LegendEntry(step, counts[index]) for index, step in enumerate(lens.steps)]
    if counts[None]:
        legend.append(LegendEntry(None, counts[None]))
    story = lens.story(counts)
    return Heat(lens, steps, tuple(legend), f"{story}; closed boxes show the middle of theirs" if rolled_up else story)


def _below(lens: Lens, current: Map, capability: Capability) -> int | None:
    """The step that stands for the leaves below a box that has none of its own."""
    if not current.has_children(capability.id):
        return None
    leaves = (leaf for leaf in current.walk(capability.id) if not leaf.alias_of and not current.has_children(leaf.id))
    steps = [step for leaf in leaves if (step := lens.step_of(current, leaf)) is not None]
    return lens.roll_up(steps) if steps else None
