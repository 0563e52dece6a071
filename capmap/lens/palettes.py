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
    """Named colours ("#rrggbb"): from bad over neutral to good, from little to much, or one a category; ``colours``
    are those of five steps.
    """

    name: str
    kind: PaletteKind
    colours: tuple[str, ...]
    six: tuple[str, ...] = ()
    seven: tuple[str, ...] = ()
    """The same for scales of six and seven steps, which need colours of their own to stay apart."""

    def shades(self, count: int) -> tuple[str, ...]:
        """``count`` colours, spread over the palette where it is a scale and taken from the front where it is not.

        A categorical palette starts again when there are more categories than colours.
        """
        for more in (self.six, self.seven):
            if len(more) == count:
                return more
        last = len(self.colours) - 1
        if self.kind == "categorical":
            return tuple(self.colours[index % (last + 1)] for index in range(count))
        if count == 1:
            return (self.colours[last],)
        return tuple(self.colours[round(index * last / (count - 1))] for index in range(count))


PALETTES: dict[str, Palette] = {
    palette.name: palette
    for palette in (
        Palette(
            "terracotta",
            "diverging",
            ("#ba4831", "#e59a6b", "#fde9c7", "#9ed7ca", "#47a092"),
            ("#ba4831", "#d57b53", "#edb185", "#fde9c7", "#8ac9bc", "#47a092"),
            ("#ba4831", "#d77f57", "#f0b78c", "#fde9c7", "#a8d9ca", "#74bbae", "#47a092"),
        ),
        Palette(
            "orange and blue",
            "diverging",
            ("#b5531e", "#e89d57", "#f9f0e1", "#aad1f1", "#4898ce"),
            ("#b5531e", "#d78443", "#f2ba87", "#f9f0e1", "#97c5ea", "#4898ce"),
            ("#b5531e", "#d88444", "#eead71", "#f9f0e1", "#b6d5ef", "#83b7e2", "#4898ce"),
        ),
        Palette(
            "purple and green",
            "diverging",
            ("#774d91", "#b296c9", "#f4eff6", "#afdaaa", "#63a066"),
            ("#774d91", "#a07fb7", "#cab5d9", "#f3eff5", "#9fcd9b", "#63a066"),
            ("#774d91", "#ab8dc2", "#cbb7da", "#f4eff6", "#b5dcb1", "#89bd87", "#63a066"),
        ),
        Palette(
            "brick and steel",
            "diverging",
            ("#ac3e3b", "#df9379", "#f7f0e5", "#acd2e2", "#4898be"),
            ("#ac3e3b", "#cf7763", "#eab39e", "#f6f0e5", "#98c5da", "#4898be"),
            ("#ac3e3b", "#d7856e", "#e9b099", "#f7f0e5", "#b3d5e2", "#80b6d1", "#4898be"),
        ),
        Palette(
            "greys",
            "diverging",
            ("#505a68", "#89919d", "#acb2bb", "#d0d5dc", "#f5f7f9"),
            ("#505a68", "#6c7582", "#8a929e", "#a9afb9", "#ccd1d9", "#f5f7f9"),
            ("#505a68", "#6a7380", "#838c98", "#9ca2ad", "#b5bbc3", "#d3d8de", "#f5f7f9"),
        ),
        Palette(
            "blues",
            "sequential",
            ("#f2f7fc", "#b8d8f3", "#79b8e8", "#3b98d5", "#00659f"),
            ("#f2f7fc", "#c5dff5", "#98c7ed", "#68aee2", "#3692ce", "#00659f"),
            ("#f2f7fc", "#c5def5", "#99c8ed", "#6aafe3", "#3793cf", "#217bb7", "#00659f"),
        ),
        Palette(
            "teals",
            "sequential",
            ("#ecf9f5", "#a9dfd2", "#71c0b1", "#3c9f96", "#006c6b"),
            ("#ecf9f5", "#a4dccf", "#70c0b1", "#4da89e", "#21837e", "#006c6b"),
            ("#ecf9f5", "#ade0d4", "#7dc7b8", "#59b0a4", "#379a92", "#20827d", "#006c6b"),
        ),
        Palette(
            "plums",
            "sequential",
            ("#fbf4fb", "#e8cce8", "#d2a3d3", "#b97bbb", "#85468a"),
            ("#fbf4fb", "#e7cae7", "#cf9ed0", "#ba7dbc", "#9e5fa2", "#85468a"),
            ("#fbf4fb", "#ebd3eb", "#dab3db", "#c994ca", "#b577b7", "#9d5ea1", "#85468a"),
        ),
        Palette(
            "ambers",
            "sequential",
            ("#fff6e1", "#fad58e", "#f0a754", "#dd763e", "#a03f2e"),
            ("#fff6e1", "#fbd794", "#f1a956", "#de783f", "#bc5836", "#a03f2e"),
            ("#fff6e1", "#fbd793", "#f3b464", "#e78e49", "#d56f3c", "#ba5735", "#a03f2e"),
        ),
        Palette(
            "categories",
            "categorical",
            ("#f9c45d", "#599ed7", "#e8ebf1", "#eb6d85", "#c1f5c3", "#55688c", "#a1912f"),
        ),
    )
}
"""All palettes by name; the first is the default of every gap."""
