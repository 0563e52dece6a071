"""The door to all writers: endings, numbered files, and files that are replaced whole or not at all."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from every_mark import every_mark

from capmap import render
from capmap.drawing.marks import Drawing
from capmap.errors import OutputError
from capmap.saving import replacing

KINDS = {".pdf": b"%PDF-", ".svg": b"<?xml", ".png": b"\x89PNG", ".drawio": b"<?xml", ".pptx": b"PK"}
ONE_FILE = (".pdf", ".drawio", ".pptx")
"""Kinds that hold several pages."""

pytestmark = pytest.mark.usefixtures("qapp")


def test_the_table_and_the_suffixes_are_one() -> None:
    assert set(render.SUFFIXES) == set(KINDS)


@pytest.mark.parametrize("suffix", KINDS)
def test_the_ending_chooses_the_writer(suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"My map{suffix.upper()}"
    assert render.write([every_mark()], target) == [target]
    assert target.read_bytes().startswith(KINDS[suffix])
    assert [path.name for path in tmp_path.iterdir()] == [target.name], "nothing else is left behind"


@pytest.mark.parametrize("suffix", KINDS)
def test_several_pages(suffix: str, tmp_path: Path) -> None:
    files = render.write([every_mark(), every_mark()], tmp_path / f"map{suffix}")
    names = [f"map{suffix}"] if suffix in ONE_FILE else [f"map-1{suffix}", f"map-2{suffix}"]
    assert [path.name for path in files] == names
    assert sorted(path.name for path in tmp_path.iterdir()) == names


@pytest.mark.parametrize("name", ["map.gif", "map", "map.pdf.exe"])
def test_other_endings_are_refused_with_the_known_ones(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.pdf, \.svg, \.png"):
        render.write([every_mark()], tmp_path / name)


@pytest.mark.parametrize("suffix", KINDS)
def test_a_missing_folder_is_said_in_one_sentence(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot write .*: there is no such folder\.$"):
        render.write([every_mark()], tmp_path / "missing" / f"map{suffix}")


def test_a_folder_in_the_way_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "map.pdf").mkdir()
    with pytest.raises(OutputError, match=r"it is a folder\.$"):
        render.write([every_mark()], tmp_path / "map.pdf")


def write_half(target: Path) -> None:
    with replacing(target) as file:
        file.write(b"half")
        raise OSError(28, "No space left on device")


def test_a_failure_half_way_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "map.pdf"
    target.write_bytes(b"old")
    with pytest.raises(OutputError, match=r"no space left on device\.$"):
        write_half(target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps other rights")
def test_rights_and_links_of_the_old_file_are_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "real.svg", tmp_path / "link.svg"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    render.write([every_mark()], link)
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"<?xml")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "map.svg"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    render.write([every_mark()], pipe)
    said, _ = reader.communicate(timeout=30)
    assert said.startswith(b"<?xml")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_names_with_blanks_and_accents(tmp_path: Path) -> None:
    target = tmp_path / f"Zürich & Söhne {'x' * 180}.svg"
    render.write([every_mark()], target)
    assert target.exists()


def test_a_new_file_has_the_rights_that_any_new_file_gets(tmp_path: Path) -> None:
    render.write([every_mark()], tmp_path / "map.svg")
    (tmp_path / "plain").write_bytes(b"")
    assert (tmp_path / "map.svg").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("suffix", [".pdf", ".svg"])
def test_writing_without_pictures_never_loads_qt(suffix: str, tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from capmap.drawing.marks import Drawing; from capmap import render\n"
        "assert 'reportlab' not in sys.modules and 'fontTools' not in sys.modules\n"
        "render.write([Drawing(60, 30, 'Map', ())], pathlib.Path(sys.argv[1]))\n"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / f"map{suffix}")],
        check=True,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )


def test_author_and_date_reach_the_pdf(tmp_path: Path) -> None:
    import datetime as dt

    import pikepdf

    render.write([every_mark()], tmp_path / "map.pdf", author="Ann", created=dt.date(2026, 11, 22))
    with pikepdf.open(io.BytesIO((tmp_path / "map.pdf").read_bytes())) as document:
        assert str(document.docinfo.Author) == "Ann"
        assert str(document.docinfo.Title) == "Every <mark> & more"


def test_an_empty_drawing_is_a_blank_page(tmp_path: Path) -> None:
    for suffix in KINDS:
        render.write([Drawing(100, 50, "Blank", ())], tmp_path / f"map{suffix}")
        assert (tmp_path / f"map{suffix}").stat().st_size > 80
