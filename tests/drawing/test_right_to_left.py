"""Names that are read from right to left stand on the right of their boxes, what stands beside them on the left."""

from __future__ import annotations

import pytest

from capmap.drawing.chips import LinkCounts
from capmap.drawing.mapdrawing import map_marks
from capmap.drawing.marks import Line, Mark, Rect, Region, Text
from capmap.drawing.theme import PAPER
from capmap.layout import arrange, fonts
from capmap.lens.builtin import LENSES
from capmap.lens.lens import apply
from capmap.model.map import Map
from capmap.model.records import Capability, make

HEBREW, LATIN = "ניהול לקוחות ושירות", "Customer CRM ניהול"


def drawn(name: str) -> tuple[Region, list[Mark]]:
    """A leaf of this name with two chips, closed, an alias: its region and its marks."""
    current = Map(
        [
            make(Capability, id="a", name="Area", position=1),
            make(Capability, id="b", name=name, parent="a", position=1),
            make(Capability, id="c", name=name, parent="a", position=2, alias_of="b"),
        ]
    )
    layout = arrange(current, size=(500, 200))
    layout.index["c"].hidden = 3
    heat = apply(LENSES["maturity gap"], current, ["b", "c"])
    marks = list(map_marks(layout, current, heat, PAPER, chips={"c": LinkCounts(2, 1)}))
    place = next(at for at, mark in enumerate(marks) if isinstance(mark, Region) and mark.key == "c")
    region = marks[place]
    assert isinstance(region, Region)
    return region, marks[place + 1 :]


def sides(region: Region, mark: Mark) -> tuple[float, float]:
    """How far a mark stands from the left and the right side of its box."""
    if isinstance(mark, Text):
        width = fonts.width(mark.text, mark.weight, mark.size)
        left = mark.x - {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
    elif isinstance(mark, Line):
        left = min(x for x, _ in mark.points)
        width = max(x for x, _ in mark.points) - left
    else:
        left, width = mark.x, mark.width
    return left - region.x, region.x + region.width - left - width


@pytest.mark.parametrize(("name", "turned"), [(HEBREW, True), (LATIN, False)])
def test_a_name_and_what_stands_beside_it(name: str, turned: bool) -> None:
    region, marks = drawn(name)
    names = [mark for mark in marks if isinstance(mark, Text) and mark.text in name]
    chips = [mark for mark in marks if isinstance(mark, Rect) and not mark.key]
    hidden = next(mark for mark in marks if isinstance(mark, Text) and mark.text == "+3")
    arrow = [mark for mark in marks if isinstance(mark, Line) and not mark.dash]
    assert names
    assert len(chips) == 2
    assert arrow
    padding = 8.0
    for line in names:
        assert sides(region, line)[int(turned)] == pytest.approx(padding)
        assert line.rtl is (True if turned else None)
    for mark in chips:
        left, right = sides(region, mark)
        assert (left < right) == turned
    besides: list[Mark] = [hidden, *arrow]
    for beside in besides:
        left, right = sides(region, beside)
        assert (left > right) == turned
    everything: list[Mark] = [*names, *chips, *besides]
    assert all(min(sides(region, mark)) > 0 for mark in everything)


def test_the_name_says_it_and_not_the_line() -> None:
    _, marks = drawn("ניהול CRM Salesforce Dynamics")
    lines = [mark for mark in marks if isinstance(mark, Text) and mark.text != "+3" and mark.anchor == "end"]
    assert all(line.rtl for line in lines)
