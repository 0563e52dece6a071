"""A map as a workbook and as CSV tables: both come back as they went, and only what was edited in between changes."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pytest
from any_tables import maps
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from capmap.document import opened
from capmap.exchange.tables.bringing import bring, map_from
from capmap.exchange.tables.brought import Brought
from capmap.exchange.tables.incoming import incoming
from capmap.model import rules
from capmap.model.map import Map
from capmap.model.records import (
    Attribute,
    Capability,
    Link,
    Provider,
    Record,
    Service,
    Settings,
    fields_of,
    make,
)
from capmap.sharing.order import Order, fulfil, write_tables

SAMPLES = Path(__file__).resolve().parents[2] / "sample_maps"
DAY = dt.date(2026, 11, 22)
EXAMPLES = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def sample(name: str = "harbour-insurance") -> Map:
    with opened(SAMPLES / f"{name}.capmap", read_only=True) as document:
        return document.map


def book(current: Map, folder: Path) -> Path:
    target = folder / "map.xlsx"
    fulfil(Order(".xlsx", date=DAY), current, target)
    return target


def back(current: Map, source: Path) -> Brought:
    """What an import does; the map it makes must be sound."""
    brought = bring(current, incoming(source))
    after = current.snapshot()
    after.apply(brought.change)
    assert rules.check(after) == []
    return brought


def told(current: Map) -> list[tuple[Any, ...]]:
    """Everything that tables carry, own attributes by name and links by their ends."""
    names = {item.id: item.name for item in current.all(Attribute)}

    def values(record: Record) -> tuple[Any, ...]:
        left = {"extra", "translations", "answers", *(("id",) if record.kind == "link" else ())}
        own = {names[key]: str(value).strip() for key, value in getattr(record, "extra", {}).items()}
        return (
            record.kind,
            *(_near(getattr(record, field.name)) for field in fields_of(record.kind) if field.name not in left),
            own,
        )

    return sorted((values(record) for record in current if record.kind not in ("attribute", "settings")), key=repr)


def _near(value: Any) -> Any:
    """A number as a spreadsheet keeps it."""
    return format(value, ".12g") if isinstance(value, float) else value


@pytest.mark.parametrize("name", ["harbour-insurance", "nordvik-hospital", "city-of-lindenburg"])
def test_a_sample_map_comes_back_unchanged_and_makes_the_same_map_anew(name: str, tmp_path: Path) -> None:
    current = sample(name)
    target = book(current, tmp_path)
    brought = back(current, target)
    assert brought.change.is_empty
    assert brought.refused == ()
    assert {fact.kind: fact.same for fact in brought.facts}["service"] == current.count(Service)
    made, brought = map_from(incoming(target))
    assert brought.refused == ()
    assert told(made) == told(current)
    assert made.settings.title == current.settings.title
    assert made.settings.currency == current.settings.currency


@EXAMPLES
@given(maps())
def test_whatever_stands_in_a_map_a_workbook_changes_nothing(current: Map) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = book(current, Path(folder))
        brought = back(current, target)
        assert brought.change.is_empty, (brought.change.before, brought.change.after)
        assert brought.refused == ()
        if current.count(Capability) or len(current) > 1:
            made, brought = map_from(incoming(target))
            assert brought.refused == ()
            assert rules.check(made) == []
            assert told(made) == told(current)


@EXAMPLES
@given(maps())
def test_whatever_stands_in_a_map_csv_tables_change_nothing(current: Map) -> None:
    if not current.count(Capability):
        current.apply(_added(current))
    with tempfile.TemporaryDirectory() as folder:
        write_tables(current, Path(folder))
        brought = back(current, Path(folder))
        assert brought.change.is_empty, (brought.change.before, brought.change.after)
        assert brought.refused == ()


def _added(current: Map) -> Any:
    from capmap.model import edits

    return edits.add(current, "A box")


def test_no_cell_of_a_workbook_is_a_formula_and_numbers_are_numbers(tmp_path: Path) -> None:
    service = make(Service, name="=cmd|' /C calc'!A0", run_cost=123_456, level_target=99.95, live_from="2024-02-29")
    current = Map([make(Settings, id="settings", currency="EUR"), service])
    sheets = load_workbook(book(current, tmp_path))
    for sheet in sheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and not str(cell.value).startswith("=") for cell in row)
    rows = list(sheets["IT services"].iter_rows())
    held = {str(header.value): cell for header, cell in zip(rows[0], rows[1], strict=True)}
    assert held["Name"].value == "'=cmd|' /C calc'!A0"
    assert (held["Run cost a year (EUR)"].value, held["Run cost a year (EUR)"].number_format) == (1234.56, "#,##0.00")
    assert held["Service level target"].value == 99.95
    assert held["Live from"].value == dt.datetime(2024, 2, 29)


def test_a_workbook_is_made_to_be_worked_in(tmp_path: Path) -> None:
    current = sample()
    sheets = load_workbook(book(current, tmp_path))
    assert sheets.sheetnames == [
        *("Capabilities", "IT services", "Projects", "Objectives", "Business units", "Providers", "Demands", "Links"),
        *("ReadMe", "Lists"),
    ]
    assert sheets["Lists"].sheet_state == "hidden"
    page = sheets["Capabilities"]
    assert page.column_dimensions["A"].hidden
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref is not None
    outline = page.sheet_properties.outlinePr
    assert outline is not None
    assert not outline.summaryBelow
    levels = [current.level(box.id) - 1 for box in current.walk()]
    assert [page.row_dimensions[row].outline_level for row in range(2, len(levels) + 2)] == levels
    assert [int(page.cell(row, 2).alignment.indent) for row in range(2, len(levels) + 2)] == levels
    leaf = next(row for row, box in enumerate(current.walk(), 2) if not current.has_children(box.id))
    assert page.cell(leaf, 2).fill.fgColor.rgb != "00000000"
    offered = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    assert all(str(formula).startswith("Lists!") for formula in offered.values())
    assert len(offered) >= 6


def test_a_deep_tree_has_eight_levels_of_outline(tmp_path: Path) -> None:
    boxes: list[Capability] = []
    for depth in range(12):
        boxes.append(make(Capability, name=f"Level {depth}", parent=boxes[-1].id if boxes else None))
    current = Map(boxes)
    target = book(current, tmp_path)
    page = load_workbook(target)["Capabilities"]
    assert max(page.row_dimensions[row].outline_level for row in range(2, 14)) == 7
    assert back(current, target).change.is_empty


def test_the_same_map_gives_the_same_bytes(tmp_path: Path) -> None:
    current = sample("cross-industry")
    first = book(current, tmp_path).read_bytes()
    assert book(current, tmp_path).read_bytes() == first


# -- edited in between --------------------------------------------------------------------------------


class Edited:
    """The workbook of a map in somebody's hands."""

    def __init__(self, current: Map, folder: Path) -> None:
        self.path = book(current, folder)
        self.book = load_workbook(self.path)

    def column(self, sheet: str, header: str) -> int:
        return [cell.value for cell in self.book[sheet][1]].index(header) + 1

    def row(self, sheet: str, name: str) -> int:
        place = self.column(sheet, "Name")
        return next(row for row in range(2, 2000) if self.book[sheet].cell(row, place).value == name)

    def put(self, sheet: str, row: int, **values: Any) -> None:
        for header, value in values.items():
            self.book[sheet].cell(row, self.column(sheet, header.replace("_", " "))).value = value

    def end(self, sheet: str) -> int:
        return self.book[sheet].max_row + 1

    def brought(self, current: Map) -> Brought:
        self.book.save(self.path)
        return back(current, self.path)


