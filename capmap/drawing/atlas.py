"""Atlas: a map as a book: contents, overview, a page an area, a card for every capability, and an index of them all."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from capmap.analysis.costs import costs
from capmap.analysis.words import counted
from capmap.drawing.answertable import Strip
from capmap.drawing.cards import Cards
from capmap.drawing.entries import entry, link_on, sorting
from capmap.drawing.flow import Block, Columns, Laid
from capmap.drawing.frame import Sheet
from capmap.drawing.languages import translated_names, translated_texts
from capmap.drawing.marks import Drawing, Line, Mark, Region, Text
from capmap.drawing.page import compose, titles, written_date
from capmap.drawing.paper import Orientation, Paper
from capmap.drawing.slides import smallest_name
from capmap.drawing.theme import PAPER
from capmap.drawing.titles import fit
from capmap.layout import fonts
from capmap.lens.lens import Lens, apply
from capmap.model.map import Map
from capmap.model.records import Capability

READABLE = 6.5
"""Points: a map whose names would be smaller shows fewer levels, and has pages of its own for its branches."""

_CARD, _CARD_GAP = 330.0, 26.0
_ENTRY, _ENTRY_GAP = 215.0, 22.0
_SMALL = 8.0
_HEAD = 30.0
_FOOT = 24.0


class _MapPage(NamedTuple):
    """A page with the map below ``root``, so many levels deep."""

    root: str | None
    depth: int | None


@dataclasses.dataclass(frozen=True, slots=True)
class Book:
    """What all pages of an atlas have in common."""

    current: Map
    lens: Lens
    paper: Paper
    orientation: Orientation | None
    date: dt.date
    language: str | None = None

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page in points."""
        return self.paper.size(self.orientation)


def atlas(book: Book, root: str | None = None) -> list[Drawing]:
    """The pages of the atlas of a map, or of the branch below ``root``."""
    return _Atlas(book, root).drawings()


