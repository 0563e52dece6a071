"""Reach: from services, projects and all else that is no capability to the boxes that feel it, step by step."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from capmap.analysis.named import label
from capmap.analysis.touches import told
from capmap.analysis.words import capital, counted, verb
from capmap.graph import ASKED, BECAME, DELIVERED, FUNDED, Edge, Hop, Route
from capmap.model.map import Map
from capmap.model.records import Capability, Demand, Link, Project, Provider, Record, Service, Unit

MOST_STEPS = 8
"""Farther than this nothing is looked for: no reader follows a longer chain."""
_MOST_ROUTES = 200
"""So many routes to one box are looked at, at most, for the few that are told."""

_FORTH = frozenset({"supports", "improves", "changes", "needs", "uses", "asks for"})
_DOES: Mapping[str, tuple[str, str]] = {
    "service": ("supports", "support"),
    "provider": ("delivers services to", "deliver services to"),
    "project": ("improves", "improve"),
    "objective": ("needs", "need"),
    "unit": ("uses", "use"),
    "demand": ("asks for", "ask for"),
}
"""Kind -> what one and what several of them do to the boxes that they touch first."""
_FURTHER: Mapping[str, str] = {
    "service": "with what depends on it",
    "provider": "with what depends on its services",
    "project": "with the services that it changes",
    "unit": "with the projects that it pays for and what it asked for",
    "demand": "with the project that it became",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Reach:
    """What lies within ``steps`` steps of the starts: ``routes`` has the boxes, each with the start of the shortest
    route to it and that route.

    ``first`` is the first step that touches any box, ``direct`` how many it touches. ``whole`` are the routes within
    MOST_STEPS steps.
    """

    starts: tuple[str, ...]
    steps: int
    first: int
    direct: int
    routes: Mapping[str, tuple[str, Route]]
    whole: Mapping[str, tuple[str, Route]]

    def next(self, by: int = 1) -> Reach:
        """One step more (1) or one less (-1), past those that would change nothing; the same where there is none."""
        steps = self.steps + by
        while self.first <= steps <= MOST_STEPS:
            found = _within(self.starts, self.whole, steps)
            if len(found.routes) != len(self.routes):
                return found
            steps += by
        return self

    @property
    def goes_on(self) -> bool:
        """Whether some step more touches further boxes."""
        return len(self.routes) < len(self.whole)


def reach(current: Map, starts: Sequence[str], steps: int | None = None) -> Reach:
    """The boxes that these records touch. It goes the way that trouble spreads: from providers to their services, from
    services to what they support and to what depends on them, from projects to what they improve and change. None as
    ``steps`` is the fewest that touch a box.

    Starts that are no longer in the map touch nothing.
    """
    return _within(tuple(starts), _boxes(current, starts), steps)


def _within(starts: tuple[str, ...], whole: Mapping[str, tuple[str, Route]], steps: int | None) -> Reach:
    lengths = {box: len(route) for box, (_, route) in whole.items()}
    first = min(lengths.values(), default=1)
    wanted = first if steps is None else max(steps, first)
    routes = {box: whole[box] for box, length in lengths.items() if length <= wanted}
    return Reach(starts, wanted, first, sum(length == first for length in lengths.values()), routes, whole)


def in_words(current: Map, found: Reach) -> str:
    """The reach in one sentence: "Keel Policy Platform supports 12 boxes; with what depends on it 31"."""
    records = [record for start in found.starts if (record := current.get(start)) is not None]
    kinds = {record.kind for record in records}
    if not records:
        return ""
    one, many = _DOES[kinds.pop()] if len(kinds) == 1 and records[0].kind in _DOES else ("touches", "touch")
    who = label(records[0]) if len(records) == 1 else capital(counted(len(records), _noun(records)))
    does = verb(len(records), one, many)
    if not found.routes:
        return f"{who} {does} no boxes."
    usual = 2 if records[0].kind == Provider.kind else 1
    if found.first > usual:
        # Such as a service that supports no box itself.
        does, away = verb(len(records), "touches", "touch"), f", {counted(found.first, 'step')} away"
    else:
        away = ""
    sentence = f"{who} {does} {counted(found.direct, 'box')}{away}"
    if found.steps == found.first or len(found.routes) == found.direct:
        return f"{sentence}."
    further = found.steps - found.first
    words = _FURTHER.get(records[0].kind, "") if further == 1 and len(records) == 1 else ""
    words = words or f"with {counted(further, 'step')} more"
    return f"{sentence}; {words} {len(found.routes):,}."


def routes_to(current: Map, found: Reach, box: str, most: int = 4) -> list[str]:
    """How the reach comes to a box, a sentence a route, the shortest first; of more than ``most`` routes these many."""
    sentences = []
    for start, route in sorted(_all_routes(current, found, box), key=lambda pair: len(pair[1])):
        record = current.get(start)
        if record is not None:
            sentences.append(f"{label(record)} {told(current, start, route)}.")
    return list(dict.fromkeys(sentences))[:most]


def reached_by(current: Map, found: Reach, box: str) -> str | None:
    """The box that the reach comes to and for which this one is lit: itself, what it shows, or a box around it."""
    record = current.get(box)
    if not isinstance(record, Capability):
        return None
    for step in reversed(current.path(box)):
        for key in (step.id, current.shown(step).id):
            if key in found.routes:
                return key
    return None


def lit_boxes(current: Map, boxes: Sequence[str]) -> set[str]:
    """These boxes with all inside them, whose links count for them too, and all boxes that show one of them again."""
    there = [box for box in boxes if isinstance(current.get(box), Capability)]
    inside = current.subtree_ids(there)
    return {*inside, *(alias for box in inside for alias in current.aliases_of(box))}


def _boxes(current: Map, starts: Sequence[str]) -> dict[str, tuple[str, Route]]:
    """Box -> the start of the shortest route to it, and the route."""
    boxes: dict[str, tuple[str, Route]] = {}
    seen = {start for start in starts if start in current}
    waiting: deque[tuple[str, str, Route]] = deque((start, start, ()) for start in seen)
    while waiting:
        start, here, route = waiting.popleft()
        for tie in _onward(current, current[here]):
            to = tie[0]
            if to in seen:
                continue
            seen.add(to)
            further = (*route, _hop(tie))
            if isinstance(current.get(to), Capability):
                boxes[to] = (start, further)
            elif len(further) < MOST_STEPS:
                waiting.append((start, to, further))
    return boxes


def _all_routes(current: Map, found: Reach, box: str) -> Iterator[tuple[str, Route]]:
    """The routes from the starts to a box that are no longer than the reach and pass nothing twice."""
    given = 0
    waiting: deque[tuple[str, Route]] = deque((start, ()) for start in found.starts if start in current)
    while waiting and given < _MOST_ROUTES:
        start, route = waiting.popleft()
        here = route[-1].to if route else start
        passed = {start, *(hop.to for hop in route)}
        for tie in _onward(current, current[here]):
            to = tie[0]
            if to == box:
                given += 1
                yield start, (*route, _hop(tie))
                continue
            ends = isinstance(current.get(to), Capability) or len(route) + 1 == found.steps
            if not ends and to not in passed and len(waiting) < 50 * _MOST_ROUTES:
                waiting.append((start, (*route, _hop(tie))))


_Tie = tuple[str, str, str, str, Link | None]
"""What feels a record next: its id; type, source and target of the edge that leads there, and the link behind it."""


def _hop(tie: _Tie) -> Hop:
    to, type_, source, target, link = tie
    return Hop(Edge(type_, source, target, link), to)


def _onward(current: Map, record: Record) -> Iterator[_Tie]:
    """What feels this record next. There may be very many, so they become hops only where they are followed."""
    if isinstance(record, Link):
        for end in (record.source, record.target):
            yield end, record.type, record.source, record.target, record
        return
    for link in current.links_from(record.id):
        if link.type in _FORTH:
            yield link.target, link.type, link.source, link.target, link
    for link in current.links_to(record.id):
        if link.type == "depends on":
            yield link.source, link.type, link.source, link.target, link
    if isinstance(record, Provider):
        for service in current.all(Service):
            if service.provider == record.id:
                yield service.id, DELIVERED, service.id, record.id, None
    elif isinstance(record, Unit):
        for project in current.all(Project):
            if project.funding_unit == record.id:
                yield project.id, FUNDED, project.id, record.id, None
        for demand in current.all(Demand):
            if demand.unit == record.id:
                yield demand.id, ASKED, demand.id, record.id, None
    elif isinstance(record, Demand) and record.project is not None and record.project in current:
        yield record.project, BECAME, record.id, record.project, None


def _noun(records: Sequence[Record]) -> str:
    kinds = {record.kind for record in records}
    return kinds.pop() if len(kinds) == 1 else "thing"
