"""Impact: what stops and what degrades if a service, a provider or a unit stops, told as a page a manager reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from capmap.analysis.answer import Answer, Column, Row
from capmap.analysis.failure import DEGRADES, STOPS, CapabilityFate, Failure, failure
from capmap.analysis.impactpage import HAMPERED, HIT, Page
from capmap.analysis.lifecycle import RETIRED, STAGE_WORDS, can_stand_in, in_use, is_open, stage_on
from capmap.analysis.named import label, numbers, record_named
from capmap.analysis.withdrawal import withdrawal
from capmap.analysis.words import capital, counted, day, listed, verb
from capmap.model.map import Map
from capmap.model.records import Link, Objective, Project, Provider, Record, Service, Unit

COLUMNS = (
    Column("Effect"),
    Column("Kind"),
    Column("Code"),
    Column("Name"),
    Column("Importance", "number"),
    Column("Run cost a year", "money"),
    Column("Project money", "money"),
    Column("Why"),
)
_EFFECT_ON_OTHERS = {STOPS: HIT, DEGRADES: HAMPERED}
_ORDER = (STOPS, DEGRADES, HIT, HAMPERED)


def impact(current: Map, argument: str, on: dt.date) -> Answer:
    """What stops or degrades, on that day, if this service, provider or unit stops; the worst first."""
    subject = record_named(current, argument, ("service", "provider", "unit"))
    if isinstance(subject, Unit):
        return withdrawal(current, subject, COLUMNS, on)
    services = [subject] if isinstance(subject, Service) else _delivered(current, subject.id)
    running = [service for service in services if in_use(current, service, on)]
    if not running:
        return Answer("impact", _nothing_runs(subject, services, on), COLUMNS, (), (), current.settings.currency)
    return _Telling(current, subject, running, failure(current, (service.id for service in running), on), on).answer()


def _delivered(current: Map, provider: str) -> list[Service]:
    return [service for service in current.all(Service) if service.provider == provider]


def _nothing_runs(subject: Record, services: Sequence[Service], on: dt.date) -> str:
    if not services:
        return f"{label(subject)} delivers no service, so nothing stops."
    if isinstance(subject, Provider):
        return f"None of the services that {subject.name} delivers is in use, so nothing stops."
    (service,) = services
    if stage_on(service, on) == RETIRED:
        return f"{service.name} is retired and supports nothing, so nothing stops."
    since = f" before {day(service.live_from)}" if service.live_from else ""
    return f"{service.name} is not live{since}, so nothing stops today."


class _Telling:
    """The rows and sentences of one failure."""

    def __init__(self, current: Map, subject: Record, running: list[Service], failed: Failure, on: dt.date) -> None:
        self._map = current
        self._subject = subject
        self._running = running
        self._failed = failed
        self._on = on
        self._hit_boxes = _with_boxes_around(current, failed)

    def answer(self) -> Answer:
        rows = [
            *sorted(self._capability_rows(), key=lambda row: (_rank(row), -_number(row.values[4]))),
            *sorted(self._service_rows(), key=lambda row: (_rank(row), -_number(row.values[5]))),
            *self._users("uses", Unit),
            *self._users("needs", Objective),
            *sorted(self._project_rows(), key=lambda row: (_rank(row), -_number(row.values[6]))),
        ]
        told = Page(self._map, self._subject, self._running, self._failed, rows)
        return Answer("impact", told.sentence(), COLUMNS, tuple(rows), tuple(told.story(self._on)), told.currency)

    # -- rows -------------------------------------------------------------------------------------

    def _capability_rows(self) -> Iterator[Row]:
        number = numbers(self._map)
        for capability_id, fate in self._failed.capabilities.items():
            capability = self._map.capability(capability_id)
            values = (
                fate.effect,
                "capability",
                number[capability_id],
                capability.name,
                capability.importance,
                None,
                None,
                capital(self._why_capability(capability_id, fate)),
            )
            yield Row(values, (capability_id,), self._path(fate.cause, capability_id))

    def _service_rows(self) -> Iterator[Row]:
        for service_id, fate in self._failed.services.items():
            service = self._map.one(Service, service_id)
            why = "Is switched off." if fate.link is None else f"{capital(self._why_service(service_id))}."
            if fate.link is not None and fate.link.note and self._failed.services[fate.link.target].effect == STOPS:
                why += f" {fate.link.note}"
            values = (fate.effect, "service", service.code, service.name, None, service.run_cost, None, why)
            yield Row(values, (service_id,), self._path(service_id))

    def _users(self, link_type: str, record_class: type[Unit | Objective]) -> Iterator[Row]:
        """The units that use, or the objectives that need, something that is affected."""
        rows: list[tuple[tuple[int, int], Row]] = []
        for record in self._map.all(record_class):
            wanted = [link.target for link in self._map.links_from(record.id) if link.type == link_type]
            affected = sorted((box for box in wanted if box in self._hit_boxes), key=self._urgency)
            if not affected:
                continue
            worst = self._hit_boxes[affected[0]]
            effect = _EFFECT_ON_OTHERS[self._failed.capabilities[worst].effect]
            names = [
                f"{self._map.capability(box).name} {self._failed.capabilities[self._hit_boxes[box]].effect}"
                for box in affected
            ]
            values = (
                *(effect, record.kind, "", record.name, None, None, None),
                f"{capital(link_type)} {_how_many(len(affected), len(wanted))}: {listed(names, 4)}.",
            )
            path = (*self._path(self._failed.capabilities[worst].cause, worst), record.id)
            stopping = sum(self._failed.capabilities[self._hit_boxes[box]].effect == STOPS for box in affected)
            rows.append(((-stopping, -len(affected)), Row(values, (record.id, *affected), path)))
        yield from (row for _, row in sorted(rows, key=lambda pair: pair[0]))

    def _urgency(self, box: str) -> tuple[bool, int]:
        """A key that puts the box first that stops and is important."""
        stops = self._failed.capabilities[self._hit_boxes[box]].effect == STOPS
        return (not stops, -(self._map.capability(box).importance or 0))

    def _project_rows(self) -> Iterator[Row]:
        for project in self._map.all(Project):
            if not is_open(project):
                continue
            leans = [
                (link, effect)
                for link in self._map.links_from(project.id)
                if (effect := self._effect_at(link)) is not None
            ]
            if not leans:
                continue
            leans.sort(key=lambda pair: (_ORDER.index(pair[1]), pair[0].type != "changes"))
            link, effect = leans[0]
            names = [f"{label(self._map[link.target])} {effect}" for link, effect in leans]
            values = (
                *(_EFFECT_ON_OTHERS[effect], "project", project.code, project.name, None, None, project.budget),
                f"Works on what is affected: {listed(names, 4)}.",
            )
            below = (
                self._path(link.target)
                if link.type == "changes"
                else self._path(self._failed.capabilities[link.target].cause, link.target)
            )
            yield Row(values, (project.id, *(link.target for link, _ in leans)), (*below, project.id))

    def _effect_at(self, link: Link) -> str | None:
        """What happens to the service or capability at the end of a project's link."""
        fate = (
            self._failed.services.get(link.target)
            if link.type == "changes"
            else self._failed.capabilities.get(link.target)
        )
        return fate.effect if fate is not None else None

    def _path(self, service: str, *further: str) -> tuple[str, ...]:
        """The records from what was asked about, over the services that fail one by another, to the end."""
        chain = self._failed.chain(service)
        start = () if chain[0] == self._subject.id else (self._subject.id,)
        return (*start, *chain, *further)

    # -- reasons ----------------------------------------------------------------------------------

    def _why_service(self, service: str) -> str:
        """Such as "stops without Integration Bus, which stops without Hosting"."""
        words: list[str] = []
        chain = self._failed.chain(service)[::-1]
        for failing, cause in pairwise(chain):
            effect, by = self._failed.services[failing].effect, self._failed.services[cause]
            together = effect == DEGRADES and by.effect == DEGRADES
            words.append(f"{effect} {'with' if together else 'without'} {self._name(cause)}")
        return ", which ".join(words)

    def _why_capability(self, capability: str, fate: CapabilityFate) -> str:
        cause, reason = self._name(fate.cause), self._why_service(fate.cause)
        if not fate.stopped:
            return f"{cause} {reason}."
        if fate.effect == DEGRADES:
            gone = listed([self._name(service) for service in fate.stopped], 3)
            left = listed([self._name(service) for service in fate.stand_ins], 3)
            stops = verb(len(fate.stopped), "stops", "stop")
            return f"{gone} {stops}; {left} still {verb(len(fate.stand_ins), 'supports', 'support')} it."
        others = [self._name(service) for service in fate.stopped[1:]]
        if others:
            also = f"{listed(others, 3)} {verb(len(others), 'stops', 'stop')} too"
            left = self._what_is_left(capability, fate) or ", and nothing else is left"
            return f"{cause} {reason or 'stops'}; {also}{left}."
        left = self._what_is_left(capability, fate)
        if left:
            return f"{cause} {reason or 'stops'}{left}."
        return f"{cause}, its only service, {reason}." if reason else f"{cause} is its only service."

    def _what_is_left(self, capability: str, fate: CapabilityFate) -> str:
        """Which other services support the capability, and why they cannot carry it."""
        left = []
        for link in self._map.links_to(capability):
            if link.type == "supports" and link.source not in fate.stopped:
                service = self._map.one(Service, link.source)
                lack = (
                    f"fit {link.fit}"
                    if can_stand_in(service, self._on)
                    else STAGE_WORDS[str(stage_on(service, self._on))]
                )
                left.append(f"{service.name} ({lack})")
        return f"; what is left cannot carry it: {listed(left, 3)}" if left else ""

    def _name(self, record_id: str) -> str:
        return label(self._map[record_id])


def _with_boxes_around(current: Map, failed: Failure) -> dict[str, str]:
    """Every box that is affected or has something affected inside it -> the affected box that counts most in it."""
    around: dict[str, str] = {}
    ordered = sorted(
        failed.capabilities.items(),
        key=lambda pair: (_ORDER.index(pair[1].effect), -(current.capability(pair[0]).importance or 0)),
    )
    for capability, _ in ordered:
        for step in current.path(capability):
            around.setdefault(step.id, capability)
    return around | {capability: capability for capability in failed.capabilities}


def _how_many(affected: int, wanted: int) -> str:
    if affected == wanted:
        return f"{counted(wanted, 'capability')}, {'which is' if wanted == 1 else 'all'} affected"
    return f"{counted(wanted, 'capability')}, {affected:,} of which {verb(affected, 'is', 'are')} affected"


def _rank(row: Row) -> int:
    return _ORDER.index(str(row.values[0]))


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
