"""Colouring: what the lens and the links make of the boxes in sight, kept in step with every edit."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping

from capmap.drawing.chips import Counted, KeptCounts, LinkCounts
from capmap.layout.boxes import Box, Layout
from capmap.lens.lens import Heat, Lens
from capmap.lens.tally import Tally
from capmap.model.change import Change
from capmap.ui.canvas.besides import Besides
from capmap.ui.workspace import Workspace

_NOTHING = Change("", {}, {})


@dataclasses.dataclass(frozen=True, slots=True)
class _Counted:
    """All boxes of a layout counted for a lens, with services, projects or both as chips."""

    lens: Lens
    chips: frozenset[str]
    counted: Counted | None
    tally: Tally
    links: KeptCounts
    besides: Besides

    @property
    def heat(self) -> Heat:
        """What the lens makes of the boxes now."""
        return self.besides.adorn(self.tally.heat)


def _links(index: Mapping[str, Box], workspace: Workspace) -> KeptCounts:
    links, current, chips = KeptCounts(), workspace.map, workspace.chips
    shown = index if all(key in current for key in index) else {key for key in index if key in current}
    services, projects = "services" in chips, "projects" in chips
    links.count(shown, current, services=services, projects=projects, counted=workspace.counted)
    return links


class Colouring:
    """The heat and the chips of a layout. A box that is no part of the map yet has neither.

    May be made, and its boxes counted, aside.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._counted = self._put_together(Tally(workspace.lens, workspace.map), KeptCounts())
        self.heat: Heat = self._counted.heat

    def _put_together(self, tally: Tally, links: KeptCounts, besides: Besides | None = None) -> _Counted:
        shown = self._workspace
        if besides is None:
            besides = Besides(shown.lens, shown.map, tally, shown.moment or dt.date.today())
        return _Counted(shown.lens, shown.chips, shown.counted, tally, links, besides)

    @property
    def chips(self) -> Mapping[str, LinkCounts]:
        """The chips of the boxes that have any."""
        return self._counted.links.counts

    @property
    def boxes_with_chips(self) -> LinkCounts:
        """How many boxes show services, and how many projects."""
        return self._counted.links.boxes_with

    def count(self, layout: Layout) -> None:
        """Another layout: look at all its boxes."""
        shown, index = self._workspace, layout.index
        leaves = [key for key, box in index.items() if not box.children and key in shown.map]
        tally, links = Tally(shown.lens, shown.map, leaves), _links(index, shown)
        self._counted = self._put_together(tally, links)
        self.heat = self._counted.heat

    def look(self, layout: Layout) -> None:
        """Another lens, or other chips are wanted."""
        shown, known = self._workspace, self._counted
        if shown.lens is not known.lens:
            known.tally.look_through(shown.lens)
        same = (shown.chips, shown.counted) == (known.chips, known.counted)
        links = known.links if same else _links(layout.index, shown)
        kept = known.besides if shown.lens is known.lens and same else None
        self._counted = self._put_together(known.tally, links, kept)
        self.heat = self._counted.heat

    @property
    def doubts_are_counted(self) -> bool:
        """Whether it is known how many scores are in doubt."""
        return self._counted.besides.is_counted

    def count_doubts(self) -> bool:
        """Count some more of the scores in doubt; whether all are counted now."""
        known = self._counted
        done = known.besides.is_counted or known.besides.count_some(known.tally)
        self.heat = known.heat
        return done

    def follow(self, layout: Layout, boxes: Collection[str], change: Change | None) -> set[str]:
        """Look again at these boxes of a layout, which came, went or look different, and at those that a change is
        about. Out come the ids of all boxes that may have another colour or chip.
        """
        current, index, known = self._workspace.map, layout.index, self._counted
        leaves = []
        for key in boxes:
            box = index.get(key)
            if box is not None and not box.children and current.get(key) is not None:
                leaves.append(key)
        known.tally.take_out(boxes)
        known.tally.put(leaves)
        coloured = {*boxes, *known.tally.follow(change or _NOTHING)}
        coloured |= known.besides.follow(boxes, leaves, change or _NOTHING, known.tally)
        self.heat = known.heat
        around = {box.parent.id for key in boxes if (box := index.get(key)) is not None and box.parent is not None}
        return coloured | known.links.follow(index, current, change or _NOTHING, [*boxes, *around])
