"""Relations: rows that name their parent or their children put inside one another, second parents as references."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from capmap.errors import InputError
from capmap.exchange.boxes import Box
from capmap.exchange.columns import CHILDREN, ID, PARENT, PATH
from capmap.exchange.notices import quoted
from capmap.exchange.rows import Rows, cell_at
from capmap.exchange.source import BOX_LIMIT
from capmap.exchange.table import Cell, text_of
from capmap.model.text import clean_name

_NO_PARENT = frozenset(("0", "-1", "-", "none", "null", "n/a", "root", "top", "#"))
_MOST_PARENTS = 100
Known = dict[str, list[Box]]


def by_children(rows: Rows) -> list[Box]:
    """A column that lists the ids or the names of a box's children; names without a row become boxes."""
    index = rows.mapping.find(CHILDREN)
    known = _by_key(rows)
    holders: list[list[Box]] = [[] for _ in rows.pairs()]
    order = {id(box): number for number, (_, box) in enumerate(rows.pairs())}
    leaves: list[tuple[Box, Box]] = []
    named = 0
    for row, box in rows.pairs():
        cell = cell_at(row, index)
        listed = cell if isinstance(cell, list) else text_of(cell).replace("|", ";").split(";")
        for name in filter(None, map(clean_name, listed)):
            found = next((table[name.casefold()][0] for table in known if name.casefold() in table), None)
            if found is None:
                leaves.append((box, rows.made(name, row)))
            else:
                above = holders[order[id(found)]]
                if not above or above[-1] is not box:
                    above.append(box)
                named += 1
                if named > BOX_LIMIT:
                    raise rows.too_many(row)
    tops = _placed(rows, holders)
    for box, leaf in leaves:
        box.children.append(leaf)
    return tops


def by_parent(rows: Rows) -> list[Box]:
    """A column that names each box's parent by its id, code, name or path; a second parent makes a reference."""
    index = rows.mapping.find(PARENT)
    known = _by_key(rows)
    listed = [_references(cell_at(row, index), known) for row, _ in rows.pairs()]
    hits = [sum(1 for names in listed for name in names if name.casefold() in table) for table in known]
    best = hits.index(max(hits))
    tables = [known[best], *(table for place, table in enumerate(known) if place != best)]
    by_name = best == 2 or rows.mapping.find(ID) is None
    made: dict[str, Box] = {}
    order = {id(box): number for number, (_, box) in enumerate(rows.pairs())}
    holders: list[list[Box]] = []
    for number, ((row, box), names) in enumerate(zip(rows.pairs(), listed, strict=True)):
        above: list[Box] = []
        for name in names:
            found = _nearest(name, box, number, tables, order)
            if found is None and name.casefold() not in _NO_PARENT and not _is_self(name, box):
                found = made.get(name.casefold())
                if found is None and by_name:
                    found = made[name.casefold()] = rows.made(name, row)
                    rows.notices.add(f"“{name[:60]}” has no row of its own; a box was made for it.")
                elif found is None:
                    rows.notices.add(
                        f"the parent “{name[:60]}” is not in the list, so the box stands at the top level.",
                        row.place,
                    )
            if found is not None and not any(found is other for other in above):
                above.append(found)
        holders.append(above)
    return _placed(rows, holders, list(made.values()))


def _by_key(rows: Rows) -> list[Known]:
    """The boxes by id, code, name and path, in small letters. References are not in it: they hold nothing."""
    ids, codes, names, full = (Known() for _ in range(4))
    path = rows.mapping.find(PATH)
    index = rows.mapping.find(ID)
    for row, box in rows.pairs():
        if box.shows is not None:
            continue
        texts = text_of(cell_at(row, index)), str(box.values.get("code", "")), box.name, text_of(cell_at(row, path))
        for table, text in zip((ids, codes, names, full), texts, strict=True):
            if text:
                table.setdefault(clean_name(text).casefold(), []).append(box)
    return [ids, codes, names, full]


def _references(cell: Cell, known: Sequence[Known]) -> list[str]:
    """The parents that a cell names: one, or several parted by ; or | or commas if each of them is known."""
    if isinstance(cell, list):
        return [name for name in map(clean_name, cell) if name][:_MOST_PARENTS]
    text = clean_name(text_of(cell))
    if not text or any(text.casefold() in table for table in known):
        return [text] if text else []
    for mark in (";", "|", ","):
        names = [name for name in map(clean_name, text.split(mark)) if name]
        if len(names) > 1 and all(any(name.casefold() in table for table in known) for name in names):
            return names[:_MOST_PARENTS]
    last = text
    for separator in (" / ", "::", " > "):
        last = last.rpartition(separator)[2].strip()
    return [last if last != text and any(last.casefold() in table for table in known) else text]


def _nearest(name: str, box: Box, number: int, tables: Sequence[Known], order: dict[int, int]) -> Box | None:
    """The box of that id, code or name: of several the last before this row, else the first after it."""
    for table in tables:
        found = table.get(name.casefold(), [])
        place = bisect.bisect_left(found, number, key=lambda other: order[id(other)])
        # A few steps are enough: all that is passed over is the box itself and the one that it refers to.
        for other in (*reversed(found[max(0, place - 2) : place]), *found[place : place + 3]):
            if other is not box and not (box.repeated and other is box.shows):
                return other
    return None


def _is_self(name: str, box: Box) -> bool:
    return name.casefold() in (box.name.casefold(), str(box.values.get("external", "")).casefold())


def _placed(rows: Rows, holders: Sequence[Sequence[Box]], tops: list[Box] | None = None) -> list[Box]:
    """Every box inside its first holder, and a reference to it inside each further one."""
    tops = tops or []
    first: dict[int, Box] = {}
    for (row, box), above in zip(rows.pairs(), holders, strict=True):
        if not above:
            tops.append(box)
            continue
        first[id(box)] = above[0]
        above[0].children.append(box)
        if len(above) > 1:
            rows.notices.add("the box has a second place, where it is shown as a reference.", row.place)
        for other in above[1:]:
            other.children.append(rows.made(box.name, row, shows=box.shows or box))
    _refuse_circle(rows, first)
    return tops


def _refuse_circle(rows: Rows, holder: dict[int, Box]) -> None:
    sound: set[int] = set()
    for row, box in rows.pairs():
        trail: dict[int, Box] = {}
        current: Box | None = box
        while current is not None and id(current) not in sound:
            if id(current) in trail:
                keys = list(trail)
                circle = [trail[key].name for key in keys[keys.index(id(current)) :]]
                sentence = f"{quoted(circle)} stand inside one another in a circle; give one of them another parent"
                if len(circle) == 1:
                    sentence = f"{quoted(circle)} stands inside itself; give it another parent"
                raise InputError(f"{sentence}, or none.", source=rows.table.source, place=row.place)
            trail[id(current)] = current
            current = holder.get(id(current))
        sound.update(trail)
