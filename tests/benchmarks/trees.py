"""Trees of capabilities of any size, the same for the same number: what every benchmark is measured on."""

from __future__ import annotations

import random
from typing import Any

from capmap.model.map import Map
from capmap.model.records import Capability, Record, Settings

SIZES = (300, 3_000, 30_000, 100_000)
_WORDS = [
    *("Customer", "Product", "Market", "Claims", "Risk", "Finance", "Data", "Service", "Partner", "Policy", "Asset"),
    *("Order", "Supply", "Workforce", "Quality", "Management", "Planning", "Analysis", "Handling", "Design"),
    *("Monitoring", "Settlement", "Reporting", "Governance", "Development", "Assurance"),
]


def tree(boxes: int) -> Map:
    """A map of so many capabilities: 12 to 34 areas, 2 to 9 boxes in a box, about four fifths of them leaves."""
    chance = random.Random(boxes)
    depth = 4 if boxes < 3_000 else 5 if boxes < 30_000 else 6
    records: list[Record] = [Settings(id="settings", title=f"{boxes:,} capabilities")]
    leaves: list[tuple[str, int]] = []

    def fill(parent: str | None, level: int, children: int) -> None:
        for position in range(min(children, boxes + 1 - len(records))):
            box = f"c{len(records)}"
            name = " ".join(chance.sample(_WORDS, chance.choice((2, 2, 3))))
            scores: dict[str, Any] = {field: chance.randint(1, 5) for field in ("importance", "maturity", "target")}
            records.append(Capability(id=box, parent=parent, position=position, name=name, **scores))
            if level < depth:
                leaves.append((box, level))

    fill(None, 1, chance.randint(12, 34))
    while len(records) <= boxes:
        place = chance.randrange(len(leaves))
        leaves[place], leaves[-1] = leaves[-1], leaves[place]
        box, level = leaves.pop()
        fill(box, level + 1, chance.randint(2, 9))
    return Map(records)
