"""Maps of a wanted number of areas, groups and leaves, for what happens on many pages."""

from __future__ import annotations

from capmap.model import edits
from capmap.model.edits import Branch
from capmap.model.map import Map

_WORDS = ("Claims", "Policy", "Underwriting", "Management", "Handling", "Pricing", "Reporting", "Planning")


def name(number: int) -> str:
    """A name of one to four words that no other number has."""
    words = [_WORDS[(number * step) % len(_WORDS)] for step in (3, 5, 7)[: 1 + number % 3]]
    return " ".join([*words, str(number)])


def large(areas: int, groups: int, leaves: int) -> Map:
    """A map of three levels; every fifth group holds another."""
    number = iter(range(10_000))
    current = Map()
    branches = []
    for area in range(areas):
        inside = []
        for group in range(groups + area % 3):
            boxes = [Branch({"name": name(next(number))}, []) for _ in range(leaves + group % 4)]
            if group % 5 == 4:
                boxes.append(Branch({"name": f"Deeper {next(number)}"}, [Branch({"name": name(next(number))}, [])] * 2))
            inside.append(Branch({"name": f"Group {area}.{group}"}, boxes))
        branches.append(Branch({"name": f"Area {area}"}, inside))
    current.apply(edits.add_branches(current, branches))
    return current
