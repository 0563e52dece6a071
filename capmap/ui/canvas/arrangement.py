"""Arrangement: the layout and heat of what a workspace shows, with the box that is being named and not yet kept.

The layout follows each edit: what the edit does not touch stays where it is. It is made anew only when it is opened or
looked at in another way, when that is asked for, and when edits have driven it too far from a good one.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Hashable, Iterator, Mapping

from capmap.drawing.chips import LinkCounts
from capmap.drawing.mapdrawing import map_marks
from capmap.drawing.marks import Mark
from capmap.drawing.theme import Theme
from capmap.layout import arrange, follow, tidy
from capmap.layout.alteration import Alteration
from capmap.layout.boxes import Layout
from capmap.lens.lens import Heat
from capmap.model import garbage
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.ui.canvas.colouring import Colouring
from capmap.ui.canvas.drift import can_move_boxes, has_drifted
from capmap.ui.canvas.keeping import Known
from capmap.ui.canvas.news import News
from capmap.ui.canvas.passage import Rectangle
from capmap.ui.canvas.remembered import Remembered, Standing, Step, Whole, copied, mark_of
from capmap.ui.workspace import Workspace

_GLIDING_BOXES = 1500
"""Larger maps jump: to move all their boxes in every frame would stutter."""

_MANY_BOXES = 5_000
"""In fewer the garbage collector looks for so short a time that nobody feels it."""

_NONE: frozenset[str] = frozenset()

_WHOLESALE = 50
"""An edit of more records than this and than half of the boxes leaves nothing to stay where it is."""


class Arrangement:
    """Where everything stands on the canvas now. ``aspect`` is the wanted width to height."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.aspect = 1.6
        self.pending: Change | None = None
        """The box that is being named: no part of the map yet."""
        self._whole = _whole(Layout(1.0, 1.0, [], {}))
        self._colouring = Colouring(workspace)
        self._without: tuple[Step, frozenset[str] | None] | None = None
        """What the pending box has altered, and the boxes in sight before it came."""
        self._only: frozenset[str] | None = None
        self._mark = 0
        self._remembered = Remembered()
        self._touched: set[str] | None = None
        """The boxes that have changed since the colours were looked at; None: all of them."""
        self.known: Callable[[], Known | None] = lambda: None
        """Asked before all is laid out anew."""
        self._news = News()
        self._was_set_aside = False

    def take_news(self) -> News:
        """What is different since this was asked last."""
        news, self._news = self._news, News(everything=False, all_colours=False)
        return news

    @property
    def map(self) -> Map:
        """The map that is shown."""
        return self._workspace.map

    @property
    def layout(self) -> Layout:
        """Where the boxes stand; edits alter it in place."""
        return self._whole.layout

    @layout.setter
    def layout(self, layout: Layout) -> None:
        self._whole, self._touched = _whole(layout), None

    @property
    def heat(self) -> Heat:
        """What the lens makes of the boxes; its steps go along with edits."""
        return self._colouring.heat

    @property
    def chips(self) -> Mapping[str, LinkCounts]:
        """The chips of the boxes that have any."""
        return self._colouring.chips

    @property
    def boxes_with_chips(self) -> LinkCounts:
        """How many boxes show services, and how many projects."""
        return self._colouring.boxes_with_chips

    @property
    def doubts_are_counted(self) -> bool:
        """Whether it is known how many scores are old or of one voice; of very many boxes that is put off."""
        return self._colouring.doubts_are_counted

    def count_doubts(self) -> bool:
        """Count some more of them; whether all are counted now."""
        return self._colouring.count_doubts()

    def forget(self) -> None:
        """Show nothing until all is laid out: another map is opened."""
        self.layout, self._remembered, self._without = Layout(1.0, 1.0, [], {}), Remembered(), None

    def arrange_anew(self) -> None:
        """Lay the map out anew, the pending box included."""
        self._remembered = Remembered(self._key_now())
        self._without = None
        known = self.known()
        if known is None:
            self._lay_out(self.map)
        else:
            self.layout, self._only = known.layout, self._only_now()
            if known.colouring is not None:
                self._colouring, self._touched, self._news = known.colouring, set(), News()
                self._set_aside()
        self._let_pending_in()
        self._look_again(None)

    def propose(self, pending: Change | None) -> None:
        """Let a box that is no part of the map yet stand in the layout; None takes it back, and every box is again
        where it was.
        """
        self._without_pending()
        self.pending = pending
        self._let_pending_in()
        self._look_again(None)

    def follow(self, change: Change) -> None:
        """Let the layout follow a change that the map has had. Of a state of the map that was here before (undo,
        redo) the layout comes back as it was.
        """
        self._without_pending()
        self._mark ^= mark_of(change)
        key = self._key_now()
        way = self._remembered.way_to(key)
        if way is None:
            self._remembered.add(key, self._step_after(self.map, change))
        else:
            for place in way:
                self._remembered.turn(place, self._turned)
            self._only = self._workspace.only
        self._look_again(change)

    def recolour_after(self, change: Change) -> None:
        """Follow a change that ``shapes`` nothing."""
        self._mark ^= mark_of(change)
        key = self._key_now()
        way = self._remembered.way_to(key)
        if way is None or self._remembered.alters(way):
            self._remembered.add(key, None)
        else:
            for place in way:
                self._remembered.turn(place, self._turned)
        self._look_again(change)

    def _turned(self, step: Step) -> Step:
        """Take a step back, or do it again; out comes the way back from there."""
        if isinstance(step, Whole):
            step, self._whole = self._whole, step
            self._touched = None
        else:
            step.turn()
            self._note(step)
        return step

    def _note(self, alteration: Alteration) -> None:
        """The layout was altered."""
        self._whole.leaf_area += alteration.leaf_area
        if self._touched is not None:
            self._touched |= alteration.boxes

    def _look_again(self, change: Change | None) -> None:
        """Look at the colours of what has changed."""
        touched, self._touched = self._touched, set()
        if touched is None:
            self._news.everything = self._news.all_colours = True
            self._colouring.count(self.layout)
            self._set_aside()
        else:
            self._news.boxes |= touched
            self._news.colours |= self._colouring.follow(self.layout, touched, change)

    def _set_aside(self) -> None:
        """A large layout lives long."""
        if len(self.layout.index) > _MANY_BOXES:
            garbage.set_aside(again=self._was_set_aside)
            self._was_set_aside = True

    def tidied(self, record_id: str | None, aspect: float) -> Standing:
        """How the boxes would stand with the inside of one box packed anew, or (None) all of them."""
        kept, touched = (self._whole, self.aspect, self._only), self._touched
        try:
            if record_id is None or not self._pack_copy(record_id):
                self.aspect = aspect
                self._lay_out(self.map)
            return Standing(self._whole, Remembered(self._key_now()), self.aspect)
        finally:
            (self._whole, self.aspect, self._only), self._touched = kept, touched

    def _pack_copy(self, record_id: str) -> bool:
        """Pack the inside of a box anew in a copy of the layout."""
        shown = self._workspace
        layout = copied(self.layout)
        touched = tidy(
            layout,
            self.map,
            record_id,
            root=shown.root,
            depth=shown.depth,
            collapsed=shown.collapsed,
            only=self._only,
        )
        self._whole = dataclasses.replace(_whole(layout), fill=self._whole.fill)
        return touched is not None

    def stand(self, standing: Standing) -> Standing:
        """Let the boxes of the same map stand so; out comes how they stood, to come back to."""
        before = Standing(self._whole, self._remembered, self.aspect)
        self._whole, self._remembered, self.aspect = standing.whole, standing.remembered, standing.aspect
        self._touched = None
        self._look_again(None)
        return before

    def _key_now(self) -> Hashable:
        """What the layout depends on: the state of the map and how it is looked at."""
        shown = self._workspace
        return self._mark, shown.root, shown.depth, shown.collapsed, shown.only

    @property
    def lacks_a_box(self) -> bool:
        """Whether other boxes should be in sight than those that the layout was made for."""
        return self._only is not (only := self._only_now()) and self._only != only

    def _only_now(self) -> frozenset[str] | None:
        """The boxes that a filter leaves in sight, and the one that is being named; None where it hides none."""
        only = self._workspace.only
        return only if only is None or self.pending is None else only | self.pending.after.keys()

    def _lay_out(self, current: Map) -> None:
        shown = self._workspace
        self._only = self._only_now()
        layout = arrange(
            current,
            root=shown.root,
            depth=shown.depth,
            collapsed=shown.collapsed,
            only=self._only,
            aspect=self.aspect,
        )
        self.layout = layout

    def _step_after(self, current: Map, change: Change) -> Step:
        """Let the layout follow a change, or make another where it cannot or edits have driven it too far."""
        alteration = self._followed(current, change)
        if alteration is not None:
            if not has_drifted(self._whole, self.aspect):
                return alteration
            self._turned(alteration)
        before = self._whole
        self._lay_out(current)
        return before

    def _followed(self, current: Map, change: Change) -> Alteration | None:
        """Alter the layout for a change; None, and it is as it was, if that cannot be."""
        if len(change.after) > max(_WHOLESALE, len(self.layout.index) / 2):
            return None
        shown, before = self._workspace, self._only
        self._only = only = self._only_now()
        if only is not before and not (only or _NONE) ^ (before or _NONE) <= change.after.keys():
            return None
        if (only is None) != (before is None):
            return None
        alteration = follow(
            self.layout,
            current,
            change,
            root=shown.root,
            depth=shown.depth,
            collapsed=shown.collapsed,
            only=only,
        )
        if alteration is not None:
            self._note(alteration)
        return alteration

    def _let_pending_in(self) -> None:
        pending = self.pending
        if pending is None:
            return
        only, before = self._only, self._whole
        with self.previewed() as current:
            step: Step | None = self._followed(current, pending)
            if step is None:
                step = before
                self._lay_out(current)
        self._without = step, only

    def _without_pending(self) -> None:
        if self._without is not None:
            (step, self._only), self._without = self._without, None
            self._turned(step)

    def recolour(self) -> None:
        """Another lens, or other chips are wanted."""
        self._news.all_colours = True
        self._colouring.look(self.layout)

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
        return self._without is not None or self.lacks_a_box or can_move_boxes(self.map, change)

    def rectangles(self) -> dict[str, Rectangle]:
        """Where every box stands now, for a movement from here; empty where the map is too large to move."""
        if len(self.layout.index) > _GLIDING_BOXES:
            return {}
        return {box.id: self.layout.rectangle(box) for box in self.layout.walk()}


def _whole(layout: Layout) -> Whole:
    """A layout as it was just made."""
    area = sum(box.width * box.height for box in layout.index.values() if not box.children)
    return Whole(layout, area, area / (layout.width * layout.height))
