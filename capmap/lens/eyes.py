"""Eyes: how a colour looks to the colour-blind, and on a printer without colours.

The matrices are those of Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
Deficiency", IEEE TVCG 15 (2009), at full severity, applied to linear light. Grey is the luminance of WCAG 2.2.
"""

from __future__ import annotations

from functools import cache

Row = tuple[float, float, float]

_SEEN: dict[str, tuple[Row, Row, Row]] = {
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}

EYES = ("usual", *_SEEN)
"""The eyes for which a colour can be shown."""


@cache
def as_seen(colour: str, eye: str) -> str:
    """The colour ("#rrggbb") as one of EYES sees it."""
    if eye == "usual":
        return colour
    light = [_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    seen = (sum(part * value for part, value in zip(row, light, strict=True)) for row in _SEEN[eye])
    return "#" + "".join(f"{round(255 * _encoded(min(1.0, max(0.0, value)))):02x}" for value in seen)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(light: float) -> float:
    return float(12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)
