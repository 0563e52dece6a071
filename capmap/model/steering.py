"""Steering: how the boxes inside a box are to be laid out, set for one or several boxes in one step."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from capmap.errors import EditError
from capmap.model import edits
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.ordering import label_of, ordering_field
from capmap.model.records import CATEGORIES, Capability, evolve

ONE_ROW = 100
"""So many columns are one row, however many boxes come."""

AREA_LABELS: Mapping[str, str] = {
    "top": "Above",
    "left": "Left",
    "centre": "Middle",
    "right": "Right",
    "bottom": "Below",
}

Part = Literal["management", "core", "support"]
_PART_OF_CATEGORY: Mapping[str, Part] = dict(zip(CATEGORIES, ("management", "core", "support"), strict=True))

_MANAGING = ("strateg", "govern", "steer", "direction", "leadership")
_SUPPORTING = (
    "support",
    "enabl",
    "corporate",
    "internal",
    "shared",
    "financ",
    "people",
    "human",
    "hr",
    "it",
    "technolog",
    "legal",
    "procure",
    "facilit",
    "resource",
)
"""How words begin that tell what a box is, where no category does."""


@dataclasses.dataclass(frozen=True, slots=True)
class Preset:
    """A way to arrange the boxes inside a box, by a few fields of it. ``values`` are columns, direction and equal."""

    name: str
    label: str
    hint: str
    values: Mapping[str, Any]


def _preset(name: str, label: str, hint: str, **values: Any) -> Preset:
    return Preset(name, label, hint, {"columns": None, "direction": None, "equal": None, **values})


PRESETS: tuple[Preset, ...] = (
    _preset("automatic", "Automatic", "As it fills the room best"),
    _preset("one_row", "One row", "All side by side", columns=ONE_ROW),
    _preset("one_column", "One column", "All one below the other", columns=1),
    _preset("two_columns", "Two columns", "Two in each row", columns=2),
    _preset("three_columns", "Three columns", "Three in each row", columns=3),
    _preset("grid", "Grid of equal boxes", "All of one size", equal=True),
    _preset("downwards", "Downwards", "Column by column, not row by row", direction="columns"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """A way to arrange a whole by the areas of what stands in it: management above, core in the middle, support below.

    ``walls`` puts the first and the last core box left and right; ``pillars`` makes each core box one column.
    """

    name: str
    label: str
    hint: str
    walls: bool = False
    pillars: bool = False


SHAPES: tuple[Shape, ...] = (
    Shape("layers", "Management, core, support", "Management above, core in the middle, support below"),
    Shape("house", "House", "A roof, walls left and right, a foundation", walls=True),
    Shape("chain", "Value chain in a row", "Core boxes side by side, each one column", pillars=True),
)


def arrange_inside(current: Map, record_ids: Iterable[str], preset: Preset) -> Change:
    """The boxes inside these ones arranged by a preset, out of the areas that they may have had."""
    holders = holders_of(current, record_ids)
    puts = [evolve(holder, **preset.values) for holder in holders]
    puts = _and_free(current, puts, [child for holder in holders for child in current.children(holder.id)])
    return Change.of(f"Arrange {_named(holders)}: {_lower(preset.label)}", current, puts)


def shape_inside(current: Map, holder_id: str | None, shape: Shape) -> Change:
    """The boxes inside this one (None: of the whole map) arranged by areas, by what each of them is (``part_of``)."""
    children = current.children(holder_id)
    if len(children) < 2:
        raise EditError("There must be two boxes or more to be arranged so.")
    parts = parts_of(current, children)
    core = [child.id for child in children if parts[child.id] == "core"]
    walls = {core[0]: "left", core[-1]: "right"} if shape.walls and len(core) > 1 else {}
    puts = []
    for child in children:
        area = {"management": "top", "core": "centre", "support": "bottom"}[parts[child.id]]
        is_pillar = child.id in walls or (shape.pillars and parts[child.id] == "core")
        columns = 1 if is_pillar and current.has_children(child.id) else _freed(child)
        puts.append(evolve(child, area=walls.get(child.id, area), columns=columns))
    holder = current.get(holder_id)
    if isinstance(holder, Capability):
        row = ONE_ROW if shape.pillars else None
        puts.append(evolve(holder, columns=row, direction=None, equal=None))
    return Change.of(f"Arrange {_whole(holder)}: {_lower(shape.label)}", current, puts)


def free_inside(current: Map, holder_id: str | None) -> Change:
    """The boxes inside this one (None: of the whole map) out of their areas, pillars no longer one column."""
    puts = [evolve(child, area=None, columns=_freed(child)) for child in current.children(holder_id)]
    holder = current.get(holder_id)
    if isinstance(holder, Capability):
        puts.append(evolve(holder, **PRESETS[0].values))
    return Change.of(f"Arrange {_whole(holder)}: automatic", current, puts)


def steer(current: Map, record_ids: Iterable[str], **values: Any) -> Change:
    """Columns, direction or equal sizes for the boxes inside these ones."""
    holders = holders_of(current, record_ids)
    return Change.of(f"Arrange {_named(holders)}", current, [evolve(holder, **values) for holder in holders])


def set_columns(current: Map, wanted: Mapping[str, int]) -> Change:
    """So many columns for the boxes inside each of these, of those that there can be."""
    holders = holders_of(current, wanted)
    puts = [
        evolve(holder, columns=min(max(wanted[holder.id], 1), len(current.child_ids(holder.id)), ONE_ROW))
        for holder in holders
    ]
    return Change.of(f"Set columns of {_named(holders)}", current, puts)


def order_inside(current: Map, record_ids: Iterable[str], order_by: str) -> Change:
    """The boxes inside these ones in the order of a field, as ``model.ordering`` names it; empty for map order, which
    stays stored.
    """
    holders = holders_of(current, record_ids)
    field = ordering_field(current, order_by)
    how = f"by {label_of(current, field)}" if field else "as in the map"
    text = f"Order {_named(holders)} {how}"
    return Change.of(text, current, [evolve(holder, order_by=order_by) for holder in holders])


def move_beside(
    current: Map, record_ids: Iterable[str], into: str | None, position: int | None, area: str | None
) -> Change:
    """As ``edits.move``, into this area of the box: where the boxes were dropped beside another one."""
    moved = list(record_ids)
    change = edits.move(current, moved, into, position)
    puts = {key: record for key, record in change.after.items() if record is not None}
    for key in moved:
        puts[key] = evolve(puts.get(key, current[key]), area=area)
    return Change.of(change.text, current, puts.values())


def place_in_area(current: Map, record_ids: Iterable[str], area: str | None) -> Change:
    """These boxes above, left, in the middle, right or below in the box around them; None for no area."""
    boxes = [current.capability(record_id) for record_id in record_ids]
    if not boxes:
        raise EditError("Select a box first.")
    where = AREA_LABELS[area].lower() if area else "anywhere"
    return Change.of(f"Put {_named(boxes)} {where}", current, [evolve(box, area=area) for box in boxes])


def holders_of(current: Map, record_ids: Iterable[str]) -> list[Capability]:
    """Those of these boxes that have boxes inside. Raises EditError if none has."""
    holders = [current.capability(record_id) for record_id in record_ids if current.has_children(record_id)]
    if not holders:
        raise EditError("There are no boxes inside to arrange. Select a box that has some.")
    return holders


def parts_of(current: Map, boxes: Sequence[Capability]) -> dict[str, Part]:
    """What each of these boxes is to the whole: by the category that it or most of what is inside it has; where no box
    has any, by the first words of the names; and if these leave no core, the first is management and the last support.
    """
    found = {box.id: _by_category(current, box) for box in boxes}
    if not any(found.values()):
        found = {box.id: _by_name(current.shown(box).name) for box in boxes}
    parts: dict[str, Part] = {key: part or "core" for key, part in found.items()}
    if len(set(parts.values())) == 1 or "core" not in parts.values():
        parts = {box.id: "core" for box in boxes}
        parts[boxes[-1].id] = "support"
        if len(boxes) > 2:
            parts[boxes[0].id] = "management"
    return parts


def _by_category(current: Map, box: Capability) -> Part | None:
    own = current.shown(box).category
    inside = Counter(
        step_category for step in current.walk(box.id) if (step_category := current.shown(step).category) is not None
    )
    most = own or next((category for category, _ in inside.most_common(1)), None)
    return _PART_OF_CATEGORY[most] if most else None


def _by_name(name: str) -> Part | None:
    words = name.casefold().replace("&", " ").split()
    if any(_begins(word, _SUPPORTING) for word in words):
        return "support"
    return "management" if any(_begins(word, _MANAGING) for word in words) else None


def _begins(word: str, stems: Iterable[str]) -> bool:
    return any(word == stem if len(stem) < 3 else word.startswith(stem) for stem in stems)


def _freed(box: Capability) -> int | None:
    """The columns of a box that is no pillar any more; what was not made a pillar by a shape keeps its own."""
    return None if box.area and box.columns == 1 else box.columns


def _and_free(current: Map, puts: list[Capability], children: Iterable[Capability]) -> list[Capability]:
    """These records, and the children out of their areas; a box may be one of each."""
    by_id = {record.id: record for record in puts}
    for child in children:
        if child.area is not None:
            by_id[child.id] = evolve(by_id.get(child.id, child), area=None)
    return list(by_id.values())


def _named(boxes: Sequence[Capability]) -> str:
    return boxes[0].name if len(boxes) == 1 else f"{len(boxes):,} boxes"


def _whole(holder: Any) -> str:
    return holder.name if isinstance(holder, Capability) else "the map"


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]
