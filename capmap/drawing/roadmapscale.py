"""Roadmapscale: the years and quarters above a roadmap, the line of today, and what its bars mean."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence

from capmap.analysis.roadmap import Lane, planned_end
from capmap.drawing.mapdrawing import CAP_HEIGHT, placed
from capmap.drawing.marks import Line, Mark, Rect, Text
from capmap.drawing.roadmapbars import STAGES, STATUSES, bar_marks
from capmap.drawing.theme import PAPER
from capmap.layout import fonts
from capmap.layout.style import Weight
from capmap.model.records import Service

TODAY_COLOUR = "#1565d8"
_YEARS, _PARTS, _TODAY = 17.0, 13.0, 13.0
_YEAR_SIZE, _PART_SIZE = 10.5, 7.5
_YEAR_LINE, _PART_LINE = "#aeb6c2", "#dfe3e9"
_LEGIBLE = 6.0
_LEAST_QUARTER, _LEAST_MONTH, _LEAST_YEAR = 15.0, 24.0, 26.0
"""Points on A3 that a part of the scale needs for its words."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ROW, _SIZE, _GAP = 16.0, 9.5, 12.0
_SWATCH = (28.0, 9.6)


@dataclasses.dataclass(frozen=True, slots=True)
class Timescale:
    """Days as places from ``left`` to ``right``, in points of the page."""

    first: dt.date
    last: dt.date
    left: float
    right: float

    @property
    def day(self) -> float:
        """The width of a day."""
        return (self.right - self.left) / ((self.last - self.first).days + 1)

    def place(self, date: dt.date) -> float:
        """Where a day begins; days out of the range stand at its ends."""
        return min(max(self.left + (date - self.first).days * self.day, self.left), self.right)

    def holds(self, date: dt.date) -> bool:
        """Whether the day is in the range."""
        return self.first <= date <= self.last


