"""Theme: the colours of everything on a map that is not a lens, for paper and for light and dark screens."""

from __future__ import annotations

import dataclasses
from functools import cache

DARK_INK = "#1d2430"
LIGHT_INK = "#ffffff"


@dataclasses.dataclass(frozen=True, slots=True)
class Theme:
    """Colours ("#rrggbb").

    ``container_fills`` alternate with the level, so that a container shows inside another; ``plain_fills`` colour
    leaves by level where no lens does. An *unknown* leaf is one that nobody has assessed.
    """

    name: str
    page: str
    ink: str
    quiet_ink: str
    rule: str
    area_fill: str
    area_edge: str
    area_ink: str
    container_fills: tuple[str, ...]
    container_edge: str
    container_ink: str
    plain_fills: tuple[str, ...]
    unknown_fill: str
    unknown_edge: str
    service_fill: str
    project_fill: str

    def container_fill(self, level: int) -> str:
        """The fill of a container that stands on this level (2 below an area)."""
        return self.container_fills[level % len(self.container_fills)]

    def plain_fill(self, level: int) -> str:
        """The fill of a leaf on this level when no lens colours it."""
        return self.plain_fills[min(level, len(self.plain_fills)) - 1]


PAPER = Theme(
    name="paper",
    page="#ffffff",
    ink=DARK_INK,
    quiet_ink="#5d6878",
    rule="#c6ccd5",
    area_fill="#ffffff",
    area_edge="#c3cad4",
    area_ink=DARK_INK,
    container_fills=("#f4f6f9", "#e9edf2"),
    container_edge="#dde2e9",
    container_ink="#3b4556",
    plain_fills=("#c9d8ec", "#d5e1f1", "#dfe8f4", "#e7eef7"),
    unknown_fill="#ffffff",
    unknown_edge="#98a2b1",
    service_fill="#ffffff",
    project_fill=DARK_INK,
)

LIGHT = dataclasses.replace(PAPER, name="light", page="#eef0f3", quiet_ink="#586373", rule="#d5dae1")

DARK = Theme(
    name="dark",
    page="#12161d",
    ink="#f3f5f8",
    quiet_ink="#9aa5b5",
    rule="#2c3442",
    area_fill="#1a202a",
    area_edge="#313a49",
    area_ink="#f3f5f8",
    container_fills=("#222a36", "#2a3341"),
    container_edge="#343e4e",
    container_ink="#c5cdd9",
    plain_fills=("#31425c", "#35465f", "#3a4b63", "#3f5067"),
    unknown_fill="#1d2430",
    unknown_edge="#6d7a8e",
    service_fill="#f3f5f8",
    project_fill="#0b0e13",
)

THEMES: dict[str, Theme] = {theme.name: theme for theme in (PAPER, LIGHT, DARK)}


def luminance(colour: str) -> float:
    """The relative luminance of "#rrggbb" as WCAG 2.2 defines it, 0 for black and 1 for white."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2.2, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@cache
def ink_on(fill: str) -> str:
    """Dark or white ink, whichever reads better on the fill."""
    return DARK_INK if contrast(fill, DARK_INK) >= contrast(fill, LIGHT_INK) else LIGHT_INK


@cache
def edge_of(fill: str, ground: str) -> str:
    """The colour of a thin edge that keeps a box apart from a ground of nearly its own colour; "" where none is
    needed.
    """
    return mixed(fill, ink_on(fill), 0.16) if contrast(fill, ground) < 1.25 else ""


@cache
def mixed(base: str, other: str, part: float) -> str:
    """``part`` (0 to 1) of the other colour in the base colour."""
    channels = (round(int(base[at : at + 2], 16) * (1 - part) + int(other[at : at + 2], 16) * part) for at in (1, 3, 5))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
