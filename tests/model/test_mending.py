"""Broken records become a sound map, and a second mending finds nothing to do."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from capmap.model import rules
from capmap.model.mending import mended
from capmap.model.records import Capability, Link, Note, Record, Service, Vote

IDS = st.sampled_from(["a", "b", "c", "d", "e", "f", "nobody"])
MAYBE = st.none() | IDS


def broken(kind: type[Record], **values: st.SearchStrategy[Any]) -> st.SearchStrategy[Record]:
    return st.fixed_dictionaries({"id": IDS, **values}).map(lambda chosen: kind(**chosen))


RECORDS = st.lists(
    st.one_of(
        broken(
            Capability,
            name=st.sampled_from(["Box", "", "x" * 300, "bad\x00name"]),
            parent=MAYBE,
            position=st.integers(0, 3),
            alias_of=MAYBE,
            maturity=st.sampled_from([None, 3, 9]),
        ),
        broken(
            Service, name=st.just("Service"), provider=MAYBE, level_actual=st.sampled_from([None, 99.5, float("nan")])
        ),
        broken(Link, type=st.sampled_from(["supports", "depends on"]), source=IDS, target=IDS),
        broken(Vote, capability=IDS, field=st.just("maturity")),
        broken(Note, type=st.just("note"), subject=MAYBE),
    ),
    max_size=12,
)


@given(RECORDS)
def test_whatever_is_broken_is_mended(records: list[Record]) -> None:
    whole, notes = mended(records)
    assert rules.check(whole) == []
    again, more = mended(list(whole))
    assert more == []
    assert {record.id: record for record in again} == {record.id: record for record in whole}
    assert all(note.endswith((".", "now.")) for note in notes)


def test_sound_records_stay_as_they_are() -> None:
    whole, _ = mended([Capability(id="a", name="A"), Capability(id="b", name="B", parent="a")])
    again, notes = mended(list(whole))
    assert notes == []
    assert len(again) == len(whole)


def test_a_circle_is_cut_and_its_boxes_are_kept() -> None:
    circle = [
        Capability(id="a", name="A", parent="c"),
        Capability(id="b", name="B", parent="a"),
        Capability(id="c", name="C", parent="b"),
    ]
    whole, notes = mended(circle)
    assert {box.name for box in whole.capabilities} == {"A", "B", "C", "Recovered"}
    assert len([note for note in notes if "lost its place" in note]) == 1


def test_too_deep_a_branch_is_lifted() -> None:
    chain = [
        Capability(id=f"n{number}", name=f"N{number}", parent=f"n{number - 1}" if number else None)
        for number in range(80)
    ]
    whole, _ = mended([dataclasses.replace(box) for box in chain])
    assert rules.check(whole) == []
    assert len(list(whole.walk())) == 80
