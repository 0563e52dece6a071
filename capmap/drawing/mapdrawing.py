"""The marks of a map: cards, names, the lens's colours, chips and alias arrows, from a Layout and a Heat."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from capmap.drawing import chips as chipping
from capmap.drawing.besides import marks_besides
from capmap.drawing.chips import LinkCounts
from capmap.drawing.marks import Line, Mark, Rect, Region, Text
from capmap.drawing.theme import Theme, edge_of, ink_on
from capmap.layout import fonts
from capmap.layout.boxes import Box, Layout
from capmap.layout.style import STYLE, BoxStyle, scaled
from capmap.lens.lens import Heat
from capmap.model.map import Map

Clip = tuple[float, float, float, float]
"""x, y, width and height in points of the layout."""

CAP_HEIGHT = 0.714
"""Height of a capital letter in Noto Sans, in parts of the type size."""

_DASH = (3.0, 2.4)
_CORNER = ((0.0, 1.0), (0.293, 0.293), (1.0, 0.0))
"""Points of a round corner from one side to the other, in parts of the radius from the corner. More would look no
rounder at the size of a box and take longer to paint.
"""


def map_marks(
    layout: Layout,
    current: Map,
    heat: Heat,
    theme: Theme,
    *,
    clip: Clip | None = None,
    min_size: float = 0.0,
    text_min: float = 0.0,
    chips: bool | Mapping[str, LinkCounts] = True,
    names: Mapping[str, str] | None = None,
) -> Iterator[Mark]:
    """The marks of the boxes of a layout, in points of the layout, in reading order.

    Branches outside ``clip`` and boxes whose shorter side is below ``min_size`` points are left out with all inside
    them, type smaller than ``text_min`` points too. ``chips`` may be counts kept from ``chips.link_counts``; True
    counts them anew. ``names`` replaces names by capability id, for a map in another language.
    """
    counts = chipping.link_counts(layout.index, current) if chips is True else chips or {}
    names = names or {}
    scale = layout.text_scale
    styles = scaled(scale)
    left, top, width, height = clip or (0.0, 0.0, layout.width, layout.height)
    right, bottom = left + width, top + height
    stack = [(box, box.x, box.y) for box in reversed(layout.boxes)]
    while stack:
        box, x, y = stack.pop()
        if x >= right or y >= bottom or x + box.width <= left or y + box.height <= top:
            continue
        if box.width < min_size or box.height < min_size:
            continue
        capability = current.shown(current.capability(box.id))
        yield Region(x, y, box.width, box.height, box.id, names.get(capability.id, capability.name), box.level)
        style = styles[box.role]
        # Edges follow the type: both keep their weight on a map of many boxes, which is seen from afar.
        if box.role == "leaf":
            fill, shape = _leaf(box, x, y, heat, theme)
            yield from shape
            ink = ink_on(fill)
        elif box.role == "area":
            fill, ink = theme.area_fill, theme.area_ink
            yield Rect(x, y, box.width, box.height, fill, theme.area_edge, 1.0 * scale, style.radius, box.id)
        else:
            fill, ink = theme.container_fill(box.level), theme.container_ink
            yield Rect(x, y, box.width, box.height, fill, theme.container_edge, 0.75 * scale, style.radius, box.id)
        if style.type.size >= text_min:
            yield from name_marks(box, x, y, ink, style)
        count = counts.get(box.id) if chipping.SIZE * scale >= text_min else None
        told = box.hidden if chipping.SIZE * scale >= text_min else 0
        if box.role == "leaf" and style.type.size >= text_min:
            yield from marks_besides(box, x, y, (fill, ink), heat, theme)
        yield from marks_beside_name(box, x, y, (fill, ink), count, told, capability.id != box.id, theme, scale)
        stack.extend((child, x + child.x, y + child.y) for child in reversed(box.children))


def marks_beside_name(
    box: Box,
    x: float,
    y: float,
    colours: tuple[str, str],
    count: LinkCounts | None,
    hidden: int,
    alias: bool,
    theme: Theme,
    scale: float,
) -> Iterator[Mark]:
    """What stands on a box besides its name: its chips, how many boxes are ``hidden`` in it, an arrow on an ``alias``.

    ``x`` and ``y`` are its upper left corner, ``colours`` its fill and its ink, ``scale`` that of the text.
    """
    (fill, ink), style = colours, scaled(scale)[box.role]
    if count is not None:
        yield from chipping.chip_marks(box, x, y, fill, count, theme, style, scale)
    signs: list[Mark] = []
    if hidden:
        signs += _hidden(box, x, y, ink, style, scale)
    if alias:
        signs += _alias_arrow(box, x, y, ink, scale)
    yield from _mirrored(signs, 2 * x + box.width) if signs and chipping.is_read_from_the_right(box) else signs


def first_baseline(style: BoxStyle) -> float:
    """From the upper edge of a box to the baseline of its name, in points.

    A little less than half of the leading's spare room goes above the capitals: few letters of a name are as tall, so
    that it looks in the middle of a low box.
    """
    capitals = CAP_HEIGHT * style.type.size
    return style.padding + capitals + (style.type.leading - capitals) * 0.4


def name_marks(box: Box, x: float, y: float, ink: str, style: BoxStyle) -> Iterator[Text]:
    """The lines of a box's name; ``x`` and ``y`` are its upper left corner."""
    baseline = y + first_baseline(style)
    type_ = style.type
    if chipping.is_read_from_the_right(box):
        right = x + box.width - style.padding
        for line in box.lines:
            yield Text(right, baseline, line, type_.weight, type_.size, ink, "end", box.id, rtl=True)
            baseline += type_.leading
        return
    for line in box.lines:
        yield Text(x + style.padding, baseline, line, type_.weight, type_.size, ink, "start", box.id)
        baseline += type_.leading


