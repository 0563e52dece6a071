"""Kept: a layout of a whole map as bytes and back, so that a map is seen again as it was seen last."""

from __future__ import annotations

import array
import hashlib
import math
import struct
import sys
import zlib
from collections.abc import Iterable, Sequence
from operator import attrgetter

from capmap.layout.boxes import Box, Layout
from capmap.layout.style import STYLE
from capmap.model.garbage import no_collection
from capmap.model.map import Map
from capmap.model.ordering import ordered
from capmap.model.records import Capability

_FORM = 1
"""To be raised when the fonts, or what a layout consists of, change: what was kept before is then worth nothing."""

_HEAD = struct.Struct("<IIIIddd")
_SIDES = ("x", "y", "width", "height", "least_width", "least_height")
_FARTHEST = 1e7
"""Points; no map is so large."""

_LOOSE = 0.01
"""Points by which a box may stick out of the one around it after many edits."""

_MOST_LINES = 255
_BYTES_PER_BOX = 400
_STEERING = attrgetter("alias_of", "columns", "direction", "area", "equal", "order_by")
_UNSTEERED = (None, None, None, None, None, "")


class _Odd(Exception):
    """What was kept is not a layout of this map."""


def made_for(current: Map) -> str:
    """A digest of all that the layout of the whole map depends on, the same in every process."""
    boxes = list(current.walk())
    parts = [repr((_FORM, STYLE))]
    # Reading order with each one's parent says how all of them stand in one another. No text of a map holds these
    # separators.
    parts += ["\x1e".join([box.id for box in boxes]), "\x1e".join([box.parent or "" for box in boxes])]
    parts.append("\x1e".join([box.name for box in boxes]))
    for box in boxes:
        if (steering := _STEERING(box)) != _UNSTEERED:
            parts.append(f"{box.id} {steering!r}")
        if box.order_by:
            children = ordered(current, box, current.children(box.id))
            parts.append(" ".join([child.id for child in children]))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


def is_whole(layout: Layout, current: Map) -> bool:
    """Whether a layout shows every box of the map, which is when it can be kept."""
    return bool(layout.boxes) and len(layout.index) == current.count(Capability)


def packed(layout: Layout, current: Map) -> bytes | None:
    """A layout of the whole map as bytes; None where it has a form that cannot be kept."""
    boxes = list(layout.walk())
    places = {capability.id: place for place, capability in enumerate(current.walk())}
    try:
        # A box is told by how far it stands from where reading order would have it: 0 for nearly all.
        steps = [places[box.id] - place for place, box in enumerate(boxes)]
        lengths: list[int] = []
        for box in boxes:
            name = current.shown(current.capability(box.id)).name
            if box.lines != (name,) and box.lines != _lines(name, [len(line) for line in box.lines]):
                return None
            lengths.extend(map(len, box.lines))
        columns = [
            array.array("i", steps),
            *(array.array("d", map(attrgetter(side), boxes)) for side in _SIDES),
            array.array("B", [len(box.lines) for box in boxes]),
            array.array("H", lengths),
            array.array("I", [len(layout.rows), *(len(box.rows) for box in boxes)]),
            array.array("I", [*layout.rows, *(count for box in boxes for count in box.rows)]),
        ]
    except (KeyError, OverflowError, _Odd):
        return None
    sizes = (layout.width, layout.height, layout.text_scale)
    head = _HEAD.pack(_FORM, len(boxes), len(lengths), len(columns[-1]), *sizes)
    return zlib.compress(head + b"".join(map(_bytes, columns)), 1)


def unpacked(content: bytes, current: Map) -> Layout | None:
    """The layout of ``current`` that was packed; None for anything else, down to the last number."""
    try:
        with no_collection():
            return _read(content, current)
    except (_Odd, zlib.error, struct.error, IndexError, OverflowError):
        return None


