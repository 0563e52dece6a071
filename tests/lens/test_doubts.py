"""Old scores and scores of one voice: told apart from low ones, counted once, kept in step with edits."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from typing import Any

import pytest
from any_edits import any_edit, company
from hypothesis import given, settings
from hypothesis import strategies as st

from capmap.lens.builtin import LENSES
from capmap.lens.doubts import Doubts, looked_through, months_before
from capmap.lens.lens import Doubt
from capmap.model import edits
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability, Vote, evolve, make

DAY = dt.date(2026, 11, 22)
GAP = LENSES["maturity gap"]


def one_box(**values: object) -> Map:
    return Map([make(Capability, id="a", name="Billing", **values)])


def voices(current: Map, *votes: tuple[str, int | None]) -> None:
    current.apply(
        Change.of("", current, [make(Vote, capability="a", field=field, value=value) for field, value in votes])
    )


@pytest.mark.parametrize(
    ("assessed_on", "old_after", "is_old"),
    [
        (dt.date(2025, 11, 21), 12, True),
        (dt.date(2025, 11, 22), 12, False),
        (dt.date(2025, 11, 21), 24, False),
        (dt.date(1999, 1, 1), 0, False),
        (None, 12, False),
    ],
)
def test_scores_are_old_after_so_many_months(assessed_on: dt.date | None, old_after: int, is_old: bool) -> None:
    current = one_box(maturity=1, target=4, assessed_on=assessed_on)
    heat = looked_through(dataclasses.replace(GAP, old_after=old_after), current, ["a"], DAY)
    assert (heat.doubt_of("a") == Doubt(True, False)) == is_old
    assert heat.doubted.old == is_old


def test_one_voice_is_told_from_none_and_from_two() -> None:
    current = one_box(maturity=1, target=4)
    assert looked_through(GAP, current, ["a"], DAY).doubt_of("a") is None
    voices(current, ("importance", 3), ("maturity", None))
    assert looked_through(GAP, current, ["a"], DAY).doubt_of("a") is None
    voices(current, ("maturity", 1))
    assert looked_through(GAP, current, ["a"], DAY).doubt_of("a") == Doubt(False, True)
    voices(current, ("maturity", 2))
    assert looked_through(GAP, current, ["a"], DAY).doubt_of("a") is None


def test_what_is_not_assessed_is_neither_old_nor_of_one_voice() -> None:
    current = one_box(assessed_on=dt.date(2001, 1, 1))
    voices(current, ("maturity", 1))
    assert looked_through(GAP, current, ["a"], DAY).doubt_of("a") is None


def test_a_lens_that_reads_no_scores_doubts_nothing() -> None:
    current = one_box(category="core", maturity=1, assessed_on=dt.date(2001, 1, 1))
    assert looked_through(LENSES["category"], current, ["a"], DAY).doubt_of("a") is None


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (dt.date(2026, 3, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2023, 2, 28)),
        (dt.date(2026, 1, 15), 1, dt.date(2025, 12, 15)),
        (dt.date(2026, 1, 15), 1200 * 25, dt.date.min),
    ],
)
def test_months_are_counted_by_the_calendar(day: dt.date, months: int, before: dt.date) -> None:
    assert months_before(day, months) == before


@given(seed=st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_doubts_kept_through_any_edits_are_those_made_anew(seed: int) -> None:
    chance = random.Random(seed)
    current = company(seed)
    shown = {box.id for box in current.capabilities if not current.has_children(box.id)}
    doubts = Doubts(GAP, current, DAY)
    doubts.put(shown)
    done: list[Any] = []
    for _ in range(12):
        kind = chance.random()
        if done and kind < 0.2:
            change = done.pop().inverse()
        elif kind < 0.5:
            change = doubtful_edit(current, chance)
        else:
            change = any_edit(current, chance)
        done.append(change)
        current.apply(change)
        before, shown = shown, {box.id for box in current.capabilities if not current.has_children(box.id)}
        touched = doubts.follow(change)
        doubts.take_out((before - shown) | touched)
        doubts.put((shown - before) | (touched & shown))
        fresh = looked_through(GAP, current, sorted(shown), DAY)
        assert doubts.counted == fresh.doubted
        assert all(doubts.of(box) == fresh.doubt_of(box) for box in shown)


def doubtful_edit(current: Map, chance: random.Random) -> Change:
    """A voice, or another day of an assessment."""
    boxes = [box for box in current.capabilities if not box.alias_of]
    if not boxes:
        return edits.add(current, "New")
    box = chance.choice(boxes)
    if chance.random() < 0.5:
        day = chance.choice([None, dt.date(2024, 1, 1), dt.date(2026, 10, 1)])
        return Change.of("", current, [evolve(box, assessed_on=day)])
    field = chance.choice(["maturity", "target", "importance"])
    return Change.of("", current, [make(Vote, capability=box.id, field=field, value=chance.choice([None, 3]))])
