"""Entry: texts for cells written into the map in one step; what does not fit is marked, counted and told."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from capmap.errors import CapMapError, ValueRefused
from capmap.exchange.grid import cells
from capmap.exchange.grid.columns import NOUNS, noun
from capmap.exchange.grid.rows import Refused, RowTexts
from capmap.exchange.grid.writing import Written
from capmap.model.assessing import dated
from capmap.ui.tables.drafts import Draft, Mark, is_complete
from capmap.ui.tables.tablemodel import TableModel

Texts = Mapping[int, Mapping[str, str]]
"""Row -> key of a column -> text."""

_TOLD = 3
"""So many reasons are told; all are at their cells."""


@dataclasses.dataclass(frozen=True, slots=True)
class Entered:
    """What became of an entry: the keys of the rows that it went to, in their order, and what did not fit."""

    keys: tuple[str, ...]
    refused: tuple[Refused, ...]


class Entry(QObject):
    """Writes into one table. ``told`` carries a sentence, the words of an offer and what the offer does."""

    told = Signal(str, str, object)

    def __init__(self, model: TableModel) -> None:
        super().__init__(model)
        self._model = model
        self._complained = False

    def put(self, texts: Texts, told: str, *, create: bool = False, quiet_drafts: bool = False) -> Entered | None:
        """Write texts into rows; rows behind the end are new ones. Good cells are written in one step, called
        ``told``; the others keep what they held and are marked. None, with the reason told, if nothing can be edited.

        With ``quiet_drafts`` a new row that still lacks what it needs is no fault: somebody is typing it. What is
        typed is dated by today if it is a score; what is pasted or filled comes from elsewhere, with dates of its own.
        """
        model = self._model
        if model.sheets.why_read_only:
            self.told.emit(model.sheets.why_read_only, "", None)
            return None
        rows = {row: dict(given) for row, given in sorted(texts.items())}
        drafts = self._drafts(rows)
        waiting = {
            row: rows.pop(row)
            for row, draft in list(drafts.items())
            if quiet_drafts and not is_complete(model.kind, {**draft.texts, **rows[row]})
        }
        written = self._write(rows, drafts, told, create=create, typed=quiet_drafts)
        if written is None:
            return None
        order = list(rows)
        refused = [*written.refused]
        bad = self._unfit(waiting, drafts)
        made = [key for row, key in zip(order, written.ids, strict=True) if row in drafts and key is not None]
        keys = dict(zip(order, written.ids, strict=True))
        self._keep(drafts, {**rows, **waiting}, keys, made, bad)
        at = {row: keys.get(row) or drafts[row].key for row in (*order, *waiting)}
        marks: dict[tuple[str, str], Mark | None] = {
            (at[row], key): None for row, given in (*rows.items(), *waiting.items()) for key in given
        }
        marks.update({(at[order[item.row]], item.column): Mark(item.text, item.reason) for item in refused})
        marks.update({(at[row], key): Mark(text, reason) for (row, key), (text, reason) in bad.items()})
        model.set_marks(marks)
        if refused or bad:
            unfit = {(order[item.row], item.column): item.reason for item in refused}
            unfit.update({cell: reason for cell, (_, reason) in bad.items()})
            reasons = [(at[row], key, unfit[row, key]) for row, key in sorted(unfit, key=lambda cell: cell[0])]
            given = sum(
                bool(text.strip()) or (row, key) in unfit
                for row, texts_given in (*rows.items(), *waiting.items())
                for key, text in texts_given.items()
            )
            self._tell(told, given, reasons, [(at[order[item.row]], item) for item in refused])
        elif self._complained:
            # Whatever was wrong before has been dealt with.
            self.told.emit("", "", None)
        self._complained = bool(refused or bad)
        return Entered(tuple(at[row] for row in sorted(at)), tuple(refused))

    def _drafts(self, rows: Mapping[int, object]) -> dict[int, Draft]:
        """The draft of every row that is no record, new ones behind the end."""
        model = self._model
        return {row: model.draft_at(row) or Draft() for row in rows if row >= len(model.ids)}

    def _write(
        self,
        rows: Mapping[int, Mapping[str, str]],
        drafts: Mapping[int, Draft],
        told: str,
        *,
        create: bool,
        typed: bool,
    ) -> Written | None:
        model = self._model
        given = [
            RowTexts(None, {**drafts[row].texts, **texts}) if row in drafts else RowTexts(model.ids[row], texts)
            for row, texts in rows.items()
        ]
        try:
            written = model.sheets.write(model.columns, model.kind, given, told, create=create)
            made = [key for row, key in zip(rows, written.ids, strict=True) if row in drafts and key is not None]
            model.expected = frozenset(made)
            try:
                change = dated(written.change, dt.date.today()) if typed else written.change
                model.sheets.workspace.commit(change)
            finally:
                model.expected = frozenset()
        except CapMapError as problem:
            self.told.emit(str(problem), "", None)
            return None
        return written

    def _keep(
        self,
        drafts: Mapping[int, Draft],
        rows: Texts,
        keys: Mapping[int, str | None],
        made: Sequence[str],
        bad: Mapping[tuple[int, str], tuple[str, str]],
    ) -> None:
        """Drafts that became records go; the others keep what was put into them."""
        if not drafts:
            return
        model = self._model
        left = [draft for draft in model.drafts if draft not in drafts.values()]
        for row, draft in drafts.items():
            if keys.get(row) is None:
                draft.texts.update({key: text for key, text in rows[row].items() if (row, key) not in bad})
                left.append(draft)
        order = {draft.key: place for place, draft in enumerate(model.drafts)}
        left.sort(key=lambda draft: order.get(draft.key, len(order)))
        if made:
            model.become(list(dict.fromkeys(key for key in made if model.row_of(key) < 0)), left)
        else:
            model.set_drafts(left)

    def _unfit(self, waiting: Texts, drafts: Mapping[int, Draft]) -> dict[tuple[int, str], tuple[str, str]]:
        """What does not fit in rows that are no records yet, by itself."""
        bad = {}
        table = {column.key: column for column in self._model.columns}
        sheets = self._model.sheets
        for row, texts in waiting.items():
            for key, text in texts.items():
                column = table[key]
                try:
                    if column.kinds and column.type in ("ref", "place") and text.strip():
                        if not sheets.names.find(text, column.kinds):
                            nouns = " or ".join(NOUNS[kind][0] for kind in column.kinds)
                            raise ValueRefused(f"there is no {nouns} “{text.strip()[:60]}”.")
                    elif column.field is not None and not (column.required and not text.strip()):
                        cells.read(column, text, sheets.form)
                except ValueRefused as refused:
                    bad[row, key] = (text, str(refused))
        return bad

    # -- what is said --------------------------------------------------------------------------------

    def _tell(self, told: str, given: int, reasons: Sequence[tuple[str, str, str]], refused: Sequence[_Named]) -> None:
        """Say what did not fit: in which row (by its key) and column, and why; offer to add what is missing."""
        labels = {column.key: column.label for column in self._model.columns}
        listed = [
            f"Row {self._model.row_of(key) + 1:,}, {labels[column]}: {reason.removeprefix(f'{labels[column]} ')}"
            for key, column, reason in reasons[:_TOLD]
        ]
        sentence = " ".join(listed)
        if given > 1:
            more = len(reasons) - len(listed)
            tail = f" And {more:,} more; all are marked." if more else ""
            sentence = f"{len(reasons):,} of {given:,} cells did not fit. {sentence}{tail}"
        missing = list(dict.fromkeys(item.missing for _, item in refused if item.missing))
        if not missing:
            self.told.emit(sentence, "", None)
            return
        again: dict[str, dict[str, str]] = {}
        for key, item in refused:
            if item.missing:
                again.setdefault(key, {})[item.column] = item.text
        offer = f"Add {missing[0][1][:30]}" if len(missing) == 1 else f"Add {_counted(missing)}"
        self.told.emit(sentence, offer, lambda: self._again(again, told))

    def _again(self, texts: Mapping[str, Mapping[str, str]], told: str) -> None:
        """Write once more what named records that are missing, making these."""
        rows = {row: given for key, given in texts.items() if (row := self._model.row_of(key)) >= 0}
        self.put(rows, told, create=True)


_Named = tuple[str, Refused]
"""The key of a row and what did not fit there."""


def _counted(missing: Sequence[tuple[str, str]]) -> str:
    kinds = {kind for kind, _ in missing}
    return noun(kinds.pop(), len(missing)) if len(kinds) == 1 else f"{len(missing):,} names"
