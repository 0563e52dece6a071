"""Style: the distances and type sizes of a map at 100 %, in points, on a rhythm of four."""

from __future__ import annotations

import dataclasses
from typing import Literal

from capmap.layout.boxes import Role

Weight = Literal["regular", "semibold", "bold"]


@dataclasses.dataclass(frozen=True, slots=True)
class TypeStyle:
    """How the name of a box is set; sizes and leading (line to line) in points."""

    weight: Weight
    size: float
    leading: float


@dataclasses.dataclass(frozen=True, slots=True)
class BoxStyle:
    """The distances of one role of box: inner margins, the gap between children, the corner radius, all in points."""

    type: TypeStyle
    padding: float
    gap: float
    radius: float
    header_gap: float
    """Between the name of a container and its first row of children."""


STYLE: dict[Role, BoxStyle] = {
    "area": BoxStyle(TypeStyle("bold", 15, 19), padding=12, gap=10, radius=8, header_gap=8),
    "container": BoxStyle(TypeStyle("semibold", 12.5, 16), padding=8, gap=6, radius=6, header_gap=6),
    "leaf": BoxStyle(TypeStyle("regular", 12, 15), padding=8, gap=6, radius=4, header_gap=0),
}
AREA_GAP = 12.0
"""Between top-level boxes."""
