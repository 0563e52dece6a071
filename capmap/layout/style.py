"""Style: the distances and type sizes of a map at 100 %, in points, on a rhythm of four."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from functools import lru_cache
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

_SEEN_FROM_NEAR = 150
_LARGEST_TEXT_SCALE = 3.3
_GROWTH = 0.58


def text_scale_for(boxes: int) -> float:
    """How large the type of a map of so many boxes is set against its distances.

    1 for a map that a screen or wall shows at 100 %. A map of many boxes is seen from afar or printed small; there air
    between the boxes costs legible text.
    """
    if boxes <= _SEEN_FROM_NEAR:
        return 1.0
    return min(_LARGEST_TEXT_SCALE, round(math.pow(boxes / _SEEN_FROM_NEAR, _GROWTH), 2))


@lru_cache(maxsize=64)
def scaled(text_scale: float) -> Mapping[Role, BoxStyle]:
    """The style with every type size multiplied by ``text_scale``."""
    return {
        role: dataclasses.replace(
            style,
            type=TypeStyle(style.type.weight, style.type.size * text_scale, style.type.leading * text_scale),
        )
        for role, style in STYLE.items()
    }
