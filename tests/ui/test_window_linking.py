"""Linking in the window: rows pulled onto boxes, boxes onto rows, and by typing; with real events throughout."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_robot import Button, Key, Keys, WindowRobot

from capmap.document import Document
from capmap.model import edits, rules
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Project, Service
from capmap.ui.linking.linkfield import LinkField
from capmap.ui.tables.tableview import TableView


class Hands:
    """The window with tables open below the map, and a hand that pulls from one to the other."""

    def __init__(self, robot: WindowRobot, kind: str = "service") -> None:
        self.robot = robot
        self.open(kind)
        self._held: QWidget | None = None

    def open(self, kind: str) -> None:
        self.robot.desk.tables.open(kind)
        self.robot.rest()

    @property
    def view(self) -> TableView:
        pane = self.robot.desk.tables.pane
        assert pane is not None
        return pane.view

    def id(self, name: str) -> str:
        """The id of anything with this name, references apart."""
        found = [record for record in self.robot.map if getattr(record, "name", "") == name]
        return next(record.id for record in found if not (isinstance(record, Capability) and record.alias_of))

    def row(self, name: str) -> tuple[QWidget, QPoint]:
        """Where the name of a row is pressed."""
        port, row = self.view.frozen.viewport(), self.view.table.row_of(self.id(name))
        return port, QPoint(40, self.view.rowViewportPosition(row) + self.view.rowHeight(row) // 2)

    def number(self, name: str) -> tuple[QWidget, QPoint]:
        """Where the number of a row is pressed."""
        port, row = self.view.verticalHeader().viewport(), self.view.table.row_of(self.id(name))
        return port, QPoint(12, self.view.rowViewportPosition(row) + self.view.rowHeight(row) // 2)

    def box(self, name: str) -> tuple[QWidget, QPoint]:
        """Where a box is pressed: at its name."""
        canvas = self.robot.desk.canvas
        rect = canvas.box_rect(self.id(name))
        assert not rect.isEmpty()
        return canvas, QPoint(round(rect.left()) + 12, round(rect.top()) + 10)

    def press(self, at: tuple[QWidget, QPoint], keys: Qt.KeyboardModifier = Keys.NoModifier) -> None:
        self._held = at[0]
        self._send(QEvent.Type.MouseButtonPress, at, Button.LeftButton, keys)

    def move(self, to: tuple[QWidget, QPoint]) -> None:
        """Some steps on the way, as a hand makes them."""
        self._send(QEvent.Type.MouseMove, to, Button.NoButton)
        self._send(QEvent.Type.MouseMove, to, Button.NoButton)

    def over(self, name: str) -> None:
        """Onto a box, following it where the map makes room: it does when what was lit goes out."""
        self.move(self.box(name))
        self.robot.rest()
        self.move(self.box(name))

    def release(self, at: tuple[QWidget, QPoint]) -> None:
        self._send(QEvent.Type.MouseButtonRelease, at, Button.LeftButton)
        self._held = None
        self.robot.rest()

    def _send(
        self,
        kind: QEvent.Type,
        at: tuple[QWidget, QPoint],
        button: Qt.MouseButton,
        keys: Qt.KeyboardModifier = Keys.NoModifier,
    ) -> None:
        """As Qt does: all goes to the widget that was pressed, wherever the pointer is."""
        held = self._held
        assert held is not None
        glob = at[0].mapToGlobal(at[1])
        down = Button.NoButton if kind == QEvent.Type.MouseButtonRelease else Button.LeftButton
        local = QPointF(held.mapFromGlobal(glob))
        QApplication.sendEvent(held, QMouseEvent(kind, local, QPointF(glob), button, down, keys))
        QApplication.processEvents()

    def pull(self, row: str, box: str) -> None:
        self.press(self.row(row))
        self.over(box)
        self.release(self.box(box))

    @property
    def sentence(self) -> str:
        return self.robot.desk.linking.carrying.sentence

    def links(self) -> set[tuple[str, str, str]]:
        current = self.robot.map
        return {
            (getattr(current[link.source], "name", ""), link.type, getattr(current[link.target], "name", ""))
            for link in current.all(Link)
        }


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path, small_map: Map) -> WindowRobot:
    return WindowRobot(qtbot, tmp_path, current=small_map)


@pytest.fixture
def hands(robot: WindowRobot) -> Hands:
    return Hands(robot)


# -- a row onto a box ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "verb"),
    [
        ("service", "Ledger", "supports"),
        ("project", "Web shop", "improves"),
        ("unit", "Shop floor", "uses"),
        ("objective", "A fifth of sales online", "needs"),
    ],
)
def test_a_row_pulled_onto_a_box_makes_the_link_that_fits(robot: WindowRobot, kind: str, name: str, verb: str) -> None:
    hands = Hands(robot, kind)
    before, steps = hands.links(), len(robot.document.history())
    hands.press(hands.row(name))
    target = "Pay suppliers" if name != "Ledger" else "Advise"
    hands.over(target)
    assert hands.sentence == f"{name} {verb} {target}"
    hands.release(hands.box(target))
    assert hands.links() - before == {(name, verb, target)}
    assert len(robot.document.history()) == steps + 1
    assert robot.said == f"{name} {verb} {target} now."
    assert not robot.desk.linking.carrying.is_on
    robot.ctrl(Key.Key_Z)
    assert hands.links() == before


def test_the_drop_mark_is_on_the_box(hands: Hands) -> None:
    hands.press(hands.row("Ledger"))
    hands.over("Advise")
    canvas, place = hands.box("Advise")
    from capmap.ui.linking.marks import TargetMarks

    marks = [mark for mark in canvas.findChildren(TargetMarks) if mark.isVisible()]
    assert [rect.contains(QPointF(place)) for mark in marks for rect in mark.rects] == [True]
    hands.release((canvas, place))
    assert not any(mark.isVisible() for mark in canvas.findChildren(TargetMarks))


def test_several_rows_and_several_boxes_are_linked_in_one_step(robot: WindowRobot, hands: Hands) -> None:
    robot.select("Advise", "Sell online", "Take payment")
    hands.view.selectAll()
    before, steps = hands.links(), len(robot.document.history())
    hands.press(hands.number("Till"))
    hands.over("Advise")
    assert hands.sentence == "2 IT services support 3 boxes (1 linked already)"
    hands.release(hands.box("Advise"))
    made = hands.links() - before
    assert len(made) == 5
    assert len(robot.document.history()) == steps + 1
    assert not rules.check(robot.map)


def test_a_link_that_is_there_is_said_and_not_doubled(robot: WindowRobot, hands: Hands) -> None:
    before = hands.links()
    hands.press(hands.row("Till"))
    hands.over("Take payment")
    assert hands.sentence == "Till supports Take payment already"
    hands.release(hands.box("Take payment"))
    assert robot.said == "Till supports Take payment already."
    assert hands.links() == before
    assert robot.map.count(Link) == len(before)


def test_a_provider_says_why_it_cannot_be_linked(robot: WindowRobot) -> None:
    hands = Hands(robot, "provider")
    before = hands.links()
    hands.press(hands.row("Till & Co"))
    hands.over("Advise")
    assert hands.sentence == "A provider is not linked itself: link an IT service that Till & Co provides."
    hands.release(hands.box("Advise"))
    assert hands.links() == before
    assert robot.said == "A provider is not linked itself: link an IT service that Till & Co provides."


def test_esc_gives_a_pull_up(robot: WindowRobot, hands: Hands) -> None:
    before = hands.links()
    hands.press(hands.row("Ledger"))
    hands.over("Advise")
    assert hands.sentence
    robot.hit(Key.Key_Escape)
    assert not hands.sentence
    hands.over("Sell online")
    assert not hands.sentence
    hands.release(hands.box("Sell online"))
    assert hands.links() == before


def test_a_row_let_go_on_the_ground_links_nothing(robot: WindowRobot, hands: Hands) -> None:
    before = hands.links()
    canvas = robot.desk.canvas
    ground = (canvas, QPoint(2, 2))
    hands.press(hands.row("Ledger"))
    hands.move(ground)
    assert hands.sentence == "Let go on a box to link it"
    hands.release(ground)
    assert hands.links() == before


def test_inside_the_table_a_drag_still_chooses_cells(hands: Hands) -> None:
    hands.press(hands.row("Till"))
    hands.move(hands.row("Ledger"))
    assert not hands.robot.desk.linking.carrying.is_on
    hands.release(hands.row("Ledger"))
    assert hands.view.chosen().rows == (0, 1)


def test_chosen_rows_are_taken_by_their_numbers_and_a_click_chooses_one(robot: WindowRobot, hands: Hands) -> None:
    hands.view.selectAll()
    hands.press(hands.number("Ledger"))
    hands.release(hands.number("Ledger"))
    assert hands.view.chosen().rows == (hands.view.table.row_of(hands.id("Ledger")),)
    hands.view.selectAll()
    hands.press(hands.number("Ledger"))
    hands.move(hands.row("Till"))
    assert robot.desk.linking.carrying.is_on
    hands.release(hands.row("Till"))
    assert not robot.desk.linking.carrying.is_on


def test_a_read_only_map_says_so(robot: WindowRobot) -> None:
    robot.window.show_document(Document.open(robot.path, read_only=True))
    hands = Hands(robot)
    before = hands.links()
    hands.pull("Ledger", "Advise")
    assert hands.links() == before
    assert robot.said == robot.document.why_read_only


def test_what_a_thing_touches_is_lit_again_with_the_new_box(robot: WindowRobot, hands: Hands) -> None:
    hands.pull("Ledger", "Advise")
    lit = robot.desk.canvas.lighting.lit
    assert lit is not None
    assert {hands.id("Advise"), hands.id("Pay suppliers")} <= lit


def test_a_row_of_the_inspector_is_pulled_onto_a_box(robot: WindowRobot, hands: Hands) -> None:
    robot.desk.tables.close_tables()
    robot.select("Pay suppliers")
    robot.rest()
    row = robot.desk.inspector.box_page.links.rows[0]
    before, lit = hands.links(), row.isChecked()
    at = (row, row.rect().center())
    hands.press(at)
    hands.over("Advise")
    assert hands.sentence == "Ledger supports Advise"
    robot.hit(Key.Key_Escape)
    assert not robot.desk.linking.carrying.is_on
    hands.release(hands.box("Advise"))
    assert hands.links() == before
    hands.press(at)
    hands.over("Advise")
    hands.release(hands.box("Advise"))
    assert hands.links() - before == {("Ledger", "supports", "Advise")}
    assert robot.desk.inspector.box_page.links.rows[0].isChecked() == lit


# -- a box onto a row ---------------------------------------------------------------------------------


def test_a_box_pulled_onto_a_row_is_linked_and_stays_where_it_is(robot: WindowRobot, hands: Hands) -> None:
    outline, before = robot.outline, hands.links()
    hands.press(hands.box("Advise"))
    hands.over("Pay suppliers")
    assert not robot.desk.linking.carrying.is_on
    hands.move(hands.row("Ledger"))
    assert hands.sentence == "Ledger supports Advise"
    hands.release(hands.row("Ledger"))
    assert hands.links() - before == {("Ledger", "supports", "Advise")}
    assert robot.outline == outline


def test_a_box_may_come_back_to_the_map_and_move(robot: WindowRobot, hands: Hands) -> None:
    before = hands.links()
    hands.press(hands.box("Advise"))
    hands.move(hands.row("Ledger"))
    hands.over("Run the shop")
    assert not hands.sentence
    hands.release(hands.box("Run the shop"))
    assert hands.links() == before
    assert robot.box("Advise").parent == robot.id("Run the shop")


def test_esc_leaves_a_box_that_is_held_over_a_row(robot: WindowRobot, hands: Hands) -> None:
    outline, before = robot.outline, hands.links()
    hands.press(hands.box("Advise"))
    hands.move(hands.row("Ledger"))
    QTest.keyClick(robot.desk.canvas, Key.Key_Escape)
    assert not robot.desk.linking.carrying.is_on
    hands.release(hands.row("Ledger"))
    assert (robot.outline, hands.links()) == (outline, before)


def test_boxes_of_the_outline_are_dropped_on_a_row(robot: WindowRobot, hands: Hands) -> None:
    """The outline drags as programs do, so a row gets the events of such a drag."""
    before, outline = hands.links(), robot.outline
    robot.select("Advise", "Sell online")
    tree = robot.desk.outline.tree
    data = tree.mimeData(robot.desk.outline.selectionModel().selectedRows())
    port, place = hands.row("Ledger")
    actions, left = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Button.LeftButton

    def enter(what: QMimeData) -> QDragEnterEvent:
        event = QDragEnterEvent(place, actions, what, left, Keys.NoModifier)
        QApplication.sendEvent(port, event)
        return event

    assert enter(data).isAccepted()
    QApplication.sendEvent(port, QDragMoveEvent(place, actions, data, left, Keys.NoModifier))
    assert hands.sentence == "Ledger supports 2 boxes"
    QApplication.sendEvent(port, QDragLeaveEvent())
    assert not hands.sentence
    enter(data)
    QApplication.sendEvent(port, QDropEvent(QPointF(place), actions, data, left, Keys.NoModifier))
    robot.rest()
    assert hands.links() - before == {("Ledger", "supports", "Advise"), ("Ledger", "supports", "Sell online")}
    assert robot.outline == outline
    foreign = QMimeData()
    foreign.setText("Advise")
    assert not enter(foreign).isAccepted()


# -- by typing ----------------------------------------------------------------------------------------


def field(robot: WindowRobot) -> LinkField:
    found = robot.desk.linking.field
    assert isinstance(found, LinkField)
    return found


def test_link_to_by_keys_alone(robot: WindowRobot) -> None:
    robot.select("Advise", "Sell online")
    robot.on_canvas()
    steps = len(robot.document.history())
    robot.ctrl(Key.Key_L)
    assert field(robot).isVisible()
    assert field(robot).title.full_text == "Link 2 boxes to"
    headings = [row.heading for row in field(robot).suggestions if row.heading]
    assert headings == ["IT services", "Projects", "Objectives", "Units"]
    robot.write("ledg")
    assert [(row.label, row.aside) for row in field(robot).suggestions[:1]] == [("Ledger", "IT service S2")]
    robot.hit(Key.Key_Return)
    assert not field(robot).isVisible()
    assert robot.desk.canvas.hasFocus()
    assert robot.said == "Ledger supports 2 boxes now."
    assert len(robot.document.history()) == steps + 1
    robot.ctrl(Key.Key_L)
    robot.write("ledg")
    row = field(robot).suggestions[0]
    assert (row.aside, row.enabled) == ("IT service, linked already", False)
    robot.hit(Key.Key_Escape)
    assert not field(robot).isVisible()
    assert robot.desk.canvas.hasFocus()


def test_a_new_name_offers_to_add_it(robot: WindowRobot) -> None:
    robot.select("Advise")
    robot.on_canvas()
    robot.ctrl(Key.Key_L)
    robot.write("Chat desk")
    labels = [row.label for row in field(robot).suggestions]
    assert labels == [
        f"Add the {noun} “Chat desk”" for noun in ("IT service", "project", "objective", "unit", "demand")
    ]
    robot.hit(Key.Key_Down)
    robot.hit(Key.Key_Return)
    made = next(record for record in robot.map.all(Project) if record.name == "Chat desk")
    assert [link.target for link in robot.map.links_from(made.id)] == [robot.id("Advise")]
    assert robot.said == "Chat desk is a new project, linked to Advise."
    robot.ctrl(Key.Key_Z)
    assert not any(record.name == "Chat desk" for record in robot.map.all(Project))


def test_in_a_table_the_rows_are_linked(robot: WindowRobot, hands: Hands) -> None:
    hands.view.go_to(hands.view.table.row_of(hands.id("Ledger")), 0)
    hands.view.setFocus()
    robot.rest()
    robot.window.actions_set.trigger("box.link")
    assert field(robot).title.full_text == "Link Ledger to"
    robot.write("advise")
    robot.hit(Key.Key_Return)
    assert ("Ledger", "supports", "Advise") in hands.links()
    assert hands.view.hasFocus()


def test_without_anything_chosen_linking_is_greyed(robot: WindowRobot) -> None:
    robot.workspace.select([])
    robot.on_canvas()
    robot.window.actions_set.refresh()
    assert not robot.window.actions_set.live("box.link").isEnabled()


# -- shares -------------------------------------------------------------------------------------------


def test_shares_of_the_boxes_services_are_balanced_in_one_step(robot: WindowRobot) -> None:
    till = next(item for item in robot.map.all(Service) if item.name == "Till")
    robot.workspace.commit(edits.link(robot.map, "supports", till.id, robot.id("Advise"), share=50.0))
    robot.select("Advise")
    robot.window.actions_set.trigger("box.balance_shares")
    assert sorted(link.share or 0 for link in robot.map.links_from(till.id) if link.type == "supports") == [
        33.33,
        66.67,
    ]
    assert robot.said == "The shares of Till add up to 100 % now."
    robot.window.actions_set.trigger("box.balance_shares")
    assert robot.said == "The shares of what is linked here add up to 100 % already."


@pytest.mark.parametrize(("kind", "column"), [("service", "out:supports"), ("link", "share")])
def test_tables_mark_shares_that_are_off(robot: WindowRobot, kind: str, column: str) -> None:
    till = next(item for item in robot.map.all(Service) if item.name == "Till")
    robot.workspace.commit(edits.link(robot.map, "supports", till.id, robot.id("Advise"), share=50.0))
    hands = Hands(robot, kind)
    table = hands.view.table
    key = till.id if kind == "service" else robot.map.links_from(till.id)[0].id
    cell = table.index(table.row_of(key), table.column_of(column))
    sentence = "The shares of Till add up to 150 %; sums of cost scale them down to 100 %."
    assert cell.data(Qt.ItemDataRole.AccessibleDescriptionRole) == sentence
    assert sentence in cell.data(Qt.ItemDataRole.ToolTipRole)
    hands.view.go_to(cell.row(), cell.column())
    hands.view.setFocus()
    robot.rest()
    menu = robot.desk.tables.pane._cell_menu(hands.view) if robot.desk.tables.pane else None
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Balance shares").trigger()
    assert not cell.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert robot.said == "The shares of Till add up to 100 % now."
