"""Rowreader: one row of a table read into a box, by what the columns are taken for."""

from __future__ import annotations

from typing import Any

from capmap.errors import ValueRefused
from capmap.exchange import paths
from capmap.exchange.boxes import Box, called
from capmap.exchange.columns import (
    CHILDREN,
    ID,
    NAME,
    NUMBER,
    OWN,
    OWN_MARK,
    PARENT,
    PATH,
    TEXT_MARK,
    Column,
    ColumnMapping,
)
from capmap.exchange.notices import Notices
from capmap.exchange.rows import cell_at
from capmap.exchange.table import Row, Table, is_empty, text_of
from capmap.exchange.values import FIELDS, CellReader, own_type, own_value, what_fits
from capmap.model.fields import NAME_LIMIT, TEXT_LIMIT
from capmap.model.records import Attribute, make
from capmap.model.text import clean_name

_PLACED = (NAME, ID, PARENT, CHILDREN, "position", "alias_of")
"""Meanings that are no plain field of a box, though some are fields of Capability."""


class RowReader:
    """Reads the rows of one table. ``attributes`` are the own attributes that its columns make."""

    def __init__(self, table: Table, mapping: ColumnMapping, notices: Notices) -> None:
        self._notices = notices
        self._name = mapping.find(NAME)
        self._id = mapping.find(ID)
        self._number = mapping.find(NUMBER)
        self._path = mapping.find(PATH)
        self._order = mapping.find("position")
        self._levels = mapping.levels[::-1]
        self._separator = paths.separator_in(_texts(table, self._path))
        self._ids_are_codes = mapping.find("code") is None and paths.looks_like_codes(_texts(table, self._id))
        self._fields = [
            (
                column,
                CellReader(FIELDS[column.meaning], column.header, [cell_at(row, column.index) for row in table.rows]),
            )
            for column in mapping.columns
            if column.meaning in FIELDS and column.meaning not in _PLACED
        ]
        own = [column for column in mapping.columns if column.meaning == OWN]
        self._own = [(column.index, _attribute(table, column, position)) for position, column in enumerate(own)]

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """The own attributes that the columns without another meaning become."""
        return tuple(attribute for _, attribute in self._own)

    def box(self, row: Row) -> Box | None:
        """The box that a row tells of, without its place in the tree; None for a row without a name."""
        name = self._name_in(row)
        if not name:
            if not all(map(is_empty, row.cells)):
                self._notices.add("there is no name, so the row was left out.", row.place)
            return None
        box = Box({"name": name}, row.place)
        for column, reader in self._fields:
            self._put(box, column, reader, row)
        self._identify(box, row)
        extra = {attribute.id: value for index, attribute in self._own if (value := _own(row, index, attribute)) != ""}
        if extra:
            box.values["extra"] = extra
        if self._order is not None:
            order = text_of(cell_at(row, self._order)).removesuffix(".0")
            box.order = float(order) if order.isdecimal() and len(order) < 10 else None
        self._keep_long_name(box, row)
        return box

    def finish(self) -> None:
        """Note, after the last row, which words were read as which values."""
        for _, reader in self._fields:
            for sentence in reader.stated:
                self._notices.add(sentence)

    def _name_in(self, row: Row) -> str:
        """The name column, else the lowest level, else the end of the path."""
        name = text_of(cell_at(row, self._name))
        if not name:
            name = next((text for index in self._levels if (text := text_of(cell_at(row, index)))), "")
        if not name and not self._levels:
            path = paths.split_path(text_of(cell_at(row, self._path)), self._separator)
            name = path[-1] if path else ""
        return called(name)

    def _put(self, box: Box, column: Column, reader: CellReader, row: Row) -> None:
        cell = cell_at(row, column.index)
        try:
            value = reader.read(cell)
        except ValueRefused:
            shown = clean_name(text_of(cell))[:60]
            wanted = what_fits(reader.field)
            self._notices.add(f"“{shown}” in column “{column.header}” is not {wanted} and was left out.", row.place)
            return
        if value is not None and value not in ("", ()):
            box.values[column.meaning] = value

    def _identify(self, box: Box, row: Row) -> None:
        """The id in the source, and the outline number as the code; an id that reads like one serves as both."""
        external = clean_name(text_of(cell_at(row, self._id)))
        number = clean_name(text_of(cell_at(row, self._number)))
        if external and len(external) <= NAME_LIMIT:
            box.values["external"] = external
        code = number or (external if self._ids_are_codes else "")
        if code and len(code) <= FIELDS["code"].limit:
            box.values.setdefault("code", code)

    def _keep_long_name(self, box: Box, row: Row) -> None:
        """A name that is too long is kept whole at the head of the description."""
        if len(box.name) < NAME_LIMIT // 2:
            return
        whole = clean_name(text_of(cell_at(row, self._name)))
        if len(whole) <= NAME_LIMIT:
            return
        described = "\n\n".join(filter(None, (whole, box.values.get("description"))))
        box.values["description"] = described[:TEXT_LIMIT]
        self._notices.add(
            f"a name is longer than {NAME_LIMIT} characters; it was cut and stands whole in the description.", row.place
        )


def _texts(table: Table, index: int | None) -> list[str]:
    return [] if index is None else list(map(text_of, table.column(index)))


def _attribute(table: Table, column: Column, position: int) -> Attribute:
    header, is_text = column.header.removesuffix(OWN_MARK), column.header.endswith(TEXT_MARK + OWN_MARK)
    kind, choices = ("text", ()) if is_text else own_type(table.column(column.index))
    name = called(header.removesuffix(TEXT_MARK) if is_text else header) or f"Column {column.index + 1}"
    return make(Attribute, record_kind="capability", name=name, type=kind, choices=choices, position=position)


def _own(row: Row, index: int, attribute: Attribute) -> Any:
    """The own value in a row, an empty text for nothing."""
    cell = cell_at(row, index)
    value = own_value(cell, attribute.type) if cell is not None else None
    return value[:TEXT_LIMIT] if isinstance(value, str) else "" if value is None else value
