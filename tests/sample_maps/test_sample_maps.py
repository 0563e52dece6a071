"""The sample maps: each builds from its tables, its file holds what they say, and its figures add up."""

from __future__ import annotations

import datetime as dt
import importlib.util
import shutil
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from capmap.document import opened
from capmap.errors import InputError
from capmap.model import rules
from capmap.model.map import Map
from capmap.model.records import (
    ASSESSED_FIELDS,
    LINK_TYPES,
    PERSPECTIVES,
    Capability,
    Demand,
    Link,
    Objective,
    Project,
    Provider,
    Service,
    Unit,
)

SAMPLES = Path(__file__).resolve().parents[2] / "sample_maps"


def load_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_sample_maps", SAMPLES / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


build = load_build()
TOLD_AT = dt.date(2026, 11, 30)
"""The day on which the three maps tell their stories."""
ORGANISATIONS = ["city-of-lindenburg", "harbour-insurance", "nordvik-hospital"]


@pytest.fixture(scope="module", params=ORGANISATIONS)
def organisation(request: pytest.FixtureRequest) -> Map:
    return Map(build.read(request.param))


def leaves(current: Map) -> list[Capability]:
    return [box for box in current.walk() if not current.has_children(box.id) and not box.alias_of]


def test_there_are_three_organisations_and_the_catalogue() -> None:
    assert build.names() == sorted([*ORGANISATIONS, "cross-industry"])


@pytest.mark.parametrize("name", [*ORGANISATIONS, "cross-industry"])
def test_file_holds_what_the_tables_say(name: str, tmp_path: Path) -> None:
    records = build.read(name)
    path = tmp_path / "copy.capmap"
    shutil.copyfile(SAMPLES / f"{name}.capmap", path)
    with opened(path) as document:
        assert not document.why_read_only
        assert {record.id: record for record in document.map} == {record.id: record for record in records}, (
            "run: python sample_maps/build.py"
        )
        assert rules.check(document.map) == []


def test_built_twice_it_is_the_same_map() -> None:
    assert build.read("nordvik-hospital") == build.read("nordvik-hospital")


def test_no_record_is_in_two_maps() -> None:
    ids = [record.id for name in build.names() for record in build.read(name) if record.kind != "settings"]
    assert len(ids) == len(set(ids))


# -- the three organisations --------------------------------------------------------------------------


def test_organisation_is_complete(organisation: Map) -> None:
    assert organisation.settings.title
    assert organisation.settings.currency
    assert 70 <= organisation.count(Capability) <= 150
    assert 3 <= max(organisation.level(box.id) for box in leaves(organisation)) <= 4
    assert 25 <= organisation.count(Service) <= 40
    assert 10 <= organisation.count(Project) <= 15
    assert organisation.count(Provider) >= 5
    assert organisation.count(Unit) >= 5
    assert organisation.count(Demand) >= 8
    assert {objective.perspective for objective in organisation.all(Objective)} == set(PERSPECTIVES)
    assert {link.type for link in organisation.all(Link)} == set(LINK_TYPES)


def test_every_leaf_is_assessed_with_a_reason(organisation: Map) -> None:
    lacking = [
        box.code
        for box in leaves(organisation)
        if not all(getattr(box, field) for field in (*ASSESSED_FIELDS, "category", "owner", "assessed_on"))
        or len(box.reason.split()) < 5
    ]
    assert not lacking
    assert len({box.reason for box in leaves(organisation)}) == len(leaves(organisation))


def test_scores_tell_boxes_apart(organisation: Map) -> None:
    gaps = Counter((box.target or 0) - (box.maturity or 0) for box in leaves(organisation))
    assert len(gaps) >= 4
    assert max(gaps.values()) < 0.7 * gaps.total()


def test_codes_are_outline_numbers(organisation: Map) -> None:
    assert [box.code for box in organisation.walk()] == [organisation.number(box.id) for box in organisation.walk()]


def test_services_have_cost_levels_provider_and_a_lifecycle_in_order(organisation: Map) -> None:
    for service in organisation.all(Service):
        planned = service.live_from is not None and service.live_from > TOLD_AT
        assert planned or (service.run_cost is not None and service.run_cost > 0), service.code
        assert service.provider, service.code
        assert service.archetype, service.code
        stages = (
            service.plan_from,
            service.pilot_from,
            service.live_from,
            service.phase_out_from,
            service.retired_from,
        )
        known = [day for day in stages if day]
        assert known, service.code
        assert known == sorted(known), service.code
    levels = [service for service in organisation.all(Service) if service.level_target and service.level_actual]
    assert len(levels) >= 0.8 * organisation.count(Service)


def test_no_service_gives_away_more_than_its_cost(organisation: Map) -> None:
    """What the capabilities and the services above take of a service adds up to all of it, but where the map tells of
    cost that nobody accounts for.
    """
    taken: Counter[str] = Counter()
    for link in organisation.all(Link):
        if link.type == "supports":
            assert link.share is not None
            assert link.fit is not None
            taken[link.source] += round(100 * link.share)
        elif link.type == "depends on":
            assert link.effect is not None
            taken[link.target] += round(100 * (link.share or 0))
    services = list(organisation.all(Service))
    assert not [service.code for service in services if taken[service.id] > 100_00]
    whole = [service for service in services if taken[service.id] == 100_00]
    assert len(whole) >= 0.8 * len(services)