def shop() -> Map:
    sell = make(Capability, name="Sell", code="1")
    offers = make(Capability, name="Offers", parent=sell.id, maturity=2)
    orders = make(Capability, name="Orders", parent=sell.id, position=1)
    buy = make(Capability, name="Buy", position=1)
    acme = make(Provider, name="Acme")
    till = make(Service, name="Till", provider=acme.id, run_cost=120_000)
    link = make(Link, type="supports", source=till.id, target=offers.id, share=40)
    return Map([make(Settings, id="settings", currency="EUR"), sell, offers, orders, buy, acme, till, link])


def test_only_what_was_edited_arrives(tmp_path: Path) -> None:
    current = shop()
    hands = Edited(current, tmp_path)
    # A box around others gets another name, and the boxes in it still say the old one.
    hands.put("Capabilities", hands.row("Capabilities", "Sell"), Name="Sell things")
    hands.put("Capabilities", hands.row("Capabilities", "Offers"), Maturity_now=4)
    hands.put("IT services", hands.row("IT services", "Till"), Owner="Lee", Provider="Brask")
    brought = hands.brought(current)
    changed = {getattr(new, "name", ""): new for new in brought.change.after.values()}
    assert set(changed) == {"Sell things", "Offers", "Till", "Brask"}
    offers = changed["Offers"]
    assert isinstance(offers, Capability)
    assert offers.maturity == 4
    assert "1 provider is new, since rows name it: “Brask”." in brought.notices
    assert {fact.kind: (fact.added, fact.changed) for fact in brought.facts}["provider"] == (1, 0)
    current.apply(brought.change)
    assert back(current, hands.path).change.is_empty


