"""The window itself: start page, title, status line, panels, breadcrumbs, history, light and dark, what is kept."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_robot import Key, Keys, WindowRobot

from capmap import ui
from capmap.document import Document
from capmap.drawing.theme import contrast
from capmap.lens.builtin import LENSES
from capmap.model import edits
from capmap.model.map import Map
from capmap.ui.about import About
from capmap.ui.panels.history import History
from capmap.ui.parts.look import DARK_LOOK, LIGHT_LOOK, Look, style_sheet


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path, current=small_map)


@pytest.fixture
def blank(qtbot: QtBot, tmp_path: Path) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path, outline=None)


# -- start page ---------------------------------------------------------------------------------------


def test_the_start_page_is_reached_by_keys_alone(blank: WindowRobot) -> None:
    assert blank.window.start.isVisible()
    assert blank.window.start.cards[0].hasFocus()
    blank.hit(Key.Key_Right)
    assert blank.window.start.cards[1].hasFocus()
    blank.hit(Key.Key_Left)
    blank.hit(Key.Key_Return)
    assert blank.document.path.name == "Untitled.capmap"
    assert blank.desk.canvas.hasFocus()


def test_from_the_start_page_a_list_is_pasted(blank: WindowRobot) -> None:
    blank.put_on_clipboard("Sell\n  Offer\n  Deliver\n")
    blank.click(blank.window.start.cards[1])
    assert blank.outline == ["Sell", "  Offer", "  Deliver"]
    blank.window.files.close()
    blank.ctrl(Key.Key_V)
    assert blank.outline == ["Sell", "  Offer", "  Deliver"]
    blank.window.files.close()
    blank.put_on_clipboard("")
    blank.click(blank.window.start.cards[1])
    assert "no text on the clipboard" in blank.said
    assert blank.window.desk is None


def test_recent_maps_are_listed_and_open(robot: WindowRobot) -> None:
    robot.window.files.close()
    rows = robot.window.start.rows
    assert [row.title for row in rows] == ["Corner Shop"]
    assert rows[0].button.hasFocus()
    robot.hit(Key.Key_Return)
    assert robot.document.path == robot.path
    robot.window.files.close()
    robot.path.unlink()
    robot.window.start.refresh()
    assert not robot.window.start.rows[0].button.isEnabled()


def test_samples_are_drawn_aside(blank: WindowRobot) -> None:
    card = next(iter(blank.window.start.samples.values()))
    blank.bot.waitUntil(lambda: len(blank.window.start._drawn) == len(blank.window.start.samples), timeout=20_000)
    blank.rest()
    picture = card.grab().toImage()
    seen = {
        picture.pixelColor(x, y).name() for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)
    }
    assert {step.fill for step in LENSES["maturity gap"].steps} <= seen


# -- top bar and status line --------------------------------------------------------------------------


def test_title_and_subtitle_are_edited_by_double_click(robot: WindowRobot) -> None:
    title = robot.window.header.title
    QTest.mouseDClick(title, Qt.MouseButton.LeftButton, Keys.NoModifier, QPoint(20, 16))
    robot.write("Shop & Co")
    robot.hit(Key.Key_Tab)
    robot.write("as-is")
    robot.hit(Key.Key_Return)
    assert (robot.map.settings.title, robot.map.settings.subtitle) == ("Shop & Co", "as-is")
    assert not title.is_editing
    title.setFocus()
    robot.hit(Key.Key_Return)
    robot.write("Other")
    robot.hit(Key.Key_Escape)
    assert robot.map.settings.title == "Shop & Co"
    assert len(robot.document.history()) == 1


def test_the_bar_shows_lens_levels_and_chips(robot: WindowRobot) -> None:
    header = robot.window.header
    assert (header.lens.value, header.levels.value, header.chips.value) == (
        "Maturity gap",
        "all",
        "services, projects",
    )
    for name in ("lens.plain", "levels.2", "chips.services"):
        robot.window.actions_set.trigger(name)
    assert (header.lens.value, header.levels.value, header.chips.value) == ("none", "1 – 2", "projects")
    assert robot.window.actions_set.live("levels.2").isChecked()
    assert not robot.window.actions_set.live("levels.all").isChecked()


def test_the_status_line_tells_saving_counts_and_undo(robot: WindowRobot) -> None:
    status = robot.window.status
    assert status.saved_text == "Every change is saved in map.capmap"
    assert status.counts_text == "2 areas · 1 capability · 4 leaves · 2 services · 1 project"
    assert status.undo_text == ""
    robot.desk.boxes.commit(lambda: edits.add(robot.map, "Clean <b>up</b>"))
    assert status.undo_text == "Undo: Add Clean <b>up</b>"
    assert status.counts_text.startswith("3 areas")
    assert "<b>" not in status.undo_button.toolTip().replace("&lt;b&gt;", "")
    robot.desk.canvas.zoom_to(0.5)
    robot.rest()
    assert status.zoom_button.text() == "50 %"
    robot.click(status.zoom_button)
    assert status.zoom_button.text() != "50 %"


def test_in_a_narrow_window_everything_still_fits(robot: WindowRobot) -> None:
    robot.desk.boxes.commit(lambda: edits.settings(robot.map, title="Long " * 30, subtitle="Longer " * 20))
    robot.window.resize(820, 500)
    robot.rest()
    bar = robot.window.header
    places = [w.geometry() for w in (bar.menu_bar, bar.title, bar.lens, bar.levels, bar.chips, bar.search, bar.export)]
    for one, other in itertools.pairwise(places):
        assert one.right() < other.left()
    assert places[-1].right() <= bar.width()


# -- panels and branches ------------------------------------------------------------------------------


def test_f6_goes_round_the_panels(robot: WindowRobot) -> None:
    robot.on_outline()
    robot.hit(Key.Key_F6)
    assert robot.desk.canvas.hasFocus()
    robot.hit(Key.Key_F6)
    assert robot.desk.canvas.legend.hasFocus()
    robot.hit(Key.Key_F6)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert robot.desk.inspector.isAncestorOf(focus)
    robot.hit(Key.Key_F6)
    assert robot.window.header.lens.hasFocus()
    robot.hit(Key.Key_F6)
    assert robot.desk.outline.hasFocus()
    robot.hit(Key.Key_F6, Keys.ShiftModifier)
    assert robot.window.header.lens.hasFocus()


def test_panels_lens_and_size_are_kept(robot: WindowRobot) -> None:
    robot.on_canvas()
    robot.ctrl(Key.Key_L, Keys.ShiftModifier)
    assert not robot.desk.outline.isVisible()
    robot.window.resize(1111, 666)
    robot.rest()
    robot.close_window()
    robot.open_window(str(robot.path))
    assert not robot.desk.outline.isVisible()
    assert robot.desk.inspector.isVisible()


def test_a_branch_alone_has_a_way_back(robot: WindowRobot) -> None:
    robot.select("Serve at the counter")
    robot.on_canvas()
    robot.ctrl(Key.Key_Down)
    crumbs = robot.desk.crumbs
    assert crumbs.isVisible()
    assert [button.text() for button in crumbs.buttons] == ["Whole map", "Sell"]
    robot.click(crumbs.buttons[1])
    assert robot.workspace.root == robot.id("Sell")
    robot.ctrl(Key.Key_Up)
    assert not crumbs.isVisible()
    assert len(robot.desk.canvas.arrangement.layout.boxes) == 2


def test_fold_and_unfold(robot: WindowRobot) -> None:
    robot.select("Sell")
    robot.on_canvas()
    robot.ctrl(Key.Key_Period)
    assert robot.workspace.collapsed == {robot.id("Sell")}
    robot.ctrl(Key.Key_Period)
    assert not robot.workspace.collapsed


# -- history ------------------------------------------------------------------------------------------


def steps(history: History) -> list[str]:
    tree = history.list
    return [str(tree.model().index(row, 0).data()) for row in range(tree.topLevelItemCount())]


def now(history: History) -> str:
    """The step that is marked."""
    return str(history.list.currentIndex().data())


def go_to(history: History, row: int) -> None:
    """Choose a step and press Enter."""
    history.list.setCurrentIndex(history.list.model().index(row, 0))
    QTest.keyClick(history.list, Key.Key_Return)


def test_history_travels_both_ways(robot: WindowRobot) -> None:
    for name in ("One", "Two", "Three"):
        robot.workspace.commit(edits.add(robot.map, name))
    robot.window.beside.show_history()
    history = robot.dialog(History)
    assert steps(history) == ["Before the first step", "Add One", "Add Two", "Add Three"]
    assert now(history) == "Add Three"
    go_to(history, 1)
    assert robot.outline[-1] == "One"
    assert now(history) == "Add One"
    go_to(history, 3)
    assert robot.outline[-1] == "Three"
    go_to(history, 0)
    assert "One" not in robot.outline
    robot.workspace.commit(edits.add(robot.map, "Other"))
    assert history.list.topLevelItemCount() == 2
    history.close()


def inks(history: History, row: int, column: int) -> set[str]:
    """The colours in one cell of the list."""
    tree = history.list
    picture = tree.viewport().grab(tree.visualRect(tree.model().index(row, column))).toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


@pytest.mark.parametrize(("mode", "look"), [("look.light", LIGHT_LOOK), ("look.dark", DARK_LOOK)])
def test_steps_taken_back_are_grey_and_times_quiet(robot: WindowRobot, mode: str, look: Look) -> None:
    robot.window.actions_set.trigger(mode)
    for name in ("One", "Two"):
        robot.workspace.commit(edits.add(robot.map, name))
    robot.workspace.undo()
    robot.window.beside.show_history()
    history = robot.dialog(History)
    assert look.ink in inks(history, 1, 0)
    assert look.quiet in inks(history, 1, 1)
    assert look.ink not in inks(history, 1, 1) | inks(history, 2, 0) | inks(history, 2, 1)
    assert look.faint in inks(history, 2, 0) & inks(history, 2, 1)
    history.close()


# -- light and dark -----------------------------------------------------------------------------------


def test_dark_is_everywhere_and_kept(robot: WindowRobot) -> None:
    robot.window.actions_set.trigger("look.dark")
    robot.rest()
    assert robot.window.appearance.is_dark
    corner = robot.window.grab().toImage().pixelColor(5, robot.window.height() - 5)
    assert corner == QColor(DARK_LOOK.panel)
    assert robot.desk.canvas.theme.name == "dark"
    robot.close_window()
    robot.open_window(str(robot.path))
    assert robot.window.appearance.is_dark
    robot.window.actions_set.trigger("look.light")
    assert robot.desk.canvas.theme.name == "light"


@pytest.mark.parametrize("look", [LIGHT_LOOK, DARK_LOOK])
def test_words_are_readable_on_their_grounds(look: Look) -> None:
    for ink, ground in (
        (look.ink, look.panel),
        (look.soft_ink, look.panel),
        (look.quiet, look.panel),
        (look.quiet, look.window),
        (look.soft_ink, look.control),
        (look.ink, look.wash),
        (look.chosen_ink, look.chosen),
        (look.chosen_text, look.panel),
        (look.danger, look.panel),
        (look.warning, look.panel),
        (look.bubble_ink, look.bubble),
    ):
        assert contrast(ink, ground) >= 4.5, (look.name, ink, ground)
    assert contrast(look.chosen, look.panel) >= 3
    assert "$" not in style_sheet(look, {"down": "d", "right": "r", "tick": "t"})


@pytest.mark.parametrize("mode", ["look.light", "look.dark"])
def test_a_name_is_edited_on_the_fill_of_its_box(robot: WindowRobot, mode: str) -> None:
    robot.window.actions_set.trigger(mode)
    canvas = robot.desk.canvas
    robot.select("Take payment")
    box = canvas.box_rect(robot.id("Take payment")).toRect()
    fill = canvas.grab().toImage().pixelColor(box.left() + 9, box.bottom() - 7)
    canvas.begin_rename(robot.id("Take payment"))
    robot.rest()
    editor = canvas.naming.editor
    robot.hit(Key.Key_Home)
    picture = editor.grab().toImage()
    # The rightmost column of the field itself, past the end of the name, and the edge around it.
    inner = editor.viewport().geometry()
    ground = {picture.pixelColor(x, y).name() for x in (0, inner.right()) for y in range(picture.height())}
    assert ground == {fill.name()}
    assert fill.name() not in (LIGHT_LOOK.field, DARK_LOOK.field)


# -- the rest -----------------------------------------------------------------------------------------


def test_a_dropped_map_is_opened(robot: WindowRobot, tmp_path: Path) -> None:
    Document.create(tmp_path / "dropped.capmap").close()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "dropped.capmap"))])
    left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    QApplication.sendEvent(robot.window, QDragEnterEvent(QPoint(10, 10), copy, data, left, Keys.NoModifier))
    QApplication.sendEvent(robot.window, QDropEvent(QPointF(10, 10), copy, data, left, Keys.NoModifier))
    robot.rest()
    assert robot.document.path.name == "dropped.capmap"


def test_messages_are_plain_text_and_can_be_closed(robot: WindowRobot) -> None:
    robot.window.refuse("<img src='x'> & more")
    assert robot.said == "<img src='x'> & more"
    assert robot.window.message.sentence == "<img src='x'> & more"
    robot.click(robot.window.message.close_button)
    assert robot.said == ""


def test_about_shows_the_licences(robot: WindowRobot) -> None:
    robot.window.beside.show_about()
    about = robot.dialog(About)
    texts = []
    for row in range(about.list.count()):
        about.list.setCurrentRow(row)
        texts.append(about.text.toPlainText())
    assert "MIT" in texts[0]
    assert any("SIL OPEN FONT LICENSE" in text for text in texts)
    about.close()


def test_words_in_the_window_are_plain_text() -> None:
    """A QLabel guesses whether its text is HTML, and HTML may name files to load: all come from ``plain_label``."""
    made = [
        path.name
        for folder in ui.__path__
        for path in Path(folder).glob("*.py")
        if "QLabel(" in path.read_text("utf-8").replace("(QLabel)", "") and path.name != "labels.py"
    ]
    assert made == []
