"""Badges: what stands on the boxes of a room's map: the scores in their corners, the numbers to be typed."""

from __future__ import annotations

from collections.abc import Iterator

from capmap.drawing.mapdrawing import CAP_HEIGHT, first_baseline
from capmap.drawing.marks import Mark, Rect, Text
from capmap.drawing.theme import Theme, ink_on
from capmap.layout import fonts
from capmap.layout.boxes import Box, Layout
from capmap.layout.style import BoxStyle, scaled
from capmap.lens.lens import Heat
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.ui.canvas.viewpoint import Viewpoint
from capmap.ui.present.session import Session
from capmap.ui.present.stagelook import AMBER, AMBER_INK

_SCORES = (1.1, 0.85, 0.7)
"""Sizes of a score, as parts of the type of a name: the largest that the name leaves room for."""

_UNKNOWN = "•"
_NUMBER = 22.0
"""Pixels on a screen of 1,080 rows."""


def scores(layout: Layout, heat: Heat, session: Session, theme: Theme) -> Iterator[Mark]:
    """The scores in the lower right corners of the boxes, in points of the layout, where a name leaves room."""
    if not session.questions:
        return
    style = scaled(layout.text_scale)["leaf"]
    for box in layout.walk():
        if box.children:
            continue
        said = score_of(session, session.map.shown(session.map.capability(box.id)))
        if not said or (box.hidden and said == _UNKNOWN):
            continue
        x, y, width, height = layout.rectangle(box)
        place = _corner(box, style, said, width, height)
        if place is not None:
            step = heat.steps.get(box.id)
            ink = ink_on(heat.lens.steps[step].fill) if step is not None else theme.ink
            baseline, size = place
            yield Text(x + width - style.padding, y + baseline, said, "bold", size, ink, "end", box.id)


def score_of(session: Session, capability: Capability) -> str:
    """The answers of a box as figures: "3", "2 › 5", a dot where nobody has given one."""
    values = [session.value_of(capability, question) for question in session.questions]
    if all(value is None for value in values):
        return _UNKNOWN
    if not all(isinstance(value, int) or value is None for value in values):
        return ""
    return " › ".join("–" if value is None else str(value) for value in values)


def numbers(layout: Layout, current: Map, view: Viewpoint, unit: float) -> Iterator[Mark]:
    """The number of every box on an amber plate at its upper right corner, in pixels."""
    size = _NUMBER * unit
    height = size * 1.5
    for box in layout.walk():
        rect = view.rect(layout.rectangle(box))
        said = number_of(current, box.id)
        width = fonts.width(said, "bold", size) + size * 0.8
        left, top = rect.right() - width, rect.top() - height * 0.55
        yield Rect(left, top, width, height, AMBER, AMBER_INK, 1.5 * unit, size * 0.25)
        baseline = top + (height + CAP_HEIGHT * size) / 2
        yield Text(left + width / 2, baseline, said, "bold", size, AMBER_INK, "middle", box.id)


def number_of(current: Map, record_id: str) -> str:
    """What is typed to go to a box: its code, or its place in the map."""
    code = current.capability(record_id).code
    return code if code and len(code) <= 8 else current.number(record_id)


def _corner(box: Box, style: BoxStyle, said: str, width: float, height: float) -> tuple[float, float] | None:
    """The baseline and the size of the score at the right of a box: below if it can be, else beside the first line of
    the name, smaller where that is needed; None where the name is in the way everywhere.
    """
    first = first_baseline(style)
    last = first + (len(box.lines) - 1) * style.type.leading
    ends = [style.padding + fonts.width(line, style.type.weight, style.type.size) for line in box.lines] or [0.0]
    for share in _SCORES:
        size = style.type.size * share
        free = width - style.padding - fonts.width(said, "bold", size) - 0.35 * size
        low = height - style.padding
        if low - CAP_HEIGHT * size > last + 0.3 * size or ends[-1] <= free:
            return low, size
        if ends[0] <= free:
            return first, size
    return None
