"""Answerfiles: an answer written into a file: pages to read, a workbook, comma separated values."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from capmap.analysis import QUESTIONS
from capmap.analysis.answer import Answer, Column, Value, answer_as_csv
from capmap.analysis.proof import proof
from capmap.drawing.paper import Orientation, Paper
from capmap.errors import UsageError
from capmap.model.map import Map

TABLES = (".xlsx", ".csv")
PAGES = (".pdf", ".svg", ".png")
SUFFIXES = (*PAGES, *TABLES)
"""The endings of files that an answer can be written into."""


def write_answer(
    answer: Answer,
    current: Map,
    target: Path,
    date: dt.date,
    *,
    paper: Paper | None = None,
    orientation: Orientation | None = None,
) -> list[Path]:
    """Write an answer about a map, asked as of a day, in the format that the ending names; returns what was written.

    Raises UsageError for an ending that is none of SUFFIXES, OutputError where the file cannot be written.
    """
    suffix = target.suffix.lower()
    if suffix == ".xlsx":
        _write_workbook(answer, current, target, date)
        return [target]
    if suffix == ".csv":
        from capmap.saving import replacing

        with replacing(target) as file:
            # The mark at the start tells Excel that the text is UTF-8.
            file.write(answer_as_csv(answer).encode("utf-8-sig"))
        return [target]
    if suffix not in PAGES:
        raise UsageError(
            f"CapMap writes an answer as {' '.join(SUFFIXES)}, not as {suffix or 'a file without ending'}."
        )
    from capmap import render
    from capmap.drawing.answerpage import answer_pages

    title = title_of(answer)
    pages = answer_pages(answer, current, title=title, date=date, paper=paper, orientation=orientation)
    return render.write(pages, target, author=current.settings.author, created=date)


def title_of(answer: Answer) -> str:
    """What a page or a sheet calls the question of an answer."""
    question = QUESTIONS.get(answer.question)
    return question.title if question is not None else answer.question


def _write_workbook(answer: Answer, current: Map, target: Path, date: dt.date) -> None:
    """The rows with their proof on one sheet, the sentences on another."""
    from capmap.exchange.workbook import Sheet, write_workbook

    kinds = [(heading, column.kind) for heading, column in zip(answer.headings, answer.columns, strict=True)]
    rows = [
        (
            *(_in_units(value, column) for value, column in zip(row.values, answer.columns, strict=True)),
            proof(current, row.path),
        )
        for row in answer.rows
    ]
    words = [answer.sentence, *answer.story]
    said = [(sentence,) for sentence in words]
    told = Sheet("In words", [(f"{title_of(answer)}, as of {date.isoformat()}", "text")], said)
    write_workbook(target, [Sheet(title_of(answer), [*kinds, ("Path", "text")], rows), told])


def _in_units(value: Value, column: Column) -> Value:
    """Cents as units of the currency."""
    return value / 100 if column.kind == "money" and isinstance(value, int) else value
