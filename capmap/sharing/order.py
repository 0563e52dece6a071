"""Order: what is to be written, and how it looks; the making of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from capmap import exchange, render
from capmap.analysis.compared import compared
from capmap.drawing.atlas import Book, atlas
from capmap.drawing.changeposter import change_pages
from capmap.drawing.facts import Facts, measure
from capmap.drawing.livepage import live_page
from capmap.drawing.marks import Drawing
from capmap.drawing.page import compose
from capmap.drawing.paper import PAPERS, Orientation, paper_named
from capmap.drawing.proof import numbered, with_proofs
from capmap.drawing.slides import slides
from capmap.errors import OutputError, UsageError
from capmap.lens.builtin import default_lens
from capmap.lens.catalogue import lens_named, lenses
from capmap.lens.lens import Lens, says_something
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, Capability
from capmap.sharing.onsheets import OnSheets, made_poster
from capmap.sharing.overtime import OverTime, pages_over_time

LIVE = ".html"
"""A page that its reader can work with: no picture through one lens at one depth, but all of them."""
PICTURES = (*render.SUFFIXES, LIVE)
WORKBOOK, TABLE = ".xlsx", ".csv"
"""All tables in one file; one table alone."""
SUFFIXES = (*PICTURES, *exchange.WRITTEN_SUFFIXES, WORKBOOK)
"""The endings of all files that can be ordered."""


@dataclasses.dataclass(frozen=True, slots=True)
class Since:
    """An earlier state of a map, or another map, and what both are called in a picture of the changes."""

    old: Map
    old_name: str
    new_name: str


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: the format by its ending, and of a picture how it looks.

    ``paper`` and ``lens`` are names; empty ones leave the choice to the format and to what the map holds.
    ``orientation`` None is landscape, but for a paper of an own size. ``folded`` boxes stand closed; with ``only`` no
    box is shown that is not in it. ``date`` None is today. With ``moment`` chips count what is there on that day;
    ``over`` asks for a picture of a stretch of time instead, ``sheets`` for a poster over several, ``atlas`` for a book
    of the map, ``since`` for what has changed. With ``proof`` all pages follow as they look to the colour-blind and in
    grey; with ``patterns`` the steps of the colours are numbered. Of a CSV file ``table`` says which kind of record it
    lists; capabilities without one. A PDF ``carries_map``: the whole map is inside, whatever part of it is shown, and
    CapMap can open it again.
    """

    suffix: str
    lens: str = ""
    paper: str = ""
    orientation: Orientation | None = None
    depth: int | None = None
    root: str | None = None
    folded: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    date: dt.date | None = None
    language: str | None = None
    moment: dt.date | None = None
    over: OverTime | None = None
    table: str = ""
    sheets: OnSheets | None = None
    atlas: bool = False
    since: Since | None = None
    proof: bool = False
    patterns: bool = False
    carries_map: bool = True

    @property
    def is_picture(self) -> bool:
        """Whether the map is drawn, not listed."""
        return self.suffix in PICTURES


@dataclasses.dataclass(frozen=True, slots=True)
class Made:
    """The files that were written, and for pictures what was measured on them."""

    files: tuple[Path, ...]
    facts: Facts | None = None


def fulfil(order: Order, current: Map, target: Path) -> Made:
    """Write what was ordered. Raises UsageError for what cannot be, and OutputError; a file that stood there before is
    then as it was. Needs no window: it may run aside on a snapshot of a map.
    """
    if order.suffix not in SUFFIXES:
        wanted = order.suffix or "a file without an ending"
        raise UsageError(f"CapMap cannot write {wanted}. It writes {' '.join(sorted(SUFFIXES))}")
    if order.suffix == WORKBOOK:
        from capmap.sharing.mapbook import write_map

        write_map(current, target, _lens(order, current), _date(order))
        return Made((target,))
    if order.suffix == TABLE and order.table not in ("", Capability.kind):
        from capmap.exchange.tables.listing import write_table

        write_table(current, order.table, target)
        return Made((target,))
    if not order.is_picture and order.over is None:
        exchange.write(current, target)
        return Made((target,))
    if order.suffix == LIVE and order.over is None:
        return _live(order, current, target)
    pages = drawn(order, current)
    # A poster's first page is a sketch of all others.
    facts = measure(pages[1:] if order.sheets else pages)
    if order.proof:
        pages = with_proofs(pages)
    carried = _carried(current, target) if order.carries_map else None
    files = render.write(pages, target, author=current.settings.author, created=_date(order), carried=carried)
    return Made(tuple(files), dataclasses.replace(facts, pages=len(pages)))


