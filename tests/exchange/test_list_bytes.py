"""Bytes: encodings, delimiters, decimal commas, Excel workbooks: lists as programs really write them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from lists import meanings, outline, read_bytes, saved, values, workbook
from openpyxl import Workbook
from openpyxl.styles import Alignment

from capmap.errors import InputError

GERMAN = "Bezeichnung;Übergeordnet;Reifegrad\nVertrieb;;3\nAngebote für Größere;Vertrieb;2,5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_found(encoding: str) -> None:
    reading = read_bytes(GERMAN.encode(encoding))
    assert outline(reading) == "Vertrieb\n  Angebote für Größere"
    told = [sentence for sentence in reading.notices if "UTF-8" in sentence]
    assert told == (["The text is not in UTF-8; it was read as cp1252."] if encoding == "cp1252" else [])


FOREIGN = {
    "cp1251": "Управление\nПланирование стратегии\nУправление финансами\nЗакупки и снабжение",
    "koi8-r": "Управление\nПланирование стратегии\nУправление финансами\nЗакупки и снабжение",
    "cp1250": "Sprzedaż i obsługa\nZarządzanie\nŚwiadczenie usług",
    "cp1253": "Διαχείριση πελατών\nΠωλήσεις",
    "cp932": "顧客管理\nマーケティング",
    "gb18030": "客户管理\n产品管理",
    "cp1252": "Größe & Maß\nNº 1 – l’été «a» m²\nGestão de Serviços",
}


@pytest.mark.parametrize("encoding", FOREIGN)
def test_code_pages_of_other_languages_are_found(encoding: str) -> None:
    assert outline(read_bytes(f"name\n{FOREIGN[encoding]}\n".encode(encoding))) == FOREIGN[encoding]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(delimiter: str) -> None:
    rows = [["name", "owner", "description"], ["Sell", "Ann", "a; b, c | d"], ["Buy", "", "x, y"]]
    text = "".join(delimiter.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    reading = read_bytes(text)
    assert outline(reading) == "Sell\nBuy"
    assert values(reading, "description") == {"Sell": "a; b, c | d", "Buy": "x, y"}


def test_excels_own_line_on_the_delimiter_is_understood() -> None:
    assert outline(read_bytes("sep=;\r\nname;parent\r\nSell;\r\nOffer;Sell\r\n")) == "Sell\n  Offer"


def test_a_column_of_names_with_commas_stays_one_column() -> None:
    assert outline(read_bytes("Name\nRisk, compliance\nPlan, build, run\n")) == "Risk, compliance\nPlan, build, run"


def test_line_breaks_in_cells_do_not_shift_the_rows() -> None:
    reading = read_bytes('name,description,maturity\nSell,"two\nlines",3\nBuy,,purple\nHire,,2\n')
    assert values(reading, "description") == {"Sell": "two\nlines"}
    assert reading.notices[0].startswith("row 3: “purple”")


def test_rows_of_unequal_length_are_read() -> None:
    reading = read_bytes("name,owner,maturity\nSell\nBuy,Ann\nHire,Bob,3,extra,\n")
    assert (values(reading, "owner"), values(reading, "maturity")) == ({"Buy": "Ann", "Hire": "Bob"}, {"Hire": 3})


def test_control_characters_and_overrides_are_dropped() -> None:
    reading = read_bytes("name\nSe\x07ll\u202e now\n")
    assert outline(reading) == "Sell now"


def test_a_picture_is_no_text() -> None:
    with pytest.raises(InputError, match=r"list.csv: this is not a text file"):
        read_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4)


# -- workbooks ----------------------------------------------------------------------------------------


def test_a_workbook_is_read_with_its_numbers_and_dates() -> None:
    rows: list[list[Any]] = [
        ["Nr", "Name", "Parent Nr", "Maturity", "Assessed on", "Cost"],
        [1, "Sell", None, 3, dt.datetime(2026, 11, 30), 1.5],
        [2, "Offer", 1, "4 - Managed", dt.date(2026, 1, 2), 200],
        [None, None, None, None, None, None],
        [3, "Price", 2, None, None, None],
    ]
    reading = read_bytes(workbook(rows), ".xlsx")
    assert outline(reading) == "Sell\n  Offer\n    Price"
    assert values(reading, "maturity") == {"Sell": 3, "Offer": 4}
    assert values(reading, "assessed_on")["Offer"] == dt.date(2026, 1, 2)
    assert values(reading, "external")["Price"] == "3"


def test_indent_of_excel_is_a_layout() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "Owner"])
    for row, (name, indent) in enumerate([("Sell", 0), ("Offer", 1), ("Price", 2), ("Buy", 0)], start=2):
        sheet.cell(row, 1, name).alignment = Alignment(indent=indent)
    assert outline(read_bytes(saved(book), ".xlsx")) == "Sell\n  Offer\n    Price\nBuy"


def test_merged_cells_of_a_column_a_level_go_down() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows: list[list[Any]] = [["Level 1", "Level 2"], ["Sell", "Offer"], [None, "Deliver"], ["Buy", "Order"]]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    assert outline(read_bytes(saved(book), ".xlsx")) == "Sell\n  Offer\n  Deliver\nBuy\n  Order"


def two_sheets() -> bytes:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "ReadMe"
    first.append(["Please fill in the next sheet"])
    second = book.create_sheet("Capabilities")
    rows: list[list[Any]] = [["Business capabilities of the shop"], [], ["id", "name", "parent"], [1, "Sell"]]
    rows.append([2, "Offer", 1])
    for row in rows:
        second.append(row)
    hidden = book.create_sheet("Old")
    hidden.sheet_state = "hidden"
    hidden.append(["id", "name", "parent", "maturity"])
    return saved(book)


def test_the_sheet_that_tells_of_capabilities_is_read_and_the_rest_told() -> None:
    reading = read_bytes(two_sheets(), ".xlsx")
    assert outline(reading) == "Sell\n  Offer"
    assert reading.notices == ("The sheet “Capabilities” was read, “ReadMe” left out.",)
    assert reading.mapping is not None
    assert (reading.mapping.sheet, reading.mapping.sheets) == ("Capabilities", ("ReadMe", "Capabilities"))


def test_another_sheet_can_be_chosen() -> None:
    first = read_bytes(two_sheets(), ".xlsx").mapping
    assert first is not None
    reading = read_bytes(two_sheets(), ".xlsx", first.with_sheet("ReadMe"))
    assert outline(reading) == "Please fill in the next sheet"


def test_formulas_are_not_run_and_errors_are_nothing() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [["name", "owner"], ["Sell", "=CMD()"], ["Buy", "#REF!"]]:
        sheet.append(row)
    sheet["B3"].data_type = "e"
    reading = read_bytes(saved(book), ".xlsx")
    assert outline(reading) == "Sell\nBuy"
    assert values(reading, "owner") == {}


def test_places_in_a_workbook_name_the_sheet() -> None:
    data = workbook([["id", "name"], [1, "Sell"], [1, "Buy"]], title="Caps")
    with pytest.raises(InputError, match=r"list.xlsx, sheet Caps, row 3: the id 1 of “Buy”"):
        read_bytes(data, ".xlsx")


def test_an_outline_number_that_excel_took_for_a_number_is_read() -> None:
    reading = read_bytes(workbook([["No", "Name"], [1, "Sell"], [1.1, "Offer"], [2.0, "Buy"]]), ".xlsx")
    assert outline(reading) == "Sell\n  Offer\nBuy"
    assert meanings(reading) == {"No": "number", "Name": "name"}
