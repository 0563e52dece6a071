"""Rows: texts for the cells of rows become records, one by one, laid over the map."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from capmap.errors import ValueRefused
from capmap.exchange.grid import cells
from capmap.exchange.grid.columns import NOUNS, GridColumn
from capmap.exchange.grid.forms import Form
from capmap.exchange.grid.names import Names
from capmap.exchange.grid.overlay import Overlay
from capmap.exchange.values import split_words
from capmap.model import attributes
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, Capability, Record, evolve, make, new_id
from capmap.model.text import clean_name


@dataclasses.dataclass(frozen=True, slots=True)
class RowTexts:
    """Texts for cells of one row, by the keys of their columns; ``record_id`` None is a row for a new record."""

    record_id: str | None
    texts: Mapping[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Refused:
    """A text that did not fit: of which row (as given, from 0) and column, why, and, where only a record with a name
    is missing, its kind and that name.
    """

    row: int
    column: str
    text: str
    reason: str
    missing: tuple[str, str] | None = None


class Missing(ValueRefused):
    """A name that no record has."""

    def __init__(self, kind: str, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.name = name


class Writing:
    """Puts one change together, row by row."""

    def __init__(
        self, current: Map, names: Names, columns: Sequence[GridColumn], kind: str, form: Form, *, create: bool
    ) -> None:
        self.map = current
        self.kind = kind
        self.form = form
        self.create = create
        self.columns = {column.key: column for column in columns}
        self.overlay = Overlay(current)
        self.names = names
        self.new_names = Names(self.overlay)
        self.refused: list[Refused] = []
        self.ids: list[str | None] = []

    def rows(self, rows: Sequence[RowTexts]) -> list[str | None]:
        """Write all rows; first all new records by their names, so that rows may name one another."""
        self.ids = ids = [row.record_id or self._made(number, row.texts) for number, row in enumerate(rows)]
        for number, (key, row) in enumerate(zip(ids, rows, strict=True)):
            if key is not None:
                self.fill(number, key, row.texts, new=row.record_id is None)
        for key, row in zip(ids, rows, strict=True):
            record = self.overlay.get(key)
            if row.record_id is None and isinstance(record, Capability) and not self._stands(record):
                self.overlay.append(record, None, behind=self.behind(record.id, None))
        return ids

    def new_id(self, number: int) -> str:
        """The id that the new record of a row gets."""
        return new_id()

    def behind(self, key: str, into: str | None) -> str | None:
        """The box behind which a new one comes inside another; None for the last place."""
        return None

    def _stands(self, record: Capability) -> bool:
        return record.parent is not None

    def _made(self, number: int, texts: Mapping[str, str]) -> str | None:
        """The id of a new record with the name that its row gives it; None where it gives none."""
        name = texts.get("name", "")
        if not any(text.strip() for text in texts.values()):
            return None
        try:
            if not name.strip():
                raise ValueRefused(f"a new {NOUNS[self.kind][0]} needs a name.")
            record = make(CLASS_OF[self.kind], id=self.new_id(number), name=name)
        except ValueRefused as refused:
            self.refused.append(Refused(number, "name", name, str(refused)))
            return None
        self._know(record)
        return record.id

    def _know(self, record: Record) -> None:
        self.overlay.put(record)
        self.new_names.add(record)

    def fill(self, number: int, key: str, texts: Mapping[str, str], *, new: bool) -> None:
        """Write the cells of one row."""
        there = self.map.get(key)
        values: dict[str, Any] = {}
        for column in (self.columns[name] for name in texts):
            text = texts[column.key]
            if (new and column.key == "name") or self._says_it(there, column, text):
                continue
            try:
                if column.attribute is not None:
                    value = cells.read(column, text, self.form)
                    extra = values.get("extra", getattr(self.overlay.get(key), "extra", {}))
                    values["extra"] = attributes.with_value(extra, column.attribute.id, value)
                elif column.type == "links":
                    self._set_links(key, column, text)
                elif column.type == "place":
                    self._place(key, text, new=new)
                elif column.type == "ref":
                    values[column.key] = self.meant(text, column) if text.strip() else None
                else:
                    values[column.key] = cells.read(column, text, self.form)
            except ValueRefused as refused:
                missing = (refused.kind, refused.name) if isinstance(refused, Missing) else None
                self.refused.append(Refused(number, column.key, text, str(refused), missing))
        record = self.overlay.get(key)
        if values and record is not None:
            changed = evolve(record, **values)
            self.overlay.put(changed)
            if "name" in values:
                self.new_names.add(changed)

    def _says_it(self, there: Record | None, column: GridColumn, text: str) -> bool:
        """Whether the cell holds this text already, which may be one that would not be understood anew."""
        if there is None:
            return not text.strip()
        return cells.plain(self.map, self.names, there, column, self.form) == text

    # -- names of other records ----------------------------------------------------------------------

    def meant(self, text: str, column: GridColumn) -> str:
        """The id of the one record that a text names. Raises ValueRefused, or Missing where there is none."""
        found = self.names.find(text, column.kinds, self.new_names)
        return self.one_of(found, text, column.kinds)

    def one_of(self, found: Sequence[str], text: str, kinds: Sequence[str]) -> str:
        """The one that was found; with ``create`` a new one where none was."""
        name = clean_name(text)
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueRefused(_which(name, len(found), kinds, self._example(found)))
        creatable = len(kinds) == 1 and kinds[0] != Capability.kind
        if creatable and self.create:
            record = make(CLASS_OF[kinds[0]], name=name)
            self._know(record)
            return record.id
        sentence = f"there is no {' or '.join(NOUNS[kind][0] for kind in kinds)} “{name[:60]}”."
        if creatable:
            raise Missing(kinds[0], name, sentence)
        raise ValueRefused(sentence)

    def _example(self, found: Sequence[str]) -> str:
        labels = {self.names.label(record) for record in map(self.map.get, found) if record is not None}
        return min(labels, default="") if len(labels) > 1 else ""

    def listed(self, text: str, column: GridColumn) -> list[str]:
        """The ids of the records that a text lists, parted by semicolons or commas. Raises ValueRefused."""
        if not text.strip():
            return []
        whole = self.names.find(text.strip().removesuffix(";"), column.kinds, self.new_names)
        if len(whole) == 1:
            return whole
        parts = [part for part in map(clean_name, split_words(text)) if part]
        return list(dict.fromkeys(self.meant(part, column) for part in parts))

    def _set_links(self, key: str, column: GridColumn, text: str) -> None:
        """Make and take away links until the record is linked to those listed; links that stay keep their values."""
        if column.link is None:
            return
        link_type, outgoing = column.link
        wanted = self.listed(text, column)
        if key in wanted:
            raise ValueRefused("a link needs two different ends.")
        there = self.overlay.links(key, link_type, outgoing)
        for other, link in list(there.items()):
            if other not in wanted:
                self.overlay.part(link)
        for other in wanted:
            source, target = (key, other) if outgoing else (other, key)
            self.overlay.join(link_type, source, target)

    def _place(self, key: str, text: str, *, new: bool) -> None:
        """Let a box stand inside the one that is named."""
        box = self.overlay.get(key)
        into = self.meant(text, self.columns["parent"]) if text.strip() else None
        if not isinstance(box, Capability):
            return
        if not new:
            self.overlay.move(box, into)
        elif into is not None:
            self.overlay.append(box, into, behind=self.behind(key, into))


def _which(name: str, count: int, kinds: Sequence[str], example: str) -> str:
    noun = NOUNS[kinds[0]][1] if len(kinds) == 1 else "records"
    hint = f" Write which one, such as “{example}”." if example else " Give them different names."
    return f"there are {count:,} {noun} called “{name[:60]}”.{hint}"
