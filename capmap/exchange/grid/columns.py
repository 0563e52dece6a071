"""Columns: what stands beside each other in the table of a kind: fields, own attributes, and links as names."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Literal

from capmap.model.fields import TEXT_LIMIT, Field, FieldType
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, LINK_ENDS, LINK_TYPES, Attribute, field_table

KINDS = ("capability", "service", "project", "objective", "unit", "provider", "demand", "link")
"""The kinds that have a table, in the order of their tabs."""

NOUNS: Mapping[str, tuple[str, str]] = {
    "capability": ("capability", "capabilities"),
    "service": ("IT service", "IT services"),
    "project": ("project", "projects"),
    "objective": ("objective", "objectives"),
    "unit": ("unit", "units"),
    "provider": ("provider", "providers"),
    "demand": ("demand", "demands"),
    "link": ("link", "links"),
}
"""Kind -> what one is called, what several are called."""

ColumnType = FieldType | Literal["links", "place", "back"]
"""Beside the types of fields: names of linked records, the box around a box, and records that refer to this one."""

PLACE = "parent"
OWN = "own:"
"""Begins the key of the column of an own attribute; its id follows."""


@dataclasses.dataclass(frozen=True, slots=True)
class GridColumn:
    """One column. ``key`` tells it from the others for good; ``field`` says which values fit (None for names of other
    records); ``link`` is a type of link and whether it starts at the records of the table; ``kinds`` are those whose
    names may stand in it. ``usual`` columns are shown unless somebody chose others.
    """

    key: str
    label: str
    type: ColumnType
    field: Field | None = None
    attribute: Attribute | None = None
    link: tuple[str, bool] | None = None
    kinds: tuple[str, ...] = ()
    usual: bool = True

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that fit, if only some do."""
        return self.field.choices if self.field is not None else ()

    @property
    def required(self) -> bool:
        """Whether a record cannot be without it."""
        return self.field is not None and self.field.required

    @property
    def is_figure(self) -> bool:
        """Whether its values are numbers, which stand at the right."""
        return self.type in ("score", "integer", "number", "money", "percent")


_LINK_LABELS = {
    "supports": ("Supports", "Supported by"),
    "improves": ("Improves", "Improved by"),
    "changes": ("Changes", "Changed by"),
    "depends on": ("Depends on", "Needed by"),
    "needs": ("Needs", "Needed for"),
    "uses": ("Uses", "Used by"),
    "asks for": ("Asks for", "Asked for by"),
}
_BACK = {"provider": ("service", "provider", "IT services"), "unit": ("demand", "unit", "Demands")}
"""Kind -> which kind refers to it, by which field, and what the column of those is called."""

_USUAL: Mapping[str, str] = {
    "capability": "name code parent owner category importance maturity target expectation confidence"
    " in:supports in:improves description tags",
    "service": "name code provider owner out:supports run_cost archetype level_target level_actual satisfaction"
    " criticality live_from phase_out_from retired_from out:depends_on driver description tags",
    "project": "name code status start end budget spent out:improves out:changes benefit_expected benefit_achieved"
    " funding funding_unit sponsor driver description tags",
    "objective": "name perspective measure measure_unit baseline target actual due owner out:needs description",
    "unit": "name relationship relationship_wanted manager out:uses description tags",
    "provider": "name sourcing contract_end back description tags",
    "demand": "name stage impact effort unit asked_on out:asks_for project description",
    "link": "source type target share fit effect promised note",
}
_NEVER = frozenset(("id", "position", "extra", "alias_of", "columns", "direction", "area", "order_by", "equal"))
"""How a box arranges what is inside it is a matter of the picture, not of the table."""


def columns_of(current: Map, kind: str) -> tuple[GridColumn, ...]:
    """All columns of a kind, the name (of a link: where it starts) first, then the usual ones, own attributes, and
    the rest.
    """
    there = {column.key: column for column in (*_own_fields(kind), *_links(kind), *_back(kind))}
    usual = [_key(word) for word in _USUAL[kind].split()]
    rest = [dataclasses.replace(column, usual=False) for key, column in there.items() if key not in usual]
    return (*(there[key] for key in usual), *own_columns(current, kind), *rest)


def own_columns(current: Map, kind: str) -> tuple[GridColumn, ...]:
    """The columns of the own attributes of a kind, in their order."""
    found = [item for item in current.all(Attribute) if item.record_kind == kind]
    found.sort(key=lambda item: (item.position, item.name.casefold(), item.id))
    return tuple(own_column(item) for item in found)


def own_column(attribute: Attribute) -> GridColumn:
    """The column of an own attribute."""
    types: Mapping[str, FieldType] = {
        "text": "text",
        "number": "number",
        "choice": "choice",
        "date": "date",
        "money": "money",
    }
    known = types.get(attribute.type, "text")
    bounds = (-1e15, 1e15) if known in ("number", "money") else (None, None)
    field = Field(
        attribute.id,
        attribute.name,
        known,
        limit=TEXT_LIMIT,
        low=bounds[0],
        high=bounds[1],
        choices=attribute.choices,
    )
    return GridColumn(f"{OWN}{attribute.id}", attribute.name, known, field, attribute)


def _key(word: str) -> str:
    if word.startswith(("in:", "out:")):
        return word.replace("_", " ")
    return word


def _own_fields(kind: str) -> Iterator[GridColumn]:
    for name, field in field_table(kind).items():
        if name in _NEVER or field.type == "data":
            continue
        if kind == "capability" and name == PLACE:
            yield GridColumn(PLACE, "Stands in", "place", kinds=("capability",))
        elif field.type == "ref":
            yield GridColumn(name, field.label, "ref", field, kinds=_refers_to(kind, field))
        else:
            yield GridColumn(name, field.label, field.type, field)


def _refers_to(kind: str, field: Field) -> tuple[str, ...]:
    if kind != "link":
        return (field.refers_to,)
    end = 0 if field.name == "source" else 1
    return tuple(dict.fromkeys(ends[end] for ends in LINK_ENDS.values()))


def _links(kind: str) -> Iterator[GridColumn]:
    for link_type in LINK_TYPES:
        for end, outgoing in enumerate((True, False)):
            if LINK_ENDS[link_type][end] == kind:
                way = "out" if outgoing else "in"
                other = LINK_ENDS[link_type][1 - end]
                label = _LINK_LABELS[link_type][end]
                yield GridColumn(f"{way}:{link_type}", label, "links", link=(link_type, outgoing), kinds=(other,))


def _back(kind: str) -> Iterator[GridColumn]:
    if kind in _BACK:
        other, _, label = _BACK[kind]
        yield GridColumn("back", label, "back", kinds=(other,))


def back_reference(kind: str) -> tuple[str, str]:
    """Which kind refers to this one in its column of names that cannot be edited, and by which field."""
    other, field, _ = _BACK[kind]
    return other, field


def noun(kind: str, count: int) -> str:
    """A count with its noun: 1 IT service, 20 IT services."""
    return f"{count:,} {NOUNS[kind][count != 1]}"


def class_label(kind: str) -> str:
    """What the table of a kind is called."""
    label = NOUNS[kind][1]
    return label[0].upper() + label[1:] if kind in CLASS_OF else label
