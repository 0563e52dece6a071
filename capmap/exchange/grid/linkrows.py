"""Link rows: the table of links, where a row joins two records that are named in its cells."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from capmap.errors import ValueRefused
from capmap.exchange.grid import cells
from capmap.exchange.grid.columns import NOUNS
from capmap.exchange.grid.rows import Missing, Refused, RowTexts, Writing
from capmap.model.records import LINK_ENDS, LINK_TYPES, Link
from capmap.model.text import clean_name

_ENDS = ("source", "type", "target")


class LinkWriting(Writing):
    """As ``Writing``, but a row is known by its ends and not by a name. The type of link may be left out: between two
    kinds there is only one.
    """

    def rows(self, rows: Sequence[RowTexts]) -> list[str | None]:
        """Write all rows."""
        return [self._row(number, row) for number, row in enumerate(rows)]

    def _row(self, number: int, row: RowTexts) -> str | None:
        if row.record_id is None and not any(text.strip() for text in row.texts.values()):
            return None
        there = self.overlay.get(row.record_id)
        link = there if isinstance(there, Link) else None
        ends = {key: row.texts[key] for key in _ENDS if key in row.texts and not self._holds(link, key, row.texts[key])}
        if ends or link is None:
            try:
                link = self._joined(link, ends)
            except _Wrong as wrong:
                text = row.texts.get(wrong.column, "")
                self.refused.append(Refused(number, wrong.column, text, wrong.reason, wrong.missing))
        if link is None:
            return None
        rest = {key: text for key, text in row.texts.items() if key not in _ENDS}
        self.fill(number, link.id, rest, new=row.record_id is None and link.id not in self.map)
        return link.id

    def _holds(self, link: Link | None, key: str, text: str) -> bool:
        return link is not None and cells.plain(self.map, self.names, link, self.columns[key], self.form) == text

    def _joined(self, link: Link | None, texts: Mapping[str, str]) -> Link:
        """The link with these ends: a new one, or the given one with other ends."""
        wanted = self._type(texts.get("type", ""))
        if link is not None and "type" in texts and wanted is None:
            raise _Wrong("type", "a link needs a type.")
        sides = []
        for side, column in enumerate(("source", "target")):
            if link is not None and column not in texts:
                sides.append([getattr(link, column)])
            else:
                sides.append(self._ends(texts.get(column, ""), column, self._kinds(side, wanted, link)))
        pairs = [
            (link_type, source, target)
            for source in sides[0]
            for target in sides[1]
            for link_type in self._between(source, target)
            if wanted in (None, link_type)
        ]
        if not pairs:
            raise _Wrong("target", self._why_none(sides[0][0], sides[1][0], wanted))
        if len(pairs) > 1:
            column = "source" if len({pair[1] for pair in pairs}) > 1 else "target"
            name = clean_name(texts.get(column, ""))
            raise _Wrong(column, f"“{name[:60]}” may mean several things. Write its path or code, or the type of link.")
        return self._put(link, *pairs[0])

    def _put(self, link: Link | None, link_type: str, source: str, target: str) -> Link:
        try:
            if link is None:
                return self.overlay.join(link_type, source, target)
            if target in self.overlay.links(source, link_type, True):
                raise _Wrong("target", "the two are linked already, in another row.")
            changed = dataclasses.replace(link, type=link_type, source=source, target=target)
            self.overlay.part(link)
            self.overlay.put(changed)
            self.overlay.links(source, link_type, True)[target] = changed
            self.overlay.links(target, link_type, False)[source] = changed
        except ValueRefused as refused:
            raise _Wrong("target", str(refused)) from None
        return changed

    def _type(self, text: str) -> str | None:
        if not text.strip():
            return None
        try:
            found = cells.read(self.columns["type"], text, self.form)
        except ValueRefused as refused:
            raise _Wrong("type", str(refused)) from None
        return str(found)

    def _kinds(self, side: int, wanted: str | None, link: Link | None) -> tuple[str, ...]:
        """Which kinds may stand at a side: those of the type, else of all types that fit what stands there now."""
        types: Sequence[str] = (wanted,) if wanted else LINK_TYPES
        if link is not None and wanted is None:
            # Only one end is typed anew: it goes with the end that stays.
            types = (link.type,)
        return tuple(dict.fromkeys(LINK_ENDS[link_type][side] for link_type in types))

    def _ends(self, text: str, column: str, kinds: tuple[str, ...]) -> list[str]:
        if not text.strip():
            raise _Wrong(column, f"a link needs {'a beginning' if column == 'source' else 'an end'}.")
        found = self.names.find(text, kinds, self.new_names)
        if len(found) > 1 and len(kinds) > 1:
            return found
        try:
            return [self.one_of(found, text, kinds)]
        except ValueRefused as refused:
            missing = (refused.kind, refused.name) if isinstance(refused, Missing) else None
            raise _Wrong(column, str(refused), missing) from None

    def _between(self, source: str, target: str) -> list[str]:
        """The types of link that join two records: one, or none."""
        kinds = tuple(record.kind if record else "" for record in (self.overlay.get(source), self.overlay.get(target)))
        return [link_type for link_type, ends in LINK_ENDS.items() if ends == kinds and source != target]

    def _why_none(self, source: str, target: str, wanted: str | None) -> str:
        if source == target:
            return "a link needs two different ends."
        records = (self.overlay.get(source), self.overlay.get(target))
        nouns = [NOUNS[record.kind][0] if record else "record" for record in records]
        how = f"with “{wanted}” " if wanted else ""
        return f"{_article(nouns[0])} cannot be linked {how}to {_article(nouns[1])}."


class _Wrong(Exception):
    """Why a link cannot be, and the column that is to blame."""

    def __init__(self, column: str, reason: str, missing: tuple[str, str] | None = None) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.missing = missing


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiouI" and not noun.startswith("uni") else f"a {noun}"
