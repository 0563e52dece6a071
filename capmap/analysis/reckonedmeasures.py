"""Reckoned measures: what a capability costs, and what the answer to a question says of it, read once for a map."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

from capmap.analysis.answer import Answer
from capmap.analysis.costs import NOTHING, Spending, costs
from capmap.analysis.coverage import coverage
from capmap.analysis.impact import impact
from capmap.analysis.measures import Kind, Measured, Proof, Unit, Value
from capmap.analysis.overlap import overlap
from capmap.analysis.timeline import timeline
from capmap.analysis.touches import touches
from capmap.model.lensrules import Measure, RuleRefused
from capmap.model.map import Map
from capmap.model.records import Capability

ASKED: dict[str, Callable[[Map, str, dt.date], Answer]] = {
    "coverage": coverage,
    "impact": impact,
    "overlap": overlap,
    "timeline": timeline,
    "touches": touches,
}
"""The questions whose answers can colour a map."""

TITLES = {
    "coverage": "What hangs on nothing",
    "impact": "Switched off",
    "overlap": "Done twice",
    "timeline": "Changes",
    "touches": "Touched",
}
COLUMNS: dict[str, tuple[str, ...]] = {
    "coverage": ("Finding", ""),
    "impact": ("Effect", ""),
    "overlap": ("", "Overlap", "At stake a year"),
    "timeline": ("", "Date"),
    "touches": ("Step", ""),
}
"""The columns of their answers by which a map can be coloured; "" is whether a capability is named at all."""

NAMED, NOT_NAMED = "named", "not named"
_ID = re.compile(r"[0-9a-f]{32}")
_COST_TITLES = {"run": "Run cost a year", "change": "Cost of change", "both": "Cost"}


def costing(measure: Measure, current: Map, on: dt.date) -> Measured:
    """What each capability costs in the year of that day; of a box with boxes inside what they all cost."""
    reckoned = costs(current, on.year)
    part = _PARTS[measure.field]

    def value_of(current: Map, box: Capability) -> float | None:
        boxes = current.walk(box.id) if current.has_children(box.id) else (box,)
        cents = sum(part(reckoned.capabilities.get(inner.id, NOTHING)) for inner in boxes)
        return cents or None

    def proof(current: Map, box: Capability) -> Iterator[Proof]:
        boxes = current.subtree_ids([box.id])
        for source, spending in sorted(reckoned.sources(boxes).items(), key=lambda item: -part(item[1])):
            record = current.get(source)
            if record is not None and part(spending):
                name = str(getattr(record, "name", source))
                yield name, f"{made.words(part(spending))} of it.", (source, box.id)

    title = _COST_TITLES[measure.field]
    made = Measured(
        title if measure.field == "run" else f"{title} in {on.year}",
        "number",
        value_of,
        "no cost known",
        "money",
        current.settings.currency,
        rises_to_bad=True,
        reads="map",
        proof=proof,
    )
    return made


_PARTS: dict[str, Callable[[Spending], int]] = {
    "run": lambda spending: spending.run,
    "change": lambda spending: spending.change,
    "both": lambda spending: spending.run + spending.change,
}


def asked(measure: Measure, current: Map, on: dt.date) -> Answer:
    """The answer that a measure reads. Raises RuleRefused, and UsageError where the question says so."""
    question = ASKED.get(measure.question)
    if question is None:
        raise RuleRefused(f"This lens asks “{measure.question}”, which this CapMap does not know.")
    if _ID.fullmatch(measure.argument.strip()) and measure.argument.strip() not in current:
        raise RuleRefused("What this lens asks about is no longer in the map.")
    return question(current, measure.argument.strip(), on)


def answered(measure: Measure, current: Map, on: dt.date) -> Measured:
    """What the answer to a question says of each capability that it names: the value in a column of its row (of
    several rows the first word, the largest number), or whether it names the capability at all.
    """
    answer = asked(measure, current, on)
    title = TITLES[measure.question]
    if measure.argument.strip():
        title = f"{title}: {_called(measure.argument, current)}"
    if not measure.field:
        rows = {key: row for row in reversed(answer.rows) for key in row.records}
        named = {key for key in rows if isinstance(current.get(key), Capability)}

        def is_named(current: Map, box: Capability) -> str:
            return NAMED if box.id in named else NOT_NAMED

        return Measured(
            title,
            "words",
            is_named,
            choices=(NAMED, NOT_NAMED),
            rises_to_bad=None if measure.question in ("timeline", "touches") else False,
            reads="map",
            proof=lambda current, box: _told(answer, box),
        )
    place = next((place for place, column in enumerate(answer.columns) if column.name == measure.field), None)
    if place is None:
        columns = ", ".join(column.name for column in answer.columns)
        raise RuleRefused(f"The answer has no column “{measure.field}”; it has {columns}.")
    values = _values(answer, place, current)
    kind, unit = _KINDS.get(answer.columns[place].kind, ("words", ""))

    def value_of(_: Map, box: Capability) -> Value:
        return values.get(box.id)

    words = tuple(dict.fromkeys(value for value in values.values() if isinstance(value, str)))
    return Measured(
        f"{title}, {measure.field.lower()}" if kind != "words" else title,
        kind,
        value_of,
        "nothing found" if measure.question == "coverage" else NOT_NAMED,
        unit,
        current.settings.currency if unit == "money" else "",
        whole=kind == "number"
        and unit != "money"
        and all(float(value).is_integer() for value in values.values() if _is_number(value)),
        choices=words if kind == "words" else (),
        rises_to_bad=kind == "number",
        reads="map",
        proof=lambda current, box: _told(answer, box),
    )


_KINDS: dict[str, tuple[Kind, Unit]] = {
    "number": ("number", ""),
    "percent": ("number", "percent"),
    "money": ("number", "money"),
    "date": ("date", ""),
}


def _values(answer: Answer, place: int, current: Map) -> dict[str, Any]:
    """The value of each capability in a column: of its first row, or the largest. A row is about its first record, or
    about all capabilities that it names where that is none.
    """
    kind = answer.columns[place].kind
    found: dict[str, Any] = {}
    for row in answer.rows:
        value: Any = row.values[place]
        if isinstance(value, dt.date):
            value = value.toordinal()
        if value is None or value == "":
            continue
        boxes = [key for key in row.records if isinstance(current.get(key), Capability)]
        about = boxes[:1] if answer.question != "overlap" and boxes[:1] == list(row.records[:1]) else boxes
        for key in about:
            if kind != "text" and key in found:
                found[key] = max(found[key], value)
            else:
                found.setdefault(key, value)
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _called(argument: str, current: Map) -> str:
    record = current.get(argument.strip())
    return str(getattr(record, "name", "") or argument.strip())


def _told(answer: Answer, box: Capability) -> Iterator[Proof]:
    for row in answer.rows:
        if box.id in row.records:
            told = ", ".join(
                str(value)
                for value, column in zip(row.values, answer.columns, strict=True)
                if column.kind == "text" and value
            )
            yield answer.question.capitalize(), told, row.path or (box.id,)
