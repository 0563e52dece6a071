"""Edits give the change that a person expects, and refuse what would break the map."""

from __future__ import annotations

import pytest

from capmap.errors import EditError
from capmap.model import edits, rules
from capmap.model.change import Change
from capmap.model.edits import Branch
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Note, Objective, Project, Provider, Service, Vote, make


class Desk:
    """A map with boxes found by name, as a person finds them."""

    def __init__(self, outline: dict[str, list[str]]) -> None:
        self.map = Map()
        branches = [Branch({"name": top}, [Branch({"name": name}) for name in below]) for top, below in outline.items()]
        self.map.apply(edits.add_branches(self.map, branches))

    def __getitem__(self, name: str) -> str:
        return next(box.id for box in self.map.walk() if box.name == name and not box.alias_of)

    def do(self, change: Change) -> Change:
        self.map.apply(change)
        assert rules.check(self.map) == []
        return change

    @property
    def outline(self) -> str:
        return " ".join(f"{self.map.number(box.id)}{box.name}{'*' * bool(box.alias_of)}" for box in self.map.walk())


@pytest.fixture
def desk() -> Desk:
    return Desk({"A": ["a", "b", "c"], "B": ["d"]})


def test_adding_at_a_place(desk: Desk) -> None:
    desk.do(edits.add(desk.map, "new", desk["A"], 1))
    assert desk.outline == "1A 1.1a 1.2new 1.3b 1.4c 2B 2.1d"


def test_moving_into_another_box_says_so(desk: Desk) -> None:
    change = desk.do(edits.move(desk.map, [desk["b"]], desk["B"], 0))
    assert desk.outline == "1A 1.1a 1.2c 2B 2.1b 2.2d"
    assert change.text == "Move b into B"


def test_moving_several_keeps_their_order_and_takes_branches_along(desk: Desk) -> None:
    desk.do(edits.move(desk.map, [desk["c"], desk["A"], desk["d"]], None))
    assert desk.outline == "1B 2A 2.1a 2.2b 2.3c 3d"


def test_moving_to_the_place_before_a_sibling_counts_as_it_stands_now(desk: Desk) -> None:
    desk.do(edits.move(desk.map, [desk["a"]], desk["A"], 2))
    assert desk.outline == "1A 1.1b 1.2a 1.3c 2B 2.1d"


def test_a_move_to_where_it_stands_is_no_change(desk: Desk) -> None:
    assert edits.move(desk.map, [desk["b"]], desk["A"], 1).is_empty


def test_shifting_stops_at_the_ends(desk: Desk) -> None:
    desk.do(edits.shift(desk.map, [desk["c"], desk["b"]], -1))
    assert desk.outline == "1A 1.1b 1.2c 1.3a 2B 2.1d"
    assert edits.shift(desk.map, [desk["b"]], -1).is_empty


def test_promote_and_demote_are_each_others_way_back(desk: Desk) -> None:
    desk.do(edits.promote(desk.map, desk["c"]))
    assert desk.outline == "1A 1.1a 1.2b 2c 3B 3.1d"
    desk.do(edits.demote(desk.map, desk["c"]))
    assert desk.outline == "1A 1.1a 1.2b 1.3c 2B 2.1d"
    with pytest.raises(EditError, match="top level already"):
        edits.promote(desk.map, desk["A"])


def test_a_box_cannot_go_into_itself_or_into_a_reference(desk: Desk) -> None:
    with pytest.raises(EditError, match="A cannot move into itself"):
        edits.move(desk.map, [desk["A"]], desk["b"])
    alias = next(iter(desk.do(edits.add_alias(desk.map, desk["a"], desk["B"])).after))
    with pytest.raises(EditError, match="reference to another box"):
        edits.move(desk.map, [desk["b"]], alias)


def test_no_more_than_sixty_four_levels() -> None:
    desk = Desk({"top": []})
    current = desk["top"]
    for number in range(rules.DEEPEST_LEVEL - 1):
        current = next(iter(desk.do(edits.add(desk.map, f"level {number}", current)).after))
    with pytest.raises(EditError, match="64 levels"):
        edits.add(desk.map, "too deep", current)


