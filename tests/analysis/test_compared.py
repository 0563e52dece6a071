"""Compared: what happened between two maps is told once, by what it is, whoever wrote the second."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from capmap.analysis.compared import KINDS, compared
from capmap.model import edits
from capmap.model.edits import Branch
from capmap.model.map import Map


def grown() -> Map:
    current = Map()
    current.apply(
        edits.add_branches(
            current,
            [
                Branch(
                    {"name": "Sales", "code": "S"},
                    [Branch({"name": "Quotation", "code": "S1", "maturity": 1}, []), Branch({"name": "Advice"}, [])],
                ),
                Branch({"name": "Run"}, [Branch({"name": "Billing"}, [])]),
            ],
        )
    )
    return current


def named(current: Map, name: str) -> str:
    return next(box.id for box in current.walk() if box.name == name)


def test_a_map_is_the_same_as_itself() -> None:
    current = grown()
    found = compared(current, current.snapshot())
    assert found.is_same
    assert found.sentence == "The capabilities are the same."


def test_each_edit_is_told_as_what_it_is() -> None:
    old = grown()
    new = old.snapshot()
    new.apply(edits.add(new, "Brand", into=named(new, "Sales")))
    new.apply(edits.remove(new, [named(new, "Billing")]))
    new.apply(edits.move(new, [named(new, "Advice")], into=named(new, "Run")))
    new.apply(edits.rename(new, named(new, "Sales"), "Distribution"))
    new.apply(edits.put(new, named(new, "Quotation"), maturity=3, owner="Kim"))
    found = compared(old, new)
    told = {kind: [each.name for each in found.of(kind)] for kind in KINDS}
    assert told == {
        "added": ["Brand"],
        "removed": ["Billing"],
        "moved": ["Advice"],
        "renamed": ["Distribution"],
        "re-scored": ["Quotation"],
        "edited": ["Quotation"],
    }
    assert found.of("moved")[0].words == "from Sales to Run"
    assert found.of("renamed")[0].words == "was “Sales”"
    assert "maturity now 1 → 3" in found.of("re-scored")[0].words


def test_another_order_of_siblings_is_no_change() -> None:
    old = grown()
    new = old.snapshot()
    new.apply(edits.shift(new, [named(new, "Advice")], -1))
    assert compared(old, new).is_same


def test_maps_without_common_ids_are_matched_by_code_and_path() -> None:
    old, new = grown(), grown()
    assert not {box.id for box in old.walk()} & {box.id for box in new.walk()}
    new.apply(edits.rename(new, named(new, "Quotation"), "Offer"))
    new.apply(edits.rename(new, named(new, "Billing"), "Invoicing"))
    found = compared(old, new)
    assert [each.name for each in found.of("renamed")] == ["Offer"]
    assert [each.name for each in found.of("added")] == ["Invoicing"]
    assert [each.name for each in found.of("removed")] == ["Billing"]


def test_what_else_differs_is_counted() -> None:
    old = grown()
    new = old.snapshot()
    from capmap.model.records import Service, make

    new.apply(edits.create(new, make(Service, name="CRM")))
    found = compared(old, new)
    assert not found.is_same
    assert found.others == {"service": 1}
    assert "1 IT service" in found.sentence


@settings(max_examples=60)
@given(st.data())
def test_added_and_removed_are_exact_and_turn_round(data: st.DataObject) -> None:
    old = grown()
    new = old.snapshot()
    for step in range(data.draw(st.integers(1, 6))):
        boxes = [box.id for box in new.walk()]
        kind = data.draw(st.sampled_from(("add", "remove", "rename")))
        if kind == "add" or not boxes:
            new.apply(edits.add(new, f"New {step}", into=data.draw(st.sampled_from([None, *boxes]))))
        elif kind == "remove":
            new.apply(edits.remove(new, [data.draw(st.sampled_from(boxes))]))
        else:
            new.apply(edits.rename(new, data.draw(st.sampled_from(boxes)), f"Named {step}"))
    before, after = {box.id for box in old.walk()}, {box.id for box in new.walk()}
    found, back = compared(old, new), compared(new, old)
    assert {each.after.id for each in found.of("added") if each.after} == after - before
    assert {each.before.id for each in found.of("removed") if each.before} == before - after
    assert {each.name for each in back.of("added")} == {each.name for each in found.of("removed")}
    assert len(back.of("renamed")) == len(found.of("renamed"))
