"""Order: what is to be written, and how it looks; the making of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from capmap import exchange, render
from capmap.drawing.facts import Facts, measure
from capmap.drawing.livepage import live_page
from capmap.drawing.marks import Drawing
from capmap.drawing.page import compose
from capmap.drawing.paper import PAPERS, Orientation, paper_named
from capmap.drawing.slides import slides
from capmap.errors import OutputError, UsageError
from capmap.lens.builtin import default_lens
from capmap.lens.catalogue import lens_named, lenses
from capmap.lens.lens import Lens, says_something
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, Capability
from capmap.sharing.overtime import OverTime, pages_over_time

LIVE = ".html"
"""A page that its reader can work with: no picture through one lens at one depth, but all of them."""
PICTURES = (*render.SUFFIXES, LIVE)
WORKBOOK, TABLE = ".xlsx", ".csv"
"""All tables in one file; one table alone."""
SUFFIXES = (*PICTURES, *exchange.WRITTEN_SUFFIXES, WORKBOOK)
"""The endings of all files that can be ordered."""


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: the format by its ending, and of a picture how it looks.

    ``paper`` and ``lens`` are names; empty ones leave the choice to the format and to what the map holds.
    ``orientation`` None is landscape, but for a paper of an own size. ``folded`` boxes stand closed; with ``only`` no
    box is shown that is not in it. ``date`` None is today. With ``moment`` chips count what is there on that day;
    ``over`` asks for a picture of a stretch of time instead. Of a CSV file ``table`` says which kind of record it
    lists; capabilities without one.
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
    files = render.write(pages, target, author=current.settings.author, created=_date(order))
    return Made(tuple(files), measure(pages))


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
    """The pages of a picture. Raises UsageError for an unknown lens or paper."""
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
    if on_slides:
        return slides(current, page, root=order.root, depth=order.depth)
    return [page(order.root, order.depth)]


def _live(order: Order, current: Map, target: Path) -> Made:
    """The lens asked for comes first, then all that say something of this map."""
    from capmap.render import html

    first = _lens(order, current)
    others = (lens for lens in lenses(current, _date(order)) if lens.name != first.name)
    shown = [first, *(lens for lens in others if says_something(lens, current))]
    page = live_page(current, shown, root=order.root, depth=order.depth, date=_date(order))
    html.write(page, target)
    return Made((target,), measure([page.depths[-1]]))


def _lens(order: Order, current: Map) -> Lens:
    return lens_named(order.lens, current, order.moment or _date(order)) if order.lens else default_lens(current)


def _date(order: Order) -> dt.date:
    return order.date or dt.date.today()
