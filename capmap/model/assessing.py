"""Assessing: scores that a person gives, dated by the day on which they were given."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from capmap.model import edits
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import ASSESSED_FIELDS, Capability, Record


def assess(current: Map, record_ids: Iterable[str], day: dt.date, text: str = "", **values: Any) -> Change:
    """New values for fields of capabilities, in one step. Where a score is among them that says something, "assessed
    on" becomes this day; a score that is taken away dates nothing, and neither does a day that is given itself.
    """
    change = edits.put_many(current, record_ids := list(record_ids), text, **values)
    scored = any(values.get(field) is not None for field in ASSESSED_FIELDS)
    if not scored or "assessed_on" in values:
        return change
    puts: list[Record] = []
    for record_id in record_ids:
        record = change.after.get(record_id) or current[record_id]
        puts.append(dataclasses.replace(record, assessed_on=day) if isinstance(record, Capability) else record)
    return Change.of(change.text, current, puts)


def dated(change: Change, day: dt.date) -> Change:
    """A change made by hand, with "assessed on" set to this day where it gives a capability another score and no date
    of its own.
    """
    after: dict[str, Record | None] = dict(change.after)
    for record_id, new in change.after.items():
        old = change.before[record_id]
        if not isinstance(new, Capability):
            continue
        held = old if isinstance(old, Capability) else None
        others = any(getattr(new, field) not in (None, getattr(held, field, None)) for field in ASSESSED_FIELDS)
        if others and new.assessed_on == (held.assessed_on if held is not None else None):
            after[record_id] = dataclasses.replace(new, assessed_on=day)
    return Change(change.text, change.before, after)
