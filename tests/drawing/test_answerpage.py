"""Answerpage: an answer as pages: all words there, nothing over an edge, rows whole, the map with what it is about."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from capmap.analysis import QUESTIONS, Answer, Column, Row
from capmap.analysis.answer import Value
from capmap.document import opened
from capmap.drawing.answerpage import answer_pages
from capmap.drawing.marks import Drawing, Rect, Text
from capmap.drawing.paper import paper_named
from capmap.layout import fonts
from capmap.model.map import Map

INSURER = Path(__file__).resolve().parents[2] / "sample_maps" / "harbour-insurance.capmap"
ON = dt.date(2026, 11, 30)


def asked(question: str, argument: str) -> tuple[Map, Answer]:
    with opened(INSURER, read_only=True) as document:
        return document.map, QUESTIONS[question].ask(document.map, argument, ON)


def pages_of(question: str, argument: str, paper: str = "A4") -> list[Drawing]:
    current, answer = asked(question, argument)
    return answer_pages(answer, current, title="Switch it off", date=ON, paper=paper_named(paper))


def words(page: Drawing) -> str:
    return " ".join(mark.text for mark in page.marks if isinstance(mark, Text))


def test_switching_a_service_off_reads_as_a_page() -> None:
    pages = pages_of("impact", "Quote Engine")
    first = words(pages[0])
    for said in (
        "If Quote Engine stops, 8 capabilities stop and 14 more degrade.",
        "30 November 2026",
        "Among what stops, of importance 4 or 5: Rate Deployment,",
        "Stops 8 capabilities",
        f"Page 1 of {len(pages)}",
        "Harbour Insurance",
    ):
        assert said in first
    assert pages[0].title == "If Quote Engine stops, 8 capabilities stop and 14 more degrade."
    dark = [mark for mark in pages[0].marks if isinstance(mark, Rect) and mark.fill == "#c8553d"]
    assert len(dark) == 8 + 1, "eight boxes that stop, and their key"
    whole = " ".join(map(words, pages))
    _, answer = asked("impact", "Quote Engine")
    assert all(str(row.values[3]) in whole for row in answer.rows if len(str(row.values[3])) < 16)


@pytest.mark.parametrize("paper", ["A4", "A5", "Letter"])
@pytest.mark.parametrize(
    ("question", "argument"),
    [("impact", "Quillhaven Documents"), ("cost", ""), ("overlap", ""), ("why", "Quotation"), ("timeline", "2027")],
)
def test_nothing_reaches_over_an_edge(question: str, argument: str, paper: str) -> None:
    for page in pages_of(question, argument, paper):
        for mark in page.marks:
            if isinstance(mark, Text):
                wide = fonts.width(mark.text, mark.weight, mark.size)
                left = mark.x - {"start": 0.0, "middle": wide / 2, "end": wide}[mark.anchor]
                assert left > 30, mark.text
                assert left + wide < page.width - 30, mark.text
                assert 30 < mark.baseline < page.height - 30, mark.text


def test_a_table_too_wide_for_an_upright_page_lies() -> None:
    assert pages_of("cost", "")[0].width > pages_of("cost", "")[0].height
    assert pages_of("impact", "Quote Engine")[0].width < pages_of("impact", "Quote Engine")[0].height


def made(rows: list[tuple[Value, ...]], story: tuple[str, ...] = ()) -> Answer:
    columns = (Column("Name"), Column("Cost", "money"), Column("Empty"))
    return Answer("cost", "It costs.", columns, tuple(Row((*row, None), ()) for row in rows), story, "EUR")


def test_a_long_table_ends_with_how_much_is_left_out(small_map: Map) -> None:
    answer = made([(f"Row {number}", number * 100) for number in range(700)])
    pages = answer_pages(answer, small_map, title="T", date=ON)
    assert "200 more rows" in words(pages[-1])
    assert all("Cost (EUR)" in words(page) for page in pages), "every page repeats the headings"
    assert "Empty" not in words(pages[0])


def test_an_answer_without_rows_and_with_a_long_story_is_pages_too(small_map: Map) -> None:
    assert len(answer_pages(made([]), small_map, title="T", date=ON)) == 1
    story = tuple(f"Sentence {number} says one thing more than the one before it did." for number in range(90))
    pages = answer_pages(made([("A", 1)], story), small_map, title="T", date=ON)
    assert len(pages) > 1
    whole = " ".join(map(words, pages))
    assert all(f"Sentence {number} says" in whole for number in range(90))


def test_an_endless_word_and_marks_of_other_languages_are_broken_not_lost(small_map: Map) -> None:
    answer = made([("x" * 400, 5), ("<b>&%s</b>", 7)])
    pages = answer_pages(answer, small_map, title="T", date=ON)
    assert sum(mark.text.count("x") for page in pages for mark in page.marks if isinstance(mark, Text)) >= 400
    assert "<b>&%s</b>" in words(pages[0])
