"""Hostile lists: whatever a stranger's file holds, it gives a map or one sentence, and soon."""

from __future__ import annotations

import io
import json
import os
import random
import re
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lists import DATA, outline, read_bytes, values, workbook

from capmap.errors import CapMapError, InputError
from capmap.exchange.difference import difference
from capmap.exchange.formats import FORMATS, read_file, read_text, write
from capmap.exchange.source import FILE_LIMIT
from capmap.model import rules
from capmap.model.map import Map

SUFFIXES = [item.suffixes[0] for item in FORMATS]


def refused(data: bytes | str, suffix: str = ".csv") -> str:
    with pytest.raises(InputError) as problem:
        read_bytes(data, suffix)
    sentence = sentence_of(problem.value)
    assert sentence.startswith(f"list{suffix}")
    return sentence


def sentence_of(problem: CapMapError) -> str:
    """What a person reads, which must be one sentence of a bearable length."""
    sentence = str(problem)
    assert "\n" not in sentence
    assert len(sentence) < 800
    return sentence


def map_or_sentence(data: bytes, suffix: str) -> None:
    """The data gives a sound map, which a second reading leaves alone, or is refused in one sentence."""
    try:
        reading = read_bytes(data, suffix)
        current = Map()
        current.apply(difference(current, reading).change)
    except CapMapError as problem:
        sentence_of(problem)
        return
    assert rules.check(current) == []
    assert difference(current, reading).change.is_empty


# -- random damage ------------------------------------------------------------------------------------

PIECES = [
    *(b'"', b",", b";", b"\t", b"\n", b"{", b"}", b"[", b"]", b"null", b"-1", b"1e999", b"NaN", b"\x00", b"\xff"),
    *(b"parent", b"id", b"name", b"level", b"children", b"1.1", b"\xed\xa0\x80", b"\\ud800", b"  ", b"# ", b"- "),
    *(b"=cmd", b"'", b"9" * 30, b"A" * 300, b"/", b"::", b"alias_of", b"position"),
]


def damaged(data: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(changed) + 1)
        match chance.randrange(4):
            case 0:
                changed[place:place] = chance.choice(PIECES)
            case 1:
                del changed[place : place + chance.randint(1, 20)]
            case 2:
                changed[place : place + 1] = bytes([chance.randrange(256)])
            case _:
                other = chance.randrange(len(changed) + 1)
                changed[place:place] = changed[other : other + chance.randint(1, 60)]
    return bytes(changed)


SMALL = sorted(path for path in DATA.iterdir() if path.suffix in SUFFIXES and path.stat().st_size < 3_000)


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.name)
def test_damaged_lists_give_a_map_or_a_sentence(path: Path) -> None:
    data = path.read_bytes()
    for seed in range(60):
        map_or_sentence(damaged(data, seed), path.suffix)


def test_damaged_files_of_our_own_give_a_map_or_a_sentence(small_map: Map, tmp_path: Path) -> None:
    for suffix in (".json", ".csv", ".md", ".txt"):
        target = tmp_path / f"shop{suffix}"
        write(small_map, target)
        for seed in range(80):
            map_or_sentence(damaged(target.read_bytes(), seed), suffix)


def test_damaged_workbooks_give_a_map_or_a_sentence() -> None:
    data = workbook([["ID", "Name", "Parent", "Maturity"], [1, "Sell", None, 3], [2, "Offer", 1, "High"]])
    for seed in range(60):
        map_or_sentence(damaged(data, seed), ".xlsx")
    for part in zipfile.ZipFile(io.BytesIO(data)).namelist():
        for seed in range(8):
            map_or_sentence(with_part(data, part, partial(damaged, seed=seed)), ".xlsx")


@settings(max_examples=60)
@given(st.binary(max_size=200), st.sampled_from(SUFFIXES))
def test_any_bytes_give_a_map_or_a_sentence(data: bytes, suffix: str) -> None:
    map_or_sentence(data, suffix)


@settings(max_examples=80)
@given(st.text(max_size=200))
def test_any_pasted_text_gives_boxes_or_a_sentence(text: str) -> None:
    try:
        assert read_text(text).count > 0
    except CapMapError as problem:
        sentence_of(problem)


@settings(max_examples=60)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(
                ["id", "name", "parent", "level", "path", "number", "children", "maturity", "x", "alias of"]
            ),
            st.recursive(
                st.none() | st.booleans() | st.integers(-3, 7) | st.text(max_size=3) | st.floats(),
                lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("name"), inner, max_size=1),
                max_leaves=5,
            ),
        ),
        max_size=6,
    )
)
def test_any_json_gives_a_map_or_a_sentence(value: list[dict[str, object]]) -> None:
    map_or_sentence(json.dumps(value).encode(), ".json")


# -- files that are none ------------------------------------------------------------------------------