class _Atlas:
    """One atlas on its way onto pages: first it is found out what stands on which page, then all is drawn."""

    def __init__(self, book: Book, root: str | None) -> None:
        self._book, self._root = book, root
        current = book.current
        self._names = translated_names(current, book.language)
        self._title, self._subtitle = titles(current, root, self._names)
        self._width, self._height = book.size
        self._margin = Sheet(self._width, self._height).margin
        self._tops = [box for box in current.children(root) if not box.alias_of]
        self._boxes = [box for box in current.walk(root) if box.id != root]
        self._written = book.language or current.settings.language or "en"
        # Where each thing begins, page numbers from 1.
        self._maps: dict[str, int] = {}
        self._cards: dict[str, int] = {}
        self._overview = self._index = self._count = 0
        heat = apply(book.lens, current, [box.id for box in self._boxes])
        fills = {key: book.lens.steps[step].fill for key, step in heat.steps.items() if step is not None}
        year = costs(current, book.date.year)
        self._maker = Cards(
            current,
            self._names,
            translated_texts(current, book.language, "description"),
            year,
            book.date,
            lambda key: fills.get(key, PAPER.plain_fills[0] if not book.lens.steps else PAPER.unknown_fill),
            lambda key: self._cards.get(key, 0),
        )

    def drawings(self) -> list[Drawing]:
        """All pages. Page numbers may move lines and these other pages, so that it can take two rounds."""
        overviews = list(self._planned(self._root))[:1] or [_MapPage(self._root, None)]
        maps = {top.id: list(self._planned(top.id)) for top in self._tops if book_has(self._book.current, top)}
        for _ in range(3):
            before = dict(self._cards), self._index
            contents = self._contents()
            details = {top.id: self._details(top) for top in self._tops}
            page = 1 + _pages(contents)
            self._overview = page
            page += len(overviews)
            for top in self._tops:
                for planned in maps.get(top.id, ()):
                    self._maps[planned.root or ""] = page
                    page += 1
                for laid in details[top.id]:
                    if laid.first:
                        self._cards[laid.key] = page + laid.page
                page += _pages(details[top.id])
            self._index = page
            index = self._indexed()
            self._count = page - 1 + _pages(index)
            if before == (self._cards, self._index):
                break
        made = [*self._flowed(contents, self._title, "contents")]
        made += [self._map_page(planned) for planned in overviews]
        for top in self._tops:
            made += [self._map_page(planned) for planned in maps.get(top.id, ())]
            made += self._flowed(details[top.id], self._maker.name(top), f"details-{top.id}", top)
        made += self._flowed(index, "Index", "index")
        return [self._numbered(drawing, number) for number, drawing in enumerate(made, 1)]

    # -- maps -------------------------------------------------------------------------------------------

    def _planned(self, root: str | None) -> Iterator[_MapPage]:
        """The map below a root with as many levels as can be read, and where that is not all, its branches."""
        current = self._book.current
        above = current.level(root) if root is not None else 0
        levels = max((current.level(box.id) - above for box in current.walk(root)), default=1)
        shown = levels
        while shown > 1 and smallest_name(self._drawn(_MapPage(root, shown), ())) < READABLE:
            shown -= 1
        yield _MapPage(root, None if shown >= levels else shown)
        if shown >= levels or root == self._root:
            return
        for child in current.child_ids(root):
            if current.height(child) > max(1, shown - 1) and current.has_children(child):
                yield from self._planned(child)

    def _drawn(self, planned: _MapPage, remarks: Sequence[str], number: tuple[int, int] = (1, 1)) -> Drawing:
        book = self._book
        return compose(
            book.current,
            book.lens,
            paper=book.paper,
            orientation=book.orientation,
            depth=planned.depth,
            root=planned.root,
            date=book.date,
            language=book.language,
            number=number,
            remarks=remarks,
            headline=self._headline(planned.root),
        )

    def _headline(self, root: str | None) -> tuple[str, str] | None:
        """A branch has its own name as title, below it the way to it."""
        if root is None or root == self._root:
            return None
        path = self._book.current.path(root)
        return self._maker.name(path[-1]), " › ".join([self._title, *(self._maker.name(step) for step in path[:-1])])

    def _map_page(self, planned: _MapPage) -> Drawing:
        """A map whose boxes lead to their own pages and cards, and which says where these are."""
        current, root = self._book.current, planned.root
        if root == self._root:
            remarks, number = [f"Contents: page 1 · index: page {self._index}"], self._overview
            goals = ["contents"]
        else:
            assert root is not None
            number = self._maps[root]
            inside = [self._cards[box.id] for box in current.walk(root) if box.id in self._cards]
            details = f"page {min(inside)}" if min(inside) == max(inside) else f"pages {min(inside)} to {max(inside)}"
            remarks, goals = [f"Details: {details} · overview: page {self._overview}"], [f"card-{root}"]
        drawing = self._drawn(planned, remarks, (number, self._count))
        marks: list[Mark] = [Region(0.0, 0.0, drawing.width, 1.0, f"page-{root or ''}", drawing.title)]
        for mark in drawing.marks:
            if isinstance(mark, Region) and mark.level > 0:
                own = mark.key in self._maps and self._maps[mark.key] != number
                mark = dataclasses.replace(mark, url=f"#page-{mark.key}" if own else f"#card-{mark.key}")
            marks.append(mark)
            if isinstance(mark, Text) and mark.text in remarks:
                marks.append(link_on(mark, goals[0]))
        title = self._maker.name(current.capability(root)) if root is not None and root != self._root else "Overview"
        return dataclasses.replace(drawing, marks=tuple(marks), title=title)

    # -- words ------------------------------------------------------------------------------------------

    def _columns(self, wanted: float, gap: float) -> Columns:
        right, bottom = self._width - self._margin, self._height - self._margin - _FOOT
        return Columns.across(self._margin, self._margin + _HEAD, right, bottom, gap, wanted)

    def _details(self, top: Capability) -> list[Laid]:
        columns = self._columns(_CARD, _CARD_GAP)
        cards = (self._maker.card(box, columns.width) for box in self._book.current.walk(top.id))
        return columns.laid(cards)

    def _contents(self) -> list[Laid]:
        columns = self._columns(_CARD, _CARD_GAP)
        width = columns.width
        blocks = [self._opening(width)]
        blocks.append(
            Block(
                "page-",
                (entry("Overview", self._overview, width, f"page-{self._root or ''}", "semibold"), Strip(5.0, ())),
            )
        )
        for top in self._tops:
            number = self._maps.get(top.id, 0) or self._cards.get(top.id, 0)
            goal = f"page-{top.id}" if top.id in self._maps else f"card-{top.id}"
            strips = [entry(self._maker.name(top), number, width, goal, "semibold")]
            for child in self._book.current.children(top.id):
                page = self._maps.get(child.id, 0) or self._cards.get(child.id, 0)
                goal = f"page-{child.id}" if child.id in self._maps else f"card-{child.id}"
                strips.append(entry(self._maker.name(child), page, width, goal, indent=12.0))
            strips.append(Strip(5.0, ()))
            blocks.append(Block(top.id, tuple(strips)))
        blocks.append(Block("index", (entry("Index of all capabilities", self._index, width, "index", "semibold"),)))
        return columns.laid(blocks)

    def _opening(self, width: float) -> Block:
        """What the atlas is of."""
        settings = self._book.current.settings
        count = sum(1 for box in self._boxes if not box.alias_of)
        told = [
            self._subtitle,
            settings.description,
            f"{counted(count, 'capability')}, colours: {self._book.lens.title.lower()}.",
            " · ".join(part for part in (settings.author, written_date(self._book.date)) if part),
            settings.attribution,
        ]
        strips: list[Strip] = []
        for words in told:
            lines = fonts.wrap(" ".join(words.split()), "regular", 9.0, width) if words else ()
            strips += [Strip(12.5, (Text(0.0, 9.5, line, "regular", 9.0, PAPER.container_ink),)) for line in lines]
        return Block("", (*strips, Strip(12.0, ())))

    def _indexed(self) -> list[Laid]:
        columns = self._columns(_ENTRY, _ENTRY_GAP)
        named = sorted(
            ((sorting(self._maker.name(box)), self._maker.name(box), box) for box in self._boxes if not box.alias_of),
            key=lambda each: (each[0], each[2].id),
        )
        blocks: list[Block] = []
        letter = ""
        for key, name, box in named:
            strips: list[Strip] = []
            first = key[:1].upper()
            if first != letter:
                letter = first
                marks = (Text(0.0, 15.0, letter, "bold", 11.0, PAPER.ink),)
                strips.append(Strip(19.0, marks, heads=True))
            strips.append(entry(name, self._cards.get(box.id, 0), columns.width, f"card-{box.id}", size=_SMALL))
            blocks.append(Block(box.id, tuple(strips)))
        return columns.laid(blocks)

    def _flowed(self, laid: Sequence[Laid], title: str, key: str, top: Capability | None = None) -> Iterator[Drawing]:
        """The pages of columns, each with its head."""
        for page in range(_pages(laid)):
            marks = list(self._head(title, key if not page else "", top))
            for each in laid:
                if each.page != page:
                    continue
                if each.first and key not in ("contents", "index"):
                    name = self._maker.name(self._book.current.capability(each.key))
                    marks.append(Region(each.x, each.y, 300.0, each.strip.height, f"card-{each.key}", name))
                marks += each.marks()
            name = title if top is None else f"{title}: details"
            yield Drawing(self._width, self._height, name, tuple(marks), self._written)

    def _head(self, title: str, key: str, top: Capability | None) -> Iterator[Mark]:
        inner = self._width - 2 * self._margin
        yield Region(self._margin, 0.0, inner, self._margin + _HEAD - 8, key or "page-head", title)
        back = ""
        if top is not None and top.id in self._maps:
            back = f"map: page {self._maps[top.id]}"
        size = 15.0 if key != "contents" else 22.0
        large = fit(title, "bold", size, inner * 0.7, 1)
        yield Text(self._margin, self._margin + size * 0.72, large.lines[0], "bold", large.size, PAPER.ink)
        if back and top is not None:
            right = self._width - self._margin
            text = Text(right, self._margin + size * 0.72, back, "regular", _SMALL, PAPER.quiet_ink, "end")
            yield text
            yield link_on(text, f"page-{top.id}")

    def _numbered(self, drawing: Drawing, number: int) -> Drawing:
        """A page with its foot; maps have one already."""
        if any(isinstance(mark, Region) and mark.key == "page-foot" for mark in drawing.marks):
            return drawing
        base = self._height - self._margin
        rule = base - 12
        right = self._width - self._margin
        told = f"page {number} of {self._count}"
        left = f"{self._title} · contents: page 1" if number > 1 else self._title
        where = Text(self._margin, base, left, "regular", _SMALL, PAPER.quiet_ink)
        foot: list[Mark] = [
            Region(self._margin, rule, right - self._margin, 12.0, "page-foot", ""),
            Line(((self._margin, rule), (right, rule)), PAPER.rule, 0.75),
            where,
            Text(right, base, told, "regular", _SMALL, PAPER.quiet_ink, "end"),
        ]
        if number > 1:
            foot.append(link_on(where, "contents"))
        return dataclasses.replace(drawing, marks=(*drawing.marks, *foot))


def book_has(current: Map, top: Capability) -> bool:
    """Whether an area has a page of its own: it holds boxes."""
    return current.has_children(top.id)


def _pages(laid: Sequence[Laid]) -> int:
    return laid[-1].page + 1 if laid else 0
