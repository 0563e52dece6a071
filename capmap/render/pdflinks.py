"""Pdflinks: the regions of a page that lead somewhere when they are clicked."""

from __future__ import annotations

from collections.abc import Sequence

from capmap.drawing.marks import Drawing, Region
from capmap.render.links import Links, Place, outside
from capmap.render.pdffile import PdfFile, Raw, text


class Annotations:
    """The links of one page. ``first`` is the number of the first, once they have numbers."""

    def __init__(self, drawing: Drawing, links: Links, page: int) -> None:
        self._height = drawing.height
        self._links = links
        self._page = page
        self._found: list[tuple[Region, Place | str]] = []
        self._key = 0
        self.first = 0

    def add(self, region: Region) -> bool:
        """Whether the address of a region leads somewhere; it is kept then."""
        target = self._links.place(region.url, self._page) or outside(region.url)
        if target:
            self._found.append((region, target))
        return bool(target)

    def reserve(self, file: PdfFile, key: int) -> None:
        """Take numbers for the links; ``key`` is where the structure knows the first."""
        self.first, self._key = file.reserve(len(self._found)), key

    def entry(self) -> Raw | None:
        """What the page says of its links."""
        if not self._found:
            return None
        return Raw(f"[{' '.join(f'{self.first + place} 0 R' for place in range(len(self._found)))}]".encode())

    def write(self, file: PdfFile, pages: Sequence[int], heights: Sequence[float]) -> None:
        """Write the links, when the numbers and heights of all pages are known."""
        bodies: list[str] = []
        for place, (region, target) in enumerate(self._found):
            left, top = region.x, self._height - region.y
            frame = f"{left:.2f} {top - region.height:.2f} {left + region.width:.2f} {top:.2f}"
            if isinstance(target, Place):
                x, y = target.region.x, heights[target.page] - target.region.y
                where = f"/Dest[{pages[target.page]} 0 R/XYZ {x:.2f} {y:.2f} null]"
                told = target.region.title
            else:
                where, told = f"/A<</S/URI/URI<{target.encode('utf-8', 'replace').hex()}>>>", target
            bodies.append(
                f"<</Type/Annot/Subtype/Link/Rect[{frame}]/Border[0 0 0]/F 4/Contents{text(told)}"
                f"/StructParent {self._key + place}{where}>>"
            )
        file.put(self.first, bodies)
