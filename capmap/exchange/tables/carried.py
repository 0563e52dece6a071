"""Carried: the columns that the tables of a kind take along into files and bring back."""

from __future__ import annotations

from capmap.exchange.grid.columns import GridColumn, columns_of
from capmap.model.map import Map
from capmap.model.records import Capability, field_table

_PICTURE = ("alias_of", "area", "direction", "columns", "order_by", "equal")
"""What a table on the screen does not show of a box, but a file must keep."""


def picture_columns(kind: str) -> tuple[GridColumn, ...]:
    """Columns of a kind that only files have: what a box refers to, and how it arranges what is inside it."""
    if kind != Capability.kind:
        return ()
    fields = [field_table(kind)[name] for name in _PICTURE]
    return tuple(
        GridColumn(
            field.name, field.label, field.type, field, kinds=(kind,) if field.type == "ref" else (), usual=False
        )
        for field in fields
    )


def taken_columns(current: Map, kind: str) -> tuple[GridColumn, ...]:
    """All columns that a file may fill, names of linked records among them."""
    return (*(column for column in columns_of(current, kind) if column.type != "back"), *picture_columns(kind))


def given_columns(current: Map, kind: str) -> tuple[GridColumn, ...]:
    """All columns that a file gets. Links have a table of their own."""
    return tuple(column for column in taken_columns(current, kind) if column.type != "links")
