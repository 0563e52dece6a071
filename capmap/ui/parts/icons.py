"""Icons: the line icons of the window, drawn in the colour of the words beside them, sharp at every scale."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from capmap import places

_SIZES = (16, 20, 24, 25, 30, 32, 40, 48)
"""Pixels: 16 and 20 at 100, 125, 150 and 200 %, and what dialogs ask for."""

_DISABLED = 0.4


@lru_cache(maxsize=512)
def icon(name: str, colour: str) -> QIcon:
    """The Lucide icon of that name in a colour ("#rrggbb"); an empty one where there is no such icon."""
    made = QIcon()
    source = _source(name)
    if not source:
        return made
    renderer = QSvgRenderer(QByteArray(recoloured(source, colour).encode()))
    for size in _SIZES:
        made.addPixmap(_drawn(renderer, size, 1.0), QIcon.Mode.Normal)
        made.addPixmap(_drawn(renderer, size, _DISABLED), QIcon.Mode.Disabled)
    return made


def recoloured(source: str, colour: str) -> str:
    """The SVG with every line in this colour."""
    return source.replace("currentColor", colour)


@cache
def _source(name: str) -> str:
    try:
        return places.resource(f"icons/{name}.svg").read_text("utf-8")
    except OSError:
        return ""


def svg(name: str, colour: str) -> str:
    """The text of an icon in a colour, for a style sheet; empty where there is no such icon."""
    return recoloured(_source(name), colour)


def application_icon() -> QIcon:
    """CapMap's own icon."""
    try:
        return QIcon(str(places.resource("icons/capmap.png")))
    except FileNotFoundError:
        return QIcon()


def _drawn(renderer: QSvgRenderer, size: int, opacity: float) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