def _read(content: bytes, current: Map) -> Layout:
    count = current.count(Capability)
    unpacker = zlib.decompressobj()
    data = unpacker.decompress(content, _HEAD.size + (count + 1) * _BYTES_PER_BOX)
    _require(unpacker.eof and not unpacker.unused_data)
    form, boxes, line_count, row_count, width, height, text_scale = _HEAD.unpack_from(data)
    _require(form == _FORM and boxes == count)
    _require(all(0.0 < number < _FARTHEST for number in (width, height, text_scale)))
    source = _Source(data)
    steps = source.column("i", count)
    sides = [source.column("d", count) for _ in _SIDES]
    line_counts, lengths = source.column("B", count), source.column("H", line_count)
    row_counts, rows = source.column("I", count + 1), source.column("I", row_count)
    _require(source.is_read and sum(line_counts) == line_count and sum(row_counts) == row_count)
    for side in sides:
        _require(not count or (math.isfinite(sum(side)) and min(side) >= 0.0 and max(side) < _FARTHEST))
    layout = Layout(width, height, [], {}, text_scale, tuple(rows[: row_counts[0]]))
    capabilities = list(current.walk())
    index, line, row = layout.index, 0, row_counts[0]
    holders: list[Box] = []
    for place, (step, x, y, wide, high, least_wide, least_high, line_count, row_count) in enumerate(
        zip(steps, *sides, line_counts, row_counts[1:], strict=True)
    ):
        if not 0 <= place + step < count:
            raise _Odd
        capability = capabilities[place + step]
        key, name = capability.id, capability.name
        if capability.alias_of is not None:
            name = current.shown(capability).name
        parent = index.get(capability.parent) if capability.parent is not None else None
        around = parent or layout
        if key in index or x + wide > around.width + _LOOSE or y + high > around.height + _LOOSE:
            raise _Odd
        if line_count == 1:
            lines: tuple[str, ...] = (name,)
        else:
            lines = _lines(name, lengths[line : line + line_count])
        line += line_count
        if parent is not None:
            index[key] = box = Box(key, "leaf", parent.level + 1, lines, x, y, wide, high, 0, parent)
            parent.role = "container" if parent.level > 1 else "area"
            parent.children.append(box)
        elif capability.parent is None:
            index[key] = box = Box(key, "leaf", 1, lines, x, y, wide, high)
            layout.boxes.append(box)
        else:
            raise _Odd
        box.least_width, box.least_height = least_wide, least_high
        if row_count:
            box.rows = tuple(rows[row : row + row_count])
            row += row_count
            holders.append(box)
    _require(_fits(layout.rows, layout.boxes) and all(_fits(box.rows, box.children) for box in holders))
    return layout


def _fits(rows: Sequence[int], boxes: Sequence[Box]) -> bool:
    """Whether these are rows of so many boxes."""
    return not rows or (min(rows) > 0 and sum(rows) == len(boxes))


class _Source:
    """Columns one after another."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._place = _HEAD.size

    def column(self, kind: str, count: int) -> array.array:  # type: ignore[type-arg]
        """The next so many numbers. Raises _Odd where there are fewer."""
        column = array.array(kind)
        end = self._place + count * column.itemsize
        _require(end <= len(self._data))
        column.frombytes(self._data[self._place : end])
        self._place = end
        if sys.byteorder == "big":
            column.byteswap()
        return column

    @property
    def is_read(self) -> bool:
        """Whether nothing is left."""
        return self._place == len(self._data)


def _bytes(column: array.array) -> bytes:  # type: ignore[type-arg]
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def _lines(name: str, lengths: Iterable[int]) -> tuple[str, ...]:
    """A name in lines of these lengths, without the blanks at which it was broken. Raises _Odd if they do not fit."""
    lines, place = [], 0
    for length in lengths:
        if not length:
            raise _Odd
        while name[place : place + 1] == " ":
            place += 1
        lines.append(name[place : place + length])
        place += length
    if place != len(name):
        raise _Odd
    return tuple(lines)


def _require(sound: bool) -> None:
    if not sound:
        raise _Odd
