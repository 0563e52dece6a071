"""Poster: a map over several sheets that are glued together, each box whole on one of them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from capmap.analysis.moments import counted_on
from capmap.drawing.assembly import assembly_page
from capmap.drawing.chips import LinkCounts, any_chips, link_counts
from capmap.drawing.cutting import BLEED, EDGE, Cutting, around
from capmap.drawing.frame import Sheet
from capmap.drawing.languages import other_names, show_names, translated_names
from capmap.drawing.legend import NARROW_GAP, ROW, SIZE, WIDE_GAP, Legend, set_legend
from capmap.drawing.mapdrawing import CAP_HEIGHT, first_baseline, map_marks, placed
from capmap.drawing.marks import Drawing, Mark, Rect, Region, Text
from capmap.drawing.page import about_lines, boxes_shown, titles
from capmap.drawing.paper import Orientation, Paper
from capmap.drawing.saying import said, said_heat
from capmap.drawing.theme import PAPER
from capmap.drawing.titles import SetText, fit
from capmap.layout import fonts
from capmap.layout.nodes import Scene
from capmap.layout.parting import AGAIN
from capmap.layout.sheets import over_sheets
from capmap.layout.spreading import Frame, PosterLayout
from capmap.layout.style import STYLE, scaled
from capmap.lens.doubts import looked_through
from capmap.lens.lens import Heat, Lens
from capmap.model.map import Map

_TITLE, _SUBTITLE, _ABOUT, _SOURCE = 27.0, 12.0, 9.5, 7.5
_GAP = 12.0
_LEGEND_ROWS = 4.3
_ORPHAN = 0.2
"""A last row of a legend that is shorter than this part of its room looks forgotten."""
_SHRINKING = (0.8, 0.7, 0.6, 0.5, 0.42, 0.35)


class Poster(NamedTuple):
    """The finished pages: how to put the poster together, then the sheets; and its smallest name in points."""

    pages: list[Drawing]
    cutting: Cutting
    smallest_name: float


def poster(
    current: Map,
    lens: Lens,
    *,
    paper: Paper,
    columns: int,
    rows: int,
    orientation: Orientation | None = "landscape",
    depth: int | None = None,
    root: str | None = None,
    folded: Collection[str] = (),
    only: Collection[str] | None = None,
    date: dt.date,
    moment: dt.date | None = None,
    language: str | None = None,
) -> Poster:
    """The map as a poster of so many columns and rows of sheets. The other parameters are those of a page."""
    cutting = Cutting.of(columns, rows, paper, orientation)
    names = translated_names(current, language)
    title, subtitle = titles(current, root, names)
    shown, leaves = boxes_shown(current, root, depth, folded, only)
    written = language or current.settings.language or "en"
    heat = said_heat(written, looked_through(lens, current, leaves, moment or date))
    counts = link_counts(shown, current, None if moment is None else counted_on(current, moment))
    about = [said(written, "{0}, as-is", heat.lens.title), *about_lines(current, date, moment, written)]

    head, above = _head(cutting, title, subtitle, about)
    foot, below = _foot(cutting, heat, any_chips(counts), current.settings.attribution, written)
    places = [[cutting.place(column, row, above, below) for column in range(columns)] for row in range(rows)]
    others = other_names(current)
    scene = Scene(current, root, depth, frozenset(folded), STYLE, None, only, others)
    layout = over_sheets(scene, places, EDGE / 2)
    if others is not None:
        for on_sheet in layout.sheets.values():
            show_names(on_sheet, current, names)
    painter = _Painter(current, heat, counts, names, cutting, layout, title)
    sheets: list[Drawing] = []
    for number, (column, row) in enumerate(cutting.sheets(), 1):
        words = f"{title} · sheet {number} of {columns * rows} · {about[-1]}"
        own = (*head.get((column, row), ()), *foot.get((column, row), ()))
        sheets.append(painter.page(column, row, own, words, written))
    plan = assembly_page(cutting, title, _whole(sheets, cutting), written)
    smallest = min(style.type.size for style in scaled(layout.text_scale).values()) * layout.scale
    return Poster([plan, *sheets], cutting, smallest)


class _Painter:
    """The sheets of one poster."""

    def __init__(
        self,
        current: Map,
        heat: Heat,
        counts: Mapping[str, LinkCounts],
        names: Mapping[str, str],
        cutting: Cutting,
        layout: PosterLayout,
        title: str,
    ) -> None:
        self._current, self._heat, self._counts, self._names = current, heat, counts, names
        self._cutting, self._layout, self._title = cutting, layout, title

    def page(self, column: int, row: int, own: Sequence[Mark], words: str, language: str) -> Drawing:
        """A sheet: frames, boxes, its part of title and legend, and what is around."""
        cutting, layout = self._cutting, self._layout
        (width, height), (x, y) = cutting.cell, cutting.origin
        left, top = x - column * width, y - row * height
        name = cutting.name(column, row)
        marks: list[Mark] = [Region(x, y, width, height, f"sheet-{name}", f"{self._title}, sheet {name}")]
        for frame in layout.frames:
            marks += self._frame(frame, column, row, left, top)
        sheet = layout.sheets[column, row]
        if sheet.boxes:
            inside = map_marks(sheet, self._current, self._heat, PAPER, chips=self._counts, names=self._names or None)
            marks += placed(inside, layout.scale, left, top)
        marks += placed(own, 1.0, left, top)
        marks += around(cutting, column, row, words)
        return Drawing(cutting.width, cutting.height, f"{self._title}, sheet {name}", tuple(marks), language)

    def _frame(self, frame: Frame, column: int, row: int, left: float, top: float) -> Iterator[Mark]:
        """What of a frame is on a sheet: its own shape, which goes on beyond the cut, and its name."""
        scale, text_scale = self._layout.scale, self._layout.text_scale
        style = scaled(text_scale)[frame.role]
        x, y, width, height = (length * scale for length in frame.place)
        x, y = x + left, y + top
        (cell_width, cell_height), (cell_x, cell_y) = self._cutting.cell, self._cutting.origin
        begin, end = max(x, cell_x), min(x + width, cell_x + cell_width)
        over, under = max(y, cell_y), min(y + height, cell_y + cell_height)
        if begin >= end or over >= under:
            return
        capability = self._current.shown(self._current.capability(frame.id))
        title = self._names.get(capability.id, capability.name)
        yield Region(begin, over, end - begin, under - over, frame.id, title, frame.level)
        is_area = frame.role == "area"
        fill = PAPER.area_fill if is_area else PAPER.container_fill(frame.level)
        edge = PAPER.area_edge if is_area else PAPER.container_edge
        pen = (1.0 if is_area else 0.75) * text_scale * scale
        yield Rect(x, y, width, height, fill, edge, pen, style.radius * scale, frame.id)
        ink = PAPER.area_ink if is_area else PAPER.container_ink
        for head in frame.heads:
            if (head.column, head.row) == (column, row):
                size = style.type.size * scale
                baseline = top + (head.y + first_baseline(style) - style.padding) * scale
                name = AGAIN * head.again + title
                lines = fonts.wrap(name, style.type.weight, style.type.size, head.room)
                for number, line in enumerate(lines):
                    down = number * style.type.leading * scale
                    yield Text(
                        left + head.x * scale, baseline + down, line, style.type.weight, size, ink, "start", frame.id
                    )


Pieces = dict[tuple[int, int], list[Mark]]
"""Marks by the column and row of their sheet, in points from the corner of the poster."""


def _head(cutting: Cutting, title: str, subtitle: str, about: Sequence[str]) -> tuple[Pieces, float]:
    """Title on the first sheet, what the poster is about on the last of the first row; and where boxes may begin."""
    scale = Sheet(*cutting.size).scale
    width = cutting.cell[0]
    last = cutting.columns - 1
    room = width - EDGE * (1 if last else 2)
    small = [fit(line, "regular", _ABOUT * min(scale, 1.8), room * (0.9 if last else 0.35), 2) for line in about]
    beside = 0.0 if last else room * 0.4
    large = fit(title, "bold", _TITLE * scale, room - beside, 2)
    baseline = EDGE + CAP_HEIGHT * large.size
    first: list[Mark] = []
    for number, line in enumerate(large.lines):
        first.append(Text(EDGE, baseline + number * large.size * 1.18, line, "bold", large.size, PAPER.ink))
    baseline += (len(large.lines) - 1) * large.size * 1.18
    if subtitle:
        under = fit(subtitle, "regular", _SUBTITLE * scale, room - beside, 2)
        for line in under.lines:
            baseline += under.size * 1.5
            first.append(Text(EDGE, baseline, line, "regular", under.size, PAPER.quiet_ink))
    lines = [(line, text.size) for text in small for line in text.lines]
    baseline = max(baseline, EDGE + sum(size * 1.45 for _, size in lines))
    down, others = baseline, list[Mark]()
    for line, size in reversed(lines):
        others.append(Text(cutting.size[0] - EDGE, down, line, "regular", size, PAPER.quiet_ink, "end"))
        down -= size * 1.45
    pieces: Pieces = {(0, 0): first}
    pieces.setdefault((last, 0), []).extend(reversed(others))
    return pieces, baseline + _GAP * min(scale, 2.0)


def _foot(cutting: Cutting, heat: Heat, chips: LinkCounts, source: str, language: str) -> tuple[Pieces, float]:
    """Legend on the first sheet of the last row, the story on the last, the source below; and how far from the edge of
    the poster boxes must end.
    """
    width, bottom = cutting.cell[0], cutting.size[1] - EDGE
    last, row = cutting.columns - 1, cutting.rows - 1
    room = width - EDGE * (1 if last else 2)
    full = Sheet(*cutting.size).scale
    scale, legend = _legend(heat, chips, room * (1.0 if last else 0.68), full, language)
    story = heat.story[:1].upper() + heat.story[1:]
    told = fit(story, "regular", SIZE * scale, room * (0.96 if last else 0.3), 3)
    named = (
        fit(" ".join(source.split()), "regular", _SOURCE * scale * 0.9, room * 0.96, 3) if source else SetText((), 1)
    )
    sourced = len(named.lines) * named.size * 1.45
    height = max(legend.height, len(told.lines) * told.size * 1.45) + sourced
    top = bottom - height
    pieces: Pieces = {(0, row): list(placed(legend.marks, 1.0, EDGE, top))}
    middle = (ROW + CAP_HEIGHT * SIZE) / 2 * scale
    for number, line in enumerate(told.lines):
        place = top + middle + number * told.size * 1.45
        pieces.setdefault((last, row), []).append(
            Text(cutting.size[0] - EDGE, place, line, "regular", told.size, PAPER.quiet_ink, "end")
        )
    for number, line in enumerate(named.lines):
        place = bottom - sourced + (number + 1) * named.size * 1.45
        pieces[0, row].append(Text(EDGE, place, line, "regular", named.size, PAPER.quiet_ink))
    return pieces, height + EDGE + _GAP * min(full, 2.0)


def _legend(heat: Heat, chips: LinkCounts, room: float, full: float, language: str) -> tuple[float, Legend]:
    """The legend as large as it fits in a few rows, and its scale."""
    for part, gap in itertools.product(_SHRINKING, (WIDE_GAP, NARROW_GAP)):
        scale = full * part
        legend = set_legend(heat, PAPER, room, chips=chips, scale=scale, gap=gap, language=language)
        fits = legend.height <= _LEGEND_ROWS * ROW * scale and legend.width <= room
        if fits and (legend.height <= 1.5 * ROW * scale or legend.last_row_width > _ORPHAN * room):
            break
    return scale, legend


def _whole(sheets: Sequence[Drawing], cutting: Cutting) -> Iterator[Mark]:
    """The picture of the whole poster from what is printed on its sheets, in points of the poster."""
    (width, height), (x, y) = cutting.cell, cutting.origin
    for (column, row), sheet in zip(cutting.sheets(), sheets, strict=True):
        inside = [mark for mark in sheet.marks if isinstance(mark, Rect | Text) and _stays(mark, cutting)]
        yield from placed(inside, 1.0, column * width - x, row * height - y)


def _stays(mark: Rect | Text, cutting: Cutting) -> bool:
    """Whether a mark is part of the picture, whole on its sheet or a frame that comes from this sheet."""
    (width, height), (x, y) = cutting.cell, cutting.origin
    if isinstance(mark, Text):
        return x <= mark.x <= x + width and y <= mark.baseline <= y + height
    return bool(mark.key) and x - BLEED <= mark.x <= x + width and y - BLEED <= mark.y <= y + height
