"""Legend: what the colours and chips of a map mean, with counts, set in rows of a given width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from capmap.drawing.besides import SINGLE_WORDS, doubt_marks, old_words
from capmap.drawing.chips import LinkCounts
from capmap.drawing.mapdrawing import CAP_HEIGHT, placed, unknown_shape
from capmap.drawing.marks import Mark, Rect, Text
from capmap.drawing.saying import said
from capmap.drawing.theme import Theme, edge_of, ink_on
from capmap.layout import fonts
from capmap.layout.style import Weight
from capmap.lens.lens import Doubt, Heat, LegendEntry, Lens

SIZE = 9.5
"""Type size of a legend at 100 %, in points."""

ROW = 16.0
"""From one row of a legend to the next, in points."""

WIDE_GAP, NARROW_GAP = 15.0, 9.0
"""Between two entries of a legend, in points, as a rule and where that saves a row."""

_SWATCH = (22.0, 10.0)
_TIGHT = 5.0


class Legend(NamedTuple):
    """A legend set in rows: its marks from the upper left corner, and what it takes, in points."""

    marks: tuple[Mark, ...]
    width: float
    height: float
    last_row_width: float


class _Item(NamedTuple):
    marks: tuple[Mark, ...]
    width: float
    begins_row: bool = False


def set_legend(
    heat: Heat,
    theme: Theme,
    width: float,
    *,
    chips: LinkCounts,
    scale: float = 1.0,
    gap: float = WIDE_GAP,
    language: str = "en",
) -> Legend:
    """The legend of a map in rows of at most ``width`` points, its entries ``gap`` points apart at 100 %; ``chips``
    says which chips it must explain. The words of a heat are its own; the others are said in ``language``.
    """
    items = list(_items(heat, theme, chips, language))
    marks: list[Mark] = []
    across = widest = 0.0
    row = 0
    limit = width / scale
    for item in items:
        if across and (item.begins_row or across + item.width > limit):
            across, row = 0.0, row + 1
        marks.extend(placed(item.marks, scale, across * scale, row * ROW * scale))
        across += item.width + gap
        widest = max(widest, across - gap)
    rows = row + 1 if items else 0
    return Legend(tuple(marks), widest * scale, rows * ROW * scale, max(across - gap, 0.0) * scale)


def _items(heat: Heat, theme: Theme, chips: LinkCounts, language: str) -> Iterator[_Item]:
    """The heading, a swatch a step, how many all are, the keys of doubts, of bars and of chips, each from 0, 0 in a
    row of its own height.
    """
    if heat.lens.steps:
        yield _words(0.0, (heat.lens.title, "bold", theme.ink))
        yield from (_entry(entry, heat.lens, theme) for entry in heat.legend)
        yield _words(0.0, (said(language, "of {0}", f"{heat.total:,}"), "regular", theme.quiet_ink))
    for doubt, words, count in told_doubts(heat):
        yield _doubt_key(doubt, said(language, words), count, theme)
    for place, stripe in enumerate(heat.stripes, start=1):
        heading = _words(0.0, (f"Bar {place}:", "regular", theme.quiet_ink), (stripe.lens.title, "bold", theme.ink))
        yield heading._replace(begins_row=True)
        yield from (_entry(entry, stripe.lens, theme) for entry in stripe.legend)
    for number, fill, word in (
        (chips.services, theme.service_fill, "IT services"),
        (chips.projects, theme.project_fill, "projects"),
    ):
        if number:
            yield _chip_key(fill, said(language, word), theme)


def told_doubts(heat: Heat) -> Iterator[tuple[Doubt, str, int]]:
    """The kinds of doubt that there are, with their words and how many capabilities each is about."""
    if heat.doubted.old:
        yield Doubt(True, False), old_words(heat.lens), heat.doubted.old
    if heat.doubted.single:
        yield Doubt(False, True), SINGLE_WORDS, heat.doubted.single


def _doubt_key(doubt: Doubt, words: str, count: int, theme: Theme) -> _Item:
    width, height = _SWATCH
    top, fill = (ROW - height) / 2, theme.plain_fills[0]
    swatch = Rect(0.0, top, width, height, fill, edge_of(fill, theme.page), 0.75, 2.5)
    told = _words(width + _TIGHT, (words, "regular", theme.ink), (f"({count:,})", "regular", theme.quiet_ink))
    return _Item((swatch, *doubt_marks(0.0, top, width, doubt, (fill, ink_on(fill))), *told.marks), told.width)


def _entry(entry: LegendEntry, lens: Lens, theme: Theme) -> _Item:
    width, height = _SWATCH
    top = (ROW - height) / 2
    swatch: list[Mark]
    if entry.step is None:
        swatch = unknown_shape(0.0, top, width, height, 2.5, theme)
    else:
        fill = entry.step.fill
        swatch = [Rect(0.0, top, width, height, fill, edge_of(fill, theme.page), 0.75, 2.5)]
    label = lens.unknown if entry.step is None else entry.step.label
    words = _words(width + _TIGHT, (label, "regular", theme.ink), (f"({entry.count:,})", "regular", theme.quiet_ink))
    return _Item((*swatch, *words.marks), words.width)


def _chip_key(fill: str, word: str, theme: Theme) -> _Item:
    side = 11.0
    chip = Rect(0.0, (ROW - side) / 2, side * 1.25, side, fill, edge_of(fill, theme.page), 0.75, side / 2)
    sample = Text(side * 0.625, _baseline(SIZE * 0.76), "n", "bold", SIZE * 0.76, ink_on(fill), "middle")
    words = _words(side * 1.25 + _TIGHT, (word, "regular", theme.ink))
    return _Item((chip, sample, *words.marks), words.width)


def _words(start: float, *parts: tuple[str, Weight, str]) -> _Item:
    """Words in a row from ``start``, each with its weight and colour, a blank apart."""
    marks: list[Mark] = []
    across = start
    for text, weight, colour in parts:
        marks.append(Text(across, _baseline(SIZE), text, weight, SIZE, colour))
        across += fonts.width(text, weight, SIZE) + fonts.width(" ", weight, SIZE)
    return _Item(tuple(marks), across - fonts.width(" ", parts[-1][1], SIZE))


def _baseline(size: float) -> float:
    return (ROW + CAP_HEIGHT * size) / 2
