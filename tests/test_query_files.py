"""Query: the command writes an answer into files and asks it as of any day."""

from __future__ import annotations

import json
from pathlib import Path

import pdfplumber
import pytest
from openpyxl import load_workbook

from capmap.cli import run

INSURER = str(Path(__file__).resolve().parent.parent / "sample_maps" / "harbour-insurance.capmap")


def test_an_answer_is_written_as_a_page_a_workbook_and_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.pdf", "new/a.xlsx", "a.csv"):
        out = tmp_path / name
        assert run(["query", INSURER, "impact", "Quote Engine", "--date", "2026-11-30", "--out", str(out)]) == 0
        said = capsys.readouterr()
        assert (said.out, said.err) == ("", f"Wrote {out}.\n")
    with pdfplumber.open(tmp_path / "a.pdf") as file:
        text = file.pages[0].extract_text()
    assert "If Quote Engine stops, 8 capabilities stop and 14 more degrade." in " ".join(text.split())
    assert "30 November 2026" in text
    book = load_workbook(tmp_path / "new" / "a.xlsx")
    assert book.sheetnames == ["Switch it off", "In words"]
    rows = list(book["Switch it off"].iter_rows(values_only=True))
    assert rows[0][-2:] == ("Why", "Path")
    assert rows[1][3] == "Rate Deployment"
    assert rows[1][-1] == "Quote Engine supports Rate Deployment."
    engine = next(row for row in rows if row[3] == "Quote Engine")
    assert engine[5] == 786_000, "money in units of the currency"
    assert book["In words"]["A2"].value == "If Quote Engine stops, 8 capabilities stop and 14 more degrade."
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith("Effect,Kind,Code,Name,Importance,")


def test_the_day_decides_what_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    answers = []
    for day in ("2026-11-30", "2035-01-01"):
        assert run(["query", INSURER, "impact", "Anchor Policy Mainframe", "--date", day, "--json"]) == 0
        answers.append(json.loads(capsys.readouterr().out)["sentence"])
    assert answers[0].startswith("If Anchor Policy Mainframe stops, ")
    assert answers[0] != answers[1]


def test_words_that_cannot_be_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", INSURER, "cost", "--out", str(tmp_path / "a.doc")]) == 2
    assert ".pdf .svg .png .xlsx .csv" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(["query", INSURER, "cost", "--date", "tomorrow"])
    assert "is no date like" in capsys.readouterr().err
