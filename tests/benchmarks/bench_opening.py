"""From the start of the process to a painted map, the longest wait of the window on the way, and memory: the whole
program in a process of its own, beside an empty window of Qt.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks.conftest import map_of
from capmap.document import Document
from capmap.layout import arrange, kept
from capmap.places import sample_map

pytestmark = pytest.mark.benchmark(group="opening")

PROBE = Path(__file__).with_name("opening_probe.py")
RUNS = 3
ASPECT = 1.25
"""About that of the canvas in the window of the probe."""


@pytest.fixture(scope="session")
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where compiled modules are kept, as an installed program has them."""
    return tmp_path_factory.mktemp("bytecode")


def opened(bytecode: Path, file: Path | None) -> dict[str, float]:
    """What one process tells that opens this file, or (None) an empty window."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    paths = os.pathsep.join(path for path in sys.path if path)
    environment |= {"PYTHONPYCACHEPREFIX": str(bytecode), "PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, str(PROBE), str(time.time()), *([str(file)] if file is not None else [])]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=300)
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


def measure(benchmark: Any, bytecode: Path, file: Path) -> None:
    """Runs by turns of the program and the empty window: the medians, and the ratio of the two."""
    runs: list[dict[str, float]] = []
    floors: list[dict[str, float]] = []

    def both() -> None:
        floors.append(opened(bytecode, None))
        runs.append(opened(bytecode, file))

    benchmark.pedantic(both, rounds=RUNS, warmup_rounds=1)
    del runs[0], floors[0]

    def median(told: list[dict[str, float]], fact: str) -> float:
        return statistics.median(run.get(fact, float("nan")) for run in told)

    benchmark.extra_info.update(
        painted_s=round(median(runs, "painted"), 2),
        shown_s=round(median(runs, "shown"), 2),
        cpu_s=round(median(runs, "cpu"), 2),
        empty_window_s=round(median(floors, "painted"), 2),
        times_empty_window=round(median(runs, "cpu") / median(floors, "cpu"), 2),
        longest_wait_ms=round(median(runs, "longest_block") * 1000),
        memory_mb=round(median(runs, "most_mb")),
    )


def test_start_with_a_sample(benchmark: Any, bytecode: Path, tmp_path: Path) -> None:
    """The program started on a small map."""
    file = tmp_path / "sample.capmap"
    shutil.copyfile(sample_map() / "harbour-insurance.capmap", file)
    Document.open(file).close()
    measure(benchmark, bytecode, file)


def test_start_with_a_map_seen_for_the_first_time(benchmark: Any, bytecode: Path, file: Path) -> None:
    """A map that must be laid out."""
    measure(benchmark, bytecode, file)


def test_start_with_a_map_that_has_its_picture(benchmark: Any, bytecode: Path, boxes: int, file: Path) -> None:
    """A map that was closed in this window before."""
    current = map_of(boxes)
    content = kept.packed(arrange(current, aspect=ASPECT), current)
    assert content is not None
    with Document.open(file) as document:
        document.keep_layout(kept.made_for(current), content)
    measure(benchmark, bytecode, file)
