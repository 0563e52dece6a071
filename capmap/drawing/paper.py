"""Paper: the sheets a map is printed on, by name or by own size."""

from __future__ import annotations

import dataclasses
import re
from typing import Literal

from capmap.errors import UsageError

Orientation = Literal["landscape", "portrait"]

POINTS_PER_MM = 72 / 25.4
SMALLEST_MM, LARGEST_MM = 50.0, 5_080.0
"""Own sizes. The larger is 14,400 points, the longest side a PDF page may have."""


@dataclasses.dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, ``width`` and ``height`` in millimetres as its maker lists them."""

    name: str
    width: float
    height: float

    def size(self, orientation: Orientation | None = None) -> tuple[float, float]:
        """Width and height in points when the sheet lies (landscape) or stands (portrait); None: as it is listed."""
        width, height = self.width * POINTS_PER_MM, self.height * POINTS_PER_MM
        if orientation is not None and (width > height) != (orientation == "landscape"):
            width, height = height, width
        return width, height


def _inches(name: str, width: float, height: float) -> Paper:
    return Paper(name, width * 25.4, height * 25.4)


PAPERS: dict[str, Paper] = {
    sheet.name: sheet
    for sheet in (
        Paper("A5", 148, 210),
        Paper("A4", 210, 297),
        Paper("A3", 297, 420),
        Paper("A2", 420, 594),
        Paper("A1", 594, 841),
        Paper("A0", 841, 1189),
        _inches("Letter", 8.5, 11),
        _inches("Legal", 8.5, 14),
        _inches("Tabloid", 11, 17),
        _inches("ANSI B", 11, 17),
        _inches("ANSI C", 17, 22),
        _inches("ANSI D", 22, 34),
        _inches("ANSI E", 34, 44),
        _inches("16:9", 40 / 3, 7.5),
        _inches("4:3", 10, 7.5),
    )
}

_OWN_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*[x×*]\s*(\d+(?:\.\d+)?)\s*(?:mm)?", re.IGNORECASE)


def paper_named(name: str) -> Paper:
    """The sheet of that name, or of an own size such as "900x600mm"; raises UsageError that says what there is."""
    wanted = name.strip().casefold().replace("-", " ")
    for paper in PAPERS.values():
        if wanted in (paper.name.casefold(), paper.name.casefold().replace(" ", "")):
            return paper
    own = _OWN_SIZE.fullmatch(wanted)
    if own is None:
        raise UsageError(
            f"There is no paper called {name!r}. Choose one of {', '.join(PAPERS)}, or a size such as 900x600mm."
        )
    width, height = float(own[1]), float(own[2])
    if not (SMALLEST_MM <= width <= LARGEST_MM and SMALLEST_MM <= height <= LARGEST_MM):
        raise UsageError(f"Each side of the paper must be {SMALLEST_MM:g} to {LARGEST_MM:,.0f} mm long, not {name}.")
    return Paper(f"{width:g}x{height:g}mm", width, height)
