"""The table of a kind as texts: what is copied pastes back as it was, what does not fit is told and changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capmap.exchange.grid import cells
from capmap.exchange.grid.block import block_of, text_of_block
from capmap.exchange.grid.columns import KINDS, GridColumn, columns_of
from capmap.exchange.grid.forms import Form, cents_of, day_of, money_text, number_of, number_text
from capmap.exchange.grid.names import Names
from capmap.exchange.grid.rows import RowTexts
from capmap.exchange.grid.writing import Written, write
from capmap.model import attributes, edits, rules
from capmap.model.map import Map
from capmap.model.records import (
    CLASS_OF,
    Attribute,
    Capability,
    Link,
    Project,
    Provider,
    Record,
    Service,
    make,
)

ENGLISH, GERMAN = Form(currency="EUR"), Form(",", currency="EUR")


class Grid:
    """The tables of a map, and hands that write in them."""

    def __init__(self, current: Map, form: Form = ENGLISH) -> None:
        self.map = current
        self.names = Names(current)
        self.form = form

    def columns(self, kind: str) -> dict[str, GridColumn]:
        return {column.key: column for column in columns_of(self.map, kind)}

    def write(self, kind: str, rows: Sequence[RowTexts], *, create: bool = False) -> Written:
        """Write and do it; the map must be sound after it, and undo must bring back what was."""
        before = {record.id: record for record in self.map}
        columns = columns_of(self.map, kind)
        written = write(self.map, self.names, columns, kind, rows, self.form, "Edit", create=create)
        for change in (written.change, written.change.inverse()):
            self.map.apply(change)
            self.names.follow(change)
        assert {record.id: record for record in self.map} == before
        self.map.apply(written.change)
        self.names.follow(written.change)
        assert rules.check(self.map) == []
        return written

    def set(self, record: Record, **texts: str) -> list[str]:
        """Write cells of one row; the reasons of those that do not fit."""
        row = RowTexts(record.id, texts)
        return [item.reason for item in self.write(record.kind, [row]).refused]

    def text(self, record_id: str, key: str) -> str:
        record = self.map[record_id]
        return cells.plain(self.map, self.names, record, self.columns(record.kind)[key], self.form)

    def named(self, name: str, kind: str = "capability") -> str:
        return next(item.id for item in self.map.all(CLASS_OF[kind]) if getattr(item, "name", "") == name)


@pytest.fixture
def grid(small_map: Map) -> Grid:
    return Grid(small_map)


# -- numbers and days -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1200", 120_000),
        ("1,200,000.50", 120_000_050),
        ("1.2m", 120_000_000),
        ("€ 410k", 41_000_000),
        ("1.2 mio EUR", 120_000_000),
        ("(300)", -30_000),
        ("-€5", -500),
        ("1 200 000", 120_000_000),
        ("1'200'000.5", 120_000_050),
        ("1.200.000,50", 120_000_050),
        (".5", 50),
        ("0,5", 50),
    ],
)
def test_amounts_as_people_type_them(text: str, cents: int) -> None:
    assert cents_of(text, ENGLISH) == cents


@pytest.mark.parametrize("text", ["twelve", "12 apples", "1,20,0.5.5", "1--2", "5 %", "4 m m x", "1 2 3", ""])
def test_what_is_no_amount(text: str) -> None:
    assert cents_of(text, Form()) is None


def test_one_mark_before_three_digits_is_read_as_the_place_writes() -> None:
    assert number_of("1,200", ENGLISH) == number_of("1.200", GERMAN) == 1200
    assert number_of("1.200", ENGLISH) == number_of("1,200", GERMAN) == Decimal("1.2")


@given(st.integers(-(10**15), 10**15), st.sampled_from([ENGLISH, GERMAN]))
def test_money_is_read_back_as_it_is_written(cents: int, form: Form) -> None:
    assert cents_of(money_text(cents, form), form) == cents


@given(st.floats(-1e15, 1e15, allow_nan=False), st.sampled_from([ENGLISH, GERMAN]))
def test_numbers_are_read_back_as_they_are_written(value: float, form: Form) -> None:
    assert float(number_of(number_text(value, form), form) or 0) == value


@pytest.mark.parametrize("text", ["2026-11-30", "30.11.2026", "30/11/26", "30 Nov 2026", "30-Nov-26", "Nov 30, 2026"])
def test_days_as_people_type_them(text: str) -> None:
    assert day_of(text, ENGLISH) == dt.date(2026, 11, 30)


def test_where_the_month_comes_first() -> None:
    assert day_of("11/30/2026", Form(month_first=True)) == dt.date(2026, 11, 30)
    assert day_of("11/12/2026", ENGLISH) == dt.date(2026, 12, 11)


# -- blocks ---------------------------------------------------------------------------------------------


TEXTS = st.text(alphabet=st.sampled_from("ab \"'=+-@\t\n,;5."), max_size=8).map(lambda text: text.strip("\r"))


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_a_block_that_is_copied_is_read_back(rows: list[list[str]]) -> None:
    assert block_of(text_of_block(rows)) == rows


def test_a_block_from_excel_with_line_breaks_and_quotes() -> None:
    text = 'Till\t"two\nlines, ""quoted"""\r\n5" pipe\t"odd\r\n'
    assert block_of(text) == [["Till", 'two\nlines, "quoted"'], ['5" pipe', '"odd']]


