"""Brought: what becomes of a map when tables are taken in: one Change, and the facts of every kind."""

from __future__ import annotations

import dataclasses

from capmap.exchange.grid.columns import class_label
from capmap.model.change import Change


@dataclasses.dataclass(frozen=True, slots=True)
class KindFacts:
    """What becomes of one kind: records that come new, that change, that move (boxes), rows that say what is there
    already, and cells that do not fit.
    """

    kind: str
    added: int = 0
    changed: int = 0
    moved: int = 0
    same: int = 0
    refused: int = 0

    def as_dict(self) -> dict[str, int]:
        """The counts by name."""
        return {name: getattr(self, name) for name in ("added", "changed", "moved", "same", "refused")}

    @property
    def sentence(self) -> str:
        """The counts in words."""
        moved = f", {self.moved:,} moved" if self.moved else ""
        refused = f"; {self.refused:,} cells do not fit" if self.refused > 1 else "; 1 cell does not fit"
        return (
            f"{class_label(self.kind)}: {self.added:,} added, {self.changed:,} changed{moved}, {self.same:,} as before"
            f"{refused if self.refused else ''}."
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Brought:
    """All tables as one Change; the facts of every kind that is in them or changes; a sentence for each cell that was
    left out; what was read differently than written.
    """

    change: Change
    facts: tuple[KindFacts, ...]
    refused: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The counts of every kind in words."""
        return " ".join(fact.sentence for fact in self.facts)
