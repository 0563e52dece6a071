"""Changes: what comes to the boxes of a map and goes from them between two days, as small signs on their edge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from capmap.analysis.moments import Happening, Tally, tally
from capmap.drawing.marks import Mark, Rect, Region, Text
from capmap.layout import fonts
from capmap.layout.boxes import Layout
from capmap.model.map import Map
from capmap.model.records import Capability

MORE_FILL, FEWER_FILL = "#1f7a5c", "#b3261e"
"""The signs of what comes and of what goes; the sign before the number tells them apart in grey."""

WARNING_FILL, WARNING_INK = "#ffd166", "#1d2430"
"""What is used after its end."""

_INK = "#ffffff"
_SIZE = 8.0
_HEIGHT = 11.5
_SIDE = 3.5
_GAP = 2.0
_INSET = 6.0
_ABOVE = 0.42
"""The part of a sign that stands above the edge of its box, where no name is."""

_DIGIT_HEIGHT = 0.714


def on_boxes(found: Iterable[Happening], shown: Collection[str], current: Map) -> dict[str, Tally]:
    """What happens in each box of ``shown``: to it and to the boxes hidden in it, each service or project once. A
    reference shows what its box does.
    """
    inside: dict[str, dict[tuple[str, str], Happening]] = {}
    for each in found:
        for target in each.boxes:
            for key in (target, *current.aliases_of(target)):
                box = seen_in(key, shown, current)
                if box is not None:
                    inside.setdefault(box, {})[each.record.id, each.what] = each
    return {box: tally(happened.values()) for box, happened in inside.items()}


def seen_in(key: str | None, shown: Collection[str], current: Map) -> str | None:
    """The box in which this one is to be seen: itself, or the nearest shown one around it."""
    while key is not None and key not in shown:
        record = current.get(key)
        key = record.parent if isinstance(record, Capability) else None
    return key


def with_signs(marks: Iterable[Mark], tallies: Mapping[str, Tally], layout: Layout) -> Iterator[Mark]:
    """The marks of a map with a sign on each box to which something comes or from which something goes. Points of the
    layout.
    """
    before: Region | None = None
    for mark in marks:
        if isinstance(mark, Region):
            if before is not None:
                yield from _signs_on(before, tallies, layout.text_scale)
            before = mark
        yield mark
    if before is not None:
        yield from _signs_on(before, tallies, layout.text_scale)


def _signs_on(region: Region, tallies: Mapping[str, Tally], scale: float) -> Iterator[Mark]:
    found = tallies.get(region.key)
    if found is not None:
        yield from sign_marks(region.x + region.width, region.y, found, scale)


def sign_marks(right: float, top: float, found: Tally, scale: float) -> Iterator[Mark]:
    """The signs of a box whose upper right corner is here; ``scale`` is that of the text."""
    parts = [
        (words, fill)
        for number, words, fill in (
            (found.more, f"+{found.more:,}", MORE_FILL),
            (found.fewer, f"\N{MINUS SIGN}{found.fewer:,}", FEWER_FILL),
        )
        if number
    ]
    size, height = _SIZE * scale, _HEIGHT * scale
    widths = [max(fonts.width(words, "bold", size) + 2 * _SIDE * scale, height) for words, _ in parts]
    left = right - _INSET * scale - sum(widths) - _GAP * scale * (len(parts) - 1)
    y = top - height * _ABOVE
    for (words, fill), width in zip(parts, widths, strict=True):
        yield Rect(left, y, width, height, fill, _INK, 0.75 * scale, height / 2)
        yield Text(left + width / 2, y + (height + _DIGIT_HEIGHT * size) / 2, words, "bold", size, _INK, "middle")
        left += width + _GAP * scale


def warning_marks(right: float, top: float, scale: float) -> Iterator[Mark]:
    """The sign of a box that leans on something after its end, left of ``right``."""
    size, side = _SIZE * scale, _HEIGHT * scale
    left, y = right - _INSET * scale / 2 - side, top - side * _ABOVE
    yield Rect(left, y, side, side, WARNING_FILL, WARNING_INK, 0.75 * scale, side / 2)
    yield Text(left + side / 2, y + (side + _DIGIT_HEIGHT * size) / 2, "!", "bold", size, WARNING_INK, "middle")
