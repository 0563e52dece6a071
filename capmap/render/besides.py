"""Besides: what goes into a file besides its pages, where the format keeps such things."""

from __future__ import annotations

import dataclasses
import datetime as dt


@dataclasses.dataclass(frozen=True, slots=True)
class Carried:
    """A file that a picture carries inside: its name, its bytes, and what it is, in words."""

    name: str
    data: bytes
    told: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Besides:
    """Who made the picture, when, and what it carries."""

    author: str = ""
    created: dt.date | None = None
    carried: Carried | None = None
