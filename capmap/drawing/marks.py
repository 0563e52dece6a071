"""Marks: the five things a picture is made of, and Drawing, a page of them.

Units are points, x to the right, y downwards from the upper left corner of the page; colours are "#rrggbb". A
renderer paints the marks in order and knows nothing else: it never measures, wraps, or chooses a colour.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Literal

from capmap.layout.style import Weight

Anchor = Literal["start", "middle", "end"]


@dataclasses.dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with rounded corners; an empty ``fill`` or ``stroke`` is not painted. The stroke lies inside the
    edge.
    """

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 1.0
    radius: float = 0.0
    key: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """One line of text, set from its baseline; ``x`` is its left end, its middle, or its right end.

    ``rtl`` says whether its paragraph runs from right to left; None leaves that to its first letter.
    """

    x: float
    baseline: float
    text: str
    weight: Weight
    size: float
    colour: str
    anchor: Anchor = "start"
    key: str = ""
    rtl: bool | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Image:
    """A PNG picture, such as a logo."""

    x: float
    y: float
    width: float
    height: float
    png: bytes
    title: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Region:
    """A part of the page that stands for a record: title for tool tips and screen readers, ``url`` for a link ("" for
    none; "#key" leads to the region of that key, on another page where there is one).

    Regions come before the marks inside them, so that a renderer that nests can nest.
    """

    x: float
    y: float
    width: float
    height: float
    key: str
    title: str
    level: int = 0
    url: str = ""


Mark = Rect | Text | Line | Image | Region


@dataclasses.dataclass(frozen=True, slots=True)
class Drawing:
    """A finished page of ``width`` by ``height`` points."""

    width: float
    height: float
    title: str
    marks: tuple[Mark, ...]
    language: str = "en"

    def as_text(self) -> Iterator[str]:
        """One mark a line, for tests and for looking at what changed."""
        for mark in self.marks:
            values = (getattr(mark, field.name) for field in dataclasses.fields(mark))
            shown = (f"{value:.2f}" if isinstance(value, float) else repr(value) for value in values)
            yield f"{type(mark).__name__} {' '.join(shown)}"
