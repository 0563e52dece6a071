"""Answerpage: an answer as pages that a manager reads: the sentence, the story, the map with what it is about, rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from capmap.analysis.answer import Answer
from capmap.drawing.answermap import answer_map
from capmap.drawing.answertable import AnswerTable, Strip
from capmap.drawing.mapdrawing import placed
from capmap.drawing.marks import Drawing, Line, Mark, Rect, Region, Text
from capmap.drawing.page import written_date
from capmap.drawing.paper import POINTS_PER_MM, Orientation, Paper, paper_named
from capmap.drawing.theme import PAPER
from capmap.drawing.titles import fit
from capmap.layout import fonts
from capmap.layout.style import Weight
from capmap.model.map import Map

_MARGIN = 16 * POINTS_PER_MM
_SMALL, _SMALL_LEADING = 8.0, 11.0
_TITLE, _TITLE_LEADING = 19.0, 1.24
_STORY, _STORY_LEADING = 10.5, 15.0
_STORY_WIDTH = 470.0
"""Longer lines are hard to follow."""
_MAP_SHARE = 0.34
"""The map takes up to this part of the height between the margins."""
_MOST_ROWS = 500
_FOOT = 22.0


def answer_pages(
    answer: Answer,
    current: Map,
    *,
    title: str,
    date: dt.date,
    paper: Paper | None = None,
    orientation: Orientation | None = None,
) -> list[Drawing]:
    """The pages of an answer about a map, asked as of a day. ``title`` names the question; without ``paper`` it is A4.
    ``orientation`` None is upright where the table can be read so.

    The first 500 rows are printed; a last line says how many more there are.
    """
    sheet = paper or paper_named("A4")
    if orientation is None:
        upright = sheet.size("portrait")[0] - 2 * _MARGIN
        wide = bool(answer.rows) and AnswerTable(answer, upright, _MOST_ROWS).is_cramped
        orientation = "landscape" if wide else "portrait"
    return list(_Pages(answer, current, title, date, *sheet.size(orientation)).drawings())


class _Pages:
    """One answer on its way onto pages of this size in points."""

    def __init__(self, answer: Answer, current: Map, title: str, date: dt.date, width: float, height: float) -> None:
        self._answer = answer
        self._map = current
        self._title = title
        self._date = written_date(date)
        self._width, self._height = width, height
        self._inner = width - 2 * _MARGIN
        self._bottom = height - _MARGIN - _FOOT
        self._pages: list[list[Mark]] = []

    def drawings(self) -> Iterator[Drawing]:
        self._rows(self._first())
        language = self._map.settings.language or "en"
        for number, marks in enumerate(self._pages, 1):
            whole = (*marks, *self._foot(number))
            yield Drawing(self._width, self._height, self._answer.sentence, whole, language)

    def _first(self) -> float:
        """The first page down to the table; where that begins."""
        marks: list[Mark] = [Region(_MARGIN, _MARGIN, self._inner, 40.0, "page-head", self._answer.sentence)]
        self._pages.append(marks)
        y = _MARGIN + _SMALL
        marks.append(Text(_MARGIN, y, self._title, "semibold", _SMALL, PAPER.quiet_ink))
        marks.append(Text(self._width - _MARGIN, y, self._date, "regular", _SMALL, PAPER.quiet_ink, "end"))
        y += 10
        sentence = fit(self._answer.sentence, "bold", _TITLE, self._inner, 4)
        y = self._write(sentence.lines, y + sentence.size, sentence.size * _TITLE_LEADING, "bold", sentence.size)
        y += 6
        for paragraph in self._answer.story:
            lines = fonts.wrap(paragraph, "regular", _STORY, min(self._inner, _STORY_WIDTH))
            if y + len(lines) * _STORY_LEADING > self._bottom:
                y = self._new_page()
            y = self._write(lines, y + _STORY, _STORY_LEADING, "regular", _STORY) + 1
        return self._small_map(y + 6)

    def _small_map(self, y: float) -> float:
        """The map with what the rows are about, where there is room for it; where it ends."""
        room = min((self._height - 2 * _MARGIN) * _MAP_SHARE, self._bottom - y - 24)
        if room < 110:
            return y
        marks, legend, taken = answer_map(self._answer, self._map, self._inner, room)
        if not marks:
            return y
        page = self._pages[-1]
        page.append(Region(_MARGIN, y, self._inner, taken, "page-map", self._map.settings.title))
        page += placed(marks, 1.0, _MARGIN, y)
        x, base = _MARGIN, y + taken + 14
        for fill, words in legend:
            length = fonts.width(words, "regular", _SMALL)
            if x + 18 + length > self._width - _MARGIN:
                break
            page.append(Rect(x, base - 7, 13, 8, fill, radius=1.5))
            page.append(Text(x + 18, base, words, "regular", _SMALL, PAPER.container_ink))
            x += 18 + length + 16
        return base + 8

    def _write(self, lines: tuple[str, ...], first: float, leading: float, weight: Weight, size: float) -> float:
        """Lines from the left margin on, the first on this baseline; where the next baseline's line would begin."""
        for number, line in enumerate(lines):
            self._pages[-1].append(Text(_MARGIN, first + number * leading, line, weight, size, PAPER.ink))
        return first + len(lines) * leading - size

    def _rows(self, y: float) -> None:
        if not self._answer.rows:
            return
        table = AnswerTable(self._answer, self._inner, _MOST_ROWS)
        header, strips = table.header(), list(table.strips())
        y = (
            self._put(header, y + 8)
            if y + 8 + header.height + 60 < self._bottom
            else self._put(header, self._new_page())
        )
        for number, strip in enumerate(strips):
            needed = strip.height
            if strip.heads and number + 1 < len(strips):
                needed += strips[number + 1].height
            if y + needed > self._bottom:
                y = self._put(header, self._new_page())
            y = self._put(strip, y)
        more = len(self._answer.rows) - _MOST_ROWS
        if more > 0:
            words = f"{more:,} more rows are in the table of the window, and in XLSX and CSV."
            self._write((words,), y + 14, _SMALL_LEADING, "regular", _SMALL)

    def _put(self, strip: Strip, y: float) -> float:
        self._pages[-1] += strip.at(_MARGIN, y)
        return y + strip.height

    def _new_page(self) -> float:
        self._pages.append([])
        return _MARGIN

    def _foot(self, number: int) -> Iterator[Mark]:
        settings = self._map.settings
        base = self._height - _MARGIN
        yield Region(_MARGIN, base - _FOOT, self._inner, _FOOT, "page-foot", "")
        rule = base - 12
        yield Line(((_MARGIN, rule), (self._width - _MARGIN, rule)), PAPER.rule, 0.75)
        page = f"Page {number} of {len(self._pages)}"
        yield Text(self._width - _MARGIN, base, page, "regular", _SMALL, PAPER.quiet_ink, "end")
        room = self._inner - fonts.width(page, "regular", _SMALL) - 20
        said = " · ".join(part for part in (settings.title, settings.author, settings.attribution) if part)
        line = fonts.wrap(" ".join(said.split()), "regular", _SMALL, room, 1)[0]
        yield Text(_MARGIN, base, line, "regular", _SMALL, PAPER.quiet_ink)