def test_formulas_are_guarded_and_amounts_are_not() -> None:
    assert text_of_block([["=cmd()", "-5.50", "@x"]]) == "'=cmd()\t-5.50\t'@x\r\n"


# -- one cell -------------------------------------------------------------------------------------------


def test_values_of_every_type(grid: Grid) -> None:
    till = grid.map[grid.named("Till", "service")]
    reasons = grid.set(
        till,
        owner="Head of IT",
        run_cost="1.2m",
        level_target="99.5 %",
        satisfaction="4",
        live_from="30.11.2026",
        archetype="Utility",
        tags="cash, card",
    )
    now = grid.map.one(Service, till.id)
    assert reasons == []
    assert (now.owner, now.run_cost, now.level_target, now.satisfaction) == ("Head of IT", 120_000_000, 99.5, 4)
    assert (now.live_from, now.archetype, now.tags) == (dt.date(2026, 11, 30), "utility", ("cash", "card"))


def test_a_word_is_a_score_as_in_a_list(grid: Grid) -> None:
    box = grid.map.capability(grid.named("Advise"))
    assert grid.set(box, importance="very high", category="kern") == []
    assert (grid.map.capability(box.id).importance, grid.map.capability(box.id).category) == (5, "core")


@pytest.mark.parametrize("text", ["", "0", "-", "n/a", "not assessed"])
def test_a_score_that_is_taken_away_is_empty_and_never_nought(grid: Grid, text: str) -> None:
    box = grid.map.capability(grid.named("Take payment"))
    grid.set(box, maturity=text)
    assert grid.map.capability(box.id).maturity is None


@pytest.mark.parametrize(
    ("key", "text", "reason"),
    [
        (
            "satisfaction",
            "7",
            "User satisfaction must be a whole score from 1 to 5, or empty for not assessed, not “7”.",
        ),
        ("satisfaction", "3.5", "not “3.5”"),
        ("run_cost", "a lot", "must be an amount such as 1,200.50 or 1.2m, not “a lot”"),
        ("run_cost", "$ 5", "Run cost a year is in EUR, the currency of the map, not “$ 5”."),
        ("level_target", "120", "between 0 and 100"),
        ("live_from", "soon", "a day such as 2026-11-30, not “soon”"),
        ("archetype", "cloud", "one of utility, enhancement, transformation, frontier, not “cloud”"),
        ("name", " ", "Name must not be empty."),
        ("provider", "Nobody & Co", "there is no provider “Nobody & Co”."),
        ("out:supports", "Sell; Fly", "there is no capability “Fly”."),
        ("out:depends on", "Till", "a link needs two different ends."),
    ],
)
def test_what_does_not_fit_says_why_and_keeps_the_old_value(grid: Grid, key: str, text: str, reason: str) -> None:
    till = grid.map[grid.named("Till", "service")]
    written = grid.write("service", [RowTexts(till.id, {key: text})])
    assert written.change.is_empty
    assert [item.column for item in written.refused] == [key]
    assert reason in written.refused[0].reason


def test_good_cells_of_a_row_are_kept_beside_bad_ones(grid: Grid) -> None:
    till = grid.map[grid.named("Till", "service")]
    reasons = grid.set(till, owner="Ann", satisfaction="9")
    assert len(reasons) == 1
    assert grid.map.one(Service, till.id).owner == "Ann"


# -- names of other records -----------------------------------------------------------------------------


