"""The tables below the map, worked with real keys and a real clipboard as one works in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from window_robot import Button, Key, Keys, WindowRobot

from capmap.document import Document
from capmap.model import edits
from capmap.model.map import Map
from capmap.model.records import Attribute, Capability, Link, Provider, Service, make
from capmap.ui.actions.table import ACTIONS
from capmap.ui.tables.attributedialog import AttributeDialog
from capmap.ui.tables.pane import TablesPane
from capmap.ui.tables.tableview import TableView

TWENTY = "".join(
    f"App {number:02d}\tA{number:02d}\t\tHead of {('IT', 'Sales')[number % 2]}\tAdvise, Sell online\t{number}.5k\r\n"
    for number in range(1, 21)
)
"""Twenty services as a spreadsheet copies them: name, code, provider, owner, supports, run cost."""


class Hands:
    """The window with its tables open at that of a kind, and hands on them."""

    def __init__(self, robot: WindowRobot, kind: str = "service") -> None:
        self.robot = robot
        self.open(kind)

    def open(self, kind: str) -> None:
        self.robot.desk.tables.open(kind)
        self.robot.rest()

    @property
    def pane(self) -> TablesPane:
        pane = self.robot.desk.tables.pane
        assert pane is not None
        return pane

    @property
    def view(self) -> TableView:
        return self.pane.view

    def column(self, key: str) -> int:
        return self.view.table.column_of(key)

    def at(self, row: int, key: str) -> None:
        """Go to a cell."""
        self.view.go_to(row, self.column(key))
        self.view.setFocus()
        self.robot.rest()

    def choose(self, top: int, left: str, bottom: int, right: str) -> None:
        """Choose a block, as with Shift and a click."""
        self.click(top, left)
        self.click(bottom, right, Keys.ShiftModifier)

    def place(self, row: int, key: str) -> tuple[TableView, QPoint]:
        """Where a cell is to be clicked."""
        index = self.view.table.index(row, self.column(key))
        self.view.scrollTo(index)
        self.robot.rest()
        view = self.view.frozen if index.column() == 0 else self.view
        return view, view.visualRect(index).center()  # type: ignore[return-value]

    def click(self, row: int, key: str, keys: Qt.KeyboardModifier = Keys.NoModifier) -> None:
        view, place = self.place(row, key)
        QTest.mouseClick(view.viewport(), Button.LeftButton, keys, place)
        self.robot.rest()

    def type(self, text: str, end: Qt.Key = Key.Key_Return) -> None:
        """Type into the current cell and leave it by a key."""
        self.activate()
        for letter in text:
            # The first letter opens the editor, which the others go to.
            self.robot.write(letter)
        self.activate()
        self.robot.hit(end)

    def activate(self) -> None:
        """The screen that is not there takes a list of completions, and a dialog, for the window one works in."""
        if QApplication.activePopupWidget() is None and not self.robot.window.isActiveWindow():
            self.robot.window.activateWindow()
            QTest.qWaitForWindowActive(self.robot.window, 1000)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.robot.ctrl(Key.Key_V)

    def text(self, row: int, key: str) -> str:
        return self.view.table.text_at(row, self.column(key))

    @property
    def current(self) -> tuple[int, str]:
        index = self.view.currentIndex()
        return index.row(), self.view.table.columns[index.column()].key

    @property
    def names(self) -> list[str]:
        """The first cells of all rows that are records."""
        return [self.view.table.text_at(row, 0) for row in range(len(self.view.table.ids))]

    def service(self, name: str) -> Service:
        return next(item for item in self.robot.map.all(Service) if item.name == name)


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path, current=small_map)


@pytest.fixture
def hands(robot: WindowRobot) -> Hands:
    return Hands(robot)


# -- open and walk --------------------------------------------------------------------------------------


def test_a_key_opens_the_tables_below_the_map_and_closes_them(robot: WindowRobot) -> None:
    robot.on_canvas()
    robot.hit(Key.Key_F7)
    hands = Hands(robot)
    assert hands.names == ["Till", "Ledger"]
    assert robot.desk.canvas.isVisible()
    assert robot.desk.tables.in_use is hands.view
    robot.hit(Key.Key_F7)
    assert not robot.desk.tables.is_open
    assert robot.desk.canvas.hasFocus()


def test_tables_alone_take_the_room_of_the_map(hands: Hands) -> None:
    robot = hands.robot
    robot.hit(Key.Key_F7, Keys.ShiftModifier)
    assert not robot.desk.canvas.isVisible()
    robot.hit(Key.Key_F7, Keys.ShiftModifier)
    assert robot.desk.canvas.isVisible()


def test_tab_walks_through_the_columns_and_enter_returns_below_the_first(hands: Hands) -> None:
    hands.at(0, "name")
    hands.robot.hit(Key.Key_Tab)
    hands.robot.hit(Key.Key_Tab)
    assert hands.current == (0, "provider")
    hands.robot.hit(Key.Key_Return)
    assert hands.current == (1, "name")
    hands.robot.hit(Key.Key_Backtab, Keys.ShiftModifier)
    assert hands.current[0] == 0
    hands.robot.ctrl(Key.Key_Down)
    assert hands.current[0] == 1


# -- type -----------------------------------------------------------------------------------------------


def test_typing_edits_and_enter_goes_down(hands: Hands) -> None:
    hands.at(0, "owner")
    hands.type("Head of Tills")
    assert hands.service("Till").owner == "Head of Tills"
    assert hands.current == (1, "owner")
    assert hands.robot.document.undo_text == "Set owner of Till"
    hands.robot.ctrl(Key.Key_Z)
    assert hands.text(0, "owner") == ""


def test_f2_edits_on_and_esc_leaves_the_cell_as_it_was(hands: Hands) -> None:
    hands.at(0, "code")
    hands.robot.hit(Key.Key_F2)
    hands.robot.hit(Key.Key_End)
    hands.type("x", Key.Key_Tab)
    assert hands.text(0, "code") == "S1x"
    assert hands.current == (0, "provider")
    hands.at(0, "code")
    QTest.keyClicks(hands.view, "zzz")
    hands.robot.hit(Key.Key_Escape)
    assert hands.text(0, "code") == "S1x"


def test_the_empty_row_makes_a_record_and_tab_stays_in_it(hands: Hands) -> None:
    hands.at(2, "name")
    hands.type("Web shop engine", Key.Key_Tab)
    assert hands.names == ["Till", "Ledger", "Web shop engine"]
    assert hands.current == (2, "code")
    hands.type("S3", Key.Key_Tab)
    assert hands.service("Web shop engine").code == "S3"
    hands.at(2, "name")
    hands.robot.hit(Key.Key_Return)
    assert hands.current == (3, "name")
    hands.type("Kiosk")
    assert hands.names[3:] == ["Kiosk"]
    assert hands.current == (4, "name")


def test_a_row_without_a_name_waits_until_it_has_one(hands: Hands) -> None:
    hands.at(2, "owner")
    hands.type("Head of Shops")
    assert len(hands.names) == 2
    assert hands.pane.counts.text() == "1 not complete"
    hands.at(2, "name")
    hands.type("Kiosk")
    assert hands.service("Kiosk").owner == "Head of Shops"
    assert hands.pane.counts.text() == ""


def test_the_beginning_of_a_choice_is_enough(hands: Hands) -> None:
    hands.at(0, "archetype")
    hands.type("uti")
    assert hands.service("Till").archetype == "utility"


def test_a_score_taken_away_is_not_assessed(hands: Hands) -> None:
    hands.open("capability")
    row = hands.names.index("Take payment")
    hands.at(row, "maturity")
    hands.robot.hit(Key.Key_Delete)
    assert hands.robot.box("Take payment").maturity is None


def test_names_of_linked_boxes_are_typed_in_a_cell(hands: Hands) -> None:
    hands.at(1, "out:supports")
    hands.type("Advise, Sell online")
    targets = {link.target for link in hands.robot.map.links_from(hands.service("Ledger").id)}
    assert targets == {hands.robot.id("Advise"), hands.robot.id("Sell online")}
    assert hands.text(1, "out:supports") == "Advise; Sell online"


# -- what does not fit ----------------------------------------------------------------------------------


def test_a_cell_that_does_not_fit_says_why_keeps_its_value_and_can_be_corrected(hands: Hands) -> None:
    hands.at(0, "satisfaction")
    hands.type("9")
    assert hands.robot.said == (
        "Row 1, User satisfaction: must be a whole score from 1 to 5, or empty for not assessed, not “9”."
    )
    assert hands.service("Till").satisfaction is None
    mark = hands.view.table.mark_at(0, hands.column("satisfaction"))
    assert mark is not None
    assert "did not fit" in str(
        hands.view.table.index(0, hands.column("satisfaction")).data(Qt.ItemDataRole.ToolTipRole)
    )
    hands.at(0, "satisfaction")
    hands.robot.hit(Key.Key_F2)
    hands.robot.hit(Key.Key_Backspace)
    hands.type("4")
    assert hands.service("Till").satisfaction == 4
    assert hands.robot.said == ""
    assert hands.view.table.mark_at(0, hands.column("satisfaction")) is None


def test_an_unknown_provider_is_offered_to_be_added(hands: Hands) -> None:
    hands.at(1, "provider")
    hands.type("Cloud Ltd")
    assert hands.robot.said == "Row 2, Provider: there is no provider “Cloud Ltd”."
    assert hands.robot.window.message.offer == "Add Cloud Ltd"
    hands.robot.click(hands.robot.window.message.button)
    provider = hands.service("Ledger").provider
    assert provider is not None
    assert hands.robot.map.one(Provider, provider).name == "Cloud Ltd"
    hands.robot.ctrl(Key.Key_Z)
    assert hands.service("Ledger").provider is None
    assert [item.name for item in hands.robot.map.all(Provider)] == ["Till & Co"]


def test_a_name_cannot_be_emptied(hands: Hands) -> None:
    hands.at(0, "name")
    hands.robot.hit(Key.Key_Delete)
    assert hands.robot.said == "Row 1, Name: must not be empty."
    assert hands.names == ["Till", "Ledger"]


# -- blocks ---------------------------------------------------------------------------------------------


def test_twenty_services_pasted_are_one_step(hands: Hands) -> None:
    hands.at(2, "name")
    hands.paste(TWENTY)
    assert len(hands.names) == 22
    assert hands.robot.said == ""
    made = hands.service("App 07")
    assert (made.code, made.owner, made.run_cost) == ("A07", "Head of Sales", 750_000)
    assert len(hands.robot.map.links_from(made.id)) == 2
    assert hands.robot.document.undo_text == "Paste 20 IT services"
    hands.robot.ctrl(Key.Key_Z)
    assert hands.names == ["Till", "Ledger"]
    hands.robot.ctrl(Key.Key_Y)
    assert len(hands.names) == 22


def test_a_block_with_names_of_columns_finds_its_columns(hands: Hands) -> None:
    hands.at(2, "name")
    hands.paste("Owner\tName\tRun cost a year (EUR)\tColour\r\nAnn\tKiosk\t1,200.50\tred\r\n")
    kiosk = hands.service("Kiosk")
    assert (kiosk.owner, kiosk.run_cost) == ("Ann", 120_050)
    assert hands.robot.said == "Left out, for want of a column of that name: “Colour”."


def test_line_breaks_and_quotes_in_cells(hands: Hands) -> None:
    hands.at(0, "description")
    hands.paste('"two\nlines, ""quoted"""\r\n5" screen\r\n')
    assert hands.service("Till").description == 'two\nlines, "quoted"'
    assert hands.service("Ledger").description == '5" screen'


