"""Linking: which link fits between two records, and many links made or taken away in one step."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from capmap.errors import EditError
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, LINK_ENDS, Capability, Link, Record, make

PARTNERS: Mapping[str, tuple[str, ...]] = {
    kind: tuple(dict.fromkeys(other for ends in LINK_ENDS.values() for one, other in (ends, ends[::-1]) if one == kind))
    for kind in dict.fromkeys(kind for ends in LINK_ENDS.values() for kind in ends)
}
"""Kind -> the kinds that its records can be linked to."""

_TYPE_OF = {ends: link_type for link_type, ends in LINK_ENDS.items()}


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """Two records and the type of link from one to the other."""

    type: str
    source: str
    target: str


@dataclasses.dataclass(frozen=True, slots=True)
class Linking:
    """What becomes of linking records with others: the links to be made, those there are already, and (where nothing
    fits) why not.
    """

    new: tuple[Pair, ...] = ()
    there: tuple[Pair, ...] = ()
    reason: str = ""


def fitting(one: Record, other: Record) -> Pair | None:
    """The link that fits between two records, whichever of them it begins at; None where there is none. Of two
    services the first depends on the second.
    """
    if one.id == other.id:
        return None
    forward = _TYPE_OF.get((one.kind, other.kind))
    if forward is not None:
        return Pair(forward, one.id, other.id)
    backward = _TYPE_OF.get((other.kind, one.kind))
    return Pair(backward, other.id, one.id) if backward is not None else None


def linking(current: Map, things: Iterable[str], others: Iterable[str]) -> Linking:
    """What becomes of linking each of these with each of the others. References stand for what they show."""
    ones, rest = _shown(current, things), _shown(current, others)
    new: dict[Pair, None] = {}
    there: dict[Pair, None] = {}
    reason = ""
    for other in rest:
        links = (*current.links_from(other.id), *current.links_to(other.id))
        known = {(link.type, link.source, link.target) for link in links}
        for one in ones:
            pair = fitting(one, other)
            if pair is None:
                reason = reason or _why_none(one, other)
            elif (pair.type, pair.source, pair.target) in known:
                there[pair] = None
            else:
                new[pair] = None
    return Linking(tuple(new), tuple(there), "" if new or there else reason or "There is nothing to link.")


def link_all(current: Map, wanted: Linking) -> Change:
    """The links to be made, as one step. Raises EditError where nothing fits, or where all are there."""
    if wanted.reason:
        raise EditError(wanted.reason)
    if not wanted.new:
        raise EditError("They are linked already." if len(wanted.there) > 1 else "The two are linked already.")
    made = [make(Link, type=pair.type, source=pair.source, target=pair.target) for pair in wanted.new]
    return Change.of(f"Link {_both(current, made)}", current, made)


def link_new(current: Map, kind: str, name: str, others: Iterable[str]) -> Change:
    """A new record of a kind with links to these others, as one step. Raises EditError."""
    if kind not in CLASS_OF or kind == Capability.kind:
        raise EditError("A new box is added on the map.")
    record = make(CLASS_OF[kind], name=name)
    pairs = [fitting(record, other) for other in _shown(current, others)]
    if None in pairs or not pairs:
        raise EditError(f"A new {kind} cannot be linked to that.")
    made = [make(Link, type=pair.type, source=pair.source, target=pair.target) for pair in pairs if pair is not None]
    return Change.of(f"Add {getattr(record, 'name', name)} and link it", current, [record, *made])


def unlink(current: Map, link_ids: Iterable[str]) -> Change:
    """These links away, as one step."""
    links = [current.one(Link, link_id) for link_id in dict.fromkeys(link_ids)]
    return Change.of(f"Unlink {_both(current, links)}", current, drops=[link.id for link in links])


def _shown(current: Map, record_ids: Iterable[str]) -> list[Record]:
    """The records; for a reference the box that it shows."""
    found: dict[str, Record] = {}
    for record_id in record_ids:
        record = current.get(record_id)
        if isinstance(record, Capability):
            record = current.shown(record)
        if record is not None:
            found[record.id] = record
    return list(found.values())


def _both(current: Map, links: Sequence[Link]) -> str:
    sides = ([link.source for link in links], [link.target for link in links])
    return " and ".join(_named(current, list(dict.fromkeys(side))) for side in sides)


def _named(current: Map, record_ids: Sequence[str]) -> str:
    if len(record_ids) == 1:
        return str(getattr(current.get(record_ids[0]), "name", ""))
    kinds = {record.kind for key in record_ids if (record := current.get(key)) is not None}
    noun = f"{kinds.pop()}s" if len(kinds) == 1 else "records"
    return f"{len(record_ids):,} {'capabilities' if noun == 'capabilitys' else noun}"


def _why_none(one: Record, other: Record) -> str:
    if one.id == other.id:
        return "A link needs two different ends."
    kinds = {one.kind, other.kind}
    if kinds == {"capability"}:
        return "Boxes are not linked to one another; link services, projects and the like to them."
    if "provider" in kinds:
        name = getattr(one if one.kind == "provider" else other, "name", "")
        return f"A provider is not linked itself: link an IT service that {name} provides."
    if "link" in kinds:
        return "A link is not linked: take the service, project or the like at its end."
    return f"A {one.kind} cannot be linked to a {other.kind}.".replace("A objective", "An objective").replace(
        "a objective", "an objective"
    )
