"""Map files that are sound, damaged, hostile, in use, moved or out of room."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from capmap.document import Document
from capmap.errors import EditError, InputError, MapFileError, NotSaved, OutputError
from capmap.model import edits
from capmap.model.edits import Branch
from capmap.storage import backups, guard, repair
from capmap.storage.tables import schema_statements


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed map file with two areas of two boxes."""
    path = tmp_path / "map.capmap"
    with Document.create(path) as document:
        boxes = [Branch({"name": name}) for name in ("Plan", "Steer")]
        document.commit(
            edits.add_branches(document.map, [Branch({"name": "Strategy"}, boxes), Branch({"name": "Sales"}, boxes)])
        )
    return path


def names(document: Document) -> list[str]:
    return [capability.name for capability in document.map.walk()]


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def altered(path: Path, *statements: str) -> None:
    """Alter a closed file behind CapMap's back."""
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_the_kept_schema_is_what_the_tables_make() -> None:
    kept = [" ".join(statement.split()) for statement in guard.schema().split(";\n") if statement.strip()]
    assert kept == [" ".join(statement.split()) for statement in schema_statements()]


def test_undo_reaches_back_over_restarts(path: Path) -> None:
    with Document.open(path) as document:
        document.commit(edits.rename(document.map, document.map.child_ids(None)[0], "Direction"))
    with Document.open(path) as document:
        assert document.undo_text == "Rename to Direction"
        document.undo()
        assert names(document)[0] == "Strategy"
    with Document.open(path) as document:
        assert document.redo_text == "Rename to Direction"
        document.redo()
        assert names(document)[0] == "Direction"


def test_edits_with_one_merge_key_are_one_step(path: Path) -> None:
    with Document.open(path) as document:
        first = document.map.child_ids(None)[0]
        for text in ("D", "Di", "Dir"):
            document.commit(edits.rename(document.map, first, text), merge="name")
        document.end_merge()
        document.commit(edits.rename(document.map, first, "Direction"), merge="name")
        assert [step.text for step in document.history()] == [
            "Add 6 capabilities",
            "Rename to Dir",
            "Rename to Direction",
        ]
        document.undo()
        document.undo()
        assert names(document)[0] == "Strategy"


def test_typing_back_to_the_beginning_leaves_no_step(path: Path) -> None:
    with Document.open(path) as document:
        first = document.map.child_ids(None)[0]
        for text in ("Strategy!", "Strategy"):
            document.commit(edits.rename(document.map, first, text), merge="name")
        assert document.undo_text == "Add 6 capabilities"


def test_travelling_through_the_history(path: Path) -> None:
    with Document.open(path) as document:
        first = document.map.child_ids(None)[0]
        for text in ("One", "Two", "Three"):
            document.commit(edits.rename(document.map, first, text))
        steps = document.history()
        document.travel_to(steps[1].seq)
        assert names(document)[0] == "One"
        document.travel_to(0)
        assert names(document) == []
        document.travel_to(steps[-1].seq)
        assert names(document)[0] == "Three"


def test_a_second_opener_reads_only_and_is_told_who_edits(path: Path) -> None:
    with Document.open(path), Document.open(path) as second:
        assert "has this map open for editing" in second.why_read_only
        with pytest.raises(EditError, match="open for editing"):
            second.commit(edits.add(second.map, "No"))
    with Document.open(path) as third:
        assert third.why_read_only == ""


def test_opening_and_closing_leaves_the_bytes_alone(path: Path) -> None:
    before = fingerprint(path)
    Document.open(path).close()
    assert fingerprint(path) == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_creating_never_overwrites(path: Path) -> None:
    with pytest.raises(OutputError, match="is there already"):
        Document.create(path)


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["CREATE TRIGGER evil AFTER UPDATE ON capability BEGIN DELETE FROM service; END"], "did not make"),
        (["CREATE VIEW extra AS SELECT 1"], "did not make"),
        (["PRAGMA application_id=1"], "another program"),
        ([f"PRAGMA user_version={guard.SCHEMA_VERSION + 1}"], "newer CapMap"),
        (["UPDATE capability SET parent = id WHERE name = 'Plan'"], "circle"),
        (["UPDATE capability SET tags = 'x'"], "Tags holds"),
        (["UPDATE capability SET position = 7 WHERE name = 'Steer'"], "not numbered"),
        (["UPDATE capability SET name = 'a' || char(27) WHERE name = 'Plan'"], "characters"),
        (["UPDATE capability SET tags = '[\"a\\u001b\"]' WHERE name = 'Plan'"], "characters"),
        (["PRAGMA ignore_check_constraints=ON", "UPDATE capability SET maturity = 9"], "damaged"),
    ],
)
def test_a_foreign_or_broken_file_is_refused_in_a_sentence_and_left_alone(
    path: Path, statements: list[str], words: str
) -> None:
    altered(path, *statements)
    before = fingerprint(path)
    with pytest.raises(MapFileError, match=words) as refused:
        Document.open(path)
    assert path.name in str(refused.value)
    assert fingerprint(path) == before


