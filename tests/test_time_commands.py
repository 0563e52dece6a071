"""Time on the command line: a map on another day, its roadmap, and the flip-book."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pypdfium2
import pytest

from capmap.__main__ import main

SAMPLE = Path(__file__).parents[1] / "sample_maps" / "harbour-insurance.capmap"


def run(*given: str | Path) -> int:
    try:
        return main([str(word) for word in given])
    except SystemExit as ended:
        return int(ended.code or 0)


def texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded().replace("\r\n", " ") for page in document]
    finally:
        document.close()


def test_a_map_on_another_day_says_which(tmp_path: Path) -> None:
    then, again, now = (tmp_path / f"{name}.pdf" for name in ("then", "again", "now"))
    assert run("export", SAMPLE, then, "--date", "2031-05-01") == 0
    assert run("export", SAMPLE, again, "--date", "2031-05-01") == 0
    assert run("export", SAMPLE, now, "--date", dt.date.today().isoformat()) == 0
    assert "IT services and projects on 1 May 2031" in texts(then)[0]
    assert then.read_bytes() == again.read_bytes()
    assert "IT services and projects on" not in texts(now)[0]


def test_the_roadmap_of_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "roadmap.pdf"
    words = ("--roadmap", "--from", "2026-01-01", "--to", "2028-12-31", "--date", "2026-11-22", "--json")
    assert run("export", SAMPLE, target, *words) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["clipped_labels"], facts["missing_glyphs"]) == (0, 0)
    assert facts["smallest_text_pt"] >= 6
    pages = texts(target)
    assert len(pages) == facts["pages"]
    whole = " ".join(pages)
    assert "Anchor Policy Mainframe" in whole
    assert "Today, 22 Nov 2026" in whole
    assert "ends 31 Dec 2028" in whole
    assert "but still used" in whole


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("suffix", [".pptx", ".svg", ".png"])
def test_the_roadmap_in_other_formats(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"roadmap{suffix}"
    assert run("export", SAMPLE, target, "--roadmap", "--from", "2026-01-01", "--to", "2027-12-31") == 0
    assert sum(path.stat().st_size for path in tmp_path.glob(f"roadmap*{suffix}")) > 10_000


def test_a_flip_book_has_a_page_a_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "book.pdf"
    assert run("export", SAMPLE, target, "--flip-book", "2026-11-22", "2028-11-22", "--every", "year", "--json") == 0
    assert json.loads(capsys.readouterr().out)["pages"] == 3
    pages = texts(target)
    assert [date in page for date, page in zip(("2026", "2027", "2028"), pages, strict=True)] == [True] * 3
    assert "Since 22 November 2026:" in pages[1]
    assert "Underwriting Workbench goes live on 30 April 2027" not in pages[1], "it has been in pilot since June 2026"
    assert "page 3 of 3" in pages[2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("out.csv", "--roadmap"), "not as .csv"),
        (("out.html", "--flip-book", "2026-01-01", "2027-01-01"), "not as .html"),
        (("out.pdf", "--from", "2026-01-01"), "write --roadmap with them"),
        (("out.pdf", "--every", "year"), "write --flip-book FROM TO with it"),
        (("out.pdf", "--flip-book", "2027-01-01", "2026-01-01"), "ends (2026-01-01) before it begins"),
        (("out.pdf", "--roadmap", "--from", "soon"), "no date like 2026-11-30"),
        (("out.pdf", "--roadmap", "--flip-book", "2026-01-01", "2027-01-01"), "not allowed with"),
    ],
)
def test_what_cannot_be_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert run("export", SAMPLE, tmp_path / words[0], *words[1:]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
