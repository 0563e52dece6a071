"""A small map laid out by hand, so that what is drawn of it does not depend on how maps are arranged."""

from __future__ import annotations

from collections.abc import Iterable

from capmap.layout.boxes import Box, Layout, Role
from capmap.lens.builtin import LENSES
from capmap.lens.lens import Heat, apply
from capmap.model.map import Map
from capmap.model.records import Capability, Link, Project, Record, Service, Settings, make

Frame = tuple[float, float, float, float]


def capability(key: str, name: str, parent: str | None, position: int, **values: object) -> Capability:
    return make(Capability, id=key, name=name, parent=parent, position=position, **values)


def sketched_map() -> Map:
    """Sales with Quotation (3 below target), Advice (on target), Brand (not assessed); Advice shown again in Run."""
    records: list[Record] = [
        make(Settings, id="settings", title="Harbour", language="en"),
        capability("sales", "Sales & Advice", None, 0),
        capability("direct", "Direct <sales>", "sales", 0),
        capability("quote", "Quotation", "direct", 0, maturity=1, target=4),
        capability("advice", "Needs Analysis", "direct", 1, maturity=3, target=3),
        capability("brand", "Brand", "sales", 1),
        capability("run", "Run", None, 1),
        capability("again", "Needs Analysis", "run", 0, alias_of="advice"),
        *(make(Service, id=f"s{number}", name=f"Service {number}") for number in range(3)),
        make(Project, id="p0", name="Project"),
        make(Link, id="l0", type="supports", source="s0", target="quote"),
        make(Link, id="l1", type="supports", source="s1", target="quote"),
        make(Link, id="l2", type="improves", source="p0", target="quote"),
        make(Link, id="l3", type="supports", source="s1", target="advice"),
        make(Link, id="l4", type="supports", source="s2", target="direct"),
    ]
    return Map(records)


def box(key: str, role: Role, level: int, lines: Iterable[str], frame: Frame, *children: Box, hidden: int = 0) -> Box:
    made = Box(key, role, level, tuple(lines), *frame, hidden=hidden, children=list(children))
    for child in children:
        child.parent = made
    return made


def laid(width: float, height: float, *boxes: Box, text_scale: float = 1.0) -> Layout:
    layout = Layout(width, height, list(boxes), {}, text_scale)
    layout.index.update((item.id, item) for item in layout.walk())
    return layout


def sketched_layout() -> Layout:
    quote = box("quote", "leaf", 3, ["Quotation"], (8, 30, 130, 60))
    advice = box("advice", "leaf", 3, ["Needs", "Analysis"], (144, 30, 130, 60))
    direct = box("direct", "container", 2, ["Direct <sales>"], (12, 40, 282, 98), quote, advice)
    brand = box("brand", "leaf", 2, ["Brand"], (304, 40, 84, 98))
    sales = box("sales", "area", 1, ["Sales & Advice"], (0, 0, 400, 150), direct, brand)
    again = box("again", "leaf", 2, ["Needs Analysis"], (12, 40, 136, 98))
    run = box("run", "area", 1, ["Run"], (412, 0, 160, 150), again)
    return laid(572, 150, sales, run)


def heat_of(layout: Layout, current: Map, lens: str = "maturity gap") -> Heat:
    return apply(LENSES[lens], current, [item.id for item in layout.walk() if not item.children])
