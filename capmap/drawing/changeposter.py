"""Changeposter: two states of a map on one sheet: what was added, removed, moved, renamed, scored anew."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from capmap.analysis.compared import KINDS, Changed, ChangeKind, Comparison
from capmap.drawing.answertable import Strip
from capmap.drawing.chips import LinkCounts
from capmap.drawing.flow import Block, Columns
from capmap.drawing.frame import Sheet, foot_block, title_block
from capmap.drawing.mapdrawing import first_baseline, map_marks
from capmap.drawing.marks import Drawing, Line, Mark, Rect, Region, Text
from capmap.drawing.page import fitted, put_together, written_date
from capmap.drawing.paper import Orientation, Paper
from capmap.drawing.theme import PAPER, ink_on
from capmap.layout import fonts
from capmap.layout.boxes import Box, Layout
from capmap.layout.nested import arrange
from capmap.layout.style import scaled
from capmap.lens.lens import Heat, LegendEntry, Lens, Step
from capmap.lens.palettes import PALETTES
from capmap.model.map import Map
from capmap.model.records import Capability, Record

_COLOURS = PALETTES["categories"].colours
_FILLS: dict[ChangeKind, str] = {
    "added": _COLOURS[4],
    "moved": _COLOURS[1],
    "renamed": _COLOURS[0],
    "re-scored": _COLOURS[3],
    "edited": _COLOURS[6],
}
_AS_BEFORE = "#eef1f5"
_SIGNS: dict[ChangeKind, str] = {
    "added": "+",
    "removed": "−",
    "moved": "»",
    "renamed": "“”",
    "re-scored": "±",
    "edited": "*",
}
"""Told beside the colour, so that a grey copy tells as much."""

_NOTE, _NOTE_LEADING = 9.4, 11.4
_SIGN_HEIGHT = 13.0
_EDGE = 2.6
_TEXT, _LEADING = 8.5, 11.5
_COLUMN, _COLUMN_GAP = 330.0, 26.0


def change_pages(
    found: Comparison,
    names: tuple[str, str],
    *,
    paper: Paper,
    orientation: Orientation | None,
    depth: int | None = None,
    date: dt.date,
) -> list[Drawing]:
    """The poster, and after it the list of all changes. ``names`` are those of the old and the new state."""
    sheet = Sheet(*paper.size(orientation))
    both, of = merged(found)
    settings = found.new.settings
    title = f"What has changed: {settings.title or settings.organisation or names[1]}"
    columns, lists = _listed(found, sheet)
    count = 1 + (lists[-1].page + 1 if lists else 0)
    layout_boxes, heat = None, _heat(both, of, depth)
    about = [f"from {names[0]} to {names[1]}", " · ".join(filter(None, (settings.author, written_date(date))))]
    head, top = title_block(sheet, title, found.sentence, about)
    foot, bottom = foot_block(sheet, heat, LinkCounts(0, 0), settings.attribution, (1, count))
    layout_boxes = arrange(both, depth=depth, size=(sheet.inner, bottom - top))
    inside: tuple[Mark, ...] = ()
    if layout_boxes.boxes:
        marks = map_marks(layout_boxes, both, heat, PAPER, chips=False)
        noted = [*_with_notes(marks, layout_boxes, of)]
        inside = tuple(fitted(noted, layout_boxes, sheet, top, bottom))
    language = settings.language or "en"
    pages = [put_together(sheet, title, (head, top), inside, (foot, bottom), heat.lens, language)]
    for page in range(count - 1):
        listed: list[Mark] = [Region(sheet.margin, 0.0, sheet.inner, columns.top - 6, "page-head", title)]
        base = sheet.margin + 14.0
        listed.append(Text(sheet.margin, base, title, "bold", 14.0, PAPER.ink))
        for laid in lists:
            if laid.page == page:
                listed += laid.marks()
        told = f"page {page + 2} of {count}"
        down = sheet.height - sheet.margin
        listed.append(Text(sheet.right, down, told, "regular", _TEXT, PAPER.quiet_ink, "end"))
        pages.append(Drawing(sheet.width, sheet.height, "Changes in words", tuple(listed), language))
    return pages


def merged(found: Comparison) -> tuple[Map, dict[str, Changed]]:
    """A map with what is there now and, where it stood, what is gone; and what happened to its boxes by id."""
    old, new = found.old, found.new
    of = {(each.after or each.before).id: each for each in found.changed if each.after or each.before}  # type: ignore[union-attr]
    gone = {each.before.id for each in found.changed if each.after is None and each.before is not None}
    order: dict[str | None, list[str]] = {}

    def kept(record_id: str | None) -> str | None:
        """What a box of the old map is in the new one; one that is gone stays itself."""
        if record_id is None or record_id in gone:
            return record_id
        return found.new_of[record_id]

    parents: list[str | None] = [None, *(box.id for box in new.walk()), *gone]
    for parent in parents:
        order[parent] = list(new.child_ids(parent)) if parent is None or parent not in gone else []
    for box in old.walk():
        if box.id not in gone:
            continue
        siblings = order[kept(box.parent)]
        before = [kept(each) for each in old.child_ids(box.parent)]
        earlier = [each for each in before[: before.index(box.id)] if each in siblings]
        siblings.insert(siblings.index(earlier[-1]) + 1 if earlier else 0, box.id)
    records: list[Record] = [new.settings]
    for parent, inside in order.items():
        for place, record_id in enumerate(inside):
            box = old.capability(record_id) if record_id in gone else new.capability(record_id)
            alias = box.alias_of if record_id not in gone else None
            records.append(dataclasses.replace(box, parent=parent, position=place, alias_of=alias))
    return Map(records), of


def _heat(both: Map, of: Mapping[str, Changed], depth: int | None) -> Heat:
    """A heat that colours each leaf by what happened to it first, and counts all boxes."""
    coloured = [kind for kind in KINDS if kind != "removed"]
    steps = (*(Step(f"{_SIGNS[kind]}  {kind}", _FILLS[kind]) for kind in coloured), Step("as before", _AS_BEFORE))

    def step_of(_: Map, box: Capability) -> int | None:
        changed = of.get(box.id)
        if changed is None:
            return len(coloured)
        return None if changed.kinds[0] == "removed" else coloured.index(changed.kinds[0])

    lens = Lens(
        "changes",
        "What has changed",
        steps,
        step_of,
        lambda _, box: of[box.id].kinds[0] if box.id in of else "as before",
        lambda counts: "",
        unknown=f"{_SIGNS['removed']}  removed",
    )
    boxes = [box for box in both.walk() if depth is None or both.level(box.id) <= depth]
    found = {box.id: step_of(both, box) for box in boxes}
    counts = Counter(found.values())
    legend = [LegendEntry(step, counts[place]) for place, step in enumerate(steps) if counts[place]]
    if counts[None]:
        legend.append(LegendEntry(None, counts[None]))
    different = len(boxes) - counts[len(coloured)]
    story = f"{different:,} of {len(boxes):,} capabilities are different"
    return Heat(lens, found, tuple(legend), story)


def _with_notes(marks: Iterator[Mark], layout: Layout, of: Mapping[str, Changed]) -> Iterator[Mark]:
    """The marks of the map; after those of each changed box its signs, and in words what was, where there is room."""
    open_: tuple[Region, str] | None = None
    for mark in marks:
        if isinstance(mark, Region):
            if open_ is not None:
                yield from _notes(open_[0], layout.index[open_[0].key], of[open_[0].key], open_[1], layout.text_scale)
            open_ = (mark, "") if mark.key in of else None
        elif open_ is not None and isinstance(mark, Rect) and mark.key == open_[0].key:
            open_ = (open_[0], mark.fill)
        yield mark
        if (
            open_ is not None
            and isinstance(mark, Text)
            and mark.key == open_[0].key
            and "removed" in of[mark.key].kinds
        ):
            width = fonts.width(mark.text, mark.weight, mark.size)
            down = mark.baseline - 0.26 * mark.size
            yield Line(((mark.x, down), (mark.x + width, down)), mark.colour, 0.07 * mark.size)
    if open_ is not None:
        yield from _notes(open_[0], layout.index[open_[0].key], of[open_[0].key], open_[1], layout.text_scale)


def _notes(region: Region, box: Box, changed: Changed, fill: str, scale: float) -> Iterator[Mark]:
    style = scaled(scale)[box.role]
    signs = " ".join(_SIGNS[kind] for kind in changed.kinds)
    size, height = _NOTE * scale, _SIGN_HEIGHT * scale
    width = max(fonts.width(signs, "bold", size) + 8 * scale, height)
    right = region.x + region.width - 5 * scale
    top = region.y - height * 0.42
    if box.children and changed.kinds[0] in _FILLS:
        edge = _FILLS[changed.kinds[0]]
        yield Rect(region.x, region.y, region.width, region.height, "", edge, _EDGE * scale, style.radius)
    yield Rect(right - width, top, width, height, PAPER.ink, "#ffffff", 0.8 * scale, height / 2)
    yield Text(right - width / 2, top + (height + 0.7 * size) / 2, signs, "bold", size, "#ffffff", "middle")
    words = [
        *(
            f"from {before or 'the top'}"
            for label, before, after in changed.details
            if label == "in" and before != after
        ),
        *(f"was “{before}”" for label, before, _ in changed.details if label == "name"),
        *(
            f"{label.removesuffix(' now')} {before or '–'} → {after or '–'}"
            for label, before, after in changed.details
            if label not in ("in", "name") and len(before) + len(after) < 24
        ),
    ]
    room = region.width - 2 * style.padding
    ink = ink_on(fill) if fill else PAPER.ink
    if box.children:
        # Beside the name of a container, in its own row.
        after = fonts.width(box.lines[-1], style.type.weight, style.type.size) + 8 * scale
        told = "; ".join(words)
        if told and fonts.width(told, "regular", size) <= room - after:
            base = region.y + first_baseline(style) + (len(box.lines) - 1) * style.type.leading
            yield Text(region.x + style.padding + after, base, told, "regular", size, ink, "start", box.id)
        return
    free = region.height - style.padding - len(box.lines) * style.type.leading - 4 * scale
    most = int(free / (_NOTE_LEADING * scale))
    lines = [line for each in words for line in fonts.wrap(each, "regular", size, room, 2)][:most]
    base = region.y + region.height - 5 * scale - (len(lines) - 1) * _NOTE_LEADING * scale
    for number, line in enumerate(lines):
        down = base + number * _NOTE_LEADING * scale
        yield Text(region.x + style.padding, down, line, "regular", size, ink, "start", box.id)


def _listed(found: Comparison, sheet: Sheet) -> tuple[Columns, Sequence]:  # type: ignore[type-arg]
    """All changes in words, in columns."""
    bottom = sheet.height - sheet.margin - 16
    columns = Columns.across(sheet.margin, sheet.margin + 30, sheet.right, bottom, _COLUMN_GAP, _COLUMN)
    blocks: list[Block] = []
    for kind in KINDS:
        group = found.of(kind)
        heading = f"{_SIGNS[kind]}  {kind.capitalize()} ({len(group):,})"
        for number, each in enumerate(group):
            strips: list[Strip] = []
            if not number:
                words = Text(0.0, 17.0, heading, "bold", 11.0, PAPER.ink)
                strips.append(Strip(23.0, (words,), heads=True))
            strips += _entry(found, each, columns.width)
            blocks.append(Block(f"{kind}-{number}", tuple(strips)))
    return columns, columns.laid(blocks)


def _entry(found: Comparison, each: Changed, width: float) -> Iterator[Strip]:
    current, box = (found.new, each.after) if each.after is not None else (found.old, each.before)
    assert box is not None
    number = current.number(box.id)
    indent = fonts.width("00.00.00", "regular", _TEXT)
    for place, line in enumerate(fonts.wrap(current.shown(box).name, "semibold", _TEXT, width - indent)):
        marks: list[Mark] = [Text(indent, _TEXT + 2, line, "semibold", _TEXT, PAPER.ink)]
        if not place:
            marks.append(Text(0.0, _TEXT + 2, number, "regular", _TEXT, PAPER.quiet_ink))
        yield Strip(_LEADING, tuple(marks), heads=True)
    for line in fonts.wrap(each.words, "regular", _TEXT, width - indent) if each.words else ():
        yield Strip(_LEADING, (Text(indent, _TEXT + 1, line, "regular", _TEXT, PAPER.container_ink),))
    yield Strip(3.0, ())
