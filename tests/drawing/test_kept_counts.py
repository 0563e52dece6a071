"""The chips kept through edits are those of all links counted anew."""

from __future__ import annotations

import random

from any_edits import any_edit, company
from hypothesis import given, settings
from hypothesis import strategies as st

from capmap.drawing.chips import KeptCounts, LinkCounts, any_chips, link_counts
from capmap.model.map import Map


def shown_in(current: Map, depth: int, hidden: str | None) -> set[str]:
    """The boxes of so many levels, without those in one branch."""
    boxes = {box.id for box in current.capabilities if current.level(box.id) <= depth}
    return boxes - set(current.subtree_ids([hidden]) if hidden is not None and hidden in current else [])


@given(seed=st.integers(0, 10**9), depth=st.integers(1, 5), services=st.booleans(), projects=st.booleans())
@settings(max_examples=60, deadline=None)
def test_chips_kept_through_any_edits_are_those_counted_anew(
    seed: int, depth: int, services: bool, projects: bool
) -> None:
    chance = random.Random(seed)
    current = company(seed)
    hidden = chance.choice([None, *(box.id for box in current.capabilities)])
    shown, kept = shown_in(current, depth, hidden), KeptCounts()
    kept.count(shown, current, services=services, projects=projects)
    for _ in range(12):
        change = any_edit(current, chance)
        current.apply(change)
        before, shown = shown, shown_in(current, depth, hidden)
        told = dict(kept.counts)
        touched = kept.follow(shown, current, change, before ^ shown)
        fresh = {
            key: LinkCounts(count.services * services, count.projects * projects)
            for key, count in link_counts(shown, current).items()
        }
        assert kept.counts == {key: count for key, count in fresh.items() if any(count)}
        assert kept.boxes_with == any_chips(fresh)
        assert {key for key in told.keys() | kept.counts.keys() if told.get(key) != kept.counts.get(key)} <= touched
