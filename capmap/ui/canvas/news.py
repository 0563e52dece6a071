"""News: what of the arrangement is different since it was painted last."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(slots=True)
class News:
    """What a painter that keeps columns of its own must look at again.

    ``everything``: the layout is another one, no box of the old one is known any more. ``boxes``: ids of boxes that
    came, went, stand elsewhere in their parent, or have another size, name or parent; what is inside a box that moved
    is not listed. ``all_colours``: every box may have another colour or chip; ``colours``: ids of those that may.
    """

    everything: bool = True
    all_colours: bool = True
    boxes: set[str] = dataclasses.field(default_factory=set)
    colours: set[str] = dataclasses.field(default_factory=set)
