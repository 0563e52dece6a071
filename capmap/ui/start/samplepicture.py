"""SamplePicture: a sample map as a small picture, drawn aside while the start page is already there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from capmap.document import opened
from capmap.drawing.theme import DARK, LIGHT
from capmap.model.records import Capability

_RATIO = 2
"""Pixels to a pixel of the window, so that the picture is sharp on any screen."""
_MANY = 300
"""Boxes; of a larger map only the upper levels can be made out."""


def picture_of(path: Path, size: QSize, *, dark: bool) -> QImage:
    """The map in this file in its colours, ``size`` pixels large. Raises InputError."""
    from capmap.drawing.mapdrawing import map_marks
    from capmap.layout import arrange
    from capmap.lens.builtin import default_lens
    from capmap.lens.lens import apply
    from capmap.render import qt

    theme = DARK if dark else LIGHT
    picture = QImage(size * _RATIO, QImage.Format.Format_RGB32)
    picture.fill(QColor(theme.page))
    with opened(path, read_only=True) as document:
        current = document.map
        depth = 2 if current.count(Capability) > _MANY else None
        layout = arrange(current, aspect=size.width() / size.height(), depth=depth)
        heat = apply(default_lens(current), current, (box.id for box in layout.walk() if not box.children))
        marks = map_marks(layout, current, heat, theme, chips=False)
        margin = 8.0 * _RATIO
        width, height = picture.width() - 2 * margin, picture.height() - 2 * margin
        scale = min(width / max(layout.width, 1.0), height / max(layout.height, 1.0))
        painter = QPainter(picture)
        painter.translate(margin + (width - layout.width * scale) / 2, margin + (height - layout.height * scale) / 2)
        painter.scale(scale, scale)
        qt.paint(painter, marks)
        painter.end()
    picture.setDevicePixelRatio(_RATIO)
    return picture