def test_a_reference_by_name_and_by_a_new_name_on_request(grid: Grid) -> None:
    ledger = grid.map[grid.named("Ledger", "service")]
    assert grid.set(ledger, provider="till & co") == []
    assert grid.text(ledger.id, "provider") == "Till & Co"
    row = [RowTexts(ledger.id, {"provider": "Cloud Ltd"})]
    assert grid.write("service", row).refused[0].missing == ("provider", "Cloud Ltd")
    assert grid.write("service", row, create=True).refused == []
    assert grid.map.one(Service, ledger.id).provider == grid.named("Cloud Ltd", "provider")


def test_links_by_names_keep_the_values_of_those_that_stay(grid: Grid) -> None:
    till = grid.map[grid.named("Till", "service")]
    kept = next(link for link in grid.map.links_from(till.id) if link.type == "supports")
    row = RowTexts(till.id, {"out:supports": "Take payment, Sell online"})
    assert grid.write("service", [row]).refused == []
    assert grid.map.get(kept.id) == kept
    assert grid.text(till.id, "out:supports") == "Take payment; Sell online"
    grid.write("service", [RowTexts(till.id, {"out:supports": "1.2"})])
    assert grid.text(till.id, "out:supports") == "Sell online"
    assert grid.map.get(kept.id) is None


def test_links_from_the_side_of_the_box(grid: Grid) -> None:
    box = grid.map.capability(grid.named("Advise"))
    written = grid.write("capability", [RowTexts(box.id, {"in:supports": "Till; Ledger"})])
    assert written.refused == []
    assert grid.text(box.id, "in:supports") == "Till; Ledger"


def test_a_name_that_two_boxes_have_is_told_apart_by_its_path(grid: Grid) -> None:
    run, sell = grid.named("Run the shop"), grid.named("Sell online")
    for into in (run, sell):
        change = edits.add(grid.map, "Billing", into)
        grid.map.apply(change)
        grid.names.follow(change)
    till = grid.map[grid.named("Till", "service")]
    refused = grid.write("service", [RowTexts(till.id, {"out:supports": "Billing"})]).refused
    assert "there are 2 capabilities called “Billing”. Write which one, such as “" in refused[0].reason
    assert grid.write("service", [RowTexts(till.id, {"out:supports": "sell online > billing"})]).refused == []
    assert grid.text(till.id, "out:supports") == "Sell online > Billing"


def test_names_with_commas_and_semicolons_are_whole(grid: Grid) -> None:
    for name in ("Sales, general", "A; B", 'The "best"'):
        change = edits.add(grid.map, name)
        grid.map.apply(change)
        grid.names.follow(change)
    till = grid.map[grid.named("Till", "service")]
    for text in ("Sales, general", 'Sales, general; "A; B"', 'The "best"; Sell'):
        assert grid.write("service", [RowTexts(till.id, {"out:supports": text})]).refused == []
        shown = grid.text(till.id, "out:supports")
        grid.write("service", [RowTexts(till.id, {"out:supports": ""})])
        assert grid.write("service", [RowTexts(till.id, {"out:supports": shown})]).refused == []
        assert grid.text(till.id, "out:supports") == shown


# -- new rows -------------------------------------------------------------------------------------------


def test_rows_for_new_records_may_name_one_another(grid: Grid) -> None:
    rows = [
        RowTexts(None, {"name": "App", "out:depends on": "Base"}),
        RowTexts(None, {"name": "Base", "run_cost": "10k"}),
        RowTexts(None, {"name": "", "owner": ""}),
        RowTexts(None, {"name": "", "owner": "Ann"}),
    ]
    written = grid.write("service", rows)
    assert [key is not None for key in written.ids] == [True, True, False, False]
    assert [(item.row, item.reason) for item in written.refused] == [(3, "a new IT service needs a name.")]
    assert grid.text(grid.named("App", "service"), "out:depends on") == "Base"


def test_new_boxes_stand_where_their_rows_say(grid: Grid) -> None:
    rows = [
        RowTexts(None, {"name": "Parcels", "parent": "Logistics"}),
        RowTexts(None, {"name": "Logistics"}),
        RowTexts(None, {"name": "Returns", "parent": "Sell > Sell online"}),
        RowTexts(None, {"name": "Lost", "parent": "Nowhere"}),
    ]
    written = grid.write("capability", rows)
    assert [item.reason for item in written.refused] == ["there is no capability “Nowhere”."]
    tops = [box.name for box in grid.map.children(None)]
    assert tops == ["Sell", "Run the shop", "Logistics", "Lost"]
    assert grid.text(grid.named("Parcels"), "parent") == "Logistics"
    assert grid.text(grid.named("Returns"), "parent") == "Sell online"


