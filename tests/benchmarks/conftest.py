"""Maps, files and ratios for the benchmarks. Run them with:

pytest -o python_files="bench_*.py" tests/benchmarks
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.trees import SIZES, tree
from capmap.document import Document
from capmap.model.map import Map

Beside = Callable[[Any, Callable[[], object], Callable[[], object]], None]
ROUNDS = 5


@cache
def map_of(boxes: int) -> Map:
    return tree(boxes)


@pytest.fixture(params=SIZES)
def boxes(request: pytest.FixtureRequest) -> int:
    """How many boxes the map has."""
    return int(request.param)


@pytest.fixture
def current(boxes: int) -> Map:
    """The map, which no benchmark may alter."""
    return map_of(boxes)


@pytest.fixture
def file(boxes: int, tmp_path: Path) -> Path:
    """The map as a file."""
    path = tmp_path / "map.capmap"
    Document.create(path, map_of(boxes)).close()
    return path


@pytest.fixture
def beside() -> Beside:
    """Measure some work with the benchmark fixture and note its ratio to a floor measured in the same run."""

    def measure(benchmark: Any, work: Callable[[], object], floor: Callable[[], object]) -> None:
        benchmark.pedantic(work, rounds=ROUNDS, warmup_rounds=1)
        seconds = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            floor()
            seconds.append(time.perf_counter() - start)
        benchmark.extra_info["floor_ms"] = round(statistics.median(seconds) * 1000, 3)
        if benchmark.stats is not None:
            benchmark.extra_info["times_floor"] = round(benchmark.stats.stats.median / statistics.median(seconds), 2)

    return measure
