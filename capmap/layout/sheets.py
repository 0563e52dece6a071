"""Sheets: a map laid out over the sheets of a poster, with type as large as can be and no box on a cut."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

from capmap.layout.boxes import Layout
from capmap.layout.justify import Place
from capmap.layout.nodes import Node, Scene
from capmap.layout.parting import Found, Grid, Groups, Parting, boxes_in, told_of, whole
from capmap.layout.shaping import Shaping
from capmap.layout.spreading import PosterLayout, Spreading
from capmap.layout.style import scaled, text_scale_for

_WHOLENESS = (0.0, 0.03, 0.1)
"""Plans are made that hold boxes together more or less; the largest type wins, less a little for each break."""

_BREAK_COST = 0.03
_COMFORTS = (1.0, 0.86)
"""Least sizes of leaves that are tried; smaller leaves must bring more than they take."""
_COMFORT_COST = 0.6
_SPARE = 0.85
_ROUNDS = 2
_MANY_CHOICES = 6000
"""Boxes times sheets: with more, one plan must do."""


def over_sheets(scene: Scene, places: Sequence[Sequence[Place]], clearance: float) -> PosterLayout:
    """The boxes of a scene over sheets. ``places`` holds row by row the part of each sheet that they may fill, in
    points of paper from the corner of the poster; boxes stay ``clearance`` points or more from an edge where another
    sheet adjoins, which the places leave out already.
    """
    boxes = scene.count()
    text_scale = text_scale_for(boxes)
    rows, columns = len(places), len(places[0])
    if not boxes:
        sheets = {
            (column, row): Layout(1.0, 1.0, [], {}, text_scale) for row in range(rows) for column in range(columns)
        }
        return PosterLayout(sheets, (), 1.0, text_scale)
    scene = dataclasses.replace(scene, styles=scaled(text_scale))
    few = boxes * rows * columns < _MANY_CHOICES
    found: list[tuple[float, Spreading]] = []
    for comfort in _COMFORTS if few else _COMFORTS[:1]:
        top = scene.tree()
        Shaping(boxes, comfort).shape(top)
        for plan, spreading in _spreadings(top, places, clearance, comfort, few=few):
            loss = _BREAK_COST * plan.breaks + _COMFORT_COST * (1 - comfort)
            found.append((spreading.scale * (1 - loss), spreading))
    return max(found, key=lambda each: each[0])[1].placed(text_scale)


def _spreadings(
    top: Node, places: Sequence[Sequence[Place]], clearance: float, comfort: float, *, few: bool
) -> list[tuple[Found, Spreading]]:
    """Several plans on their sheets."""
    rows, columns = len(places), len(places[0])
    parts = tuple(whole(node) for node in boxes_in(top))
    groups = Groups(comfort)
    width = sum(place[2] for row in places for place in row) / (rows * columns)
    height = sum(place[3] for row in places for place in row) / (rows * columns)
    least = min(shape.width * shape.height for shape in top.shapes)
    made: list[tuple[Found, Spreading]] = []
    tried: set[str] = set()
    for wholeness in _WHOLENESS if few else _WHOLENESS[1:2]:
        scale = _SPARE * math.sqrt(width * height * rows * columns / least)
        for _ in range(_ROUNDS):
            grid = Grid(columns, rows, width / scale, height / scale)
            found = Parting(groups, wholeness).best(parts, grid)
            if (told := told_of(found.plan)) in tried:
                break
            tried.add(told)
            made.append((found, Spreading(found.plan, places, clearance, groups)))
            scale = made[-1][1].scale
    return made
