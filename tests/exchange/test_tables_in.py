"""Tables from elsewhere: which kind their rows are, what their columns become, what is refused and where."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from lists import DATA, saved, workbook
from openpyxl import Workbook

from capmap.errors import InputError
from capmap.exchange.tables.bringing import brought_by, map_from
from capmap.exchange.tables.brought import Brought
from capmap.exchange.tables.incoming import incoming
from capmap.exchange.tables.kindwords import kind_called, kinds_named
from capmap.model import rules
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import (
    Attribute,
    Capability,
    Link,
    Project,
    Provider,
    Service,
    Settings,
    Unit,
    make,
)


def file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def take(current: Map, path: Path, kind: str = "") -> Brought:
    """Import a file; the map stays sound, and a second time changes nothing."""
    brought = brought_by(current, incoming(path, kind))
    current.apply(brought.change)
    assert rules.check(current) == []
    again = brought_by(current, incoming(path, kind))
    assert again.change.is_empty, again.change.after
    return brought


def kinds(path: Path) -> list[str]:
    return [table.kind for table in incoming(path).tables]


def names(current: Map, record_class: Any) -> list[str]:
    return [record.name for record in current.all(record_class)]


def sold() -> Map:
    sell = make(Capability, name="Sell", code="1")
    return Map([sell, make(Capability, name="Buy", code="2", position=1)])


# -- which kind ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "header", "kind"),
    [
        ("list.csv", "Application,Owner", "service"),
        ("applications.csv", "Name,Owner", "service"),
        ("list.csv", "Anwendung,Kosten", "service"),
        ("Projekte 2026.csv", "Bezeichnung;Budget;Beginn", "project"),
        ("list.csv", "Name,Budget,Sponsor,Start date", "project"),
        ("list.csv", "Name,Perspective,Baseline,Target", "objective"),
        ("fournisseurs.csv", "Nom,Fin de contrat", "provider"),
        ("list.csv", "Business unit,Relationship manager", "unit"),
        ("demands.csv", "Name,Stage,Impact", "demand"),
        ("list.csv", "Capability,Application", "link"),
        ("list.csv", "Application,Capability,Comment", "link"),
        ("list.csv", "source,type,target", "link"),
        ("technology_applications_catalogue.csv", "name,category", "service"),
    ],
)
def test_a_table_is_known_by_its_name_and_its_headers(tmp_path: Path, name: str, header: str, kind: str) -> None:
    mark = ";" if ";" in header else ","
    row = mark.join("x" for _ in header.split(mark))
    assert kinds(file(tmp_path, name, f"{header}\n{row}\n")) == [kind]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("capabilities.csv", "Name,Owner\nSell,Lee\n"),
        ("list.csv", "Name,Owner\nSell,Lee\n"),
        ("services.csv", "L1,L2,L3\nSell,Offer,Price\n"),
        ("list.csv", "Domain;Capability;Importance\nSales;Offers;3\n"),
        ("list.csv", "id,name,parent\n1,Sell,\n2,Offer,1\n"),
    ],
)
def test_a_list_of_capabilities_stays_one(tmp_path: Path, name: str, text: str) -> None:
    found = incoming(file(tmp_path, name, text))
    assert found.reading is not None
    assert found.tables == ()


def test_a_list_of_services_with_their_capabilities_is_no_table_of_pairs_unless_services_repeat(tmp_path: Path) -> None:
    header = "Application,Owner,Capability\n"
    assert kinds(file(tmp_path, "a.csv", header + "Till,Lee,Sell\nWeb,Kim,Sell\n")) == ["service"]
    assert kinds(file(tmp_path, "b.csv", header + "Till,Lee,Sell\nTill,Lee,Buy\n")) == ["link"]


def test_words_for_kinds() -> None:
    assert kind_called("services") == kind_called("IT services") == kind_called("service") == "service"
    assert kind_called("business units") == "unit"
    assert kind_called("capabilities") == "capability"
    assert kind_called("things") == ""
    assert kinds_named("Capability to Application") == ("capability", "service")


def test_the_kind_can_be_said(tmp_path: Path) -> None:
    path = file(tmp_path, "list.csv", "Name,Owner\nTill,Lee\n")
    current = Map()
    take(current, path, "service")
    assert names(current, Service) == ["Till"]


# -- what comes of them -------------------------------------------------------------------------------


def test_a_catalogue_of_applications_in_a_dialect_of_json() -> None:
    current, _ = map_from(incoming(DATA / "nics-business-capabilities.json"))
    boxes = current.count(Capability)
    brought = take(current, DATA / "nics-catalogues.json")
    assert current.count(Service) == brought.facts[0].added == 7
    assert names(current, Service).count("GOV.UK Notify") == 2
    assert current.count(Capability) == boxes
    own = {attribute.name: attribute.id for attribute in current.all(Attribute) if attribute.record_kind == "service"}
    outlook = next(service for service in current.all(Service) if service.name == "Microsoft Outlook")
    assert outlook.extra[own["category"]] == "Business Application"
    assert outlook.description == "Mail client"


def test_a_list_of_applications_beside_its_capabilities() -> None:
    current, _ = map_from(incoming(DATA / "bank-capabilities.csv"))
    brought = take(current, DATA / "bank-applications.csv")
    gateway = next(service for service in current.all(Service) if service.name == "API Gateway")
    assert (gateway.criticality, gateway.owner) == (5, "Maria Santos")
    assert (
        "Column “criticality” was read as Criticality: “Critical” as 5, “High” as 4, “Medium” as 3." in brought.notices
    )
    assert brought.refused == ()


def test_all_sheets_of_a_workbook_come_at_once_whatever_their_order(tmp_path: Path) -> None:
    book = Workbook()
    del book["Sheet"]
    sheets: dict[str, list[tuple[Any, ...]]] = {
        "Zuordnung": [("Anwendung", "Fähigkeit", "Anteil"), ("Kasse", "Verkauf", 60), ("Kasse", "Einkauf", 40)],
        "Notizen": [("irgendwas",)],
        "Projekte": [("Name", "Anwendungen", "Budget", "Beginn"), ("Neue Kasse", "Kasse", "1,2 Mio", "01.02.2027")],
        "Anwendungen": [("Anwendung", "Anbieter", "Kosten pro Jahr", "Farbe"), ("Kasse", "Acme", 1200.5, "rot")],
        "Fähigkeiten": [("Ebene 1", "Ebene 2"), ("Handel", "Verkauf"), ("Handel", "Einkauf")],
    }
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    current = Map()
    brought = take(current, file(tmp_path, "haus.xlsx", saved(book)))
    assert brought.refused == ()
    assert [box.name for box in current.walk()] == ["Handel", "Verkauf", "Einkauf"]
    (till,) = current.all(Service)
    assert till.run_cost == 120_050
    assert [*names(current, Provider), *till.extra.values()] == ["Acme", "rot"]
    (project,) = current.all(Project)
    assert (project.budget, project.start) == (120_000_000, dt.date(2027, 2, 1))
    links = [(link.type, link.share) for link in current.all(Link)]
    assert sorted(links, key=str) == [("changes", None), ("supports", 40), ("supports", 60)]
    assert any("Notizen" in notice for notice in brought.notices)
    assert brought.change.text == "Import haus.xlsx"


def test_pairs_join_what_is_there_and_bring_the_services_that_are_not(tmp_path: Path) -> None:
    current = sold()
    text = "Capability,Application,Remark\nSell,Till,old\n,Web shop,\nBuy,Till,\nNowhere,Till,\n"
    brought = take(current, file(tmp_path, "list.csv", text))
    ends = [
        (getattr(current[link.source], "name", ""), getattr(current[link.target], "name", ""), link.note)
        for link in current.all(Link)
    ]
    assert ends == [("Till", "Sell", "old"), ("Web shop", "Sell", ""), ("Till", "Buy", "")]
    assert brought.refused == ("list.csv, row 5, column Capability: there is no capability “Nowhere”.",)
    assert "2 IT services are new, since rows name them: “Till” and “Web shop”." in brought.notices


def test_pairs_alone_make_a_map(tmp_path: Path) -> None:
    made, brought = map_from(incoming(file(tmp_path, "who-uses-what.csv", "Capability,App\nSell,Till\nBuy,Till\n")))
    assert brought.refused == ()
    assert (made.count(Capability), made.count(Service), made.count(Link)) == (2, 1, 2)
    assert made.settings.title == "Who uses what"


def test_a_folder_of_tables_is_one_source(tmp_path: Path) -> None:
    file(tmp_path, "capabilities.csv", "code,name\n1,Sell\n1.1,Offer\n")
    file(tmp_path, "services.csv", "code,name\nS1,Till\n")
    file(tmp_path, "links.csv", "type,source,target,share\nsupports,S1,1.1,60\n")
    current = Map()
    take(current, tmp_path)
    (link,) = current.all(Link)
    assert (current[link.target], link.share) == (next(b for b in current.walk() if b.name == "Offer"), 60.0)


def test_lists_in_one_json_each_come_as_what_their_key_says(tmp_path: Path) -> None:
    value = {
        "capabilities": [{"name": "Sell", "children": [{"name": "Offer"}]}],
        "applications": [{"name": "Till", "vendor": "Acme", "capabilities": ["Offer", "Nowhere"]}],
    }
    current = Map()
    brought = take(current, file(tmp_path, "house.json", json.dumps(value)))
    assert [box.name for box in current.walk()] == ["Sell", "Offer"]
    assert (names(current, Service), names(current, Provider), current.count(Link)) == (["Till"], ["Acme"], 1)
    assert brought.refused == (
        "house.json, applications, element 1, column capabilities: there is no capability “Nowhere”.",
    )


def test_records_are_found_by_the_id_of_the_source_then_code_then_name(tmp_path: Path) -> None:
    first = "Application ID,Application,Code,Owner\nA-1,Till,T,Lee\nA-2,Web,W,Kim\n"
    current = Map()
    take(current, file(tmp_path, "list.csv", first))
    before = {service.external: service.id for service in current.all(Service)}
    second = "Application ID,Application,Code,Owner\nA-1,Tills,T,Lee\n,Web shop,W,\n,Mail,,Ann\n"
    take(current, file(tmp_path, "list.csv", second))
    after = {service.name: service for service in current.all(Service)}
    assert (after["Tills"].id, after["Web shop"].id) == (before["A-1"], before["A-2"])
    assert (after["Web shop"].owner, after["Mail"].owner) == ("Kim", "Ann")


def test_a_column_whose_values_mostly_do_not_fit_is_an_own_attribute(tmp_path: Path) -> None:
    text = "Application,Criticality,Live since\nTill,Tier 0,2024-01-01\nWeb,Tier 1,soon\nMail,3,2025-02-02\n"
    current = Map()
    brought = take(current, file(tmp_path, "list.csv", text))
    assert [item.name for item in current.all(Attribute)] == ["Criticality (2)"]
    assert brought.refused == (
        "list.csv, row 3, column Live since: Live from must be a day such as 2026-11-30, not “soon”.",
    )
    assert [service.live_from for service in current.all(Service)] == [dt.date(2024, 1, 1), None, dt.date(2025, 2, 2)]


def test_the_way_a_table_writes_numbers_and_days_is_found(tmp_path: Path) -> None:
    text = "Project;Budget;Start\nA;1.234,50;3/31/2026\nB;1.000;4/1/2026\n"
    current = Map([make(Settings, id="settings", currency="EUR")])
    take(current, file(tmp_path, "list.csv", text))
    found = [(project.budget, project.start) for project in current.all(Project)]
    assert found == [(123_450, dt.date(2026, 3, 31)), (100_000, dt.date(2026, 4, 1))]


def test_another_currency_is_not_taken_for_the_maps(tmp_path: Path) -> None:
    current = Map([make(Settings, id="settings", currency="EUR")])
    brought = take(current, file(tmp_path, "list.csv", "Application,Cost,Owner\nTill,$ 5,Lee\nWeb,€ 7,\nMail,8,\n"))
    assert len(brought.refused) == 1
    assert "in EUR, the currency of the map" in brought.refused[0]


# -- hostile and clumsy tables ------------------------------------------------------------------------


def test_cells_full_of_mischief(tmp_path: Path) -> None:
    long = "x" * 32_000
    rows = [
        ("Application", "Owner", "Owner", "Description", "", None),
        ("=1+1", "=cmd|' /C calc'!A0", "second", long, "no header", "none either"),
        ("n" * 300, "<b>&amp;\x07", None, "%s", None, None),
    ]
    clean = [[cell.replace("\x07", "") if isinstance(cell, str) else cell for cell in row] for row in rows]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in clean:
        sheet.append(row)
    for place in ("A2", "B2"):
        sheet[place].data_type = "s"
    current = Map()
    brought = take(current, file(tmp_path, "list.xlsx", saved(book)))
    first, second = current.all(Service)
    assert (first.name, first.owner, first.description) == ("=1+1", "=cmd|' /C calc'!A0", "")
    assert len(second.name) == 200
    assert len(brought.refused) == 1
    assert brought.refused[0].startswith("list.xlsx, sheet Sheet, row 2, column Description: ")
    assert "32,000 characters" in brought.refused[0]
    assert [item.name for item in current.all(Attribute)] == ["Owner (2)"]


def test_merged_cells_of_pairs_stand_for_all_their_rows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Capability", "Application"), ("Sell", "Till"), (None, "Web"), ("Buy", "Mail")):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    current = sold()
    take(current, file(tmp_path, "list.xlsx", saved(book)))
    assert [getattr(current[link.target], "name", "") for link in current.all(Link)] == ["Sell", "Sell", "Buy"]


def test_a_table_below_a_title_and_with_empty_rows(tmp_path: Path) -> None:
    rows = [
        ("Our applications", None),
        (None, None),
        ("Application", "Vendor"),
        ("Till", "Acme"),
        (None, None),
        ("Web", ""),
    ]
    current = Map()
    take(current, file(tmp_path, "list.xlsx", workbook(rows)))
    assert names(current, Service) == ["Till", "Web"]


def test_rows_without_a_name_and_names_that_mean_two_are_told(tmp_path: Path) -> None:
    current = sold()
    current.apply(Change.of("", current, [make(Unit, name="North"), make(Unit, name="North")]))
    brought = take(current, file(tmp_path, "demands.csv", "Name,Asked by,Impact\n,North,3\nMore,North,4\n"))
    assert brought.refused == (
        "demands.csv, row 2, column Name: a new demand needs a name.",
        "demands.csv, row 3, column Asked by: there are 2 units called “North”. Give them different names.",
    )


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("services.csv", "17\n18\n", "no row says what the columns are"),
        ("services.csv", "a,b\n" * 3, "no row says what the columns are"),
        ("list.xlsx", "no workbook", "not an Excel workbook"),
        ("applications.json", "{", "not valid JSON"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        incoming(file(tmp_path, name, text), "service")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no CSV files"):
        incoming(tmp_path)