@pytest.mark.parametrize("content", [b"", b"not a map", b"SQLite format 3\0" + b"\0" * 2000, os.urandom(5000)])
def test_what_is_no_map_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.capmap"
    path.write_bytes(content)
    with pytest.raises(MapFileError):
        Document.open(path)
    assert path.read_bytes() == content


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        Document.open(tmp_path / "gone.capmap")
    with pytest.raises(InputError, match="not a file"):
        Document.open(tmp_path)


def test_damaged_bytes_give_a_map_or_a_sentence(path: Path) -> None:
    chance = random.Random(1)
    sound = path.read_bytes()
    sentences: list[str] = []
    for _ in range(300):
        damaged = bytearray(sound)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            Document.open(path, read_only=True).close()
        except InputError as found:
            sentences.append(str(found))
    assert len(sentences) > 30
    assert not any("\n" in sentence for sentence in sentences)


def test_repair_saves_what_can_be_saved_and_keeps_the_broken_file(path: Path) -> None:
    altered(
        path,
        "PRAGMA ignore_check_constraints=ON",
        "UPDATE capability SET maturity = 9 WHERE name = 'Plan'",
        "UPDATE capability SET parent = id WHERE name = 'Strategy'",
        "UPDATE capability SET alias_of = 'nobody' WHERE name = 'Sales'",
        "CREATE TRIGGER evil AFTER UPDATE ON capability BEGIN DELETE FROM service; END",
    )
    broken = fingerprint(path)
    assert len(repair.findings(path)) >= 3
    kept, notes = repair.repair(path, dt.datetime(2026, 11, 22, 9, 30))
    assert fingerprint(kept) == broken
    assert len(notes) >= 4
    assert repair.findings(path) == []
    with Document.open(path) as document:
        assert sorted(names(document)) == ["Plan", "Plan", "Recovered", "Sales", "Steer", "Steer", "Strategy"]
    assert repair.repair(path, dt.datetime(2026, 11, 22, 9, 31))[1] == []


def test_a_file_moved_away_takes_no_more_edits(path: Path) -> None:
    with Document.open(path) as document:
        path.rename(path.with_name("elsewhere.capmap"))
        with pytest.raises(NotSaved, match="moved, replaced or deleted"):
            document.commit(edits.add(document.map, "Lost"))
        assert "Lost" not in names(document)


@pytest.mark.skipif(os.name == "nt", reason="a hard link is a POSIX matter here")
def test_a_hard_linked_file_is_read_only(path: Path) -> None:
    os.link(path, path.with_name("second.capmap"))
    with Document.open(path) as document:
        assert "second name" in document.why_read_only


def test_a_full_disk_refuses_the_edit_and_leaves_file_and_memory_as_they_were(path: Path) -> None:
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from capmap.document import Document; from capmap.errors import NotSaved; from capmap.model import edits\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "document = Document.open(Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))\n"
        "before = len(document.map)\n"
        "try:\n"
        "    for number in range(400):\n"
        "        document.commit(edits.add(document.map, f'Box {number}', description='x' * 5000)); before += 1\n"
        "except NotSaved as refused:\n"
        "    sys.stdout.write(str(refused))\n"
        "assert len(document.map) == before\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n"
        "document.commit(edits.add(document.map, 'Room again')); document.close()\n"
    )
    assert signal.SIGXFSZ
    assert resource.RLIMIT_FSIZE is not None
    limit = str(path.stat().st_size + 40_000)
    done = subprocess.run([sys.executable, "-c", script, str(path), limit], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "not saved" in done.stdout
    assert repair.findings(path) == []
    with Document.open(path) as document:
        assert names(document)[-1] == "Room again"


def test_backups_are_taken_after_edits_and_thinned_by_age(path: Path) -> None:
    with Document.open(path) as document:
        document.commit(edits.add(document.map, "More"))
    taken = backups.backups_of(path)
    assert len(taken) >= 1
    with Document.open(taken[0], read_only=True) as document:
        assert names(document)[-1] == "More"
    now = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    hourly = [now - dt.timedelta(hours=hours) for hours in range(24 * 400)]
    kept = backups.kept(hourly, now)
    assert {moment for moment in hourly if now - moment < dt.timedelta(days=2)} <= kept
    assert len(kept) <= 48 + backups.DAILY + backups.WEEKLY + backups.MONTHLY
    assert now - min(kept) > dt.timedelta(days=200)


def test_a_copy_carries_the_history(path: Path, tmp_path: Path) -> None:
    with Document.open(path) as document:
        document.copy_to(tmp_path / "copy.capmap")
    with Document.open(tmp_path / "copy.capmap") as copy:
        copy.undo()
        assert names(copy) == []
