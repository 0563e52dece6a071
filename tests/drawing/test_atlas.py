"""Atlas: every capability has a card and an entry of the index, and every page number is right."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from large import large

from capmap.document import opened
from capmap.drawing.atlas import READABLE, Book, atlas
from capmap.drawing.marks import Drawing, Region, Text
from capmap.drawing.paper import paper_named
from capmap.drawing.slides import smallest_name
from capmap.lens.builtin import default_lens
from capmap.model.map import Map

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "sample_maps").glob("[chn]*[!y].capmap"))
DATE = dt.date(2026, 11, 22)


def made(current: Map, paper: str = "A4") -> list[Drawing]:
    return atlas(Book(current, default_lens(current), paper_named(paper), "landscape", DATE))


def regions(pages: list[Drawing]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, page in enumerate(pages, 1):
        for mark in page.marks:
            if isinstance(mark, Region) and mark.key:
                found.setdefault(mark.key, []).append(number)
    return found


def texts(page: Drawing) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, Text)]


def entries(page: Drawing) -> dict[str, int]:
    """Where the links of a page lead, and the number that stands at the end of their line."""
    found: dict[str, int] = {}
    marks = page.marks
    for place, mark in enumerate(marks):
        if isinstance(mark, Region) and mark.url and mark.level == 0:
            for other in marks[place:]:
                if isinstance(other, Text) and other.anchor == "end":
                    if other.text.isdecimal():
                        found[mark.url[1:]] = int(other.text)
                    break
    return found


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda sample: sample.stem)
def sample(request: pytest.FixtureRequest) -> tuple[Map, list[Drawing]]:
    with opened(request.param, read_only=True) as document:
        return document.map, made(document.map)


def test_every_capability_has_one_card(sample: tuple[Map, list[Drawing]]) -> None:
    current, pages = sample
    where = regions(pages)
    assert all(len(where[f"card-{box.id}"]) == 1 for box in current.walk())


def test_index_and_contents_tell_the_right_pages(sample: tuple[Map, list[Drawing]]) -> None:
    current, pages = sample
    where = regions(pages)
    begin = where["index"][0]
    listed: dict[str, int] = {}
    for page in pages[begin - 1 :]:
        listed |= entries(page)
    wanted = {f"card-{box.id}": where[f"card-{box.id}"][0] for box in current.walk() if not box.alias_of}
    assert listed == wanted
    contents = entries(pages[0])
    assert contents["index"] == begin
    assert all(where[goal][0] == number for goal, number in contents.items())


def test_every_link_leads_somewhere(sample: tuple[Map, list[Drawing]]) -> None:
    _, pages = sample
    where = regions(pages)
    for page in pages:
        for mark in page.marks:
            if isinstance(mark, Region) and mark.url:
                assert mark.url[1:] in where


def test_pages_are_numbered(sample: tuple[Map, list[Drawing]]) -> None:
    _, pages = sample
    for number, page in enumerate(pages, 1):
        assert any(text.endswith(f"page {number} of {len(pages)}") for text in texts(page)), number


def test_names_on_maps_can_be_read_and_no_text_leaves_its_page(sample: tuple[Map, list[Drawing]]) -> None:
    _, pages = sample
    for page in pages:
        assert smallest_name(page) >= READABLE
        for mark in page.marks:
            if isinstance(mark, Text):
                assert 0 <= mark.x <= page.width
                assert 0 <= mark.baseline <= page.height


def test_a_card_tells_scores_services_projects_and_money() -> None:
    with opened(SAMPLES[-1], read_only=True) as document:
        current, pages = document.map, made(document.map)
    said = " ".join(text for page in pages for text in texts(page))
    box = next(box for box in current.walk() if box.maturity and box.target and current.links_to(box.id))
    assert f"{box.maturity}, target {box.target}" in said
    assert "a year to run" in said
    for link in current.links_to(box.id):
        assert str(getattr(current[link.source], "name", "")).split()[0] in said


def test_a_dense_map_shows_fewer_levels_and_its_branches_on_pages_of_their_own() -> None:
    pages = made(large(7, 9, 14), "A5")
    assert min(smallest_name(page) for page in pages) >= READABLE


def test_an_empty_map_has_contents_and_an_overview() -> None:
    assert len(made(Map())) == 2


def test_the_same_map_gives_the_same_atlas() -> None:
    current = large(3, 3, 3)
    assert made(current) == made(current.snapshot())
