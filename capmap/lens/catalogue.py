"""Catalogue: all lenses of a map: those that every map has, one for each own attribute, and those saved in it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from capmap.errors import CapMapError, UsageError
from capmap.lens.builtin import LENSES
from capmap.lens.lens import Lens
from capmap.lens.palettes import PALETTES
from capmap.model.attributes import of_kind
from capmap.model.lenses import lenses_of
from capmap.model.map import Map
from capmap.model.records import Attribute, Capability, SavedLens

if TYPE_CHECKING:
    from capmap.model.lensrules import Rule

OWN = "own:"
"""Before the id of an own attribute in the name of its lens."""

Origin = Literal["every map", "saved", "attribute"]


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A lens that can be asked for: its name (of a saved one the id of its record), what it is called, whence it is."""

    name: str
    title: str
    origin: Origin


def entries(current: Map) -> list[Entry]:
    """All lenses of a map in the order in which a person is offered them."""
    return [*(Entry(lens.name, lens.title, "every map") for lens in LENSES.values()), *own_entries(current)]


def own_entries(current: Map) -> list[Entry]:
    """Those of them that only this map has: saved ones, then its own attributes."""
    return [
        *(Entry(lens.id, lens.name, "saved") for lens in lenses_of(current)),
        *(Entry(OWN + item.id, item.name, "attribute") for item in of_kind(current, Capability.kind)),
    ]


def names_of(current: Map) -> list[str]:
    """The names by which views and orders may ask for a lens of this map."""
    return [entry.name for entry in entries(current)]


def taken_names(current: Map) -> list[str]:
    """What a lens to be saved must not be called, besides the names of the saved ones."""
    return [word for lens in LENSES.values() for word in (lens.name, lens.title)]


def lens_by_name(name: str, current: Map, on: dt.date) -> Lens | None:
    """The lens of exactly this name on a map as of a day; None if there is none. One whose rule cannot be followed
    colours nothing and says why.
    """
    return LENSES.get(name) or _made(name, current, on, with_stripes=True)


def rule_by_name(name: str, current: Map, on: dt.date) -> Rule | None:
    """The rule of the lens of this name, to go on from: of a built-in lens one that says the same. None for a lens
    without colours. Raises RuleRefused for a saved one whose rule cannot be read.
    """
    from capmap.analysis.measured import measured
    from capmap.lens.thresholds import suggested
    from capmap.model.lensrules import Measure, Rule, from_data

    record = current.get(name)
    if isinstance(record, SavedLens):
        return from_data(record.rule)
    lens = LENSES.get(name)
    if lens is None and name.removeprefix(OWN) not in current:
        return None
    if lens is not None and not lens.steps:
        return None
    fields = lens.fields if lens is not None else (name,)
    measure = Measure("gap", *fields) if len(fields) == 2 else Measure("field", fields[0])
    scale = suggested(measured(measure, current, on), current)
    if lens is not None and scale.count == len(lens.steps):
        labels = tuple(step.label for step in lens.steps)
        scale = dataclasses.replace(scale, labels=labels[::-1] if scale.turned else labels)
        fills = [step.fill for step in lens.steps]
        shown = next((item.name for item in PALETTES.values() if list(item.shades(len(fills))) == fills), scale.palette)
        scale = dataclasses.replace(scale, palette=shown)
    return Rule(measure, scale)


def lens_named(name: str, current: Map, on: dt.date) -> Lens:
    """The lens of that name or title, however it is spelt with hyphens and capitals. Raises UsageError with the titles
    that there are, or with why that lens cannot be used.
    """
    exact = lens_by_name(name, current, on)
    wanted = _plain(name)
    if exact is None:
        found = next((entry for entry in entries(current) if wanted in (_plain(entry.name), _plain(entry.title))), None)
        exact = lens_by_name(found.name, current, on) if found is not None else None
    if exact is None:
        known = ", ".join([*LENSES, *(entry.title for entry in own_entries(current))])
        raise UsageError(f"There is no lens called {name!r}. Choose one of: {known}.")
    if exact.trouble and not exact.steps:
        raise UsageError(f"The lens “{exact.title}” cannot be used. {exact.trouble}")
    return exact


def lenses(current: Map, on: dt.date) -> list[Lens]:
    """All lenses of a map that can be used, in their order."""
    found = (lens_by_name(entry.name, current, on) for entry in entries(current))
    return [lens for lens in found if lens is not None and (lens.steps or not lens.trouble)]


def _made(name: str, current: Map, on: dt.date, *, with_stripes: bool) -> Lens | None:
    """The lens of a saved rule or of an own attribute. Stripes of stripes are left out."""
    from capmap.analysis.measured import measured
    from capmap.lens.ruled import ruled, unusable
    from capmap.lens.thresholds import suggested
    from capmap.model.lensrules import Measure, Rule, from_data

    key = name.removeprefix(OWN)
    record = current.get(key)
    if isinstance(record, SavedLens) and key == name:
        try:
            rule = from_data(record.rule)
            stripes = _stripes(rule.stripes, current, on) if with_stripes else {}
            if not with_stripes:
                rule = dataclasses.replace(rule, stripes=())
            return ruled(rule, name, record.name, current, on, stripes)
        except CapMapError as problem:
            return unusable(name, record.name, problem)
    if isinstance(record, Attribute) and key != name and record.record_kind == Capability.kind:
        measure = Measure("field", name)
        scale = suggested(measured(measure, current, on), current)
        return ruled(Rule(measure, scale), name, record.name, current, on)
    return None


def _stripes(names: tuple[str, ...], current: Map, on: dt.date) -> Mapping[str, Lens]:
    found = {name: LENSES.get(name) or _made(name, current, on, with_stripes=False) for name in names}
    return {name: lens for name, lens in found.items() if lens is not None}


def _plain(name: str) -> str:
    return " ".join(name.replace("-", " ").replace("_", " ").casefold().split())
