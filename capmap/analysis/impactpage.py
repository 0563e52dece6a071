"""The page that tells an impact: its opening sentence, and what a manager wants to know next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from capmap.analysis.answer import Row
from capmap.analysis.failure import DEGRADES, STOPS, Failure
from capmap.analysis.named import label
from capmap.analysis.words import capital, counted, day, listed, money, verb
from capmap.model.map import Map
from capmap.model.records import Provider, Record, Service

HIT, HAMPERED = "hit", "hampered"
"""What happens to who needs something that stops, or that only degrades."""

GREAT = 4
"""The least importance of a capability that is named in the story."""


class Page:
    """The sentences about one failure. ``rows`` are the rows of the answer, in their order."""

    def __init__(
        self, current: Map, subject: Record, running: Sequence[Service], failed: Failure, rows: Sequence[Row]
    ) -> None:
        self._map = current
        self._subject = subject
        self._running = running
        self._failed = failed
        self._rows = rows
        self.currency = current.settings.currency

    def sentence(self) -> str:
        """What happens to the capabilities, in one sentence."""
        name = label(self._subject)
        first = f"If {name} stops"
        if isinstance(self._subject, Provider):
            count = len(self._running)
            first = f"If {name} stops delivering, {counted(count, 'service')} {verb(count, 'stops', 'stop')}"
        stopping, degrading = (len(self._those(effect, "capability")) for effect in (STOPS, DEGRADES))
        parts = []
        if stopping:
            parts.append(f"{counted(stopping, 'capability')} {verb(stopping, 'stops', 'stop')}")
        if degrading:
            noun = f"{degrading:,} more" if stopping else counted(degrading, "capability")
            parts.append(f"{noun} {verb(degrading, 'degrades', 'degrade')}")
        then = " and ".join(parts) or "no capability feels it"
        return f"{first}{': ' if isinstance(self._subject, Provider) else ', '}{then}."

    def story(self, on: dt.date) -> Iterator[str]:
        """What a manager asks next, a sentence each: what matters most, who, what else, what money, what else to
        know.
        """
        yield from self._capabilities()
        yield from self._units_and_objectives()
        yield from self._services()
        yield from self._money()
        yield from self._circumstances(on)

    def _capabilities(self) -> Iterator[str]:
        stopping = self._those(STOPS, "capability")
        great = [row for row in stopping if _whole(row.values[4]) >= GREAT]
        if great:
            yield f"Among what stops, of importance {GREAT} or 5: {self._names(great, 8)}."
        partly = [
            row for row in self._those(DEGRADES, "capability") if self._failed.capabilities[row.records[0]].stopped
        ]
        if partly:
            it = verb(len(partly), "it degrades but does", "they degrade but do")
            yield f"Other services still support {self._names(partly, 6)}, so {it} not stop."

    def _units_and_objectives(self) -> Iterator[str]:
        units = self._those(HIT, "unit")
        if units:
            shares = [
                f"{row.values[3]} ({len(row.records) - 1:,} of its "
                f"{counted(self._linked(row.records[0], 'uses'), 'capability')})"
                for row in units
            ]
            yield f"Hit hardest: {listed(shares, 4)}."
        objectives = self._those(HIT, "objective")
        if objectives:
            needs = verb(len(objectives), "objective needs", "objectives need")
            yield f"{len(objectives):,} {needs} what stops: {self._names(objectives, 6)}."

    def _linked(self, record_id: str, link_type: str) -> int:
        return sum(link.type == link_type for link in self._map.links_from(record_id))

    def _services(self) -> Iterator[str]:
        asked = {service.id for service in self._running}
        for effect, one, many in ((STOPS, "stops with it", "stop with it"), (DEGRADES, "degrades", "degrade")):
            others = [row for row in self._those(effect, "service") if row.records[0] not in asked]
            if others:
                noun = counted(len(others), "other service")
                yield f"{noun} {verb(len(others), one, many)}: {self._names(others, 8)}."

    def _money(self) -> Iterator[str]:
        idle = sum(_whole(row.values[5]) for row in self._those(STOPS, "service"))
        own = sum(service.run_cost or 0 for service in self._running)
        if idle:
            part = f", {money(own, self.currency)} of it for {label(self._subject)}" if own != idle else ""
            yield f"What stands still costs {money(idle, self.currency)} a year to run{part}."
        projects = self._those(HIT, "project")
        if projects:
            budget = sum(_whole(row.values[6]) for row in projects)
            worth = f" with a budget of {money(budget, self.currency)}" if budget else ""
            works = verb(len(projects), "works", "work")
            yield f"{counted(len(projects), 'open project')}{worth} {works} on what stops: {self._names(projects, 5)}."

    def _circumstances(self, on: dt.date) -> Iterator[str]:
        for service in self._running:
            if service.retired_from is not None and service.retired_from <= on:
                yield f"{service.name} has been past its end since {day(service.retired_from)} and is still used."
        if isinstance(self._subject, Provider) and self._subject.contract_end is not None:
            verb_ = "ended" if self._subject.contract_end < on else "ends"
            yield f"The contract with {self._subject.name} {verb_} on {day(self._subject.contract_end)}."

    def _those(self, effect: str, kind: str) -> list[Row]:
        return [row for row in self._rows if row.values[0] == effect and row.values[1] == kind]

    def _names(self, rows: Sequence[Row], most: int) -> str:
        return listed([capital(str(row.values[3])) for row in rows], most)


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