def test_new_rows_come_where_they_stand_and_come_once(tmp_path: Path) -> None:
    current = shop()
    hands = Edited(current, tmp_path)
    page = hands.book["Capabilities"]
    row = hands.row("Capabilities", "Orders")
    page.insert_rows(row)
    hands.put("Capabilities", row, Name="Quotes", Stands_in="Sell")
    hands.put("Capabilities", hands.end("Capabilities"), Name="Pay", Stands_in="Buy")
    hands.put("Links", hands.end("Links"), From="Till", To="Quotes")
    brought = hands.brought(current)
    for _ in range(10):
        current.apply(brought.change)
        brought = back(current, hands.path)
        assert brought.change.is_empty
    assert [box.name for box in current.walk()] == ["Sell", "Offers", "Quotes", "Orders", "Buy", "Pay"]
    assert current.count(Link) == 2


def test_a_row_that_was_copied_is_a_new_record(tmp_path: Path) -> None:
    current = shop()
    hands = Edited(current, tmp_path)
    page = hands.book["IT services"]
    row, end = hands.row("IT services", "Till"), hands.end("IT services")
    for place in range(1, page.max_column + 1):
        page.cell(end, place).value = page.cell(row, place).value
    hands.put("IT services", end, Name="Till 2")
    current.apply(hands.brought(current).change)
    assert sorted(service.name for service in current.all(Service)) == ["Till", "Till 2"]
    assert back(current, hands.path).change.is_empty


def test_empty_cells_and_missing_rows_take_nothing_away(tmp_path: Path) -> None:
    current = shop()
    hands = Edited(current, tmp_path)
    hands.book["Capabilities"].delete_rows(hands.row("Capabilities", "Orders"))
    hands.put("IT services", hands.row("IT services", "Till"), Provider=None)
    del hands.book["Links"]
    assert hands.brought(current).change.is_empty


def test_what_does_not_fit_is_told_with_its_place_and_the_rest_arrives(tmp_path: Path) -> None:
    current = shop()
    hands = Edited(current, tmp_path)
    row = hands.row("IT services", "Till")
    hands.put("IT services", row, Criticality="high-ish", Owner="Lee")
    hands.put("Capabilities", hands.row("Capabilities", "Sell"), Stands_in="Offers")
    hands.put("Links", hands.end("Links"), From="Till", To="Nowhere")
    brought = hands.brought(current)
    wrong = "Criticality must be a whole score from 1 to 5, or empty for not assessed"
    assert brought.refused == (
        "map.xlsx, sheet Capabilities, row 2, column Stands in: Sell cannot stand inside itself.",
        f"map.xlsx, sheet IT services, row {row}, column Criticality: {wrong}, not “high-ish”.",
        "map.xlsx, sheet Links, row 3, column To: there is no capability or IT service “Nowhere”.",
    )
    till = next(record for record in brought.change.after.values() if isinstance(record, Service))
    assert till.owner == "Lee"


def test_a_column_of_ones_own_becomes_an_own_attribute(tmp_path: Path) -> None:
    current = shop()
    hands = Edited(current, tmp_path)
    page = hands.book["IT services"]
    place = page.max_column + 1
    page.cell(1, place).value = "Vendor"
    page.cell(hands.row("IT services", "Till"), place).value = "Whoever"
    current.apply(hands.brought(current).change)
    (attribute,) = current.all(Attribute)
    assert (attribute.record_kind, attribute.name) == ("service", "Vendor")
    (till,) = current.all(Service)
    assert till.extra == {attribute.id: "Whoever"}
    assert back(current, book(current, tmp_path)).change.is_empty
