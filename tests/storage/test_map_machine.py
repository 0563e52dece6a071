"""Random edits, undo, redo and reopening: after every step the file equals memory, every index a rebuilt one."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from capmap.document import Document
from capmap.errors import EditError
from capmap.model import edits, rules
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import (
    LINK_ENDS,
    LINK_TYPES,
    Attribute,
    Capability,
    Demand,
    Link,
    Note,
    Objective,
    Project,
    Provider,
    Record,
    SavedLens,
    Service,
    Session,
    Unit,
    View,
    Vote,
    make,
)
from capmap.storage.mapfile import MapFile

NAMES = st.text(min_size=1, max_size=12).filter(lambda text: bool(text.strip()) and text.isprintable())
SCORES = st.none() | st.integers(1, 5)
PICK = st.integers(0, 10_000)
OTHER_KINDS = st.sampled_from(
    (Provider, Service, Unit, Project, Objective, Demand, Attribute, SavedLens, View, Session, Note, Vote)
)

Contents = dict[str, Record]


def contents(current: Map) -> Contents:
    return {record.id: record for record in current}


def indexes(current: Map) -> dict[str, Any]:
    """Everything that a map answers from its indexes."""
    ids = [record.id for record in current]
    return {
        "children": {key: current.child_ids(key) for key in [None, *ids]},
        "from": {key: sorted(link.id for link in current.links_from(key)) for key in ids},
        "to": {key: sorted(link.id for link in current.links_to(key)) for key in ids},
        "aliases": {key: sorted(current.aliases_of(key)) for key in ids},
        "kinds": {kind: {record.id for record in current.all(kind)} for kind in {type(record) for record in current}},
    }


class MapMachine(RuleBasedStateMachine):
    """A person at work, with a second reader looking at the file after every step."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "machine.capmap"
        self.done: list[Contents] = []
        self.undone: list[Contents] = []

    @initialize()
    def begin(self) -> None:
        self.document = Document.create(self.path)
        self.heard = self.document.map.snapshot()
        self.document.subscribe(self.heard.apply)

    def teardown(self) -> None:
        self.document.close()
        self.folder.cleanup()

    @property
    def map(self) -> Map:
        return self.document.map

    def pick(self, number: int, record_class: type[Record] = Capability) -> str | None:
        ids = [record.id for record in self.map.all(record_class)]
        return ids[number % len(ids)] if ids else None

    def some(self, numbers: list[int]) -> list[str]:
        return list(dict.fromkeys(key for key in (self.pick(number) for number in numbers) if key is not None))

    def commit(self, change: Change) -> None:
        was = contents(self.map)
        self.document.commit(change)
        if not change.is_empty:
            self.done.append(was)
            self.undone.clear()

    # -- edits -------------------------------------------------------------------------------------

    @rule(name=NAMES, into=PICK, top=st.booleans(), position=st.none() | st.integers(0, 9))
    def add(self, name: str, into: int, top: bool, position: int | None) -> None:
        try:
            self.commit(edits.add(self.map, name, None if top else self.pick(into), position))
        except EditError:
            assert not top

    @rule(names=st.lists(NAMES, min_size=1, max_size=4), into=PICK)
    def paste(self, names: list[str], into: int) -> None:
        branch = edits.Branch({"name": names[0]}, [edits.Branch({"name": name}) for name in names[1:]])
        target = self.pick(into)
        if not (target and self.map.capability(target).alias_of):
            self.commit(edits.add_branches(self.map, [branch], target, 0))

    @rule(which=PICK, name=NAMES, maturity=SCORES, tags=st.lists(NAMES, max_size=3))
    @precondition(lambda self: self.map.count(Capability))
    def alter(self, which: int, name: str, maturity: int | None, tags: list[str]) -> None:
        self.commit(edits.put(self.map, str(self.pick(which)), name=name, maturity=maturity, tags=tags))

    @rule(
        numbers=st.lists(PICK, min_size=1, max_size=3),
        into=PICK,
        top=st.booleans(),
        position=st.none() | st.integers(0, 9),
    )
    @precondition(lambda self: self.map.count(Capability))
    def move(self, numbers: list[int], into: int, top: bool, position: int | None) -> None:
        moved, target = self.some(numbers), None if top else self.pick(into)
        reason = rules.why_not_move(self.map, moved, target)
        if reason:
            with pytest.raises(EditError, match=re.escape(reason)):
                edits.move(self.map, moved, target, position)
        else:
            self.commit(edits.move(self.map, moved, target, position))

    @rule(numbers=st.lists(PICK, min_size=1, max_size=3), steps=st.sampled_from((-2, -1, 1, 2)))
    @precondition(lambda self: self.map.count(Capability))
    def shift(self, numbers: list[int], steps: int) -> None:
        self.commit(edits.shift(self.map, self.some(numbers), steps))

    @rule(which=PICK, up=st.booleans())
    @precondition(lambda self: self.map.count(Capability))
    def change_level(self, which: int, up: bool) -> None:
        try:
            self.commit((edits.promote if up else edits.demote)(self.map, str(self.pick(which))))
        except EditError:
            capability = self.map.capability(self.pick(which))
            assert capability.parent is None or not up

    @rule(numbers=st.lists(PICK, min_size=1, max_size=2))
    @precondition(lambda self: 0 < self.map.count(Capability) < 60)
    def duplicate(self, numbers: list[int]) -> None:
        self.commit(edits.duplicate(self.map, self.some(numbers)))

    @rule(numbers=st.lists(PICK, min_size=1, max_size=2))
    @precondition(lambda self: self.map.count(Capability))
    def remove(self, numbers: list[int]) -> None:
        self.commit(edits.remove(self.map, self.some(numbers)))

    @rule(which=PICK, into=PICK)
    @precondition(lambda self: self.map.count(Capability))
    def alias(self, which: int, into: int) -> None:
        target = self.map.capability(self.pick(into))
        if not target.alias_of:
            self.commit(edits.add_alias(self.map, str(self.pick(which)), target.id))

    @rule(parent=PICK, field=st.sampled_from(("name", "maturity", "owner")), descending=st.booleans())
    def sort(self, parent: int, field: str, descending: bool) -> None:
        self.commit(edits.sort_children(self.map, self.pick(parent), field, descending=descending))

    # -- other records -----------------------------------------------------------------------------

    @rule(record_class=OTHER_KINDS, name=NAMES, which=PICK)
    def create(self, record_class: type[Record], name: str, which: int) -> None:
        values: dict[str, Any] = {"name": name}
        capability = self.pick(which)
        if record_class is Vote:
            values = {"capability": capability, "field": "maturity", "value": 3, "session": self.pick(which, Session)}
        elif record_class is Note:
            values = {"type": "parked", "text": name, "subject": capability, "session": self.pick(which, Session)}
        elif record_class is Attribute:
            values |= {"type": "choice", "choices": ("a", "b"), "record_kind": "capability"}
        elif record_class is Service:
            values |= {"provider": self.pick(which, Provider), "run_cost": which * 100, "level_actual": 99.5}
        elif record_class is Demand:
            values |= {"unit": self.pick(which, Unit), "project": self.pick(which, Project)}
        if record_class is not Vote or capability is not None:
            self.commit(edits.create(self.map, make(record_class, **values)))

    @rule(link_type=st.sampled_from(LINK_TYPES), start=PICK, end=PICK, share=st.none() | st.floats(0, 100))
    def link(self, link_type: str, start: int, end: int, share: float | None) -> None:
        classes = {"service": Service, "capability": Capability, "project": Project}
        kinds = LINK_ENDS[link_type]
        ends = [
            self.pick(number, {**classes, "objective": Objective, "unit": Unit, "demand": Demand}[kind])
            for number, kind in zip((start, end), kinds, strict=True)
        ]
        if ends[0] is None or ends[1] is None:
            return
        reason = rules.why_not_link(self.map, link_type, ends[0], ends[1])
        if reason:
            with pytest.raises(EditError, match=re.escape(reason)):
                edits.link(self.map, link_type, ends[0], ends[1], share=share)
        else:
            self.commit(edits.link(self.map, link_type, ends[0], ends[1], share=share))

    @rule(record_class=OTHER_KINDS | st.just(Link), which=PICK)
    def remove_other(self, record_class: type[Record], which: int) -> None:
        record = self.pick(which, record_class)
        if record is not None:
            self.commit(edits.remove(self.map, [record]))

    # -- time --------------------------------------------------------------------------------------

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            was = contents(self.map)
            if self.document.undo() is None:
                assert not self.done
                return
            assert contents(self.map) == self.done.pop()
            self.undone.append(was)

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            was = contents(self.map)
            if self.document.redo() is None:
                assert not self.undone
                return
            assert contents(self.map) == self.undone.pop()
            self.done.append(was)

    @rule()
    def reopen(self) -> None:
        texts = self.document.undo_text, self.document.redo_text, self.document.history()
        self.document.close()
        self.document = Document.open(self.path)
        self.document.subscribe(self.heard.apply)
        assert (self.document.undo_text, self.document.redo_text, self.document.history()) == texts

    # -- what always holds -------------------------------------------------------------------------

    @invariant()
    def the_file_equals_memory(self) -> None:
        file = MapFile.open(self.path, read_only=True)
        try:
            assert contents(file.load()) == contents(self.map)
        finally:
            file.close()

    @invariant()
    def every_index_equals_a_rebuilt_one(self) -> None:
        assert indexes(self.map) == indexes(Map(list(self.map)))

    @invariant()
    def observers_heard_everything(self) -> None:
        assert contents(self.heard) == contents(self.map)

    @invariant()
    def the_rules_hold(self) -> None:
        assert rules.check(self.map) == []


TestMapMachine = MapMachine.TestCase
TestMapMachine.settings = settings(
    max_examples=200,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
