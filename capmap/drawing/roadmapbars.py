"""Roadmapbars: how the stages of a service and the status of a project look on a roadmap, in colour and in grey.

Every look differs in lightness or in its pattern, so that a black-and-white print tells them apart: a plan is an empty
outline, a pilot is hatched, live is solid, phase-out is striped; a project that runs is solid, one that is only
approved is an outline, one that is proposed a dashed outline.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Literal

from capmap.analysis.lifecycle import LIVE, PHASE_OUT, PILOT, PLAN
from capmap.drawing.marks import Line, Mark, Rect
from capmap.drawing.theme import DARK_INK, LIGHT_INK

Pattern = Literal["", "hatched", "striped"]


@dataclasses.dataclass(frozen=True, slots=True)
class BarLook:
    """Fill, ink and edge of a bar ("#rrggbb"; "" for no edge), its pattern with the colour of its lines, and whether
    its edge is dashed.
    """

    word: str
    fill: str
    ink: str
    edge: str = ""
    pattern: Pattern = ""
    lines: str = ""
    dashed: bool = False


STAGES: dict[str, BarLook] = {
    PLAN: BarLook("planned", "#ffffff", DARK_INK, "#5d6878", dashed=True),
    PILOT: BarLook("pilot", "#f2f7fc", DARK_INK, "#00659f", "hatched", "#79b8e8"),
    LIVE: BarLook("live", "#79b8e8", DARK_INK),
    PHASE_OUT: BarLook("phase-out", "#fad58e", DARK_INK, "#a03f2e", "striped", "#dd763e"),
}
"""The stages of a service's lifecycle in their order."""

STATUSES: dict[str, BarLook] = {
    "done": BarLook("done", "#89919d", DARK_INK),
    "running": BarLook("running", DARK_INK, LIGHT_INK),
    "approved": BarLook("approved", "#ffffff", DARK_INK, DARK_INK),
    "proposed": BarLook("proposed", "#ffffff", DARK_INK, DARK_INK, dashed=True),
    "stopped": BarLook("stopped", "#d0d5dc", DARK_INK, "#505a68", "hatched", "#89919d"),
    "": BarLook("no status", "#d0d5dc", DARK_INK),
}
"""The statuses of a project."""

_DASH = (3.2, 2.2)
_STEP = 4.0


def bar_marks(
    x: float, y: float, width: float, height: float, look: BarLook, scale: float, radius: float = 0.0
) -> Iterator[Mark]:
    """A bar with its upper left corner here; ``scale`` is that of the page."""
    thin = 0.9 * scale
    if look.fill:
        edge = look.edge if not look.pattern and not look.dashed else ""
        yield Rect(x, y, width, height, look.fill, edge, 1.2 * scale, min(radius, width / 2))
    if look.pattern == "hatched":
        yield from _hatching(x, y, width, height, look.lines, scale)
    elif look.pattern == "striped":
        across = x + _STEP * scale
        while across < x + width - thin:
            yield Line(((across, y), (across, y + height)), look.lines, 0.8 * scale)
            across += _STEP * scale
    if look.pattern:
        yield Rect(x, y, width, height, "", look.edge, thin)
    if look.dashed:
        # Two open lines and two ends: a closed dashed line would be taken for the edge of a box.
        dash = tuple(part * scale for part in _DASH)
        half = thin / 2
        top, bottom, left, right = y + half, y + height - half, x + half, x + width - half
        yield Line(((left, bottom), (left, top), (right, top)), look.edge, thin, dash)
        yield Line(((right, top), (right, bottom), (left, bottom)), look.edge, thin, dash)


def _hatching(x: float, y: float, width: float, height: float, colour: str, scale: float) -> Iterator[Line]:
    """Lines that rise to the right, inside the bar alone."""
    step = _STEP * scale
    start = x - height + step
    while start < x + width:
        low = max(start, x)
        high = min(start + height, x + width)
        if high > low:
            yield Line(((low, y + height - (low - start)), (high, y + height - (high - start))), colour, 0.8 * scale)
        start += step
