"""A robot that asks questions of the insurer's map in the whole window."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_robot import Button, Key, Keys, WindowRobot

from capmap.model.records import Service
from capmap.ui.answers.asking import Asking
from capmap.ui.answers.pane import AnswersPane

INSURER = Path(__file__).resolve().parents[2] / "sample_maps" / "harbour-insurance.capmap"


class Insurer(WindowRobot):
    """The robot at the insurer's map."""

    def __init__(self, bot: QtBot, folder: Path) -> None:
        shutil.copy(INSURER, folder / "insurer.capmap")
        super().__init__(bot, folder, outline=None)
        self.window.files.open_path(folder / "insurer.capmap")
        self.rest()
        self.desk.canvas.set_motion(False)

    @property
    def pane(self) -> AnswersPane:
        return self.window.answering.pane

    @property
    def asking(self) -> Asking:
        asking = self.window.answering._asking
        assert asking is not None
        return asking

    @property
    def lit(self) -> set[str]:
        """The names of the boxes that stand out."""
        lit = self.desk.canvas.lighting.lit or frozenset()
        return {self.map.shown(self.map.capability(key)).name for key in lit}

    def service(self, name: str) -> Service:
        return next(service for service in self.map.all(Service) if service.name == name)

    def names(self, column: str = "Name") -> list[str]:
        """The cells of a column of the answer."""
        table = self.pane.view.answer_rows
        heads = [str(table.headerData(place, Qt.Orientation.Horizontal)) for place in range(table.columnCount())]
        place = next(number for number, head in enumerate(heads) if head.startswith(column))
        return [str(table.index(row, place).data()) for row in range(table.rowCount())]

    def click_row(self, row: int) -> None:
        view = self.pane.view
        view.scrollTo(view.model().index(row, 0))
        place = view.visualRect(view.model().index(row, 0)).center()
        QTest.mouseClick(view.viewport(), Button.LeftButton, Keys.NoModifier, place)
        self.rest()

    def click_heading(self, column: int) -> None:
        header = self.pane.view.horizontalHeader()
        place = QPoint(header.sectionViewportPosition(column) + 12, header.height() // 2)
        QTest.mouseClick(header.viewport(), Button.LeftButton, Keys.NoModifier, place)
        self.rest()

    def switch_off(self, name: str = "Quote Engine") -> None:
        self.window.actions_set.trigger("ask.impact")
        self.write(name)
        self.hit(Key.Key_Return)
