"""Random keys and gestures in the real window on a map of 3,000 boxes: nothing fails, nothing is lost.

A longer walk is ``python random_walk.py FOLDER 5000 SEED``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EVENTS, SEED = 1_500, 20
MOST_GROWTH = 60.0
"""Megabytes, from the middle of the walk to its end: undo and the layouts to come back to are kept, within bounds."""


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_a_random_walk(tmp_path: Path) -> None:
    script = Path(__file__).with_name("random_walk.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path), str(EVENTS), str(SEED)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    facts = json.loads((tmp_path / "facts.json").read_text("utf-8"))
    assert facts["troubles"] == []
    assert facts["events"] == EVENTS
    assert facts["steps"] > 100
    assert facts["same"], "the file is another map than the one in memory"
    held = facts["memory"]
    assert held[-1] - held[len(held) // 2] < MOST_GROWTH, held
