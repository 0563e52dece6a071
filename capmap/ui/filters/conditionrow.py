"""ConditionRow: one condition of a filter, edited in place: what is looked at, how, and what it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from capmap.errors import ValueRefused
from capmap.model.filters import TESTS, Condition, condition_on
from capmap.model.map import Map
from capmap.model.traits import Trait
from capmap.ui.filters.values import NoValue, ValueField, field_for
from capmap.ui.parts.appearance import Appearance

_TRAIT_WIDTH, _TEST_WIDTH = 172, 180
_MOST_LISTED = 16


class ConditionRow(QWidget):
    """``edited`` says that the condition is another one, or complete only now; ``removed`` that it should go."""

    edited = Signal()
    removed = Signal()

    def __init__(self, current: Map, traits: Mapping[str, Trait], appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._map, self._traits, self._appearance = current, traits, appearance
        self.trait = QComboBox(self)
        self.trait.setAccessibleName("What is looked at")
        self.trait.setMaxVisibleItems(_MOST_LISTED)
        self.trait.setFixedWidth(_TRAIT_WIDTH)
        for trait in traits.values():
            self.trait.addItem(trait.label, trait.name)
        self.test = QComboBox(self)
        self.test.setAccessibleName("How it is looked at")
        self.test.setFixedWidth(_TEST_WIDTH)
        self.value: ValueField = NoValue(self)
        self.remove = QToolButton(self)
        self.remove.setProperty("quietButton", True)
        self.remove.setAccessibleName("Remove this condition")
        self.remove.setToolTip("Remove this condition")
        self.remove.setIconSize(QSize(16, 16))
        self.remove.setIcon(appearance.icon("x"))
        self.remove.clicked.connect(self.removed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        for widget in (self.trait, self.test):
            self._row.addWidget(widget)
        self._row.addWidget(self.value, 1)
        self._row.addWidget(self.remove)
        self._offer_tests()
        self.trait.currentIndexChanged.connect(self._trait_changed)
        self.test.currentIndexChanged.connect(self._test_changed)

    def show_condition(self, condition: Condition) -> None:
        """Show this condition, whose trait must be one of the map."""
        for box in (self.trait, self.test):
            box.blockSignals(True)
        self.trait.setCurrentIndex(self.trait.findData(condition.trait))
        self._offer_tests()
        self.test.setCurrentIndex(max(self.test.findData(condition.test), 0))
        for box in (self.trait, self.test):
            box.blockSignals(False)
        self._offer_value()
        self.value.blockSignals(True)
        self.value.show_value(condition.value)
        self.value.blockSignals(False)

    @property
    def condition(self) -> Condition | None:
        """The condition, or None while it is not complete."""
        try:
            return condition_on(self._trait, str(self.test.currentData()), self.value.value)
        except ValueRefused:
            return None

    @property
    def _trait(self) -> Trait:
        return self._traits[str(self.trait.currentData())]

    def _trait_changed(self) -> None:
        self._offer_tests()
        self.edited.emit()

    def _test_changed(self) -> None:
        kept = self.value.value
        self._offer_value()
        if kept is not None and type(kept) is type(self.value.value or kept):
            self.value.show_value(kept)
        self.edited.emit()

    def _offer_tests(self) -> None:
        self.test.blockSignals(True)
        self.test.clear()
        for test in TESTS[self._trait.type]:
            words = test.words
            if self._trait.is_score and test.name in ("empty", "filled"):
                words = "is not assessed" if test.name == "empty" else "is assessed"
            self.test.addItem(words, test.name)
        self.test.blockSignals(False)
        self._offer_value()

    def _offer_value(self) -> None:
        """Another control for the value, where the old one does not suit."""
        test = str(self.test.currentData())
        old = self.value
        self.value = field_for(self._trait, test, self._map, self._appearance, self)
        self.value.edited.connect(self.edited)
        self._row.replaceWidget(old, self.value)
        old.hide()
        old.deleteLater()
        self.value.show()
        self._chain()

    def stand_behind(self, before: QWidget) -> None:
        """Let Tab come here from that control."""
        QWidget.setTabOrder(before, self.trait)
        self._chain()

    def _chain(self) -> None:
        stops = [self.trait, self.test, self.value.focusProxy(), self.remove]
        there = [stop for stop in stops if stop is not None]
        for before, after in pairwise(there):
            QWidget.setTabOrder(before, after)
