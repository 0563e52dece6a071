"""Lenses of a map's own: the edits that keep, change, copy, rename and remove them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable

from capmap.errors import EditError
from capmap.model.change import Change
from capmap.model.fields import NAME_LIMIT
from capmap.model.lensrules import Rule, as_data, checked
from capmap.model.map import Map
from capmap.model.records import SavedLens, evolve, make


def lenses_of(current: Map) -> list[SavedLens]:
    """The saved lenses in their order."""
    return sorted(current.all(SavedLens), key=lambda lens: (lens.position, lens.name.casefold(), lens.id))


def saved_lens_named(current: Map, name: str) -> SavedLens | None:
    """The saved lens of that name, however its capitals are written."""
    wanted = _plain(name)
    return next((lens for lens in lenses_of(current) if _plain(lens.name) == wanted), None)


def add_lens(current: Map, name: str, rule: Rule, taken: Collection[str] = ()) -> Change:
    """A new lens behind the others; its id is the only new key of the change. ``taken`` are names besides those of
    the saved lenses that it must not have. Raises EditError.
    """
    there = lenses_of(current)
    position = there[-1].position + 1 if there else 0
    made = make(SavedLens, name=name, rule=as_data(checked(rule)), position=position)
    _require_free(current, made, taken)
    return Change.of(f"Add the lens {made.name}", current, [made])


def alter_lens(current: Map, lens_id: str, name: str, rule: Rule, taken: Collection[str] = ()) -> Change:
    """Another rule, and another name if wanted, for a lens. Raises EditError."""
    altered = evolve(current.one(SavedLens, lens_id), name=name, rule=as_data(checked(rule)))
    _require_free(current, altered, taken)
    return Change.of(f"Change the lens {altered.name}", current, [altered])


def rename_lens(current: Map, lens_id: str, name: str, taken: Collection[str] = ()) -> Change:
    """Another name for a lens. Raises EditError where it is taken."""
    renamed = evolve(current.one(SavedLens, lens_id), name=name)
    _require_free(current, renamed, taken)
    return Change.of(f"Rename the lens to {renamed.name}", current, [renamed])


def duplicate_lens(current: Map, lens_id: str, taken: Collection[str] = ()) -> Change:
    """The same lens once more, under a name of its own, behind the others."""
    lens = current.one(SavedLens, lens_id)
    used = {_plain(name) for name in (*taken, *(other.name for other in lenses_of(current)))}
    number, name = 2, _numbered_name(lens.name, 2)
    while _plain(name) in used:
        number += 1
        name = _numbered_name(lens.name, number)
    made = make(SavedLens, name=name, rule=lens.rule, position=lenses_of(current)[-1].position + 1)
    return Change.of(f"Copy the lens {lens.name}", current, [made])


def remove_lens(current: Map, lens_id: str) -> Change:
    """A lens away; the others move up."""
    lens = current.one(SavedLens, lens_id)
    puts = _numbered([other for other in lenses_of(current) if other.id != lens_id])
    return Change.of(f"Remove the lens {lens.name}", current, puts, drops=[lens_id])


def _numbered_name(name: str, number: int) -> str:
    tail = f" {number}"
    return f"{name[: NAME_LIMIT - len(tail)]}{tail}"


def _numbered(lenses: Iterable[SavedLens]) -> list[SavedLens]:
    return [dataclasses.replace(lens, position=index) for index, lens in enumerate(lenses) if lens.position != index]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _require_free(current: Map, wanted: SavedLens, taken: Collection[str]) -> None:
    name = _plain(wanted.name)
    found = saved_lens_named(current, wanted.name)
    if (found is not None and found.id != wanted.id) or name in {_plain(other) for other in taken}:
        raise EditError(f"There is a lens called “{wanted.name}” already. Give this one another name.")
