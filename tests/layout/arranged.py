"""Maps to lay out, and what must hold of every layout."""

from __future__ import annotations

import csv
import dataclasses
import itertools
from collections.abc import Sequence
from typing import Any

from capmap.layout import fonts
from capmap.layout.boxes import Box, Layout
from capmap.layout.style import scaled
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.places import sample_map

NEAR = 1e-4
"""Points that no eye and no printer tells apart."""

SHOP = """
Steer
  Strategy
    Market Analysis
    Portfolio Planning
    Performance Steering
  Risk
    Risk Appetite
    Compliance Monitoring
Sell
  Engage
    Brand
    Campaigns
    Customer Insight
    Segmentation
  Serve
    Enquiries
    Complaints
    Self-service
    Retention
    Returns
Run
  Finance
    Ledger & Close
    Treasury
  People
    Recruitment
    Learning
    Payroll
  Facilities
"""


def outlined(text: str, **settings: dict[str, Any]) -> Map:
    """A map from names indented by two blanks a level; the names are the ids. ``settings`` has further fields of
    some capabilities, blanks in their names turned into underscores.
    """
    capabilities: list[Capability] = []
    counts: dict[str | None, itertools.count[int]] = {}
    path: list[str] = []
    for line in filter(None, text.splitlines()):
        name = line.strip()
        level = (len(line) - len(line.lstrip())) // 2
        del path[level:]
        parent = path[-1] if path else None
        position = next(counts.setdefault(parent, itertools.count()))
        more = settings.get(name.replace(" ", "_"), {})
        capabilities.append(Capability(id=name, name=name, parent=parent, position=position, **more))
        path.append(name)
    return Map(capabilities)


def branching(levels_and_names: Sequence[tuple[int, str]]) -> Map:
    """A map from levels and names in reading order; no box is more than one level below the one before it."""
    capabilities: list[Capability] = []
    counts: dict[str | None, itertools.count[int]] = {}
    path: list[str] = []
    for number, (level, name) in enumerate(levels_and_names):
        del path[min(level, len(path)) :]
        parent = path[-1] if path else None
        position = next(counts.setdefault(parent, itertools.count()))
        capabilities.append(Capability(id=f"c{number}", name=name, parent=parent, position=position))
        path.append(f"c{number}")
    return Map(capabilities)


def sample(name: str) -> Map:
    """The boxes of a sample map, read from its table; codes are ids."""
    capabilities: list[Capability] = []
    counts: dict[str | None, itertools.count[int]] = {}
    codes: set[str] = set()
    with (sample_map(name) / "capabilities.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            code = row["code"]
            parent = code.rpartition(".")[0]
            above = parent if parent in codes else None
            codes.add(code)
            position = next(counts.setdefault(above, itertools.count()))
            capabilities.append(Capability(id=code, name=row["name"], parent=above, position=position))
    return Map(capabilities)


def with_settings(current: Map, record_id: str, **values: Any) -> Map:
    """The map with other values of one capability."""
    changed = dataclasses.replace(current.capability(record_id), **values)
    return Map([changed if record.id == record_id else record for record in current])


def leaves(layout: Layout) -> list[Box]:
    return [box for box in layout.walk() if not box.children]


def leaf_fill(layout: Layout) -> float:
    """Leaf area over map area."""
    return sum(box.width * box.height for box in leaves(layout)) / (layout.width * layout.height)


def leaf_text_on(layout: Layout, width: float, height: float) -> float:
    """Points of a leaf's type when the layout fills a page of this size as far as it can."""
    size = scaled(layout.text_scale)["leaf"].type.size
    return size * min(width / layout.width, height / layout.height)


def places(layout: Layout) -> dict[str, tuple[float, float, float, float]]:
    return {box.id: layout.rectangle(box) for box in layout.walk()}


def assert_sound(layout: Layout, current: Map, root: str | None = None) -> None:
    """Boxes of the whole branch stand inside their holders, apart from each other, with all of their names."""
    _assert_apart(layout.boxes, layout.width, layout.height, 0.0)
    assert {box.id for box in layout.boxes} == set(current.child_ids(root))
    styles = scaled(layout.text_scale)
    seen = []
    for box in layout.walk():
        seen.append(box.id)
        assert layout.index[box.id] is box
        assert {child.id for child in box.children} == set(current.child_ids(box.id))
        assert all(child.parent is box and child.level == box.level + 1 for child in box.children)
        assert box.role == (("area" if box.level == 1 else "container") if box.children else "leaf")
        style = styles[box.role]
        assert_whole_name(box.lines, current.shown(current.capability(box.id)).name)
        widest = max(fonts.width(line, style.type.weight, style.type.size) for line in box.lines)
        assert widest + 2 * style.padding <= box.width + NEAR, (box.lines, box.width)
        below_name = style.padding + len(box.lines) * style.type.leading
        assert below_name + style.padding <= box.height + NEAR, (box.lines, box.height)
        if box.children:
            _assert_apart(box.children, box.width, box.height, style.padding)
            assert min(child.y for child in box.children) >= below_name + style.header_gap - NEAR
        assert box.least_width <= box.width + NEAR
        assert box.least_height <= box.height + NEAR
        assert not box.rows or sum(box.rows) == len(box.children)
    assert len(seen) == len(set(seen)) == len(layout.index)


def assert_in_rows(layout: Layout, current: Map, root: str | None = None) -> None:
    """Siblings stand in the order of the map, row by row from left to right, equally high in a row."""
    for holder, boxes in [(root, layout.boxes), *((box.id, box.children) for box in layout.walk())]:
        assert [box.id for box in boxes] == current.child_ids(holder)
        for before, after in itertools.pairwise(boxes):
            if abs(before.y - after.y) < NEAR:
                assert after.x >= before.x + before.width - NEAR
                assert abs(before.height - after.height) < NEAR
            else:
                assert after.y >= before.y + before.height - NEAR
                assert abs(after.x - boxes[0].x) < NEAR


def assert_filled(layout: Layout) -> None:
    """Every row reaches from edge to edge, and the last row the lower edge."""
    styles = scaled(layout.text_scale)
    holders = [(layout.boxes, layout.width, layout.height, 0.0)]
    holders += [
        (box.children, box.width, box.height, styles[box.role].padding) for box in layout.walk() if box.children
    ]
    for boxes, width, height, padding in holders:
        rows = [list(row) for _, row in itertools.groupby(boxes, key=lambda box: round(box.y, 3))]
        for row in rows:
            assert abs(row[0].x - padding) < NEAR
            assert abs(row[-1].x + row[-1].width + padding - width) < NEAR
        assert abs(boxes[-1].y + boxes[-1].height + padding - height) < NEAR


def assert_whole_name(lines: Sequence[str], name: str) -> None:
    """The lines hold the name, nothing less, with a blank or nothing where a line breaks."""
    rest = name
    for line in lines:
        rest = rest.removeprefix(" ")
        assert rest.startswith(line), (lines, name)
        rest = rest[len(line) :]
    assert not rest, (lines, name)


def _assert_apart(boxes: Sequence[Box], width: float, height: float, padding: float) -> None:
    for box in boxes:
        assert box.x >= padding - NEAR
        assert box.y >= padding - NEAR
        assert box.x + box.width <= width - padding + NEAR
        assert box.y + box.height <= height - padding + NEAR
    for one, other in itertools.combinations(boxes, 2):
        assert (
            one.x + one.width <= other.x + NEAR
            or other.x + other.width <= one.x + NEAR
            or one.y + one.height <= other.y + NEAR
            or other.y + other.height <= one.y + NEAR
        ), (one.lines, other.lines)