def test_projects_have_money_dates_and_outcomes(organisation: Map) -> None:
    for project in organisation.all(Project):
        assert project.status, project.code
        assert project.start, project.code
        assert project.end, project.code
        assert project.start <= project.end, project.code
        assert project.budget, project.code
        assert (project.funding == "unit") == (project.funding_unit is not None), project.code
        if project.status in ("done", "stopped"):
            assert project.finished, project.code
            assert project.finished >= project.start, project.code
            assert project.spent is not None, project.code
            assert project.lesson, project.code
        else:
            assert project.finished is None, project.code
        if project.status in ("proposed", "approved"):
            assert project.start > TOLD_AT, project.code
            assert (project.spent or 0) < project.budget / 10, project.code
            assert project.benefit_achieved is None, project.code
    statuses = {project.status for project in organisation.all(Project)}
    assert {"done", "running", "approved"} <= statuses


def test_every_project_changes_something_and_demands_become_projects(organisation: Map) -> None:
    for project in organisation.all(Project):
        assert {link.type for link in organisation.links_from(project.id)} & {"improves", "changes"}, project.code
    improving = [link for link in organisation.all(Link) if link.type == "improves"]
    assert sum(link.promised is not None for link in improving) >= 0.9 * len(improving)
    for demand in organisation.all(Demand):
        assert (demand.stage == "project") == (demand.project is not None), demand.name


def test_there_is_something_to_find(organisation: Map) -> None:
    """A workshop needs holes: a box below target without a project, one without a service, an orphaned service."""
    improved = {link.target for link in organisation.all(Link) if link.type == "improves"}
    supported = {link.target for link in organisation.all(Link) if link.type == "supports"}
    boxes = leaves(organisation)
    assert [box for box in boxes if (box.target or 0) - (box.maturity or 0) >= 2 and box.id not in improved]
    assert [box for box in boxes if box.id not in supported]
    assert [box for box in organisation.capabilities if box.alias_of]


# -- the catalogue ------------------------------------------------------------------------------------


def test_catalogue_extract_is_whole_and_keeps_its_attribution() -> None:
    catalogue = Map(build.read("cross-industry"))
    assert catalogue.count(Capability) == 1_157
    assert Counter(catalogue.level(box.id) for box in catalogue.walk()) == {1: 41, 2: 223, 3: 893}
    assert "Vincent Verdet" in catalogue.settings.attribution
    assert "CC BY 4.0" in catalogue.settings.attribution
    assert "Changed" in catalogue.settings.attribution
    assert "Attribution 4.0 International" in (SAMPLES / "cross-industry" / "LICENSE").read_text("utf-8")
    assert "Vincent Verdet" in (SAMPLES / "cross-industry" / "NOTICE").read_text("utf-8")


# -- what is wrong is told with its place -------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small map in tables, in a place of its own."""
    monkeypatch.setattr(build, "HERE", tmp_path)
    made = tmp_path / "shop"
    made.mkdir()
    (made / "map.csv").write_text("field,value\ntitle,Shop\ncurrency,EUR\n", "utf-8")
    (made / "capabilities.csv").write_text("code,name,importance\n1,Sell,\n1.1,Serve,4\n1.2,Pack,\n", "utf-8")
    (made / "services.csv").write_text("code,name,run_cost\nS1,Till,12000.50\n", "utf-8")
    (made / "links.csv").write_text("type,source,target,share\nsupports,S1,1.1,100\n", "utf-8")
    return made


def test_small_folder_builds_once_and_again_when_its_tables_change(folder: Path) -> None:
    assert build.build("shop") is True
    assert build.build("shop") is False
    with opened(folder.parent / "shop.capmap") as document:
        assert [box.name for box in document.map.walk()] == ["Sell", "Serve", "Pack"]
        (till,) = document.map.all(Service)
        assert till.run_cost == 1_200_050
    with (folder / "capabilities.csv").open("a", encoding="utf-8") as table:
        table.write("2,Buy,3\n")
    assert build.build("shop") is True


@pytest.mark.parametrize(
    ("file", "row", "place", "sentence"),
    [
        ("capabilities.csv", "3.1,Lost,", "row 5", "no capability '3'"),
        ("capabilities.csv", "1.1,Again,", "row 5", "twice"),
        ("capabilities.csv", "2,Buy,7", "row 5", "between 1 and 5"),
        ("capabilities.csv", "2,Buy,high", "row 5", "must be a number"),
        ("capabilities.csv", "2,Buy", "row 5", "2 cells"),
        ("capabilities.csv", ",Buy,3", "row 5", "needs a code"),
        ("services.csv", "S2,Safe,12.345", "row 3", "must be a number"),
        ("links.csv", "supports,S9,1.1,10", "row 3", "no service 'S9'"),
        ("links.csv", "helps,S1,1.2,10", "row 3", "A link is one of"),
        ("map.csv", "colour,red", "row 4", "not a setting"),
    ],
)
def test_wrong_row_is_named(folder: Path, file: str, row: str, place: str, sentence: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as table:
        table.write(row + "\n")
    with pytest.raises(InputError, match=sentence) as told:
        build.read("shop")
    assert (told.value.source, told.value.place) == (f"shop/{file}", place)


def test_unknown_column_and_missing_table_are_told(folder: Path) -> None:
    (folder / "services.csv").write_text("code,name,price\n", "utf-8")
    with pytest.raises(InputError, match="columns must differ and be among"):
        build.read("shop")
    (folder / "capabilities.csv").unlink()
    with pytest.raises(InputError, match="cannot be read"):
        build.read("shop")
