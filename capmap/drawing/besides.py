"""Besides: what a lens says of a leaf besides its colour: bars for further measures, and marks of doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from capmap.drawing.marks import Line, Mark, Rect
from capmap.drawing.theme import Theme, edge_of, mixed
from capmap.layout.boxes import Box
from capmap.lens.lens import Doubt, Heat, Lens

BAR_HEIGHT = 3.6
"""Of a bar, in points. It stands in the margin below the name."""

BAR_SIDE = 4.0
BAR_FOOT = 1.4
BAR_GAP = 1.5
PLATE = 0.7
CORNER = 8.0
"""The side of the corner that the strokes of an old score fill, in points: the margin beside a name."""

STROKES = (3.2, 5.5, 7.8)
HEAD, SHOULDERS, CHEST = 2.8, 5.8, 2.9
"""Width of a head, and width and height of shoulders, in points."""


def marks_besides(box: Box, x: float, y: float, colours: tuple[str, str], heat: Heat, theme: Theme) -> Iterator[Mark]:
    """The bars and marks of doubt of a leaf; ``x`` and ``y`` are its upper left corner, ``colours`` fill and ink."""
    if heat.stripes:
        steps = [(stripe.lens, stripe.steps.get(box.id)) for stripe in heat.stripes]
        yield from bars(x + BAR_SIDE, y + box.height - BAR_FOOT - BAR_HEIGHT, box.width - 2 * BAR_SIDE, steps, theme)
    doubt = heat.doubt_of(box.id)
    if doubt is not None:
        yield from doubt_marks(x, y, box.width, doubt, colours)


def bars(x: float, y: float, width: float, steps: Sequence[tuple[Lens, int | None]], theme: Theme) -> Iterator[Rect]:
    """One bar a lens side by side on a plate that keeps them apart from any ground."""
    each = (width - BAR_GAP * (len(steps) - 1)) / len(steps)
    ground = theme.unknown_fill
    yield Rect(x - PLATE, y - PLATE, width + 2 * PLATE, BAR_HEIGHT + 2 * PLATE, ground, radius=1.4)
    for place, (lens, step) in enumerate(steps):
        left = x + place * (each + BAR_GAP)
        if step is None:
            # A thin line where nobody has assessed it: a bar that is not there yet.
            line = mixed(ground, theme.unknown_edge, 0.8)
            yield Rect(left, y + BAR_HEIGHT / 2 - 0.35, each, 0.7, line)
            continue
        fill = lens.steps[step].fill
        yield Rect(left, y, each, BAR_HEIGHT, fill, edge_of(fill, ground), 0.5, 1.0)


def doubt_marks(x: float, y: float, width: float, doubt: Doubt, colours: tuple[str, str]) -> Iterator[Mark]:
    """Strokes across the upper right corner of a box for old scores, a person beside it for those of one voice."""
    fill, ink = colours
    colour = mixed(fill, ink, 0.72)
    right = x + width
    if doubt.old:
        for stroke in STROKES:
            yield Line(((right - stroke, y + 0.9), (right - 0.9, y + stroke)), colour, 0.95)
    if doubt.single:
        left = right - (CORNER if doubt.old else 2.4) - SHOULDERS
        yield from person(left, y + 1.5, colour)


def person(x: float, y: float, colour: str) -> Iterator[Rect]:
    """A head above shoulders: one person."""
    yield Rect(x + (SHOULDERS - HEAD) / 2, y, HEAD, HEAD, colour, radius=HEAD / 2)
    yield Rect(x, y + HEAD + 0.4, SHOULDERS, CHEST, colour, radius=CHEST / 2)


def old_words(lens: Lens) -> str:
    """What a legend says of old scores."""
    years, months = divmod(lens.old_after, 12)
    if months or not years:
        return f"older than {lens.old_after} months"
    return "older than a year" if years == 1 else f"older than {years} years"


SINGLE_WORDS = "one person's opinion"
"""What a legend says of scores of one voice."""

SIZES: dict[str, float | tuple[float, ...]] = {
    "height": BAR_HEIGHT,
    "side": BAR_SIDE,
    "foot": BAR_FOOT,
    "gap": BAR_GAP,
    "plate": PLATE,
    "corner": CORNER,
    "strokes": STROKES,
    "head": HEAD,
    "shoulders": SHOULDERS,
    "chest": CHEST,
}
"""All sizes in points, for a page that draws the same by itself when another lens is chosen."""
