"""The command line for paper: posters, atlases, plans, proofs, comparisons, names in another language."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from capmap.__main__ import main
from capmap.document import Document
from capmap.model import edits

SAMPLE = Path(__file__).resolve().parent.parent / "sample_maps" / "harbour-insurance.capmap"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    try:
        status = main([str(word) for word in words])
    except SystemExit as ended:
        status = int(ended.code or 0)
    told = capsys.readouterr()
    return status, told.out, told.err


def test_a_poster_and_its_facts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "poster.pdf"
    status, facts, _ = run(capsys, "export", SAMPLE, out, "--poster", "A4", "--sheets", "3x3", "--json")
    assert status == 0
    told = json.loads(facts)
    assert (told["pages"], told["boxes"], told["clipped_labels"]) == (10, 139, 0)
    assert told["smallest_name_pt"] > 12
    assert told["reading_distance_m"] > 0.65
    first = out.read_bytes()
    run(capsys, "export", SAMPLE, out, "--poster", "A4", "--sheets", "3x3", "--json")
    assert out.read_bytes() == first


def test_a_poster_without_a_grid_reaches_the_distance(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "poster.pdf"
    _, facts, _ = run(capsys, "export", SAMPLE, out, "--poster", "A4", "--distance", "0.5", "--json")
    told = json.loads(facts)
    assert told["reading_distance_m"] >= 0.5
    assert told["pages"] < 10


def test_an_atlas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, facts, _ = run(capsys, "export", SAMPLE, tmp_path / "atlas.pdf", "--atlas", "--json")
    assert status == 0
    assert json.loads(facts)["boxes"] == 139


def test_a_plan_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "deep" / "plan.pdf"
    status, told, _ = run(capsys, "export", SAMPLE, out, "--plan", "--distance", "1")
    assert status == 0
    assert not out.parent.exists()
    assert "can be read from" in told
    assert "--paper" in told
    _, facts, _ = run(capsys, "export", SAMPLE, out, "--plan", "--json")
    assert json.loads(facts)["legible"] is True


def test_type_that_is_too_small_is_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "small.pdf"
    _, facts, said = run(capsys, "export", SAMPLE, out, "--paper", "A5", "--json")
    assert "can be read from" in said
    assert json.loads(facts)["proposals"]
    _, _, said = run(capsys, "export", SAMPLE, out, "--paper", "A3")
    assert "can be read from" not in said


def test_proofs_and_patterns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "proof.pdf"
    status, facts, _ = run(capsys, "export", SAMPLE, out, "--proof", "--patterns", "--json")
    assert status == 0
    assert json.loads(facts)["pages"] == 5


@pytest.mark.parametrize(
    "words",
    [
        ("--sheets", "3x3"),
        ("--poster", "A4", "--atlas"),
        ("--poster", "A4", "--sheets", "0x3"),
        ("--poster", "napkin"),
        ("--distance", "far"),
    ],
)
def test_wrong_words_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert run(capsys, "export", SAMPLE, tmp_path / "x.pdf", *words)[0] == 2
    assert not (tmp_path / "x.pdf").exists()


def test_a_poster_is_no_slide(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "export", SAMPLE, tmp_path / "x.pptx", "--poster", "A4")[0] == 2


def test_compare_tells_draws_and_ends_with_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later, out = tmp_path / "later.capmap", tmp_path / "changes.pdf"
    shutil.copy(SAMPLE, later)
    with Document.open(later) as document:
        box = next(box for box in document.map.walk() if box.name == "Brand")
        document.commit(edits.rename(document.map, box.id, "Brands"))
    status, told, _ = run(capsys, "compare", SAMPLE, later, out)
    assert status == 1
    assert "Brands: was “Brand”" in told
    assert out.read_bytes().startswith(b"%PDF")
    status, facts, _ = run(capsys, "compare", SAMPLE, later, "--json")
    assert status == 1
    assert [each["name"] for each in json.loads(facts)["renamed"]] == ["Brands"]
    assert run(capsys, "compare", SAMPLE, SAMPLE)[0] == 0


def test_names_in_another_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    current, names = tmp_path / "map.capmap", tmp_path / "de.csv"
    shutil.copy(SAMPLE, current)
    with Document.open(current, read_only=True) as document:
        box = next(box for box in document.map.walk() if box.name == "Brand")
    names.write_text(f"id,name\n{box.id},Marke\n{document.map.child_ids(None)[0]},Führung\n", "utf-8")
    status, facts, _ = run(capsys, "import", names, "--into", current, "--language", "de", "--json")
    assert status == 0
    assert json.loads(facts)["named"] == 2
    out = tmp_path / "de.svg"
    assert run(capsys, "export", current, out, "--language", "de")[0] == 0
    text = out.read_text("utf-8")
    assert "Marke" in text
    assert "Seite 1 von 1" in text
