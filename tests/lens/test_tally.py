"""The steps and counts kept through edits are those of a lens applied anew."""

from __future__ import annotations

import datetime as dt
import random

from any_edits import any_edit, company
from hypothesis import given, settings
from hypothesis import strategies as st

from capmap.lens.builtin import LENSES
from capmap.lens.lens import Lens, apply
from capmap.lens.ruled import ruled
from capmap.lens.tally import Tally
from capmap.model import edits
from capmap.model.change import Change
from capmap.model.lensrules import Measure, Rule, Scale
from capmap.model.map import Map

BY_SIZE = Lens(
    name="size",
    title="Size",
    steps=LENSES["importance"].steps[:2],
    step_of=lambda current, capability: min(len(current.links_to(capability.id)), 1) or None,
    label_of=lambda _, __: "",
    story=lambda counts: f"{counts[1]} linked",
    reads="links",
)
"""A lens that reads more than own fields."""


FEWEST_SERVICES = Rule(Measure("linked", link="supports", by="count"), Scale("blues", (1.0, 2.0)))
WITH_BARS = Rule(Measure("field", "target"), Scale("teals", (2.0, 4.0)), stripes=("importance",))


def ruled_lenses(current: Map) -> list[Lens]:
    """Lenses made of rules: one asks for links around and inside, one reads own fields."""
    day = dt.date(2026, 11, 22)
    return [ruled(rule, "own", "Own", current, day, LENSES) for rule in (FEWEST_SERVICES, WITH_BARS)]


def leaves(current: Map, depth: int) -> set[str]:
    """The boxes without boxes inside when so many levels are shown."""
    return {
        box.id
        for box in current.capabilities
        if (level := current.level(box.id)) == depth or (level < depth and not current.has_children(box.id))
    }


def assert_alike(tally: Tally, lens: Lens, current: Map, shown: set[str]) -> None:
    heat, fresh = tally.heat, apply(lens, current, shown)
    assert dict(heat.steps) == fresh.steps
    assert (heat.legend, heat.story, heat.lens) == (fresh.legend, fresh.story, fresh.lens)
    assert all(heat.steps.get(box) == fresh.steps.get(box) for box in (*current.child_ids(None), "nowhere"))


@given(seed=st.integers(0, 10**9), depth=st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_counts_kept_through_any_edits_are_those_made_anew(seed: int, depth: int) -> None:
    chance = random.Random(seed)
    current = company(seed)
    lens, shown = LENSES["maturity gap"], leaves(current, depth)
    tally = Tally(lens, current, shown)
    assert_alike(tally, lens, current, shown)
    done: list[Change] = []
    for _ in range(12):
        change = done.pop().inverse() if done and chance.random() < 0.3 else any_edit(current, chance)
        done.append(change)
        current.apply(change)
        before, shown = shown, leaves(current, depth)
        tally.take_out(before - shown)
        tally.put(shown - before)
        touched = tally.follow(change)
        assert shown & before & change.after.keys() <= touched
        assert_alike(tally, lens, current, shown)
        if chance.random() < 0.4:
            lens = chance.choice([*LENSES.values(), BY_SIZE, *ruled_lenses(current)])
            tally.look_through(lens)
            assert_alike(tally, lens, current, shown)


def test_a_box_whose_step_an_edit_changes_is_told() -> None:
    current = company(3)
    depth = 2
    shown = leaves(current, depth)
    tally = Tally(LENSES["maturity"], current, shown)
    below = next(box for box in current.capabilities if current.level(box.id) == depth + 1)
    before = dict(tally.heat.steps)
    change = edits.put(current, below.id, maturity=1 if below.maturity != 1 else 5)
    current.apply(change)
    touched = tally.follow(change)
    after = tally.heat.steps
    assert below.parent in touched
    assert {box for box in before if before[box] != after[box]} <= touched
