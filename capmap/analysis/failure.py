"""Failure: what stops and what degrades when services stop, and why.

The method is ITIL's component failure impact analysis, carried through the dependencies between services:

- A service whose "depends on" link says *stops* stops with what it depends on, and degrades with it where that only
  degrades.
- A service whose link says *degrades*, or does not say, degrades where what it depends on stops. Where that only
  degrades, it goes on: it leans too lightly to feel it.
- A capability stops where a service that supports it stops and no other stands in. A service stands in if it is live
  (or in phase-out, or undated), has not stopped, and fits: 3 or better, or not assessed. It may support the box itself
  or a box around it.
- A capability degrades where a service that supports it degrades, or stops while another stands in.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import deque
from collections.abc import Iterable

from capmap.analysis.lifecycle import can_stand_in, in_use
from capmap.model.map import Map
from capmap.model.records import EFFECTS, Link, Service

STOPS, DEGRADES = EFFECTS
LEAST_FIT = 3
"""The least fit with which one service can do another's work."""


@dataclasses.dataclass(frozen=True, slots=True)
class ServiceFate:
    """What happens to a service, over which link from which service, and how many links from what was switched off; no
    link for that itself.
    """

    effect: str
    link: Link | None = None
    steps: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class CapabilityFate:
    """What happens to a capability: the services that stop and that degrade below it, and those that stand in."""

    effect: str
    stopped: tuple[str, ...]
    degraded: tuple[str, ...]
    stand_ins: tuple[str, ...]

    @property
    def cause(self) -> str:
        """The service that decides what happens."""
        return (self.stopped or self.degraded)[0]


@dataclasses.dataclass(frozen=True, slots=True)
class Failure:
    """What happens when some services stop. Each mapping is in the order in which the failure spreads."""

    services: dict[str, ServiceFate]
    capabilities: dict[str, CapabilityFate]

    def chain(self, service: str) -> list[str]:
        """The services from the one switched off to this one, each failing by the one before."""
        steps = [service]
        while (link := self.services[steps[-1]].link) is not None:
            steps.append(link.target)
        return steps[::-1]


def failure(current: Map, switched_off: Iterable[str], day: dt.date) -> Failure:
    """What stops and degrades on that day when these services are switched off."""
    services = _services(current, switched_off, day)
    return Failure(services, _capabilities(current, services, day))


def _services(current: Map, switched_off: Iterable[str], day: dt.date) -> dict[str, ServiceFate]:
    fates = {service: ServiceFate(STOPS) for service in switched_off}
    _spread(current, fates, day, STOPS)
    _spread(current, fates, day, DEGRADES)
    return fates


def _spread(current: Map, fates: dict[str, ServiceFate], day: dt.date, effect: str) -> None:
    """Take all services into ``fates`` that meet with this effect, nearest first, so that each has its shortest
    reason.
    """
    waiting = deque(fates)
    while waiting:
        failed = waiting.popleft()
        for link in current.links_to(failed):
            if link.type != "depends on" or link.source in fates:
                continue
            tight = link.effect == STOPS
            spreads = tight if effect == STOPS or fates[failed].effect == DEGRADES else True
            if spreads and in_use(current, current.one(Service, link.source), day):
                fates[link.source] = ServiceFate(effect, link, fates[failed].steps + 1)
                waiting.append(link.source)


def _capabilities(current: Map, services: dict[str, ServiceFate], day: dt.date) -> dict[str, CapabilityFate]:
    touched: dict[str, None] = {}
    for service in services:
        for link in current.links_from(service):
            if link.type == "supports":
                touched[current.shown(current.capability(link.target)).id] = None
    return {capability: _fate(current, capability, services, day) for capability in touched}


def _fate(current: Map, capability: str, services: dict[str, ServiceFate], day: dt.date) -> CapabilityFate:
    links = [link for link in current.links_to(capability) if link.type == "supports" and link.source in services]
    links.sort(key=lambda link: (services[link.source].steps, -(link.share or 0)))
    stopped = [link.source for link in links if services[link.source].effect == STOPS]
    degraded = [link.source for link in links if services[link.source].effect == DEGRADES]
    stand_ins = _stand_ins(current, capability, services, day) if stopped else []
    effect = STOPS if stopped and not stand_ins else DEGRADES
    return CapabilityFate(effect, tuple(stopped), tuple(degraded), tuple(stand_ins))


def _stand_ins(current: Map, capability: str, services: dict[str, ServiceFate], day: dt.date) -> list[str]:
    """The services that can carry a capability, or a box around it, though others stop."""
    found: dict[str, None] = {}
    for step in reversed(current.path(capability)):
        for link in current.links_to(step.id):
            if link.type != "supports" or (link.fit is not None and link.fit < LEAST_FIT):
                continue
            fate = services.get(link.source)
            if (fate is None or fate.effect == DEGRADES) and can_stand_in(current.one(Service, link.source), day):
                found[link.source] = None
    # One that does not even degrade is the better to name.
    return sorted(found, key=lambda service: service in services)
