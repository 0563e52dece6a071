"""Sheets of paper, found by name or size."""

from __future__ import annotations

import pytest

from capmap.drawing.paper import PAPERS, paper_named
from capmap.errors import UsageError


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("A5", (148, 210)),
        ("A4", (210, 297)),
        ("A3", (297, 420)),
        ("A2", (420, 594)),
        ("A1", (594, 841)),
        ("A0", (841, 1189)),
    ],
)
def test_iso_sheets(name: str, size: tuple[int, int]) -> None:
    paper = paper_named(name)
    assert (paper.width, paper.height) == size


@pytest.mark.parametrize("name", ["a3", " A3 ", "letter", "ansi-b", "ANSIB", "Tabloid", "16:9", "legal"])
def test_names_are_found_however_they_are_spelt(name: str) -> None:
    assert paper_named(name).name.casefold().replace(" ", "") == name.strip().casefold().replace("-", "")


def test_orientation_turns_the_sheet() -> None:
    paper = paper_named("A4")
    assert paper.size("landscape") == pytest.approx((841.89, 595.28), abs=0.01)
    assert paper.size("portrait") == pytest.approx((595.28, 841.89), abs=0.01)
    assert paper.size() == paper.size("portrait")
    assert paper_named("16:9").size("landscape") == pytest.approx((960, 540))
    assert paper_named("16:9").size("portrait") == pytest.approx((540, 960))


@pytest.mark.parametrize("name", ["900x600mm", "900X600", "900 x 600 mm", "900×600mm", "900.0x600"])
def test_own_sizes_stay_as_given(name: str) -> None:
    paper = paper_named(name)
    assert (paper.width, paper.height) == (900, 600)
    assert paper.name == "900x600mm"


@pytest.mark.parametrize("name", ["49x100mm", "100x5081mm", "0x0", "99999x10"])
def test_sizes_no_printer_has_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="50 to 5,080 mm"):
        paper_named(name)


@pytest.mark.parametrize("name", ["A9", "", "big", "-5x10", "10", "10x10x10"])
def test_unknown_names_are_answered_with_the_known_ones(name: str) -> None:
    with pytest.raises(UsageError, match=r"A4.*ANSI E.*900x600mm"):
        paper_named(name)


def test_the_largest_sheet_fits_into_a_pdf() -> None:
    assert max(paper_named("5080x5080mm").size()) <= 14_400.001
    assert all(max(paper.size()) < 14_400 for paper in PAPERS.values())
