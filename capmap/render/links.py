"""Links: where the address of a region leads, to a place in the same pages or out into the world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from capmap.drawing.marks import Region

INSIDE = "#"
"""Begins an address that leads to the region of that key. It is looked for on the other pages first, so that a box and
its own page lead to one another with the same address.
"""
_OUTSIDE = frozenset(("http", "https", "mailto"))


class Place(NamedTuple):
    """A region on a page, counted from 0."""

    page: int
    region: Region


class Links:
    """The places that addresses can lead to in some pages, each given by its regions."""

    def __init__(self, pages: Sequence[Sequence[Region]]) -> None:
        regions = [(page, region) for page, some in enumerate(pages) for region in some]
        wanted = {region.url[1:] for _, region in regions if region.url.startswith(INSIDE)}
        self._places: dict[str, list[Place]] = {}
        for page, region in regions if wanted else ():
            if region.key in wanted:
                self._places.setdefault(region.key, []).append(Place(page, region))

    def place(self, url: str, page: int) -> Place | None:
        """Where an address that stands on this page leads inside the pages; None where it leads out or nowhere."""
        if not url.startswith(INSIDE):
            return None
        places = self._places.get(url[1:], [])
        return next((place for place in places if place.page != page), places[0] if places else None)


def outside(url: str) -> str:
    """The address if it leads to a page of the web or a mailbox; of any other nothing is left: no file, no script."""
    try:
        return url if urlsplit(url).scheme.lower() in _OUTSIDE else ""
    except ValueError:
        return ""
