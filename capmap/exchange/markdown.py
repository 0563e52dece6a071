"""Markdown: headings and lists read into a table that nests, the text below them as descriptions, and a map written
so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from capmap.exchange.outline import (
    BULLET,
    ITEM,
    Line,
    OutlineRows,
    close,
    escaped,
    is_rule,
    lines_of,
    read_line,
    unescaped,
)
from capmap.exchange.table import Table
from capmap.model.map import Map
from capmap.model.records import Capability

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(\S.*)")
_ANY_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_NUMBERED = re.compile(r"\d{1,6}(?:\.\d{1,6})*[.)]?[ \t]+\S")
_DEEPEST_HEADING = 6
_FRONT_LINES = 30
_SAMPLE = 60_000


def has_headings(text: str) -> bool:
    """Whether the text is Markdown by its headings; lists alone may be any outline."""
    return _ANY_HEADING.search(text) is not None


def has_items(text: str) -> bool:
    """Whether the text has headings or list items at all."""
    return has_headings(text) or any(map(_is_item, text[:_SAMPLE].splitlines()))


def _is_item(line: str) -> bool:
    stripped = line.strip()
    return bool(BULLET.match(stripped) or ITEM.match(stripped)) and not is_rule(stripped)


def table_of(text: str, source: str) -> Table:
    """Headings and list items as rows; all other text describes the row before it."""
    title, lines = _front_matter(lines_of(text, source))
    found = [heading[2] for heading in (_HEADING.fullmatch(line) for _, line in lines) if heading]
    numbered = sum(1 for heading in found if _NUMBERED.match(heading)) * 2 > len(found)
    rows = OutlineRows(source)
    headings: list[tuple[int, int]] = []
    items: list[tuple[int, str, int]] = []
    for number, raw in lines:
        heading = _HEADING.fullmatch(raw)
        stripped = raw.strip()
        if heading:
            level = len(heading[1])
            while headings and headings[-1][0] >= level:
                headings.pop()
            line = _heading_line(number, heading[2].strip(), numbered=numbered)
            headings.append((level, rows.add(line, headings[-1][1] if headings else None, len(headings) + 1)))
            items = []
        elif _is_item(raw):
            line = read_line(number, raw, dotted=False)
            close(items, line)
            holder = items[-1][2] if items else headings[-1][1] if headings else None
            items.append((line.indent, line.mark, rows.add(line, holder, len(headings) + len(items) + 1)))
        elif rows.rows and not is_rule(stripped):
            rows.described[-1].append(unescaped(stripped))
    table = rows.table()
    table.title = title
    return table


def _heading_line(number: int, text: str, *, numbered: bool) -> Line:
    return read_line(number, text, dotted=True) if numbered else Line(number, 0, "", "", unescaped(text))


def _front_matter(lines: Sequence[tuple[int, str]]) -> tuple[str, Sequence[tuple[int, str]]]:
    """The title in a block of ``key: value`` between --- lines at the start, and the lines after the block."""
    if not lines or lines[0][1].strip() != "---":
        return "", lines
    for end, (_, line) in enumerate(lines[1:_FRONT_LINES], start=1):
        if line.strip() == "---":
            for _, entry in lines[1:end]:
                key, _, value = entry.partition(":")
                if key.strip() == "title":
                    return _unquoted(value.strip()), lines[end + 1 :]
            return "", lines[end + 1 :]
        if line.strip() and ":" not in line and line[:1] not in " \t-#":
            break
    return "", lines


def _unquoted(value: str) -> str:
    try:
        return str(json.loads(value)) if value.startswith('"') else value
    except ValueError:
        return value.strip('"')


def write(current: Map) -> bytes:
    """Headings for boxes that hold boxes which hold boxes, lists for the rest, descriptions as text below them."""
    title = current.settings.title
    blocks = [f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n"] if title else []
    indents: dict[str | None, int] = {} if _headed(current, None, 1) else {None: -2}
    stack = [(box, 1) for box in reversed(current.children(None))]
    while stack:
        box, level = stack.pop()
        name = escaped(current.shown(box).name)
        if box.parent in indents:
            indents[box.id] = indents[box.parent] + 2
            blank = " " * indents[box.id]
            blocks.append(f"{blank}- {name}\n{_described(box, blank + '  ')}")
        else:
            blocks.append(f"{'#' * level} {name}\n\n{_described(box, '')}")
            if not _headed(current, box.id, level + 1):
                indents[box.id] = -2
        children = current.children(box.id)
        stack.extend((child, level + 1) for child in reversed(children))
        ends_list = box.parent in indents and stack and stack[-1][0].parent not in indents
        if ends_list:
            blocks.append("\n")
    return "".join(blocks).encode()


def _headed(current: Map, parent: str | None, level: int) -> bool:
    """Whether the children of a box become headings: some hold boxes themselves, and headings go so deep."""
    return level <= _DEEPEST_HEADING and any(current.has_children(child) for child in current.child_ids(parent))


def _described(box: Capability, blank: str) -> str:
    if not box.description:
        return ""
    lines = (f"{blank}{escaped(line.strip())}".rstrip() for line in box.description.split("\n"))
    return "\n".join(lines) + "\n\n"
