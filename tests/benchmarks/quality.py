"""How good the printed pages of some maps are, measured on pages of many shapes. Run it with:

python tests/benchmarks/quality.py FILE.capmap ... [--pages FOLDER]
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import math
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from capmap.document import Document
from capmap.drawing.facts import measure
from capmap.drawing.marks import Drawing, Region, Text
from capmap.drawing.page import compose
from capmap.drawing.paper import Orientation, paper_named
from capmap.layout.boxes import Box, Layout
from capmap.layout.nested import arrange
from capmap.layout.style import scaled
from capmap.lens.builtin import LENSES
from capmap.model.map import Map
from capmap.render import pdf

PAGES: dict[str, tuple[str, Orientation]] = {
    "A3": ("A3", "landscape"),
    "16:9": ("16:9", "landscape"),
    "A0 portrait": ("A0", "portrait"),
    "4:1": ("1188x297mm", "landscape"),
    "1:3": ("297x891mm", "portrait"),
}
_TOUCHING = 1e-3


class Quality(NamedTuple):
    """What a page is like; lengths in points.

    ``fill`` is leaf area over map area, ``off`` how far the map is from the proportion of its frame, ``ragged`` the
    share of rows that miss an edge, ``unlike`` the standard deviation of ln(width) and ln(height) of the leaves
    together, ``slender`` the share of leaves slimmer than 3:4 or broader than 4:1, ``aspect`` the mean distance of
    ln(width/height) of containers from that of 1.6.
    """

    boxes: int
    levels: int
    fill: float
    off: float
    smallest: float
    name: float
    clipped: int
    broken: int
    ragged: float
    unlike: float
    slender: float
    aspect: float


def page(current: Map, paper: str, orientation: Orientation) -> Drawing:
    """The page as ``capmap export`` writes it."""
    lens = LENSES["maturity gap"]
    return compose(current, lens, paper=paper_named(paper), orientation=orientation, date=dt.date(2026, 11, 22))


def quality(current: Map, drawing: Drawing) -> Quality:
    """The page and the layout on it, measured."""
    facts = measure([drawing])
    frame = next(mark for mark in drawing.marks if isinstance(mark, Region) and mark.key == "page-map")
    regions = [mark for mark in drawing.marks if isinstance(mark, Region) and mark.level]
    across = max(region.x + region.width for region in regions) - min(region.x for region in regions)
    down = max(region.y + region.height for region in regions) - min(region.y for region in regions)
    layout = arrange(current, size=(frame.width, frame.height))
    boxes = list(layout.walk())
    leaves = [box for box in boxes if not box.children]
    proportions = [box.width / box.height for box in leaves]
    holders = [box for box in boxes if box.children]
    return Quality(
        boxes=facts.boxes,
        levels=max(box.level for box in boxes),
        fill=facts.leaf_fill,
        off=abs(across / down / (frame.width / frame.height) - 1),
        smallest=facts.smallest_text_pt,
        name=min(
            mark.size
            for mark in drawing.marks
            if isinstance(mark, Text) and mark.key in layout.index and mark.weight != "bold"
        ),
        clipped=facts.clipped_labels,
        broken=sum(_broken(box, current.shown(current.capability(box.id)).name) for box in boxes),
        ragged=_ragged(layout),
        unlike=math.hypot(
            statistics.pstdev(math.log(box.width) for box in leaves),
            statistics.pstdev(math.log(box.height) for box in leaves),
        ),
        slender=sum(not 0.75 <= proportion <= 4 for proportion in proportions) / len(leaves),
        aspect=statistics.fmean(abs(math.log(box.width / box.height / 1.6)) for box in holders) if holders else 0.0,
    )


def _broken(box: Box, name: str) -> bool:
    """Whether a line of the name ends inside a word, other than after a hyphen or between East Asian characters."""
    rest = name
    for line in box.lines[:-1]:
        rest = rest.removeprefix(line)
        if rest[0] != " " and line[-1] not in "-/–" and line[-1] < "\u1100":
            return True
        rest = rest.lstrip(" ")
    return False


def _rows(layout: Layout) -> Iterator[tuple[list[list[Box]], float, float, float]]:
    """The rows of all holders, with the left edge of their content, the right, and the lower."""
    styles = scaled(layout.text_scale)
    yield _by_row(layout.boxes), 0.0, layout.width, layout.height
    for box in layout.walk():
        if box.children:
            padding = styles[box.role].padding
            yield _by_row(box.children), padding, box.width - padding, box.height - padding


def _by_row(boxes: Sequence[Box]) -> list[list[Box]]:
    return [list(row) for _, row in itertools.groupby(boxes, key=lambda box: round(box.y, 3))]


def _ragged(layout: Layout) -> float:
    rows = missing = 0
    for made, left, right, lower in _rows(layout):
        for row in made:
            rows += 1
            last = row[-1]
            short = abs(row[0].x - left) > _TOUCHING or abs(last.x + last.width - right) > _TOUCHING
            missing += short or (row is made[-1] and abs(last.y + last.height - lower) > _TOUCHING)
    return missing / rows


def main() -> None:
    """Measure the maps named on the command line and print a table; with a folder, write each page as a PDF too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pages", type=Path, help="a folder for the pages as PDF")
    wanted = parser.parse_args()
    print("| map | page | " + " | ".join(Quality._fields) + " |")
    print("|---" * (2 + len(Quality._fields)) + "|")
    for file in wanted.files:
        with Document.open(file, read_only=True) as document:
            for name, (paper, orientation) in PAGES.items():
                drawing = page(document.map, paper, orientation)
                figures = quality(document.map, drawing)
                shown = [str(figure) if isinstance(figure, int) else f"{figure:.2f}" for figure in figures]
                print(f"| {file.stem} | {name} | " + " | ".join(shown) + " |", flush=True)
                if wanted.pages:
                    path = wanted.pages / f"{file.stem}-{name.replace(':', '-')}.pdf"
                    with path.open("wb") as out:
                        pdf.write([drawing], out, title=drawing.title)


if __name__ == "__main__":
    main()
