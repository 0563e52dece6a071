"""Onsheets: a map over as many sheets as a poster takes, told or found out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Collection

from capmap.drawing.legibility import GRIDS, ON_THE_WALL, size_for
from capmap.drawing.paper import PAPERS, Orientation, paper_named
from capmap.drawing.poster import Poster, poster
from capmap.errors import UsageError
from capmap.lens.lens import Lens
from capmap.model.map import Map

SUFFIXES = (".pdf", ".svg", ".png")
"""The endings of files that can hold a poster."""

MOST_SHEETS = 100
_GAIN = 1.25
"""What a grid of more sheets than the last one tried can bring at best, beside what its area does."""

_GRID = re.compile(r"(\d{1,2})\s*[x×*]\s*(\d{1,2})", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class OnSheets:
    """The paper of the sheets; columns and rows of the grid, or None for as many as it takes that all names can be
    read from ``distance`` metres.
    """

    paper: str = "A4"
    grid: tuple[int, int] | None = None
    distance: float = ON_THE_WALL


def grid_named(words: str) -> tuple[int, int]:
    """Columns and rows from words such as "3x3". Raises UsageError."""
    found = _GRID.fullmatch(words.strip())
    if found is None or not 1 <= int(found[1]) * int(found[2]) <= MOST_SHEETS:
        raise UsageError(
            f"{words!r} is no grid of sheets; write columns and rows such as 3x2, at most {MOST_SHEETS} sheets."
        )
    return int(found[1]), int(found[2])


def made_poster(
    wanted: OnSheets,
    current: Map,
    lens: Lens,
    suffix: str,
    *,
    orientation: Orientation | None,
    depth: int | None,
    root: str | None,
    folded: Collection[str],
    only: Collection[str] | None,
    language: str | None,
    date: dt.date,
    moment: dt.date | None,
) -> Poster:
    """The poster. Raises UsageError where the paper or the format is wrong."""
    if suffix not in SUFFIXES:
        raise UsageError(f"A poster is written as {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}, not as {suffix}.")
    paper = paper_named(wanted.paper)

    def made(columns: int, rows: int) -> Poster:
        return poster(
            current,
            lens,
            paper=paper,
            columns=columns,
            rows=rows,
            orientation=orientation or ("landscape" if paper.name in PAPERS else None),
            depth=depth,
            root=root,
            folded=folded,
            only=only,
            date=date,
            moment=moment,
            language=language,
        )

    if wanted.grid is not None:
        return made(*wanted.grid)
    needed = size_for(wanted.distance)
    best: Poster | None = None
    for columns, rows in GRIDS:
        if best is not None:
            ratio = columns * rows / (best.cutting.columns * best.cutting.rows)
            if (columns, rows) != GRIDS[-1] and best.smallest_name * ratio**0.5 * _GAIN < needed:
                continue
        tried = made(columns, rows)
        if best is None or tried.smallest_name > best.smallest_name:
            best = tried
        if best.smallest_name >= needed:
            break
    assert best is not None
    return best
