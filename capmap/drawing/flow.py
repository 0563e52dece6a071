"""Flow: blocks of strips that run down the columns of a page and on to the next."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from capmap.drawing.answertable import Strip
from capmap.drawing.marks import Mark

_TOO_MUCH_WHITE = 0.3
"""A block goes on in the next column of a page rather than leave this part of a column empty."""


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """Strips that stay together where they can. ``key`` says what they are about."""

    key: str
    strips: tuple[Strip, ...]

    @property
    def height(self) -> float:
        """All strips together."""
        return sum(strip.height for strip in self.strips)


@dataclasses.dataclass(frozen=True, slots=True)
class Laid:
    """A strip at its place: page from 0, and x and y in points of the page; ``first`` of its block."""

    key: str
    page: int
    x: float
    y: float
    strip: Strip
    first: bool

    def marks(self) -> Iterator[Mark]:
        """The marks at their place."""
        yield from self.strip.at(self.x, self.y)


@dataclasses.dataclass(frozen=True, slots=True)
class Columns:
    """So many columns of a width, ``gap`` points apart, from ``left`` and ``top`` down to ``bottom``."""

    left: float
    top: float
    bottom: float
    width: float
    gap: float
    count: int

    @classmethod
    def across(cls, left: float, top: float, right: float, bottom: float, gap: float, wanted: float) -> Columns:
        """As many columns as there is room for when each should be about ``wanted`` points wide."""
        count = max(1, int((right - left + gap) / (wanted + gap)))
        return cls(left, top, bottom, (right - left - gap * (count - 1)) / count, gap, count)

    def _may_break(self, block: Block, column: int, y: float) -> bool:
        """Whether a block that does not fit below ``y`` begins there all the same."""
        whole = self.bottom - self.top
        on_this_page = (column + 1) % self.count != 0
        return block.height > whole or (on_this_page and self.bottom - y > _TOO_MUCH_WHITE * whole)

    def laid(self, blocks: Iterable[Block]) -> list[Laid]:
        """All strips at their places. A block is broken only where much of a column would stay empty, a strip
        never, and one that heads others is not left alone at the foot.
        """
        found: list[Laid] = []
        column, y = 0, self.top
        for block in blocks:
            full = y > self.top and y + block.height > self.bottom
            if full and not self._may_break(block, column, y):
                column, y = column + 1, self.top
            for number, strip in enumerate(block.strips):
                if y > self.top and y + _with_next(block.strips, number) > self.bottom:
                    column, y = column + 1, self.top
                page, place = divmod(column, self.count)
                x = self.left + place * (self.width + self.gap)
                found.append(Laid(block.key, page, x, y, strip, not number))
                y += strip.height
        return found


def _with_next(strips: Sequence[Strip], number: int) -> float:
    """The height of a strip, and of those that it heads."""
    height = strips[number].height
    while strips[number].heads and number + 1 < len(strips):
        number += 1
        height += strips[number].height
    return height
