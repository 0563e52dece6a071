"""Roadmaprows: a row of a roadmap: the name of a service or project, its bar, and the words on and beside that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from capmap.analysis.lifecycle import LIVE
from capmap.analysis.roadmap import Stretch, Track, is_first_seen, planned_end
from capmap.drawing.mapdrawing import CAP_HEIGHT
from capmap.drawing.marks import Line, Mark, Rect, Text
from capmap.drawing.roadmapbars import STAGES, STATUSES, BarLook, bar_marks
from capmap.drawing.roadmapscale import TODAY_COLOUR, Timescale, short_date
from capmap.drawing.theme import PAPER
from capmap.drawing.titles import fit
from capmap.layout import fonts
from capmap.layout.style import Weight
from capmap.model.records import Project

_NAME_SHARE, _LARGEST_NAME = 0.5, 9.6
_BAR_SHARE, _PROJECT_SHARE = 0.64, 0.56
_WORD_SHARE, _LARGEST_WORD = 0.62, 8.2
"""The size of names in parts of the row, of bars in parts of the row, of words in parts of their bar."""

_WARNING = "#b3261e"
_ONE_DAY = dt.timedelta(days=1)


class RowPlace(NamedTuple):
    """Where a row stands: the left edge of its name, its top and height, where its name must end, all in points of the
    page; and the scale of that.
    """

    left: float
    top: float
    height: float
    names_end: float
    scale: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.top + self.height / 2

    def baseline(self, size: float) -> float:
        """Of words in the middle of the row."""
        return self.middle + CAP_HEIGHT * size / 2


def row_marks(track: Track, place: RowPlace, frame: Timescale) -> Iterator[Mark]:
    """The name, the bar with its words."""
    yield from _name(track, place)
    is_project = isinstance(track.record, Project)
    if not track.stretches:
        size = _word_size(place, _BAR_SHARE)
        yield Text(frame.left + 4 * place.scale, place.baseline(size), "no dates", "regular", size, PAPER.quiet_ink)
        return
    seen = [part for part in track.stretches if _ends(part, frame)[1] > _ends(part, frame)[0]]
    if not seen and track.used_too_long and track.stretches[-1].until is not None:
        size, words = _word_size(place, _BAR_SHARE), f"ended {short_date(track.stretches[-1].until)}, but still used"
        width = fonts.width(words, "bold", size)
        yield from _beside(frame.left + 4 * place.scale, width, words, size, place, _WARNING, "bold")
    for part in seen:
        yield from _bar(part, place, frame, is_project=is_project)
    yield from _words(track, seen, place, frame, is_project=is_project)
    end = planned_end(track)
    if end is not None and frame.holds(end):
        x = frame.place(end + _ONE_DAY)
        reach = place.height * 0.42
        yield Line(((x, place.middle - reach), (x, place.middle + reach)), TODAY_COLOUR, 1.6 * place.scale)


def _name(track: Track, place: RowPlace) -> Iterator[Mark]:
    """The code and the name, and in how many further areas it is at work."""
    size = min(_LARGEST_NAME * place.scale, place.height * _NAME_SHARE)
    record = track.record
    x = place.left
    if record.code:
        code = fit(record.code, "semibold", size * 0.86, place.height * 1.9, 1)
        yield Text(x, place.baseline(size), code.lines[0], "semibold", code.size, PAPER.quiet_ink)
        x += max(fonts.width(code.lines[0], "semibold", code.size) + 4 * place.scale, size * 2.7)
    further = f"+{track.further_areas}" if track.further_areas else ""
    room = place.names_end - x - (size * 2.2 if further else 0.0)
    weight: Weight = "semibold" if isinstance(record, Project) else "regular"
    for part in (1.0, 0.93, 0.86, 0.8):
        name = record.name
        if fonts.width(name, weight, size * part) <= room:
            break
    else:
        part = 0.86
        name = _shortened(record.name, weight, size * part, room)
    yield Text(x, place.baseline(size), name, weight, size * part, PAPER.ink)
    if further:
        yield Text(place.names_end, place.baseline(size), further, "regular", size * 0.8, PAPER.quiet_ink, "end")


def _shortened(name: str, weight: Weight, size: float, room: float) -> str:
    """As much of the name as there is room for."""
    kept = name
    while len(kept) > 1 and fonts.width(f"{kept.rstrip()}…", weight, size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _ends(part: Stretch, frame: Timescale) -> tuple[float, float]:
    return (
        frame.left if part.first is None else frame.place(part.first),
        frame.right if part.until is None else frame.place(part.until),
    )


def _look(part: Stretch, *, is_project: bool) -> BarLook:
    return STATUSES.get(part.kind, STATUSES[""]) if is_project else STAGES[part.kind]


def _bar(part: Stretch, place: RowPlace, frame: Timescale, *, is_project: bool) -> Iterator[Mark]:
    left, right = _ends(part, frame)
    height = place.height * (_PROJECT_SHARE if is_project else _BAR_SHARE)
    radius = 0.0 if is_project else 2.5 * place.scale
    look = _look(part, is_project=is_project)
    yield from bar_marks(left, place.middle - height / 2, right - left, height, look, place.scale, radius)


def _words(track: Track, seen: list[Stretch], place: RowPlace, frame: Timescale, *, is_project: bool) -> Iterator[Mark]:
    """What the parts of a bar are called, inside them; what ends or begins when, behind it or before it."""
    share = _PROJECT_SHARE if is_project else _BAR_SHARE
    size = _word_size(place, share)
    air = 3.0 * place.scale
    untold: Stretch | None = None
    for part in seen:
        left, right = _ends(part, frame)
        for words in _ways(part, frame, is_project=is_project):
            width = fonts.width(words, "regular", size)
            if width + 2 * air <= right - left:
                look = _look(part, is_project=is_project)
                if look.pattern:
                    # Words on a pattern stand on a plate of its ground.
                    height = size * 1.12
                    yield Rect(left + air - 1, place.middle - height / 2, width + 2, height, look.fill)
                yield Text(left + air, place.baseline(size), words, "regular", size, look.ink)
                break
        else:
            untold = part
    final = track.stretches[-1]
    if not seen:
        return
    after = _ends(seen[-1], frame)[1] + air
    told = []
    if untold is seen[-1] and is_project:
        told.append(STATUSES.get(untold.kind, STATUSES[""]).word)
    if final.until is not None and frame.holds(final.until) and seen[-1] is final:
        end = final.until - _ONE_DAY if is_project else final.until
        told.append(short_date(end) if is_project else f"ends {short_date(end)}")
    words = ", ".join(told)
    if not words:
        return
    width = fonts.width(words, "regular", size)
    planned = planned_end(track)
    if planned is not None and after < (mark := frame.place(planned + _ONE_DAY)) < after + width + air:
        after = mark + air
    more = "but still used" if track.used_too_long else ""
    more_width = fonts.width(more, "bold", size)
    if after + width + more_width + 2 * air <= frame.right:
        yield from _beside(after, width, words, size, place)
        if more:
            yield from _beside(after + width + air, more_width, more, size, place, _WARNING, "bold")
        return
    before = _ends(seen[0], frame)[0] - air
    if before - width - more_width - air >= frame.left:
        if more:
            yield from _beside(before - more_width, more_width, more, size, place, _WARNING, "bold")
            before -= more_width + air
        yield from _beside(before - width, width, words, size, place)
        return
    left, right = _ends(seen[-1], frame)
    look = _look(seen[-1], is_project=is_project)
    if right - left >= width + fonts.width(look.word, "regular", size) + 5 * air:
        # The bar fills the row: the words stand at its end.
        if look.pattern:
            height = size * 1.12
            yield Rect(right - air - width - 1, place.middle - height / 2, width + 2, height, look.fill)
        yield Text(right - air, place.baseline(size), words, "regular", size, look.ink, "end")


def _beside(
    x: float,
    width: float,
    words: str,
    size: float,
    place: RowPlace,
    ink: str = PAPER.container_ink,
    weight: Weight = "regular",
) -> Iterator[Mark]:
    """Words beside a bar, on a ground that keeps the lines of the scale from going through them."""
    height = size * 1.1
    yield Rect(x - 1, place.middle - height / 2, width + 2, height, PAPER.page)
    yield Text(x, place.baseline(size), words, weight, size, ink)


def _ways(part: Stretch, frame: Timescale, *, is_project: bool) -> Iterator[str]:
    """What can be written on a bar, the fullest first."""
    word = _look(part, is_project=is_project).word
    if not is_project and part.kind == LIVE:
        if part.first is not None and is_first_seen(part, frame.first):
            yield f"live since {part.first.year}"
        elif part.first is not None:
            yield f"live from {short_date(part.first)}"
    yield word


def _word_size(place: RowPlace, share: float) -> float:
    return min(_LARGEST_WORD * place.scale, place.height * share * _WORD_SHARE * 1.15)
