"""Map files of earlier versions: brought up when they are opened for writing, read as they are when not, never lost."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from editing_process import digest

from capmap.document import Document
from capmap.errors import MapFileError
from capmap.model import edits
from capmap.storage import backups, guard, migrations, repair

SHOP = Path(__file__).parents[1] / "data" / "version_1" / "shop.capmap.gz"
"""A map that the version before this one wrote: links, a reference, foreign letters, and a step that was undone."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A map file of version 1."""
    path = tmp_path / "shop.capmap"
    path.write_bytes(gzip.decompress(SHOP.read_bytes()))
    return path


def version(path: Path) -> int:
    connection = sqlite3.connect(path)
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return int(found)


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_only_digest(path: Path) -> str:
    with Document.open(path, read_only=True) as document:
        return digest(document.map)


def test_there_is_a_step_from_every_earlier_version_and_a_fingerprint_of_each() -> None:
    assert sorted(migrations.STEPS) == list(range(1, guard.SCHEMA_VERSION))
    assert sorted(guard.FINGERPRINTS) == list(range(1, guard.SCHEMA_VERSION + 1))


def test_the_kept_fingerprint_is_that_of_the_kept_schema() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(guard.schema())
    assert guard.fingerprint(connection) == guard.FINGERPRINTS[guard.SCHEMA_VERSION]
    connection.close()


def test_an_earlier_file_is_brought_up_with_all_that_is_in_it(path: Path) -> None:
    before = read_only_digest(path)
    assert version(path) == 1
    with Document.open(path) as document:
        assert document.why_read_only == ""
        assert digest(document.map) == before
        assert document.undo_text == "Set tags of Verkaufen & übergeben"
        assert document.redo_text == "Add Buy goods"
        document.redo()
        document.undo()
        document.undo()
        document.redo()
        assert digest(document.map) == before
    assert version(path) == guard.SCHEMA_VERSION
    assert repair.findings(path) == []


def test_a_brought_up_file_has_the_schema_of_a_new_one(path: Path, tmp_path: Path) -> None:
    Document.open(path).close()
    Document.create(tmp_path / "new.capmap").close()
    schemas = []
    for file in (path, tmp_path / "new.capmap"):
        connection = sqlite3.connect(file)
        schemas.append(guard.fingerprint(connection))
        connection.close()
    assert schemas[0] == schemas[1]


def test_there_is_a_backup_of_the_file_as_it_was(path: Path) -> None:
    before = read_only_digest(path)
    Document.open(path).close()
    (taken,) = backups.backups_of(path)
    assert version(taken) == 1
    assert read_only_digest(taken) == before


def test_opening_for_reading_and_checking_leave_an_earlier_file_alone(path: Path) -> None:
    before = fingerprint(path)
    with Document.open(path, read_only=True) as document:
        assert document.kept_layout is None
        document.keep_layout("x", b"y")
        document.copy_to(path.with_name("copy.capmap"))
    assert repair.findings(path) == []
    assert fingerprint(path) == before
    assert version(path.with_name("copy.capmap")) == 1


def test_who_finds_an_earlier_file_in_use_leaves_it_alone(path: Path) -> None:
    before = fingerprint(path)
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    holder.stdout.readline()
    with Document.open(path) as document:
        assert "has this map open" in document.why_read_only
    holder.communicate("\n", timeout=30)
    assert fingerprint(path) == before


_HOLDER = """
import sys; from pathlib import Path
from capmap.storage.lock import EditLock
lock = EditLock(Path(sys.argv[1])); print(lock.acquire(), flush=True); sys.stdin.readline(); lock.release()
"""


def test_an_earlier_file_that_is_refused_is_not_brought_up(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE capability SET parent = id WHERE code = '1'")
    connection.commit()
    connection.close()
    before = fingerprint(path)
    with pytest.raises(MapFileError, match="circle"):
        Document.open(path)
    assert fingerprint(path) == before
    repair.repair(path, dt.datetime(2026, 11, 22))
    assert version(path) == guard.SCHEMA_VERSION
    Document.open(path).close()


def test_a_table_too_many_is_foreign_in_an_earlier_file_too(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(migrations.STEPS[1][0])
    connection.commit()
    connection.close()
    with pytest.raises(MapFileError, match="did not make"):
        Document.open(path)


def test_where_no_backup_can_be_made_the_file_stays_and_is_read_only(path: Path) -> None:
    folder = backups.folder_of(path)
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    before = fingerprint(path)
    with Document.open(path) as document:
        assert "earlier CapMap" in document.why_read_only
        assert len(document.map) > 10
    assert fingerprint(path) == before


def test_a_full_disk_leaves_the_file_as_it_was(path: Path) -> None:
    script = (
        "import os, resource, signal, sys; from pathlib import Path\n"
        "from capmap.document import Document\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "path = Path(sys.argv[1]); os.environ['XDG_DATA_HOME'] = os.environ['HOME'] + '/data'\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, resource.RLIM_INFINITY))\n"
        "document = Document.open(path)\n"
        "sys.stdout.write(document.why_read_only); document.close()\n"
    )
    assert signal.SIGXFSZ
    assert resource.RLIMIT_FSIZE is not None
    before = read_only_digest(path)
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "earlier CapMap" in done.stdout
    assert version(path) == 1
    assert read_only_digest(path) == before


_KILLED = """
import os, signal, sys; from pathlib import Path
from capmap.storage import guard, migrations
connection = guard.connect(Path(sys.argv[1]), "rw")
connection.execute("PRAGMA cache_size=1")
left = [int(sys.argv[2])]
def die(statement):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
connection.set_trace_callback(die)
migrations.bring_up(connection)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_killed_at_any_statement_of_the_way_nothing_is_lost(path: Path) -> None:
    before, sound = read_only_digest(path), path.read_bytes()
    versions = []
    for statement in range(1, 60):
        path.write_bytes(sound)
        done = subprocess.run(
            [sys.executable, "-c", _KILLED, str(path), str(statement)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=False,
        )
        if done.returncode == 0:
            break
        # What the killed process left is finished or taken back by whoever looks first, and that may be a reader.
        left = path.with_name("left.capmap")
        for file in (path, path.with_name(f"{path.name}-journal")):
            if file.exists():
                shutil.copyfile(file, file.with_name(file.name.replace(path.name, left.name)))
        assert read_only_digest(left) == before
        with Document.open(path) as document:
            assert document.why_read_only == ""
            assert digest(document.map) == before
            document.commit(edits.add(document.map, "After death"))
            document.undo()
        versions.append(version(path))
        assert repair.findings(path) == []
    assert len(versions) >= 4, "the kills came too late to show anything"
    assert set(versions) == {guard.SCHEMA_VERSION}
