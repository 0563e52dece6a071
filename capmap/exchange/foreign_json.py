"""Foreign JSON: lists and trees of capabilities in anybody's JSON, made into a table whatever they are called in it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from capmap.errors import InputError
from capmap.exchange import words
from capmap.exchange.source import BOX_LIMIT, COLUMN_LIMIT
from capmap.exchange.table import Cell, Row, Table, header_of
from capmap.model.rules import DEEPEST_LEVEL

_UNWRAPPED = 5
Element = Mapping[str, Any]


def parse(text: str, source: str) -> Any:
    """The value of a JSON text. Raises InputError with the line, for what is not JSON or nested beyond reason."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno}, character {problem.colno}"
        raise InputError(f"this is not valid JSON ({problem.msg}).", source=source, place=place) from None
    except RecursionError:
        raise InputError(
            f"it is nested far deeper than the {DEEPEST_LEVEL} levels that a map can hold.", source=source
        ) from None
    except ValueError:
        raise InputError("it holds a number that cannot be read.", source=source) from None


def _no_number(name: str) -> None:
    """NaN and the infinities, which JSON does not know, are nothing."""


def table_of(value: Any, source: str) -> Table:
    """The elements of a list or tree as rows, each key a column. Raises InputError."""
    elements, title = _elements(value, source)
    if not elements:
        raise InputError("the list is empty, so there is nothing to draw.", source=source)
    child_keys = _child_keys(elements)
    rows: list[Row] = []
    found: list[Element] = []
    headers: dict[str, int] = {}
    for place, element, above, depth in _walk(elements, child_keys):
        if depth > DEEPEST_LEVEL:
            raise InputError(
                f"it is nested deeper than the {DEEPEST_LEVEL} levels that a map can hold.", source=source, place=place
            )
        if len(rows) >= BOX_LIMIT:
            raise InputError(f"there are more than {BOX_LIMIT:,} elements; split the file.", source=source)
        for key in element:
            headers.setdefault(key, len(headers))
        if len(headers) > COLUMN_LIMIT:
            raise InputError(
                f"its elements have more than {COLUMN_LIMIT} different fields; leave out those that are not needed.",
                source=source,
                place=place,
            )
        found.append(element)
        rows.append(Row(place, (), above))
    nested = any(row.above is not None for row in rows)
    kept = [key for key in headers if not (nested and key in child_keys)]
    for row, element in zip(rows, found, strict=True):
        row.cells = [_cell(element.get(key)) for key in kept]
    return Table(source, rows, tuple(map(header_of, kept)), nested=nested, title=title)


def _elements(value: Any, source: str) -> tuple[list[Element], str]:
    """The list of elements in whatever they are wrapped, and the title that stands beside it."""
    title = ""
    for _ in range(_UNWRAPPED):
        if isinstance(value, list):
            if len(value) > BOX_LIMIT:
                raise InputError(f"there are more than {BOX_LIMIT:,} elements; split the file.", source=source)
            return [_element(item, source, number) for number, item in enumerate(value, start=1)], title
        if not isinstance(value, dict):
            break
        if is_root(value):
            return [value], title
        title = title or _title(value)
        inner = _inner(value)
        if inner is None:
            named = _named_by_key(value)
            if named:
                return named, title
            break
        value = inner
    raise InputError(
        "no list of capabilities was found in it; give a list of objects that each have a “name”.", source=source
    )


def is_root(value: Element) -> bool:
    """Whether an object is the one box at the top. A name above a list of capabilities is that of the whole list."""
    if not any(_is_name(key) and isinstance(item, str) for key, item in value.items()):
        return False
    return not any(isinstance(item, list | dict) and words.is_wrapper(key) for key, item in value.items())


def _title(value: Element) -> str:
    about = value.get("metadata")
    for holder in (value, about if isinstance(about, dict) else {}):
        for key in ("title", "name"):
            if isinstance(holder.get(key), str):
                return str(holder[key])
    return ""


def _inner(value: Element) -> Any:
    """The value in a wrapper that holds the list: under a known word, else the longest list of objects."""
    lists = {key: item for key, item in value.items() if isinstance(item, list) and _objects(item)}
    for key, item in lists.items():
        if _is_child_key(key):
            return item
    if lists:
        return max(lists.values(), key=len)
    wrapped = [item for key, item in value.items() if words.is_wrapper(key) and item]
    empty = [item for key, item in value.items() if _is_child_key(key) and item == []]
    return next((item for item in [*wrapped, *empty] if isinstance(item, dict | list)), None)


