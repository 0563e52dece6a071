"""What a room sees: every word readable and on its part of the screen, on every size of screen, dark and light."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from present_robot import PresentRobot
from pytestqt.qtbot import QtBot
from window_robot import Key

from capmap.document import Document
from capmap.drawing.marks import Mark, Rect, Text
from capmap.drawing.theme import contrast
from capmap.layout import fonts
from capmap.lens.builtin import LENSES
from capmap.model import edits
from capmap.model.map import Map
from capmap.places import sample_map
from capmap.ui.present.keys import BY_KEY, SHEET
from capmap.ui.present.keysheet import sheet_marks
from capmap.ui.present.legibility import LEAST, LEAST_GOOD, legible_levels
from capmap.ui.present.questions import fill_with, questions_of
from capmap.ui.present.stage import Stage
from capmap.ui.present.stagelook import DARK_STAGE, LIGHT_STAGE

SIZES = ((1920, 1080), (1536, 864), (1024, 768), (3840, 2160), (1080, 1920), (800, 600))
LONG = "Coordination of the cross-border regulatory capital reporting obligations with all supervisory authorities"


@pytest.fixture
def robot(qtbot: QtBot, tmp_path: Path) -> PresentRobot:
    return PresentRobot(qtbot, tmp_path)


def panes(stage: Stage) -> Iterator[tuple[Sequence[Mark], str, int, int]]:
    """Marks, ground, width and height of each part of the screen."""
    look = stage.look
    for pane, ground in ((stage.head, look.theme.page), (stage.side, look.side), (stage.foot, look.foot)):
        yield pane.marks, ground, pane.width(), pane.height()
    yield stage.keys.marks, look.foot, stage.width(), stage.height()


def too_faint(marks: Sequence[Mark], ground: str) -> list[str]:
    """Texts with less contrast than 4.5 to what they stand on."""
    found = []
    for place, mark in enumerate(marks):
        if not isinstance(mark, Text):
            continue
        middle = mark.baseline - mark.size * 0.3
        below = [
            rect.fill
            for rect in marks[:place]
            if isinstance(rect, Rect)
            and rect.fill
            and rect.x <= mark.x <= rect.x + rect.width
            and rect.y <= middle <= rect.y + rect.height
        ]
        if contrast(mark.colour, below[-1] if below else ground) < 4.5:
            found.append(f"{mark.text}: {mark.colour} on {below[-1] if below else ground}")
    return found


def outside(marks: Sequence[Mark], width: int, height: int) -> list[str]:
    """Texts that do not stand on their part of the screen as a whole."""
    found = []
    for mark in marks:
        if isinstance(mark, Text):
            wide = fonts.width(mark.text, mark.weight, mark.size)
            left = mark.x - {"start": 0.0, "middle": wide / 2, "end": wide}[mark.anchor]
            if left < 0 or left + wide > width + 0.5 or mark.baseline > height or mark.baseline - mark.size * 0.8 < 0:
                found.append(mark.text)
    return found


def test_every_word_can_be_read_with_every_lens(robot: PresentRobot) -> None:
    stage = robot.begin("Claims")
    robot.press(Key.Key_Right, "0")
    for dark, _ in itertools.product((True, False), LENSES):
        assert (stage.look is DARK_STAGE) == dark
        for marks, ground, _, _ in panes(stage):
            assert not too_faint(marks, ground)
        robot.press("l")
        if robot.session.workspace.lens is LENSES["maturity gap"]:
            robot.press("d")


@pytest.mark.parametrize("size", SIZES)
def test_every_word_has_its_place_on_every_screen(qtbot: QtBot, tmp_path: Path, size: tuple[int, int]) -> None:
    current = Map()
    current.apply(edits.settings(current, title=LONG))
    current.apply(edits.add(current, LONG, description=f"{LONG}. " * 6))
    top = next(iter(current.walk())).id
    for number in range(3):
        current.apply(edits.add(current, f"{LONG} {number}", top, description=f"{LONG}. " * 6, maturity=2, target=4))
    current.apply(edits.add(current, "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihung", top))
    robot = PresentRobot(qtbot, tmp_path, current=current)
    stage = robot.begin(f"{LONG} 1")
    stage.resize(*size)
    stage.map.settle()
    for key in ("l", "l", "l", "l", "l", "l", "l", "a", "4", "g", Key.Key_Escape, Key.Key_End):
        robot.press(key)
        for marks, _, width, height in panes(stage):
            assert not outside(marks, width, height)
    assert stage.map.geometry().right() <= stage.side.geometry().left()
    assert stage.map.geometry().bottom() <= stage.foot.geometry().top()
    assert stage.map.area().contains(stage.map.box_rect(robot.session.workspace.current or ""))


@pytest.mark.parametrize("size", SIZES)
def test_names_are_large_enough_for_the_back_row(robot: PresentRobot, size: tuple[int, int]) -> None:
    stage = robot.begin("Policy & Claims")
    stage.resize(*size)
    stage.map.settle()
    assert stage.map.names >= LEAST * stage.unit
    if stage.map.levels > 1:
        assert stage.map.names >= LEAST_GOOD * stage.unit - 0.1


def test_the_ring_is_amber_around_the_box_in_question(robot: PresentRobot) -> None:
    stage = robot.begin("Pricing")
    robot.press(Key.Key_Right)
    box = stage.map.box_rect(robot.id("Rate Setting"))
    picture = stage.map.grab().toImage()
    ratio = picture.devicePixelRatio()
    row = int(box.center().y() * ratio)
    left = {picture.pixelColor(int((box.left() - gap) * ratio), row).name() for gap in range(3, 12)}
    assert "#ffd166" in left
    other = stage.map.box_rect(robot.id("Rate Deployment"))
    beside = {
        picture.pixelColor(int((other.left() - gap) * ratio), int(other.center().y() * ratio)).name()
        for gap in range(3, 12)
    }
    assert "#ffd166" not in beside


def test_scores_stand_in_the_boxes(robot: PresentRobot) -> None:
    stage = robot.begin("Pricing")
    before = stage.map.grab().toImage()
    robot.press("1")
    assert stage.map.grab().toImage() != before
    assert "M · Now 1" in robot.read


def test_answers_have_the_colours_that_they_would_give(robot: PresentRobot) -> None:
    stage = robot.begin("Rate Setting")
    fills = [mark.fill for mark in stage.side.marks if isinstance(mark, Rect)]
    lens, box, current = LENSES["maturity gap"], robot.box("Rate Setting"), robot.map
    wanted = [fill_with(lens, current, box, "maturity", value) for value in (1, 2, 3, 4, 5)]
    assert wanted == [lens.steps[step].fill for step in (0, 0, 1, 2, 3)]
    places = [fills.index(fill) for fill in dict.fromkeys(wanted)]
    assert places == sorted(places)


def test_every_question_of_two_has_a_key() -> None:
    for lens in LENSES.values():
        questions = questions_of(lens)
        if len(questions) > 1:
            letters = {question.letter for question in questions}
            assert len(letters) == len(questions)
            assert all(BY_KEY[ord(letter)] == "ask" for letter in letters)
    assert [question.field for question in questions_of(LENSES["maturity gap"])] == ["maturity", "target"]
    assert not questions_of(LENSES["plain"])
    assert [answer.label for answer in questions_of(LENSES["category"])[0].answers] == [
        "strategic",
        "core",
        "supporting",
    ]


def test_the_sheet_of_keys_stands_on_the_screen_dark_and_light() -> None:
    for look, (width, height) in itertools.product((DARK_STAGE, LIGHT_STAGE), SIZES):
        marks = sheet_marks(look, width, height, min(height / 1080, width / 1500))
        assert not outside(marks, width, height)
        assert not too_faint(marks, look.side)
        for group in SHEET:
            assert group.title in [mark.text for mark in marks if isinstance(mark, Text)]


def test_a_flat_map_of_very_many_boxes_is_shown_as_one_level() -> None:
    current = Map()
    current.apply(edits.add_branches(current, [edits.Branch({"name": f"Box {number}"}) for number in range(900)]))
    assert legible_levels(current, None, 1300.0, 800.0, 1.0) == 1


# -- screens ------------------------------------------------------------------------------------------

ON_TWO_SCREENS = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QSettings
from capmap.app import make_application, make_window, open_first
from capmap.ui.present.screenmenu import ScreenMenu

application = make_application(["capmap"])
settings = QSettings(sys.argv[2], QSettings.Format.IniFormat)

def begun():
    window = make_window(application, settings)
    window.show()
    screens = {screen.name(): screen for screen in application.screens()}
    window.move(screens["Laptop"].geometry().topLeft())
    open_first(window, sys.argv[1], settings)
    window.background.wait()
    application.processEvents()
    return window

def shown(window):
    application.processEvents()
    stage = window.beside.presenting.stage
    return [stage.screen().name(), stage.geometry().getRect()]

window = begun()
facts = {"menu": [], "stages": []}
window.findChild(ScreenMenu).menu.parent().aboutToShow.emit()
facts["menu"] = [action.text() for action in window.findChild(ScreenMenu).menu.actions()]
window.actions_set.trigger("present.start")
facts["stages"].append(shown(window))
window.actions_set.trigger("present.other")
facts["stages"].append(shown(window))
window.beside.presenting.stop()
window.actions_set.trigger("present.start")
facts["stages"].append(shown(window))
application.screenRemoved.emit(window.beside.presenting.stage.screen())
facts["stages"].append(shown(window))
window.close()
print(json.dumps(facts))
"""


