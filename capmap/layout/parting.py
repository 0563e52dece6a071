"""Parting: which boxes stand on which sheet of a poster, so that no sheet is crowded and few boxes lie on two.

A poster is a grid of sheets. The boxes of a map, in reading order, are shared out by halving the grid again and again;
a box too large for its sheets spans several, and its own boxes are shared out among these. What is minimised is how
much the fullest sheet would have to shrink its boxes, times ``1 + wholeness`` for each time a box reaches from one
sheet to another.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from capmap.layout.nodes import Node, name_widths, widest
from capmap.layout.shaping import Shaping
from capmap.layout.style import AREA_GAP

_MOST_BANDS = 7
_WIDE = (0.08, 24.0)
_COARSE = 6
"""Groups are shaped as if they were part of a map so many times larger: fewer shapes are enough."""

_CLOSE = (0.75, 1.35)
"""Only where boxes about fill their sheet is it worth while to find out how exactly."""

_FEW_SHEETS = 4
"""On few sheets more cuts are tried than on many."""

AGAIN = "… "
"""Stands before a name on all sheets but the first."""


class Part(NamedTuple):
    """A box, or of a box that is shared out some of the boxes in it."""

    node: Node
    start: int
    stop: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the box is elsewhere."""
        return self.start == 0 and self.stop == len(boxes_in(self.node))

    def inside(self) -> tuple[Part, ...]:
        """The boxes in it."""
        return tuple(whole(child) for child in boxes_in(self.node)[self.start : self.stop])

    def made(self) -> Node:
        """The box as it is to be laid out."""
        if self.is_whole:
            return self.node
        inside = boxes_in(self.node)[self.start : self.stop]
        again = bool(self.start)
        name, every = AGAIN * again + self.node.name, (self.node.name, *self.node.others)
        return dataclasses.replace(
            self.node,
            name=name,
            name_widths=widest([name_widths(AGAIN * again + each, self.node.style) for each in every]),
            others=tuple(AGAIN * again + other for other in self.node.others),
            children=inside,
            counts=(),
            boxes=1 + sum(child.boxes for child in inside),
            shapes=(),
        )


