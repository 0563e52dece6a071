"""Moments: what is there on a day, what begins and leaves between two, and which days matter at all."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from capmap.analysis.lifecycle import LIVE, PHASE_OUT, PILOT, PLAN, RETIRED, phase_on, stage_on, stages
from capmap.analysis.timeline import AFTER_ITS_END, after_the_end, left_alone
from capmap.analysis.words import counted, day, listed, verb
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Project, Service

What = Literal["begins", "leaves", "starts", "ends"]
"""Services begin and leave, projects start and end."""

_ORDER: tuple[What, ...] = ("begins", "leaves", "starts", "ends")
_ALWAYS, _NEVER_OVER = dt.date.min, dt.date.max
_ONE_DAY = dt.timedelta(days=1)
_TOLD_LINKS = ("supports", "improves")


class Span(NamedTuple):
    """From the first day on to the last before ``until``; nothing where that comes first."""

    first: dt.date
    until: dt.date

    def holds(self, date: dt.date) -> bool:
        """Whether the day lies in it."""
        return self.first <= date < self.until


class Happening(NamedTuple):
    """A service that begins or leaves, or a project that starts or ends: on which day, and which boxes it is linked
    to. ``counts_from`` is the first day on which it makes a difference: a project still runs on the day of its end.
    """

    date: dt.date
    counts_from: dt.date
    what: What
    record: Service | Project
    boxes: tuple[str, ...]

    @property
    def adds(self) -> bool:
        """Whether something comes, not goes."""
        return self.what in ("begins", "starts")


class Tally(NamedTuple):
    """How many services and projects come to a box, and how many go."""

    more: int = 0
    fewer: int = 0


class Tick(NamedTuple):
    """A day on which something changes: how many services and projects come, how many go, and what else is dated."""

    date: dt.date
    begins: int
    ends: int
    others: int


class Standing(NamedTuple):
    """The services by stage and the projects by phase on a day; None for what has no date."""

    services: Mapping[str | None, Sequence[Service]]
    projects: Mapping[str | None, Sequence[Project]]


def use_of(service: Service) -> Span:
    """When the service is used: in pilot, live or in phase-out. One without any date always is."""
    dates = dict(stages(service))
    if not dates:
        return Span(_ALWAYS, _NEVER_OVER)
    until = dates.get(RETIRED, _NEVER_OVER)
    if next(iter(dates)) in (PHASE_OUT, RETIRED):
        return Span(_ALWAYS, until)
    return Span(min((dates[stage] for stage in (PILOT, LIVE, PHASE_OUT) if stage in dates), default=until), until)


def run_of(project: Project) -> Span:
    """When the project runs, the day of its end included. One without any date always does."""
    over = project.finished or project.end
    until = _NEVER_OVER if over is None or over == _NEVER_OVER else over + _ONE_DAY
    return Span(project.start or _ALWAYS, until)


def standing_on(current: Map, date: dt.date) -> Standing:
    """Which services stand where in their lifecycle on a day, and which projects have not begun, run, or are over."""
    services: dict[str | None, list[Service]] = {}
    projects: dict[str | None, list[Project]] = {}
    for service in current.all(Service):
        services.setdefault(stage_on(service, date), []).append(service)
    for project in current.all(Project):
        projects.setdefault(phase_on(project, date), []).append(project)
    return Standing(services, projects)


def counted_on(current: Map, date: dt.date) -> Callable[[Link], bool]:
    """Says of a link whether a box counts it on that day: the service is used then, the project runs."""
    there = {service.id for service in current.all(Service) if use_of(service).holds(date)}
    there.update(project.id for project in current.all(Project) if run_of(project).holds(date))
    return lambda link: link.source in there


def happenings(current: Map, first: dt.date = _ALWAYS, last: dt.date = _NEVER_OVER) -> list[Happening]:
    """What makes the last day different from the first, and what came and went in between, by date."""
    found: list[Happening] = []
    turns: list[tuple[Service | Project, Span, What, What]] = [
        *((service, use_of(service), "begins", "leaves") for service in current.all(Service)),
        *((project, run_of(project), "starts", "ends") for project in current.all(Project)),
    ]
    for record, span, comes, goes in turns:
        if span.first >= span.until:
            continue
        for turn, what in ((span.first, comes), (span.until, goes)):
            if turn not in (_ALWAYS, _NEVER_OVER) and first < turn <= last:
                told = turn - _ONE_DAY if what == "ends" else turn
                found.append(Happening(told, turn, what, record, _boxes_of(current, record)))
    return sorted(found, key=lambda each: (each.date, _ORDER.index(each.what), each.record.name))


def _boxes_of(current: Map, record: Service | Project) -> tuple[str, ...]:
    links = current.links_from(record.id)
    return tuple(dict.fromkeys(link.target for link in links if link.type in _TOLD_LINKS))


def by_box(found: Iterable[Happening]) -> dict[str, list[Happening]]:
    """What happens to each box."""
    boxes: dict[str, list[Happening]] = {}
    for each in found:
        for box in each.boxes:
            boxes.setdefault(box, []).append(each)
    return boxes


def tally(found: Iterable[Happening]) -> Tally:
    """How many come and how many go."""
    each = [happening.adds for happening in found]
    return Tally(sum(each), len(each) - sum(each))


def ticks(current: Map) -> list[Tick]:
    """All days that matter, in order: where something begins or ends, and where a stage of a lifecycle does."""
    begins: Counter[dt.date] = Counter()
    ends: Counter[dt.date] = Counter()
    for each in happenings(current):
        (begins if each.adds else ends)[each.date] += 1
    others = Counter(date for service in current.all(Service) for stage, date in stages(service) if stage != PLAN)
    return [Tick(date, begins[date], ends[date], others[date]) for date in sorted({*begins, *ends, *others})]


def used_too_long(current: Map, date: dt.date, today: dt.date) -> dict[str, list[str]]:
    """The ids of the services that are used on that day after their end, each with the boxes that still lean on it. Of
    an end that is yet to come, seen from today, only the boxes that nothing else supports then.
    """
    found: dict[str, list[str]] = {}
    for row in after_the_end(current, date, today):
        service, *others = row.records
        if row.values[1] == AFTER_ITS_END:
            found[service] = [key for key in others if isinstance(current.get(key), Capability)]
    return found


# -- in words ---------------------------------------------------------------------------------------------


def told_between(first: dt.date, last: dt.date, found: Sequence[Happening]) -> str:
    """What changes between two days, as a sentence."""
    return f"Between {day(first)} and {day(last)}: {tallied(found)}."


def tallied(found: Sequence[Happening]) -> str:
    """Such as "4 services begin, 3 leave, 6 projects end, in 23 boxes"."""
    counts = Counter[str](each.what for each in found)
    parts: list[str] = []
    for noun, verbs in (("service", ("begins", "leaves")), ("project", ("starts", "ends"))):
        told = False
        for what in verbs:
            number = counts[what]
            if number:
                subject = f"{number:,}" if told else counted(number, noun)
                parts.append(f"{subject} {verb(number, what, what[:-1])}")
                told = True
    if not parts:
        return "nothing changes"
    boxes = len({box for each in found for box in each.boxes})
    return f"{', '.join(parts)}, in {counted(boxes, 'box')}"


def told_on(current: Map, date: dt.date) -> str:
    """What is there on a day, as a sentence."""
    standing = standing_on(current, date)
    number = {stage: len(services) for stage, services in standing.services.items()}
    used = sum(number.get(stage, 0) for stage in (PILOT, LIVE, PHASE_OUT))
    parts = [f"{number[stage]:,} in {stage}" for stage in (PILOT, PHASE_OUT) if number.get(stage)]
    more = f" ({', '.join(parts)})" if parts else ""
    running = len(standing.projects.get("running", ()))
    return (
        f"{counted(used, 'service')} {verb(used, 'is', 'are')} used{more}, "
        f"{counted(running, 'project')} {verb(running, 'runs', 'run')}."
    )


def reason(current: Map, each: Happening, box: str | None = None) -> str:
    """Why a count changes, as part of a sentence: "Claims Suite ends on 31 December 2028, and nothing else supports
    this". ``box`` is the capability that is looked at.
    """
    record = each.record
    if isinstance(record, Service) and each.what == "begins":
        stage = stage_on(record, each.date)
        how = {PILOT: "goes into pilot", LIVE: "goes live"}.get(stage or "", "begins")
    else:
        how = "ends" if each.what in ("leaves", "ends") else "starts"
    words = f"{record.name} {how} on {day(each.date)}"
    if box is not None and isinstance(record, Service) and each.what == "leaves":
        alone = left_alone(current, record, [box], each.date)
        return f"{words}, and nothing else supports this" if alone else words
    return words


def reasons(current: Map, found: Sequence[Happening], most: int = 6) -> str:
    """What happens, named one by one: "Fraud Scoring starts on 11 January 2027; Anchor ends on 31 December 2028"."""
    told = [reason(current, each) for each in found[: most if len(found) <= most else most - 1]]
    if len(found) > most:
        told.append(f"and {len(found) - most + 1:,} more")
    return "; ".join(told)


def told_too_long(current: Map, too_long: Mapping[str, Sequence[str]]) -> str:
    """The warning about what is used after its end, as a sentence; empty where nothing is."""
    if not too_long:
        return ""
    names = [current.one(Service, key).name for key in too_long]
    boxes = len({box for found in too_long.values() for box in found})
    where = f", in {counted(boxes, 'box')}" if boxes else ""
    end = "its end" if len(names) == 1 else "their end"
    return f"{listed(names, 4)} {verb(len(names), 'is', 'are')} used after {end}{where}."
