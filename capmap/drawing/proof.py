"""Proof: finished pages as the colour-blind and a printer without colours show them, and colours told by number too."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from capmap.drawing.boxtree import BoxMarks, box_tree
from capmap.drawing.frame import Sheet
from capmap.drawing.marks import Drawing, Image, Line, Mark, Rect, Region, Text
from capmap.drawing.theme import PAPER, ink_on
from capmap.layout import fonts
from capmap.lens.eyes import EYES, as_seen
from capmap.lens.lens import Lens

_SEEN = {
    "deuteranopia": "As seen with deuteranopia (no green cones, about 1 man in 80)",
    "protanopia": "As seen with protanopia (no red cones, about 1 man in 100)",
    "tritanopia": "As seen with tritanopia (no blue cones, rare)",
    "grey": "As printed or copied without colours",
}
_WORDS = 8.0
_NUMBER_SHARE = 0.72
"""Of the size of a name, the number of a step has this part."""
_SWATCH = 2.2
"""Width to height of a colour in the legend."""


def with_proofs(pages: Sequence[Drawing]) -> list[Drawing]:
    """The pages, and after them all of them again as each eye sees them."""
    return [*pages, *(seen_by(page, eye) for eye in EYES if eye != "usual" for page in pages)]


def seen_by(page: Drawing, eye: str) -> Drawing:
    """A page with the colours that an eye sees, named above. Nothing on it leads anywhere."""
    sheet = Sheet(page.width, page.height)
    words = _SEEN[eye]
    label = Text(sheet.margin, max(_WORDS + 2, sheet.margin * 0.55), words, "semibold", _WORDS, PAPER.quiet_ink)
    marks = (Region(sheet.margin, 0.0, sheet.inner, sheet.margin, "proof", words), label)
    return dataclasses.replace(
        page,
        title=f"{page.title}: {words[:1].lower()}{words[1:]}",
        marks=(*marks, *(_seen(mark, eye) for mark in page.marks)),
    )


def _seen(mark: Mark, eye: str) -> Mark:
    if isinstance(mark, Rect):
        fill = as_seen(mark.fill, eye) if mark.fill else ""
        return dataclasses.replace(mark, fill=fill, stroke=as_seen(mark.stroke, eye) if mark.stroke else "")
    if isinstance(mark, Text | Line):
        return dataclasses.replace(mark, colour=as_seen(mark.colour, eye))
    if isinstance(mark, Image):
        return mark
    return dataclasses.replace(mark, url="")


def numbered(page: Drawing, lens: Lens) -> Drawing:
    """A page on which each colour is told by a number too: in the corner of the boxes and in the legend. The first
    step of the scale is 1.
    """
    number_of = {step.fill: number for number, step in reversed([*enumerate(lens.steps, 1)])}
    if not number_of:
        return page
    added: dict[str, Text] = {}
    for box in box_tree(page).walk():
        number = number_of.get(box.shape.fill)
        if number is not None and not box.children and box.lines:
            text = _number(box, number)
            if text is not None:
                added[box.region.key] = text
    return dataclasses.replace(page, marks=tuple(_with_numbers(page.marks, added, number_of)))


def _number(box: BoxMarks, number: int) -> Text | None:
    """The number in the lower left corner, beside what stands there; None where nothing is free."""
    region, name = box.region, box.lines[-1]
    size = name.size * _NUMBER_SHARE
    inset = name.x - region.x
    left = name.x
    for mark in box.others:
        if isinstance(mark, Line) and not mark.dash:
            points = [across for across, _ in mark.points]
            if min(points) < region.x + region.width / 3:
                left = max(left, max(points) + 0.35 * size)
        elif isinstance(mark, Text) and mark.anchor == "start" and mark.x < region.x + region.width / 3:
            left = max(left, mark.x + fonts.width(mark.text, mark.weight, mark.size) + 0.35 * size)
    baseline = region.y + region.height - min(inset, 0.5 * size)
    if baseline - 0.72 * size < name.baseline + 0.22 * name.size:
        size = min(size, 0.8 * inset)
        baseline = region.y + region.height - 0.12 * inset
        if baseline - 0.72 * size < name.baseline + 0.2 * name.size:
            return None
    return Text(left, baseline, str(number), "bold", size, ink_on(box.shape.fill), "start", region.key)


def _with_numbers(marks: Sequence[Mark], added: dict[str, Text], number_of: dict[str, int]) -> Iterator[Mark]:
    key = ""
    for mark in marks:
        if isinstance(mark, Region):
            if key in added:
                yield added.pop(key)
            key = mark.key if mark.level > 0 else ""
        yield mark
        if isinstance(mark, Rect) and not mark.key and mark.fill in number_of and _is_swatch(mark):
            size = mark.height * 0.86
            x, baseline = mark.x + mark.width / 2, mark.y + mark.height / 2 + 0.36 * size
            yield Text(x, baseline, str(number_of[mark.fill]), "bold", size, ink_on(mark.fill), "middle")
    if key in added:
        yield added.pop(key)


def _is_swatch(mark: Rect) -> bool:
    return mark.height > 0 and abs(mark.width / mark.height - _SWATCH) < 0.02
