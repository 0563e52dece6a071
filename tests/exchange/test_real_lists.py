"""Real lists made by others: each gives the right tree or one sentence that names the place."""

from __future__ import annotations

import pytest
from lists import boxes, meanings, outline, read, values

from capmap.errors import InputError
from capmap.exchange.difference import difference, map_of
from capmap.model import rules
from capmap.model.map import Map
from capmap.model.records import Attribute

LEVELS = {
    "custom-fields.json": (1, 2),
    "flat-by-id.json": (2, 5),
    "flat-by-name.json": (2, 5),
    "flat-by-parent.csv": (1, 2, 4),
    "level-hierarchy.csv": (1, 2, 4),
    "markdown-descriptions.json": (1, 1),
    "multi-parent.json": (2, 2),
    "nested-deep.json": (1, 3, 10, 5),
    "nested-simple.json": (2, 5),
    "quoted-fields.csv": (1, 1, 1),
    "simple-list.csv": (4,),
    "simple-list.json": (5,),
    "single-root.json": (1, 3),
    "software-engineering-model.json": (1, 19, 139, 109),
    "wrapped-object.json": (1, 3),
    "bank-capabilities.csv": (15,),
    "nics-business-capabilities.json": (10, 23, 62),
    "catalogue-extract.json": (3, 17, 65),
}
REFUSED = {
    "cycle.json": "cycle.json, element 1: “Alpha”, “Gamma” and “Beta” stand inside one another in a circle;"
    " give one of them another parent, or none.",
    "duplicate-ids.json": "duplicate-ids.json, element 2: the id 1 of “Duplicate” is also that of “First” (element 1);"
    " give each one its own.",
    "empty.json": "empty.json: the list is empty, so there is nothing to draw.",
    "no-name-field.json": "no-name-field.json, element 1: no column with a name was found"
    " (there are “count” and “active”); call one of them “name”.",
}


@pytest.mark.parametrize("name", LEVELS)
def test_every_list_makes_a_sound_map_with_the_right_levels(name: str) -> None:
    reading = read(name)
    assert reading.levels == LEVELS[name]
    made = map_of(reading)
    assert rules.check(made) == []
    assert sum(1 for _ in made.walk()) == reading.count


@pytest.mark.parametrize("name", LEVELS)
def test_the_same_list_a_second_time_changes_nothing(name: str) -> None:
    made = map_of(read(name))
    again = difference(made, read(name))
    assert again.change.is_empty
    assert again.same == read(name).count


@pytest.mark.parametrize("name", REFUSED)
def test_a_list_that_makes_no_map_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(InputError) as refused:
        read(name)
    assert str(refused.value) == REFUSED[name]


def test_levels_by_level_numbers() -> None:
    assert outline(read("level-hierarchy.csv")) == (
        "Enterprise\n"
        "  Customer Management\n    Customer Onboarding\n    Customer Retention\n"
        "  Product Management\n    Product Development\n    Product Pricing"
    )


def test_parents_by_id_and_by_name_make_the_same_kind_of_tree() -> None:
    assert outline(read("flat-by-parent.csv")) == outline(read("level-hierarchy.csv"))
    assert outline(read("flat-by-name.json")).splitlines()[:3] == [
        "Finance",
        "  Accounts Payable",
        "  Accounts Receivable",
    ]


def test_fields_of_other_names_are_understood() -> None:
    reading = read("custom-fields.json")
    assert meanings(reading) == {"title": "name", "doc": "description"}
    assert outline(reading) == "Innovation\n  Research\n  Prototyping"
    assert values(reading, "description")["Research"] == "Research activities"


def test_a_second_parent_becomes_a_reference() -> None:
    assert outline(read("multi-parent.json")) == "Division A\n  Shared Service\nDivision B\n  → Shared Service"
    assert read("multi-parent.json").notices == (
        "element 2: the box has a second place, where it is shown as a reference.",
    )
    made = map_of(read("multi-parent.json"))
    (alias,) = [box for box in made.capabilities if box.alias_of]
    assert made.shown(alias).external == "1"
    assert alias.external == ""


def test_quoted_cells_keep_their_commas() -> None:
    assert values(read("quoted-fields.csv"), "description")["Enterprise"] == "The root capability, covering all domains"


def test_scores_of_the_bank_arrive_as_scores() -> None:
    reading = read("bank-capabilities.csv")
    assert values(reading, "maturity")["Gestão de Clientes"] == 4
    assert values(reading, "importance") == {
        **dict.fromkeys(boxes(reading), 4),
        **dict.fromkeys(["Processamento de Pagamentos", "Autenticação e Autorização", "Backup e Recuperação"], 5),
        **dict.fromkeys(["Notificações Multicanal", "Geração de Relatórios", "Gestão de Documentos"], 3),
    }
    assert reading.notices == (
        "Column “strategicImportance” was read as Importance: “Critical” as 5, “High” as 4, “Medium” as 3.",
    )


def test_a_category_that_is_none_of_ours_becomes_an_own_attribute() -> None:
    reading = read("bank-capabilities.csv")
    assert meanings(reading)["category"] == "own"
    (attribute,) = reading.records
    assert attribute == Attribute(
        id=attribute.id,
        record_kind="capability",
        name="category",
        type="choice",
        choices=("Analytics", "Business", "Operations", "Security", "Technical"),
    )
    assert boxes(reading)["DevOps e CI/CD"].values["extra"] == {attribute.id: "Technical"}


def test_levels_of_the_civil_service_are_found_from_the_data() -> None:
    reading = read("nics-business-capabilities.json")
    assert meanings(reading) == {
        "capability": "level 3",
        "area": "level 2",
        "location": "level 1",
        "definition": "description",
    }
    told = outline(reading)
    # An area called like its capability, or no area at all, is a level less.
    assert told.startswith("Policy Creation\n  Policy Consultation\n  Policy Definition\nAsset Management\n")
    assert "\nStrategic Planning\nProcurement Management\n  Opportunity Mgmt\n    Business Case definition\n" in told
    assert told.endswith("Financial Management\n  Finance\nHR Management\n  HR")
    assert len(values(reading, "description")) == 68


def test_the_catalogue_keeps_ids_codes_and_its_own_fields() -> None:
    reading = read("catalogue-extract.json")
    scanning = boxes(reading)["Environmental Scanning"]
    assert scanning.values["external"] == scanning.values["code"] == "BC-100.10.20"
    assert scanning.values["description"].endswith("competitive intelligence).")
    names = {getattr(record, "name", "") for record in reading.records}
    assert names >= {"industry", "macro_id", "in_scope"}
    # What only repeats the tree is not kept.
    assert not names & {"children", "level", "parent_id"}


def test_a_file_gives_an_empty_map_its_title_and_no_other_map() -> None:
    made = map_of(read("nested-simple.json"))
    assert made.settings.title == "Nested simple"
    made.apply(difference(made, read("simple-list.csv")).change)
    assert made.settings.title == "Nested simple"


def test_two_lists_in_one_map_stand_beside_each_other() -> None:
    made = Map()
    made.apply(difference(made, read("simple-list.csv")).change)
    both = difference(made, read("simple-list.json"))
    # Risk Management is in both lists.
    assert (len(both.added), both.same) == (4, 1)
    made.apply(both.change)
    assert rules.check(made) == []