def test_good_cells_of_a_block_are_kept_and_bad_ones_counted_and_marked(hands: Hands) -> None:
    hands.at(0, "level_target")
    hands.paste("99.5\t98\t4\r\nhigh\t97\t7\r\n")
    till, ledger = hands.service("Till"), hands.service("Ledger")
    assert (till.level_target, till.level_actual, till.satisfaction) == (99.5, 98.0, 4)
    assert (ledger.level_target, ledger.level_actual, ledger.satisfaction) == (None, 97.0, None)
    assert hands.robot.said.startswith("2 of 6 cells did not fit. Row 2, Service level target: must be a share")
    assert {key for _, key in hands.view.table.marks} == {"level_target", "satisfaction"}
    hands.robot.ctrl(Key.Key_Z)
    assert hands.service("Till").level_target is None


def test_rows_that_lack_something_wait_at_the_end(hands: Hands) -> None:
    hands.at(2, "name")
    hands.paste("Kiosk\tK\r\n\tX\r\nScanner\tS\r\n")
    assert hands.names == ["Till", "Ledger", "Kiosk", "Scanner"]
    assert hands.text(4, "code") == "X"
    assert hands.robot.said == "1 of 6 cells did not fit. Row 5, Name: a new IT service needs a name."
    hands.at(4, "name")
    hands.type("Printer")
    assert hands.service("Printer").code == "X"


