"""The colours of maps read well, in light and dark."""

from __future__ import annotations

import pytest

from capmap.drawing.theme import DARK_INK, LIGHT_INK, THEMES, Theme, contrast, edge_of, ink_on, luminance, mixed


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#0000ff", "#ffffff") == contrast("#ffffff", "#0000ff") == pytest.approx(8.59, abs=0.005)
    assert luminance("#808080") == pytest.approx(0.2159, abs=0.0001)


def test_ink_is_whichever_reads_better() -> None:
    assert ink_on("#ffffff") == DARK_INK
    assert ink_on("#10243a") == LIGHT_INK


def test_an_edge_is_drawn_only_where_a_box_would_melt_into_its_ground() -> None:
    assert edge_of("#ba4831", "#f4f6f9") == ""
    edge = edge_of("#fde8c9", "#f4f6f9")
    assert contrast(edge, "#f4f6f9") > contrast("#fde8c9", "#f4f6f9")


def test_mixing_meets_half_way() -> None:
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert mixed("#102030", "#ffffff", 0.0) == "#102030"


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_text_of_a_theme_reads_well(theme: Theme) -> None:
    grounds = [
        (theme.ink, theme.page),
        (theme.quiet_ink, theme.page),
        (theme.area_ink, theme.area_fill),
        *((theme.container_ink, fill) for fill in theme.container_fills),
        *((ink_on(fill), fill) for fill in (*theme.plain_fills, theme.unknown_fill)),
        *((ink_on(fill), fill) for fill in (theme.service_fill, theme.project_fill)),
    ]
    for ink, ground in grounds:
        assert contrast(ink, ground) >= 4.5, f"{ink} on {ground}"


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_dashed_edge_of_the_unknown_can_be_seen(theme: Theme) -> None:
    assert contrast(theme.unknown_edge, theme.unknown_fill) >= 2.2


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_containers_show_inside_containers_and_any_level_has_a_tint(theme: Theme) -> None:
    assert theme.container_fill(2) != theme.container_fill(3)
    assert theme.plain_fill(1) != theme.plain_fill(2)
    assert theme.plain_fill(40) == theme.plain_fills[-1]
