"""Timeline: what is live on a day, what changes between two days, and what is used after its end."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from capmap.analysis.answer import Answer, Column, Row
from capmap.analysis.lifecycle import (
    LIVE,
    PHASE_OUT,
    PILOT,
    PLAN,
    RETIRED,
    RUNNING,
    can_stand_in,
    phase_on,
    stage_on,
    stages,
)
from capmap.analysis.words import capital, counted, day, listed, money, verb
from capmap.errors import UsageError
from capmap.model.map import Map
from capmap.model.records import Objective, Project, Provider, Service

AFTER_ITS_END = "used after its end"
WITHOUT_CONTRACT = "used without a contract"
NOTHING_TAKES_OVER = "ends, nothing takes over"
_COLUMNS = (Column("Date", "date"), Column("What"), Column("Kind"), Column("Code"), Column("Name"), Column("More"))
_BEGINS = {
    PLAN: "is planned",
    PILOT: "pilot begins",
    LIVE: "goes live",
    PHASE_OUT: "phase-out begins",
    RETIRED: "ends",
}


def timeline(current: Map, argument: str, on: dt.date) -> Answer:
    """What is live on a day (none given: today), or what changes from a day to another, "2026-01-01..2026-12-31". A
    month ("2026-11") or a year ("2026") stands for its first to its last day.
    """
    first, last = period(argument, on)
    return _on_day(current, first, on) if first == last else _between(current, first, last, on)


def period(text: str, on: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day that a text names. Raises UsageError."""
    if not text:
        return on, on
    begin, dots, end = text.partition("..")
    first, last = _days(begin.strip(), text), _days((end if dots else begin).strip(), text)
    if last[1] < first[0]:
        raise UsageError(f"The period {text} ends before it begins; write the earlier day first.")
    return first[0], last[1]


def _days(text: str, whole: str) -> tuple[dt.date, dt.date]:
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text)
    try:
        if found is None:
            raise ValueError
        year, month, date = (int(part) if part else 0 for part in found.groups())
        if date:
            return (exact := dt.date(year, month, date)), exact
        first, last = (month, month) if month else (1, 12)
        return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])
    except ValueError:
        raise UsageError(
            f"“{whole}” is no day and no period. Give a day like 2026-11-30, a month like 2026-11, a year like 2026, "
            "or two days like 2026-01-01..2026-12-31."
        ) from None


# -- on a day -------------------------------------------------------------------------------------------


def _on_day(current: Map, date: dt.date, on: dt.date) -> Answer:
    warnings = list(after_the_end(current, date, on))
    services = [(service, stage_on(service, date)) for service in current.all(Service)]
    used = [(service, stage) for service, stage in services if stage in (PILOT, LIVE, PHASE_OUT)]
    running = [project for project in current.all(Project) if phase_on(project, date) == RUNNING]
    order = (LIVE, PHASE_OUT, PILOT)
    used.sort(key=lambda pair: order.index(str(pair[1])))
    rows = [
        *warnings,
        *(
            Row(
                (
                    dict(stages(service)).get(str(stage)),
                    stage,
                    "service",
                    service.code,
                    service.name,
                    _next(service, date),
                ),
                (service.id,),
                (service.id,),
            )
            for service, stage in used
        ),
        *(_project_row(current, project, project.start, "runs", on) for project in running),
    ]
    count = {stage: sum(found == stage for _, found in services) for stage in (*order, PLAN)}
    parts = [counted(count[LIVE], "service") + f" {verb(count[LIVE], 'is', 'are')} live"]
    parts += [f"{count[PHASE_OUT]:,} in phase-out"] if count[PHASE_OUT] else []
    parts += [f"{count[PILOT]:,} in pilot"] if count[PILOT] else []
    parts += [f"{count[PLAN]:,} planned"] if count[PLAN] else []
    sentence = (
        f"On {day(date)}, {listed(parts, 9)}; {counted(len(running), 'project')} {verb(len(running), 'runs', 'run')}."
    )
    story = [*_warning_story(warnings)]
    undated = [service.name for service, stage in services if stage is None]
    if undated:
        story.append(
            f"{counted(len(undated), 'service')} {verb(len(undated), 'has', 'have')} no date: {listed(undated)}."
        )
    return Answer("timeline", sentence, _COLUMNS, tuple(rows), tuple(story), current.settings.currency)