def test_one_cell_is_pasted_over_all_that_are_chosen(hands: Hands) -> None:
    hands.choose(0, "owner", 1, "owner")
    hands.paste("Ann")
    assert (hands.service("Till").owner, hands.service("Ledger").owner) == ("Ann", "Ann")
    assert hands.robot.document.undo_text == "Paste 2 cells"


def test_a_copied_block_pastes_back_without_a_step(hands: Hands) -> None:
    before = hands.robot.document.undo_text
    hands.robot.ctrl(Key.Key_A)
    hands.robot.ctrl(Key.Key_C)
    assert "Till\tS1\tTill & Co" in QGuiApplication.clipboard().text()
    hands.at(0, "name")
    hands.robot.ctrl(Key.Key_V)
    assert hands.robot.document.undo_text == before
    assert hands.names == ["Till", "Ledger"]


def test_fill_down_and_to_the_right(hands: Hands) -> None:
    hands.at(2, "name")
    hands.paste("Kiosk\r\nScanner\r\n")
    hands.at(0, "owner")
    hands.type("Ann")
    hands.choose(0, "owner", 3, "owner")
    hands.robot.ctrl(Key.Key_D)
    assert {item.owner for item in hands.robot.map.all(Service)} == {"Ann"}
    assert hands.robot.document.undo_text == "Fill down"
    hands.at(0, "level_target")
    hands.type("99")
    hands.choose(0, "level_target", 0, "level_actual")
    hands.robot.ctrl(Key.Key_R)
    assert hands.service("Till").level_actual == 99.0
    hands.at(1, "level_target")
    hands.robot.ctrl(Key.Key_D)
    assert hands.service("Ledger").level_target == 99.0


