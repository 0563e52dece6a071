"""Layouts: the ways in which rows tell their tree; each function puts the boxes of the rows inside one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from capmap.errors import InputError
from capmap.exchange import paths, words
from capmap.exchange.boxes import Box, called
from capmap.exchange.columns import CHILDREN, ID, LEVEL, NAME, NUMBER, PARENT, PATH, ColumnMapping
from capmap.exchange.relations import by_children, by_parent
from capmap.exchange.rows import Rows, cell_at
from capmap.exchange.table import Row, Table, indent_of, is_empty, text_of
from capmap.model.rules import DEEPEST_LEVEL


def choose(table: Table, mapping: ColumnMapping) -> str:
    """The layout of a table with headers: a key of LAYOUTS."""
    if table.nested:
        return "nested"
    if _any(table, mapping.find(PARENT)):
        return "parent"
    if mapping.find(PARENT) is not None and mapping.find(ID) is not None:
        return "list"  # a column of parents in which nobody has one
    if _any(table, mapping.find(CHILDREN)):
        return "children"
    if mapping.levels:
        return "levels"
    if mapping.find(PATH) is not None:
        return "path"
    if mapping.find(NUMBER) is not None:
        return "number"
    if paths.is_outline([text_of(cell_at(row, mapping.find(ID))) for row in table.rows]):
        return "id"
    if mapping.find(LEVEL) is not None:
        return "level"
    index = mapping.find(NAME)
    return "indentation" if len({indent_of(cell_at(row, index)) for row in table.rows}) > 1 else "list"


def _any(table: Table, index: int | None) -> bool:
    return index is not None and any(not is_empty(cell_at(row, index)) for row in table.rows)


def arrange(layout: str, rows: Rows) -> list[Box]:
    """The boxes of the top level, all others inside them. Raises InputError for parents in a circle."""
    return _ARRANGE[layout](rows)


# -- the layouts --------------------------------------------------------------------------------


def _listed(rows: Rows) -> list[Box]:
    return [box for _, box in rows.pairs()]


def _nested(rows: Rows) -> list[Box]:
    tops: list[Box] = []
    for row, box in rows.pairs():
        above = row.above
        # A box without a name was left out; what it held moves up to the next that has one.
        while above is not None and rows.boxes[above] is None:
            above = rows.table.rows[above].above
        holder = rows.boxes[above] if above is not None else None
        (tops if holder is None else holder.children).append(box)
    return tops


def _by_level(rows: Rows) -> list[Box]:
    index = rows.mapping.find(LEVEL)
    depths: list[int] = []
    for row, _ in rows.pairs():
        depth = words.level_of_value(text_of(cell_at(row, index)))
        if depth is None:
            rows.notices.add("there is no level, so the box was put beside the one before it.", row.place)
            depth = depths[-1] if depths else 1
        depths.append(depth)
    return _stacked(rows, depths)


def _by_indentation(rows: Rows) -> list[Box]:
    index = rows.mapping.find(NAME)
    return _stacked(rows, [indent_of(cell_at(row, index)) for row, _ in rows.pairs()])


def _stacked(rows: Rows, depths: Sequence[int]) -> list[Box]:
    """Each box inside the nearest one before it that is less deep."""
    tops: list[Box] = []
    stack: list[tuple[int, Box]] = []
    for (_, box), depth in zip(rows.pairs(), depths, strict=True):
        while stack and stack[-1][0] >= depth:
            stack.pop()
        (stack[-1][1].children if stack else tops).append(box)
        stack.append((depth, box))
    return tops


def _by_number(rows: Rows) -> list[Box]:
    return _numbered(rows, rows.texts(NUMBER))


def _by_id(rows: Rows) -> list[Box]:
    return _numbered(rows, rows.texts(ID))


def _numbered(rows: Rows, numbers: Sequence[str]) -> list[Box]:
    """Each box inside the one with the longest number that its own begins with."""
    mark = paths.mark_of_numbers(numbers)
    boxes: dict[tuple[str, ...], Box] = {}
    keys: list[tuple[str, ...]] = []
    last: dict[tuple[str, ...], int] = {}
    for (row, box), number in zip(rows.pairs(), numbers, strict=True):
        key = paths.split_number(number, mark) if number else ()
        if key in boxes and box.shows is None:
            key = _mended(key, last.get(key[:-1], 0), number, row, box, rows)
        if key and key[-1].isdecimal():
            last[key[:-1]] = int(key[-1])
        if key:
            boxes.setdefault(key, box)
        keys.append(key)
    tops: list[Box] = []
    for (row, box), key in zip(rows.pairs(), keys, strict=True):
        holder = next((boxes[key[:length]] for length in range(len(key) - 1, 0, -1) if key[:length] in boxes), None)
        if not key:
            rows.notices.add("there is no outline number, so the box stands at the top level.", row.place)
        elif len(key) > 1 and key[:-1] not in boxes:
            missing = mark.join(key[:-1])[:60]
            rows.notices.add(f"there is no {missing}; the box stands in the nearest one above.", row.place)
        (tops if holder is None else holder.children).append(box)
    return tops


def _mended(key: tuple[str, ...], before: int, number: str, row: Row, box: Box, rows: Rows) -> tuple[str, ...]:
    """The number that a second 1.1 stood for before a spreadsheet made it one of 1.10; raises InputError else."""
    wanted = str(before + 1)
    if len(key) == 2 and wanted.endswith("0") and wanted.rstrip("0") == key[1]:
        mended = f"{key[0]}.{wanted}"
        rows.notices.add(f"the outline number {number} came a second time, after {key[0]}.{before}; read as {mended}.")
        box.values["code"] = mended
        return key[0], wanted
    raise InputError(
        f"the outline number {number[:60]} stands twice; give “{box.name}” its own (in a spreadsheet, format the column"
        " as text so that 1.10 does not become 1.1).",
        source=rows.table.source,
        place=row.place,
    )


def _by_levels(rows: Rows) -> list[Box]:
    """One column a level, every cell filled or only where the name changes."""
    columns = [*rows.mapping.levels, *([] if rows.mapping.find(NAME) is None else [rows.mapping.find(NAME)])]
    table = [tuple(called(text_of(cell_at(row, index))) for index in columns) for row, _ in rows.pairs()]
    if all(sum(map(bool, cells)) == 1 for cells in table):
        # Every row is a box of its own, even where two of them have one name.
        return _stacked(rows, [next(index for index, name in enumerate(cells) if name) for cells in table])
    above: tuple[str, ...] = ()
    listed: list[tuple[str, ...]] = []
    for cells in table:
        first = next((index for index, name in enumerate(cells) if name), 0)
        filled = (*above[:first], *cells[first:])
        above = filled
        path: list[str] = []
        for name in filled:
            # A level that repeats the one above it only fills the column.
            if name and not (path and path[-1].casefold() == name.casefold()):
                path.append(name)
            elif name:
                path[-1] = name
        listed.append(tuple(path))
    return _by_paths(rows, listed)


def _by_path(rows: Rows) -> list[Box]:
    """A column of paths that end with the box's own name, or that stop at its parent's."""
    texts = rows.texts(PATH)
    separator = paths.separator_in(texts)
    listed = [tuple(map(called, paths.split_path(text, separator))) for text in texts]
    names = [box.name for _, box in rows.pairs()]
    ends = sum(1 for path, name in zip(listed, names, strict=True) if path and path[-1] == name)
    if ends * 2 < len(names):
        return _by_paths(rows, [(*path, name) for path, name in zip(listed, names, strict=True)])
    return _by_paths(rows, [path or (name,) for path, name in zip(listed, names, strict=True)])


def _by_paths(rows: Rows, listed: Sequence[tuple[str, ...]]) -> list[Box]:
    """Each box at its path; boxes that only paths name are made."""
    tops: list[Box] = []
    places: dict[tuple[str, ...], tuple[list[Box], int]] = {}
    told: set[tuple[str, ...]] = set()
    for (row, box), path in zip(rows.pairs(), listed, strict=True):
        if len(path) > DEEPEST_LEVEL:
            raise InputError(
                f"the path has more than {DEEPEST_LEVEL} levels, which no map can hold.",
                source=rows.table.source,
                place=row.place,
            )
        key = tuple(name.casefold() for name in path)
        siblings = tops
        for length in range(1, len(key)):
            if key[:length] not in places:
                places[key[:length]] = (siblings, len(siblings))
                siblings.append(rows.made(path[length - 1], row))
            holding, index = places[key[:length]]
            siblings = holding[index].children
        if key in told and box.shows is None:
            rows.notices.add("the box is on a row before already; only its first row was read.", row.place)
            continue
        if key in places and key not in told:
            holding, index = places[key]
            box.children = holding[index].children
            holding[index] = box
        else:
            places[key] = (siblings, len(siblings))
            siblings.append(box)
        told.add(key)
    return tops


_ARRANGE: dict[str, Callable[[Rows], list[Box]]] = {
    "nested": _nested,
    "parent": by_parent,
    "children": by_children,
    "levels": _by_levels,
    "path": _by_path,
    "number": _by_number,
    "id": _by_id,
    "level": _by_level,
    "indentation": _by_indentation,
    "list": _listed,
}
LAYOUTS: dict[str, str] = {
    "nested": "as the source nests it",
    "parent": "by the parent of each row",
    "children": "by the children that each row lists",
    "levels": "by one column a level",
    "path": "by paths",
    "number": "by outline numbers",
    "id": "by ids that are outline numbers",
    "level": "by level numbers, in the order of the rows",
    "indentation": "by indentation",
    "list": "a list without levels",
}
"""How each layout is called in front of a person."""
