"""The manual pages on lists: every example in them reads as it says, and no kind or field of the format is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lists import outline, read_bytes

from capmap.exchange import READ_SUFFIXES, WRITTEN_SUFFIXES
from capmap.exchange.difference import map_of
from capmap.exchange.formats import read_text
from capmap.exchange.tables.bringing import bring
from capmap.exchange.tables.incoming import incoming
from capmap.model import rules
from capmap.model.records import LINK_ENDS, RECORD_CLASSES, Attribute, Link, Service, fields_of

DOCS = Path(__file__).resolve().parents[2] / "docs"
IMPORT = (DOCS / "import.md").read_text("utf-8")
FORMAT = (DOCS / "json-format.md").read_text("utf-8")
LISTS, _, TABLES = IMPORT.partition("## Applications, projects and all other tables")
EXAMPLES = re.findall(r"```(text|markdown|csv)\n(.*?)```", LISTS, re.DOTALL)


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_every_example_of_a_list_makes_the_same_five_boxes(kind: str, example: str) -> None:
    reading = read_bytes(example) if kind == "csv" else read_text(example)
    assert outline(reading) == "Sell\n  Offer\n    Price\n  Deliver\nBuy"
    assert reading.notices == ()


def test_the_examples_of_other_tables_fit_together(tmp_path: Path) -> None:
    current = map_of(read_text("Sell\n  Offer\n    Price\n  Deliver\nBuy"))
    for number, example in enumerate(re.findall(r"```csv\n(.*?)```", TABLES, re.DOTALL)):
        path = tmp_path / f"{number}.csv"
        path.write_text(example, "utf-8")
        brought = bring(current, incoming(path))
        assert brought.refused == ()
        current.apply(brought.change)
    assert rules.check(current) == []
    assert sorted(service.name for service in current.all(Service)) == ["Till", "Web shop"]
    assert sorted(link.share or 0 for link in current.all(Link)) == [0, 40, 60]
    assert current.count(Attribute) == 0


def test_every_ending_is_in_the_manual() -> None:
    assert {suffix for suffix in (*READ_SUFFIXES, *WRITTEN_SUFFIXES) if f"`{suffix}`" in IMPORT} >= {
        *(".xlsx", ".xlsm", ".csv", ".tsv", ".json", ".txt", ".md"),
    }


def test_the_example_of_the_format_is_a_sound_map() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", FORMAT, re.DOTALL)
    made = map_of(read_bytes(example, ".json"))
    assert rules.check(made) == []
    assert len(made) == 6


@pytest.mark.parametrize("kind", [record_class.kind for record_class in RECORD_CLASSES])
def test_every_field_of_a_kind_is_in_the_description_of_the_format(kind: str) -> None:
    (row,) = [line for line in FORMAT.splitlines() if line.startswith(f"| `{kind}`") and "fields" not in line][:1]
    told = set(re.findall(r"`([a-z_]+)`", row.partition(" | ")[2]))
    assert told == {field.name for field in fields_of(kind)} - {"id"}
    elsewhere = {("link", "type"), ("project", "driver")}
    for field in fields_of(kind):
        if field.choices and (kind, field.name) not in elsewhere:
            assert f"({', '.join(field.choices)})" in row
        assert not (field.required and field.name != "id") or f"**`{field.name}`**" in row


def test_every_link_is_in_the_description_of_the_format() -> None:
    for name, ends in LINK_ENDS.items():
        assert f"| `{name}` | {ends[0]} | {ends[1]} |" in FORMAT
