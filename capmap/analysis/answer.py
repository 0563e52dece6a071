"""Answer: what a question about a map gives back, in one shape for window, command line and files."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Callable
from typing import Any

from capmap.model.map import Map

Value = str | int | float | None


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One row: a value for every column, the ids of the records that it is about, and the path of ids that proves
    it.
    """

    values: tuple[Value, ...]
    records: tuple[str, ...]
    path: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The values as a person reads them."""
        return tuple(
            "" if value is None else f"{value:g}" if isinstance(value, float) else str(value) for value in self.values
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """A question's result: one sentence, the names of the columns, and the rows."""

    question: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain values for JSON."""
        return {
            "question": self.question,
            "sentence": self.sentence,
            "columns": list(self.columns),
            "rows": [
                {"values": list(row.values), "records": list(row.records), "path": list(row.path)} for row in self.rows
            ],
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """Something that can be asked about a map. ``ask`` takes the map and the argument ("" for none)."""

    name: str
    asks: str
    ask: Callable[[Map, str], Answer]


def answer_as_csv(answer: Answer) -> str:
    """The rows as comma separated text under a line of column names; a leading = + - @ is quoted against
    spreadsheets.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow(f"'{text}" if text[:1] in "=+-@\t\r" and text else text for text in row.texts)
    return target.getvalue()