def test_removing_takes_everything_that_hangs_on_it(desk: Desk) -> None:
    service, project = make(Service, name="CRM"), make(Project, name="P")
    for record in (
        service,
        project,
        make(Note, type="note", text="n", subject=desk["a"]),
        make(Vote, capability=desk["b"], field="maturity", value=2),
        make(Link, type="supports", source=service.id, target=desk["a"]),
        make(Link, type="improves", source=project.id, target=desk["d"]),
    ):
        desk.do(edits.create(desk.map, record))
    desk.do(edits.add_alias(desk.map, desk["a"], desk["B"]))
    before = {record.id: record for record in desk.map}
    change = desk.do(edits.remove(desk.map, [desk["A"]]))
    assert desk.outline == "1B 1.1d"
    assert desk.map.count(Link) == 1
    assert desk.map.count(Note) == desk.map.count(Vote) == 0
    desk.do(change.inverse())
    assert {record.id: record for record in desk.map} == before


def test_removing_a_provider_keeps_its_services(desk: Desk) -> None:
    provider = make(Provider, name="Hosting Ltd")
    desk.do(edits.create(desk.map, provider))
    desk.do(edits.create(desk.map, make(Service, name="CRM", provider=provider.id)))
    desk.do(edits.remove(desk.map, [provider.id]))
    assert [service.provider for service in desk.map.all(Service)] == [None]


def test_duplicating_copies_the_branch_with_its_links(desk: Desk) -> None:
    service = make(Service, name="CRM")
    desk.do(edits.create(desk.map, service))
    desk.do(edits.link(desk.map, "supports", service.id, desk["a"], share=40))
    desk.do(edits.duplicate(desk.map, [desk["A"]]))
    assert desk.outline == "1A 1.1a 1.2b 1.3c 2A 2.1a 2.2b 2.3c 3B 3.1d"
    assert [link.share for link in desk.map.links_from(service.id)] == [40.0, 40.0]


def test_links_join_the_right_kinds_once(desk: Desk) -> None:
    service, objective = make(Service, name="CRM"), make(Objective, name="Grow")
    desk.do(edits.create(desk.map, service))
    desk.do(edits.create(desk.map, objective))
    desk.do(edits.link(desk.map, "supports", service.id, desk["a"]))
    with pytest.raises(EditError, match="linked already"):
        edits.link(desk.map, "supports", service.id, desk["a"])
    with pytest.raises(EditError, match="objective cannot be linked"):
        edits.link(desk.map, "supports", objective.id, desk["a"])


def test_sorting_puts_the_unknown_last(desk: Desk) -> None:
    desk.do(edits.put(desk.map, desk["b"], maturity=4))
    desk.do(edits.put(desk.map, desk["c"], maturity=2))
    desk.do(edits.sort_children(desk.map, desk["A"], "maturity"))
    assert desk.outline == "1A 1.1c 1.2b 1.3a 2B 2.1d"


def test_a_change_of_several_boxes_says_how_many(desk: Desk) -> None:
    change = edits.put_many(desk.map, [desk["a"], desk["b"]], importance=5)
    assert change.text == "Set importance of 2 boxes"
    assert edits.put(desk.map, desk["a"], maturity=3, target=5).text == "Set maturity now and maturity target of a"


def test_squashing_two_changes_is_doing_both(desk: Desk) -> None:
    first = desk.do(edits.add(desk.map, "x", desk["B"]))
    second = desk.do(edits.rename(desk.map, desk["x"], "y"))
    both = first.squash(second)
    desk.do(both.inverse())
    assert desk.outline == "1A 1.1a 1.2b 1.3c 2B 2.1d"
    assert first.squash(first.inverse()).is_empty


def test_finding_by_number_and_code(desk: Desk) -> None:
    found = desk.map.by_number("1.3")
    assert found is not None
    assert found.name == "c"
    desk.do(edits.put(desk.map, desk["d"], code="X-7"))
    by_code = desk.map.by_number("x-7")
    assert by_code is not None
    assert by_code.name == "d"
    assert desk.map.by_number("1.9") is None
    assert desk.map.by_number("") is None


def test_an_alias_shows_its_target_and_counts_once(desk: Desk) -> None:
    alias = next(iter(desk.do(edits.add_alias(desk.map, desk["a"], desk["B"])).after))
    again = next(iter(desk.do(edits.add_alias(desk.map, alias, None)).after))
    assert desk.map.shown(desk.map.capability(again)).id == desk["a"]
    assert desk.map.one(Capability, again).alias_of == desk["a"]