def test_a_box_moves_by_the_name_of_its_new_place_and_never_into_itself(grid: Grid) -> None:
    box = grid.map.capability(grid.named("Sell online"))
    assert grid.set(box, parent="Run the shop") == []
    assert [child.name for child in grid.map.children(grid.named("Run the shop"))][-1] == "Sell online"
    assert grid.set(box, parent="") == []
    sell = grid.map.capability(grid.named("Sell"))
    assert grid.set(sell, parent="Take payment") == ["Sell cannot stand inside itself."]


# -- the table of links ---------------------------------------------------------------------------------


def test_pairs_become_links_and_the_type_follows_from_the_kinds(grid: Grid) -> None:
    rows = [
        RowTexts(None, {"source": "Ledger", "target": "Take payment", "share": "40", "fit": "3"}),
        RowTexts(None, {"source": "Web shop", "target": "Ledger"}),
        RowTexts(None, {"source": "Ledger", "target": ""}),
        RowTexts(None, {"source": "Ledger", "target": "Take payment", "note": "again"}),
        RowTexts(None, {"source": "Shop floor", "type": "improves", "target": "Sell"}),
        RowTexts(None, {"source": "Shop floor", "target": "Till"}),
    ]
    written = grid.write("link", rows)
    made = [grid.map.one(Link, key) for key in written.ids if key]
    assert [(link.type, link.share, link.fit, link.note) for link in made[:2]] == [
        ("supports", 40.0, 3, "again"),
        ("changes", None, None, ""),
    ]
    assert made[2] == made[0]
    assert [(item.row, item.column, item.reason) for item in written.refused] == [
        (2, "target", "a link needs an end."),
        (4, "source", "there is no project “Shop floor”."),
        (5, "target", "a unit cannot be linked to an IT service."),
    ]


def test_the_end_of_a_link_can_be_another_one(grid: Grid) -> None:
    till, pay = grid.named("Till", "service"), grid.named("Pay suppliers")
    link = next(link for link in grid.map.links_from(till) if link.type == "supports")
    assert grid.set(link, target="Advise") == []
    assert grid.map.one(Link, link.id).target == grid.named("Advise")
    assert grid.map.one(Link, link.id).share == link.share
    assert grid.set(link, source="Ledger", target="Pay suppliers") == ["the two are linked already, in another row."]
    assert grid.map.links_to(pay)


# -- own attributes -------------------------------------------------------------------------------------


def own(grid: Grid, name: str, attribute_type: str, *choices: str) -> str:
    change = attributes.add(grid.map, "service", name, attribute_type, choices)
    grid.map.apply(change)
    return next(record.id for record in change.after.values() if isinstance(record, Attribute))


def test_own_attributes_hold_values_of_their_type(grid: Grid) -> None:
    till = grid.map[grid.named("Till", "service")]
    given = {
        own(grid, "Room", "text"): ("B 12", "B 12"),
        own(grid, "Seats", "number"): ("12.0", 12),
        own(grid, "Tier", "choice", "Gold", "Silver"): ("gold", "Gold"),
        own(grid, "Checked", "date"): ("30.11.2026", "2026-11-30"),
        own(grid, "Licence", "money"): ("1.5k", 150_000),
    }
    texts = {f"own:{key}": text for key, (text, _) in given.items()}
    assert grid.write("service", [RowTexts(till.id, texts)]).refused == []
    assert grid.map.one(Service, till.id).extra == {key: value for key, (_, value) in given.items()}
    tier = next(key for key, (_, value) in given.items() if value == "Gold")
    refused = grid.write("service", [RowTexts(till.id, {f"own:{tier}": "Bronze"})]).refused
    assert refused[0].reason == "Tier must be one of Gold, Silver, not “Bronze”."
    grid.write("service", [RowTexts(till.id, dict.fromkeys(texts, ""))])
    assert grid.map.one(Service, till.id).extra == {}


# -- all of it ------------------------------------------------------------------------------------------


NAMES = st.text(alphabet=st.sampled_from('ABab ,;">|=-5'), min_size=1, max_size=6).filter(
    lambda text: bool(text.strip())
)
AMOUNTS = st.none() | st.integers(-(10**9), 10**9)


