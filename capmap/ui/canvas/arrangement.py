"""Arrangement: the layout and heat of what a workspace shows, with the box that is being named and not yet kept.

The layout follows each edit: what the edit does not touch stays where it is. It is made anew only when it is opened or
looked at in another way, when that is asked for, and when edits have driven it too far from a good one.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Hashable, Iterator

from capmap.drawing.chips import LinkCounts, link_counts
from capmap.drawing.mapdrawing import map_marks
from capmap.drawing.marks import Mark
from capmap.drawing.theme import Theme
from capmap.layout import arrange, rearrange
from capmap.layout.boxes import Box, Layout
from capmap.layout.style import text_scale_for
from capmap.lens.lens import Heat, apply
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.ui.canvas.news import News
from capmap.ui.canvas.remembered import Remembered, copied, shape_of
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

_MOST_SLANT = 1.35
"""A layout whose proportion is further than this factor from the one wanted is made anew with the next edit."""

_LEAST_FILL = 0.30
_LEAST_OF_FILL = 0.8
"""The same for one whose leaves take less of its area than this, and less than this part of what they took at first:
a map of many levels never has more.
"""

_MOST_TEXT_SCALE = 1.35
"""The same for one whose type is larger or smaller by this factor than a map of so many boxes should have."""

_WHOLESALE = 50
"""An edit of more records than this and than half of the boxes leaves nothing to stay where it is."""


class Arrangement:
    """Where everything stands on the canvas now. ``aspect`` is the wanted width to height."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.aspect = 1.6
        self.pending: Change | None = None
        """The box that is being named: no part of the map yet."""
        self.layout = Layout(1.0, 1.0, [], {})
        self.heat: Heat = apply(workspace.lens, workspace.map, [])
        self.chips: dict[str, LinkCounts] = {}
        self._without: Layout | None = None
        """The layout as it was before the pending box came."""
        self._fill = 0.0
        self._key: Hashable | None = None
        self._remembered = Remembered()
        self._news = News()

    def take_news(self) -> News:
        """What is different since this was asked last."""
        news, self._news = self._news, News(everything=False, all_colours=False)
        return news

    @property
    def map(self) -> Map:
        """The map that is shown."""
        return self._workspace.map

    def arrange_anew(self) -> None:
        """Lay the map out anew, the pending box included."""
        self._remembered.clear()
        self._key = self._key_now()
        self._without = None
        self._news.everything = True
        self._lay_out(self.map)
        self._let_pending_in()
        self.recolour()

    def propose(self, pending: Change | None) -> None:
        """Let a box that is no part of the map yet stand in the layout; None takes it back, and every box is again
        where it was.
        """
        self._without_pending()
        self._news.everything = True
        self.pending = pending
        self._let_pending_in()
        self.recolour()

    def follow(self, change: Change) -> None:
        """Let the layout follow a change that the map has had. Of a state of the map that was here before (undo,
        redo) the layout comes back as it was.
        """
        self._without_pending()
        self._news.everything = True
        key = self._key_now()
        known = self._remembered.take(key)
        if known is not None:
            self._remembered.keep(self._key, self.layout)
            self.layout = known
        else:
            if self._key is not None:
                self._remembered.keep(self._key, copied(self.layout))
            if not self._followed(self.map, change) or self._has_drifted():
                self._lay_out(self.map)
        self._key = key
        self.recolour()

    def _key_now(self) -> Hashable | None:
        """What the layout depends on: the map and how it is looked at."""
        shown, shape = self._workspace, shape_of(self.map)
        return None if shape is None else (shape, shown.root, shown.depth, shown.collapsed)

    def _lay_out(self, current: Map) -> None:
        shown = self._workspace
        self.layout = arrange(
            current, root=shown.root, depth=shown.depth, collapsed=shown.collapsed, aspect=self.aspect
        )
        self._fill = _fill(self.layout)

    def _followed(self, current: Map, change: Change) -> bool:
        """Whether the layout could follow a change; if not it is of no use any more."""
        if len(change.after) > max(_WHOLESALE, len(self.layout.index) / 2):
            return False
        shown = self._workspace
        touched = rearrange(self.layout, current, change, root=shown.root, depth=shown.depth, collapsed=shown.collapsed)
        return touched is not None

    def _has_drifted(self) -> bool:
        """Whether edits have driven the layout so far from a good one that all boxes should move for once."""
        layout = self.layout
        return (
            _apart(layout.width / layout.height, self.aspect) > _MOST_SLANT
            or _apart(layout.text_scale, text_scale_for(len(layout.index))) > _MOST_TEXT_SCALE
            or _fill(layout) < min(_LEAST_FILL, self._fill * _LEAST_OF_FILL)
        )

    def _let_pending_in(self) -> None:
        pending = self.pending
        if pending is None:
            return
        self._without = copied(self.layout)
        with self.previewed() as current:
            if not self._followed(current, pending):
                fill = self._fill
                self._lay_out(current)
                self._fill = fill

    def _without_pending(self) -> None:
        if self._without is not None:
            self.layout, self._without = self._without, None

    def recolour(self) -> None:
        """Apply the lens anew."""
        self._news.all_colours = True
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
        """Whether a change can move boxes, or ends the naming of one, so that the layout must follow."""
        if self._without is not None:
            return True
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


def _fill(layout: Layout) -> float:
    """Which part of the area of a layout its leaves take."""
    return sum(box.width * box.height for box in layout.index.values() if not box.children) / (
        layout.width * layout.height
    )


def _apart(one: float, other: float) -> float:
    """By which factor two numbers differ."""
    return max(one / other, other / one)
