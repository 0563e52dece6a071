"""What the arrangement tells of an edit is enough for a painter that looks at nothing else, and what it keeps in step
with edits is what it would be if it were made anew.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from any_edits import any_edit, company
from pytestqt.qtbot import QtBot

from capmap.document import Document
from capmap.drawing.chips import any_chips, link_counts
from capmap.layout.boxes import Layout
from capmap.lens.builtin import LENSES
from capmap.lens.lens import apply
from capmap.model import edits
from capmap.model.map import Map
from capmap.ui.canvas.arrangement import Arrangement
from capmap.ui.workspace import Workspace

Rectangle = tuple[float, float, float, float]


class Painter:
    """Keeps columns of its own, as fast painters do: it knows of the layout only what the news named."""

    def __init__(self, arrangement: Arrangement) -> None:
        self._arrangement = arrangement
        self._boxes: dict[str, tuple[Any, ...]] = {}
        self._colours: dict[str, tuple[Any, ...]] = {}

    def look(self) -> None:
        arrangement, news = self._arrangement, self._arrangement.take_news()
        index = arrangement.layout.index
        for key in [*self._boxes, *index] if news.everything else news.boxes:
            box = index.get(key)
            self._boxes.pop(key, None)
            if box is not None:
                parent = box.parent.id if box.parent is not None else None
                self._boxes[key] = (parent, box.x, box.y, box.width, box.height, box.lines, box.role, box.hidden)
        for key in [*self._colours, *index] if news.everything or news.all_colours else news.colours:
            self._colours.pop(key, None)
            if key in index:
                self._colours[key] = arrangement.heat.steps.get(key), arrangement.chips.get(key)

    @property
    def rectangles(self) -> dict[str, Rectangle]:
        """Where every box stands, from the places in the parents that were told."""

        def corner(key: str | None) -> tuple[float, float]:
            if key is None:
                return 0.0, 0.0
            left, top = corner(self._boxes[key][0])
            return left + self._boxes[key][1], top + self._boxes[key][2]

        return {key: (*corner(key), *told[3:5]) for key, told in self._boxes.items()}

    @property
    def words(self) -> dict[str, tuple[Any, ...]]:
        return {key: told[5:] for key, told in self._boxes.items()}

    @property
    def colours(self) -> dict[str, tuple[Any, ...]]:
        return self._colours


def rectangles(layout: Layout) -> dict[str, Rectangle]:
    return {box.id: layout.rectangle(box) for box in layout.walk()}


def assert_as_made_anew(arrangement: Arrangement, painter: Painter, workspace: Workspace) -> None:
    layout, current = arrangement.layout, workspace.map
    painter.look()
    assert painter.rectangles == {key: pytest.approx(place) for key, place in rectangles(layout).items()}
    assert painter.words == {box.id: (box.lines, box.role, box.hidden) for box in layout.walk()}
    inside = [key for key in layout.index if key in current]
    fresh = apply(workspace.lens, current, [key for key in inside if not layout.index[key].children])
    counts = link_counts(dict.fromkeys(inside), current)
    assert (arrangement.heat.legend, arrangement.heat.story) == (fresh.legend, fresh.story)
    assert painter.colours == {key: (fresh.steps.get(key), counts.get(key)) for key in layout.index}
    assert arrangement.boxes_with_chips == any_chips(counts)


def opened(folder: Path, current: Map) -> tuple[Workspace, Arrangement, Painter]:
    workspace = Workspace(Document.create(folder / "map.capmap", current))
    arrangement = Arrangement(workspace)
    arrangement.arrange_anew()
    workspace.changed.connect(
        lambda change: (arrangement.follow if arrangement.shapes(change) else arrangement.recolour_after)(change)
    )
    workspace.view_changed.connect(arrangement.arrange_anew)
    workspace.lens_changed.connect(arrangement.recolour)
    return workspace, arrangement, Painter(arrangement)


@pytest.mark.parametrize("seed", range(6))
def test_a_painter_that_looks_only_at_the_news_knows_everything(qtbot: QtBot, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    workspace, arrangement, painter = opened(tmp_path, company(seed))
    assert_as_made_anew(arrangement, painter, workspace)
    for _ in range(40):
        kind = chance.random()
        if kind < 0.1:
            workspace.set_lens(chance.choice(list(LENSES.values())))
        elif kind < 0.15:
            workspace.show_chips(chance.choice([["services", "projects"], ["services", "projects"], []]))
            workspace.show_chips(["services", "projects"])
        elif kind < 0.2:
            workspace.show_levels(chance.choice([None, None, 2]))
        elif kind < 0.4:
            workspace.undo()
        elif kind < 0.5:
            workspace.redo()
        elif kind < 0.6:
            into = chance.choice([None, *(box.id for box in workspace.map.capabilities if not box.alias_of)])
            arrangement.propose(edits.add(workspace.map, "New capability", into, 0))
            assert_as_made_anew(arrangement, painter, workspace)
            arrangement.propose(None)
        else:
            workspace.commit(any_edit(workspace.map, chance))
        assert_as_made_anew(arrangement, painter, workspace)
    workspace.document.close()


@pytest.mark.parametrize("seed", range(6))
def test_undo_and_redo_bring_every_rectangle_back_exactly(qtbot: QtBot, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    workspace, arrangement, _ = opened(tmp_path, company(seed))

    def state() -> tuple[set[object], dict[str, Rectangle]]:
        return {repr(record) for record in workspace.map}, rectangles(arrangement.layout)

    states = [state()]
    for number in range(40):
        merge = "typing" if number % 8 in (3, 4, 5) else ""
        steps = len(workspace.document.history())
        workspace.commit(any_edit(workspace.map, chance), merge=merge)
        # What is typed in one go is one step of undo.
        states[len(states) - (len(workspace.document.history()) == steps) :] = [state()]
    for expected in reversed(states[:-1]):
        workspace.undo()
        assert state() == expected
    for expected in states[1:]:
        workspace.redo()
        assert state() == expected
    workspace.document.close()


def test_an_edit_in_a_large_map_tells_of_few_boxes(qtbot: QtBot, tmp_path: Path) -> None:
    workspace, arrangement, painter = opened(tmp_path, company(1, boxes=900))
    painter.look()
    leaf = max(workspace.map.capabilities, key=lambda box: workspace.map.level(box.id))
    workspace.commit(edits.put(workspace.map, leaf.id, maturity=1 if leaf.maturity != 1 else 2))
    news = arrangement.take_news()
    assert not news.everything
    assert not news.all_colours
    assert not news.boxes
    assert leaf.id in news.colours
    assert len(news.colours) < 20
    workspace.document.close()
