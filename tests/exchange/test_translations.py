"""Translations: names in another language find their capability by id or code, and nothing else changes."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from capmap.errors import InputError, UsageError
from capmap.exchange.translations import translated
from capmap.model.map import Map
from capmap.model.records import Capability, Settings, make


def small() -> Map:
    return Map(
        [
            make(Settings, id="settings", title="Map", language="en"),
            make(Capability, id="a", name="Claims", position=0, external="BC-1", code="1"),
            make(Capability, id="b", name="Triage", parent="a", position=0, code="1.1"),
            make(Capability, id="c", name="Settlement", parent="a", position=1),
        ]
    )


def test_a_table_is_matched_by_id_and_code(tmp_path: Path) -> None:
    source = tmp_path / "de.csv"
    source.write_text("id,name,description\nBC-1,Schäden,Was zu regeln ist\nc,Regulierung,\nzz,Nichts,\n", "utf-8")
    current = small()
    found = translated(current, source, "DE")
    assert (found.given, found.unknown, found.lacking) == (2, 1, 1)
    current.apply(found.change)
    assert current.capability("a").translations == {"de": {"name": "Schäden", "description": "Was zu regeln ist"}}
    assert current.capability("c").translations == {"de": {"name": "Regulierung"}}
    plain = [dataclasses.replace(box, translations={}) for box in current.walk()]
    assert plain == list(small().walk())


def test_an_object_by_id_is_read(tmp_path: Path) -> None:
    source = tmp_path / "zh.json"
    source.write_text(
        json.dumps({"BC-1": {"name": "理赔", "description": "说明\n", "source_hash": "x"}, "q": {"name": ""}})
    )
    current = small()
    current.apply(translated(current, source, "zh").change)
    assert current.capability("a").translations["zh"] == {"name": "理赔", "description": "说明"}


def test_a_second_language_and_a_second_reading_keep_the_first(tmp_path: Path) -> None:
    current = small()
    for language, name in (("de", "Schäden"), ("fr", "Sinistres"), ("de", "Schadenfälle")):
        source = tmp_path / f"{language}.csv"
        source.write_text(f"code,name\n1,{name}\n1.1,Beides\n", "utf-8")
        current.apply(translated(current, source, language).change)
    assert current.capability("a").translations == {"de": {"name": "Schadenfälle"}, "fr": {"name": "Sinistres"}}
    again = translated(current, tmp_path / "de.csv", "de")
    assert again.given == 2
    assert not again.change.after


@pytest.mark.parametrize("language", ["", "german!", "en", "en-GB", "d"])
def test_what_is_no_other_language_is_refused(tmp_path: Path, language: str) -> None:
    source = tmp_path / "x.csv"
    source.write_text("id,name\na,x\nb,y\n", "utf-8")
    with pytest.raises(UsageError):
        translated(small(), source, language)


def test_a_list_of_other_capabilities_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "x.csv"
    source.write_text("id,name\nq,x\nr,y\n", "utf-8")
    with pytest.raises(InputError, match="id or the code"):
        translated(small(), source, "de")
