"""Flipbook: a map day after day, a page each: every box in its place, what is there then, and what has changed."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
from collections.abc import Collection, Iterator, Sequence

from capmap.analysis.moments import (
    Happening,
    counted_on,
    happenings,
    reason,
    tallied,
    told_on,
    told_too_long,
    used_too_long,
)
from capmap.analysis.words import capital
from capmap.drawing.changes import on_boxes, with_signs
from capmap.drawing.chips import LinkCounts, any_chips, link_counts
from capmap.drawing.frame import Sheet, foot_block, title_block
from capmap.drawing.languages import other_names, show_names, translated_names
from capmap.drawing.mapdrawing import map_marks
from capmap.drawing.marks import Drawing, Mark, Text
from capmap.drawing.page import boxes_shown, fitted, put_together, titles, written_date
from capmap.drawing.paper import Orientation, Paper
from capmap.drawing.theme import PAPER
from capmap.errors import UsageError
from capmap.layout import fonts
from capmap.layout.nested import arrange
from capmap.lens.doubts import looked_through
from capmap.lens.lens import Lens
from capmap.model.map import Map

MONTHS = {"quarter": 3, "half": 6, "year": 12}
"""How many months lie between two pages."""

MOST_PAGES = 120

_SIZE = 10.5
_LEADING = 1.36
_LINES = 2
_MOST_TOLD = 12


def months_later(date: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    year = min(max(year, dt.MINYEAR), dt.MAXYEAR)
    return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def page_dates(first: dt.date, last: dt.date, every: str) -> list[dt.date]:
    """The days of the pages: the first, then one every so many months, and the last. Raises UsageError."""
    if last < first:
        raise UsageError(f"The flip-book ends ({last}) before it begins ({first}); write the earlier day first.")
    step, dates = MONTHS[every], [first]
    while (following := months_later(first, step * len(dates))) < last and following > dates[-1]:
        dates.append(following)
        if len(dates) > MOST_PAGES:
            raise UsageError(
                f"From {first} to {last} a flip-book with a page every {every} has more than {MOST_PAGES} pages. "
                "Choose a shorter time or longer steps."
            )
    return dates if last == first else [*dates, last]


def flip_book(
    current: Map,
    lens: Lens,
    dates: Sequence[dt.date],
    *,
    paper: Paper,
    orientation: Orientation | None = "landscape",
    depth: int | None = None,
    root: str | None = None,
    folded: Collection[str] = (),
    only: Collection[str] | None = None,
    language: str | None = None,
) -> list[Drawing]:
    """A page for each of these days. Boxes stand at the same place on all of them; their chips count what is used and
    runs that day, signs show what has come and gone since the page before, and the foot says it in words.
    """
    sheet = Sheet(*paper.size(orientation))
    names = translated_names(current, language)
    title, subtitle = titles(current, root, names)
    shown, leaves = boxes_shown(current, root, depth, folded, only)
    heat = looked_through(lens, current, leaves, dates[0])
    counts = [link_counts(shown, current, counted_on(current, date)) for date in dates]
    told = [any_chips(count) for count in counts]
    chips = LinkCounts(max(each.services for each in told), max(each.projects for each in told))
    changes = [happenings(current, before, date) for before, date in itertools.pairwise(dates)]

    signs = ["+ and \N{MINUS SIGN}: IT services and projects that came and went since the page before"]
    about = [f"{lens.title}, as-is", *([current.settings.author] if current.settings.author else []), *signs]
    headings = [f"{title} · {written_date(date)}" for date in dates]
    heads = [title_block(sheet, heading, subtitle, about) for heading in headings]
    source, of = current.settings.attribution, len(dates)
    feet = [foot_block(sheet, heat, chips, source, (number, of)) for number in range(1, of + 1)]
    # All pages get the room of the tightest, so that no box moves from one to the next.
    top = max(height for _, height in heads)
    bottom = min(height for _, height in feet) - _words_height(sheet)
    others = other_names(current)
    layout = arrange(
        current,
        root=root,
        depth=depth,
        collapsed=folded,
        only=only,
        size=(sheet.inner, bottom - top),
        others=others,
    )
    if others is not None:
        show_names(layout, current, names)
    pages = []
    for place, found in enumerate([[], *changes]):
        marks = map_marks(layout, current, heat, PAPER, chips=counts[place], names=names)
        signed = with_signs(marks, on_boxes(found, layout.index, current), layout)
        inside = tuple(fitted(signed, layout, sheet, top, bottom)) if layout.boxes else ()
        said = _said(current, sheet, dates, place, found)
        words = _words(sheet, said, bottom)
        foot, own_bottom = feet[place]
        pages.append(
            put_together(
                sheet,
                headings[place],
                (heads[place][0], top),
                inside,
                ([*words, *foot], min(own_bottom, bottom)),
                lens,
                language or current.settings.language or "en",
            )
        )
    return pages


def _said(
    current: Map, sheet: Sheet, dates: Sequence[dt.date], place: int, found: Sequence[Happening]
) -> tuple[str, list[str]]:
    """What stands below the map: on the first page what is there, on the others what is new since the one before."""
    date = dates[place]
    too_long = told_too_long(current, used_too_long(current, date, dates[0]))
    if not place:
        return f"On {written_date(date)}:", [f"{told_on(current, date)} {too_long}".strip()]
    since = f"Since {written_date(dates[place - 1])}:"
    whole = f"{capital(tallied(found))}."
    said = [f"{whole} {_listed(current, found, most)} {too_long}".strip() for most in range(_MOST_TOLD, 0, -1)]
    return since, [*said, f"{whole} {too_long}".strip(), whole] if found else [f"nothing changes. {too_long}".strip()]


def _listed(current: Map, found: Sequence[Happening], most: int) -> str:
    told = [reason(current, each) for each in found[:most]]
    more = f", and {len(found) - most:,} more" if len(found) > most else ""
    return f"{'; '.join(told)}{more}."


def _words_height(sheet: Sheet) -> float:
    return (_LINES * _LEADING + 0.7) * _SIZE * sheet.scale


def _words(sheet: Sheet, said: tuple[str, Sequence[str]], bottom: float) -> Iterator[Mark]:
    """The words below the map, as many of them as fit."""
    since, ways = said
    size = _SIZE * sheet.scale
    indent = fonts.width(since, "bold", size) + 0.5 * size
    lines: tuple[str, ...] = ()
    for way in ways:
        lines = fonts.wrap(way, "regular", size, sheet.inner - indent)
        if len(lines) <= _LINES:
            break
    baseline = bottom + 1.5 * size
    yield Text(sheet.margin, baseline, since, "bold", size, PAPER.ink)
    for number, line in enumerate(lines[:_LINES]):
        yield Text(sheet.margin + indent, baseline + number * size * _LEADING, line, "regular", size, PAPER.ink)
