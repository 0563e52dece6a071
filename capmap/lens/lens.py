"""Lens: the rule; Heat: what it says of one map, a step of a scale for every capability with a legend that counts."""

from __future__ import annotations

import collections
import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from capmap.model.map import Map
from capmap.model.records import ASSESSED_FIELDS, Capability

Reads = Literal["box", "links", "map"]
"""What the step of a box depends on."""


class Doubt(NamedTuple):
    """Why a score may not be worth what it seems: it is old, or the voice of one person."""

    old: bool
    single: bool


class Doubted(NamedTuple):
    """How many capabilities have scores that are old, and how many scores of one voice."""

    old: int = 0
    single: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One step of a scale: its words in the legend and its colour ("#rrggbb")."""

    label: str
    fill: str


def median_low(steps: Sequence[int]) -> int:
    """The step in the middle, the lower one of two. (``statistics`` would hold up the first window.)"""
    return sorted(steps)[(len(steps) - 1) // 2]


def most_frequent(steps: Sequence[int]) -> int:
    """The step that most have, the first of several."""
    counts = collections.Counter(steps)
    return max(counts, key=lambda step: counts[step])


@dataclasses.dataclass(frozen=True, slots=True)
class Lens:
    """A rule from capability to step.

    ``step_of`` gives the index into ``steps``, or None where the capability is not assessed; ``label_of`` says what
    the colour stands for in words ("2 below target"); ``story`` tells in a sentence what a picture with these counts
    shows; ``roll_up`` gives one step for the steps of many, in ascending order, for a box that stands for the boxes
    hidden in it: the middle one, or the worse of the two in the middle. ``fields`` names the own fields of few values
    that ``step_of`` reads, if it reads nothing else: such a lens can be applied to very many boxes by a table.

    ``unknown`` says in the legend what it means that there is no step. ``reads`` says what the step of a box depends
    on: the box alone; what is linked to it, to the boxes around and inside it; or anything in the map, which was read
    when the lens was made and must be read again when the map has changed. Scores are old ``old_after`` so many months
    (0: never). ``stripes`` are lenses that stand as bars in the boxes besides. ``trouble`` says in a sentence why a
    lens cannot be used.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    step_of: Callable[[Map, Capability], int | None]
    label_of: Callable[[Map, Capability], str]
    story: Callable[[Mapping[int | None, int]], str]
    roll_up: Callable[[Sequence[int]], int] = median_low
    fields: tuple[str, ...] = ()
    unknown: str = "not assessed"
    reads: Reads = "box"
    old_after: int = 12
    stripes: tuple[Lens, ...] = ()
    trouble: str = ""

    @property
    def judged(self) -> tuple[str, ...]:
        """The scores that it reads: somebody's judgement, which may be old or one person's."""
        return tuple(field for field in self.fields if field in ASSESSED_FIELDS)


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
    doubt_of: Callable[[str], Doubt | None] = lambda _: None
    """Why the scores of a box shown are doubtful; None where they are not."""
    doubted: Doubted = Doubted()
    stripes: tuple[Heat, ...] = ()

    @property
    def total(self) -> int:
        """How many capabilities the legend counts."""
        return sum(entry.count for entry in self.legend)


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
            counted[capability.id], is_rolled_up = own_or_below(lens, current, capability)
            rolled_up |= is_rolled_up
        steps[record_id] = counted[capability.id]
    return heat_of(lens, steps, Counter(counted.values()), rolled_up=rolled_up)


def heat_of(lens: Lens, steps: Mapping[str, int | None], counted: Mapping[int | None, int], *, rolled_up: bool) -> Heat:
    """The heat with these steps, of which so many are counted; ``rolled_up`` says that closed boxes show the middle of
    what they hold.
    """
    counts = {index: counted.get(index, 0) for index in (*range(len(lens.steps)), None)}
    legend = [LegendEntry(step, counts[index]) for index, step in enumerate(lens.steps)]
    if counts[None]:
        legend.append(LegendEntry(None, counts[None]))
    story = lens.story(counts)
    return Heat(lens, steps, tuple(legend), f"{story}; closed boxes show the middle of theirs" if rolled_up else story)


def own_or_below(lens: Lens, current: Map, capability: Capability) -> tuple[int | None, bool]:
    """The step of a box, or, where it has none of its own, the one that stands for the leaves below it; and whether it
    is that.
    """
    own = lens.step_of(current, capability)
    if own is not None or not current.has_children(capability.id):
        return own, False
    leaves = (leaf for leaf in current.walk(capability.id) if not leaf.alias_of and not current.has_children(leaf.id))
    steps = [step for leaf in leaves if (step := lens.step_of(current, leaf)) is not None]
    return (lens.roll_up(sorted(steps)), True) if steps else (None, False)


def says_something(lens: Lens, current: Map) -> bool:
    """Whether a lens has a colour for any leaf of the map, or needs none."""
    if not lens.steps:
        return True
    leaves = (box for box in current.walk() if not box.alias_of and not current.has_children(box.id))
    return any(lens.step_of(current, leaf) is not None for leaf in leaves)
