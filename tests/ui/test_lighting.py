"""Lighting: one place decides between the filter, what was found, what is linked and what the legend points at."""

from __future__ import annotations

import pytest

from capmap.layout import arrange
from capmap.model.map import Map
from capmap.ui.canvas.lighting import Lighting


class Told(Lighting):
    """Counts how often the map had to be painted anew."""

    def __init__(self) -> None:
        self.times = 0
        super().__init__(self._count)

    def _count(self) -> None:
        self.times += 1


@pytest.fixture
def lighting() -> Told:
    return Told()


def test_who_asked_last_is_lit_and_then_who_asked_before(lighting: Told) -> None:
    lighting.ask("found", ["a", "b"])
    lighting.ask("linked", ["c"])
    lighting.ask("pointed", ["d"])
    assert lighting.lit == frozenset({"d"})
    lighting.ask("pointed", None)
    assert lighting.lit == frozenset({"c"})
    lighting.ask("found", ["b"])
    assert lighting.lit == frozenset({"b"})
    lighting.ask("found", None)
    assert lighting.lit == frozenset({"c"})
    lighting.ask("linked", None)
    assert not lighting.ringed
    assert not lighting.lit


def test_what_is_found_is_lit_inside_the_filter(lighting: Told) -> None:
    lighting.stand_on(frozenset("abc"))
    assert (lighting.lit, lighting.ringed) == (frozenset("abc"), False)
    lighting.ask("found", "cd")
    assert (lighting.lit, lighting.ringed) == (frozenset({"c"}), True)
    lighting.ask("found", "de")
    assert lighting.lit == frozenset({"d", "e"}), "a dark map would answer nothing"
    lighting.ask("found", [])
    assert lighting.lit == frozenset()
    lighting.ask("linked", "cd")
    assert lighting.lit == frozenset({"c", "d"}), "what a service touches is asked of the whole map"
    lighting.ask("linked", None)
    lighting.ask("found", None)
    assert (lighting.lit, lighting.ringed) == (frozenset("abc"), False)
    lighting.stand_on(None)
    assert lighting.lit is None


def test_nothing_is_painted_for_nothing(lighting: Told) -> None:
    lighting.ask("found", ["a"])
    lighting.ask("found", ["a"])
    lighting.ask("pointed", None)
    assert lighting.times == 1
    lighting.stand_on(frozenset("a"))
    assert lighting.times == 1
    lighting.ask("found", None)
    assert lighting.times == 2, "the outline goes"
    lighting.forget()
    assert lighting.lit is None


def test_of_a_hidden_box_the_closed_one_is_lit(lighting: Told, small_map: Map) -> None:
    ids = {box.name: box.id for box in small_map.walk() if not box.alias_of}
    lighting.ask("found", [ids["Advise"], ids["Pay suppliers"], "gone"])
    whole = arrange(small_map)
    assert lighting.seen(whole, small_map) == frozenset({ids["Advise"], ids["Pay suppliers"]})
    lighting.look_again()
    assert lighting.seen(arrange(small_map, depth=2), small_map) == frozenset(
        {ids["Serve at the counter"], ids["Pay suppliers"]}
    )
    lighting.look_again()
    assert lighting.seen(arrange(small_map, root=ids["Run the shop"]), small_map) == frozenset({ids["Pay suppliers"]})