def write_tables(current: Map, folder: Path) -> Made:
    """Write a CSV file for every kind of which the map has records into a folder, which is made. Raises OutputError."""
    from capmap.exchange.tables.listing import TABLE_NAMES

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise OutputError(f"The folder {folder} cannot be made: {refused.strerror}.") from None
    files: list[Path] = []
    for kind, name in TABLE_NAMES.items():
        if kind == Capability.kind or current.count(CLASS_OF[kind]):
            target = folder / f"{name.lower().replace(' ', '-')}{TABLE}"
            files += fulfil(Order(TABLE, table=kind), current, target).files
    return Made(tuple(files))


def drawn(order: Order, current: Map) -> list[Drawing]:
    """The pages of a picture, without proofs. Raises UsageError for an unknown lens or paper."""
    pages = _drawn(order, current)
    return [numbered(page, _lens(order, current)) for page in pages] if order.patterns else pages


def _drawn(order: Order, current: Map) -> list[Drawing]:
    on_slides = order.suffix in render.SLIDES
    paper = paper_named(order.paper or ("16:9" if on_slides else "A3"))
    lens = _lens(order, current)

    def page(root: str | None, depth: int | None, number: tuple[int, int] = (1, 1)) -> Drawing:
        return compose(
            current,
            lens,
            paper=paper,
            orientation=order.orientation or ("landscape" if paper.name in PAPERS else None),
            depth=depth,
            root=root,
            folded=order.folded,
            only=order.only,
            date=_date(order),
            moment=order.moment,
            language=order.language,
            number=number,
        )

    if order.over is not None:
        return pages_over_time(
            order.over,
            current,
            lens,
            order.suffix,
            paper=paper,
            orientation=order.orientation or ("landscape" if paper.name in PAPERS else None),
            depth=order.depth,
            root=order.root,
            folded=order.folded,
            only=order.only,
            language=order.language,
            today=_date(order),
        )
    if order.sheets is not None:
        return made_poster(
            order.sheets,
            current,
            lens,
            order.suffix,
            orientation=order.orientation,
            depth=order.depth,
            root=order.root,
            folded=order.folded,
            only=order.only,
            language=order.language,
            date=_date(order),
            moment=order.moment,
        ).pages
    if order.since is not None:
        return change_pages(
            compared(order.since.old, current),
            (order.since.old_name, order.since.new_name),
            paper=paper,
            orientation=order.orientation or ("landscape" if paper.name in PAPERS else None),
            depth=order.depth,
            date=_date(order),
        )
    if order.atlas:
        return made_atlas(order, current, lens)
    if on_slides:
        return slides(current, page, root=order.root, depth=order.depth)
    return [page(order.root, order.depth)]


def made_atlas(order: Order, current: Map, lens: Lens) -> list[Drawing]:
    """The pages of an atlas. Raises UsageError where the format holds no pages."""
    if order.suffix not in (".pdf", ".pptx", ".svg", ".png"):
        raise UsageError(f"An atlas is written as .pdf, .pptx, .svg or .png, not as {order.suffix}.")
    paper = paper_named(order.paper or "A4")
    orientation = order.orientation or ("landscape" if paper.name in PAPERS else None)
    return atlas(Book(current, lens, paper, orientation, _date(order), order.language), order.root)


def _live(order: Order, current: Map, target: Path) -> Made:
    """The lens asked for comes first, then all that say something of this map."""
    from capmap.render import html

    first = _lens(order, current)
    others = (lens for lens in lenses(current, _date(order)) if lens.name != first.name)
    shown = [first, *(lens for lens in others if says_something(lens, current))]
    page = live_page(current, shown, root=order.root, depth=order.depth, date=_date(order))
    html.write(page, target)
    return Made((target,), measure([page.depths[-1]]))


def _carried(current: Map, target: Path) -> render.Carried | None:
    """The map for the inside of a picture that can carry it."""
    writer = exchange.writer_for(".json") if target.suffix.lower() in render.CARRYING else None
    if writer is None:
        return None
    # Always called the same: the same map makes the same bytes, whatever its file is called.
    return render.Carried("map.json", writer(current), "The map that is shown here. CapMap can open it.")


def _lens(order: Order, current: Map) -> Lens:
    return lens_named(order.lens, current, order.moment or _date(order)) if order.lens else default_lens(current)


def _date(order: Order) -> dt.date:
    return order.date or dt.date.today()
