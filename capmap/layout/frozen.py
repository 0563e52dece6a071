"""Frozen: a layout follows an edit, and every box that the edit does not touch stays where it was as far as the page
allows.

Rows are kept. A box that comes joins the row of its neighbours if these can spare the room, one that goes leaves its
room to them; only where that fails is one container packed anew, and only if it cannot hold its boxes at all does it
grow, pushing down what stands below. So the work grows with the path to the root and the containers touched, not with
the map. What is lost is a little order: after many edits ``arrange`` packs the map better.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence

from capmap.layout.alteration import Alteration
from capmap.layout.boxes import Box, Layout
from capmap.layout.fonts import wrap
from capmap.layout.justify import least_of_rows
from capmap.layout.nodes import Scene, are_in_areas, name_widths
from capmap.layout.refit import NoRoom, Refit
from capmap.layout.rows import MOST_UNEVEN
from capmap.layout.style import scaled
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.ordering import reordered
from capmap.model.records import Capability

_NAMING = ("name", "alias_of", "translations")
_STEERING = ("columns", "direction", "equal")

_SAME = 1e-6


def rearrange(
    layout: Layout,
    current: Map,
    change: Change,
    *,
    root: str | None = None,
    depth: int | None = None,
    collapsed: Collection[str] = (),
    only: Collection[str] | None = None,
    names: Callable[[Capability], str] | None = None,
) -> frozenset[str] | None:
    """Alter a layout in place for a change that ``current`` has had already; the rest is as in ``arrange``.

    Out come the ids of the boxes whose place in their parent, size or name is different now, new ones included. None
    says that ``arrange`` must make another layout, for the top of this one has no rows to keep; it is as it was.
    """
    refit = _refit(layout, current, root, depth, collapsed, only, names)
    return _touched(refit, _altered(refit, lambda: _Following(refit).follow(change)))


def follow(
    layout: Layout,
    current: Map,
    change: Change,
    *,
    root: str | None = None,
    depth: int | None = None,
    collapsed: Collection[str] = (),
    only: Collection[str] | None = None,
    names: Callable[[Capability], str] | None = None,
) -> Alteration | None:
    """As ``rearrange``; out comes what was altered, to be taken back and done again."""
    refit = _refit(layout, current, root, depth, collapsed, only, names)
    return _altered(refit, lambda: _Following(refit).follow(change))


def tidy(
    layout: Layout,
    current: Map,
    record_id: str,
    *,
    root: str | None = None,
    depth: int | None = None,
    collapsed: Collection[str] = (),
    only: Collection[str] | None = None,
    names: Callable[[Capability], str] | None = None,
) -> frozenset[str] | None:
    """Pack the inside of one box anew, in place, in the room that the box has; in and out as in ``rearrange``."""
    refit = _refit(layout, current, root, depth, collapsed, only, names)
    return _touched(refit, _altered(refit, lambda: refit.pack(layout.index[record_id])))


def _refit(
    layout: Layout,
    current: Map,
    root: str | None,
    depth: int | None,
    collapsed: Collection[str],
    only: Collection[str] | None,
    names: Callable[[Capability], str] | None,
) -> Refit:
    return Refit(layout, Scene(current, root, depth, frozenset(collapsed), scaled(layout.text_scale), names, only))


def _touched(refit: Refit, alteration: Alteration | None) -> frozenset[str] | None:
    return None if alteration is None else frozenset(refit.touched & refit.layout.index.keys())


def _altered(refit: Refit, work: Callable[[], None]) -> Alteration | None:
    try:
        work()
    except NoRoom:
        refit.alteration.turn()
        return None
    refit.alteration.close()
    return refit.alteration


class _Following:
    """One change, followed in a layout."""

    def __init__(self, refit: Refit) -> None:
        self._refit = refit
        self._scene = refit.scene
        self._layout = refit.layout
        self._thinned: set[str | None] = set()

    def follow(self, change: Change) -> None:
        """Follow a change; raises NoRoom."""
        current = self._scene.current
        holders: dict[str | None, None] = {}
        packed: dict[str | None, None] = {}
        renamed: dict[str, None] = {}
        for record_id, after in change.after.items():
            before = change.before[record_id]
            sides = [side for side in (before, after) if isinstance(side, Capability)]
            if len({(side.parent, side.position) for side in sides}) == 2 or len(sides) == 1:
                holders.update({side.parent: None for side in sides})
            if isinstance(before, Capability) and isinstance(after, Capability):
                if _differ(before, after, _NAMING):
                    renamed.update(dict.fromkeys([record_id, *current.aliases_of(record_id)]))
                if _differ(before, after, _STEERING):
                    packed[record_id] = None
                if before.area != after.area:
                    packed[after.parent] = None
        holders.update(dict.fromkeys(reordered(current, change)))
        if self._scene.root is not None and current.get(self._scene.root) is None:
            raise NoRoom
        outermost_first = sorted(holders, key=self._depth_of)
        for holder in reversed(outermost_first):
            self._thin_out(holder)
        for holder in outermost_first:
            self._revise(holder)
        for holder in packed:
            if holder in (None, self._scene.root):
                raise NoRoom
            self._pack(holder)
        for record_id in renamed:
            box = self._layout.index.get(record_id)
            if box is not None:
                self._rename(box)

    def _depth_of(self, holder: str | None) -> int:
        box = self._layout.index.get(holder) if holder is not None else None
        return box.level if box is not None else 0

    def _pack(self, record_id: str | None) -> None:
        box = self._layout.index.get(record_id) if record_id is not None else None
        if box is not None:
            self._refit.pack(box)

    # -- boxes that come, go and move -----------------------------------------------------------------

    def _thin_out(self, record_id: str | None) -> None:
        """Take the boxes that are gone from the map out of their rows, before anything around them is measured."""
        top = record_id == self._scene.root
        holder = self._layout.index.get(record_id) if record_id is not None and not top else None
        if holder is None and not top:
            return
        boxes = self._refit.children(holder)
        stays = {box.id: self._scene.current.get(box.id) is not None for box in boxes}
        if all(stays.values()):
            return
        self._refit.look_at(holder)
        self._refit.alteration.note(holder)
        rows = self._refit.rows(holder)
        counts = tuple(count for row in rows if (count := sum(stays[box.id] for box in row)))
        for box in boxes:
            if not stays[box.id]:
                self._refit.forget(box)
        boxes[:] = [box for box in boxes if stays[box.id]]
        if holder is None:
            self._layout.rows = counts
        else:
            holder.rows = counts
        self._thinned.add(record_id)

    def _revise(self, record_id: str | None) -> None:
        """Bring the boxes inside this one into line with the map."""
        if record_id == self._scene.root:
            self._revise_rows(None, [capability.id for capability in self._scene.tops()])
            return
        box = self._layout.index.get(record_id) if record_id is not None else None
        if box is None:
            self._count_hidden(record_id)
            return
        capability = self._scene.current.capability(box.id)
        inside = [child.id for child in self._scene.inside(capability, box.level)]
        if not inside and not box.children and box.id not in self._thinned:
            self._count_hidden(box.id)
        else:
            self._revise_rows(box, inside)

    def _count_hidden(self, record_id: str | None) -> None:
        """How many boxes are hidden in the one that is shown above a place."""
        current = self._scene.current
        if record_id is None or current.get(record_id) is None:
            return
        for capability in reversed(current.path(record_id)):
            box = self._layout.index.get(capability.id)
            if box is not None:
                self._refit.alteration.note(box)
                box.hidden = self._scene.hidden(capability) if not box.children else 0
                return

    def _revise_rows(self, holder: Box | None, wanted: list[str]) -> None:
        boxes, rows = self._refit.children(holder), self._refit.rows(holder)
        self._refit.look_at(holder)
        old = [box.id for box in boxes]
        if old == wanted and (holder.id if holder is not None else self._scene.root) not in self._thinned:
            return
        self._refit.alteration.note(holder)
        places = {record_id: place for place, record_id in enumerate(old)}
        kept = {old[place] for place in _in_order([places[record_id] for record_id in wanted if record_id in places])}
        staying = dict.fromkeys(wanted)
        here = {box.id: box for box in boxes}
        for box in boxes:
            if box.id not in staying:
                self._refit.forget(box)
        if not kept or not rows or are_in_areas(map(self._scene.current.capability, wanted)):
            self._refit.pack(holder)
            return
        rows = [row for row in ([box for box in row if box.id in kept] for row in rows) if row]
        taller = 0.0
        for place, record_id in enumerate(wanted):
            if record_id not in kept:
                before = wanted[place - 1] if place else None
                taller += self._insert(holder, rows, record_id, here.get(record_id), before)
        boxes[:] = [box for row in rows for box in row]
        counts = tuple(len(row) for row in rows)
        if holder is None:
            self._layout.rows = counts
        else:
            holder.rows = counts
        leaves = not any(box.children for box in boxes)
        if leaves and (max(counts) > MOST_UNEVEN * min(counts) or not self._fits(holder, counts)):
            self._refit.pack(holder)
        elif not taller or self._refit.grow(holder, 0.0, taller):
            self._refit.settle(holder)

    def _fits(self, holder: Box | None, counts: Sequence[int]) -> bool:
        """Whether the boxes inside have room in rows of so many."""
        leasts = [(box.least_width, box.least_height) for box in self._refit.children(holder)]
        width, height = least_of_rows(counts, leasts, self._refit.gap(holder))
        _, _, across, down = self._refit.content(holder)
        return width <= across + _SAME and height <= down + _SAME

    def _insert(
        self, holder: Box | None, rows: list[list[Box]], record_id: str, box: Box | None, before: str | None
    ) -> float:
        """Put a box (None: a new one) behind its sibling ``before``: into the row there, or where one row ends and the
        next begins into the one with more room. If neither has enough, it gets a row of its own, and what that takes
        of height is returned.
        """
        number, place = next(
            (
                (number, rows[number].index(mate) + 1)
                for number, row in enumerate(rows)
                for mate in row
                if mate.id == before
            ),
            (0, 0),
        )
        between = place in (0, len(rows[number]))
        choices = [(number, place)]
        if between and place and number + 1 < len(rows):
            choices.append((number + 1, 0))
        gap = self._refit.gap(holder)
        width = self._refit.content(holder)[2]
        spare, (chosen, at) = max(
            (width - sum(mate.least_width + gap for mate in rows[choice[0]]), choice) for choice in choices
        )
        row = rows[chosen]
        fresh = box is None
        box = box or self._refit.made(record_id, holder, row)
        if between and box.least_width > spare + _SAME and any(mate.children for mates in rows for mate in mates):
            if fresh:
                self._refit.forget(box)
                box = self._refit.made(record_id, holder, ())
            rows.insert(number + (place > 0), [box])
            return box.height + gap
        height = max(mate.height for mate in row)
        if not fresh and box.least_height <= height:
            self._refit.resize(box, box.x, box.y, box.width, height)
        row.insert(at, box)
        return 0.0

    # -- names --------------------------------------------------------------------------------------

    def _rename(self, box: Box) -> None:
        """Break a new name for the width that there is; more room is made only if it does not fit."""
        style = self._scene.styles[box.role]
        name = self._scene.name(self._scene.current.capability(box.id))
        widths = name_widths(name, style)
        room = max(box.width - 2 * style.padding, widths[-1])
        self._refit.alteration.note(box)
        box.lines = wrap(name, style.type.weight, style.type.size, room)
        self._refit.touched.add(box.id)
        if box.children and not box.rows:
            self._refit.pack(box)
            return
        if box.children:
            self._refit.settle(box)
            return
        self._refit.measure_name(box)
        if box.least_width <= box.width + _SAME and box.least_height <= box.height + _SAME:
            self._refit.sum_above(box)
            return
        holder, rows = box.parent, self._refit.rows(box.parent)
        if not rows:
            self._refit.pack(holder)
            return
        if not self._fits(holder, [len(row) for row in rows]):
            if not any(mate.children for row in rows for mate in row):
                self._refit.pack(holder)
                return
            self._refit.measure_name(box, len(box.lines))
        self._refit.settle(holder)
        self._refit.break_name(self._layout.index[box.id])


def _differ(before: Capability, after: Capability, fields: Iterable[str]) -> bool:
    return any(getattr(before, field) != getattr(after, field) for field in fields)


def _in_order(places: Sequence[int]) -> list[int]:
    """The longest run of ascending numbers in a sequence: the boxes that need not move when the order changes."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        index = bisect_left(ends, place)
        before[place] = ends[index - 1] if index else None
        ends[index : index + 1] = [place]
    run: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        run.append(last)
        last = before[last]
    return run[::-1]
