"""The program from its start to its end, in a process of its own: what is loaded when, and what a fault does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from capmap.document import Document, opened
from capmap.model.map import Map

SECRET = "Take payment"
"""A name in the map, which no log may hold."""

STARTED = """
import json, sys, logging
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from capmap import app
from capmap.model import edits

application = app.make_application(["capmap"])
facts = {}
SLOW = (
    *("sqlmodel", "sqlalchemy", "pydantic", "networkx", "numpy", "reportlab", "openpyxl", "charset_normalizer"),
    *("statistics", "logging.handlers", "capmap.exchange.formats"),
)

def window():
    return next(w for w in application.topLevelWidgets() if type(w).__name__ == "MainWindow")

def look():
    shown = window()
    if shown.desk is None or not shown.desk.canvas.arrangement.layout.boxes:
        QTimer.singleShot(5, look)
        return
    shown.desk.canvas.repaint()
    facts["loaded_at_first_paint"] = [name for name in SLOW if name in sys.modules]
    QTimer.singleShot(0, fault)
    QTimer.singleShot(1500, warmed)

def fault():
    QTimer.singleShot(50, after_fault)
    raise KeyError("Take payment")

def after_fault():
    shown = window()
    facts["said"] = shown.message.sentence
    shown.desk.boxes.commit(lambda: edits.add(shown.desk.workspace.map, "After the fault"))

def warmed():
    facts["warmed_up"] = "sqlalchemy" in sys.modules
    window().close()

QTimer.singleShot(0, look)
facts["status"] = app.run(sys.argv[1])
print(json.dumps(facts))
"""


@pytest.fixture
def facts(tmp_path: Path, home: Path, small_map: Map) -> dict[str, Any]:
    path = tmp_path / "map.capmap"
    Document.create(path, small_map).close()
    state = tmp_path / "state"
    done = subprocess.run(
        [sys.executable, "-c", STARTED, str(path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "XDG_STATE_HOME": str(state)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    told["path"] = path
    logs = [file for folder in (tmp_path, home) for file in folder.rglob("capmap.log*")]
    told["log"] = "".join(file.read_text("utf-8") for file in logs)
    told["stderr"] = done.stderr
    return told


def test_a_day_of_the_program(facts: dict[str, Any]) -> None:
    assert facts["status"] == 0
    # The map is on the screen before any library is loaded that only edits and exports need.
    assert facts["loaded_at_first_paint"] == []
    assert facts["warmed_up"]
    # A fault of ours is said quietly and noted without a name from the map, and the window goes on.
    assert facts["said"].startswith("Something went wrong inside CapMap")
    assert SECRET not in facts["log"]
    assert "KeyError" in facts["log"]
    assert "Traceback" not in facts["stderr"]
    with opened(facts["path"]) as document:
        assert document.undo_text == "Add After the fault"
