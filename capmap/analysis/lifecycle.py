"""Lifecycle: where a service or a project stands on a day."""

from __future__ import annotations

import datetime as dt

from capmap.model.map import Map
from capmap.model.records import Project, Service

PLAN, PILOT, LIVE, PHASE_OUT, RETIRED = "plan", "pilot", "live", "phase-out", "retired"
STAGE_WORDS = {PLAN: "planned", PILOT: "in pilot", LIVE: "live", PHASE_OUT: "in phase-out", RETIRED: "past its end"}
"""How a sentence tells a stage."""

NOT_BEGUN, RUNNING, FINISHED = "not begun", "running", "finished"
"""Where a project stands on a day by its dates."""

OVER = ("done", "stopped")
"""The statuses of a project that changes nothing any more."""


def stages(service: Service) -> list[tuple[str, dt.date]]:
    """The stages that have a date, in their order, each with its first day."""
    dated = (
        (PLAN, service.plan_from),
        (PILOT, service.pilot_from),
        (LIVE, service.live_from),
        (PHASE_OUT, service.phase_out_from),
        (RETIRED, service.retired_from),
    )
    return [(stage, date) for stage, date in dated if date is not None]


def stage_on(service: Service, day: dt.date) -> str | None:
    """The stage of the service on that day; None where it carries no date at all."""
    dated = stages(service)
    reached = [stage for stage, date in dated if date <= day]
    if reached:
        return reached[-1]
    # A service known only by its end was there before it.
    return None if not dated else LIVE if dated[0][0] in (PHASE_OUT, RETIRED) else PLAN


def in_use(current: Map, service: Service, day: dt.date) -> bool:
    """Whether something can lean on the service that day: everything but what is only planned, and what is past its
    end and supports nothing any more.
    """
    stage = stage_on(service, day)
    if stage == RETIRED:
        return any(link.type == "supports" for link in current.links_from(service.id))
    return stage != PLAN


def can_stand_in(service: Service, day: dt.date) -> bool:
    """Whether the service can do another's work that day: live or in phase-out, or without any date."""
    return stage_on(service, day) in (LIVE, PHASE_OUT, None)


def starts(service: Service) -> dt.date | None:
    """The first day on which the service is used: of its pilot, or live."""
    return service.pilot_from or service.live_from


def ends(service: Service) -> dt.date | None:
    """The day by which the service is on its way out: of its phase-out, or its end."""
    return service.phase_out_from or service.retired_from


def phase_on(project: Project, day: dt.date) -> str | None:
    """Where the project stands on that day; None where it carries no date at all. The day of its end is its last."""
    over = project.finished or project.end
    if project.start is None and over is None:
        return None
    if project.start is not None and day < project.start:
        return NOT_BEGUN
    # A project known only by its end ran before it.
    return FINISHED if over is not None and day > over else RUNNING


def is_open(project: Project) -> bool:
    """Whether the project is still to change something."""
    return project.status not in OVER