def _next(service: Service, date: dt.date) -> str:
    for stage, begins in stages(service):
        if begins > date:
            return f"{capital(_BEGINS[stage])} on {day(begins)}."
    return ""


def _project_row(current: Map, project: Project, date: dt.date | None, what: str, on: dt.date) -> Row:
    more = [f"{capital(project.status)}."] if project.status in ("proposed", "approved", "stopped") else []
    if what != "ends" and (project.finished or project.end):
        more.append(f"Until {day(project.finished or project.end or dt.date.min)}.")
    if project.budget:
        more.append(f"{money(project.budget, current.settings.currency)} of budget.")
    targets = [link.target for link in current.links_from(project.id) if link.type == "improves"]
    if targets:
        names = listed([current.capability(target).name for target in targets], 4)
        more.append(f"{'Improved' if what == 'ends' and date is not None and date <= on else 'Improves'} {names}.")
    return Row(
        (date, what, "project", project.code, project.name, " ".join(more)), (project.id, *targets), (project.id,)
    )


# -- used after its end ---------------------------------------------------------------------------------


def after_the_end(current: Map, date: dt.date, on: dt.date) -> Iterator[Row]:
    """What is used that day after its end. An end that is still to come, seen from the day of the question, counts only
    where nothing else is there to take over.
    """
    for service in current.all(Service):
        end = service.retired_from
        if end is None or stage_on(service, date) != RETIRED:
            continue
        boxes = _supported(current, service)
        leaning = [
            other
            for link in current.links_to(service.id)
            if link.type == "depends on"
            and stage_on(other := current.one(Service, link.source), date) in (PILOT, LIVE, PHASE_OUT, None)
        ]
        if end > on:
            boxes = left_alone(current, service, boxes, date)
        if boxes or leaning:
            yield _after_end(current, service, end, boxes, leaning)
    for provider in current.all(Provider):
        if provider.contract_end and provider.contract_end < date:
            still = [
                service
                for service in current.all(Service)
                if service.provider == provider.id and stage_on(service, date) in (PILOT, LIVE, PHASE_OUT, None)
            ]
            if still:
                more = f"Still delivers {listed([service.name for service in still], 4)}."
                values = (provider.contract_end, WITHOUT_CONTRACT, "provider", "", provider.name, more)
                yield Row(values, (provider.id, *(service.id for service in still)), (provider.id, still[0].id))


def _after_end(current: Map, service: Service, end: dt.date, boxes: list[str], leaning: list[Service]) -> Row:
    parts = [f"still supports {listed([current.capability(box).name for box in boxes], 4)}"] if boxes else []
    parts += [f"is still needed by {listed([other.name for other in leaning], 4)}"] if leaning else []
    others = [other.id for other in leaning]
    values = (end, AFTER_ITS_END, "service", service.code, service.name, f"{capital(' and '.join(parts))}.")
    return Row(values, (service.id, *boxes, *others), (service.id, (boxes or others)[0]))


def _supported(current: Map, service: Service) -> list[str]:
    return [link.target for link in current.links_from(service.id) if link.type == "supports"]


def _warning_story(warnings: list[Row]) -> Iterator[str]:
    for what, words in ((AFTER_ITS_END, "used after its end"), (WITHOUT_CONTRACT, "without a contract")):
        names = [str(row.values[4]) for row in warnings if row.values[1] == what]
        if names:
            form = words if len(names) == 1 else words.replace("its end", "their end")
            yield f"Warning: {listed(names)} {verb(len(names), 'is', 'are')} {form}."


# -- between two days -----------------------------------------------------------------------------------


