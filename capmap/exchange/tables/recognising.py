"""Recognising: which kind of record the rows of a table are, and what each of its columns holds."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from capmap.errors import InputError
from capmap.exchange import words
from capmap.exchange.columns import CHILDREN, PARENT, PATH, is_header
from capmap.exchange.grid.columns import KINDS
from capmap.exchange.source import BOX_LIMIT, COLUMN_LIMIT
from capmap.exchange.table import Table, header_of, text_of
from capmap.exchange.tables.carried import given_columns
from capmap.exchange.tables.kindwords import column_of, kind_of_header, kinds_named, telling_columns
from capmap.model.map import Map
from capmap.model.records import LINK_ENDS

ID = "id"
"""The key of a column of CapMap's own ids."""
TWIN = "id of "
"""Begins the key of the column that holds the ids of the records named in another column."""
UNKNOWN = ""
"""The key of a column that is none of the kind's: an own attribute."""
IGNORED = "-"
"""The key of a column that nothing is taken from."""

_CAPABILITY, _LINK = "capability", "link"
_OWN_ID = re.compile(r"CapMap (\w+) id")
_OWN_TWIN = re.compile(r"CapMap id of (.+)")
_CURRENCY = re.compile(r" \([^()]*\)$")
_HEADER_ROWS = 15
_HAVING = ("service", "project")
"""Kinds whose lists often have a column of capabilities."""


@dataclasses.dataclass(frozen=True, slots=True)
class Heading:
    """One column: where it stands (from 0), its header, and the key of what it holds."""

    index: int
    header: str
    key: str


@dataclasses.dataclass(frozen=True, slots=True)
class KindTable:
    """A table whose rows are records of one kind. ``own`` says that CapMap wrote it, with its ids.
    ``link_type`` is that of the links in a table of pairs whose headers say it.
    """

    kind: str
    table: Table
    headings: tuple[Heading, ...] = ()
    own: bool = False
    link_type: str = ""

    @property
    def is_capabilities(self) -> bool:
        """Whether it is a list of capabilities as anybody may write it, of which only the tree tells the whole."""
        return self.kind == _CAPABILITY and not self.own

    def heading(self, key: str) -> Heading | None:
        """The column that holds something, or None."""
        return next((heading for heading in self.headings if heading.key == key), None)


def own_id_header(kind: str) -> str:
    """The header of the column of ids in a table that CapMap writes."""
    return f"CapMap {kind} id"


def twin_header(label: str) -> str:
    """The header of the column with the ids of the records that are named in another."""
    return f"CapMap id of {label}"


def recognised(table: Table, title: str = "", kind: str = "") -> KindTable:
    """The table with the kind of its rows, told by its headers, the name of its sheet, and ``title``, the name of its
    file; ``kind`` says it instead. It is empty where nothing tells. Raises InputError.
    """
    named = _with_headers(table)
    headers = named.headers or ()
    own = next((match[1] for header in headers if (match := _OWN_ID.fullmatch(header)) and match[1] in KINDS), "")
    if own and kind in ("", own):
        _require_size(named)
        return KindTable(own, named, _own_headings(own, headers), own=True)
    found = kind or _kind_of(named, title)
    if found in (_CAPABILITY, ""):
        return KindTable(found, table)
    _require_size(named)
    if not any(headers):
        raise InputError(
            "no row says what the columns are; put one with “name” and the like above the first row.",
            source=table.source,
            place=table.rows[0].place,
        )
    link_type = _link_type(_sides(headers)[:2]) if found == _LINK else ""
    return KindTable(found, named, _headings(found, named), link_type=link_type)


def _with_headers(table: Table) -> Table:
    """The table with its header row, the one of the first rows that holds the most known headers, off the rows."""
    if table.headers is not None:
        return table
    best, place = 0, 0
    for number, row in enumerate(table.rows[:_HEADER_ROWS]):
        known = sum(1 for cell in row.cells if isinstance(cell, str) and _is_known(cell))
        if known > best:
            best, place = known, number
    if not best:
        return dataclasses.replace(table, headers=("",) * table.width)
    headers = [header_of(cell) for cell in table.rows[place].cells]
    headers += [""] * (table.width - len(headers))
    return dataclasses.replace(table, headers=tuple(headers), rows=table.rows[place + 1 :])


def _is_known(text: str) -> bool:
    if not text.strip() or len(text) > 60:
        return False
    return is_header(text) or bool(_OWN_ID.fullmatch(text)) or any(column_of(kind, text) for kind in KINDS)


def _require_size(table: Table) -> None:
    if len(table.rows) > BOX_LIMIT:
        raise InputError(f"the table has more than {BOX_LIMIT:,} rows; split it.", source=table.source)
    if table.width > COLUMN_LIMIT:
        raise InputError(
            f"the table has more than {COLUMN_LIMIT} columns; leave out those that are not needed.", source=table.source
        )


# -- the kind -----------------------------------------------------------------------------------------


def _kind_of(table: Table, title: str) -> str:
    headers = [header for header in table.headers or () if header]
    if table.nested or _is_tree(headers):
        return _CAPABILITY
    called = _kind_called(table.sheet, title)
    pairs = _is_pairs(table, headers, called)
    if pairs or called:
        return _LINK if pairs else called
    scores = {kind: sum(1 for header in headers if column_of(kind, header) in telling_columns(kind)) for kind in KINDS}
    named = [kind for kind, _ in _sides(headers)]
    if _CAPABILITY in named or _has_parents(headers):
        # A list of applications may say what each is for; a list of capabilities, which unit has each.
        first = named[0] if named else _CAPABILITY
        return first if first in _HAVING and not scores[_CAPABILITY] else _CAPABILITY
    if named and not any(_says_name(header) for header in headers):
        return named[0]
    best = max(KINDS, key=lambda kind: (scores[kind], kind == _CAPABILITY))
    return best if scores[best] > (best != _CAPABILITY) else ""


