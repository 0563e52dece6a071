"""Measures of lenses of one's own, each reckoned by hand on a small firm, and the rows of why that prove them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from linked import ON, ask, linked

from capmap.analysis.linkedmeasures import linked_fields
from capmap.analysis.measured import measured
from capmap.analysis.measures import Measured
from capmap.errors import UsageError
from capmap.model import attributes, lenses
from capmap.model.lensrules import LINKS, Measure, Rule, RuleRefused, Scale, as_data
from capmap.model.map import Map
from capmap.model.records import Attribute, Project, SavedLens, Service, evolve, make

DAY = dt.date


@pytest.fixture
def firm() -> Map:
    """Sell holds Serve and Ship; Run stands alone. Till supports Serve, Desk all of Sell, Cart supports Ship."""
    return linked(
        "Sell | owner=Ann\n    Serve | maturity=2 | target=4 | importance=5\n    Ship | maturity=4 | target=3\nRun",
        [
            Service(
                id="till", name="Till", level_target=99.5, level_actual=97.0, satisfaction=2, run_cost=300_00,
                live_from=DAY(2020, 1, 1),
            ),
            Service(
                id="desk", name="Desk", level_target=99.0, level_actual=99.5, satisfaction=4, run_cost=100_00,
                live_from=DAY(2019, 1, 1), retired_from=DAY(2026, 1, 1),
            ),
            Service(id="cart", name="Cart", satisfaction=5, plan_from=DAY(2026, 1, 1), live_from=DAY(2028, 1, 1)),
            Project(id="soon", name="Soon", status="approved"),
            Project(id="past", name="Past", status="done"),
        ],
        [
            ("supports", "till", "serve", {"fit": 2, "share": 100.0}),
            ("supports", "desk", "sell", {"fit": 4, "share": 100.0}),
            ("supports", "cart", "ship"),
            ("improves", "soon", "serve"),
            ("improves", "past", "ship"),
        ],
    )  # fmt: skip


def take(current: Map, measure: Measure) -> Measured:
    return measured(measure, current, ON)


def value(current: Map, box: str, measure: Measure) -> Any:
    return take(current, measure).value_of(current, current.capability(box))


def by(field: str, how: Any, link: str = "supports") -> Measure:
    return Measure("linked", field, link=link, by=how)


@pytest.mark.parametrize(
    ("measure", "serve", "ship", "run"),
    [
        (by("level_gap", "worst"), 2.5, -0.5, None),
        (by("level_gap", "best"), -0.5, -0.5, None),
        (by("satisfaction", "worst"), 2, 4, None),
        (by("satisfaction", "mean"), 3.0, 4.5, None),
        (by("run_cost", "sum"), 400_00, 100_00, None),
        (by("stage", "worst"), "retired", "retired", None),
        (by("stage", "best"), "live", "plan", None),
        (by("link:fit", "worst"), 2, 4, None),
        (by("", "count"), 2, 2, 0),
        (by("status", "most", "improves"), "approved", "done", None),
        (by("live_from", "worst"), DAY(2019, 1, 1).toordinal(), DAY(2019, 1, 1).toordinal(), None),
        (Measure("cost", "run"), 300_00, None, None),
        (Measure("field", "gap"), 2, -1, None),
        (Measure("gap", "importance", "maturity"), 3, None, None),
        (Measure("field", "services"), 1, 1, 0),
        (Measure("field", "inside"), "Sell", "Sell", None),
        (Measure("answer", "Finding", question="coverage"), None, "no IT service in use", "no IT service"),
        (Measure("answer", "", question="impact", argument="Till"), "named", "not named", "not named"),
    ],
)
def test_values_reckoned_by_hand(firm: Map, measure: Measure, serve: object, ship: object, run: object) -> None:
    found = [value(firm, box, measure) for box in ("serve", "ship", "run")]
    assert found == [pytest.approx(wanted) if isinstance(wanted, float) else wanted for wanted in (serve, ship, run)]


def test_a_closed_box_sees_what_is_linked_inside_it_each_thing_once(firm: Map) -> None:
    assert value(firm, "sell", by("", "count")) == 3
    assert value(firm, "sell", by("satisfaction", "worst")) == 2
    assert value(firm, "sell", Measure("cost", "run")) == 400_00


def test_stages_are_those_of_the_day(firm: Map) -> None:
    before = measured(by("stage", "worst"), firm, DAY(2025, 1, 1))
    assert before.value_of(firm, firm.capability("serve")) == "live"


@pytest.mark.parametrize("of", ["text", "number", "choice", "date", "money"])
def test_each_own_attribute_can_be_measured(firm: Map, of: str) -> None:
    firm.apply(attributes.add(firm, "capability", "Mine", of, ["low", "high"] if of == "choice" else ()))
    key = next(iter(firm.all(Attribute))).id
    given = {"text": "blue", "number": 7, "choice": "high", "date": "2026-05-01", "money": 500}[of]
    current = Map(
        [*(record for record in firm if record.id != "run"), evolve(firm.capability("run"), extra={key: given})]
    )
    made = take(current, Measure("field", f"own:{key}"))
    found = made.value_of(current, current.capability("run"))
    assert made.words(found) == {"date": "2026-05-01", "money": "EUR 5"}.get(of, str(given))
    assert made.value_of(current, current.capability("serve")) is None
    assert made.unknown != made.words(found)


@pytest.mark.parametrize("link", LINKS)
def test_every_linked_field_can_be_taken_in_all_its_ways(firm: Map, link: str) -> None:
    for name, field in linked_fields(firm, link).items():
        for how in field.ways:
            made = take(firm, Measure("linked", name, link=link, by=how))
            assert made.title
            assert made.value_of(firm, firm.capability("run")) is None
            assert made.words(made.value_of(firm, firm.capability("serve")))


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        (Measure("field", "own:gone"), "no longer in the map"),
        (Measure("field", "mood"), "“mood”"),
        (Measure("gap", "owner", "maturity"), "Owner is none"),
        (by("mood", "worst"), "do not have"),
        (by("satisfaction", "most"), "“most”"),
        (by("stage", "sum"), "“sum”"),
        (Measure("answer", "Mood", question="coverage"), "no column"),
        (Measure("answer", "", question="why"), "“why”"),
        (Measure("answer", "", question="impact", argument="0" * 32), "no longer in the map"),
    ],
)
def test_what_the_map_does_not_have_is_refused(firm: Map, measure: Measure, told: str) -> None:
    with pytest.raises(RuleRefused, match=told):
        take(firm, measure)


def test_a_question_about_nothing_there_says_so_itself(firm: Map) -> None:
    with pytest.raises(UsageError, match="Nowhere"):
        take(firm, Measure("answer", "", question="impact", argument="Nowhere"))


@pytest.mark.parametrize(
    ("measure", "bounds", "labels"),
    [
        (Measure("field", "maturity"), (2.0, 3.0, 5.0), ("1", "2", "3 to 4", "5")),
        (by("", "count"), (1.0, 3.0), ("0", "1 to 2", "3 and more")),
        (Measure("cost", "run"), (50_000_00.0, 2e8), ("below EUR 50k", "EUR 50k to 2m", "EUR 2m and more")),
        (by("level_actual", "mean"), (97.5, 99.0), ("below 97.5 %", "97.5 to 99 %", "99 % and more")),
        (
            Measure("field", "assessed_on"),
            (float(DAY(2025, 1, 1).toordinal()), float(DAY(2026, 1, 1).toordinal())),
            ("before 2025-01-01", "2025-01-01 to 2025-12-31", "from 2026-01-01"),
        ),
    ],
)  # fmt: skip
def test_steps_say_which_values_they_take(
    firm: Map, measure: Measure, bounds: tuple[float, ...], labels: tuple[str, ...]
) -> None:
    made = take(firm, measure)
    assert made.labels(Scale("blues", bounds)) == labels
    assert made.labels(Scale("blues", bounds, labels=("", "middle")))[1] == "middle"


def test_why_tells_what_saved_lenses_say_and_who_proves_it(firm: Map) -> None:
    rule = Rule(by("level_gap", "worst"), Scale("terracotta", (0.0, 2.0), labels=("kept", "missed", "badly missed")))
    firm.apply(lenses.add_lens(firm, "Promises", rule))
    broken = as_data(Rule(Measure("field", "own:gone"), Scale("blues", (1.0,))))
    firm = Map([*firm, make(SavedLens, name="Broken", rule=broken, position=1), make(SavedLens, name="Empty", rule={})])
    rows = {str(row.values[0]): row for row in ask(firm, "why", "Serve").rows}
    told = rows["Lens: Promises"]
    assert told.values[1] == "2.5 points: badly missed"
    assert "from 2 points on" in str(told.values[2])
    assert "Till (Service level below target: 2.5 points)" in str(told.values[2])
    assert "Desk" in str(told.values[2])
    assert {"serve", "till", "desk"} <= set(told.records)
    assert rows["Lens: Broken"].values[1:] == (
        "cannot be used",
        "This lens measures an attribute that is no longer in the map.",
    )
    assert rows["Lens: Empty"].values[1] == "cannot be used"
