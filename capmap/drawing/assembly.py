"""Assembly: the page that comes with a poster: a sketch of its sheets, and how to put them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from capmap.drawing.cutting import CLEARANCE, MARGIN, Cutting
from capmap.drawing.mapdrawing import CAP_HEIGHT, placed
from capmap.drawing.marks import Drawing, Line, Mark, Rect, Region, Text
from capmap.drawing.paper import POINTS_PER_MM
from capmap.drawing.theme import PAPER
from capmap.drawing.titles import fit
from capmap.layout import fonts

_INNER = 1.9 * MARGIN
_TITLE, _TEXT, _LEADING = 20.0, 9.5, 13.5
_SKETCH_SHARE = 0.57
_CHECK = 100 * POINTS_PER_MM
_SMALLEST = 4.0
"""Type smaller than this is left out of the sketch, in points."""
_CUT = "#1565d8"


def assembly_page(cutting: Cutting, title: str, picture: Iterable[Mark], language: str) -> Drawing:
    """A page of the size of the sheets; ``picture`` is that of the whole poster in points of the poster."""
    width, height = cutting.width, cutting.height
    inner = width - 2 * _INNER
    heading = fit(f"{title}: {cutting.columns * cutting.rows} sheets", "bold", _TITLE, inner, 2)
    marks: list[Mark] = [Region(_INNER, _INNER, inner, _TITLE, "page-head", "How to put the poster together")]
    baseline = _INNER + CAP_HEIGHT * heading.size
    for number, line in enumerate(heading.lines):
        marks.append(Text(_INNER, baseline + number * heading.size * 1.2, line, "bold", heading.size, PAPER.ink))
    top = baseline + (len(heading.lines) - 1) * heading.size * 1.2 + 16
    beside = width > height
    room = (inner * _SKETCH_SHARE, height - top - _INNER) if beside else (inner, (height - top) * 0.5)
    scale = min(room[0] / cutting.size[0], room[1] / cutting.size[1])
    marks += _sketch(cutting, picture, scale, _INNER, top)
    if beside:
        left, down = _INNER + cutting.size[0] * scale + 22, top
    else:
        left, down = _INNER, top + cutting.size[1] * scale + 22
    marks += _told(cutting, left, down, width - _INNER - left)
    return Drawing(width, height, "How to put the poster together", tuple(marks), language)


def _sketch(cutting: Cutting, picture: Iterable[Mark], scale: float, x: float, y: float) -> Iterator[Mark]:
    """The poster small, with the edges and names of its sheets."""
    whole_width, whole_height = (length * scale for length in cutting.size)
    yield Rect(x, y, whole_width, whole_height, PAPER.page, PAPER.rule, 0.75)
    for mark in placed(picture, scale, x, y):
        if isinstance(mark, Rect) or (isinstance(mark, Text) and mark.size >= _SMALLEST):
            yield mark
    width, height = (length * scale for length in cutting.cell)
    for column in range(1, cutting.columns):
        across = x + column * width
        yield Line(((across, y), (across, y + whole_height)), _CUT, 0.9, (3.0, 2.0))
    for row in range(1, cutting.rows):
        down = y + row * height
        yield Line(((x, down), (x + whole_width, down)), _CUT, 0.9, (3.0, 2.0))
    size = min(13.0, height * 0.3)
    for column, row in cutting.sheets():
        name = cutting.name(column, row)
        middle, centre = x + (column + 0.5) * width, y + (row + 0.5) * height
        plate = fonts.width(name, "bold", size) + size
        yield Rect(middle - plate / 2, centre - size * 0.8, plate, size * 1.6, _CUT, "#ffffff", 1.0, size * 0.8)
        yield Text(middle, centre + CAP_HEIGHT * size / 2, name, "bold", size, "#ffffff", "middle")


def _told(cutting: Cutting, x: float, y: float, width: float) -> Iterator[Mark]:
    """What to do, step by step, and a line to measure whether the printer has kept the size."""
    finished = " by ".join(f"{length / POINTS_PER_MM / 10:.0f}" for length in cutting.size)
    last = cutting.name(cutting.columns - 1, cutting.rows - 1)
    steps = [
        "Print at 100 % (actual size), on one side. The line below must measure what it says.",
        "On each sheet, cut along the right edge and the lower edge, from mark to mark, where another sheet adjoins.",
        "Begin with A1. Glue it on the strip at the left of B1, edge on mark, and so on to the end of the row."
        if cutting.columns > 1
        else "Begin with A1. Glue it on the strip above A2, and so on.",
        "Glue each finished row on the strip above the next." if cutting.columns > 1 and cutting.rows > 1 else "",
        f"Trim the outer edges from mark to mark. The poster then measures {finished} cm.",
        f"No box lies on a cut: there is nothing but frames {CLEARANCE / POINTS_PER_MM:.0f} mm to each side of it.",
        "The name of a box that reaches over several sheets stands on each.",
        f"Sheets are printed from A1 to {last}, row by row.",
    ]
    baseline = y + _TEXT
    for number, step in enumerate(filter(None, steps), 1):
        yield Text(x, baseline, f"{number}.", "semibold", _TEXT, PAPER.ink)
        for line in fonts.wrap(step, "regular", _TEXT, width - 16):
            yield Text(x + 16, baseline, line, "regular", _TEXT, PAPER.ink)
            baseline += _LEADING
        baseline += 5
    length = _CHECK if width >= _CHECK else _CHECK / 2
    baseline += 12
    told = f"{length / POINTS_PER_MM / 10:.0f} cm"
    yield Line(((x, baseline), (x + length, baseline)), PAPER.ink, 1.0)
    for end in (x, x + length):
        yield Line(((end, baseline - 4), (end, baseline + 4)), PAPER.ink, 1.0)
    yield Text(x + length / 2, baseline - 5, told, "regular", _TEXT, PAPER.quiet_ink, "middle")
