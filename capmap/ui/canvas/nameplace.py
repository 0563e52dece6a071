"""NamePlace: where the name of a box stands on the screen and how it is set, read from the drawing itself."""

from __future__ import annotations

import dataclasses

from PySide6.QtGui import QFont

from capmap.drawing.marks import Rect, Text
from capmap.drawing.theme import Theme
from capmap.layout.style import Weight, scaled
from capmap.render import qt
from capmap.ui.canvas.arrangement import Arrangement
from capmap.ui.canvas.overlay import accents_of
from capmap.ui.canvas.viewpoint import Viewpoint

_LEAST_SIZE = 7.0
"""Pixels; smaller names are edited larger than they stand on the map."""

_LEAST_WIDTH = 140.0
"""Pixels; the room that such an enlarged name gets at least."""

_WEIGHTS: dict[Weight, QFont.Weight] = {
    "regular": QFont.Weight.Normal,
    "semibold": QFont.Weight.DemiBold,
    "bold": QFont.Weight.Bold,
}


@dataclasses.dataclass(frozen=True, slots=True)
class NamePlace:
    """Where a name stands, in pixels of the canvas.

    ``left`` and ``baseline`` are of the first line, ``width`` is what lines may take. ``lines`` is the name as the map
    breaks it.
    """

    left: float
    baseline: float
    width: float
    leading: float
    font: QFont
    ink: str
    fill: str
    accent: str
    lines: tuple[str, ...]


def name_place(arrangement: Arrangement, record_id: str, theme: Theme, view: Viewpoint) -> NamePlace | None:
    """Where the name of a box stands; None if the box is not shown."""
    box = arrangement.layout.index.get(record_id)
    if box is None:
        return None
    part = arrangement.layout.rectangle(box)
    marks = [
        mark
        for mark in arrangement.marks(theme, part, 0.0, 0.0, arrangement.layout)
        if isinstance(mark, Rect | Text) and mark.key == record_id
    ]
    shape = next((mark for mark in marks if isinstance(mark, Rect)), None)
    line = next((mark for mark in marks if isinstance(mark, Text)), None)
    if shape is None or line is None:
        return None
    scale, style = view.scale, scaled(arrangement.layout.text_scale)[box.role]
    larger = max(1.0, _LEAST_SIZE / (line.size * scale))
    width = (box.width - 2 * style.padding) * scale
    font = QFont(qt.load_fonts())
    # Qt sets type in whole pixels. Spaced to the exact width, the letters stay where they stand on the map.
    size = line.size * scale * larger
    font.setPixelSize(max(1, round(size)))
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100.0 * size / font.pixelSize())
    font.setWeight(_WEIGHTS[line.weight])
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    corner = view.to_widget(line.x, line.baseline)
    return NamePlace(
        left=corner.x(),
        baseline=corner.y(),
        width=width if larger == 1.0 else max(width, _LEAST_WIDTH),
        leading=style.type.leading * scale * larger,
        font=font,
        ink=line.colour,
        fill=shape.fill or theme.page,
        accent=accents_of(theme).chosen,
        lines=box.lines,
    )
