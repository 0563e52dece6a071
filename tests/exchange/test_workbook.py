"""Workbook: tables as Excel reads them: typed cells, no text a formula, names of sheets that Excel allows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from capmap.errors import OutputError
from capmap.exchange.workbook import Sheet, write_workbook

COLUMNS = [("Name", "text"), ("Cost (EUR)", "money"), ("Part", "percent"), ("Until", "date")]


def test_cells_have_the_type_of_their_column(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    rows = [("Till", 1234.5, 12.5, dt.date(2027, 1, 31)), ("Web", None, None, None)]
    write_workbook(target, [Sheet("What it costs", COLUMNS, rows)])
    page = load_workbook(target).active
    assert page is not None
    assert [cell.value for cell in page[1]] == ["Name", "Cost (EUR)", "Part", "Until"]
    assert [cell.number_format for cell in page[2]] == ["General", "#,##0.00", '0" %"', "yyyy-mm-dd"]
    assert page["B2"].value == 1234.5
    assert page["D2"].value.date() == dt.date(2027, 1, 31)
    assert page["B3"].value is None
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:D3")
    assert page["A1"].font.bold
    assert page["B1"].alignment.horizontal == "right"


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)"])
def test_no_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    target = tmp_path / "a.xlsx"
    write_workbook(target, [Sheet("S", [("Name", "text")], [(text,)])])
    page = load_workbook(target).active
    assert page is not None
    assert (page["A2"].value, page["A2"].data_type) == (text, "s")


def test_what_xml_cannot_hold_and_what_excel_forbids_is_left_out(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    name = "a/very:long [name] of a sheet, longer than allowed"
    write_workbook(target, [Sheet(name, [("N\x00", "text")], [("x\x0b\ud800y",), ("z" * 40_000,)])])
    book = load_workbook(target)
    assert book.sheetnames == ["a very long  name  of a sheet, "[:31]]
    assert [row[0].value for row in book.active.iter_rows(max_row=2)] == ["N", "xy"]  # type: ignore[union-attr]


def test_a_place_that_takes_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write"):
        write_workbook(tmp_path / "none" / "a.xlsx", [Sheet("S", [("N", "text")], [])])
