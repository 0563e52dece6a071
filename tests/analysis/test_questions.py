"""Every question, asked of the sample maps and through the command line, as a person would."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from linked import ask, cell, column, row_of

from capmap.analysis import QUESTIONS, Answer, answer_as_csv, answer_as_text
from capmap.cli import run
from capmap.document import opened
from capmap.model.map import Map
from capmap.model.records import Objective, Project, Provider, Service, Unit
from capmap.places import sample_map

SAMPLES = ("harbour-insurance", "city-of-lindenburg", "nordvik-hospital", "cross-industry")
INSURER = sample_map("harbour-insurance.capmap")

CLUMSY = re.compile(
    r"\b1 (?:capabilities|services|units|projects|objectives|demands|providers|pairs|boxes|owners)\b"
    r"|\b(?:[02-9]|\d\d+) (?:capability|service|unit|project|objective|demand|provider|pair|owner)\b"
    r"|None|\[\]|\{|\bEUR 0\b|  |\.\.| ,| \.|\b0 %"
)
"""What no sentence may hold: a wrong number, a value that nobody wrote down, nothing as a sum, slips of punctuation."""


def sample(name: str) -> Map:
    with opened(sample_map(f"{name}.capmap"), read_only=True) as document:
        return document.map


@pytest.fixture(scope="module", params=SAMPLES)
def organisation(request: pytest.FixtureRequest) -> Map:
    return sample(request.param)


@pytest.fixture(scope="module")
def insurer() -> Map:
    return sample("harbour-insurance")


def asked(current: Map) -> Iterator[tuple[str, str]]:
    """Every question with every argument that makes sense in this map."""
    for record_class in (Service, Provider, Unit):
        yield from (("impact", record.id) for record in current.all(record_class))
    for linked in (Project, Service, Objective):
        yield from (("touches", record.id) for record in list(current.all(linked))[:8])
    yield from (("cost", group) for group in ("", "area", "unit 2027", "provider", "driver 2024"))
    boxes = [box.id for box in current.walk()][:60]
    yield from (("cost", box) for box in boxes[:12])
    yield from (("why", box) for box in boxes)
    yield from (("overlap", what) for what in ("", "services", "capabilities", "units"))
    yield from (("timeline", when) for when in ("", "2020-05-01", "2029-01-01", "2026", "2025-07..2028-06", "1980"))
    yield ("coverage", "")


def test_every_answer_holds_together_and_reads_well(organisation: Map) -> None:
    reasons = {box.reason for box in organisation.capabilities}
    for question, argument in asked(organisation):
        answer = ask(organisation, question, argument)
        place = (question, argument)
        assert answer.question == question, place
        assert answer.sentence.endswith("."), place
        for sentence in (answer.sentence, *answer.story):
            if sentence not in reasons:
                assert not CLUMSY.search(sentence), (*place, sentence)
                assert sentence[:1] == sentence[:1].upper(), (*place, sentence)
        for row in answer.rows:
            assert len(row.values) == len(answer.columns), place
            assert row.path or row.records == (), place
            assert all(record_id in organisation for record_id in (*row.records, *row.path)), place
        assert len(list(csv.reader(io.StringIO(answer_as_csv(answer))))) == len(answer.rows) + 1, place
        json.dumps(answer.as_dict())
        assert answer_as_text(answer)[0] == answer.sentence


def test_every_question_has_an_answer_in_an_empty_map() -> None:
    for question in ("cost", "coverage", "overlap", "timeline"):
        answer = ask(Map(), question)
        assert answer.sentence
        assert not CLUMSY.search(answer.sentence)


# -- the stories that the insurer's map was written to tell ------------------------------------------------


def named(current: Map, answer: Answer, what: str) -> set[str]:
    return {
        str(name)
        for finding, name in zip(column(answer, "Effect"), column(answer, "Name"), strict=True)
        if finding == what
    }


def test_quote_engine_switched_off(insurer: Map) -> None:
    """By hand, from the links: three services stop without it (broker portal, direct hub, aggregator gateway), two only
    degrade; Quotation goes on, for Broker Portal stops but Vehicle & Address Data fits with 4.
    """
    answer = ask(insurer, "impact", "Quote Engine")
    services = {row.records[0]: row.values[0] for row in answer.rows if row.values[1] == "service"}
    by_code = {insurer.one(Service, service).code: effect for service, effect in services.items()}
    assert by_code == {
        "S18": "stops",
        "S14": "stops",
        "S15": "stops",
        "S19": "stops",
        "S13": "degrades",
        "S16": "degrades",
    }
    assert {"Aggregator Trading", "Broker Enablement", "Rate Deployment"} <= named(insurer, answer, "stops")
    assert "Quotation" in named(insurer, answer, "degrades")
    assert answer.sentence == "If Quote Engine stops, 8 capabilities stop and 14 more degrade."
    assert any("EUR 2,316,000 a year to run" in sentence for sentence in answer.story)  # 786 + 561 + 742 + 227 thousand


def test_money_of_the_insurer_adds_up(insurer: Map) -> None:
    whole = sum(service.run_cost or 0 for service in insurer.all(Service))
    for group in ("", "area", "unit", "provider", "driver"):
        answer = ask(insurer, "cost", group)
        assert sum(column(answer, "Run cost a year")) == whole
        assert sum(column(answer, "Both")) == sum(column(answer, "Run cost a year")) + sum(
            column(answer, "Change in 2026")
        )


def test_quotation_costs_what_its_services_hand_on(insurer: Map) -> None:
    """By hand: Vehicle & Address Data gives 5 % of 468,000; nobody hands anything on to it."""
    answer = ask(insurer, "cost", "Quotation")
    data = next(row for row in answer.rows if cell(answer, row, "From") == "Vehicle & Address Data")
    assert cell(answer, data, "Run cost a year") == 23_400_00
    assert cell(answer, data, "How") == "5 % of EUR 468,000, its own run cost."


def test_one_archive_instead_of_two_is_found(insurer: Map) -> None:
    """By hand: shares of 95 against 100; the smaller parts are 45 of 95 on Records Archiving, 5 on Claim Settlement, 10
    on Document Intake: 62 %. In money 210,150 + 32,600 + 46,700: the map itself speaks of 300,000.
    """
    answer = ask(insurer, "overlap", "services")
    row = next(row for row in answer.rows if row.values[1:3] == ("Claims File Store", "Document Archive"))
    assert cell(answer, row, "Overlap") == pytest.approx(100 * 45 / 95 + 5 + 10, abs=1)
    assert cell(answer, row, "At stake a year") == 289_450_00
    first = {answer.rows[0].values[1], answer.rows[0].values[2]}
    assert first == {"Agent CRM", "Direct Customer Hub"}
    assert not any("Keel Policy Platform" in row.values[1:3] for row in answer.rows)


def test_ledger_used_after_its_end_is_warned_of(insurer: Map) -> None:
    answer = ask(insurer, "timeline")
    ledger = next(service.id for service in insurer.all(Service) if service.name == "Reinsurance Ledger")
    assert cell(answer, row_of(answer, ledger), "What") == "used after its end"
    assert "Warning: Quillhaven Documents is without a contract." in answer.story


# -- the command line ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["impact", "Hosting & Network"], "If Hosting & Network stops, "),
        (["touches", "P06"], "Keel Property Migration touches directly 6 capabilities"),
        (["cost", "area 2026"], "37 services cost EUR 28,667,000 a year to run"),
        (["coverage"], "15 capabilities without an IT service"),
        (["overlap", "services"], "pairs of services support the same capabilities"),
        (["timeline", "2027"], "From 1 January 2027 to 31 December 2027, 3 services go live"),
        (["why", "Fraud Detection"], "Fraud Detection is 3 below target"),
    ],
)
def test_command_answers_as_text_csv_and_json(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", str(INSURER), *words]) == 0
    assert sentence in capsys.readouterr().out.splitlines()[0]
    assert run(["query", str(INSURER), *words, "--csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert run(["query", str(INSURER), *words, "--json"]) == 0
    facts: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert sentence in facts["sentence"]
    assert len(rows) == len(facts["rows"]) + 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["impact", "Ancor Policy Mainframe"], "Near it: Anchor Policy Mainframe (S01)"),
        (["impact"], "Say which service, provider or unit is meant"),
        (["touches", "One Custmer"], "Near it: One Customer (P11)"),
        (["cost", "Quotaton"], "Near it: Quotation (2.2.3)"),
        (["timeline", "tomorrow"], "is no day and no period"),
        (["why", "9.9"], "There is no capability called “9.9” in this map."),
        (["colour"], "It knows impact, touches, cost, coverage, overlap, timeline, why."),
    ],
)
def test_wrong_words_are_answered_by_one_sentence(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", str(INSURER), *words]) == 2
    printed = capsys.readouterr()
    assert told in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_questions_are_listed_with_what_they_take(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", str(INSURER)]) == 0
    listed = capsys.readouterr().out
    for question in QUESTIONS.values():
        assert f"{question.name} {question.takes}".rstrip() in listed.splitlines()
    assert run(["query", str(INSURER), "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["questions"]) == set(QUESTIONS)


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (["coverage"], set()),
        (["impact", "S18"], set()),
        (["cost", "unit"], set()),
        (["timeline"], set()),
        (["touches", "P06"], {"networkx"}),
        (["overlap", "capabilities"], {"rapidfuzz"}),
    ],
)
def test_slow_libraries_are_loaded_only_for_the_questions_that_need_them(words: list[str], needed: set[str]) -> None:
    program = (
        "import sys\n"
        "from capmap.cli import run\n"
        f"assert run(['query', {str(INSURER)!r}, *{words!r}, '--json']) == 0\n"
        "slow = {'networkx', 'rapidfuzz', 'numpy', 'sqlmodel'}\n"
        "sys.stderr.write(' '.join(sorted(slow & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert set(done.stderr.split()) == needed


ROOT = Path(__file__).resolve().parents[2]
