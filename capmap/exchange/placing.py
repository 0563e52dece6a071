"""Placing: where the boxes of a reading come to stand in a map, among what stands there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capmap.errors import InputError
from capmap.exchange.boxes import Box, Reading
from capmap.exchange.notices import Notices
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.model.rules import DEEPEST_LEVEL

Parents = dict[str, str | None]


def parents_of(current: Map, reading: Reading, ids: Mapping[Box, str], into: str | None, notices: Notices) -> Parents:
    """The parent of every box of the reading, by the ids that the boxes have in the map, in reading order.

    A mere list moves nothing, and neither does a box at the top of a list that does not know its parent: a list of
    one branch does not say that the branch stands at the top of the whole map. Raises InputError for a map too deep.
    """
    known = set(ids.values())
    parents: Parents = {}
    moves: list[tuple[str, str | None]] = []
    for box, holder in reading.walk():
        wanted = ids[holder] if holder is not None else into
        old = current.get(ids[box])
        if not isinstance(old, Capability):
            parents[ids[box]] = wanted
            continue
        parents[ids[box]] = old.parent
        if reading.shaped and wanted != old.parent and (holder is not None or old.parent in known):
            moves.append((ids[box], wanted))
    _carry_out(current, parents, moves, notices)
    _require_depth(current, parents, reading.source)
    return parents


def _carry_out(current: Map, parents: Parents, moves: Sequence[tuple[str, str | None]], notices: Notices) -> None:
    """Make the moves in an order in which no box comes to stand inside itself; those that have no such place stay."""
    while moves:
        left: list[tuple[str, str | None]] = []
        for record_id, wanted in moves:
            if _is_within(current, parents, wanted, record_id):
                left.append((record_id, wanted))
            else:
                parents[record_id] = wanted
        if len(left) == len(moves):
            for record_id, _ in left:
                name = current.capability(record_id).name
                notices.add(f"“{name}” was not moved, because it would stand inside itself.")
            return
        moves = left


def _above(current: Map, parents: Parents, record_id: str) -> str | None:
    return parents[record_id] if record_id in parents else current.capability(record_id).parent


def _is_within(current: Map, parents: Parents, step: str | None, other: str) -> bool:
    while step is not None and step != other:
        step = _above(current, parents, step)
    return step == other


def _require_depth(current: Map, parents: Parents, source: str) -> None:
    levels: dict[str | None, int] = {None: 0}
    for record_id, parent in parents.items():
        trail: list[str] = []
        step: str | None = record_id
        while step is not None and step not in levels:
            trail.append(step)
            step = _above(current, parents, step)
        level = levels[step]
        for passed in reversed(trail):
            level += 1
            levels[passed] = level
        old = current.get(record_id)
        moved = isinstance(old, Capability) and old.parent != parent
        if levels[record_id] + (current.height(record_id) - 1 if moved else 0) > DEEPEST_LEVEL:
            raise InputError(f"with it the map would have more than {DEEPEST_LEVEL} levels.", source=source)


def positions_of(
    current: Map, parents: Parents, into: str | None = None, position: int | None = None
) -> dict[str, int]:
    """The place of every box whose siblings change.

    New ones come after the sibling that they follow in the reading; at the top of it, before the child of ``into``
    that stands at ``position`` now, if one is given.
    """
    told: dict[str | None, list[str]] = {}
    leaving: dict[str | None, set[str]] = {}
    for record_id, parent in parents.items():
        told.setdefault(parent, []).append(record_id)
        old = current.get(record_id)
        if isinstance(old, Capability) and old.parent != parent:
            leaving.setdefault(old.parent, set()).add(record_id)
    places: dict[str, int] = {}
    for parent in {**told, **leaving}:
        staying = [child for child in current.child_ids(parent) if child not in leaving.get(parent, ())]
        siblings = _woven(staying, told.get(parent, []), position if parent == into else None)
        places.update((child, place) for place, child in enumerate(siblings))
    return places


def _woven(staying: Sequence[str], told: Sequence[str], position: int | None) -> list[str]:
    """The children that stay, in their order, with each of those that come behind the one it is told after."""
    here = set(staying)
    if position is not None:
        coming = [child for child in told if child not in here]
        return [*staying[:position], *coming, *staying[position:]]
    behind: dict[str | None, list[str]] = {}
    last: str | None = None
    first = next((child for child in told if child in here), None)
    for child in told:
        if child in here:
            last = child
        else:
            behind.setdefault(last, []).append(child)
    ahead = behind.pop(None, [])
    woven: list[str] = []
    for child in staying:
        woven += [*(ahead if child == first else ()), child, *behind.get(child, ())]
    return woven if first is not None else [*woven, *ahead]
