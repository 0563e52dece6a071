"""Cards: everything that a map knows of a capability, in strips: words, scores, services, projects, money."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from capmap.analysis.costs import NOTHING, Costs, Spending, total
from capmap.analysis.lifecycle import phase_on, stage_on
from capmap.analysis.words import rounded
from capmap.drawing.answertable import Strip
from capmap.drawing.flow import Block
from capmap.drawing.marks import Mark, Rect, Text
from capmap.drawing.theme import PAPER, edge_of, mixed
from capmap.layout import fonts
from capmap.layout.style import Weight
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Project, Service

_NAME, _NAME_LEADING = 10.5, 13.5
_TEXT, _LEADING = 8.0, 10.8
_SMALL = 7.0
_BAR = 4.0
_INDENT = 10.0
_ABOVE, _BELOW = 5.0, 8.0
_SIDE, _STEP = 6.5, 8.5
"""The side of a square of a score, and from one to the next."""
_SCORE_HEIGHT = 12.0
_FULL = "#3b4556"
_LABEL = 62.0

_OTHERS = {"uses": "Used by", "needs": "Needed for", "asks for": "Asked for"}


@dataclasses.dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a map on a day. ``names`` are those in another language; ``fill_of`` gives the colour that a box
    has on the map; ``page_of`` the number of the page of a card.
    """

    current: Map
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    reckoned: Costs
    today: dt.date
    fill_of: Callable[[str], str]
    page_of: Callable[[str], int]

    def card(self, capability: Capability, width: float) -> Block:
        """The card of a capability in a column of this width."""
        return Block(capability.id, tuple(self._strips(capability, width)))

    def name(self, capability: Capability) -> str:
        """Its name, of an alias that of its target."""
        shown = self.current.shown(capability)
        return self.names.get(shown.id, shown.name)

    def _strips(self, capability: Capability, width: float) -> Iterator[Strip]:
        yield self._heading(capability, width)
        room = width - _INDENT
        if capability.alias_of:
            page = self.page_of(self.current.shown(capability).id)
            yield from self._words(f"A reference: the capability stands on page {page}.", room)
        else:
            yield from self._told(capability, room)
        yield Strip(_BELOW, ())

    def _heading(self, capability: Capability, width: float) -> Strip:
        number = self.current.number(capability.id)
        code = capability.code if capability.code and capability.code != number else ""
        label = f"{number}  {code}".strip()
        indent = fonts.width(label, "regular", _NAME * 0.82) + 7
        lines = fonts.wrap(self.name(capability), "semibold", _NAME, width - _INDENT - indent)
        height = _ABOVE + len(lines) * _NAME_LEADING
        fill = self.fill_of(capability.id)
        marks: list[Mark] = [
            Rect(0.0, _ABOVE, _BAR, height - _ABOVE - 1.5, fill, edge_of(fill, PAPER.page), 0.5, 1.5),
            Text(_INDENT, _ABOVE + _NAME, label, "regular", _NAME * 0.82, PAPER.quiet_ink),
        ]
        for place, line in enumerate(lines):
            down = _ABOVE + _NAME + place * _NAME_LEADING
            marks.append(Text(_INDENT + indent, down, line, "semibold", _NAME, PAPER.ink))
        return Strip(height, tuple(marks), heads=True)

    def _told(self, capability: Capability, room: float) -> Iterator[Strip]:
        path = [self.name(step) for step in self.current.path(capability.id)[:-1]]
        if len(path) > 1:
            yield from self._words(" › ".join(path[1:]), room, ink=PAPER.quiet_ink, size=_SMALL)
        yield from self._words(self.descriptions.get(capability.id, capability.description), room)
        about = (
            ("Owner", capability.owner),
            ("Category", capability.category or ""),
            ("Tags", ", ".join(capability.tags)),
            ("Holds", ", ".join(self.name(child) for child in self.current.children(capability.id))),
        )
        for label, value in about:
            yield from self._labelled(label, value, room)
        yield from self._scores(capability)
        yield from self._labelled("Why", capability.reason, room)
        yield from self._linked(capability, room)
        yield from self._money(capability, room)

    # -- scores -----------------------------------------------------------------------------------------

    def _scores(self, capability: Capability) -> Iterator[Strip]:
        scores = (
            ("Importance", capability.importance, None),
            ("Maturity", capability.maturity, capability.target),
            ("Expectation", capability.expectation, None),
            ("Confidence", capability.confidence, None),
        )
        shown = [score for score in scores if score[1] is not None or score[2] is not None]
        for start in range(0, len(shown), 2):
            marks: list[Mark] = []
            for place, (label, value, target) in enumerate(shown[start : start + 2]):
                marks += _score(_INDENT + place * 172.0, label, value, target)
            yield Strip(_SCORE_HEIGHT, tuple(marks))
        if shown and capability.assessed_on is not None:
            words = f"assessed on {capability.assessed_on.isoformat()}"
            yield from self._words(words, 400.0, ink=PAPER.quiet_ink, size=_SMALL)

    # -- links ------------------------------------------------------------------------------------------

    def _linked(self, capability: Capability, room: float) -> Iterator[Strip]:
        links = self.current.links_to(capability.id)
        given = self.reckoned.sources([capability.id]) if capability.id in self.reckoned.capabilities else {}
        services = [link for link in links if link.type == "supports"]
        projects = [link for link in links if link.type == "improves"]
        if services:
            yield _heading_of("IT services", room)
            for link in services:
                yield self._service(link, given.get(link.source, NOTHING), room)
        if projects:
            yield _heading_of("Projects", room)
            for link in projects:
                yield self._project(link, given.get(link.source, NOTHING), room)
        for kind, label in _OTHERS.items():
            names = [self._record_name(link.source) for link in links if link.type == kind]
            yield from self._labelled(label, ", ".join(names), room)

    def _service(self, link: Link, part: Spending, room: float) -> Strip:
        service = self.current.one(Service, link.source)
        figures = [stage_on(service, self.today) or ""]
        if service.level_actual is not None:
            wanted = f" of {service.level_target:g}" if service.level_target is not None else ""
            figures.append(f"level {service.level_actual:g}{wanted} %")
        if link.fit is not None:
            figures.append(f"fit {link.fit} of 5")
        if part.run:
            figures.append(f"{rounded(part.run, self.current.settings.currency)} a year")
        return _row(service.name, " · ".join(filter(None, figures)), room, PAPER.service_fill)

    def _project(self, link: Link, part: Spending, room: float) -> Strip:
        project = self.current.one(Project, link.source)
        figures = [project.status or phase_on(project, self.today) or ""]
        if project.start or project.end:
            figures.append(" to ".join(f"{day:%m/%Y}" for day in (project.start, project.end) if day))
        if link.promised is not None:
            figures.append(f"promises maturity {link.promised}")
        if part.projects:
            figures.append(rounded(part.projects, self.current.settings.currency))
        return _row(project.name, " · ".join(filter(None, figures)), room, PAPER.project_fill)

    def _record_name(self, record_id: str) -> str:
        return str(getattr(self.current.get(record_id), "name", ""))

    def _money(self, capability: Capability, room: float) -> Iterator[Strip]:
        inside = [box.id for box in self.current.walk(capability.id) if not box.alias_of]
        spending = total(self.reckoned.capabilities.get(box, NOTHING) for box in inside)
        currency = self.current.settings.currency
        told = []
        if spending.run:
            told.append(f"{rounded(spending.run, currency)} a year to run")
        if spending.change:
            told.append(f"{rounded(spending.change, currency)} of projects in {self.reckoned.year}")
        if spending.projects and spending.projects != spending.change:
            told.append(f"{rounded(spending.projects, currency)} of projects in all")
        yield from self._labelled("Money", ", ".join(told), room)

    # -- words ------------------------------------------------------------------------------------------

    def _labelled(self, label: str, value: str, room: float) -> Iterator[Strip]:
        if value.strip():
            yield from self._words(value, room - _LABEL, label=label)

    def _words(
        self, words: str, room: float, *, label: str = "", ink: str = PAPER.ink, size: float = _TEXT
    ) -> Iterator[Strip]:
        """A paragraph, one strip a line."""
        words = " ".join(words.split())
        if not words:
            return
        left = _INDENT + (_LABEL if label else 0.0)
        for number, line in enumerate(fonts.wrap(words, "regular", size, room)):
            marks: list[Mark] = [Text(left, size + 1, line, "regular", size, ink)]
            if label and not number:
                marks.insert(0, Text(_INDENT, size + 1, label, "regular", size, PAPER.quiet_ink))
            yield Strip(_LEADING * size / _TEXT, tuple(marks))


