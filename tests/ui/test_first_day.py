"""The real window on a real X server, driven by real events: an outline typed, a branch dragged, forty steps undone,
the map closed, opened again and all redone.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.xvfb
@pytest.mark.timeout(240)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="an X server of its own is a matter of Linux")
def test_a_first_day(tmp_path: Path) -> None:
    for program in ("xvfb-run", "xdotool"):
        assert shutil.which(program), f"this test needs {program}; the test command installs it on Debian"
    script = Path(__file__).with_name("first_day.py")
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", sys.executable, str(script), str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    facts = json.loads((tmp_path / "facts.json").read_text("utf-8"))
    assert facts["typed"] == 30
    assert facts["steps"] >= 40
    assert facts["left_after_undo"] == facts["after_reopening"] < 30
    assert facts["same_after_redo"]
    assert facts["outline"][:2] == ["1 Strategy", "1.1 Claims"]
    assert {picture.name for picture in tmp_path.glob("*.png")} >= {"00-empty.png", "07-redone.png"}
    assert "Warning" not in done.stderr
