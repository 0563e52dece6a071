"""Flow: words set from the top of a column downwards, as marks."""

from __future__ import annotations

from collections.abc import Iterator

from capmap.drawing.mapdrawing import CAP_HEIGHT
from capmap.drawing.marks import Line, Mark, Text
from capmap.layout import fonts
from capmap.layout.style import Weight

_LEADING = 1.3
_SHRINK = 0.92

_ARROWS = {"←": (-1.0, 0.0), "→": (1.0, 0.0), "↑": (0.0, -1.0), "↓": (0.0, 1.0)}
"""Signs that the bundled fonts have not: they are drawn."""

_ARROW_WIDTH = 0.86


class Flow:
    """A column from ``x``, ``y``, so wide; ``y`` goes down with what is set. Pixels, all of it."""

    def __init__(self, x: float, y: float, width: float) -> None:
        self.x = x
        self.y = y
        self.width = width
        self.marks: list[Mark] = []

    def skip(self, height: float) -> None:
        """Leave room."""
        self.y += height

    def say(self, text: str, weight: Weight, size: float, colour: str, *, lines: int = 1) -> None:
        """Words in at most so many lines; what does not fit is cut."""
        for line in fonts.wrap(text, weight, size, self.width, lines):
            self.marks.append(Text(self.x, baseline_in(self.y, size * _LEADING, size), line, weight, size, colour))
            self.y += size * _LEADING

    def fit(self, text: str, weight: Weight, size: float, colour: str, *, lines: int, least: float) -> None:
        """The same with type made smaller, down to ``least``, before anything is cut."""
        self.say(text, weight, fitting_size(text, weight, size, self.width, lines, least), colour, lines=lines)


def fitting_size(text: str, weight: Weight, size: float, width: float, lines: int, least: float) -> float:
    """The largest type from ``size`` down to ``least`` that sets a text in so many lines without breaking a word."""
    while size > least and not _fits(text, weight, size, width, lines):
        size = max(size * _SHRINK, least)
    return size


def baseline_in(top: float, height: float, size: float) -> float:
    """The baseline of type whose capitals stand in the middle of a row."""
    return top + (height + CAP_HEIGHT * size) / 2


def keys_width(keys: str, size: float) -> float:
    """How wide the names of keys are set, arrows included."""
    return sum(_ARROW_WIDTH * size if sign in _ARROWS else fonts.width(sign, "bold", size) for sign in keys)


def keys_marks(keys: str, x: float, baseline: float, size: float, colour: str) -> Iterator[Mark]:
    """The names of keys in bold, arrows drawn, from ``x`` to the right."""
    words = ""
    for sign in keys:
        if sign not in _ARROWS:
            words += sign
            continue
        if words:
            yield Text(x, baseline, words, "bold", size, colour)
            x, words = x + fonts.width(words, "bold", size), ""
        yield from _arrow(x + _ARROW_WIDTH * size / 2, baseline - CAP_HEIGHT * size / 2, size, _ARROWS[sign], colour)
        x += _ARROW_WIDTH * size
    if words:
        yield Text(x, baseline, words, "bold", size, colour)


def _arrow(x: float, y: float, size: float, way: tuple[float, float], colour: str) -> Iterator[Mark]:
    """An arrow with its middle here."""
    along, across = (way[0] * size * 0.34, way[1] * size * 0.34), (way[1] * size * 0.24, way[0] * size * 0.24)
    tip = (x + along[0], y + along[1])
    back = (tip[0] - along[0] * 0.75, tip[1] - along[1] * 0.75)
    width = size * 0.11
    yield Line(((x - along[0], y - along[1]), tip), colour, width)
    yield Line(
        ((back[0] + across[0], back[1] + across[1]), tip, (back[0] - across[0], back[1] - across[1])), colour, width
    )


def elided(text: str, weight: Weight, size: float, width: float) -> str:
    """A text in one line of at most so many pixels, its end left out."""
    return fonts.wrap(text, weight, size, max(width, size), 1)[0]


def _fits(text: str, weight: Weight, size: float, width: float, lines: int) -> bool:
    widest = max(fonts.width(word, weight, size) for word in text.split(" "))
    return widest <= width and len(fonts.wrap(text, weight, size, width)) <= lines
