"""Edits of every kind at random, on a small company with services, projects and references: what is kept in step with
changes must be the same as what is made anew, whatever people do.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from capmap.errors import EditError
from capmap.model import edits
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import CATEGORIES, Capability, Link, Project, Record, Service, make

WORDS = ("Claims", "Policy", "Data", "Management", "and", "Self-service", "Development", "HR", "Insight")
SCORES = ("importance", "maturity", "target", "expectation", "confidence")

Kind = Callable[[Map, random.Random], Change]


def company(seed: int, boxes: int = 60) -> Map:
    """A map of about so many boxes on up to four levels, some assessed, with links and references."""
    chance = random.Random(seed)
    records: list[Record] = []
    places: list[tuple[str | None, int]] = [(None, 0)]
    counts: dict[str | None, int] = {}
    for number in range(boxes):
        parent, level = chance.choice(places)
        position = counts[parent] = counts.get(parent, -1) + 1
        scores = {field: chance.choice([None, 1, 2, 4, 5]) for field in SCORES}
        values = {**scores, "category": chance.choice([None, *CATEGORIES])}
        records.append(make(Capability, id=f"c{number}", name=name(chance), parent=parent, position=position, **values))
        if level < 3:
            places.append((f"c{number}", level + 1))
    records += [make(Service, id=f"s{number}", name=f"Service {number}") for number in range(4)]
    records += [make(Project, id=f"p{number}", name=f"Project {number}") for number in range(3)]
    current = Map(records)
    for _ in range(boxes // 2):
        current.apply(one_of(current, chance, [link, refer]))
    return current


def name(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))


def one_of(current: Map, chance: random.Random, kinds: list[Kind]) -> Change:
    """An edit of one of these kinds that the rules allow."""
    while True:
        try:
            change = chance.choice(kinds)(current, chance)
        except EditError:
            continue
        if not change.is_empty:
            return change


def any_edit(current: Map, chance: random.Random) -> Change:
    """An edit of any kind; of a map without boxes an addition."""
    if not current.count(Capability):
        return edits.add(current, name(chance))
    return one_of(
        current, chance, [add, add, rename, score, score, move, move, remove, link, refer, unlink, copy, group]
    )


def box(current: Map, chance: random.Random) -> str:
    return chance.choice([capability.id for capability in current.capabilities])


def add(current: Map, chance: random.Random) -> Change:
    into = chance.choice([None, box(current, chance), current.capability(box(current, chance)).parent])
    return edits.add(current, name(chance), into, chance.choice([None, 0, 1]), maturity=chance.choice([None, 3]))


def rename(current: Map, chance: random.Random) -> Change:
    return edits.rename(current, box(current, chance), name(chance))


def score(current: Map, chance: random.Random) -> Change:
    values: dict[str, Any] = {
        chance.choice(SCORES): chance.choice([None, 1, 3, 5]),
        "category": chance.choice([None, *CATEGORIES]),
    }
    return edits.put_many(current, {box(current, chance), box(current, chance)}, **values)


def move(current: Map, chance: random.Random) -> Change:
    moved = {box(current, chance) for _ in range(chance.choice([1, 1, 3]))}
    into = chance.choice([None, box(current, chance), current.capability(next(iter(moved))).parent])
    return edits.move(current, sorted(moved), into, chance.choice([None, 0, 1, 2]))


def remove(current: Map, chance: random.Random) -> Change:
    boxes = [box(current, chance) for _ in range(chance.choice([1, 1, 2]))]
    things = [record.id for record in (*current.all(Service), *current.all(Link))]
    return edits.remove(current, boxes if chance.random() < 0.8 or not things else [chance.choice(things)])


def link(current: Map, chance: random.Random) -> Change:
    made = edits.create(current, make(Service, name="Another"))
    services, projects = list(current.all(Service)), list(current.all(Project))
    if not services or not projects:
        return made
    kind = chance.choice(["supports", "improves"])
    source = chance.choice(services).id if kind == "supports" else chance.choice(projects).id
    return edits.link(current, kind, source, box(current, chance))


def unlink(current: Map, chance: random.Random) -> Change:
    links = [record.id for record in current.all(Link)]
    return edits.remove(current, [chance.choice(links)] if links else [box(current, chance)])


def refer(current: Map, chance: random.Random) -> Change:
    return edits.add_alias(current, box(current, chance), chance.choice([None, box(current, chance)]))


def copy(current: Map, chance: random.Random) -> Change:
    return edits.copy(current, [box(current, chance)], chance.choice([None, box(current, chance)]), 0)


def group(current: Map, chance: random.Random) -> Change:
    """A new box around some siblings, in one step."""
    inside = box(current, chance)
    first = current.capability(inside)
    added = edits.add(current, name(chance), first.parent, first.position)
    made = next(key for key, old in added.before.items() if old is None)
    after = Map([*current])
    after.apply(added)
    return added.squash(edits.move(after, [inside], made))
