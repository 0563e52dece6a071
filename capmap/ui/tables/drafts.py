"""Drafts: rows at the end of a table that are not in the map yet, because something that they need is missing."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping

_numbers = itertools.count(1)


@dataclasses.dataclass(slots=True)
class Draft:
    """What was typed or pasted into a row that is no record yet, by the keys of the columns. ``key`` tells drafts
    apart.
    """

    texts: dict[str, str] = dataclasses.field(default_factory=dict)
    key: str = dataclasses.field(default_factory=lambda: f"draft {next(_numbers)}")

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(text.strip() for text in self.texts.values())


NEEDED: Mapping[str, tuple[str, ...]] = {"link": ("source", "target")}
"""Kind -> the columns without which there is no record; a name for all others."""


def is_complete(kind: str, texts: Mapping[str, str]) -> bool:
    """Whether a draft has all that a record needs."""
    return all(texts.get(key, "").strip() for key in NEEDED.get(kind, ("name",)))


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """A cell in which a text did not fit: the text, so that it can be corrected, and why."""

    text: str
    reason: str
