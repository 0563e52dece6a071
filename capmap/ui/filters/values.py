"""Values: the controls in which the value of a condition is typed or picked, one for each way to look at a trait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QWidget

from capmap.model.filters import TESTS, Value
from capmap.model.map import Map
from capmap.model.records import CLASS_OF, Record
from capmap.model.traits import Trait
from capmap.ui.panels.fieldeditors import DateField, LineField
from capmap.ui.parts.appearance import Appearance

_LABEL = "Value"
_MOST_MONTHS = 600
_MOST_THINGS = 999
_MONTHS = 12
_KNOWN = 2_000
"""So many different words are offered at most."""


class ValueField(QWidget):
    """Holds one value. ``edited`` says that a person has changed it; ``value`` is None while it is not complete."""

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)

    @property
    def value(self) -> Value:
        """What stands there."""
        return None

    def show_value(self, value: Value) -> None:
        """Show this value."""

    def _hold(self, control: QWidget) -> None:
        control.setAccessibleName(_LABEL)
        self._row.addWidget(control, 1)
        self.setFocusProxy(control)


class NoValue(ValueField):
    """Where the condition says all."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class TextValue(ValueField):
    """A text, with what the boxes hold as completions."""

    def __init__(self, parent: QWidget, known: Callable[[], Iterable[str]] | None) -> None:
        super().__init__(parent)
        self._line = LineField(_LABEL, self, known=known)
        self._line.set_hint("Type a word")
        self._line.typed.connect(self.edited)
        self._hold(self._line)

    @property
    def value(self) -> Value:
        return self._line.text().strip() or None

    def show_value(self, value: Value) -> None:
        self._line.setText("" if value is None else str(value))


class NumberValue(ValueField):
    """Any number, as a person writes it; money in whole units."""

    def __init__(self, parent: QWidget, factor: int) -> None:
        super().__init__(parent)
        self._factor = factor
        self._line = QLineEdit(self)
        self._line.setValidator(QDoubleValidator(self._line))
        self._line.setPlaceholderText("Type a number")
        self._line.textEdited.connect(self.edited)
        self._hold(self._line)

    @property
    def value(self) -> Value:
        number, sound = self._line.locale().toDouble(self._line.text())
        if not sound:
            return None
        number = round(number * self._factor, 6)
        return int(number) if number.is_integer() else number

    def show_value(self, value: Value) -> None:
        if isinstance(value, int | float):
            self._line.setText(self._line.locale().toString(value / self._factor, "g", 15))


class CountValue(ValueField):
    """A whole number with arrows: a count, or an age in months."""

    def __init__(self, parent: QWidget, low: int, high: int, first: int, unit: str = "") -> None:
        super().__init__(parent)
        self._spin = QSpinBox(self)
        self._spin.setRange(low, high)
        self._spin.setValue(first)
        self._spin.valueChanged.connect(self.edited)
        self._hold(self._spin)
        if unit:
            self._row.addWidget(QLabel(unit, self))

    @property
    def value(self) -> Value:
        return self._spin.value()

    def show_value(self, value: Value) -> None:
        if isinstance(value, int | float):
            self._spin.setValue(int(value))


class PickedValue(ValueField):
    """One of several: a score, a choice, a record by its name. Long lists are searched by typing."""

    def __init__(self, parent: QWidget, offered: Sequence[tuple[str, Value]], *, searched: bool = False) -> None:
        super().__init__(parent)
        self._box = QComboBox(self)
        for words, value in offered:
            self._box.addItem(words, value)
        if searched:
            self._search()
        self._box.currentIndexChanged.connect(self.edited)
        self._hold(self._box)

    def _search(self) -> None:
        self._box.setEditable(True)
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._box.setCurrentIndex(-1)
        line, completer = self._box.lineEdit(), self._box.completer()
        if line is not None:
            line.setPlaceholderText("Type a name")
            line.textEdited.connect(self._typed)
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            popup = completer.popup()
            if popup is not None:
                popup.setProperty("popup", True)

    def _typed(self, text: str) -> None:
        """A whole name is as good as one picked from the list; less is none."""
        place = self._box.findText(text, Qt.MatchFlag.MatchFixedString)
        if place >= 0 and place != self._box.currentIndex():
            self._box.setCurrentIndex(place)
        else:
            self.edited.emit()

    @property
    def value(self) -> Value:
        value: Value = self._box.currentData()
        return value if self._box.currentText() == self._box.itemText(self._box.currentIndex()) else None

    def show_value(self, value: Value) -> None:
        self._box.setCurrentIndex(self._box.findData(value))


class DayValue(ValueField):
    """A day, typed or picked."""

    def __init__(self, parent: QWidget, appearance: Appearance) -> None:
        super().__init__(parent)
        self._day: dt.date | None = None
        self._field = DateField(_LABEL, appearance, self)
        self._field.picked.connect(self._take)
        self._hold(self._field)
        self.setFocusProxy(self._field.line)

    def _take(self, day: dt.date | None) -> None:
        self._day = day
        self._field.show_value(day)
        self.edited.emit()

    @property
    def value(self) -> Value:
        return self._day

    def show_value(self, value: Value) -> None:
        self._day = value if isinstance(value, dt.date) else None
        self._field.show_value(self._day)


def field_for(trait: Trait, test: str, current: Map, appearance: Appearance, parent: QWidget) -> ValueField:
    """The control for the value of a condition of this kind."""
    if not next(item.takes for item in TESTS[trait.type] if item.name == test):
        return NoValue(parent)
    if trait.type == "number":
        if trait.is_score:
            return PickedValue(parent, [(str(score), score) for score in range(1, 6)])
        return NumberValue(parent, trait.factor)
    if trait.type == "date":
        older = test == "older"
        return CountValue(parent, 1, _MOST_MONTHS, _MONTHS, "months") if older else DayValue(parent, appearance)
    if trait.type == "choice" and trait.choices:
        return PickedValue(parent, [(choice, choice) for choice in trait.choices])
    if trait.type == "links" and test in ("least", "most"):
        return CountValue(parent, 0, _MOST_THINGS, 1)
    if trait.type == "links" and test in ("to", "to not"):
        return PickedValue(parent, _named(current.all(CLASS_OF[trait.kind])), searched=True)
    return TextValue(parent, None if trait.type == "links" else lambda: _held(trait, current))


def _named(records: Iterable[Record]) -> list[tuple[str, Value]]:
    return sorted(((str(getattr(item, "name", "")), item.id) for item in records), key=lambda pair: pair[0].casefold())


def _held(trait: Trait, current: Map) -> set[str]:
    """The different words that boxes hold, as long as they are few."""
    found: set[str] = set()
    for box in current.capabilities:
        value = trait.read(current, box)
        found.update(value if isinstance(value, tuple) else [value] if value else [])
        if len(found) > _KNOWN:
            return set()
    return found
