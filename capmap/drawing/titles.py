"""Titles: lines of text that shrink and break until they fit a width, and are never cut."""

from __future__ import annotations

from typing import NamedTuple

from capmap.layout import fonts
from capmap.layout.style import Weight

_SHRINKING = (1.0, 0.9, 0.8, 0.7, 0.62, 0.54, 0.46, 0.38)
_ONE_LINE = 4
"""How many of these sizes are tried on one line before two."""


class SetText(NamedTuple):
    """Lines of text and the type size in points at which they fit."""

    lines: tuple[str, ...]
    size: float


def fit(text: str, weight: Weight, size: float, width: float, lines: int) -> SetText:
    """The text in at most ``lines`` lines of ``width`` points, at ``size`` points or the next smaller that fits.

    One line a little smaller is preferred to two, and lines are made of like length; where nothing fits, the smallest
    size with as many lines as it takes.
    """
    for part in _SHRINKING[:_ONE_LINE]:
        if fonts.width(text, weight, size * part) <= width:
            return SetText((text,), size * part)
    for part in _SHRINKING[1:]:
        broken = fonts.wrap(text, weight, size * part, width)
        if len(broken) <= lines:
            return SetText(_balanced(text, weight, size * part, width, len(broken)), size * part)
    return SetText(fonts.wrap(text, weight, size * _SHRINKING[-1], width), size * _SHRINKING[-1])


def _balanced(text: str, weight: Weight, size: float, width: float, lines: int) -> tuple[str, ...]:
    """The text in so many lines, the longest as short as can be."""
    narrowest = fonts.line_widths(text, weight, lines)
    if len(narrowest) < lines:
        return fonts.wrap(text, weight, size, width)
    return fonts.wrap(text, weight, size, min(narrowest[lines - 1] * size, width))
