"""Rowwriting: rows of a file become records as rows of the grid do, save that a file takes nothing away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capmap.errors import ValueRefused
from capmap.exchange.grid.columns import GridColumn
from capmap.exchange.grid.forms import Form
from capmap.exchange.grid.linkrows import LinkWriting
from capmap.exchange.grid.names import Names
from capmap.exchange.grid.rows import Refused, RowTexts, Writing
from capmap.exchange.values import split_words
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Record, make, new_id

_MARK = "\x00"
"""Between a name and the id that stands beside it in a table of CapMap's own; no text holds it."""


def with_twin(name: str, twin: str) -> str:
    """A name of another record with that record's id, which decides where the name alone does not."""
    return f"{name}{_MARK}{twin}" if twin else name


def without_twin(text: str) -> str:
    """The name alone."""
    return text.partition(_MARK)[0]


class AddedRows(Writing):
    """``wanted`` holds ids for new records by the numbers of their rows."""

    def __init__(
        self,
        current: Map,
        names: Names,
        columns: Sequence[GridColumn],
        kind: str,
        form: Form,
        wanted: Mapping[int, str],
    ) -> None:
        super().__init__(current, names, columns, kind, form, create=True)
        self._wanted = wanted
        self._places: dict[str, int] = {}

    def new_id(self, number: int) -> str:
        """The id that the row came with, if no record has it."""
        wanted = self._wanted.get(number, "")
        return wanted if wanted and self.overlay.get(wanted) is None else new_id()

    def rows(self, rows: Sequence[RowTexts]) -> list[str | None]:
        """Write all rows, references to boxes after the boxes."""
        told = {number: text for number, row in enumerate(rows) if (text := _alias(row))}
        plain = [RowTexts(row.record_id, {} if number in told else row.texts) for number, row in enumerate(rows)]
        ids = super().rows(plain)
        for number, text in told.items():
            ids[number] = self._reference(number, rows[number].texts, text)
        return ids

    def _reference(self, number: int, texts: Mapping[str, str], text: str) -> str | None:
        """A box that shows another a second time."""
        column = self.columns["alias_of"]
        try:
            target = self.overlay.get(self.meant(text, column))
            into = self.meant(texts["parent"], self.columns["parent"]) if texts.get("parent") else None
            if not isinstance(target, Capability) or target.alias_of is not None:
                raise ValueRefused("what a box refers to must be a box of its own.")
            name = texts.get("name") or target.name
            box = make(Capability, id=self.new_id(number), name=name, code=texts.get("code", ""), alias_of=target.id)
            self.ids[number] = box.id
            self.overlay.append(box, into, behind=self.behind(box.id, into, number))
        except ValueRefused as refused:
            self.refused.append(Refused(number, column.key, without_twin(text), str(refused)))
            return None
        return box.id

    def fill(self, number: int, key: str, texts: Mapping[str, str], *, new: bool) -> None:
        """Write the cells of one row, and know its code."""
        super().fill(number, key, texts, new=new)
        record = self.overlay.get(key)
        if new and record is not None and texts.get("code"):
            self.new_names.add(record)

    def behind(self, key: str, into: str | None, number: int | None = None) -> str | None:
        """The box inside ``into`` that the row before stands for, or stands in."""
        if not self._places:
            self._places = {record_id: place for place, record_id in enumerate(self.ids) if record_id is not None}
        place = self._places.get(key) if number is None else number
        step = self.ids[place - 1] if place else None
        box = self.overlay.get(step)
        while isinstance(box, Capability) and box.parent != into:
            box = self.overlay.get(box.parent)
        return box.id if isinstance(box, Capability) and box.id != key else None

    def meant(self, text: str, column: GridColumn) -> str:
        """The record of that name, else the one of the id beside it."""
        name, _, twin = text.partition(_MARK)
        found = self.names.find(name, column.kinds, self.new_names)
        if len(found) != 1 and self._is(twin, column.kinds):
            return twin
        return self.one_of(found, name, column.kinds)

    def _is(self, key: str, kinds: Sequence[str]) -> bool:
        record: Record | None = self.overlay.get(key) if key else None
        return record is not None and record.kind in kinds

    def _set_links(self, key: str, column: GridColumn, text: str) -> None:
        """Make the links to those that are named and not linked yet; one that cannot be does not hold up the others."""
        if column.link is None:
            return
        link_type, outgoing = column.link
        whole = self.names.find(text, column.kinds, self.new_names)
        parts = [text] if len(whole) == 1 else [part for part in split_words(text) if part.strip()]
        reasons: dict[str, None] = {}
        for part in parts:
            try:
                other = self.meant(part, column)
                source, target = (key, other) if outgoing else (other, key)
                self.overlay.join(link_type, source, target)
            except ValueRefused as refused:
                reasons[str(refused)] = None
        if reasons:
            raise ValueRefused(" ".join(reasons))


class AddedLinks(LinkWriting):
    """As ``AddedRows``, for the table of links."""

    def __init__(self, current: Map, names: Names, columns: Sequence[GridColumn], form: Form) -> None:
        super().__init__(current, names, columns, Link.kind, form, create=True)

    def _ends(self, text: str, column: str, kinds: tuple[str, ...]) -> list[str]:
        name, _, twin = text.partition(_MARK)
        found = self.names.find(name, kinds, self.new_names)
        record = self.overlay.get(twin) if twin else None
        if len(found) != 1 and record is not None and record.kind in kinds:
            return [twin]
        return super()._ends(name, column, kinds)


def _alias(row: RowTexts) -> str:
    """What a new row refers to."""
    return row.texts.get("alias_of", "").strip() if row.record_id is None else ""