def test_rows_go_with_their_links_and_come_back_to_their_place(hands: Hands) -> None:
    hands.at(0, "code")
    hands.robot.ctrl(Key.Key_Minus)
    assert hands.names == ["Ledger"]
    assert hands.robot.said == "Removed Till, with 3 links."
    hands.robot.click(hands.robot.window.message.button)
    assert hands.names == ["Till", "Ledger"]
    assert len(hands.robot.map.links_from(hands.service("Till").id)) == 2


def test_cutting_a_whole_row_takes_its_record(hands: Hands) -> None:
    hands.at(1, "code")
    hands.robot.hit(Key.Key_Space, Keys.ShiftModifier)
    hands.robot.ctrl(Key.Key_X)
    assert hands.names == ["Till"]
    assert QGuiApplication.clipboard().text().startswith("Ledger\tS2")


def test_the_menu_works_on_the_cells_while_the_keys_go_to_the_table(hands: Hands) -> None:
    hands.at(0, "code")
    hands.robot.window.actions_set.trigger("edit.copy")
    assert QGuiApplication.clipboard().text() == "S1\r\n"
    hands.robot.select("Advise")
    hands.robot.on_canvas()
    hands.robot.window.actions_set.trigger("edit.copy")
    assert QGuiApplication.clipboard().text() == "Advise\n"


