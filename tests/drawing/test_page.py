"""A page: title block, map in the frame, and a foot that explains it; nothing is cut on any paper."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from sketched import sketched_map

from capmap.drawing.facts import measure
from capmap.drawing.languages import translated_names
from capmap.drawing.marks import Drawing, Mark, Rect, Region, Text
from capmap.drawing.page import compose, written_date
from capmap.drawing.paper import PAPERS, paper_named
from capmap.layout import fonts
from capmap.lens.builtin import LENSES
from capmap.model import edits
from capmap.model.map import Map

DATE = dt.date(2026, 11, 22)


def page(current: Map, paper: str = "A3", lens: str = "maturity gap", **options: object) -> Drawing:
    return compose(current, LENSES[lens], paper=paper_named(paper), date=DATE, **options)  # type: ignore[arg-type]


def part(drawing: Drawing, key: str) -> list[Mark]:
    """The marks of the title block, the map or the foot."""
    starts = {
        mark.key: index for index, mark in enumerate(drawing.marks) if isinstance(mark, Region) and mark.level == 0
    }
    assert list(starts) == ["page-head", "page-map", "page-foot"]
    ends = dict(itertools.pairwise([*starts, "end"]))
    stop = starts.get(ends[key], len(drawing.marks))
    return list(drawing.marks[starts[key] : stop])


def texts(marks: list[Mark]) -> list[str]:
    return [mark.text for mark in marks if isinstance(mark, Text)]


def settled(current: Map, **values: object) -> Map:
    current.apply(edits.settings(current, **values))
    return current


def extent(text: Text) -> tuple[float, float]:
    width = fonts.width(text.text, text.weight, text.size)
    left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    return left, left + width


def test_title_block_says_what_whose_and_when() -> None:
    drawing = page(settled(sketched_map(), subtitle="As we see it", author="Enterprise Architecture"))
    assert texts(part(drawing, "page-head")) == [
        "Harbour",
        "As we see it",
        "Maturity gap, as-is",
        "Enterprise Architecture · 22 November 2026",
    ]
    assert drawing.title == "Harbour"


def test_foot_explains_colours_with_counts_and_tells_the_story() -> None:
    said = texts(part(page(sketched_map()), "page-foot"))
    assert said[0] == "Maturity gap"
    assert said[1:3] == ["3 or more below target", "(1)"]
    assert said[said.index("on target") + 1] == "(1)", "a reference is not counted a second time"
    assert said[said.index("not assessed") + 1] == "(1)"
    assert "IT services" in said
    assert "projects" in said
    assert said[-1] == "1 of 3 capabilities is 2 or more below target; 1 is not assessed · page 1 of 1"


def test_a_legend_explains_only_what_is_drawn() -> None:
    current = sketched_map()
    current.apply(edits.remove(current, ["l0", "l1", "l3", "l4"]))
    said = texts(part(page(current, lens="plain"), "page-foot"))
    assert said == ["n", "projects", "3 capabilities · page 1 of 1"]


def test_the_map_fills_the_frame_exactly() -> None:
    for paper in ("A3", "A4", "16:9", "1200x300mm"):
        drawing = page(sketched_map(), paper, orientation=None)
        frame = next(mark for mark in drawing.marks if isinstance(mark, Region) and mark.key == "page-map")
        boxes = [mark for mark in drawing.marks if isinstance(mark, Region) and mark.level > 0]
        assert min(box.x for box in boxes) == pytest.approx(frame.x, abs=0.5)
        assert min(box.y for box in boxes) == pytest.approx(frame.y, abs=0.5)
        assert max(box.x + box.width for box in boxes) == pytest.approx(frame.x + frame.width, abs=0.5)
        assert max(box.y + box.height for box in boxes) == pytest.approx(frame.y + frame.height, abs=0.5)


LONG = "A very long title of a map that somebody wrote in one go without thinking of the paper " * 2


@pytest.mark.parametrize("title", ["Short", LONG.strip(), "Donaudampfschifffahrtsgesellschaftskapitän" * 4])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_nothing_is_cut_on_any_paper(paper: str, orientation: str, title: str) -> None:
    current = settled(sketched_map(), title=title, subtitle=title, author="An office with a long name " * 5)
    current = settled(current, attribution="Capabilities from a catalogue under a licence that wants to be named. " * 4)
    drawing = page(current, paper, orientation=orientation)
    head, foot = part(drawing, "page-head"), part(drawing, "page-foot")
    for mark in (*head, *foot):
        if isinstance(mark, Text):
            left, right = extent(mark)
            assert left >= 0
            assert right <= drawing.width
            assert 0 < mark.baseline < drawing.height
    frame = next(mark for mark in drawing.marks if isinstance(mark, Region) and mark.key == "page-map")
    assert frame.height > drawing.height * 0.3, "the map is what the page is for"
    assert max(mark.baseline for mark in head if isinstance(mark, Text)) < frame.y
    assert min(mark.baseline for mark in foot if isinstance(mark, Text)) > frame.y + frame.height
    assert "".join("".join(texts(head)).split()).startswith("".join(title.split()))
    assert measure([drawing]).clipped_labels == 0


def test_texts_of_the_title_block_and_foot_do_not_touch_one_another() -> None:
    for paper, orientation in itertools.product(("A5", "A4", "A3", "16:9"), ("landscape", "portrait")):
        drawing = page(settled(sketched_map(), author="Somebody", attribution="Data"), paper, orientation=orientation)
        for key in ("page-head", "page-foot"):
            marks = [mark for mark in part(drawing, key) if isinstance(mark, Text)]
            for one, other in itertools.combinations(marks, 2):
                if abs(one.baseline - other.baseline) < max(one.size, other.size) * 0.7:
                    (left, right), (others_left, others_right) = extent(one), extent(other)
                    assert right <= others_left + 0.01 or others_right <= left + 0.01, (one.text, other.text)


def test_a_branch_is_named_by_its_path() -> None:
    drawing = page(sketched_map(), root="direct")
    assert texts(part(drawing, "page-head"))[:2] == ["Harbour", "Sales & Advice › Direct <sales>"]
    keys = [mark.key for mark in drawing.marks if isinstance(mark, Region) and mark.level > 0]
    assert keys == ["quote", "advice"]


def test_depth_hides_and_counts() -> None:
    drawing = page(sketched_map(), depth=1)
    keys = [mark.key for mark in drawing.marks if isinstance(mark, Region) and mark.level > 0]
    assert keys == ["sales", "run"]
    assert "+4" in texts(part(drawing, "page-map"))
    assert texts(part(drawing, "page-foot"))[-1] == (
        "1 of 2 capabilities is 2 or more below target; 1 is not assessed; closed boxes show the middle of theirs"
        " · page 1 of 1"
    )


def test_attribution_stands_at_the_bottom() -> None:
    foot = part(page(settled(sketched_map(), attribution="From the\ncatalogue, CC BY")), "page-foot")
    last = [mark for mark in foot if isinstance(mark, Text)][-1]
    assert last.text == "From the catalogue, CC BY"
    assert last.baseline == max(mark.baseline for mark in foot if isinstance(mark, Text))


def test_an_empty_map_is_still_a_page() -> None:
    drawing = page(Map())
    assert drawing.title == "Capability map"
    assert texts(part(drawing, "page-foot"))[-1] == "The map is empty · page 1 of 1"
    assert measure([drawing]).boxes == 0


def test_names_stand_in_the_language_asked_for() -> None:
    current = sketched_map()
    current.apply(edits.put(current, "advice", translations={"de": {"name": "Bedarfsanalyse"}}))
    assert translated_names(current, "de") == translated_names(current, "de-CH") == {"advice": "Bedarfsanalyse"}
    assert translated_names(current, None) == translated_names(current, "en") == {}
    drawing = page(current, language="de")
    assert drawing.language == "de"
    assert texts(part(drawing, "page-map")).count("Bedarfsanalyse") == 2
    assert "Quotation" in texts(part(drawing, "page-map"))


def test_the_same_map_gives_the_same_page() -> None:
    assert page(sketched_map()) == page(sketched_map())


def test_larger_paper_has_larger_titles_but_small_paper_not_unreadable_ones() -> None:
    size = {
        paper: next(mark.size for mark in part(page(sketched_map(), paper), "page-foot") if isinstance(mark, Text))
        for paper in ("A5", "A4", "A3", "A0")
    }
    assert size["A3"] == pytest.approx(9.5)
    assert size["A0"] == pytest.approx(9.5 * 2.83, rel=0.01)
    assert size["A4"] > 9.5 / 1.4142
    assert size["A5"] > 5.5


def test_exports_stay_light() -> None:
    fills = {mark.fill for mark in page(sketched_map()).marks if isinstance(mark, Rect)}
    assert "#ffffff" in fills
    assert "#1a202a" not in fills


def test_dates_are_written_out() -> None:
    assert written_date(dt.date(2026, 3, 1)) == "1 March 2026"
