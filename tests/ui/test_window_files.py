"""Maps as files: new ones saved at once, opened, renamed, copied, brought back from backups; the recent ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from window_robot import Key, WindowRobot

from capmap.document import Document, opened
from capmap.model import edits
from capmap.ui.files.mapfolder import free_name, map_folder, sample_files, sample_title
from capmap.ui.files.recent import LIMIT, RecentFiles


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path)


@pytest.fixture
def blank(qtbot: QtBot, tmp_path: Path) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path, outline=None)


# -- new and open -------------------------------------------------------------------------------------


def test_a_new_map_has_its_file_at_once(blank: WindowRobot) -> None:
    blank.ctrl(Key.Key_N)
    assert blank.document.path == map_folder() / "Untitled.capmap"
    blank.desk.boxes.commit(lambda: edits.add(blank.map, "Sell"))
    blank.window.files.new()
    assert blank.document.path.name == "Untitled 2.capmap"
    with opened(map_folder() / "Untitled.capmap") as first:
        assert [box.name for box in first.map.walk()] == ["Sell"]


def test_a_new_map_with_nothing_in_it_leaves_no_file(blank: WindowRobot) -> None:
    blank.ctrl(Key.Key_N)
    blank.window.files.close()
    assert not list(map_folder().glob("*"))
    assert not blank.window.files.recent.files()


def test_a_map_that_was_emptied_again_is_kept(blank: WindowRobot) -> None:
    blank.ctrl(Key.Key_N)
    blank.desk.boxes.commit(lambda: edits.add(blank.map, "Sell"))
    blank.window.attempt(blank.desk.undo)
    blank.window.files.close()
    assert [path.name for path in map_folder().glob("*")] == ["Untitled.capmap"]


def test_the_last_map_comes_back(robot: WindowRobot) -> None:
    robot.close_window()
    robot.open_window(None)
    assert robot.document.path == robot.path
    robot.window.files.close()
    robot.close_window()
    robot.open_window(None)
    assert robot.window.desk is None
    assert robot.window.start.rows[0].title == "map"


def test_a_file_that_cannot_be_opened_is_told_in_a_sentence(robot: WindowRobot, tmp_path: Path) -> None:
    bad = tmp_path / "bad.capmap"
    bad.write_text("no map")
    robot.window.files.open_path(bad)
    assert robot.said == "bad.capmap: This is not a map file."
    assert robot.document.path == robot.path
    robot.window.files.open_path(tmp_path / "gone.capmap")
    assert "There is no such file" in robot.said


def test_a_map_that_is_open_elsewhere_is_shown_read_only(robot: WindowRobot, tmp_path: Path) -> None:
    other = tmp_path / "other.capmap"
    with Document.create(other):
        robot.window.files.open_path(other)
        assert robot.window.status.saved_text.startswith("Read only: ")
        assert not robot.window.actions_set.live("box.add_child").isEnabled()
        assert robot.window.message.offer == "Save a copy"


def test_a_big_file_is_opened_aside(robot: WindowRobot, tmp_path: Path) -> None:
    from capmap.model.edits import Branch
    from capmap.model.map import Map

    big = Map()
    text = "long " * 2_000
    big.apply(edits.add_branches(big, [Branch({"name": f"Box {n}", "description": text}) for n in range(500)]))
    path = tmp_path / "big.capmap"
    Document.create(path, big).close()
    robot.window.files.open_path(path)
    assert robot.document.path == robot.path
    robot.rest()
    assert robot.document.path == path
    robot.desk.boxes.commit(lambda: edits.add(robot.map, "After"))
    assert robot.outline[-1] == "After"


def test_a_sample_is_opened_as_a_copy(blank: WindowRobot) -> None:
    sample = next(path for path in sample_files() if "hospital" in path.name)
    blank.click(blank.window.start.samples[sample])
    assert blank.document.path == map_folder() / "Nordvik Hospital.capmap"
    assert not blank.document.why_read_only
    assert blank.map.settings.title


# -- the file -----------------------------------------------------------------------------------------


def test_ctrl_s_says_that_everything_is_saved(robot: WindowRobot) -> None:
    robot.on_canvas()
    robot.ctrl(Key.Key_S)
    assert robot.said == f"Every change is saved as you make it, in {robot.path}"


def test_a_copy_has_the_map_and_its_history(robot: WindowRobot, tmp_path: Path) -> None:
    robot.desk.boxes.commit(lambda: edits.add(robot.map, "More"))
    robot.window.files.save_copy(tmp_path / "copy")
    assert robot.document.path == robot.path
    with opened(tmp_path / "copy.capmap") as copy:
        assert copy.undo_text == "Add More"
    robot.window.files.save_copy(robot.path)
    assert robot.said == "A copy needs another name than the map itself."


def test_a_renamed_file_stays_open_with_its_history(robot: WindowRobot, tmp_path: Path) -> None:
    robot.desk.boxes.commit(lambda: edits.add(robot.map, "More"))
    robot.window.files.rename(tmp_path / "better")
    assert robot.document.path == tmp_path / "better.capmap"
    assert not robot.path.exists()
    robot.on_canvas()
    robot.ctrl(Key.Key_Z)
    assert "More" not in robot.outline
    assert [file.path.name for file in robot.window.files.recent.files()] == ["better.capmap"]


def test_a_file_is_not_renamed_over_another(robot: WindowRobot, tmp_path: Path) -> None:
    (tmp_path / "there.capmap").write_text("something")
    robot.window.files.rename(tmp_path / "there.capmap")
    assert "is there already" in robot.said
    assert robot.document.path == robot.path
    assert not robot.document.why_read_only
    robot.window.files.rename(tmp_path / "no" / "such" / "folder.capmap")
    assert "no such folder" in robot.said
    assert not robot.document.why_read_only


def test_a_title_is_offered_to_an_untitled_file(blank: WindowRobot) -> None:
    blank.ctrl(Key.Key_N)
    title = blank.window.header.title
    title.setFocus()
    blank.hit(Key.Key_F2)
    blank.write("Corner: Shop?")
    blank.hit(Key.Key_Return)
    assert blank.map.settings.title == "Corner: Shop?"
    assert blank.window.message.offer == "Rename it to Corner Shop.capmap"
    blank.click(blank.window.message.button)
    assert blank.document.path.name == "Corner Shop.capmap"


def test_an_edit_that_the_disk_refuses_stays_told_until_one_is_saved(robot: WindowRobot, tmp_path: Path) -> None:
    away = tmp_path / "away.capmap"
    os.rename(robot.path, away)
    robot.desk.boxes.commit(lambda: edits.add(robot.map, "Lost"))
    assert robot.window.status.saved_text.startswith("Not saved: The file was moved")
    assert "Lost" not in robot.outline
    robot.window.message.hide()
    robot.workspace.select([robot.id("Make")])
    assert robot.window.status.saved_text.startswith("Not saved")
    os.rename(away, robot.path)
    robot.desk.boxes.commit(lambda: edits.add(robot.map, "Kept"))
    assert robot.window.status.saved_text == "Every change is saved in map.capmap"


def test_a_backup_opens_beside_the_map(robot: WindowRobot) -> None:
    robot.desk.boxes.commit(lambda: edits.add(robot.map, "More"))
    robot.window.files.close()
    robot.window.files.open_path(robot.path)
    from capmap.storage.backups import backups_of

    backup = backups_of(robot.path)[0]
    robot.desk.boxes.commit(lambda: edits.add(robot.map, "Later"))
    robot.window.files.open_backup(backup)
    assert robot.document.path != backup
    assert robot.document.path.name.startswith("map as of ")
    assert "More" in robot.outline
    assert "Later" not in robot.outline


# -- names and lists ----------------------------------------------------------------------------------


def test_free_names(tmp_path: Path) -> None:
    assert free_name(tmp_path, "a/b: c").name == "a b c.capmap"
    assert free_name(tmp_path, " .. ").name == "Untitled.capmap"
    (tmp_path / "Shop.capmap").touch()
    assert free_name(tmp_path, "Shop").name == "Shop 2.capmap"
    assert sample_title(Path("city-of-lindenburg.capmap")) == "City of Lindenburg"


def test_recent_files_are_few_pinned_first_and_greyed_when_gone(tmp_path: Path) -> None:
    recent = RecentFiles(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    paths = [tmp_path / f"{number}.capmap" for number in range(LIMIT + 3)]
    for path in paths:
        path.touch()
    recent.note(paths[0], "First")
    recent.pin(paths[0], True)
    for path in paths[1:]:
        recent.note(path, path.stem)
    files = recent.files()
    assert len(files) == LIMIT
    assert (files[0].path, files[0].title, files[0].pinned) == (paths[0], "First", True)
    assert files[1].path == paths[-1]
    paths[-1].unlink()
    assert not recent.files()[1].is_there
    recent.forget(paths[-1])
    assert recent.files()[1].path == paths[-2]
    recent.note(paths[0], "Renamed")
    assert recent.files()[0].pinned


def test_broken_settings_are_no_harm(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    settings.setValue("recent/files", '[{"path": 3}, 4]')
    assert RecentFiles(settings).files() == []


def test_why_a_file_was_not_opened_stays_on_the_start_page(blank: WindowRobot, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.capmap"
    foreign.write_text("not a map")
    blank.window.files.open_path(foreign)
    blank.bot.waitUntil(lambda: "foreign.capmap: This is not a map file." in blank.said, timeout=10_000)
    assert not blank.window.message._timer.isActive()
