"""Every palette can be read: text on each step, and neighbouring steps by colour-blind eyes and on a grey printer."""

from __future__ import annotations

import itertools
import math

import pytest

from capmap.drawing.theme import DARK_INK, LIGHT_INK, contrast, ink_on, luminance
from capmap.lens.builtin import LENSES
from capmap.lens.eyes import as_seen
from capmap.lens.palettes import PALETTES, Palette

# Machado, Oliveira and Fernandes 2009, full severity, on linear light.
EYES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
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
}
APART = 6.9
"""CIEDE2000. Two large fields side by side are told apart from about 2."""

LIGHTNESS_APART = 9.0
"""CIE L*, of 100."""

Lab = tuple[float, float, float]


def linear(colour: str) -> tuple[float, ...]:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)


def seen(colour: str, eye: str) -> Lab:
    """CIE Lab (D65) of the colour as this eye sees it."""
    light = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(part * value for part, value in zip(row, light, strict=True)))) for row in EYES[eye]
    )
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else t * 841 / 108 + 4 / 29 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: Lab, other: Lab) -> float:
    """CIEDE2000 (Sharma, Wu and Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_chroma = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    stretch = 1 + 0.5 * (1 - math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7)))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    mean = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    weight = (
        1
        - 0.17 * math.cos(math.radians(mean - 30))
        + 0.24 * math.cos(math.radians(2 * mean))
        + 0.32 * math.cos(math.radians(3 * mean + 6))
        - 0.20 * math.cos(math.radians(4 * mean - 63))
    )
    by_lightness = (l2 - l1) / (1 + 0.015 * (lightness - 50) ** 2 / math.sqrt(20 + (lightness - 50) ** 2))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = hue / (1 + 0.015 * chroma * weight)
    rotation = -math.sin(math.radians(60 * math.exp(-(((mean - 275) / 25) ** 2))))
    rotation *= 2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    return math.sqrt(by_lightness**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue)


def test_the_distance_agrees_with_published_pairs() -> None:
    # Rows 1, 7 and 17 of the test data that Sharma, Wu and Dalal published with the formula.
    assert distance((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert distance((50.0, 0.0, 0.0), (50.0, -1.0, 2.0)) == pytest.approx(2.3669, abs=1e-4)
    assert distance((50.0, 2.5, 0.0), (73.0, 25.0, -18.0)) == pytest.approx(27.1492, abs=1e-4)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_text_reads_well_on_every_step(palette: Palette) -> None:
    for colour in palette.colours:
        assert contrast(colour, ink_on(colour)) >= 4.5, f"{colour} carries neither {DARK_INK} nor {LIGHT_INK}"


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_neighbouring_steps_stay_apart_for_every_eye(palette: Palette, eye: str) -> None:
    for one, other in itertools.pairwise(palette.colours):
        assert distance(seen(one, eye), seen(other, eye)) >= APART, f"{one} and {other}"


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_neighbouring_steps_stay_apart_in_grey(palette: Palette) -> None:
    for one, other in itertools.pairwise(palette.colours):
        assert abs(seen(one, "usual")[0] - seen(other, "usual")[0]) >= LIGHTNESS_APART, f"{one} and {other}"


def test_the_default_tells_bad_from_good_even_in_grey() -> None:
    greys = [seen(colour, "usual")[0] for colour in PALETTES["terracotta"].colours]
    assert all(abs(one - other) >= LIGHTNESS_APART for one, other in itertools.combinations(greys, 2))


@pytest.mark.parametrize("eye", EYES)
def test_all_categories_differ_for_every_eye(eye: str) -> None:
    colours = PALETTES["categories"].colours
    for one, other in itertools.combinations(colours, 2):
        assert distance(seen(one, eye), seen(other, eye)) >= 12, f"{one} and {other}"


def test_sequential_palettes_run_from_light_to_dark() -> None:
    for palette in PALETTES.values():
        if palette.kind == "sequential":
            lights = [luminance(colour) for colour in palette.colours]
            assert lights == sorted(lights, reverse=True)


def test_shades_keep_the_ends_of_a_scale() -> None:
    palette = PALETTES["blues"]
    assert palette.shades(5) == palette.colours
    assert palette.shades(2) == (palette.colours[0], palette.colours[-1])
    assert palette.shades(1) == (palette.colours[-1],)
    assert len(set(PALETTES["categories"].shades(7))) == 7
    assert PALETTES["categories"].shades(8)[-1] == PALETTES["categories"].colours[0]


COUNTS = range(2, 8)
STEPS_APART, STEPS_LIGHTNESS = 6.0, 7.5
"""The same as above for scales of six and seven steps, whose colours stand closer."""


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_text_reads_well_on_every_step_of_every_scale(palette: Palette, count: int) -> None:
    shades = palette.shades(count)
    assert len(shades) == count
    assert all(contrast(colour, ink_on(colour)) >= 4.5 for colour in shades)


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_neighbours_stay_apart_on_scales_of_any_length(palette: Palette, count: int) -> None:
    for one, other in itertools.pairwise(palette.shades(count)):
        for eye in EYES:
            assert distance(seen(one, eye), seen(other, eye)) >= STEPS_APART, f"{one} and {other} for {eye}"
        grey = abs(seen(one, "usual")[0] - seen(other, "usual")[0])
        assert grey >= STEPS_LIGHTNESS, f"{one} and {other} in grey"


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_colours_for_other_eyes_are_shown_as_they_are_reckoned_here(palette: Palette) -> None:
    for colour in palette.colours:
        for eye in EYES:
            assert distance(seen(as_seen(colour, eye), "usual"), seen(colour, eye)) < 0.8
        grey = as_seen(colour, "grey")
        assert len({grey[1:3], grey[3:5], grey[5:7]}) == 1
        assert seen(grey, "usual")[0] == pytest.approx(seen(colour, "usual")[0], abs=0.6)


def test_every_lens_colours_its_steps_from_a_palette() -> None:
    known = {colour for palette in PALETTES.values() for colour in palette.colours}
    assert {step.fill for lens in LENSES.values() for step in lens.steps} <= known
