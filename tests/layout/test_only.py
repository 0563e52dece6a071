"""Some boxes only: what a filter leaves is laid out as if the others were not there, and follows edits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from capmap.layout import arrange, rearrange
from capmap.layout.boxes import Layout
from capmap.model import edits
from capmap.model.filters import with_boxes_around
from capmap.model.map import Map

NAMES = [f"Capability {number}" for number in range(24)]


def a_map() -> tuple[Map, list[str]]:
    """Four areas of five boxes each, in reading order."""
    current = Map()
    ids: list[str] = []
    for number, name in enumerate(NAMES):
        change = edits.add(current, name, ids[number // 6 * 6] if number % 6 else None)
        current.apply(change)
        ids.append(next(key for key, old in change.before.items() if old is None))
    return current, ids


def shown(layout: Layout) -> list[str]:
    return [box.id for box in layout.walk()]


@given(st.sets(st.integers(0, len(NAMES) - 1)))
def test_only_these_are_laid_out_in_reading_order(chosen: set[int]) -> None:
    current, ids = a_map()
    only = with_boxes_around(current, [ids[number] for number in chosen])
    layout = arrange(current, only=only, aspect=1.5)
    assert shown(layout) == [key for key in ids if key in only]
    for box in layout.walk():
        closed = current.has_children(box.id) and not box.children
        assert box.hidden == (5 if closed else 0)
        assert (box.role == "leaf") == (not box.children)


def test_a_branch_of_which_nothing_is_left_is_empty() -> None:
    current, ids = a_map()
    assert shown(arrange(current, root=ids[0], only={ids[7]})) == []
    assert shown(arrange(current, root=ids[0], only={ids[0]})) == [ids[0]]
    assert shown(arrange(current, root=ids[0], only={ids[0], ids[2]})) == [ids[2]]


def test_an_edit_is_followed_with_the_others_left_out() -> None:
    current, ids = a_map()
    only = with_boxes_around(current, [ids[1], ids[3], ids[8]])
    layout = arrange(current, only=only)
    change = edits.add(current, "Another", ids[0])
    current.apply(change)
    made = next(key for key, old in change.before.items() if old is None)
    assert rearrange(layout, current, change, only={*only, made}) is not None
    assert shown(layout) == [ids[0], ids[1], ids[3], made, ids[6], ids[8]]
    away = edits.remove(current, [ids[1]])
    current.apply(away)
    assert rearrange(layout, current, away, only={*only, made} - {ids[1]}) is not None
    assert shown(layout) == [ids[0], ids[3], made, ids[6], ids[8]]
