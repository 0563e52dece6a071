"""The table of an answer on paper: columns as wide as they need, cells broken into lines, rows under group headings."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from capmap.analysis.answer import Answer
from capmap.analysis.words import capital, counted
from capmap.drawing.mapdrawing import placed
from capmap.drawing.marks import Line, Mark, Text
from capmap.drawing.theme import PAPER
from capmap.layout import fonts
from capmap.layout.style import Weight

SIZE, LEADING = 8.5, 11.5
_HEAD_SIZE, _HEAD_LEADING = 7.5, 9.5
_GROUP_SIZE = 10.0
_GAP = 10.0
"""Between columns, in points."""
_ABOVE, _BELOW = 3.0, 4.0
"""Between the rule of a row and its words."""
_MOST_GROUPS = 12
_WIDEST = 300.0
"""No column asks for more, in points: its cells have several lines."""
_NARROWEST = 34.0
_READABLE = 130.0
"""The last column, which tells most, does not get less than this without need."""
_NUMERIC = ("number", "percent", "money")


@dataclasses.dataclass(frozen=True, slots=True)
class Strip:
    """Something that no page break may enter: its height, and its marks from (0, 0) on. ``heads`` what follows it."""

    height: float
    marks: tuple[Mark, ...]
    heads: bool = False

    def at(self, x: float, y: float) -> Iterator[Mark]:
        """The marks at their place on a page."""
        yield from placed(self.marks, 1.0, x, y)


class AnswerTable:
    """The table of an answer, set for a width in points. Columns without any value are left out."""

    def __init__(self, answer: Answer, width: float, most_rows: int) -> None:
        self._width = width
        self._rows = list(islice(answer.texts(cents=False), most_rows))
        self._grouped = _grouped(answer, self._rows)
        columns = range(self._grouped, len(answer.columns))
        self._columns = [place for place in columns if any(row[place] for row in self._rows)]
        self._heads = answer.headings
        self._right = [column.kind in _NUMERIC for column in answer.columns]
        self._cramped = False
        self._widths = self._shared_out()

    @property
    def is_cramped(self) -> bool:
        """Whether words or amounts must be broken to fit."""
        return self._cramped

    def header(self) -> Strip:
        """The names of the columns."""
        cells = [
            fonts.wrap(self._heads[place], "semibold", _HEAD_SIZE, width)
            for place, width in zip(self._columns, self._widths, strict=True)
        ]
        height = max((len(cell) for cell in cells), default=0) * _HEAD_LEADING + _BELOW
        marks: list[Mark] = []
        for x, width, place, cell in self._placed(cells):
            # Headings stand on the rule, however many lines they have.
            first = height - _BELOW - (len(cell) - 1) * _HEAD_LEADING - 2
            marks += self._lines(cell, x, width, place, first, "semibold", _HEAD_SIZE, PAPER.quiet_ink)
        marks.append(Line(((0.0, height), (self._width, height)), PAPER.quiet_ink, 0.75))
        return Strip(height, tuple(marks), heads=True)

    def strips(self) -> Iterator[Strip]:
        """The rows, each group below its heading."""
        for group, rows in groupby(self._rows, key=lambda row: row[: self._grouped]):
            inside = list(rows)
            if group:
                yield self._group(group, len(inside))
            yield from map(self._row, inside)

    def _group(self, group: Sequence[str], count: int) -> Strip:
        height, first = _GROUP_SIZE * 2.4, _GROUP_SIZE * 1.7
        title = capital(group[0])
        after = fonts.width(title, "semibold", _GROUP_SIZE) + 6
        number = counted(count, group[1]) if len(group) > 1 else f"{count:,}"
        marks: tuple[Mark, ...] = (
            Text(0.0, first, title, "semibold", _GROUP_SIZE, PAPER.ink),
            Text(after, first, number, "regular", _GROUP_SIZE, PAPER.quiet_ink),
            Line(((0.0, height), (self._width, height)), PAPER.rule, 0.75),
        )
        return Strip(height, marks, heads=True)

    def _row(self, row: Sequence[str]) -> Strip:
        cells = [
            fonts.wrap(row[place], "regular", SIZE, width)
            for place, width in zip(self._columns, self._widths, strict=True)
        ]
        height = max((len(cell) for cell in cells), default=1) * LEADING + _ABOVE + _BELOW
        marks: list[Mark] = []
        for x, width, place, cell in self._placed(cells):
            marks += self._lines(cell, x, width, place, _ABOVE + SIZE, "regular", SIZE, PAPER.ink)
        marks.append(Line(((0.0, height), (self._width, height)), PAPER.rule, 0.5))
        return Strip(height, tuple(marks))

    def _placed(self, cells: Sequence[tuple[str, ...]]) -> Iterator[tuple[float, float, int, tuple[str, ...]]]:
        x = 0.0
        for place, width, cell in zip(self._columns, self._widths, cells, strict=True):
            yield x, width, place, cell
            x += width + _GAP

    def _lines(
        self,
        cell: Sequence[str],
        x: float,
        width: float,
        place: int,
        first: float,
        weight: Weight,
        size: float,
        ink: str,
    ) -> Iterator[Mark]:
        leading = LEADING if size == SIZE else _HEAD_LEADING
        right = self._right[place]
        for number, line in enumerate(cell):
            if line:
                anchor_x = x + width if right else x
                yield Text(anchor_x, first + number * leading, line, weight, size, ink, "end" if right else "start")

    def _shared_out(self) -> list[float]:
        """The widths of the columns: what each asks for; where that is too much, long texts are broken into lines."""
        wanted, least = [], []
        for place in self._columns:
            cells = [row[place] for row in self._rows]
            longest = max((fonts.width(cell, "regular", SIZE) for cell in cells), default=0.0)
            words = max((_longest_word(cell, "regular", SIZE) for cell in cells), default=0.0)
            head = _longest_word(self._heads[place], "semibold", _HEAD_SIZE)
            wanted.append(max(min(longest, _WIDEST), head, _NARROWEST) + 1)
            few = min(longest, _READABLE) if place == self._columns[-1] else min(words, _WIDEST / 3)
            least.append(max(longest if self._right[place] else few, head, _NARROWEST) + 1)
        room = self._width - _GAP * max(len(wanted) - 1, 0)
        if sum(wanted) <= room:
            return self._with_spare(wanted, room)
        spare = max(room - sum(least), 0.0)
        self._cramped = sum(least) > room
        over = sum(most - low for most, low in zip(wanted, least, strict=True)) or 1.0
        shared = [low + spare * (most - low) / over for most, low in zip(wanted, least, strict=True)]
        return [width * min(room / sum(shared), 1.0) for width in shared]

    def _with_spare(self, wanted: list[float], room: float) -> list[float]:
        """The last column of words takes the room that is left."""
        words = [number for number, place in enumerate(self._columns) if not self._right[place]]
        if words:
            wanted[words[-1]] += room - sum(wanted)
        return wanted


def _grouped(answer: Answer, rows: Sequence[Sequence[str]]) -> int:
    """How many of the first columns can stand above groups of rows: the first, or it and the kind of thing; else 0."""
    for count, names in ((1, None), (2, "Kind")):
        if any(column.kind != "text" for column in answer.columns[:count]) or len(answer.columns) <= count:
            continue
        if names is not None and answer.columns[1].name != names:
            continue
        runs = [key for key, _ in groupby(tuple(row[:count]) for row in rows)]
        if len(runs) == len(set(runs)) <= _MOST_GROUPS and len(rows) >= 2 * len(runs):
            return count
    return 0


def _longest_word(text: str, weight: Weight, size: float) -> float:
    return max((fonts.width(word, weight, size) for word in text.split()), default=0.0)