def _between(current: Map, first: dt.date, last: dt.date, on: dt.date) -> Answer:
    events = sorted(_events(current, first, last, on), key=lambda row: (str(row.values[0]), str(row.values[4])))
    warnings = list(after_the_end(current, last, on))
    sentence = f"From {day(first)} to {day(last)}, {listed(list(_tallies(events)), 9) or 'nothing changes'}."
    story = list(_warning_story(warnings))
    alone = [row for row in events if row.values[1] == NOTHING_TAKES_OVER]
    if alone:
        names = [f"{row.values[4]} ({day(row.values[0])})" for row in alone if isinstance(row.values[0], dt.date)]
        story.append(
            f"Nothing takes over all that {verb(len(alone), 'this supports', 'these support')}: {listed(names)}."
        )
    return Answer("timeline", sentence, _COLUMNS, (*warnings, *events), tuple(story), current.settings.currency)


def _tallies(events: list[Row]) -> Iterator[str]:
    for kind, whats, one, many in (
        ("service", ("goes live",), "goes live", "go live"),
        ("service", ("ends", NOTHING_TAKES_OVER), "ends", "end"),
        ("project", ("begins",), "begins", "begin"),
        ("project", ("ends",), "ends", "end"),
        ("provider", ("contract ends",), "contract ends", "contracts end"),
    ):
        count = sum(row.values[2] == kind and row.values[1] in whats for row in events)
        if count:
            noun = (
                f"{count:,} {verb(count, one, many)}"
                if kind == "provider"
                else f"{counted(count, kind)} {verb(count, one, many)}"
            )
            yield noun


def _events(current: Map, first: dt.date, last: dt.date, on: dt.date) -> Iterator[Row]:
    for service in current.all(Service):
        for stage, date in stages(service):
            if first <= date <= last:
                yield _stage_row(current, service, stage, date)
    for project in current.all(Project):
        end = project.finished or project.end
        if project.start and first <= project.start <= last:
            yield _project_row(current, project, project.start, "begins", on)
        if end and first <= end <= last:
            yield _project_row(current, project, end, "ends", on)
    for provider in current.all(Provider):
        if provider.contract_end and first <= provider.contract_end <= last:
            yield _contract_row(current, provider, provider.contract_end)
    for objective in current.all(Objective):
        if objective.due and first <= objective.due <= last:
            values = (objective.due, "is due", "objective", "", objective.name, "")
            yield Row(values, (objective.id,), (objective.id,))


def _stage_row(current: Map, service: Service, stage: str, date: dt.date) -> Row:
    boxes = _supported(current, service)
    names = listed([current.capability(box).name for box in boxes], 4)
    if stage == RETIRED and (orphans := left_alone(current, service, boxes, date)):
        orphaned = listed([current.capability(box).name for box in orphans], 4)
        more = f"No other live service then supports {orphaned}."
        return Row(
            (date, NOTHING_TAKES_OVER, "service", service.code, service.name, more),
            (service.id, *orphans),
            (service.id, orphans[0]),
        )
    more = f"Supports {names}." if names else ""
    return Row((date, _BEGINS[stage], "service", service.code, service.name, more), (service.id, *boxes), (service.id,))


def left_alone(current: Map, service: Service, boxes: list[str], date: dt.date) -> list[str]:
    """The boxes of a service that no other live service supports on that day."""
    return [
        box
        for box in boxes
        if not any(
            link.type == "supports"
            and link.source != service.id
            and can_stand_in(current.one(Service, link.source), date)
            for step in current.path(box)
            for link in current.links_to(step.id)
        )
    ]


def _contract_row(current: Map, provider: Provider, date: dt.date) -> Row:
    outliving = [
        service
        for service in current.all(Service)
        if service.provider == provider.id and (service.retired_from is None or service.retired_from > date)
    ]
    more = f"Beyond it run {listed([service.name for service in outliving], 4)}." if outliving else ""
    values = (date, "contract ends", "provider", "", provider.name, more)
    return Row(values, (provider.id, *(service.id for service in outliving)), (provider.id,))
