"""Linked measures: what the services, projects and other things around a box say of it, put together to one value."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from capmap.analysis.lifecycle import LIVE, PHASE_OUT, PILOT, PLAN, RETIRED, phase_on, stage_on
from capmap.analysis.measures import Measured, Proof, Unit, Value
from capmap.analysis.words import plural
from capmap.model.attributes import of_kind
from capmap.model.fields import Field
from capmap.model.lensrules import By, Measure, RuleRefused
from capmap.model.map import Map
from capmap.model.records import LINK_ENDS, Attribute, Capability, Link, Project, Record, Service, fields_of

OF_LINK = "link:"
"""Before the name of a field of the link itself."""

_OWN = "own:"
STAGE, LEVEL_GAP, PHASE = "stage", "level_gap", "phase"
_KIND_WORDS = {
    "service": "IT service",
    "project": "project",
    "objective": "objective",
    "unit": "business unit",
    "demand": "demand",
}
_BY_RISK = {
    STAGE: (LIVE, PILOT, PLAN, PHASE_OUT, RETIRED),
    "status": ("done", "running", "approved", "proposed", "stopped"),
}
"""Words from the best to the worst, where their usual order is another one."""

_HIGH_IS_BAD = {LEVEL_GAP, "run_cost", "criticality", "budget", "spent", "effort", "impact"}

_WAYS: dict[str, tuple[By, ...]] = {
    "number": ("worst", "best", "mean", "sum"),
    "date": ("worst", "best"),
    "words": ("worst", "best", "most"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class LinkedField:
    """Something that a linked thing, or the link to it, says of itself. ``order`` lists words from best to worst."""

    name: str
    label: str
    kind: Literal["number", "date", "words"]
    read: Callable[[Record, Link, dt.date], Any]
    unit: Unit = ""
    is_score: bool = False
    order: tuple[str, ...] = ()
    high_is_bad: bool = False

    @property
    def ways(self) -> tuple[By, ...]:
        """How the values of several things can be put together."""
        return _WAYS[self.kind]


def linked_fields(current: Map, link_type: str) -> dict[str, LinkedField]:
    """What can be measured of the things that links of this type lead from, by name."""
    kind = LINK_ENDS[link_type][0]
    found: list[LinkedField] = []
    for field in fields_of(kind):
        made = _of_field(field, of_link=False)
        if made is not None:
            found.append(made)
    if kind == Service.kind:
        found.insert(0, LinkedField(STAGE, "Lifecycle stage", "words", _stage, order=_BY_RISK[STAGE]))
        gap = LinkedField(LEVEL_GAP, "Service level below target", "number", _level_gap, "points", high_is_bad=True)
        found.insert(1, gap)
    elif kind == Project.kind:
        order = ("finished", "running", "not begun")
        found.insert(0, LinkedField(PHASE, "Phase by its dates", "words", _phase, order=order))
    found += [_of_attribute(attribute) for attribute in of_kind(current, kind) if attribute.type != "text"]
    for field in fields_of(Link.kind):
        if field.name in _LINK_FIELDS.get(link_type, ()):
            made = _of_field(field, of_link=True)
            if made is not None:
                found.append(dataclasses.replace(made, name=OF_LINK + field.name, label=f"{field.label} of the link"))
    return {field.name: field for field in found}


_LINK_FIELDS = {"supports": ("fit", "share"), "improves": ("promised",)}


def _of_field(field: Field, *, of_link: bool) -> LinkedField | None:
    def value(record: Record, link: Link, _: dt.date) -> Any:
        return getattr(link if of_link else record, field.name)

    bad = field.name in _HIGH_IS_BAD
    if field.type in ("score", "number", "integer", "percent", "money"):
        unit: Unit = "money" if field.type == "money" else "percent" if field.type == "percent" else ""
        return LinkedField(field.name, field.label, "number", value, unit, field.type == "score", high_is_bad=bad)
    if field.type == "date":
        return LinkedField(
            field.name, field.label, "date", lambda record, link, day: _ordinal(value(record, link, day))
        )
    if field.type == "choice":
        return LinkedField(field.name, field.label, "words", value, order=_BY_RISK.get(field.name, field.choices))
    return None


def _of_attribute(attribute: Attribute) -> LinkedField:
    key = attribute.id

    def held(record: Record) -> Any:
        return getattr(record, "extra", {}).get(key)

    if attribute.type in ("number", "money"):
        unit: Unit = "money" if attribute.type == "money" else ""
        return LinkedField(_OWN + key, attribute.name, "number", lambda r, _, __: _number(held(r)), unit)
    if attribute.type == "date":
        return LinkedField(_OWN + key, attribute.name, "date", lambda r, _, __: _iso(held(r)))
    return LinkedField(_OWN + key, attribute.name, "words", lambda r, _, __: held(r), order=attribute.choices)


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _iso(value: Any) -> float | None:
    try:
        return dt.date.fromisoformat(value).toordinal() if isinstance(value, str) else None
    except ValueError:
        return None


def _ordinal(date: dt.date | None) -> float | None:
    return None if date is None else date.toordinal()


def _stage(record: Record, _: Link, day: dt.date) -> str | None:
    return stage_on(record, day) if isinstance(record, Service) else None


def _phase(record: Record, _: Link, day: dt.date) -> str | None:
    return phase_on(record, day) if isinstance(record, Project) else None


def _level_gap(record: Record, _: Link, __: dt.date) -> float | None:
    if not isinstance(record, Service) or record.level_target is None or record.level_actual is None:
        return None
    return round(record.level_target - record.level_actual, 6)


# -- the measure ------------------------------------------------------------------------------------------


def linked(measure: Measure, current: Map, on: dt.date) -> Measured:
    """The measure of what is linked to a box, to the boxes around it and to those inside it, each thing once.

    Raises RuleRefused with one sentence.
    """
    kind = LINK_ENDS[measure.link][0]
    one, several = _KIND_WORDS[kind], plural(_KIND_WORDS[kind])
    if measure.by == "count":
        return Measured(
            f"Number of {several}",
            "number",
            lambda current, box: sum(1 for _ in _around(current, box, measure.link)),
            whole=True,
            reads="links",
            proof=lambda current, box: _named(current, box, measure.link),
        )
    field = linked_fields(current, measure.link).get(measure.field)
    if field is None:
        raise RuleRefused(f"This lens measures “{measure.field}” of {several}, which they do not have in this map.")
    if measure.by not in field.ways:
        raise RuleRefused(f"{field.label} of {several} cannot be put together by “{measure.by}”.")
    put_together = _together(field, measure.by)

    def values(current: Map, box: Capability) -> list[Any]:
        found = (field.read(record, link, on) for record, link, _ in _around(current, box, measure.link))
        return [value for value in found if value is not None]

    def value_of(current: Map, box: Capability) -> Value:
        found = values(current, box)
        return put_together(found) if found else None

    label = field.label if field.label[:2].isupper() else field.label[:1].lower() + field.label[1:]
    worded = "most common" if measure.by == "most" else "sum of" if measure.by == "sum" else measure.by
    made = Measured(
        f"{worded[:1].upper()}{worded[1:]} {label} of {several}",
        field.kind,
        value_of,
        f"no {one}, or {'no date' if field.kind == 'date' else 'not said'}",
        unit=field.unit,
        currency=current.settings.currency if field.unit == "money" else "",
        whole=field.is_score and measure.by in ("worst", "best", "sum"),
        is_score=field.is_score and measure.by in ("worst", "best"),
        choices=field.order,
        rises_to_bad=True if field.kind == "words" else None if field.kind == "date" else field.high_is_bad,
        reads="links",
    )
    return dataclasses.replace(made, proof=_proof(field, measure.link, on, made))


def _around(current: Map, box: Capability, link_type: str) -> Iterator[tuple[Record, Link, Capability]]:
    """The linked things with the link and the box that it ends at: the nearest, each thing once."""
    seen: set[str] = set()
    above: Record | None = box
    while isinstance(above, Capability):
        yield from _linked_to(current, above, link_type, seen)
        above = current.get(above.parent)
    if current.has_children(box.id):
        for step in current.walk(box.id):
            yield from _linked_to(current, step, link_type, seen)


def _linked_to(
    current: Map, step: Capability, link_type: str, seen: set[str]
) -> Iterator[tuple[Record, Link, Capability]]:
    for link in current.links_to(step.id):
        if link.type == link_type and link.source not in seen:
            record = current.get(link.source)
            if record is not None:
                seen.add(link.source)
                yield record, link, step


def _together(field: LinkedField, by: By) -> Callable[[Sequence[Any]], Any]:
    if by == "sum":
        return sum
    if by == "mean":
        return lambda values: sum(values) / len(values)
    if by == "most":
        return lambda values: Counter(values).most_common(1)[0][0]
    if field.kind == "words":
        place = {word: index for index, word in enumerate(field.order)}
        choose: Callable[..., Any] = max if by == "worst" else min
        return lambda values: choose(values, key=lambda word: place.get(word, -1))
    high = field.high_is_bad if by == "worst" else not field.high_is_bad
    return max if high else min


def _proof(
    field: LinkedField, link_type: str, on: dt.date, made: Measured
) -> Callable[[Map, Capability], Iterator[Proof]]:
    def proof(current: Map, box: Capability) -> Iterator[Proof]:
        for record, link, step in _around(current, box, link_type):
            value = field.read(record, link, on)
            told = "not said" if value is None else made.words(value)
            yield name_of(record), f"{field.label}: {told}.{_over(box, step)}", _path(record, step, box)

    return proof


def _named(current: Map, box: Capability, link_type: str) -> Iterator[Proof]:
    for record, _, step in _around(current, box, link_type):
        yield name_of(record), f"Linked.{_over(box, step)}", _path(record, step, box)


def name_of(record: Record) -> str:
    """What a sentence calls a record."""
    return str(getattr(record, "name", "") or record.id)


def _over(box: Capability, step: Capability) -> str:
    return "" if step.id == box.id else f" By its link to {step.name}."


def _path(record: Record, step: Capability, box: Capability) -> tuple[str, ...]:
    return (record.id, box.id) if step.id == box.id else (record.id, step.id, box.id)
