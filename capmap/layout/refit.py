"""Refit: boxes that stand already make room for an edit, with their rows as they are, and as little else as can be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise

from capmap.layout.alteration import Alteration
from capmap.layout.boxes import Box, Layout
from capmap.layout.curves import place_for_height, place_for_width
from capmap.layout.fonts import wrap
from capmap.layout.justify import Justifying, least_of_name, least_of_rows, lines_in, usual_leaf
from capmap.layout.nodes import Node, Scene, name_widths
from capmap.layout.shaping import Shaping
from capmap.layout.style import AREA_GAP

_COMFORTS = (1.0, 0.7, 0.0)
"""What leaves give up when a container is packed anew in the room that it has."""

_SAME = 1e-6


class NoRoom(Exception):
    """The map must be arranged anew: its top is not in rows that could be kept."""


class Refit:
    """Changes one layout in place. ``touched`` collects the ids of boxes whose place or size changed, ``alteration``
    what all boxes were before.

    A holder is a box with the boxes inside it, or None for the layout with those at its top.
    """

    def __init__(self, layout: Layout, scene: Scene) -> None:
        self.layout = layout
        self.alteration = Alteration(layout)
        self.touched: set[str] = set()
        self.scene = scene
        self._tops: dict[str, float] = {}

    # -- what a holder is ---------------------------------------------------------------------------

    def children(self, holder: Box | None) -> list[Box]:
        """The boxes directly inside."""
        return self.layout.boxes if holder is None else holder.children

    def rows(self, holder: Box | None) -> list[list[Box]]:
        """The boxes directly inside, row by row; none where they are not in rows to be kept."""
        counts = self.layout.rows if holder is None else holder.rows
        children = self.children(holder)
        return [children[start:end] for start, end in pairwise(accumulate(counts, initial=0))]

    def gap(self, holder: Box | None) -> float:
        """Between the boxes directly inside."""
        return AREA_GAP if holder is None else self.scene.styles[holder.role].gap

    def content(self, holder: Box | None) -> tuple[float, float, float, float]:
        """Left, top, width and height of the room for the boxes inside."""
        if holder is None:
            return 0.0, 0.0, self.layout.width, self.layout.height
        padding = self.scene.styles[holder.role].padding
        header = self._header(holder)
        least = holder.least_height - header - padding
        top = self.look_at(holder)
        if top < header or holder.height - top - padding < least - _SAME:
            top = header
        return padding, top, holder.width - 2 * padding, holder.height - top - padding

    def look_at(self, holder: Box | None) -> float:
        """Where the boxes inside begin, in points from the top: below the names of neighbours that take more lines.

        The first look counts, so it must be taken before the boxes of the first row may be gone.
        """
        if holder is None:
            return 0.0
        return self._tops.setdefault(
            holder.id, min((child.y for child in holder.children), default=self._header(holder))
        )

    def _header(self, holder: Box) -> float:
        style = self.scene.styles[holder.role]
        return style.padding + len(holder.lines) * style.type.leading + style.header_gap

    # -- new sizes ----------------------------------------------------------------------------------

    def settle(self, holder: Box | None) -> None:
        """Give the boxes inside their places after something about them has changed; the holder grows if it must."""
        self._sum(holder)
        if holder is None:
            width, height = least_of_rows(self.layout.rows, _leasts(self.layout.boxes), AREA_GAP)
            self.layout.width = max(self.layout.width, width)
            self.layout.height = max(self.layout.height, height)
        else:
            width, height = max(holder.width, holder.least_width), max(holder.height, holder.least_height)
            if width > holder.width + _SAME or height > holder.height + _SAME:
                self.alteration.note(holder)
                holder.width, holder.height = width, height
                self.touched.add(holder.id)
                if not self.make_room(holder):
                    return
        self._refill(holder)
        if holder is not None:
            self.sum_above(holder)

    def sum_above(self, box: Box) -> None:
        """Sum up the least sizes of all that holds a box."""
        above = box.parent
        while above is not None:
            self._sum(above)
            above = above.parent

    def _refill(self, holder: Box | None) -> None:
        """Share the room of a holder among its boxes, each growing or shrinking in proportion."""
        left, top, width, height = self.content(holder)
        gap, rows = self.gap(holder), self.rows(holder)
        heights = _shared(
            [max(box.height for box in row) for row in rows],
            [max(box.least_height for box in row) for row in rows],
            height - gap * (len(rows) - 1),
        )
        for row, high, widths in zip(rows, heights, _widths(rows, width, gap), strict=True):
            x = left
            for box, wide in zip(row, widths, strict=True):
                self.resize(box, x, top, wide, high)
                x += wide + gap
            top += high + gap
        self._sum(holder)

    def resize(self, box: Box, x: float, y: float, width: float, height: float) -> None:
        """A new place and size for a box, and for what is inside."""
        wider, higher = abs(box.width - width) > _SAME, abs(box.height - height) > _SAME
        self._move(box, x, y, width, height)
        if wider:
            self.break_name(box)
        if (wider or higher) and box.rows:
            self._refill(box)

    def _move(self, box: Box, x: float, y: float, width: float, height: float) -> None:
        """A new place and size for a box, what is inside stays as it is."""
        old, new = (box.x, box.y, box.width, box.height), (x, y, width, height)
        if max(abs(before - after) for before, after in zip(old, new, strict=True)) > _SAME:
            self.alteration.note(box)
            box.x, box.y, box.width, box.height = new
            self.touched.add(box.id)

    def break_name(self, box: Box) -> None:
        """Break the name of a box for the width that it has now."""
        style = self.scene.styles[box.role]
        name = self.scene.name(self.scene.current.capability(box.id))
        lines = wrap(name, style.type.weight, style.type.size, box.width - 2 * style.padding)
        if lines != box.lines:
            self.alteration.note(box)
            box.lines = lines
            if not box.children:
                self.measure_name(box)

    def measure_name(self, box: Box, lines: int | None = None) -> None:
        """Find the least size of a leaf anew, with its name on so many lines (None: as many as its height has room
        for).
        """
        style = self.scene.styles[box.role]
        widths = name_widths(self.scene.name(self.scene.current.capability(box.id)), style)
        if lines is None:
            lines = lines_in(style, box.height)
        self.alteration.note(box)
        box.least_width, box.least_height = least_of_name(widths, style, lines)

    def _sum(self, holder: Box | None) -> None:
        """The least size of a holder from those of the boxes inside."""
        if holder is None or not holder.rows:
            return
        style = self.scene.styles[holder.role]
        widths = name_widths(self.scene.name(self.scene.current.capability(holder.id)), style)
        width, height = least_of_rows(holder.rows, _leasts(holder.children), style.gap)
        name_width = widths[min(len(holder.lines), len(widths)) - 1]
        self.alteration.note(holder)
        holder.least_width = max(width, name_width) + 2 * style.padding
        holder.least_height = height + self._header(holder) + style.padding

    def make_room(self, box: Box) -> bool:
        """Let everything round a box that has grown make room: its neighbours shrink where they can, rows below move
        down, what holds it grows. False if a box round it had to be packed anew, and this one with it.
        """
        holder = box.parent
        rows = self.rows(holder)
        if not rows:
            self.pack(holder)
            return False
        left, top, width, height = self.content(holder)
        gap = self.gap(holder)
        row = next(row for row in rows if box in row)
        over = sum(mate.width for mate in row) + gap * (len(row) - 1) - width
        slack = sum(mate.width - mate.least_width for mate in row if mate is not box)
        if _SAME < over <= slack:
            for mate in row:
                if mate is not box:
                    part = (mate.width - mate.least_width) * (1 - over / slack)
                    self.resize(mate, mate.x, mate.y, mate.least_width + part, mate.height)
            over = 0.0
        heights = [max(mate.height for mate in row) for row in rows]
        below = sum(heights) + gap * (len(rows) - 1) - height
        if over > _SAME or below > _SAME:
            width, height = width + max(over, 0.0), height + max(below, 0.0)
            if not self.grow(holder, max(over, 0.0), max(below, 0.0)):
                return False
        for row, high in zip(rows, heights, strict=True):
            x = left
            for mate in row:
                wide = left + width - x if mate is row[-1] else mate.width
                self._move(mate, x, top, wide, high)
                x += wide + gap
            top += high + gap
        return True

    def grow(self, holder: Box | None, across: float, down: float) -> bool:
        """Enlarge a holder by so much, and make room for it round it, as far as ``make_room`` can."""
        if holder is None:
            self.layout.width += across
            self.layout.height += down
            return True
        self.alteration.note(holder)
        holder.width += across
        holder.height += down
        self.touched.add(holder.id)
        return self.make_room(holder)

    # -- new boxes ----------------------------------------------------------------------------------

    def pack(self, box: Box | None) -> None:
        """Arrange the inside of a box anew in the room that it has; it grows only if there is no way to fit."""
        if box is None:
            raise NoRoom
        node = self.scene.branch(self.scene.current.capability(box.id), box.level)
        for comfort in _COMFORTS:
            Shaping(len(self.layout.index), comfort).shape(node)
            if any(made.width <= box.width + _SAME and made.height <= box.height + _SAME for made in node.shapes):
                width, height = box.width, box.height
                break
        else:
            narrow = [made for made in node.shapes if made.width <= box.width + _SAME]
            made = min(narrow, key=lambda made: made.height) if narrow else node.shapes[0]
            width, height = max(box.width, made.width), max(box.height, made.height)
        old = {inside.id: (inside.x, inside.y, inside.width, inside.height) for inside in box.walk()}
        self.forget(box)
        self._tops.clear()
        new = self._placed(node, box.parent, (box.x, box.y, width, height))
        for inside in new.walk():
            if old.get(inside.id) != (inside.x, inside.y, inside.width, inside.height):
                self.touched.add(inside.id)
        siblings = self.children(box.parent)
        self.alteration.note(box.parent)
        siblings[siblings.index(box)] = new
        if width > box.width + _SAME or height > box.height + _SAME:
            self.make_room(new)
        self.sum_above(new)

    def made(self, record_id: str, holder: Box | None, row: Sequence[Box]) -> Box:
        """A box that is not in the layout yet, sized to join a row, or to be a row of its own if that is empty."""
        level = 1 if holder is None else holder.level + 1
        height = max((mate.height for mate in row), default=math.inf)
        node = self.scene.branch(self.scene.current.capability(record_id), level)
        for comfort in (1.0, 0.0):
            Shaping(len(self.layout.index), comfort).shape(node)
            if node.curve.heights[-1] <= height + _SAME:
                break
        if not row:
            made = node.shapes[max(0, place_for_width(node.curve, self.content(holder)[2]))]
        elif node.curve.heights[-1] <= height + _SAME:
            made = node.shapes[place_for_height(node.curve, height)]
        else:
            made = node.shapes[-1]
        leaves = [mate.width for mate in row if not mate.children]
        alike = sum(leaves) / len(leaves) if leaves and not node.children else 0.0
        height = max(made.height, height) if row else made.height
        box = self._placed(node, holder, (0.0, 0.0, max(made.width, alike), height))
        self.touched.update(inside.id for inside in box.walk())
        return box

    def forget(self, box: Box) -> None:
        """Take a box and all inside out of the index."""
        for inside in box.walk():
            if self.layout.index.get(inside.id) is inside:
                self.alteration.note_id(inside.id)
                del self.layout.index[inside.id]

    def _placed(self, node: Node, parent: Box | None, place: tuple[float, float, float, float]) -> Box:
        justifying = Justifying(usual_leaf(place[2] * place[3], node.leaves()))
        made: list[Box] = []
        justifying.place(node, parent, made, place)
        for record_id in justifying.index:
            self.alteration.note_id(record_id)
        self.layout.index.update(justifying.index)
        return made[0]


def _leasts(boxes: Sequence[Box]) -> list[tuple[float, float]]:
    return [(box.least_width, box.least_height) for box in boxes]


def _widths(rows: Sequence[Sequence[Box]], width: float, gap: float) -> list[list[float]]:
    """The widths of the boxes of each row, which fill the width; columns that stand in line stay so if they can."""
    columns = list(zip(*rows, strict=False))
    if len(rows) > 1 and all(len(row) == len(columns) for row in rows):
        even = all(abs(box.width - column[0].width) <= _SAME for column in columns for box in column)
        least = [max(box.least_width for box in column) for column in columns]
        room = width - gap * (len(columns) - 1)
        if even and sum(least) <= room:
            return [_shared([column[0].width for column in columns], least, room)] * len(rows)
    return [
        _shared([box.width for box in row], [box.least_width for box in row], width - gap * (len(row) - 1))
        for row in rows
    ]


def _shared(sizes: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Sizes that fill the room: larger in proportion, or smaller by what each can spare."""
    sizes = [max(size, small) for size, small in zip(sizes, least, strict=True)]
    whole = sum(sizes)
    if whole <= room:
        return [size * room / whole for size in sizes]
    slack = whole - sum(least)
    part = (room - sum(least)) / slack if slack > _SAME else 0.0
    return [small + (size - small) * part for size, small in zip(sizes, least, strict=True)]
