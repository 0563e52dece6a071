"""KeySheet: all keys of the present mode on a card above the room's screen."""

from __future__ import annotations

from capmap.drawing.marks import Mark, Rect, Text
from capmap.layout import fonts
from capmap.ui.present.flow import keys_marks
from capmap.ui.present.keys import SHEET
from capmap.ui.present.stagelook import StageLook

_TYPE, _ROW, _TITLE = 25.0, 50.0, 58.0
_PADDING, _GAP = 52.0, 48.0
_KEYS = 170.0
"""Pixels for the keys of a line; what they do stands behind."""


def sheet_marks(look: StageLook, width: float, height: float, unit: float) -> list[Mark]:
    """The card in the middle of a screen of so many pixels, a column a group; smaller where the screen is narrow."""
    words = max(fonts.width(line.words, "regular", _TYPE) for group in SHEET for line in group.lines)
    column = _KEYS + words
    across = column * len(SHEET) + _GAP * (len(SHEET) - 1) + 2 * _PADDING
    down = _TITLE + max(len(group.lines) for group in SHEET) * _ROW + 2 * _PADDING - _TYPE
    scale = min(unit, width * 0.96 / across, height * 0.96 / down)
    left, top = (width - across * scale) / 2, (height - down * scale) / 2
    marks: list[Mark] = [
        Rect(left, top, across * scale, down * scale, look.side, look.rule, 2 * scale, 16 * scale),
    ]
    for place, group in enumerate(SHEET):
        x = left + (_PADDING + place * (column + _GAP)) * scale
        baseline = top + (_PADDING + _TYPE) * scale
        marks.append(Text(x, baseline, group.title, "bold", 30 * scale, look.ink))
        baseline += _TITLE * scale
        for line in group.lines:
            marks += keys_marks(line.keys, x, baseline, _TYPE * scale, look.ink)
            marks.append(Text(x + _KEYS * scale, baseline, line.words, "regular", _TYPE * scale, look.quiet))
            baseline += _ROW * scale
    return marks
