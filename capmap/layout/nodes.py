"""Nodes: the boxes of a map as the layout computes with them, made from its capabilities."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from capmap.layout import rows
from capmap.layout.boxes import Role
from capmap.layout.curves import Curve, Shape, place_for_height, place_for_width
from capmap.layout.fonts import line_widths, wrap
from capmap.layout.style import AREA_GAP, STYLE, BoxStyle, Weight
from capmap.model.map import Map
from capmap.model.ordering import ordered
from capmap.model.records import AREAS, Capability, Record

_NO_AREAS = {None, "centre"}
_LINES = 4
_LONG_NAME = 100
_LONG_LINE = 25
"""Names longer than this, in characters, may take more lines, each at least so long."""


@dataclasses.dataclass(slots=True, eq=False)
class Node:
    """A box, or with ``framed`` false a group of boxes that has no frame and name of its own.

    ``name_widths`` are the narrowest widths for the name on 1, 2 ... lines, in points. ``counts`` gives the number of
    children in each row where it is not to be searched; with ``turned`` the children fill columns, not rows.
    ``boxes`` counts the boxes shown of the branch. ``others`` are names in other languages that must fit as well.
    """

    id: str = ""
    name: str = ""
    role: Role = "leaf"
    level: int = 0
    hidden: int = 0
    framed: bool = True
    style: BoxStyle = STYLE["leaf"]
    name_widths: tuple[float, ...] = ()
    children: Sequence[Node] = ()
    gap: float = 0.0
    counts: tuple[int, ...] = ()
    columns: int | None = None
    turned: bool = False
    equal: bool = False
    boxes: int = 1
    shapes: Sequence[Shape] = ()
    curve: Curve = Curve([], [])
    others: tuple[str, ...] = ()

    def lines(self, room: float) -> tuple[str, ...]:
        """The name in lines of so many points; in the language in which it takes most lines."""
        style = self.style.type
        if self.name_widths[0] <= room:
            return (self.name,)
        lines = wrap(self.name, style.weight, style.size, room)
        for other in self.others:
            lines = max(lines, wrap(other, style.weight, style.size, room), key=len)
        return lines

    def holds_leaves(self) -> bool:
        """Whether all boxes directly inside are leaves."""
        return not any(child.children for child in self.children)

    def row(self, start: int, end: int, height: float) -> list[Shape]:
        """The narrowest shapes of some children in a row that is so high; where the node is turned, all this is read
        with width and height exchanged.
        """
        children = self.children[start:end]
        if self.turned:
            return [child.shapes[place_for_width(child.curve, height)].turned() for child in children]
        return [
            child.shapes[0] if child.curve.heights[0] <= height else child.shapes[place_for_height(child.curve, height)]
            for child in children
        ]

    def leaves(self) -> int:
        """How many boxes of the branch have no boxes inside."""
        return sum(child.leaves() for child in self.children) if self.children else 1

    def in_areas(self) -> bool:
        """Whether the boxes inside stand in areas: above, left, in the middle, right and below."""
        return not all(child.framed for child in self.children)

    def is_steered(self) -> bool:
        """Whether columns, direction or equal sizes are wanted for the boxes directly inside, in areas or not."""
        own = self.turned or self.equal or self.columns is not None
        return own or any(child.is_steered() for child in self.children if not child.framed)

    def given_counts(self) -> tuple[int, ...]:
        """The number of children in each row (turned: column) where it is given; empty where it is free."""
        if self.counts or self.columns is None:
            return self.counts
        if self.turned:
            return rows.even_counts(len(self.children), min(self.columns, len(self.children)))
        return rows.counts_by_columns(len(self.children), self.columns)


@dataclasses.dataclass(frozen=True, slots=True)
class Scene:
    """What of a map is shown, and how: the branch below ``root`` (None: all), down to ``depth`` levels (None: all),
    without what is inside the boxes ``collapsed``, and with ``only`` no box that is not in it. ``others`` gives the
    names in other languages for which there must be room.
    """

    current: Map
    root: str | None
    depth: int | None
    collapsed: Collection[str]
    styles: Mapping[Role, BoxStyle]
    names: Callable[[Capability], str] | None = None
    only: Collection[str] | None = None
    others: Callable[[Capability], Sequence[str]] | None = None

    def name(self, capability: Capability) -> str:
        """The name to show; of an alias that of its target, unless ``names`` says another."""
        return self.names(capability) if self.names else self.current.shown(capability).name

    def tops(self) -> list[Capability]:
        """The boxes at the top in reading order: the children of the root, or the root itself where it has none."""
        tops = self._kept(self.current.children(self.root))
        if tops or self.root is None:
            return by_area(ordered(self.current, self.current.get(self.root), tops))
        return self._kept([self.current.capability(self.root)])

    def inside(self, capability: Capability, level: int) -> list[Capability]:
        """The boxes shown inside this one, which stands at this level of the picture, in reading order: area by area,
        within each in the order that the box wants.
        """
        if capability.id in self.collapsed or (self.depth is not None and level >= self.depth):
            return []
        children = self._kept(self.current.children(capability.id))
        if not children:
            return children
        return by_area(ordered(self.current, capability, children) if capability.order_by else children)

    def _kept(self, boxes: list[Capability]) -> list[Capability]:
        only = self.only
        return boxes if only is None else [box for box in boxes if box.id in only]

    def hidden(self, capability: Capability) -> int:
        """How many boxes there are below one in which none are shown."""
        return sum(1 for _ in self.current.walk(capability.id)) - 1

    def count(self) -> int:
        """How many boxes are shown."""
        if self.root is None and self.depth is None and self.only is None and not self.collapsed:
            return self.current.count(Capability)
        count = 0
        level = 1
        row = self.tops()
        while row:
            count += len(row)
            row = [child for capability in row for child in self.inside(capability, level)]
            level += 1
        return count

    def tree(self) -> Node:
        """The nodes of what is shown, below a frameless node for the whole."""
        top = Node(framed=False, gap=AREA_GAP)
        tops = self.tops()
        steering = self.current.get(self.root)
        _fill(top, [self.branch(capability, 1) for capability in tops], tops, steering)
        return top

    def branch(self, capability: Capability, level: int) -> Node:
        """The node of a capability that stands at this level of the picture, with all below it."""
        inside = self.inside(capability, level)
        role: Role = "leaf" if not inside else "area" if level == 1 else "container"
        style = self.styles[role]
        name = self.name(capability)
        node = Node(capability.id, name, role, level, 0, True, style, name_widths(name, style))
        if self.others is not None:
            node.others = tuple(self.others(capability))
            node.name_widths = widest([node.name_widths, *(name_widths(other, style) for other in node.others)])
        if inside:
            node.gap = style.gap
            _fill(node, [self.branch(child, level + 1) for child in inside], inside, capability)
        elif self.current.has_children(capability.id):
            node.hidden = self.hidden(capability)
        return node


def by_area(boxes: list[Capability]) -> list[Capability]:
    """These boxes area by area: above, left, middle, right, below; the order within an area is kept."""
    if not are_in_areas(boxes):
        return boxes
    return sorted(boxes, key=lambda box: AREAS.index(box.area or "centre"))


def are_in_areas(boxes: Iterable[Capability]) -> bool:
    """Whether these boxes, which stand in one box, stand in areas of it."""
    return not {box.area for box in boxes} <= _NO_AREAS


def name_widths(name: str, style: BoxStyle) -> tuple[float, ...]:
    """The narrowest widths for a name on 1, 2 ... lines, in points."""
    return _widths(name, style.type.weight, style.type.size)


def widest(names: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """The narrowest widths on 1, 2 ... lines that are enough for all of these names."""
    most = max(map(len, names))
    return tuple(max(widths[min(line, len(widths) - 1)] for widths in names) for line in range(most))


@lru_cache(maxsize=1 << 17)
def _widths(name: str, weight: Weight, size: float) -> tuple[float, ...]:
    lines = _LINES if len(name) <= _LONG_NAME else _LINES + len(name) // _LONG_LINE
    return tuple([width * size for width in line_widths(name, weight, lines)])


def _fill(node: Node, children: list[Node], capabilities: Sequence[Capability], steering: Record | None) -> None:
    """Put the nodes of these capabilities into a node as the capability that holds them wants it."""
    node.boxes += sum([child.boxes for child in children])
    if are_in_areas(capabilities):
        _fill_areas(node, children, capabilities, steering)
    else:
        node.children = children
        _steer(node, steering)


def _steer(node: Node, steering: Record | None) -> None:
    if isinstance(steering, Capability):
        node.columns = steering.columns
        node.turned = steering.direction == "columns"
        node.equal = bool(steering.equal)


def _fill_areas(node: Node, children: list[Node], capabilities: Sequence[Capability], steering: Record | None) -> None:
    """Groups above one another: top, then left, centre and right side by side, then bottom."""

    def group(inside: Iterable[Node], counts: tuple[int, ...] = ()) -> Node:
        made = Node(framed=False, gap=node.gap, children=list(inside), counts=counts)
        made.boxes = sum(child.boxes for child in made.children)
        return made

    wanted = [capability.area or "centre" for capability in capabilities]
    areas = {
        area: group(child for child, where in zip(children, wanted, strict=True) if where == area) for area in AREAS
    }
    _steer(areas["centre"], steering)
    middle = [areas[area] for area in ("left", "centre", "right") if areas[area].children]
    bands = [areas["top"], group(middle, (len(middle),)), areas["bottom"]]
    node.children = [band for band in bands if band.children]
    node.counts = (1,) * len(node.children)
