"""A long walk of random keys and gestures on the canvas: nothing breaks, and the file stays what the map is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from canvas_robot import BUSINESS, Button, Key, Keys, Robot
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from capmap.document import Document
from capmap.errors import CapMapError
from capmap.model import rules

STEPS = 250
WALK = (
    *(Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End),
    *(Key.Key_PageUp, Key.Key_PageDown, Key.Key_Escape, Key.Key_Tab, Key.Key_Return, Key.Key_F2, Key.Key_Delete),
)


def step(robot: Robot, dice: random.Random) -> None:
    """One thing that a restless person might do."""
    canvas = robot.canvas
    place = QPoint(dice.randrange(canvas.width()), dice.randrange(canvas.height()))
    other = QPoint(dice.randrange(canvas.width()), dice.randrange(canvas.height()))
    held = dice.choice((Keys.NoModifier, Keys.NoModifier, Keys.ControlModifier, Keys.ShiftModifier, Keys.AltModifier))
    button = dice.choice((Button.LeftButton, Button.LeftButton, Button.MiddleButton))
    match dice.randrange(10):
        case 0:
            robot.click_at(place, held)
        case 1 | 2:
            robot.press(place, held, button=button)
            robot.move(place + QPoint(20, 5), other, keys=held, button=button)
            if dice.random() < 0.2:
                robot.hit(Key.Key_Escape)
            robot.release(other, held, button=button)
        case 3 | 4 | 5:
            robot.hit(dice.choice(WALK))
        case 6 | 7:
            robot.type(dice.choice(("a", "New", "x y", "  ", "7")))
        case 8:
            robot.wheel(place, dice.choice((-1, 1)), held)
        case 9:
            look = robot.workspace
            dice.choice(
                (
                    lambda: look.undo(),
                    lambda: look.redo(),
                    lambda: look.show_levels(dice.choice((None, 1, 2))),
                    lambda: look.show_branch(look.current if dice.random() < 0.3 else None),
                    lambda: look.set_collapsed(look.selection, dice.random() < 0.5),
                    canvas.zoom_fit,
                    canvas.select_all,
                )
            )()


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_restless_person_does_the_map_stays_sound(qtbot: QtBot, tmp_path: Path, seed: int) -> None:
    robot, dice = Robot(qtbot, tmp_path, BUSINESS), random.Random(seed)
    for number in range(STEPS):
        step(robot, dice)
        if number % 10 == 0:
            robot.canvas.grab()
            assert rules.check(robot.map) == []
            shown = robot.canvas.arrangement.layout.index.keys() - {robot.canvas.naming.subject}
            assert all(key in robot.map for key in shown)
    robot.canvas.naming.give_up()
    kept = {record.id: record for record in robot.map}
    robot.document.close()
    with Document.open(robot.document.path) as again:
        assert {record.id: record for record in again.map} == kept
    with pytest.raises(CapMapError):
        robot.document.undo()
