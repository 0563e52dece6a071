"""Open, commit and undo, beside plain sqlite3 doing the same reads and writes."""

from __future__ import annotations

import itertools
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from benchmarks.conftest import Beside
from capmap.document import Document
from capmap.model import edits

pytestmark = pytest.mark.benchmark(group="storage")


def test_open(benchmark: Any, beside: Beside, file: Path) -> None:
    """Floor: every row of the same file fetched as tuples."""

    def floor() -> None:
        connection = sqlite3.connect(file)
        connection.execute("SELECT * FROM capability").fetchall()
        connection.close()

    beside(benchmark, lambda: Document.open(file).close(), floor)


def test_commit(benchmark: Any, beside: Beside, file: Path) -> None:
    """Twenty renames. Floor: twenty updates of one row, each a transaction with the same durability."""
    chance, number = random.Random(1), itertools.count()
    with Document.open(file) as document:
        ids = [capability.id for capability in document.map.capabilities]

        def rename() -> None:
            for _ in range(20):
                document.commit(edits.rename(document.map, chance.choice(ids), f"Name {next(number)}"))

        copy = file.with_name("floor.db")
        connection = sqlite3.connect(copy, isolation_level=None)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE box (id TEXT PRIMARY KEY, name TEXT)")
        connection.executemany("INSERT INTO box VALUES (?, '')", [(key,) for key in ids[:3000]])

        def floor() -> None:
            for _ in range(20):
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE box SET name = ? WHERE id = ?", (f"Name {next(number)}", ids[0]))
                connection.execute("COMMIT")

        beside(benchmark, rename, floor)
        connection.close()


def test_undo(benchmark: Any, file: Path) -> None:
    """Twenty steps taken back, of moves."""
    chance = random.Random(2)
    with Document.open(file) as document:
        tops = document.map.child_ids(None)
        leaves = [box.id for box in document.map.capabilities if not document.map.has_children(box.id)]

        def move() -> None:
            for _ in range(20):
                document.commit(edits.move(document.map, [chance.choice(leaves)], chance.choice(tops), 0))

        def undo() -> None:
            for _ in range(20):
                document.undo()

        benchmark.pedantic(undo, setup=move, rounds=5)