# -- sort, filter, columns ------------------------------------------------------------------------------


def header_click(hands: Hands, key: str) -> None:
    header = hands.view.horizontalHeader() if hands.column(key) else hands.view.frozen.horizontalHeader()
    hands.view.scrollTo(hands.view.table.index(0, hands.column(key)))
    place = QPoint(header.sectionViewportPosition(hands.column(key)) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Button.LeftButton, Keys.NoModifier, place)
    hands.robot.rest()


def test_sorting_shows_another_order_and_changes_nothing(hands: Hands) -> None:
    hands.at(2, "name")
    hands.paste("Kiosk\r\n")
    before = hands.robot.document.undo_text
    header_click(hands, "name")
    assert hands.names == ["Kiosk", "Ledger", "Till"]
    header_click(hands, "name")
    assert hands.names == ["Till", "Ledger", "Kiosk"]
    hands.at(0, "name")
    hands.type("Aardvark")
    assert hands.names == ["Aardvark", "Ledger", "Kiosk"], "a row does not jump away under the hands"
    header_click(hands, "name")
    assert hands.names == ["Aardvark", "Ledger", "Kiosk"]
    header_click(hands, "run_cost")
    assert hands.names == ["Ledger", "Aardvark", "Kiosk"], "empty cells come last"
    assert before == "Paste 1 IT service"


def shows(hands: Hands, count: int) -> bool:
    return len(hands.names) == count


def test_filter_by_words_and_by_column(hands: Hands) -> None:
    hands.at(2, "name")
    hands.paste(TWENTY)
    for words, count in (("head sales", 10), ("owner:sales", 10), ("provider:-", 21), ("app 07", 1), ("nothing", 0)):
        hands.pane.filter.setFocus()
        hands.pane.filter.clear()
        hands.robot.write(words)
        hands.robot.bot.waitUntil(partial(shows, hands, count))
    assert hands.pane.counts.text() == "0 found"
    hands.robot.hit(Key.Key_Escape)
    hands.robot.bot.waitUntil(lambda: len(hands.names) == 22)
    hands.robot.hit(Key.Key_Escape)
    assert hands.view.hasFocus()


def test_columns_are_chosen_and_widths_and_choice_remembered(hands: Hands) -> None:
    robot = hands.robot
    menu = hands.pane.menus["service"]
    menu.show_column(hands.column("code"), shown=False)
    menu.show_column(hands.column("external"), shown=True)
    hands.view.setColumnWidth(hands.column("owner"), 233)
    header = hands.view.horizontalHeader()
    header.moveSection(header.visualIndex(hands.column("owner")), 1)
    robot.close_window()
    robot.open_window(str(robot.path))
    again = Hands(robot)
    assert again.view.isColumnHidden(again.column("code"))
    assert not again.view.isColumnHidden(again.column("external"))
    assert again.view.columnWidth(again.column("owner")) == 233
    assert again.view.horizontalHeader().visualIndex(again.column("owner")) == 1


def test_open_tables_are_open_again(hands: Hands) -> None:
    hands.open("project")
    hands.robot.close_window()
    hands.robot.open_window(str(hands.robot.path))
    assert hands.robot.desk.tables.is_open
    assert hands.pane.kind == "project"
    assert hands.names == ["Web shop"]


# -- own columns ----------------------------------------------------------------------------------------


def fill_in(hands: Hands, name: str, kind: str, choices: str = "") -> AttributeDialog:
    dialog = hands.robot.dialog(AttributeDialog)
    dialog.name.setText(name)
    dialog.type.setCurrentIndex(dialog.type.findData(kind))
    dialog.choices.setText(choices)
    done = next(button for button in dialog.findChildren(QPushButton) if button.text() in ("Add", "Change"))
    hands.robot.click(done)
    return dialog