Parts = tuple[Part, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Fill:
    """These boxes on one sheet."""

    parts: Parts


@dataclasses.dataclass(frozen=True, slots=True)
class Split:
    """One plan for the first ``at`` columns of sheets and one for the others; ``down``: for the first rows."""

    down: bool
    at: int
    first: Plan
    second: Plan


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """One box over all these sheets, with a plan for what is in it."""

    part: Part
    inside: Plan


@dataclasses.dataclass(frozen=True, slots=True)
class Stack:
    """Boxes one below the other, each over a whole row of sheets."""

    bands: tuple[Span, ...]


Plan = Fill | Split | Span | Stack


class Grid(NamedTuple):
    """So many columns and rows of sheets, of each of which this width and height can be filled, in points."""

    columns: int
    rows: int
    width: float
    height: float


class Found(NamedTuple):
    """A plan, how many times too large its boxes are for the fullest sheet (below 1 they fit), and how often boxes
    reach from sheet to sheet.
    """

    excess: float
    breaks: int
    plan: Plan


class Groups:
    """Groups of boxes on one sheet each, shaped once however many plans ask for them; ``comfort`` as in Shaping."""

    def __init__(self, comfort: float) -> None:
        self._comfort = comfort
        self._known: dict[tuple[tuple[tuple[int, int, int], ...], float], Node] = {}
        self._made: dict[tuple[int, int, int], Node] = {}

    def group(self, parts: Parts, gap: float) -> Node:
        """These boxes with their shapes, as one node without a frame."""
        key = _key(parts), gap
        if key not in self._known:
            self._known[key] = self.shaped(parts, gap, _WIDE)
        return self._known[key]

    def shaped(self, parts: Parts, gap: float, window: tuple[float, float]) -> Node:
        """A group anew, with shapes of these proportions."""
        group = Node(framed=False, gap=gap, children=[self._part(part) for part in parts])
        group.boxes = sum(child.boxes for child in group.children)
        Shaping(group.boxes * _COARSE, self._comfort, anew=False).shape(group, window)
        return group

    def _part(self, part: Part) -> Node:
        if part.is_whole:
            return part.node
        key = id(part.node), part.start, part.stop
        if key not in self._made:
            self._made[key] = part.made()
        return self._made[key]

    def room(self, part: Part) -> float:
        """About how much room a part takes, in square points."""
        if part.is_whole:
            return _room(part.node)
        every = boxes_in(part.node)
        return _room(part.node) * sum(map(_room, every[part.start : part.stop])) / sum(map(_room, every))


class Parting:
    """A search for the best plan; ``wholeness`` is what it may cost to keep a box on one sheet."""

    def __init__(self, groups: Groups, wholeness: float) -> None:
        self._groups = groups
        self._wholeness = wholeness
        self._known: dict[tuple[tuple[tuple[int, int, int], ...], float, Grid], Found] = {}

    def best(self, parts: Parts, grid: Grid, gap: float = AREA_GAP) -> Found:
        """The plan for these boxes, whose shapes are known, ``gap`` points apart."""
        key = _key(parts), gap, Grid(grid.columns, grid.rows, round(grid.width), round(grid.height))
        if key not in self._known:
            if not parts or grid.columns == grid.rows == 1:
                self._known[key] = Found(self._excess(parts, grid, gap), 0, Fill(parts))
            else:
                self._known[key] = min(self._plans(parts, grid, gap), key=self._cost)
        return self._known[key]

    def _cost(self, found: Found) -> float:
        return found.excess * (1 + self._wholeness * found.breaks)

    def _excess(self, parts: Parts, grid: Grid, gap: float) -> float:
        if not parts:
            return 0.0
        if grid.width <= 1 or grid.height <= 1:
            return math.inf
        about = math.sqrt(sum(self._groups.room(part) for part in parts) / (grid.width * grid.height))
        if not _CLOSE[0] < about < _CLOSE[1]:
            return about
        shapes = self._groups.group(parts, gap).shapes
        return min(max(shape.width / grid.width, shape.height / grid.height) for shape in shapes)

    def _plans(self, parts: Parts, grid: Grid, gap: float) -> Iterator[Found]:
        columns, rows = grid.columns, grid.rows
        if len(parts) == 1 and parts[0].inside():
            found = self.best(parts[0].inside(), _within(parts[0], grid), parts[0].node.style.gap)
            breaks = found.breaks + columns * rows - 1
            yield Found(found.excess, breaks, Span(parts[0], found.plan))
            return
        if rows == 1 and 1 < len(parts) <= _MOST_BANDS and all(part.inside() for part in parts):
            yield self._stack(parts, grid, gap)
        for down, count in ((False, columns), (True, rows)):
            for at in sorted({count // 2, count - count // 2} - {0, count}):
                first, second = (
                    (grid._replace(rows=at), grid._replace(rows=rows - at))
                    if down
                    else (grid._replace(columns=at), grid._replace(columns=columns - at))
                )
                for before, after, broken in self._cuts(parts, at / count, columns * rows):
                    one, other = self.best(before, first, gap), self.best(after, second, gap)
                    breaks = one.breaks + other.breaks + 2 * broken
                    yield Found(max(one.excess, other.excess), breaks, Split(down, at, one.plan, other.plan))

    def _stack(self, parts: Parts, grid: Grid, gap: float) -> Found:
        room = grid.height - gap * (len(parts) - 1)
        rooms = [self._groups.room(part) for part in parts]
        shares = [size / sum(rooms) for size in rooms]
        bands = [
            self.best((part,), grid._replace(height=room * share), gap)
            for part, share in zip(parts, shares, strict=True)
        ]
        spans = tuple(band.plan for band in bands if isinstance(band.plan, Span))
        excess = math.sqrt(sum(share * band.excess**2 for band, share in zip(bands, shares, strict=True)))
        return Found(excess, sum(band.breaks for band in bands), Stack(spans))

    def _cuts(self, parts: Parts, share: float, sheets: int) -> Iterator[tuple[Parts, Parts, bool]]:
        """Ways to cut a sequence so that about this share of its room comes before: between boxes, and inside one of
        them (which is then broken). A single box without boxes inside comes first.
        """
        if len(parts) == 1 and not parts[0].inside():
            yield parts, (), False
            return
        places: list[tuple[int, int]] = []
        sizes: list[float] = []
        for number, part in enumerate(parts):
            every = [_room(piece.node) for piece in part.inside()] or [1.0]
            scale = self._groups.room(part) / sum(every)
            for place, size in enumerate(every):
                places.append((number, part.start + place))
                sizes.append(size * scale)
        wanted = share * sum(sizes)
        before = list(accumulate(sizes, initial=0.0))
        near = min(range(1, len(sizes)), key=lambda cut: abs(before[cut] - wanted), default=0)
        between = [cut for cut in range(1, len(sizes)) if places[cut][0] != places[cut - 1][0]]
        low = max((cut for cut in between if before[cut] <= wanted), default=0)
        high = min((cut for cut in between if before[cut] > wanted), default=0)
        tried = {near, min((low, high), key=lambda cut: abs(before[cut] - wanted))}
        if sheets <= _FEW_SHEETS:
            tried |= {low, high}
        for cut in sorted(tried & set(range(1, len(sizes)))):
            number, place = places[cut]
            part = parts[number]
            if cut in between:
                yield parts[:number], parts[number:], False
            else:
                first, second = part._replace(stop=place), part._replace(start=place)
                yield (*parts[:number], first), (second, *parts[number + 1 :]), True


def whole(node: Node) -> Part:
    """A box with all that is in it."""
    return Part(node, 0, len(boxes_in(node)))


def boxes_in(node: Node) -> Sequence[Node]:
    """The boxes in a box in reading order, also where they stand in areas."""
    if not node.in_areas():
        return node.children
    return [box for child in node.children for box in ([child] if child.framed else boxes_in(child))]


def _within(part: Part, grid: Grid) -> Grid:
    """What is left of the sheets inside the frame of a box whose name stands on each, on average."""
    style = part.node.style
    head = style.type.leading + style.header_gap
    width = grid.width - 2 * style.padding / grid.columns
    return Grid(grid.columns, grid.rows, width, grid.height - head - 2 * style.padding / grid.rows)


def _room(node: Node) -> float:
    return min((shape.width + node.gap) * (shape.height + node.gap) for shape in node.shapes)


def _key(parts: Parts) -> tuple[tuple[int, int, int], ...]:
    return tuple((id(part.node), part.start, part.stop) for part in parts)


def told_of(plan: Plan) -> str:
    """A plan in a line, for telling plans apart."""
    if isinstance(plan, Fill):
        return "[" + " ".join(f"{part.node.id}:{part.start}-{part.stop}" for part in plan.parts) + "]"
    if isinstance(plan, Split):
        return f"({told_of(plan.first)}{'/' if plan.down else '|'}{plan.at}{told_of(plan.second)})"
    if isinstance(plan, Span):
        return f"<{plan.part.node.id} {told_of(plan.inside)}>"
    return "{" + "".join(map(told_of, plan.bands)) + "}"
