"""Roadmap: the lifecycles of services and the projects of a map, by the area that each belongs to most."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from capmap.analysis.lifecycle import PHASE_OUT, PLAN, RETIRED, stages
from capmap.analysis.moments import run_of, ticks, used_too_long
from capmap.errors import UsageError
from capmap.model.map import Map
from capmap.model.records import Project, Service

LONGEST_YEARS = 60
_UNPLACED = "No capability"


class Stretch(NamedTuple):
    """A part of a bar: the stage of a service or the status of a project, from a day on up to before another one. None
    is a day that nobody has told.
    """

    kind: str
    first: dt.date | None
    until: dt.date | None


class Track(NamedTuple):
    """A row: a service or a project, its bar, in how many further areas it is at work, and whether it is used today
    after its end.
    """

    record: Service | Project
    stretches: tuple[Stretch, ...]
    further_areas: int
    used_too_long: bool = False


class Lane(NamedTuple):
    """An area with its rows: services, then projects."""

    key: str
    name: str
    tracks: tuple[Track, ...]


def usual_range(current: Map, today: dt.date) -> tuple[dt.date, dt.date]:
    """From the beginning of last year to the end of the year of the last date in the map, two to six years on."""
    last = max((tick.date.year for tick in ticks(current)), default=today.year)
    return dt.date(today.year - 1, 1, 1), dt.date(min(max(last, today.year + 2), today.year + 6), 12, 31)


def checked_range(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The range, if a picture can be made of it. Raises UsageError."""
    if last <= first:
        raise UsageError(f"The roadmap ends ({last}) before it begins ({first}); write the earlier day first.")
    if last.year - first.year > LONGEST_YEARS:
        raise UsageError(f"A roadmap shows at most {LONGEST_YEARS} years, not those from {first} to {last}.")
    return first, last


def roadmap(current: Map, first: dt.date, last: dt.date, today: dt.date, root: str | None = None) -> list[Lane]:
    """The services and projects that are there in this time, each in the area (of the branch below ``root``) with most
    of its boxes; what changes first stands first. What is used today after its end is always there.
    """
    too_long = used_too_long(current, today, today)
    areas = _areas(current, root)
    rows: dict[str, list[Track]] = {}
    records: list[Service | Project] = [*current.all(Service), *current.all(Project)]
    for record in records:
        stretches = tuple(_of_service(record) if isinstance(record, Service) else _of_project(record))
        seen = tuple(stretch for stretch in stretches if _is_seen(stretch, first, last))
        if stretches and not seen and record.id not in too_long:
            continue
        home, further = _home(current, record, areas)
        if home is not None or root is None:
            track = Track(record, seen or stretches[-1:], further, record.id in too_long)
            rows.setdefault(home or "", []).append(track)
    names = {area: current.capability(area).name for area in dict.fromkeys(areas.values())} | {"": _UNPLACED}
    return [
        Lane(area, name, tuple(sorted(rows[area], key=lambda track: _order(track, first, last))))
        for area, name in names.items()
        if area in rows
    ]


def _areas(current: Map, root: str | None) -> dict[str, str]:
    """For every box the area in which it stands: the box below ``root`` that it is or is inside of."""
    found: dict[str, str] = {}
    for area in current.child_ids(root) or ([root] if root is not None else []):
        found.update((box.id, area) for box in current.walk(area))
    if root is not None and root not in found and found:
        found[root] = next(iter(found.values()))
    return found


def _home(current: Map, record: Service | Project, areas: dict[str, str]) -> tuple[str | None, int]:
    """The area with most of what the record is linked to, and in how many others it is at work."""
    links = current.links_from(record.id)
    boxes = [link.target for link in links if link.type in ("supports", "improves")]
    if not boxes:
        services = [link.target for link in links if link.type in ("changes", "depends on")]
        boxes = [each.target for key in services for each in current.links_from(key) if each.type == "supports"]
    places = Counter(areas[box] for box in boxes if box in areas)
    if not places:
        return None, 0
    return max(places, key=lambda area: places[area]), len(places) - 1


def _of_service(service: Service) -> Iterator[Stretch]:
    """The stages in their order; one that begins after a later stage has begun never is."""
    dated = stages(service)
    if dated and dated[0][0] in (PHASE_OUT, RETIRED):
        dated.insert(0, ("live", dt.date.min))
    for place, (stage, begins) in enumerate(dated):
        until = min((date for _, date in dated[place + 1 :]), default=None)
        if stage != RETIRED and (until is None or begins < until):
            yield Stretch(stage, None if begins == dt.date.min else begins, until)


def _of_project(project: Project) -> Iterator[Stretch]:
    span = run_of(project)
    if project.start is None and project.end is None and project.finished is None:
        return
    if span.first < span.until:
        yield Stretch(
            project.status or "",
            project.start,
            None if span.until == dt.date.max else span.until,
        )


def _is_seen(stretch: Stretch, first: dt.date, last: dt.date) -> bool:
    return (stretch.first is None or stretch.first <= last) and (stretch.until is None or stretch.until > first)


def _order(track: Track, first: dt.date, last: dt.date) -> tuple[bool, bool, dt.date, str]:
    """Services before projects, what has no date last, and else by what changes first."""
    days = [day for stretch in track.stretches for day in (stretch.first, stretch.until) if day and first < day <= last]
    is_project = isinstance(track.record, Project)
    starts = [stretch.first for stretch in track.stretches if stretch.first]
    when = min(starts, default=first) if is_project else min(days, default=dt.date.max)
    return is_project, not track.stretches, when, track.record.name.casefold()


def planned_end(track: Track) -> dt.date | None:
    """The day on which a project was to end, if it ended on another one."""
    project = track.record
    if isinstance(project, Project) and project.finished and project.end and project.end != project.finished:
        return project.end
    return None


def is_first_seen(stretch: Stretch, first: dt.date) -> bool:
    """Whether the stretch has begun before the picture does."""
    return stretch.kind != PLAN and (stretch.first is None or stretch.first < first)
