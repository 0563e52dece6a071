"""Frame: what stands around a map on a page: its title above; legend, story and source below."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence

from capmap.drawing.chips import LinkCounts
from capmap.drawing.legend import NARROW_GAP, ROW, SIZE, WIDE_GAP, set_legend
from capmap.drawing.mapdrawing import CAP_HEIGHT, placed
from capmap.drawing.marks import Line, Mark, Text
from capmap.drawing.saying import said
from capmap.drawing.theme import PAPER
from capmap.drawing.titles import SetText, fit
from capmap.layout import fonts
from capmap.layout.style import Weight
from capmap.lens.lens import Heat

_A3 = (1190.55, 841.89)
"""The sheet for which the sizes below are meant, in points; other sheets scale them."""

_MARGIN = 30.0
_GAP = 14.0
_TITLE, _TITLE_LEADING = 27.0, 1.18
_SUBTITLE, _SUBTITLE_LEADING = 12.0, 1.3
_ABOUT, _ABOUT_LEADING, _ABOUT_SHARE = 9.5, 14.0, 0.38
_SOURCE, _SOURCE_LEADING = 7.5, 11.0
_RULE_GAP = 6.0


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """A page of this size in points."""

    width: float
    height: float

    @property
    def scale(self) -> float:
        """How much larger than on A3 everything around the map is set.

        Small sheets are held in the hand: there type does not shrink as fast as the paper.
        """
        ratio = math.sqrt(self.width * self.height / (_A3[0] * _A3[1]))
        return ratio if ratio >= 1 else ratio**0.7

    @property
    def margin(self) -> float:
        """The same on all sides."""
        return _MARGIN * self.scale

    @property
    def right(self) -> float:
        """Where the right margin begins."""
        return self.width - self.margin

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin


def title_block(sheet: Sheet, title: str, subtitle: str, about: Sequence[str]) -> tuple[list[Mark], float]:
    """Title and subtitle at the left, what the page is about at the right; and where the map may begin."""
    scale = sheet.scale
    small = [fit(line, "regular", _ABOUT * scale, sheet.inner * _ABOUT_SHARE, 3) for line in about]
    room = sheet.inner - max(_width(text, "regular") for text in small) - 2 * _GAP * scale
    large = fit(title, "bold", _TITLE * scale, room, 3)
    baseline = sheet.margin + CAP_HEIGHT * large.size
    marks: list[Mark] = list(_lines(large, sheet.margin, baseline, _TITLE_LEADING, "bold", PAPER.ink))
    baseline += (len(large.lines) - 1) * large.size * _TITLE_LEADING
    if subtitle:
        below = fit(subtitle, "regular", _SUBTITLE * scale, room, 2)
        baseline += below.size * 1.55
        marks.extend(_lines(below, sheet.margin, baseline, _SUBTITLE_LEADING, "regular", PAPER.quiet_ink))
        baseline += (len(below.lines) - 1) * below.size * _SUBTITLE_LEADING

    rows = [(line, text.size) for text in small for line in text.lines]
    rows_height = (len(rows) - 1) * _ABOUT_LEADING * scale
    baseline = max(baseline, sheet.margin + CAP_HEIGHT * _ABOUT * scale + rows_height)
    for index, (line, size) in enumerate(rows):
        place = baseline - rows_height + index * _ABOUT_LEADING * scale
        marks.append(Text(sheet.right, place, line, "regular", size, PAPER.quiet_ink, "end"))
    return marks, baseline + _GAP * scale


def foot_block(
    sheet: Sheet,
    heat: Heat,
    chips: LinkCounts,
    source: str,
    number: tuple[int, int] = (1, 1),
    language: str = "en",
) -> tuple[list[Mark], float]:
    """A rule, the legend, the story with the page number at the right, the source of the data; and where the map must
    end.
    """
    scale = sheet.scale
    row = ROW * scale
    story = heat.story[:1].upper() + heat.story[1:]
    told = fit(f"{story} · {said(language, 'page {0} of {1}', *number)}", "regular", SIZE * scale, sheet.inner, 2)
    room = sheet.inner - _width(told, "regular") - 2 * _GAP * scale

    # Entries move together where that leaves room for the story beside them.
    tries = [
        set_legend(heat, PAPER, sheet.inner, chips=chips, scale=scale, gap=gap, language=language)
        for gap in (WIDE_GAP, NARROW_GAP)
    ]
    legend = next((legend for legend in tries if legend.last_row_width <= room), tries[0])
    beside = bool(legend.marks) and legend.last_row_width <= room
    told_top = legend.height - (row if beside else 0.0)
    height = told_top + len(told.lines) * row

    named = SetText((), 0.0)
    named_top = height
    if words := " ".join(source.split()):
        named = fit(words, "regular", _SOURCE * scale, sheet.inner, 3)
        if not beside and len(named.lines) == len(told.lines) == 1 and _width(named, "regular") <= room:
            named_top = told_top
        else:
            height += len(named.lines) * _SOURCE_LEADING * scale

    rule = sheet.height - sheet.margin - height - _RULE_GAP * scale
    top = rule + _RULE_GAP * scale
    marks: list[Mark] = [Line(((sheet.margin, rule), (sheet.right, rule)), PAPER.rule, 0.75 * scale)]
    marks.extend(placed(legend.marks, 1.0, sheet.margin, top))
    middle = (ROW + CAP_HEIGHT * SIZE) / 2 * scale
    for index, line in enumerate(told.lines):
        place = top + told_top + index * row + middle
        marks.append(Text(sheet.right, place, line, "regular", told.size, PAPER.quiet_ink, "end"))
    place = top + named_top + (middle if named_top == told_top else _SOURCE_LEADING * scale)
    marks.extend(_lines(named, sheet.margin, place, _SOURCE_LEADING / _SOURCE, "regular", PAPER.quiet_ink))
    return marks, rule - _GAP * scale


def _width(text: SetText, weight: Weight) -> float:
    """The width of the longest line."""
    return max(fonts.width(line, weight, text.size) for line in text.lines)


def _lines(text: SetText, x: float, baseline: float, leading: float, weight: Weight, ink: str) -> Iterator[Text]:
    """The lines one below the other, ``leading`` type sizes apart."""
    for index, line in enumerate(text.lines):
        yield Text(x, baseline + index * text.size * leading, line, weight, text.size, ink)