def _score(x: float, label: str, value: int | None, target: int | None) -> Iterator[Mark]:
    """Five squares, filled up to the value, the target framed; and the figures beside."""
    base = (_SCORE_HEIGHT + 0.7 * _TEXT) / 2
    yield Text(x, base, label, "regular", _TEXT, PAPER.quiet_ink)
    left, top = x + _LABEL, (_SCORE_HEIGHT - _SIDE) / 2
    for step in range(1, 6):
        full = value is not None and step <= value
        wanted = target is not None and step == target
        fill = _FULL if full else mixed(PAPER.page, PAPER.rule, 0.45)
        edge = PAPER.ink if wanted else ""
        grown = 1.4 if wanted else 0.0
        if wanted:
            side = _SIDE + 2 * grown
            yield Rect(left - grown, top - grown, side, side, PAPER.page, edge, 0.9, 2.0)
        yield Rect(left, top, _SIDE, _SIDE, fill, radius=1.2)
        left += _STEP
    told = "–" if value is None else str(value)
    if target is not None:
        told += f", target {target}"
    yield Text(left + 3, base, told, "regular", _TEXT, PAPER.ink)


def _heading_of(label: str, room: float) -> Strip:
    return Strip(_LEADING + 2, (Text(_INDENT, _TEXT + 3, label, "semibold", _SMALL, PAPER.quiet_ink),), heads=True)


def _row(name: str, figures: str, room: float, fill: str) -> Strip:
    """A service or project: its dot, its name, its figures at the right, or below where they do not fit."""
    weight: Weight = "regular"
    left, small = _INDENT + 8.0, _SMALL + 0.3
    marks: list[Mark] = [Rect(_INDENT, 2.6, 5.0, 5.0, fill, edge_of(fill, PAPER.page) or fill, 0.8, 2.5)]
    beside = fonts.width(name, weight, _TEXT) + fonts.width(figures, weight, small) + 12 <= room - 8
    lines = (name,) if beside else fonts.wrap(name, weight, _TEXT, room - 8)
    height = 0.0
    for line in lines:
        marks.append(Text(left, height + _TEXT + 0.6, line, weight, _TEXT, PAPER.ink))
        height += _LEADING
    if beside:
        marks.append(Text(_INDENT + room, _TEXT + 0.6, figures, weight, small, PAPER.container_ink, "end"))
        return Strip(height, tuple(marks))
    for line in fonts.wrap(figures, weight, small, room - 8) if figures else ():
        marks.append(Text(left, height + small + 0.6, line, weight, small, PAPER.container_ink))
        height += _LEADING * 0.94
    return Strip(height, tuple(marks))
