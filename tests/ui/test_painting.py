"""Painting: both ways of painting look alike, strips fit the whole, what follows an edit is as if painted anew."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from benchmarks.trees import tree
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from capmap.document import Document
from capmap.drawing.theme import DARK, LIGHT, Theme
from capmap.lens.builtin import LENSES
from capmap.model import edits
from capmap.model.map import Map
from capmap.ui.canvas.arrangement import Arrangement
from capmap.ui.canvas.labels import Writing
from capmap.ui.canvas.painting import Painting
from capmap.ui.canvas.plainwork import paint_plainly
from capmap.ui.canvas.plates import paint_plates
from capmap.ui.canvas.viewpoint import Viewpoint, fitting
from capmap.ui.workspace import Workspace

WIDTH, HEIGHT = 900, 600


class Board:
    """An arrangement of a map, and pictures of it."""

    def __init__(self, folder: Path, current: Map) -> None:
        self.document = Document.create(folder / "map.capmap", current)
        self.workspace = Workspace(self.document)
        self.arrangement = Arrangement(self.workspace)
        self.arrangement.aspect = WIDTH / HEIGHT
        self.arrangement.arrange_anew()
        self.painting = Painting(self.arrangement)
        self.theme: Theme = LIGHT

    @property
    def fit(self) -> Viewpoint:
        layout = self.arrangement.layout
        return fitting((0, 0, layout.width, layout.height), QRectF(10, 10, WIDTH - 20, HEIGHT - 20))

    def near(self, scale: float) -> Viewpoint:
        return self.fit.zoomed(scale, QPointF(WIDTH / 3, HEIGHT / 3))

    def shown(
        self,
        view: Viewpoint,
        *,
        ratio: float = 1.0,
        parts: tuple[QRectF, ...] = (QRectF(0, 0, WIDTH, HEIGHT),),
        lit: frozenset[str] | None = None,
        painting: Painting | None = None,
    ) -> QImage:
        image = QImage(round(WIDTH * ratio), round(HEIGHT * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(0xFF00FF)
        for part in parts:
            painter = QPainter(image)
            painter.setClipRect(part)
            (painting or self.painting).paint(
                painter, self.arrangement.layout, self.theme, view, part, QRectF(0, 0, WIDTH, HEIGHT), lit
            )
            painter.end()
        return image

    def plainly(self, view: Viewpoint, ratio: float = 1.0) -> QImage:
        """The same as the first look at a small map, before numpy is loaded."""
        image = QImage(round(WIDTH * ratio), round(HEIGHT * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        arrangement, layout, view = self.arrangement, self.arrangement.layout, view.snapped(ratio)
        labels = paint_plainly(painter, layout, arrangement.heat, self.theme, view, QRectF(0, 0, WIDTH, HEIGHT))
        heat, chips = arrangement.heat, arrangement.chips
        Writing().write(painter, labels, view, layout, self.theme, heat, chips, self.workspace.map)
        paint_plates(painter, layout, self.theme, view, QRectF(0, 0, WIDTH, HEIGHT), QRectF(0, 0, WIDTH, HEIGHT))
        painter.end()
        return image


def channels(image: QImage) -> NDArray[np.int64]:
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return pixels[:, : image.width(), :3].astype(np.int64)


@pytest.fixture
def board(tmp_path: Path, qapp: QApplication) -> Iterator[Board]:
    board = Board(tmp_path, scored(tree(260)))
    yield board
    board.document.close()


def scored(current: Map) -> Map:
    """A map with a service behind some boxes, an alias, and some boxes that nobody has assessed."""
    chance = random.Random(4)
    for capability in list(current.capabilities):
        if chance.random() < 0.3:
            current.apply(edits.put(current, capability.id, maturity=None))
    leaves = [box.id for box in current.walk() if not current.has_children(box.id)]
    tops = current.child_ids(None)
    current.apply(edits.add_alias(current, leaves[5], tops[-1]))
    return current


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("scale", [None, 0.8, 1.7])
def test_both_ways_of_painting_look_alike(board: Board, theme: Theme, ratio: float, scale: float | None) -> None:
    board.theme = theme
    view = board.fit if scale is None else board.near(scale)
    different = np.abs(channels(board.shown(view, ratio=ratio)) - channels(board.plainly(view, ratio)))
    # Corners and dashes are drawn by different hands: a pixel here and there may be a shade apart, no box may be.
    assert different.mean() < 0.6
    assert (different.max(axis=2) > 60).mean() < 0.008


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("scale", [None, 0.3, 1.0, 2.2])
def test_strips_fit_the_whole(board: Board, ratio: float, scale: float | None) -> None:
    view = (board.fit if scale is None else board.near(scale)).snapped(ratio)
    cut = 340
    parts = QRectF(0, 0, cut, HEIGHT), QRectF(cut, 0, WIDTH - cut, 220), QRectF(cut, 220, WIDTH - cut, HEIGHT - 220)
    lit = frozenset(list(board.arrangement.layout.index)[::4])
    for some in (None, lit):
        whole = channels(board.shown(view, ratio=ratio, lit=some))
        different = np.abs(channels(board.shown(view, ratio=ratio, parts=parts, lit=some)) - whole)
        assert different.max() == 0


def test_every_edit_and_lens_is_followed(board: Board) -> None:
    chance = random.Random(8)
    lenses = list(LENSES.values())
    view = board.near(0.9)
    for step in range(40):
        current = board.workspace.map
        boxes = [box.id for box in current.capabilities]
        record_id = chance.choice(boxes)
        kind = chance.choice(("score", "rename", "add", "remove", "move", "undo", "lens", "chips"))
        if kind == "score":
            change = edits.put(current, record_id, maturity=chance.randint(1, 5), importance=chance.randint(1, 5))
        elif kind == "rename":
            change = edits.rename(current, record_id, f"Quite another name {step}")
        elif kind == "add":
            change = edits.add(current, f"New box {step}", record_id)
        elif kind == "remove" and len(boxes) > 50:
            change = edits.remove(current, [record_id])
        elif kind == "move":
            goals = set(current.child_ids(None)) - set(current.subtree_ids([record_id]))
            change = edits.move(current, [record_id], chance.choice(sorted(goals)), 0)
        else:
            if kind == "undo":
                undone = board.workspace.undo()
                if undone is not None:
                    follow(board, undone)
            elif kind == "lens":
                board.workspace.set_lens(chance.choice(lenses))
                board.arrangement.recolour()
            else:
                board.workspace.show_chips(chance.choice([(), ("services",), ("services", "projects")]))
                board.arrangement.recolour()
            change = None
        if change is not None:
            board.workspace.commit(change)
            follow(board, change)
        fresh = Painting(board.arrangement)
        here = board.shown(view)
        news = board.arrangement.take_news()
        assert not news.everything
        assert board.shown(view, painting=fresh) == here, (step, kind)


def follow(board: Board, change: object) -> None:
    from capmap.model.change import Change

    assert isinstance(change, Change)
    if board.arrangement.shapes(change):
        board.arrangement.follow(change)
    else:
        board.arrangement.recolour_after(change)


def test_another_theme_is_followed(board: Board) -> None:
    light = board.shown(board.fit)
    board.theme = DARK
    dark = board.shown(board.fit)
    assert dark != light
    assert dark == board.shown(board.fit, painting=Painting(board.arrangement))


def test_a_lens_that_reads_more_than_fields_is_asked_box_by_box(board: Board) -> None:
    known = LENSES["maturity gap"]
    board.workspace.set_lens(known)
    board.arrangement.recolour()
    by_table = board.shown(board.fit)
    board.workspace.set_lens(dataclasses.replace(known, fields=()))
    board.arrangement.recolour()
    assert board.shown(board.fit) == by_table


def test_closed_boxes_and_a_branch_keep_their_colours(board: Board) -> None:
    board.workspace.show_levels(2)
    board.arrangement.arrange_anew()
    index = board.arrangement.layout.index
    closed = next(box for box in index.values() if box.hidden and board.arrangement.heat.steps.get(box.id) is not None)
    step = board.arrangement.heat.steps[closed.id]
    assert step is not None
    view = board.fit
    x, y, width, height = board.arrangement.layout.rectangle(closed)
    place = view.rect((x, y, width, height)).toRect()
    colour = board.shown(view).pixelColor(place.right() - 6, place.top() + 4).name()
    assert colour == board.workspace.lens.steps[step].fill


def test_dimmed_boxes_differ_and_lit_ones_do_not(board: Board) -> None:
    layout = board.arrangement.layout
    leaves = [box for box in layout.walk() if not box.children]
    lit = frozenset({leaves[3].id})
    view = board.near(1.0)
    plain, dimmed = board.shown(board.fit), board.shown(board.fit, lit=lit)
    for box in leaves[:20]:
        middle = board.fit.rect(layout.rectangle(box)).center().toPoint()
        same = plain.pixelColor(middle) == dimmed.pixelColor(middle)
        assert same == (box.id in lit) or plain.pixelColor(middle).lightness() > 235
    assert board.shown(view) != board.shown(view, lit=lit)


@pytest.mark.parametrize("scale", [0.02, 0.05, 0.2, 0.6, 3.0, 8.0])
def test_every_scale_can_be_painted_dimmed_and_hurried(board: Board, scale: float) -> None:
    lit = frozenset(list(board.arrangement.layout.index)[::3])
    view = board.near(scale)
    assert board.shown(view, lit=lit) != board.shown(view, lit=frozenset())
    hurried = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(hurried)
    part = QRectF(0, 0, WIDTH, HEIGHT)
    board.painting.paint(painter, board.arrangement.layout, LIGHT, view, part, part, lit, written=False)
    painter.end()
    assert np.abs(channels(hurried) - channels(board.shown(view, lit=lit))).mean() < 12
