"""Outline: indented, bulleted and numbered text read into a table that nests, and a map written as indented names."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence

from capmap.errors import InputError
from capmap.exchange.source import BOX_LIMIT
from capmap.exchange.table import Row, Table, indent_of
from capmap.model.map import Map
from capmap.model.rules import DEEPEST_LEVEL

BULLET = re.compile(r"([-*+•●○▪◦‣–—])[ \t]+(?=\S)")
ITEM = re.compile(r"\(?(\d{1,6}|[A-Za-z]|[ivxIVX]{2,5})[.)][ \t]+(?=\S)")
_RULE = re.compile(r"[-*_=]{3,}|(?:[-*_][ \t]*){3,}")
_DOTTED = re.compile(r"(\d{1,6}(?:\.\d{1,6})+)[.)]?[ \t]+(?=\S)")
_BARE = re.compile(r"(\d{1,6})[.)]?[ \t]+(?=\S)")
_HEADING = re.compile(r"#{1,6}[ \t]")
_CHECK = re.compile(r"^\[[ xX]\][ \t]+")
_ESCAPE = re.compile(r"\\(?=\S)")
_LINE_LIMIT = 10 * BOX_LIMIT
_LONGEST_RULE = 200
_HEADERS = ("name", "code", "description")


@dataclasses.dataclass(slots=True)
class Line:
    """A line that names a box: how far it is indented, the kind of its mark, its outline number, its text."""

    number: int
    indent: int
    mark: str
    outline: str
    text: str


@dataclasses.dataclass(slots=True)
class OutlineRows:
    """Rows under construction, each with its description."""

    source: str
    rows: list[Row] = dataclasses.field(default_factory=list)
    described: list[list[str]] = dataclasses.field(default_factory=list)

    def add(self, line: Line, above: int | None, level: int) -> int:
        """The index of a new row inside another. Raises InputError where the outline is too deep or too long."""
        place = f"line {line.number}"
        if level > DEEPEST_LEVEL:
            raise InputError(
                f"“{line.text[:60]}” stands more than {DEEPEST_LEVEL} levels deep, which no map can hold.",
                source=self.source,
                place=place,
            )
        if len(self.rows) >= BOX_LIMIT:
            raise InputError(f"there are more than {BOX_LIMIT:,} lines; split the text.", source=self.source)
        self.rows.append(Row(place, [line.text, line.outline or None], above))
        self.described.append([])
        return len(self.rows) - 1

    def table(self) -> Table:
        """The finished rows. Raises InputError if there are none."""
        if not self.rows:
            raise InputError("there is no line with a name, so there is nothing to draw.", source=self.source)
        for row, described in zip(self.rows, self.described, strict=True):
            row.cells = [*row.cells, "\n".join(described).strip()]
        return Table(self.source, self.rows, _HEADERS, nested=any(row.above is not None for row in self.rows))


def lines_of(text: str, source: str) -> list[tuple[int, str]]:
    """The lines of a text with their numbers from 1. Raises InputError for too many."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > _LINE_LIMIT:
        raise InputError(f"there are more than {_LINE_LIMIT:,} lines; split the text.", source=source)
    return list(enumerate(text.split("\n"), start=1))


def is_rule(line: str) -> bool:
    """Whether a line is only drawn, such as ---."""
    return len(line) <= _LONGEST_RULE and _RULE.fullmatch(line.strip()) is not None


def table_of(text: str, source: str) -> Table:
    """Every line with a name as a row, inside the row that its indentation, mark or outline number says."""
    full = [(number, line) for number, line in lines_of(text, source) if line.strip() and not is_rule(line)]
    dotted = _are_numbered([line.strip() for _, line in full])
    romans = any((found := ITEM.match(line.strip())) and len(found[1]) > 1 and found[1].isalpha() for _, line in full)
    lines = [read_line(number, line, dotted=dotted, romans=romans) for number, line in full]
    rows = OutlineRows(source)
    numbered = sum(1 for line in lines if line.outline)
    if dotted and numbered * 2 > len(lines):
        _by_number(lines, rows)
    else:
        stack: list[tuple[int, str, int]] = []
        for line in lines:
            close(stack, line)
            index = rows.add(line, stack[-1][2] if stack else None, len(stack) + 1)
            stack.append((line.indent, line.mark, index))
    return rows.table()


