"""Boxes: what a source says about capabilities, as a tree that belongs to no map yet, and the Reading that holds it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from capmap.errors import InputError
from capmap.exchange.columns import ColumnMapping
from capmap.exchange.notices import Notices
from capmap.model.fields import NAME_LIMIT
from capmap.model.records import Record
from capmap.model.rules import DEEPEST_LEVEL
from capmap.model.text import clean_name


@dataclasses.dataclass(slots=True, eq=False)
class Box:
    """A capability as a source tells of it.

    ``values`` are fields of Capability, checked and without empty ones; parent, position and alias_of follow from the
    tree. A box that ``shows`` another is a reference to it; it is ``repeated`` if a second row with the same id made it
    one. ``place`` names its row or line. ``order`` is the order among siblings, if the source numbers it.
    """

    values: dict[str, Any]
    place: str = ""
    children: list[Box] = dataclasses.field(default_factory=list)
    shows: Box | None = None
    order: float | None = None
    repeated: bool = False

    @property
    def name(self) -> str:
        """The name, empty while the source's layout has not told it."""
        return str(self.values.get("name", ""))


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a source.

    ``boxes`` are the top level, in order. ``records`` are what the source brings beside them: own attributes, and
    from CapMap's own JSON everything else in a map. ``shaped`` is False for a mere list, which says nothing of where
    boxes stand. ``notices`` are sentences on what was read differently than written. ``mapping`` tells what each
    column was taken for; correct it and read again.
    """

    source: str
    boxes: tuple[Box, ...]
    records: tuple[Record, ...] = ()
    notices: tuple[str, ...] = ()
    mapping: ColumnMapping | None = None
    shaped: bool = True
    title: str = ""

    def walk(self) -> Iterator[tuple[Box, Box | None]]:
        """All boxes in reading order, each with the box that holds it."""
        return walk(self.boxes)

    @property
    def levels(self) -> tuple[int, ...]:
        """How many boxes stand on each level, from the top."""
        counts: list[int] = []
        row = list(self.boxes)
        while row:
            counts.append(len(row))
            row = [child for box in row for child in box.children]
        return tuple(counts)

    @property
    def count(self) -> int:
        """How many boxes there are."""
        return sum(self.levels)


def called(name: str) -> str:
    """A name on one line, cut where it is longer than a name may be."""
    name = clean_name(name)
    return name if len(name) <= NAME_LIMIT else name[: NAME_LIMIT - 1].rstrip() + "…"


def walk(boxes: Iterable[Box]) -> Iterator[tuple[Box, Box | None]]:
    """These boxes and all below them in reading order, each with the box that holds it."""
    stack: list[tuple[Box, Box | None]] = [(box, None) for box in reversed(list(boxes))]
    while stack:
        box, above = stack.pop()
        yield box, above
        stack.extend((child, box) for child in reversed(box.children))


def settled(tops: list[Box], source: str, notices: Notices) -> list[Box]:
    """The tree in its final form: siblings in the order that the source numbers, no second row beside the first, no
    reference that holds boxes. Raises InputError for a tree that is too deep.
    """
    _require_depth(tops, source)
    holders = {id(box): holder for box, holder in walk(tops)}
    doubled: set[int] = set()
    for box, holder in list(walk(tops)):
        if box.shows is None:
            continue
        # A reference holds no boxes: they go to its target, or beside it where the target is one of them.
        held_in = (holder.children if holder else tops) if _holds(box, box.shows) else box.shows.children
        held_in += box.children
        box.children = []
        if box.repeated and holders.get(id(box.shows)) is holder:
            notices.add("the box stands in the same place twice and was read once.", box.place)
            doubled.add(id(box))
        elif box.repeated:
            notices.add("the box has a second place, where it is shown as a reference.", box.place)
    if doubled:
        for siblings in [tops, *(box.children for box, _ in walk(tops))]:
            siblings[:] = [box for box in siblings if id(box) not in doubled]
    if any(box.order is not None for box, _ in walk(tops)):
        for siblings in [tops, *(box.children for box, _ in walk(tops))]:
            siblings.sort(key=lambda box: (box.order is None, box.order or 0))
    return tops


def _holds(box: Box, other: Box) -> bool:
    return any(below is other for below, _ in walk(box.children))


def _require_depth(tops: list[Box], source: str) -> None:
    row = tops
    for _ in range(DEEPEST_LEVEL):
        row = [child for box in row for child in box.children]
        if not row:
            return
    raise InputError(
        f"“{row[0].name}” stands more than {DEEPEST_LEVEL} levels deep, which no map can hold; check how it is nested.",
        source=source,
        place=row[0].place,
    )
