"""Legibility: from how far a type size can be read, and how else a map could be printed so that it can.

ISO 9241-303 asks that capital letters take at least 16 minutes of arc of the reader's sight, and prefers 20 to 22; the
same rule is used for print. A capital of height h is seen under an angle a from the distance h / (2 tan(a / 2)), so
that type of p points, whose capitals are 0.714 p high, can be read from up to::

    distance in metres = 0.714 * p * 0.000352778 / (2 * tan(a / 2))    a = 16', that is 0.0541 * p

One metre takes 18.5 points, a sheet in the hand (0.4 m) 7.4. It holds for usual eyes (with glasses where needed), dark
type on light paper and good light.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from typing import Any

from capmap.drawing.boxtree import box_tree
from capmap.drawing.mapdrawing import CAP_HEIGHT
from capmap.drawing.marks import Drawing, Region
from capmap.drawing.paper import PAPERS, Orientation
from capmap.drawing.slides import smallest_name
from capmap.layout.nested import arrange
from capmap.layout.style import STYLE
from capmap.model.map import Map

LEAST_ANGLE, PLEASANT_ANGLE = 16.0, 20.0
"""Minutes of arc that a capital letter must take, and that are pleasant."""

IN_THE_HAND, ON_THE_WALL = 0.4, 0.7
"""Metres: from where a page is read, and a poster by those who step up to it."""

TOO_NEAR = 0.3
"""Metres. What must be held nearer is not legible to most people over forty."""

_METRES_PER_POINT = 0.0254 / 72
_LARGER = ("A4", "A3", "A2", "A1", "A0")
_SHEETS = ("A4", "A3", "A1")
_EFFORT = 0.85
"""A map over several sheets reaches about this part of the type that one sheet of their size would have."""


def reading_distance(points: float, angle: float = LEAST_ANGLE) -> float:
    """From how many metres type of this size can be read, its capitals taking ``angle`` minutes of arc."""
    return CAP_HEIGHT * points * _METRES_PER_POINT / (2 * math.tan(math.radians(angle / 60) / 2))


def size_for(distance: float, angle: float = LEAST_ANGLE) -> float:
    """The type size in points that can be read from so many metres."""
    return distance / reading_distance(1.0, angle)


@dataclasses.dataclass(frozen=True, slots=True)
class Proposal:
    """Another way to print a map: in words, as options of the command line, and about how large its smallest name is
    then, in points.
    """

    words: str
    options: tuple[str, ...]
    smallest_name: float

    def as_dict(self) -> dict[str, Any]:
        """The proposal for machines."""
        return {
            "proposal": self.words,
            "options": list(self.options),
            "smallest_name_pt": round(self.smallest_name, 1),
            "reading_distance_m": round(reading_distance(self.smallest_name), 2),
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Legibility:
    """How legible a page is, and what would be legible from ``wanted`` metres: proposals, the nearest to the page
    first; none if the page is.
    """

    smallest_name: float
    wanted: float
    proposals: tuple[Proposal, ...] = ()

    @property
    def distance(self) -> float:
        """From how many metres all names can be read."""
        return reading_distance(self.smallest_name)

    @property
    def is_enough(self) -> bool:
        """Whether all names can be read from where it is wanted."""
        return self.distance >= self.wanted

    @property
    def sentence(self) -> str:
        """What a person should know before printing."""
        told = f"The smallest names are {self.smallest_name:.1f} points: they can be read from {metres(self.distance)}"
        if self.is_enough:
            return f"{told}, which is enough for {metres(self.wanted)}."
        needed = f"{metres(self.wanted)} takes {size_for(self.wanted):.1f} points"
        return f"{told}, no farther ({needed})."


def legibility(
    current: Map,
    page: Drawing,
    wanted: float,
    *,
    paper: str = "A3",
    orientation: Orientation | None = "landscape",
    depth: int | None = None,
    root: str | None = None,
) -> Legibility:
    """How legible a page of a map is from ``wanted`` metres; the other parameters are those of the page."""
    size = smallest_name(page)
    found = Legibility(size, wanted)
    if found.is_enough:
        return found
    proposed = [
        *_fewer_levels(current, page, wanted, root),
        *_larger_paper(page, size, wanted, paper),
        *_more_sheets(page, size, wanted),
        *_branches(current, page, size, root),
    ]
    enough = [proposal for proposal in proposed if reading_distance(proposal.smallest_name) >= wanted]
    best = max(proposed, key=lambda proposal: proposal.smallest_name, default=None)
    # Where nothing is enough, at least the one that comes nearest.
    return dataclasses.replace(found, proposals=tuple(enough) or ((best,) if best else ()))


def metres(distance: float) -> str:
    """A distance as people say it: 35 cm, 1.2 m."""
    return f"{distance * 100:.0f} cm" if distance < 1 else f"{distance:.1f} m"


def _fewer_levels(current: Map, page: Drawing, wanted: float, root: str | None) -> Iterator[Proposal]:
    """The most levels with which all names can be read on the same paper."""
    room = _map_of(page)
    deepest = max((box.region.level for box in box_tree(page).walk()), default=1)
    for levels in range(deepest - 1, 0, -1):
        layout = arrange(current, root=root, depth=levels, size=(room.width, room.height))
        if not layout.boxes:
            return
        reached = _least_type(layout.text_scale) * min(room.width / layout.width, room.height / layout.height)
        if reading_distance(reached) >= wanted:
            told = "1 level" if levels == 1 else f"{levels} levels"
            yield Proposal(f"{told} on the same paper", ("--depth", str(levels)), reached)
            return


def _larger_paper(page: Drawing, size: float, wanted: float, paper: str) -> Iterator[Proposal]:
    """The smallest paper on which all names can be read."""
    longest = max(page.width, page.height)
    for name in _LARGER:
        ratio = max(PAPERS[name].size()) / longest
        if ratio > 1.05 and reading_distance(size * ratio) >= wanted:
            yield Proposal(f"{name} instead of {paper or 'this paper'}", ("--paper", name), size * ratio)
            return


def _more_sheets(page: Drawing, size: float, wanted: float) -> Iterator[Proposal]:
    """About how many sheets, of the smallest paper that does, make a poster on which all names can be read."""
    area = page.width * page.height
    for name in _SHEETS:
        width, height = PAPERS[name].size()
        for columns, rows in GRIDS:
            reached = size * _EFFORT * math.sqrt(columns * rows * width * height / area)
            if reading_distance(reached) >= wanted:
                told = f"a poster of {columns * rows} sheets of {name}"
                yield Proposal(told, ("--poster", name, "--sheets", f"{columns}x{rows}"), reached)
                return


def _branches(current: Map, page: Drawing, size: float, root: str | None) -> Iterator[Proposal]:
    """A page for each box at the top."""
    room = _map_of(page)
    tops = [child for child in current.child_ids(root) if current.has_children(child)]
    if len(tops) < 2:
        return
    reached = math.inf
    for top in tops:
        layout = arrange(current, root=top, size=(room.width, room.height))
        enlarged = min(room.width / layout.width, room.height / layout.height)
        reached = min(reached, _least_type(layout.text_scale) * enlarged)
    if reached > size * 1.05:
        yield Proposal(f"an atlas with a page for each of {len(tops)} areas", ("--atlas",), reached)


def _map_of(page: Drawing) -> Region:
    """The part of a page that the map has."""
    found = (mark for mark in page.marks if isinstance(mark, Region) and mark.key == "page-map")
    return next(found, Region(0.0, 0.0, page.width, page.height, "", ""))


def _least_type(text_scale: float) -> float:
    return min(style.type.size for style in STYLE.values()) * text_scale


GRIDS = ((2, 1), (2, 2), (3, 2), (3, 3), (4, 3), (4, 4), (5, 4), (5, 5), (6, 5), (6, 6))
"""Columns and rows of sheets that are tried for a poster, fewest first."""
