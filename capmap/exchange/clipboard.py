"""Clipboard: branches of a map as text and as cells for other programs; ``formats.read_text`` reads both."""

from __future__ import annotations

from collections.abc import Iterable

from capmap.exchange.delimited import ALWAYS, attribute_header, attributes_in_use, cell_of, delimited
from capmap.exchange.outline import indented
from capmap.model.map import Map
from capmap.model.records import Capability, field_table

_FIELDS = [name for name in ALWAYS if name != "name"]


def branch_as_text(current: Map, ids: Iterable[str]) -> str:
    """These boxes and all below them, a line each, indented by tabs. A box inside another given one comes once."""
    return indented(current, tops(current, ids))


def branch_as_cells(current: Map, ids: Iterable[str]) -> str:
    """These boxes and all below them as tab-separated cells: a header, a column for every level, then the fields that
    any of them has a value for.
    """
    boxes: list[tuple[int, Capability]] = []
    for root in tops(current, ids):
        depths: dict[str | None, int] = {}
        for box in current.walk(root):
            depths[box.id] = depths.get(box.parent, -1) + 1
            boxes.append((depths[box.id], box))
    if not boxes:
        return ""
    levels = max(depth for depth, _ in boxes) + 1
    shown = [box for _, box in boxes]
    table = field_table(Capability.kind)
    fields = [table[name] for name in _FIELDS if any(getattr(box, name) not in (None, "", ()) for box in shown)]
    attributes = attributes_in_use(current, shown)
    headers = [f"Level {level + 1}" for level in range(levels)]
    rows = [[*headers, *(field.label for field in fields), *(attribute_header(item, shown) for item in attributes)]]
    for depth, box in boxes:
        names = [""] * levels
        names[depth] = current.shown(box).name
        values = [cell_of(getattr(box, field.name)) for field in fields]
        rows.append([*names, *values, *(cell_of(box.extra.get(attribute.id)) for attribute in attributes)])
    return delimited(rows, "\t")


def tops(current: Map, ids: Iterable[str]) -> list[str]:
    """The given boxes without those inside another given one, in reading order."""
    given = set(ids)
    kept = [box for box in given if not any(step.id in given for step in current.path(box)[:-1])]
    return sorted(kept, key=lambda box: [step.position for step in current.path(box)])
