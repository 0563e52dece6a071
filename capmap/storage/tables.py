"""Tables: the SQLModel twin of every record class, derived from the fields that the records declare.

The schema that these tables make is kept in ``schema.sql``, so that a map opens without SQLAlchemy; a test holds the
two equal. ``python -m capmap.storage.tables`` prints it anew.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from typing import Any

from sqlalchemy import BLOB, INTEGER, REAL, TEXT, CheckConstraint, Column, ForeignKey, Index, MetaData, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from capmap.model.fields import Field
from capmap.model.records import RECORD_CLASSES, Record, fields_of

_SQL_TYPES: dict[str, Any] = {
    "integer": INTEGER,
    "score": INTEGER,
    "money": INTEGER,
    "flag": INTEGER,
    "number": REAL,
    "percent": REAL,
}
_INDEXED = ("parent", "alias_of", "source", "target", "capability", "subject")
"""References that are followed backwards, and that SQLite looks through when a record goes."""


def _default(field: Field) -> str | None:
    if field.required or field.type == "id":
        return None
    return {"text": "''", "moment": "''", "words": "'[]'", "data": "'{}'"}.get(field.type)


def _column(field: Field) -> Column[Any]:
    target = [ForeignKey(f"{field.refers_to}.id", deferrable=True, initially="DEFERRED")] if field.refers_to else []
    default = _default(field)
    if field.type == "integer" and field.low == 0:
        default = "0"
    return Column(
        field.name,
        _SQL_TYPES.get(field.type, TEXT),
        *target,
        primary_key=field.type == "id",
        nullable=default is None and not field.required,
        server_default=None if default is None else _literal(default),
    )


def _literal(default: str) -> Any:
    from sqlalchemy import text

    return text(default)


def _checks(field: Field) -> Iterator[CheckConstraint]:
    name = f'"{field.name}"'
    if field.low is not None and field.high is not None:
        yield CheckConstraint(f"{name} between {field.low:.0f} and {field.high:.0f}")
    if field.type == "flag":
        yield CheckConstraint(f"{name} in (0, 1)")
    if field.type == "choice":
        yield CheckConstraint(f"{name} in ({', '.join(repr(choice) for choice in field.choices)})")
    if field.type in ("id", "ref", "text"):
        least = 1 if field.required or field.type != "text" else 0
        yield CheckConstraint(f"length({name}) between {least} and {field.limit}")
    if field.type == "date":
        yield CheckConstraint(f"length({name}) = 10")


def _table_class(record_class: type[Record]) -> type[SQLModel]:
    fields = fields_of(record_class.kind)

    def fill(namespace: dict[str, Any]) -> None:
        from sqlmodel import Field as Declared

        namespace["__module__"] = __name__
        namespace["__doc__"] = record_class.__doc__
        namespace["__tablename__"] = record_class.kind
        checks = [check for field in fields for check in _checks(field)]
        namespace["__table_args__"] = (*checks, {"sqlite_strict": True})
        namespace["__annotations__"] = {field.name: Any for field in fields}
        for field in fields:
            namespace[field.name] = Declared(default=None, sa_column=_column(field))

    return types.new_class(f"{record_class.__name__}Row", (SQLModel,), {"table": True}, fill)


ROW_CLASSES: dict[str, type[SQLModel]] = {
    record_class.kind: _table_class(record_class) for record_class in RECORD_CLASSES
}
METADATA: MetaData = SQLModel.metadata

TABLES: dict[str, Table] = {kind: METADATA.tables[kind] for kind in ROW_CLASSES}

JOURNAL = Table(
    "journal",
    METADATA,
    Column("seq", INTEGER, primary_key=True),
    Column("at", TEXT, nullable=False),
    Column("action", TEXT, CheckConstraint("action in ('edit', 'undo', 'redo')"), nullable=False),
    Column("entry", INTEGER, nullable=False),
    Column("text", TEXT, CheckConstraint("length(text) <= 1000"), nullable=False),
    Column("payload", BLOB),
    sqlite_strict=True,
)
META = Table(
    "meta",
    METADATA,
    Column("key", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
    sqlite_strict=True,
)
KEPT_LAYOUT = Table(
    "kept_layout",
    METADATA,
    Column("key", TEXT, primary_key=True),
    Column("made_for", TEXT, nullable=False),
    Column("layout", BLOB, nullable=False),
    CheckConstraint('length("key") between 1 and 100'),
    CheckConstraint("length(made_for) <= 100"),
    CheckConstraint("length(layout) <= 50000000"),
    sqlite_strict=True,
)
"""How the map was arranged when it was seen last: no part of the map, and no loss if it goes."""

for _kind, _table in TABLES.items():
    for _field in fields_of(_kind):
        if _field.type == "ref" and _field.name in _INDEXED:
            Index(f"{_kind}_by_{_field.name}", _table.c[_field.name])


def schema_statements() -> Iterator[str]:
    """The SQL statements that make an empty map file, in order."""
    dialect = sqlite.dialect()
    for table in [*TABLES.values(), JOURNAL, META, KEPT_LAYOUT]:
        yield str(CreateTable(table).compile(dialect=dialect)).strip()
        for index in sorted(table.indexes, key=lambda item: str(item.name)):
            yield str(CreateIndex(index).compile(dialect=dialect)).strip()


if __name__ == "__main__":
    sys.stdout.write("".join(f"{statement};\n\n" for statement in schema_statements()))
