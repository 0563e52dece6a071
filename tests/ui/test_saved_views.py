"""Saved views in the real window: saved by name, shown by key, menu and palette, kept over a restart, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_robot import Key, Keys, WindowRobot

from capmap.cli import run
from capmap.model import edits, views
from capmap.model.filterwords import typed
from capmap.model.map import Map
from capmap.ui.views.viewlist import ViewList

ALT_SHIFT = Keys.AltModifier | Keys.ShiftModifier


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    robot = WindowRobot(qtbot, tmp_path, current=small_map)
    robot.on_canvas()
    return robot


def saved(robot: WindowRobot) -> list[str]:
    return [view.name for view in robot.window.views.all]


def save(robot: WindowRobot, name: str) -> None:
    """Save what is seen, as a person does, and come back to the map."""
    robot.hit(Key.Key_0, ALT_SHIFT)
    dialog = robot.dialog(ViewList)
    assert QApplication.focusWidget() is dialog.name
    robot.write(name)
    robot.hit(Key.Key_Return)
    dialog.close()
    robot.window.activateWindow()
    robot.on_canvas()
    robot.rest()


def look_closely(robot: WindowRobot) -> None:
    """A way of looking with all that a view keeps."""
    workspace = robot.workspace
    workspace.show_branch(robot.id("Sell"))
    workspace.set_collapsed([robot.id("Serve at the counter")], True)
    workspace.set_filter(typed("maturity>=2", robot.map)[0], hides=True)
    workspace.show_chips(["services"])
    robot.window.actions_set.trigger("lens.importance")
    robot.desk.canvas.zoom_to(2.0)
    robot.rest()


def look_plainly(robot: WindowRobot) -> None:
    workspace = robot.workspace
    workspace.show_branch(None)
    workspace.show_levels(1)
    workspace.set_filter(typed("", robot.map)[0], hides=False)
    workspace.show_chips([])
    robot.window.actions_set.trigger("lens.plain")
    robot.desk.canvas.zoom_fit()
    robot.rest()


def test_a_view_brings_everything_back(robot: WindowRobot) -> None:
    look_closely(robot)
    sight, part = robot.window.views.sight(), robot.desk.canvas.part
    assert part is not None
    save(robot, "Close")
    assert saved(robot) == ["Close"]
    look_plainly(robot)
    assert robot.window.views.sight() != sight
    robot.hit(Key.Key_1, ALT_SHIFT)
    back = robot.window.views.sight()
    assert back.part == pytest.approx(part, rel=0.02)
    assert views.as_data(back) | {"part": None} == views.as_data(sight) | {"part": None}
    assert robot.window.header.lens.value == "Importance"


def test_views_are_there_after_a_restart(robot: WindowRobot, qtbot: QtBot) -> None:
    look_closely(robot)
    sight = robot.window.views.sight()
    save(robot, "Close")
    look_plainly(robot)
    save(robot, "Plain")
    robot.close_window()
    robot.open_window(str(robot.path))
    assert saved(robot) == ["Close", "Plain"]
    robot.on_canvas()
    robot.hit(Key.Key_1, ALT_SHIFT)
    assert views.as_data(robot.window.views.sight()) | {"part": None} == views.as_data(sight) | {"part": None}
    robot.hit(Key.Key_2, ALT_SHIFT)
    assert (robot.workspace.depth, robot.desk.canvas.part) == (1, None)
    robot.hit(Key.Key_3, ALT_SHIFT)
    assert robot.workspace.depth == 1, "there is no third view"


def test_saving_updating_and_removing_are_steps_of_undo(robot: WindowRobot) -> None:
    save(robot, "Board")
    assert robot.document.undo_text == "Save the view Board"
    robot.workspace.show_levels(2)
    robot.window.actions_set.refresh()
    update = robot.window.actions_set.live("views.update")
    assert update.text() == "Update “Board”"
    update.trigger()
    look_plainly(robot)
    robot.hit(Key.Key_1, ALT_SHIFT)
    assert robot.workspace.depth == 2
    robot.ctrl(Key.Key_Z)
    robot.hit(Key.Key_1, ALT_SHIFT)
    assert not robot.workspace.depth
    robot.window.views.remove(robot.window.views.all[0])
    assert saved(robot) == []
    assert robot.said == "The view “Board” is removed."
    assert not robot.window.actions_set.live("views.show_1").isVisible()
    robot.ctrl(Key.Key_Z)
    assert saved(robot) == ["Board"]


def test_the_list_renames_orders_and_removes_by_keyboard(robot: WindowRobot) -> None:
    for name in ("One", "Two", "Three"):
        save(robot, name)
    robot.window.actions_set.trigger("views.list")
    dialog = robot.dialog(ViewList)
    dialog.list.setFocus()
    dialog.list.setCurrentRow(2)
    QTest.keyClick(dialog.list, Key.Key_Up, Keys.AltModifier)
    assert saved(robot) == ["One", "Three", "Two"]
    assert dialog.list.currentItem().text() == "Three"
    QTest.keyClick(dialog.list, Key.Key_F2)
    robot.rest()
    robot.write("Last one")
    robot.hit(Key.Key_Return)
    assert saved(robot) == ["One", "Last one", "Two"]
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Key.Key_Delete)
    assert saved(robot) == ["One", "Two"]
    robot.workspace.show_levels(1)
    dialog.list.setCurrentRow(1)
    QTest.keyClick(dialog.list, Key.Key_Return)
    assert robot.workspace.depth is None
    assert robot.window.views.shown is not None
    assert robot.window.views.shown.name == "Two"


def test_a_name_that_is_taken_is_refused_in_a_sentence(robot: WindowRobot) -> None:
    save(robot, "Board")
    robot.window.views.save("board")
    assert robot.said.startswith("There is a view called “Board” already.")
    assert saved(robot) == ["Board"]


def test_what_a_view_lacks_is_told(robot: WindowRobot) -> None:
    robot.workspace.show_branch(robot.id("Serve at the counter"))
    save(robot, "Counter")
    robot.workspace.show_branch(None)
    robot.workspace.commit(edits.remove(robot.map, [robot.id("Serve at the counter")]))
    robot.hit(Key.Key_1, ALT_SHIFT)
    assert robot.said == "The view “Counter”: its branch is no longer in the map, so the whole map is shown."
    assert robot.workspace.root is None


def test_the_palette_shows_every_view(robot: WindowRobot) -> None:
    for place in range(11):
        robot.workspace.commit(views.save_view(robot.map, f"Spot {place}", {"levels": 1 + place % 3}))
    robot.window.actions_set.refresh()
    for name, depth in (("Spot 2", 3), ("Spot 10", 2)):
        robot.ctrl(Key.Key_K)
        robot.write(name)
        labels = [row.label for row in robot.window.find_field.palette_list.suggestions if row.enabled]
        assert any(name in label for label in labels)
        place = next(place for place, label in enumerate(labels) if label.endswith(name))
        for _ in range(place):
            robot.hit(Key.Key_Down)
        robot.hit(Key.Key_Return)
        assert robot.workspace.depth == depth


def test_another_map_has_its_own_views(robot: WindowRobot) -> None:
    save(robot, "Board")
    robot.window.actions_set.trigger("views.list")
    robot.window.files.close()
    robot.rest()
    assert robot.window.views.all == []
    assert not [dialog for dialog in robot.dialogs() if isinstance(dialog, ViewList)]
    assert not robot.window.actions_set.live("views.save").isEnabled()


def test_the_command_line_exports_a_view(small_map: Map, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from capmap.document import Document

    path, out = tmp_path / "shop.capmap", tmp_path / "weak.svg"
    with Document.create(path, small_map) as document:
        sight = views.Sight(filter=typed("maturity<=2", document.map)[0], hides=True, lens="weather")
        document.commit(views.save_view(document.map, "Weak spots", views.as_data(sight)))
    assert run(["export", str(path), str(out), "--view", "weak spots"]) == 0
    assert "The view “Weak spots”: its lens “weather” is not there." in capsys.readouterr().err
    drawn = out.read_text("utf-8")
    assert "Sell online" in drawn
    assert "Pay suppliers" in drawn
    assert "Advise" not in drawn
    assert run(["export", str(path), str(out), "--view", "Strong spots"]) == 2
    assert "There is no saved view “Strong spots” in this map. It has: “Weak spots”." in capsys.readouterr().err