def test_an_own_column_is_added_filled_renamed_and_removed(hands: Hands) -> None:
    menu = hands.pane.menus["service"]
    menu.ask_new()
    fill_in(hands, "Tier", "choice", "Gold, Silver")
    own = next(iter(hands.robot.map.all(Attribute)))
    key = f"own:{own.id}"
    hands.at(0, key)
    hands.type("gold")
    assert hands.service("Till").extra == {own.id: "Gold"}
    hands.at(1, key)
    hands.type("Bronze")
    assert "must be one of Gold, Silver" in hands.robot.said
    menu.ask_change(own)
    dialog = fill_in(hands, "Level", "number")
    assert dialog.problem.text() == "Not all values fit. In Till: Level must be a number, not “Gold”."
    fill_in(hands, "Level", "choice", "Gold, Silver, Bronze")
    assert hands.view.table.columns[hands.column(key)].label == "Level"
    menu.remove(hands.robot.map.one(Attribute, own.id))
    assert hands.column(key) == -1
    assert hands.service("Till").extra == {}
    assert hands.robot.said == "Removed the column Level, with 1 value."
    hands.activate()
    hands.robot.ctrl(Key.Key_Z)
    assert hands.text(0, key) == "Gold"


def test_a_column_with_the_name_of_another_is_refused(hands: Hands) -> None:
    hands.pane.menus["service"].ask_new()
    dialog = fill_in(hands, "owner", "text")
    assert dialog.problem.text() == "There is a column “owner” already; give this one another name."
    dialog.reject()
    assert not list(hands.robot.map.all(Attribute))


# -- the map beside the table ---------------------------------------------------------------------------


def test_choosing_rows_of_boxes_selects_them_on_the_map_and_back(hands: Hands) -> None:
    hands.open("capability")
    hands.click(hands.names.index("Advise"), "code")
    assert hands.robot.chosen == ["Advise"]
    hands.robot.on_canvas()
    hands.robot.select("Sell online")
    assert hands.names[hands.current[0]] == "Sell online"


def test_choosing_a_service_lights_its_boxes(hands: Hands) -> None:
    def lit() -> set[str] | None:
        found = hands.robot.desk.canvas.lighting.lit
        return None if found is None else {hands.robot.map.capability(key).name for key in found}

    hands.click(0, "code")
    assert lit() == {"Take payment"}
    hands.robot.hit(Key.Key_Escape)
    assert lit() is None
    hands.click(1, "code")
    assert lit() == {"Pay suppliers"}
    hands.robot.hit(Key.Key_F7)
    assert lit() is None


def test_rows_of_boxes_follow_the_map_in_reading_order(hands: Hands) -> None:
    hands.open("capability")
    robot = hands.robot
    robot.workspace.commit(edits.add(robot.map, "Greet", robot.id("Serve at the counter"), 0))
    robot.workspace.commit(edits.move(robot.map, [robot.id("Run the shop")], None, 0))
    robot.rest()
    assert hands.names == [box.name for box in robot.map.walk() if not box.alias_of]


def test_boxes_pasted_with_the_names_of_their_places_stand_there(hands: Hands) -> None:
    hands.open("capability")
    robot = hands.robot
    hands.at(len(hands.names), "name")
    hands.paste("Greet\t1.1.3\tServe at the counter\r\nParcels\t3.1\tLogistics\r\nLogistics\t3\t\r\n")
    assert robot.said == ""
    assert robot.map.path(robot.id("Parcels"))[0].name == "Logistics"
    assert hands.names == [box.name for box in robot.map.walk() if not box.alias_of]
    robot.ctrl(Key.Key_Z)
    assert "Greet" not in hands.names


def test_a_place_that_writes_decimals_with_a_comma(qtbot: QtBot, tmp_path: Path, small_map: Map) -> None:
    here = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    try:
        hands = Hands(WindowRobot(qtbot, tmp_path, current=small_map))
        hands.at(0, "run_cost")
        hands.type("1.234,50")
        assert hands.service("Till").run_cost == 123_450
        assert hands.view.table.shown_at(0, hands.column("run_cost")) == "1.234,50"
        assert hands.view.table.shown_at(0, hands.column("live_from")) == "01.03.2021"
        assert hands.text(0, "run_cost") == "1234,50"
        hands.at(0, "run_cost")
        hands.robot.ctrl(Key.Key_C)
        hands.at(1, "run_cost")
        hands.robot.ctrl(Key.Key_V)
        assert hands.service("Ledger").run_cost == 123_450
    finally:
        QLocale.setDefault(here)


