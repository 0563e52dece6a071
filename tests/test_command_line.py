"""The command line as a script uses it: words in, files and facts out, one sentence where it cannot."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from capmap import __version__
from capmap.__main__ import main
from capmap.cli import window_file
from capmap.document import opened

LIST = """Strategy
  Planning
  Governance
Sales
  Quotation
"""


class Shell:
    """Runs commands in a folder and keeps what they said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, *words: str | Path) -> int:
        try:
            status = main([str(word) for word in words])
        except SystemExit as ended:
            status = int(ended.code or 0)
        self.out, self.err = self._capsys.readouterr()
        return status


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    Path("list.txt").write_text(LIST, "utf-8")
    return Shell(capsys)


def names(path: str) -> list[str]:
    with opened(Path(path), read_only=True) as document:
        return [capability.name for capability in document.map.walk()]


def test_a_new_map_from_a_list_makes_its_folder_too(shell: Shell) -> None:
    assert shell("new", "out/a.capmap", "--from", "list.txt") == 0
    assert "holds 5 capabilities on 2 levels" in shell.err
    assert names("out/a.capmap") == ["Strategy", "Planning", "Governance", "Sales", "Quotation"]
    assert shell("new", "out/a.capmap") == 4
    assert shell.err == "capmap: a.capmap is there already. Choose another name, or open it.\n"


def test_an_empty_map_takes_a_list_in_and_the_same_list_changes_nothing(shell: Shell) -> None:
    assert shell("new", "a.capmap") == 0
    assert shell("import", "list.txt", "--into", "a.capmap", "--dry-run", "--json") == 0
    assert json.loads(shell.out)["added"] == 5
    assert names("a.capmap") == []
    assert shell("import", "list.txt", "--into", "a.capmap") == 0
    assert "Added 5, changed 0, moved 0." in shell.err
    assert shell("import", "list.txt", "--into", "a.capmap", "--json") == 0
    assert json.loads(shell.out)["added"] == 0
    assert len(names("a.capmap")) == 5


@pytest.mark.parametrize("suffix", ["pdf", "svg", "png"])
def test_a_picture_of_any_source_with_its_facts(shell: Shell, suffix: str) -> None:
    assert shell("export", "list.txt", f"out/a.{suffix}", "--paper", "A4", "--json") == 0
    facts = json.loads(shell.out)
    assert facts["boxes"] == 5
    assert facts["pages"] == 1
    assert facts["clipped_labels"] == facts["missing_glyphs"] == 0
    assert facts["leaf_fill"] > 0.3
    assert facts["smallest_text_pt"] > 4
    assert facts["seconds"] > 0
    assert Path(f"out/a.{suffix}").stat().st_size > 1000


@pytest.mark.parametrize("suffix", ["csv", "json", "txt", "md"])
def test_data_written_is_read_back_as_the_same_map(shell: Shell, suffix: str) -> None:
    assert shell("export", "list.txt", f"back.{suffix}") == 0
    assert shell("new", "back.capmap", "--from", f"back.{suffix}") == 0
    assert names("back.capmap") == ["Strategy", "Planning", "Governance", "Sales", "Quotation"]


def test_one_branch_by_number_or_name(shell: Shell) -> None:
    for root in ("1", "Strategy", "strategy"):
        assert shell("export", "list.txt", "a.svg", "--root", root, "--json") == 0
        assert json.loads(shell.out)["boxes"] in (2, 3)
    assert shell("export", "list.txt", "a.svg", "--root", "Nowhere") == 2
    assert "no box with the code, number or name “Nowhere”" in shell.err


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["export", "list.txt", "a.docx"], 2, "cannot write .docx"),
        (["export", "list.txt", "a.pdf", "--paper", "A99"], 2, "no paper called"),
        (["export", "list.txt", "a.pdf", "--lens", "mood"], 2, "no lens called"),
        (["export", "gone.csv", "a.pdf"], 3, "gone.csv"),
        (["export", "gone.capmap", "a.pdf"], 3, "no such file"),
        (["new", "a.map"], 2, ".capmap"),
        (["query", "list.txt", "colour"], 2, "does not know the question"),
        (["open", "a", "b"], 2, "usage"),
        (["export", "list.txt", "a.pdf", "--depth", "0"], 2, "no number of levels"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(shell: Shell, words: list[str], status: int, sentence: str) -> None:
    assert shell(*words) == status
    assert sentence in shell.err
    assert "Traceback" not in shell.err


def test_check_finds_and_mends(shell: Shell) -> None:
    assert shell("new", "a.capmap", "--from", "list.txt") == 0
    assert shell("check", "a.capmap") == 0
    assert shell.out == "No problems found.\n"
    connection = sqlite3.connect("a.capmap")
    connection.execute("UPDATE capability SET position = 5 WHERE name = 'Planning'")
    connection.commit()
    connection.close()
    assert shell("check", "a.capmap", "--json") == 1
    assert any("not numbered" in problem["sentence"] for problem in json.loads(shell.out)["problems"])
    assert shell("check", "a.capmap", "--repair") == 1
    assert "numbered anew" in shell.out
    assert "is kept as" in shell.err
    assert shell("check", "a.capmap") == 0


def test_questions_are_listed_and_answered(shell: Shell) -> None:
    assert shell("query", "list.txt") == 0
    assert "coverage" in shell.out
    assert shell("query", "list.txt", "coverage", "--json") == 0
    assert "without an IT service" in json.loads(shell.out)["sentence"]
    assert shell("query", "list.txt", "coverage", "--csv") == 0
    assert "Quotation" in shell.out


def test_one_file_alone_opens_the_window() -> None:
    assert window_file(["map.capmap"]) == ["map.capmap"]
    assert window_file(["open", "map.capmap"]) == ["map.capmap"]
    assert window_file([]) == []
    assert window_file(["export", "a", "b"]) is None
    assert window_file(["--version"]) is None


def test_a_data_command_loads_no_qt(tmp_path: Path) -> None:
    script = (
        "import sys; from capmap.__main__ import main\n"
        f"status = main(['new', r'{tmp_path / 'a.capmap'}'])\n"
        f"status += main(['export', r'{tmp_path / 'a.capmap'}', r'{tmp_path / 'a.pdf'}'])\n"
        "sys.exit(status or int(any(name.startswith('PySide6') for name in sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode == 0


def test_the_version_is_told(shell: Shell) -> None:
    assert shell("--version") == 0
    assert shell.out == f"CapMap {__version__}\n"
