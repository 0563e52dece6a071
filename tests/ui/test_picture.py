"""Picture: nothing is painted that is there already, and what is shifted looks as if it had been painted."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from capmap.ui.canvas.picture import Picture
from capmap.ui.canvas.viewpoint import Viewpoint

SIZE = QSize(200, 120)


class Board:
    """A chessboard to paint, which remembers the parts that it was asked for."""

    def __init__(self) -> None:
        self.parts: list[QRectF] = []

    def render(self, painter: QPainter, view: Viewpoint, part: QRectF, written: bool) -> None:
        self.parts.append(part)
        painter.fillRect(part, QColor("white"))
        for row in range(40):
            for column in range(40):
                if (row + column) % 2:
                    painter.fillRect(
                        view.rect((column * 12.8, row * 12.8, 12.8, 12.8)), QColor(row * 6, column * 6, 90)
                    )

    def slowly(self, painter: QPainter, view: Viewpoint, part: QRectF, written: bool) -> None:
        self.render(painter, view, part, written)
        if written:
            time.sleep(0.02)


def shown(picture: Picture, view: Viewpoint, ratio: float = 1.0, *, hurry: bool = False) -> QImage:
    image = QImage(SIZE * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    picture.show(painter, view, SIZE, ratio, hurry=hurry)
    painter.end()
    return image


@pytest.fixture
def board(qapp: QApplication) -> Board:
    assert qapp is not None
    return Board()


def test_the_same_view_is_painted_once(board: Board) -> None:
    picture = Picture(board.render)
    first, second = shown(picture, Viewpoint()), shown(picture, Viewpoint())
    assert first == second
    assert len(board.parts) == 1


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize(("dx", "dy"), [(30, 0), (0, -17), (-12, 9), (55, 44)])
def test_a_pan_paints_the_strips_that_come_into_sight(board: Board, ratio: float, dx: float, dy: float) -> None:
    picture = Picture(board.render)
    shown(picture, Viewpoint(1.0, -150, -150), ratio)
    board.parts.clear()
    after = Viewpoint(1.0, -150 + dx, -150 + dy)
    moved = shown(picture, after, ratio)
    painted = sum(part.width() * part.height() for part in board.parts)
    assert painted < SIZE.width() * SIZE.height() * 0.65
    assert moved == shown(Picture(board.render), after, ratio)


def test_a_jump_paints_all(board: Board) -> None:
    picture = Picture(board.render)
    shown(picture, Viewpoint())
    far = Viewpoint(1.0, -5000, 0)
    assert shown(picture, far) == shown(Picture(board.render), far)


def test_another_map_is_painted_anew(board: Board) -> None:
    picture = Picture(board.render)
    shown(picture, Viewpoint())
    picture.forget()
    shown(picture, Viewpoint())
    assert [part.size().toSize() for part in board.parts] == [SIZE, SIZE]


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("scale", [0.4, 0.93, 1.3])
def test_a_picture_that_takes_long_is_stretched_in_a_hurry_and_leaves_nothing_open(
    board: Board, ratio: float, scale: float
) -> None:
    picture = Picture(board.slowly)
    shown(picture, Viewpoint(1.0, -100, -100), ratio)
    board.parts.clear()
    view = Viewpoint(1.0, -100, -100).zoomed(scale, QPointF(70, 50))
    hurried, sharp = shown(picture, view, ratio, hurry=True), shown(Picture(board.render), view, ratio)
    seen = {
        hurried.pixelColor(x, y).name() for x in range(0, hurried.width(), 5) for y in range(0, hurried.height(), 5)
    }
    assert "#ff00ff" not in seen | {hurried.pixelColor(hurried.width() - 1, hurried.height() - 1).name()}
    assert hurried != sharp
    assert shown(picture, view, ratio) == sharp
