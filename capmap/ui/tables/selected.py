"""Selected: the block of cells that is chosen in a table, rows and columns as they are seen."""

from __future__ import annotations

import dataclasses

from PySide6.QtWidgets import QTableView


@dataclasses.dataclass(frozen=True, slots=True)
class Selected:
    """``rows`` from the top, ``columns`` (their places in the model) from the left, hidden ones left out. ``whole``
    says that entire rows are chosen, ``is_block`` that every row has the same columns.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    whole: bool
    is_block: bool

    @property
    def is_one(self) -> bool:
        """Whether it is a single cell."""
        return len(self.rows) == 1 and len(self.columns) == 1


def columns_in_sight(view: QTableView) -> list[int]:
    """The columns that are shown, from the left."""
    header = view.horizontalHeader()
    places = (header.logicalIndex(place) for place in range(header.count()))
    return [column for column in places if not header.isSectionHidden(column)]


def selected(view: QTableView) -> Selected:
    """What is chosen; the current cell if nothing is."""
    seen = columns_in_sight(view)
    chosen: dict[int, frozenset[int]] = {}
    selection = view.selectionModel().selection()
    for part in (selection.at(place) for place in range(selection.count())):
        columns = frozenset(column for column in seen if part.left() <= column <= part.right())
        if columns:
            for row in range(part.top(), part.bottom() + 1):
                chosen[row] = columns | chosen[row] if row in chosen else columns
    if not chosen:
        index = view.currentIndex()
        if not index.isValid():
            return Selected((), (), whole=False, is_block=True)
        chosen = {index.row(): frozenset([index.column()])}
    different = set(chosen.values())
    union = frozenset().union(*different)
    is_block = len(different) == 1
    kept = tuple(column for column in seen if column in union)
    return Selected(tuple(sorted(chosen)), kept, whole=is_block and len(kept) == len(seen), is_block=is_block)
