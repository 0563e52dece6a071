"""The numbers of a map kept through edits are those counted anew."""

from __future__ import annotations

import random

from any_edits import any_edit, company
from hypothesis import given, settings
from hypothesis import strategies as st

from capmap.model.census import Census
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import ASSESSED_FIELDS


def told(census: Census) -> dict[str, int]:
    names = ("boxes", "areas", "middle", "leaves", "leaves_below_areas", "assessed_leaves", "levels")
    return {name: getattr(census, name) for name in names}


def counted(current: Map) -> dict[str, int]:
    """The same the long way."""
    boxes = [box for box in current.walk() if not box.alias_of]
    leaves = [box for box in boxes if not current.has_children(box.id)]
    return {
        "boxes": len(boxes),
        "areas": sum(box.parent is None for box in boxes),
        "middle": sum(box.parent is not None and current.has_children(box.id) for box in boxes),
        "leaves": len(leaves),
        "leaves_below_areas": sum(box.parent is not None for box in leaves),
        "assessed_leaves": sum(any(getattr(box, field) is not None for field in ASSESSED_FIELDS) for box in leaves),
        "levels": max((current.level(box.id) for box in current.capabilities), default=0),
    }


@given(seed=st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_numbers_kept_through_any_edits_are_those_counted_anew(seed: int) -> None:
    chance = random.Random(seed)
    current = company(seed, boxes=25)
    census = Census(current)
    done: list[Change] = []
    for _ in range(15):
        change = done.pop().inverse() if done and chance.random() < 0.3 else any_edit(current, chance)
        done.append(change)
        current.apply(change)
        census.follow(change)
        assert told(census) == counted(current)
