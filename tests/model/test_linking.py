"""Linking: the link that fits, links that are there, pairs that cannot be; many in one step."""

from __future__ import annotations

import pytest

from capmap.errors import EditError
from capmap.model import rules
from capmap.model.linking import link_all, link_new, linking, unlink
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Record, Service


def called(current: Map, name: str) -> str:
    found = [record for record in current if getattr(record, "name", "") == name]
    return next(record.id for record in found if not (isinstance(record, Capability) and record.alias_of))


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("Till", "Advise", ("supports", "Till", "Advise")),
        ("Advise", "Till", ("supports", "Till", "Advise")),
        ("Web shop", "Advise", ("improves", "Web shop", "Advise")),
        ("Web shop", "Ledger", ("changes", "Web shop", "Ledger")),
        ("Ledger", "Till", ("depends on", "Ledger", "Till")),
        ("Shop floor", "Sell", ("uses", "Shop floor", "Sell")),
        ("Sell", "A fifth of sales online", ("needs", "A fifth of sales online", "Sell")),
    ],
)
def test_the_link_that_fits(small_map: Map, one: str, other: str, wanted: tuple[str, str, str]) -> None:
    found = linking(small_map, [called(small_map, one)], [called(small_map, other)])
    assert found.there == ()
    pair = found.new[0]
    assert (pair.type, pair.source, pair.target) == (
        wanted[0],
        called(small_map, wanted[1]),
        called(small_map, wanted[2]),
    )
    small_map.apply(link_all(small_map, found))
    assert not rules.check(small_map)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Sell", "Advise", "Boxes are not linked to one another; link services, projects and the like to them."),
        ("Till & Co", "Advise", "A provider is not linked itself: link an IT service that Till & Co provides."),
        ("Till", "Till", "A link needs two different ends."),
        ("A fifth of sales online", "Till", "An objective cannot be linked to a service."),
        ("Shop floor", "A fifth of sales online", "A unit cannot be linked to an objective."),
    ],
)
def test_what_cannot_be_says_why(small_map: Map, one: str, other: str, reason: str) -> None:
    found = linking(small_map, [called(small_map, one)], [called(small_map, other)])
    assert (found.new, found.there, found.reason) == ((), (), reason)
    with pytest.raises(EditError, match=reason[:20]):
        link_all(small_map, found)


def test_what_is_linked_already_is_not_doubled(small_map: Map) -> None:
    till = called(small_map, "Till")
    boxes = [called(small_map, name) for name in ("Take payment", "Advise", "Pay suppliers")]
    found = linking(small_map, [till], boxes)
    assert [pair.target for pair in found.there] == boxes[:1]
    change = link_all(small_map, found)
    assert change.text == "Link Till and 2 capabilities"
    assert len(change.after) == 2
    small_map.apply(change)
    with pytest.raises(EditError, match="linked already"):
        link_all(small_map, linking(small_map, [till], boxes))
    assert not rules.check(small_map)


def test_a_reference_stands_for_what_it_shows(small_map: Map) -> None:
    box = called(small_map, "Take payment")
    alias = small_map.aliases_of(box)[0]
    found = linking(small_map, [called(small_map, "Ledger")], [alias, box])
    assert [pair.target for pair in found.new] == [box]


def test_a_new_service_comes_with_its_links(small_map: Map) -> None:
    boxes = [called(small_map, "Advise"), called(small_map, "Sell online")]
    change = link_new(small_map, "service", " Chat  desk ", boxes)
    small_map.apply(change)
    chat = called(small_map, "Chat desk")
    assert isinstance(small_map[chat], Service)
    assert [link.target for link in small_map.links_from(chat)] == boxes
    assert change.text == "Add Chat desk and link it"
    assert not rules.check(small_map)


@pytest.mark.parametrize(("kind", "name"), [("capability", "Box"), ("provider", "Acme"), ("service", " ")])
def test_what_cannot_be_made_is_refused(small_map: Map, kind: str, name: str) -> None:
    with pytest.raises(EditError):
        link_new(small_map, kind, name, [called(small_map, "Advise")])


def test_links_are_taken_away_in_one_step(small_map: Map) -> None:
    gone = [link.id for link in small_map.all(Link) if link.type in ("supports", "improves")]
    change = unlink(small_map, gone)
    before: dict[str, Record] = {record.id: record for record in small_map}
    small_map.apply(change)
    assert not set(gone) & {link.id for link in small_map.all(Link)}
    small_map.apply(change.inverse())
    assert {record.id: record for record in small_map} == before
