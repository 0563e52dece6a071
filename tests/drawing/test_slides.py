"""Slides: one page where names can be read, else a page for every area, and no page of specks."""

from __future__ import annotations

import datetime as dt

from capmap.drawing.boxtree import box_tree
from capmap.drawing.marks import Drawing, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.drawing.slides import READABLE, TOO_SMALL, slides, smallest_name
from capmap.lens.builtin import LENSES
from capmap.model import edits
from capmap.model.edits import Branch
from capmap.model.map import Map


def wide(areas: int, groups: int, leaves: int) -> Map:
    """A map of three levels."""
    current = Map()
    branches = [
        Branch(
            {"name": f"Area {area}"},
            [
                Branch(
                    {"name": f"Group {area}.{group}"},
                    [Branch({"name": f"Leaf number {leaf}"}, []) for leaf in range(leaves)],
                )
                for group in range(groups)
            ],
        )
        for area in range(areas)
    ]
    current.apply(edits.add_branches(current, branches))
    return current


def made(current: Map, depth: int | None = None) -> list[Drawing]:
    def page(root: str | None, levels: int | None, number: tuple[int, int]) -> Drawing:
        return compose(
            current,
            LENSES["plain"],
            paper=paper_named("16:9"),
            depth=levels,
            root=root,
            date=dt.date(2026, 11, 22),
            number=number,
        )

    return slides(current, page, depth=depth)


def test_a_map_that_can_be_read_is_one_page(small_map: Map) -> None:
    assert len(made(small_map)) == 1


def test_a_dense_map_has_a_page_for_every_area() -> None:
    current = wide(6, 4, 6)
    pages = made(current)
    assert smallest_name(pages[0]) < READABLE
    assert [len(list(box_tree(page).walk())) for page in pages] == [6 + 24 + 144, *[4 + 24] * 6]
    assert all(smallest_name(page) >= READABLE for page in pages[1:])
    told = [mark.text for page in pages for mark in page.marks if isinstance(mark, Text) and " · page " in mark.text]
    assert [words.rpartition("page ")[2] for words in told] == [f"{number} of 7" for number in range(1, 8)]


def test_a_map_of_specks_begins_with_fewer_levels() -> None:
    pages = made(wide(12, 12, 12))
    levels = {box.region.level for box in box_tree(pages[0]).walk()}
    assert levels < {1, 2, 3}
    assert all(smallest_name(page) >= TOO_SMALL for page in pages)


def test_no_page_goes_deeper_than_asked() -> None:
    pages = made(wide(12, 12, 12), depth=2)
    assert max(box.region.level for box in box_tree(pages[0]).walk()) <= 2
    assert all({box.region.level for box in box_tree(page).walk()} == {1} for page in pages[1:])