def test_pairs_pasted_into_the_table_of_links(hands: Hands) -> None:
    hands.open("link")
    rows = len(hands.names)
    hands.at(rows, "source")
    hands.paste("Ledger\t\tTake payment\t40\r\nLedger\t\tFly\t10\r\nWeb shop\t\tLedger\r\n")
    assert len(hands.names) == rows + 2
    assert "Row 10, To: there is no capability or IT service “Fly”." in hands.robot.said
    assert hands.text(rows + 2, "target") == "Fly"
    assert hands.text(rows, "type") == "supports"
    hands.at(rows + 2, "target")
    hands.type("Advise")
    link = hands.robot.map.one(Link, hands.view.table.ids[-1])
    assert (link.type, link.share, link.target) == ("supports", 10.0, hands.robot.id("Advise"))


# -- what must not be -----------------------------------------------------------------------------------


def test_a_map_that_is_read_only_can_be_read_and_says_why_it_cannot_be_edited(
    qtbot: QtBot, tmp_path: Path, small_map: Map
) -> None:
    robot = WindowRobot(qtbot, tmp_path, current=small_map)
    copy = tmp_path / "copy.capmap"
    robot.document.copy_to(copy)
    with Document.open(copy):
        robot.window.files.open_path(copy)
        robot.rest()
        hands = Hands(robot)
        assert hands.names == ["Till", "Ledger"]
        why = robot.document.why_read_only
        assert why
        hands.at(0, "owner")
        acts: list[Callable[[], None]] = [
            lambda: robot.write("x"),
            lambda: robot.hit(Key.Key_Delete),
            lambda: hands.paste("x"),
            lambda: robot.ctrl(Key.Key_D),
            lambda: robot.ctrl(Key.Key_Minus),
            hands.pane.menus["service"].ask_new,
        ]
        for act in acts:
            robot.window.message.tell("")
            act()
            robot.rest()
            assert robot.said == why
        robot.window.files.close()
        robot.rest()


def test_ten_thousand_rows_are_edited_one_by_one(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    current = Map([make(Service, name=f"Service {number}") for number in range(10_000)])
    hands = Hands(WindowRobot(qtbot, tmp_path, current=current))
    assert len(hands.names) == 10_000
    read: list[int] = []
    table = hands.view.table
    before = table.shown_at

    def noted(row: int, column: int) -> str:
        read.append(row)
        return before(row, column)

    monkeypatch.setattr(table, "shown_at", noted)
    resets: list[bool] = []
    table.modelReset.connect(lambda: resets.append(True))
    hands.at(9_000, "owner")
    hands.type("Ann")
    hands.type("Bob")
    hands.robot.ctrl(Key.Key_Z)
    assert hands.service("Service 9000").owner == "Ann"
    assert not resets
    assert len(set(read)) < 200, "only what is in sight is looked at"


def test_an_empty_table_invites(qtbot: QtBot, tmp_path: Path) -> None:
    hands = Hands(WindowRobot(qtbot, tmp_path, current=Map([make(Capability, name="Sell")])))
    picture = hands.view.grab()
    hands.at(0, "name")
    hands.type("Till")
    assert hands.names == ["Till"]
    assert picture.toImage() != hands.view.grab().toImage()


def test_another_map_in_the_window_has_other_rows(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "other.capmap"
    Document.create(path, [make(Service, name="Elsewhere")]).close()
    hands.robot.window.files.open_path(path)
    hands.robot.rest()
    assert hands.names == ["Elsewhere"]


def test_every_table_opens_and_shows_its_rows(hands: Hands) -> None:
    for action in ACTIONS:
        if action.submenu == "Table of":
            hands.robot.window.actions_set.trigger(action.name)
            hands.robot.rest()
            assert hands.pane.kind == action.name.removeprefix("table.")
            assert not hands.view.grab().isNull()
