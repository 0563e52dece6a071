"""Difference: what a reading would add to a map, change and move in it, as one Change. Nothing is ever removed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from capmap.exchange import placing
from capmap.exchange.boxes import Box, Reading
from capmap.exchange.matching import match
from capmap.exchange.merging import Merged
from capmap.exchange.notices import Notices
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Capability, new_id

Pair = tuple[Capability, Capability]


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """What a reading does to a map: capabilities that come new, those with other values and those that stand elsewhere
    (each before and after), how many stay as they are, sentences for a person, and all of it as one Change.
    """

    added: tuple[Capability, ...]
    changed: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    same: int
    notices: tuple[str, ...]
    change: Change

    @property
    def sentence(self) -> str:
        """The counts in words."""
        return (
            f"{len(self.added):,} added, {len(self.changed):,} changed, {len(self.moved):,} moved,"
            f" {self.same:,} as before."
        )


def difference(current: Map, reading: Reading, into: str | None = None) -> Difference:
    """What the reading would do to the map.

    Its boxes are matched by the id in the source, else by code, else by the path of names (a mere list: by name).
    Matched ones take the values that the source has: an empty value changes nothing, and nothing is removed. New ones
    come where the source has them, its top level inside ``into`` if a box is named. Raises InputError for a map that
    would be too deep.
    """
    return _brought(current, reading, match(current, reading, into), f"Import {reading.source}", into)


def to_change(current: Map, reading: Reading, into: str | None = None) -> Change:
    """The Change that brings what was read into the map, empty if it is all there. See ``difference``."""
    return difference(current, reading, into).change


def map_of(reading: Reading) -> Map:
    """A map of its own with all that was read. Raises InputError."""
    made = Map()
    made.apply(to_change(made, reading))
    return made


def paste(current: Map, reading: Reading, into: str | None = None, position: int | None = None) -> Change:
    """The Change that adds all boxes of the reading as new ones inside ``into`` (None: top level) before the child
    that stands at ``position`` now (None: last). Raises InputError for a map that would be too deep.
    """
    count = reading.count
    text = f"Add {reading.boxes[0].name}" if count == 1 else f"Add {count:,} capabilities"
    return _brought(current, reading, {}, text, into, position).change


def _brought(
    current: Map,
    reading: Reading,
    matched: Mapping[Box, str],
    text: str,
    into: str | None,
    position: int | None = None,
) -> Difference:
    notices = Notices()
    boxes = [box for box, _ in reading.walk()]
    ids = {box: matched.get(box) or _fresh(current, box) for box in boxes}
    merged = Merged(current, reading, ids)
    parents = placing.parents_of(current, reading, ids, into, notices)
    places = placing.positions_of(current, parents, into, position)
    puts = {ids[box]: _capability(current, box, ids, merged, notices) for box in boxes}
    for record_id, place in places.items():
        capability = puts.get(record_id) or current.capability(record_id)
        parent = parents.get(record_id, capability.parent)
        if (capability.parent, capability.position) != (parent, place):
            puts[record_id] = dataclasses.replace(capability, parent=parent, position=place)
    known = [(current.capability(ids[box]), puts[ids[box]]) for box in boxes if ids[box] in current]
    changed = tuple(pair for pair in known if _is_changed(*pair))
    moved = tuple((old, new) for old, new in known if old.parent != new.parent)
    touched = {old.id for old, _ in (*changed, *moved)}
    return Difference(
        added=tuple(puts[ids[box]] for box in boxes if ids[box] not in current),
        changed=changed,
        moved=moved,
        same=len(known) - len(touched),
        notices=notices.sentences(),
        change=Change.of(text, current, [*merged.records, *puts.values()]),
    )


def _fresh(current: Map, box: Box) -> str:
    """The id of a new capability: the one it has in CapMap's own JSON, if it is free."""
    told = box.values.get("id")
    return str(told) if told and told not in current else new_id()


def _capability(current: Map, box: Box, ids: Mapping[Box, str], merged: Merged, notices: Notices) -> Capability:
    """The capability of a box with the values of both sides; ``places`` say later where it stands."""
    old = current.get(ids[box])
    if isinstance(old, Capability) and (box.shows is not None or old.alias_of):
        return old
    values = {key: value for key, value in box.values.items() if key not in ("id", "extra")}
    extra = merged.extra(box, notices)
    if box.shows is not None:
        return _reference(box, {**values, "id": ids[box], "alias_of": ids[box.shows]}, extra)
    if not isinstance(old, Capability):
        return Capability(**{**values, "id": ids[box], "extra": extra})
    # The id of the source that came first stays; one that is CapMap's own says nothing.
    if old.external or values.get("external") == old.id:
        values.pop("external", None)
    if extra:
        values["extra"] = {**old.extra, **extra}
    if "translations" in values:
        values["translations"] = {**old.translations, **values["translations"]}
    return dataclasses.replace(old, **values)


def _reference(box: Box, values: dict[str, Any], extra: dict[str, Any]) -> Capability:
    """A reference. Of a second row for one capability only what tells the boxes apart is kept; a record of CapMap's own
    stays whole.
    """
    if "id" in box.values:
        return Capability(**values, extra=extra)
    kept = {key: values[key] for key in ("id", "name", "alias_of")}
    code = values.get("code", "")
    same = box.shows is not None and box.shows.values.get("code") == code
    return Capability(**kept, code="" if same else code)


def _is_changed(old: Capability, new: Capability) -> bool:
    return dataclasses.replace(new, parent=old.parent, position=old.position) != old
