"""StepList: the steps of a scale one below the other: colour, where each begins, what it is called, how many it has."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from capmap.analysis.measures import Measured
from capmap.errors import ValueRefused
from capmap.lens.thresholds import even, quantiles
from capmap.model.lensrules import LEAST_STEPS, MOST_STEPS, Scale
from capmap.ui.lenses.pick import Pick
from capmap.ui.parts.labels import plain_label

EVEN, QUANTILES, OWN = "even", "quantiles", "own"
_WAYS = (("At like distances", EVEN), ("As many boxes on each", QUANTILES), ("My own", OWN))


class StepList(QWidget):
    """``edited`` carries the scale that a person made of the one that was shown; ``refused`` says in a sentence why
    something typed was not taken, "" once it is.
    """

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._scale = Scale("terracotta", (1.0,))
        self._made: Measured | None = None
        self._values: Sequence[float] = ()
        numbers = range(LEAST_STEPS, MOST_STEPS + 1)
        self.count = Pick("Number of steps", self, [(f"{number} steps", number) for number in numbers])
        self.way = Pick("Thresholds", self, _WAYS)
        self._head = QWidget(self)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(10)
        head.addWidget(self.count)
        head.addWidget(self.way, 1)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(4)
        self._rows.setColumnStretch(2, 1)
        self.bounds: list[QLineEdit] = []
        self.labels: list[QLineEdit] = []
        self._counts: list[QLabel] = []
        self._swatches: list[QFrame] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addLayout(self._rows)
        self.count.picked.connect(self._count_picked)
        self.way.picked.connect(self._way_picked)

    # -- showing ---------------------------------------------------------------------------------------

    def show_scale(self, scale: Scale, made: Measured, values: Sequence[float], way: str | None = None) -> None:
        """Show a scale of this measure, which has these values on the map; ``way`` says how its thresholds were
        found.
        """
        self._scale, self._made, self._values = scale, made, values
        self._head.setVisible(not scale.values)
        self.count.keep(scale.count)
        if way is not None:
            self.way.keep(way)
        if len(self.labels) != scale.count or bool(self.bounds) == bool(scale.values):
            self._make_rows(scale)
        for place, field in enumerate(self.bounds):
            _set(field, written(scale.bounds[place], made))
        found = made.labels(dataclasses.replace(scale, labels=()))
        for step, label in enumerate(self.labels):
            _set(label, scale.label(step))
            label.setPlaceholderText(found[step])

    def show_counts(self, fills: Sequence[str], counts: Sequence[int]) -> None:
        """The colours of the steps, and how many capabilities are on each."""
        for place, (fill, swatch, words) in enumerate(zip(fills, self._swatches, self._counts, strict=False)):
            swatch.setStyleSheet(f"background: {fill}; border-radius: 4px;")
            words.setText(f"{counts[place]:,}" if place < len(counts) else "")

    def _make_rows(self, scale: Scale) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.bounds, self.labels, self._counts, self._swatches = [], [], [], []
        for step in range(scale.count):
            swatch = QFrame(self)
            swatch.setFixedSize(26, 20)
            label = QLineEdit(self)
            label.setAccessibleName(f"Label of step {step + 1}")
            label.setMaxLength(60)
            label.textEdited.connect(lambda _, step=step: self._label_typed(step))
            count = plain_label("", self, "quiet")
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            count.setMinimumWidth(34)
            self._rows.addWidget(swatch, step, 0)
            if not scale.values:
                self._rows.addWidget(self._bound(step) if step else plain_label("lowest", self, "quiet"), step, 1)
            self._rows.addWidget(label, step, 2)
            self._rows.addWidget(count, step, 3)
            self._swatches.append(swatch)
            self.labels.append(label)
            self._counts.append(count)

    def _bound(self, step: int) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(f"Step {step + 1} begins at")
        field.setToolTip("The least value of this step")
        field.setFixedWidth(84)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.editingFinished.connect(lambda: self._bound_typed(step - 1))
        self.bounds.append(field)
        return field

    # -- editing ---------------------------------------------------------------------------------------

    def _count_picked(self, count: object) -> None:
        if isinstance(count, int):
            self._find(EVEN if self.way.value == OWN else str(self.way.value), count)

    def _way_picked(self, way: object) -> None:
        if way != OWN:
            self._find(str(way), self._scale.count)

    def _find(self, way: str, count: int) -> None:
        if self._made is None:
            return
        factor = self._made.factor
        found = quantiles(self._values, count) if way == QUANTILES else even(self._values, count, factor)
        if self._made.whole or self._made.kind == "date":
            found = tuple(sorted({float(round(bound)) for bound in found}))
        self.way.keep(way)
        self._give(dataclasses.replace(self._scale, bounds=found, labels=()))

    def _bound_typed(self, place: int) -> None:
        made = self._made
        if made is None or place >= len(self._scale.bounds):
            return
        field, before = self.bounds[place], self._scale.bounds[place]
        try:
            value = read(field.text(), made)
            bounds = [*self._scale.bounds[:place], value, *self._scale.bounds[place + 1 :]]
            if any(low >= high for low, high in pairwise(bounds)):
                raise ValueRefused(f"{field.text().strip()} does not stand between the steps below and above it.")
        except ValueRefused as problem:
            _set(field, written(before, made))
            self.refused.emit(str(problem))
            return
        self.refused.emit("")
        if value != before:
            self.way.keep(OWN)
            self._give(dataclasses.replace(self._scale, bounds=tuple(bounds)))

    def _label_typed(self, step: int) -> None:
        labels = [self._scale.label(place) for place in range(self._scale.count)]
        labels[step] = " ".join(self.labels[step].text().split())
        self._give(dataclasses.replace(self._scale, labels=tuple(labels) if any(labels) else ()))

    def _give(self, scale: Scale) -> None:
        self._scale = scale
        self.edited.emit(scale)


def written(bound: float, made: Measured) -> str:
    """A threshold as a person types it."""
    if made.kind == "date":
        return dt.date.fromordinal(round(bound)).isoformat()
    return f"{bound / made.factor:,.10g}"


def read(text: str, made: Measured) -> float:
    """The threshold that a person typed. Raises ValueRefused."""
    words = text.strip()
    if made.kind == "date":
        try:
            return float(dt.date.fromisoformat(words).toordinal())
        except ValueError:
            raise ValueRefused(f"“{words}” is no date like 2026-11-30.") from None
    try:
        return float(words.replace(",", "").removesuffix("%").strip()) * made.factor
    except ValueError:
        raise ValueRefused(f"“{words}” is no number.") from None


def _set(field: QLineEdit, words: str) -> None:
    """Write into a field without disturbing whoever types in it."""
    if field.text() != words and not (field.hasFocus() and field.text().split() == words.split()):
        field.setText(words)
