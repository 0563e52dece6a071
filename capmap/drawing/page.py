"""Page: a finished sheet with title block, the map filling the frame, and a foot that explains it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from capmap.analysis.moments import counted_on
from capmap.drawing.chips import any_chips, link_counts
from capmap.drawing.frame import Sheet, foot_block, title_block
from capmap.drawing.languages import other_names, show_names, translated_names
from capmap.drawing.mapdrawing import map_marks, placed
from capmap.drawing.marks import Drawing, Mark, Region
from capmap.drawing.paper import Orientation, Paper
from capmap.drawing.saying import said, said_date, said_heat
from capmap.drawing.theme import PAPER
from capmap.layout.boxes import Layout
from capmap.layout.nested import arrange
from capmap.lens.doubts import looked_through
from capmap.lens.lens import Lens
from capmap.model.map import Map


def compose(
    current: Map,
    lens: Lens,
    *,
    paper: Paper,
    orientation: Orientation | None = "landscape",
    depth: int | None = None,
    root: str | None = None,
    folded: Collection[str] = (),
    only: Collection[str] | None = None,
    date: dt.date,
    moment: dt.date | None = None,
    language: str | None = None,
    number: tuple[int, int] = (1, 1),
    remarks: Sequence[str] = (),
    headline: tuple[str, str] | None = None,
) -> Drawing:
    """One page that shows the map (or the branch below ``root``) down to ``depth`` levels through a lens, without what
    is inside the boxes ``folded``, and with ``only`` no box that is not in it.

    ``orientation`` None takes the paper as it is listed. Names stand in ``language`` where the map has them; None is
    the language of the map. ``date`` is printed beside the author, ``number`` says which page of how many this is;
    ``remarks`` stand below. ``headline`` is title and subtitle, if not those of the map.
    With ``moment`` the chips count what is used and runs on that day, which the page says, and not every link.
    """
    sheet = Sheet(*paper.size(orientation))
    names = translated_names(current, language)
    title, subtitle = headline or titles(current, root, names)
    shown, leaves = boxes_shown(current, root, depth, folded, only)
    written = language or current.settings.language or "en"
    heat = said_heat(written, looked_through(lens, current, leaves, moment or date))
    counts = link_counts(shown, current, None if moment is None else counted_on(current, moment))

    about = [said(written, "{0}, as-is", heat.lens.title), *about_lines(current, date, moment, written), *remarks]
    head, frame_top = title_block(sheet, title, subtitle, about)
    foot, frame_bottom = foot_block(sheet, heat, any_chips(counts), current.settings.attribution, number, written)
    width, height = sheet.inner, frame_bottom - frame_top

    others = other_names(current)
    layout = arrange(
        current,
        root=root,
        depth=depth,
        collapsed=folded,
        only=only,
        size=(width, height),
        others=others,
    )
    if others is not None:
        show_names(layout, current, names)
    inside: Sequence[Mark] = ()
    if layout.boxes:
        marks = map_marks(layout, current, heat, PAPER, chips=counts, names=names)
        inside = tuple(fitted(marks, layout, sheet, frame_top, frame_bottom))
    return put_together(
        sheet,
        title,
        (head, frame_top),
        inside,
        (foot, frame_bottom),
        lens,
        written,
    )


def fitted(marks: Iterable[Mark], layout: Layout, sheet: Sheet, top: float, bottom: float) -> Iterator[Mark]:
    """The marks of a layout as large as they fit between these heights of a sheet, in the middle."""
    scale = min(sheet.inner / layout.width, (bottom - top) / layout.height)
    x = sheet.margin + (sheet.inner - layout.width * scale) / 2
    y = top + (bottom - top - layout.height * scale) / 2
    return placed(marks, scale, x, y)


def put_together(
    sheet: Sheet,
    title: str,
    head: tuple[Sequence[Mark], float],
    inside: Sequence[Mark],
    foot: tuple[Sequence[Mark], float],
    lens: Lens,
    language: str,
) -> Drawing:
    """A page of what stands in its head, with the height where that ends, in the frame, and in its foot, with the
    height where that begins.
    """
    (above, top), (below, bottom) = head, foot
    marks = (
        Region(sheet.margin, 0.0, sheet.inner, top, "page-head", title),
        *above,
        Region(sheet.margin, top, sheet.inner, bottom - top, "page-map", title),
        *inside,
        Region(sheet.margin, bottom, sheet.inner, sheet.height - bottom, "page-foot", lens.title),
        *below,
    )
    return Drawing(sheet.width, sheet.height, title, marks, language)


def about_lines(current: Map, date: dt.date, moment: dt.date | None, language: str = "en") -> list[str]:
    """Whose map this is and of when: the day of the page, or the day of which it shows the services and projects."""
    author = current.settings.author
    if moment is None:
        return [" · ".join(part for part in (author, said_date(language, date)) if part)]
    return [
        said(language, "IT services and projects on {0}", said_date(language, moment)),
        *([author] if author else []),
    ]


def written_date(date: dt.date) -> str:
    """A date for readers: 22 November 2026."""
    return said_date("en", date)


def titles(current: Map, root: str | None, names: dict[str, str]) -> tuple[str, str]:
    """Title and subtitle of a page; of a branch the way to it."""
    settings = current.settings
    title = settings.title or settings.organisation or "Capability map"
    if root is None:
        return title, settings.subtitle
    return title, " › ".join(names.get(step.id, step.name) for step in current.path(root))


def boxes_shown(
    current: Map, root: str | None, depth: int | None, folded: Collection[str], only: Collection[str] | None
) -> tuple[dict[str, None], list[str]]:
    """The ids of the boxes that the page shows, and of the leaves among them."""
    shown: dict[str, None] = {}
    leaves: list[str] = []

    def kept(record_ids: list[str]) -> list[str]:
        return record_ids if only is None else [record_id for record_id in record_ids if record_id in only]

    tops = kept(current.child_ids(root)) or kept([] if root is None else [root])
    stack = [(record_id, 1) for record_id in tops]
    while stack:
        record_id, level = stack.pop()
        shown[record_id] = None
        opened = record_id not in folded and (depth is None or level < depth)
        inside = kept(current.child_ids(record_id)) if opened else []
        if not inside:
            leaves.append(record_id)
        stack.extend((child, level + 1) for child in inside)
    return shown, leaves
