"""Records: the frozen things a map is made of, each field declared once.

Records are slots dataclasses: 100,000 of them load in a fraction of the time and memory of validated model objects,
and the first window needs no other library. ``make`` and ``evolve`` are the doors that check values; the tables of a
map file are derived from these declarations (``storage.tables``).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, TypeVar

from capmap.errors import EditError
from capmap.model import fields as f
from capmap.model.fields import Field

CATEGORIES = ("strategic", "core", "supporting")
AREAS = ("top", "left", "centre", "right", "bottom")
DIRECTIONS = ("rows", "columns")
ARCHETYPES = ("utility", "enhancement", "transformation", "frontier")
DRIVERS = ("grow", "differentiate", "be efficient", "reduce risk", "keep running")
PERSPECTIVES = ("financial", "customer", "process", "learning and growth")
RELATIONSHIPS = ("passive", "provider", "partner", "peer")
PROJECT_STATUSES = ("proposed", "approved", "running", "done", "stopped")
FUNDINGS = ("enterprise", "unit")
DEMAND_STAGES = ("new", "assessed", "approved", "project", "declined")
SOURCINGS = ("internal", "external")
EFFECTS = ("stops", "degrades")
LINK_TYPES = ("supports", "improves", "changes", "depends on", "needs", "uses", "asks for")
NOTE_TYPES = ("note", "decision", "parked")
ATTRIBUTE_TYPES = ("text", "number", "choice", "date", "money")
ASSESSED_FIELDS = ("importance", "maturity", "target", "expectation", "confidence")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: an id that is unique over all kinds, and a kind."""

    kind: ClassVar[str] = ""
    id: str = f.identity()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Record):
    """What is true of the map as a whole. There is one, with the id ``settings``."""

    kind: ClassVar[str] = "settings"
    title: str = f.text("Title")
    subtitle: str = f.text("Subtitle")
    organisation: str = f.text("Organisation")
    author: str = f.text("Author")
    description: str = f.prose("Description")
    currency: str = f.text("Currency", limit=10)
    language: str = f.text("Language", limit=35)
    attribution: str = f.prose("Attribution")
    extra: Mapping[str, Any] = f.data("Own attributes")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Capability(Record):
    """What the business does: a box of the map.

    ``position`` counts from 0 among the children of ``parent`` (None: top level). A box with ``alias_of`` set shows
    another capability a second time; it has no children or scores of its own and counts in no sum. ``columns`` to
    ``equal`` steer how its children are laid out. ``translations`` holds ``{language: {"name": ..., "description":
    ...}}``.
    """

    kind: ClassVar[str] = "capability"
    parent: str | None = f.reference("Parent", "capability")
    position: int = f.position()
    name: str = f.name()
    code: str = f.text("Code", limit=50)
    description: str = f.prose("Description")
    owner: str = f.text("Owner")
    tags: tuple[str, ...] = f.words("Tags")
    category: str | None = f.choice("Category", CATEGORIES)
    importance: int | None = f.score("Importance")
    maturity: int | None = f.score("Maturity now")
    target: int | None = f.score("Maturity target")
    expectation: int | None = f.score("Business expectation")
    confidence: int | None = f.score("Confidence in IT")
    assessed_on: dt.date | None = f.date("Assessed on")
    reason: str = f.prose("Reason for the scores")
    alias_of: str | None = f.reference("Reference to", "capability")
    columns: int | None = f.integer("Columns", 1, 100)
    direction: str | None = f.choice("Direction", DIRECTIONS)
    area: str | None = f.choice("Area", AREAS)
    order_by: str = f.text("Order by", limit=50)
    equal: bool | None = f.flag("Equal sizes")
    external: str = f.text("Id in the source")
    translations: Mapping[str, Any] = f.data("Translations")
    extra: Mapping[str, Any] = f.data("Own attributes")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Provider(Record):
    """Who delivers IT services, inside the company or outside."""

    kind: ClassVar[str] = "provider"
    name: str = f.name()
    description: str = f.prose("Description")
    sourcing: str | None = f.choice("Sourcing", SOURCINGS)
    contract_end: dt.date | None = f.date("Contract ends")
    tags: tuple[str, ...] = f.words("Tags")
    external: str = f.text("Id in the source")
    extra: Mapping[str, Any] = f.data("Own attributes")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Service(Record):
    """What IT provides, in the sense of ITIL. The five dates say when each stage of its lifecycle begins."""

    kind: ClassVar[str] = "service"
    name: str = f.name()
    code: str = f.text("Code", limit=50)
    description: str = f.prose("Description")
    owner: str = f.text("Owner")
    provider: str | None = f.reference("Provider", "provider")
    archetype: str | None = f.choice("Archetype", ARCHETYPES)
    plan_from: dt.date | None = f.date("Planned from")
    pilot_from: dt.date | None = f.date("Pilot from")
    live_from: dt.date | None = f.date("Live from")
    phase_out_from: dt.date | None = f.date("Phase-out from")
    retired_from: dt.date | None = f.date("Retired from")
    run_cost: int | None = f.money("Run cost a year")
    level_target: float | None = f.percent("Service level target")
    level_actual: float | None = f.percent("Service level actual")
    satisfaction: int | None = f.score("User satisfaction")
    criticality: int | None = f.score("Criticality")
    driver: str | None = f.choice("Value driver", DRIVERS)
    value: str = f.prose("Value statement")
    tags: tuple[str, ...] = f.words("Tags")
    external: str = f.text("Id in the source")
    extra: Mapping[str, Any] = f.data("Own attributes")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Record):
    """A business unit, who uses capabilities, and its relationship with IT now and as wanted."""

    kind: ClassVar[str] = "unit"
    name: str = f.name()
    description: str = f.prose("Description")
    relationship: str | None = f.choice("Relationship with IT now", RELATIONSHIPS)
    relationship_wanted: str | None = f.choice("Relationship with IT wanted", RELATIONSHIPS)
    manager: str = f.text("Relationship manager")
    answers: Mapping[str, Any] = f.data("Questionnaire")
    tags: tuple[str, ...] = f.words("Tags")
    external: str = f.text("Id in the source")
    extra: Mapping[str, Any] = f.data("Own attributes")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Project(Record):
    """A change with its dates, money, promises and what became of them."""

    kind: ClassVar[str] = "project"
    name: str = f.name()
    code: str = f.text("Code", limit=50)
    description: str = f.prose("Description")
    status: str | None = f.choice("Status", PROJECT_STATUSES)
    start: dt.date | None = f.date("Start")
    end: dt.date | None = f.date("End as planned")
    finished: dt.date | None = f.date("Finished")
    budget: int | None = f.money("Budget")
    spent: int | None = f.money("Actual cost")
    funding: str | None = f.choice("Funding", FUNDINGS)
    funding_unit: str | None = f.reference("Funded by", "unit")
    benefit_expected: int | None = f.money("Benefit expected a year")
    benefit_achieved: int | None = f.money("Benefit achieved a year")
    quality_promised: int | None = f.score("Quality promised")
    quality_achieved: int | None = f.score("Quality achieved")
    sponsor: str = f.text("Sponsor")
    contributors: tuple[str, ...] = f.words("Contributors")
    win: str = f.prose("Win")
    lesson: str = f.prose("Lesson")
    driver: str | None = f.choice("Value driver", DRIVERS)
    value: str = f.prose("Value statement")
    tags: tuple[str, ...] = f.words("Tags")
    external: str = f.text("Id in the source")
    extra: Mapping[str, Any] = f.data("Own attributes")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Objective(Record):
    """A business goal with its measure, in one perspective of the balanced scorecard."""

    kind: ClassVar[str] = "objective"
    name: str = f.name()
    description: str = f.prose("Description")
    perspective: str | None = f.choice("Perspective", PERSPECTIVES)
    measure: str = f.text("Measure")
    measure_unit: str = f.text("Unit of measure", limit=50)
    baseline: float | None = f.number("Baseline")
    target: float | None = f.number("Target")
    actual: float | None = f.number("Actual")
    due: dt.date | None = f.date("Due")
    owner: str = f.text("Owner")
    tags: tuple[str, ...] = f.words("Tags")
    external: str = f.text("Id in the source")
    extra: Mapping[str, Any] = f.data("Own attributes")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Demand(Record):
    """Something the business asks of IT. ``effort`` is in person-days."""

    kind: ClassVar[str] = "demand"
    name: str = f.name()
    description: str = f.prose("Description")
    stage: str | None = f.choice("Stage", DEMAND_STAGES)
    impact: int | None = f.score("Business impact")
    effort: float | None = f.number("Effort in person-days")
    unit: str | None = f.reference("Asked by", "unit")
    asked_on: dt.date | None = f.date("Asked on")
    project: str | None = f.reference("Became project", "project")
    tags: tuple[str, ...] = f.words("Tags")
    external: str = f.text("Id in the source")
    extra: Mapping[str, Any] = f.data("Own attributes")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Link(Record):
    """A typed, directed link from one record to another; ``LINK_ENDS`` says between which kinds.

    ``share`` is the part in percent of a service's cost that the target takes; ``fit`` how well the service fits the
    capability; ``effect`` what happens to the source of "depends on" when the target stops; ``promised`` the maturity
    an improving project promised.
    """

    kind: ClassVar[str] = "link"
    type: str = f.choice("Link", LINK_TYPES, required=True)
    source: str = f.reference("From", required=True)
    target: str = f.reference("To", required=True)
    share: float | None = f.percent("Share of cost")
    fit: int | None = f.score("Fit")
    effect: str | None = f.choice("Effect when it stops", EFFECTS)
    promised: int | None = f.score("Maturity promised")
    note: str = f.prose("Note")
    extra: Mapping[str, Any] = f.data("Own attributes")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Attribute(Record):
    """An own attribute of a kind of record; its values stand in ``extra`` of those records under the attribute's id."""

    kind: ClassVar[str] = "attribute"
    record_kind: str = f.text("For", limit=50)
    name: str = f.name()
    type: str = f.choice("Type", ATTRIBUTE_TYPES, required=True)
    choices: tuple[str, ...] = f.words("Choices")
    description: str = f.prose("Description")
    position: int = f.position()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SavedLens(Record):
    """A lens kept in the map."""

    kind: ClassVar[str] = "lens"
    name: str = f.name()
    rule: Mapping[str, Any] = f.data("Rule")
    position: int = f.position()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class View(Record):
    """A saved way of looking at the map: branch, depth, lens, filter, paper."""

    kind: ClassVar[str] = "view"
    name: str = f.name()
    options: Mapping[str, Any] = f.data("Options")
    position: int = f.position()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Session(Record):
    """A workshop."""

    kind: ClassVar[str] = "session"
    name: str = f.name()
    started: str = f.moment("Started")
    ended: str = f.moment("Ended")
    facilitator: str = f.text("Facilitator")
    participants: tuple[str, ...] = f.words("Participants")
    extra: Mapping[str, Any] = f.data("Own attributes")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Record):
    """One voice on one score of one capability."""

    kind: ClassVar[str] = "vote"
    session: str | None = f.reference("Workshop", "session")
    capability: str = f.reference("Capability", "capability", required=True)
    field: str = f.choice("Score", ASSESSED_FIELDS, required=True)
    value: int | None = f.score("Value")
    voter: str = f.text("Voter")
    at: str = f.moment("At")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Note(Record):
    """Something said: a note, a decision, or a topic parked for later, about one record or the whole map."""

    kind: ClassVar[str] = "note"
    type: str = f.choice("Type", NOTE_TYPES, required=True)
    text: str = f.prose("Text")
    subject: str | None = f.reference("About")
    session: str | None = f.reference("Workshop", "session")
    author: str = f.text("Author")
    at: str = f.moment("At")
    done: bool | None = f.flag("Done")


