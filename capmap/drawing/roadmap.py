"""Roadmap: the lifecycles of services and the projects of a map as bars over the quarters, on pages to hang up."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Iterator, Sequence

from capmap.analysis.moments import happenings, told_between
from capmap.analysis.roadmap import Lane, Track, checked_range, roadmap
from capmap.drawing.frame import Sheet, title_block
from capmap.drawing.mapdrawing import CAP_HEIGHT, placed
from capmap.drawing.marks import Drawing, Line, Mark, Rect, Region, Text
from capmap.drawing.page import titles, written_date
from capmap.drawing.paper import Orientation, Paper
from capmap.drawing.roadmaprows import RowPlace, row_marks
from capmap.drawing.roadmapscale import Timescale, legend_marks, scale_height, scale_marks, today_marks
from capmap.drawing.theme import PAPER
from capmap.drawing.titles import fit
from capmap.errors import UsageError
from capmap.layout import fonts
from capmap.model.map import Map

_NAMES, _NAMES_SHARE = 228.0, 0.3
"""The width of the names of services and projects in points, and the most of the width of a page that they take."""

_LARGEST_ROW, _SMALLEST_ROW = 21.0, 15.0
_ROW_STEPS = 24
"""Rows of the smallest height have words of 6 points."""

_HIGHER = 1.25
"""By so much the rows of a page may be higher than those of the fullest."""

_HEADING, _PADDING, _GAP = 21.0, 6.0, 8.0
_FEWEST_ROWS = 2
"""So many rows of an area at least stand below its name."""

_FOOT, _LEGEND_ROW = 9.5, 16.0


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """The rows of an area that stand on one page; ``goes_on`` if others stand on the page before."""

    lane: Lane
    tracks: tuple[Track, ...]
    goes_on: bool = False


def roadmap_pages(
    current: Map,
    first: dt.date,
    last: dt.date,
    *,
    paper: Paper,
    orientation: Orientation | None = "landscape",
    root: str | None = None,
    today: dt.date,
) -> list[Drawing]:
    """The roadmap of the map (or of the branch below ``root``) from one day to another, on as many pages as it takes;
    ``today`` is marked. Raises UsageError where there is nothing to show.
    """
    checked_range(first, last)
    lanes = roadmap(current, first, last, today, root)
    if not lanes:
        raise UsageError(
            f"No service and no project of this map is there between {first} and {last}, "
            "so there is nothing to draw a roadmap of."
        )
    sheet = Sheet(*paper.size(orientation))
    scale = sheet.scale
    title, subtitle = titles(current, root, {})
    heading = f"{title} · Roadmap"
    about = [
        f"IT services and projects, {written_date(first)} to {written_date(last)}",
        " · ".join(part for part in (current.settings.author, written_date(today)) if part),
    ]
    head, top = title_block(sheet, heading, subtitle, about)
    shown = {track.record.id for lane in lanes for track in lane.tracks}
    story = told_between(first, last, [each for each in happenings(current, first, last) if each.record.id in shown])
    source = current.settings.attribution
    foot, bottom = _foot(sheet, lanes, story, source, (99, 99))
    names = min(_NAMES * scale, sheet.inner * _NAMES_SHARE)
    frame = Timescale(first, last, sheet.margin + names, sheet.right - _PADDING * scale)
    rows_top = top + scale_height(scale)
    smallest = _SMALLEST_ROW / min(scale, 1.0)
    largest = max(_LARGEST_ROW, smallest * _HIGHER)
    common, pages = _pages(lanes, (bottom - rows_top) / scale, smallest, largest)
    drawings = []
    for number, parts in enumerate(pages, start=1):
        foot, _ = _foot(sheet, lanes, story, source, (number, len(pages)))
        row = _own_row(parts, common, (bottom - rows_top) / scale, largest)
        height = sum(_height(part, row) for part in parts) * scale + _GAP * scale * (len(parts) - 1)
        marks: list[Mark] = [Region(sheet.margin, 0.0, sheet.inner, top, "page-head", heading), *head]
        marks.append(Region(sheet.margin, top, sheet.inner, bottom - top, "page-scale", heading))
        marks.extend(scale_marks(frame, top, rows_top + height, scale, today))
        y = rows_top
        areas: list[Mark] = []
        for part in parts:
            areas.extend(_area(part, sheet, frame, y, row * scale, today))
            y += (_height(part, row) + _GAP) * scale
        marks.append(Region(sheet.margin, bottom, sheet.inner, sheet.height - bottom, "page-foot", heading))
        drawings.append(
            Drawing(sheet.width, sheet.height, heading, (*marks, *foot, *areas), current.settings.language or "en")
        )
    return drawings


# -- which rows stand on which page -------------------------------------------------------------------------


def _pages(lanes: Sequence[Lane], room: float, smallest: float, largest: float) -> tuple[float, list[list[_Part]]]:
    """How high a row is, and the parts of each page: as few pages as there can be, areas whole if that costs none, and
    then rows as high as they can be. Heights are points on A3.
    """
    steps = [largest - (largest - smallest) * step / _ROW_STEPS for step in range(_ROW_STEPS + 1)]
    fewest = len(_filled(lanes, room, steps[-1], whole=False))
    for whole in (True, False):
        for row in steps:
            pages = _filled(lanes, room, row, whole=whole)
            if len(pages) <= fewest:
                return row, pages
    return steps[-1], _filled(lanes, room, steps[-1], whole=False)


def _filled(lanes: Sequence[Lane], room: float, row: float, *, whole: bool) -> list[list[_Part]]:
    """The lanes on pages, one after the other; ``whole`` ones begin another page rather than be parted, unless they
    are higher than a page.
    """
    pages: list[list[_Part]] = [[]]
    left = room
    for lane in lanes:
        rest, goes_on = lane.tracks, False
        while rest:
            fixed = _HEADING + _PADDING + (_GAP if pages[-1] else 0.0)
            fitting = math.floor((left - fixed) / row)
            must_move = fitting < min(len(rest), _FEWEST_ROWS) or (whole and fitting < len(rest))
            if must_move and pages[-1]:
                pages.append([])
                left = room
                continue
            taken = rest[: max(fitting, 1)]
            part = _Part(lane, taken, goes_on)
            pages[-1].append(part)
            left -= _height(part, row) + _GAP
            rest, goes_on = rest[len(taken) :], True
    return pages


def _own_row(parts: Sequence[_Part], common: float, room: float, largest: float) -> float:
    """How high the rows of a page are: a little higher than on the fullest one where there is room."""
    rows = sum(len(part.tracks) for part in parts)
    fixed = sum(_height(part, 0.0) for part in parts) + _GAP * (len(parts) - 1)
    return max(common, min(common * _HIGHER, largest, (room - fixed) / rows))


def _height(part: _Part, row: float) -> float:
    return _HEADING + _PADDING + len(part.tracks) * row


# -- what stands on a page ----------------------------------------------------------------------------------


def _area(part: _Part, sheet: Sheet, frame: Timescale, y: float, row: float, today: dt.date) -> Iterator[Mark]:
    """An area: its frame and name, and its rows."""
    scale, lane = sheet.scale, part.lane
    key = lane.key or "no-area"
    height = (_HEADING + _PADDING) * scale + len(part.tracks) * row
    name = f"{lane.name} (continued)" if part.goes_on else lane.name
    yield Region(sheet.margin, y, sheet.inner, height, key, name, 1)
    yield Rect(sheet.margin, y, sheet.inner, height, "", PAPER.area_edge, 1.0 * scale, 6 * scale, key)
    left = sheet.margin + 9 * scale
    set_name = fit(name, "bold", 11.5 * scale, sheet.inner - 18 * scale, 1)
    yield Text(left, y + 14.5 * scale, set_name.lines[0], "bold", set_name.size, PAPER.ink, "start", key)
    top = y + _HEADING * scale
    for number, track in enumerate(part.tracks):
        place = RowPlace(left, top + number * row, row, frame.left - 6 * scale, scale)
        yield from row_marks(track, place, frame)
    yield from today_marks(frame, today, y, y + height, scale)


def _foot(
    sheet: Sheet, lanes: Sequence[Lane], story: str, source: str, number: tuple[int, int]
) -> tuple[list[Mark], float]:
    """A rule, what the bars mean, the story with the page number, the source; and where the rows must end."""
    scale = sheet.scale
    row, size = _LEGEND_ROW * scale, _FOOT * scale
    key, key_height, key_end = legend_marks(lanes, sheet.inner, scale)
    told = fit(f"{story.rstrip('.')} · page {number[0]} of {number[1]}", "regular", size, sheet.inner, 2)
    width = max(fonts.width(line, "regular", told.size) for line in told.lines)
    beside = len(told.lines) == 1 and width + key_end + 20 * scale <= sheet.inner
    height = key_height + (0.0 if beside else len(told.lines) * row)
    named = fit(" ".join(source.split()), "regular", 7.5 * scale, sheet.inner, 2) if source.strip() else None
    height += 0.0 if named is None else len(named.lines) * 11.0 * scale
    rule = sheet.height - sheet.margin - height - 6.0 * scale
    top = rule + 6.0 * scale
    marks: list[Mark] = [Line(((sheet.margin, rule), (sheet.right, rule)), PAPER.rule, 0.75 * scale)]
    marks.extend(placed(key, 1.0, sheet.margin, top))
    baseline = top + (key_height - row if beside else key_height) + (row + CAP_HEIGHT * size) / 2
    for line in told.lines:
        marks.append(Text(sheet.right, baseline, line, "regular", told.size, PAPER.quiet_ink, "end"))
        baseline += row
    if named is not None:
        baseline = sheet.height - sheet.margin - (len(named.lines) - 1) * 11.0 * scale
        for line in named.lines:
            marks.append(Text(sheet.margin, baseline, line, "regular", named.size, PAPER.quiet_ink))
            baseline += 11.0 * scale
    return marks, rule - 12.0 * scale
