"""Arrangement: the layout and heat of what a workspace shows, with the box that is being named and not yet kept."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator

from capmap.drawing.chips import LinkCounts, link_counts
from capmap.drawing.mapdrawing import map_marks
from capmap.drawing.marks import Mark
from capmap.drawing.theme import Theme
from capmap.layout.boxes import Box, Layout
from capmap.layout.nested import arrange
from capmap.lens.lens import Heat, apply
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.ui.workspace import CHIPS, Workspace

Rectangle = tuple[float, float, float, float]

_UNSHAPING = (
    "description",
    "owner",
    "tags",
    "category",
    "importance",
    "maturity",
    "target",
    "expectation",
    "confidence",
    "assessed_on",
    "reason",
    "external",
)
"""Fields of a capability that never move a box, as long as no container is ordered by one."""

_GLIDING_BOXES = 1500
"""Larger maps jump: to move all their boxes in every frame would stutter."""


class Arrangement:
    """Where everything stands on the canvas now. ``aspect`` is the wanted width to height."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.aspect = 1.6
        self.pending: Change | None = None
        self.layout = Layout(1.0, 1.0, [], {})
        self.heat: Heat = apply(workspace.lens, workspace.map, [])
        self.chips: dict[str, LinkCounts] = {}

    @property
    def map(self) -> Map:
        """The map that is shown."""
        return self._workspace.map

    def rearrange(self) -> None:
        """Lay the map out anew, the pending box included."""
        shown = self._workspace
        with self.previewed() as current:
            self.layout = arrange(
                current, root=shown.root, depth=shown.depth, collapsed=shown.collapsed, aspect=self.aspect
            )
        self.recolour()

    def recolour(self) -> None:
        """Apply the lens anew."""
        with self.previewed() as current:
            unnamed = self.pending.before if self.pending is not None else {}
            leaves = (box.id for box in self.layout.walk() if not box.children and unnamed.get(box.id, box) is not None)
            self.heat = apply(self._workspace.lens, current, leaves)
            self.chips = self._wanted_chips(link_counts(self.layout.index, current))

    def _wanted_chips(self, counts: dict[str, LinkCounts]) -> dict[str, LinkCounts]:
        wanted = self._workspace.chips
        if wanted >= set(CHIPS):
            return counts
        services, projects = ("services" in wanted), ("projects" in wanted)
        return {key: LinkCounts(count.services * services, count.projects * projects) for key, count in counts.items()}

    @contextlib.contextmanager
    def previewed(self) -> Iterator[Map]:
        """The map as it would be with the pending box, for as long as the block lasts.

        To copy a map of 100,000 boxes for one that is being typed would take longer than the typing.
        """
        current, pending = self.map, self.pending
        if pending is None:
            yield current
            return
        current.apply(pending)
        try:
            yield current
        finally:
            current.apply(pending.inverse())

    def marks(self, theme: Theme, part: Rectangle, least_box: float, least_text: float, layout: Layout) -> list[Mark]:
        """The marks of a part of the map, without boxes and type smaller than so many points."""
        with self.previewed() as current:
            return list(
                map_marks(
                    layout,
                    current,
                    self.heat,
                    theme,
                    clip=part,
                    min_size=least_box,
                    text_min=least_text,
                    chips=self.chips,
                )
            )

    def shapes(self, change: Change) -> bool:
        """Whether a change can move boxes, so that the map must be laid out anew."""
        ordered = any(capability.order_by for capability in self.map.capabilities)
        for key, after in change.after.items():
            before = change.before[key]
            if isinstance(before, Capability) and isinstance(after, Capability) and not ordered:
                same = {name: getattr(after, name) for name in _UNSHAPING}
                if dataclasses.replace(before, **same) == after:
                    continue
            if isinstance(before, Capability) or isinstance(after, Capability):
                return True
        return False

    def rectangles(self) -> dict[str, Rectangle]:
        """Where every box stands now, for a movement from here; empty where the map is too large to move."""
        if len(self.layout.index) > _GLIDING_BOXES:
            return {}
        return {box.id: self.layout.rectangle(box) for box in self.layout.walk()}


class Passage:
    """A layout on the way from old places to new ones."""

    def __init__(self, old: dict[str, Rectangle], new: Layout) -> None:
        self.layout = Layout(new.width, new.height, [], {}, new.text_scale)
        self._steps: list[tuple[Box, Rectangle, Rectangle]] = []
        self._places: dict[str, Rectangle] = {}
        for box in new.walk():
            parent = self.layout.index.get(box.parent.id) if box.parent else None
            copy = dataclasses.replace(box, parent=parent, children=[])
            (parent.children if parent else self.layout.boxes).append(copy)
            self.layout.index[copy.id] = copy
            goal = new.rectangle(box)
            self._steps.append((copy, old.get(copy.id, goal), goal))

    @property
    def moves(self) -> bool:
        """Whether anything moves at all."""
        return any(abs(here - there) > 0.5 for _, old, new in self._steps for here, there in zip(old, new, strict=True))

    def go(self, share: float) -> None:
        """Put every box at this share (0 to 1) of its way."""
        self._places.clear()
        for box, old, new in self._steps:
            x, y, box.width, box.height = (here + (there - here) * share for here, there in zip(old, new, strict=True))
            self._places[box.id] = (x, y, box.width, box.height)
            above = self._places[box.parent.id] if box.parent else (0.0, 0.0)
            box.x, box.y = x - above[0], y - above[1]
