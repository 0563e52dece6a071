"""Answer: what a question about a map gives back, in one shape for window, command line and files."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any, Literal

from capmap.analysis.words import amount
from capmap.model.map import Map
from capmap.model.text import guarded

Value = str | int | float | dt.date | None
ColumnKind = Literal["text", "number", "percent", "money", "date"]


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, and what its values are. Money is a whole number of cents of the answer's currency."""

    name: str
    kind: ColumnKind = "text"


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One row: a value for every column, the ids of the records that it is about (the first is what it is about most),
    and the path of ids that proves it.
    """

    values: tuple[Value, ...]
    records: tuple[str, ...]
    path: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """A question's result: one sentence, the sentences of the page below it, columns and rows."""

    question: str
    sentence: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    story: tuple[str, ...] = ()
    currency: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """The names of the columns as a table shows them: money with its currency."""
        return tuple(
            f"{column.name} ({self.currency})" if column.kind == "money" and self.currency else column.name
            for column in self.columns
        )

    def texts(self, *, cents: bool = True) -> Iterator[tuple[str, ...]]:
        """The values of every row as a person reads them; without ``cents`` money is rounded to whole units."""
        to_the_cent = [
            cents
            and column.kind == "money"
            and any(isinstance(value := row.values[place], int) and value % 100 for row in self.rows)
            for place, column in enumerate(self.columns)
        ]
        for row in self.rows:
            yield tuple(
                _told(value, column, exact)
                for value, column, exact in zip(row.values, self.columns, to_the_cent, strict=True)
            )

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain values for JSON. Money is in units of the currency; dates are ISO texts."""
        return {
            "question": self.question,
            "sentence": self.sentence,
            "story": list(self.story),
            "currency": self.currency,
            "columns": [column.name for column in self.columns],
            "kinds": [column.kind for column in self.columns],
            "rows": [
                {
                    "values": [_plain(value, column) for value, column in zip(row.values, self.columns, strict=True)],
                    "records": list(row.records),
                    "path": list(row.path),
                }
                for row in self.rows
            ],
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """Something that can be asked about a map: its name, what it asks, what it takes as an argument ("" for nothing),
    and the function that answers, given the map, the argument and the day on which it is asked.

    A window calls it by its ``title``, and completes the argument from ``choices`` and from the names of the records of
    these ``kinds``.
    """

    name: str
    asks: str
    takes: str
    answer: Callable[[Map, str, dt.date], Answer]
    title: str = ""
    kinds: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def may_lack(self) -> bool:
        """Whether it can be asked without an argument."""
        return not self.takes or self.takes.startswith("[")

    def lines(self) -> list[str]:
        """The question as a list of questions shows it: with what it takes, and what it asks."""
        return [f"{self.name} {self.takes}".rstrip(), f"    {self.asks}"]

    def ask(self, current: Map, argument: str = "", on: dt.date | None = None) -> Answer:
        """The answer as of a day (None: today). Raises UsageError where the argument says nothing in this map."""
        return self.answer(current, argument.strip(), on or dt.date.today())


def answer_as_text(answer: Answer) -> list[str]:
    """The answer as lines to read: the sentences, then the rows below their headings."""
    lines = [answer.sentence, *answer.story]
    if not answer.rows:
        return lines
    table = [answer.headings, *answer.texts()]
    widths = [max(len(cell) for cell in cells) for cells in zip(*table, strict=True)]
    shown = [place for place, width in enumerate(widths) if any(row[place] for row in table[1:]) and width]
    numeric = [column.kind in ("number", "percent", "money") for column in answer.columns]
    return [
        *lines,
        "",
        *(
            "  ".join(
                row[place].rjust(widths[place]) if numeric[place] else row[place].ljust(widths[place])
                for place in shown
            ).rstrip()
            for row in table
        ),
    ]


def answer_as_csv(answer: Answer) -> str:
    """The rows as comma separated text under a line of column names. Numbers are bare, for a spreadsheet to reckon
    with; a text that begins with = + - @ is quoted against being taken for a formula.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(answer.headings)
    for row in answer.rows:
        writer.writerow(_cell(value, column) for value, column in zip(row.values, answer.columns, strict=True))
    return target.getvalue()


def _told(value: Value, column: Column, to_the_cent: bool) -> str:
    if value is None:
        return ""
    if column.kind == "money" and isinstance(value, int):
        return amount(value if to_the_cent else round(value / 100) * 100, to_the_cent=to_the_cent)
    if column.kind == "percent" and isinstance(value, int | float):
        return f"{value:.0f} %"
    return f"{value:,g}" if isinstance(value, int | float) else str(value)


def _plain(value: Value, column: Column) -> str | int | float | None:
    if isinstance(value, dt.date):
        return value.isoformat()
    if column.kind == "money" and isinstance(value, int):
        return value // 100 if value % 100 == 0 else value / 100
    return value


def _cell(value: Value, column: Column) -> str:
    if value is None:
        return ""
    if column.kind == "money" and isinstance(value, int):
        return amount(value, to_the_cent=True).replace(",", "")
    if isinstance(value, str):
        return guarded(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
