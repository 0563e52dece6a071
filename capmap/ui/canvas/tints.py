"""Tints: how each box of the columns looks, by number, kept in step with the lens and the map by tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from capmap.lens.builtin import LENSES
from capmap.lens.lens import Heat, Lens
from capmap.model.map import Map
from capmap.model.records import Capability
from capmap.ui.canvas.columns import LEAF, ROLES, Columns
from capmap.ui.canvas.looks import Looks

Codes = NDArray[np.uint8]

_MOST_VALUES = 250
"""Different values of a field; of one that has more no code is kept."""

_NONE = -1
_ALL = slice(None)


class Tints:
    """``looks`` numbers the ways to look; ``of`` is the number for each slot of the columns."""

    def __init__(self, columns: Columns, current: Map, heat: Heat, looks: Looks) -> None:
        self._columns = columns
        self._codes: dict[str, Codes] = {}
        self._values: dict[str, dict[object, int]] = {}
        self._map = current
        self._lens = heat.lens
        self._steps = self._read_steps(heat)
        self._wear(looks)

    def follow(self, current: Map, heat: Heat, looks: Looks, changed: Collection[str]) -> None:
        """Another lens, another theme, or boxes that may have another colour."""
        self._map = current
        some: NDArray[np.intp] | slice = _ALL
        if len(self._steps) != len(self._columns):
            self._codes.clear()
            self._lens, self._steps = heat.lens, self._read_steps(heat)
        else:
            known = [record_id for record_id in changed if record_id in self._columns.slots]
            self._read_codes_again(known)
            if heat.lens is not self._lens:
                self._lens, self._steps = heat.lens, self._read_steps(heat)
            else:
                slots = np.array([self._columns.slots[record_id] for record_id in known], np.intp)
                self._steps[slots] = _NONE
                if heat.lens.steps:
                    _ask(self._columns, heat.steps, slots[self._columns.role[slots] == LEAF], self._steps)
                if looks is self.looks:
                    some = slots
        self._wear(looks, some)

    def _wear(self, looks: Looks, some: NDArray[np.intp] | slice = _ALL) -> None:
        self.looks = looks
        columns, steps = self._columns, self._steps[some]
        deepest = int(columns.level.max(initial=1))
        by_level = np.array(
            [[looks.of_container(role, level) for level in range(deepest + 1)] for role in ROLES], np.uint8
        )
        by_level[LEAF] = [looks.of_leaf(max(level, 1), None) for level in range(deepest + 1)]
        by_place = by_level.reshape(-1)[columns.role[some].astype(np.int32) * (deepest + 1) + columns.level[some]]
        numbers = np.where(steps >= 0, (steps + looks.steps).astype(np.uint8), by_place)
        if isinstance(some, slice):
            self.of: Codes = numbers
        else:
            self.of[some] = numbers

    def _read_codes_again(self, record_ids: Iterable[str]) -> None:
        slots = self._columns.slots
        for field, codes in self._codes.items():
            values = self._values[field]
            for record_id in record_ids:
                value = getattr(self._shown(record_id), field, None)
                codes[slots[record_id]] = values.setdefault(value, len(values)) % 256

    def _shown(self, record_id: str) -> Capability | None:
        record = self._map.get(record_id)
        return self._map.shown(record) if isinstance(record, Capability) else None

    def _read_steps(self, heat: Heat) -> NDArray[np.int16]:
        """The step of each slot; -1 for none."""
        columns = self._columns
        steps = np.full(len(columns), _NONE, np.int16)
        if not heat.lens.steps:
            return steps
        leaves = columns.role == LEAF
        asked = leaves & columns.hidden
        if heat.lens.fields:
            table = self._table(heat.lens)
            if table is not None:
                steps = np.where(leaves, table, steps)
                _ask(columns, heat.steps, np.flatnonzero(asked), steps)
                return steps
        _ask(columns, heat.steps, np.flatnonzero(leaves), steps)
        return steps

    def _table(self, lens: Lens) -> NDArray[np.int16] | None:
        """The step of each slot by its codes: the lens is asked once for each mixture of values that there is."""
        together: NDArray[np.int32] = np.zeros(len(self._columns), np.int32)
        mixtures = 1
        for field in lens.fields:
            if field not in self._codes:
                self._read_fields({field, *_usual_fields()})
            count = len(self._values[field])
            if count > _MOST_VALUES or mixtures * count > 1 << 16:
                return None
            together *= count
            together += self._codes[field]
            mixtures *= count
        example = np.full(mixtures, -1, np.intp)
        example[together] = np.arange(len(together))
        table = np.full(mixtures, _NONE, np.int16)
        for mixture in np.flatnonzero(example >= 0).tolist():
            shown = self._shown(self._columns.ids[example[mixture]])
            step = lens.step_of(self._map, shown) if shown is not None else None
            table[mixture] = _NONE if step is None else step
        return table[together]

    def _read_fields(self, fields: Iterable[str]) -> None:
        """The values of fields of all boxes, as codes: all in one walk, so that a change of the lens is at once."""
        get, shown = self._map.get, self._map.shown
        records = [get(record_id) for record_id in self._columns.ids]
        boxes = [shown(box) if isinstance(box, Capability) and box.alias_of else box for box in records]
        for field in fields:
            values: dict[object, int] = {}
            codes = np.fromiter(
                (values.setdefault(getattr(box, field, None), len(values)) % 256 for box in boxes),
                np.uint8,
                len(boxes),
            )
            self._codes[field], self._values[field] = codes, values


def _usual_fields() -> set[str]:
    return {field for lens in LENSES.values() for field in lens.fields}


def _ask(
    columns: Columns, answers: Mapping[str, int | None], slots: NDArray[np.intp], steps: NDArray[np.int16]
) -> None:
    get: Callable[[str], int | None] = answers.get
    ids = columns.ids
    found = (get(ids[slot]) for slot in slots.tolist())
    steps[slots] = np.fromiter((_NONE if step is None else step for step in found), np.int16, len(slots))