def _kind_called(sheet: str, title: str) -> str:
    """The one kind that the name of the sheet, else that of the file, speaks of."""
    for name in (sheet, title):
        kinds = [kind for kind in kinds_named(name) if kind != _LINK] or list(kinds_named(name))
        if kinds:
            return kinds[0] if len(kinds) == 1 else _LINK if len(kinds) == 2 else ""
    return ""


def _is_tree(headers: Sequence[str]) -> bool:
    """Whether headers tell of boxes in boxes, as only lists of capabilities do."""
    if sum(1 for header in headers if words.level_of_header(header) is not None) > 1:
        return True
    meanings = {known[0] for header in headers if (known := words.meaning_of(header))}
    return bool(meanings & {PATH, CHILDREN})


def _has_parents(headers: Sequence[str]) -> bool:
    return any(known[0] == PARENT for header in headers if (known := words.meaning_of(header)))


def is_capability_header(header: str) -> bool:
    """Whether a column with this header holds capabilities."""
    return words.normalised(header) == _CAPABILITY or words.is_capability(words.normalised(header))


def _says_name(header: str) -> bool:
    known = words.meaning_of(header)
    return known is not None and known[0] == "name" and not is_capability_header(header)


def _is_pairs(table: Table, headers: Sequence[str], called: str) -> bool:
    """Whether each row joins two records: it names both ends, or a kind in each of two columns and little else.

    A list of services with a column of their capabilities is none, unless a service stands in several rows.
    """
    ends = {column_of(_LINK, header) for header in headers}
    if {"source", "target"} <= ends and called in ("", _LINK):
        return True
    sides = _sides(headers)
    if not _link_type(sides) or any(_says_name(header) for header in headers):
        return False
    if called not in ("", _LINK):
        return _repeats(table, next((header for kind, header in sides if kind == called), ""))
    others = [header for header in headers if header not in {header for _, header in sides}]
    about = [column_of(kind, header) for kind, _ in sides if kind != _CAPABILITY for header in others]
    if all(column_of(_LINK, header) or not told for header, told in zip(others, about, strict=False)):
        return True
    return any(_repeats(table, header) for kind, header in sides if kind != _CAPABILITY)


def _sides(headers: Sequence[str]) -> list[tuple[str, str]]:
    """Kind and header of the columns that are called after a kind."""
    told = [(_CAPABILITY if is_capability_header(header) else kind_of_header(header), header) for header in headers]
    return [(kind, header) for kind, header in told if kind and kind != _LINK]


def _link_type(sides: Sequence[tuple[str, str]]) -> str:
    """The type of the links between what stands in two columns, an empty text where there can be none."""
    kinds = [kind for kind, _ in sides]
    return next((name for name, ends in LINK_ENDS.items() if kinds in (list(ends), list(ends[::-1]))), "")


def _repeats(table: Table, header: str) -> bool:
    if not header or table.headers is None:
        return False
    texts = [text for cell in table.column(table.headers.index(header)) if (text := text_of(cell).casefold())]
    return len(set(texts)) < len(texts)


# -- the columns --------------------------------------------------------------------------------------


def _own_headings(kind: str, headers: Sequence[str]) -> tuple[Heading, ...]:
    """In its own tables CapMap knows its columns by their labels alone, so that none is taken for an own attribute
    that is called otherwise in a map, nor the other way round.
    """
    labels = {column.label: column.key for column in given_columns(Map(), kind)}
    headings: list[Heading] = []
    for index, header in enumerate(headers):
        twin = _OWN_TWIN.fullmatch(header)
        if header == own_id_header(kind):
            key = ID
        elif twin is not None:
            key = f"{TWIN}{labels[twin[1]]}" if twin[1] in labels else IGNORED
        else:
            key = labels.get(header) or labels.get(_CURRENCY.sub("", header)) or UNKNOWN
        headings.append(Heading(index, header, key))
    return _single(headings)


def _headings(kind: str, table: Table) -> tuple[Heading, ...]:
    headers = table.headers or ()
    if kind == _LINK:
        return _single(_link_headings(headers))
    headings = [Heading(index, header, column_of(kind, header)) for index, header in enumerate(headers)]
    if not any(heading.key == "name" for heading in headings):
        # "title", "label": what would be the name of a capability is the name of anything.
        headings = [
            dataclasses.replace(heading, key="name") if not heading.key and _says_name(heading.header) else heading
            for heading in headings
        ]
    return _single(headings)


def _link_headings(headers: Sequence[str]) -> list[Heading]:
    headings = [Heading(index, header, column_of(_LINK, header)) for index, header in enumerate(headers)]
    if {"source", "target"} <= {heading.key for heading in headings}:
        return headings
    sides = _sides(headers)[:2]
    if not _link_type(sides):
        return headings
    # The capability is where links end; of two other kinds a project comes first, for it changes services.
    order = sorted(sides, key=lambda side: (side[0] == _CAPABILITY, side[0] != "project"))
    ends = {header: key for (_, header), key in zip(order, ("source", "target"), strict=True)}
    return [
        dataclasses.replace(heading, key=ends.get(heading.header, "" if heading.key in ends.values() else heading.key))
        for heading in headings
    ]


def _single(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Each key for the first column that has it; the others are own attributes, empty headers nothing."""
    taken: set[str] = set()
    kept: list[Heading] = []
    for heading in headings:
        key = IGNORED if not heading.header else UNKNOWN if heading.key in taken else heading.key
        taken |= {key} - {UNKNOWN, IGNORED}
        kept.append(dataclasses.replace(heading, key=key))
    return tuple(kept)
