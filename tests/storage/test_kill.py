"""A process killed at any moment loses nothing that it had acknowledged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from editing_process import digest

from capmap.document import Document
from capmap.model import edits
from capmap.storage import repair

KILLS = int(os.environ.get("CAPMAP_KILLS", "60"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
@pytest.mark.timeout(600)
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "workshop.capmap"
    Document.create(path).close()
    chance = random.Random(20261122)
    acknowledged = 0
    for round_number in range(KILLS):
        said = _killed_after(path, seed=round_number, seconds=chance.uniform(0.0, 0.25))
        last_try = next((words[1] for words in reversed(said) if words[0] == "try"), "")
        last_ack = next(words[1] for words in reversed(said) if words[0] == "ack")
        acknowledged += sum(words[0] == "ack" for words in said)
        assert repair.findings(path) == []
        with Document.open(path) as document:
            assert document.why_read_only == ""
            # An edit under way when the process died may have reached the disk or not.
            allowed = {last_ack, last_try} if said[-1][0] == "try" else {last_ack}
            assert digest(document.map) in allowed
            document.commit(edits.add(document.map, f"After death {round_number}"))
        assert sorted(file.name for file in tmp_path.iterdir()) == ["workshop.capmap"]
    assert acknowledged > 2 * KILLS, "the process hardly edited before it died, so this showed nothing"


def _killed_after(path: Path, seed: int, seconds: float) -> list[list[str]]:
    """What an editing process said until it was killed so many seconds after its first edit."""
    script = Path(__file__).with_name("editing_process.py")
    process = subprocess.Popen(
        [sys.executable, str(script), str(path), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    first = [process.stdout.readline() for _ in range(3)]
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()
    process.wait()
    process.stdout.close()
    lines = "".join([*first, rest]).splitlines(keepends=True)
    return [line.split() for line in lines if line.endswith("\n")]
