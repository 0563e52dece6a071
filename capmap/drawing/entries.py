"""Entries: lines of contents and index, each a name that leads to the page whose number stands at its end."""

from __future__ import annotations

import unicodedata

from capmap.drawing.answertable import Strip
from capmap.drawing.marks import Line, Mark, Region, Text
from capmap.drawing.theme import PAPER
from capmap.layout import fonts
from capmap.layout.style import Weight


def entry(
    name: str,
    page: int,
    width: float,
    goal: str,
    weight: Weight = "regular",
    *,
    indent: float = 0.0,
    size: float = 9.0,
) -> Strip:
    """A name, dots, and the number of a page that it leads to."""
    told = f"{page:,}" if page else ""
    room = width - indent - 26
    lines = fonts.wrap(name, weight, size, room)
    leading = size * 1.42
    marks: list[Mark] = [Region(indent, 0.0, width - indent, len(lines) * leading, "", name, url=f"#{goal}")]
    for number, line in enumerate(lines):
        marks.append(Text(indent, number * leading + size + 1, line, weight, size, PAPER.ink))
    base = (len(lines) - 1) * leading + size + 1
    after = indent + fonts.width(lines[-1], weight, size) + 4
    end = width - fonts.width(told, "regular", size) - 4
    if end - after > 8:
        marks.append(Line(((after, base - 0.8), (end, base - 0.8)), PAPER.rule, 0.7, (0.7, 2.6)))
    marks.append(Text(width, base, told, "regular", size, PAPER.ink, "end"))
    return Strip(len(lines) * leading, tuple(marks))


def link_on(text: Text, goal: str) -> Region:
    """A link as large as a line of text."""
    width = fonts.width(text.text, text.weight, text.size)
    left = text.x - (width if text.anchor == "end" else 0.0)
    return Region(left, text.baseline - text.size, width, text.size * 1.3, "", text.text, url=f"#{goal}")


def sorting(name: str) -> str:
    """A name as an index sorts it: without accents and case."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each))
    return plain.lstrip("\"'“„«([ ") or plain
