"""Guard: the installed PySide6 gives back the None it borrows.

PySide6 6.12.0 on a Python before 3.12 drops one reference to None with every call that returns nothing, and the process
ends within one repaint of a map. The pins of pyproject.toml keep it out; this test says so if they fail.
"""

from __future__ import annotations

import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parent.parent
CALLS = 400  # few enough that a faulty PySide6 fails this test and does not end pytest


def test_calls_that_return_nothing_do_not_eat_none(qapp: QApplication) -> None:
    assert qapp is not None
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    references = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.setPen(Qt.PenStyle.NoPen)
    lost = references - sys.getrefcount(None)
    painter.end()
    assert lost < CALLS / 4, f"PySide6 {metadata.version('PySide6-Essentials')} loses a None a call on this Python."


@pytest.mark.parametrize(
    ("python", "version", "allowed"),
    [
        ("3.11", "6.11.3", True),
        ("3.11", "6.12.0", False),
        ("3.12", "6.12.0", True),
        ("3.13", "6.12.0", True),
        ("3.14", "6.12.0", True),
    ],
)
def test_pins_keep_the_faulty_version_from_the_python_it_breaks(python: str, version: str, allowed: bool) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    wanted = [Requirement(line) for line in declared if line.lower().startswith("pyside6")]
    applying = [line for line in wanted if line.marker is None or line.marker.evaluate({"python_version": python})]
    assert len(applying) == 1
    assert applying[0].specifier.contains(version) is allowed