def _named_by_key(value: Element) -> list[Element]:
    """An object whose keys are the ids or the names: {"BC-1": {"name": ...}} or {"Sales": {"Offers": {}}}."""
    if not value or not all(isinstance(item, dict | list) or item is None for item in value.values()):
        return []
    objects = {key: item for key, item in value.items() if isinstance(item, dict)}
    if sum(1 for item in objects.values() if any(map(_is_name, item))) * 2 > len(value):
        return [{"id": key, **item} for key, item in objects.items()]
    tops: list[Element] = []
    stack: list[tuple[Any, list[Element], int]] = [(value, tops, 1)]
    while stack:
        item, out, depth = stack.pop()
        # One level too many is kept, so that the reader of the tree can refuse it with its place.
        if depth > DEEPEST_LEVEL + 1:
            continue
        if isinstance(item, dict):
            for key, below in item.items():
                if not (below is None or isinstance(below, dict | list)):
                    return []
                element: dict[str, Any] = {"name": key, "children": []}
                out.append(element)
                stack.append((below, element["children"], depth + 1))
        elif isinstance(item, list):
            out += [{"name": name} for name in item if isinstance(name, str)]
    return tops


def _element(item: Any, source: str, number: int) -> Element:
    if isinstance(item, dict):
        return item
    if isinstance(item, str):
        return {"name": item}
    raise InputError(
        "this is neither an object nor a name; give a list of objects that each have a “name”.",
        source=source,
        place=f"element {number}",
    )


def _objects(item: list[Any]) -> bool:
    return bool(item) and all(isinstance(entry, dict) for entry in item)


def _is_name(key: str) -> bool:
    known = words.meaning_of(key)
    return known is not None and known[0] == "name"


def _is_child_key(key: str) -> bool:
    known = words.meaning_of(key)
    return (known is not None and known[0] == "children") or words.normalised(key) in ("capability", "capabilities")


def _child_keys(elements: list[Element]) -> frozenset[str]:
    """The keys under which elements hold elements: known words, else lists of objects made like their holder."""
    known: set[str] = set()
    alike: set[str] = set()
    for _, element, _, _ in _walk(elements, None):
        for key, item in element.items():
            if isinstance(item, list) and _objects(item):
                if _is_child_key(key):
                    known.add(key)
                elif not words.is_other_thing(key) and _is_alike(element, item):
                    alike.add(key)
    return frozenset(known or alike)


def _is_alike(holder: Element, items: list[Any]) -> bool:
    keys = {key for item in items[:20] for key in item}
    names = {key for key in keys if isinstance(holder.get(key), str)}
    return bool(names) and len(keys & holder.keys()) * 2 > len(keys)


def _walk(elements: list[Element], child_keys: frozenset[str] | None) -> Iterator[tuple[str, Element, int | None, int]]:
    """Every element with its place, the number of the one that holds it, and its level; without ``child_keys``
    through every list of objects. It stops below the deepest level and beyond the largest list, one after each.
    """
    count = 0
    stack: list[tuple[str, Element, int | None, int]] = [
        (f"element {number}", element, None, 1) for number, element in reversed(list(enumerate(elements, start=1)))
    ]
    while stack and count <= BOX_LIMIT:
        place, element, above, depth = stack.pop()
        yield place, element, above, depth
        here, count = count, count + 1
        if depth > DEEPEST_LEVEL:
            continue
        below = [
            item
            for key, listed in element.items()
            if isinstance(listed, list) and (child_keys is None or key in child_keys)
            for item in listed
            if isinstance(item, dict)
        ]
        stack.extend(
            (f"{place}.{number}", item, here, depth + 1) for number, item in reversed(list(enumerate(below, start=1)))
        )


def _cell(value: Any) -> Cell:
    """A JSON value as a cell: objects by their name, else as JSON text; lists of plain values as lists."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [text for text in map(_plain, value) if text]
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, dict):
        name = next((item for key, item in value.items() if _is_name(key) and isinstance(item, str)), None)
        if name is not None:
            return str(name)
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return ""
