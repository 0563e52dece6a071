"""Facts: what can be measured on finished drawings, such as their smallest type and how much of them is white."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

from capmap.drawing.legibility import reading_distance
from capmap.drawing.marks import Drawing, Region, Text
from capmap.drawing.slides import smallest_name
from capmap.layout import fonts

_TOLERANCE = 0.5
"""Points by which a text may touch the edge of its box before it counts as clipped."""


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """Figures of one or more pages. Boxes that stand on several count once.

    ``smallest_name_pt`` is the type of the smallest name of a box, 0 without boxes. ``leaf_fill`` is the area of the
    boxes without boxes inside over the area of the map. ``clipped_labels`` counts the texts that reach out of their
    box, ``missing_glyphs`` the characters that no font has, which
    ``missing_characters`` lists; they are drawn as empty boxes.
    """

    boxes: int
    pages: int
    smallest_text_pt: float
    leaf_fill: float
    clipped_labels: int
    missing_glyphs: int
    missing_characters: tuple[str, ...]
    smallest_name_pt: float = 0.0

    @property
    def reading_distance_m(self) -> float:
        """From how many metres all names can be read."""
        return reading_distance(self.smallest_name_pt)

    def as_dict(self) -> dict[str, Any]:
        """The figures for machines, lengths rounded to a hundredth of a point."""
        return {
            "boxes": self.boxes,
            "pages": self.pages,
            "smallest_text_pt": round(self.smallest_text_pt, 2),
            "smallest_name_pt": round(self.smallest_name_pt, 2),
            "reading_distance_m": round(self.reading_distance_m, 2),
            "leaf_fill": round(self.leaf_fill, 3),
            "clipped_labels": self.clipped_labels,
            "missing_glyphs": self.missing_glyphs,
            "missing_characters": list(self.missing_characters),
        }


def measure(drawings: Sequence[Drawing]) -> Facts:
    """The facts of these pages together."""
    texts = [mark for drawing in drawings for mark in drawing.marks if isinstance(mark, Text)]
    leaf_area = map_area = 0.0
    boxes: set[str] = set()
    for drawing in drawings:
        regions = _boxes(drawing)
        boxes.update(region.key for region in regions)
        leaf_area += sum(region.width * region.height for region in _leaves(regions))
        map_area += _extent(regions)
    missing = [character for mark in texts for character in _placeholders(mark)]
    return Facts(
        boxes=len(boxes),
        pages=len(drawings),
        smallest_text_pt=min((mark.size for mark in texts), default=0.0),
        leaf_fill=leaf_area / map_area if map_area else 0.0,
        clipped_labels=sum(_clipped(drawing) for drawing in drawings),
        missing_glyphs=len(missing),
        missing_characters=tuple(sorted(set(missing))),
        smallest_name_pt=min((size for drawing in drawings if (size := smallest_name(drawing, 0.0))), default=0.0),
    )


def _placeholders(text: Text) -> Iterator[str]:
    """The characters drawn as an empty box; joiners and variation marks without a glyph take no room and no box."""
    lacking = fonts.missing(text.text)
    if lacking:
        yield from (
            character for character in text.text if character in lacking and fonts.width(character, text.weight, 1)
        )


def _boxes(drawing: Drawing) -> list[Region]:
    """The regions of boxes; title block and foot have level 0."""
    return [mark for mark in drawing.marks if isinstance(mark, Region) and mark.level > 0]


def _leaves(regions: Sequence[Region]) -> Iterator[Region]:
    """In reading order a box has boxes inside exactly when the next one is deeper."""
    for index, region in enumerate(regions):
        if index + 1 == len(regions) or regions[index + 1].level <= region.level:
            yield region


def _extent(regions: Sequence[Region]) -> float:
    """The area of the rectangle that holds all regions."""
    if not regions:
        return 0.0
    width = max(region.x + region.width for region in regions) - min(region.x for region in regions)
    height = max(region.y + region.height for region in regions) - min(region.y for region in regions)
    return width * height


def _clipped(drawing: Drawing) -> int:
    """How many texts reach out of their own box, or off the page where they belong to none."""
    page = Region(0.0, 0.0, drawing.width, drawing.height, "", "")
    regions = {region.key: region for region in _boxes(drawing)}
    return sum(1 for mark in drawing.marks if isinstance(mark, Text) and not _inside(mark, regions.get(mark.key, page)))


def _inside(text: Text, region: Region) -> bool:
    width = fonts.width(text.text, text.weight, text.size)
    left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    return (
        left >= region.x - _TOLERANCE
        and left + width <= region.x + region.width + _TOLERANCE
        and text.baseline - text.size * 0.72 >= region.y - _TOLERANCE
        and text.baseline + text.size * 0.2 <= region.y + region.height + _TOLERANCE
    )
