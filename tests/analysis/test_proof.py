"""Proof: the path of a row in words, every leg by what really ties its ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from linked import linked

from capmap.analysis import QUESTIONS
from capmap.analysis.proof import legs, proof
from capmap.document import opened
from capmap.model.records import Demand, Project, Provider, Service, Unit

INSURER = Path(__file__).resolve().parents[2] / "sample_maps" / "harbour-insurance.capmap"
ASKED = [
    ("impact", "Quillhaven Documents"),
    ("impact", "unit:Claims"),
    ("touches", "P06"),
    ("cost", ""),
    ("cost", "Quotation"),
    ("coverage", ""),
    ("overlap", ""),
    ("timeline", "2027"),
    ("why", "Quotation"),
]


def test_legs_tell_links_fields_and_places_in_both_directions() -> None:
    current = linked(
        "Sell\n    Advise",
        [
            Provider(id="cloudy", name="Cloudy"),
            Service(id="till", name="Till", provider="cloudy"),
            Project(id="p", name="New till", funding_unit="floor"),
            Unit(id="floor", name="Floor"),
            Demand(id="d", name="Faster", unit="floor", project="p"),
        ],
        [("supports", "till", "advise", {"note": "At the counter."})],
    )
    path = ["cloudy", "till", "advise", "sell", "advise", "till", "cloudy"]
    assert [leg.words for leg in legs(current, path)] == [
        "delivers Till",
        "supports Advise",
        "stands in Sell",
        "holds Advise",
        "is supported by Till",
        "is delivered by Cloudy",
    ]
    assert legs(current, path)[1].note == "At the counter."
    assert proof(current, ["d", "p", "floor"]) == "Faster became New till, which is paid for by Floor."
    assert proof(current, ["floor", "d"]) == "Floor asked for Faster."
    assert proof(current, ["till"]) == proof(current, ["till", "gone"]) == ""


@pytest.mark.parametrize(("question", "argument"), ASKED)
def test_every_row_of_every_answer_is_proved_by_ties_of_the_map(question: str, argument: str) -> None:
    with opened(INSURER, read_only=True) as document:
        current = document.map
        answer = QUESTIONS[question].ask(current, argument)
        assert answer.rows
        for row in answer.rows:
            assert len(legs(current, row.path)) == max(len(row.path) - 1, 0)
            assert "bears on" not in proof(current, row.path)
