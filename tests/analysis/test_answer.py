"""Answer: how values read as text, CSV and JSON, and how numbers stand in sentences."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from capmap.analysis import Answer, Column, Row, answer_as_csv, answer_as_text
from capmap.analysis.words import amount, capital, counted, day, listed, money, percentage, plural, rounded

ANSWER = Answer(
    "cost",
    "Two things cost something.",
    (
        Column("Name"),
        Column("Money", "money"),
        Column("Part", "percent"),
        Column("Count", "number"),
        Column("Since", "date"),
        Column("Empty"),
    ),
    (
        Row(("Till", 1_234_567_89, 12.4, 1_000, dt.date(2026, 1, 2), None), ("till",), ("host", "till")),
        Row(("=SUM(A1)", -500_00, None, 2, None, ""), ("odd",)),
    ),
    ("One more sentence.",),
    "EUR",
)


def test_text_is_a_page() -> None:
    assert answer_as_text(ANSWER) == [
        "Two things cost something.",
        "One more sentence.",
        "",
        "Name       Money (EUR)  Part  Count  Since",
        "Till      1,234,567.89  12 %  1,000  2026-01-02",
        "=SUM(A1)       -500.00            2",
    ]
    assert answer_as_text(Answer("x", "Nothing.", (Column("Name"),), ())) == ["Nothing."]


def test_csv_can_be_reckoned_with_and_runs_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(answer_as_csv(ANSWER))))
    assert rows[0] == {
        "Name": "Till",
        "Money (EUR)": "1234567.89",
        "Part": "12.4",
        "Count": "1000",
        "Since": "2026-01-02",
        "Empty": "",
    }
    assert (rows[1]["Name"], rows[1]["Money (EUR)"]) == ("'=SUM(A1)", "-500.00")


def test_json_holds_plain_values_in_units_of_the_currency() -> None:
    facts = ANSWER.as_dict()
    assert facts["columns"] == ["Name", "Money", "Part", "Count", "Since", "Empty"]
    assert facts["kinds"] == ["text", "money", "percent", "number", "date", "text"]
    assert (facts["currency"], facts["story"]) == ("EUR", ["One more sentence."])
    assert facts["rows"][0] == {
        "values": ["Till", 1234567.89, 12.4, 1000, "2026-01-02", None],
        "records": ["till"],
        "path": ["host", "till"],
    }
    assert facts["rows"][1]["values"][1] == -500


def test_whole_amounts_stay_whole_unless_a_neighbour_has_cents() -> None:
    one = Answer("x", "", (Column("Money", "money"),), (Row((100_00,), ()), Row((1_000_00,), ())))
    assert list(one.texts()) == [("100",), ("1,000",)]
    assert one.headings == ("Money",)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (counted(0, "capability"), "no capabilities"),
        (counted(1, "capability"), "1 capability"),
        (counted(1_200, "IT service"), "1,200 IT services"),
        (plural("box"), "boxes"),
        (listed([]), ""),
        (listed(["A"]), "A"),
        (listed(["A", "B"]), "A and B"),
        (listed(["A", "B", "C"]), "A, B and C"),
        (listed(list("ABCDEFG"), 3), "A, B and 5 more"),
        (amount(-1), "-0.01"),
        (money(123_456_00, "CHF"), "CHF 123,456"),
        (money(1, ""), "0.01"),
        (rounded(149, "EUR"), "EUR 1"),
        (percentage(1, 1_000), "under 1 %"),
        (percentage(999, 1_000), "over 99 %"),
        (percentage(1, 1), "100 %"),
        (percentage(1, 0), "0 %"),
        (day(dt.date(2026, 3, 1)), "1 March 2026"),
        (capital("the end"), "The end"),
        (capital(""), ""),
    ],
)
def test_words(told: str, expected: str) -> None:
    assert told == expected
