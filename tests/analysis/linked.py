"""Maps for the questions, written down in a few words: an outline of boxes, records, links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from capmap.analysis import QUESTIONS, Answer, Row
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Record, Settings

ON = dt.date(2026, 11, 30)
"""The day on which all questions of these tests are asked."""

LinkWords = tuple[str, str, str] | tuple[str, str, str, dict[str, Any]]


def id_of(name: str) -> str:
    """The id that a box of the outline gets: "Pay out" is "pay-out"."""
    return name.casefold().replace(" ", "-")


def linked(outline: str, records: Iterable[Record], links: Iterable[LinkWords], currency: str = "EUR") -> Map:
    """A map with the boxes of an outline (four blanks a level, "Name | field=value"), these records, and these links
    (type, source, target, values).
    """
    made: list[Record] = [Settings(id="settings", currency=currency)]
    parents: list[str] = []
    places: dict[str | None, int] = {}
    for line in outline.strip("\n").splitlines():
        level = (len(line) - len(line.lstrip())) // 4
        name, *values = (part.strip() for part in line.split("|"))
        parents[level:] = [id_of(name)]
        parent = parents[level - 1] if level else None
        place = places.setdefault(parent, 0)
        places[parent] += 1
        fields: dict[str, Any] = {"id": id_of(name), **dict(_field(value) for value in values)}
        made.append(Capability(parent=parent, position=place, name=name, **fields))
    return more(Map(made), records, links)


def more(current: Map, records: Iterable[Record] = (), links: Iterable[LinkWords] = ()) -> Map:
    """The map with further records (a known id: in place of what is there) and links."""
    made: dict[str, Record] = {record.id: record for record in current}
    made |= {record.id: record for record in records}
    for type_, source, target, *values in links:
        key = f"link{len(made)}"
        made[key] = Link(id=key, type=type_, source=source, target=target, **dict(*values))
    return Map(made.values())


def _field(text: str) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    return name, int(value) if value.isdecimal() else value


def ask(current: Map, question: str, argument: str = "", on: dt.date = ON) -> Answer:
    """The answer on the day of these tests."""
    return QUESTIONS[question].ask(current, argument, on)


def row_of(answer: Answer, record_id: str) -> Row:
    """The row that is about this record."""
    (found,) = [row for row in answer.rows if row.records[:1] == (record_id,)]
    return found


def column(answer: Answer, name: str) -> list[Any]:
    """The values of one column."""
    place = [each.name for each in answer.columns].index(name)
    return [row.values[place] for row in answer.rows]


def cell(answer: Answer, row: Row, name: str) -> Any:
    """The value of one column in a row."""
    return row.values[[each.name for each in answer.columns].index(name)]
