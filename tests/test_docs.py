"""The manual: every link leads somewhere, every command line in it works, and what is made from the program is up to
date.
"""

from __future__ import annotations

import csv
import importlib.util
import re
import shlex
import shutil
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
from PIL import Image

from capmap.__main__ import main
from capmap.cli import window_file
from capmap.document import opened
from capmap.model.records import Capability
from capmap.ui.actions.table import ACTIONS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
IMAGES = DOCS / "images"
SAMPLES = ROOT / "sample_maps"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "ARCHITECTURE.md", *sorted(DOCS.glob("*.md"))]
BUDGET = 2_500_000
"""Bytes that all pictures together may take."""

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_SYNOPSIS = re.compile(r"\b[A-Z]{3,}\b|\[|\{")
"""Words that stand for others, or parts that may be left out: not a command to be run."""


def prose(page: Path) -> str:
    """The page without its code."""
    return re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.DOTALL)


def headings(page: Path) -> set[str]:
    """The anchors of a page, as they are made on the sites that show it."""
    found = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def commands() -> Iterator[tuple[Path, str]]:
    """Every command line of CapMap in the code of the pages, fenced or indented, that is meant to be run, without the
    words that stand beside it.
    """
    for page in PAGES:
        text = page.read_text("utf-8")
        fenced = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        lines = [line for block in fenced for line in block.splitlines()]
        for line in [*lines, *re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE)]:
            command = re.split(r" {2,}", line)[0]
            if command.startswith("capmap ") and not _SYNOPSIS.search(command):
                yield page, command


def load(name: str) -> ModuleType:
    """A script of the manual as a module."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


# -- links and pictures -------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        aim = (page.parent / path).resolve() if path else page
        assert aim.exists(), target
        assert aim.is_relative_to(ROOT), target
        if anchor:
            assert anchor in headings(aim), target


def test_every_page_is_in_the_index() -> None:
    listed = {(DOCS / target.partition("#")[0]).resolve() for target in _LINK.findall(prose(DOCS / "index.md"))}
    assert {page for page in DOCS.glob("*.md") if page.name != "index.md"} <= listed


def test_every_page_says_first_what_one_gets() -> None:
    for page in DOCS.glob("*.md"):
        lines = page.read_text("utf-8").splitlines()
        assert lines[0].startswith("# "), page.name
        assert lines[2], page.name
        assert not lines[2].startswith(("#", "!", "|", "```")), page.name


def test_pictures_are_those_of_the_script_and_all_are_shown() -> None:
    there = {path.name for path in IMAGES.iterdir()}
    made = {f"{name}.png" for name in load("screenshots").PICTURES}
    shown = {Path(target).name for page in PAGES for target in _LINK.findall(prose(page)) if target.endswith(".png")}
    assert there == made == shown


def test_pictures_are_whole_and_small() -> None:
    for path in IMAGES.iterdir():
        with Image.open(path) as picture:
            picture.load()
            assert picture.format == "PNG", path.name
            assert 250 <= picture.width <= 1440, path.name
            assert len(picture.getcolors(1 << 20) or []) > 20, f"{path.name} is empty"
    assert sum(path.stat().st_size for path in IMAGES.iterdir()) < BUDGET


def test_every_picture_is_described_in_words() -> None:
    for page in PAGES:
        for words in re.findall(r"!\[([^\]]*)\]\(", prose(page)):
            assert len(words.split()) >= 3, f"{page.name}: {words!r}"


# -- the command line ---------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the examples start from: copies of the samples, a spreadsheet, a map with a fault."""
    for sample in SAMPLES.glob("*.capmap"):
        shutil.copyfile(sample, tmp_path / sample.name)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    with (SAMPLES / "harbour-insurance" / "capabilities.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.reader(table):
            sheet.append(row)
    for name in ("capabilities.xlsx", "our-architecture.xlsx"):
        book.save(tmp_path / name)
    (tmp_path / "applications.csv").write_text("Application,Vendor\nTill,Acme\n", "utf-8")
    shutil.copyfile(SAMPLES / "harbour-insurance.capmap", tmp_path / "broken.capmap")
    with closing(sqlite3.connect(tmp_path / "broken.capmap")) as connection:
        connection.execute("UPDATE capability SET position = 9 WHERE name = 'Brand'")
        connection.commit()
    monkeypatch.chdir(tmp_path)
    return tmp_path


EXAMPLES = {page: [line for _, line in lines] for page, lines in groupby(commands(), key=lambda found: found[0])}
_BEGINNINGS = {".pdf": b"%PDF-", ".svg": b"<?xml", ".png": b"\x89PNG", ".json": b"{", ".csv": b"\xef\xbb\xbf"}


def test_there_are_examples() -> None:
    assert {"README.md", "command-line.md", "print.md", "files.md"} <= {page.name for page in EXAMPLES}
    words = {shlex.split(line)[1] for line in EXAMPLES[DOCS / "command-line.md"]}
    assert {"new", "import", "export", "check", "query"} <= words


@pytest.mark.parametrize("page", EXAMPLES, ids=lambda page: page.name)
def test_every_command_line_works(page: Path, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for line in EXAMPLES[page]:
        words = shlex.split(line)[1:]
        if window_file(words) is not None:
            continue
        made = desk / words[{"export": 2, "new": 1}.get(words[0], 0)]
        before = made.stat().st_mtime_ns if made.exists() else 0
        assert main(words) == (1 if "broken.capmap" in words else 0), f"{line}\n{capsys.readouterr().err}"
        if words[0] == "export":
            content = made.read_bytes()
            assert made.stat().st_mtime_ns != before, line
            assert len(content) > 1000, line
            assert content.startswith(_BEGINNINGS.get(made.suffix, b"")), line
        elif words[0] == "new":
            with opened(made, read_only=True) as document:
                assert bool(document.map.count(Capability)) == ("--from" in words), line


# -- what is made from the program --------------------------------------------------------------------


def test_page_of_keys_says_what_the_table_of_actions_says() -> None:
    page = load("shortcuts").page()
    assert (DOCS / "shortcuts.md").read_text("utf-8") == page, "run: python docs/shortcuts.py"
    for action in ACTIONS:
        if isinstance(action.label, str):
            assert action.label in page


def test_commands_and_options_of_the_program_are_in_the_manual(capsys: pytest.CaptureFixture[str]) -> None:
    told = (DOCS / "command-line.md").read_text("utf-8")
    for command in ("new", "import", "export", "check", "query"):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        for option in set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out)) - {"--help"}:
            assert option in told, f"{command} {option}"


# -- the words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_place_of_one_computer(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not re.search(r"/(work|tmp|root|home)/", text)
    odd = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn")} - {"\n"}
    assert not odd
