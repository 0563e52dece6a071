"""Proof: the same page in the colours that others see, and each colour told by a number."""

from __future__ import annotations

import dataclasses
import datetime as dt

from sketched import sketched_map

from capmap.drawing.boxtree import box_tree
from capmap.drawing.marks import Drawing, Line, Rect, Region, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import paper_named
from capmap.drawing.proof import numbered, seen_by, with_proofs
from capmap.drawing.theme import contrast
from capmap.lens.builtin import LENSES
from capmap.lens.eyes import EYES, as_seen

LENS = LENSES["maturity gap"]


def page() -> Drawing:
    return compose(sketched_map(), LENS, paper=paper_named("A4"), date=dt.date(2026, 11, 22))


def colours(drawing: Drawing) -> set[str]:
    found: set[str] = set()
    for mark in drawing.marks:
        if isinstance(mark, Rect):
            found |= {mark.fill, mark.stroke}
        elif isinstance(mark, Text | Line):
            found.add(mark.colour)
    return found - {""}


def test_pages_come_again_for_every_eye() -> None:
    first = page()
    found = with_proofs([first, first])
    assert found[:2] == [first, first]
    assert len(found) == 2 * len(EYES)
    assert len({each.title for each in found}) == len(EYES)


def test_only_colours_differ_below_the_label() -> None:
    first = page()
    for eye in EYES[1:]:
        proof = seen_by(first, eye)
        assert colours(dataclasses.replace(proof, marks=proof.marks[2:])) == {
            as_seen(colour, eye) for colour in colours(first)
        }
        for before, after in zip(first.marks, proof.marks[2:], strict=True):
            assert type(before) is type(after)
            if isinstance(before, Text) and isinstance(after, Text):
                assert (before.text, before.x, before.baseline) == (after.text, after.x, after.baseline)


def test_a_grey_proof_is_grey() -> None:
    grey = seen_by(page(), "grey")
    for colour in colours(dataclasses.replace(grey, marks=grey.marks[2:])):
        assert colour[1:3] == colour[3:5] == colour[5:7]


def test_each_assessed_leaf_and_its_colour_in_the_legend_have_the_same_number() -> None:
    drawing = numbered(page(), LENS)
    fills = {step.fill: number for number, step in enumerate(LENS.steps, 1)}
    numbers = {box.region.key: [text.text for text in box.others if isinstance(text, Text) and text.text.isdigit()
                                and text.anchor == "start"] for box in box_tree(drawing).walk()}  # fmt: skip
    quote = next(box for box in box_tree(drawing).walk() if box.region.key == "quote")
    assert numbers["quote"] == [str(fills[quote.shape.fill])]
    assert numbers["brand"] == []
    foot = [mark for mark in drawing.marks if isinstance(mark, Text) and not mark.key and mark.text in "12345"]
    assert sorted(mark.text for mark in foot if mark.anchor == "middle" and mark.weight == "bold")[:5] == list("12345")


def test_numbers_can_be_read_on_their_colour() -> None:
    drawing = numbered(page(), LENS)
    added = set(drawing.marks) - set(page().marks)
    assert added
    fills = [step.fill for step in LENS.steps]
    for mark in added:
        assert isinstance(mark, Text)
        assert any(contrast(mark.colour, fill) >= 4.5 for fill in fills)


def test_a_lens_without_steps_has_no_numbers() -> None:
    first = compose(sketched_map(), LENSES["plain"], paper=paper_named("A4"), date=dt.date(2026, 11, 22))
    assert numbered(first, LENSES["plain"]) == first


def test_nothing_in_a_proof_leads_anywhere() -> None:
    marks = (Region(0, 0, 10, 10, "a", "A", 1, "#b"),)
    assert all(not mark.url for mark in seen_by(Drawing(9, 9, "", marks), "grey").marks if isinstance(mark, Region))
