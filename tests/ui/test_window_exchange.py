"""Lists in and pictures out: shown before they change anything, read and written aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QTreeWidgetItem
from pytestqt.qtbot import QtBot
from window_robot import Key, WindowRobot

from capmap.model.map import Map
from capmap.sharing.order import Order
from capmap.ui.files.exporting import ExportDialog
from capmap.ui.files.importing import ImportPreview
from capmap.ui.files.mapfolder import map_folder

LIST = "Ref;Domain;Capability;Importance\nA1;Sales;Offers;3\nA2;Sales;Orders;high\nA3;Claims;Triage;5\n"


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path, current=small_map)


def written(folder: Path, text: str = LIST, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_list_becomes_part_of_the_map_in_one_step(robot: WindowRobot, tmp_path: Path) -> None:
    robot.window.exchange.read_path(written(tmp_path), into_open_map=True)
    preview = robot.dialog(ImportPreview)
    assert preview.heading.text() == "list.csv: 5 capabilities on 2 levels"
    assert preview.sentence.startswith("5 added, 0 changed, 0 moved")
    assert [choice.currentText() for choice in preview.columns.choices][1:3] == ["Name on level 1", "Name on level 2"]
    assert "high" in preview.notices.item(0).text()
    assert "Sales" not in robot.outline
    preview.accept()
    robot.rest()
    assert robot.outline[-5:] == ["Sales", "  Offers", "  Orders", "Claims", "  Triage"]
    assert robot.document.undo_text == "Import list.csv"
    assert robot.window.message.offer == "Undo"
    robot.click(robot.window.message.button)
    assert "Sales" not in robot.outline


def test_columns_can_be_corrected(robot: WindowRobot, tmp_path: Path) -> None:
    robot.window.exchange.read_path(written(tmp_path), into_open_map=True)
    preview = robot.dialog(ImportPreview)
    choice: QComboBox = preview.columns.choices[0]
    choice.setCurrentIndex(choice.findData("code"))
    choice.activated.emit(choice.currentIndex())
    robot.rest()
    preview.accept()
    robot.rest()
    assert robot.box("Orders").code == "A2"


def test_each_box_says_what_happens_to_it(robot: WindowRobot, tmp_path: Path) -> None:
    text = "Level 1,Level 2,Importance\nSell,Sell online,5\nSell,Advise,2\nRun the shop,Pay suppliers,\n"
    robot.window.exchange.read_path(written(tmp_path, text), into_open_map=True)
    preview = robot.dialog(ImportPreview)
    told: dict[str, str] = {}

    def walk(item: QTreeWidgetItem | None) -> None:
        assert item is not None
        told[item.text(0)] = item.text(1)
        for place in range(item.childCount()):
            walk(item.child(place))

    for place in range(preview.tree.topLevelItemCount()):
        walk(preview.tree.topLevelItem(place))
    assert told == {
        "Sell": "as before",
        "Sell online": "changed",
        "Advise": "new",
        "Run the shop": "as before",
        "Pay suppliers": "as before",
    }
    preview.reject()


def test_the_row_with_the_names_can_be_said(robot: WindowRobot, tmp_path: Path) -> None:
    robot.window.exchange.read_path(written(tmp_path, "Our list;2026\nThing;Weight\nOffers;3\n"), into_open_map=True)
    preview = robot.dialog(ImportPreview)
    rows = next(
        choice
        for choice in preview.columns.findChildren(QComboBox)
        if choice.accessibleName() == "Row with the names of the columns"
    )
    rows.setCurrentIndex(rows.findData(1))
    rows.activated.emit(rows.currentIndex())
    robot.rest()
    assert [box.name for box in preview.reading.boxes] == ["Offers"]
    preview.reject()


def test_the_same_list_again_changes_nothing(robot: WindowRobot, tmp_path: Path) -> None:
    path = written(tmp_path)
    for _ in range(2):
        robot.window.exchange.read_path(path, into_open_map=True)
        preview = robot.dialog(ImportPreview)
        if preview.accept_button.isEnabled():
            preview.accept()
        robot.rest()
    assert "nothing would change" in preview.sentence
    preview.reject()


def test_a_list_goes_into_the_selected_box(robot: WindowRobot, tmp_path: Path) -> None:
    robot.select("Run the shop")
    robot.window.exchange.read_path(written(tmp_path), into_open_map=True)
    preview = robot.dialog(ImportPreview)
    assert preview.into == robot.id("Run the shop")
    preview.accept()
    robot.rest()
    assert "  Claims" in robot.outline


def test_a_list_opened_becomes_a_map_of_its_own(robot: WindowRobot, tmp_path: Path) -> None:
    robot.window.files.open_path(written(tmp_path))
    preview = robot.dialog(ImportPreview)
    assert preview.makes_new_map
    preview.accept()
    robot.rest()
    assert robot.document.path == map_folder() / "list.capmap"
    assert robot.outline == ["Sales", "  Offers", "  Orders", "Claims", "  Triage"]


def test_what_cannot_be_read_is_told(robot: WindowRobot, tmp_path: Path) -> None:
    robot.window.files.open_path(written(tmp_path, "", "empty.csv"))
    robot.rest()
    assert "empty" in robot.said
    robot.window.files.open_path(written(tmp_path, "x", "picture.gif"))
    robot.rest()
    assert "cannot read .gif" in robot.said
    assert not robot.dialogs()


@pytest.mark.parametrize("suffix", [".pdf", ".svg", ".png", ".csv", ".json", ".md", ".txt"])
def test_every_format_is_written(robot: WindowRobot, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"out{suffix}"
    robot.window.exchange.export(Order(suffix, paper="A4", depth=2), target)
    robot.rest()
    assert target.stat().st_size > 100
    assert robot.said == f"Wrote out{suffix}."
    assert robot.window.message.offer == "Open"


def test_a_target_that_cannot_be_written_is_told(robot: WindowRobot, tmp_path: Path) -> None:
    robot.window.exchange.export(Order(".pdf"), tmp_path / "no" / "folder.pdf")
    robot.rest()
    assert "no such folder" in robot.said


def test_export_asks_first(robot: WindowRobot) -> None:
    robot.on_canvas()
    robot.ctrl(Key.Key_E)
    assert robot.dialog(ExportDialog).order.suffix == ".pdf"
    robot.hit(Key.Key_Escape)
    assert not robot.dialogs()


def test_the_dialog_offers_what_the_window_shows(robot: WindowRobot) -> None:
    from capmap.lens.builtin import LENSES

    robot.workspace.set_lens(LENSES["importance"])
    robot.workspace.show_levels(2)
    robot.workspace.show_branch(robot.id("Sell"))
    dialog = ExportDialog(robot.workspace, robot.settings, robot.window)
    order = dialog.order
    assert (order.suffix, order.lens, order.depth, order.root) == (".pdf", "importance", 2, robot.id("Sell"))
    dialog.format.setCurrentIndex(dialog.format.findData(".csv"))
    assert not dialog.paper.isEnabled()
    dialog.accept()
    again = ExportDialog(robot.workspace, robot.settings, robot.window)
    assert again.order.suffix == ".csv"


def test_a_job_can_be_stopped(robot: WindowRobot) -> None:
    import threading

    go_on = threading.Event()
    done: list[object] = []
    job = robot.window.background.run("Counting", lambda job: go_on.wait(20), done.append, done.append)
    assert robot.window.status.cancel_button.isVisible()
    robot.window.status.cancel_button.click()
    assert job.cancelled
    assert not robot.window.status.cancel_button.isVisible()
    go_on.set()
    robot.rest()
    assert done == []


def test_a_fault_in_a_job_is_told_and_the_window_goes_on(robot: WindowRobot) -> None:
    told: list[str] = []
    robot.window.background.run("Counting", lambda job: 1 // 0, None, told.append)
    robot.rest()
    assert told == ["Something went wrong inside CapMap; nothing was changed."]
    assert not robot.window.background.busy
