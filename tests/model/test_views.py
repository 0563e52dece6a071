"""Saved views: kept in the map, in order, under one name each; what is gone is passed over and told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capmap.document import Document
from capmap.errors import EditError
from capmap.model import edits, views
from capmap.model.filterwords import typed
from capmap.model.map import Map
from capmap.model.records import View
from capmap.model.views import Sight, sight_of, view_named, views_of


def saved(current: Map, name: str, sight: Sight | None = None) -> str:
    change = views.save_view(current, name, views.as_data(sight or Sight()))
    current.apply(change)
    return next(iter(change.after))


def names(current: Map) -> list[str]:
    return [view.name for view in views_of(current)]


def test_a_view_keeps_how_the_map_is_looked_at(small_map: Map, tmp_path: Path) -> None:
    """Through the file, too."""
    sell = small_map.by_number("1")
    assert sell is not None
    wanted = typed("maturity<=2 service:ledger", small_map)[0]
    sight = Sight(
        root=sell.id,
        depth=2,
        folded=frozenset({sell.id}),
        lens="importance",
        chips=frozenset({"services"}),
        filter=wanted,
        hides=True,
        part=(0.25, 0.0, 0.5, 0.75),
    )
    path = tmp_path / "map.capmap"
    with Document.create(path, small_map) as document:
        document.commit(views.save_view(document.map, "  Weak   spots ", views.as_data(sight)))
    with Document.open(path) as document:
        kept = view_named(document.map, "weak spots")
        assert kept is not None
        assert kept.name == "Weak spots"
        assert sight_of(kept, document.map, ["importance"]) == (sight, [])
        document.undo()
        assert views_of(document.map) == []


def test_what_is_gone_is_passed_over_and_told(small_map: Map) -> None:
    counter = next(box for box in small_map.walk() if box.name == "Serve at the counter")
    sight = Sight(root=counter.id, folded=frozenset({counter.id}), lens="weather", filter=typed("code:1", small_map)[0])
    data = views.as_data(sight) | {"filter": {"conditions": [["own:gone", "is", "x"], ["code", "contains", "1"]]}}
    small_map.apply(views.save_view(small_map, "Old", data))
    small_map.apply(edits.remove(small_map, [counter.id]))
    seen, missing = sight_of(views_of(small_map)[0], small_map, ["importance"])
    assert seen == Sight(filter=typed("code:1", small_map)[0])
    assert missing == [
        "its branch is no longer in the map, so the whole map is shown",
        "its lens “weather” is not there",
        "a condition of its filter is about something that is no longer in the map",
    ]


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["any", "conditions", "a"]), inner),
    max_leaves=6,
)
KEYS = ("branch", "levels", "folded", "lens", "chips", "filter", "hides", "part", "later")


@given(options=st.dictionaries(st.sampled_from(KEYS), PLAIN))
def test_no_options_do_harm(options: dict[str, Any]) -> None:
    """A newer version, or a damaged file, may have kept anything."""
    current = Map()
    current.apply(edits.add(current, "Pay"))
    current.apply(views.save_view(current, "Odd", options))
    sight, _ = sight_of(views_of(current)[0], current, ["plain"])
    again, missing = sight_of(
        View(id="v", name="Again", options=json.loads(json.dumps(views.as_data(sight)))), current, ["plain"]
    )
    assert (again, missing) == (sight, [])


def test_a_name_is_taken_once(small_map: Map) -> None:
    first, second = saved(small_map, "Board"), saved(small_map, "Room")
    with pytest.raises(EditError, match="“Board” already"):
        views.save_view(small_map, " board", {})
    with pytest.raises(EditError, match="“Board” already"):
        views.rename_view(small_map, second, "BOARD")
    small_map.apply(views.rename_view(small_map, first, "BOARD"))
    assert names(small_map) == ["BOARD", "Room"]


def test_views_have_an_order(small_map: Map) -> None:
    ids = [saved(small_map, name) for name in ("A", "B", "C")]
    change = views.move_view(small_map, ids[2], -2)
    assert change.text == "Move the view C"
    small_map.apply(change)
    assert names(small_map) == ["C", "A", "B"]
    small_map.apply(views.move_view(small_map, ids[2], 9))
    assert names(small_map) == ["A", "B", "C"]
    removed = views.remove_view(small_map, ids[0])
    small_map.apply(removed)
    assert [(view.name, view.position) for view in views_of(small_map)] == [("B", 0), ("C", 1)]
    small_map.apply(removed.inverse())
    assert names(small_map) == ["A", "B", "C"]
    saved(small_map, "D")
    assert names(small_map)[-1] == "D"


def test_a_view_is_updated_as_one_step(small_map: Map) -> None:
    view_id = saved(small_map, "Board", Sight(depth=1))
    change = views.update_view(small_map, view_id, views.as_data(Sight(depth=3)))
    assert change.text == "Update the view Board"
    small_map.apply(change)
    assert sight_of(views_of(small_map)[0], small_map, [])[0].depth == 3
    small_map.apply(change.inverse())
    assert sight_of(views_of(small_map)[0], small_map, [])[0].depth == 1
