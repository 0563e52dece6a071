"""Writers: what is written comes back, whatever the names are; spreadsheets find no formula; a failure leaves the old
file.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lists import map_outline, outline, read, read_bytes

from capmap.errors import InputError, OutputError, UsageError
from capmap.exchange.clipboard import branch_as_cells, branch_as_text
from capmap.exchange.difference import difference, map_of
from capmap.exchange.formats import WRITTEN_SUFFIXES, read_file, read_text, write, writer_for
from capmap.model import edits, rules
from capmap.model.edits import Branch
from capmap.model.map import Map
from capmap.model.records import Attribute, Capability, make
from capmap.model.text import clean_name, clean_text, guarded, unguarded

FLAT_FIELDS = (
    "name code description owner tags category importance maturity target expectation confidence assessed_on reason"
    " direction columns area order_by equal"
)


def written(current: Map, suffix: str) -> bytes:
    writer = writer_for(suffix)
    assert writer is not None
    return writer(current)


def without_ids(current: Map) -> list[tuple[Any, ...]]:
    """What a flat list carries of every box, in reading order."""
    return [
        (current.level(box.id), *(getattr(box, field) for field in FLAT_FIELDS.split()), _own(current, box))
        for box in current.walk()
    ]


def _own(current: Map, box: Capability) -> dict[str, Any]:
    return {getattr(current[key], "name", key): value for key, value in box.extra.items()}


# -- every string -------------------------------------------------------------------------------------

NASTY = st.sampled_from(
    [
        *"=+-@'\t\r\n\"\\,;|#*•._ 0",
        "=cmd|' /C calc'!A0",
        "'=x",
        "1. ",
        "1.1 ",
        "a) ",
        "- ",
        "---",
        "[x] ",
        "sep=;",
        "::",
    ]
)
TEXT = st.lists(st.one_of(NASTY, st.text(max_size=4)), max_size=4).map("".join)
NAME = TEXT.map(clean_name).filter(bool).map(lambda name: name[:190].strip()).filter(bool)
PROSE = TEXT.map(lambda text: clean_text(text).strip())
SCORE = st.none() | st.integers(1, 5)


few = settings(max_examples=40)
"""A map is a large thing to make up, and its strings are nasty from the first one on."""


@st.composite
def branches(draw: st.DrawFn, depth: int = 3) -> Branch:
    values = {
        "name": draw(NAME),
        "code": draw(NAME)[:40].strip(),
        "description": draw(PROSE),
        "tags": tuple(draw(st.lists(NAME, max_size=2, unique=True))),
        "maturity": draw(SCORE),
        "category": draw(st.sampled_from([None, "strategic", "core", "supporting"])),
        "assessed_on": draw(st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))),
        "equal": draw(st.none() | st.booleans()),
    }
    children = draw(st.lists(branches(depth - 1), max_size=2)) if depth > 1 else []
    return Branch(values, children)


@st.composite
def maps(draw: st.DrawFn) -> Map:
    current = Map()
    attribute = make(Attribute, record_kind="capability", name=draw(NAME), type="text")
    current.apply(edits.create(current, attribute))
    tops = draw(st.lists(branches(), min_size=1, max_size=3))
    tops[0] = Branch({**tops[0].values, "extra": {attribute.id: draw(PROSE.filter(bool))}}, tops[0].children)
    current.apply(edits.add_branches(current, tops))
    ids = [box.id for box in current.walk()]
    if draw(st.booleans()):
        current.apply(edits.add_alias(current, draw(st.sampled_from(ids)), draw(st.none() | st.sampled_from(ids))))
    return current


@few
@given(maps())
def test_csv_brings_every_string_back(current: Map) -> None:
    reading = read_bytes(written(current, ".csv"))
    assert without_ids(map_of(reading)) == without_ids(current)
    assert difference(current, reading).change.is_empty


@few
@given(maps())
def test_json_brings_every_record_back(current: Map) -> None:
    text = written(current, ".json")
    again = map_of(read_bytes(text, ".json"))
    assert {record.id: record for record in again} == {record.id: record for record in current}
    assert written(again, ".json") == text


@few
@given(maps())
def test_text_and_markdown_bring_every_name_back(current: Map) -> None:
    told = map_outline(current).replace("→ ", "")
    assert outline(read_bytes(written(current, ".txt"), ".txt")) == told
    assert outline(read_bytes(written(current, ".md"), ".md")) == told


@few
@given(maps())
def test_copied_cells_come_back_as_the_same_branches(current: Map) -> None:
    pasted = read_text(branch_as_cells(current, current.child_ids(None)))
    assert outline(pasted) == map_outline(current).replace("→ ", "")


@given(TEXT)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(text)) == text


def test_no_cell_of_a_written_list_is_a_formula() -> None:
    current = Map()
    current.apply(edits.add(current, "=HYPERLINK(1)", description="@SUM(A1)", owner="-1+1", tags=("+x", "=y")))
    cells = [cell for row in csv.reader(io.StringIO(written(current, ".csv").decode("utf-8-sig"))) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


# -- whole maps ---------------------------------------------------------------------------------------


def test_own_json_carries_every_kind_of_record(small_map: Map) -> None:
    text = written(small_map, ".json")
    again = map_of(read_bytes(text, ".json"))
    assert {record.id: record for record in again} == {record.id: record for record in small_map}
    assert written(again, ".json") == text
    document = json.loads(text)
    assert (document["format"], document["version"]) == ("capmap", 1)
    assert {entry["kind"] for entry in document["records"]} >= {"settings", "capability", "service", "link", "unit"}
    assert text.count(b"\n") == len(document["records"]) + 5


def test_own_json_into_another_map_adds_it_whole_and_only_once(small_map: Map) -> None:
    other = Map()
    other.apply(edits.add(other, "Sell"))
    reading = read_bytes(written(small_map, ".json"), ".json")
    found = difference(other, reading)
    # "Sell" is there already, by its path.
    assert (len(found.added), len(found.changed)) == (7, 1)
    other.apply(found.change)
    assert rules.check(other) == []
    assert len(list(other)) == len(list(small_map))
    assert difference(other, reading).change.is_empty


def test_a_csv_of_a_real_list_gives_its_ids_back_to_the_source() -> None:
    current = map_of(read("flat-by-id.json"))
    rows = list(csv.DictReader(io.StringIO(written(current, ".csv").decode("utf-8-sig"))))
    assert [(row["id"], row["parent"], row["name"]) for row in rows][:2] == [
        ("1", "", "Sales"),
        ("2", "1", "Lead Generation"),
    ]


def test_markdown_has_headings_lists_and_descriptions() -> None:
    current = map_of(read_text("Sell\n  Offer\n    Price\n  Deliver\nBuy"))
    current.apply(edits.settings(current, title="Shop"))
    (price,) = [box for box in current.capabilities if box.name == "Price"]
    current.apply(edits.put(current, price.id, description="What it costs\n# not a heading"))
    assert written(current, ".md").decode() == (
        '---\ntitle: "Shop"\n---\n\n# Sell\n\n## Offer\n\n- Price\n  What it costs\n  \\# not a heading\n\n'
        "\n## Deliver\n\n# Buy\n\n"
    )
    again = map_of(read_bytes(written(current, ".md"), ".md"))
    assert again.settings.title == "Shop"
    assert [box.description for box in again.walk()] == [box.description for box in current.walk()]


def test_an_empty_map_can_be_written_in_every_format() -> None:
    for suffix in WRITTEN_SUFFIXES:
        assert written(Map(), suffix) is not None
    with pytest.raises(InputError):
        read_bytes(written(Map(), ".csv"))


# -- the clipboard ------------------------------------------------------------------------------------


def test_branches_go_to_other_programs_as_text_and_cells(small_map: Map) -> None:
    sell, run = small_map.child_ids(None)
    inner = small_map.child_ids(sell)[0]
    assert branch_as_text(small_map, [run, inner, sell]) == (
        "Sell\n\tServe at the counter\n\t\tTake payment\n\t\tAdvise\n\tSell online\nRun the shop\n"
        "\tPay suppliers\n\tTake payment\n"
    )
    cells = [line.split("\t") for line in branch_as_cells(small_map, [inner]).splitlines()]
    assert cells[0] == ["Level 1", "Level 2", "Code", "Owner", "Importance", "Maturity now", "Maturity target"]
    assert cells[1] == ["Serve at the counter", "", "1.1", "", "5", "4", "4"]
    assert cells[2] == ["", "Take payment", "1.1.1", "Till lead", "", "3", "4"]


def test_copied_cells_are_read_as_the_same_boxes_and_scores(small_map: Map) -> None:
    sell = small_map.child_ids(None)[0]
    reading = read_text(branch_as_cells(small_map, [sell]))
    assert outline(reading) == "Sell\n  Serve at the counter\n    Take payment\n    Advise\n  Sell online"
    found = {box.name: box.values.get("maturity") for box, _ in reading.walk()}
    assert found == {"Sell": None, "Serve at the counter": 4, "Take payment": 3, "Advise": None, "Sell online": 2}


def test_nothing_copied_is_nothing(small_map: Map) -> None:
    assert branch_as_text(small_map, []) == branch_as_cells(small_map, []) == ""


# -- files --------------------------------------------------------------------------------------------


def test_files_are_written_by_their_ending_and_read_again(small_map: Map, tmp_path: Path) -> None:
    for suffix in (".csv", ".json", ".txt", ".md", ".CSV"):
        target = tmp_path / f"shop{suffix}"
        write(small_map, target)
        assert read_file(target).count == 8
    assert len(list(tmp_path.iterdir())) == 5


def test_an_unknown_ending_is_refused(small_map: Map, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"CapMap cannot write \.doc files; it writes \.csv"):
        write(small_map, tmp_path / "shop.doc")
    with pytest.raises(InputError, match=r"shop.doc: CapMap cannot read \.doc files; it reads \.xlsx"):
        read_file(tmp_path / "shop.doc")


def test_a_written_file_replaces_the_old_one_and_keeps_its_mode_and_link(small_map: Map, tmp_path: Path) -> None:
    target = tmp_path / "real.csv"
    target.write_text("old")
    target.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    write(small_map, link)
    assert link.is_symlink()
    assert b"Sell online" in target.read_bytes()
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_target_that_cannot_be_written_leaves_everything_as_it_was(small_map: Map, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no such folder"):
        write(small_map, tmp_path / "nowhere" / "shop.csv")
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    with pytest.raises(OutputError, match="it is a folder"):
        write(small_map, folder)
    with pytest.raises(OutputError, match="file name too long"):
        write(small_map, tmp_path / ("x" * 300 + ".csv"))
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the super-user may write anywhere")
def test_a_folder_without_permission_is_told(small_map: Map, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="you may not write there"):
        write(small_map, tmp_path / "shop.csv")


def test_a_full_disk_is_told_and_the_old_file_stays(
    small_map: Map, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "shop.csv"
    target.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="no space left on device"):
        write(small_map, target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("value", ["0", "42", "2026-11-22"])
def test_an_own_text_that_looks_like_a_number_or_a_date_stays_text(value: str) -> None:
    current = Map()
    attribute = make(Attribute, record_kind="capability", name="Cost centre", type="text")
    current.apply(edits.create(current, attribute))
    current.apply(edits.add(current, "Billing", extra={attribute.id: value}))
    back = map_of(read_bytes(written(current, ".csv")))
    assert [(item.name, item.type) for item in back.all(Attribute)] == [("Cost centre", "text")]
    assert [list(box.extra.values()) for box in back.capabilities] == [[value]]
