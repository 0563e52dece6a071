"""The history follows edits row by row, and always reads as if it had just been opened."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from any_edits import any_edit, company
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from capmap.app import make_application
from capmap.document import Document
from capmap.ui.panels import history
from capmap.ui.panels.history import History
from capmap.ui.parts.appearance import Appearance
from capmap.ui.workspace import Workspace

Told = tuple[str, str, bool, bool, int, object, object]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[History]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    workspace = Workspace(Document.create(tmp_path / "map.capmap", company(1)))
    parent = QWidget()
    qtbot.addWidget(parent)
    shown = History(workspace, Appearance(make_application(["capmap"]), settings), parent)
    shown.show()
    yield shown
    parent.close()
    workspace.document.close()


def rows(shown: History) -> list[Told]:
    found: list[Told] = []
    for row in range(shown.list.topLevelItemCount()):
        item = shown.list.topLevelItem(row)
        assert item is not None
        font, colour = item.font(0), item.foreground(0).color().name()
        spoken = item.data(0, Qt.ItemDataRole.AccessibleTextRole)
        seq = item.data(0, Qt.ItemDataRole.UserRole)
        found.append((item.text(0), item.text(1), font.bold(), font.italic(), seq, colour, spoken))
    return found


def walk(shown: History, chance: random.Random) -> None:
    workspace = shown._workspace
    kind = chance.random()
    if kind < 0.3:
        workspace.undo()
    elif kind < 0.45:
        workspace.redo()
    elif kind < 0.5 and workspace.document.history():
        workspace.document.travel_to(chance.choice(workspace.document.history()).seq)
    else:
        workspace.commit(any_edit(workspace.map, chance), merge=chance.choice(["", "", "typing"]))


@pytest.mark.parametrize("longest", [2_000, 10])
def test_rows_that_follow_edits_read_as_fresh_ones(
    opened: History, monkeypatch: pytest.MonkeyPatch, longest: int
) -> None:
    monkeypatch.setattr(history, "_LONGEST_LIST", longest)
    chance = random.Random(longest)
    for _ in range(60):
        walk(opened, chance)
        followed, current = rows(opened), opened.list.currentIndex().row()
        assert followed[current][2]
        assert sum(told[2] for told in followed) == 1
        opened.refresh()
        assert rows(opened) == followed
        assert opened.list.currentIndex().row() == current
