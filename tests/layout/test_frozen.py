"""A layout follows edits, and what an edit does not touch stays where it was."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from arranged import NEAR, SHOP, assert_in_rows, assert_sound, leaves, outlined, places, sample, with_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from capmap.layout import arrange, rearrange, tidy
from capmap.layout.boxes import Layout
from capmap.model import edits, rules
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability

WORDS = ("Claims", "Policy", "Data", "Management", "and", "Self-service", "Development", "HR", "Insight", "風險")


def done(layout: Layout, current: Map, change: Change) -> frozenset[str]:
    """Make the change and let the layout follow it."""
    current.apply(change)
    touched = rearrange(layout, current, change)
    assert touched is not None
    return touched


def at_random(current: Map, chance: random.Random) -> Change:
    """An edit such as a workshop makes: mostly additions, new names and moves, some removals."""
    ids = [capability.id for capability in current.capabilities]
    kind = chance.random()
    name = " ".join(chance.choices(WORDS, k=chance.randint(1, 5)))
    if not ids or kind < 0.4:
        beside = current.capability(chance.choice(ids)).parent if ids else None
        into = chance.choice([beside, beside, beside, None, *ids[:1], chance.choice([None, *ids])])
        return edits.add(current, name, into=into, position=chance.choice([None, 0, 1, 2]))
    if kind < 0.6:
        return edits.rename(current, chance.choice(ids), name)
    if kind < 0.8:
        moved, into = some(ids, chance), chance.choice([None, *ids])
        if chance.random() < 0.6:
            into = current.capability(moved[0]).parent
        if not rules.why_not_move(current, moved, into):
            return edits.move(current, moved, into, chance.choice([None, 0, 1, 3]))
    return edits.remove(current, some(ids, chance))


def some(ids: Sequence[str], chance: random.Random) -> list[str]:
    """One box, now and then several from anywhere in the map."""
    return chance.sample(ids, min(len(ids), chance.choice((1, 1, 1, 4))))


def change_id(change: Change) -> str:
    """The id of the one box that a change adds."""
    return next(key for key, before in change.before.items() if before is None)


def shown(current: Map, kept: Sequence[str]) -> Map:
    """A map of its own with only the capabilities of these ids."""
    return Map([capability for capability in current.capabilities if capability.id in set(kept)])


@given(st.integers(0, 10**9))
@settings(max_examples=60)
def test_a_layout_stays_sound_through_any_edits(seed: int) -> None:
    chance = random.Random(seed)
    current = outlined(SHOP)
    layout = arrange(current)
    for _ in range(15):
        change = at_random(current, chance)
        before = places(layout)
        current.apply(change)
        touched = rearrange(layout, current, change)
        if touched is None:
            layout = arrange(current)
        assert_sound(layout, current)
        assert_in_rows(layout, current)
        if touched is not None:
            same = [box for box in layout.walk() if box.id not in touched and box.parent is None]
            assert all(layout.rectangle(box) == pytest.approx(before[box.id]) for box in same)


@given(st.integers(0, 10**9))
@settings(max_examples=20)
def test_undo_in_a_followed_layout_leaves_it_sound(seed: int) -> None:
    chance = random.Random(seed)
    current = outlined(SHOP)
    layout = arrange(current)
    steps = []
    for _ in range(6):
        steps.append(at_random(current, chance))
        current.apply(steps[-1])
        if rearrange(layout, current, steps[-1]) is None:
            layout = arrange(current)
    for step in reversed(steps):
        current.apply(step.inverse())
        if rearrange(layout, current, step.inverse()) is None:
            layout = arrange(current)
        assert_sound(layout, current)
    assert set(layout.index) == {capability.id for capability in outlined(SHOP).capabilities}


@given(st.integers(0, 10**9), st.integers(1, 3))
@settings(max_examples=20)
def test_hidden_boxes_are_counted_through_edits(seed: int, depth: int) -> None:
    chance = random.Random(seed)
    current = outlined(SHOP)
    layout = arrange(current, depth=depth, collapsed=["Serve"])
    for _ in range(8):
        change = at_random(current, chance)
        current.apply(change)
        if rearrange(layout, current, change, depth=depth, collapsed=["Serve"]) is None:
            layout = arrange(current, depth=depth, collapsed=["Serve"])
        fresh = arrange(current, depth=depth, collapsed=["Serve"])
        assert {box.id: box.hidden for box in layout.walk()} == {box.id: box.hidden for box in fresh.walk()}
        assert_sound(layout, shown(current, list(layout.index)))


def test_a_new_name_that_fits_moves_nothing() -> None:
    current = sample("harbour-insurance")
    layout = arrange(current)
    before = places(layout)
    leaf = max(leaves(layout), key=lambda box: box.width * box.height)
    assert done(layout, current, edits.rename(current, leaf.id, "Law")) == frozenset([leaf.id])
    assert layout.index[leaf.id].lines == ("Law",)
    assert places(layout) == before


def test_scores_move_nothing() -> None:
    current = outlined(SHOP)
    layout = arrange(current)
    assert done(layout, current, edits.put(current, "Brand", maturity=3)) == frozenset()


def test_a_new_leaf_moves_only_its_neighbours() -> None:
    current = sample("harbour-insurance")
    layout = arrange(current)
    holder = max((box for box in layout.walk() if box.children), key=lambda box: (box.level, box.width * box.height))
    touched = done(layout, current, edits.add(current, "New", into=holder.id))
    inside = {box.id for box in layout.index[holder.id].walk()}
    assert touched <= inside
    assert len(touched) > 0
    assert_sound(layout, current)


def test_a_leaf_that_goes_leaves_its_room_to_its_neighbours() -> None:
    current = outlined(SHOP)
    layout = arrange(current)
    before = places(layout)
    touched = done(layout, current, edits.remove(current, ["Brand"]))
    assert touched <= {"Campaigns", "Customer Insight", "Segmentation"}
    assert "Brand" not in layout.index
    assert all(places(layout)[key] == pytest.approx(before[key]) for key in before.keys() - touched - {"Brand"})


def test_the_first_box_inside_a_leaf_makes_it_a_container() -> None:
    current = outlined(SHOP)
    layout = arrange(current)
    change = edits.add(current, "Cleaning", into="Facilities")
    done(layout, current, change)
    assert [box.id for box in layout.index["Facilities"].children] == [change_id(change)]
    assert_sound(layout, current)
    done(layout, current, change.inverse())
    assert layout.index["Facilities"].children == []
    assert_sound(layout, current)


def test_a_long_name_makes_room_and_keeps_every_word() -> None:
    current = outlined(SHOP)
    layout = arrange(current)
    done(layout, current, edits.rename(current, "Brand", "Interoperability of " * 8 + "everything"))
    assert_sound(layout, current)


def test_a_branch_moves_with_all_that_is_inside() -> None:
    current = outlined(SHOP)
    layout = arrange(current)
    done(layout, current, edits.move(current, ["Engage"], "Run", 1))
    assert layout.index["Engage"].parent is layout.index["Run"]
    assert_sound(layout, current)
    assert_in_rows(layout, current)


def test_an_alias_follows_the_name_of_its_target() -> None:
    current = Map(
        [
            Capability(id="a", name="Records", position=0),
            Capability(id="b", name="Records", position=1, alias_of="a"),
        ]
    )
    layout = arrange(current)
    assert done(layout, current, edits.rename(current, "a", "Archive")) == frozenset(["a", "b"])
    assert layout.index["b"].lines == ("Archive",)


def test_steering_a_container_packs_it_alone() -> None:
    current = outlined(SHOP)
    layout = arrange(current)
    before = places(layout)
    touched = done(layout, current, edits.put(current, "Engage", equal=True))
    assert touched <= {box.id for box in layout.index["Engage"].walk()}
    assert places(layout)["Facilities"] == pytest.approx(before["Facilities"])


def test_containers_stay_as_they_are_steered() -> None:
    current = outlined(SHOP)
    layout = arrange(current)
    for values in ({"columns": 5}, {"columns": 2, "direction": "columns"}, {"columns": None, "equal": True}):
        done(layout, current, edits.put(current, "Serve", **values))
        assert_sound(layout, current)
        done(layout, current, edits.add(current, "Refunds", into="Serve"))
        assert_sound(layout, current)
        fresh = arrange(current).index["Serve"].children
        assert [box.id for box in layout.index["Serve"].children] == [box.id for box in fresh]
    assert len({round(box.width, 3) for box in layout.index["Serve"].children}) == 1


@pytest.mark.parametrize("change", ["empty", "areas", "first"])
def test_a_top_without_rows_to_keep_asks_for_another_layout(change: str) -> None:
    current = Map() if change == "first" else outlined("One\nTwo")
    layout = arrange(current)
    step = {
        "empty": lambda: edits.remove(current, ["One", "Two"]),
        "areas": lambda: edits.put(current, "One", area="left"),
        "first": lambda: edits.add(current, "One"),
    }[change]()
    current.apply(step)
    assert rearrange(layout, current, step) is None


def test_tidy_packs_one_box_in_the_room_it_has() -> None:
    current = outlined(SHOP)
    layout = arrange(current)
    for number in range(4):
        done(layout, current, edits.add(current, f"Extra {number}", into="Finance"))
        done(layout, current, edits.remove(current, [current.child_ids("Serve")[0]]))
    before = places(layout)
    touched = tidy(layout, current, "Sell")
    assert touched is not None
    assert touched <= {box.id for box in layout.index["Sell"].walk()}
    assert places(layout)["Sell"] == pytest.approx(before["Sell"])
    assert_sound(layout, current)


def test_a_hundred_live_edits_leave_the_rest_of_the_map_in_place() -> None:
    """The mean way of a box that an edit is not about stays below a hundredth of the height of the map."""
    chance = random.Random(1)
    current = sample("cross-industry")
    layout = arrange(current)
    ways = []
    shares = []
    for _ in range(100):
        change = at_random(current, chance)
        if len(change.after) > 30:
            continue
        before = places(layout)
        touched = done(layout, current, change)
        after = places(layout)
        kept = [key for key in before if key in after and key not in change.after]
        moved = [abs(after[key][0] - before[key][0]) + abs(after[key][1] - before[key][1]) for key in kept]
        ways.append(sum(moved) / len(moved) / layout.height)
        shares.append(len(touched) / len(layout.index))
    assert_sound(layout, current)
    assert sum(ways) / len(ways) < 0.01
    assert sorted(shares)[len(shares) // 2] < 0.02


def test_an_edit_touches_as_little_in_a_large_map_as_in_a_small_one() -> None:
    lines = []
    for area in range(30):
        lines.append(f"Area {area}")
        for part in range(12):
            lines.append(f"  Part {area}.{part}")
            lines += [f"    Leaf {area}.{part}.{leaf}" for leaf in range(5)]
    current = outlined("\n".join(lines))
    layout = arrange(current)
    touched = done(layout, current, edits.add(current, "More", into="Part 7.3"))
    assert len(touched) <= 20
    touched = done(layout, current, edits.remove(current, ["Leaf 20.4.2"]))
    assert len(touched) <= 20
    assert_in_rows(layout, current)


def test_the_order_of_siblings_changes_by_moving_the_moved_one() -> None:
    current = outlined("\n".join(["Long list", *(f"  Leaf {number}" for number in range(12))]))
    layout = arrange(current)
    done(layout, current, edits.move(current, ["Leaf 11"], "Long list", 0))
    assert [box.id for box in layout.index["Long list"].children][:2] == ["Leaf 11", "Leaf 0"]
    assert_sound(layout, current)
    assert_in_rows(layout, current)


def test_translated_names_are_broken_anew() -> None:
    current = with_settings(outlined(SHOP), "Brand", translations={"de": {"name": "Marke"}})

    def german(capability: Capability) -> str:
        return str(capability.translations.get("de", {}).get("name", capability.name))

    layout = arrange(current, names=german)
    change = edits.put(current, "Brand", translations={"de": {"name": "Markenführung"}})
    current.apply(change)
    assert rearrange(layout, current, change, names=german) == frozenset(["Brand"])
    assert layout.index["Brand"].lines == ("Markenführung",)
    assert layout.index["Brand"].width > 2 * NEAR
