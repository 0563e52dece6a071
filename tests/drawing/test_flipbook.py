"""The flip-book: a page a day, every box where it was, what is there then, and signs of what has changed since."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capmap.analysis.moments import Tally, happenings
from capmap.drawing.changes import on_boxes, sign_marks
from capmap.drawing.facts import measure
from capmap.drawing.flipbook import MOST_PAGES, flip_book, months_later, page_dates
from capmap.drawing.marks import Drawing, Rect, Region, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.errors import UsageError
from capmap.lens.builtin import LENSES
from capmap.model import edits
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Project, Service, Settings, make

A3 = paper_named("A3")
FIRST, LAST = dt.date(2026, 11, 22), dt.date(2027, 12, 31)


def shop() -> Map:
    records: list[Any] = [
        make(Settings, id="settings", title="Shop", author="Me", attribution="Own survey"),
        make(Capability, id="sell", name="Sell", position=0),
        make(Capability, id="offer", name="Offer", parent="sell", position=0, maturity=2, target=4),
        make(Capability, id="advise", name="Advise", parent="sell", position=1),
        make(Capability, id="run", name="Run", position=1),
        make(Capability, id="pay", name="Pay", parent="run", position=0),
        make(Capability, id="again", name="Offer", parent="run", position=1, alias_of="offer"),
        make(Service, id="old", name="Old Till", live_from="2010-01-01", retired_from="2027-06-30"),
        make(Service, id="new", name="New Till", live_from="2027-05-01"),
        make(Project, id="swap", name="Swap", start="2027-01-15", end="2027-07-31"),
        make(Link, id="a", type="supports", source="old", target="offer"),
        make(Link, id="b", type="supports", source="old", target="advise"),
        make(Link, id="c", type="supports", source="new", target="offer"),
        make(Link, id="d", type="improves", source="swap", target="offer"),
    ]
    return Map(records)


def book(current: Map, every: str = "quarter", **options: Any) -> list[Drawing]:
    return flip_book(current, LENSES["maturity gap"], page_dates(FIRST, LAST, every), paper=A3, **options)


def boxes(page: Drawing) -> list[tuple[str, float, float, float, float]]:
    regions = [mark for mark in page.marks if isinstance(mark, Region) and mark.level]
    return [(mark.key, mark.x, mark.y, mark.width, mark.height) for mark in regions]


def words(page: Drawing) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, Text)]


def foot(page: Drawing) -> str:
    """The sentence below the map."""
    said = words(page)
    start = next(place for place, text in enumerate(said) if text.startswith(("Since", "On ")))
    end = said.index("Maturity gap", start)
    return " ".join(said[start:end])


def test_a_page_a_quarter_and_no_box_moves() -> None:
    pages = book(shop())
    assert [page.title for page in pages] == [
        f"Shop · {date}"
        for date in (
            "22 November 2026",
            "22 February 2027",
            "22 May 2027",
            "22 August 2027",
            "22 November 2027",
            "31 December 2027",
        )
    ]
    assert all(boxes(page) == boxes(pages[0]) for page in pages)
    assert measure(pages).clipped_labels == 0


def test_the_foot_says_what_has_changed_since_the_page_before() -> None:
    pages = book(shop())
    assert foot(pages[0]) == "On 22 November 2026: 1 service is used, no projects run."
    assert foot(pages[1]) == "Since 22 November 2026: 1 project starts, in 1 box. Swap starts on 15 January 2027."
    assert foot(pages[2]) == "Since 22 February 2027: 1 service begins, in 1 box. New Till goes live on 1 May 2027."
    assert foot(pages[3]) == (
        "Since 22 May 2027: 1 service leaves, 1 project ends, in 2 boxes. "
        "Old Till ends on 30 June 2027; Swap ends on 31 July 2027. "
        "Old Till is used after its end, in 1 box."
    )
    assert foot(pages[4]).startswith("Since 22 August 2027: nothing changes.")
    assert any("page 6 of 6" in text for text in words(pages[5]))


def test_chips_are_those_of_the_day_and_signs_those_of_the_step() -> None:
    pages = book(shop())

    def on(page: Drawing, key: str) -> list[str]:
        said = [mark.text for mark in page.marks if isinstance(mark, Text) and mark.key == key]
        return [text for text in said if text.isdecimal()]

    assert [on(page, "offer") for page in pages[:4]] == [["1"], ["1", "1"], ["2", "1"], ["1"]]
    assert [on(page, "advise") for page in pages[:4]] == [["1"], ["1"], ["1"], []]
    signs = [[text for text in words(page) if text[0] in "+\N{MINUS SIGN}" and text[1:].isdecimal()] for page in pages]
    assert signs == [[], ["+1", "+1"], ["+1", "+1"], ["−2", "−1", "−2"], [], []], "a reference shows what its box does"


def test_signs_of_hidden_boxes_stand_on_the_box_that_hides_them() -> None:
    current = shop()
    found = happenings(current, FIRST, LAST)
    assert on_boxes(found, {"offer": 0, "advise": 0, "sell": 0, "again": 0}, current) == {
        "offer": Tally(2, 2),
        "again": Tally(2, 2),
        "advise": Tally(0, 1),
    }
    assert on_boxes(found, {"sell": 0}, current) == {"sell": Tally(2, 2)}, "each service and project once"
    assert measure(book(current, depth=1)).clipped_labels == 0


@pytest.mark.parametrize("found", [Tally(1, 0), Tally(0, 12), Tally(120, 3_000)])
def test_signs_stand_side_by_side_at_the_corner(found: Tally) -> None:
    marks = [mark for mark in sign_marks(100.0, 50.0, found, 1.0) if isinstance(mark, Rect)]
    assert len(marks) == bool(found.more) + bool(found.fewer)
    assert all(mark.x + mark.width < 100 and mark.y < 50 < mark.y + mark.height for mark in marks)
    for one, other in itertools.pairwise(marks):
        assert one.x + one.width < other.x


def test_many_changes_are_told_as_far_as_there_is_room() -> None:
    current = shop()
    for number in range(60):
        current.apply(
            edits.create(current, make(Service, name=f"A service with a long name {number:02}", live_from="2027-01-31"))
        )
    page = book(current)[1]
    assert "61 more" not in foot(page)
    assert "more." in foot(page)
    lines = {round(mark.baseline) for mark in page.marks if isinstance(mark, Text) and "long name" in mark.text}
    assert len(lines) <= 2
    assert measure([page]).clipped_labels == 0


dates = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))


@given(dates, st.integers(0, 40), st.sampled_from(["quarter", "half", "year"]))
def test_pages_begin_with_the_first_day_and_end_with_the_last(first: dt.date, months: int, every: str) -> None:
    last = months_later(first, months)
    found = page_dates(first, last, every)
    assert (found[0], found[-1]) == (first, last)
    assert found == sorted(set(found))
    assert all(0 < (after - before).days <= 366 for before, after in itertools.pairwise(found))


def test_times_that_make_no_book_are_refused() -> None:
    with pytest.raises(UsageError, match=r"ends .* before it begins"):
        page_dates(LAST, FIRST, "year")
    with pytest.raises(UsageError, match=f"more than {MOST_PAGES} pages"):
        page_dates(dt.date(1900, 1, 1), LAST, "quarter")
    assert months_later(dt.date(2027, 11, 30), 3) == dt.date(2028, 2, 29)
    assert months_later(dt.date(9999, 12, 31), 3).year == 9999


def test_a_page_of_another_day_says_so_and_counts_what_is_there_then() -> None:
    current = shop()
    page = compose(current, LENSES["maturity gap"], paper=A3, date=FIRST, moment=dt.date(2027, 8, 1))
    assert "IT services and projects on 1 August 2027" in words(page)
    offer = [mark.text for mark in page.marks if isinstance(mark, Text) and mark.key == "offer"]
    assert offer == ["Offer", "1"]
    present = compose(current, LENSES["maturity gap"], paper=A3, date=FIRST)
    assert [mark.text for mark in present.marks if isinstance(mark, Text) and mark.key == "offer"] == [
        "Offer",
        "2",
        "1",
    ]
    assert "Me · 22 November 2026" in words(present)