def test_what_is_no_file_or_an_empty_one_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b" \n")
    for path, reason in (
        (folder, "this is a folder"),
        (tmp_path / "missing.csv", "there is no such file"),
        (empty, "the file is empty"),
        (tmp_path / "x\0.csv", "its name is not valid"),
    ):
        with pytest.raises(InputError, match=reason):
            read_file(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and devices are files on Unix alone")
def test_pipes_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    device = tmp_path / "zero.csv"
    device.symlink_to("/dev/zero")
    for path in (pipe, device):
        with pytest.raises(InputError, match="this is not a plain file"):
            read_file(path)


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as stream:
        stream.truncate(2**30)
    with pytest.raises(InputError, match=r"large.csv: the file is larger than 20 MB"):
        read_file(path)


def test_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(InputError, match="the text is too long"):
        read_text("x" * (FILE_LIMIT + 1))


# -- too deep, too long, too wide ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "suffix", "reason"),
    [
        (b"[" * 100_000, ".json", "nested far deeper than the 64 levels"),
        (b'{"name":"a","children":[' * 80 + b"]}" * 80, ".json", "nested deeper than the 64 levels"),
        (b'{"a":' * 400 + b"null" + b"}" * 400, ".json", "nested deeper than the 64 levels"),
        (b'[{"name":"a","x":' + b"9" * 5_000 + b"}]", ".json", "holds a number that cannot be read"),
        (b'[{"name":"a"', ".json", "list.json, line 1, character 13: this is not valid JSON"),
        (b"[" + b'{"name":"a"},' * 120_001 + b'{"name":"b"}]', ".json", "more than 120,000 elements"),
        (b"id,name,parent\n" + b"".join(b"%d,n,%d\n" % (n, n - 1) for n in range(100)), ".csv", "64 levels deep"),
        (b"path\n" + b"/".join(b"n%d" % n for n in range(90)), ".csv", "more than 64 levels"),
        (b"name\n" + b"a\n" * 120_001, ".csv", "more than 120,000 rows"),
        ((b"a," * 5_000 + b"\n") * 10, ".csv", "more than 200 columns"),
        (b'name,b\n"' + b"x\n" * 600_000, ".csv", "list.csv, row 2: a cell is longer than 1,000,000 characters"),
        (b"a\n" * 1_300_000, ".txt", "more than 1,200,000 lines"),
        (b"a\n" * 120_001, ".txt", "more than 120,000 lines"),
    ],
)
def test_sizes_are_bounded(data: bytes, suffix: str, reason: str) -> None:
    assert reason in refused(data, suffix)


def test_long_lines_take_no_time() -> None:
    for data, suffix in (
        (b"# a" + b" " * 2_000_000 + b"b", ".md"),
        (b"- " * 1_000_000 + b"b", ".md"),
        (b"-*" * 1_000_000, ".txt"),
        (b"name,maturity\na," + b" 5" * 400_000, ".csv"),
    ):
        assert read_bytes(data, suffix).count == 1


def test_a_thousand_like_remarks_are_one_sentence() -> None:
    reading = read_bytes("name,maturity\n" + "".join(f"box {n},3\n,4\n" for n in range(1_000)))
    assert reading.notices == ("row 3, row 5, row 7 and 997 more: there is no name, so the row was left out.",)
    many = read_bytes("name,maturity\n" + "".join(f"box {n},{'3' if n % 2 else f'w{n}'}\n" for n in range(1_000)))
    assert len(many.notices) <= 41


# -- workbooks ----------------------------------------------------------------------------------------


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return out.getvalue()


def _instead(new: bytes, _: bytes) -> bytes:
    return new


BOOK = workbook([["Name", "Owner"], ["Sell", "Ann"]])
SHEET = "xl/worksheets/sheet1.xml"


def test_a_cell_at_the_far_corner_takes_no_time() -> None:
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    data = with_part(BOOK, SHEET, lambda old: old.replace(b"</sheetData>", cell))
    assert outline(read_bytes(data, ".xlsx")) == "Sell"


def test_a_sheet_that_claims_a_million_columns_is_not_believed() -> None:
    claim = b'<dimension ref="A1:XFD1048576"/>'
    data = with_part(BOOK, SHEET, lambda old: re.sub(rb"<dimension[^>]*>", claim, old))
    assert claim in zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    assert outline(read_bytes(data, ".xlsx")) == "Sell"


def test_workbooks_that_unpack_to_too_much_are_refused() -> None:
    assert "unpacks to more than can be read" in refused(with_part(BOOK, SHEET, lambda _: b" " * (60 * 2**20)), ".xlsx")
    styles = with_part(BOOK, "xl/styles.xml", lambda _: b" " * (45 * 2**20))
    assert "unpacks to more than can be read" in refused(styles, ".xlsx")


def test_document_types_are_refused_and_nothing_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    for doctype in (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!doctype x SYSTEM "http://example.invalid/x.dtd">',
    ):
        sheet = (
            zipfile.ZipFile(io.BytesIO(BOOK)).read(SHEET).replace(b"<worksheet", doctype.encode() + b"<worksheet", 1)
        )
        assert "declares a document type" in refused(with_part(BOOK, SHEET, partial(_instead, sheet)), ".xlsx")


def test_other_packed_and_locked_files_are_told_apart() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("hello.txt", "hello")
    assert "a packed file but no Excel workbook" in refused(other.getvalue(), ".xlsx")
    assert "locked with a password or in the old .xls format" in refused(b"\xd0\xcf\x11\xe0" + bytes(600), ".xlsx")
    assert "not an Excel workbook" in refused(b"name,parent\nSell,\n", ".xlsx")
    assert "not a text file" in refused(BOOK, ".csv")


def test_a_formula_without_a_stored_result_is_nothing() -> None:
    data = workbook([["name", "owner"], ["Sell", '=WEBSERVICE("http://example.invalid")']])
    assert values(read_bytes(data, ".xlsx"), "owner") == {}
