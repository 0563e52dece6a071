"""Pdftags: the structure of a document for screen readers: headings, lists of boxes in boxes, pictures, links.

A page says of each text, as it is painted, which part of the structure it belongs to; everything else is decoration.
The map is a list, each box an item, what is inside it a list in that item; boxes at the top that hold others are
sections with a heading.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from capmap.drawing.marks import Image, Region, Text
from capmap.render.pdffile import PdfFile, Raw, text

_LINE = 1.7
"""The lines of a paragraph stand no further apart, in parts of the type size."""
_HEAD = "page-head"
_LINKED = -(1 << 40)
"""Stands for the link itself in what is in its element."""


class PageTags:
    """The structure of one page, built while its marks are painted in order. An element is known by its place."""

    def __init__(self, regions: Sequence[Region]) -> None:
        self._kinds = ["Sect"]
        self._parents = [-1]
        # What is in an element: nothing, one thing, or several: the number of a content, or ~place of an element.
        self._kids: list[int | list[int] | None] = [None]
        self._alternatives: dict[int, str] = {}
        self._links: list[int] = []
        self._contents: list[int] = []
        levels = [*(region.level for region in regions), 0]
        holds = [0 < level < after for level, after in itertools.pairwise(levels)]
        top = min((region.level for region in regions if region.level > 0), default=1)
        self._sections = any(holds[place] for place, region in enumerate(regions) if region.level == top)
        self._holds = iter(holds)
        self._open: list[tuple[int, int]] = []
        self._lists: dict[int, tuple[int, list[int]]] = {}
        self._here = 0
        # The first words of the head are the title; of a page without a head, its first words.
        self._headed = any(region.key == _HEAD for region in regions)
        self._kind = "P" if self._headed else "H1"
        self._titled = False
        self._last: Text | None = None
        self._link_waits = False

    def enter(self, region: Region, *, linked: bool) -> None:
        """What follows stands in this region; ``linked`` regions are the links of the page, in this order."""
        if self._link_waits:
            self.settle()
        level, holds = region.level, next(self._holds)
        self._last, self._link_waits = None, linked
        if level <= 0:
            self._open, self._here = [], 0
            self._kind = "H1" if not self._titled and (region.key == _HEAD or not self._headed) else "P"
            return
        opened = self._open
        while opened and opened[-1][0] >= level:
            opened.pop()
        if not opened and self._sections:
            self._here, self._kind = self._new("Sect", 0), "H2"
        else:
            parent = opened[-1][1] if opened else 0
            if parent not in self._lists:
                items: list[int] = []
                self._lists[parent] = self._new("L", parent), items
                self._kids[-1] = items
            listed, items = self._lists[parent]
            place = len(self._kinds)
            items.append(~place)
            self._kinds += ("LI", "LBody")
            self._parents += (listed, place)
            self._kids += (~(place + 1), None)
            self._here, self._kind = place + 1, ""
        if holds:
            opened.append((level, self._here))

    def text(self, mark: Text, *, apart: bool) -> str:
        """The operator that begins the content which this text is, or "" where it goes on with that of the last;
        ``apart`` from that it never does, since something else was painted between them.
        """
        last, self._last = self._last, mark
        if not apart and last is not None and (not self._kind or _goes_on(last, mark)):
            return ""
        place = self._here
        if self._kind:
            place = self._new(self._kind, place)
            self._titled = self._titled or self._kind == "H1"
            self._kind = "P"
        return self._begun(self._link(place) if self._link_waits else place)

    def image(self, mark: Image) -> str:
        """The operator that begins a picture; "" for one that says nothing."""
        if not mark.title:
            return ""
        place = self._new("Figure", self._here)
        self._alternatives[place] = f"/Alt{text(mark.title)}"
        return self._begun(place)

    def settle(self) -> None:
        """A link that no text was painted in stands by itself."""
        if self._link_waits:
            self._link(self._here)

    def finished(self, file: PdfFile, parent: int, page: int, first_link: int) -> tuple[int, str, list[int]]:
        """Write the elements below ``parent`` for the page of that number, whose links have numbers from
        ``first_link`` on. Out come the number of the element of the page, what holds each content of the page, and
        what holds each link.
        """
        first = file.reserve(len(self._kinds))
        more = dict(self._alternatives)
        for link, place in enumerate(self._links):
            self._put(place, _LINKED)
            more[place] = f"<</Type/OBJR/Obj {first_link + link} 0 R>>"
        bodies: list[str] = []
        for place, (kind, above, kids) in enumerate(zip(self._kinds, self._parents, self._kids, strict=True)):
            if type(kids) is int and above >= 0 and place not in more:
                # Only what holds content itself must say on which page that is.
                held = f"/Pg {page} 0 R/K {kids}" if kids >= 0 else f"/K {first + ~kids} 0 R"
                bodies.append(f"<</S/{kind}/P {first + above} 0 R{held}>>")
                continue
            several = kids if isinstance(kids, list) else [] if kids is None else [kids]
            inside = " ".join([str(kid) if kid >= 0 else f"{first + ~kid} 0 R" for kid in several if kid != _LINKED])
            owner = parent if above < 0 else first + above
            said = more.get(place, "")
            if kind == "Link":
                inside, said = f"{inside}{said}", ""
            bodies.append(f"<</S/{kind}/P {owner} 0 R/Pg {page} 0 R/K[{inside}]{said}>>")
        file.put(first, bodies)
        holders = " ".join([f"{first + place} 0 R" for place in self._contents])
        return first, f"[{holders}]", [first + place for place in self._links]

    def _link(self, parent: int) -> int:
        self._link_waits = False
        place = self._new("Link", parent)
        self._links.append(place)
        return place

    def _new(self, kind: str, parent: int) -> int:
        place = len(self._kinds)
        self._kinds.append(kind)
        self._parents.append(parent)
        self._kids.append(None)
        self._put(parent, ~place)
        return place

    def _put(self, place: int, kid: int) -> None:
        before = self._kids[place]
        if before is None:
            self._kids[place] = kid
        elif isinstance(before, int):
            self._kids[place] = [before, kid]
        else:
            before.append(kid)

    def _begun(self, place: int) -> str:
        number = len(self._contents)
        self._contents.append(place)
        if self._kids[place] is None:
            self._kids[place] = number
        else:
            self._put(place, number)
        return f"/{self._kinds[place]}<</MCID {number}>>BDC"


class Structure:
    """The structure of all pages together."""

    def __init__(self, file: PdfFile, pages: int) -> None:
        self._file = file
        self._root = file.reserve(2)
        self._document = self._root + 1
        self._sections: list[int] = []
        self._holders: list[str] = []
        self._link_holders: list[int] = []
        self._pages = pages

    @property
    def next_link(self) -> int:
        """The key under which the next link finds what holds it; pages have the keys before."""
        return self._pages + len(self._link_holders)

    def add(self, tags: PageTags, page: int, first_link: int) -> None:
        """Write the structure of the next page, the object of that number."""
        section, holders, link_holders = tags.finished(self._file, self._document, page, first_link)
        self._sections.append(section)
        self._holders.append(holders)
        self._link_holders += link_holders

    def finish(self) -> Raw:
        """Write what holds all pages; out comes the entry of the catalog."""
        holders = [*self._holders, *(f"{number} 0 R" for number in self._link_holders)]
        tree = " ".join(f"{key} {holder}" for key, holder in enumerate(holders))
        kids = " ".join(f"{number} 0 R" for number in self._sections)
        trees = f"/ParentTree<</Nums[{tree}]>>/ParentTreeNextKey {len(holders)}"
        root = f"<</Type/StructTreeRoot/K {self._document} 0 R{trees}>>"
        self._file.put(self._root, [root, f"<</S/Document/P {self._root} 0 R/K[{kids}]>>"])
        return Raw(b"%d 0 R" % self._root)


def _goes_on(last: Text, mark: Text) -> bool:
    """Whether a text is the next line of the paragraph of the last; lines that are ranged right never are."""
    same = (last.weight, last.size, last.colour, last.anchor) == (mark.weight, mark.size, mark.colour, mark.anchor)
    return same and mark.anchor != "end" and last.x == mark.x and 0 < mark.baseline - last.baseline <= _LINE * mark.size
