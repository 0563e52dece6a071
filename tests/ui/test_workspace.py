"""What the panels of a window share: the selection, the view and the lens follow the document."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from capmap.document import Document
from capmap.lens.builtin import LENSES
from capmap.model import edits
from capmap.model.edits import Branch
from capmap.ui.workspace import Workspace


@pytest.fixture
def workspace(qtbot: QtBot, tmp_path: Path) -> Workspace:
    document = Document.create(tmp_path / "map.capmap")
    branch = Branch({"name": "Sales"}, [Branch({"name": "Quote"}), Branch({"name": "Order"})])
    document.commit(edits.add_branches(document.map, [branch]))
    return Workspace(document)


def box(workspace: Workspace, name: str) -> str:
    return next(capability.id for capability in workspace.map.walk() if capability.name == name)


def test_colours_come_with_the_first_assessed_box(workspace: Workspace, qtbot: QtBot) -> None:
    assert workspace.lens is LENSES["plain"]
    workspace.commit(edits.put(workspace.map, box(workspace, "Quote"), maturity=2))
    assert workspace.lens is LENSES["plain"]
    with qtbot.waitSignal(workspace.lens_changed):
        workspace.commit(edits.put(workspace.map, box(workspace, "Quote"), target=4))
    assert workspace.lens is LENSES["maturity gap"]


def test_a_lens_that_was_chosen_stays(workspace: Workspace) -> None:
    workspace.set_lens(LENSES["plain"])
    workspace.commit(edits.put(workspace.map, box(workspace, "Quote"), maturity=2, target=4))
    assert workspace.lens is LENSES["plain"]


def test_what_is_removed_is_no_longer_selected_shown_or_folded(workspace: Workspace) -> None:
    workspace.select([box(workspace, "Order"), box(workspace, "Quote")])
    workspace.show_branch(box(workspace, "Sales"))
    workspace.commit(edits.remove(workspace.map, [box(workspace, "Quote")]))
    assert workspace.selection == (box(workspace, "Order"),)
    workspace.commit(edits.remove(workspace.map, [box(workspace, "Sales")]))
    assert workspace.root is None
    assert not workspace.selection


def test_undo_selects_what_it_touched(workspace: Workspace) -> None:
    workspace.commit(edits.put(workspace.map, box(workspace, "Order"), importance=5), select=[])
    workspace.undo()
    assert workspace.selection == (box(workspace, "Order"),)
