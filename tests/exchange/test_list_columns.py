"""Columns: what headers in six languages and values are taken for, and how a person corrects it."""

from __future__ import annotations

import datetime as dt

import pytest
from lists import boxes, meanings, outline, read_bytes, values

from capmap.errors import UsageError
from capmap.exchange.boxes import Reading
from capmap.exchange.columns import MEANINGS, OWN, ColumnMapping, NoNames

LANGUAGES = {
    "German": (
        (
            "Kennung;Übergeordnete Fähigkeit;Bezeichnung;Beschreibung;Verantwortlich;Kategorie;Wichtigkeit;"
            "Reifegrad (1-5);Zielreifegrad;Erwartung;Vertrauen in die IT;Bewertet am;Begründung;Schlagwörter"
        ),
        "Kern;hoch;2,0;sehr hoch;3;4;30.11.2026;weil;a, b",
    ),
    "French": (
        (
            "Identifiant;Capacité parente;Libellé;Définition;Responsable;Catégorie;Importance stratégique;"
            "Niveau de maturité;Maturité cible;Attentes;Confiance;Évalué le;Justification;Mots-clés"
        ),
        "cœur;élevée;2;très élevé;3;4;30/11/2026;weil;a, b",
    ),
    "Spanish": (
        (
            "Identificador;Id padre;Nombre;Descripción;Responsable;Categoría;Importancia;"
            "Nivel de madurez;Madurez objetivo;Expectativa;Confianza;Fecha de evaluación;Justificación;Etiquetas"
        ),
        "principal;alta;2;muy alta;3;4;30/11/2026;weil;a, b",
    ),
    "Portuguese": (
        (
            "Identificador;Id pai;Nome;Descrição;Responsável;Categoria;Importância;"
            "Nível de maturidade;Maturidade alvo;Expectativa;Confiança;Avaliado em;Justificativa;Palavras-chave"
        ),
        "núcleo;alta;2;muito alta;3;4;30/11/2026;weil;a, b",
    ),
    "Dutch": (
        (
            "Sleutel;Bovenliggende;Naam;Omschrijving;Eigenaar;Categorie;Belang;"
            "Volwassenheid;Gewenste volwassenheid;Verwachting;Vertrouwen;Beoordeeld op;Motivering;Trefwoorden"
        ),
        "kern;hoog;2;zeer hoog;3;4;30-11-2026;weil;a, b",
    ),
    "English": (
        (
            "Capability ID;Parent Capability;Capability Name;Definition;Business Owner;Category;strategicImportance;"
            "Maturity Level;Target Maturity;Business Expectation;Confidence in IT;Assessed on;Rationale;Keywords"
        ),
        "Core;High;2;Very high;3;4;2026-11-30;weil;a, b",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_of_every_language_are_understood(language: str) -> None:
    headers, cells = LANGUAGES[language]
    reading = read_bytes(f"{headers}\n1;;Top;;;;;;;;;;;\n2;1;Below;words;Ann;{cells}\n")
    assert outline(reading) == "Top\n  Below"
    below = boxes(reading)["Below"].values
    assert {key: value for key, value in below.items() if key != "extra"} == {
        "name": "Below",
        "external": "2",
        "description": "words",
        "owner": "Ann",
        "category": "core",
        "importance": 4,
        "maturity": 2,
        "target": 5,
        "expectation": 3,
        "confidence": 4,
        "assessed_on": dt.date(2026, 11, 30),
        "tags": ("a", "b"),
        "reason": "weil",
    }


def scores(*cells: str, header: str = "Maturity") -> tuple[list[int | None], Reading]:
    reading = read_bytes(f"Name;{header}\n" + "".join(f"box {n};{cell}\n" for n, cell in enumerate(cells)))
    found = values(reading, "maturity")
    return [found.get(f"box {n}") for n in range(len(cells))], reading


def test_scores_are_read_from_numbers_however_they_are_written() -> None:
    found, reading = scores("1", "2.0", "3,0", "4/5", "Level 5", "2 - Managed", "3 (defined)", "")
    assert found == [1, 2, 3, 4, 5, 2, 3, None]
    assert reading.notices == ()


def test_scores_in_words_are_mapped_and_the_mapping_is_told() -> None:
    found, reading = scores("very low", "low", "medium", "high", "critical")
    assert found == [1, 2, 3, 4, 5]
    assert reading.notices == (
        (
            "Column “Maturity” was read as Maturity now: “critical” as 5, “high” as 4, “medium” as 3, “low” as 2,"
            " “very low” as 1."
        ),
    )


def test_managed_is_two_or_four_by_the_scale_it_is_on() -> None:
    assert scores("Initial", "Managed", "Defined", "Quantitatively managed", "Optimizing")[0] == [1, 2, 3, 4, 5]
    assert scores("Initial", "Repeatable", "Defined", "Managed", "Optimised")[0] == [1, 2, 3, 4, 5]


def test_an_unknown_word_is_told_and_not_invented() -> None:
    found, reading = scores("3", "4", "purple", "n/a", "0")
    assert found == [3, 4, None, None, None]
    assert "row 4: “purple” in column “Maturity” is not a score from 1 to 5 and was left out." in reading.notices
    assert "A 0 in column “Maturity” was read as not assessed." in reading.notices


def test_decimals_are_rounded_half_up_and_it_is_told() -> None:
    found, reading = scores("3.5", "4,5", "2.4")
    assert found == [4, 5, 2]
    assert reading.notices == ("Column “Maturity” holds scores with decimals; they were rounded to whole scores.",)


def test_percentages_under_a_score_header_stay_what_they_are() -> None:
    reading = scores("80", "95", "40")[1]
    assert meanings(reading)["Maturity"] == OWN
    assert [getattr(record, "type", "") for record in reading.records] == ["number"]


def test_the_order_of_day_and_month_is_found_from_the_column() -> None:
    american = read_bytes("name,assessed on\na,11/30/2026\nb,01/02/2026\n")
    assert values(american, "assessed_on")["b"] == dt.date(2026, 1, 2)
    unsure = read_bytes("name,assessed on\na,01/02/2026\n")
    assert values(unsure, "assessed_on")["a"] == dt.date(2026, 2, 1)
    assert unsure.notices == ("The dates of column “assessed on” were read as day/month/year.",)


def test_columns_without_a_meaning_become_own_attributes_of_a_fitting_type() -> None:
    rows = "".join(f"box {n},{n}.5,2026-0{n + 1}-01,{'red' if n % 2 else 'green'},00{n}\n" for n in range(6))
    reading = read_bytes(f"name,Cost,Since,Light,Number plate\n{rows}")
    types = {getattr(record, "name", ""): getattr(record, "type", "") for record in reading.records}
    # 007 is no number: it would come back as 7.
    assert types == {"Cost": "number", "Since": "date", "Light": "choice", "Number plate": "text"}
    ids = {getattr(record, "name", ""): record.id for record in reading.records}
    assert boxes(reading)["box 1"].values["extra"] == {
        ids["Cost"]: 1.5,
        ids["Since"]: "2026-02-01",
        ids["Light"]: "red",
        ids["Number plate"]: "001",
    }


def test_a_header_row_is_found_below_a_title() -> None:
    reading = read_bytes("Our capabilities,,\n,,\nName,Owner,Maturity\nSales,Ann,3\n")
    assert outline(reading) == "Sales"
    assert values(reading, "maturity") == {"Sales": 3}


def test_a_table_without_headers_is_read_by_its_values() -> None:
    assert outline(read_bytes("1,Sales\n1.1,Leads\n2,Marketing\n")) == "Sales\n  Leads\nMarketing"
    assert outline(read_bytes("Sales,Leads,Score\nSales,Leads,Route\nSales,Offers,Price\nBuy,Order,Call\n")) == (
        "Sales\n  Leads\n    Score\n    Route\n  Offers\n    Price\nBuy\n  Order\n    Call"
    )


def test_a_single_category_is_not_taken_for_a_level_but_a_domain_is() -> None:
    rows = "Leads,{0},x\nOffers,{0},y\nBrand,{1},z\n".format("Sales", "Marketing")
    assert read_bytes(f"Name,Colour,Note\n{rows}").levels == (3,)
    assert read_bytes(f"Name,Domain,Note\n{rows}").levels == (2, 3)


def test_a_guess_is_shown_with_examples_and_corrected_before_anything_changes() -> None:
    text = "Name,Wert,Gruppe\nLeads,4,Sales\nOffers,2,Sales\n"
    first = read_bytes(text)
    assert first.mapping is not None
    assert [(column.header, column.label, column.examples) for column in first.mapping.columns] == [
        ("Name", "Name", ("Leads", "Offers")),
        ("Wert", "Own attribute", ("4", "2")),
        ("Gruppe", "Own attribute", ("Sales",)),
    ]
    corrected = first.mapping.with_meaning(1, "maturity").with_meaning(2, "level 1")
    second = read_bytes(text, mapping=corrected)
    assert outline(second) == "Sales\n  Leads\n  Offers"
    assert values(second, "maturity") == {"Leads": 4, "Offers": 2}
    assert second.records == ()


def test_a_correction_holds_for_columns_that_stand_elsewhere_in_the_next_file() -> None:
    first = read_bytes("Name,Wert\nLeads,4\n").mapping
    assert first is not None
    later = read_bytes("Wert,Neu,Name\n5,x,Leads\n", mapping=first.with_meaning(1, "target"))
    assert meanings(later) == {"Wert": "target", "Neu": "own", "Name": "name"}


def test_the_row_with_the_names_of_the_columns_can_be_said() -> None:
    text = "Name\nTarget\nOwner\n"
    first = read_bytes(text).mapping
    assert first is not None
    assert first.header_row == 0
    assert outline(read_bytes(text, mapping=first.with_header_row(None))) == "Name\nTarget\nOwner"
    titled = read_bytes("Our map,x\nWas,Wer\nSell,Ann\n")
    assert titled.mapping is not None
    again = read_bytes("Our map,x\nWas,Wer\nSell,Ann\n", mapping=titled.mapping.with_header_row(1))
    assert (outline(again), list(meanings(again))) == ("Sell", ["Was", "Wer"])


def test_where_no_names_are_found_a_person_can_say_where_they_are() -> None:
    text = "Reason,Was\nbecause,4711\nalthough,4712\n"
    with pytest.raises(NoNames) as problem:
        read_bytes(text)
    assert str(problem.value) == (
        "list.csv, row 2: no column with a name was found (there are “Reason” and “Was”); call one of them “name”."
    )
    assert outline(read_bytes(text, mapping=problem.value.mapping.with_meaning(0, "name"))) == "because\nalthough"


def test_one_meaning_belongs_to_one_column() -> None:
    mapping = read_bytes("Name,Maturity,Score\nLeads,4,2\n").mapping
    assert mapping is not None
    assert [column.meaning for column in mapping.with_meaning(2, "maturity").columns] == ["name", "own", "maturity"]


def test_an_unknown_meaning_is_refused() -> None:
    with pytest.raises(UsageError, match="Column 1 cannot be taken for “magic”"):
        ColumnMapping(()).with_meaning(0, "magic")


def test_every_meaning_has_words() -> None:
    assert all(MEANINGS.values())
