"""Tables on the command line: a workbook or CSV files out, edited, and in again, with facts for machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from capmap.cli import run
from capmap.document import opened
from capmap.model.map import Map
from capmap.model.records import Link, Service

INSURER = str(Path(__file__).resolve().parent.parent / "sample_maps" / "harbour-insurance.capmap")
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def held(path: str) -> Map:
    with opened(Path(path), read_only=True) as document:
        return document.map


def test_a_workbook_goes_out_is_edited_and_comes_in(capsys: Captured) -> None:
    assert run(["export", INSURER, "out/map.xlsx", "--lens", "importance"]) == 0
    assert run(["new", "mine.capmap", "--from", "out/map.xlsx"]) == 0
    assert held("mine.capmap").count(Link) == held(INSURER).count(Link)
    book = load_workbook("out/map.xlsx")
    page = book["IT services"]
    owner = [cell.value for cell in page[1]].index("Owner") + 1
    page.cell(2, owner).value = "Lee"
    book.save("out/map.xlsx")
    capsys.readouterr()
    assert run(["import", "out/map.xlsx", "--into", "mine.capmap", "--dry-run", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["added"], facts["changed"], facts["refused"], facts["done"]) == (0, 1, 0, False)
    assert facts["kinds"]["service"] == {"added": 0, "changed": 1, "moved": 0, "same": 37, "refused": 0}
    assert not any(service.owner == "Lee" for service in held("mine.capmap").all(Service))
    assert run(["import", "out/map.xlsx", "--into", "mine.capmap"]) == 0
    assert "IT services: 0 added, 1 changed, 37 as before." in capsys.readouterr().err
    with opened(Path("mine.capmap")) as document:
        assert document.undo_text == "Import map.xlsx"
        assert [service.owner for service in document.map.all(Service)].count("Lee") == 1


def test_one_table_and_all_tables_as_csv(capsys: Captured) -> None:
    assert run(["export", INSURER, "projects.csv", "--table", "projects"]) == 0
    assert Path("projects.csv").read_text("utf-8-sig").startswith("CapMap project id,Name,Code,Status,")
    assert run(["export", INSURER, "tables", "--tables", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert sorted(Path(file).name for file in facts["files"]) == [
        *("business-units.csv", "capabilities.csv", "demands.csv", "it-services.csv"),
        *("links.csv", "objectives.csv", "projects.csv", "providers.csv"),
    ]
    assert run(["new", "mine.capmap", "--from", "tables"]) == 0
    assert run(["import", "tables", "--into", "mine.capmap", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["added"], again["changed"], again["moved"], again["refused"]) == (0, 0, 0, 0)
    assert again["kinds"]["link"]["same"] == held(INSURER).count(Link)


def test_what_the_rows_are_can_be_said(capsys: Captured) -> None:
    Path("list.csv").write_text("Name,Owner\nTill,Lee\n", "utf-8")
    assert run(["new", "mine.capmap"]) == 0
    assert run(["import", "list.csv", "--into", "mine.capmap", "--as", "services"]) == 0
    assert [service.name for service in held("mine.capmap").all(Service)] == ["Till"]
    capsys.readouterr()
    assert run(["import", "list.csv", "--into", "mine.capmap", "--as", "things"]) == 2
    assert "There is no table of “things”. There are capabilities, IT services," in capsys.readouterr().err


def test_cells_that_do_not_fit_are_said(capsys: Captured) -> None:
    Path("list.csv").write_text("Application,Satisfaction\nTill,4\nWeb,9\nMail,3\n", "utf-8")
    assert run(["new", "mine.capmap"]) == 0
    assert run(["import", "list.csv", "--into", "mine.capmap", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["left_out"][0].startswith("list.csv, row 3, column Satisfaction: ")
    assert "IT services: 3 added, 0 changed, 0 as before; 1 cell does not fit." in said.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["export", INSURER, "a.pdf", "--table", "links"], "--table writes one table as .csv"),
        (["export", INSURER, "a.csv", "--table", "colours"], "There is no table of “colours”"),
        (["export", INSURER, "file", "--tables"], "writes into a folder, and file is a file"),
    ],
)
def test_what_cannot_be_is_said(words: list[str], sentence: str, capsys: Captured) -> None:
    Path("file").write_text("x", "utf-8")
    assert run(words) == 2
    assert sentence in capsys.readouterr().err