RECORD_CLASSES: tuple[type[Record], ...] = (
    Settings,
    Capability,
    Provider,
    Service,
    Unit,
    Project,
    Objective,
    Demand,
    Link,
    Attribute,
    SavedLens,
    View,
    Session,
    Vote,
    Note,
)
"""Every kind, each after the kinds it refers to, in the order in which a file lists them."""

CLASS_OF: dict[str, type[Record]] = {record_class.kind: record_class for record_class in RECORD_CLASSES}

LINK_ENDS: dict[str, tuple[str, str]] = {
    "supports": ("service", "capability"),
    "improves": ("project", "capability"),
    "changes": ("project", "service"),
    "depends on": ("service", "service"),
    "needs": ("objective", "capability"),
    "uses": ("unit", "capability"),
    "asks for": ("demand", "capability"),
}
"""Link type -> kind of its source, kind of its target."""

SETTINGS_ID = "settings"

AnyRecord = TypeVar("AnyRecord", bound=Record)


@cache
def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind of record, ``id`` first."""
    return f.fields_of_class(CLASS_OF[kind])


@cache
def field_table(kind: str) -> dict[str, Field]:
    """The fields of a kind of record by name."""
    return {field.name: field for field in fields_of(kind)}


def new_id() -> str:
    """A fresh id: the 32 hexadecimal digits of a random UUID."""
    return uuid.uuid4().hex


def make(record_class: type[AnyRecord], **values: Any) -> AnyRecord:
    """A new record with every value checked; the id is a fresh one unless given. Raises ValueRefused."""
    return record_class(**checked(record_class.kind, {"id": new_id(), **values}, complete=True))


def evolve(record: AnyRecord, **values: Any) -> AnyRecord:
    """The record with some values replaced, each checked. Raises ValueRefused."""
    return dataclasses.replace(record, **checked(record.kind, values))


def checked(kind: str, values: Mapping[str, Any], *, complete: bool = False) -> dict[str, Any]:
    """The values as the fields of the kind keep them; with ``complete``, required fields must be there."""
    table = field_table(kind)
    unknown = [key for key in values if key not in table]
    if unknown:
        raise EditError(f"A {kind} has no field {unknown[0]!r}.")
    if complete:
        values = {**{name: None for name, field in table.items() if field.required}, **values}
    return {key: table[key].check(value) for key, value in values.items()}
