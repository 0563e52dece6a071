"""Looks: the few ways in which a box can look under one theme and one lens, by number, so that they fit in columns."""

from __future__ import annotations

import dataclasses

from capmap.drawing.theme import Theme, edge_of, ink_on, mixed
from capmap.layout.boxes import Role
from capmap.lens.lens import Lens
from capmap.ui.canvas.overlay import accents_of
from capmap.ui.canvas.snapping import whole

_AREA = 1
_CONTAINERS = 2
DIM = 0.72
"""How much of the page lies over what is not lit."""

_EDGES: dict[Role, float] = {"area": 1.0, "container": 0.75, "leaf": 0.75}
"""Widths of edges in points; those of boxes with boxes inside follow the type, so that they keep their weight on a map
of many boxes.
"""
_DASHED_EDGE = 0.8
"""Points; the edge of a box that nobody has assessed."""

DASH, GAP = 3.0, 2.4
"""Points; the parts of such an edge."""

_LEAST_PERIOD = 3.5
"""Device pixels; finer dashes are an even tone."""

_FAINT = 0.12
"""Edges of boxes with boxes inside that are thinner than this part of a device pixel are left out."""

LEAST_INSIDE = 3
"""Device pixels; a box with less inside its edge has none."""

_LEAST_LEAF = 0.3
"""The least strength of the edge of a leaf, which has one because nothing else tells it from its ground."""

_SHADES = 32


def dashes_are_seen(scale: float) -> bool:
    """Whether dashes can be told from a tone at so many device pixels a point."""
    return (DASH + GAP) * scale >= _LEAST_PERIOD


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Look:
    """The colours of a box ("#rrggbb"; no edge: ""); ``dashed`` if its edge is, ``dim`` if others are lit."""

    role: Role
    fill: str
    ink: str
    edge: str = ""
    dashed: bool = False
    dim: bool = False

    def stroke(self, text_scale: float, scale: float) -> tuple[int, str]:
        """How many whole device pixels wide the edge is at so many of them a point (0: none), and in which colour:
        thinner edges fade.
        """
        points = _DASHED_EDGE if self.dashed else _EDGES[self.role] * (1.0 if self.role == "leaf" else text_scale)
        width = points * scale
        if not self.edge or (self.role != "leaf" and width < _FAINT):
            return 0, self.fill
        strength = min(1.0, width)
        if self.dashed and not dashes_are_seen(scale):
            strength *= DASH / (DASH + GAP)
        if self.role == "leaf":
            strength = max(strength, _LEAST_LEAF)
        return max(1, whole(width)), mixed(self.fill, self.edge, round(strength * _SHADES) / _SHADES)


class Looks:
    """The looks in order: the page, an area, containers by level, leaves by level, a leaf that nobody has assessed,
    leaves by the step of the lens.
    """

    def __init__(self, theme: Theme, lens: Lens) -> None:
        self.theme, self.lens = theme, lens
        ground = theme.container_fills[0]
        self.plain = _CONTAINERS + len(theme.container_fills)
        self.unknown = self.plain + len(theme.plain_fills)
        self.steps = self.unknown + 1
        leaves = [*theme.plain_fills, theme.unknown_fill, *(step.fill for step in lens.steps)]
        self.all = [
            Look("area", theme.page, theme.ink),
            Look("area", theme.area_fill, theme.area_ink, theme.area_edge),
            *(Look("container", fill, theme.container_ink, theme.container_edge) for fill in theme.container_fills),
            *(Look("leaf", fill, ink_on(fill), edge_of(fill, ground)) for fill in leaves),
        ]
        unknown = theme.unknown_fill
        self.all[self.unknown] = Look("leaf", unknown, ink_on(unknown), theme.unknown_edge, dashed=True)
        self.dimmed = [
            dataclasses.replace(
                look,
                dim=True,
                fill=mixed(look.fill, theme.page, DIM),
                ink=mixed(look.ink, theme.page, DIM),
                edge=look.edge and mixed(look.edge, theme.page, DIM),
            )
            for look in self.all
        ]
        self.found = accents_of(theme).found
        """The colour of the outline around what was found."""

    def of_container(self, role: Role, level: int) -> int:
        """The look of a box with boxes inside."""
        return _AREA if role == "area" else _CONTAINERS + level % len(self.theme.container_fills)

    def of_leaf(self, level: int, step: int | None) -> int:
        """The look of a box without, on a step of the lens."""
        if step is not None:
            return self.steps + step
        return self.unknown if self.lens.steps else self.plain + min(level, len(self.theme.plain_fills)) - 1