def _leaf(box: Box, x: float, y: float, heat: Heat, theme: Theme) -> tuple[str, list[Mark]]:
    """The fill of a leaf, and its shape: solid in its step's colour, dashed where nobody has assessed it."""
    radius = STYLE["leaf"].radius
    step = heat.steps.get(box.id)
    if step is None and heat.lens.steps:
        fill = theme.unknown_fill
        return fill, unknown_shape(x, y, box.width, box.height, radius, theme, box.id)
    fill = theme.plain_fill(box.level) if step is None else heat.lens.steps[step].fill
    edge = edge_of(fill, theme.container_fills[0])
    return fill, [Rect(x, y, box.width, box.height, fill, edge, 0.75, radius, box.id)]


def unknown_shape(
    x: float, y: float, width: float, height: float, radius: float, theme: Theme, key: str = ""
) -> list[Mark]:
    """A box that nobody has assessed: empty, with a dashed edge."""
    half = 0.4
    outline = _outline(x + half, y + half, width - 2 * half, height - 2 * half, radius - half)
    return [
        Rect(x, y, width, height, theme.unknown_fill, radius=radius, key=key),
        Line(outline, theme.unknown_edge, 2 * half, _DASH),
    ]


def _outline(x: float, y: float, width: float, height: float, radius: float) -> tuple[tuple[float, float], ...]:
    """A closed line round a rectangle with rounded corners."""
    points: list[tuple[float, float]] = []
    for across, down, turned in ((0, 0, False), (1, 0, True), (1, 1, False), (0, 1, True)):
        corner_x, corner_y = x + width * across, y + height * down
        sign_x, sign_y = radius * (1 - 2 * across), radius * (1 - 2 * down)
        for along, aside in reversed(_CORNER) if turned else _CORNER:
            points.append((corner_x + sign_x * along, corner_y + sign_y * aside))
    points.append(points[0])
    return tuple(points)


def _hidden(box: Box, x: float, y: float, ink: str, style: BoxStyle, scale: float) -> Iterator[Text]:
    """How many boxes the depth hides, small in the lower left corner, or behind the name where that is in the way."""
    size, text = chipping.SIZE * scale, f"+{box.hidden:,}"
    left, baseline = x + STYLE[box.role].padding, y + box.height - 5 * scale
    last = y + first_baseline(style) + (len(box.lines) - 1) * style.type.leading
    if box.lines and baseline - CAP_HEIGHT * size < last + 0.25 * style.type.size:
        type_ = style.type
        left, baseline = x + style.padding + fonts.width(box.lines[-1], type_.weight, type_.size) + 0.4 * size, last
        if left + fonts.width(text, "semibold", size) > x + box.width - 2:
            return
    yield Text(left, baseline, text, "semibold", size, ink, "start", box.id)


def _alias_arrow(box: Box, x: float, y: float, ink: str, scale: float) -> Iterator[Line]:
    """An arrow to the upper right in the lower left corner: this box shows a capability that lives elsewhere."""
    size = 5 * scale
    left, foot = x + STYLE[box.role].padding, y + box.height - 3.5 * scale
    tip = (left + size, foot - size)
    yield Line(((left, foot), tip), ink, 1.1 * scale)
    yield Line(((left + size * 0.35, foot - size), tip, (left + size, foot - size * 0.35)), ink, 1.1 * scale)


def _mirrored(marks: Iterable[Mark], sum_of_sides: float) -> Iterator[Mark]:
    """Lines and texts turned from left to right, about the middle between two sides."""
    for mark in marks:
        if isinstance(mark, Line):
            yield dataclasses.replace(mark, points=tuple((sum_of_sides - x, y) for x, y in mark.points))
        elif isinstance(mark, Text):
            yield dataclasses.replace(mark, x=sum_of_sides - mark.x, anchor="end")


def placed(marks: Iterable[Mark], scale: float, x: float, y: float) -> Iterator[Mark]:
    """The marks enlarged ``scale`` times and moved so that their origin stands at ``x``, ``y``."""
    for mark in marks:
        if isinstance(mark, Text):
            yield dataclasses.replace(
                mark, x=x + mark.x * scale, baseline=y + mark.baseline * scale, size=mark.size * scale
            )
        elif isinstance(mark, Line):
            yield Line(
                tuple((x + across * scale, y + down * scale) for across, down in mark.points),
                mark.colour,
                mark.width * scale,
                tuple(part * scale for part in mark.dash),
            )
        else:
            moved = dataclasses.replace(
                mark,
                x=x + mark.x * scale,
                y=y + mark.y * scale,
                width=mark.width * scale,
                height=mark.height * scale,
            )
            if isinstance(moved, Rect):
                moved = dataclasses.replace(moved, stroke_width=moved.stroke_width * scale, radius=moved.radius * scale)
            yield moved
