"""Palettes: the colours of the steps of a scale, chosen so that they can be read by everyone and on any printer.

Every step carries dark or white text with a contrast of at least 4.5, and neighbouring steps stay apart under
deuteranopia, protanopia, tritanopia and in grey; ``tests/lens/test_palettes.py`` computes all of it. In the diverging
palettes the two ends differ in lightness too, so that a black-and-white print still tells them apart.
"""

from __future__ import annotations

import dataclasses
from typing import Literal

PaletteKind = Literal["diverging", "sequential", "categorical"]


@dataclasses.dataclass(frozen=True, slots=True)
class Palette:
    """Named colours ("#rrggbb"): from bad over neutral to good, from little to much, or one a category."""

    name: str
    kind: PaletteKind
    colours: tuple[str, ...]

    def shades(self, count: int) -> tuple[str, ...]:
        """``count`` colours, spread over the palette where it is a scale and taken from the front where it is not.

        A categorical palette starts again when there are more categories than colours.
        """
        last = len(self.colours) - 1
        if self.kind == "categorical":
            return tuple(self.colours[index % (last + 1)] for index in range(count))
        if count == 1:
            return (self.colours[last],)
        return tuple(self.colours[round(index * last / (count - 1))] for index in range(count))


PALETTES: dict[str, Palette] = {
    palette.name: palette
    for palette in (
        Palette("terracotta", "diverging", ("#ba4831", "#e59a6b", "#fde9c7", "#9ed7ca", "#47a092")),
        Palette("orange and blue", "diverging", ("#b5531e", "#e89d57", "#f9f0e1", "#aad1f1", "#4898ce")),
        Palette("purple and green", "diverging", ("#774d91", "#b296c9", "#f4eff6", "#afdaaa", "#63a066")),
        Palette("brick and steel", "diverging", ("#ac3e3b", "#df9379", "#f7f0e5", "#acd2e2", "#4898be")),
        Palette("greys", "diverging", ("#505a68", "#89919d", "#acb2bb", "#d0d5dc", "#f5f7f9")),
        Palette("blues", "sequential", ("#f2f7fc", "#b8d8f3", "#79b8e8", "#3b98d5", "#00659f")),
        Palette("teals", "sequential", ("#ecf9f5", "#a9dfd2", "#71c0b1", "#3c9f96", "#006c6b")),
        Palette("plums", "sequential", ("#fbf4fb", "#e8cce8", "#d2a3d3", "#b97bbb", "#85468a")),
        Palette("ambers", "sequential", ("#fff6e1", "#fad58e", "#f0a754", "#dd763e", "#a03f2e")),
        Palette(
            "categories",
            "categorical",
            ("#f9c45d", "#599ed7", "#e8ebf1", "#eb6d85", "#c1f5c3", "#55688c", "#a1912f"),
        ),
    )
}
"""All palettes by name; the first is the default of every gap."""
