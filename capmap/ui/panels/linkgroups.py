"""Link groups: what the chosen boxes are linked to, by kinds, each thing with its one telling figure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from capmap.model.map import Map
from capmap.model.records import LINK_ENDS, Capability, Demand, Link, Objective, Project, Record, Service, Unit
from capmap.model.shares import why_off
from capmap.ui.panels import figures


@dataclasses.dataclass(frozen=True, slots=True)
class LinkedThing:
    """One row: the record at the other end, its name, its figure, and the boxes it is linked to. ``links`` are those
    to the chosen boxes themselves, ``inside`` names the boxes inside these that it is linked to; ``off`` says what is
    wrong with its shares.
    """

    record_id: str
    kind: str
    name: str
    figure: str
    boxes: tuple[str, ...]
    links: tuple[Link, ...] = ()
    inside: tuple[str, ...] = ()
    off: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class LinkGroup:
    """The rows under one heading; ``kind`` is what all of them are."""

    heading: str
    rows: Sequence[LinkedThing]
    kind: str = ""


GROUPS = {
    "supports": ("Supported by {}", "IT service", "IT services"),
    "improves": ("Changed by {}", "project", "projects"),
    "needs": ("Serves {}", "objective", "objectives"),
    "uses": ("Used by {}", "unit", "units"),
    "asks for": ("Asked for by {}", "demand", "demands"),
}


def link_groups(current: Map, record_ids: Iterable[str]) -> list[LinkGroup]:
    """What is linked to these boxes and to all inside them, each thing once."""
    chosen = set(record_ids)
    found: dict[str, dict[str, list[Link]]] = {link_type: {} for link_type in GROUPS}
    for link in _links_into(current, chosen):
        if link.type in found:
            found[link.type].setdefault(link.source, []).append(link)
    groups = []
    for link_type, things in found.items():
        rows = sorted(_rows(current, things, chosen), key=lambda row: row.name.casefold())
        if rows:
            groups.append(LinkGroup(_heading(current, link_type, things), rows, LINK_ENDS[link_type][0]))
    return groups


def _links_into(current: Map, chosen: set[str]) -> Iterator[Link]:
    """The links that end at these boxes or inside them."""
    if not any(current.has_children(key) for key in chosen):
        for key in chosen:
            yield from current.links_to(key)
        return
    # There are fewer links than boxes in a big map, so each link looks upwards instead of each box downwards.
    inside: dict[str | None, bool] = {None: False, **dict.fromkeys(chosen, True)}
    for link in current.all(Link):
        passed = []
        step: str | None = link.target
        while step not in inside:
            passed.append(step)
            box = current.get(step)
            step = box.parent if isinstance(box, Capability) else None
        inside.update(dict.fromkeys(passed, inside[step]))
        if inside[link.target]:
            yield link


def _rows(current: Map, things: dict[str, list[Link]], chosen: set[str]) -> Iterator[LinkedThing]:
    currency = current.settings.currency
    for record_id, links in things.items():
        record = current.get(record_id)
        if record is not None:
            ends = (current.get(link.target) for link in current.links_from(record_id))
            linked = tuple(box.id for box in ends if isinstance(box, Capability))
            yield LinkedThing(
                record_id,
                record.kind,
                getattr(record, "name", ""),
                _figure(record, currency),
                linked,
                tuple(link for link in links if link.target in chosen),
                tuple(current.capability(link.target).name for link in links if link.target not in chosen),
                why_off(current, record_id),
            )


def _figure(record: Record, currency: str) -> str:
    if isinstance(record, Service):
        return figures.of_service(record, currency)
    if isinstance(record, Project):
        return figures.of_project(record)
    if isinstance(record, Objective):
        return figures.of_objective(record)
    if isinstance(record, Unit):
        return figures.of_unit(record)
    return (record.stage or "") if isinstance(record, Demand) else ""


def _heading(current: Map, link_type: str, things: dict[str, list[Link]]) -> str:
    """Supported by 2 services in IT · € 410k a year."""
    words, one, many = GROUPS[link_type]
    heading = words.format(f"{len(things):,} {one if len(things) == 1 else many}")
    if link_type == "supports":
        cost = _cost(current, things)
        if cost:
            heading += f" · {figures.money(cost, current.settings.currency)} a year"
    return heading


def _cost(current: Map, things: dict[str, list[Link]]) -> int:
    """What these boxes cost a year, in cents: of each service the share that its links take, all of it where no share
    is known.
    """
    total = 0.0
    for record_id, links in things.items():
        service = current.get(record_id)
        if isinstance(service, Service) and service.run_cost is not None:
            shares = [link.share for link in links if link.share is not None]
            total += service.run_cost * (min(sum(shares), 100.0) / 100 if shares else 1.0)
    return round(total)
