"""Guessing: what each column of a table is taken for, from its header and its values."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from capmap.exchange import paths, words
from capmap.exchange.columns import (
    CHILDREN,
    DEEPEST_COLUMN,
    ID,
    LEVEL,
    NAME,
    NUMBER,
    OWN,
    OWN_MARK,
    PARENT,
    PATH,
    SKIP,
    Column,
    ColumnMapping,
)
from capmap.exchange.table import Cell, Table, is_empty, text_of
from capmap.exchange.values import fits
from capmap.model.fields import NAME_LIMIT
from capmap.model.text import clean_name

_EXAMPLES = 3


def guess(table: Table, header_row: int | None = None, earlier: ColumnMapping | None = None) -> ColumnMapping:
    """What every column of a table with headers is taken for.

    ``earlier`` is a mapping that a person has corrected: its meanings hold for the columns with the same headers.
    """
    headers = table.headers or ()
    cells = [table.column(index) for index in range(len(headers))]
    if earlier is not None:
        meanings = _corrected(headers, cells, earlier)
    else:
        meanings = _by_header(headers, cells)
        _settle(headers, cells, meanings, nested=table.nested)
    columns = tuple(
        Column(index, header, meanings[index], _examples(cells[index])) for index, header in enumerate(headers)
    )
    return ColumnMapping(columns, header_row, sheet=table.sheet)


def _corrected(headers: Sequence[str], cells: Sequence[Sequence[Cell]], earlier: ColumnMapping) -> list[str]:
    by_place = {(column.index, column.header): column.meaning for column in earlier.columns}
    by_header = {column.header: column.meaning for column in earlier.columns}
    return [
        by_place.get((index, header), by_header.get(header, SKIP if all(map(is_empty, cells[index])) else OWN))
        for index, header in enumerate(headers)
    ]


def _by_header(headers: Sequence[str], cells: Sequence[Sequence[Cell]]) -> list[str]:
    """Meanings from the headers alone, each given to the column whose header says it most surely."""
    meanings = [OWN] * len(headers)
    claims: list[tuple[int, int, str]] = []
    levels: dict[int, int] = {}
    for index, header in enumerate(headers):
        level = words.level_of_header(header)
        known = words.meaning_of(header)
        if all(map(is_empty, cells[index])) and (known is None or known[0] != PARENT):
            meanings[index] = SKIP
            continue
        if header.endswith(OWN_MARK):
            continue
        if level is not None:
            levels.setdefault(level, index)
        elif known is not None and _believable(known[0], header, cells[index]):
            claims.append((known[1], index, known[0]))
    for order, level in enumerate(sorted(levels)[:DEEPEST_COLUMN], start=1):
        meanings[levels[level]] = f"level {order}"
    for _, index, meaning in sorted(claims):
        if meaning not in meanings:
            meanings[index] = meaning
        elif meaning in (PARENT, CHILDREN, LEVEL, PATH):
            meanings[index] = SKIP
    if ID not in meanings:
        _find_id(headers, cells, meanings)
    if PARENT in meanings and ID not in meanings and all(map(is_empty, cells[meanings.index(PARENT)])):
        meanings[meanings.index(PARENT)] = SKIP
    return meanings


def _find_id(headers: Sequence[str], cells: Sequence[Sequence[Cell]], meanings: list[str]) -> None:
    """A column such as "PCF ID" whose every cell is filled and different."""
    for index, header in enumerate(headers):
        texts = [text_of(cell) for cell in cells[index]]
        if (
            meanings[index] == OWN
            and words.normalised(header).endswith(" id")
            and all(texts)
            and len(set(texts)) == len(texts)
        ):
            meanings[index] = ID
            return


def _believable(meaning: str, header: str, cells: Sequence[Cell]) -> bool:
    full = [cell for cell in cells if not is_empty(cell)]
    if meaning == "position":
        return all(isinstance(cell, int | float) or text_of(cell).isdecimal() for cell in full)
    if meaning == LEVEL:
        return all(words.level_of_value(text_of(cell)) is not None for cell in full)
    if meaning == NAME:
        return any(isinstance(cell, str) for cell in full)
    return fits(meaning, header, full)


def _settle(headers: Sequence[str], cells: Sequence[Sequence[Cell]], meanings: list[str], *, nested: bool) -> None:
    """Meanings that follow from the values: a name where no header says so, what builds the tree, what only repeats
    the tree.
    """
    if not any(headers):
        _read_bare(cells, meanings)
    if NAME not in meanings and not any(meaning[:6] == "level " for meaning in meanings):
        _find_name(cells, meanings)
    if not nested and not _tree_columns(meanings):
        for order, index in enumerate(_groups(headers, cells, meanings), start=1):
            meanings[index] = f"level {order}"
    _settle_numbers(cells, meanings)
    if nested:
        for index, meaning in enumerate(meanings):
            if meaning in (PARENT, CHILDREN, LEVEL, PATH) or meaning[:6] == "level ":
                meanings[index] = SKIP
    elif NAME in meanings and PARENT not in meanings and PATH not in meanings:
        name = meanings.index(NAME)
        if not _tree_columns(meanings) and paths.separator_of_paths([text_of(cell) for cell in cells[name]]):
            meanings[name] = PATH


def _read_bare(cells: Sequence[Sequence[Cell]], meanings: list[str]) -> None:
    """Meanings for columns without headers: outline numbers before the names, or one column a level at the left."""
    if len(cells) > 1 and paths.is_outline([text_of(cell) for cell in cells[0]]):
        meanings[0] = NUMBER
        return
    texts = [[clean_name(text_of(cell)).casefold() for cell in column] for column in cells[:DEEPEST_COLUMN]]
    counts = {index: len(set(column) - {""}) for index, column in enumerate(texts)}
    run = [0]
    while run[-1] + 1 < len(texts) and _tells_upwards([*run, run[-1] + 1], dict(enumerate(texts)), counts):
        if counts[run[-1]] >= counts[run[-1] + 1]:
            break
        run.append(run[-1] + 1)
    stairs = _stairs(texts)
    levels = range(max(len(run), stairs))
    if len(levels) > 1:
        for index in levels:
            meanings[index] = f"level {index + 1}"


def _stairs(texts: Sequence[Sequence[str]]) -> int:
    """How many columns at the left hold one name a row between them, beginning with the first."""
    best = 0
    for width in range(2, len(texts) + 1):
        filled = [sum(1 for column in texts[:width] if column[row]) for row in range(len(texts[0]))]
        if set(filled) != {1}:
            # A further column may fill rows that are still empty, but none may fill a row twice.
            if max(filled, default=0) > 1:
                break
            continue
        if texts[0][0] and all(any(column) for column in texts[:width]):
            best = width
    return best


def _tree_columns(meanings: Sequence[str]) -> bool:
    return any(meaning in (PARENT, CHILDREN, PATH, LEVEL, NUMBER) or meaning[:6] == "level " for meaning in meanings)


def _find_name(cells: Sequence[Sequence[Cell]], meanings: list[str]) -> None:
    """The first column without a meaning whose values read like names: short texts, hardly any twice. A path or
    nothing but levels needs no name.
    """
    if PATH in meanings:
        return
    for index, column in enumerate(cells):
        texts = [text_of(cell) for cell in column if isinstance(cell, str) and cell.strip()]
        if (
            meanings[index] == OWN
            and texts
            and len(texts) * 10 >= len(column) * 9
            and len(set(texts)) * 10 >= len(texts) * 7
            and all(len(text) <= NAME_LIMIT and "\n" not in text for text in texts)
            and any(char.isalpha() for text in texts for char in text)
        ):
            meanings[index] = NAME
            return


def _settle_numbers(cells: Sequence[Sequence[Cell]], meanings: list[str]) -> None:
    """Outline numbers and codes that really nest build the tree; a mere row counter is an id or nothing."""
    if NUMBER in meanings:
        index = meanings.index(NUMBER)
        texts = [text_of(cell) for cell in cells[index]]
        if not paths.is_outline(texts):
            plain = all(re.fullmatch(r"\d*(?:\.0)?", text) for text in texts)
            free = PARENT in meanings and ID not in meanings
            meanings[index] = ID if free else SKIP if plain else "code" if "code" not in meanings else OWN
    others = [meaning for meaning in meanings if meaning != LEVEL]
    if "code" in meanings and not _tree_columns(others):
        index = meanings.index("code")
        if paths.is_outline([text_of(cell) for cell in cells[index]]):
            meanings[index] = NUMBER


def _groups(headers: Sequence[str], cells: Sequence[Sequence[Cell]], meanings: Sequence[str]) -> list[int]:
    """Columns that group the names, from the coarsest to the name itself; empty if there are none.

    Beside the name there must be columns of texts of which each finer one tells the coarser (an area lies in one
    location). One alone counts only under a header such as Domain, for any category would pass.
    """
    if NAME not in meanings:
        return []
    name = meanings.index(NAME)
    texts = {index: [clean_name(text_of(cell)).casefold() for cell in column] for index, column in enumerate(cells)}
    candidates = [
        index
        for index, meaning in enumerate(meanings)
        if meaning == OWN
        and not headers[index].endswith(OWN_MARK)
        and all(isinstance(cell, str) or cell is None for cell in cells[index])
    ]
    counts = {index: len(set(texts[index]) - {""}) for index in [*candidates, name]}
    candidates = [index for index in candidates if counts[index] * 10 <= len(texts[index]) * 7 and counts[index] > 1]
    named = [index for index in candidates if words.is_group(headers[index])]
    if not _tells_upwards(named, texts, counts):
        named = []
    chain = max(_beside(name, candidates, texts, counts), named, key=len)
    return [*sorted(chain, key=lambda index: counts[index]), name] if chain else []


def _beside(
    name: int, candidates: Sequence[int], texts: Mapping[int, list[str]], counts: Mapping[int, int]
) -> list[int]:
    """The longest run of at least two candidate columns next to the name that nest in one another."""
    best: list[int] = []
    for step in (-1, 1):
        run: list[int] = []
        index = name + step
        while index in candidates and len(run) < DEEPEST_COLUMN and _tells_upwards([*run, index], texts, counts):
            run.append(index)
            index += step
        if len(run) > max(1, len(best)):
            best = run
    return best


def _tells_upwards(indexes: Sequence[int], texts: Mapping[int, list[str]], counts: Mapping[int, int]) -> bool:
    """Whether each value of a finer column always stands with the same value of the next coarser one."""
    ordered = sorted(indexes, key=lambda index: counts[index])
    for coarse, fine in itertools.pairwise(ordered):
        if counts[coarse] == counts[fine]:
            return False
        told: dict[str, str] = {}
        for above, below in zip(texts[coarse], texts[fine], strict=True):
            if above and below and told.setdefault(below, above) != above:
                return False
    return True


def _examples(cells: Sequence[Cell]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for cell in cells:
        text = clean_name(text_of(cell))[:80]
        if text:
            found[text] = None
        if len(found) == _EXAMPLES:
            break
    return tuple(found)
