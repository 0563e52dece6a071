"""Overtime: pictures of a stretch of time instead of one day: the roadmap, and the flip-book of maps."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection
from typing import Literal

from capmap.analysis.roadmap import usual_range
from capmap.drawing.flipbook import flip_book, page_dates
from capmap.drawing.marks import Drawing
from capmap.drawing.paper import Orientation, Paper
from capmap.drawing.roadmap import roadmap_pages
from capmap.errors import UsageError
from capmap.lens.lens import Lens
from capmap.model.map import Map

SUFFIXES = (".pdf", ".pptx", ".svg", ".png")
"""The endings of files that can hold such pictures."""


@dataclasses.dataclass(frozen=True, slots=True)
class OverTime:
    """What is to be drawn and of which time; a day that is not told is chosen by what the map holds. ``every`` says how
    far the pages of a flip-book are apart: "quarter", "half" or "year".
    """

    kind: Literal["roadmap", "flip-book"]
    first: dt.date | None = None
    last: dt.date | None = None
    every: str = "quarter"


def pages_over_time(
    over: OverTime,
    current: Map,
    lens: Lens,
    suffix: str,
    *,
    paper: Paper,
    orientation: Orientation | None,
    depth: int | None,
    root: str | None,
    folded: Collection[str],
    only: Collection[str] | None,
    language: str | None,
    today: dt.date,
) -> list[Drawing]:
    """The pages. Raises UsageError where the time or the format is wrong."""
    if suffix not in SUFFIXES:
        raise UsageError(f"A {over.kind} is written as {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}, not as {suffix}.")
    usual = usual_range(current, today)
    first, last = over.first or (today if over.kind == "flip-book" else usual[0]), over.last or usual[1]
    if over.kind == "roadmap":
        return roadmap_pages(current, first, last, paper=paper, orientation=orientation, root=root, today=today)
    return flip_book(
        current,
        lens,
        page_dates(first, last, over.every),
        paper=paper,
        orientation=orientation,
        depth=depth,
        root=root,
        folded=folded,
        only=only,
        language=language,
    )