@st.composite
def maps(draw: st.DrawFn) -> Map:
    """A map whose names have marks in them and are often the same."""
    current = Map()
    ids: list[str | None] = [None]
    for name in draw(st.lists(NAMES, min_size=2, max_size=7)):
        change = edits.add(current, name, draw(st.sampled_from(ids)), maturity=draw(st.none() | st.integers(1, 5)))
        current.apply(change)
        ids.append(next(key for key, old in change.before.items() if old is None))
    provider = make(Provider, name=draw(NAMES))
    current.apply(edits.create(current, provider))
    for name in draw(st.lists(NAMES, min_size=1, max_size=4)):
        service = make(
            Service,
            name=name,
            run_cost=draw(AMOUNTS),
            description=draw(TEXTS),
            provider=draw(st.sampled_from([None, provider.id])),
            tags=draw(st.lists(NAMES, max_size=3)),
            live_from=draw(st.none() | st.dates()),
        )
        current.apply(edits.create(current, service))
        for target in draw(st.lists(st.sampled_from(ids[1:]), max_size=3, unique=True)):
            current.apply(
                edits.link(current, "supports", service.id, str(target), share=draw(st.none() | st.just(50.0)))
            )
    return current


@given(maps(), st.sampled_from(KINDS), st.sampled_from([ENGLISH, GERMAN]))
def test_what_is_copied_pastes_back_without_a_change(current: Map, kind: str, form: Form) -> None:
    names, columns = Names(current), columns_of(current, kind)
    records = list(current.all(CLASS_OF[kind]))
    copied = [[cells.plain(current, names, record, column, form) for column in columns] for record in records]
    pasted = block_of(text_of_block(copied)) if copied else []
    rows = [
        RowTexts(record.id, {column.key: text for column, text in zip(columns, texts, strict=True)})
        for record, texts in zip(records, pasted, strict=True)
    ]
    written = write(current, names, columns, kind, rows, form, "Paste")
    assert written.change.is_empty
    assert not written.refused


@given(maps(), st.sampled_from([ENGLISH, GERMAN]))
def test_what_is_copied_pastes_as_new_rows_with_the_same_values(current: Map, form: Form) -> None:
    grid = Grid(current, form)
    columns = [column for column in columns_of(current, "service") if column.type != "links"]
    old = list(current.all(Service))
    copied = [[cells.plain(current, grid.names, record, column, form) for column in columns] for record in old]
    rows = [
        RowTexts(None, {column.key: text for column, text in zip(columns, texts, strict=True)})
        for texts in block_of(text_of_block(copied))
    ]
    written = grid.write("service", rows)
    assert not written.refused
    for before, key in zip(old, written.ids, strict=True):
        after = grid.map.one(Service, key)
        assert [getattr(after, column.key) for column in columns] == [getattr(before, column.key) for column in columns]


@given(maps(), st.lists(st.tuples(NAMES, NAMES, NAMES), max_size=6), st.sampled_from(KINDS))
def test_any_texts_leave_a_sound_map_and_undo_restores_it(
    current: Map, texts: list[tuple[str, str, str]], kind: str
) -> None:
    grid = Grid(current)
    keys = [column.key for column in columns_of(current, kind)]
    there = [record.id for record in current.all(CLASS_OF[kind])]
    rows = [
        RowTexts(
            there[number] if number < len(there) and number % 2 else None,
            dict(zip((keys[0], keys[2], keys[min(5, len(keys) - 1)]), row, strict=True)),
        )
        for number, row in enumerate(texts)
    ]
    grid.write(kind, rows, create=True)


def test_every_kind_has_columns_that_can_be_written_or_say_why_not(grid: Grid) -> None:
    for kind in KINDS:
        columns = columns_of(grid.map, kind)
        assert columns[0].key == ("source" if kind == "link" else "name")
        assert len({column.label for column in columns}) == len(columns)
        for record in list(grid.map.all(CLASS_OF[kind])):
            if isinstance(record, Capability) and record.alias_of:
                continue
            for column in columns:
                written = grid.write(kind, [RowTexts(record.id, {column.key: "?"})])
                assert len(written.change.after) <= 2 or column.type == "place"


def test_a_provider_lists_what_it_provides_and_says_why_that_is_not_edited_there(grid: Grid) -> None:
    provider = grid.map[grid.named("Till & Co", "provider")]
    assert grid.text(provider.id, "back") == "Till"
    ledger = grid.map[grid.named("Ledger", "service")]
    grid.set(ledger, provider="Till & Co")
    assert grid.text(provider.id, "back") == "Till; Ledger"
    assert grid.set(provider, back="Ledger") == ["IT services cannot be edited here."]
    assert isinstance(grid.map[grid.named("Web shop", "project")], Project)
