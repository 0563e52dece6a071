"""Raster: nested boxes are filled exactly as a painter fills them; corners are round; gaps are even."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from capmap.ui.canvas.raster import Canvas, Raster, packed

WIDTH, HEIGHT = 173, 111

Nested = tuple[int, int, int, int, int, int]
"""Left, top, right, bottom, colour, the colour around."""


def nest(chance: random.Random, area: tuple[int, int, int, int], around: int, depth: int) -> list[Nested]:
    """Boxes side by side in an area, with boxes in them; some without a pixel."""
    left, top, right, bottom = area
    made: list[Nested] = []
    upright = chance.random() < 0.5
    cuts = sorted(chance.randint(left, right) if upright else chance.randint(top, bottom) for _ in range(6))
    for low, high in zip(cuts[::2], cuts[1::2], strict=True):
        box = (low, top, high, bottom) if upright else (left, low, right, high)
        colour = chance.randrange(1 << 24) - (1 << 24)
        made.append((*box, colour, around))
        if depth:
            made += nest(chance, box, colour, depth - 1)
    return made


def painted(boxes: list[Nested], ground: int) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(ground & 0xFFFFFFFF)
    painter = QPainter(image)
    for left, top, right, bottom, colour, _ in boxes:
        painter.fillRect(left, top, right - left, bottom - top, QColor.fromRgba(colour & 0xFFFFFFFF))
    painter.end()
    return image


@pytest.mark.parametrize("nested", [True, False])
@given(seed=st.integers(0, 10_000))
def test_every_pixel_is_what_a_painter_fills(qapp: QApplication, nested: bool, seed: int) -> None:
    chance = random.Random(seed)
    ground = packed("#eef0f3")
    boxes = nest(chance, (-40, -30, WIDTH + 40, HEIGHT + 30), ground, 4)
    raster = Raster(WIDTH, HEIGHT, ground, Canvas(), nested=nested)
    left, top, right, bottom, colour, around = np.array(boxes, np.int64).astype(np.int32).T
    raster.add(left, top, right, bottom, colour, around)
    raster.finish()
    assert raster.image().copy() == painted(boxes, ground)


def test_memory_that_is_used_again_is_clean(qapp: QApplication) -> None:
    canvas, ground = Canvas(), packed("#eef0f3")
    one = np.array([10], np.int32)
    for _ in range(2):
        raster = Raster(WIDTH, HEIGHT, ground, canvas)
        colour, around = np.array([packed("#102030")], np.int32), np.array([ground], np.int32)
        raster.add(one, one, one * 5, one * 4, colour, around)
        raster.finish()
        assert raster.pixels[20, 20] == packed("#102030")
        assert raster.pixels[5, 5] == ground


@pytest.mark.parametrize(("radius", "edge"), [(4.0, 1), (8.0, 2), (2.5, 1), (6.0, 0), (13.3, 3)])
def test_corners_are_as_round_as_a_painter_makes_them(qapp: QApplication, radius: float, edge: int) -> None:
    ground, stroke, fill = (packed(colour) for colour in ("#eef0f3", "#1d2430", "#c9d8ec"))
    left, top, right, bottom = 7, 9, 77, 57
    raster = Raster(90, 70, ground, Canvas())
    box = [np.array([value], np.int32) for value in (left, top, right, bottom)]
    colours = [np.array([value], np.int32) for value in (ground, stroke if edge else fill, fill)]
    raster.add(box[0], box[1], box[2], box[3], colours[1], colours[0])
    inner = [box[0] + edge, box[1] + edge, box[2] - edge, box[3] - edge]
    raster.add(inner[0], inner[1], inner[2], inner[3], colours[2], colours[1])
    raster.finish()
    places = box[0], box[1], box[2], box[3]
    raster.round_corners(places, radius, edge, (colours[0], colours[1], colours[2]), np.array([0], np.int32))

    reference = QImage(90, 70, QImage.Format.Format_RGB32)
    reference.fill(ground & 0xFFFFFFFF)
    painter = QPainter(reference)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(QColor.fromRgba((stroke if edge else fill) & 0xFFFFFFFF)))
    painter.drawRoundedRect(QRectF(left, top, right - left, bottom - top), radius, radius)
    painter.setBrush(QBrush(QColor.fromRgba(fill & 0xFFFFFFFF)))
    inside = QRectF(left + edge, top + edge, right - left - 2 * edge, bottom - top - 2 * edge)
    painter.drawRoundedRect(inside, radius - edge, radius - edge)
    painter.end()
    there = np.frombuffer(reference.constBits(), np.uint8).reshape(70, 90, 4)[..., :3].astype(int)
    here = raster.pixels.copy().view(np.uint8).reshape(70, 90, 4)[..., :3].astype(int)
    different = np.abs(there - here).max(axis=2)
    # A painter that lays the fill over the edge mixes them where both cover a part of a pixel; so much may differ.
    assert different.max() <= 56
    assert different.mean() < 0.6
