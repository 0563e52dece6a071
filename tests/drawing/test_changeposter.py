"""Changeposter: everything that happened is on the sheet once, what is gone struck out at its old place."""

from __future__ import annotations

import datetime as dt

from large import large

from capmap.analysis.compared import Comparison, compared
from capmap.drawing.changeposter import change_pages, merged
from capmap.drawing.facts import measure
from capmap.drawing.marks import Drawing, Region, Text
from capmap.drawing.paper import paper_named
from capmap.model import edits
from capmap.model.map import Map


def changed() -> tuple[Map, Map]:
    old = large(3, 3, 4)
    new = old.snapshot()
    areas = new.child_ids(None)
    groups = new.child_ids(areas[0])
    leaves = new.child_ids(groups[0])
    new.apply(edits.remove(new, [leaves[1], groups[2]]))
    new.apply(edits.move(new, [leaves[0]], into=new.child_ids(areas[1])[0], position=0))
    new.apply(edits.rename(new, leaves[2], "Called otherwise"))
    new.apply(edits.put(new, leaves[3], maturity=4))
    new.apply(edits.add(new, "Quite new", into=groups[1]))
    return old, new


def pages(found: Comparison, depth: int | None = None) -> list[Drawing]:
    paper = paper_named("A3")
    return change_pages(
        found, ("then", "now"), paper=paper, orientation="landscape", depth=depth, date=dt.date(2026, 11, 22)
    )


def texts(drawing: Drawing) -> list[str]:
    return [mark.text for mark in drawing.marks if isinstance(mark, Text)]


def test_what_is_gone_stands_where_it_stood() -> None:
    old, new = changed()
    both, of = merged(compared(old, new))
    assert {box.id for box in both.walk()} == {box.id for box in old.walk()} | {box.id for box in new.walk()}
    gone = old.child_ids(old.child_ids(old.child_ids(None)[0])[0])[1]
    assert "removed" in of[gone].kinds
    assert both.capability(gone).parent == old.capability(gone).parent


def test_every_box_of_both_states_is_on_the_sheet_once() -> None:
    old, new = changed()
    found = compared(old, new)
    first = pages(found)[0]
    keys = [mark.key for mark in first.marks if isinstance(mark, Region) and mark.level > 0]
    assert len(keys) == len(set(keys))
    assert set(keys) == {box.id for box in old.walk()} | {box.id for box in new.walk()}
    assert measure([first]).clipped_labels == 0


def test_signs_and_legend_tell_what_happened() -> None:
    old, new = changed()
    found = compared(old, new)
    said = texts(pages(found)[0])
    assert said.count("+") == 1
    assert said.count("−") == len(found.of("removed"))
    assert any(text.startswith("from Group 0.0") for text in said)
    assert f"({len(found.of('removed')):,})" in said
    assert any("are different" in text for text in said)


def test_the_list_tells_every_change() -> None:
    old, new = changed()
    found = compared(old, new)
    listed = [text for page in pages(found)[1:] for text in texts(page)]
    assert all(each.name in listed for each in found.changed)
    assert "was “" in " ".join(listed)


def test_the_same_map_is_a_quiet_sheet_without_a_list() -> None:
    current = large(2, 2, 2)
    assert len(pages(compared(current, current.snapshot()))) == 1


def test_fewer_levels_can_be_drawn() -> None:
    old, new = changed()
    first = pages(compared(old, new), depth=2)[0]
    assert max(mark.level for mark in first.marks if isinstance(mark, Region)) == 2
