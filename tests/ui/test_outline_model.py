"""The rows of the outline: whatever happens to the map, they are what a fresh look at it gives, moved and not reset."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from canvas_robot import grown
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from capmap.document import Document
from capmap.errors import EditError
from capmap.model import edits
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.ui.panels.outlinemodel import OutlineModel
from capmap.ui.panels.outlinerows import DRAFT
from capmap.ui.workspace import Workspace

OUTLINE = """
One
  Alpha
  Beta
    Deep
    Deeper
Two
  Gamma
Three
"""


@pytest.fixture
def model(qapp: QApplication, tmp_path: Path) -> OutlineModel:
    workspace = Workspace(Document.create(tmp_path / "map.capmap", grown(OUTLINE)))
    return OutlineModel(workspace, workspace)


def rows(model: QAbstractItemModel, parent: QModelIndex | None = None) -> list[str]:
    parent = parent or QModelIndex()
    found = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found += [str(index.data()), *(f"  {line}" for line in rows(model, index))]
    return found


def told(current: Map) -> list[str]:
    return [f"{'  ' * (current.level(box.id) - 1)}{current.shown(box).name}" for box in current.walk()]


def workspace_of(model: OutlineModel) -> Workspace:
    parent = QObject.parent(model)
    assert isinstance(parent, Workspace)
    return parent


def an_edit(choice: random.Random, current: Map) -> Change:
    boxes = [box.id for box in current.walk()]
    some = choice.sample(boxes, min(len(boxes), choice.randint(1, 3)))
    into = choice.choice([None, *boxes])
    match choice.randint(0, 8):
        case 0:
            return edits.add(current, f"New {choice.randint(1, 99)}", into, choice.randint(0, 3))
        case 1:
            return edits.remove(current, some)
        case 2 | 3 | 4:
            return edits.move(current, some, into, choice.randint(0, 4))
        case 5:
            return edits.duplicate(current, some)
        case 6:
            return edits.sort_children(current, into, descending=choice.random() < 0.5)
        case 7:
            return edits.rename(current, some[0], f"Other {choice.randint(1, 99)}")
        case _:
            return edits.add_alias(current, some[0], into)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=20)
def test_rows_follow_any_edit_undo_and_redo(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    document = Document.create(tmp_path_factory.mktemp("map") / "map.capmap", grown(OUTLINE))
    workspace = Workspace(document)
    model = OutlineModel(workspace, workspace)
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    # Fails the test at the first thing that Qt's rules for models forbid.
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    choice = random.Random(seed)
    for _ in range(15):
        try:
            match choice.randint(0, 5):
                case 0:
                    workspace.undo()
                case 1:
                    workspace.redo()
                case _ if list(workspace.map.walk()):
                    workspace.commit(an_edit(choice, workspace.map))
        except EditError:
            continue
        assert rows(model) == told(workspace.map)
    assert not resets
    document.close()


def test_a_moved_row_keeps_its_index(model: OutlineModel) -> None:
    workspace = workspace_of(model)
    by_name = {box.name: box.id for box in workspace.map.walk()}
    kept = QPersistentModelIndex(model.index_of(by_name["Deep"]))
    workspace.commit(edits.move(workspace.map, [by_name["Beta"]], by_name["Two"], 0))
    assert kept.data() == "Deep"
    assert model.parent(model.parent(model.index_of(by_name["Deep"]))).data() == "Two"


def test_a_swap_of_parent_and_child_is_followed(model: OutlineModel) -> None:
    workspace = workspace_of(model)
    by_name = {box.name: box.id for box in workspace.map.walk()}
    out = edits.move(workspace.map, [by_name["Beta"]], None, 0)
    workspace.commit(out, merge="swap")
    workspace.commit(edits.move(workspace.map, [by_name["One"]], by_name["Beta"], 0), merge="swap")
    assert rows(model) == told(workspace.map)
    workspace.undo()
    assert rows(model) == told(workspace.map)


def test_a_draft_leaves_nothing_behind(model: OutlineModel) -> None:
    before = rows(model)
    workspace = workspace_of(model)
    one = next(box.id for box in workspace.map.walk() if box.name == "One")
    index = model.begin_draft(one, 1)
    assert len(rows(model)) == len(before) + 1
    assert model.id_at(index) is None
    model.drop_draft()
    assert rows(model) == before
    assert DRAFT not in workspace.map


def test_a_named_draft_becomes_a_box_in_its_place(model: OutlineModel) -> None:
    workspace = workspace_of(model)
    one = next(box.id for box in workspace.map.walk() if box.name == "One")
    index = model.begin_draft(one, 1)
    assert model.setData(index, " Fresh ", Qt.ItemDataRole.EditRole)
    assert [box.name for box in workspace.map.children(one)] == ["Alpha", "Fresh", "Beta"]
    assert workspace.document.undo_text == "Add Fresh"
    assert rows(model) == told(workspace.map)


def test_a_box_does_not_drop_into_itself(model: OutlineModel) -> None:
    workspace = workspace_of(model)
    by_name = {box.name: box.id for box in workspace.map.walk()}
    data = model.mimeData([model.index_of(by_name["One"])])
    move = Qt.DropAction.MoveAction
    assert not model.canDropMimeData(data, move, 0, 0, model.index_of(by_name["Deep"]))
    assert model.canDropMimeData(data, move, 0, 0, model.index_of(by_name["Two"]))
    assert model.dropMimeData(data, move, 0, 0, model.index_of(by_name["Two"]))
    assert [box.name for box in workspace.map.children(by_name["Two"])] == ["One", "Gamma"]
    copy = Qt.DropAction.CopyAction
    assert model.dropMimeData(data, copy, -1, 0, QModelIndex())
    assert [box.name for box in workspace.map.children(None)] == ["Two", "Three", "One"]


def test_boxes_of_another_map_do_not_drop(model: OutlineModel, tmp_path: Path) -> None:
    other = Workspace(Document.create(tmp_path / "other.capmap", workspace_of(model).map))
    from_there = OutlineModel(other, other)
    data = from_there.mimeData([from_there.index(0, 0)])
    assert not model.canDropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())


def test_names_come_as_they_are_and_tips_escaped(model: OutlineModel) -> None:
    workspace = workspace_of(model)
    workspace.commit(edits.add(workspace.map, "R&D <b>bold</b>"))
    made = next(box.id for box in workspace.map.walk() if box.name.startswith("R&D"))
    index = model.index_of(made)
    assert index.data() == "R&D <b>bold</b>"
    assert "&lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)
