"""Justify: from the size of the whole down, every box gets its place, so that rows reach both edges and no room is
left over.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from capmap.layout import rows
from capmap.layout.boxes import Box
from capmap.layout.curves import Curve, Shape, place_for_height
from capmap.layout.fonts import wrap
from capmap.layout.nodes import Node
from capmap.layout.style import BoxStyle

_LIKE = 1.5
"""Boxes whose widths would differ by less than this factor get the same width."""

_UNLIKE = 0.5
"""How far, in logarithms of width and height together, equal leaves may be from the size wanted."""

_UNEVEN = 0.5
"""What rows of unequal length cost on the same scale, times the logarithm of their ratio."""

USUAL_ASPECT = 1.9
_USUAL_FILL = 0.58
"""Width to height of a leaf, and leaf area to map area, that are wanted where nothing speaks against them."""

_SAME = 1e-6

Places = list[tuple[float, float, float, float]]
"""Left, top, width and height of each child in the content of its parent."""

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
        place: tuple[float, float, float, float],
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
        made = _fitting(node, place[2], place[3])
        box: Box | None = None
        x, y, width, height = place
        if node.framed:
            box = parent = self._frame(node, parent, into, place)
            into = box.children
            style = node.style
            x, y = style.padding, style.padding + len(box.lines) * style.type.leading + style.header_gap
            y += max(0, name_lines - len(box.lines)) * style.type.leading
            width, height = width - 2 * x, height - y - style.padding
        if node.turned:
            counts, turned = self._places(node, made, height, width)
            places = [(top, left, down, across) for left, top, across, down in turned]
        else:
            counts, places = self._places(node, made, width, height)
        lines = _name_lines(node, places)
        leasts = []
        for child, (left, top, across, down) in zip(node.children, places, strict=True):
            child_place = (x + left, y + top, across, down)
            leasts.append(self.place(child, parent, into, child_place, lines.get(top, 1))[1])
        kept = not (node.turned or node.equal or node.given_counts()) and all(child.framed for child in node.children)
        least = least_of_rows(counts, leasts, node.gap) if kept else (width, height)
        if box is not None:
            box.rows = counts if kept else ()
            box.least_width = max(box.least_width, least[0] + 2 * box.children[0].x)
            box.least_height += least[1] + node.style.header_gap
            if not kept:
                box.least_width, box.least_height = box.width, box.height
            least = box.least_width, box.least_height
        return counts if kept else (), least

    def _frame(self, node: Node, parent: Box | None, into: list[Box], place: tuple[float, float, float, float]) -> Box:
        """The box of a node, with the least size for its name alone."""
        style = node.style
        around = 2 * style.padding
        if node.name_widths[0] <= place[2] - around:
            lines: tuple[str, ...] = (node.name,)
        else:
            lines = wrap(node.name, style.type.weight, style.type.size, place[2] - around)
        box = Box(node.id, node.role, node.level, lines, *place, node.hidden, parent)
        least_lines = len(lines) if node.children else lines_in(style, place[3])
        box.least_width, box.least_height = least_of_name(node.name_widths, style, least_lines)
        into.append(box)
        self.index[node.id] = box
        return box

    def _places(self, node: Node, made: Shape, width: float, height: float) -> tuple[tuple[int, ...], Places]:
        """The rows of a node's children and their places in a content of this size (turned: with width and height
        exchanged).
        """
        gap, counts = node.gap, made.counts
        if not node.given_counts() and not node.equal and node.holds_leaves():
            even = self._even_grid(node, width, height)
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
        curves = [child.curve.turned() if node.turned else child.curve for child in node.children]
        low = [_row(node, curves, bound, least) for bound, least in zip(bounds, made.row_heights, strict=True)]
        soft = [max(row, key=lambda shape: shape.height).soft_height for row in low]
        row_heights = _stretched(made.row_heights, soft, room)
        high = [_row(node, curves, bound, given) for bound, given in zip(bounds, row_heights, strict=True)]
        return counts, _stacked(_widths(node, high, width), row_heights, gap)

    def _even_grid(self, node: Node, width: float, height: float) -> tuple[int, ...]:
        """The rows that give equal leaves of about the size wanted in a content of this size; empty if none do or if
        not all names fit.
        """
        gap = node.gap
        style = node.children[0].style
        around = 2 * style.padding - _SAME
        best: tuple[int, ...] = ()
        least = _UNLIKE
        window = width / height / 2, width / height * 2
        for counts in rows.even_choices(len(node.children), node.children[0].curve, gap, window):
            across, down = (width - (counts[0] - 1) * gap) / counts[0], (height - (len(counts) - 1) * gap) / len(counts)
            if node.turned:
                across, down = down, across
            lines = int((down - around) / style.type.leading)
            if across <= around or lines < 1:
                continue
            cost = abs(math.log(across / self._leaf[0])) + abs(math.log(down / self._leaf[1]))
            cost += _UNEVEN * math.log(counts[0] / counts[-1])
            if cost < least and all(
                child.name_widths[min(lines, len(child.name_widths)) - 1] <= across - around for child in node.children
            ):
                best, least = counts, cost
        return best


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
    width, height = 0.0, -gap
    for start, end in pairwise(accumulate(counts, initial=0)):
        row = leasts[start:end]
        width = max(width, sum(least[0] for least in row) + gap * (end - start - 1))
        height += gap + max(least[1] for least in row)
    return width, height


def _fitting(node: Node, width: float, height: float) -> Shape:
    """The shape that fits this size and whose leaves would be stretched alike in width and height to fill it."""

    def unevenness(made: Shape) -> float:
        across = 1 + (width - made.width) / made.soft_width
        down = 1 + (height - made.height) / made.soft_height
        return abs(math.log(across / down))

    fitting = [made for made in node.shapes if made.width <= width + _SAME and made.height <= height + _SAME]
    return min(fitting, key=unevenness)


def _row(node: Node, curves: Sequence[Curve], bounds: tuple[int, int], height: float) -> list[Shape]:
    """The narrowest shapes of the children of a row that is so high."""
    taken = []
    for place in range(*bounds):
        index = place_for_height(curves[place], height)
        shapes = node.children[place].shapes
        taken.append(shapes[-1 - index].turned() if node.turned else shapes[index])
    return taken


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
    own: list[tuple[Node, int, tuple[float, float, float, float]]] = []
    for child, place in zip(node.children, places, strict=True):
        if child.children and child.framed:
            room = place[2] - 2 * child.style.padding + _SAME
            lines = min(sum(1 for wide in child.name_widths if wide > room) + 1, len(child.name_widths))
            if most.setdefault(place[1], lines) != lines:
                unequal.add(place[1])
                most[place[1]] = max(most[place[1]], lines)
            own.append((child, lines, place))
    for child, lines, (_, top, width, height) in own:
        below = (most[top] - lines) * child.style.type.leading
        if top in unequal and below and _fitting(child, width, height).height + below > height:
            unequal.discard(top)
    return {top: most[top] for top in unequal}
