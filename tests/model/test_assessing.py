"""Assessing: a score that somebody gives is dated, in the same step; nothing else is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from capmap.model import edits
from capmap.model.assessing import assess, dated
from capmap.model.map import Map

DAY = dt.date(2026, 11, 22)


def boxes(current: Map) -> dict[str, str]:
    return {box.name: box.id for box in current.walk() if box.alias_of is None}


@pytest.mark.parametrize("values", [{"maturity": 3}, {"target": 5}, {"importance": 1, "confidence": 2}])
def test_a_score_is_dated(small_map: Map, values: dict[str, Any]) -> None:
    ids = [boxes(small_map)[name] for name in ("Advise", "Sell online")]
    change = assess(small_map, ids, DAY, **values)
    small_map.apply(change)
    for key in ids:
        box = small_map.capability(key)
        assert box.assessed_on == DAY
        assert {field: getattr(box, field) for field in values} == values


@pytest.mark.parametrize("values", [{"maturity": None}, {"owner": "Lee"}, {"category": "core"}])
def test_what_is_no_score_dates_nothing(small_map: Map, values: dict[str, Any]) -> None:
    key = boxes(small_map)["Sell online"]
    small_map.apply(assess(small_map, [key], DAY, **values))
    assert small_map.capability(key).assessed_on is None


def test_a_day_that_is_given_stays(small_map: Map) -> None:
    key, given = boxes(small_map)["Advise"], dt.date(2025, 1, 2)
    small_map.apply(assess(small_map, [key], DAY, maturity=2, assessed_on=given))
    assert small_map.capability(key).assessed_on == given


def test_the_same_score_given_again_is_dated_anew(small_map: Map) -> None:
    key = boxes(small_map)["Sell online"]
    small_map.apply(assess(small_map, [key], DAY, "Set maturity of Sell online", maturity=2))
    assert small_map.capability(key).assessed_on == DAY


def test_a_change_made_by_hand_is_dated_where_it_scores(small_map: Map) -> None:
    found = boxes(small_map)
    scored = dated(edits.put(small_map, found["Advise"], maturity=2), DAY)
    small_map.apply(scored)
    assert small_map.capability(found["Advise"]).assessed_on == DAY
    for values in ({"maturity": None}, {"owner": "Lee"}):
        change = edits.put(small_map, found["Sell online"], **values)
        assert dated(change, DAY) == change
    given = edits.put(small_map, found["Sell online"], maturity=5, assessed_on=dt.date(2020, 1, 1))
    assert dated(given, DAY) == given
    added = dated(edits.add(small_map, "New", importance=4), DAY)
    small_map.apply(added)
    assert small_map.capability(boxes(small_map)["New"]).assessed_on == DAY
