"""The full layout beside one walk over the tree, and beside elkjs packing the same boxes in the same run.

elkjs is looked for in the folder that the environment variable CAPMAP_ELKJS names (``npm install elkjs`` makes it as
``node_modules/elkjs``); without it, or without node, that benchmark is skipped.
"""

from __future__ import annotations

import itertools
import json
import math
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.conftest import ROUNDS, Beside
from benchmarks.trees import SIZES
from capmap.layout.boxes import Box
from capmap.layout.curves import Shape
from capmap.layout.nested import arrange
from capmap.layout.nodes import Node, Scene
from capmap.layout.shaping import Shaping
from capmap.layout.style import scaled, text_scale_for
from capmap.model.map import Map

pytestmark = pytest.mark.benchmark(group="layout")

ASPECT = 1.6
NARROW = (1.05, 2.45)
"""A window of proportions in which containers come nearer to ``ASPECT`` than in ours."""

_NEAR = 0.01

Place = tuple[float, float, float, float]
Size = tuple[float, float]


def test_full_layout(benchmark: Any, beside: Beside, current: Map) -> None:
    """Floor: one walk over the tree in reading order."""
    beside(benchmark, lambda: arrange(current, aspect=ASPECT), lambda: sum(1 for _ in current.walk()))


@pytest.mark.parametrize("boxes", SIZES[:3])
def test_beside_elkjs(benchmark: Any, current: Map, boxes: int) -> None:
    """Our whole layout, text broken and rows filled to the edge, beside the packing alone of elkjs (rectpacking, warm,
    the same margins, gaps and leaves).

    ``area`` and ``aspect`` compare the map as it is drawn; ``packed_area`` and ``packed_aspect`` what our search needs
    where it must keep its containers in a ``NARROW`` window, before anything is stretched.
    """
    folder = os.environ.get("CAPMAP_ELKJS")
    if not folder or shutil.which("node") is None:
        pytest.skip("elkjs is not here: install node, and say in CAPMAP_ELKJS in which folder elkjs is.")
    # First ours, while no graph for the other burdens the memory.
    benchmark.pedantic(lambda: arrange(current, aspect=ASPECT), rounds=ROUNDS, warmup_rounds=1)
    top = nodes(current, boxes)
    peer = elkjs(Path(folder), graph(top))

    layout = arrange(current, aspect=ASPECT)
    drawn = list(layout.walk())
    ours = [(box.x, box.y, box.width, box.height) for box in drawn]
    theirs = [tuple(place) for place in peer["places"]]
    holders = [bool(box.children) for box in drawn]
    Shaping(boxes, window=NARROW).shape(top)
    whole = min(top.shapes, key=lambda made: max(made.width / ASPECT, made.height))
    elk_ms = min(peer["milliseconds"])
    elk_area = math.prod(peer["size"])
    benchmark.extra_info.update(
        elk_ms=round(elk_ms),
        area=round(layout.width * layout.height / elk_area, 3),
        aspect=aspect_error(itertools.compress((place[2:] for place in ours), holders)),
        packed_area=round(whole.width * whole.height / elk_area, 3),
        packed_aspect=aspect_error((made.width, made.height) for made in packed(top, whole)),
        elk_aspect=aspect_error(itertools.compress((place[2:] for place in theirs), holders)),
        order=in_order(families(drawn, ours)),
        elk_order=in_order(families(drawn, theirs)),
    )
    if benchmark.stats is not None:
        # The best of both: other work on the machine can only add.
        benchmark.extra_info["times_faster"] = round(elk_ms / (benchmark.stats.stats.min * 1000), 1)


def nodes(current: Map, boxes: int) -> Node:
    """The nodes of a map, each leaf with the sizes that it may take."""
    top = Scene(current, None, None, frozenset(), scaled(text_scale_for(boxes))).tree()
    Shaping(boxes).shape(top)
    return top


def graph(node: Node) -> dict[str, Any]:
    """The graph for elkjs: our margins and gaps, room for a name on one line, the smallest size of each leaf."""
    if not node.children:
        width, height = min(((made.width, made.height) for made in node.shapes), key=math.prod)
        return {"id": node.id, "width": width, "height": height}
    style, side = node.style, node.style.padding if node.framed else 0.0
    top = side + style.type.leading + style.header_gap if node.framed else 0.0
    options = {
        "elk.algorithm": "rectpacking",
        "elk.aspectRatio": str(ASPECT),
        "elk.spacing.nodeNode": str(node.gap),
        "elk.padding": f"[top={top},left={side},bottom={side},right={side}]",
    }
    return {"id": node.id or "map", "layoutOptions": options, "children": [graph(child) for child in node.children]}


def elkjs(folder: Path, whole: dict[str, Any]) -> dict[str, Any]:
    """What ``elkjs.js`` tells of this graph."""
    script = Path(__file__).with_name("elkjs.js")
    command = ["node", "--max-old-space-size=4096", str(script), str(folder.resolve()), "3"]
    done = subprocess.run(command, input=json.dumps(whole), capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def packed(node: Node, made: Shape) -> Iterator[Shape]:
    """The shapes that the containers below a node have in one of its own."""
    start = 0
    for count, high in zip(made.counts, made.row_heights, strict=True):
        row = node.children[start : start + count]
        for child, taken in zip(row, node.row(start, start + count, high), strict=True):
            if child.children:
                yield taken
                yield from packed(child, taken)
        start += count


def aspect_error(sizes: Iterable[Sequence[float]]) -> float:
    """The mean distance of ln(width/height) from that of ``ASPECT``."""
    return round(statistics.fmean(abs(math.log(width / height / ASPECT)) for width, height in sizes), 3)


def families(drawn: Sequence[Box], places: Sequence[Sequence[float]]) -> Iterator[list[Sequence[float]]]:
    """The places of the children of each box, given those of all in reading order."""
    found: dict[str | None, list[Sequence[float]]] = {}
    for box, place in zip(drawn, places, strict=True):
        found.setdefault(box.parent.id if box.parent else None, []).append(place)
    yield from found.values()


def in_order(siblings: Iterable[Sequence[Sequence[float]]]) -> float:
    """The share of neighbours of which the second stands to the right of the first, or below it."""
    right = total = 0
    for places in siblings:
        for (x, y, width, height), (left, top, _, _) in itertools.pairwise(places):
            total += 1
            right += top >= y + height - _NEAR or (left >= x + width - _NEAR and top >= y - _NEAR)
    return round(right / max(1, total), 3)
