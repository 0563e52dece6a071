"""Edits: what a person can do to the boxes of a map, each a function from the map to a Change; nothing is altered
here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from capmap.errors import EditError
from capmap.model import rules
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import (
    RECORD_CLASSES,
    SETTINGS_ID,
    Capability,
    Link,
    Record,
    evolve,
    fields_of,
    make,
    new_id,
)
from capmap.model.siblings import closed_up, inserted


@dataclasses.dataclass(frozen=True, slots=True)
class Branch:
    """A capability to be made, with what stands below it: what a paste or an import brings."""

    values: Mapping[str, Any]
    children: Sequence[Branch] = ()


def add(current: Map, name: str, into: str | None = None, position: int | None = None, **values: Any) -> Change:
    """A new capability inside ``into`` (None: top level) at ``position`` (None: last). Its id is the only new key of
    the change.
    """
    capability = make(Capability, name=name, parent=into, **values)
    rules.require_move(current, [], into)
    _require_level(current, into, 1)
    return Change.of(f"Add {capability.name}", current, inserted(current, [capability], into, position))


def add_branches(
    current: Map, branches: Sequence[Branch], into: str | None = None, position: int | None = None, text: str = ""
) -> Change:
    """New capabilities with all below them, as one step."""
    rules.require_move(current, [], into)
    made: list[Capability] = []
    tops: list[Capability] = []
    stack = [(branch, into, index, 1) for index, branch in reversed(list(enumerate(branches)))]
    deepest = 0
    while stack:
        branch, parent, index, level = stack.pop()
        capability = make(Capability, **{**branch.values, "parent": parent, "position": index})
        (tops if level == 1 else made).append(capability)
        deepest = max(deepest, level)
        stack.extend(
            (child, capability.id, order, level + 1) for order, child in reversed(list(enumerate(branch.children)))
        )
    _require_level(current, into, deepest)
    count = len(made) + len(tops)
    text = text or (f"Add {tops[0].name}" if count == 1 else f"Add {count:,} capabilities")
    return Change.of(text, current, [*inserted(current, tops, into, position), *made])


def rename(current: Map, record_id: str, name: str) -> Change:
    """A new name for a record of any kind."""
    return put(current, record_id, f"Rename to {name}", name=name)


def put(current: Map, record_id: str, text: str = "", **values: Any) -> Change:
    """New values for fields of one record. Parent and position are for ``move``."""
    return put_many(current, [record_id], text, **values)


def put_many(current: Map, record_ids: Iterable[str], text: str = "", **values: Any) -> Change:
    """The same new values for fields of several records, as one step."""
    if {"parent", "position", "id"} & values.keys():
        raise EditError("Use a move to change where a box stands.")
    records = [current[record_id] for record_id in record_ids]
    text = text or _text_of_put(records, values)
    return Change.of(text, current, [evolve(record, **values) for record in records])


def settings(current: Map, **values: Any) -> Change:
    """New values for the map as a whole, such as its title."""
    return Change.of("Change map settings", current, [evolve(current.settings, **values)])


def move(current: Map, record_ids: Iterable[str], into: str | None, position: int | None = None) -> Change:
    """These boxes, with all below them, into another box (None: top level) before the child that stands at
    ``position`` now (None: last).

    A box whose parent moves too goes with its parent. The order of the boxes among themselves is kept as given. An
    area is one of the box around, so it is left behind with that.
    """
    moved = _tops(current, record_ids)
    rules.require_move(current, moved, into)
    siblings = current.child_ids(into)
    place = len(siblings) if position is None else max(0, min(position, len(siblings)))
    place -= sum(1 for sibling in siblings[:place] if sibling in set(moved))
    capabilities = [_moved(current.capability(record_id), into) for record_id in moved]
    puts = inserted(current, capabilities, into, place, leaving=set(moved))
    text = f"Move {_named(current, moved)}"
    if into is not None and any(current.capability(record_id).parent != into for record_id in moved):
        text += f" into {current.capability(into).name}"
    return Change.of(text, current, puts)


def shift(current: Map, record_ids: Iterable[str], steps: int) -> Change:
    """These siblings some places forward (positive) or back (negative) among their siblings."""
    moved = _tops(current, record_ids)
    if not moved:
        return Change("Move", {}, {})
    parent = current.capability(moved[0]).parent
    moved = [sibling for sibling in current.child_ids(parent) if sibling in set(moved)]
    positions = [current.capability(record_id).position for record_id in moved]
    place = positions[-1] + 1 + steps if steps > 0 else positions[0] + steps
    return move(current, moved, parent, max(place, 0))


def promote(current: Map, record_id: str) -> Change:
    """This box one level up, right behind its parent."""
    parent = current.capability(current.capability(record_id).parent) if current.capability(record_id).parent else None
    if parent is None:
        raise EditError("This box stands at the top level already.")
    return move(current, [record_id], parent.parent, parent.position + 1)


def demote(current: Map, record_id: str) -> Change:
    """This box one level down, as the last child of the sibling before it."""
    capability = current.capability(record_id)
    if capability.position == 0:
        raise EditError("There is no box before this one that it could move into.")
    return move(current, [record_id], current.child_ids(capability.parent)[capability.position - 1])


def remove(current: Map, record_ids: Iterable[str]) -> Change:
    """These records away, with the boxes below them, the aliases of them, and every link, vote and note that hangs on
    them.
    """
    given = list(dict.fromkeys(record_ids))
    doomed: dict[str, None] = {}
    for record_id in given:
        record = current[record_id]
        doomed.update(
            dict.fromkeys(current.subtree_ids([record_id]) if isinstance(record, Capability) else [record_id])
        )
    for record_id in list(doomed):
        doomed.update(dict.fromkeys(current.aliases_of(record_id)))
    for record_id in list(doomed):
        doomed.update({link.id: None for link in (*current.links_from(record_id), *current.links_to(record_id))})
    puts, hanging = _released(current, doomed)
    doomed.update(hanging)
    puts = [record for record in puts if record.id not in doomed]
    puts += closed_up(current, doomed)
    return Change.of(f"Remove {_named(current, given)}", current, puts, drops=doomed)


def duplicate(current: Map, record_ids: Iterable[str]) -> Change:
    """A copy of these branches right behind the last of them, with their links."""
    tops = _tops(current, record_ids)
    if not tops:
        return Change("Duplicate", {}, {})
    last = current.capability(tops[-1])
    return _copied(current, tops, last.parent, last.position + 1, f"Duplicate {_named(current, tops)}")


def copy(current: Map, record_ids: Iterable[str], into: str | None, position: int | None = None) -> Change:
    """A copy of these branches inside another box, with their links."""
    tops = _tops(current, record_ids)
    rules.require_move(current, [], into)
    return _copied(current, tops, into, position, f"Copy {_named(current, tops)}")


def add_alias(current: Map, record_id: str, into: str | None, position: int | None = None) -> Change:
    """A box inside ``into`` that shows this capability a second time."""
    target = current.shown(current.capability(record_id))
    rules.require_move(current, [], into)
    alias = make(Capability, name=target.name, parent=into, alias_of=target.id)
    return Change.of(f"Add a reference to {target.name}", current, inserted(current, [alias], into, position))


def sort_children(current: Map, parent: str | None, field: str = "name", *, descending: bool = False) -> Change:
    """The children of a box in the order of a field; empty values last."""

    def key(capability: Capability) -> tuple[Any, ...]:
        value = getattr(capability, field)
        return (value.casefold(),) if isinstance(value, str) else (value,)

    children = current.children(parent)
    full = [child for child in children if getattr(child, field) not in (None, "")]
    ordered = sorted(full, key=key, reverse=descending) + [child for child in children if child not in full]
    puts = [dataclasses.replace(child, position=index) for index, child in enumerate(ordered)]
    return Change.of(f"Sort by {field}", current, puts)


def create(current: Map, record: Record) -> Change:
    """A new record of any kind but capabilities, which ``add`` places."""
    label = getattr(record, "name", "") or record.kind
    return Change.of(f"Add {label}", current, [record])


def link(current: Map, link_type: str, source: str, target: str, **values: Any) -> Change:
    """A link between two records. Raises EditError where ``rules.why_not_link`` gives a reason."""
    reason = rules.why_not_link(current, link_type, source, target)
    if reason:
        raise EditError(reason)
    made = make(Link, type=link_type, source=source, target=target, **values)
    ends = (getattr(current[end], "name", "") for end in (source, target))
    return Change.of(f"Link {' and '.join(ends)}", current, [made])


def _moved(capability: Capability, into: str | None) -> Capability:
    return dataclasses.replace(capability, parent=into, area=capability.area if capability.parent == into else None)


# -- the pieces ---------------------------------------------------------------------------------


def _released(current: Map, doomed: Mapping[str, None]) -> tuple[list[Record], dict[str, None]]:
    """What else refers to the records that go: records to keep without the reference, and records that cannot stand
    without it.
    """
    if all(current[record_id].kind == "link" for record_id in doomed):
        return [], {}
    kept: list[Record] = []
    hanging: dict[str, None] = {}
    others = (
        record
        for record_class in RECORD_CLASSES
        if record_class not in (Capability, Link)
        for record in current.all(record_class)
    )
    for record in others:
        if record.id in doomed:
            continue
        references = [
            field for field in fields_of(record.kind) if field.type == "ref" and getattr(record, field.name) in doomed
        ]
        if any(field.required for field in references) or (
            record.kind == "note" and any(field.name == "subject" for field in references)
        ):
            hanging[record.id] = None
        elif references:
            cleared: dict[str, Any] = {field.name: None for field in references}
            kept.append(dataclasses.replace(record, **cleared))
    return kept, hanging


def _copied(current: Map, tops: Sequence[str], into: str | None, position: int | None, text: str) -> Change:
    originals = current.subtree_ids(tops)
    _require_level(current, into, max((current.height(top) for top in tops), default=0))
    fresh = {record_id: new_id() for record_id in originals}
    copies = [_copy_of(current.capability(record_id), fresh) for record_id in originals]
    copied_tops = [_moved(child, into) for child in copies[:] if child.id in {fresh[top] for top in tops}]
    below = [child for child in copies if child.id not in {top.id for top in copied_tops}]
    links: list[Record] = []
    for old, new in fresh.items():
        links += [dataclasses.replace(item, id=new_id(), source=new) for item in current.links_from(old)]
        links += [dataclasses.replace(item, id=new_id(), target=new) for item in current.links_to(old)]
    return Change.of(text, current, [*inserted(current, copied_tops, into, position), *below, *links])


def _copy_of(capability: Capability, fresh: Mapping[str, str]) -> Capability:
    parent = fresh.get(capability.parent, capability.parent) if capability.parent else None
    alias_of = fresh.get(capability.alias_of, capability.alias_of) if capability.alias_of else None
    return dataclasses.replace(capability, id=fresh[capability.id], parent=parent, alias_of=alias_of, external="")


def _tops(current: Map, record_ids: Iterable[str]) -> list[str]:
    """The given boxes without those that stand inside another given one, in the order given."""
    given = dict.fromkeys(record_ids)
    return [record_id for record_id in given if not any(step.id in given for step in current.path(record_id)[:-1])]


def _require_level(current: Map, into: str | None, levels: int) -> None:
    above = current.level(into) if into is not None else 0
    if above + levels > rules.DEEPEST_LEVEL:
        raise EditError(f"That would make more than {rules.DEEPEST_LEVEL} levels.")


def _named(current: Map, record_ids: Sequence[str]) -> str:
    """How a step names what it acts on: one name, or a count."""
    if len(record_ids) == 1:
        record = current[record_ids[0]]
        return str(getattr(record, "name", "") or record.kind)
    kinds = {current[record_id].kind for record_id in record_ids}
    noun = f"{kinds.pop()}s" if len(kinds) == 1 else "records"
    return f"{len(record_ids):,} {'capabilities' if noun == 'capabilitys' else noun}"


def _text_of_put(records: Sequence[Record], values: Mapping[str, Any]) -> str:
    labels = {field.name: field.label for record in records[:1] for field in fields_of(record.kind)}
    what = " and ".join(labels.get(key, key).lower() for key in values)
    if len(records) == 1 and records[0].id != SETTINGS_ID:
        return f"Set {what} of {getattr(records[0], 'name', '') or records[0].kind}"
    return f"Set {what}" if len(records) <= 1 else f"Set {what} of {len(records):,} boxes"
