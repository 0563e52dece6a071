"""Bringing: tables of any kinds taken into a map as one Change, with what became of their rows, kind by kind."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Mapping, Sequence

from capmap.errors import ValueRefused
from capmap.exchange.boxes import called
from capmap.exchange.difference import difference
from capmap.exchange.grid import cells
from capmap.exchange.grid.columns import KINDS, GridColumn, noun
from capmap.exchange.grid.forms import Form, number_text
from capmap.exchange.grid.names import Names
from capmap.exchange.grid.rows import Refused, RowTexts
from capmap.exchange.notices import Notices, quoted
from capmap.exchange.rows import cell_at
from capmap.exchange.table import Cell, Row, Table, text_of
from capmap.exchange.tables.brought import Brought, KindFacts
from capmap.exchange.tables.carried import taken_columns
from capmap.exchange.tables.fitting import Fitted, fitted
from capmap.exchange.tables.incoming import Incoming
from capmap.exchange.tables.recognising import ID, TWIN, KindTable, is_capability_header
from capmap.exchange.tables.rowmatching import match
from capmap.exchange.tables.rowwriting import AddedLinks, AddedRows, with_twin
from capmap.exchange.tabular import read_tables
from capmap.model.change import Change
from capmap.model.fields import NAME_LIMIT
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Record, evolve
from capmap.model.text import clean_name

_ORDER = ("capability", "provider", "unit", "service", "project", "objective", "demand", "link")
"""The kinds, each after those that its rows name."""


def brought_by(current: Map, incoming: Incoming) -> Brought:
    """What a source does to a map, be it a list of capabilities alone or tables. Raises InputError."""
    if incoming.reading is None:
        return bring(current, incoming)
    reading = incoming.reading
    found = difference(current, reading)
    fact = KindFacts(Capability.kind, len(found.added), len(found.changed), len(found.moved), found.same)
    return Brought(found.change, (fact,), (), reading.notices)


def map_from(incoming: Incoming) -> tuple[Map, Brought]:
    """A map of its own with what a source brings. Raises InputError."""
    made = Map()
    brought = brought_by(made, incoming)
    made.apply(brought.change)
    if not made.settings.title and incoming.title:
        made.apply(Change.of("", made, [evolve(made.settings, title=incoming.title)]))
    return made, brought


def bring(current: Map, incoming: Incoming) -> Brought:
    """Take the tables in: capabilities first, then what others refer to, links last. Empty cells change nothing and
    nothing is removed. Raises InputError where a list of capabilities makes no sense.
    """
    bringing = _Bringing(current, incoming.source)
    bringing.take_settings(incoming.settings)
    listed = sorted(incoming.tables, key=lambda table: _ORDER.index(table.kind))
    if not current.count(Capability) and not any(table.kind == Capability.kind for table in listed):
        listed = [*filter(None, map(_capabilities_named, listed)), *listed]
    for table in listed:
        if table.is_capabilities:
            bringing.take_list(table)
        else:
            bringing.take_rows(table)
    return bringing.brought(incoming.notices)


def _capabilities_named(table: KindTable) -> KindTable | None:
    """The capabilities that a table of pairs names, for a map that has none yet."""
    heading = next(
        (heading for heading in table.headings if table.kind == Link.kind and is_capability_header(heading.header)),
        None,
    )
    if heading is None or table.own:
        return None
    named = {name: row.place for row in table.table.rows if (name := clean_name(text_of(cell_at(row, heading.index))))}
    rows = [Row(place, [name]) for name, place in named.items()]
    return KindTable(Capability.kind, Table(table.table.source, rows, ("name",), table.table.sheet)) if rows else None


class _Bringing:
    """What has come so far: ``map`` is the map with it."""

    def __init__(self, current: Map, source: str) -> None:
        self._before = current
        self._source = source
        self.map = current.snapshot()
        self._change = Change.of(f"Import {source}", self.map)
        self._seen: dict[str, dict[str, None]] = {}
        self._same: Counter[str] = Counter()
        self._refusals: Counter[str] = Counter()
        self._refused: list[str] = []
        self._notices = Notices()

    def _take(self, change: Change) -> None:
        self.map.apply(change)
        self._change = self._change.squash(dataclasses.replace(change, text=self._change.text))

    def brought(self, notices: Sequence[str]) -> Brought:
        """What came of it, with what was said before."""
        facts = [self._facts(kind) for kind in KINDS]
        return Brought(
            self._change,
            tuple(fact for fact in facts if any(fact.as_dict().values()) or fact.kind in self._seen),
            tuple(self._refused),
            (*notices, *self._notices.sentences()),
        )

    def _facts(self, kind: str) -> KindFacts:
        sides = [
            (old, new)
            for key, new in self._change.after.items()
            if new is not None and new.kind == kind
            for old in (self._change.before[key],)
        ]
        moved = [key for old, new in sides if (key := _moved(old, new))]
        changed = [new.id for old, new in sides if old is not None and _values(old) != _values(new)]
        same = self._seen.get(kind, {}).keys() - {*moved, *changed}
        return KindFacts(
            kind,
            added=sum(1 for old, _ in sides if old is None),
            changed=len(changed),
            moved=len(moved),
            same=self._same[kind] + sum(1 for key in same if key in self._before),
            refused=self._refusals[kind],
        )

    def take_settings(self, settings: Mapping[str, str]) -> None:
        """What is said of the map as a whole, where the map says nothing."""
        here = self.map.settings
        values = {name: value for name, value in settings.items() if not getattr(here, name)}
        try:
            self._take(Change.of("", self.map, [evolve(here, **values)] if values else ()))
        except ValueRefused as refused:
            self._notices.add(str(refused))

    # -- lists of capabilities -----------------------------------------------------------------------

    def take_list(self, table: KindTable) -> None:
        """A list of capabilities of any shape."""
        reading = read_tables([table.table], None, Notices())
        found = difference(self.map, reading)
        self._seen.setdefault(table.kind, {})
        self._same[table.kind] += found.same
        for sentence in dict.fromkeys((*reading.notices, *found.notices)):
            self._notices.add(sentence)
        self._take(found.change)

    # -- rows of any kind ----------------------------------------------------------------------------

    def take_rows(self, table: KindTable) -> None:
        """A table with a record a row."""
        fit = fitted(self.map, table, self._notices)
        if fit.attributes:
            self._take(Change.of("", self.map, fit.attributes))
        names = Names(self.map)
        rows = self._texts(fit)
        ids = match(self.map, names, table, rows)
        columns = [column for _, column in fit.columns]
        if table.link_type and not any(column.key == "type" for column in columns):
            columns += [column for column in taken_columns(self.map, table.kind) if column.key == "type"]
            rows = [{**row, "type": table.link_type} if row else row for row in rows]
        given = [RowTexts(key, self._told(fit, names, row, key, columns)) for row, key in zip(rows, ids, strict=True)]
        if table.kind == Link.kind:
            writing: AddedLinks | AddedRows = AddedLinks(self.map, names, columns, fit.form)
        else:
            wanted = {number: row[ID] for number, row in enumerate(rows) if table.own and row.get(ID)}
            writing = AddedRows(self.map, names, columns, table.kind, fit.form, wanted)
        written = writing.rows(given)
        self._seen.setdefault(table.kind, {}).update(dict.fromkeys(key for key in written if key is not None))
        self._tell(fit, writing.refused)
        change = writing.overlay.change("")
        self._tell_created(change, table.kind)
        self._take(change)

    def _texts(self, fit: Fitted) -> list[dict[str, str]]:
        """The texts of every row by key, without empty ones; of pairs the first end stands for the rows below too."""
        table = fit.table
        wanted = [(heading, column.key) for heading, column in fit.columns]
        wanted += [(heading, heading.key) for heading in table.headings if heading.key == ID or heading.key[:6] == TWIN]
        filled = self._first_end(table)
        rows: list[dict[str, str]] = []
        last = ""
        for row in table.table.rows:
            texts = {key: text for heading, key in wanted if (text := _text(cell_at(row, heading.index), fit.form))}
            name = texts.get("name", "")
            if len(name) > NAME_LIMIT:
                texts["name"] = called(name)
                self._notices.add(f"a name is longer than {NAME_LIMIT} characters and was cut.", row.place)
            if filled and any(texts):
                last = texts.setdefault(filled, last) if last else texts.get(filled, "")
            rows.append(texts)
        return rows

    def _first_end(self, table: KindTable) -> str:
        """The end of links that stands first, if a merged cell may stand for several rows of it."""
        ends = [heading.key for heading in table.headings if heading.key in ("source", "target")]
        return ends[0] if ends and table.kind == Link.kind and not table.own else ""

    def _told(
        self, fit: Fitted, names: Names, row: Mapping[str, str], key: str | None, columns: Sequence[GridColumn]
    ) -> dict[str, str]:
        """What a row says anew: of a record that is there what it does not hold yet."""
        record = self.map.get(key)
        told: dict[str, str] = {}
        for column in columns:
            text = row.get(column.key, "")
            if not text:
                continue
            if record is None:
                told[column.key] = with_twin(text, row.get(f"{TWIN}{column.key}", ""))
            elif not _is_held(cells.plain(self.map, names, record, column, fit.form), text, column, fit.form):
                told[column.key] = text
        return told

    # -- what is said --------------------------------------------------------------------------------

    def _tell(self, fit: Fitted, refused: Sequence[Refused]) -> None:
        headers = {column.key: heading.header for heading, column in fit.columns}
        for item in refused:
            self._refusals[fit.table.kind] += 1
            row = fit.table.table.rows[item.row]
            where = [self._source, row.place]
            if item.column in headers:
                where.append(f"column {headers[item.column]}")
            self._refused.append(f"{', '.join(filter(None, where))}: {item.reason}")

    def _tell_created(self, change: Change, kind: str) -> None:
        """Name the records that come only because a row of another kind names them."""
        for other in KINDS:
            created = [
                str(getattr(new, "name", ""))
                for key, new in change.after.items()
                if new is not None and new.kind == other != kind and other != Link.kind and change.before[key] is None
            ]
            if created:
                are, them = ("is", "it") if len(created) == 1 else ("are", "them")
                told = noun(other, len(created))
                self._notices.add(f"{told} {are} new, since rows name {them}: {quoted(created)}.")


def _text(cell: Cell, form: Form) -> str:
    """A cell as the text that would be typed for it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return number_text(cell, form) if cell == cell and abs(cell) < 1e300 else ""
    return text_of(cell)


def _is_held(plain: str, text: str, column: GridColumn, form: Form) -> bool:
    """Whether a cell says what is held: blanks around it do not count, nor figures behind the 15th, which spreadsheets
    do not keep.
    """
    if plain.strip() == text:
        return True
    if column.type not in ("number", "percent", "money"):
        return False
    try:
        ours, theirs = (float(side.replace(form.decimal, ".")) for side in (plain, text))
    except ValueError:
        return False
    return math.isclose(ours, theirs, rel_tol=1e-14)


def _moved(old: Record | None, new: Record) -> str:
    boxes = isinstance(old, Capability) and isinstance(new, Capability)
    return new.id if boxes and getattr(old, "parent", None) != getattr(new, "parent", None) else ""


def _values(record: Record) -> Record:
    """The record without its place among boxes."""
    return dataclasses.replace(record, parent=None, position=0) if isinstance(record, Capability) else record
