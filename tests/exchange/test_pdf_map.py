"""A PDF that carries its map is opened again, and no other PDF does harm."""

from __future__ import annotations

import contextlib
import random
import zlib
from pathlib import Path

import pikepdf
import pytest

from capmap.cli import run
from capmap.document import opened
from capmap.errors import InputError
from capmap.exchange import read_file
from capmap.exchange.difference import map_of
from capmap.model.map import Map
from capmap.model.records import Capability, Link
from capmap.places import sample_map
from capmap.sharing.order import Order, fulfil

SAMPLES = ("harbour-insurance", "nordvik-hospital", "city-of-lindenburg")


@pytest.fixture
def carrying(tmp_path: Path) -> Path:
    """The first page of the insurer as a PDF with the map inside."""
    with opened(sample_map("harbour-insurance.capmap"), read_only=True) as document:
        fulfil(Order(".pdf", depth=1), document.map, tmp_path / "poster.pdf")
    return tmp_path / "poster.pdf"


def same(one: Map, other: Map) -> bool:
    return {record.id: record for record in one} == {record.id: record for record in other}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_whole_map_comes_back_whatever_the_page_shows(name: str, tmp_path: Path) -> None:
    with opened(sample_map(f"{name}.capmap"), read_only=True) as document:
        current = document.map
        fulfil(Order(".pdf", depth=1), current, tmp_path / "poster.pdf")
        again = map_of(read_file(tmp_path / "poster.pdf"))
        assert same(again, current)
        assert again.count(Link) > 0


def test_other_programs_may_save_it_anew(carrying: Path, tmp_path: Path) -> None:
    wanted = map_of(read_file(carrying))
    for number, options in enumerate(
        ({}, {"object_stream_mode": pikepdf.ObjectStreamMode.disable}, {"linearize": True})
    ):
        target = tmp_path / f"again{number}.pdf"
        with pikepdf.open(carrying) as document:
            document.save(target, **options)
        assert same(map_of(read_file(target)), wanted)
    target = tmp_path / "plain.pdf"
    with pikepdf.open(carrying) as document:
        document.save(target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    assert same(map_of(read_file(target)), wanted)


def test_the_command_line_carries_the_map_unless_told_not_to(tmp_path: Path) -> None:
    source = str(sample_map("harbour-insurance.capmap"))
    assert run(["export", source, str(tmp_path / "with.pdf")]) == 0
    assert run(["new", str(tmp_path / "again.capmap"), "--from", str(tmp_path / "with.pdf")]) == 0
    assert run(["export", source, str(tmp_path / "without.pdf"), "--no-map"]) == 0
    assert run(["new", str(tmp_path / "none.capmap"), "--from", str(tmp_path / "without.pdf")]) == 3
    assert b"EmbeddedFile" not in (tmp_path / "without.pdf").read_bytes()
    with opened(tmp_path / "again.capmap", read_only=True) as document:
        assert document.map.count(Capability) == 139


def test_the_file_inside_is_said_to_be_the_source(carrying: Path) -> None:
    with pikepdf.open(carrying) as document:
        (name,) = document.attachments
        assert name == "map.json"
        (said,) = document.Root.AF
        assert said.AFRelationship == "/Source"
        assert document.attachments[name].get_file().read_bytes().startswith(b'{\n"format": "capmap"')


def test_the_same_map_gives_the_same_bytes(tmp_path: Path) -> None:
    import datetime as dt

    order = Order(".pdf", date=dt.date(2026, 11, 22))
    with opened(sample_map("harbour-insurance.capmap"), read_only=True) as document:
        fulfil(order, document.map, tmp_path / "one.pdf")
        first = (tmp_path / "one.pdf").read_bytes()
        fulfil(order, document.map, tmp_path / "one.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == first


def refused(tmp_path: Path, data: bytes) -> str:
    (tmp_path / "odd.pdf").write_bytes(data)
    with pytest.raises(InputError) as told:
        read_file(tmp_path / "odd.pdf")
    return str(told.value)


def with_map(content: bytes, entries: bytes = b"/Filter/FlateDecode") -> bytes:
    """The bytes that make a PDF with this as its map, as far as it is looked at."""
    head = b"1 0 obj\n<</Type/EmbeddedFile/Subtype/application#2Fvnd.capmap+json" + entries
    return b"%PDF-1.7\n" + head + b"/Length 99>>\nstream\n" + content + b"\nendstream\nendobj\n"


def test_what_carries_no_map_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "carries no map" in refused(tmp_path, b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n")
    assert "no PDF" in refused(tmp_path, b"GIF89a")
    assert "password" in refused(tmp_path, b"%PDF-1.4\ntrailer <</Encrypt 5 0 R>>")


@pytest.mark.parametrize(
    "data",
    [
        with_map(b"not packed at all"),
        with_map(zlib.compress(b'{"format": "capmap"}' * 50)[:-20]),
        with_map(b"", b"/Filter[/ASCII85Decode/FlateDecode]"),
        b"%PDF-1.7\n/Subtype/application#2Fvnd.capmap+json",
        with_map(b"", b"/Filter 12 0 R"),
    ],
)
def test_what_is_broken_is_refused_in_a_sentence(data: bytes, tmp_path: Path) -> None:
    assert "damaged or was altered" in refused(tmp_path, data)


def test_a_map_that_unpacks_to_far_too_much_is_refused(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    megabyte = b" " * 2**20
    packed = b"".join(packer.compress(megabyte) for _ in range(300)) + packer.flush()
    assert "damaged or was altered" in refused(tmp_path, with_map(packed))


def test_what_is_no_map_inside_is_refused(tmp_path: Path) -> None:
    assert "JSON" in refused(tmp_path, with_map(zlib.compress(b"[1, 2")))
    assert refused(tmp_path, with_map(zlib.compress(b'{"format": "capmap", "version": 99}')))


def test_damaged_bytes_never_do_more_than_refuse(carrying: Path, tmp_path: Path) -> None:
    whole = carrying.read_bytes()
    chance = random.Random(5)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(8):
            data[chance.randrange(len(data))] = chance.randrange(256)
        target = tmp_path / "damaged.pdf"
        target.write_bytes(data[: chance.randrange(len(data))] if chance.random() < 0.3 else data)
        with contextlib.suppress(InputError):
            map_of(read_file(target))


def test_qpdf_finds_nothing_wrong(carrying: Path) -> None:
    with pikepdf.open(carrying) as document:
        assert document.check_pdf_syntax() == []