def test_the_room_has_its_own_screen_and_one_can_choose_another(tmp_path: Path) -> None:
    """On two screens F5 takes the one that the window is not on; a choice is remembered; a screen that goes is left."""
    laptop, beamer = (0, 0, 1440, 900), (1440, 0, 1024, 768)
    screens = [
        {
            "name": name,
            **dict(zip(("x", "y", "width", "height"), place, strict=True)),
            "logicalDpi": 96,
            "logicalBaseDpi": 96,
            "dpr": 1,
        }
        for name, place in (("Laptop", laptop), ("Beamer", beamer))
    ]
    layout = tmp_path / "screens.json"
    layout.write_text(
        json.dumps({"synchronousWindowSystemEvents": False, "windowFrameMargins": False, "screens": screens}), "utf-8"
    )
    path = tmp_path / "map.capmap"
    with Document.open(sample_map("harbour-insurance.capmap"), read_only=True) as document:
        document.copy_to(path)
    done = subprocess.run(
        [sys.executable, "-c", ON_TWO_SCREENS, str(path), str(tmp_path / "settings.ini")],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "QT_QPA_PLATFORM": f"offscreen:configfile={layout}",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout.splitlines()[-1])
    assert sorted(name.partition(": ")[2] for name in facts["menu"]) == ["Beamer, 1024 × 768", "Laptop, 1440 × 900"]
    assert facts["stages"] == [
        ["Beamer", list(beamer)],
        ["Laptop", list(laptop)],
        ["Laptop", list(laptop)],
        ["Beamer", list(beamer)],
    ]
