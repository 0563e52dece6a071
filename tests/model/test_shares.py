"""Shares: what is off and said to be, and that balancing ends at 100 % exactly, with what every sum makes of it."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capmap.analysis.allocation import parts
from capmap.analysis.costs import shares_of
from capmap.model import edits, shares
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Project, Service, make

SHARES = st.lists(
    st.one_of(
        st.none(),
        st.floats(0, 100),
        st.integers(0, 10_000).map(lambda hundredths: hundredths / 100),
    ),
    max_size=60,
)


@given(SHARES.filter(bool))
def test_balanced_shares_add_up_to_exactly_100(given_shares: list[float | None]) -> None:
    fresh = shares.balanced(given_shares)
    known = [share for share in fresh if share is not None]
    assert len(fresh) == len(given_shares)
    assert sum((Decimal(repr(share)) for share in known), Decimal(0)) == 100 or not known
    assert all(0 <= share <= 100 for share in known)
    assert known or None in given_shares
    assert not shares.is_off(fresh)


@given(SHARES.filter(bool))
def test_balancing_twice_changes_nothing_more(given_shares: list[float | None]) -> None:
    once = shares.balanced(given_shares)
    assert shares.balanced(once) == once


@given(SHARES.filter(bool))
def test_balancing_says_what_the_sums_of_cost_make_of_the_shares(given_shares: list[float | None]) -> None:
    """But for the rest that nobody takes, and the rounding to hundredths, no cost goes elsewhere than before."""
    before, after = parts(given_shares), parts(shares.balanced(given_shares))
    assert math.isclose(math.fsum(after), 1.0)
    if None in given_shares or shares.total(given_shares) >= 100:
        assert all(abs(one - other) < 0.00011 for one, other in zip(before, after, strict=True))


@given(SHARES)
def test_what_is_off_is_what_the_sums_of_cost_must_mend(given_shares: list[float | None]) -> None:
    known = [share for share in given_shares if share is not None]
    over = math.fsum(known) > 100.005
    lost = bool(given_shares) and math.fsum(parts(given_shares)) < 0.99995
    assert shares.is_off(given_shares) == (over or lost)


@pytest.mark.parametrize(
    ("given_shares", "wanted"),
    [
        ([50, None, None], [50.0, 25.0, 25.0]),
        ([None, None, None], [33.34, 33.33, 33.33]),
        ([40, 40], [50.0, 50.0]),
        ([30], [100.0]),
        ([90, 60, None], [60.0, 40.0, None]),
        ([0, 0], [50.0, 50.0]),
        ([100, None], [100.0, None]),
        ([33.3, 33.3, 33.4], [33.3, 33.3, 33.4]),
        ([], []),
    ],
)
def test_how_shares_are_balanced(given_shares: list[float | None], wanted: list[float | None]) -> None:
    assert shares.balanced(given_shares) == wanted


def linked_map(*values: float | None) -> tuple[Map, str]:
    """A service that supports a box for each of these shares."""
    current = Map()
    service = make(Service, name="Keel", run_cost=100_000)
    current.apply(edits.create(current, service))
    for place, share in enumerate(values):
        added = edits.add(current, f"Box {place}")
        current.apply(added)
        box = next(
            key
            for key, record in added.after.items()
            if isinstance(record, Capability) and record.name == f"Box {place}"
        )
        current.apply(edits.link(current, "supports", service.id, box, share=share))
    return current, service.id


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ((60.0, 40.0), ""),
        ((60.0, None), ""),
        ((None, None), ""),
        ((100.0, None), ""),
        ((), ""),
        ((60.0, 20.0), "The shares of Keel add up to 80 %; the rest of its cost goes nowhere."),
        ((80.0, 50.0), "The shares of Keel add up to 130 %; sums of cost scale them down to 100 %."),
        (
            (80.0, 50.5, None),
            (
                "The shares of Keel add up to 130.5 %; sums of cost scale them down to 100 %, and the link without a"
                " share takes nothing."
            ),
        ),
    ],
)
def test_what_is_off_is_said(values: tuple[float | None, ...], wanted: str) -> None:
    current, service = linked_map(*values)
    assert shares.why_off(current, service) == wanted


def test_balancing_a_service_is_one_change_that_its_inverse_takes_back() -> None:
    current, service = linked_map(60.0, 20.0)
    before = {record.id: record for record in current}
    change = shares.balance(current, [service])
    assert change.text == "Balance the shares of Keel"
    current.apply(change)
    assert sorted(link.share or 0 for link in current.all(Link)) == [25.0, 75.0]
    assert math.isclose(math.fsum(part for _, part in shares_of(current)[service]), 1.0)
    assert shares.balance(current, [service]).is_empty
    current.apply(change.inverse())
    assert {record.id: record for record in current} == before


def test_dependent_services_and_what_a_project_changes_take_their_shares_too(small_map: Map) -> None:
    services = {service.name: service.id for service in small_map.all(Service)}
    project = next(iter(small_map.all(Project)))
    assert {link.type for link in shares.claims(small_map, services["Ledger"])} == {"supports", "depends on"}
    assert {link.type for link in shares.claims(small_map, project.id)} == {"improves", "changes"}
    small_map.apply(shares.balance(small_map, [project.id]))
    assert [link.share for link in shares.claims(small_map, project.id)] == [50.0, 50.0]
    for link in small_map.all(Link):
        key = shares.giver(link)
        assert key is None or link in shares.claims(small_map, key)
