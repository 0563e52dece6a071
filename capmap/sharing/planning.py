"""Planning: how legible what is ordered would be, and what else to order."""

from __future__ import annotations

import dataclasses

from capmap.drawing.legibility import Legibility, legibility
from capmap.drawing.paper import PAPERS, paper_named
from capmap.model.map import Map
from capmap.sharing.order import Order, drawn


def planned(order: Order, current: Map, distance: float) -> Legibility:
    """How legible the one page of a map would be from ``distance`` metres, with proposals where it is not. Whether it
    is a poster or an atlas that is ordered plays no part. Raises UsageError.
    """
    alone = dataclasses.replace(order, suffix=".pdf", sheets=None, over=None, atlas=False, proof=False)
    paper = paper_named(order.paper or "A3")
    return legibility(
        current,
        drawn(alone, current)[0],
        distance,
        paper=paper.name,
        orientation=order.orientation or ("landscape" if paper.name in PAPERS else None),
        depth=order.depth,
        root=order.root,
    )


def can_be_planned(order: Order) -> bool:
    """Whether a single page of the map is ordered, for which there may be something better."""
    return order.suffix in (".pdf", ".svg", ".png") and order.sheets is None and order.over is None and not order.atlas