def _are_numbered(lines: Sequence[str]) -> bool:
    """Whether numbers with dots are outline numbers here, and not part of a name such as "2.0 Strategy"."""
    dotted = [found[1] for found in map(_DOTTED.match, lines) if found]
    plain = {found[1] for found in map(_BARE.match, lines) if found}
    known = plain.union(dotted)
    return len(dotted) * 3 > len(lines) or (
        bool(dotted) and all(number.rpartition(".")[0] in known for number in dotted)
    )


def read_line(number: int, line: str, *, dotted: bool, romans: bool = False) -> Line:
    """A line with its mark taken off; ``dotted`` says that outline numbers are in use, ``romans`` that I is one too."""
    indent, text = indent_of(line), line.strip()
    mark = outline = ""
    if found := BULLET.match(text):
        mark, text = found[1], _CHECK.sub("", text[found.end() :], count=1)
    elif dotted and (found := _DOTTED.match(text) or _BARE.match(text)):
        mark, outline, text = "1", found[1], text[found.end() :]
    elif found := ITEM.match(text):
        mark, text = _kind_of(found[1], romans), text[found.end() :]
    return Line(number, indent, mark, outline, unescaped(text.strip()))


def _kind_of(mark: str, romans: bool) -> str:
    if mark.isdecimal():
        return "1"
    if len(mark) > 1 or (romans and mark in "ivxIVX"):
        return "i" if mark.islower() else "I"
    return "a" if mark.islower() else "A"


def _by_number(lines: Iterable[Line], rows: OutlineRows) -> None:
    """1, 1.1 and 1.1.1 tell the tree; a line without a number stands in the one before it."""
    stack: list[tuple[int, int]] = []
    for line in lines:
        depth = len(line.outline.split(".")) if line.outline else (stack[-1][0] + 1 if stack else 1)
        while stack and stack[-1][0] >= depth:
            stack.pop()
        index = rows.add(line, stack[-1][1] if stack else None, len(stack) + 1)
        if line.outline:
            stack.append((depth, index))


def close(stack: list[tuple[int, str, int]], line: Line) -> None:
    """Take from the stack of open lines (indent, mark, row) what this line does not stand in.

    Deeper indentation nests, and so does a new kind of mark at the same indentation: 1. then a) then -.
    """
    for place, (indent, mark, _) in enumerate(stack):
        if indent == line.indent and mark == line.mark:
            del stack[place:]
            return
    while stack and (stack[-1][0] > line.indent or (stack[-1][0] == line.indent and not line.mark)):
        stack.pop()


def escaped(text: str) -> str:
    """A text with a backslash before it where it would be read as a mark."""
    marks = (BULLET, ITEM, _DOTTED, _HEADING, _CHECK)
    marked = text.startswith("\\") or is_rule(text) or any(mark.match(text) for mark in marks)
    return f"\\{text}" if marked else text


def unescaped(text: str) -> str:
    """The text without the backslash that ``escaped`` puts before it."""
    return text[1:] if _ESCAPE.match(text) else text


def write(current: Map) -> bytes:
    """The names of all boxes, one a line, a tab for every level."""
    return indented(current, current.child_ids(None)).encode()


def indented(current: Map, roots: Iterable[str]) -> str:
    """These branches as lines of names, a tab for every level below the root."""
    lines: list[str] = []
    for root in roots:
        depths: dict[str | None, int] = {}
        for box in current.walk(root):
            depths[box.id] = depths.get(box.parent, -1) + 1
            lines.append("\t" * depths[box.id] + escaped(current.shown(box).name) + "\n")
    return "".join(lines)
