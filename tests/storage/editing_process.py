"""A process that edits a map until it is killed, telling before and after each commit what the file holds.

Run as ``python editing_process.py FILE SEED``. It prints ``try DIGEST`` before a commit and ``ack DIGEST`` after it.
"""

from __future__ import annotations

import hashlib
import random
import sys
from pathlib import Path

from capmap.document import Document
from capmap.model import edits
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.storage.codec import row_of


def digest(current: Map) -> str:
    """A fingerprint of all records."""
    rows = sorted(repr((record.kind, sorted(row_of(record).items()))) for record in current)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:20]


def edit(current: Map, chance: random.Random, number: int) -> Change:
    """Some edit of the kinds that a person makes."""
    ids = [capability.id for capability in current.walk()]
    kind = chance.random()
    if len(ids) < 3 or kind < 0.3:
        return edits.add(current, f"Box {number}", chance.choice([None, *ids]))
    if kind < 0.6:
        return edits.put(current, chance.choice(ids), name=f"Name {number}", maturity=chance.randint(1, 5))
    if kind < 0.75:
        moved = chance.choice(ids)
        below = {capability.id for capability in current.walk(moved)}
        return edits.move(current, [moved], chance.choice([None, *(key for key in ids if key not in below)]), 0)
    if kind < 0.9 and len(ids) < 60:
        return edits.duplicate(current, [chance.choice(ids)])
    return edits.remove(current, [chance.choice(ids)])


def tell(word: str, fingerprint: str) -> None:
    sys.stdout.write(f"{word} {fingerprint}\n")
    sys.stdout.flush()


def main(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    document = Document.open(path)
    past = [digest(document.map)]
    tell("ack", past[-1])
    for number in range(100_000):
        if chance.random() < 0.2 and len(past) > 1:
            tell("try", past[-2])
            document.undo()
            past.pop()
        else:
            change = edit(document.map, chance, number)
            if change.is_empty:
                continue
            after = document.map.snapshot()
            after.apply(change)
            tell("try", digest(after))
            document.commit(change)
            past.append(digest(document.map))
        tell("ack", past[-1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
