"""Maps with records of every kind, whatever stands in their fields, for tests of what goes out and comes in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from capmap.model import rules
from capmap.model.fields import Field
from capmap.model.map import Map
from capmap.model.records import (
    CLASS_OF,
    LINK_ENDS,
    Attribute,
    Capability,
    Link,
    Record,
    Settings,
    evolve,
    fields_of,
    make,
)

TEXTS = st.one_of(
    st.sampled_from(
        [
            *(
                "=1+1",
                "=cmd|' /C calc'!A0",
                "'=x",
                "''",
                "-",
                "-5",
                "+1",
                "@SUM(A1)",
                "1.10",
                "007",
                "2026-01-31",
                "yes",
            ),
            *("a; b", "a > b", "Billing", "billing", "Billing (B1)", "x\ny", "_x0041_", "<b>&amp;", "%s", "n/a", "0"),
            *("\x00\x07a", "ünïcödé 請求 العربية", "🙂", "a\u202eb", "  spaced  out ", "TRUE", "#REF!", "sep=;", '"q"'),
        ]
    ),
    st.text(max_size=12),
)
NAMES = TEXTS.filter(lambda text: bool(make(Capability, name=f"a{text}").name[1:].strip()))
KINDS = ("capability", "provider", "unit", "service", "project", "objective", "demand")
_LEFT = {"id", "name", "parent", "position", "alias_of", "extra", "translations", "answers"}


def _value(field: Field) -> st.SearchStrategy[Any]:
    whole = st.integers(int(field.low or 0), int(min(field.high or 100, 10**15)))
    by_type: dict[str, st.SearchStrategy[Any]] = {
        "text": TEXTS,
        "score": whole,
        "integer": whole,
        "money": st.integers(-(10**13), 10**13),
        "percent": st.floats(0, 100),
        "number": st.floats(-1e12, 1e12),
        "flag": st.booleans(),
        "date": st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)),
        "choice": st.sampled_from(field.choices or ("",)),
        "words": st.lists(TEXTS, max_size=3).map(tuple),
    }
    return st.none() | by_type[field.type]


def _record(kind: str) -> st.SearchStrategy[Record]:
    fields = [field for field in fields_of(kind) if field.name not in _LEFT and field.type not in ("ref", "data")]
    values = {field.name: _value(field) for field in fields}
    return st.fixed_dictionaries({"name": NAMES}, optional=values).map(lambda given: make(CLASS_OF[kind], **given))


@st.composite
def maps(draw: st.DrawFn) -> Map:
    """A sound map: boxes in boxes, references, every kind with links, an own attribute or two."""
    records: list[Record] = [make(Settings, id="settings", title="T", currency=draw(st.sampled_from(["", "EUR"])))]
    listed: dict[str, list[Any]] = {kind: list(draw(st.lists(_record(kind), max_size=3))) for kind in KINDS}
    boxes: list[Any] = []
    counts: dict[str | None, int] = {}
    for box in listed["capability"]:
        parent = draw(st.sampled_from([None, *(other.id for other in boxes if other.alias_of is None)]))
        counts[parent] = counts.get(parent, -1) + 1
        boxes.append(evolve(box, parent=parent, position=counts[parent]))
    if draw(st.booleans()) and boxes:
        counts[None] = counts.get(None, -1) + 1
        boxes.append(make(Capability, name=boxes[0].name, alias_of=boxes[0].id, position=counts[None]))
    listed["capability"] = boxes
    for kind, field, other in (
        ("service", "provider", "provider"),
        ("project", "funding_unit", "unit"),
        ("demand", "unit", "unit"),
        ("demand", "project", "project"),
    ):
        ids = [None, *(record.id for record in listed[other])]
        listed[kind] = [evolve(record, **{field: draw(st.sampled_from(ids))}) for record in listed[kind]]
    for kind in ("service", "capability"):
        if draw(st.booleans()):
            own = make(Attribute, record_kind=kind, name="Own", type=draw(st.sampled_from(["text", "number", "date"])))
            records.append(own)
            values: dict[str, st.SearchStrategy[Any]] = {
                "text": TEXTS.filter(str.strip),
                "number": st.integers(-9, 9),
                "date": st.dates().map(str),
            }
            listed[kind] = [
                record if getattr(record, "alias_of", None) else evolve(record, extra={own.id: draw(values[own.type])})
                for record in listed[kind]
            ]
    for kind in KINDS:
        records += listed[kind]
    for link_type, (source, target) in LINK_ENDS.items():
        for one in listed[source]:
            for other in listed[target]:
                if one.id != other.id and getattr(other, "alias_of", None) is None and draw(st.integers(0, 2)) == 0:
                    share = draw(st.none() | st.floats(0, 100))
                    records.append(make(Link, type=link_type, source=one.id, target=other.id, share=share))
    current = Map(records)
    assert rules.check(current) == []
    return current
