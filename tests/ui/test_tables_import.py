"""Tables of several kinds in the window: what would happen is shown first, and is one step of undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_robot import WindowRobot

from capmap.document import opened
from capmap.model.map import Map
from capmap.model.records import Link, Service
from capmap.sharing.order import Order
from capmap.ui.files.exporting import ExportDialog
from capmap.ui.files.tablesimport import TablesImport

SERVICES = "Application,Vendor,Satisfaction,Capability\nKiosk,Acme,4,Sell online\nLocker,Acme,9,Nowhere\nMail,,3,\n"


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path, current=small_map)


def rows(dialog: TablesImport) -> list[list[str]]:
    found = []
    for place in range(dialog.tree.topLevelItemCount()):
        item = dialog.tree.topLevelItem(place)
        assert item is not None
        found.append([item.text(column) for column in range(item.columnCount())])
    return found


def test_services_are_shown_by_kind_and_come_in_one_step(robot: WindowRobot, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(SERVICES, "utf-8")
    before = {record.id: record for record in robot.map}
    robot.window.exchange.read_path(path, into_open_map=True)
    dialog = robot.dialog(TablesImport)
    assert rows(dialog) == [
        ["IT services", "3", "0", "0", "0", "2"],
        ["Providers", "1", "0", "0", "0", "0"],
        ["Links", "1", "0", "0", "0", "0"],
    ]
    item = dialog.tree.topLevelItem(2)
    assert item is not None
    child = item.child(0)
    assert child is not None
    assert child.text(0) == "Kiosk supports Sell online"
    assert "2 cells do not fit" in dialog.sentence.text()
    told = [dialog.remarks.item(place).text() for place in range(dialog.remarks.count())]
    assert any(sentence.startswith("list.csv, row 3, column Satisfaction: ") for sentence in told)
    assert {record.id: record for record in robot.map} == before
    dialog.accept()
    robot.rest()
    assert {"Kiosk", "Locker", "Mail"} <= {service.name for service in robot.map.all(Service)}
    assert robot.document.undo_text == "Import list.csv"
    robot.click(robot.window.message.button)
    assert {record.id: record for record in robot.map} == before


def test_a_workbook_written_here_changes_nothing(robot: WindowRobot, tmp_path: Path) -> None:
    target = tmp_path / "map.xlsx"
    robot.window.exchange.export(Order(".xlsx"), target)
    robot.rest()
    robot.window.exchange.read_path(target, into_open_map=True)
    dialog = robot.dialog(TablesImport)
    assert "nothing would change" in dialog.sentence.text()
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


def test_a_workbook_opens_as_a_new_map(robot: WindowRobot, tmp_path: Path) -> None:
    target = tmp_path / "another.xlsx"
    robot.window.exchange.export(Order(".xlsx"), target)
    robot.rest()
    names, links = robot.outline, robot.map.count(Link)
    robot.window.exchange.read_path(target, into_open_map=False)
    dialog = robot.dialog(TablesImport)
    assert dialog.accept_button.text() == "Make the map"
    dialog.accept()
    robot.rest()
    assert robot.document.path.stem == "another"
    assert (robot.outline, robot.map.count(Link)) == (names, links)
    with opened(tmp_path / "map.capmap", read_only=True) as document:
        assert document.map.count(Link) == links


def test_the_export_window_offers_the_workbook_with_its_colours(robot: WindowRobot) -> None:
    robot.window.exchange.ask_export()
    dialog = robot.dialog(ExportDialog)
    dialog.format.setCurrentIndex(dialog.format.findData(".xlsx"))
    assert dialog.lens.isEnabled()
    assert not dialog.paper.isEnabled()
    assert dialog.order.suffix == ".xlsx"
    dialog.reject()
