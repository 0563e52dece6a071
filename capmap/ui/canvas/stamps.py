"""Stamps: chips painted once for each number and colour, and put down as pictures, hundreds of them at once."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from capmap.drawing.chips import LinkCounts, chip_marks
from capmap.drawing.marks import Rect, Text
from capmap.drawing.theme import Theme
from capmap.layout.boxes import Box
from capmap.layout.style import scaled
from capmap.render import qt

_MOST = 20_000
"""Boxes whose chips are remembered."""

_BORDER = 1
"""Device pixels around a stamp, for what its edge takes of the next pixel."""


class _Chip(NamedTuple):
    """A chip: where it stands in its box in points, and how it looks."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str
    edge_width: float
    text: str
    ink: str
    size: float
    baseline: float


class Stamps:
    """The chips of boxes at one scale."""

    def __init__(self) -> None:
        self._scale = 0.0
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        self._chips: dict[tuple[object, ...], tuple[_Chip, ...]] = {}

    def put(
        self,
        painter: QPainter,
        boxes: Iterable[tuple[Box, float, float, str, LinkCounts]],
        corner: QPointF,
        scale: float,
        theme: Theme,
        text_scale: float,
    ) -> None:
        """Put the chips of boxes into their corners; of each the corner in points of the map, its fill and its counts.
        ``corner`` is that of the map in pixels, ``scale`` pixels a point.
        """
        ratio = painter.device().devicePixelRatioF()
        device = scale * ratio
        if device != self._scale:
            self._scale = device
            self._pictures.clear()
        left, top = corner.x() * ratio, corner.y() * ratio
        draw = painter.drawPixmap
        for box, x, y, fill, count in boxes:
            for chip in self._chips_of(box, fill, count, theme, text_scale):
                place = math.floor(left + (x + chip.x) * device + 0.5), math.floor(top + (y + chip.y) * device + 0.5)
                picture = self._picture(chip, device, ratio)
                draw(QPointF((place[0] - _BORDER) / ratio, (place[1] - _BORDER) / ratio), picture)

    def _chips_of(self, box: Box, fill: str, count: LinkCounts, theme: Theme, text_scale: float) -> tuple[_Chip, ...]:
        key = (box.role, box.lines, box.width, box.height, fill, count, theme.name, text_scale)
        known = self._chips.get(key)
        if known is None:
            if len(self._chips) >= _MOST:
                self._chips.clear()
            marks = list(chip_marks(box, 0.0, 0.0, fill, count, theme, scaled(text_scale)[box.role], text_scale))
            pills = [mark for mark in marks if isinstance(mark, Rect)]
            texts = [mark for mark in marks if isinstance(mark, Text)]
            known = self._chips[key] = tuple(
                _Chip(
                    pill.x,
                    pill.y,
                    pill.width,
                    pill.height,
                    pill.fill,
                    pill.stroke,
                    pill.stroke_width,
                    text.text,
                    text.colour,
                    text.size,
                    text.baseline - pill.y,
                )
                for pill, text in zip(pills, texts, strict=True)
            )
        return known

    def _picture(self, chip: _Chip, device: float, ratio: float) -> QPixmap:
        key = chip[2:]
        picture = self._pictures.get(key)
        if picture is None:
            width, height = (math.ceil(side * device) + 2 * _BORDER for side in (chip.width, chip.height))
            picture = QPixmap(width, height)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.translate(_BORDER, _BORDER)
            painter.scale(device, device)
            pill = Rect(0.0, 0.0, chip.width, chip.height, chip.fill, chip.edge, chip.edge_width, chip.height / 2)
            number = Text(chip.width / 2, chip.baseline, chip.text, "bold", chip.size, chip.ink, "middle")
            qt.paint(painter, [pill, number])
            painter.end()
            picture.setDevicePixelRatio(ratio)
            self._pictures[key] = picture
        return picture
