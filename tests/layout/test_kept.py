"""A layout packed and unpacked is the same to the last bit; anything else that is unpacked is no layout at all."""

from __future__ import annotations

import dataclasses
import itertools
import os
import random
import subprocess
import sys
import zlib
from typing import Any

import pytest
from arranged import SHOP, outlined
from hypothesis import given, settings
from hypothesis import strategies as st

from capmap.layout import arrange, kept, rearrange
from capmap.layout.boxes import Box, Layout
from capmap.model import edits, rules
from capmap.model.map import Map

NAMES = ("Claims", "Self-service", "保険金支払い部門", "Data and Analytics", "Ü/Ö", "x" * 60, "風險 management")


def told(layout: Layout) -> list[object]:
    """Everything that there is to a layout."""
    whole = [
        getattr(layout, field.name) for field in dataclasses.fields(Layout) if field.name not in ("boxes", "index")
    ]
    return [
        *whole,
        sorted(layout.index),
        *(
            [getattr(box, field.name) for field in dataclasses.fields(Box) if field.name not in ("parent", "children")]
            + [box.parent and box.parent.id, [child.id for child in box.children]]
            for box in layout.walk()
        ),
    ]


def packed(layout: Layout, current: Map) -> bytes:
    content = kept.packed(layout, current)
    assert content is not None
    return content


def edited(seed: int) -> tuple[Map, Layout]:
    """A map and its layout after some edits that it has followed."""
    chance = random.Random(seed)
    current = outlined(SHOP)
    layout = arrange(current, aspect=chance.choice((0.6, 1.6, 3.0)))
    for _ in range(chance.randint(0, 12)):
        ids = [box.id for box in current.capabilities]
        kind, one = chance.random(), chance.choice(ids)
        if kind < 0.4:
            change = edits.add(current, chance.choice(NAMES), chance.choice([None, *ids]), chance.choice([None, 0]))
        elif kind < 0.6:
            change = edits.rename(current, one, chance.choice(NAMES))
        elif kind < 0.7:
            change = edits.put(current, one, area=chance.choice(("top", "left", "bottom", None)))
        elif kind < 0.8:
            change = edits.put(
                current, one, columns=chance.choice((1, 2, 3)), direction=chance.choice(("columns", None))
            )
        elif kind < 0.9 and len(ids) > 5:
            change = edits.remove(current, [one])
        else:
            into = chance.choice([None, *ids])
            if rules.why_not_move(current, [one], into):
                continue
            change = edits.move(current, [one], into, 0)
        current.apply(change)
        if rearrange(layout, current, change) is None:
            layout = arrange(current)
    return current, layout


@given(st.integers(0, 10**9))
@settings(max_examples=40)
def test_what_is_unpacked_is_what_was_packed(seed: int) -> None:
    current, layout = edited(seed)
    again = kept.unpacked(packed(layout, current), current)
    assert again is not None
    assert told(again) == told(layout)


@given(st.integers(0, 10**9))
@settings(max_examples=15)
def test_an_unpacked_layout_follows_edits_as_the_packed_one_does(seed: int) -> None:
    current, layout = edited(seed)
    again = kept.unpacked(packed(layout, current), current)
    assert again is not None
    change = edits.add(current, "Something quite new", next(iter(current.capabilities)).id)
    current.apply(change)
    assert rearrange(layout, current, change) == rearrange(again, current, change)
    assert told(layout) == told(again)


def test_a_map_without_boxes_and_a_part_of_one_are_not_whole() -> None:
    current = outlined(SHOP)
    assert kept.is_whole(arrange(current), current)
    assert not kept.is_whole(arrange(current, root="Sell"), current)
    assert not kept.is_whole(arrange(current, depth=2), current)
    assert not kept.is_whole(arrange(current, collapsed=["Sell"]), current)
    assert not kept.is_whole(arrange(Map()), Map())


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Sold"},
        {"columns": 2},
        {"direction": "columns"},
        {"area": "left"},
        {"equal": True},
        {"order_by": "name"},
    ],
)
def test_whatever_may_move_a_box_makes_another_digest(values: dict[str, Any]) -> None:
    current = outlined(SHOP)
    before = kept.made_for(current)
    change = edits.put(current, "Sell", **values)
    current.apply(change)
    assert kept.made_for(current) != before
    current.apply(change.inverse())
    assert kept.made_for(current) == before


def test_the_order_of_boxes_is_part_of_the_digest_and_a_score_is_not() -> None:
    current = outlined(SHOP)
    digests = {kept.made_for(current)}
    for change in (
        edits.move(current, ["Run"], None, 0),
        edits.move(current, ["Brand"], "Serve", 0),
        edits.remove(current, ["Payroll"]),
    ):
        current.apply(change)
        digests.add(kept.made_for(current))
        current.apply(change.inverse())
    assert len(digests) == 4
    current.apply(edits.put(current, "Sell", maturity=3, description="What we live on", tags=("a",)))
    assert kept.made_for(current) in digests
    # Ordered by a score, the score counts.
    current.apply(edits.put(current, "Serve", order_by="maturity"))
    before = kept.made_for(current)
    current.apply(edits.put(current, "Returns", maturity=1))
    assert kept.made_for(current) != before


def test_the_digest_is_the_same_in_every_process() -> None:
    script = "from arranged import SHOP, outlined; from capmap.layout import kept; print(kept.made_for(outlined(SHOP)))"
    paths = os.pathsep.join([os.path.dirname(__file__), *sys.path])
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert found == {kept.made_for(outlined(SHOP))}


def test_a_layout_of_another_map_is_none_of_this() -> None:
    current, other = outlined(SHOP), outlined(SHOP + "More\n")
    content = packed(arrange(current), current)
    assert kept.unpacked(content, other) is None
    assert kept.unpacked(content, Map()) is None


def test_odd_bytes_are_no_layout_and_no_error() -> None:
    current = outlined(SHOP)
    sound = packed(arrange(current), current)
    raw = zlib.decompress(sound)
    for odd in (b"", b"x", sound[:-1], sound + b"x", zlib.compress(raw[:-1]), zlib.compress(raw + b"\0")):
        assert kept.unpacked(odd, current) is None
    assert kept.unpacked(zlib.compress(bytes(200_000_000), 1), current) is None


def test_damaged_numbers_give_a_layout_within_bounds_or_none() -> None:
    current = outlined(SHOP)
    raw = zlib.decompress(packed(arrange(current), current))
    chance = random.Random(3)
    refused = 0
    for _ in range(3_000):
        damaged = bytearray(raw)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.choice((0, 1, 127, 128, 255, chance.randrange(256)))
        found = kept.unpacked(zlib.compress(damaged, 0), current)
        if found is None:
            refused += 1
            continue
        assert set(found.index) == {box.id for box in current.capabilities}
        for box in found.walk():
            x, y, width, height = found.rectangle(box)
            assert all(map(lambda side: 0 <= side < 1e8, (x, y, width, height)))  # noqa: C417
            assert "".join(box.lines).replace(" ", "") == current.capability(box.id).name.replace(" ", "")
            parent = current.capability(box.id).parent
            assert (box.parent.id if box.parent else None) == parent
        for rows, boxes in itertools.chain(
            [(found.rows, found.boxes)], ((box.rows, box.children) for box in found.walk())
        ):
            assert not rows or sum(rows) == len(boxes)
    assert 300 < refused < 3_000