def short_date(date: dt.date) -> str:
    """Such as "31 Dec 2028"."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def scale_height(scale: float) -> float:
    """How much stands above the rows: the word of today, years, quarters or months."""
    return (_TODAY + _YEARS + _PARTS + 4.0) * scale


def scale_marks(frame: Timescale, top: float, bottom: float, scale: float, today: dt.date) -> Iterator[Mark]:
    """Years with quarters (or months, where there is room) and the lines of both down to ``bottom``."""
    years_top = top + _TODAY * scale
    parts_top = years_top + _YEARS * scale
    lines_top = parts_top + (_PARTS + 1.0) * scale
    months, words = _parts(frame, scale)
    part_size = max(_PART_SIZE * scale, _LEGIBLE)
    starts = [dt.date(year, 1, 1) for year in range(frame.first.year, frame.last.year + 1)]
    apart = _every(frame, scale)
    for start in starts:
        x, end = frame.place(start), frame.place(dt.date(start.year - start.year % apart + apart, 1, 1))
        named = start.year % apart == 0
        colour = _YEAR_LINE if named else _PART_LINE
        yield Line(((x, years_top if named else parts_top), (x, bottom)), colour, 0.9 * scale)
        if named and end - x >= _LEAST_YEAR * 1.2 * scale:
            yield Text(
                x + 4 * scale,
                years_top + (_YEARS + CAP_HEIGHT * _YEAR_SIZE) / 2 * scale,
                str(start.year),
                "bold",
                _YEAR_SIZE * scale,
                PAPER.ink,
            )
        for number in range(0, 12, months) if months else ():
            here, there = _after(start, number), _after(start, number + months)
            left, right = frame.place(here), frame.place(there)
            if right - left < fonts.width("Q0", "regular", part_size):
                continue
            if number:
                yield Line(((left, parts_top), (left, bottom)), _PART_LINE, 0.5 * scale)
            word = words[number // months]
            half = fonts.width(word, "regular", part_size) / 2 + scale
            if frame.holds(today) and abs(frame.place(today) - (left + right) / 2) < half:
                continue
            baseline = parts_top + (_PARTS + CAP_HEIGHT * part_size / scale) / 2 * scale
            yield Text((left + right) / 2, baseline, word, "regular", part_size, PAPER.quiet_ink, "middle")
    yield Line(((frame.right, years_top), (frame.right, bottom)), _YEAR_LINE, 0.9 * scale)
    yield Line(((frame.left, lines_top), (frame.right, lines_top)), _YEAR_LINE, 0.9 * scale)
    if frame.holds(today):
        yield from _today_word(frame, top, lines_top, scale, today)


def _today_word(frame: Timescale, top: float, bottom: float, scale: float, today: dt.date) -> Iterator[Mark]:
    words, size = f"Today, {short_date(today)}", 8.0 * scale
    width = fonts.width(words, "bold", size) + 10 * scale
    x = frame.place(today)
    left = min(max(x - width / 2, frame.left), frame.right - width)
    yield Rect(left, top, width, 12.0 * scale, TODAY_COLOUR, "", 0.0, 6.0 * scale)
    yield Text(left + width / 2, top + 8.8 * scale, words, "bold", size, "#ffffff", "middle")
    yield Line(((x, top + 12.0 * scale), (x, bottom)), TODAY_COLOUR, 1.4 * scale)


def today_marks(frame: Timescale, today: dt.date, top: float, bottom: float, scale: float) -> Iterator[Line]:
    """The line of today down to ``bottom``, if it is in the range."""
    if frame.holds(today):
        x = frame.place(today)
        yield Line(((x, top), (x, bottom)), TODAY_COLOUR, 1.4 * scale)


def _parts(frame: Timescale, scale: float) -> tuple[int, tuple[str, ...]]:
    """Of how many months a part of a year is (0: years have no parts), and what the parts are called."""
    if frame.day * 30 >= _LEAST_MONTH * scale:
        return 1, _MONTHS
    if frame.day * 90 >= _LEAST_QUARTER * scale:
        return 3, ("Q1", "Q2", "Q3", "Q4")
    return 0, ()


def _every(frame: Timescale, scale: float) -> int:
    """Every how many years one is named."""
    for years in (1, 2, 5, 10):
        if frame.day * 365 * years >= _LEAST_YEAR * 1.3 * scale:
            return years
    return 10


def _after(date: dt.date, months: int) -> dt.date:
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return dt.date(min(year, dt.MAXYEAR), month + 1, 1)


def legend_marks(lanes: Sequence[Lane], room: float, scale: float) -> tuple[list[Mark], float, float]:
    """What the bars mean, those that are there, in rows of at most ``room``; its height and the end of the last row."""
    marks: list[Mark] = []
    across = end = 0.0
    row = 0
    for width, item, gap in _legend_items(lanes):
        if across and (across + width) * scale > room:
            across = 0.0
            row += 1
        marks.extend(placed(item, scale, across * scale, row * _ROW * scale))
        end = across + width
        across = end + gap
    return marks, (row + 1) * _ROW * scale, end * scale


def _legend_items(lanes: Sequence[Lane]) -> Iterator[tuple[float, list[Mark], float]]:
    """The width of each entry at 100 %, its marks in a row of its own, and how far the next one stands from it."""
    tracks = [track for lane in lanes for track in lane.tracks]
    kinds = {(isinstance(track.record, Service), part.kind) for track in tracks for part in track.stretches}
    for word, of_service, looks, radius in (
        ("IT services", True, STAGES, 3.0),
        ("Projects", False, STATUSES, 0.0),
    ):
        shown = [look for kind, look in looks.items() if (of_service, kind) in kinds]
        if shown:
            yield *_legend_words(0.0, word, "bold"), _GAP
        for number, look in enumerate(shown, start=1):
            width, words = _legend_words(_SWATCH[0] + 5.0, look.word)
            bar = bar_marks(0.0, (_ROW - _SWATCH[1]) / 2, *_SWATCH, look, 1.0, radius)
            yield width, [*bar, *words], _GAP if number < len(shown) else 2 * _GAP
    if any(planned_end(track) for track in tracks):
        width, words = _legend_words(8.0, "planned end")
        yield width, [Line(((3.0, 2.0), (3.0, _ROW - 2.0)), TODAY_COLOUR, 1.6), *words], _GAP
    if any(track.further_areas for track in tracks):
        plain, plus = _legend_words(0.0, "+n", "regular", PAPER.quiet_ink)
        width, words = _legend_words(plain + 4.0, "further areas")
        yield width, [*plus, *words], _GAP


def _legend_words(
    start: float, words: str, weight: Weight = "regular", ink: str = PAPER.ink
) -> tuple[float, list[Mark]]:
    baseline = (_ROW + CAP_HEIGHT * _SIZE) / 2
    return start + fonts.width(words, weight, _SIZE), [Text(start, baseline, words, weight, _SIZE, ink)]
