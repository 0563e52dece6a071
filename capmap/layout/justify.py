"""Justify: from the size of the whole down, every box gets its place, so that rows reach both edges and no room is
left over.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from capmap.layout.boxes import Box
from capmap.layout.curves import Shape
from capmap.layout.evenly import even_grid, place_evenly
from capmap.layout.nodes import Node
from capmap.layout.style import BoxStyle

_LIKE = 1.5
"""Boxes whose widths would differ by less than this factor get the same width."""

USUAL_ASPECT = 1.9
_USUAL_FILL = 0.58
"""Width to height of a leaf, and leaf area to map area, that are wanted where nothing speaks against them."""

_SAME = 1e-6

Place = tuple[float, float, float, float]
"""Left, top, width and height."""

Places = list[Place]
"""The place of each child in the content of its parent."""

Size = tuple[float, float]


class Justifying:
    """Gives places to all boxes of one layout. ``leaf`` is the width and height that leaves should come near to."""

    def __init__(self, leaf: tuple[float, float]) -> None:
        self._leaf = leaf
        self.index: dict[str, Box] = {}

    def place(
        self,
        node: Node,
        parent: Box | None,
        into: list[Box],
        place: Place,
        name_lines: int = 1,
    ) -> tuple[tuple[int, ...], Size]:
        """Make the box of a node, and of all below it, at a place in its parent.

        The children of a container begin below ``name_lines`` lines though its own name may need fewer. Out come the
        rows in which the children stand, empty if these may not be kept when something is edited, and the least size
        for them.
        """
        if not node.children:
            leaf = self._frame(node, parent, into, place)
            return (), (leaf.least_width, leaf.least_height)
        box: Box | None = None
        x, y, width, height = place
        if node.framed:
            box = parent = self._frame(node, parent, into, place)
            into = box.children
            style = node.style
            x, y = style.padding, style.padding + len(box.lines) * style.type.leading + style.header_gap
            below = max(0, name_lines - len(box.lines)) * style.type.leading
            y += below
            place = (*place[:3], place[3] - below)
            width, height = width - 2 * x, height - y - style.padding
        even = self._even_grid(node, width, height)
        if even and not node.turned:
            counts, kept = even, True
            leaves, least = place_evenly(node, even, parent, (x, y, width, height))
            into += leaves
            for leaf in leaves:
                self.index[leaf.id] = leaf
        else:
            counts, kept, least = self._place_each(node, parent, into, place, (x, y, width, height), even)
        if box is not None:
            box.rows = counts if kept else ()
            box.least_width = max(box.least_width, least[0] + 2 * box.children[0].x)
            box.least_height += least[1] + node.style.header_gap
            if not kept:
                box.least_width, box.least_height = box.width, box.height
            least = box.least_width, box.least_height
        return counts if kept else (), least

    def _place_each(
        self,
        node: Node,
        parent: Box | None,
        into: list[Box],
        outer: Place,
        content: Place,
        even: tuple[int, ...],
    ) -> tuple[tuple[int, ...], bool, Size]:
        """Make the boxes of all children of a node of this size in its content; out come their rows, whether these
        may be kept, and the least size for them.
        """
        x, y, width, height = content
        made = _fitting(node, outer[2], outer[3])
        if node.turned:
            counts, turned = self._places(node, made, even, height, width)
            places = [(top, left, down, across) for left, top, across, down in turned]
        else:
            counts, places = self._places(node, made, even, width, height)
        lines = _name_lines(node, places)
        leasts = []
        before = len(into)
        for child, (left, top, across, down) in zip(node.children, places, strict=True):
            child_place = (x + left, y + top, across, down)
            leasts.append(self.place(child, parent, into, child_place, lines.get(top, 1))[1])
        if node.in_areas():
            counts = () if node.is_steered() else _plain_rows(into[before:], x, x + width)
            leasts = [(inside.least_width, inside.least_height) for inside in into[before:]]
            kept = bool(counts)
        else:
            kept = not (node.turned or node.equal or node.given_counts())
        return counts, kept, least_of_rows(counts, leasts, node.gap) if kept else (width, height)

    def _frame(self, node: Node, parent: Box | None, into: list[Box], place: Place) -> Box:
        """The box of a node, with the least size for its name alone."""
        style = node.style
        around = 2 * style.padding
        lines = node.lines(place[2] - around)
        box = Box(node.id, node.role, node.level, lines, *place, node.hidden, parent)
        least_lines = len(lines) if node.children else lines_in(style, place[3])
        box.least_width, box.least_height = least_of_name(node.name_widths, style, least_lines)
        into.append(box)
        self.index[node.id] = box
        return box

    def _even_grid(self, node: Node, width: float, height: float) -> tuple[int, ...]:
        """The rows of equal leaves that would fill a content of this size well; empty if there are none."""
        if node.equal or node.given_counts() or not node.holds_leaves():
            return ()
        if node.turned:
            width, height = height, width
        return even_grid(node, width, height, self._leaf)

    def _places(
        self, node: Node, made: Shape, even: tuple[int, ...], width: float, height: float
    ) -> tuple[tuple[int, ...], Places]:
        """The rows of a node's children and their places in a content of this size (turned: with width and height
        exchanged).
        """
        gap, counts = node.gap, made.counts
        if even:
            rooms = [width - (count - 1) * gap for count in even]
            widths = [_equal(count, room) for count, room in zip(even, rooms, strict=True)]
            return even, _stacked(widths, _equal(len(even), height - (len(even) - 1) * gap), gap)
        room = height - gap * (len(counts) - 1)
        columns = max(counts)
        if node.equal:
            across = (width - gap * (columns - 1)) / columns
            return counts, _stacked([[across] * count for count in counts], _equal(len(counts), room), gap)
        bounds = list(pairwise(accumulate(counts, initial=0)))
        row_heights = [room]
        if len(counts) > 1:
            low = [node.row(*bound, least) for bound, least in zip(bounds, made.row_heights, strict=True)]
            soft = [max(row, key=lambda shape: shape.height).soft_height for row in low]
            row_heights = _stretched(made.row_heights, soft, room)
        high = [node.row(*bound, given) for bound, given in zip(bounds, row_heights, strict=True)]
        return counts, _stacked(_widths(node, high, width), row_heights, gap)


def usual_leaf(area: float, leaves: int) -> Size:
    """The width and height to aim at for so many leaves in boxes of this area."""
    leaf_area = _USUAL_FILL * area / leaves
    return math.sqrt(leaf_area * USUAL_ASPECT), math.sqrt(leaf_area / USUAL_ASPECT)


def least_of_name(name_widths: Sequence[float], style: BoxStyle, lines: int) -> Size:
    """The least width and height of a box for its name alone, on so many lines."""
    around = 2 * style.padding
    lines = max(1, min(lines, len(name_widths)))
    return name_widths[lines - 1] + around, lines * style.type.leading + around


def lines_in(style: BoxStyle, height: float) -> int:
    """How many lines of its name a leaf of this height has room for."""
    return int((height - 2 * style.padding + _SAME) / style.type.leading)


def least_of_rows(counts: Sequence[int], leasts: Sequence[Size], gap: float) -> Size:
    """The least width and height of boxes in rows of so many, given the least of each."""
    width, height, start = 0.0, -gap, 0
    for count in counts:
        row = leasts[start : start + count]
        start += count
        width = max(width, sum([least[0] for least in row]) + gap * (count - 1))
        height += gap + max([least[1] for least in row])
    return width, height


def _fitting(node: Node, width: float, height: float) -> Shape:
    """The shape that fits this size and whose leaves would be stretched alike in width and height to fill it."""
    fitting = _all_fitting(node, width, height)
    if len(fitting) == 1:
        return fitting[0]

    def unevenness(made: Shape) -> float:
        ratio = (1 + (width - made.width) / made.soft_width) / (1 + (height - made.height) / made.soft_height)
        return max(ratio, 1 / ratio)

    return min(fitting, key=unevenness)


def _all_fitting(node: Node, width: float, height: float) -> list[Shape]:
    return [made for made in node.shapes if made.width <= width + _SAME and made.height <= height + _SAME]


def _widths(node: Node, made: list[list[Shape]], width: float) -> list[list[float]]:
    """The widths of the boxes of each row, which together fill the width. Rows that hold the same kinds of boxes share
    the widths of their columns if these fit.
    """
    columns = len(made[0])
    given = node.columns is not None and not node.turned and node.holds_leaves()
    kinds = [bool(child.children) for child in node.children]
    alike = all(len(row) == columns for row in made) and kinds == kinds[:columns] * len(made)
    if len(made) > 1 and (alike or given):
        stacks = [[row[column] for row in made if column < len(row)] for column in range(columns)]
        least = [max(shape.width for shape in stack) for stack in stacks]
        room = width - node.gap * (columns - 1)
        if sum(least) <= room + _SAME:
            shared = _alike(least, [max(shape.soft_width for shape in stack) for stack in stacks], room)
            return [shared[: len(row)] for row in made]
    widths = []
    start = 0
    for row in made:
        least = [shape.width for shape in row]
        room = width - node.gap * (len(row) - 1)
        if not node.turned:
            named = _wide_for_names(node.children[start : start + len(row)], least)
            least = named if sum(named) <= room else least
        widths.append(_alike(least, [shape.soft_width for shape in row], room))
        start += len(row)
    return widths


def _wide_for_names(children: Sequence[Node], least: Sequence[float]) -> list[float]:
    """The widths at which the names of containers stand on one line."""
    return [
        max(width, child.name_widths[0] + 2 * child.style.padding) if child.children and child.framed else width
        for child, width in zip(children, least, strict=True)
    ]


def _alike(least: Sequence[float], soft: Sequence[float], room: float) -> list[float]:
    """Sizes that fill the room: all the same where they would be much alike anyway, else each stretched as much."""
    stretched = _stretched(least, soft, room)
    if max(stretched) <= _LIKE * min(stretched) and max(least) <= room / len(least):
        return _equal(len(least), room)
    return stretched


def _stretched(least: Sequence[float], soft: Sequence[float], room: float) -> list[float]:
    """The sizes with the room that is left shared out by what can stretch in each."""
    spare, whole = room - sum(least), sum(soft)
    return [size + spare * part / whole for size, part in zip(least, soft, strict=True)]


def _plain_rows(boxes: Sequence[Box], left: float, right: float) -> tuple[int, ...]:
    """How many boxes stand in each row where these are plain rows from edge to edge, each equally high; else empty."""
    counts: list[int] = []
    last: Box | None = None
    for box in boxes:
        if last is None or box.y > last.y + _SAME:
            if abs(box.x - left) > _SAME or (last is not None and abs(last.x + last.width - right) > _SAME):
                return ()
            if last is not None and box.y < last.y + last.height - _SAME:
                return ()
            counts.append(0)
        elif abs(box.y - last.y) > _SAME or abs(box.height - last.height) > _SAME or box.x < last.x:
            return ()
        counts[-1] += 1
        last = box
    return tuple(counts) if last is not None and abs(last.x + last.width - right) <= _SAME else ()


def _equal(count: int, room: float) -> list[float]:
    return [room / count] * count


def _stacked(widths: Iterable[Sequence[float]], heights: Sequence[float], gap: float) -> Places:
    """The places of boxes of these widths in rows of these heights."""
    places: Places = []
    top = 0.0
    for row, height in zip(widths, heights, strict=True):
        left = 0.0
        for width in row:
            places.append((left, top, width, height))
            left += width + gap
        top += height + gap
    return places


def _name_lines(node: Node, places: Places) -> dict[float, int]:
    """How many lines the longest name takes among the containers of each row, by the top of the row, where all of them
    have room to begin their children below so many.
    """
    most: dict[float, int] = {}
    unequal: set[float] = set()
    own: list[tuple[Node, int, Place]] = []
    for child, place in zip(node.children, places, strict=True):
        if child.children and child.framed:
            room = place[2] - 2 * child.style.padding + _SAME
            lines = min(sum([wide > room for wide in child.name_widths]) + 1, len(child.name_widths))
            if most.setdefault(place[1], lines) != lines:
                unequal.add(place[1])
                most[place[1]] = max(most[place[1]], lines)
            own.append((child, lines, place))
    for child, lines, (_, top, width, height) in own:
        below = (most[top] - lines) * child.style.type.leading
        if top in unequal and below and not _all_fitting(child, width, height - below):
            unequal.discard(top)
    return {top: most[top] for top in unequal}
