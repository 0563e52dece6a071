"""Views: ways of looking at a map that are kept in it under a name, and the edits that save, update and remove them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from capmap.errors import EditError
from capmap.model import filters
from capmap.model.change import Change
from capmap.model.filters import NO_FILTER, Filter
from capmap.model.map import Map
from capmap.model.records import Capability, View, evolve, make

Part = tuple[float, float, float, float]
"""Left, top, width and height of a part of the picture, in shares of its width and height."""


@dataclasses.dataclass(frozen=True, slots=True)
class Sight:
    """How a map is looked at: the branch below ``root`` (None: all) down to ``depth`` levels (None: all) without what
    is inside the boxes ``folded``, through a lens, with these chips, behind a filter that dims or hides, and which
    part of the picture is seen (None: all of it).
    """

    root: str | None = None
    depth: int | None = None
    folded: frozenset[str] = frozenset()
    lens: str = ""
    chips: frozenset[str] = frozenset()
    filter: Filter = NO_FILTER
    hides: bool = False
    part: Part | None = None


def as_data(sight: Sight) -> dict[str, Any]:
    """What a View keeps of a way to look."""
    return {
        "branch": sight.root,
        "levels": sight.depth,
        "folded": sorted(sight.folded),
        "lens": sight.lens,
        "chips": sorted(sight.chips),
        "filter": filters.as_data(sight.filter),
        "hides": sight.hides,
        "part": list(sight.part) if sight.part is not None else None,
    }


def sight_of(view: View, current: Map, lenses: Collection[str]) -> tuple[Sight, list[str]]:
    """The way to look that a View keeps, and a sentence for each thing in it that this map or this version lacks.

    What is missing is passed over: without its branch the whole map is shown, without its lens none is named.
    """
    kept = view.options
    missing: list[str] = []
    root = kept.get("branch")
    if root is not None and not isinstance(current.get(root if isinstance(root, str) else ""), Capability):
        root = None
        missing.append("its branch is no longer in the map, so the whole map is shown")
    lens = str(kept.get("lens") or "")
    if lens and lens not in lenses:
        missing.append(f"its lens “{lens}” is not there")
        lens = ""
    wanted, lost = filters.from_data(kept.get("filter"), current)
    if lost:
        what = "a condition of its filter is" if lost == 1 else f"{lost} conditions of its filter are"
        missing.append(f"{what} about something that is no longer in the map")
    levels = kept.get("levels")
    sight = Sight(
        root=root,
        depth=levels if isinstance(levels, int) and levels >= 1 else None,
        folded=frozenset(key for key in _texts(kept.get("folded")) if current.has_children(key)),
        lens=lens,
        chips=frozenset(_texts(kept.get("chips"))),
        filter=wanted,
        hides=kept.get("hides") is True,
        part=_part(kept.get("part")),
    )
    return sight, missing


def only_of(sight: Sight, current: Map, *, today: dt.date) -> set[str] | None:
    """The boxes that stay in sight where the filter hides the others; None where it hides none."""
    if not sight.filter or not sight.hides:
        return None
    return filters.with_boxes_around(current, filters.matching(current, sight.filter, today=today))


def _texts(value: Any) -> Iterable[str]:
    return (item for item in value if isinstance(item, str)) if isinstance(value, list | tuple) else ()


def _part(value: Any) -> Part | None:
    if not isinstance(value, list | tuple) or len(value) != 4:
        return None
    if not all(isinstance(side, int | float) and math.isfinite(side) for side in value):
        return None
    left, top, width, height = (float(side) for side in value)
    return (left, top, width, height) if width > 0 and height > 0 else None


# -- saved views -----------------------------------------------------------------------------------------


def views_of(current: Map) -> list[View]:
    """The saved views in their order."""
    return sorted(current.all(View), key=lambda view: (view.position, view.name.casefold(), view.id))


def view_named(current: Map, name: str) -> View | None:
    """The saved view of that name, however its capitals are written."""
    wanted = " ".join(name.split()).casefold()
    return next((view for view in views_of(current) if view.name.casefold() == wanted), None)


def save_view(current: Map, name: str, options: Mapping[str, Any]) -> Change:
    """A new view behind the others; its id is the only new key of the change. Raises EditError where the name is
    taken.
    """
    views = views_of(current)
    made = make(View, name=name, options=options, position=views[-1].position + 1 if views else 0)
    _require_free(current, made)
    return Change.of(f"Save the view {made.name}", current, [made])


def update_view(current: Map, view_id: str, options: Mapping[str, Any]) -> Change:
    """Let a view keep another way to look."""
    view = current.one(View, view_id)
    return Change.of(f"Update the view {view.name}", current, [evolve(view, options=options)])


def rename_view(current: Map, view_id: str, name: str) -> Change:
    """Another name for a view. Raises EditError where it is taken."""
    renamed = evolve(current.one(View, view_id), name=name)
    _require_free(current, renamed)
    return Change.of(f"Rename the view to {renamed.name}", current, [renamed])


def move_view(current: Map, view_id: str, steps: int) -> Change:
    """A view some places down (up, if negative) in the list."""
    view, others = current.one(View, view_id), [view for view in views_of(current) if view.id != view_id]
    place = min(max(views_of(current).index(view) + steps, 0), len(others))
    return Change.of(f"Move the view {view.name}", current, _numbered([*others[:place], view, *others[place:]]))


def remove_view(current: Map, view_id: str) -> Change:
    """A view away; the others move up."""
    view = current.one(View, view_id)
    puts = _numbered([other for other in views_of(current) if other.id != view_id])
    return Change.of(f"Remove the view {view.name}", current, puts, drops=[view_id])


def _numbered(views: Iterable[View]) -> list[View]:
    return [dataclasses.replace(view, position=index) for index, view in enumerate(views) if view.position != index]


def _require_free(current: Map, wanted: View) -> None:
    taken = view_named(current, wanted.name)
    if taken is not None and taken.id != wanted.id:
        raise EditError(f"There is a view called “{taken.name}” already. Choose another name, or update that view.")
