"""Languages: the same boxes at the same places in every language, every name whole."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from large import large

from capmap.drawing.facts import measure
from capmap.drawing.marks import Drawing, Region, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.drawing.poster import poster
from capmap.drawing.saying import SPOKEN, said, said_date, said_heat
from capmap.lens.builtin import LENSES
from capmap.lens.lens import apply
from capmap.model.map import Map

DATE = dt.date(2026, 11, 22)
LONG = {"Claims": "Leistungsfallbearbeitung", "Policy": "Vertragsverwaltung", "Group": "Zusammenstellung"}


def translated() -> Map:
    """A map with longer names in German and shorter ones in Chinese; one box has no German name."""
    current = large(3, 3, 4)
    records = []
    for number, box in enumerate(current.walk()):
        german = " ".join(LONG.get(word, word) for word in box.name.split()) + " und Steuerung"
        texts = {"zh": {"name": box.name.split()[0][:3]}, **({} if number == 7 else {"de": {"name": german}})}
        records.append(dataclasses.replace(box, translations=texts))
    return Map(records)


def page(current: Map, language: str | None) -> Drawing:
    return compose(current, LENSES["plain"], paper=paper_named("A3"), language=language, date=DATE)


def places(drawing: Drawing) -> list[tuple[object, ...]]:
    return [
        (mark.key, mark.x, mark.y, mark.width, mark.height)
        for mark in drawing.marks
        if isinstance(mark, Region) and mark.level > 0
    ]


def names(drawing: Drawing) -> dict[str, str]:
    found: dict[str, str] = {}
    for mark in drawing.marks:
        if isinstance(mark, Text) and mark.key:
            found[mark.key] = f"{found.get(mark.key, '')} {mark.text}".strip()
    return found


def test_boxes_stand_at_the_same_place_in_every_language() -> None:
    current = translated()
    pages = [page(current, language) for language in (None, "de", "zh", "de-CH")]
    assert all(places(each) == places(pages[0]) for each in pages)
    assert all(measure([each]).clipped_labels == 0 for each in pages)


def test_names_are_those_of_the_language_and_else_the_own() -> None:
    current = translated()
    shown = names(page(current, "de"))
    for number, box in enumerate(current.walk()):
        wanted = box.name if number == 7 else box.translations["de"]["name"]
        assert shown[box.id].replace(" ", "") == wanted.replace(" ", "")


def test_a_poster_has_one_layout_for_all_languages_too() -> None:
    current = translated()
    made = [
        poster(current, LENSES["plain"], paper=paper_named("A4"), columns=2, rows=2, language=language, date=DATE)
        for language in (None, "de", "zh")
    ]
    for others in made[1:]:
        assert [places(sheet) for sheet in others.pages] == [places(sheet) for sheet in made[0].pages]
        assert measure(others.pages[1:]).clipped_labels == 0


def test_a_map_in_one_language_is_laid_out_for_it_alone() -> None:
    current = large(2, 2, 3)
    assert places(page(current, "de")) == places(page(current, None))


@pytest.mark.parametrize(
    ("language", "page_words", "date"),
    [
        ("en", "page 1 of 1", "22 November 2026"),
        ("de", "Seite 1 von 1", "22. November 2026"),
        ("fr-CH", "page 1 sur 1", "22 novembre 2026"),
        ("es", "página 1 de 1", "22 de noviembre de 2026"),
        ("zh", "page 1 of 1", "22 November 2026"),
    ],
)
def test_words_around_the_map_are_in_its_language(language: str, page_words: str, date: str) -> None:
    drawing = page(large(2, 2, 2), language)
    texts = [mark.text for mark in drawing.marks if isinstance(mark, Text)]
    assert any(text.endswith(page_words) for text in texts)
    assert any(text.endswith(date) for text in texts)


@pytest.mark.parametrize("language", SPOKEN[1:])
def test_every_built_in_lens_is_told_whole(language: str) -> None:
    current = large(2, 2, 2)
    leaves = [box.id for box in current.walk() if not current.has_children(box.id)]
    scored = Map(
        dataclasses.replace(
            box, maturity=1 + number % 3, target=4, importance=4, expectation=5, confidence=2, category="core"
        )
        if number % 4
        else box
        for number, box in enumerate(current.walk())
    )
    for lens in LENSES.values():
        heat = said_heat(language, apply(lens, scored, leaves))
        assert "capabilit" not in heat.story
        assert " are " not in heat.story
        for entry, own in zip(heat.lens.steps, lens.steps, strict=True):
            assert entry.fill == own.fill
            assert entry.label == said(language, own.label)


def test_an_unknown_word_stays_as_it_is() -> None:
    assert said("de", "A lens of one's own") == "A lens of one's own"
    assert said_date("xx", DATE) == "22 November 2026"
